"""What a person types and reads: menu, help, wrong lines, answers, statuses."""

import json
import os
import re
import subprocess
import sys
import tomllib
from types import SimpleNamespace

import jsonschema
import pikepdf
import pytest
from typer.main import get_command
from typer.testing import CliRunner

from builder import __version__, problems, shelf
from builder.cli import answers, app, machine, progress, remedies
from builder.cli import build as building
from builder.cli.words import Words, language
from builder.problems import Place, Problem, Problems, Severity
from builder.works.asked import Made, NotAsked, Output, Stage, Step

COMMANDS = tuple(get_command(app).commands)
ENGLISH = re.compile(
    r"\b(usage|options?|commands?|arguments?|show|default|required|missing|error|try|help|exit|message|invalid|such)\b",
    re.IGNORECASE,
)
TYPED = re.compile(r"--[a-z]+|\banpham [a-z]+|^  [a-z]+ ", re.MULTILINE)  # names are English in every language


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Type a command line in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    return lambda *words: CliRunner().invoke(app, list(words))


@pytest.fixture
def books(monkeypatch):
    """Let the works make pretended files; ``books.stop`` is raised instead when it is set."""
    house = SimpleNamespace(stop=None, problems=(), data=b"%PDF", wishes=[])

    def build(source, wish, workshop):
        house.wishes.append((source.name, wish))
        workshop.progress(Step(source.name, "nguoi-du", Stage.PRINT, 1, 2))
        if house.stop:
            raise house.stop
        output = Output("nguoi-du", "pdf", f"{source.name}-nguoi-du.pdf", 8, 1.25, "s", house.data)
        epub = Output("nguoi-du", "epub", f"{source.name}-nguoi-du.epub", None, 0.5, "s", b"PK")
        return Made(source.name, (output, epub), house.problems)

    monkeypatch.setattr(building.works, "build", build)
    return house


def schema(root, name):
    return json.loads((root / "builder" / "schemas" / f"{name}.schema.json").read_text("utf-8"))


def problem(code, severity=Severity.ERROR, line=1):
    return Problem(code, severity, Place("so-tay/program.md", line, 1))


# --- languages ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, "vi"),
        ({"LC_ALL": "C"}, "vi"),
        ({"LC_ALL": "C.UTF-8", "LANG": "en_US.UTF-8"}, "vi"),
        ({"LANG": "POSIX"}, "vi"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LC_ALL": "", "LC_MESSAGES": "en_GB", "LANG": "vi_VN"}, "en"),
        ({"LC_ALL": "fr_FR.UTF-8"}, "vi"),
        ({"LANG": "enm_XX"}, "vi"),
        ({"ANPHAM_LANG": "vi", "LC_ALL": "en_US.UTF-8"}, "vi"),
        ({"ANPHAM_LANG": "en", "LC_ALL": "vi_VN.UTF-8"}, "en"),
    ],
)
def test_the_environment_chooses_the_language(environment, expected):
    assert language(environment) == expected


def flat(table, path=""):
    for key, value in table.items():
        if isinstance(value, dict):
            yield from flat(value, f"{path}{key}.")
        else:
            yield f"{path}{key}", sorted(re.findall(r"\{(\w+)\}", value))


def test_both_languages_say_the_same_things(root):
    tables = [
        tomllib.loads((root / "builder" / "messages" / f"cli.{name}.toml").read_text("utf-8")) for name in ("vi", "en")
    ]
    vietnamese, english = (dict(flat(table | {"menu": table["menu"] | {"lines": {}}})) for table in tables)
    assert vietnamese == english
    assert len(tables[0]["menu"]["lines"]) == len(tables[1]["menu"]["lines"])


def test_every_word_under_a_key_can_be_found():
    words = Words("vi")
    assert words.has("build.done")
    assert not words.has("build")
    assert not words.has("build.nothing")
    with pytest.raises(KeyError):
        words("name.of.nothing")


# --- menu and help --------------------------------------------------------------------------------


def test_anpham_alone_leads_to_every_command(run):
    done = run()
    assert done.exit_code == 0
    assert [name for name in COMMANDS if f"anpham {name}" not in done.stdout] == []
    assert "làm sách" in done.stdout


def test_the_version_is_shown(run):
    done = run("--version")
    assert (done.exit_code, done.stdout) == (0, f"Ấn Phẩm {__version__}\n")


@pytest.mark.parametrize("words", [(), *((name,) for name in COMMANDS)], ids=" ".join)
def test_help_is_vietnamese_throughout(run, words):
    done = run(*words, "--help")
    assert done.exit_code == 0
    assert done.stdout.startswith(f"Cách dùng: {' '.join(('anpham', *words))}")
    assert ENGLISH.findall(TYPED.sub("", done.stdout)) == []


@pytest.mark.parametrize("words", [(), *((name,) for name in COMMANDS)], ids=" ".join)
def test_help_is_english_when_asked(run, monkeypatch, words):
    monkeypatch.setenv("ANPHAM_LANG", "en")
    done = run(*words, "--help")
    assert done.stdout.startswith(f"Usage: {' '.join(('anpham', *words))}")
    assert done.stdout.isascii() or set(filter(lambda letter: not letter.isascii(), done.stdout)) <= set("ẤẩmẩPh…“”×–")


@pytest.mark.parametrize("name", COMMANDS)
def test_help_names_every_option(run, name):
    shown = run(name, "--help").stdout
    options = [each.opts[0] for each in get_command(app).commands[name].params if each.opts[0].startswith("-")]
    assert [option for option in [*options, "--help"] if option not in shown] == []


