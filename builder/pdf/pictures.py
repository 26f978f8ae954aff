"""A picture of a PDF comes in; it is left in other inks, pixel for pixel (ISO 32000-1, 8.9)."""

from __future__ import annotations

import io
import re
import struct
import warnings
from typing import TYPE_CHECKING

import pikepdf
from pikepdf import Array, Dictionary, Name, PdfImage, PikepdfError, Stream, String
from PIL import Image, ImageChops, ImageCms, UnidentifiedImageError

from builder.pdf import objects
from builder.pdf.content import inline_picture
from builder.pdf.inks import CMYK, GREY, RGB, Neutral
from builder.pdf.spaces import space

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from builder.pdf.inks import Inks
    from builder.pdf.spaces import Space

DEVICE = {GREY: Name.DeviceGray, CMYK: Name.DeviceCMYK}
MODES = {"L": GREY, "CMYK": CMYK}
IN_COLOURS = re.compile(rb"/(?:Device)?(?:RGB|CMYK)\b")
LOSSY = "DCTDecode"
CODED = {LOSSY, "DCT", "JPXDecode", "CCITTFaxDecode", "CCF", "JBIG2Decode"}
MOST_PIXELS = 40_000_000
"""A page of A3 at 440 dots to the inch, finer than an eye sees; unpacked, 160 MB in four inks."""
UNUSUAL, WHOLE, LEVELS = (1, 2, 4, 16), 8, 256  # bits
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
    AttributeError,
    ArithmeticError,
    RuntimeError,
    EOFError,
    SyntaxError,
)


def repaint(pdf: pikepdf.Pdf, picture: Stream, inks: Inks, named: Mapping[str, object]) -> bool:
    """Change a picture in place; tell whether it stays in colours: because it should, or cannot be read."""
    if objects.get(picture, "/ImageMask") is True:
        return True
    if objects.get(picture, "/ColorSpace") is None:
        return "JPXDecode" not in _filters(picture)  # which says for itself what its colours are
    found = space(objects.get(picture, "/ColorSpace"), named)
    if found is None or found.model == GREY or found.tiles or (found.spot and not inks.spots):
        return found is not None
    if _relabelled(picture, found, inks):
        return True
    if found.lab and (isinstance(objects.get(picture, "/Mask"), Array) or _matte(picture, inks) is not None):
        return False  # said in numbers that will not be there any more
    try:
        pixels = _pixels(picture, found)
        changed = inks.picture(pixels) if pixels else None
        return pixels is not None and changed is not None and _put(pdf, picture, pixels, changed, inks)
    except UNREAD:
        return False


def _relabelled(picture: Stream, found: Space, inks: Inks) -> bool:
    """Change the table of colours that a picture's pixels point into, if all of them change."""
    if found.base is None:
        return False
    base, table = found.base
    rows = [table[at : at + base.parts] for at in range(0, len(table) - base.parts + 1, base.parts)][:LEVELS]
    colours = [inks.colour(base.read(tuple(part / 255 for part in row))) for row in rows]
    sizes = {len(colour) for colour in colours if colour}
    if None in colours or len(sizes) != 1:
        return False
    written = bytes(round(part * 255) for colour in colours for part in colour or ())
    picture.ColorSpace = Array([Name.Indexed, DEVICE[sizes.pop()], len(rows) - 1, String(written)])
    return True


def _pixels(picture: Stream, found: Space) -> Image.Image | None:
    """Return the pixels as they are shown, as RGB or CMYK; nothing where they come out as something else.

    Pixels too many for the memory of an office machine are not unpacked at all.
    """
    width, height = (int(objects.number(objects.get(picture, key))) for key in ("/Width", "/Height"))
    if min(width, height) < 1 or width * height > MOST_PIXELS:
        return None
    bits = objects.get(picture, "/BitsPerComponent")
    packed_only = not set(_filters(picture)) & CODED
    if packed_only and isinstance(bits, int) and (found.lab or (found.model == RGB and bits in UNUSUAL)):
        return _unpacked(picture, found, (width, height), bits)
    with warnings.catch_warnings():  # what the library says of damage is English, and names files of this machine
        warnings.simplefilter("ignore")
        image: Image.Image = PdfImage(picture).as_pil_image(apply_mask=False)
        wanted = "CMYK" if found.model == CMYK else "RGB"
        if image.width * image.height > MOST_PIXELS:  # a JPEG says for itself how large it is
            return None
        image.load()
    if image.mode == "P" and wanted == "RGB":
        return image.convert(wanted)
    return image if image.mode == wanted and not found.lab else None


