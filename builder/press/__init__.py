"""A ``Composition`` comes in; a ``Printing`` goes out: the pages as one PDF, and what stands on which page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.press.crew import Aside, Crew
from builder.press.keys import engines
from builder.press.nouns import Heading, Keeper, PageFacts, Printing, Reason, Round, Sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from builder.composition.nouns import Composition
    from builder.press.nouns import Progress
    from builder.problems import Problem

__all__ = [
    "Aside",
    "Crew",
    "Heading",
    "Keeper",
    "PageFacts",
    "Printing",
    "Reason",
    "Round",
    "Sheet",
    "bitmap",
    "engines",
    "plate",
    "print_on_one_page",
    "print_pdf",
    "pull",
    "sheets",
    "words_on",
]


def bitmap(drawing: bytes, width: float, height: float) -> bytes:
    """Draw an SVG of so many points as a PNG.

    Raises:
        OSError: when the libraries that draw are not on this machine.
    """
    from builder.press import bitmaps  # noqa: PLC0415 - WeasyPrint loads the machine's libraries at once

    return bitmaps.bitmap(drawing, width, height)


def print_pdf(
    composition: Composition,
    *,
    crew: Crew | None = None,
    cache: Keeper | None = None,
    progress: Progress | None = None,
    folios_of: Printing | None = None,
) -> Printing:
    """Set a composition in type.

    The same composition gives the same bytes: in any process, by however many hands, whatever was kept.

    Args:
        composition: for print.
        crew: who sets it; this process alone when none is given.
        cache: what was set before.
        folios_of: the edition whose page numbers everybody goes by: where its pages begin is marked in the margin, and
            what this book has not itself is referred to by its pages.
        progress: told the stage (``leaves``, ``furniture``, ``gather``), pages done, pages in all as far as known.

    Raises:
        Problems: ``LEAF_BROKEN``; everything else the press notices is in the printing's ``problems``.
    """
    from builder.press import printing  # noqa: PLC0415 - a worker of the crew needs none of it

    told = progress or (lambda _stage, _done, _total: None)
    return printing.print_pdf(composition, crew or Crew(), cache, told, folios_of)


def print_on_one_page(
    compositions: Iterable[Composition], *, crew: Crew | None = None, cache: Keeper | None = None
) -> Printing:
    """Set what is to be one page in type small enough for it.

    Args:
        compositions: the same page in smaller and smaller type: the first that needs no second page is taken, else the
            last; those behind it are not asked for.
        crew: who sets it; this process alone when none is given.
        cache: what was set before.

    Raises:
        Problems: ``LEAF_BROKEN``; everything else the press notices is in the printing's ``problems``.
    """
    from builder.press import printing  # noqa: PLC0415 - a worker of the crew needs none of it

    return printing.on_one_page(compositions, crew or Crew(), cache)


def plate(
    compositions: Sequence[Composition], *, crew: Crew, cache: Keeper | None = None
) -> Callable[[], tuple[bytes, tuple[Problem, ...]]]:
    """Begin a picture of a page: a JPEG of 1600 pixels across that any reader can draw.

    The same compositions give the same bytes.

    Args:
        compositions: one page each, the same one in smaller and smaller type: the first that needs no second page is
            drawn, else the last.
        crew: who sets and draws it, beside other work.
        cache: what was drawn before.

    Returns:
        What waits for the picture and returns it, with what the press noticed.
    """
    from builder.press import plates  # noqa: PLC0415 - a worker of the crew needs none of it

    return plates.plate(compositions, crew, cache)


def sheets(pdf: bytes, faces: str) -> tuple[Sheet, ...]:
    """Return the pages of a printing in order: their size, and a digest that says which of them look the same.

    A page's digest does not change with the other pages of its book: a face is known by its name alone, for the glyphs
    a book needs of it keep their numbers and their shapes.

    Args:
        pdf: of a ``Printing``.
        faces: what tells these faces from others of the same names.
    """
    from builder.press import pulls  # noqa: PLC0415 - a worker of the crew needs none of it

    return pulls.sheets(pdf, faces)


def pull(pdf: bytes, number: int, width: int) -> bytes:
    """Pull a proof: a PNG of a page, counted from 0, of so many pixels across. It may be done in any thread.

    Raises:
        IndexError: there is no such page.
    """
    from builder.press import pulls  # noqa: PLC0415 - a worker of the crew needs none of it

    return pulls.picture(pdf, number, width)


def words_on(pdf: bytes, number: int) -> str:
    """Return the words of a page, counted from 0, as a reader of the file finds them. It may be done in any thread.

    Raises:
        IndexError: there is no such page.
    """
    from builder.press import pulls  # noqa: PLC0415 - a worker of the crew needs none of it

    return pulls.words(pdf, number)