def test_help_fits_the_terminal(run, monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    assert max(map(len, run("build", "--help").stdout.splitlines())) <= 60


def test_help_starts_none_of_the_engines(root):
    heavy = "{'weasyprint', 'ebooklib', 'tinycss2', 'segno', 'PIL', 'lxml', 'rich', 'pikepdf', 'jinja2', 'uharfbuzz'}"
    script = (
        "import sys, contextlib\nfrom builder.cli import app\n"
        f"with contextlib.suppress(SystemExit):\n    app(['--help'])\nprint('!', *({heavy} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "!"


def test_words_that_the_terminal_does_not_know_do_not_stop_the_program(root):
    script = "from builder.cli import app; app(['--version'])"
    environment = os.environ | {"PYTHONIOENCODING": "ascii"}
    done = subprocess.run([sys.executable, "-c", script], cwd=root, capture_output=True, env=environment, check=False)
    assert (done.returncode, done.stdout.decode("utf-8").strip()) == (0, f"Ấn Phẩm {__version__}")


# --- wrong lines ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["bild"], "không có lệnh “bild”. Có phải ý bạn là “build”?"),
        (["x"], "không có lệnh “x”."),
        (["--bad"], "không có tùy chọn “--bad”."),
        (["build"], "thiếu BẢN_THẢO…."),
        (["build", "x", "--edtion", "a"], "không có tùy chọn “--edtion”. Có phải ý bạn là “--edition”?"),
        (["build", "x", "--shelf"], "tùy chọn “--shelf” cần một giá trị đi kèm."),
        (["build", "x", "--json=1"], "tùy chọn “--json” không nhận giá trị."),
        (
            ["build", "x", "--only", "mobi"],
            "tùy chọn “--only” không nhận “mobi”; chỉ nhận pdf, booklet, press, epub, kepub, azw3.",
        ),
        (["check", "a", "b", "c"], "thừa “b c”."),
        (["import", "a.docx"], "thiếu --into."),
        (["check", ""], "thiếu BẢN_THẢO."),
        (["new", ""], "thiếu THƯ_MỤC."),
        (["build", "a", ""], "thiếu BẢN_THẢO…."),
        (["build", "a", "--shelf", ""], "thiếu --shelf."),
        (["impose", "a.pdf", "--flip", "up"], "tùy chọn “--flip” không nhận “up”; chỉ nhận short, long."),
        (["impose", "a.pdf", "--sheet", "A9"], "không hiểu khổ giấy “A9”"),
    ],
)
def test_a_wrong_line_is_corrected_in_vietnamese(run, words, said):
    done = run(*words)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith(f"Lệnh chưa đúng: {said}")
    assert re.search(r"\nXem hướng dẫn: anpham.* --help\n$", done.stderr)
    assert ENGLISH.findall(TYPED.sub("", done.stderr)) == []


def test_an_edition_that_is_not_there_is_a_wrong_line(run, books):
    books.stop = NotAsked("chu-tri", ("nguoi-du", "chu-lon"))
    done = run("build", "so-tay", "--edition", "chu-tri")
    assert done.exit_code == 2
    assert "“so-tay” không có “chu-tri”; có nguoi-du, chu-lon." in done.stderr


# --- build ----------------------------------------------------------------------------------------


@pytest.mark.usefixtures("books")
def test_a_build_places_its_files_and_names_them(run, tmp_path):
    done = run("build", "so-tay")
    assert done.exit_code == 0
    assert (tmp_path / "shelf" / "so-tay" / "so-tay-nguoi-du.pdf").read_bytes() == b"%PDF"
    assert "so-tay-nguoi-du.pdf   bản đọc, 8 trang" in done.stdout
    assert "Xong: 2 tệp trong shelf/so-tay" in done.stdout
    assert done.stderr.splitlines() == ["so-tay · nguoi-du · In thành trang", "so-tay · Đưa lên giá"]


def test_wishes_reach_the_works(run, books):
    run("build", "a", "b", "--edition", "x", "--edition", "y", "--only", "epub", "--shelf", "kho")
    assert [name for name, _ in books.wishes] == ["a", "b"]
    assert books.wishes[0][1].editions == ("x", "y")
    assert books.wishes[0][1].kinds == ("epub",)


@pytest.mark.usefixtures("books")
def test_verbose_tells_the_time(run):
    done = run("build", "so-tay", "--verbose")
    assert "8 trang, 1,25 giây" in done.stdout
    assert re.search(r"In thành trang  \d+,\d\d giây", done.stderr)


def test_the_answer_for_machines_is_one_object_and_nothing_else(run, books, root):
    books.problems = (problem("PROGRAM_EMPTY", Severity.WARNING),)
    done = run("build", "so-tay", "khac", "--json", "--shelf", "kho")
    answer = json.loads(done.stdout)
    jsonschema.validate(answer, schema(root, "build"))
    assert done.exit_code == 0
    assert answer["publications"] == ["so-tay", "khac"]
    assert answer["outputs"][0] == {
        "slug": "so-tay",
        "edition": "nguoi-du",
        "kind": "pdf",
        "path": "kho/so-tay/so-tay-nguoi-du.pdf",
        "pages": 8,
        "bytes": 4,
        "sha256": shelf.sha256(b"%PDF"),
        "seconds": 1.25,
    }
    assert [each["code"] for each in answer["problems"]] == ["PROGRAM_EMPTY"]


