"""The main job, end to end, on every publication the project holds: a source folder in, three files out."""

import ctypes
import hashlib
import html
import io
import itertools
import os
import re
import subprocess
import sys
import unicodedata
import zipfile
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import validators
from PIL import ImageChops

from builder import imposition, manuscript
from builder.pdf.black import neutral
from builder.works.asked import Wish, Workshop
from builder.works.booklet import job
from builder.works.build import build

ROOT = Path(__file__).resolve().parent.parent
PAGES = {
    "chuong-trinh-hanh-dong-05": range(40, 81),
    "hoi-dap-quy-che-khu-pho": range(24, 37),
    "quy-uoc-thu-vien": range(12, 25),
    "specimen": range(16, 33),
}
SOURCES = [*sorted((ROOT / "sources").iterdir()), ROOT / "tests" / "specimen"]

EDITION = "nguoi-du"  # the first of each

pytestmark = pytest.mark.press


@pytest.fixture(scope="module", params=SOURCES, ids=lambda folder: folder.name)
def source(request):
    return request.param


@pytest.fixture(scope="module")
def made(source):
    """Output kind → bytes, of the first edition."""
    found = build(source, Wish((EDITION,)), Workshop(ROOT / "layouts", ROOT / "fonts"))
    assert found.problems == ()
    return {output.kind: output.data for output in found.outputs}


def bare(text):
    """Letters and digits alone: lines, spaces and leaders fall where the page wants them."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFC", text))


def text_of(pdf):
    return "\n".join(
        page.get_textpage().get_text_bounded().replace("\ufffe", "") for page in pypdfium2.PdfDocument(pdf)
    )


@pytest.mark.slow
def test_sheets_are_printed_with_black_alone(made, tmp_path):
    (tmp_path / "sheets.pdf").write_bytes(made["booklet"])
    covered = validators.inkcov(tmp_path / "sheets.pdf")
    assert {page[:3] for page in covered} == {(0, 0, 0)}
    assert sum(page[3] for page in covered) > 0.1


@pytest.mark.slow
def test_greys_turned_to_black_look_as_they_did(made):
    with pikepdf.open(io.BytesIO(made["pdf"])) as book:
        neutral(book)
        turned = io.BytesIO()
        book.save(turned)
    with pypdfium2.PdfDocument(made["pdf"]) as before, pypdfium2.PdfDocument(turned.getvalue()) as after:
        for number in range(len(before)):
            seen = [each[number].render(scale=1, grayscale=True).to_pil() for each in (before, after)]
            assert ImageChops.difference(*seen).getextrema()[1] <= 1, number


@pytest.mark.slow
@pytest.mark.parametrize(
    "folder", [path for path in SOURCES if "nha-in" in (path / "publication.yaml").read_text("utf-8")]
)
def test_the_print_shops_files_are_whole_and_black_alone(folder, tmp_path):
    found = build(folder, Wish(("nha-in",)), Workshop(ROOT / "layouts", ROOT / "fonts"))
    assert [problem.code for problem in found.problems] == ["PROFILE_NONE"]
    files = {output.kind: output for output in found.outputs}
    assert set(files) == {"press", "cover", "spec"}
    for kind in ("press", "cover"):
        (tmp_path / kind).write_bytes(files[kind].data)
        assert validators.qpdf(tmp_path / kind) == ()
        assert {page[:3] for page in validators.inkcov(tmp_path / kind)} == {(0, 0, 0)}
    with pypdfium2.PdfDocument(files["press"].data) as book:
        assert len(book) == files["press"].pages
        assert len(book) % 4 == 0
        assert {tuple(map(round, page.get_size())) for page in book} == {(468, 638)}  # 165 × 225 mm
    again = build(folder, Wish(("nha-in",)), Workshop(ROOT / "layouts", ROOT / "fonts"))
    assert [output.data for output in again.outputs] == [output.data for output in found.outputs]


def test_the_pages_carry_the_same_words_as_ever(source, made):
    """A page break that moves is looked at: the words of each page stand in ``golden/``."""
    golden = ROOT / "tests" / "golden" / f"{source.name}.txt"
    pages = [
        " ".join(page.get_textpage().get_text_bounded().replace("\ufffe", "").split())
        for page in pypdfium2.PdfDocument(made["pdf"])
    ]
    found = "".join(
        f"=== {number}\n{text}\n\n" if text else f"=== {number}\n\n" for number, text in enumerate(pages, 1)
    )
    assert found.splitlines() == golden.read_text("utf-8").splitlines()


def test_every_line_of_the_contents_leads_to_its_page_and_prints_its_folio(made):
    document = pypdfium2.PdfDocument(made["pdf"])
    led = list(entries(document))
    assert len(led) > 6
    for text, page, words in led:
        assert str(page + 1) in text.split(), text
        assert words in bare(document[page].get_textpage().get_text_bounded())


def entries(document):
    """Read the contents as a reader does: the text of each pair of links, the page they lead to, the entry's words."""
    for number in range(len(document)):
        page = document[number]
        text = page.get_textpage()
        if "Mụclục" not in letters_of(text.get_text_bounded()):
            continue
        found = []
        for annotation in page_links(page):
            left, bottom, right, top, target = annotation
            found.append((text.get_text_bounded(left - 1, bottom - 1, right + 1, top + 1).strip(), target))
        for (words, target), (folio, same) in itertools.pairwise(found):
            if folio.isdecimal() and target == same:
                yield folio, target, bare(re.sub(r"(\.\s*)+$", "", words))[:12]


