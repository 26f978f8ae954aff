"""Numbers of labels: read, written, and what follows them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.vietnamese import numbering
from builder.vietnamese.numbering import Notation


@given(st.integers(1, 399))
def test_a_roman_number_is_read_as_it_was_written(value):
    assert numbering.roman_value(numbering.roman(value)) == value


@pytest.mark.parametrize("text", ["IIII", "VV", "IC", "", "ii", "M", "IL"])
def test_what_is_not_canonical_is_no_roman_number(text):
    assert numbering.roman_value(text) is None


@given(st.integers(1, 99))
def test_an_ordinal_is_read_as_it_was_written(value):
    assert numbering.ordinal_value(numbering.ordinal(value)) == value
    assert numbering.ordinal_value(numbering.ordinal(value).upper()) == value


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (1, "thứ nhất"),
        (2, "thứ hai"),
        (4, "thứ tư"),
        (5, "thứ năm"),
        (10, "thứ mười"),
        (14, "thứ mười bốn"),
        (15, "thứ mười lăm"),
        (21, "thứ hai mươi mốt"),
        (24, "thứ hai mươi tư"),
        (90, "thứ chín mươi"),
    ],
)
def test_ordinals_are_written_as_people_say_them(value, words):
    assert numbering.ordinal(value) == words


def test_the_letters_of_points_hold_barred_d_and_no_foreign_letter():
    assert numbering.LETTERS.startswith("abcdđeg")
    assert not set("fjwzăâêôơư") & set(numbering.LETTERS)
    assert [numbering.letter_value(letter) for letter in "adđey"] == [1, 4, 5, 6, 23]


@pytest.mark.parametrize(
    ("text", "notation", "values", "suffix"),
    [
        ("5", Notation.ARABIC, (5,), ""),
        ("5a", Notation.ARABIC, (5,), "a"),
        ("II", Notation.ROMAN, (2,), ""),
        ("IIa", Notation.ROMAN, (2,), "a"),
        ("đ", Notation.LETTER, (5,), ""),
        ("đ1", Notation.LETTER, (5,), "1"),
        ("v", Notation.LETTER, (22 - 1,), ""),
        ("1.10", Notation.DECIMAL, (1, 10), ""),
        ("thứ hai", Notation.WORDS, (2,), ""),
        ("1.12.LQ.1", Notation.ODD, (), ""),
        ("f", Notation.ODD, (), ""),
        ("", Notation.ODD, (), ""),
    ],
)
def test_a_number_is_read(text, notation, values, suffix):
    number = numbering.read(text)
    assert (number.notation, number.values, number.suffix) == (notation, values, suffix)


def test_numbers_that_mean_the_same_share_a_key():
    assert numbering.read("II").key == numbering.read("2").key == numbering.read("thứ hai").key
    assert numbering.read("b").key != numbering.read("2").key
    assert numbering.read("5a").key != numbering.read("5").key


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5", ("6", "5a")),
        ("5a", ("6", "5b")),
        ("5d", ("6", "5đ")),
        ("IV", ("V", "IVa")),
        ("d", ("đ", "d1")),
        ("đ", ("e", "đ1")),
        ("đ1", ("e", "đ2")),
        ("e", ("g", "e1")),
        ("y", ("y1",)),
        ("1.9", ("1.10",)),
        ("thứ nhất", ("thứ hai",)),
        ("1.12.LQ.1", ()),
    ],
)
def test_what_may_follow_a_number(text, expected):
    assert numbering.successors(numbering.read(text)) == expected


@given(st.text(max_size=12))
def test_any_text_is_read_and_keeps_its_characters(text):
    number = numbering.read(text)
    assert number.printed == text
    assert bool(number.values) == (number.notation is not Notation.ODD)