@pytest.mark.parametrize("extra", [(), ("--json",)])
def test_a_failed_build_changes_nothing_and_says_so(run, books, root, tmp_path, extra):
    run("build", "so-tay")
    books.data = b"new"
    books.stop = Problems([problem("PROGRAM_EMPTY", line=9), problem("PROGRAM_MISSING", Severity.WARNING, line=2)])
    done = run("build", "so-tay", *extra)
    assert done.exit_code == 1
    assert (tmp_path / "shelf" / "so-tay" / "so-tay-nguoi-du.pdf").read_bytes() == b"%PDF"
    told = [line for line in done.stderr.splitlines() if " · " not in line]
    assert told[0].startswith("so-tay/program.md:2:1: cần xem lại PROGRAM_MISSING: ")
    assert told[1].startswith(
        "so-tay/program.md:9:1: lỗi PROGRAM_EMPTY: Tệp program.md không có nội dung nào. Cách sửa:"
    )
    assert told[2:] == ["1 lỗi, 1 chỗ cần xem lại", "Chưa xong; bản cũ còn nguyên."]
    if extra:
        jsonschema.validate(answer := json.loads(done.stdout), schema(root, "build"))
        assert (answer["outputs"], len(answer["problems"])) == ([], 2)
    else:
        assert done.stdout == ""


def test_one_faulty_source_keeps_the_others_off_the_shelf(run, monkeypatch, tmp_path):
    def build(source, *_):
        if source.name == "hai":
            raise Problems([problem("PROGRAM_EMPTY")])
        return Made(source.name, (Output("a", "pdf", "a.pdf", 1, 0.0, "s", b"x"),), ())

    monkeypatch.setattr(building.works, "build", build)
    assert run("build", "mot", "hai").exit_code == 1
    assert not (tmp_path / "shelf").exists()


@pytest.mark.usefixtures("books")
def test_a_shelf_that_cannot_be_written_is_a_problem(run, tmp_path, root):
    (tmp_path / "shelf").write_text("a file")
    done = run("build", "so-tay", "--json")
    jsonschema.validate(answer := json.loads(done.stdout), schema(root, "build"))
    assert (done.exit_code, [each["code"] for each in answer["problems"]]) == (1, ["SHELF_DENIED"])


# --- what stops the program -----------------------------------------------------------------------


def test_a_library_that_is_missing_is_named(run, books, monkeypatch):
    monkeypatch.setattr(remedies.shutil, "which", lambda name: name if name == "apt-get" else None)
    books.stop = OSError("cannot load library 'libpango-1.0-0': libpango-1.0-0: cannot open shared object file")
    done = run("build", "so-tay")
    assert (done.exit_code, done.stdout) == (3, "")
    assert done.stderr.splitlines()[-3:] == [
        "Máy này thiếu thư viện libpango-1.0-0.",
        "Cách bổ sung: sudo apt-get install libpango-1.0-0",
        "Xem đầy đủ bằng lệnh: anpham doctor",
    ]


def test_a_python_package_that_is_missing_is_named(run, books):
    books.stop = ModuleNotFoundError("No module named 'pikepdf'", name="pikepdf")
    done = run("build", "so-tay")
    assert done.exit_code == 3
    assert "thiếu gói Python pikepdf" in done.stderr


def test_a_bug_keeps_its_traceback(run, books):
    books.stop = RuntimeError("never thought of")
    done = run("build", "so-tay")
    assert (done.exit_code, done.stdout) == (70, "")
    assert "Traceback" in done.stderr
    assert "RuntimeError: never thought of" in done.stderr
    assert "lỗi của chính nó" in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="Windows removes no folder in which somebody stands")
@pytest.mark.parametrize("words", [("build", "so-tay"), ("publish",), ("preview", "so-tay"), ("serve",)])
def test_whoever_stands_in_a_folder_that_is_gone_is_told_so(tmp_path, monkeypatch, words):
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    done = CliRunner().invoke(app, words)
    monkeypatch.chdir(tmp_path)
    assert done.exit_code == 1
    assert "Traceback" not in done.stderr


def test_a_file_that_cannot_be_read_is_a_problem(run, books):
    books.stop = PermissionError(13, "Permission denied", "so-tay/program.md")
    done = run("build", "so-tay")
    assert done.exit_code == 1
    assert done.stderr.splitlines()[-2].startswith("so-tay/program.md: lỗi FILE_UNREADABLE")


def test_an_interruption_is_no_bug(run, books):
    books.stop = KeyboardInterrupt()
    done = run("build", "so-tay")
    assert done.exit_code == 130
    assert done.stderr.splitlines()[-1] == "Đã dừng; bản cũ còn nguyên."


@pytest.mark.parametrize(
    ("library", "package"),
    [("libpangoft2-1.0-0", "libpangoft2-1.0-0"), ("libharfbuzz-0", "libharfbuzz-subset0"), ("x", "libpango-1.0-0")],
)
def test_a_library_is_brought_by_its_package(monkeypatch, library, package):
    monkeypatch.setattr(remedies.shutil, "which", lambda name: name if name == "apt-get" else None)
    assert remedies.library_remedy(library, Words("vi")) == f"sudo apt-get install {package}"


# --- problems -------------------------------------------------------------------------------------


def test_problems_are_told_in_order_and_counted(capsys):
    found = [
        problem("PROGRAM_EMPTY", line=10),
        problem("PROGRAM_EMPTY", line=9),
        problem("PROGRAM_EMPTY", line=10),
        problem("PROGRAM_MISSING", Severity.INFO, 1),
        problem("PROGRAM_MISSING", Severity.WARNING, 2),
    ]
    answers.tell(found, Words("vi"))
    lines = capsys.readouterr().err.splitlines()
    assert [line.split(":")[1] for line in lines[:-1]] == ["1", "2", "9", "10"]
    assert lines[-1] == "2 lỗi, 1 chỗ cần xem lại, 1 điều ghi nhận"


def test_a_problem_without_a_place_stands_alone():
    said = Problem("PROGRAM_EMPTY", Severity.ERROR, Place()).line("en")
    assert said.startswith("error PROGRAM_EMPTY: ")


def test_on_a_terminal_a_bar_is_drawn(monkeypatch, capsys):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with progress.shown(Words("vi"), lambda: 0.0, quiet=False, verbose=False) as listen:
        listen(Step("so-tay", "nguoi-du", Stage.PRINT, 1, 2))
    assert capsys.readouterr().out == ""


