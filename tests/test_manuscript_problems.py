"""Every code has its words in two languages, its function, and its smallest example.

``problems/<CODE>/`` is a source folder with one mistake and ``expected.txt``, the lines the program prints for it.
Codes that come of no source folder stand in ``problems/elsewhere.toml`` with the test that shows them.
"""

import ast
import shutil
import string
import tomllib
from pathlib import Path

import pytest

from builder import manuscript, problems
from builder.problems import Place, Problem, Problems, Severity

TESTS = Path(__file__).parent
EXAMPLES = TESTS / "problems"
FOLDERS = sorted(path.name for path in EXAMPLES.iterdir() if path.is_dir())
ELSEWHERE = tomllib.loads((EXAMPLES / "elsewhere.toml").read_text("utf-8"))
LANGUAGES = ("vi", "en")


def read(folder):
    try:
        return manuscript.read(folder)[1]
    except Problems as error:
        return error.problems


def codes_in(language):
    return {code for code in problems.messages(language) if code.isupper()}


def codes_made():
    """The codes that functions of ``problems`` make."""
    names = {"error", "warning", "info", "make"}
    files = sorted(Path(problems.__file__).parent.glob("*.py"))
    calls = [
        node
        for file in files
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names
    ]
    first = [call.args[0] for call in calls if call.args]
    return {argument.value for argument in first if isinstance(argument, ast.Constant)}


@pytest.mark.parametrize("code", FOLDERS)
def test_the_smallest_example_says_what_is_expected(tmp_path, code):
    source = shutil.copytree(EXAMPLES / code, tmp_path / "vi-du")
    lines = [problem.line().replace(f"{source.as_posix()}/", "") for problem in read(source)]
    assert lines == (EXAMPLES / code / "expected.txt").read_text("utf-8").splitlines()
    assert f" {code}: " in lines[0]


def test_catalogues_functions_and_examples_hold_the_same_codes():
    elsewhere = {code for entry in ELSEWHERE.values() for code in entry["codes"]}
    tables = {*problems.LANGUAGE, *problems.FINISHED}
    assert codes_in("vi") == codes_in("en") == codes_made() | tables
    assert not codes_made() & tables
    assert codes_in("vi") == {*FOLDERS, *elsewhere}
    assert not elsewhere.intersection(FOLDERS)


@pytest.mark.parametrize("name", sorted(ELSEWHERE))
def test_an_example_elsewhere_is_where_it_is_said_to_be(name):
    text = (TESTS / name).read_text("utf-8")
    assert [code for code in ELSEWHERE[name]["codes"] if code not in text] == []
    assert ELSEWHERE[name]["why"]


def test_there_are_enough_codes():
    assert len(FOLDERS) > 35


@pytest.mark.parametrize("code", sorted(codes_in("vi")))
def test_both_languages_fill_the_same_slots(code):
    def slots(words):
        return {name for _, name, _, _ in string.Formatter().parse(words) if name is not None}

    vi, en = (problems.messages(language)[code] for language in LANGUAGES)
    titled = {"title"} if code in problems.LANGUAGE else set()
    reasoned = {"matters"} if code in problems.FINISHED else set()
    assert set(vi) == set(en) == {"sentence", "way_out"} | titled | reasoned
    assert slots(vi.get("matters", "")) == slots(en.get("matters", ""))
    assert slots(vi["sentence"] + vi["way_out"]) == slots(en["sentence"] + en["way_out"])
    assert vi["sentence"].endswith((".", "!", "?")) or "{" in vi["sentence"]


def test_a_missing_folder(tmp_path):
    with pytest.raises(Problems) as caught:
        manuscript.read(tmp_path / "khong-co")
    assert [problem.code for problem in caught.value.problems] == ["SOURCE_MISSING"]


def test_a_folder_whose_name_cannot_be_an_address(tmp_path):
    source = tmp_path / "Chương trình Đảng"
    source.mkdir()
    (source / "program.md").write_text("Điều 1. A\n\nB.\n", "utf-8")
    (problem,) = read(source)
    assert problem.code == "SLUG_BAD"
    assert dict(problem.values)["suggestion"] == "chuong-trinh-dang"


def test_a_file_that_is_too_large(tmp_path):
    source = tmp_path / "to"
    source.mkdir()
    with (source / "program.md").open("wb") as file:
        file.truncate(20_000_001)
    assert [problem.code for problem in read(source)] == ["FILE_BIG"]


