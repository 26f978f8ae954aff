"""Citations: from words to components and back, and which clauses they name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder import manuscript
from builder.manuscript import outline
from builder.manuscript.anchors import Anchors
from builder.manuscript.folder import Line
from builder.problems import Place
from builder.vietnamese import citation
from builder.vietnamese.citation import Component

HERE = Place("commentary/a.md", 1, 1)

LAW = """
Chương I
CHUNG
Điều 1. Một
1. Khoản một.
2. Khoản hai:
a) Điểm a;
b) Điểm b.
Điều 2. Hai
1. Khoản một:
đ) Điểm đ.
Chương II
RIÊNG
Điều 3. Ba
1. Khoản một.
- Gạch một.
- Gạch hai.
Điều 4. Bốn
"""

PARTS = """
Phần I. Một
I. La Mã một
1. Số một
a) Điểm a
II. La Mã hai
1. Số một
2. Số hai
1.1. Thập phân
Phần II. Hai
I. La Mã một
1. Số một
# Phụ lục “A”
1. Số của phụ lục
"""


def anchors(text):
    return Anchors(outline.read(tuple(Line(number, line) for number, line in enumerate(text.split("\n"), 1))))


def found(text, words):
    problems = []
    passages = anchors(text).find(words, HERE, problems)
    return [[unit.id for unit in passage] for passage in passages], problems


def steps(components):
    return [(step.word, step.number) for step in components]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Điều 5 khoản 2 điểm đ", [("điều", "5"), ("khoản", "2"), ("điểm", "đ")]),
        ("điểm đ khoản 2 Điều 5", [("điểm", "đ"), ("khoản", "2"), ("điều", "5")]),
        ("Phần II, mục 3", [("phần", "II"), ("mục", "3")]),
        ("PHẦN THỨ HAI", [("phần", "THỨ HAI")]),
        ("Phần thứ hai mục ba mươi", None),
        ("Phần thứ hai mục 3", [("phần", "thứ hai"), ("mục", "3")]),
        ("Tiểu mục 2 Mục 1 Chương III", [("tiểu mục", "2"), ("mục", "1"), ("chương", "III")]),
        ("II.3", [("", "II.3")]),
        ("5.2.đ", [("", "5.2.đ")]),
        ("khoản 2 của Điều 5.", [("khoản", "2"), ("điều", "5")]),
        ("Điều 1.12.LQ.1", [("điều", "1.12.LQ.1")]),
        ("đề mục “Bối cảnh”, gạch đầu dòng thứ 2", [("đề mục", "Bối cảnh"), ("gạch đầu dòng", "thứ 2")]),
        ("Điều", None),
        ("Điều khoản 2", None),
        ("Mở đầu", None),
        ("", None),
        ("Điều 5-6-7", None),
        ("–", None),
    ],
)
def test_words_become_components(text, expected):
    parsed = citation.parse(text)
    assert (steps(parsed.first) if parsed else None) == expected


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Điều 5–7", [("điều", "5")], [("điều", "7")]),
        ("Điều 5 đến Điều 7", [("điều", "5")], [("điều", "7")]),
        ("I-III", [("", "I")], [("", "III")]),
        ("II.1–II.3", [("", "II.1")], [("", "II.3")]),
        ("II.1-3", [("", "II.1")], [("", "II.3")]),
        ("khoản 1-3 Điều 5", [("khoản", "1"), ("điều", "5")], [("khoản", "3"), ("điều", "5")]),
        (
            "từ điểm a đến điểm c khoản 1 Điều 5",
            [("điểm", "a"), ("khoản", "1"), ("điều", "5")],
            [("điểm", "c"), ("khoản", "1"), ("điều", "5")],
        ),
        (
            "Điều 5 khoản 1 – khoản 3",
            [("điều", "5"), ("khoản", "1")],
            [("điều", "5"), ("khoản", "3")],
        ),
    ],
)
def test_a_range_has_two_ends(text, first, last):
    parsed = citation.parse(text)
    assert (steps(parsed.first), steps(parsed.last)) == (first, last)


def test_several_citations_are_parted_by_semicolons_outside_quotes():
    assert citation.several("Điều 5; II.3 ;") == ("Điều 5", "II.3")
    assert citation.several("đề mục “A; B”; I") == ("đề mục “A; B”", "I")


@pytest.mark.parametrize(
    ("chain", "words"),
    [
        ([("Chương", "I"), ("Điều", "5"), ("khoản", "2"), ("điểm", "đ")], "điểm đ khoản 2 Điều 5"),
        ([("Phần", "I"), ("mục", "II"), ("mục", "3"), ("điểm", "a")], "Phần I, mục II, mục 3, điểm a"),
        ([("Điều", "3"), ("gạch đầu dòng", "2")], "gạch đầu dòng thứ 2 Điều 3"),
        ([("đề mục", "Phụ lục"), ("mục", "1")], "đề mục “Phụ lục”, mục 1"),
    ],
)
def test_components_become_words(chain, words):
    assert citation.words(tuple(Component(*step) for step in chain)) == words


@given(st.text(alphabet="điềukhoảnmụcphần IVX123.đa–-;,“”() ", max_size=40))
def test_any_words_are_a_citation_or_none(text):
    for part in citation.several(text):
        parsed = citation.parse(part)
        assert parsed is None or parsed.first


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        (LAW, "Điều 1 khoản 2 điểm b", [["chuong-1.dieu-1.khoan-2.diem-b"]]),
        (LAW, "điểm b khoản 2 Điều 1", [["chuong-1.dieu-1.khoan-2.diem-b"]]),
        (LAW, "khoản 2 điểm b Điều 1", [["chuong-1.dieu-1.khoan-2.diem-b"]]),
        (LAW, "1.2.b", [["chuong-1.dieu-1.khoan-2.diem-b"]]),
        (LAW, "điểm b Điều 1", [["chuong-1.dieu-1.khoan-2.diem-b"]]),
        (LAW, "2.1.đ", [["chuong-1.dieu-2.khoan-1.diem-dd"]]),
        (LAW, "Chương 2", [["chuong-2"]]),
        (LAW, "Chương thứ hai", [["chuong-2"]]),
        (LAW, "Điều 2–4", [["chuong-1.dieu-2", "chuong-2.dieu-3", "chuong-2.dieu-4"]]),
        (LAW, "khoản 1-2 Điều 1", [["chuong-1.dieu-1.khoan-1", "chuong-1.dieu-1.khoan-2"]]),
        (LAW, "Điều 1; Điều 3", [["chuong-1.dieu-1"], ["chuong-2.dieu-3"]]),
        (LAW, "gạch đầu dòng thứ 2 Điều 3", [["chuong-2.dieu-3.khoan-1.gach-2"]]),
        (LAW, "chuong-1.dieu-2", [["chuong-1.dieu-2"]]),
        (LAW, "#chuong-1.dieu-1 – chuong-1.dieu-2", [["chuong-1.dieu-1", "chuong-1.dieu-2"]]),
        (PARTS, "I", [["phan-1"]]),
        (PARTS, "II.I", [["phan-2.muc-1"]]),
        (PARTS, "Phần I, mục II", [["phan-1.muc-2"]]),
        (PARTS, "Phần I, mục II, mục 2", [["phan-1.muc-2.so-2"]]),
        (PARTS, "mục 2 mục II Phần I", [["phan-1.muc-2.so-2"]]),
        (PARTS, "I.II.2", [["phan-1.muc-2.so-2"]]),
        (PARTS, "1.1", [["phan-1.muc-2.so-2.so-1-1"]]),
        (PARTS, "I.I–I.II", [["phan-1.muc-1", "phan-1.muc-2"]]),
        (PARTS, "đề mục “phụ lục A”, mục 1", [["td-1.so-1"]]),
    ],
)
def test_a_citation_names_clauses(text, words, expected):
    passages, problems = found(text, words)
    assert (passages, problems) == (expected, [])


@pytest.mark.parametrize(
    ("text", "words", "code", "named"),
    [
        (LAW, "Điều 9", "REF_UNKNOWN", "Điều 4"),
        (LAW, "Điều 1 khoản 7", "REF_UNKNOWN", "khoản 2 Điều 1"),
        (LAW, "khoản 1", "REF_AMBIGUOUS", "chuong-1.dieu-1.khoan-1"),
        (PARTS, "Phần II, mục 4", "REF_UNKNOWN", "Phần II, mục I"),
        (LAW, "Lời nói đầu", "REF_SYNTAX", ""),
        (LAW, "Điều 3–1", "REF_RANGE", ""),
        (LAW, "Điều 1 – Chương II", "REF_RANGE", ""),
        (LAW, "II" * 600, "REF_SYNTAX", ""),
    ],
)
def test_a_citation_in_vain_is_a_problem_that_names_the_nearest(text, words, code, named):
    _, problems = found(text, words)
    assert [problem.code for problem in problems] == [code]
    assert named in dict(problems[0].values).get("candidates", "")


def every_clause(clauses):
    for clause in clauses:
        yield clause
        yield from every_clause(clause.children)


@pytest.mark.parametrize("source", ["tests/specimen", "sources/chuong-trinh-hanh-dong-05", "sources/quy-uoc-thu-vien"])
def test_every_clause_is_found_by_its_own_citation_and_id(root, source):
    publication, _ = manuscript.read(root / source)
    lines = (root / source / "program.md").read_text("utf-8").split("\n")
    known = anchors("\n".join(lines))
    for clause in every_clause(publication.program.clauses):
        problems = []
        for words in (clause.citation, clause.id):
            passages = known.find(words, HERE, problems)
            assert [[unit.id for unit in passage] for passage in passages] == [[clause.id]], words
        assert problems == []
