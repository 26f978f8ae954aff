"""The shelf: whole or not at all, whatever happens on the way."""

import errno
import json
import os
import subprocess
import sys
import threading

import pytest

from builder import shelf
from builder.problems import Problems
from builder.shelf import disk
from builder.shelf.lock import locked


def file(name, data=b"data", source="s1", kind="pdf"):
    return shelf.File(name, kind, "nguoi-du", 4, source, data)


def contents(folder):
    """Path inside a folder → bytes, the list and the lock apart."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in files
        if path.name not in (shelf.MANIFEST, ".anpham-lock")
    }


def listed(folder):
    return {record.path: record for record in shelf.records(folder)}


@pytest.fixture
def folder(tmp_path):
    """The folder of a publication on which two files stand."""
    folder = tmp_path / "shelf" / "so-tay"
    shelf.place([file("a.pdf", b"old a"), file("b.epub", b"old b", kind="epub")], folder)
    return folder


# --- placing --------------------------------------------------------------------------------------


def test_files_stand_on_the_shelf_with_a_list(folder):
    assert contents(folder) == {"a.pdf": b"old a", "b.epub": b"old b"}
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert manifest["slug"] == "so-tay"
    assert manifest["files"][0] == {
        "path": "a.pdf",
        "kind": "pdf",
        "edition": "nguoi-du",
        "pages": 4,
        "bytes": 5,
        "sha256": shelf.sha256(b"old a"),
        "source": "s1",
        "stale": False,
        "part": "",
    }


def test_a_shelf_says_what_its_publications_are(tmp_path):
    said = shelf.TitleFacts(
        "Sổ tay <học tập>",
        original=shelf.OriginalFacts(kind="Nghị quyết", number="05-NQ/TW"),
        sessions=(shelf.SessionFacts("buoi-1", "1", "Mở đầu"),),
        editions=(shelf.EditionFacts("nguoi-du", "interleaved", "A5", 148.0, 210.0),),
    )
    folder = tmp_path / "so-tay"
    shelf.place_all({folder: (file("a.pdf"),)}, facts={folder: said})
    assert shelf.facts(folder) == said


@pytest.mark.parametrize(
    "written",
    ["", "{", "[]", "null", '{"format": 1, "files": []}', '{"publication": 5}', '{"publication": {"title": 5}}'],
)
def test_a_list_that_does_not_say_what_a_publication_is(written, tmp_path):
    assert shelf.facts(tmp_path) is None
    (tmp_path / shelf.MANIFEST).write_text(written)
    assert shelf.facts(tmp_path) is None


def test_nothing_is_left_beside_the_folder(folder):
    assert sorted(path.name for path in folder.parent.iterdir()) == [".anpham-lock", "so-tay"]


def test_the_same_files_give_the_same_list(tmp_path):
    files = [file("b.pdf"), file("a.pdf")]
    for name in ("one", "two"):
        shelf.place(files, tmp_path / name / "so-tay")
        files.reverse()
    assert (tmp_path / "one/so-tay/manifest.json").read_bytes() == (tmp_path / "two/so-tay/manifest.json").read_bytes()


def test_a_whole_build_takes_away_what_it_did_not_make(folder):
    shelf.place([file("a.pdf", b"new a", "s2")], folder)
    assert contents(folder) == {"a.pdf": b"new a"}
    assert not listed(folder)["a.pdf"].stale


def test_a_partial_build_keeps_the_rest_and_marks_it_stale(folder):
    shelf.place([file("a.pdf", b"new a", "s2")], folder, partial=True)
    assert contents(folder) == {"a.pdf": b"new a", "b.epub": b"old b"}
    records = listed(folder)
    assert (records["a.pdf"].stale, records["a.pdf"].source) == (False, "s2")
    assert (records["b.epub"].stale, records["b.epub"].source) == (True, "s1")


def test_a_file_made_again_is_no_longer_stale(folder):
    shelf.place([file("a.pdf")], folder, partial=True)
    shelf.place([file("b.epub", kind="epub")], folder, partial=True)
    assert {path: record.stale for path, record in listed(folder).items()} == {"a.pdf": True, "b.epub": False}


def test_what_a_person_put_there_stays(folder):
    (folder / "notes.txt").write_text("mine")
    (folder / "scans").mkdir()
    (folder / "scans" / "1.txt").write_text("one")
    shelf.place([file("a.pdf", b"new a")], folder)
    assert contents(folder) == {"a.pdf": b"new a", "notes.txt": b"mine", "scans/1.txt": b"one"}
    assert list(listed(folder)) == ["a.pdf"]


def test_a_kept_file_that_was_deleted_leaves_the_list(folder):
    (folder / "b.epub").unlink()
    shelf.place([file("a.pdf")], folder, partial=True)
    assert list(listed(folder)) == ["a.pdf"]


def test_a_spoilt_list_is_written_anew(folder):
    (folder / "manifest.json").write_text("{")
    assert shelf.records(folder) == ()
    shelf.place([file("c.pdf")], folder)
    assert set(contents(folder)) == {"a.pdf", "b.epub", "c.pdf"}
    assert list(listed(folder)) == ["c.pdf"]


def test_a_disk_without_links_gets_copies(folder, monkeypatch):
    def refuse(*_, **__):
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", refuse)
    shelf.place([file("a.pdf", b"new a")], folder, partial=True)
    assert contents(folder) == {"a.pdf": b"new a", "b.epub": b"old b"}


# --- refusals -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "code"),
    [(errno.ENOSPC, "SHELF_FULL"), (errno.EACCES, "SHELF_DENIED"), (errno.EROFS, "SHELF_DENIED")],
)
def test_a_disk_that_refuses_leaves_all_as_it_was(folder, monkeypatch, number, code):
    def refuse(path, data):
        raise OSError(number, os.strerror(number), str(path), data)

    monkeypatch.setattr(disk, "write", refuse)
    with pytest.raises(Problems) as stopped:
        shelf.place([file("a.pdf", b"new a")], folder)
    assert [problem.code for problem in stopped.value.problems] == [code]
    assert contents(folder.parent) == {"so-tay/a.pdf": b"old a", "so-tay/b.epub": b"old b"}


def test_a_shelf_that_is_a_file_is_a_problem(tmp_path):
    (tmp_path / "shelf").write_text("no folder")
    with pytest.raises(Problems, match="SHELF_DENIED"):
        shelf.place([file("a.pdf")], tmp_path / "shelf" / "so-tay")


def test_of_several_publications_all_or_none_are_placed(folder, monkeypatch):
    write = disk.write

    def refuse_the_second(path, data):
        if "hai" in str(path):
            raise OSError(errno.ENOSPC, "full")
        write(path, data)

    monkeypatch.setattr(disk, "write", refuse_the_second)
    works = {folder: (file("a.pdf", b"new a"),), folder.with_name("hai"): (file("c.pdf"),)}
    with pytest.raises(Problems, match="SHELF_FULL"):
        shelf.place_all(works)
    assert contents(folder.parent) == {"so-tay/a.pdf": b"old a", "so-tay/b.epub": b"old b"}


# --- interruptions --------------------------------------------------------------------------------

BROKEN_OFF = """
import os, sys
from pathlib import Path
from builder import shelf
from builder.shelf import disk
disk.exchange = lambda one, other: False
moves = 0
rename = Path.rename
def until(path, target):
    global moves
    moves += 1
    if moves > int(sys.argv[2]):
        os._exit(9)
    return rename(path, target)