def page_links(page):
    raw = pypdfium2.raw
    position, link = ctypes.c_int(0), raw.FPDF_LINK()
    while raw.FPDFLink_Enumerate(page.raw, ctypes.byref(position), ctypes.byref(link)):
        rect = raw.FS_RECTF()
        raw.FPDFLink_GetAnnotRect(link, ctypes.byref(rect))
        dest = raw.FPDFLink_GetDest(page.pdf.raw, link)
        yield rect.left, rect.bottom, rect.right, rect.top, raw.FPDFDest_GetDestPageIndex(page.pdf.raw, dest)


def letters_of(text):
    return "".join(text.split())


WIDEST_SPACE = 2.0  # times the natural space
LABEL = re.compile(r"(?:[a-zđ]\)|\d+\.|[IVX]+\.|[-+•–])[ \u00a0]")  # hangs beside its paragraph


def test_justified_lines_have_no_holes(source, made):
    """Of the stretches read, at least 98 % have no space wider than twice the natural one.

    Words of the index are set by themselves, so that a line with one is read as several stretches.
    """
    if source.name == "specimen":
        pytest.skip("it crowds long identifiers into few lines to show that they are not broken")
    stretched, holed = 0, []
    for page, line in lines_of(pypdfium2.PdfDocument(made["pdf"])):
        text = "".join(letter for letter, _, _ in line)
        spaces = list(spaces_of(line))[1 if LABEL.match(text) else 0 :]
        if ". ." in text or not spaces or min(spaces) < 1.005:  # leaders; lines that end where their words do
            continue
        stretched += 1
        if max(spaces) > WIDEST_SPACE:
            holed.append((page, round(max(spaces), 2), text))
    assert stretched >= 35
    assert len(holed) <= 0.02 * stretched, holed


def lines_of(document):
    """Yield the lines of a PDF, each with its page: letters, and where their advances begin and end (pt)."""
    raw = pypdfium2.raw
    for number, page in enumerate(document, 1):
        text, line = page.get_textpage(), []
        for place in range(text.count_chars()):
            if raw.FPDFText_IsGenerated(text.raw, place):  # the reader's own line end
                yield number, line
                line = []
                continue
            box = raw.FS_RECTF()
            raw.FPDFText_GetLooseCharBox(text.raw, place, ctypes.byref(box))
            line.append((chr(raw.FPDFText_GetUnicode(text.raw, place)), box.left, box.right))
        yield number, line


def spaces_of(line):
    """Yield how wide the spaces of a line are, in natural spaces of their font and size."""
    for (_, _, before), (letter, begins, ends), (_, after, _) in zip(line, line[1:], line[2:], strict=False):
        if letter in " \u00a0" and ends > begins:
            yield (after - before) / (ends - begins)


@pytest.mark.parametrize("words", ["36-HD/VPTW", "Điều 5"])
def test_a_reader_finds_what_it_looks_for(tmp_path, words):
    """Identifiers keep their hyphens and labels are found by a plain space, whatever holds them on one line."""
    source = tmp_path / "tim"
    source.mkdir()
    filler = "Chi bộ sinh hoạt mỗi tháng một lần, học và làm theo văn bản đã chọn, ghi rõ việc và người. "
    text = "".join(f"Theo Hướng dẫn 36-HD/VPTW và Điều 5 của Quy ước, {filler[: 13 * n]}" for n in range(1, 8))
    (source / "program.md").write_text(f"# Quy ước\n\n1. Việc chung\n\n{text}\n", "utf-8")
    found = build(source, Wish(kinds=("pdf",)), Workshop(ROOT / "layouts", ROOT / "fonts"))
    times = 0
    for page in pypdfium2.PdfDocument(found.outputs[0].data):
        finder = page.get_textpage().search(words, match_case=True)
        while finder.get_next():
            times += 1
    assert times == 7


