"""The benchmarks: their books are always the same and right, what they measure is so, what they say follows from it."""

import importlib
import os
import re
import sys
import zipfile
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace

import pytest
import validators

from builder import manuscript
from builder.press import Crew
from builder.publication import Footnote, Level, Paragraph, Table, passages, plain, walk
from builder.site import books as site_books
from builder.works import publish as works
from builder.works.asked import Wish, Workshop
from builder.works.build import build

ROOT = Path(__file__).resolve().parent.parent
BENCHMARKS = ROOT / "benchmarks"


def _script(name):
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(BENCHMARKS))
        return importlib.import_module(name)


books, report = _script("books"), _script("report")


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    """Book of so many pages → its source folder."""
    home = tmp_path_factory.mktemp("sources")
    made = {pages: home / f"mau-{pages}" for pages in books.SIZES}
    for pages, folder in made.items():
        books.write(folder, pages)
    return made


@pytest.fixture(scope="module")
def publications(folders):
    """Book of so many pages → what was read, and what was wrong with it."""
    return {pages: manuscript.read(folder) for pages, folder in folders.items()}


def _bytes(folder):
    return {file.relative_to(folder): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


# --- the books --------------------------------------------------------------------------------------


def test_a_book_is_the_same_every_time(folders, tmp_path):
    for pages in (40, 126):
        again = tmp_path / folders[pages].name
        books.write(again, pages)
        assert _bytes(again) == _bytes(folders[pages])


def test_the_books_are_right(publications):
    assert [found for _, found in publications.values()] == [(), (), ()]


def test_the_books_say_that_they_are_samples(publications):
    for publication, _ in publications.values():
        assert "mẫu" in publication.settings.title
        assert "không phải văn bản" in publication.settings.notice
        assert any("bản mẫu do máy ghép" in str(matter.body) for matter in publication.front)


def test_more_pages_have_more_parts(publications):
    parts = [len(publication.program.clauses) for publication, _ in publications.values()]
    assert parts == sorted(set(parts))
    assert parts[0] >= 3
    assert parts[-1] >= 20
    assert all(
        each.level is Level.PART for publication, _ in publications.values() for each in publication.program.clauses
    )


def test_a_part_is_a_galley_of_twenty_pages_at_most(folders):
    """These books have some 850 letters of the programme on a page, besides the commentary."""
    for folder in folders.values():
        parts = (folder / "program.md").read_text("utf-8").split("\nPhần ")[1:]
        assert max(map(len, parts)) < 20 * 850


def test_the_books_use_what_books_are_made_of(publications):
    publication, _ = publications[126]
    clauses = tuple(walk(publication.program.clauses))
    blocks = [block for clause in clauses for block in clause.body]
    inlines = [inline for block in blocks if isinstance(block, Paragraph) for inline in block.inlines]
    levels = {clause.level for clause in clauses}
    assert levels == {Level.PART, Level.CHAPTER, Level.ARTICLE, Level.NUMBER, Level.LETTER}
    assert "đ" in {clause.number for clause in clauses}
    assert 60 < sum(isinstance(each, Footnote) for each in inlines) < 126
    assert any(isinstance(block, Table) for block in blocks)
    assert 0 < sum(type(each).__name__ == "CrossReference" for each in inlines) < 20
    assert any("question" in str(note.body).lower() for note in publication.notes)
    assert [len(each.sessions) for each, _ in publications.values()] == [4, 6, 12]
    assert all(session.reads for session in publication.sessions)


def test_its_sentences_are_not_always_the_same(folders):
    text = (folders[380] / "program.md").read_text("utf-8")
    sentences = [line for line in text.splitlines() if line[:1].isdigit()]
    assert len(set(sentences)) > 0.95 * len(sentences)


def test_one_word_changes_and_nothing_else(folders, tmp_path):
    for pages in books.SIZES:
        folder = tmp_path / f"mau-{pages}"
        books.write(folder, pages)
        books.changed(folder)
        before, after = _bytes(folders[pages]), _bytes(folder)
        assert [str(name) for name in before if before[name] != after[name]] == ["program.md"]
        old, new = (file[Path("program.md")].decode().split("\n") for file in (before, after))
        ((place, was, now),) = [(n, *both) for n, both in enumerate(zip(old, new, strict=True)) if both[0] != both[1]]
        assert was[0].isdigit(), "a numbered clause"
        assert 0.4 < place / len(old) < 0.6
        assert sum(a != b for a, b in zip(was.split(), now.split(), strict=True)) == 1
        assert abs(len(was) - len(now)) <= 1
        assert manuscript.read(folder)[1] == ()


def test_the_peers_are_given_the_same_text(publications):
    publication, _ = publications[40]
    text = _script("typst_text").document(publication, defaultdict(str)).replace("\\", "")
    titles = [plain(clause.title) for clause in walk(publication.program.clauses) if clause.title]
    titles += [plain(note.title) for note in publication.notes] + [session.title for session in publication.sessions]
    words = [passage for clause in walk(publication.program.clauses) for passage in passages(clause.body)]
    assert len(words) > 100
    bare = re.sub(r"#footnote\[[^]]*\]", "", text)
    assert [each for each in titles + words if each not in text + bare and "Điều" not in each] == []
    text = _script("pandoc_text").document(publication, defaultdict(str)).replace("\\", "")
    bare = re.sub(r"\[\^\d+\](?!:)", "", text)
    assert [each for each in titles + words if each not in text + bare and "Điều" not in each] == []


# --- measuring --------------------------------------------------------------------------------------


@pytest.fixture
def measure():
    pytest.importorskip("psutil", reason="psutil comes with ./run bench")
    return _script("measure")


def test_memory_is_that_of_all_processes(measure):
    """50 MB in a child, 50 MB in its own child: what the one inherits from the other is counted once."""
    program = (
        "import subprocess, sys, time\n"
        "held = bytearray(50_000_000)\n"
        "subprocess.run([sys.executable, '-c', 'import time; held = bytearray(50_000_000); time.sleep(0.4)'])\n"
        "print('done')\n"
    )
    one = measure.run([sys.executable, "-c", "import time; held = bytearray(50_000_000); time.sleep(0.4)"])
    both = measure.run([sys.executable, "-c", program])
    assert 50 < one.memory < 80
    assert 100 < both.memory < 160
    assert both.said == "done\n"
    assert one.wall > 0.4


def test_time_is_that_of_all_processes(measure):
    busy = "import time; end = time.process_time() + 0.2\nwhile time.process_time() < end: pass"
    run = measure.run(
        [sys.executable, "-c", f"import subprocess, sys\nsubprocess.run([sys.executable, '-c', '''{busy}'''])"]
    )
    assert 0.2 <= run.cpu <= 2


def test_a_command_that_fails_is_not_measured(measure):
    with pytest.raises(measure.Failed, match="ended with 3") as raised:
        measure.run([sys.executable, "-c", "import sys; print('vì sao'); sys.exit(3)"])
    assert "vì sao" in str(raised.value)
    assert raised.value.brief == "ended with 3"


def test_runs_come_to_their_medians(measure):
    runs = [measure.Run(3.0, 1.0, 10.0), measure.Run(1.0, 5.0, 20.0), measure.Run(2.0, 3.0, 90.0)]
    assert measure.repeat(runs.__getitem__, 3) == measure.Figures(2.0, 3.0, 20.0, 1.0, 3.0, 3)


# --- what is said of it -----------------------------------------------------------------------------


def _row(wall, memory=100.0, pages=None):
    figures = SimpleNamespace(wall=wall, cpu=wall, memory=memory, quickest=wall, slowest=wall, runs=1)
    return report.Row(figures, pages)


def _rows(**changes):
    """Rows that meet every target, but for the changes."""
    rows = {
        "cold40": ((report.COLD, 40), _row(2.0, 100.0, 40)),
        "cold126": ((report.COLD, 126), _row(6.0, 150.0, 124)),
        "cold": ((report.COLD, 380), _row(19.0, 250.0, 380)),
        "changed": ((report.CHANGED, 380), _row(2.0)),
        "same": ((report.SAME, 380), _row(0.3)),
        "weasyprint": ((report.WEASYPRINT, 380), _row(40.0, 200.0, 380)),
        "typst": ((report.TYPST, 380), _row(3.0)),
        "vivliostyle": ((report.VIVLIOSTYLE, 126), _row(60.0)),
        "epub": ((report.EPUB, 126), _row(0.4)),
        "pandoc": ((report.PANDOC, 126), _row(0.6)),
        "check": ((report.CHECK, 380), _row(4.0)),
        "arrange": ((report.ARRANGE, 0), _row(0.8)),
        "impose": ((report.IMPOSE, 0), _row(0.9)),
        "help": ((report.HELP, 0), _row(0.2)),
    }
    for name, row in changes.items():
        rows[name] = (rows[name][0], row)
    return dict(rows.values())


def _verdicts(**changes):
    return [target.verdict for target in report.targets(_rows(**changes))]


def test_what_is_quick_enough_is_met():
    assert _verdicts() == ["met"] * 14


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"weasyprint": _row(30.0, 200.0)}, "÷ one WeasyPrint document"),
        ({"weasyprint": _row(40.0, 150.0)}, "peak memory"),
        ({"vivliostyle": _row(30.0)}, "Vivliostyle"),
        ({"changed": _row(3.9), "typst": _row(4.0)}, "one word changed ÷ cold"),
        ({"typst": _row(1.9)}, "Typst"),
        ({"same": _row(0.51)}, "nothing changed"),
        ({"cold40": _row(1.8, 100.0, 40)}, "time per page"),
        ({"cold40": _row(2.0, 70.0, 40)}, "memory per page"),
        ({"epub": _row(0.6), "pandoc": _row(0.7)}, "EPUB after its PDF"),
        ({"pandoc": _row(0.3)}, "÷ Pandoc's"),
        ({"check": _row(5.1)}, "proof-reading"),
        ({"arrange": _row(1.01)}, "imposing 320 pages"),
        ({"impose": _row(1.01)}, "the whole command"),
        ({"help": _row(0.31)}, "--help"),
    ],
)
def test_what_is_too_slow_is_not_met(changes, words):
    (missed,) = [target for target in report.targets(_rows(**changes)) if target.verdict != "met"]
    assert missed.verdict == "not met"
    assert words in missed.what
    assert missed.line().endswith("| not met |")


