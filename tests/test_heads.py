"""Headings of several lines are broken evenly, and lines in capitals do not touch."""

import itertools
import re
from pathlib import Path

import pypdfium2
import pytest
import test_press as small
from hypothesis import given
from hypothesis import strategies as st
from test_press import compose, leaf

from builder import composition, fonts, layout, manuscript, press
from builder.composition import Medium, leading
from builder.press import heads
from builder.press.heads import Unit, steps

ROOT = Path(__file__).resolve().parent.parent
BALANCED = "h1, h2, caption { --wrap: balance } .footnote { --wrap: normal } .nb { white-space: nowrap }"
TITLE = "Chương trình hành động về sách và người đọc"
EVEN = ["Chương trình hành động", "về sách và người đọc"]
LONG = "Trách nhiệm của cấp ủy, tổ chức đảng, cơ quan và người đứng đầu trong việc thực hiện nghị quyết này"


def set_(body, style=BALANCED):
    printing = press.print_pdf(compose(leaf("program", body), style=small.STYLE + style, furniture=""))
    assert printing.problems == ()
    return printing.pdf


def rows(pdf, number=0):
    """Return (words, left, right, bottom, top) of each line of a page (pt); the letters' own edges."""
    page = pypdfium2.PdfDocument(pdf)[number].get_textpage()
    found = []
    for place, letter in enumerate(page.get_text_range().replace("\r\n", "\n\n")):
        if letter == "\n":
            found.append([])
        elif letter.strip():
            found = found or [[]]
            found[-1].append((letter, *page.get_charbox(place)))
    lines = [line for line in found if line]
    return [
        ("".join(each[0] for each in line), *(pick(each[at] for each in line) for at, pick in EDGES)) for line in lines
    ]


EDGES = ((1, min), (3, max), (2, min), (4, max))


def lines(body, style=BALANCED, number=0):
    page = pypdfium2.PdfDocument(set_(body, style))[number].get_textpage()
    return [line.strip() for line in page.get_text_range().replace("\xa0", " ").splitlines()]


# --- the plan -------------------------------------------------------------------------------------

SPACE = 4.0


def laid(widths, indent=0.0):
    left, units = indent, []
    for number, width in enumerate(widths):
        units.append(Unit(f"[{number}]", left, left + width, SPACE))
        left += width + SPACE
    return units


def widths_of(plan, widths, indent=0.0):
    numbers = [[int(each) for each in re.findall(r"\d+", step.letters)] for step in plan]
    return [
        sum(widths[each] for each in line) + SPACE * (len(line) - 1) + (0 if count else indent)
        for count, line in enumerate(numbers)
    ]


@given(st.lists(st.integers(1, 60), min_size=1, max_size=9), st.integers(60, 150), st.integers(-30, 30))
def test_no_other_way_to_break_has_fewer_or_more_even_lines(widths, measure, indent):
    plan = list(steps(laid(widths, indent), measure))
    assert "".join(step.letters for step in plan) == "".join(f"[{number}]" for number in range(len(widths)))
    ours = widths_of(plan, widths, indent)
    ways = []
    for count in range(len(widths)):
        for cuts in itertools.combinations(range(1, len(widths)), count):
            edges = (0, *cuts, len(widths))
            way = [
                sum(widths[a:b]) + SPACE * (b - a - 1) + (0 if a else indent) for a, b in itertools.pairwise(edges)
            ]
            ways += [way] if max(way) <= measure else []
    if ways:
        fewest = min(map(len, ways))
        assert len(ours) == fewest
        assert sum(w * w for w in ours) == min(sum(w * w for w in way) for way in ways if len(way) == fewest)


@given(st.lists(st.integers(1, 60), min_size=1, max_size=9), st.integers(60, 150))
def test_each_line_has_room_for_its_words_and_for_no_letter_more(widths, measure):
    plan = list(steps(laid(widths), measure))
    for step, width in zip(plan, widths_of(plan, widths), strict=True):
        assert width <= step.room < width + SPACE


def test_a_word_wider_than_the_measure_is_said_by_its_room():
    assert [step.room for step in steps(laid([20, 90, 20]), 60)] == [22, 90, 22]


