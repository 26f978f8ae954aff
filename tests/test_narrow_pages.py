"""Pages where little room is left, a phone's and small ones in large type: nothing is cut, and nothing is squeezed."""

import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import pypdfium2
import pytest

from builder import composition, fonts, layout, manuscript, press
from builder.composition import Medium
from builder.composition.nouns import Leaf
from builder.manuscript.settings import TRIMS

pytestmark = pytest.mark.press

ROOT = Path(__file__).resolve().parent.parent
UNLINKED = ("cover", "title", "imprint", "notes", "back-cover")


@cache
def composed(name, trim, kind="normal"):
    publication, _ = manuscript.read(ROOT / "tests" / "specimen")
    edition = replace(publication.settings.editions[0], layout=name, trim=TRIMS[trim], type=kind, folios_of="")
    sheet, roles = layout.load(name, ROOT / "layouts"), fonts.roles(ROOT / "fonts")
    return composition.compose(publication, sheet, edition, Medium.PRINT, roles)[0]


def printed(made, *leaves):
    return press.print_pdf(replace(made, leaves=leaves, inserts=(), put_in=()))


def leaf(kind, markup):
    return Leaf(kind, kind, kind, f'<section class="leaf {kind}" id="{kind}">{markup}</section>')


def pages(book):
    return [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(book.pdf)]


@pytest.mark.parametrize("trim", ["phone", "A6", "A5", "A4"])
def test_the_pages_of_a_session_are_told_range_by_range_where_they_are_many(trim):
    made = composed("interleaved", trim)
    ranges = [f"{first}–{first + 2}" for first in range(101, 191, 10)]
    told = ", ".join(f'<span class="nb">{each}</span>' for each in ranges)
    table = (
        '<h1>Lịch</h1><table class="plan"><thead><tr><th>Buổi</th><th>Nội dung</th><th class="right">Trang</th></tr>'
        '</thead><tbody><tr><td>1</td><td><p class="named">Cán bộ ngang tầm, quyền lực được kiểm soát</p>'
        '<p><span class="nb">Thứ Năm, 10/6/2026</span></p></td>'
        f'<td class="right">{told}</td></tr></tbody></table>'
    )
    book = printed(made, leaf("schedule", table))
    assert book.problems == ()
    (text,) = pages(book)
    assert [each for each in ranges if each not in text] == [], "no line ends within a range"
    assert re.search(r"101–103, 111–113", text) or trim == "phone", "two of them have room on a line"


@pytest.mark.parametrize("name", ["interleaved", "so-tay-nho"])
@pytest.mark.parametrize("trim", ["A4", "A5", "A6"])
def test_in_large_type_the_title_has_its_page_and_heads_stay_on_the_paper(name, trim):
    made = composed(name, trim, "large")
    book = printed(made, *(each for each in made.leaves if each.kind in UNLINKED))
    assert book.problems == ()
    leaves = [fact.leaf for fact in book.facts]
    assert (leaves.count("cover"), leaves.count("title")) == (1, 1)
    cover = pypdfium2.PdfDocument(book.pdf)[0].get_textpage()
    year, mark = (place(cover, words) for words in ("Quý", "LƯU HÀNH"))
    assert year[2] < mark[0] or year[1] > mark[3], "side by side, or the mark below the year"


def place(text, words):
    """Left, bottom, right, top of words on a page (pt)."""
    index, count = text.search(words).get_next()
    boxes = [text.get_charbox(at) for at in range(index, index + count)]
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )


def test_on_a_phone_a_questions_number_stands_above_its_words_in_the_contents():
    made = composed("hoi-dap", "phone")
    entry = (
        '<h1>Mục lục</h1><ul class="outline"><li class="entry depth-2 of-question"><p><span class="label">Câu hỏi 12:'
        '</span> Vì sao xây dựng Đảng đi đôi <span class="tail">với dân vận</span></p></li></ul>'
    )
    (text,) = pages(printed(made, leaf("contents", entry)))
    lines = [line.strip(" .") for line in text.splitlines() if line.strip(" .")]
    assert lines[1] == "Câu hỏi 12:"
    assert "Vì sao xây dựng Đảng" in lines[2]
    assert len(lines) <= 5


def test_a_handout_for_a_phone_has_no_room_for_notes():
    def told(trim):
        return "".join(each.markup for each in composed("handout", trim).leaves)

    assert "own-notes" in told("A4")
    assert "own-notes" not in told("phone")
