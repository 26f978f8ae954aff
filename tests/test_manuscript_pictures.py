"""Pictures: what is whole is measured, what is broken or beyond all measure is named."""

import io
import zlib

import pytest
from PIL import Image

from builder import manuscript
from builder.manuscript import pictures
from builder.problems import Problems


def drawn(kind, width=30, height=20, **options):
    written = io.BytesIO()
    Image.new("RGB", (width, height), (120, 30, 30)).save(written, kind, **options)
    return written.getvalue()


def claiming(width, height):
    """A PNG that claims to be as large as that."""
    data = drawn("PNG")
    head = b"IHDR" + width.to_bytes(4, "big") + height.to_bytes(4, "big") + data[24:29]
    return data[:12] + head + zlib.crc32(head).to_bytes(4, "big") + data[33:]


def found(tmp_path, name, data):
    folder = tmp_path / "sach"
    (folder / "figures").mkdir(parents=True)
    (folder / "program.md").write_text(f"Điều 1. A\n\n![Hình](figures/{name})\n", "utf-8")
    (folder / "figures" / name).write_bytes(data)
    try:
        return [(problem.code, problem.place.line) for problem in manuscript.read(folder)[1]]
    except Problems as error:
        return [(problem.code, problem.place.line) for problem in error.problems]


@pytest.mark.parametrize(
    "data",
    [
        drawn("PNG"),
        drawn("PNG", dpi=(300, 300)),
        drawn("JPEG"),
        drawn("JPEG", progressive=True, comment="chú thích", dpi=(72, 72)),
        drawn("JPEG") + b"what a camera adds",
    ],
)
def test_a_whole_picture_is_measured(tmp_path, data):
    assert pictures.size(data) == (30, 20)
    assert found(tmp_path, "a.png" if data.startswith(pictures.PNG) else "a.jpg", data) == []


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_cut_short_anywhere_is_broken(kind):
    data = drawn(kind)
    assert {pictures.size(data[:length]) for length in range(3, len(data) - 1)} == {None}


def test_a_picture_with_a_damaged_byte_is_broken(tmp_path):
    data = bytearray(drawn("PNG"))
    data[45] ^= 1
    assert found(tmp_path, "a.png", bytes(data)) == [("FIGURE_BROKEN", 3)]


def test_a_picture_without_extent_is_broken():
    assert pictures.size(claiming(0, 20)) is None


def test_a_picture_beyond_all_measure_is_refused(tmp_path):
    assert pictures.size(claiming(60000, 60000)) == (60000, 60000)
    assert found(tmp_path, "a.png", claiming(60000, 60000)) == [("FIGURE_HUGE", 3)]


def test_a_drawing_that_is_no_xml_is_broken_not_unsafe(tmp_path):
    assert found(tmp_path, "a.svg", b"<svg") == [("FIGURE_BROKEN", 3)]
