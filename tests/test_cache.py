"""What was set before: given back whole or not at all, whoever else uses the folder, whatever the disk does."""

import errno
import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path

import platformdirs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from builder import problems
from builder.cli import app, folders
from builder.cli.cache import amount
from builder.cli.words import Words
from builder.problems import Place, Problems, Severity
from builder.shelf import Cache
from builder.shelf import cache as caching

HOUR = 3600
UNLINK, REPLACE, OPEN = Path.unlink, Path.replace, Path.open
processes = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork and no SIGKILL")


def key(name):
    return hashlib.sha256(str(name).encode()).hexdigest()


def entry(cache, name):
    """Where an entry stands: written out here once more, for an older version's cache is to be found again."""
    return cache.folder / key(name)[:2] / f"{key(name)}.anpham"


def files(folder):
    """Every path below a folder → what is in it; nothing for a folder."""
    paths = sorted(folder.rglob("*"))
    return {path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None for path in paths}


def grow_old(path, seconds):
    then = path.stat().st_mtime - seconds
    os.utime(path, (then, then))


@pytest.fixture
def cache(tmp_path):
    return Cache(tmp_path / "kho" / "anpham")


# --- in and out -----------------------------------------------------------------------------------


@pytest.mark.parametrize("data", [b"", b"%PDF", bytes(range(256)) * 8000], ids=len)
def test_what_was_put_is_given_back(cache, data):
    cache.put(key("a"), data)
    cache.put(key("b"), b"other")
    assert (cache.get(key("a")), cache.get(key("b"))) == (data, b"other")
    assert Cache(cache.folder).get(key("a")) == data
    assert cache.refused is None


def test_what_was_not_put_is_not_there(cache):
    assert cache.get(key("a")) is None
    cache.put(key("b"), b"b")
    assert cache.get(key("a")) is None


def test_what_is_put_again_takes_the_place_of_the_former(cache):
    cache.put(key("a"), b"one")
    cache.put(key("a"), b"two")
    assert cache.get(key("a")) == b"two"
    assert len(list(cache.folder.rglob("*.anpham*"))) == 1


def test_nothing_is_made_before_something_is_put(cache, tmp_path):
    assert (cache.get(key("a")), cache.size(), cache.clear()) == (None, (0, 0), (0, 0))
    cache.trim()
    assert list(tmp_path.iterdir()) == []


def test_an_entry_stands_under_its_key(cache):
    cache.put(key("a"), b"data")
    assert [path for path in cache.folder.rglob("*") if path.is_file()] == [entry(cache, "a")]


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no modes")
def test_what_is_kept_is_nobody_elses_business(cache):
    cache.put(key("a"), b"data")
    assert cache.folder.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("bad", ["", "a", "../" + "a" * 61, key("a").upper(), key("a") + "\n", key("a") + "0"])
def test_what_is_no_digest_is_no_key(cache, tmp_path, bad):
    with pytest.raises(ValueError, match="no SHA-256"):
        cache.get(bad)
    with pytest.raises(ValueError, match="no SHA-256"):
        cache.put(bad, b"data")
    assert list(tmp_path.iterdir()) == []


# --- damage ---------------------------------------------------------------------------------------


def is_mended(cache, name="a"):
    """Damage was found, what was damaged is gone, and the next put makes it good."""
    found, left = cache.get(key(name)), entry(cache, name).exists()
    cache.put(key(name), b"new")
    return (found, left, cache.get(key(name)), cache.refused) == (None, False, b"new", None)


def test_a_change_of_any_byte_is_found_out(cache):
    cache.put(key("a"), b"twenty bytes of text")
    whole = entry(cache, "a").read_bytes()
    assert len(whole) > 20 + 32
    for at in range(len(whole)):
        entry(cache, "a").write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert is_mended(cache), at


def test_a_file_cut_short_anywhere_is_found_out(cache):
    cache.put(key("a"), b"twenty bytes of text")
    whole = entry(cache, "a").read_bytes()
    for length in range(len(whole)):
        entry(cache, "a").write_bytes(whole[:length])
        assert is_mended(cache), length


@given(data=st.binary(max_size=200), other=st.binary(max_size=300))
def test_no_other_bytes_pass_for_an_entry(tmp_path_factory, data, other):
    cache = Cache(tmp_path_factory.getbasetemp() / "bat-ky")
    cache.put(key("a"), data)
    for forged in (other, entry(cache, "a").read_bytes() + b"\n", caching.MAGIC + bytes(32) + other):
        entry(cache, "a").write_bytes(forged)
        assert is_mended(cache)


