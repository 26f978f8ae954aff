"""The syllable model: what it generates it reads, tones move between the styles and back, nothing else changes."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.vietnamese import normal, syllable, words
from builder.vietnamese.syllable import Style, Verdict

ALL = tuple(syllable.all_syllables())
CASES = {"small": str, "title": str.capitalize, "capitals": str.upper}
TRAPS = (
    "quý quà quỳnh gì gìn gịp già giữ giường giếng giết giặt gịa thuở huệ khuyến khuỷu khuya xoong boóc quốc cuốc",
    "hoàn toàn ngoài oà òa uỷ ủy quyển què ngoằn ngoèo coóc giễu giếc",
)
VOWELS = "aăâeêioôơuưy"
LETTERS = "".join(
    unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in ("", *"\u0300\u0301\u0323")
)
WORDS = st.text(st.sampled_from(LETTERS + "bcdđghklmnpqrstvxfjwz"), max_size=8)


def toneless(word):
    marks = [mark for mark in unicodedata.normalize("NFD", word) if mark not in "\u0300\u0301\u0303\u0309\u0323"]
    return unicodedata.normalize("NFC", "".join(marks))


def test_as_many_syllables_as_the_table_gives():
    assert len(ALL) == len(set(ALL)) == 19_129


def test_the_styles_differ_in_345_syllables():
    differing = [each for each in ALL if syllable.style_of(each)]
    assert len(differing) == 345
    assert {syllable.parse(each).rime for each in differing} == {"oa", "oe", "uy"}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_every_syllable_goes_to_the_old_style_and_back(case):
    for each in map(case, ALL):
        old = syllable.restyle(each, Style.OLD)
        assert syllable.restyle(old, Style.NEW) == each == syllable.restyle(each, Style.NEW)
        assert syllable.restyle(old, Style.OLD) == old
        assert syllable.is_valid(each)
        assert syllable.is_valid(old)
        assert toneless(old) == toneless(each)


def test_the_style_of_a_syllable_is_the_one_it_was_put_in():
    for each in ALL:
        old = syllable.restyle(each, Style.OLD)
        expected = (None, None) if old == each else (Style.OLD, Style.NEW)
        assert (syllable.style_of(old), syllable.style_of(each)) == expected


def test_a_tone_on_any_other_vowel_is_misplaced_and_put_back():
    moved = 0
    for each in ALL:
        found = syllable.parse(each)
        bare = toneless(each)
        for at, letter in enumerate(bare):
            if found.tone and letter in VOWELS and at not in (found.new, found.old):
                mark = "\u0300\u0309\u0303\u0301\u0323"[found.tone - 1]
                wrong = bare[:at] + unicodedata.normalize("NFC", letter + mark) + bare[at + 1 :]
                if wrong not in ("gịa", "giạ"):
                    moved += 1
                    assert syllable.verdict(wrong) is Verdict.MISPLACED
                    assert syllable.well_placed(wrong) == syllable.restyle(each, Style.NEW)
    assert moved > 10_000


def test_a_stopped_syllable_without_sac_or_nang_is_none():
    stopped = [each for each in ALL if syllable.parse(each).stopped]
    assert len(stopped) > 1_000
    for each in stopped:
        for tone in range(4):
            wrong = syllable.toned(each, tone)
            assert not syllable.is_valid(wrong)
            assert syllable.parse(wrong) is None
            assert syllable.lacks_stop_tone(wrong)
    assert not any(map(syllable.lacks_stop_tone, ALL))


@pytest.mark.parametrize("word", " ".join(TRAPS).split())
def test_traps_are_syllables_in_every_case(word):
    assert all(syllable.verdict(case(word)) is Verdict.OK for case in CASES.values())


@pytest.mark.parametrize(
    "word", ["", "-", "²", "ﬁ", "a\u0301", "hoa\u0300", "İ", "café", "Aloè", "Krông", "Zoé", "36", "ba mẹ"]
)
def test_what_is_no_syllable_stays_as_it_is(word):
    assert syllable.parse(word) is None
    assert syllable.verdict(word) is Verdict.INVALID
    assert {syllable.restyle(word, style) for style in Style} == {word}
    assert syllable.well_placed(word) == word
    assert syllable.toned(word, syllable.SAC) == word


@given(WORDS)
def test_only_tones_move_and_only_once(word):
    for change in (lambda each: syllable.restyle(each, Style.NEW), syllable.well_placed):
        became = change(word)
        assert change(became) == became
        assert toneless(became) == toneless(word)
        assert became == word or syllable.is_valid(became)


@given(WORDS, st.sampled_from([str.upper, str.title]))
def test_capitals_change_nothing_but_capitals(word, case):
    assert syllable.verdict(case(word)) is syllable.verdict(word)
    assert syllable.restyle(case(word), Style.OLD) == case(syllable.restyle(word, Style.OLD))


@given(WORDS)
def test_keep_keeps(word):
    assert syllable.restyle(word, Style.KEEP) == word


@given(WORDS)
def test_old_and_new_are_one_spelling(word):
    one = words.one_spelling(word)
    assert {words.one_spelling(syllable.restyle(word, style)) for style in Style} == {one}
    assert words.one_spelling(one.upper()) == one


@given(st.text(st.sampled_from("ǎǍðÐɖaeoănghmt\u0300\u0301\u0323\u030cаоΑν "), max_size=12))
def test_lookalikes_are_mended_once_and_into_syllables_only(text):
    once = normal.normalise(text)
    assert normal.normalise(once.text).repairs == ()
    for found in once.repairs:
        if found.code is normal.Code.LOOKALIKE and set("ǎǍ") & set(found.found) - set(found.became):
            assert syllable.is_valid(found.became)
