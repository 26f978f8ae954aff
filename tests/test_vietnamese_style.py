"""Capitals, words said twice, abbreviations: what no table of examples can show."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.vietnamese import style


def codes(text, terms=()):
    return [(each.code, text[each.start : each.end], *each.hints) for each in style.findings(text, terms)]


@pytest.mark.parametrize("term", [*style._TERMS.values()])
def test_every_term_is_found_in_small_letters_and_let_pass_as_it_is_written(term):
    assert codes(f"Vì {term}.") == []
    assert codes(f"Vì {term.upper()}.") == []
    assert (term.lower(), term) in [(found, *hints) for _, found, *hints in codes(f"Vì {term.lower()}.")]


def test_a_writer_has_terms_of_his_own():
    assert codes("Vì thư viện Làng Sen.", ("Thư viện Làng Sen",)) == [
        ("CAPS_TERM", "thư viện Làng Sen", "Thư viện Làng Sen")
    ]
    assert codes("Vì Thư viện Làng Sen.", ("Thư viện Làng Sen",)) == []


def test_the_longest_term_counts():
    assert codes("chủ tịch Hồ Chí Minh, thành phố Hồ Chí Minh") == [
        ("CAPS_TERM", "chủ tịch Hồ Chí Minh", "Chủ tịch Hồ Chí Minh"),
        ("CAPS_TERM", "thành phố Hồ Chí Minh", "Thành phố Hồ Chí Minh"),
    ]


def test_letters_that_grow_when_made_small_move_no_place():
    assert codes("İİİ và quốc hội") == [("CAPS_TERM", "quốc hội", "Quốc hội")]


@pytest.mark.parametrize("word", sorted(style._NEVER_TWICE))
def test_a_particle_said_twice_is_found(word):
    assert codes(f"Việc {word} {word} xóm.")[:1] == [("DUP_WORD", f"{word} {word}", word)]
    assert codes(f"Việc {word}, {word} xóm.") == []


@pytest.mark.parametrize("word", sorted(style._MAY_BE_TWICE - style._NEVER_TWICE))
def test_a_reduplication_is_let_pass(word):
    assert codes(f"Việc {word} {word} xong.") == []
    assert codes(f"Việc {word}\n{word} xong.") == []


@given(st.text(alphabet=" \n.?!“”()…aAbđộcác123", max_size=30))
def test_findings_are_in_the_text_and_in_order(text):
    found = style.findings(text)
    assert all(0 <= each.start < each.end <= len(text) and each.became is None for each in found)
    assert [each.start for each in found] == sorted(each.start for each in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Theo BCĐ huyện, BTC và UBND xã.", ["BCĐ", "BTC"]),
        ("Theo BCĐ.", ["BCĐ"]),
        ("Sở GD&ĐT họp.", ["GD&ĐT"]),
        ("ĐHQG, THƯ, BAN họp", ["ĐHQG"]),  # a syllable is a word made to stand out
        ("khóa XIII, chương IV, MC họp", []),  # Roman numerals
        ("30/2020/NĐ-CP, 36-HD/VPTW, T.Ư, BCĐ-TW", []),
        ("BÁO CÁO CỦA BCĐ HUYỆN", []),
        ("Cuốn THE ART OF WAR hay", []),
    ],
)
def test_abbreviations_to_be_explained(text, expected):
    found = list(style.abbreviations(text))
    assert [short for short, _, _ in found] == expected
    assert [text[start:end] for _, start, end in found] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ban Chỉ đạo (BCĐ), Ban Tổ chức (sau đây gọi là BTC)", {"BCĐ", "BTC"}),
        ("Ban Chỉ đạo (gọi tắt là “BCĐ”)", {"BCĐ"}),
        ("Ban Chỉ đạo, Ban Tổ chức (BCĐ, BTC)", {"BCĐ", "BTC"}),
        ("Sở Giáo dục và Đào tạo (GD&ĐT)", {"GD&ĐT"}),
        ("- BCĐ: Ban Chỉ đạo", {"BCĐ"}),
        ("BCĐ - Ban Chỉ đạo", {"BCĐ"}),
        ("Theo BCĐ (Ban Chỉ đạo), BTC là viết tắt của", {"BCĐ", "BTC"}),
        ("Theo BCĐ huyện (khóa XIII) và BTC (theo quyết định)", set()),
    ],
)
def test_abbreviations_that_are_explained(text, expected):
    assert set(style.expanded(text)) == expected
