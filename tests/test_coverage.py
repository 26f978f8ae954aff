"""What commentary speaks of and sessions read: case by case (``cases/coverage.md``), shown, drawn, printed."""

import io
import json
import re
import shutil
import subprocess
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import jsonschema
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from builder import composition, fonts, layout, manuscript, press, problems, proofs, shelf
from builder.cli import app
from builder.composition import Medium
from builder.problems import Place, Problems
from builder.publication import Trim, digest
from builder.publication.coverage import WORDS_PER_MINUTE, Plan, Reach, Share, survey

ROOT = Path(__file__).resolve().parent.parent
CASES = Path(__file__).parent / "cases" / "coverage.md"
BLOCK = r"~~~ {}\n(.*?)~~~\n\n?"
CASE = re.compile(
    r"^## ([^\n]+)\n\n" + "".join(BLOCK.format(name) for name in ("văn bản", "làm rõ", "buổi", "ra")),
    re.MULTILINE | re.DOTALL,
)
SIGNS = {Reach.OWN: "●", Reach.ABOVE: "○", Reach.BELOW: "=", Reach.PARTLY: "~", Reach.NONE: "–"}
SPECIMEN = manuscript.read(ROOT / "tests" / "specimen")[0]
VOID = {"meta", "link", "br", "hr", "img", "input", "col", "wbr"}


def source(folder, programme, notes=(), sessions=(), agenda=""):
    """Write a source folder: commentary on each of ``notes``, a session for each of ``sessions``."""
    for name in ("commentary", "sessions"):
        (folder / name).mkdir(parents=True)
    (folder / "program.md").write_text(programme, "utf-8")
    if notes:
        text = "\n\n".join(f"## {citation}\n\nLời giải thích." for citation in notes)
        (folder / "commentary" / "01.md").write_text(text, "utf-8")
    for number, reads in enumerate(sessions, 1):
        head = f"---\ntitle: Buổi học {number}\nminutes: 60\nreads: {json.dumps(reads, ensure_ascii=False)}\n---\n"
        (folder / "sessions" / f"{number:02}.md").write_text(head + agenda, "utf-8")
    return folder