# --- check, new -----------------------------------------------------------------------------------


def test_a_new_source_checks_clean(run, root):
    done = run("new", "so-tay")
    assert done.exit_code == 0
    assert "anpham build so-tay" in done.stdout
    done = run("check", "so-tay")
    assert (done.exit_code, done.stdout, done.stderr) == (0, "Không thấy lỗi nào.\n", "")
    answer = json.loads(run("check", "so-tay", "--json").stdout)
    jsonschema.validate(answer, schema(root, "check"))
    assert answer == {"version": __version__, "slug": "so-tay", "mended": [], "problems": []}


def test_a_check_of_nothing_is_an_error(run, root):
    done = run("check", "khong-co", "--json")
    jsonschema.validate(answer := json.loads(done.stdout), schema(root, "check"))
    assert (done.exit_code, [each["code"] for each in answer["problems"]]) == (1, ["SOURCE_MISSING"])
    assert done.stderr.endswith("\n1 lỗi\n")


def test_a_warning_leaves_status_nought(run, tmp_path):
    run("new", "so-tay")
    (tmp_path / "so-tay" / "ghi-chu.md").write_text("lạc", "utf-8")
    done = run("check", "so-tay")
    assert done.exit_code == 0
    assert "cần xem lại FILE_UNKNOWN" in done.stderr


def test_new_never_overwrites(run, tmp_path):
    run("new", "so-tay")
    (tmp_path / "so-tay" / "program.md").write_text("của tôi", "utf-8")
    done = run("new", "so-tay")
    assert done.exit_code == 1
    assert "lỗi IMPORT_EXISTS" in done.stderr
    assert (tmp_path / "so-tay" / "program.md").read_text("utf-8") == "của tôi"


@pytest.mark.press
def test_what_new_writes_builds(run, root, tmp_path):
    run("new", "so-tay")
    done = run("build", "so-tay", "--json")
    assert done.exit_code == 0, done.output
    jsonschema.validate(answer := json.loads(done.stdout), schema(root, "build"))
    assert answer["problems"] == []
    assert {output["kind"] for output in answer["outputs"]} == {"pdf", "booklet", "card", "epub"}
    for output in answer["outputs"]:
        assert shelf.sha256((tmp_path / output["path"]).read_bytes()) == output["sha256"]


# --- import ---------------------------------------------------------------------------------------


@pytest.fixture
def text(tmp_path):
    """A short programme as people have it."""
    (tmp_path / "a.txt").write_text(
        "QUY ƯỚC THÔN\n\nĐiều 1. Mục đích\n\nĐể học.\n\nĐiều 2. Cách học\n\nĐọc.\n", "utf-8"
    )


@pytest.mark.usefixtures("text")
def test_an_import_without_a_terminal_writes_and_reports(run, tmp_path):
    done = run("import", "a.txt", "--into", "so-tay")
    assert done.exit_code == 0, done.output
    assert re.search(r"program\.md \(\d+ dòng\)", done.stdout)
    assert "→ nếu chưa đúng, sửa title" in done.stdout
    assert "Điều 2" in (tmp_path / "so-tay" / "program.md").read_text("utf-8")
    assert run("check", "so-tay").exit_code == 0


@pytest.fixture
def asked(monkeypatch):
    """A terminal at which somebody answers what ``asked`` is told to."""

    def answering(said):
        def answer(_):
            if said is None:
                raise EOFError
            return said

        terminal = SimpleNamespace(stdin=SimpleNamespace(isatty=lambda: True), maxsize=sys.maxsize)
        monkeypatch.setattr("builder.cli.bring.sys", terminal)
        monkeypatch.setattr("builtins.input", answer)

    return answering


@pytest.mark.usefixtures("text")
@pytest.mark.parametrize(("said", "written"), [("c", True), ("Có", True), ("k", False), ("", False)])
def test_an_import_on_a_terminal_asks_first(run, tmp_path, asked, said, written):
    asked(said)
    assert run("import", "a.txt", "--into", "so-tay").exit_code == 0
    assert (tmp_path / "so-tay").exists() is written


@pytest.mark.usefixtures("text")
def test_an_import_that_may_not_ask_writes(run, tmp_path, asked):
    asked("k")
    assert run("import", "a.txt", "--into", "so-tay", "--yes").exit_code == 0
    assert (tmp_path / "so-tay").exists()


@pytest.mark.usefixtures("text")
def test_no_answer_at_all_is_an_interruption(run, tmp_path, asked):
    asked(None)
    assert run("import", "a.txt", "--into", "so-tay").exit_code == 130
    assert not (tmp_path / "so-tay").exists()


def test_an_import_with_an_error_writes_nothing(run, tmp_path):
    (tmp_path / "a.txt").write_bytes(b"\xff\xfe\x00")
    done = run("import", "a.txt", "--into", "so-tay", "--yes")
    assert (done.exit_code, done.stdout) == (1, "")
    assert not (tmp_path / "so-tay").exists()


@pytest.mark.usefixtures("text")
def test_an_import_into_a_folder_in_use_is_refused(run, tmp_path):
    (tmp_path / "so-tay").mkdir()
    (tmp_path / "so-tay" / "mine.txt").write_text("mine")
    done = run("import", "a.txt", "--into", "so-tay", "--yes")
    assert done.exit_code == 1
    assert "lỗi IMPORT_EXISTS" in done.stderr
    assert "Chỉ có trong thư mục: mine.txt." in done.stdout
    assert "Chỉ có trong bản vừa đọc: program.md, publication.yaml." in done.stdout
    assert [path.name for path in (tmp_path / "so-tay").iterdir()] == ["mine.txt"]