def test_an_entry_does_not_pass_for_another(cache):
    cache.put(key("a"), b"a")
    cache.put(key("b"), b"b")
    entry(cache, "a").write_bytes(entry(cache, "b").read_bytes())
    assert is_mended(cache)
    assert cache.get(key("b")) == b"b"


def test_a_folder_in_the_place_of_an_entry_is_taken_away(cache):
    entry(cache, "a").mkdir(parents=True)
    assert is_mended(cache)


def test_a_folder_with_something_in_it_stays(cache):
    (entry(cache, "a") / "mine").mkdir(parents=True)
    assert cache.get(key("a")) is None
    cache.put(key("a"), b"new")
    assert cache.refused is not None
    assert files(entry(cache, "a")) == {"mine": None}


def test_a_file_that_cannot_be_read_is_thrown_away(cache, monkeypatch):
    cache.put(key("a"), b"data")

    def refuse(path):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))

    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", refuse)
        assert cache.get(key("a")) is None
    assert is_mended(cache)


def test_damage_that_cannot_be_thrown_away_is_no_entry_either(cache, monkeypatch):
    cache.put(key("a"), b"data")
    entry(cache, "a").write_bytes(b"spoilt")

    def refuse(path, **_):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))

    monkeypatch.setattr(Path, "unlink", refuse)
    assert cache.get(key("a")) is None
    assert entry(cache, "a").exists()


# --- the limit ------------------------------------------------------------------------------------


@pytest.fixture
def three(tmp_path):
    """A cache with room for two of its three entries, ``a`` the longest unused."""
    cache = Cache(tmp_path / "kho")
    for age, name in enumerate("cba"):
        cache.put(key(name), name.encode() * 1000)
        grow_old(entry(cache, name), 60 * (age + 1))
    cache.limit = 2 * entry(cache, "a").stat().st_size
    return cache


def kept(cache):
    return "".join(name for name in "abc" if entry(cache, name).exists())


def test_what_was_used_longest_ago_goes_first(three):
    three.trim()
    assert kept(three) == "bc"
    assert three.size()[1] <= three.limit
    three.limit -= 1
    three.trim()
    assert kept(three) == "c"


def test_what_is_used_stays(three):
    assert three.get(key("a")) is not None
    three.trim()
    assert kept(three) == "ac"


def test_what_has_room_stays(three):
    three.limit = three.size()[1]
    three.trim()
    assert kept(three) == "abc"


def test_an_entry_that_cannot_be_marked_as_used_is_given_back(three, monkeypatch):
    def refuse(path, *_, **__):
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM), str(path))

    monkeypatch.setattr(os, "utime", refuse)
    assert three.get(key("a")) == b"a" * 1000


def test_another_process_may_be_quicker_to_throw_away(three, monkeypatch):
    def twice(path, **how):
        UNLINK(path)
        UNLINK(path, **how)

    monkeypatch.setattr(Path, "unlink", twice)
    three.trim()
    assert kept(three) == "bc"


def test_files_may_vanish_while_they_are_looked_at(three, monkeypatch):
    look = Path.lstat

    def vanish(path):
        if path == entry(three, "b"):
            UNLINK(path)
        return look(path)

    monkeypatch.setattr(Path, "lstat", vanish)
    three.trim()
    assert kept(three) == "ac"


def test_what_another_program_holds_open_is_passed_over(three, monkeypatch):
    def refuse(path, **how):
        if path == entry(three, "a"):
            raise PermissionError(errno.EACCES, "in use", str(path))
        UNLINK(path, **how)

    monkeypatch.setattr(Path, "unlink", refuse)
    three.trim()
    assert kept(three) == "ac"


def test_a_folder_that_cannot_be_read_is_not_trimmed(three, monkeypatch):
    def refuse(path):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))

    with monkeypatch.context() as patch:
        patch.setattr(Path, "iterdir", refuse)
        three.trim()
    assert kept(three) == "abc"


def test_what_was_left_behind_goes_and_what_is_being_written_stays(three):
    now = entry(three, "c")
    left_behind = now.with_name(f"{now.name}.{'0' * 16}")
    being_written = now.with_name(f"{now.name}.{'1' * 16}")
    for path in (left_behind, being_written):
        path.write_bytes(b"half")
    grow_old(left_behind, HOUR + 100)
    grow_old(being_written, HOUR - 100)
    three.limit = three.size()[1]
    three.trim()
    assert (left_behind.exists(), being_written.exists()) == (False, True)
    assert kept(three) == "abc"


