"""A colour or a picture comes in; what it becomes in the inks of a print goes out, or nothing when it stays as it is.

Colours are tuples of one (grey), three (red, green, blue) or four parts (cyan, magenta, yellow, black), from 0 to 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from PIL import Image, ImageChops

if TYPE_CHECKING:
    from collections.abc import Sequence

Colour = tuple[float, ...]
GREY, RGB, CMYK = 1, 3, 4
# Parts written with so many decimals in a file differ by their rounding: half a level of 255 is still the same grey.
SAME = 0.5 / 255
LEVEL = 1  # of 255: what the rounding of a JPEG makes of a grey
WEIGHTS = (0.3, 0.59, 0.11)  # of red, green and blue in grey: ISO 32000-1, 10.3.5.2


class Inks(Protocol):
    """What colours become."""

    @property
    def spots(self) -> bool:
        """Whether inks with a name of their own are turned into others too."""

    def colour(self, colour: Colour) -> Colour | None:
        """Return what a colour becomes; nothing when it stays."""

    def picture(self, picture: Image.Image) -> Image.Image | None:
        """Return what a picture (mode ``RGB`` or ``CMYK``) becomes; nothing when it stays."""


@dataclass(frozen=True, slots=True)
class Neutral:
    """Red, green and blue that are equal become grey; every colour stays."""

    spots: bool = False

    def colour(self, colour: Colour) -> Colour | None:
        """Return the grey of a neutral colour."""
        if len(colour) != RGB or max(colour) - min(colour) > SAME:
            return None
        return (colour[1],)

    def picture(self, picture: Image.Image) -> Image.Image | None:
        """Return the grey picture of one whose pixels are all grey."""
        if picture.mode != "RGB":
            return None
        red, green, blue = picture.split()
        for one, other in ((red, green), (green, blue), (red, blue)):
            _, most = ImageChops.difference(one, other).getextrema()
            if not isinstance(most, int | float) or most > LEVEL:
                return None
        return green


@dataclass(frozen=True, slots=True)
class Black:
    """Everything becomes grey, by its luminance."""

    spots: bool = True

    def colour(self, colour: Colour) -> Colour | None:
        """Return the grey of a colour (ISO 32000-1, 10.3.5)."""
        if len(colour) == RGB:
            return (colour[1] if max(colour) - min(colour) <= SAME else weighed(colour),)
        if len(colour) == CMYK:
            return (1 - min(1.0, weighed(colour[:3]) + colour[3]),)
        return None

    def picture(self, picture: Image.Image) -> Image.Image | None:
        """Return the grey picture."""
        if picture.mode == "CMYK":
            *inks, black = picture.split()
            covered = Image.merge("RGB", inks).convert("L", (*WEIGHTS, 0))
            return ImageChops.invert(ImageChops.add(covered, black))
        return picture.convert("L")


def weighed(parts: Sequence[float]) -> float:
    """Return the luminance of red, green and blue."""
    return min(1.0, sum(weight * part for weight, part in zip(WEIGHTS, parts, strict=True)))
