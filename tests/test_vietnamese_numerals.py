"""Numbers in words, both ways; persons by their given names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.vietnamese import names, numerals


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "không"),
        (10, "mười"),
        (14, "mười bốn"),
        (15, "mười lăm"),
        (20, "hai mươi"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (55, "năm mươi lăm"),
        (100, "một trăm"),
        (105, "một trăm linh năm"),
        (110, "một trăm mười"),
        (1001, "một nghìn không trăm linh một"),
        (2021, "hai nghìn không trăm hai mươi mốt"),
        (10_000, "mười nghìn"),
        (1_500_000_000, "một tỷ năm trăm triệu"),
    ],
)
def test_a_number_in_words(number, words):
    assert numerals.cardinal(number) == words


@given(st.integers(0, numerals.MOST))
def test_words_are_read_back(number):
    assert numerals.value(numerals.cardinal(number)) == number
    assert numerals.value(numerals.cardinal(number).upper().replace("TỶ", "TỈ").replace("LINH", "LẺ")) == number


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("hai tư", 24),
        ("bảy nhăm", 75),
        ("năm ngàn", 5000),
        ("một  trăm lẻ năm", 105),
        ("tám bẩy", None),
        ("ba mươi nhì", 32),
    ],
)
def test_what_people_write_is_read(words, number):
    assert numerals.value(words) == number


@pytest.mark.parametrize(
    "words", ["", "nghìn", "trăm", "hai hai", "xyz", "hai nghìn ba nghìn", "một tỷ tỷ", "mươi", "linh năm"]
)
def test_what_is_no_number_is_none(words):
    assert numerals.value(words) is None


@pytest.mark.parametrize("number", [-1, numerals.MOST + 1])
def test_a_number_out_of_reach(number):
    with pytest.raises(ValueError, match=str(number)):
        numerals.cardinal(number)


def test_persons_are_sorted_by_their_given_names():
    listed = [
        "Nguyễn Văn Bình",
        "đ/c Trần Thị Ánh",
        "PGS. TS. Lê An",
        "Bùi Ân",
        "Lê Thị An",
        "Thượng tướng Đỗ Bá Đạt",
        "An",
    ]
    assert sorted(listed, key=names.sort_key) == [
        "An",
        "PGS. TS. Lê An",
        "Lê Thị An",
        "đ/c Trần Thị Ánh",
        "Bùi Ân",
        "Nguyễn Văn Bình",
        "Thượng tướng Đỗ Bá Đạt",
    ]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Nguyễn Thị Minh Khai", ("Nguyễn", "Thị Minh", "Khai")),
        ("Bà Triệu", ("", "", "Triệu")),
        ("Anh", ("", "", "Anh")),
        ("GS.TS. Hoàng  Văn  Thụ", ("Hoàng", "Văn", "Thụ")),
        ("  ", ("", "", "")),
    ],
)
def test_the_parts_of_a_name(name, expected):
    found = names.parts(name)
    assert (found.family, found.middle, found.given) == expected