def test_what_was_left_behind_goes_before_any_entry(three):
    left_behind = entry(three, "c").with_name(f"{entry(three, 'c').name}.{'0' * 16}")
    left_behind.write_bytes(bytes(5000))
    for name in "ab":
        grow_old(entry(three, name), 3 * HOUR)
    grow_old(left_behind, 2 * HOUR)
    three.limit = three.size()[1] - 5000
    three.trim()
    assert not left_behind.exists()
    assert kept(three) == "abc"


# --- several processes, and killed ones -----------------------------------------------------------

# Both write one value of their own under every key, again and again, and read what either wrote.
AT_ONCE = """
import sys
from pathlib import Path
from builder.shelf import Cache
cache, me = Cache(Path(sys.argv[1])), sys.argv[2]
print("ready", flush=True)
sys.stdin.readline()
for _ in range(6):
    for number in range(20):
        for name in (f"{number:064x}", f"{number:062x}{me * 2}"):
            cache.put(name, (f"{me} {name} " * (1 + 997 * number % 400)).encode())
            found = cache.get(name)
            assert found is not None, "an entry that was there is gone"
            assert found.split(None, 1)[0] in (b"a", b"b"), found[:80]
            assert set(found.split()[1::2]) == {name.encode()}, found[:200]
assert cache.refused is None, cache.refused
"""


def test_two_processes_share_a_folder(cache, root):
    command = [sys.executable, "-c", AT_ONCE, str(cache.folder)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    both = [subprocess.Popen([*command, name], cwd=root, **pipes) for name in "ab"]
    assert [each.stdout.readline() for each in both] == ["ready\n"] * 2
    for each in both:
        each.stdin.write("go\n")
        each.stdin.flush()
    assert [(each.communicate()[1], each.returncode) for each in both] == [("", 0)] * 2
    assert cache.size()[0] == 60
    assert not list(cache.folder.rglob("*.anpham.*"))


PUT_MANY = """
import sys
from pathlib import Path
from builder.shelf import Cache
cache = Cache(Path(sys.argv[1]))
print("ready", flush=True)
for number in range(1500):
    cache.put(f"{number % 7:064x}", b"data")
assert cache.refused is None, cache.refused
"""


def test_a_cache_may_be_emptied_while_it_is_filled(cache, root):
    command = [sys.executable, "-c", PUT_MANY, str(cache.folder)]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as filling:
        assert filling.stdout.readline() == "ready\n"
        cleared = 0
        while filling.poll() is None:
            cleared += cache.clear()[0]
            time.sleep(0.005)  # a person empties it once, not in every instant
        assert (filling.stderr.read(), filling.returncode) == ("", 0)
    assert cleared > 20
    cache.clear()
    assert list(cache.folder.iterdir()) == []


# One process kills another of its kind in the midst of its work, again and again.
KILLED = """
import os, random, signal, sys, time
from pathlib import Path
from builder.shelf import Cache
cache, names = Cache(Path(sys.argv[1])), [f"{number:064x}" for number in range(8)]
chance = random.Random(1)
for name in names:
    cache.put(name, name.encode() * 8000)
for _ in range(20):
    begun, tell = os.pipe()
    child = os.fork()
    if not child:
        for number in range(10_000):
            name = f"{number % 12:064x}"  # some of them are new
            cache.put(name, name.encode() * 8000)
            os.write(tell, b"!")
        os._exit(7)
    os.read(begun, 1)
    time.sleep(chance.random() / 50)
    os.kill(child, signal.SIGKILL)
    assert os.waitpid(child, 0)[1] == signal.SIGKILL
    assert [name for name in names if cache.get(name) != name.encode() * 8000] == []
    for name in (f"{number:064x}" for number in range(8, 12)):
        assert cache.get(name) in (None, name.encode() * 8000)
    os.close(begun), os.close(tell)
"""


@processes
def test_a_process_killed_at_any_moment_leaves_no_bad_entry(cache, root):
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(cache.folder)], cwd=root, capture_output=True, text=True, check=False
    )
    assert (done.stderr, done.returncode) == ("", 0)
    found = [path for path in cache.folder.rglob("*") if path.is_file()]
    assert len({path.name[:64] for path in found}) >= 8
    for path in found:
        grow_old(path, 2 * HOUR)
    cache.put(key("a"), b"now")
    cache.trim()
    assert [path for path in cache.folder.rglob("*.anpham*") if path.suffix != ".anpham"] == []
    for number in range(8):
        name = f"{number:064x}"
        assert cache.get(name) == name.encode() * 8000
    assert 9 <= cache.size()[0] <= 13


