"""Importing again over a folder that is there: nothing is overwritten, and what differs is shown."""

import os
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder import shelf
from builder.works import reimport
from builder.works.reimport import Uncompared

OLD = "Điều 1. Một\n\nĐọc.\n"
NEW = "Điều 1. Một\n\nĐọc to.\n"


def only(found):
    (changed,) = found.changed
    return changed


def test_the_same_files_are_the_same():
    found = reimport.differences({"program.md": OLD.encode()}, {"program.md": OLD})
    assert found.same
    assert (found.changed, found.only_there, found.only_new) == ((), (), ())


@pytest.mark.parametrize("old", [OLD.replace("\n", "\r\n"), "\ufeff" + OLD, OLD.rstrip("\n")])
def test_how_lines_end_makes_no_difference(old):
    assert reimport.differences({"program.md": old.encode()}, {"program.md": OLD}).same


def test_what_the_folder_holds_besides_is_named_and_no_difference():
    found = reimport.differences({"program.md": OLD.encode(), "commentary/01.md": None}, {"program.md": OLD})
    assert found.same
    assert found.only_there == ("commentary/01.md",)


def test_a_file_that_is_not_there_is_a_difference():
    found = reimport.differences({"program.md": OLD.encode()}, {"program.md": OLD, "back/99.md": "x"})
    assert not found.same
    assert found.only_new == ("back/99.md",)


def test_lines_that_differ_are_shown_as_a_diff():
    changed = only(reimport.differences({"program.md": OLD.encode()}, {"program.md": NEW}))
    assert changed.name == "program.md"
    assert changed.lines == ("@@ -1,3 +1,3 @@", " Điều 1. Một", " ", "-Đọc.", "+Đọc to.")


def test_lines_are_counted_from_the_head_of_the_file():
    lines = [f"dòng {number}" for number in range(1, 101)]
    changed = [*lines]
    changed[49] = "khác"
    found = only(reimport.differences({"a.md": "\n".join(lines).encode()}, {"a.md": "\n".join(changed)}))
    assert found.lines[0] == "@@ -47,7 +47,7 @@"
    assert [line for line in found.lines[1:] if not line.startswith(" ")] == ["-dòng 50", "+khác"]


lines = st.lists(st.sampled_from(["a", "b", "", "Điều 1."]), max_size=12)


@given(lines, lines)
def test_a_diff_leads_from_what_is_there_to_what_was_read(before, after):
    found = reimport.differences({"a.md": "\n".join(before).encode()}, {"a.md": "\n".join(after)})
    before, after = "\n".join(before).splitlines(), "\n".join(after).splitlines()
    assert found.same is (before == after)
    for changed in found.changed:
        assert patched(before, changed.lines) == after


def patched(before, diff):
    """Apply a unified diff."""
    made, at = [], 0
    for line in diff:
        if line.startswith("@@"):
            first, _, count = line.split()[1].removeprefix("-").partition(",")
            start = int(first) - (count != "0")
            made += before[at:start]
            at = start
        elif line[0] in " -":
            assert before[at] == line[1:]
            made += [line[1:]] * (line[0] == " ")
            at += 1
        else:
            made.append(line[1:])
    return made + before[at:]


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("Điều 1".encode("utf-16"), OLD, Uncompared.ENCODING),
        (b"\xff\xfe\x00", OLD, Uncompared.ENCODING),
        (b"\x89PNG", b"\x89PNH", Uncompared.BYTES),
        (None, OLD, Uncompared.UNREAD),
        ("\n".join(map(str, range(21_000))).encode(), "\n".join(map(str, range(21_000, 0, -1))), Uncompared.LARGE),
    ],
    ids=range(5),
)
def test_what_cannot_be_compared_by_line_is_said(old, new, why):
    changed = only(reimport.differences({"a": old}, {"a": new}))
    assert (changed.why, changed.lines) == (why, ())


def test_a_long_text_with_one_change_is_compared():
    text = "\n".join(map(str, range(60_000)))
    changed = only(reimport.differences({"a": text.encode()}, {"a": text.replace("\n30000\n", "\nkhác\n")}))
    assert "+khác" in changed.lines


def test_the_same_picture_is_the_same():
    assert reimport.differences({"figures/a.png": b"\x89PNG"}, {"figures/a.png": b"\x89PNG"}).same


# --- what stands in a folder ----------------------------------------------------------------------


def test_only_what_is_wanted_is_read(tmp_path):
    (tmp_path / "commentary").mkdir()
    (tmp_path / "commentary" / "01.md").write_text("lời", "utf-8")
    (tmp_path / "program.md").write_text(OLD, "utf-8")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "config").write_text("x")
    found = shelf.standing(tmp_path, {"program.md"})
    assert found == {"commentary/01.md": None, "program.md": OLD.encode()}


@pytest.mark.parametrize("name", ["khong-co", "trong"])
def test_an_empty_folder_holds_nothing(tmp_path, name):
    (tmp_path / "trong").mkdir()
    assert shelf.standing(tmp_path / name, {"program.md"}) == {}


def test_a_folder_where_a_file_should_be_is_not_read(tmp_path):
    (tmp_path / "program.md").mkdir()
    (tmp_path / "program.md" / "a.md").write_text("x")
    found = shelf.standing(tmp_path, {"program.md"})
    assert found == {"program.md/a.md": None}
    assert reimport.differences(found, {"program.md": OLD}).only_new == ("program.md",)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems keep names as Unicode")
def test_links_in_a_ring_and_odd_names_do_no_harm(tmp_path):
    (tmp_path / "ring").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "program.md").symlink_to(tmp_path / "nowhere")
    (tmp_path / os.fsdecode(b"la\xff.md")).write_bytes(b"x")
    found = shelf.standing(tmp_path, {"program.md"})
    assert len(found) == 3
    assert found["program.md"] is None
    assert "la?.md" in reimport.differences(found, {}).only_there