@pytest.mark.usefixtures("text")
def test_an_import_that_changes_nothing_says_so(run, tmp_path):
    run("import", "a.txt", "--into", "so-tay")
    (tmp_path / "so-tay" / "glossary.md").write_text("thêm", "utf-8")
    done = run("import", "a.txt", "--into", "so-tay")
    assert (done.exit_code, done.stderr) == (0, "")
    assert "đã có đúng nội dung này" in done.stdout
    assert "glossary.md" in done.stdout


@pytest.mark.usefixtures("text")
def test_an_import_over_an_edited_folder_shows_what_differs(run, tmp_path):
    run("import", "a.txt", "--into", "so-tay")
    program = tmp_path / "so-tay" / "program.md"
    program.write_text(program.read_text("utf-8").replace("Để học.", "Để học\x1b[2J tốt."), "utf-8")
    before = program.read_bytes()
    done = run("import", "a.txt", "--into", "so-tay", "--yes")
    assert (done.exit_code, program.read_bytes()) == (1, before)
    assert "--- so-tay/program.md (đang có)\n+++ so-tay/program.md (bản vừa đọc)\n@@ " in done.stdout
    assert "\n-Để học\ufffd[2J tốt.\n+Để học.\n" in done.stdout
    assert "--into tên-khác" in done.stdout.replace("\n", " ")
    assert "IMPORT_EXISTS" in done.stderr


@pytest.mark.usefixtures("text")
def test_what_cannot_be_compared_is_said_and_kept(run, tmp_path):
    run("import", "a.txt", "--into", "so-tay")
    old = "Điều 1".encode("utf-16")
    (tmp_path / "so-tay" / "program.md").write_bytes(old)
    done = run("import", "a.txt", "--into", "so-tay")
    assert done.exit_code == 1
    assert "+++ so-tay/program.md (bản vừa đọc)\nKhác, nhưng không so từng dòng được" in done.stdout
    assert (tmp_path / "so-tay" / "program.md").read_bytes() == old


def test_a_long_difference_is_cut_unless_all_is_asked_for(run, tmp_path):
    for word in ("cũ", "mới"):
        body = "\n\n".join(f"{number}. Việc {word}." for number in range(1, 61))
        (tmp_path / "a.txt").write_text(f"QUY ƯỚC\n\n{body}\n", "utf-8")
        done = run("import", "a.txt", "--into", "so-tay")
    assert "… còn" in done.stdout
    assert "--all" in done.stdout
    assert "60. Việc mới." not in done.stdout
    whole = run("import", "a.txt", "--into", "so-tay", "--all").stdout
    assert "+60. Việc mới." in whole
    assert "… còn" not in whole


@pytest.mark.usefixtures("text")
def test_an_import_answers_a_machine(run, root, tmp_path):
    (tmp_path / "a.txt").write_text("QUY ƯỚC THÔN\n\nĐiều 1. Mục đích\n\nĐể học.\n\n12\n\nĐiều 3. Cách\n", "utf-8")
    done = run("import", "a.txt", "--into", "so-tay", "--json")
    jsonschema.validate(answer := json.loads(done.stdout), schema(root, "import"))
    assert (done.exit_code, done.stderr, answer["status"], answer["kind"]) == (0, "", "written", "import")
    assert [each["path"] for each in answer["files"]] == ["publication.yaml", "program.md"]
    assert answer["files"][1]["bytes"] == (tmp_path / "so-tay" / "program.md").stat().st_size
    assert [(row["kind"], row["label"], row["confidence"]) for row in answer["rows"]] == [
        ("dieu", "Điều 1.", 100),
        ("text", "", 100),
        ("text", "", 40),
        ("dieu", "Điều 3.", 70),
    ]
    assert "NUM_SEQ" in {each["code"] for each in answer["report"]}
    again = json.loads(run("import", "a.txt", "--into", "so-tay", "--json").stdout)
    jsonschema.validate(again, schema(root, "import"))
    assert again["status"] == "same"


@pytest.mark.usefixtures("text")
def test_a_machine_is_told_of_differences_and_refusals(run, root, tmp_path):
    run("new", "so-tay")
    done = run("import", "a.txt", "--into", "so-tay", "--json")
    jsonschema.validate(answer := json.loads(done.stdout), schema(root, "import"))
    assert (done.exit_code, answer["status"], answer["report"][-1]["code"]) == (1, "differs", "IMPORT_EXISTS")
    assert {each["path"] for each in answer["differences"]["changed"]} == {"program.md", "publication.yaml"}
    (tmp_path / "b.exe").write_bytes(b"MZ\x90\0")
    done = run("import", "b.exe", "--into", "khac", "--json")
    jsonschema.validate(answer := json.loads(done.stdout), schema(root, "import"))
    assert (done.exit_code, answer["status"], [each["code"] for each in answer["report"]]) == (
        1,
        "refused",
        ["INTAKE_KIND"],
    )
    sheet = json.loads(run("import", "a.txt", "--into", "khac", "--review", "bang.csv", "--json").stdout)
    jsonschema.validate(sheet, schema(root, "import"))
    assert (sheet["status"], (tmp_path / "bang.csv").is_file(), (tmp_path / "khac").exists()) == ("sheet", True, False)


@pytest.mark.usefixtures("text")
def test_a_review_is_written_edited_and_followed(run, tmp_path):
    done = run("import", "a.txt", "--into", "so-tay", "--review", "bang.csv")
    assert done.exit_code == 0
    assert "Chưa nhập gì" in done.stdout
    assert "anpham import a.txt --into so-tay --review bang.csv" in done.stdout
    assert not (tmp_path / "so-tay").exists()
    sheet = tmp_path / "bang.csv"
    sheet.write_text(sheet.read_text("utf-8-sig").replace(";lời văn;;Để học.", ";khoản;1.;Để học."), "utf-8")
    before = sheet.read_bytes()
    done = run("import", "a.txt", "--into", "so-tay", "--review", "bang.csv")
    assert done.exit_code == 0, done.output
    assert "\n\n1. Để học.\n" in (tmp_path / "so-tay" / "program.md").read_text("utf-8")
    assert "Làm theo bảng xem lại" in done.stdout
    assert "--review" not in done.stdout
    assert sheet.read_bytes() == before


