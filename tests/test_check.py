"""``anpham check`` and ``anpham lock`` as a person and as an editor use them: shown, told to a machine, mended."""

import json
import re
import subprocess

import jsonschema
import pytest
from typer.testing import CliRunner

from builder.cli import app
from builder.cli.excerpt import excerpt

PROGRAMME = '# Quy ước\n\nĐiều 1. Phạm vi\n\nLàng  giữ nếp sống đẹp ,vui "khỏe" và đươc học.\n'
COMMENTARY = "## Điều 1\n\nBà con  hỏi ,chi bộ trả lời... Hoà thuận thì đựơc việc. Hòa bình, khỏe mạnh.\n"


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    return lambda *words: CliRunner().invoke(app, list(words))


@pytest.fixture
def source(tmp_path):
    folder = tmp_path / "quy-uoc"
    (folder / "commentary").mkdir(parents=True)
    (folder / "program.md").write_text(PROGRAMME, "utf-8")
    (folder / "commentary" / "01.md").write_bytes(COMMENTARY.replace("\n", "\r\n").encode())
    return folder


def texts(source):
    return {path.name: path.read_bytes().decode() for path in sorted(source.rglob("*.md"))}


@pytest.mark.usefixtures("source")
def test_each_problem_is_shown_where_it_stands(run):
    done = run("check", "quy-uoc")
    assert done.exit_code == 0  # warnings only
    shown = re.search(r"program\.md:5:39: cần xem lại TONE_STOP: .*\n(.*)\n(.*)\n", done.stderr)
    assert shown[1] == '  5 │ Làng  giữ nếp sống đẹp ,vui "khỏe" và đươc học.'
    assert shown[2].index("^") == shown[1].index("đươc")
    assert shown[2].strip(" │") == "^^^^"


@pytest.mark.usefixtures("source")
def test_all_is_summed_up_in_one_table(run):
    done = run("check", "quy-uoc")
    table = done.stderr[done.stderr.index("Mã ") :].splitlines()
    assert table[0].split() == ["Mã", "Mức", "Số", "chỗ", "--fix", "Là", "gì"]
    assert ["SP_DOUBLE", "cần", "xem", "lại", "2", "2"] in [line.split()[:6] for line in table]
    assert ["TONE_STOP", "cần", "xem", "lại", "1", "–"] in [line.split()[:6] for line in table]
    assert table[-1] == "9 chỗ cần xem lại, 1 điều ghi nhận"


def test_of_many_alike_the_first_are_shown_and_the_others_counted(run, source):
    (source / "commentary" / "01.md").write_text("## Điều 1\n\n" + "Một  việc nhỏ.\n\n" * 30, "utf-8")
    done, everything = run("check", "quy-uoc"), run("check", "quy-uoc", "--all")
    assert done.stderr.count("lại SP_DOUBLE:") == 20
    assert "Mỗi mã chỉ kể 20 chỗ đầu" in done.stderr
    assert everything.stderr.count("lại SP_DOUBLE:") == 31
    assert "chỉ kể" not in everything.stderr


def test_a_difference_is_shown_and_nothing_is_written(run, source, tmp_path):
    before = texts(source)
    done = run("check", "quy-uoc", "--diff")
    assert texts(source) == before
    assert "\n-Bà con  hỏi ,chi bộ trả lời... Hoà thuận thì đựơc việc." in done.stdout
    assert "\n+Bà con hỏi, chi bộ trả lời… Hoà thuận thì được việc." in done.stdout
    patched = subprocess.run(
        ["git", "apply", "-p0", "--unsafe-paths", "-"],
        input=done.stdout_bytes,
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )
    assert patched.returncode == 0, patched.stderr
    by_patch = texts(source)
    for name, text in before.items():
        next(source.rglob(name)).write_bytes(text.encode())
    run("check", "quy-uoc", "--fix")
    assert texts(source) == by_patch


def test_a_fix_mends_what_is_beyond_doubt_and_nothing_else(run, source):
    done = run("check", "quy-uoc", "--fix")
    assert texts(source) == {
        "01.md": "## Điều 1\r\n\r\nBà con hỏi, chi bộ trả lời… Hoà thuận thì được việc. Hòa bình, khỏe mạnh.\r\n",
        # the programme gets spaces alone: its comma, its quotation marks and its words are not ours
        "program.md": PROGRAMME.replace("Làng  giữ", "Làng giữ"),
    }
    assert "Đã sửa: quy-uoc/program.md, quy-uoc/commentary/01.md." in done.stdout
    assert "SP_DOUBLE" not in done.stderr
    assert run("check", "quy-uoc", "--fix").stdout == "Không có chỗ nào sửa được một cách chắc chắn.\n"


def test_the_programme_is_mended_when_asked(run, source):
    run("check", "quy-uoc", "--fix-source")
    assert texts(source)["program.md"].splitlines()[-1] == "Làng giữ nếp sống đẹp, vui “khỏe” và đươc học."