def test_what_was_not_measured_is_never_met():
    assert [target.verdict for target in report.targets({})] == ["not measured"] * 14
    assert "met" not in _verdicts(cold=report.Row(reason="x"))[:2]


def test_the_tables_name_what_was_left_out():
    rows = _rows(vivliostyle=report.Row(reason="no browser is installed"))
    text = report.markdown(rows, {"Python": "3.x", "cores:": "2"}, 3)
    assert "| 126 | Vivliostyle |  | skipped: no browser is installed |" in text
    assert "| 380 | anpham, one word changed |  | 2.00 | 2.00 | 100 | 0.11 |" in text
    assert "Medians of 3 runs" in text
    assert "| not measured |" in text


def test_what_an_ebook_is_worth_is_counted(tmp_path):
    ebooks = _script("ebooks")
    nav = '<nav epub:type="page-list"><a href="a#1">1</a><a href="a#2">2</a></nav><nav epub:type="landmarks"><a/></nav>'
    text = '<p><a role="doc-noteref" href="#n">1</a></p><aside epub:type="footnote"><a role="doc-backlink"/></aside>'
    table = '<table><caption>x</caption><tr><th scope="col">a</th><th>b</th></tr></table>'
    with zipfile.ZipFile(tmp_path / "a.epub", "w") as archive:
        for name, data in {"nav.xhtml": nav, "a.xhtml": text + table, "a.opf": 'property="schema:accessMode"'}.items():
            archive.writestr(name, data)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", str(tmp_path))
        told = ebooks.worth(tmp_path / "a.epub").lines()
    assert told.pop("EPUBCheck") == told.pop("Ace by DAISY") == "not asked: it comes with ./run test"
    assert list(told.values())[:10] == ["2", "1", "1", "1", "1", "1", "2", "1", "0", "1"]
    tables = report.markdown(_rows(), {}, 1, {"anpham": told, "Pandoc": told})
    assert "| pages of the print in the page list | 2 | 2 |" in tables
    assert "## E-book" not in report.markdown(_rows(), {}, 1)