def _unpacked(picture: Stream, found: Space, size: tuple[int, int], bits: int) -> Image.Image | None:
    """Read pixels of three parts, of any number of bits each, whose rows begin with a new byte (8.9.3)."""
    width, height = size
    if found.base or found.spot or found.parts != RGB or bits not in (*UNUSUAL, WHOLE):
        return None
    row = -(-width * RGB * bits // WHOLE)
    data = picture.read_bytes()
    if len(data) < row * height:
        return None
    rows = (_spread(data[start : start + row], bits)[: width * RGB] for start in range(0, row * height, row))
    image = Image.frombytes("RGB", size, b"".join(rows))
    decode = objects.exactly(objects.get(picture, "/Decode"))
    if found.lab:
        least, most = zip(*((0.0, 100.0), found.lab[:2], found.lab[2:]), strict=True)
        usual = [end for pair in zip(least, most, strict=True) for end in pair]
        return None if decode and list(decode) != usual else _from_lab(image, found.lab)
    if decode and decode != (0, 1) * RGB:
        return ImageChops.invert(image) if decode == (1, 0) * RGB else None
    return image


def _spread(data: bytes, bits: int) -> bytes:
    """Return a byte for each part of so many bits: all of them is 255."""
    if bits > WHOLE:
        return data[:: bits // WHOLE]
    if bits == WHOLE:
        return data
    full = (1 << bits) - 1
    places = range(WHOLE - bits, -1, -bits)
    table = [bytes(((byte >> place) & full) * 255 // full for place in places) for byte in range(LEVELS)]
    return b"".join(map(table.__getitem__, data))


def _from_lab(image: Image.Image, ranges: tuple[float, float, float, float]) -> Image.Image | None:
    """Return what is written in L*, a* and b* as it is shown (8.6.5.4): neutrals of its white are neutral."""
    low_a, high_a, low_b, high_b = ranges

    def placed(low: float, high: float) -> list[int]:
        ends = ((low + level / 255 * (high - low)) + LEVELS / 2 for level in range(LEVELS))
        return [round(min(255.0, max(0.0, end))) for end in ends]

    light, a, b = image.split()
    lab = Image.merge("LAB", (light, a.point(placed(low_a, high_a)), b.point(placed(low_b, high_b))))
    to_screen = ImageCms.buildTransform(ImageCms.createProfile("LAB"), ImageCms.createProfile("sRGB"), "LAB", "RGB")
    return ImageCms.applyTransform(lab, to_screen)


def _put(pdf: pikepdf.Pdf, picture: Stream, before: Image.Image, after: Image.Image, inks: Inks) -> bool:
    """Write the pixels in place of those before; tell whether what they were blended with could be changed too."""
    mask = objects.get(picture, "/Mask")
    matte = _matte(picture, inks)
    if matte is not None and len(matte) != MODES[after.mode]:
        return False
    if isinstance(mask, Array):  # colours that are not painted: they will not be there any more
        hidden, bits = objects.exactly(mask), objects.get(picture, "/BitsPerComponent")
        if hidden is None or bits != WHOLE or len(hidden) != 2 * len(before.getbands()):
            return False
        picture.Mask = _stencil(pdf, before, [int(part) for part in hidden])
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
    return True


def _matte(picture: Stream, inks: Inks) -> Sequence[float] | None:
    """Return the colour a picture was blended with beforehand, changed (11.6.5.3); empty when it does not change."""
    soft = objects.get(picture, "/SMask")
    if not isinstance(soft, Stream) or objects.get(soft, "/Matte") is None:
        return None
    return inks.colour(objects.exactly(objects.get(soft, "/Matte")) or ()) or ()


def _filters(picture: Stream) -> list[str]:
    value = objects.get(picture, "/Filter")
    return [objects.name(each) for each in objects.members(value) or (value,)]


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
            found = space(objects.get(picture, "/ColorSpace"), {})
            pixels = _pixels(picture, found) if found and isinstance(picture, Stream) else None
            changed = inks.picture(pixels) if pixels else None
        except UNREAD:
            return written
    return written if changed is None else inline_picture(*changed.size, MODES[changed.mode], changed.tobytes())
