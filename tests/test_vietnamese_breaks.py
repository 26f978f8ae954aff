"""Breaks: only spaces change, no chain grows too long, a title is broken evenly."""

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.vietnamese import words
from builder.vietnamese.breaks import NBSP, Piece, balance, glue_heading, last_word, pieces

VOCABULARY = (
    "Điều 5 khoản 12 điểm đ Chương XIII Phần I thứ nhất ngày 30 tháng 4 năm 2021 - – 2025 1.500 tỷ triệu đồng % TP. "
    "PGS. TS. Nguyễn V. I. Lê-nin C. Mác đ/c Nam kinh tế xã hội chủ nghĩa nghiêng, v.v. 36-HD/VPTW 30/2020/NĐ-CP "
    "https://a.vn/đ/c a@b.vn 1.1. a) Đảng Nhà nước Trung ương cải cách hành chính “Việt Nam” (làng) \n"
)
WORDS = st.sampled_from(VOCABULARY.split(" "))
SENTENCES = st.lists(WORDS, max_size=25).map(" ".join)
BARE = f".,;:!?…()[]“”‘’\"'-–—{NBSP}"


def joined(text):
    return "".join(piece.text for piece in pieces(text))


@given(st.one_of(SENTENCES, st.text()))
def test_only_spaces_become_no_break_spaces(text):
    result = joined(text)
    assert len(result) == len(text)
    assert all(new == old or (old, new) == (" ", NBSP) for old, new in zip(text, result, strict=True))


@given(st.one_of(SENTENCES, st.text()))
def test_no_piece_is_empty_and_none_that_is_kept_holds_a_space(text):
    for piece in pieces(text):
        assert piece.text
        assert not (piece.nb and re.search(r"[^\S\xa0]", piece.text))


@given(SENTENCES)
def test_no_chain_is_longer_than_twelve_characters_but_for_years(text):
    for unit in re.split("[ \n]", joined(text)):
        if NBSP in unit.strip(NBSP) and not re.search(rf"[0-9]{{4}}{NBSP}[-–]{NBSP}[0-9]{{4}}", unit):
            assert len(unit.strip(BARE)) <= 12


@given(SENTENCES)
def test_setting_twice_changes_nothing(text):
    assert joined(joined(text)) == joined(text)


@pytest.mark.parametrize("address", ["https://a.vn/05-NQ/TW", "www.xa.vn/Sê-kông", "Lê-Nin@xa.gov.vn"])
def test_an_address_is_never_marked(address):
    assert pieces(f"xem {address} nhé") == (Piece(f"xem {address} nhé"),)


@pytest.mark.parametrize("size", [10_000])
@pytest.mark.parametrize("seed", ["a", "A-", "a.", "1", "1.", "I", " ", "- ", "đ/", "a@", "Điều "])
def test_a_hostile_run_is_read_once_not_forever(seed, size):
    text = seed * (size // len(seed))
    assert len(joined(text)) == len(text)


# --- the last word --------------------------------------------------------------------------------

LONG = "Toàn thể cán bộ, đảng viên và Nhân dân trong xã cùng tham gia xây dựng"


def test_a_short_last_word_is_kept_with_the_word_before_it():
    assert last_word(f"{LONG} cơ sở.") == f"{LONG} cơ{NBSP}sở."


@pytest.mark.parametrize("text", ["Ở cơ sở.", f"{LONG} nghiêng-ngả", "", "một", f"{LONG} ngày{NBSP}30", "x" * 70])
def test_a_short_paragraph_or_a_long_last_word_is_left_alone(text):
    assert last_word(text) == text


def test_the_length_of_the_whole_paragraph_counts():
    assert last_word(" ở cơ sở.", 80) == f" ở cơ{NBSP}sở."
    assert last_word(" ở cơ sở.", 30) == " ở cơ sở."


@given(SENTENCES)
def test_the_last_word_changes_one_space_at_most(text):
    changed = sum(new != old for new, old in zip(last_word(text), text, strict=True))
    assert changed <= 1


# --- headings -------------------------------------------------------------------------------------


@given(SENTENCES)
def test_a_heading_keeps_its_characters_and_its_chains_short(text):
    result = glue_heading(text)
    assert result.replace(NBSP, " ") == text
    assert all(len(unit.strip(BARE)) <= 18 for unit in re.split("[ \n]", result) if NBSP in unit)
    assert glue_heading(result) == result


def test_the_list_of_words_is_what_it_says():
    assert 350 <= len(words.heading_words()) <= 500
    assert words.longest_word() == max(len(word) for word in words.heading_words()) <= 4
    assert all(len(word) > 1 and all(word) for word in words.heading_words())


@pytest.mark.parametrize(
    ("one", "other"), [("Hoà", "hòa"), ("uỷ", "ỦY"), ("kỹ", "Kĩ"), ("khoẻ", "khỏe"), ("lý", "lí"), ("quý", "QUÝ")]
)
def test_two_spellings_of_one_syllable_compare_equal(one, other):
    assert words.one_spelling(one) == words.one_spelling(other)


@pytest.mark.parametrize(("one", "other"), [("hoàn", "hòn"), ("tay", "tai"), ("ý", "í"), ("ủy", "ủi"), ("ma", "mà")])
def test_two_syllables_do_not(one, other):
    assert words.one_spelling(one) != words.one_spelling(other)


# --- titles ---------------------------------------------------------------------------------------


def test_a_title_is_broken_evenly():
    title = "Về tăng cường sự lãnh đạo của Đảng đối với công tác dân vận trong tình hình mới"
    assert balance(title, len, 60) == (
        "Về tăng cường sự lãnh đạo của Đảng đối",
        "với công tác dân vận trong tình hình mới",
    )


def test_a_title_is_broken_at_plain_spaces_only():
    assert balance(f"Nhà{NBSP}nước và Nhân{NBSP}dân", len, 12) == (f"Nhà{NBSP}nước và", f"Nhân{NBSP}dân")


@pytest.mark.parametrize(
    ("title", "lines"), [("", ()), ("một", ("một",)), ("một hai", ("một hai",)), ("nghiêng ở", ("nghiêng", "ở"))]
)
def test_small_titles(title, lines):
    assert balance(title, len, 7) == lines


SHORT = st.lists(st.text("abc", min_size=1, max_size=8), max_size=8)


@given(SHORT, st.integers(min_value=1, max_value=30))
def test_no_other_breaks_are_fewer_or_more_even(parts, measure):
    lines = balance(" ".join(parts), len, measure)
    assert " ".join(lines) == " ".join(parts)
    fitting = [ways for ways in every_way(parts) if all(fits(line, measure) for line in ways)]
    assert len(lines) == min(map(len, fitting))
    even = min(unevenness(ways) for ways in fitting if len(ways) == len(lines))
    assert unevenness(lines) == pytest.approx(even)


def every_way(parts):
    """Break the words in every way there is."""
    for breaks in itertools.product((" ", "\n"), repeat=max(len(parts) - 1, 0)):
        yield "".join(map("".join, itertools.zip_longest(parts, breaks, fillvalue=""))).splitlines()


def fits(line, measure):
    return len(line) <= measure or " " not in line


def unevenness(lines):
    return sum((len(line) - sum(map(len, lines)) / len(lines)) ** 2 for line in lines)
