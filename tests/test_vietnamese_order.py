"""Order: a total one, the same for every way of writing the same letters."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.vietnamese.order import index_head, key, whole_key

ALPHABET = "aăâbcdđeêghiklmnoôơpqrstuưvxy"
PHRASES = st.text(st.sampled_from("aàảãáạăâấbcdđeêgiinouưươyABĐÂ -2"))


def test_the_letters_stand_in_the_order_of_the_alphabet():
    backwards = ALPHABET[::-1]
    assert sorted(backwards, key=key) == list(ALPHABET)
    assert sorted(backwards, key=whole_key) == list(ALPHABET)


@given(PHRASES)
def test_a_decomposed_word_stands_where_the_composed_one_does(phrase):
    assert key(unicodedata.normalize("NFD", phrase)) == key(phrase)
    assert whole_key(unicodedata.normalize("NFD", phrase)) == whole_key(phrase)


@given(PHRASES, PHRASES)
def test_only_the_same_phrase_has_the_same_key(one, other):
    def written(phrase):
        return " ".join(phrase.replace("-", " ").split())

    assert (key(one) == key(other)) == (written(one) == written(other))


@given(st.text())
def test_any_text_has_a_key_and_a_head(text):
    assert key(text) <= key(text)
    assert whole_key(text) <= whole_key(text)
    assert index_head(text)


@given(PHRASES, PHRASES)
def test_what_begins_a_phrase_stands_before_it(one, other):
    assert key(one) <= key(f"{one} {other}")


@pytest.mark.parametrize(
    ("word", "head"),
    [
        ("ấp", "Â"),
        ("“đảng viên”", "Đ"),
        ("Ứng cử", "Ư"),
        ("ở", "Ơ"),
        ("y\u0301 kiến", "Y"),
        ("Élysée", "E"),
        ("Zimbabwe", "Z"),
        ("2-9", "#"),
        ("…", "#"),
        ("", "#"),
    ],
)
def test_index_head(word, head):
    assert index_head(word) == head


@given(PHRASES)
def test_the_head_agrees_with_the_order(phrase):
    head = index_head(phrase)
    if phrase[:1].isalpha():
        assert key(head.lower())[0].letters[0] == key(phrase)[0].letters[0]
