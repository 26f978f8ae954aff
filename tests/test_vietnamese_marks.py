"""Spaces, quotation marks, brackets, ellipses, dashes: what no table of examples can show."""

import re
import time
from functools import partial
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.vietnamese import frisket, marks, quotes, rounds
from builder.vietnamese.findings import Finding, mended

# What real paragraphs are made of, clean and not; joined at random they make every shape a rule has to do with.
PIECES = """
v.v v.v. vv … ... …. .. . , ; : ! ? % ( ) [ ] “ ” ‘ ’ " ' « » / - – — đ/c đ của Theo xã 12 1.234,5 XI V.I.Lê-nin
5'30" 12" H'Nia TP.HCM https://a.vn/b,c?d:(e) a@b.vn tep.pdf 36-HD/VPTW 30/2020/NĐ-CP 13/11/2025 Điều a) (xã) ......
ngày...tháng ./. :) [] 50% ho'i
"""
SPACES = ["", " ", "  ", "\u00a0", "\n", "\ufffc", " - ", "kinh tế"]
TEXTS = st.lists(st.tuples(st.sampled_from(PIECES.split()), st.sampled_from(SPACES)), max_size=8).map(
    lambda parts: "".join(piece + space for piece, space in parts)
) | st.text(alphabet=" \u00a0\n.,;:!?…%()[]{}“”‘’\"'/-–\ufffcvđcaBẻ1", max_size=25)
DASHES = st.sampled_from(["keep", "en"])


def letters(text):
    return [character for character in text if character.isalnum() or character == "\ufffc"]


def set_in_print(text, dash="keep"):
    return mended(text, marks.typeset(text, dash=dash))


# --- print ----------------------------------------------------------------------------------------


@given(TEXTS, DASHES)
@settings(max_examples=500)
def test_typesetting_twice_changes_nothing(text, dash):
    once = set_in_print(text, dash)
    assert marks.typeset(once, dash=dash) == ()


@given(TEXTS, DASHES)
@settings(max_examples=500)
def test_typesetting_keeps_letters_figures_and_objects(text, dash):
    assert letters(set_in_print(text, dash)) == letters(text)


@given(TEXTS, DASHES)
@settings(max_examples=500)
def test_the_quick_look_overlooks_nothing(text, dash):
    assert marks.typeset(text, dash=dash) == rounds.at_once(text, partial(marks._of_print, dash=dash))


@given(TEXTS, DASHES)
def test_no_mend_stands_over_another_or_is_idle(text, dash):
    found = marks.typeset(text, dash=dash)
    assert all(before.end < after.start for before, after in pairwise(found))
    assert all(text[each.start : each.end] != each.became for each in found)


ADDRESSES = [
    "https://a.vn/x,y?z:(a)",
    "a.b+c@d-e.vn",
    "tep.cua.toi.pdf",
    "36-HD/VPTW",
    "1.234,5",
    "./.",
    "localhost:80",
]


@given(st.lists(st.sampled_from(ADDRESSES), min_size=1, max_size=4), TEXTS)
def test_addresses_and_identifiers_stand_as_they_are(addresses, noise):
    text = " ".join(f"{address} xã" for address in addresses) + f" {noise}"
    found = set_in_print(text)
    assert [address for address in addresses if found.count(address) < addresses.count(address)] == []


def test_several_mends_at_one_place_are_told_as_one():
    text = 'Ông nói :"Tôi đi ".'
    assert marks.typeset(text) == (
        Finding("SP_BEFORE", 7, 8, ""),
        Finding("SP_BEFORE", 9, 10, " “"),
        Finding("SP_INNER", 16, 18, "”"),
    )
    assert set_in_print(text) == "Ông nói: “Tôi đi”."


def test_rounds_come_to_an_end_even_if_rules_undo_each_other():
    def look(text):
        return [Finding("TURN", 0, 1, "b" if text == "a" else "a")]

    assert rounds.at_once("a", look) == ()
    assert rounds.at_once("c", look) == (Finding("TURN", 0, 1, "b"),)


CLEAN = (
    "Chi bộ lãnh đạo nhân dân thực hiện Nghị quyết số 05-NQ/TW (khóa XIII), Điều 5, khoản 2: “Dân biết, dân bàn”; "
    "tăng 12,5% với 1.500 hộ, kinh tế - xã hội, giai đoạn 2021 - 2025, v.v. Đó là việc của đ/c Nam. "
)


def test_clean_paragraphs_are_let_pass_quickly():
    """40 MB/s were measured; a book of 400 pages has one."""
    paragraphs = [(CLEAN * times).strip() for times in (1, 2, 4)] * 50
    size = sum(len(paragraph.encode()) for paragraph in paragraphs)
    spent = []
    for _ in range(5):
        started = time.perf_counter()
        assert not any(map(marks.typeset, paragraphs))
        spent.append(time.perf_counter() - started)
    assert size / min(spent) > 5_000_000