# --- on the page ----------------------------------------------------------------------------------

press_sets = pytest.mark.press


@press_sets
def test_a_heading_of_two_lines_is_even_and_without_the_wish_it_is_not():
    assert lines(f"<h1>{TITLE}</h1>") == EVEN
    assert lines(f"<h1>{TITLE}</h1>", "") == ["Chương trình hành động về sách", "và người đọc"]


@press_sets
@pytest.mark.parametrize("measure", range(35, 76, 5))
def test_there_are_never_more_lines_than_without_and_their_widths_differ_less(measure):
    style = f"h1 {{ width: {measure}mm }}"
    even, filled = (rows(set_(f"<h1>{LONG}</h1>", wish + style)) for wish in (BALANCED, ""))
    assert len(even) == len(filled) > 1
    assert "".join(row[0] for row in even) == "".join(row[0] for row in filled)
    assert unevenness(even) < unevenness(filled)


def unevenness(found):
    widths = [right - left for _, left, right, _, _ in found]
    return sum((width - sum(widths) / len(widths)) ** 2 for width in widths)


@press_sets
def test_no_short_word_stands_alone_under_a_full_line():
    title = "<h1>Chương trình hành động số 05 năm</h1>"
    assert lines(title, "") == ["Chương trình hành động số 05", "năm"]
    assert lines(title) == ["Chương trình", "hành động số 05 năm"]


@press_sets
def test_a_break_of_the_authors_stays():
    assert lines(f"<h1>Phần I<br/>{TITLE}</h1>") == ["Phần I", *EVEN]
    assert lines(f"<h1>{TITLE}<br/>Phần I</h1>") == [*EVEN, "Phần I"]


@press_sets
def test_what_must_not_be_broken_is_not():
    """The controls: with plain spaces, and without the mark, the even break is another one."""
    held = "Giữ <span class=\"nb\">sách 36-HD/VPTW và sổ</span> mượn sách ở thôn ta"
    assert lines(f"<h1>{held}</h1>") == ["Giữ sách 36-HD/VPTW và sổ", "mượn sách ở thôn ta"]
    assert lines(f"<h1>{held}</h1>".replace("nb", "")) == ["Giữ sách 36-HD/VPTW", "và sổ mượn sách ở thôn ta"]
    held = "Chọn sách và giữ sách\u00a0ở\u00a0thôn\u00a0ta bản"
    assert lines(f"<h1>{held}</h1>") == ["Chọn sách và giữ", "sách ở thôn ta bản"]
    assert lines(f"<h1>{held}</h1>".replace("\u00a0", " ")) == ["Chọn sách và giữ sách", "ở thôn ta bản"]


@press_sets
def test_hyphens_and_strokes_are_no_places_to_break():
    """The control: WeasyPrint breaks there."""
    title = "<h1>Thực hiện kế hoạch số 12-KH/ĐU-UBND năm nay ở thôn</h1>"
    assert not any(line.endswith(("-", "/")) for line in lines(title))
    assert any(line.endswith(("-", "/")) for line in lines(title, ""))


@press_sets
def test_emphasis_and_notes_in_a_heading_stay_and_the_note_is_not_balanced():
    note = "Ghi theo sổ của thôn, chép lại cho đúng với bản in lần đầu, năm 2026, ở nhà văn hóa."
    title = (
        f'Chương trình <em>hành động</em> về <strong>sách</strong><span class="footnote" id="n" data-n="1">{note}</span>'
        " và người đọc"
    )
    *head, first, last = lines(f"<h1>{title}</h1>")
    assert head == ["Chương trình hành động", "về sách1 và người đọc"]
    assert f"{first} {last}" == f"1. {note}"
    assert len(first) > 1.5 * len(last)