# The last moment at which a killed process leaves something: all is written, nothing moved.
KILLED_BEFORE_THE_MOVE = """
import os, signal, sys
from pathlib import Path
from builder.shelf import Cache
Path.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
Cache(Path(sys.argv[1])).put("a" * 64, b"new")
"""


@processes
def test_what_a_killed_process_left_is_swept_after_an_hour(cache, root):
    cache.put("a" * 64, b"old")
    done = subprocess.run([sys.executable, "-c", KILLED_BEFORE_THE_MOVE, str(cache.folder)], cwd=root, check=False)
    assert done.returncode == -9
    assert cache.get("a" * 64) == b"old"
    (left_behind,) = cache.folder.rglob("*.anpham.*")
    cache.trim()
    assert left_behind.exists()
    grow_old(left_behind, HOUR + 10)
    cache.trim()
    assert not left_behind.exists()
    assert (cache.get("a" * 64), cache.size()[0]) == (b"old", 1)


# --- refusals -------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["kho", "kho/anpham", "kho/anpham/room"])
def test_a_file_in_the_way_of_a_folder_costs_only_the_cache(cache, tmp_path, way):
    way = tmp_path / way.replace("room", key("a")[:2])
    way.parent.mkdir(parents=True, exist_ok=True)
    way.write_bytes(b"mine")
    assert cache.get(key("a")) is None
    cache.put(key("a"), b"data")
    assert isinstance(cache.refused, FileExistsError | NotADirectoryError)
    assert cache.get(key("a")) is None
    cache.trim()
    assert way.read_bytes() == b"mine"


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="nothing is refused to root, or by a mode on Windows")
def test_a_folder_that_may_not_be_written_costs_only_the_cache(cache):
    cache.folder.mkdir(parents=True)
    cache.folder.chmod(0o500)
    cache.put(key("a"), b"data")
    assert isinstance(cache.refused, PermissionError)


@pytest.fixture
def full(monkeypatch):
    """A disk that takes half a file."""

    class Half:
        def __init__(self, file):
            self.file = file

        def __enter__(self):
            return self

        def __exit__(self, *_):
            self.file.close()

        def write(self, data):
            self.file.write(data[: len(data) // 2])
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "open", lambda path, mode="r": Half(OPEN(path, mode)))
    return monkeypatch


def test_a_full_disk_costs_only_the_cache(cache, full):
    cache.put(key("b"), b"data")
    first = cache.refused
    cache.put(key("a"), b"more")
    assert cache.refused is first
    assert first.errno == errno.ENOSPC
    assert cache.size() == (0, 0)
    full.undo()
    cache.put(key("a"), b"data")
    assert cache.get(key("a")) == b"data"


def test_a_full_disk_leaves_the_former_entry(cache, monkeypatch, request):
    cache.put(key("a"), b"old")
    request.getfixturevalue("full")
    cache.put(key("a"), b"new")
    monkeypatch.undo()
    assert cache.refused
    assert cache.get(key("a")) == b"old"
    assert cache.size()[0] == 1


LIMITED = """
import errno, resource, sys
from pathlib import Path
from builder.shelf import Cache
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
cache = Cache(Path(sys.argv[1]))
cache.put("b" * 64, bytes(100_000))
cache.put("a" * 64, b"small")
assert cache.refused.errno == errno.EFBIG, cache.refused
"""


@processes
def test_a_true_refusal_in_the_midst_of_a_file_leaves_nothing_of_it(cache, root):
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(cache.folder)], cwd=root, capture_output=True, text=True, check=False
    )
    assert (done.stderr, done.returncode) == ("", 0)
    assert (cache.get("a" * 64), cache.get("b" * 64), cache.size()[0]) == (b"small", None, 1)


def test_an_interruption_leaves_nothing_behind_and_is_not_swallowed(cache, monkeypatch):
    def interrupt(path, target):
        raise KeyboardInterrupt(path, target)

    monkeypatch.setattr(Path, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        cache.put(key("a"), b"data")
    assert cache.size() == (0, 0)


def test_a_folder_that_always_vanishes_is_given_up(cache, monkeypatch):
    def vanish(path, target):
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path), None, str(target))

    monkeypatch.setattr(Path, "replace", vanish)
    cache.put(key("a"), b"data")
    assert isinstance(cache.refused, FileNotFoundError)


