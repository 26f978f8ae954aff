"""Persons by their given names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.vietnamese import names, order


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
        ("Trung tướng, PGS.TS. Nguyễn Văn Bé", ("Nguyễn", "Văn", "Bé")),
        ("ThS.BS.CKII. Lê Thị C - Giám đốc", ("Lê", "Thị", "C")),
        ("Đồng chí: Lê Duẩn, Tổng Bí thư", ("Lê", "", "Duẩn")),
        ("Nguyễn Sinh Cung (Hồ Chí Minh)", ("Nguyễn", "Sinh", "Cung")),
        ("Anh hùng LLVTND Nguyễn Viết Xuân", ("Nguyễn", "Viết", "Xuân")),
        ("Ng. Văn A", ("Ng.", "Văn", "A")),
        ("ông", ("", "", "ông")),
        ("(không)", ("", "", "(không)")),
        ("  ", ("", "", "")),
    ],
)
def test_the_parts_of_a_name(name, expected):
    found = names.parts(name)
    assert (found.family, found.middle, found.given) == expected


NAMES = st.lists(
    st.sampled_from(["Nguyễn", "Lê", "Thị", "Văn", "An", "Ân", "Bình", "Đạt", "Y"]), min_size=1, max_size=4
)


@given(NAMES, st.sampled_from(["ông ", "Bà ", "đ/c ", "GS.TS. ", "Thượng tướng ", "Bí thư ", "Thượng uý "]))
def test_titles_change_no_place_in_a_list(words, title):
    name = " ".join(words)
    assert names.sort_key(title + name) == names.sort_key(name)


@given(NAMES)
def test_no_part_of_a_name_is_lost(words):
    found = names.parts(" ".join(words))
    assert " ".join(filter(None, (found.family, found.middle, found.given))) == " ".join(words)


@given(st.lists(NAMES, min_size=2))
def test_lists_are_sorted_by_given_name_first(persons):
    ordered = sorted((" ".join(words) for words in persons), key=names.sort_key)
    given_names = [order.key(name.split()[-1]) for name in ordered]
    assert given_names == sorted(given_names)