@press_sets
def test_the_hanging_label_counts_as_part_of_the_first_line():
    style = (
        "h2 { padding-left: 9mm; text-indent: -9mm }"
        ".label { display: inline-block; min-width: 8mm; padding-right: 1mm; text-indent: 0 }"
    )
    title = '<h2><span class="label">12. </span>Giữ sách, cho mượn sách và trả sách đúng hẹn ở thôn</h2>'
    even, filled = (rows(set_(title, wish + style)) for wish in (BALANCED, ""))
    assert [row[0] for row in even] == ["12.Giữsách,chomượnsách", "vàtrảsáchđúnghẹnởthôn"]
    assert [row[0] for row in filled] == ["12.Giữsách,chomượnsáchvà", "trảsáchđúnghẹnởthôn"]
    assert even[1][1] - even[0][1] == pytest.approx(9 * 72 / 25.4, abs=1.5)
    assert abs(even[0][2] - even[1][2]) < abs(filled[0][2] - filled[1][2])


@press_sets
def test_a_label_that_is_a_block_of_its_own_stays_above():
    title = f'<h1><span style="display: block">Phần I</span>{TITLE}</h1>'
    assert lines(title) == ["Phần I", *EVEN]


@press_sets
@pytest.mark.parametrize(("align", "share"), [("left", 0), ("center", 0.5), ("right", 1)])
def test_lines_stand_where_their_block_wants_them(align, share):
    for _, left, right, _, _ in rows(set_(f"<h1>{TITLE}</h1>", f"{BALANCED} h1 {{ text-align: {align} }}")):
        start, end = left - 12 * MM, 85 * MM - right  # the first page is a right-hand one
        assert start == pytest.approx(share * (start + end), abs=1.5)


MM = 72 / 25.4


@press_sets
@pytest.mark.parametrize(
    "markup",
    [
        f'<h1 style="text-align: justify">{TITLE}</h1>',
        f'<h1><span style="float: right">I</span>{TITLE}</h1>',
        f'<h1><span style="position: absolute; top: 0">I</span>{TITLE}</h1>',
        f'<div style="float: left; width: 5mm; height: 15mm">I</div><h1>{TITLE}</h1>',
        '<h1 style="width: 30mm">Quy chế giữ sách<span class="nb"> rất là dài dòng văn tự</span></h1>',
    ],
)
def test_what_cannot_be_balanced_is_left_to_weasyprint(markup):
    found = [press.print_pdf(compose(leaf("program", markup), style=small.STYLE + wish)) for wish in (BALANCED, "")]
    assert found[0].pdf == found[1].pdf


@press_sets
def test_a_heading_laid_out_on_one_page_and_then_on_the_next_is_even_there():
    text = f'<p style="height: 100mm">Trang đầu</p><h1 style="break-after: avoid">{TITLE}</h1><p>Chữ</p>'
    assert lines(text, number=1) == [*EVEN, "Chữ"]


@press_sets
def test_where_the_outcome_is_another_the_lines_of_weasyprint_stand(monkeypatch):
    monkeypatch.setattr(heads, "_follow", lambda *_: False)
    assert lines(f"<h1>{TITLE}</h1>") == lines(f"<h1>{TITLE}</h1>", "")


@press_sets
def test_two_hands_make_the_same_bytes_as_one():
    leaves = [leaf("program", f"<h1>{TITLE}</h1><p>{LONG}</p>", f"phan-{number}") for number in range(4)]
    book = compose(*leaves, style=small.STYLE + BALANCED)
    with press.Crew(2) as crew:
        assert press.print_pdf(book, crew=crew).pdf == press.print_pdf(book).pdf


# --- capitals -------------------------------------------------------------------------------------

CAPITALS = "NGHỊ QUYẾT ĐẠI HỘI ẨẪỄỖỮ<br/>CƯỜNG QUỐC ẤẦẬ"
FAMILIES = {cut.family: cut.weight for cut in sorted(fonts.roles(ROOT / "fonts").print_cuts, key=lambda cut: cut.weight)}


def strips(family, style):
    """Return how many strips of rows with ink a heading has: those of its two lines, fewer where they touch."""
    css = f'h1 {{ font-family: "{family}"; font-weight: {FAMILIES[family]}; font-size: 20pt; --wrap: balance; {style} }}'
    pdf = set_(f"<h1>{CAPITALS}</h1>", css)
    ink = pypdfium2.PdfDocument(pdf)[0].render(scale=6, grayscale=True).to_numpy().reshape(-1, 105 * 17)
    return ink