@pytest.mark.parametrize("there", [True, False])
def test_where_a_file_that_is_read_keeps_its_place_it_is_as_good(cache, monkeypatch, there):
    if there:
        cache.put(key("a"), b"data")

    def refuse(path, target):
        raise PermissionError(errno.EACCES, "in use", str(path), None, str(target))

    monkeypatch.setattr(Path, "replace", refuse)
    cache.put(key("a"), b"data")
    assert (cache.refused is None) is there
    assert cache.get(key("a")) == (b"data" if there else None)
    assert cache.size()[0] == there


def test_what_is_remembered_of_a_refusal_does_not_hold_the_data(cache, tmp_path):
    (tmp_path / "kho").write_bytes(b"mine")
    cache.put(key("a"), b"data")
    assert cache.refused.__traceback__ is None


@pytest.mark.parametrize(
    ("refused", "vi", "en"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "(ổ đĩa đã đầy)", "(the disk is full)"),
        (PermissionError(errno.EACCES, "Permission denied"), "(không có quyền)", "(no permission)"),
        (TimeoutError(), "(máy báo: TimeoutError)", "(the system says: TimeoutError)"),
    ],
)
def test_a_refusal_can_be_told(refused, vi, en):
    told = problems.cache_refused(Place("kho"), refused)
    assert (told.code, told.severity) == ("CACHE_REFUSED", Severity.WARNING)
    assert vi in told.sentence("vi")
    assert en in told.sentence("en")
    assert all("ANPHAM_CACHE" in told.way_out(language) for language in ("vi", "en"))


# --- emptying -------------------------------------------------------------------------------------


def test_emptying_counts_what_goes(cache):
    for name in range(5):
        cache.put(key(name), bytes(100))
    entry(cache, 0).with_name(f"{entry(cache, 0).name}.{'0' * 16}").write_bytes(b"half")
    size = 5 * (100 + caching.HEAD) + 4
    assert cache.size() == (6, size)
    assert cache.clear() == (6, size)
    assert cache.size() == (0, 0)
    assert list(cache.folder.iterdir()) == []


def test_emptying_and_trimming_touch_nothing_but_the_caches_own(tmp_path):
    a, b = key("a"), key("b")
    for name in (
        "notes.txt",
        f"{a}.anpham",
        f"{a[:2]}/notes.txt",
        f"{a[:2]}/{a}",
        f"{a[:2]}/{a[:-1]}.anpham",
        f"{a[:2]}/{a}.anpham.bak",
        f"{a[:2]}/{a}.anpham.{'0' * 15}",
        f"{b[:2]}/{a}.anpham",
        f"zz/{a}.anpham",
        f"{a[:2]}/{a[:2]}{b[2:]}.anpham/mine",
        f"{a[:2]}/deep/{a[:2]}/{a}.anpham",
        "ee",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"mine")
    (tmp_path / "ff").mkdir()
    before = files(tmp_path)
    cache = Cache(tmp_path, limit=0)
    cache.put("1" * 64, b"1")
    cache.put("2" * 64, b"2")
    assert cache.size()[0] == 2
    cache.trim()
    assert files(tmp_path) == before
    cache.put("1" * 64, b"1")
    assert cache.clear()[0] == 1
    assert files(tmp_path) == before


def test_the_folders_of_others_are_not_even_looked_into(cache, monkeypatch):
    cache.put(key("a"), b"data")
    (cache.folder / "rieng").mkdir()
    look = Path.iterdir

    def refuse(path):
        if path.name == "rieng":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return look(path)

    monkeypatch.setattr(Path, "iterdir", refuse)
    assert (cache.size()[0], cache.clear()[0]) == (1, 1)


def test_emptying_that_is_refused_is_a_problem(cache, monkeypatch):
    cache.put(key("a"), b"data")

    def refuse(path, **_):
        raise PermissionError(errno.EACCES, "in use", str(path))

    monkeypatch.setattr(Path, "unlink", refuse)
    with pytest.raises(Problems, match="SHELF_DENIED") as stopped:
        cache.clear()
    assert [problem.place for problem in stopped.value.problems] == [Place(str(cache.folder))]