@pytest.mark.parametrize(("style", "words"), [("old", ["Hòa", "Hòa", "khỏe"]), ("new", ["Hoà", "Hoà", "khoẻ"])])
def test_tones_are_rewritten_in_commentary_only(run, source, style, words):
    run("check", "quy-uoc", "--fix-tones", style)
    assert re.findall("H[òo][aà]|kh[oỏ][eẻ]", texts(source)["01.md"]) == words
    assert "khỏe" in texts(source)["program.md"]


@pytest.mark.usefixtures("source")
def test_a_style_that_there_is_not_is_said(run):
    done = run("check", "quy-uoc", "--fix-tones", "mới")
    assert done.exit_code == 2
    assert "“mới” không có" in done.stderr


@pytest.mark.usefixtures("source")
def test_a_machine_is_told_with_places_and_mends(run, root):
    done = run("check", "quy-uoc", "--json")
    answer = json.loads(done.stdout)
    jsonschema.validate(answer, json.loads((root / "builder/schemas/check.schema.json").read_text("utf-8")))
    found = {each["code"]: each for each in answer["problems"] if each["file"].endswith("01.md")}
    misplaced = found["SYL_MISPLACED"]
    assert misplaced["mend"] == "được"
    assert misplaced["excerpt"][misplaced["column"] - 1 : misplaced["end_column"] - 1] == "đựơc"
    assert answer["mended"] == []
    after = json.loads(run("check", "quy-uoc", "--json", "--fix").stdout)
    assert after["mended"] == ["quy-uoc/program.md", "quy-uoc/commentary/01.md"]
    assert not [each for each in after["problems"] if each["mend"] and "commentary" in each["file"]]


@pytest.mark.usefixtures("source")
def test_an_editor_is_told_in_sarif(run):
    log = json.loads(run("check", "quy-uoc", "--sarif").stdout)
    assert (log["version"], log["$schema"].rsplit("/", 1)[1]) == ("2.1.0", "sarif-schema-2.1.0.json")
    (told,) = log["runs"]
    rules = [rule["id"] for rule in told["tool"]["driver"]["rules"]]
    assert told["columnKind"] == "unicodeCodePoints"
    for result in told["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note")
        assert result["message"]["text"]
    place = next(each for each in told["results"] if each["ruleId"] == "SYL_MISPLACED")
    region = place["locations"][0]["physicalLocation"]["region"]
    assert place["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "quy-uoc/commentary/01.md"
    assert region["snippet"]["text"][region["startColumn"] - 1 : region["endColumn"] - 1] == "đựơc"
    replacement = place["fixes"][0]["artifactChanges"][0]["replacements"][0]
    assert replacement["insertedContent"] == {"text": "được"}
    assert replacement["deletedRegion"] == {key: region[key] for key in ("startLine", "startColumn", "endColumn")}


@pytest.mark.usefixtures("source")
def test_english_is_spoken_when_asked(run, monkeypatch):
    monkeypatch.setenv("ANPHAM_LANG", "en")
    done = run("check", "quy-uoc")
    assert "look again  1       –      Sắc or nặng is missing" in done.stderr


@pytest.mark.parametrize(
    ("line", "column", "extent", "widest", "expected"),
    [
        ("một hai ba", 5, 3, 60, "  7 │ một hai ba\n    │     ^^^"),
        ("x" * 200, 100, 5, 60, f"  7 │ …{'x' * 52}…\n    │ {' ' * 37}^^^^^"),
        ("một\thai", 4, 0, 60, "  7 │ một hai\n    │    ^"),
        ("", 1, 1, 60, "  7 │ \n    │ ^"),
    ],
)
def test_a_caret_stands_under_what_is_meant(line, column, extent, widest, expected):
    shown = excerpt(line, 7, column, extent, widest)
    assert shown == expected
    assert all(len(each) <= widest for each in shown.splitlines())


def test_a_locked_programme_stops_the_build(run, source):
    done = run("lock", "quy-uoc")
    assert (done.exit_code, done.stdout) == (0, "Đã khóa lời văn của quy-uoc/program.md (ghi vào program.lock).\n")
    assert "vẫn khóa như trước" in run("lock", "quy-uoc").stdout
    assert run("check", "quy-uoc", "--fix").exit_code == 0  # spaces do not break a lock
    path = source / "program.md"
    path.write_text(path.read_text("utf-8").replace("nếp sống", "lối sống"), "utf-8")
    done = run("build", "quy-uoc")
    assert done.exit_code == 1
    assert "program.md:3: lỗi SOURCE_DIFF" in done.stderr or "program.md:3:1: lỗi SOURCE_DIFF" in done.stderr
    assert run("lock", "quy-uoc").exit_code == 0
    assert run("check", "quy-uoc").exit_code == 0
