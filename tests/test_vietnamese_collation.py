"""The order of words against ICU's, which knows nothing of ours: all syllables, and phrases of them."""

import random
from functools import cmp_to_key

import icu
import pytest

from builder.vietnamese import order, syllable

CHANCE = random.Random(5)  # noqa: S311 - it shuffles words
SYLLABLES = [cased for word in syllable.all_syllables() for cased in (word, word.capitalize())]


@pytest.fixture(scope="module")
def collator():
    """ICU's Vietnamese collator, small letters before capitals."""
    made = icu.Collator.createInstance(icu.Locale("vi"))
    made.setAttribute(icu.UCollAttribute.CASE_FIRST, icu.UCollAttributeValue.LOWER_FIRST)
    return made


def test_all_syllables_stand_as_icu_has_them(collator):
    assert len(SYLLABLES) > 38_000
    shuffled = CHANCE.sample(SYLLABLES, len(SYLLABLES))
    assert sorted(shuffled, key=order.key) == sorted(shuffled, key=collator.getSortKey)


def test_phrases_stand_in_a_catalogue_as_icu_has_them(collator):
    phrases = sorted({" ".join(CHANCE.choices(SYLLABLES, k=CHANCE.randint(1, 4))) for _ in range(5000)})
    assert sorted(phrases, key=order.whole_key) == sorted(phrases, key=collator.getSortKey)


def test_phrases_stand_in_a_dictionary_as_icu_has_their_syllables(collator):
    phrases = [" ".join(CHANCE.choices(SYLLABLES[::40], k=CHANCE.randint(1, 3))) for _ in range(3000)]

    def compare(one, other):
        for left, right in zip(one.split(), other.split(), strict=False):
            if sign := collator.compare(left, right):
                return sign
        return len(one.split()) - len(other.split())

    assert sorted(phrases, key=order.key) == sorted(phrases, key=cmp_to_key(compare))
