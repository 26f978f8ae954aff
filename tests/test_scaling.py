"""Styles made for A5 are scaled to every page and type by rule: what grows, what keeps, and how big the text is."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.composition.scaling import Scale, scaled
from builder.publication import Trim

ROOT = Path(__file__).resolve().parent.parent
CSS = (ROOT / "layouts" / "base" / "print.css").read_text("utf-8")
A5, A4, PHONE = Trim("A5", 148, 210), Trim("A4", 210, 297), Trim("phone", 90, 160)
NEAR = Trim("vn-14.5x20.5", 145, 205)


def lengths(css, unit="pt"):
    return [float(number) for number in re.findall(rf"(?<![\w#.-])([\d.]+){unit}\b", css)]


def rule(css, selector):
    return next(body for name, body in re.findall(r"([^{}]*)\{([^{}]*)\}", css) if name.strip() == selector)


def test_a5_is_left_as_it_is():
    assert scaled(CSS, Scale(A5, large=False)) == CSS


@pytest.mark.parametrize(
    ("trim", "large", "size", "line"),
    [
        (A5, False, 10.5, 15),
        (NEAR, False, 10.5, 15),
        (Trim("vn-13x19", 130, 190), False, 10, 14.25),
        (Trim("A6", 105, 148), False, 9.5, 13.5),
        (A4, False, 12.5, 17.75),
        (PHONE, False, 16, 24),
        (A4, True, 16, 24),
        (A5, True, 16, 24),
    ],
)
def test_the_size_of_the_text_follows_from_the_page(trim, large, size, line):
    scale = Scale(trim, large=large)
    assert (scale.size, scale.line) == (size, line)
    assert f"--size: {size:g}pt" in scaled(CSS, scale)
    assert f"--line: {line:g}pt" in scaled(CSS, scale)


def test_a_page_that_is_nearly_a5_keeps_its_block_of_114_by_169_mm():
    css = scaled(CSS, Scale(NEAR, large=False))
    top, right, bottom, left = lengths(rule(css, "@page"), "mm")
    assert (top, right, bottom, left) == pytest.approx((17.54, 13, 18.16, 18), abs=0.01)
    assert (145 - left - right, 205 - top - bottom) == pytest.approx((114, 169.3))
    assert lengths(rule(css, "@page :left"), "mm") == [13, 18]


def test_margins_go_with_the_page():
    css = scaled(CSS, Scale(A4, large=False))
    assert lengths(rule(css, "@page"), "mm") == pytest.approx([28.29, 22.70, 29.28, 25.54], abs=0.01)


def test_large_type_is_never_small_but_for_signs_that_take_no_room_in_the_line():
    css = scaled(CSS, Scale(A4, large=True))
    rules = re.findall(r"([^{}]*)\{([^{}]*font-size:\s*([\d.]+)pt[^{}]*)\}", css)
    signs = {name.split("*/")[-1].strip(): float(size) for name, body, size in rules if "line-height: 0;" in body}
    assert signs.pop(".footnote::footnote-call") == pytest.approx(10.67, abs=0.01)
    assert signs.keys() == {".entry .tail::after", ".mark-own"}  # dots of leaders; a sign of the coverage
    assert min(float(size) for _, body, size in rules if "line-height: 0;" not in body) == 16


def test_what_stands_between_lines_grows_with_a_small_type_that_is_raised():
    css = scaled("caption { font-size: 8pt; line-height: 12pt }", Scale(A4, large=True))
    assert lengths(css) == [16, 24]


def test_heads_stand_out_less_where_few_letters_fit_a_line():
    wide, narrow = Scale(A4, large=False), Scale(PHONE, large=False)
    assert wide.type(20) / wide.type(10.5) == pytest.approx(20 / 10.5)
    assert 1.2 < narrow.type(20) / narrow.type(10.5) < 1.4


def test_rules_keep_their_thickness_and_pictures_their_addresses():
    css = 'a { border-top: 3pt double; outline: 2pt solid; content: "9pt 4mm"; background: url("x9mm.svg"); top: 1pt }'
    assert scaled(css, Scale(A4, large=True)) == css.replace("a {", "a {")


def test_every_edge_goes_by_its_own_measure():
    css = scaled("p { margin: 10mm 10mm 10mm 10mm; padding: 10mm; padding-top: 10mm }", Scale(PHONE, large=False))
    down, across = 10 * 160 / 210, 10 * 90 / 148
    assert lengths(css, "mm") == pytest.approx([down, across, down, across, across, down], abs=0.001)


@given(st.floats(70, 420), st.floats(70, 420), st.booleans())
def test_any_page_has_a_block_and_text_that_can_be_read(width, height, large):
    scale = Scale(Trim("x", width, height), large=large)
    assert 9.5 <= scale.size <= 16
    assert 1.4 <= scale.line / scale.size <= 1.6
    css = scaled(CSS, scale)
    top, right, bottom, left = lengths(rule(css, "@page"), "mm")
    assert left + right < width / 2
    assert top + bottom < height / 2
    assert css.count("{") == scaled(CSS, Scale(A4, large=False)).count("{")
