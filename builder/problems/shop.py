"""An edition for a print shop, or a file of its, comes in; the ``Problem`` with it goes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.problems.nouns import error, info, warning

if TYPE_CHECKING:
    from builder.problems.nouns import Place, Problem

ANY = "CMYK"  # what is wanted where no printing condition is named


def profile_none(place: Place, wanted: str) -> Problem:
    """Tell that no profile of a printing condition is on this machine; what prints in black alone can do without."""
    return info("PROFILE_NONE", place, wanted=wanted or ANY)


def profile_needed(place: Place, wanted: str) -> Problem:
    """Report colours that cannot be reckoned into four inks: there is no profile of a printing condition."""
    return error("PROFILE_NEEDED", place, wanted=wanted or ANY)


def profile_bad(place: Place) -> Problem:
    """Report a file that is no profile of a printer for four inks, or one that cannot be reckoned with."""
    return error("PROFILE_BAD", place)


def profile_used(place: Place, name: str) -> Problem:
    """Tell which profile the files for the print shop name."""
    return info("PROFILE_USED", place, name=name)


def ink_left(place: Place, why: str) -> Problem:
    """Report colours that stay as they are: those of a ``picture``, a ``shade`` or a ``drawing`` nobody can turn."""
    return warning("INK_LEFT", place, why=why)


def image_coarse(
    place: Place, page: str, size: tuple[int, int], dots: tuple[int, int], *, dpi: int, least: int
) -> Problem:
    """Report a picture that has too few dots for the size (mm) it is printed in."""
    values = {"width": size[0], "height": size[1], "dots": f"{dots[0]} × {dots[1]}", "dpi": dpi, "least": least}
    return warning("IMAGE_COARSE", place, page=page, **values)