# --- the folder and the command -------------------------------------------------------------------


@pytest.fixture
def run(cache, monkeypatch):
    """Type ``anpham cache`` on a machine whose cache is ``cache``."""
    monkeypatch.setenv("ANPHAM_CACHE", str(cache.folder))
    return lambda *words: CliRunner().invoke(app, ["cache", *words])


def test_tests_never_see_the_cache_of_a_person(own_home):
    assert folders.cache().is_relative_to(own_home)
    done = subprocess.run(
        [sys.executable, "-c", "import os; print(os.environ['ANPHAM_CACHE'])"], capture_output=True, check=True
    )
    assert Path(os.fsdecode(done.stdout.strip())).is_relative_to(own_home)


def test_the_environment_names_the_folder(monkeypatch):
    monkeypatch.setenv("ANPHAM_CACHE", "o-dau-do")
    assert folders.cache() == Path("o-dau-do")


@pytest.mark.parametrize("wish", [None, ""])
def test_without_a_wish_it_is_where_the_system_keeps_such_things(monkeypatch, wish):
    monkeypatch.delenv("ANPHAM_CACHE")
    if wish is not None:
        monkeypatch.setenv("ANPHAM_CACHE", wish)
    assert folders.cache() == platformdirs.user_cache_path("anpham", appauthor=False)
    assert "anpham" in folders.cache().parts


@pytest.mark.skipif(os.name == "nt", reason="Windows always knows a home")
def test_someone_without_a_home_has_no_cache(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ANPHAM_CACHE")
    monkeypatch.setattr(platformdirs, "user_cache_path", lambda *_, **__: Path("~/.cache/anpham"))
    cache = Cache(folders.cache())
    cache.put(key("a"), b"data")
    assert cache.refused
    assert list(tmp_path.iterdir()) == []


def test_the_command_says_where_and_how_much(run, cache):
    cache.put(key("a"), bytes(1_999_960))
    done = run()
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        f"Kho tạm: {cache.folder}",
        "Đang giữ 1 phần sách đã dàn trang, 2 MB (nhiều nhất 512 MB).",
    ]


def test_the_command_speaks_english_when_asked(run, cache, monkeypatch):
    monkeypatch.setenv("ANPHAM_LANG", "en")
    cache.put(key("a"), bytes(1_260_000))
    cache.put(key("b"), b"")
    assert run().stdout.splitlines() == [
        f"Cache: {cache.folder}",
        "It keeps 2 parts of books set before, 1.3 MB (at most 512 MB).",
    ]
    assert run("--clear").stdout == "The cache is empty: 2 parts of books thrown away, 1.3 MB freed.\n"
    assert "It keeps 0 parts of books set before, 0 kB" in run().stdout


def test_the_command_empties_the_cache(run, cache):
    cache.put(key("a"), bytes(1200))
    done = run("--clear")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout == "Đã dọn kho tạm: bỏ 1 phần sách đã dàn trang, lấy lại 2 kB.\n"
    assert cache.get(key("a")) is None


def test_a_machine_without_a_cache_is_told_so_and_gets_none(run, tmp_path):
    assert "Đang giữ 0 phần" in run().stdout
    assert "bỏ 0 phần" in run("--clear").stdout
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("words", "code"), [((), "FILE_UNREADABLE"), (("--clear",), "SHELF_DENIED")])
def test_a_disk_that_refuses_the_command_is_a_problem(run, cache, words, code):
    cache.folder.parent.mkdir()
    cache.folder.write_bytes(b"mine")
    done = run(*words)
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.splitlines()[0].startswith(f"{cache.folder}: lỗi {code}: ")
    assert "Traceback" not in done.stderr
    assert cache.folder.read_bytes() == b"mine"


@pytest.mark.parametrize(
    ("size", "vi"),
    [
        (0, "0 kB"),
        (1, "1 kB"),
        (999_000, "999 kB"),
        (1_000_000, "1 MB"),
        (3_400_000, "3,4 MB"),
        (512_000_000, "512 MB"),
    ],
)
def test_sizes_are_written_for_people(size, vi):
    assert amount(size, Words("vi")) == vi
    assert amount(size, Words("en")) == vi.replace(",", ".")


def test_help_does_without_the_folder_of_the_cache(root):
    script = (
        "import sys, contextlib\nfrom builder.cli import app\n"
        "with contextlib.suppress(SystemExit):\n    app(['--help'])\nprint('platformdirs' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "False"