# --- proofs ---------------------------------------------------------------------------------------


@given(TEXTS)
def test_findings_are_in_the_text_and_in_order(text):
    found = marks.findings(text)
    assert all(0 <= each.start < each.end <= len(text) for each in found)
    assert [each.start for each in found] == sorted(each.start for each in found)


@given(TEXTS)
@settings(max_examples=300)
def test_mending_what_is_found_comes_to_an_end(text):
    for _ in range(rounds.MOST_ROUNDS):
        before, text = text, mended(text, marks.findings(text))
        if text == before:
            return
    pytest.fail(text)


@given(TEXTS)
def test_a_covered_paragraph_keeps_every_place(text):
    bare = frisket.covered(text)
    assert len(bare) == len(text)
    assert all(hidden in (shown, "_", "\ufffc") for hidden, shown in zip(bare, text, strict=True))


# --- quotations of several paragraphs -------------------------------------------------------------


def unbalanced(paragraphs):
    opened, found = 0, []
    for number, text in enumerate(paragraphs):
        found += [(number, each.start) for each in marks.findings(text, opened=opened) if each.code == "Q_UNBALANCED"]
        opened = marks.open_quotes(text, opened)
    return found, opened


@pytest.mark.parametrize(
    ("paragraphs", "expected"),
    [
        (["“Một.", "“Hai.", "“Ba.”", "Bốn."], ([], 0)),  # as in books
        (["“Điều 5. Một", "1. “Xã” là một xã;", "2. Hai.”.", "Ba."], ([], 0)),  # as in laws that amend others
        (["1. “Một", "a) Hai”;", "b) “Ba”."], ([], 0)),
        (['"Một.', '"Hai.', 'Ba."'], ([], 0)),  # straight marks are looked at as if they were curly
        (["“Một.", "Hai.”", "Ba.”"], ([(2, 3)], 0)),
        (["Ông nói “một.", "Hai.”"], ([(0, 8)], 0)),
        (["“Một", "Hai"], ([], 1)),
        (["“Một “hai", "ba” bốn”."], ([(0, 5)], 0)),
    ],
)
def test_quotations_may_run_over_paragraphs(paragraphs, expected):
    assert unbalanced(paragraphs) == expected


@pytest.mark.parametrize("text", ['"Một', '"Một (hai"', '"'])
def test_a_straight_mark_that_could_not_be_curled_opens_nothing(text):
    assert quotes.left_open(text, 1) == 1


# --- dashes ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("kinh tế - xã hội", "kinh tế – xã hội"),
        ("Độc lập - Tự do - Hạnh phúc", "Độc lập – Tự do – Hạnh phúc"),
        ("Điều 5 - Phạm vi, (A) - (B), “A” - “B”, 12% - nhiều", "Điều 5 – Phạm vi, (A) – (B), “A” – “B”, 12% – nhiều"),
        ("kinh tế\u00a0- xã hội", "kinh tế\u00a0– xã hội"),
        ("kinh tế -\nxã hội", "kinh tế –\nxã hội"),
        ("Hà Nội - Huế: Lê-nin, 36-HD/VPTW", "Hà Nội – Huế: Lê-nin, 36-HD/VPTW"),
    ],
)
def test_spaced_hyphens_become_en_dashes_when_asked(text, expected):
    assert set_in_print(text, "en") == expected
    assert set_in_print(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "- gạch đầu dòng\n- gạch thứ hai",
        "2021 - 2025, 12 - 15, X - XV",
        "Lê-nin, 36-HD/VPTW, kinh tế-xã hội",
        "\ufffc - \ufffc",
        "nhiệt độ - 5",
    ],
)
def test_other_hyphens_are_left(text):
    assert set_in_print(text, "en") == text


def test_dashes_are_told_with_their_places():
    text = "kinh tế - xã hội, an ninh – quốc phòng, Đảng — Nhà nước, 2021 - 2025"
    assert list(marks.dashes(text)) == [("-", 8, 9), ("–", 26, 27), ("—", 45, 46)]
    assert [text[start:end] for _, start, end in marks.dashes(text)] == ["-", "–", "—"]


# --- the programme --------------------------------------------------------------------------------


def test_the_programme_gets_spaces_and_nothing_else():
    text = '  "Dân  biết" ,dân bàn...  \n Dân\u00a0 làm  '
    assert mended(text, marks.typeset_programme(text)) == '  "Dân biết" ,dân bàn...\n Dân\u00a0làm'


@given(TEXTS)
def test_of_the_programme_only_spaces_change(text):
    once = mended(text, marks.typeset_programme(text))
    assert re.sub("[ \u00a0]", "", once) == re.sub("[ \u00a0]", "", text)
    assert marks.typeset_programme(once) == ()
    assert once.count("\n") == text.count("\n")