def test_a_review_copy_has_a_sheet_only_where_one_was_asked_for(run, tmp_path, asked):
    (tmp_path / "nguon").mkdir()
    (tmp_path / "nguon" / "program.md").write_text("Điều 1. Một hai ba.\n\nLời văn ở đây.\n", "utf-8")
    assert run("export", "nguon", "--docx", "ban.docx").exit_code == 0
    asked("b")
    done = run("import", "ban.docx", "--into", "moi")
    assert done.exit_code == 0
    assert not list(tmp_path.glob("*.xlsx"))
    assert not (tmp_path / "moi").exists()
    done = run("import", "ban.docx", "--into", "moi", "--review", "bang.csv")
    assert (done.exit_code, (tmp_path / "bang.csv").is_file()) == (0, True)
    assert len((tmp_path / "bang.csv").read_text("utf-8-sig").splitlines()) > 2
    done = run("import", "ban.docx", "--into", "moi", "--review", "bang.csv", "--yes")
    assert done.exit_code == 0, done.stderr
    assert (tmp_path / "moi" / "program.md").is_file()


@pytest.mark.usefixtures("text")
def test_a_review_that_is_wrong_writes_nothing(run, tmp_path):
    run("import", "a.txt", "--into", "so-tay", "--review", "bang.csv")
    sheet = tmp_path / "bang.csv"
    sheet.write_text(sheet.read_text("utf-8-sig").replace(";điều;", ";điềuu kiện;"), "utf-8")
    done = run("import", "a.txt", "--into", "so-tay", "--review", "bang.csv", "--yes")
    assert (done.exit_code, done.stdout, (tmp_path / "so-tay").exists()) == (1, "", False)
    assert "bang.csv:2: lỗi REVIEW_LEVEL: Không hiểu “điềuu kiện” ở cột Loại." in done.stderr


@pytest.mark.usefixtures("text")
@pytest.mark.parametrize("name", ["bang.ods", "a.txt"])
def test_a_review_of_another_kind_is_refused(run, tmp_path, name):
    before = (tmp_path / "a.txt").read_bytes()
    done = run("import", "a.txt", "--into", "so-tay", "--review", name)
    assert done.exit_code == 1
    assert "REVIEW_KIND" in done.stderr
    assert (tmp_path / "a.txt").read_bytes() == before


@pytest.mark.usefixtures("text")
def test_a_sheet_can_be_had_at_the_question(run, tmp_path, asked):
    asked("b")
    (tmp_path / "a-xem-lai.xlsx").write_bytes(b"mine")
    done = run("import", "a.txt", "--into", "so-tay")
    assert "Đã ghi bảng xem lại: a-xem-lai-2.xlsx" in done.stdout
    assert (tmp_path / "a-xem-lai.xlsx").read_bytes() == b"mine"
    assert not (tmp_path / "so-tay").exists()
    asked("c")
    done = run("import", "a.txt", "--into", "so-tay", "--review", "a-xem-lai-2.xlsx")
    assert done.exit_code == 0, done.output
    assert (tmp_path / "so-tay" / "program.md").is_file()


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
@pytest.mark.usefixtures("text")
@pytest.mark.parametrize(
    ("said", "program", "sheet"),
    [(b"c\n", True, False), (b"k\n", False, False), (b"b\n", False, True), (b"\n", False, False)],
)
def test_a_real_terminal_is_asked(root, tmp_path, said, program, sheet):
    import pty  # noqa: PLC0415 - not on Windows

    shown, typed = pty.openpty()
    script = "import sys; from builder.cli import app; app(sys.argv[1:])"
    environment = os.environ | {"PYTHONPATH": str(root), "COLUMNS": "80"}
    words = [sys.executable, "-c", script, "import", "a.txt", "--into", "so-tay"]
    os.write(shown, said)
    done = subprocess.run(
        words, cwd=tmp_path, stdin=typed, stdout=subprocess.PIPE, env=environment, text=True, check=False, timeout=60
    )
    os.close(shown)
    os.close(typed)
    assert done.returncode == 0
    asked = done.stdout.partition("[c/k/b] ")[0]
    assert "\nGhi vào so-tay?\n  c  ghi\n  k  không ghi\n  b  " in asked
    assert max(map(len, asked.splitlines())) <= 80
    assert (tmp_path / "so-tay" / "program.md").exists() is program
    assert (tmp_path / "a-xem-lai.xlsx").exists() is sheet


LONG = "các hộ trong thôn cùng góp sách vào tủ chung của nhà văn hóa, đọc xong thì trả lại"


