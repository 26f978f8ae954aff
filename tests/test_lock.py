"""A locked programme: its words cannot change by accident, its spaces and line ends can."""

import shutil

import pytest

from builder import manuscript
from builder.problems import Problems
from builder.works.lock import lock

PROGRAMME = """# Quy ước mẫu

Phần mở đầu.

Điều 1. Phạm vi

1. Quy ước này áp dụng trong thôn.

2. Mọi người cùng giữ gìn.

Điều 2. Hiệu lực

Quy ước có hiệu lực từ ngày ký[^1].

[^1]: Ngày ký ghi ở cuối văn bản.
"""


@pytest.fixture
def source(tmp_path):
    folder = tmp_path / "quy-uoc"
    folder.mkdir()
    (folder / "program.md").write_text(PROGRAMME, "utf-8")
    return folder


def change(source, old, new):
    path = source / "program.md"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8", newline="")


def told(source):
    try:
        found = manuscript.read(source)[1]
    except Problems as stopped:
        found = stopped.problems
    return [(problem.code, problem.place.line) for problem in found]


def test_locking_twice_changes_nothing(source):
    assert lock(source)
    first = (source / "program.lock").read_bytes()
    assert not lock(source)
    assert (source / "program.lock").read_bytes() == first
    assert told(source) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("cùng giữ gìn", "cùng  giữ\ngìn"),
        ("cùng giữ gìn", "cùng\u00a0giữ gìn"),
        ("giữ gìn", "giu\u031b\u0303 gi\u0300n"),  # the same letters, decomposed
        ("\n", "\r\n"),
    ],
)
def test_spaces_line_ends_and_normal_form_may_change(source, old, new):
    lock(source)
    change(source, old, new)
    assert told(source) == []


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("trong thôn", "trong xã", 7),
        ("Phạm vi", "Phạm  vi áp dụng", 5),
        ("Phần mở đầu", "Phần cuối", 1),
        ("cuối văn bản", "đầu văn bản", 11),  # a footnote belongs to the clause it stands under
        ("giữ gìn.", "giữ gìn!", 9),
    ],
)
def test_a_changed_word_is_an_error_where_its_clause_begins(source, old, new, line):
    lock(source)
    change(source, old, new)
    assert told(source) == [("SOURCE_DIFF", line)]


def test_what_is_added_and_what_is_gone_are_told(source):
    lock(source)
    change(source, "2. Mọi người cùng giữ gìn.\n\n", "")
    assert ("SOURCE_SHORT", 0) in told(source)
    change(source, "Điều 2. Hiệu lực", "2. Mọi người cùng giữ gìn.\n\n3. Thêm.\n\nĐiều 2. Hiệu lực")
    assert told(source) == [("SOURCE_DIFF", 11)]


def test_clauses_that_change_places_are_told(source):
    lock(source)
    change(source, "Điều 2. Hiệu lực", "Điều 2. Hiệu lực ")
    assert told(source) == []
    change(source, "Quy ước này áp dụng trong thôn", "X")
    change(source, "Mọi người cùng giữ gìn", "Quy ước này áp dụng trong thôn")
    assert [code for code, _ in told(source)] == ["SOURCE_DIFF", "SOURCE_DIFF"]


def test_locking_again_takes_the_words_as_they_are(source):
    lock(source)
    change(source, "trong thôn", "trong xã")
    assert lock(source)
    assert told(source) == []


@pytest.mark.parametrize("damage", ["", "something else\n", "anpham-lock 1\n", "anpham-lock 1\nzz  *\n"])
def test_a_damaged_lock_says_so_and_can_be_locked_again(source, damage):
    lock(source)
    (source / "program.lock").write_text(damage, "utf-8")
    assert told(source) == [("LOCK_BAD", 1)]
    assert lock(source)
    assert told(source) == []


def test_what_is_wrong_otherwise_keeps_it_from_being_locked(source):
    change(source, "Điều 2.", "Điều 3.")
    with pytest.raises(Problems):
        lock(source)
    assert not (source / "program.lock").exists()


def test_the_lock_goes_with_the_folder(source, tmp_path):
    lock(source)
    moved = shutil.copytree(source, tmp_path / "noi-khac")
    assert told(moved) == []
