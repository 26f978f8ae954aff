"""A site: whole or not at all, whatever happens on the way; and its owner's own files stay."""

import errno
import os
import shutil
import signal
import subprocess
import sys
import tracemalloc
from pathlib import Path

import pytest

from builder import shelf
from builder.problems import Problems
from builder.shelf import disk
from builder.shelf.site import STATE, SUMS

HIDDEN = "abcdefgh234567abcdefgh234567"
FILES = {"index.html": b"front", STATE: b"{}", "so-tay/index.html": b"page", "so-tay/so-tay-a.epub": b"book"}


@pytest.fixture
def into(tmp_path):
    return tmp_path / "site"


def publish(into, files, hidden=None):
    """Write a site, and a tree in it that is not listed."""
    with shelf.renewed(into, into.parent / "shelf") as site:
        for path, data in files.items():
            site.put(path, data)
        if hidden:
            tree = site.under(HIDDEN)
            for path, data in hidden.items():
                tree.put(path, data)


def contents(folder):
    """Path inside a folder → bytes, lists apart."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files if path.name != SUMS}


def beside(into):
    return sorted(path.name for path in into.parent.iterdir())


@pytest.fixture
def stands(into):
    """A site that was published."""
    publish(into, FILES)
    return into


def test_a_site_stands_with_a_list_that_can_be_checked(stands):
    assert contents(stands) == FILES
    assert beside(stands) == [".anpham-lock", "site"]
    done = subprocess.run(["sha256sum", "-c", SUMS], cwd=stands, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == [f"{path}: OK" for path in sorted(FILES)]


def test_a_new_site_takes_the_place_of_the_old_one(stands):
    publish(stands, {"index.html": b"new", STATE: b"{}", "hai/index.html": b"other"})
    assert contents(stands) == {"index.html": b"new", STATE: b"{}", "hai/index.html": b"other"}


def test_the_same_files_give_the_same_list_in_any_order(stands, tmp_path):
    publish(tmp_path / "other", dict(reversed(FILES.items())))
    assert (tmp_path / "other" / SUMS).read_bytes() == (stands / SUMS).read_bytes()


def test_what_the_former_site_held_can_be_read_unless_somebody_changed_it(stands):
    with shelf.renewed(stands, stands.parent / "shelf") as site:
        assert site.former(STATE) == b"{}"
        assert site.former("gone.json") is None
        (stands / STATE).write_bytes(b"changed")
        assert site.former(STATE) is None
        for path, data in FILES.items():
            site.put(path, data)
    assert contents(stands) == FILES


@pytest.mark.parametrize("path", ["", "/a", "../a", "a/../../b", "index.html"])
def test_a_path_that_leads_out_or_is_taken_is_a_mistake_of_ours(into, path):
    with shelf.renewed(into, into.parent / "shelf") as site:
        site.put("index.html", b"")
        with pytest.raises(ValueError, match="no place"):
            site.put(path, b"")
    assert contents(into) == {"index.html": b""}


def test_a_large_file_is_laid_down_piece_by_piece(into):
    tracemalloc.start()
    with shelf.renewed(into, into.parent / "shelf") as site:
        site.lay("large", (b"x" * 1_000_000 for _ in range(30)))
        assert (site.files, site.bytes) == (1, 30_000_000)
    assert tracemalloc.get_traced_memory()[1] < 10_000_000
    tracemalloc.stop()


# --- its owner's own ------------------------------------------------------------------------------

OWN = {
    ".htaccess": b"Require valid-user",
    "CNAME": b"vidu.org",
    "robots.txt": b"User-agent: *",
    ".well-known/security.txt": b"Contact",
    ".git/objects/ab/cd": b"object",
    "so-tay/ghi-chu.txt": b"mine",
    "anh/1.jpg": b"picture",
}


def lay(folder, files):
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)


def test_what_the_owner_put_there_stays(stands):
    lay(stands, OWN)
    (stands / "trong").mkdir()
    (stands / "lien-ket").symlink_to("so-tay")
    publish(stands, FILES | {"index.html": b"new"})
    publish(stands, {"index.html": b"newer", STATE: b"{}"})
    assert (stands / "trong").is_dir()
    assert (stands / "lien-ket").readlink() == Path("so-tay")
    assert contents(stands) == OWN | {"index.html": b"newer", STATE: b"{}"}


@pytest.mark.parametrize("taken", ["hai/index.html", "hai", "site.css/mine.txt"])
def test_a_file_of_the_owners_in_the_place_of_one_of_ours_is_a_problem(stands, taken):
    lay(stands, {taken: b"mine"})
    with pytest.raises(Problems, match="SITE_OWNERS"):
        publish(stands, FILES | {"hai/index.html": b"other", "site.css": b""})
    assert contents(stands) == FILES | {taken: b"mine"}
    assert beside(stands) == [".anpham-lock", "site"]


def test_folders_of_the_owners_and_of_ours_become_one(stands):
    lay(stands, {"hai/mine.txt": b"mine"})
    publish(stands, FILES | {"hai/index.html": b"other"})
    assert contents(stands) == FILES | {"hai/index.html": b"other", "hai/mine.txt": b"mine"}


def test_a_place_with_next_to_nothing_in_it_will_do(into):
    own = {".git/HEAD": b"ref", ".nojekyll": b"", "CNAME": b"vidu.org"}
    lay(into, own)
    publish(into, FILES)
    assert contents(into) == own | FILES


@pytest.mark.parametrize(
    "files",
    [
        {"thesis.docx": b"mine"},
        {"index.html": b"another site", SUMS: b""},
        {SUMS: b"0" * 64 + b"  index.html\n", "index.html": b"a release"},
        {"site/index.html": b""},
    ],
    ids=["documents", "an empty list", "somebody's list", "a folder"],
)
def test_a_folder_that_is_no_site_of_ours_is_refused(into, files):
    lay(into, files)
    with pytest.raises(Problems, match="SITE_TAKEN"):
        publish(into, FILES)
    assert {path: (into / path).read_bytes() for path in files} == files


def test_a_file_is_no_place_for_a_site(into):
    into.write_text("a file")
    with pytest.raises(Problems, match="SITE_FILE"):
        publish(into, FILES)
    assert into.read_text() == "a file"


def test_a_whole_disk_is_no_place_for_a_site(into, monkeypatch):
    into.mkdir()
    monkeypatch.setattr(os.path, "ismount", lambda path: Path(path) == into)
    with pytest.raises(Problems, match="SITE_DRIVE"):
        publish(into, FILES)
    assert beside(into) == ["site"]


@pytest.mark.parametrize("where", [".", "hai"])
def test_nobody_is_left_in_a_folder_that_is_thrown_away(stands, monkeypatch, where):
    (stands / "hai").mkdir(exist_ok=True)
    monkeypatch.chdir(stands / where)
    with pytest.raises(Problems, match="SITE_HERE"):
        publish(stands, {"index.html": b"new"})
    assert contents(stands) == FILES


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
@pytest.mark.parametrize(("mask", "file", "folder"), [(0o077, 0o644, 0o755), (0o002, 0o664, 0o775)])
def test_a_web_server_may_read_a_site_whoever_made_it(into, mask, file, folder):
    former = os.umask(mask)
    try:
        publish(into, {**FILES, "a/b/c.html": b""})
    finally:
        os.umask(former)
    modes = {path: path.stat().st_mode & 0o777 for path in (into, *into.rglob("*"))}
    assert all(mode == (folder if path.is_dir() else file) for path, mode in modes.items()), modes


@pytest.mark.parametrize("where", ["shelf", "shelf/site", "."])
def test_the_shelf_and_the_site_are_no_part_of_each_other(tmp_path, where):
    (tmp_path / "shelf").mkdir()
    with pytest.raises(Problems, match="SITE_SHELF"), shelf.renewed(tmp_path / where, tmp_path / "shelf"):
        pass
    (tmp_path / "link").symlink_to("shelf")
    with pytest.raises(Problems, match="SITE_SHELF"), shelf.renewed(tmp_path / "link" / "x", tmp_path / "shelf"):
        pass
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["link", "shelf"]


@pytest.mark.parametrize("where", ["so-tay", "so-tay/site", "so-tay/a/b"])
def test_a_source_folder_is_no_place_for_a_site(tmp_path, where):
    lay(tmp_path, {"so-tay/program.md": b"text"})
    with pytest.raises(Problems, match="SITE_SOURCE"), shelf.renewed(tmp_path / where, tmp_path / "shelf"):
        pass
    assert contents(tmp_path) == {"so-tay/program.md": b"text"}


# --- what is not listed ---------------------------------------------------------------------------


def test_a_tree_that_is_not_listed_is_named_nowhere_and_known_again(into):
    inside = {"index.html": b"front", STATE: b"{}", "kin/index.html": b"page"}
    publish(into, FILES, inside)
    listed = {path: data for path, data in contents(into).items() if not path.startswith(HIDDEN)}
    assert listed == FILES
    assert HIDDEN not in (into / SUMS).read_text()
    subprocess.run(["sha256sum", "-c", "--quiet", SUMS], cwd=into / HIDDEN, check=True)
    lay(into, {f"{HIDDEN}/.htaccess": b"mine"})
    publish(into, FILES, inside | {"kin/index.html": b"new"})
    assert (into / HIDDEN / "kin/index.html").read_bytes() == b"new"
    publish(into, FILES)
    assert contents(into) == FILES | {f"{HIDDEN}/.htaccess": b"mine"}


def test_a_folder_of_the_owners_that_looks_like_it_stays(stands):
    lay(stands, {f"{HIDDEN}/index.html": b"mine"})
    publish(stands, FILES)
    assert contents(stands) == FILES | {f"{HIDDEN}/index.html": b"mine"}


def test_a_tree_that_could_not_be_known_again_is_a_mistake_of_ours(into):
    with pytest.raises(ValueError, match="no name"), shelf.renewed(into, into.parent / "shelf") as site:
        site.under("kin")


# --- refusals -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "code"),
    [(errno.ENOSPC, "SHELF_FULL"), (errno.EACCES, "SHELF_DENIED"), (errno.EROFS, "SHELF_DENIED")],
)
@pytest.mark.parametrize("name", ["write_soon", "carry", "settle_all"])
def test_a_disk_that_refuses_leaves_the_old_site(stands, monkeypatch, number, code, name):
    lay(stands, OWN)

    def refuse(*_):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(disk, name, refuse)
    with pytest.raises(Problems) as stopped:
        publish(stands, FILES | {"index.html": b"new"})
    assert [problem.code for problem in stopped.value.problems] == [code]
    assert contents(stands) == FILES | OWN
    assert beside(stands) == [".anpham-lock", "site"]


def test_a_site_that_cannot_move_in_leaves_the_old_one(stands, refuse_moving_in):
    refuse_moving_in()
    with pytest.raises(Problems, match="SHELF_DENIED"):
        publish(stands, FILES | {"index.html": b"new"})
    assert contents(stands) == FILES


@pytest.mark.parametrize("stop", [KeyboardInterrupt, RuntimeError])
def test_whoever_breaks_off_keeps_the_old_site(stands, stop):
    def pages():
        yield b"half of it"
        raise stop

    with pytest.raises(stop), shelf.renewed(stands, stands.parent / "shelf") as site:
        site.lay("index.html", pages())
    assert contents(stands) == FILES
    assert beside(stands) == [".anpham-lock", "site"]


# --- interruptions --------------------------------------------------------------------------------

ENDLESS = f"""
import sys
from pathlib import Path
from builder import shelf
into, name = Path(sys.argv[1]), 0
print("on", flush=True)
while True:
    name = 1 - name
    with shelf.renewed(into, into.parent / "shelf") as site:
        for path in ("index.html", {STATE!r}, *(f"so-tay/{{number}}" for number in range(60))):
            site.put(path, b"ab"[name:name + 1] * 1000)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
