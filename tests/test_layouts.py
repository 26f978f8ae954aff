"""Every folder under layouts/ is tried by itself: it sets the specimen without a problem, in print and as an e-book."""

import ctypes
import io
import re
import unicodedata
import zipfile
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import validators

from builder import composition, ebook, fonts, layout, manuscript, press
from builder.composition import Medium
from builder.works import ebooks

ROOT = Path(__file__).resolve().parent.parent
LAYOUTS = layout.names(ROOT / "layouts")
MM = 72 / 25.4

pytestmark = pytest.mark.press


@pytest.fixture(scope="module", params=LAYOUTS)
def book(request):
    """Set and bind the specimen in one layout."""
    publication, found = manuscript.read(ROOT / "tests" / "specimen")
    assert found == ()
    edition = replace(publication.settings.editions[0], layout=request.param)
    roles, sheet = fonts.roles(ROOT / "fonts"), layout.load(request.param, ROOT / "layouts")
    made = [composition.compose(publication, sheet, edition, medium, roles) for medium in Medium]
    assert [found for _, found in made] == [(), ()]
    printing = press.print_pdf(made[0][0])
    return made[0][0], printing, ebook.bind(made[1][0], ebooks.printed(printing, edition, (edition,), sheet.words))


def needs(book, *kinds):
    """Leave a test to the layouts that have leaves of these kinds: loose sheets have no contents, no programme."""
    there = {leaf.kind for leaf in book[0].leaves}
    if missing := [kind for kind in kinds if kind not in there]:
        pytest.skip(f"the layout has no {', '.join(missing)}")


@pytest.fixture(scope="module")
def pages(book):
    """The words of each page."""
    document = pypdfium2.PdfDocument(book[1].pdf)
    return [re.sub(r"\s+", " ", page.get_textpage().get_text_bounded().replace("\ufffe", "")) for page in document]


def test_there_are_layouts():
    assert set(LAYOUTS) >= {"text", "interleaved", "facing", "margin", "hoi-dap", "handout", "bieu-mau", "so-tay-nho"}


def test_no_problem_and_no_word_from_the_log(book):
    assert book[1].problems == ()


def test_the_trim_is_a5_and_the_pages_make_whole_sheets(book):
    with pikepdf.open(io.BytesIO(book[1].pdf)) as pdf:
        sizes = {tuple(round(float(side) / MM) for side in page.trimbox[2:]) for page in pdf.pages}
        assert sizes == {(148, 210)}
        assert len(pdf.pages) == book[1].pages
        assert len(pdf.pages) % 4 == 0 or not any(leaf.filler for leaf in book[0].leaves)


def test_only_cast_faces_are_in_the_pdf(book):
    with pikepdf.open(io.BytesIO(book[1].pdf)) as pdf:
        fonts_used = [entry for entry in pdf.objects if isinstance(entry, pikepdf.Dictionary) and "/BaseFont" in entry]
        names = {re.sub(r"^/?[A-Z]{6}\+", "", str(font.BaseFont)) for font in fonts_used}
    assert names
    assert [name for name in names if not re.match(r"(Noto-?Serif|Be-?Vietnam-?Pro)", name)] == []


def test_the_words_are_in_normal_form_with_no_letter_missing(pages):
    text = "".join(pages)
    assert unicodedata.is_normalized("NFC", text)
    assert not any(unicodedata.combining(letter) for letter in text)
    assert "\ufffd" not in text


def test_the_contents_name_the_page_each_part_opens_on(book, pages):
    needs(book, "contents", "program")
    contents = pages[book[1].folios["contents"] - 1]
    folio = book[1].folios["phan-2"]
    assert re.search(rf"GIỮ SÁCH VÀ CHO MƯỢN[ .]*{folio}\b", contents)
    assert "Phần thứ hai" in pages[folio - 1]


def test_every_clause_is_on_the_page_its_folio_says(book, pages):
    needs(book, "program")
    missing = [
        anchor
        for anchor, words in {
            "phan-1.chuong-1.dieu-1.khoan-2.diem-dd": "Sách chữ to cho người cao tuổi",
            "phan-1.chuong-2.muc-2.dieu-6": "Điều 6. Đóng",
            "phan-2.muc-2": "CHO MƯỢN",
        }.items()
        if words not in pages[book[1].folios[anchor] - 1]
    ]
    assert missing == []


