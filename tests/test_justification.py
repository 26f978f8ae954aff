"""The words of a justified paragraph stand as evenly apart as its words allow."""

import ctypes
import itertools
from contextlib import nullcontext
from dataclasses import replace

import pypdfium2
import pytest
import test_press as small
from hypothesis import given
from hypothesis import strategies as st
from test_heads import SPACE, laid
from test_press import compose, leaf

from builder import press
from builder.press import justification
from builder.press.justification import NARROWEST, disturbance, lines

END = "nhất\u00a0định"
POINTS = [
    "Kiểm tra, giám sát phải thường xuyên và toàn diện, khách quan và công khai, dân chủ, thận trọng, chặt\u00a0chẽ;",
    "Phát hiện kịp thời, ngăn từ sớm, đã sai thì xử lý nghiêm;",
    f"Văn bản chuyển nghị quyết thành nhiệm vụ, nêu việc phải làm và người chịu trách nhiệm trong một thời gian {END}.",
]
STYLE = (
    "p { width: 98mm; font: 10.5pt/15pt 'Noto Serif'; text-align: justify } @page { size: 148mm 210mm }"
    "p { padding-left: 7mm; text-indent: -7mm }"
    ".label { display: inline-block; min-width: 6mm; padding-right: 1mm; text-indent: 0 }"
)


# --- the plan -------------------------------------------------------------------------------------


def ways(count):
    """Every way to part so many units."""
    for cuts in itertools.product((False, True), repeat=count - 1):
        edges = [0, *(number for number, cut in enumerate(cuts, 1) if cut), count]
        yield [(first, last - 1) for first, last in itertools.pairwise(edges)]


def worth(part, way, measure):
    costs = [disturbance(part, first, last, measure) for first, last in way]
    return None if None in costs else sum(costs)


def filled(part, measure):
    """How many lines there are when one is filled after the other."""
    count, start = 1, 0.0
    for unit in part[1:]:
        if unit.right - start > measure:
            count, start = count + 1, unit.left
    return count


@given(st.lists(st.integers(4, 60), min_size=1, max_size=10), st.integers(60, 200), st.integers(-30, 30))
def test_no_other_way_to_break_into_no_more_lines_disturbs_less(widths, measure, indent):
    part = laid([widths[0] + max(0, -indent), *widths[1:]], indent)
    most, chosen = filled(part, measure), lines(part, measure)
    costs = [worth(part, way, measure) for way in ways(len(part)) if len(way) <= most]
    fitting = [cost for cost in costs if cost is not None]
    assert bool(chosen) is bool(fitting)
    if chosen:
        assert [unit for first, last in chosen for unit in part[first : last + 1]] == part
        assert len(chosen) <= most
        assert worth(part, chosen, measure) == pytest.approx(min(fitting))


@pytest.mark.parametrize(
    ("spaces", "cost"), [(1.0, 0), (1.5, 1), (2.0, 16), (NARROWEST + 1e-6, 1), (NARROWEST - 0.01, None)], ids=str
)
def test_spaces_disturb_the_more_the_wider_they_are_and_have_a_least_width(spaces, cost):
    part = laid([20, 20, 20, 20])
    measure = 60 + 2 * SPACE * spaces
    assert disturbance(part, 0, 2, measure) == (None if cost is None else pytest.approx(cost, rel=1e-3))
    assert disturbance(part, 1, 3, measure) == (0 if spaces >= 1 else disturbance(part, 0, 2, measure))  # the last line


def test_a_last_word_alone_disturbs_as_a_wide_line_does():
    assert [disturbance(laid([20] * count), 0 if count == 1 else 1, count - 1, 90) for count in (1, 2, 3)] == [0, 1, 0]


def test_a_space_that_must_not_be_broken_widens_too():
    whole, held = laid([20, 20, 20, 20]), laid([20, 44, 20])
    held[1] = replace(held[1], inside=1)
    assert disturbance(held, 0, 1, 80) == disturbance(whole, 0, 2, 80)


# --- on the page ----------------------------------------------------------------------------------

press_sets = pytest.mark.press


