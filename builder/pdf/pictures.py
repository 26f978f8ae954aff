"""A picture of a PDF comes in; it is left in other inks, pixel for pixel (ISO 32000-1, 8.9)."""

from __future__ import annotations

import io
import re
import struct
from typing import TYPE_CHECKING

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, PdfImage, PikepdfError, Stream, String
from PIL import Image, ImageChops, UnidentifiedImageError

from builder.pdf.content import inline_picture
from builder.pdf.inks import CMYK, GREY, Neutral
from builder.pdf.spaces import space

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from builder.pdf.inks import Inks
    from builder.pdf.spaces import Space

DEVICE = {GREY: Name.DeviceGray, CMYK: Name.DeviceCMYK}
MODES = {"L": GREY, "CMYK": CMYK}
IN_COLOURS = re.compile(rb"/(?:Device)?(?:RGB|CMYK)\b")
LOSSY = "/DCTDecode"
QUALITY = 95  # of a photograph that was a JPEG before and comes out of other colours
# What a damaged picture, one in a coding nobody reads here, or one of absurd size makes the readers raise.
UNREAD = (
    PikepdfError,
    UnidentifiedImageError,
    Image.DecompressionBombError,
    OSError,
    ValueError,
    NotImplementedError,
    TypeError,
    KeyError,
    IndexError,
)


def repaint(pdf: pikepdf.Pdf, picture: Stream, inks: Inks, named: Mapping[str, Object]) -> None:
    """Change a picture in place; one that cannot be read stays as it is."""
    if picture.get(Name.ImageMask) or Name.ColorSpace not in picture:
        return
    found = space(picture.ColorSpace, named)
    if found is None or found.model == GREY or (found.spot and not inks.spots):
        return
    if _relabelled(picture, found, inks):
        return
    try:
        pixels = _pixels(picture, found)
        changed = inks.picture(pixels) if pixels else None
    except UNREAD:
        return
    if pixels is not None and changed is not None:
        _put(pdf, picture, pixels, changed, inks)


def _relabelled(picture: Stream, found: Space, inks: Inks) -> bool:
    """Change the table of colours that a picture's pixels point into, if all of them change."""
    if found.base is None:
        return False
    base, table = found.base
    rows = [table[at : at + base.parts] for at in range(0, len(table) - base.parts + 1, base.parts)]
    colours = [inks.colour(base.read(tuple(part / 255 for part in row))) for row in rows]
    sizes = {len(colour) for colour in colours if colour}
    if None in colours or len(sizes) != 1:
        return False
    written = bytes(round(part * 255) for colour in colours for part in colour or ())
    picture.ColorSpace = Array([Name.Indexed, DEVICE[sizes.pop()], len(rows) - 1, String(written)])
    return True


def _pixels(picture: Stream, found: Space) -> Image.Image | None:
    """Return the pixels as they are shown, as RGB or CMYK; nothing where they come out as something else."""
    image: Image.Image = PdfImage(picture).as_pil_image(apply_mask=False)
    wanted = "CMYK" if found.model == CMYK else "RGB"
    if image.mode == "P" and wanted == "RGB":
        return image.convert(wanted)
    return image if image.mode == wanted else None


def _put(pdf: pikepdf.Pdf, picture: Stream, before: Image.Image, after: Image.Image, inks: Inks) -> None:
    """Write the pixels in place of those before."""
    mask = picture.get(Name.Mask)
    matte = _matte(picture, inks)
    if matte is not None and len(matte) != MODES[after.mode]:
        return
    if isinstance(mask, Array):  # colours that are not painted: they will not be there any more
        picture.Mask = _stencil(pdf, before, [int(part) for part in mask])
    if matte is not None:
        picture.SMask.Matte = Array([round(part, 5) for part in matte])
    lossy = LOSSY in _filters(picture) and not isinstance(inks, Neutral)
    picture.ColorSpace = DEVICE[MODES[after.mode]]
    picture.BitsPerComponent = 8
    for key in (Name.Decode, Name.DecodeParms, Name.Alternates, Name.Intent):
        if key in picture:
            del picture[key]
    if lossy:
        picture.write(_jpeg(after), filter=Name.DCTDecode)
        if after.mode == "CMYK":
            picture.Decode = Array([1, 0] * CMYK)  # Pillow writes the inks of a JPEG turned round
    else:
        data, parms = packed(after)
        picture.write(data, filter=Name.FlateDecode, decode_parms=parms)


def _matte(picture: Stream, inks: Inks) -> Sequence[float] | None:
    """Return the colour a picture was blended with beforehand, changed (11.6.5.3); empty when it does not change."""
    soft = picture.get(Name.SMask)
    if not isinstance(soft, Stream) or Name.Matte not in soft:
        return None
    return inks.colour(tuple(float(part) for part in soft.Matte)) or ()


def _filters(picture: Stream) -> list[str]:
    value = picture.get(Name.Filter)
    return [str(each) for each in value] if isinstance(value, Array) else [str(value)]


def _stencil(pdf: pikepdf.Pdf, pixels: Image.Image, bounds: Sequence[int]) -> Stream:
    """Return a mask that leaves out the pixels whose parts all lie within the bounds (8.9.6.4)."""
    hidden = Image.new("L", pixels.size, 255)
    for part, low, high in zip(pixels.split(), bounds[::2], bounds[1::2], strict=False):
        within = part.point([255 * (low <= level <= high) for level in range(256)])
        hidden = ImageChops.darker(hidden, within)
    width, height = pixels.size
    head = {"/Type": Name.XObject, "/Subtype": Name.Image, "/Width": width, "/Height": height}
    data = hidden.convert("1", dither=Image.Dither.NONE).tobytes()
    return Stream(pdf, data, Dictionary({**head, "/ImageMask": True, "/BitsPerComponent": 1}))


def packed(picture: Image.Image) -> tuple[bytes, Dictionary]:
    """Return the pixels, nothing lost, each row written as what differs from those beside it (7.4.4.4).

    A PNG's data is that already; four inks go through it as if they were colours and their opacity.
    """
    written = io.BytesIO()
    parts = MODES[picture.mode]
    plain = Image.merge("RGBA", picture.split()) if parts == CMYK else picture
    plain.save(written, "PNG")
    data, at, found = written.getvalue(), 8, b""
    while at < len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        if data[at + 4 : at + 8] == b"IDAT":
            found += data[at + 8 : at + 8 + length]
        at += length + 12
    return found, Dictionary(Predictor=15, Colors=parts, BitsPerComponent=8, Columns=picture.width)


def _jpeg(picture: Image.Image) -> bytes:
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=QUALITY, subsampling=0, optimize=True)
    return written.getvalue()


def inline(written: bytes, inks: Inks) -> bytes:
    """Change a picture that stands in content, from ``BI`` to ``EI``; one that cannot be read stays as it is."""
    if not IN_COLOURS.search(written.partition(b"ID")[0]):
        return written
    with pikepdf.new() as desk:
        try:
            page = desk.add_blank_page()
            page.obj.Contents = desk.make_stream(written)
            page.externalize_inline_images()
            (picture,) = page.obj.Resources.XObject.values()
            found = space(picture.get(Name.ColorSpace), {})
            pixels = _pixels(picture, found) if found and isinstance(picture, Stream) else None
            changed = inks.picture(pixels) if pixels else None
        except UNREAD:
            return written
    return written if changed is None else inline_picture(*changed.size, MODES[changed.mode], changed.tobytes())
