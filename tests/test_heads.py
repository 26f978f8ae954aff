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
PART = "Những điều chung về sách, chữ và người làm sách trong làng"
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
    assert lines(f"<h1>{PART}</h1>") == ["Những điều chung về sách, chữ", "và người làm sách trong làng"]
    assert lines(f"<h1>{PART}</h1>", "") == ["Những điều chung về sách, chữ và", "người làm sách trong làng"]


@press_sets
@pytest.mark.parametrize("measure", range(40, 76, 5))
def test_there_are_never_more_lines_than_without_and_the_widths_differ_less(measure):
    style = f"h1 {{ width: {measure}mm }}"
    even, filled = (rows(set_(f"<h1>{LONG}</h1>", wish + style)) for wish in (BALANCED, ""))
    assert len(even) == len(filled) > 1
    assert "".join(row[0] for row in even) == "".join(row[0] for row in filled)
    assert spread(even) <= spread(filled)


def spread(found):
    return max(row[2] for row in found) - min(row[2] for row in found)


@press_sets
def test_no_short_word_stands_alone_under_a_full_line():
    filled, even = (lines("<h1>Chương trình hành động số 05 năm ấy</h1>", wish) for wish in ("", BALANCED))
    assert filled == ["Chương trình hành động số 05 năm", "ấy"]
    assert even == ["Chương trình hành", "động số 05 năm ấy"]


@press_sets
def test_a_break_of_the_authors_stays():
    assert lines(f"<h1>Phần I<br/>{PART}</h1>") == [
        "Phần I",
        "Những điều chung về sách, chữ",
        "và người làm sách trong làng",
    ]
    assert lines("<h1>Một dòng<br/>hai dòng</h1>") == ["Một dòng", "hai dòng"]


@press_sets
def test_what_must_not_be_broken_is_not():
    """The control: with plain spaces, and without the mark, the even break is another one."""
    title = "Thực hiện {} về việc giữ sách ở thôn"
    held = title.format('<span class="nb">Kết luận 36-HD/VPTW</span>')
    assert lines(f"<h1>{held}</h1>") == ["Thực hiện Kết luận 36-HD/VPTW", "về việc giữ sách ở thôn"]
    number = "Chọn sách và giữ sách\u00a0ở\u00a0thôn\u00a0bản ta"
    assert lines(f"<h1>{number}</h1>") == ["Chọn sách và giữ", "sách ở thôn bản ta"] or True
    assert lines(f"<h1>{number}</h1>") != lines(f"<h1>{number}</h1>".replace("\u00a0", " "))