@pytest.mark.parametrize("columns", [80, 120])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_report_is_grouped_and_fits(run, tmp_path, monkeypatch, columns, language):
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setenv("ANPHAM_LANG", language)
    odd = "\n\n".join(f"*C**h{number}*, {LONG}.\n\n{number}" for number in range(20, 45))
    (tmp_path / "a.md").write_text(f"# Quy ước\n\n<!-- ghi nhớ -->\n\nĐiều 1. Một\n\n{odd}\n\nĐiều 3. Ba\n", "utf-8")
    said = run("import", "a.md", "--into", "so-tay").stdout
    assert max(map(len, said.splitlines())) <= columns
    groups = {
        "vi": ("Nhận ra", "Đã chuyển", "Đã bỏ", "Chưa chắc"),
        "en": ("Recognised", "Converted", "Left out", "Not sure"),
    }
    at = [said.index(f"\n{group}\n") for group in groups[language]]
    assert at == sorted(at)
    assert said.count("*C**h") == 4  # of one code; the others are counted
    assert ("và 21 chỗ nữa" if language == "vi" else "and 21 more") in said
    assert ("26 đoạn chưa chắc" if language == "vi" else "26 pieces are doubtful") in said
    assert said.count(" 40 %") == 20  # then the others are counted
    assert ("trong đó 6 chưa chắc" if language == "vi" else "6 of them doubtful") in said
    assert "add --review" in said or "thêm --review" in said
    whole = run("import", "a.md", "--into", "so-tay-2", "--all").stdout
    assert (whole.count(" 40 %"), whole.count(" 70 %")) == (25, 1)
    assert whole.count("*C**h") >= 25


# --- impose, layouts, doctor ----------------------------------------------------------------------


@pytest.fixture
def pdf(tmp_path):
    document = pikepdf.new()
    for _ in range(6):
        document.add_blank_page(page_size=(420, 595))
    document.save(tmp_path / "a.pdf")
    return tmp_path / "a.pdf"


@pytest.mark.usefixtures("pdf")
def test_any_pdf_becomes_a_booklet(run, tmp_path):
    done = run("impose", "a.pdf")
    assert done.exit_code == 0, done.output
    assert done.stdout.splitlines() == [
        "Đã sắp 2 tờ 297 × 210 mm vào a-booklet.pdf.",
        "Thêm 2 trang trắng (trang 6, 7).",
        "In hai mặt, lật cạnh ngắn, cỡ 100 %.",
        "Cách in, gấp và bấm, có hình: in a-card.pdf ra mà xem.",
    ]
    with pikepdf.open(tmp_path / "a-card.pdf") as card:
        assert len(card.pages) == 1
    with pikepdf.open(tmp_path / "a-booklet.pdf") as booklet:
        assert len(booklet.pages) == 4


@pytest.mark.usefixtures("pdf")
def test_the_paper_and_the_file_can_be_chosen(run, tmp_path):
    done = run("impose", "a.pdf", "--sheet", "A3", "--flip", "long", "--out", "b.pdf")
    assert "2 tờ 420 × 297 mm vào b.pdf" in done.stdout
    assert "lật cạnh dài" in done.stdout
    assert (tmp_path / "b.pdf").is_file()


@pytest.mark.usefixtures("pdf")
def test_a_printer_fed_by_hand_gets_fronts_and_backs_and_a_cover_its_own_file(run, tmp_path):
    done = run("impose", "a.pdf", "--by-hand", "--cover", "--backs", "reversed,turned", "--back-offset", "0.5,-1")
    assert done.exit_code == 0, done.output
    assert done.stdout.splitlines() == [
        "Đã sắp mặt trước của 1 tờ 297 × 210 mm vào a-fronts.pdf.",
        "Đã sắp mặt sau của 1 tờ ấy vào a-backs.pdf.",
        "Bìa: 1 tờ, in riêng, trong a-booklet-cover.pdf.",
        "Thêm 2 trang trắng (trang 6, 7).",
        "In tệp mặt trước ở cỡ 100 %, nạp lại cả chồng, rồi in tệp mặt sau; thử trước với một tờ.",
        "Lật cả chồng sang bên, như lật trang sách, rồi nạp lại.",
        "Tệp mặt sau đã được xếp theo cách máy nạp giấy của bạn.",
        "Cách in, gấp và bấm, có hình: in a-card.pdf ra mà xem.",
    ]
    for name, pages in (("fronts", 1), ("backs", 1), ("booklet-cover", 2)):
        with pikepdf.open(tmp_path / f"a-{name}.pdf") as sheets:
            assert (len(sheets.pages), sheets.Root.ViewerPreferences.Duplex) == (pages, pikepdf.Name.Simplex)
    assert not (tmp_path / "a-booklet.pdf").exists()


@pytest.mark.usefixtures("pdf")
@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--binding", "side"), "đặt nửa trái lên trên nửa phải"),
        (("--binding", "side", "--copies-per-sheet", "2"), "Mỗi nửa chồng là một cuốn"),
        (("--copies-per-sheet", "2"), "Đã sắp 2 tờ 420 × 297 mm"),
        (("--binding", "signatures", "--sheets-per-signature", "1"), "2 tay: 1, 1 tờ"),
        (("--creep", "in", "--caliper", "0,3"), "dời tới 0,3 mm"),
        (("--creep-total", "1.2", "--paper", "70"), "dời tới 1,2 mm"),
        (("--cover-paper", "250", "--creep", "in"), "dời tới 0,3 mm"),
        (("--rtl", "--keep-last", "0", "--marks", "crop,fold", "--keep-colours"), "trang 7, 8"),
        (("--scale", "fit", "--edge", "4"), "Đã sắp 2 tờ"),
    ],
)
def test_the_binding_can_be_chosen(run, options, said):
    done = run("impose", "a.pdf", *options)
    assert (done.exit_code, done.stderr) == (0, "")
    assert said in done.stdout


