"""The house files agree: style, types, locks, licence."""

import ast
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from builder import problems

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PIN = re.compile(r"^([\w.-]+)==([^\s;]+)", re.MULTILINE)


def _pins(lock):
    text = (ROOT / lock).read_text("utf-8")
    return {canonicalize_name(name): version for name, version in PIN.findall(text)}


@pytest.mark.parametrize(
    "judge",
    [("ruff", "check", "--quiet"), ("ruff", "format", "--check", "--quiet"), ("mypy", "--no-error-summary")],
    ids=" ".join,
)
def test_style_and_types(judge):
    done = subprocess.run([sys.executable, "-m", *judge], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_exception_to_the_style_says_why():
    lines = (ROOT / "pyproject.toml").read_text("utf-8").partition("[tool.ruff.lint]")[2].splitlines()
    exceptions = [line for line in lines if re.match(r'\s+"[A-Z]+\d*"', line)]
    assert exceptions
    assert [line for line in exceptions if " # " not in line] == []


def _imported(folder):
    """The packages, outside the standard library and the project, that the files of a folder import."""
    trees = [ast.parse(file.read_text("utf-8")) for file in sorted((ROOT / folder).rglob("*.py"))]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module and not node.level}
    own = {"builder", *(file.stem for file in (ROOT / folder).glob("*.py"))}
    return {name.partition(".")[0] for name in names} - sys.stdlib_module_names - own


def _asked(requirements):
    """The distributions asked for, without font packages: those are found by their family, not imported."""
    names = {canonicalize_name(Requirement(each).name) for each in requirements}
    return {name for name in names if not name.startswith("fontpkg-")}


def test_what_the_program_imports_is_what_it_asks_for():
    brought_by = packages_distributions()
    imported = {canonicalize_name(brought_by[name][0]) for name in _imported("builder")}
    assert imported == _asked(PROJECT["project"]["dependencies"])


def test_what_the_tests_import_is_asked_for():
    brought_by = packages_distributions()
    asked = [*PROJECT["project"]["dependencies"], *PROJECT["project"]["optional-dependencies"]["dev"]]
    imported = {canonicalize_name(brought_by[name][0]) for name in _imported("tests") if name in brought_by}
    assert imported >= {"pytest", "hypothesis", "packaging"}
    assert imported - _asked(asked) == set()


@pytest.mark.parametrize(
    ("lock", "extras"), [("requirements.lock", ("checkout",)), ("requirements-dev.lock", ("checkout", "dev"))]
)
def test_a_lock_holds_what_the_project_asks_for(lock, extras):
    asked = list(PROJECT["project"]["dependencies"])
    for extra in extras:
        asked += PROJECT["project"]["optional-dependencies"][extra]
    pins = _pins(lock)
    unmet = [
        each for each in map(Requirement, asked) if pins.get(canonicalize_name(each.name), "") not in each.specifier
    ]
    assert unmet == []


def test_the_locks_pin_the_same_versions():
    small, large = _pins("requirements.lock"), _pins("requirements-dev.lock")
    assert small.items() <= large.items()


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_carries_hashes_and_no_address(lock):
    text = (ROOT / lock).read_text("utf-8")
    entries = re.split(r"^(?=[\w.-]+==)", text, flags=re.MULTILINE)[1:]
    assert [entry.partition(" ")[0] for entry in entries if "--hash=sha256:" not in entry] == []
    assert re.findall(r"--(?:extra-)?index-url|--find-links|\w+://", text) == []


def test_the_licence_is_the_one_ebooklib_asks_for():
    assert PROJECT["project"]["license"] == "AGPL-3.0-or-later"
    assert "GNU AFFERO GENERAL PUBLIC LICENSE" in (ROOT / "LICENSE").read_text("utf-8")


def test_there_is_one_version():
    said = re.search(r'__version__ = "([^"]+)"', (ROOT / "builder/__init__.py").read_text("utf-8"))
    assert said[1] == PROJECT["project"]["version"]


def test_the_readme_shows_what_the_program_says():
    place = problems.Place("sources/cuon-cua-toi/program.md", 14, 1)
    said = problems.number_out_of_sequence(place, "Điều 7.", "Điều 6.", strict=True).line("vi")
    assert f"{said.partition('Cách sửa: ')[0]}Cách sửa: …" in (ROOT / "README.md").read_text("utf-8")


def test_the_readme_leads_to_files_that_are_there():
    text = (ROOT / "README.md").read_text("utf-8")
    named = set(re.findall(r"`((?:builder|layouts|sources|tests|docs)/[\w./-]*)", text)) | {"docs/trang-mau.png"}
    assert len(named) > 8
    assert {name for name in named if not (ROOT / name).exists()} <= {
        "sources/cuon-cua-toi",
        "sources/cuon-cua-toi/program.md",
    }
