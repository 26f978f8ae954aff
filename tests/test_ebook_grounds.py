"""Pictures of an e-book lie on white, whatever page they are shown on; what is not seen through stays as it is."""

import io
import zlib

import pytest
from PIL import Image

from builder.ebook import grounds
from builder.manuscript import pictures
from builder.publication import Figure

DRAWN = '<svg xmlns="http://www.w3.org/2000/svg"{}><path d="M0 0h9"/></svg>'
GROUND = 'style="fill:#fff;stroke:none"/>'


def laid(data, kind):
    return grounds.on_white(Figure("figures/a", kind, data))


def drawing(text):
    return laid(text.encode(), "image/svg+xml").decode()


def png(image, **options):
    data = io.BytesIO()
    image.save(data, "PNG", **options)
    return data.getvalue()


@pytest.mark.parametrize(
    ("given", "box"),
    [
        (' viewBox="0 0 40 20"', ("0", "0", "40", "20")),
        (' viewBox="-5,-2.5 40 20.5" width="3"', ("-5", "-2.5", "40", "20.5")),
        (' width="40" height="20"', ("0", "0", "100%", "100%")),
        (' viewBox="-1e3 .5 +2e3 20"', ("-1e3", ".5", "+2e3", "20")),
        (' viewBox="a b c d"', ("0", "0", "100%", "100%")),
        (' viewBox="0 0 1..2 3"', ("0", "0", "100%", "100%")),
    ],
)
def test_a_drawing_gets_a_ground_below_all_else(given, box):
    x, y, width, height = box
    text = drawing(DRAWN.format(given))
    ground = f'<rect x="{x}" y="{y}" width="{width}" height="{height}" {GROUND}'
    assert text == DRAWN.format(given).replace("><path", f">{ground}<path")


def test_a_ground_has_the_prefix_of_its_drawing():
    text = drawing('<s:svg xmlns:s="http://www.w3.org/2000/svg"><s:g/></s:svg>')
    assert '><s:rect x="0"' in text


@pytest.mark.parametrize(
    "data", [b'<svg xmlns="http://www.w3.org/2000/svg"/>', DRAWN.format("").encode("utf-16"), b"<svg>\xe9<g/></svg>"]
)
def test_a_drawing_of_nothing_or_in_other_letters_stays_as_it_is(data):
    assert laid(data, "image/svg+xml") == data


def test_a_picture_with_holes_is_laid_on_white():
    clear = Image.new("RGBA", (2, 1), (0, 0, 0, 0))
    clear.putpixel((0, 0), (0, 0, 0, 255))
    grey = Image.new("LA", (2, 1), (0, 0))
    grey.putpixel((0, 0), (0, 255))
    indexed = Image.new("P", (2, 1), 1)
    indexed.putpalette([0, 0, 0, 255, 0, 0])
    indexed.putpixel((0, 0), 0)
    for data in (png(clear), png(grey), png(indexed, transparency=1)):
        done = laid(data, "image/png")
        with Image.open(io.BytesIO(done)) as image:
            assert not image.has_transparency_data
            pixels = [image.convert("RGB").getpixel((x, 0)) for x in range(2)]
        assert pixels == [(0, 0, 0), (255, 255, 255)]
        assert laid(data, "image/png") == done


def test_a_picture_whose_pixels_cannot_be_unpacked_stays_as_it_is():
    """Its chunks are whole, their sums are right, and what is packed in them is no picture."""
    whole = png(Image.new("RGBA", (40, 40), (0, 0, 0, 0)))
    start = whole.index(b"IDAT")
    length = int.from_bytes(whole[start - 4 : start], "big")
    spoilt = b"IDAT" + b"\0" * length
    data = whole[:start] + spoilt + zlib.crc32(spoilt).to_bytes(4, "big") + whole[start + 8 + length :]
    assert pictures.size(data) == (40, 40), "nothing before the binder notices"
    assert laid(data, "image/png") == data


def test_a_picture_without_holes_stays_as_it_is():
    whole = png(Image.new("RGB", (2, 1), (1, 2, 3)))
    assert laid(whole, "image/png") == whole
    assert laid(b"\xff\xd8\xff", "image/jpeg") == b"\xff\xd8\xff"
