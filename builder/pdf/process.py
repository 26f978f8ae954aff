"""A printing condition's profile comes in; its inks go out: grey is printed with black alone, colour with four."""

from __future__ import annotations

import io
from functools import lru_cache
from typing import TYPE_CHECKING

from PIL import Image, ImageCms

from builder.pdf.inks import RGB, Neutral

if TYPE_CHECKING:
    from builder.pdf.inks import Colour


class Unusable(ValueError):  # noqa: N818 - named for what it is
    """Raised for a profile that colours cannot be reckoned with: it has no table from colours to inks."""


class Process:
    """Turns colours on a screen (sRGB) into inks on paper.

    What differs is kept (relative colorimetric), and the darkest grey becomes the darkest there is (black point
    compensation), as print shops have it. What is in four inks already stays.
    """

    spots = True

    def __init__(self, profile: bytes) -> None:
        """Reckon with a profile.

        Raises:
            Unusable: see there.
        """
        self._neutral = Neutral()
        try:
            self._to_inks = ImageCms.buildTransform(
                ImageCms.createProfile("sRGB"),
                ImageCms.ImageCmsProfile(io.BytesIO(profile)),
                "RGB",
                "CMYK",
                ImageCms.Intent.RELATIVE_COLORIMETRIC,
                ImageCms.Flags.BLACKPOINTCOMPENSATION,
            )
        except (ImageCms.PyCMSError, OSError) as error:
            raise Unusable(str(error)) from error
        self._one = lru_cache(maxsize=4096)(self._reckoned)

    def colour(self, colour: Colour) -> Colour | None:
        """Return the inks of a colour; nothing for one in inks already, or grey."""
        if len(colour) != RGB:
            return None
        return self._neutral.colour(colour) or self._one(tuple(round(part * 255) for part in colour))

    def _reckoned(self, levels: tuple[int, ...]) -> Colour:
        inks = ImageCms.applyTransform(Image.new("RGB", (1, 1), levels), self._to_inks)
        pixel = inks.getpixel((0, 0)) if inks else ()
        return tuple(round(level / 255, 4) for level in pixel) if isinstance(pixel, tuple) else ()

    def picture(self, picture: Image.Image) -> Image.Image | None:
        """Return a picture in inks, one of greys in grey."""
        if picture.mode != "RGB":
            return None
        return self._neutral.picture(picture) or ImageCms.applyTransform(picture, self._to_inks)
