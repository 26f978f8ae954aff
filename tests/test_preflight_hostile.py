"""Whatever is done to a file's bytes: findings, or a word that it cannot be read; never a traceback, never for long."""

import struct
import time
import zlib
from collections import deque

import faulty
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name

from builder import preflight
from builder.preflight import Purpose, cids, run
from builder.preflight.codes import to_unicode
from builder.preflight.operators import operations
from builder.preflight.programs import read as read_font
from builder.preflight.typefaces import typeface
from builder.problems import Problem, Problems

UNREADABLE = {"PDF_UNREADABLE", "PDF_LOCKED", "EPUB_UNREADABLE"}
HURRIED = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)


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
        data[at : at + length] = draw(st.sampled_from(faulty.SPLINTERS) | st.binary(max_size=12))
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
    "states": "q ",
    "arrays": "[",
    "arrays closed": "[1 ] ",
    "arrays too deep": "[[[[ 1 ",
    "ends of arrays": "] ",
    "dictionaries": "<< /A ",
    "ends of dictionaries": ">> ",
    "strings": "(",
    "strings that turn": "(a\\",
    "strings in hexadecimal": "< ",
    "strings in hexadecimal, half of them": "< <41> ",
    "comments": "% ",
    "numbers": "1 ",
    "digits": "1",
    "digits and points": "1.1",
    "signs": "+-",
    "words": "A",
    "white space": " ",
    "a path": "1 1 l ",
    "areas": "0 0 1 1 re f ",
    "numbers no page holds": "1e99 0 0 1e99 9999999999999999999999 0 cm ",
    "inline pictures": "BI /W 1 ID ",
    "inline pictures without data": "BI ",
    "inline pictures with ends": "BI ID EI ",
    "inline pictures of strings": "BI /A < ",
    "names": "/",
    "letters of names": "#41",
    "marks of content": "BT (a) Tj ET ",
}


def taken(what):
    """Seconds of the processor, the least of three tries."""
    tries = []
    for _ in range(3):
        began = time.process_time()
        what()
        tries.append(time.process_time() - began)
    return min(tries)


def assert_grows_evenly(made):
    """Twice as much of it takes not much more than twice as long; quadratic work would take four times as long."""
    small, large = made(1), made(2)
    assert taken(large) < 3 * taken(small) + 0.02


