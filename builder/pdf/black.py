"""An open PDF comes in; it is left with its greys, or all of it, in black ink alone.

What a browser or an office program calls black is red, green and blue of none; a press that parts its colours prints it
with four inks, one on the other, and a hair's breadth out of place the letters have coloured rims. Grey that is said to
be grey (DeviceGray) is printed with black ink.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.pdf.inks import Black, Neutral
from builder.pdf.recolour import recolour

if TYPE_CHECKING:
    import pikepdf


def neutral(pdf: pikepdf.Pdf) -> None:
    """Turn greys written as red, green and blue into DeviceGray, in place; colours stay, and so does the look.

    Pictures whose pixels are all grey and shades between greys are among them.
    """
    recolour(pdf, Neutral())


def black(pdf: pikepdf.Pdf) -> frozenset[str]:
    """Turn everything into DeviceGray, in place: colours by their luminance (ISO 32000-1, 10.3.5).

    What is printed on every plate (``/All``) or with black by its name stays so. What cannot be read stays in colours:
    inks mixed of several spots; pictures in codings nobody reads here, damaged or of more than 40 million pixels;
    shades without a function that can be read, such as meshes whose corners have colours of their own (8.7.4.5.5);
    drawings within which others go on in the colour space that is in force around them.

    Returns:
        What stayed in colours, of ``picture``, ``shade`` and ``drawing`` (inks are not told); nothing: all was turned.
    """
    return recolour(pdf, Black())