@pytest.mark.slow
@pytest.mark.press
def test_the_largest_book_is_pdf_a_and_pdf_ua(folders, tmp_path):
    """What is gathered from dozens of galleys is one sound file: tags, links and faces of 380 pages."""
    source, book = folders[max(books.SIZES)], tmp_path / "book.pdf"
    with Crew(os.cpu_count() or 1) as crew:
        workshop = Workshop(ROOT / "layouts", ROOT / "fonts", crew=crew)
        (made,) = build(source, Wish(kinds=("pdf",)), workshop).outputs
    assert made.pages in range(340, 421)
    book.write_bytes(made.data)
    with ThreadPoolExecutor(3) as judges:
        found = [judges.submit(validators.verapdf, book, flavour) for flavour in ("2a", "ua1")]
        found.append(judges.submit(validators.qpdf, book))
        assert [judge.result() for judge in found] == [(), (), ()]


# --- a shelf of many --------------------------------------------------------------------------------


def test_a_shelf_is_filled_with_publications_that_differ(measure, shelved, tmp_path):
    assert measure
    publishing = _script("publishing")
    first = shelved.stand(tmp_path / "model", only=("pdf", "epub"))
    publishing.fill(tmp_path / "shelf", first, 3)
    found = works.found(tmp_path / "shelf").stock
    assert [(each.slug, each.facts.title) for each in found] == [
        (f"so-{number:04}", f"Sổ tay học tập {number}") for number in (2, 1, 0)
    ]
    opened = [site_books.opened((each.folder / f"{each.slug}-nguoi-du.epub").read_bytes()).described for each in found]
    assert len({each.identifier for each in opened}) == 3
    assert {each.title for each in opened} == {each.facts.title for each in found}