@pytest.mark.parametrize("closed", ["", "x Q"], ids=["open", "closed"])
@pytest.mark.parametrize("name", HOSTILE)
def test_twice_as_much_hostile_content_is_read_in_twice_the_time(name, closed):
    def made(times):
        data = (HOSTILE[name] * (times * 15_000 // len(HOSTILE[name])) + closed).encode()
        return lambda: deque(operations(data), maxlen=0)

    assert_grows_evenly(made)


@pytest.mark.parametrize("name", HOSTILE)
def test_content_made_to_hang_ends_in_seconds(name):
    pdf = faulty.good(1)
    faulty.write(pdf, pdf.pages[0], HOSTILE[name] * (30_000 // len(HOSTILE[name])))
    data = faulty.saved(pdf)
    began = time.process_time()
    looked_at(data, "a.pdf")
    assert time.process_time() - began < 5


MAPS = {
    "blocks": b"beginbfchar ",
    "blocks in blocks": b"beginbfrange <1><2>[",
    "codes": b"beginbfchar <",
    "long codes": b"1",
    "ranges over the same codes": b"beginbfrange <0000><FFFF><0041> endbfrange ",
    "lists": b"<1><2>[ ",
    "spaces": b"<1> ",
}


@pytest.mark.parametrize("name", MAPS)
def test_twice_as_large_a_map_of_letters_is_read_in_twice_the_time(name):
    pdf = faulty.good(1)

    def made(times):
        piece = MAPS[name]
        stream = pdf.make_stream(b"beginbfrange <" * (name == "long codes") + piece * (times * 50_000 // len(piece)))
        return lambda: to_unicode(stream)

    assert_grows_evenly(made)


def test_codes_that_are_said_again_and_again_are_counted():
    pdf = faulty.good(1)
    again = pdf.make_stream(b"beginbfrange " + b"<0000><FFFF><0041>" * 200_000)
    began = time.process_time()
    assert len(to_unicode(again)) <= 0x10000
    large = b"F" * 100_000
    long = pdf.make_stream(b"beginbfrange <%s> <%s> <%s>" % (large, large, large))
    assert all(code < 1 << 33 and len(words) <= 64 for code, words in to_unicode(long).items())
    assert time.process_time() - began < 2


def cmap(groups, records):
    """A table of letters of format 12: so many groups of all letters, named so many times."""
    head = struct.pack(">HH", 0, records) + struct.pack(">HHI", 3, 10, 4 + 8 * records) * records
    body = struct.pack(">HHIII", 12, 0, 16 + 12 * groups, 0, groups)
    return head + body + struct.pack(">III", 0, 0xFFFF, 1) * groups


def test_letters_of_a_font_that_are_said_again_and_again_are_counted():
    table = cmap(70_000, 32)
    font = b"OTTO" + struct.pack(">HHHH", 1, 0, 0, 0) + struct.pack(">4sIII", b"cmap", 0, 28, len(table)) + table
    began = time.process_time()
    found = read_font(font, outlines=False)
    assert time.process_time() - began < 2
    assert found.letters[3, 10][65] == 66


def test_widths_that_are_said_again_and_again_are_counted():
    pdf = faulty.good(1)
    font = faulty.typed(pdf)
    font.DescendantFonts[0].W = Array([0, 0xFFFF, 500] * 20_000)
    began = time.process_time()
    assert len(typeface(font).widths) == 0x10000
    assert time.process_time() - began < 2


def test_fonts_count_as_work_that_is_done():
    pdf = faulty.good(1)
    library = run.Library(left=1000)
    library.font(faulty.typed(pdf))
    once = library.left
    assert 0 < once < 1000 - len(faulty.LETTERS)
    library.font(faulty.typed(pdf))
    assert library.left == 2 * once - 1000


def test_a_stream_named_forty_times_is_unpacked_as_often_as_there_is_room(monkeypatch):
    pdf = faulty.good(1)
    stream = pdf.make_stream(zlib.compress(b" " * 1_000_000), Filter=Name.FlateDecode)
    monkeypatch.setattr(run, "MOST_BYTES_OF_PAGE", 10_500_000)
    pdf.pages[0].obj.Contents = Array([stream] * 40)
    found = preflight.look(faulty.saved(pdf), "a.pdf", Purpose.SHOP).findings
    assert [each.problem.code for each in found if each.problem.code == "PDF_CONTENT_CUT"]
    monkeypatch.setattr(run, "MOST_BYTES_OF_PAGE", 41_000_000)
    found = preflight.look(faulty.saved(pdf), "a.pdf", Purpose.SHOP).findings
    assert not [each.problem.code for each in found if each.problem.code == "PDF_CONTENT_CUT"]


def test_drawings_that_are_read_anew_count_as_content(monkeypatch):
    """A drawing too long to be kept, placed again and again: what it holds counts each time."""
    pdf = faulty.good(1)
    long = pdf.make_stream(
        zlib.compress(b" " * 4_100_000), Filter=Name.FlateDecode, Type=Name.XObject, Subtype=Name.Form,
        BBox=Array([0, 0, 9, 9]),
    )  # fmt: skip
    faulty.resource(pdf.pages[0], "/XObject", "Long", long)
    faulty.write(pdf, pdf.pages[0], "/Long Do " * 1000)
    monkeypatch.setattr(run, "MOST_BYTES_OF_PAGE", 9_000_000)
    began = time.process_time()
    found = preflight.look(faulty.saved(pdf), "a.pdf", Purpose.SHOP).findings
    assert [each.problem.code for each in found if each.problem.code == "PDF_CONTENT_CUT"]
    assert time.process_time() - began < 5


def test_tags_that_share_their_children_are_counted():
    pdf = faulty.good(1)
    kids = pdf.make_indirect(Array())
    for _ in range(2000):
        kids.append(Dictionary(S=Name.Sect, K=kids))
    pdf.Root.StructTreeRoot.K = kids
    data = faulty.saved(pdf)
    began = time.process_time()
    preflight.look(data, "a.pdf", Purpose.READING)
    assert time.process_time() - began < 5


def test_a_long_text_takes_seconds():
    """A hundred pages of forty lines: each is told in a few hundredths of a second."""
    pdf = faulty.good(100)
    lines = "".join(faulty.text("Bac ded aHgG cFe " * 3, 20, 20 + 4 * line) for line in range(40))
    for page in pdf.pages:
        faulty.write(pdf, page, lines)
    data = faulty.saved(pdf)
    began = time.process_time()
    assert preflight.look(data, "a.pdf", Purpose.SHOP).findings == ()
    assert time.process_time() - began < 5


def test_a_map_of_codes_that_says_the_same_again_and_again_is_read_to_a_measure():
    pdf = faulty.good()
    space = b"begincodespacerange <0000> <ffff> endcodespacerange "
    again = b"begincidrange " + b"<0000> <ffff> 7 " * 100_000 + b"endcidrange"
    assert len(cids.of_codes(pdf.make_stream(space + again))) == cids.CODES
    assert cids.of_codes(pdf.make_stream(space + b"begincidchar " * 100_000)) == {}
    assert cids.of_codes(pdf.make_stream(space + b"begincidchar <0001> 70000 endcidchar")) == {1: 70000}
    assert cids.of_codes(pdf.make_stream(b"begincodespacerange <00> <ff> endcodespacerange")) is None