def set_(*paragraphs, style=""):
    body = "".join(f'<p><span class="label">{number}) </span>{words}</p>' for number, words in enumerate(paragraphs, 1))
    printing = press.print_pdf(compose(leaf("program", body), style=small.STYLE + STYLE + style, furniture=""))
    assert printing.problems == ()
    return rows(printing.pdf)


def rows(pdf):
    """The lines of the first page: words, right edge (pt), how wide their spaces are (times the natural one).

    By where the letters stand: PDFium takes a space that is too wide for none.
    """
    raw, text = pypdfium2.raw, pypdfium2.PdfDocument(pdf)[0].get_textpage()
    x, y, box = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF()
    found = {}
    for place in range(text.count_chars()):
        letter = chr(raw.FPDFText_GetUnicode(text.raw, place))
        if letter.strip() and not raw.FPDFText_IsGenerated(text.raw, place):
            raw.FPDFText_GetCharOrigin(text.raw, place, ctypes.byref(x), ctypes.byref(y))
            raw.FPDFText_GetLooseCharBox(text.raw, place, ctypes.byref(box))
            found.setdefault(round(y.value), []).append((box.left, box.right, letter))
    return [_row(found[height]) for height in sorted(found, reverse=True)]


NATURAL = 0.26 * 10.5  # pt; a space of Noto Serif
APART = 1.2  # pt; letters of a word stand closer


def _row(letters):
    words, gaps = letters[0][2], []
    for (_, before, _), (after, _, letter) in itertools.pairwise(letters):
        if after - before > APART:
            gaps.append((after - before) / NATURAL)
            words += " "
        words += letter
    return words, letters[-1][1], gaps[1:] if words[1:2] == ")" else gaps


def holes(found):
    """The widest space of each line that is filled."""
    edge = max(right for _, right, _ in found)
    return [max(gaps) for _, right, gaps in found if right > edge - 1]


@press_sets
@pytest.mark.parametrize(("words", "measure"), [*zip(POINTS, (98, 98, 105), strict=True)], ids=range(3))
def test_lines_are_fewer_or_less_loose_than_when_filled_one_by_one(words, measure, monkeypatch):
    style = f"p {{ width: {measure}mm }}"
    ours = set_(words, style=style)
    monkeypatch.setattr(justification, "holes_filled", nullcontext)
    theirs = set_(words, style=style)
    assert "".join(row[0] for row in ours).replace(" ", "") == "".join(row[0] for row in theirs).replace(" ", "")
    assert max(holes(theirs)) > 2.3
    assert max(holes(ours)) < max(holes(theirs)) - 0.4
    assert len(ours) <= len(theirs)


@press_sets
def test_lines_end_where_the_measure_does_and_no_space_is_too_narrow():
    found = set_(*POINTS)
    edge = found[0][1]
    full = [row for row in found if row[1] > edge - 20]
    assert len(full) >= 4
    assert [row for row in full if abs(row[1] - edge) > 0.2] == []
    gaps = [gap for _, _, gaps in found for gap in gaps]
    assert NARROWEST - 0.02 < min(gaps) < 0.99  # one at least is narrower than natural


@press_sets
def test_only_a_justified_paragraph_with_a_loose_line_is_broken_again(monkeypatch):
    even = small.SENTENCE * 2
    monkeypatch.setattr(justification, "_plan", lambda *_: pytest.fail("broken again"))
    assert len(set_(even, style="p { width: 94mm }")) == 3
    assert set_(*POINTS, style="p { text-align: left }")
    with pytest.raises(pytest.fail.Exception):
        set_(POINTS[0])


@press_sets
def test_a_footnote_stands_once_at_the_foot_of_a_paragraph_broken_again():
    note = POINTS[0].replace("toàn diện", 'toàn diện<span class="footnote" id="n" data-n="1">Ghi chú.</span>')
    found = set_(note)
    assert sum("Ghi chú." in words for words, _, _ in found) == 1
    assert "chẽ;" in next(words for words, _, _ in found if "khách" in words)


@press_sets
def test_what_is_wider_than_the_measure_is_left_to_be_broken():
    found = set_(f"{POINTS[1]} {'a' * 90} {POINTS[1]}", style="p { overflow-wrap: break-word }")
    edge = found[0][1]
    assert max(right for _, right, _ in found) < edge + 0.2
