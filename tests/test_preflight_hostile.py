"""Whatever is done to a file's bytes: findings, or a word that it cannot be read; never a traceback, never for long."""

import time

import faulty
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builder import preflight
from builder.preflight import Purpose
from builder.preflight.operators import operations
from builder.preflight.programs import read as read_font
from builder.problems import Problem, Problems

UNREADABLE = {"PDF_UNREADABLE", "PDF_LOCKED", "EPUB_UNREADABLE"}
HURRIED = settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)


def busy():
    """A PDF with a bit of everything."""
    pdf = faulty.good()
    page = pdf.pages[1]
    faulty.resource(page, "/XObject", "Im", faulty.raster(pdf, "CMYK", (20, 20), (9, 9, 9, 9)))
    faulty.write(pdf, page, faulty.placed("Im", 30, 50, 40, 40) + faulty.area(-3, 9, 30, 40) + faulty.text("Xa", 2, 9))
    faulty.claim(pdf, 'pdfaid:part="2" pdfuaid:part="1"')
    return pdf


PLAIN = faulty.saved(busy(), compress_streams=False, object_stream_mode=faulty.pikepdf.ObjectStreamMode.disable)
PACKED = faulty.saved(busy())
BOOK = faulty.zipped(faulty.parts())
WORDS = (
    b"/Type",
    b"0 0 R",
    b"<<",
    b"]",
    b"null",
    b"-1",
    b"9999999999",
    b"(",
    b"/Length 3",
    b"endobj",
    b"\xff\xfe",
    b"",
)


def looked_at(data, name):
    refused = ()
    try:
        found = preflight.look(data, name, Purpose.SHOP).findings
    except Problems as error:
        found, refused = (), error.problems
    assert {each.code for each in refused} <= UNREADABLE
    for finding in found:
        assert isinstance(finding.problem, Problem)
        assert finding.problem.line("vi")
        assert finding.problem.line("en")


@st.composite
def damaged(draw, whole):
    """Bytes with up to twelve places overwritten, cut out or doubled."""
    data = bytearray(whole)
    for _ in range(draw(st.integers(1, 12))):
        at = draw(st.integers(0, max(0, len(data) - 1)))
        length = draw(st.integers(0, 12))
        data[at : at + length] = draw(st.sampled_from(WORDS) | st.binary(max_size=12))
    return bytes(data[: draw(st.integers(0, len(data)) | st.just(len(data)))])


@HURRIED
@given(damaged(PLAIN))
def test_a_damaged_pdf_is_told_of(data):
    looked_at(data, "a.pdf")


@HURRIED
@given(damaged(PACKED))
def test_a_damaged_packed_pdf_is_told_of(data):
    looked_at(data, "a.pdf")


@HURRIED
@given(damaged(BOOK))
def test_a_damaged_book_is_told_of(data):
    looked_at(data, "a.epub")


@HURRIED
@given(st.sampled_from(sorted(name for name in faulty.parts() if name != "mimetype")), st.data())
def test_a_book_with_a_damaged_part_is_told_of(name, data):
    found = faulty.parts()
    found[name] = data.draw(damaged(found[name]))
    looked_at(faulty.zipped(found), "a.epub")


@given(st.binary(max_size=400))
def test_any_bytes_are_content(data):
    for operator, operands in operations(data):
        assert isinstance(operator, bytes)
        assert isinstance(operands, list)


@given(
    st.lists(st.sampled_from(b"q Q cm 1 0 -5 . [ ] << >> ( ) /A <41> BI ID EI Tj TJ re f W n Do".split()), max_size=60)
)
def test_any_words_are_content(words):
    pdf = faulty.good(1)
    faulty.write(pdf, pdf.pages[0], b" ".join(words).decode())
    looked_at(faulty.saved(pdf), "a.pdf")


@given(damaged(faulty.truetype()))
def test_any_bytes_are_a_font(data):
    read_font(data)
    read_font(data, outlines=False)


HOSTILE = {
    "states without end": "q " * 300_000,
    "brackets without end": "[" * 300_000,
    "strings without end": "(" * 300_000,
    "numbers without end": "1 " * 300_000,
    "a path without end": "0 0 m " + "1 1 l " * 200_000 + "S",
    "areas without end": "0 0 1 1 re f " * 60_000,
    "numbers no page holds": "1e99 0 0 1e99 9999999999999999999999 0 cm " * 2000 + "0 0 1 1 re f",
    "inline pictures without end": "BI /W 1 ID " * 50_000,
    "names without end": "/" + "A" * 500_000 + " gs",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_content_made_to_hang_ends_in_seconds(name):
    pdf = faulty.good(1)
    faulty.write(pdf, pdf.pages[0], HOSTILE[name])
    data = faulty.saved(pdf)
    began = time.process_time()
    looked_at(data, "a.pdf")
    assert time.process_time() - began < 15


def test_a_long_text_takes_seconds():
    """Four hundred pages of forty lines: each is told in a few hundredths of a second."""
    pdf = faulty.good(400)
    lines = "".join(faulty.text("Bac ded aHgG cFe " * 3, 20, 20 + 4 * line) for line in range(40))
    for page in pdf.pages:
        faulty.write(pdf, page, lines)
    data = faulty.saved(pdf)
    began = time.process_time()
    assert preflight.look(data, "a.pdf", Purpose.SHOP).findings == ()
    assert time.process_time() - began < 15