def test_the_outline_leads_to_the_pages_that_show_its_words(made):
    document = pypdfium2.PdfDocument(made["pdf"])
    lines = list(document.get_toc())
    assert len(lines) > 6
    for line in lines:
        dest = line.get_dest()
        title = bare(line.get_title())
        assert bare(title)[-10:] in bare(document[dest.get_index()].get_textpage().get_text_bounded())


def text_bound(epub):
    with zipfile.ZipFile(io.BytesIO(epub)) as archive:
        files = [archive.read(name).decode() for name in archive.namelist() if "/text/" in name]
    return html.unescape(re.sub(r"<[^>]+>", "", " ".join(files)))


def test_the_text_is_in_normal_form_and_every_letter_is_printed(made):
    text = text_of(made["pdf"])
    assert unicodedata.is_normalized("NFC", text)
    assert not [letter for letter in text if unicodedata.combining(letter) or letter == "\ufffd"]
    assert unicodedata.is_normalized("NFC", text_bound(made["epub"]))


def test_only_the_houses_families_are_embedded_and_all_of_them_are(made):
    for kind in ("pdf", "booklet", "card"):
        with pikepdf.open(io.BytesIO(made[kind])) as pdf:
            fonts = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and each.get("/FontName")]
            assert fonts
            assert all("/FontFile2" in font for font in fonts)
            names = {re.sub(r"^/[A-Z]{6}\+", "", str(font.FontName)) for font in fonts}
            assert not [name for name in names if not re.match(r"(Noto-?Serif|Be-?Vietnam-?Pro)", name)]


def test_the_pages_are_as_many_as_the_book_wants_and_make_whole_sheets(source, made):
    pages, sides = (len(pypdfium2.PdfDocument(made[kind])) for kind in ("pdf", "booklet"))
    assert pages in PAGES[source.name]
    assert pages % 4 == 0
    assert sides * 2 == pages


def test_the_sheets_carry_the_pages_where_folding_wants_them(source, made):
    editions = manuscript.read(source)[0].settings.editions
    binding = next(each.binding for each in editions if each.name == EDITION)
    imposed = imposition.impose(made["pdf"], job(binding))
    assert imposed.files[0].pdf == made["booklet"]
    assert imposition.check(made["pdf"], imposed) == ()
    assert imposition.reading(imposed.plan) == tuple(range(len(pypdfium2.PdfDocument(made["pdf"]))))


@pytest.mark.parametrize("seed", ["0", "4242"])
def test_another_process_makes_the_same_files(source, made, tmp_path, seed):
    command = [
        sys.executable,
        "-c",
        "from builder.cli import app; app()",
        "build",
        str(source),
        "--edition",
        EDITION,
        "--shelf",
        str(tmp_path),
    ]
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT), "TZ": "Asia/Ho_Chi_Minh"}
    subprocess.run(command, check=True, capture_output=True, env=environment, cwd=tmp_path)
    found = {
        path.name: digest(path.read_bytes()) for path in (tmp_path / source.name).glob("*.*") if path.suffix != ".json"
    }
    stem = f"{source.name}-{EDITION}"
    names = {"pdf": f"{stem}.pdf", "booklet": f"{stem}-booklet.pdf", "card": f"{stem}-card.pdf", "epub": f"{stem}.epub"}
    assert found == {names[kind]: digest(data) for kind, data in made.items()}


def digest(data):
    return hashlib.sha256(data).hexdigest()


@pytest.mark.slow
def test_the_judges_find_nothing(made, tmp_path):
    names = {"pdf": "book.pdf", "booklet": "sheets.pdf", "card": "card.pdf"}
    files = {kind: tmp_path / name for kind, name in names.items()}
    for kind, path in files.items():
        path.write_bytes(made[kind])
    assert validators.qpdf(files["pdf"]) == ()
    assert validators.qpdf(files["booklet"]) == ()
    assert validators.verapdf(files["card"], "ua1", "2a") == ()  # for the book itself see test_tags