def test_folios_stand_on_all_pages_but_the_cover_and_title_leaves(book, pages):
    needs(book, "program", "cover", "back-cover")
    bare = {
        fact.leaf for number, fact in enumerate(book[1].facts, 1) if not re.search(rf"\b{number}\b", pages[number - 1])
    }
    assert bare <= {"cover", "title", "imprint", "back-cover", ""}
    assert {"cover", "back-cover"} <= bare


def test_every_page_begins_at_the_same_height(book):
    """A margin stands between what is on one page: at the head of the next it would push the first line down.

    Left out are pages that open a leaf, which may be sunk, and those that begin with a picture or lines to write on.
    """
    document, folios = pypdfium2.PdfDocument(book[1].pdf), book[1].folios
    edge = float(re.findall(r"@page \{ margin: ([\d.]+)mm", book[0].stylesheet)[-1]) * MM
    lines = [
        (number, *line)
        for number, fact in enumerate(book[1].facts, 1)
        if fact.leaf and folios[fact.leaf] != number and (line := first_line(document[number - 1], edge))
    ]
    assert lines
    assert [line for line in lines if line[1] > LEADED / 2] == []
    for type_ in {line[2] for line in lines}:
        heights = [below for _, below, of, _ in lines if of == type_]
        assert max(heights) - min(heights) < 0.5, lines


LEADED = 6  # pt; so much no line has more than its letters need
FAR = 100  # pt; so low stands no first line


def first_line(page, edge):
    """How far (pt) below the edge of the text area the letters of the first line begin; of what type; the words."""
    raw, text = pypdfium2.raw, page.get_textpage()
    found = None
    for place in range(text.count_chars()):
        x, y, height, name = ctypes.c_double(), ctypes.c_double(), ctypes.c_float(), ctypes.create_string_buffer(80)
        raw.FPDFText_GetCharOrigin(text.raw, place, ctypes.byref(x), ctypes.byref(y))
        below = page.get_height() - y.value - edge
        if not 1 < below < (found or (FAR,))[0] or raw.FPDFText_GetCharAngle(text.raw, place) > 0.1:  # a turned page
            continue
        matrix = raw.FS_MATRIX()
        raw.FPDFText_GetMatrix(text.raw, place, ctypes.byref(matrix))
        size = raw.FPDFText_GetFontSize(text.raw, place) * matrix.a
        font = raw.FPDFTextObj_GetFont(raw.FPDFText_GetTextObject(text.raw, place))
        if font and chr(raw.FPDFText_GetUnicode(text.raw, place)).strip():
            raw.FPDFFont_GetAscent(font, size, ctypes.byref(height))
            raw.FPDFText_GetFontInfo(text.raw, place, name, 80, None)
            words = text.get_text_range(place, 30).partition("\r")[0]
            found = below, below - height.value, (name.value, round(size, 2)), words
    return found and found[1:]


def test_running_heads_name_the_book_and_the_part_and_leave_openers_alone(book, pages):
    needs(book, "program", "title")  # a leaflet has its title where its text begins
    title = "Mẫu chữ của nhà in làng"
    inner = [
        (number, fact)
        for number, fact in enumerate(book[1].facts, 1)
        if fact.leaf == "to-phan-1" and book[1].folios[fact.leaf] != number
    ]
    assert inner
    for number, fact in inner:
        head = title if number % 2 == 0 else fact.section
        cut = f"{re.escape(head[:40])}.*…"  # one too long for its line says so
        assert head in pages[number - 1] or re.search(cut, pages[number - 1])
    assert title not in pages[book[1].folios["to-phan-1"] - 1]


def test_the_same_words_are_in_print_and_ebook(book, pages):
    needs(book, "program")
    with zipfile.ZipFile(io.BytesIO(book[2].epub)) as archive:
        markup = " ".join(archive.read(name).decode() for name in archive.namelist() if name.endswith(".xhtml"))
    bound = re.sub(r"\W+", "", re.sub(r"<[^>]+>", "", markup))
    printed = re.sub(r"\W+", "", "".join(pages))
    for sentence in ("đ) Sách chữ to cho người cao tuổi;", "Mỗi người mượn không quá ba cuốn trong 15 ngày."):
        assert re.sub(r"\W+", "", sentence) in bound
        assert re.sub(r"\W+", "", sentence) in printed


@pytest.mark.slow
def test_validators_find_nothing(book, tmp_path):
    pdf, epub = tmp_path / "book.pdf", tmp_path / "book.epub"
    pdf.write_bytes(book[1].pdf)
    epub.write_bytes(book[2].epub)
    assert validators.qpdf(pdf) == ()
    assert validators.epubcheck(epub) == ()
    assert validators.verapdf(pdf, "ua1", "2a") == ()