def articles(count, chapters=1, items=0):
    """Write a programme of so many articles in so many chapters, each with so many numbered items."""
    parts = []
    for number in range(1, count + 1):
        if chapters > 1 and (number - 1) % (count // chapters) == 0:
            roman = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")[(number - 1) // (count // chapters)]
            parts.append(f"Chương {roman}\nNHỮNG QUY ĐỊNH CỦA CHƯƠNG NÀY")
        parts.append(f"Điều {number}. Một việc phải làm trong tổ chức và sinh hoạt của đơn vị")
        parts += [f"{item}. Lời của khoản này có chừng mười tiếng, không hơn." for item in range(1, items + 1)]
        if not items:
            parts.append("Lời của điều này có chừng mười tiếng, không hơn.")
    return "\n\n".join(parts) + "\n"


def surveyed(folder):
    publication, _ = manuscript.read(folder)
    return survey(publication)


def table(coverage):
    """Write a coverage as the cases do."""
    for row in coverage.rows:
        label = row.clause.label.rstrip(".)")
        read = f"{SIGNS[row.sessions.how]}{','.join(map(str, row.sessions.by))}"
        yield f"{'  ' * row.depth}{label} {row.words} {SIGNS[row.notes.how]} {read}"
    sums = [f"{each.covered}/{each.of} {each.percent} %" for each in (coverage.commentary, coverage.reading)]
    yield f"= làm rõ {sums[0]}, buổi {sums[1]}"
    for problem in problems.in_order(proofs.gaps(coverage)):
        yield f"! {problem.code} {problem.place.line} {' '.join(value for _, value in problem.values)}"


EXAMPLES = CASE.findall(CASES.read_text("utf-8"))


@pytest.mark.parametrize(
    ("programme", "notes", "sessions", "expected"),
    [each[1:] for each in EXAMPLES],
    ids=[each[0] for each in EXAMPLES],
)
def test_each_case_is_surveyed_as_written(tmp_path, programme, notes, sessions, expected):
    plan = [line.split(" | ") for line in sessions.splitlines()]
    folder = source(tmp_path / "sach", programme, notes.splitlines(), plan)
    assert list(table(surveyed(folder))) == expected.splitlines()


def test_there_are_cases_and_each_was_found():
    assert len(EXAMPLES) == CASES.read_text("utf-8").count("\n## ") >= 8


@pytest.mark.parametrize(
    ("covered", "of", "percent"), [(0, 0, 0), (0, 9, 0), (1, 1000, 1), (999, 1000, 99), (5, 5, 100)]
)
def test_per_cent_never_say_all_or_nothing_when_it_is_not_so(covered, of, percent):
    assert Share(covered, of, 0, 0).percent == percent
    assert Share(0, 0, covered, of).percent_of_words == percent


def test_a_session_is_measured_by_reading_aloud(tmp_path):
    programme = "Điều 1. Một\n\n" + "tiếng " * (2 * WORDS_PER_MINUTE) + "\n\nĐiều 2. Hai\n\nLời.\n"
    agenda = "## Chương trình\n\n| Việc | Phút |\n|---|---|\n| Đọc | {} |\n"
    folder = source(tmp_path / "sach", programme, (), [["Điều 1"]], agenda.format(40))
    (plan,) = surveyed(folder).plans
    assert (plan.clauses, plan.words, plan.minutes) == (1, 361, 3)  # one word of the title begins the third minute
    assert (plan.session.minutes, plan.agenda, plan.adds_up) == (60, 40, False)
    assert [problem.code for problem in manuscript.read(folder)[1]] == ["SESSION_MINUTES"]


@pytest.mark.parametrize(
    ("minutes", "agenda", "fits"), [(60, 60, True), (60, 0, True), (None, 40, True), (60, 61, False)]
)
def test_an_agenda_is_compared_only_when_both_are_known(tmp_path, minutes, agenda, fits):
    folder = source(tmp_path / "sach", "Điều 1. Một\n\nLời.\n", (), [["Điều 1"]])
    session = replace(surveyed(folder).plans[0].session, minutes=minutes)
    assert Plan(session, 1, 1, agenda).adds_up is fits


# --- condensed ------------------------------------------------------------------------------------


def named(lines):
    return [f"{'  ' * line.depth}{line.label}{'+' if line.open else ''}" for line in lines]


@pytest.mark.parametrize(
    ("most", "expected"),
    [
        (14, ["Chương I+", "  Điều 1+", "    1", "    2", "  Điều 2+", "    1", "    2", "Chương II+", "  Điều 3+"]),
        (13, ["Chương I+", "  Điều 1", "  Điều 2", "Chương II+", "  Điều 3", "  Điều 4"]),
        (5, ["Chương I", "Chương II"]),
        (1, ["Chương I–II"]),
    ],
)
def test_the_deepest_level_that_fits_is_shown(tmp_path, most, expected):
    coverage = surveyed(source(tmp_path / "sach", articles(4, 2, 2), ["Điều 1"]))
    lines = digest.lines(coverage, most)
    assert named(lines)[:9] == expected
    assert len(lines) == (14 if most == 14 else len(expected))


def test_neighbours_are_taken_together_to_fill_a_page(tmp_path):
    coverage = surveyed(source(tmp_path / "sach", articles(40, 2), ["Điều 1–5", "Điều 31"], [["Điều 1–20"]]))
    lines = digest.lines(coverage, 12)
    assert named(lines) == [
        *("Chương I+", "  Điều 1–4", "  Điều 5–8", "  Điều 9–12", "  Điều 13–16", "  Điều 17–20"),
        *("Chương II+", "  Điều 21–24", "  Điều 25–28", "  Điều 29–32", "  Điều 33–36", "  Điều 37–40"),
    ]
    assert [(line.noted, line.commentary.covered, line.commentary.of) for line in lines[:4]] == [
        (Reach.PARTLY, 5, 20),
        (Reach.OWN, 4, 4),
        (Reach.PARTLY, 1, 4),
        (Reach.NONE, 0, 4),
    ]
    assert [line.read for line in (lines[0], lines[1], lines[6])] == [Reach.BELOW, Reach.OWN, Reach.NONE]
    assert (lines[0].in_session(1), lines[6].in_session(1)) == ((20, 20), (0, 20))


def test_what_is_left_of_a_page_shows_the_gaps_first(tmp_path):
    coverage = surveyed(source(tmp_path / "sach", articles(40, 2), ["Điều 1–5"], [["Điều 1–40"]]))
    assert named(digest.lines(coverage, 14)) == named(digest.lines(coverage, 12))
    lines = digest.lines(coverage, 15)
    assert named(lines)[:7] == [
        *("Chương I+", "  Điều 1–4", "  Điều 5", "  Điều 6", "  Điều 7", "  Điều 8", "  Điều 9–12"),
    ]
    assert [line.noted for line in lines[2:4]] == [Reach.OWN, Reach.NONE]
    assert len(lines) == 15


@given(
    shape=st.lists(st.lists(st.integers(0, 6), max_size=12), min_size=1, max_size=12),
    most=st.integers(1, 40),
)
def test_there_are_never_more_lines_than_asked_for_and_nothing_is_lost(shape, most):
    clauses = tuple(chapter(number, below) for number, below in enumerate(shape, 1))
    programme = replace(SPECIMEN.program, clauses=clauses)
    coverage = survey(replace(SPECIMEN, program=programme, notes=(), sessions=()))
    lines = digest.lines(coverage, most)
    assert 1 <= len(lines) <= most
    outermost = [line for line in lines if line.depth == 0]
    assert sum(len(line.rows) for line in outermost) == len(coverage.rows)
    assert sum(line.words for line in outermost) == coverage.words
    for line in lines:
        assert len({top.depth for top in line.tops}) == 1


def chapter(number, below):
    """Make a clause with others in it, of the specimen's kind."""

    def clause(name, children=()):
        return replace(
            SPECIMEN.program.clauses[0], id=name, number=name[-1], label=name, title=(), body=(), children=children
        )

    inner = [
        clause(f"c{number}.d{each}", tuple(clause(f"c{number}.d{each}.k{item}") for item in range(items)))
        for each, items in enumerate(below)
    ]
    return clause(f"c{number}", tuple(inner))


@pytest.mark.parametrize(
    ("numbers", "expected"), [((), ""), ((3,), "3"), ((1, 2, 3, 5), "1–3, 5"), ((1, 3, 4), "1, 3–4")]
)
def test_numbers_are_written_in_runs(numbers, expected):
    assert digest.runs(numbers) == expected


# --- on the command line --------------------------------------------------------------------------


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    return lambda *words: CliRunner().invoke(app, list(words))


@pytest.fixture
def library(tmp_path):
    """A copy of a source with a note and a reading whose clause is gone, an overlap, an agenda that does not add up."""
    folder = shutil.copytree(ROOT / "sources" / "quy-uoc-thu-vien", tmp_path / "thu-vien")
    notes = folder / "commentary" / "01-giai-thich.md"
    gone = "\n## Điều 99: Chuyện cũ, xem {khoan:Điều 97}\n\nXem {khoan:Điều 98}.\n"
    notes.write_text(notes.read_text("utf-8") + gone, "utf-8")
    session = folder / "sessions" / "01-ban-doc.md"
    text = session.read_text("utf-8").replace('"Điều 6–9"', '"Điều 6–7", "Điều 55", "Điều 3"')
    session.write_text(text.replace("minutes: 60", "minutes: 50"), "utf-8")
    return folder


def test_a_table_is_shown_and_gaps_are_told_with_a_way_out(run, tmp_path):
    shutil.copytree(ROOT / "sources" / "quy-uoc-thu-vien", tmp_path / "thu-vien")
    done = run("check", "thu-vien", "--coverage")
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert lines[0] == "Rà soát nội dung: 58 mục, 721 tiếng"
    assert "  làm rõ thêm 19/40 mục nhỏ nhất (47 %)" in lines
    assert ["chưa", "1", "64", "Điều", "7.", "Mượn", "về", "nhà"] in [line.split() for line in lines]
    assert ["●", "2", "38", "Điều", "3.", "Nguồn", "sách"] in [line.split() for line in lines]
    assert ["1", "382", "3", "60", "60"] in [line.split()[:5] for line in lines]
    assert max(map(len, lines)) <= 80
    assert re.search(r"program\.md:80:1: ghi nhận COVER_NOTE: Chưa có phần làm rõ nào nói về Điều 7\.", done.stderr)


def test_without_being_asked_nothing_is_said_of_coverage(run, library):
    done = run("check", library.name)
    assert "COVER_" not in done.stderr
    assert "Rà soát" not in done.stdout


def test_a_gap_that_is_meant_is_not_told(run, library):
    """A clause is named as it is told of, alone out of a range, or by what it stands in."""
    settings = library / "publication.yaml"
    before = settings.read_text("utf-8")

    def told():
        return re.findall(r"(COVER_\w+|IGNORE_\w+): (.*?)\.", run("check", library.name, "--coverage").stderr)

    assert told() == [
        ("COVER_NOTE", "Chưa có phần làm rõ nào nói về Điều 7"),
        ("COVER_SESSION", "Chưa có buổi nào đọc Điều 8–9"),
        ("COVER_NOTE", "Chưa có phần làm rõ nào nói về Điều 10"),
        ("COVER_NOTE", "Chưa có phần làm rõ nào nói về Điều 12"),
        ("COVER_TWICE", "Các buổi 1–2 cùng đọc Điều 3"),
    ]
    meant = "ignore:\n  COVER_NOTE: [điều 7, Chương IV, Điều 2]\n  COVER_SESSION: Điều 9\n  COVER_TWICE: '*'\n"
    settings.write_text(before + meant, "utf-8")
    assert told() == [
        ("COVER_SESSION", "Chưa có buổi nào đọc Điều 8"),
        ("IGNORE_UNUSED", "Không còn chỗ nào mang mã COVER_NOTE với chữ “Điều 2” để bỏ qua"),
    ]
    settings.write_text(before + "ignore: {COVER_SESSION: [Điều 8–9]}\n", "utf-8")
    assert "COVER_SESSION" not in dict(told())
    assert "IGNORE" not in run("check", library.name).stderr, "nobody has looked"


def test_the_table_is_condensed_unless_all_is_asked_for(run, library):
    short, full = run("check", library.name, "--coverage"), run("check", library.name, "--coverage", "--all")
    assert "Bảng rút gọn còn 16 dòng; thêm --all" in short.stdout
    assert "Bảng rút gọn" not in full.stdout
    assert "      đ. " in full.stdout


def test_what_can_be_covered_is_shown_though_a_clause_is_gone(run, library):
    done = run("check", library.name, "--coverage")
    assert done.exit_code == 1
    told = done.stdout[done.stdout.index("Không còn mục được dẫn") :].splitlines()
    assert [line.split(" “")[0].strip() for line in told[1:]] == [
        "thu-vien/commentary/01-giai-thich.md:49",
        "thu-vien/sessions/01-ban-doc.md:10",
    ]
    assert "“Điều 99” – gần nhất có: Điều 12" in told[1]
    assert "“Điều 55”" in told[2]
    assert "19/40" in done.stdout
    assert "60 ≠" in done.stdout
    assert "COVER_TWICE: Các buổi 1–2 cùng đọc Điều 3." in done.stderr
    assert done.stderr.count("SESSION_MINUTES:") == 1


def test_a_programme_that_cannot_be_read_has_no_coverage(run, tmp_path):
    (tmp_path / "trong").mkdir()
    done = run("check", "trong", "--coverage", "--html", "a.html")
    assert done.exit_code == 1
    assert "chưa đọc được văn bản gốc" in done.stdout
    assert not (tmp_path / "a.html").exists()


def test_a_machine_is_told_all_of_it(run, library):
    done = run("check", library.name, "--coverage", "--json")
    answer = json.loads(done.stdout)
    schema = json.loads((ROOT / "builder/schemas/check.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(answer, schema)
    coverage = answer["coverage"]
    clauses = {each["citation"]: each for each in coverage["clauses"]}
    assert len(clauses) == len(coverage["clauses"]) == 58
    assert clauses["Điều 3"]["commentary"]["reach"] == "own"
    assert clauses["Điều 3"]["commentary"]["notes"][0]["file"] == "thu-vien/commentary/01-giai-thich.md"
    assert clauses["khoản 1 Điều 3"]["commentary"] == {"reach": "above", "covered": True, "notes": []}
    assert clauses["Điều 3"]["reading"] == {"reach": "own", "covered": True, "sessions": [1, 2]}
    assert [each["citation"] for each in coverage["without_commentary"]] == ["Điều 7", "Điều 10", "Điều 12"]
    assert [each["citation"] for each in coverage["without_session"]] == ["Điều 8–9"]
    assert [(each["citation"], each["sessions"]) for each in coverage["overlaps"]] == [("Điều 3", [1, 2])]
    assert [(each["citation"], each["line"]) for each in coverage["gone"]] == [("Điều 99", 49), ("Điều 55", 10)]
    assert coverage["gone"][0]["nearest"] == ["Điều 12", "Điều 11", "Điều 10"]
    first = coverage["sessions"][0]
    assert (first["reading_minutes"], first["minutes"], first["agenda_minutes"]) == (2, 50, 60)
    assert "coverage" not in json.loads(run("check", library.name, "--json").stdout)


def test_the_answer_for_a_source_that_cannot_be_read_fits_the_schema_too(run, tmp_path):
    (tmp_path / "trong").mkdir()
    answer = json.loads(run("check", "trong", "--coverage", "--json").stdout)
    jsonschema.validate(answer, json.loads((ROOT / "builder/schemas/check.schema.json").read_text("utf-8")))
    assert answer["coverage"] is None


def test_an_editor_sees_the_gaps_as_notes(run, library):
    log = json.loads(run("check", library.name, "--coverage", "--sarif").stdout)
    levels = {each["ruleId"]: each["level"] for each in log["runs"][0]["results"]}
    assert {levels[code] for code in ("COVER_NOTE", "COVER_SESSION", "COVER_TWICE")} == {"note"}


def test_a_difference_keeps_its_stream(run, library):
    done = run("check", library.name, "--coverage", "--diff")
    assert "Rà soát nội dung" not in done.stdout
    assert "Rà soát nội dung" in done.stderr


def test_a_picture_without_coverage_is_a_wrong_line(run, library):
    done = run("check", library.name, "--html", "a.html")
    assert done.exit_code == 2
    assert "tùy chọn “--html” đi cùng --coverage" in done.stderr


# --- the picture ----------------------------------------------------------------------------------


class Page(HTMLParser):
    """Reads a page strictly: every element closed in its order; keeps what is asked about."""

    def __init__(self, text):
        super().__init__()
        self.open, self.tags, self.addresses, self.rows, self.words = [], [], [], [], []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self.addresses += [value for name, value in attrs if name in ("src", "href", "xlink:href", "data", "action")]
        if tag == "tr":
            self.rows.append([])
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "style" not in self.open and "svg" not in self.open:
            self.words.append(data)
            if "tr" in self.open:
                self.rows[-1].append(data.strip())


@pytest.fixture
def picture(run, library):
    done = run("check", library.name, "--coverage", "--html", "rà soát.html")
    assert "Đã vẽ bảng rà soát vào rà soát.html." in done.stderr
    return Path("rà soát.html").read_text("utf-8")


def test_the_picture_stands_by_itself(picture):
    page = Page(picture)
    assert picture.startswith("<!DOCTYPE html>\n")
    assert page.addresses == []
    assert not {"script", "link", "img", "iframe"} & {tag for tag, _ in page.tags}
    assert not re.search(r"url\(|@import|https?:", picture)
    assert ("html", {"lang": "vi"}) in page.tags
    assert "color-scheme: light dark" in picture


def test_the_picture_is_a_real_table_and_says_what_it_draws(picture):
    page = Page(picture)
    heads = [attributes.get("scope") for tag, attributes in page.tags if tag == "th"]
    assert heads.count("row") > 10
    assert None not in heads
    assert [tag for tag, _ in page.tags].count("caption") == 2
    assert all(attributes["aria-hidden"] == "true" for tag, attributes in page.tags if tag == "svg")
    rows = {row[0]: [word for word in row[1:] if word] for row in page.rows}
    assert rows["Điều 3. Nguồn sách"] == ["38", "có phần làm rõ", "đọc", "đọc"]
    assert rows["Điều 7. Mượn về nhà"] == ["64", "chưa", "đọc"]
    assert rows["Điều 8. Đọc tại chỗ"] == ["49", "1/4", "chưa"]
    assert rows["1"][-2:] == ["không khớp thời lượng", "60"]
    words = re.sub(r"\s+", " ", "".join(page.words))
    assert "Chưa buổi nào đọc: Điều 8–9." in words
    assert "thu-vien/commentary/01-giai-thich.md:49 “Điều 99” – gần nhất có: Điều 12; Điều 11; Điều 10" in words


def test_the_picture_speaks_english_when_asked(run, library, monkeypatch):
    monkeypatch.setenv("ANPHAM_LANG", "en")
    run("check", library.name, "--coverage", "--html", "a.html")
    text = Path("a.html").read_text("utf-8")
    assert '<html lang="en">' in text
    assert "commentary on 19/40 of the smallest clauses" in text
    assert "chưa" not in text


def test_what_a_writer_puts_into_a_title_stays_words(run, tmp_path):
    folder = source(tmp_path / "sach", "Điều 1. Một\n\nLời.\n", ["Điều 1"])
    (folder / "publication.yaml").write_text('title: "<script>alert(1)</script> & co"\n', "utf-8")
    run("check", "sach", "--coverage", "--html", "a.html")
    text = Path("a.html").read_text("utf-8")
    assert "<script" not in text
    assert "&lt;script&gt;" in text


def test_our_picture_is_replaced_and_nobody_elses_file_is(run, library, tmp_path):
    for _ in range(2):
        assert run("check", library.name, "--coverage", "--html", "a.html").exit_code == 1  # its own errors
        assert Path("a.html").read_text("utf-8").startswith(composition.SIGN)
    programme = library / "program.md"
    before = programme.read_bytes()
    done = run("check", library.name, "--coverage", "--html", str(programme))
    assert done.exit_code == 1
    assert "program.md: lỗi FILE_TAKEN: Đã có tệp này" in done.stderr
    assert programme.read_bytes() == before
    with pytest.raises(Problems) as caught:
        shelf.write_own(programme, b"x", b"sign")
    assert [problem.code for problem in caught.value.problems] == ["FILE_TAKEN"]
    with pytest.raises(Problems) as caught:
        shelf.write_own(tmp_path, b"x", b"sign")
    assert [problem.code for problem in caught.value.problems] == ["SHELF_DENIED"]
    shelf.write_own(tmp_path / "new.html", b"sign 1", b"sign")
    shelf.write_own(tmp_path / "new.html", b"sign 2", b"sign")
    assert (tmp_path / "new.html").read_bytes() == b"sign 2"


PROGRAMMES = {
    "5 clauses": (5, 1, 0, 2),
    "100 clauses": (50, 10, 1, 5),
    "500 clauses, 12 sessions": (160, 10, 2, 12),
    "1000 articles, 40 sessions": (1000, 1, 0, 40),
    "1000 clauses": (330, 10, 2, 3),
}


def big(folder, name):
    count, chapters, items, sessions = PROGRAMMES[name]
    share = count // sessions
    notes = [f"Điều {number}" for number in range(1, count + 1) if number % 3]
    plan = [[f"Điều {each * share + 1}–{each * share + share}", "Điều 1"] for each in range(sessions)]
    return source(folder, articles(count, chapters, items), notes, plan)


@pytest.mark.slow
@pytest.mark.parametrize("name", PROGRAMMES)
def test_a_browser_prints_the_picture_on_one_page(run, tmp_path, name):
    browser = shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chromium-browser")
    if not browser:
        pytest.skip("no browser")
    big(tmp_path / "sach", name)
    run("check", "sach", "--coverage", "--html", "a.html")
    pdf = tmp_path / "a.pdf"
    order = [browser, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--print-to-pdf={pdf}"]
    subprocess.run([*order, (tmp_path / "a.html").as_uri()], check=True, capture_output=True)
    document = pypdfium2.PdfDocument(pdf)
    assert [round(side) for side in document[0].get_size()] == [595, 842]
    assert len(document) == 1


# --- the leaf -------------------------------------------------------------------------------------


def composed(folder, medium=Medium.PRINT, audience="leader", trim=None, kind="normal"):
    publication, _ = manuscript.read(folder)
    edition = replace(publication.settings.editions[0], layout="interleaved", audience=audience, type=kind)
    edition = replace(edition, trim=trim or edition.trim)
    made, found = composition.compose(
        publication, layout.load("interleaved", ROOT / "layouts"), edition, medium, fonts.roles(ROOT / "fonts")
    )
    assert found == ()
    return made


@pytest.mark.parametrize("medium", Medium)
def test_only_the_leader_has_the_leaf(tmp_path, medium):
    folder = source(tmp_path / "sach", articles(3), ["Điều 1"], [["Điều 2"]])
    leader, participant = (composed(folder, medium, audience) for audience in ("leader", "participant"))
    assert [leaf.id for leaf in participant.leaves if leaf.kind == "coverage"] == []
    (leaf,) = (leaf for leaf in leader.leaves if leaf.kind == "coverage")
    assert leaf.title == "Rà soát nội dung"
    assert "coverage" in [entry.target for entry in leader.outline]
    order = [each.kind for each in leader.leaves]
    assert order.index("coverage") > order.index("session")


def test_a_book_with_neither_commentary_nor_sessions_has_no_leaf(tmp_path):
    made = composed(source(tmp_path / "sach", articles(3)))
    assert "coverage" not in [leaf.kind for leaf in made.leaves]


def cells(markup):
    page = Page(markup.replace("\u00a0", " "))
    return [[word for word in row if word] for row in page.rows]


def test_the_leaf_shows_marks_and_the_numbers_of_sessions(tmp_path):
    folder = source(tmp_path / "sach", articles(3, 1, 2), ["Điều 1 khoản 1", "Điều 2"], [["Điều 2–3"], ["Điều 2"]])
    printed, bound = (composed(folder, medium) for medium in Medium)
    leaves = [next(leaf for leaf in made.leaves if leaf.kind == "coverage").markup for made in (printed, bound)]
    rows = [{row[0]: row for row in cells(leaf)} for leaf in leaves]
    title = next(cell for cell in rows[0]["Điều 1."] if "việc" in cell)
    assert rows[0]["Điều 1."] == ["Điều 1.", title, rows[0]["Điều 1."][2], "1/2", "chưa"]
    assert rows[0]["Điều 2."][-2:] == ["•", "1–2"]
    assert rows[0]["Điều 3."][-2:] == ["chưa", "1"]
    assert rows[1]["Điều 2."][-2:] == ["có", "1–2"]
    assert "có: có phần làm rõ" in re.sub(r"<[^>]+>|\u00a0", " ", leaves[1])
    assert leaves[0].count('class="gap"') >= 2


A4 = Trim("A4", 210, 297)
FORMATS = {
    "A5": (None, "normal"),
    "14.5": (Trim("vn-14.5x20.5", 145, 205), "normal"),
    "A4": (A4, "normal"),
    "large": (A4, "large"),
    "phone": (Trim("phone", 90, 160), "normal"),
}


FULL = ("500 clauses, 12 sessions", "1000 articles, 40 sessions")


@pytest.mark.press
@pytest.mark.parametrize(
    ("name", "format_"), [(name, each) for name in PROGRAMMES for each in FORMATS if each == "A5" or name in FULL]
)
def test_the_leaf_is_one_page_whatever_the_programme(tmp_path, name, format_):
    made = composed(big(tmp_path / "sach", name), trim=FORMATS[format_][0], kind=FORMATS[format_][1])
    (leaf,) = (each for each in made.leaves if each.kind == "coverage")
    alone = replace(leaf, markup=re.sub(r'href="#[^"]*"', 'href="#coverage"', leaf.markup))
    entries = tuple(entry for entry in made.outline if entry.target == "coverage")
    printing = press.print_pdf(replace(made, leaves=(alone,), outline=entries))
    assert printing.problems == ()
    assert printing.pages == 1
    words = pypdfium2.PdfDocument(io.BytesIO(printing.pdf))[0].get_textpage().get_text_bounded()
    assert "Rà soát nội dung" in words
    lines = len(re.findall(r"<tr class=.depth", leaf.markup))
    assert lines <= {"A5": 32, "14.5": 32, "A4": 40, "large": 22, "phone": 14}[format_]
    assert lines >= min(5, PROGRAMMES[name][0])


def test_places_of_problems_without_a_sheet_are_no_anchors():
    lost = problems.citation_unknown(Place("x/commentary/a.md", 3, 4), "Điều 9", [])
    assert proofs.gone([lost], {}) == ()
