"""Normal form: nothing combining is left in Vietnamese, nothing happens twice, every change is told."""

import itertools
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.vietnamese.normal import Code, Normalised, normalise

TONES = "\u0300\u0309\u0303\u0301\u0323"
PLAIN = "aăâeêioôơuưy"
LETTERS = [unicodedata.normalize("NFC", vowel + tone) for vowel in PLAIN for tone in ("", *TONES)] + ["đ"]
ALPHABET = "".join(LETTERS + [letter.upper() for letter in LETTERS])
AWKWARD = (
    "aeoudyAEODđĐiı ðÐɖố\u0300\u0301\u0303\u0309\u0323\u0302\u0306\u031b\u0342\u0313\u0344\u0340\u1dc2\u200b\ufeff"
    "\u00ad\u2028\r\n\u000b\u00a0\u2007\u3000ﬁＡ\u0335осхνΑλK\u212aả’\u1100\u1161\u11a8が\u3099"
)
ANY_TEXT = st.text(st.one_of(st.sampled_from(AWKWARD), st.characters(exclude_categories=["Cs"])))


def sequences():
    """List the sixteen orders of tone and modifier that NFC leaves broken, small and capital."""
    pairs = [*itertools.product("aeo", "\u0302"), ("a", "\u0306")]
    for (vowel, modifier), tone in itertools.product(pairs, "\u0300\u0301\u0303\u0309"):
        yield from (letter + tone + modifier for letter in (vowel, vowel.upper()))


@pytest.mark.parametrize("sequence", [*sequences()], ids=ascii)
def test_a_tone_before_its_modifier_is_put_behind_it(sequence):
    assert unicodedata.normalize("NFC", sequence) not in ALPHABET
    result = normalise(f"b{sequence}n")
    assert result.text[1] in ALPHABET
    assert len(result.text) == 3
    assert result.counts() == {Code.REORDER: 1}


def test_the_broken_sequences_are_sixteen_in_each_case():
    assert len(set(sequences())) == 32


@pytest.mark.parametrize("letter", ALPHABET)
def test_every_letter_comes_back_whole_from_pieces(letter):
    for marks in itertools.permutations(unicodedata.normalize("NFD", letter)[1:]):
        bare = unicodedata.normalize("NFD", letter)[0]
        assert normalise(bare + "".join(marks)).text == letter


@given(ANY_TEXT)
def test_normalising_twice_changes_nothing(text):
    once = normalise(text)
    twice = normalise(once.text)
    assert twice.text == once.text
    assert twice.repairs == ()


@given(ANY_TEXT)
def test_the_result_is_in_normal_form_c_and_holds_nothing_invisible(text):
    result = normalise(text).text
    assert unicodedata.is_normalized("NFC", result)
    assert not re.search("[\ufeff\u200b-\u200f\u2060\u00ad\u2028\u2029\u0085\u202f\r]", result)


@given(ANY_TEXT)
def test_what_is_said_to_be_found_stood_there(text):
    lines = re.split("\r\n|\r|\n", text)
    result = normalise(text)
    for found in (*result.repairs, *result.doubts):
        assert 1 <= found.line <= len(lines)
        assert 1 <= found.column <= len(lines[found.line - 1])


@given(ANY_TEXT)
def test_text_changes_only_with_a_repair(text):
    result = normalise(text)
    if not result.repairs:
        assert result.text == re.sub("\r\n|\r", "\n", text)
    assert all(repair.found != repair.became for repair in result.repairs)


@given(st.text(st.sampled_from(ALPHABET + " ,.“”…–\n\t\u00a0²½№0123456789")))
def test_clean_vietnamese_is_returned_as_it_is(text):
    assert normalise(text) == Normalised(text)


@given(st.text(st.sampled_from(ALPHABET + " .\n")), st.sampled_from(["NFD", "NFC"]))
def test_a_decomposed_text_becomes_the_text_again(text, form):
    assert normalise(unicodedata.normalize(form, text)).text == text


@given(st.text(st.sampled_from("²½…№™ⅣＡ")))
def test_compatibility_letters_survive_but_the_listed_ones(text):
    assert normalise(text).text == text.replace("Ａ", "A")