def test_a_file_that_cannot_be_opened(tmp_path, monkeypatch):
    source = tmp_path / "khoa"
    source.mkdir()
    (source / "program.md").write_text("Điều 1. A\n\nB.\n", "utf-8")

    def refuse(_path):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert [problem.code for problem in read(source)] == ["FILE_UNREADABLE"]


def test_a_folder_that_cannot_be_looked_into(tmp_path, monkeypatch):
    source = tmp_path / "khoa"
    source.mkdir()

    def refuse(path):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "iterdir", refuse)
    assert [(problem.code, problem.place.file) for problem in read(source)] == [("FILE_UNREADABLE", str(source))]


def test_a_missing_programme_is_told_beside_other_mistakes(tmp_path):
    source = tmp_path / "thieu"
    source.mkdir()
    (source / "publication.yaml").write_text("tile: A\n", "utf-8")
    assert {problem.code for problem in read(source)} == {"KEY_UNKNOWN", "PROGRAM_MISSING"}


def test_ten_mistakes_are_ten_problems(tmp_path):
    source = tmp_path / "muoi"
    (source / "commentary").mkdir(parents=True)
    articles = "\n\n".join(f"Điều {number}. A\n\nB." for number in range(2, 12, 2))
    (source / "program.md").write_text(articles, "utf-8")
    notes = "\n\n".join(f"## Điều {number}\n\nC." for number in range(21, 25))
    (source / "commentary" / "a.md").write_text(notes, "utf-8")
    (source / "publication.yaml").write_text("tile: A\n", "utf-8")
    assert len(read(source)) == 10


def test_what_was_measured_is_said_with_the_comma_or_the_point_of_the_language():
    cut, size = problems.edge_cut(Place("a"), (1,), 4.5, 3.82), problems.page_size(Place("a"), 1, 2.5, 1234.56)
    assert ("3,8 mm" in cut.sentence("vi"), "4,5 mm" in cut.sentence("vi")) == (True, True)
    assert ("3.8 mm" in cut.sentence("en"), "4.5 mm" in cut.sentence("en")) == (True, True)
    assert ("2,5 × 1234,6 mm" in size.sentence("vi"), "2.5 × 1234.6 mm" in size.sentence("en")) == (True, True)
    outside = problems.text_outside(Place("a"), 3, "chữ", 1.25)
    assert ("1,2" in outside.sentence("vi"), "1.2" in outside.sentence("en")) == (True, True)


def test_problems_come_in_the_order_a_person_works():
    late, early = Place("b.md", 2, 1), Place("a.md", 10, 1)
    found = [
        Problem("X", Severity.ERROR, late),
        Problem("X", Severity.ERROR, early),
        Problem("X", Severity.ERROR, late),
    ]
    assert [problem.place for problem in problems.in_order(found)] == [early, late]


def test_a_line_says_all_of_it_in_either_language():
    problem = problems.key_unknown(Place("publication.yaml", 2, 1), "tile", ["title", "toc"])
    assert problem.line() == (
        "publication.yaml:2:1: lỗi KEY_UNKNOWN: Không có khóa “tile”. "
        "Cách sửa: dùng một trong các khóa gần nhất: title."
    )
    assert problem.line("en").startswith("publication.yaml:2:1: error KEY_UNKNOWN: There is no key “tile”.")


def test_what_is_quoted_stays_on_one_short_line():
    problem = problems.html_raw(Place("program.md", 1, 1), "<b>\n" * 1000)
    assert "\n" not in problem.line()
    assert len(problem.line()) < 600


@pytest.mark.parametrize(
    ("reason", "vi", "en"),
    [
        ("Is a directory", "đây là thư mục, không phải tệp", "it is a folder, not a file"),
        ("No such device", "máy báo: No such device", "the system says: No such device"),
    ],
)
def test_why_a_file_cannot_be_opened_is_said_in_the_readers_language(reason, vi, en):
    problem = problems.file_unreadable(Place("a.pdf"), OSError(1, reason))
    assert vi in problem.sentence("vi")
    assert en in problem.sentence("en")


def test_both_languages_know_the_same_refusals():
    vi, en = (problems.messages(language)["refusals"] for language in LANGUAGES)
    assert vi.keys() == en.keys()