def test_a_site_that_is_killed_at_any_moment_is_the_old_one_or_the_new_one(into, root, changes_at_once):
    moments = [number / 50 for number in range(10)]
    publish(into, {"index.html": b"a" * 1000, STATE: b"a" * 1000} | {f"so-tay/{n}": b"a" * 1000 for n in range(60)})
    lay(into, {".htaccess": b"mine", "anh/1.jpg": b"picture"})
    for moment in moments:
        process = subprocess.Popen(
            [sys.executable, "-c", ENDLESS, str(into)], cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        assert process.stdout.readline() == b"on\n"
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(moment)
        process.kill()
        process.communicate()
        assert into.exists() or not changes_at_once
        kept = into if into.exists() else into.with_name(".site.anpham-new")
        found = contents(kept)
        assert found.pop(".htaccess") == b"mine"
        assert found.pop("anh/1.jpg") == b"picture"
        assert (len(found), len(set(found.values()))) == (62, 1)
    publish(into, FILES)
    assert contents(into) == FILES | {".htaccess": b"mine", "anh/1.jpg": b"picture"}
    assert beside(into) == [".anpham-lock", "site"]


@pytest.mark.parametrize("moves", [0, 1, 2])
def test_a_site_killed_while_changing_places_is_mended(stands, moves):
    new = stands.with_name(".site.anpham-new")
    shutil.copytree(stands, new)
    (new / "index.html").write_bytes(b"new")
    if moves:
        stands.rename(stands.with_name(".site.anpham-old"))
    if moves == 2:
        new.rename(stands)
    with pytest.raises(KeyboardInterrupt), shelf.renewed(stands, stands.parent / "shelf"):
        raise KeyboardInterrupt
    assert contents(stands)["index.html"] == (b"new" if moves else b"front")
    assert beside(stands) == [".anpham-lock", "site"]
