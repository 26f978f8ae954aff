"""Words that are probably a common neighbour misspelled: found by how a text says the same thing elsewhere."""

import pytest

from builder.vietnamese.rarities import Rarity, rarities

PHRASES = {
    "usual": "tình trạng khẩn cấp",
    "slip": "tình trạng khẩn cáp",
    "wire": "dây cáp điện",
    "same_slip": "tình trạng khân cấp",
    "target": "đạt chỉ tiêu",
    "spend": "khoản chi tiêu",
    "branch": "sinh hoạt chi bộ",
}


def read(**counts):
    return rarities([PHRASES[name].split() for name, count in counts.items() for _ in range(count)])


def test_a_word_met_once_where_another_is_usual():
    assert read(usual=8, slip=1) == (Rarity(8, 3, "cấp", 8),)


def test_a_usual_pair_has_to_be_met_often():
    assert read(usual=7, slip=1) == ()


def test_a_word_with_uses_of_its_own_is_no_slip():
    assert read(usual=20, slip=1, wire=3) == ()
    assert [found.better for found in read(usual=20, slip=1, wire=2)] == ["cấp"]


def test_a_scanner_errs_the_same_way_again_and_again():
    found = read(usual=30, same_slip=10)
    assert {(each.stretch, each.number, each.better) for each in found} == {(at, 2, "khẩn") for at in range(30, 40)}
    assert read(usual=30, same_slip=16) == ()


def test_two_words_that_differ_by_a_tone_may_both_be_right():
    """chỉ tiêu and chi tiêu: chi has other uses."""
    assert read(target=30, spend=4, branch=5) == ()


@pytest.mark.parametrize("nothing", [[], [[]], [["một"]], [["một", "hai"]] * 50])
def test_where_there_is_nothing_nothing_is_found(nothing):
    assert rarities(nothing) == ()
