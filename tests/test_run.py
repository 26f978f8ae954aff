"""`./run` on machines of every kind: each is a folder of stand-in commands that write down how they were called."""

import os
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

pytestmark = pytest.mark.skipif(os.name != "posix", reason="./run is for a POSIX shell")

EVERYDAY = ("cat", "chmod", "cmp", "cp", "dirname", "env", "grep", "ln", "mkdir", "readlink", "rm", "rmdir", "sleep")

PYTHON = """#!/bin/sh
echo "python $*" >>"$RECORD"
case "$*" in
    "-c import ensurepip"*) exit "${PYTHON_IS_OLD:-0}" ;;
    "-c import sys"*) if [ "${PYTHON_IS_OLD:-0}" = 1 ]; then exit 1; fi; echo python3.12-venv ;;
    "-m venv --clear "*) rm -rf "$4"; mkdir -p "$4/bin"; sleep 0.2; cp "$0" "$4/bin/python" ;;
    "-m pip "*"--editable "*)
        printf '#!/bin/sh\\nprintf "<%%s>" "$@"\\nexit "${ANPHAM_ENDS:-0}"\\n' >"${0%/*}/anpham"
        chmod +x "${0%/*}/anpham" ;;
    "-m pip "*) echo "pip is chatty"; exit "${PIP_ENDS:-0}" ;;
    "-m pytest"*) echo tested ;;
    *benchmarks/bench.py*) echo measured ;;
esac
"""
APT_GET = """#!/bin/sh
echo "apt-get $*" >>"$RECORD"
echo "apt-get is chatty"
for word; do
    case $word in
        libpango-1.0-0) : >"$ANPHAM_LIBRARIES/libpango-1.0.so.0" ;;
        libpangoft2-1.0-0) : >"$ANPHAM_LIBRARIES/libpangoft2-1.0.so.0" ;;
        libharfbuzz-subset0) : >"$ANPHAM_LIBRARIES/libharfbuzz-subset.so.0" ;;
    esac
done
exit "${APT_ENDS:-0}"
"""
APT_CACHE = """#!/bin/sh
case $2 in chromium) echo '  Candidate: (none)' ;; *) echo '  Candidate: 1.0-1' ;; esac
"""
SUDO = """#!/bin/sh
echo "sudo $1" >>"$RECORD"
exec "$@"
"""
NPM = """#!/bin/sh
echo "npm $*" >>"$RECORD"
exit "${NPM_ENDS:-0}"
"""
LIBRARIES = ("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0")


