"""Words in another language: read, set in print and in the e-book, kept by whatever writes the source again."""

import io
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from builder import composition, fonts, layout, manuscript, press
from builder.composition import Medium
from builder.copydesk import glyphs, strips
from builder.copydesk.nouns import Piece
from builder.intake.inline import Known, convert
from builder.manuscript import tongues
from builder.manuscript.folder import Line, Sheet
from builder.problems import Problems
from builder.proofs.nouns import Text as ProofText
from builder.proofs.passages import passages
from builder.publication import Emphasis, Foreign, Indexed, Text, nouns_in, plain
from builder.vietnamese.frisket import OBJECT

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = "Điều 1. Dữ liệu\n\nMở dữ liệu ([open *data*]{lang=en}) cho mọi người.\n\nĐiều 2. Khác\n\nKhông có gì.\n"


@pytest.fixture
def source(tmp_path):
    folder = tmp_path / "so-tay"
    folder.mkdir()
    (folder / "program.md").write_text(PROGRAM, "utf-8")
    return folder


def read(folder, program=None):
    if program is not None:
        (folder / "program.md").write_text(f"Điều 1. Tên\n\n{program}\n", "utf-8")
    return manuscript.read(folder)[0]


def body(publication):
    (paragraph,) = publication.program.clauses[0].body
    return paragraph.inlines


def test_words_in_another_language_are_told_from_ours(source):
    before, foreign, after = body(read(source))
    assert before == Text("Mở dữ liệu (")
    assert foreign == Foreign((Text("open "), Emphasis((Text("data"),))), "en")
    assert after == Text(") cho mọi người.")
    assert plain(body(read(source))) == "Mở dữ liệu (open data) cho mọi người."


def test_they_may_be_words_for_the_index_and_stand_in_a_title(source):
    (_, foreign, _) = body(read(source, "Về [[[open data]]]{lang=en} đó."))
    assert foreign == Foreign((Indexed((Text("open data"),), "open data"),), "en")
    (source / "program.md").write_text("Điều 1. Mở [data]{ lang = fr-ca }\n\nChữ.\n", "utf-8")
    assert read(source).program.clauses[0].title[-1] == Foreign((Text("data"),), "fr-CA")


@pytest.mark.parametrize(
    ("written", "tag"),
    [
        ("en", "en"),
        ("EN-us", "en-US"),
        ("zh-hant", "zh-Hant"),
        ("ZH-HANS-cn", "zh-Hans-CN"),
        ("es-419", "es-419"),
        ("de-1996", "de-1996"),
        ("cjm", "cjm"),
        ("", None),
        ("anh", None),
        ("english", None),
        ("en_US", None),
        ("eng", None),  # the shortest code is the tag
        ("qq", None),
        ("en-", None),
        ('en"', None),
    ],
)
def test_a_tag_is_bcp_47_s(written, tag):
    assert tongues.tag(written) == tag


@pytest.mark.parametrize("tag", ["anh", "", "en_US", "tiếng Anh"])
def test_a_tag_of_no_language_is_a_problem_at_its_place(source, tag):
    with pytest.raises(Problems) as stopped:
        read(source, f"Một dòng.\nRồi [open data]{{lang={tag}}} nữa.")
    (problem,) = stopped.value.problems
    assert (problem.code, problem.place.line, problem.place.column) == ("LANGUAGE_UNKNOWN", 4, 5)


@pytest.mark.parametrize("text", [r"\[open data]{lang=en}", r"[open data] {lang=en}", "[open data](https://a.vn){b}"])
def test_what_is_not_the_mark_is_not_taken_for_it(source, text):
    assert not list(nouns_in(body(read(source, f"Về {text} đó.")), Foreign))


def composed(publication, medium, name="text"):
    edition = replace(publication.settings.editions[0], layout=name)
    roles = fonts.roles(ROOT / "fonts")
    return composition.compose(publication, layout.load(name, ROOT / "layouts"), edition, medium, roles)[0]


@pytest.mark.parametrize("medium", Medium)
def test_print_and_e_book_tell_the_language(source, medium):
    markup = "".join(leaf.markup for leaf in composed(read(source), medium).leaves)
    assert '<span lang="en" xml:lang="en">open <em>data</em></span>' in markup


def test_nothing_in_it_is_mended_as_if_it_were_ours(source):
    (source / "publication.yaml").write_text("title: Sổ tay\ntone_style: new\n", "utf-8")
    (source / "commentary").mkdir()
    (source / "commentary" / "a.md").write_text("## Điều 1\n\nThủy hoa, [thủy 'hoa' ...]{lang=la}.\n", "utf-8")
    publication = read(source)
    markup = "".join(leaf.markup for leaf in composed(publication, Medium.EBOOK, "interleaved").leaves)
    assert '<span lang="la" xml:lang="la">thủy \'hoa\' ...</span>' in markup
    assert "Thuỷ hoa" in markup


@pytest.mark.press
def test_the_printed_file_tells_the_language(source):
    pdf = press.print_pdf(composed(read(source), Medium.PRINT)).pdf
    with pikepdf.Pdf.open(io.BytesIO(pdf)) as book:
        elements = [each for each in book.objects if isinstance(each, pikepdf.Dictionary) and "/S" in each]
        told = [each.Lang for each in elements if "/Lang" in each]
    assert [str(each) for each in told] == ["en"]


def test_a_proof_reader_passes_over_it():
    lines = tuple(Line(number, text) for number, text in enumerate(["Mở [opn dta]{lang=en} ra.", "Và [chữ](a)."], 1))
    (passage,) = passages(ProofText(Sheet("front/01.md", "front/01.md", lines)))
    assert passage.words == f"Mở {OBJECT} ra.\nVà chữ."


@pytest.mark.parametrize(
    ("now", "written"),
    [
        ("Mở open data ra ngay.", "Mở [open *data*]{lang=en} ra ngay."),
        ("Hãy mở open data ra.", "Hãy mở [open *data*]{lang=en} ra."),
        ("Mở open dates ra.", "Mở open dates ra."),  # other words: nobody knows of what language
    ],
)
def test_a_review_copy_that_comes_back_keeps_it(now, written):
    pieces = strips.read("Mở [open *data*]{lang=en} ra.")
    assert [(each.text, each.source) for each in pieces if each.source] == [("open data", "[open *data*]{lang=en}")]
    was, came = glyphs.of_pieces(pieces), glyphs.of_pieces((Piece(now),))
    assert glyphs.written(glyphs.merged(was, came), called=str) == (written, True)


def test_markdown_brought_in_keeps_it_where_the_tag_is_one():
    assert convert("Mở [open data]{lang=en} ra.", Known()) == "Mở [open data]{lang=en} ra."
    assert convert("Mở [open data]{lang=anh} ra.", Known()).startswith("Mở \\[open data]")