Path.rename = until
shelf.place([shelf.File("a.pdf", "pdf", "nguoi-du", 4, "s2", b"new a")], Path(sys.argv[1]))
os._exit(9)
"""


def test_folders_change_names_in_one_step(tmp_path):
    one, other = tmp_path / "một", tmp_path / "hai"
    assert not disk.exchange(one, other)
    one.mkdir()
    (one / "a").write_bytes(b"a")
    assert not disk.exchange(one, other), "the other is not there"
    assert contents(tmp_path) == {"một/a": b"a"}
    other.mkdir()
    if not disk.exchange(one, other):
        pytest.skip("this disk cannot")
    assert contents(tmp_path) == {"hai/a": b"a"}


def test_a_folder_that_changes_is_never_gone(folder, changes_at_once):
    if not changes_at_once:
        pytest.skip("this disk cannot")
    done, missed = threading.Event(), []

    def look():
        while not done.is_set():
            missed.extend(name for name in ("a.pdf", "manifest.json") if not (folder / name).exists())

    watching = threading.Thread(target=look)
    watching.start()
    for number in range(30):
        shelf.place([file("a.pdf", b"%d" % number)], folder)
    done.set()
    watching.join()
    assert missed == []
    assert contents(folder) == {"a.pdf": b"29"}


@pytest.mark.parametrize(("moves", "expected"), [(0, b"old a"), (1, b"new a"), (2, b"new a")])
@pytest.mark.parametrize("mend", ["recover", "place"])
def test_a_build_killed_while_changing_places_is_mended(folder, root, moves, expected, mend):
    command = [sys.executable, "-c", BROKEN_OFF, str(folder), str(moves)]
    done = subprocess.run(command, cwd=root, check=False)
    assert done.returncode == 9
    if mend == "recover":
        shelf.recover(folder.parent)
    else:
        shelf.place([file("c.pdf")], folder, partial=True)
    assert contents(folder)["a.pdf"] == expected
    assert sorted(path.name for path in folder.parent.iterdir()) == [".anpham-lock", "so-tay"]


def test_an_old_folder_that_lost_its_place_comes_back(folder):
    folder.rename(folder.with_name(".so-tay.anpham-old"))
    shelf.recover(folder.parent)
    assert contents(folder) == {"a.pdf": b"old a", "b.epub": b"old b"}


def test_recovery_touches_nobody_elses_hidden_files(tmp_path):
    for name in (".bashrc.old", ".config.new", ".x.anpham-old"):
        (tmp_path / name).write_text("mine")
    shelf.recover(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir() if path.name != ".anpham-lock") == [
        ".bashrc.old",
        ".config.new",
        ".x.anpham-old",
    ]


def test_recovery_of_no_shelf_makes_none(tmp_path):
    shelf.recover(tmp_path / "shelf")
    assert not (tmp_path / "shelf").exists()


def test_when_the_new_folder_cannot_move_in_the_old_one_comes_back(folder, refuse_moving_in):
    refuse_moving_in()
    with pytest.raises(Problems, match="SHELF_DENIED"):
        shelf.place([file("a.pdf", b"new a")], folder)
    assert contents(folder) == {"a.pdf": b"old a", "b.epub": b"old b"}


def test_a_shelf_at_the_end_of_a_ring_of_links_is_refused(tmp_path):
    (tmp_path / "vong").symlink_to("vong")
    with pytest.raises(Problems, match="SHELF_DENIED"):
        shelf.place([file("a.pdf")], tmp_path / "vong" / "so-tay")


# --- two at once ----------------------------------------------------------------------------------


def test_two_builds_at_once_leave_one_whole_result(folder):
    def work(name):
        for _ in range(10):
            shelf.place([file(f"{each}.pdf", name, "s") for each in "abcd"], folder)

    threads = [threading.Thread(target=work, args=(name,)) for name in (b"one", b"two")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = contents(folder)
    assert set(found) == {"a.pdf", "b.pdf", "c.pdf", "d.pdf"}
    assert len(set(found.values())) == 1
    assert {record.sha256 for record in shelf.records(folder)} == {shelf.sha256(found["a.pdf"])}


def test_the_lock_keeps_a_second_build_waiting(tmp_path):
    inside = threading.Event()

    def second():
        with locked(tmp_path):
            inside.set()

    with locked(tmp_path):
        thread = threading.Thread(target=second)
        thread.start()
        assert not inside.wait(0.1)
    thread.join()
    assert inside.is_set()


# --- source folders and single files --------------------------------------------------------------


def test_a_source_folder_is_written(tmp_path):
    shelf.write_source(tmp_path / "x" / "so-tay", {"program.md": "Điều 1.", "figures/a.png": b"\x89PNG"})
    assert contents(tmp_path / "x") == {"so-tay/program.md": "Điều 1.".encode(), "so-tay/figures/a.png": b"\x89PNG"}


def test_an_empty_folder_is_filled_without_being_replaced(tmp_path):
    before = tmp_path.stat().st_ino
    shelf.write_source(tmp_path, {"program.md": "Điều 1."})
    assert contents(tmp_path) == {"program.md": "Điều 1.".encode()}
    assert tmp_path.stat().st_ino == before


@pytest.mark.parametrize("kind", ["folder", "file"])
def test_what_is_there_is_never_overwritten(tmp_path, kind):
    target = tmp_path / "so-tay"
    if kind == "folder":
        target.mkdir()
        (target / "program.md").write_text("mine")
    else:
        target.write_text("mine")
    before = contents(tmp_path)
    with pytest.raises(Problems, match="IMPORT_EXISTS"):
        shelf.write_source(target, {"program.md": "yours"})
    assert contents(tmp_path) == before


@pytest.mark.parametrize("name", ["../a.md", "/a.md", "a/../../b.md", "c:\\a.md", ""])
def test_a_path_that_leads_out_is_refused(tmp_path, name):
    with pytest.raises(Problems, match="PATH_OUTSIDE"):
        shelf.write_source(tmp_path / "so-tay", {name: "text"})
    assert list(tmp_path.iterdir()) == []


def test_a_source_folder_that_cannot_be_finished_is_not_begun(tmp_path, monkeypatch):
    def refuse(path, data):
        raise OSError(errno.ENOSPC, "full", str(path), data)

    monkeypatch.setattr(disk, "write", refuse)
    with pytest.raises(Problems, match="SHELF_FULL"):
        shelf.write_source(tmp_path / "so-tay", {"program.md": "text"})
    assert list(tmp_path.iterdir()) == []


def test_a_single_file_is_replaced_whole(tmp_path):
    shelf.write_file(tmp_path / "a.pdf", b"one")
    shelf.write_file(tmp_path / "a.pdf", b"two")
    assert contents(tmp_path) == {"a.pdf": b"two"}


def test_several_files_are_replaced_all_of_them(tmp_path):
    (tmp_path / "a.pdf").write_bytes(b"old")
    shelf.write_files({tmp_path / "a.pdf": b"one", tmp_path / "b.pdf": b"two"})
    assert contents(tmp_path) == {"a.pdf": b"one", "b.pdf": b"two"}


def test_of_several_files_none_is_written_when_the_disk_is_full(tmp_path, monkeypatch):
    (tmp_path / "a.pdf").write_bytes(b"old")
    write = disk.write

    def refuse(path, data):
        if path.name == "b.pdf":
            raise OSError(errno.ENOSPC, "full", str(path))
        write(path, data)

    monkeypatch.setattr(disk, "write", refuse)
    with pytest.raises(Problems, match="SHELF_FULL"):
        shelf.write_files({tmp_path / "a.pdf": b"one", tmp_path / "b.pdf": b"two"})
    assert contents(tmp_path) == {"a.pdf": b"old"}


def test_of_several_files_those_that_took_their_places_give_them_back_when_one_cannot(tmp_path):
    (tmp_path / "a.pdf").write_bytes(b"old")
    (tmp_path / "c.pdf").mkdir()
    (tmp_path / "c.pdf" / "d").write_bytes(b"mine")
    with pytest.raises(Problems, match="SHELF_DENIED"):
        shelf.write_files({tmp_path / name: b"new" for name in ("a.pdf", "b.pdf", "c.pdf")})
    assert contents(tmp_path) == {"a.pdf": b"old", "c.pdf/d": b"mine"}


def test_a_single_file_without_its_folder_is_a_problem(tmp_path):
    with pytest.raises(Problems, match="SHELF_DENIED"):
        shelf.write_file(tmp_path / "nowhere" / "a.pdf", b"one")


def test_a_source_folder_is_no_shelf(tmp_path):
    source = tmp_path / "so-tay"
    source.mkdir()
    (source / "program.md").write_text("Điều 1. Một", "utf-8")
    with pytest.raises(Problems) as stopped:
        shelf.place([file("a.pdf")], source)
    assert [problem.code for problem in stopped.value.problems] == ["SHELF_SOURCE"]
    assert [path.name for path in source.iterdir()] == ["program.md"]