@dataclass
class Machine:
    """A checkout, the commands on the path, the libraries, and what was called."""

    home: Path
    checkout: Path = field(init=False)

    def __post_init__(self):
        for folder in ("bin", "lib"):
            (self.home / folder).mkdir()
        self.checkout = self.home / "một bản sao"
        self.checkout.mkdir()
        for name in ("run", "requirements.lock", "requirements-dev.lock", "requirements-bench.lock", "pyproject.toml"):
            shutil.copy(ROOT / name, self.checkout)
        for name in EVERYDAY:
            (self.home / "bin" / name).symlink_to(shutil.which(name))
        self.put("id", "#!/bin/sh\necho 0\n")
        self.put("python3", PYTHON)
        for name in LIBRARIES:
            (self.home / "lib" / name).touch()

    def put(self, name, script):
        file = self.home / "bin" / name
        file.write_text(script, "utf-8")
        file.chmod(0o755)

    def take(self, *names):
        for name in names:
            (self.home / "lib" / name).unlink()

    def start(self, *words, **environment):
        surroundings = {
            "PATH": str(self.home / "bin"),
            "RECORD": str(self.home / "record"),
            "ANPHAM_LIBRARIES": str(self.home / "lib"),
        }
        return subprocess.Popen(
            [self.checkout / "run", *words],
            cwd=self.home,
            env=surroundings | environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def run(self, *words, **environment):
        process = self.start(*words, **environment)
        out, err = process.communicate(timeout=60)
        return subprocess.CompletedProcess(words, process.returncode, out, err)

    def calls(self, start=""):
        """The calls made since it was last asked that begin like this."""
        record = self.home / "record"
        said = record.read_text("utf-8").splitlines() if record.exists() else []
        record.unlink(missing_ok=True)
        return [line for line in said if line.startswith(start)]


@pytest.fixture
def machine(tmp_path):
    return Machine(tmp_path)


@pytest.fixture
def debian(machine):
    machine.put("apt-get", APT_GET)
    machine.put("apt-cache", APT_CACHE)
    return machine


def test_the_first_call_makes_the_venv_from_the_lock_and_runs_the_command(machine):
    done = machine.run("build", "nguồn một", "--only", "pdf")
    assert (done.returncode, done.stdout) == (0, "<build><nguồn một><--only><pdf>")
    venv, lock, project = machine.calls("python -m")
    assert venv == f"python -m venv --clear {machine.checkout}/.venv"
    assert "--require-hashes" in lock
    assert lock.endswith(f"-r {machine.checkout}/requirements.lock")
    assert "--no-deps --no-index" in project


def test_the_second_call_asks_neither_python_nor_apt(debian):
    debian.run("--help")
    assert debian.calls()
    assert debian.run("--help").stdout == "<--help>"
    assert debian.calls() == []


def test_the_status_is_the_commands_own(machine):
    assert machine.run("check", ANPHAM_ENDS="1").returncode == 1
    assert machine.run("check", ANPHAM_ENDS="70").returncode == 70


def test_it_installs_only_what_is_missing_in_one_go(debian):
    debian.take("libharfbuzz-subset.so.0")
    done = debian.run("--help")
    assert (done.returncode, done.stdout) == (0, "<--help>")
    update, install = debian.calls("apt-get")
    assert update.endswith(" update")
    assert install.endswith(" install -y --no-install-recommends libharfbuzz-subset0")
    assert "Đang cài gói hệ thống còn thiếu" in done.stderr


def test_without_apt_it_names_what_is_missing_and_stops(machine):
    machine.take("libpango-1.0.so.0", "libharfbuzz-subset.so.0")
    done = machine.run("--help")
    assert (done.returncode, done.stdout) == (3, "")
    assert "Máy này còn thiếu" in done.stderr
    assert ": libpango-1.0-0 libharfbuzz-subset0." in done.stderr
    assert not (machine.checkout / ".venv").exists()
    assert not (machine.checkout / ".venv.lock").is_symlink()


@pytest.mark.parametrize(
    "locale",
    [{"ANPHAM_LANG": "en"}, {"LANG": "en_GB.UTF-8"}, {"LC_ALL": "en_US.UTF-8", "LANG": "vi_VN.UTF-8"}],
    ids=str,
)
def test_it_speaks_english_when_asked(machine, locale):
    machine.take("libpango-1.0.so.0")
    assert "This machine lacks" in machine.run("--help", **locale).stderr


@pytest.mark.parametrize("locale", [{}, {"LANG": "C.UTF-8"}, {"ANPHAM_LANG": "vi", "LANG": "en_GB.UTF-8"}], ids=str)
def test_it_speaks_vietnamese_otherwise(machine, locale):
    machine.take("libpango-1.0.so.0")
    assert "Máy này còn thiếu" in machine.run("--help", **locale).stderr


def test_python_that_is_too_old_is_named(machine):
    done = machine.run("--help", PYTHON_IS_OLD="1")
    assert done.returncode == 3
    assert ": python3.11 python3.11-venv." in done.stderr


def test_python_that_is_not_there_is_named(machine):
    (machine.home / "bin/python3").unlink()
    done = machine.run("--help")
    assert done.returncode == 3
    assert ": python3 python3-venv." in done.stderr


def test_an_install_that_fails_names_what_is_missing(debian):
    debian.take("libpango-1.0.so.0")
    debian.put("apt-get", "#!/bin/sh\nexit 100\n")
    done = debian.run("--help")
    assert done.returncode == 3
    assert ": libpango-1.0-0." in done.stderr


def test_whoever_is_not_root_uses_sudo(debian):
    debian.take("libpango-1.0.so.0")
    debian.put("id", "#!/bin/sh\necho 1000\n")
    assert debian.run("--help").returncode == 3
    assert debian.calls("apt-get") == []
    debian.put("sudo", SUDO)
    assert debian.run("--help").returncode == 0
    assert debian.calls("sudo") == ["sudo env", "sudo env"]


def test_standard_output_is_the_commands_alone(debian):
    debian.take("libpango-1.0.so.0")
    done = debian.run("build", "--json")
    assert done.stdout == "<build><--json>"
    assert "is chatty" in done.stderr


def test_a_venv_broken_off_half_way_is_made_again(machine):
    assert machine.run("--help", PIP_ENDS="1").returncode == 3
    machine.calls()
    assert machine.run("--help").stdout == "<--help>"
    assert len(machine.calls("python -m venv")) == 1


@pytest.mark.parametrize("part", ["bin/python", "bin/anpham", "made-from/requirements.lock", "made-from/root"])
def test_a_venv_that_lost_a_part_is_mended(machine, part):
    machine.run("--help")
    (machine.checkout / ".venv" / part).unlink()
    assert machine.run("--help").stdout == "<--help>"
    machine.calls()
    assert machine.run("--help").stdout == "<--help>"
    assert machine.calls() == []


def test_a_changed_lock_makes_the_venv_again(machine):
    machine.run("--help")
    machine.calls()
    with (machine.checkout / "requirements.lock").open("a") as lock:
        lock.write("# newer\n")
    machine.run("--help")
    assert len(machine.calls("python -m venv")) == 1


def test_a_changed_project_file_installs_the_project_again_and_nothing_else(machine):
    machine.run("--help")
    machine.calls()
    with (machine.checkout / "pyproject.toml").open("a") as project:
        project.write("# newer\n")
    machine.run("--help")
    (only,) = machine.calls("python -m")
    assert "--editable" in only


def test_a_checkout_that_was_moved_makes_the_venv_again(machine):
    machine.run("--help")
    machine.calls()
    machine.checkout = machine.checkout.rename(machine.home / "elsewhere")
    assert machine.run("--help").stdout == "<--help>"
    assert machine.calls("python -m venv") == [f"python -m venv --clear {machine.checkout}/.venv"]


def test_two_calls_at_once_make_one_venv(machine):
    both = [machine.start("a"), machine.start("b")]
    said = [process.communicate(timeout=60)[0] for process in both]
    assert (said, [process.returncode for process in both]) == (["<a>", "<b>"], [0, 0])
    assert len(machine.calls("python -m venv")) == 1


def test_the_lock_of_a_call_that_died_is_taken_away(machine):
    lock = machine.checkout / ".venv.lock"
    lock.symlink_to("999999999")
    assert machine.run("--help").stdout == "<--help>"
    assert not lock.is_symlink()


def test_testing_brings_the_tools_and_hands_pytest_its_words(debian):
    done = debian.run("test", "-k", "hai từ")
    assert (done.returncode, done.stdout) == (0, "tested\n")
    calls = debian.calls()
    (install,) = [call for call in calls if " install -y" in call]
    assert {"default-jdk-headless", "qpdf", "poppler-utils"} <= set(install.split())
    assert "chromium" not in install, "a package the archive does not have would fail them all"
    assert any(call.endswith("requirements-dev.lock") for call in calls)
    assert calls[-1] == "python -m pytest -n auto --dist loadfile --no-loadscope-reorder -k hai từ"


def test_a_venv_for_building_is_kept_when_tests_are_asked_for(machine):
    machine.run("--help")
    machine.calls()
    machine.run("test")
    assert machine.calls("python -m venv") == []
    assert machine.run("--help").stdout == "<--help>"
    assert machine.calls() == []


def test_tests_run_without_what_only_they_would_need(machine):
    done = machine.run("test")
    assert (done.returncode, done.stdout) == (0, "tested\n")
    assert "Sẽ bỏ qua các kiểm thử cần: " in done.stderr


def test_testing_brings_what_npm_has_once(machine):
    machine.put("npm", NPM)
    machine.run("test")
    installs = machine.calls("npm")
    assert [call.split()[-1] for call in installs] == [
        "@daisy/ace@1.4.6",
        "@likecoin/epubcheck-ts@0.7.0",
        "foliate-js@1.0.1",
        "r2-opds-js@1.0.47",
    ]
    assert all("--ignore-scripts" in call for call in installs)
    machine.run("test")
    assert machine.calls("npm") == []
    machine.run("--help")
    assert machine.calls("npm") == []


def test_a_tool_that_npm_broke_off_is_brought_again_and_the_others_are_not(machine):
    machine.put("npm", NPM)
    machine.run("test")
    machine.calls()
    (machine.checkout / ".tools/foliate-js/1.0.1").unlink()
    machine.run("test")
    (install,) = machine.calls("npm")
    assert install.endswith(" foliate-js@1.0.1")


def test_tests_run_when_npm_cannot_bring_its_tools(machine):
    machine.put("npm", NPM)
    done = machine.run("test", NPM_ENDS="1")
    assert (done.returncode, done.stdout) == (0, "tested\n")
    for name in ("Ace", "epubcheck-ts", "foliate-js", "r2-opds-js"):
        assert f"Không cài được {name}" in done.stderr
    assert len(machine.calls("npm")) == 4


def test_measuring_brings_its_tools_and_hands_the_benchmarks_their_words(machine):
    done = machine.run("bench", "--runs", "1", "--out", "kết quả.md")
    assert (done.returncode, done.stdout) == (0, "measured\n")
    calls = machine.calls("python ")
    assert any(call.endswith("requirements-bench.lock") and "--require-hashes" in call for call in calls)
    assert not any(call.endswith("requirements-dev.lock") for call in calls)
    assert calls[-1] == f"python {machine.checkout}/benchmarks/bench.py --runs 1 --out kết quả.md"
    machine.run("bench")
    assert machine.calls("python -m") == []


def test_a_venv_for_building_is_kept_when_measuring_is_asked_for(machine):
    machine.run("test")
    machine.calls()
    machine.run("bench")
    (only,) = machine.calls("python -m")
    assert only.endswith("requirements-bench.lock")
    assert machine.run("test").stdout == "tested\n"
    assert machine.calls("python -m") == ["python -m pytest -n auto --dist loadfile --no-loadscope-reorder"]


def test_measuring_brings_a_peer_once_and_only_when_it_is_wanted(machine):
    machine.put("npm", NPM)
    machine.run("bench", "--skip-peers")
    machine.run("bench", "--help")
    assert machine.calls("npm") == []
    machine.run("bench")
    machine.run("bench")
    (install,) = machine.calls("npm")
    assert install.startswith(f"npm install --prefix {machine.checkout}/.tools/vivliostyle ")
    assert "--ignore-scripts" in install


def test_measuring_goes_on_when_a_peer_cannot_be_had(machine):
    machine.put("npm", NPM)
    done = machine.run("bench", NPM_ENDS="1")
    assert (done.returncode, done.stdout) == (0, "measured\n")
    assert "Không cài được Vivliostyle" in done.stderr


def test_continuous_integration_runs_the_tests_and_nothing_else(machine):
    (machine.checkout / ".ci").mkdir()
    shutil.copy(ROOT / ".ci/run", machine.checkout / ".ci")
    (machine.checkout / "run").write_text('#!/bin/sh\necho "$PWD: $*"\n', "utf-8")
    done = subprocess.run(
        [machine.checkout / ".ci/run"], cwd=machine.home, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert (done.returncode, done.stdout) == (0, f"{machine.checkout}: test\n")