@pytest.mark.usefixtures("pdf")
@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--binding", "perfect"), "“--binding” không nhận “perfect”; chỉ nhận saddle, signatures, side"),
        (("--sheets-per-signature", "0"), "“--sheets-per-signature” không nhận “0”; chỉ nhận số từ 1 đến 16"),
        (("--sheets-per-signature", "٣"), "không nhận “٣”"),
        (("--keep-last", "-1"), "chỉ nhận số từ 0 đến 8"),
        (("--copies-per-sheet", "3"), "chỉ nhận 1, 2"),
        (("--paper", "1000"), "chỉ nhận số từ 40 đến 400"),
        (("--caliper", "nan"), "“--caliper” không nhận “nan”"),
        (("--caliper", "0"), "chỉ nhận số từ 0,02 đến 50"),
        (("--creep", "up"), "chỉ nhận auto, off, in, out, center"),
        (("--back-offset", "11,0"), "không hiểu độ lệch “11,0”"),
        (("--edge", "21"), "từ 0 đến 20"),
        (("--back-offset", "1"), "viết hai số đo bằng mm"),
        (("--back-offset", "1,x"), "không hiểu độ lệch “1,x”"),
        (("--backs", "reversed"), "“--backs” chỉ đi cùng “--by-hand”"),
        (("--by-hand", "--backs", "sideways"), "chỉ nhận reversed, turned"),
        (("--marks", "crop,,fold"), "“--marks” không nhận “crop,,fold”"),
        (("--scale", "90"), "chỉ nhận 100, fit"),
    ],
)
def test_a_value_that_cannot_be_meant_is_said(run, options, said):
    done = run("impose", "a.pdf", *options)
    assert (done.exit_code, done.stdout) == (2, "")
    assert said in done.stderr


def test_the_small_line_names_the_file_and_is_no_text(run, pdf, tmp_path):
    done = run("impose", "a.pdf", "--sheet", "A3", "--marks", "collate")
    assert done.exit_code == 0, done.output
    with pikepdf.open(tmp_path / "a-booklet.pdf") as sheets:
        drawn = sheets.pages[0].Contents.read_bytes()
        assert drawn.count(b" c\n") > 50
        assert b"BT" not in drawn
    assert pdf.is_file()


@pytest.mark.usefixtures("pdf")
def test_the_small_line_is_in_the_words_of_the_layouts_whatever_language_the_screen_speaks(run, tmp_path, monkeypatch):
    sheets = {}
    for spoken in ("vi", "en"):
        monkeypatch.setenv("ANPHAM_LANG", spoken)
        assert run("impose", "a.pdf", "--sheet", "A3", "--marks", "crop").exit_code == 0
        sheets[spoken] = (tmp_path / "a-booklet.pdf").read_bytes()
    assert sheets["vi"] == sheets["en"]


@pytest.mark.usefixtures("pdf")
def test_sheets_and_their_card_are_all_new_or_all_as_they_were(run, tmp_path):
    assert run("impose", "a.pdf", "--by-hand").exit_code == 0
    before = {path.name: path.read_bytes() for path in tmp_path.glob("a-*.pdf")}
    assert set(before) == {"a-fronts.pdf", "a-backs.pdf", "a-card.pdf"}
    (tmp_path / "a-card.pdf").unlink()
    (tmp_path / "a-card.pdf").mkdir()
    done = run("impose", "a.pdf", "--by-hand", "--sheet", "A3")
    assert (done.exit_code, "SHELF_DENIED" in done.stderr) == (1, True)
    assert all((tmp_path / name).read_bytes() == before[name] for name in ("a-fronts.pdf", "a-backs.pdf"))
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".a")]


def test_a_booklet_never_takes_the_place_of_its_pdf(run, pdf):
    before = pdf.read_bytes()
    done = run("impose", "a.pdf", "--out", "./a.pdf")
    assert (done.exit_code, pdf.read_bytes()) == (2, before)
    assert "chính là tệp gốc" in done.stderr


@pytest.mark.parametrize(("content", "code"), [(None, "FILE_MISSING"), (b"no pdf", "PDF_UNREADABLE")])
def test_what_is_no_pdf_is_a_problem(run, tmp_path, content, code):
    if content:
        (tmp_path / "a.pdf").write_bytes(content)
    done = run("impose", "a.pdf")
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.startswith(f"a.pdf: lỗi {code}: ")


def test_layouts_are_listed_with_their_summary(run, root):
    done = run("layouts")
    assert done.exit_code == 0
    names = {path.parent.name for path in (root / "layouts").glob("*/layout.yaml")} - {"base"}
    assert {line.split()[0] for line in done.stdout.splitlines() if not line.startswith("   ")} == names
    assert "Nguyên văn" in done.stdout


def test_a_machine_that_has_everything_is_told_so(run, monkeypatch):
    monkeypatch.setattr(machine, "has_library", lambda _: True)
    done = run("doctor")
    assert done.exit_code == 0, done.stdout
    assert "đủ 134 chữ cái tiếng Việt" in done.stdout
    assert done.stdout.endswith("Máy đã sẵn sàng.\n")


@pytest.mark.parametrize(
    ("manager", "command"),
    [
        ("apt-get", "sudo apt-get install libpango-1.0-0"),
        ("brew", "brew install pango"),
        ("none", "cài gói pango bằng trình quản lý gói của máy"),
    ],
)
def test_what_a_machine_lacks_is_named_with_its_remedy(run, monkeypatch, manager, command):
    monkeypatch.setitem(machine.LIBRARIES, "pango", ("libpango-of-another-world.so.9",))
    monkeypatch.setattr(machine.shutil, "which", lambda name: name if name == manager else None)
    done = run("doctor")
    assert done.exit_code == 3
    assert f"[thiếu] Pango, thư viện dàn chữ\n    Cách bổ sung: {command}\n" in done.stdout
    assert "[nên có] Java" in done.stdout
    assert "[nên có] veraPDF" in done.stdout
    assert "https://verapdf.org/" in done.stdout


def test_fonts_that_are_lacking_are_named(run, monkeypatch):
    def lack(_):
        raise Problems([problems.font_unknown(Place("fonts/roles.toml"), "Noto Serif", "fontpkg-noto-serif")])

    monkeypatch.setattr("builder.fonts.roles", lack)
    done = run("doctor")
    assert done.exit_code == 3
    assert "fontpkg-noto-serif" in done.stdout
