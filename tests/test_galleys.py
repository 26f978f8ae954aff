"""Leaves are set apart, by many hands or one, and kept: the book is the same book, and what is kept is never wrong."""

import os
import random
import re
import signal
import subprocess
import sys
import time
from concurrent.futures import Future
from dataclasses import replace
from functools import partial
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import test_press as small
from test_press import BACK, COVER, LEAVES, SENTENCE, codes, compose, leaf, opened, part, words

from builder import press, problems, shelf
from builder.press import figures, keys, makeup, proof, slots
from builder.press.galley import Case, Copy, Gap, Kind, Line
from builder.problems import Place, Problems

pytestmark = pytest.mark.press

ROOT = Path(__file__).resolve().parent.parent
REFERRING = leaf(
    "program",
    f'<p id="xa">{SENTENCE} (tr. <a class="folio" href="#phan-2"></a>) {SENTENCE * 3}</p>'
    f'<p style="text-align: justify">{SENTENCE} (tr. <a class="folio" href="#phan-2-dieu-3"></a>) {SENTENCE * 3}</p>'
    '<p style="font-family: Be Vietnam Pro; text-align: right">Trang <a class="folio" href="#phan-2-dieu-2"></a></p>'
    '<p style="font-family: Be Vietnam Pro">Đọc tr. <span class="folios" data-of="phan-1-dieu-1 phan-2-dieu-3"></span>,'
    " hết.</p>",
    "dan",
)


BODY = 6  # pt
# Links look like text, and the side margins are as wide together on every page.
EVEN = small.STYLE + "a { text-decoration: none } @page :left { margin-right: 4mm }"


class Drawer:
    """Keeps galleys in memory, and counts."""

    def __init__(self):
        self.kept, self.asked, self.found = {}, 0, 0

    def get(self, key):
        self.asked += 1
        self.found += key in self.kept
        return self.kept.get(key)

    def put(self, key, data):
        self.kept[key] = data


# --- the same book ---------------------------------------------------------------------------------


def test_two_hands_make_the_same_bytes_as_one_and_what_was_kept_as_what_is_new():
    composition, drawer = compose(*LEAVES, REFERRING), Drawer()
    alone = press.print_pdf(composition)
    with press.Crew(2) as crew:
        cold = press.print_pdf(composition, crew=crew, cache=drawer)
    put = len(drawer.kept)
    warm = press.print_pdf(composition, cache=drawer)
    assert alone.pdf == cold.pdf == warm.pdf
    assert (alone.facts, alone.folios) == (cold.facts, cold.folios) == (warm.facts, warm.folios)
    assert len(drawer.kept) == put > len(LEAVES)
    assert [each.fresh for each in warm.rounds] == [0] * len(cold.rounds)


def test_one_word_changed_sets_one_leaf_again():
    drawer = Drawer()
    press.print_pdf(compose(*LEAVES), cache=drawer)
    before = set(drawer.kept)
    changed = replace(LEAVES[3], markup=LEAVES[3].markup.replace("hằng ngày", "mỗi ngày", 1))
    book = press.print_pdf(compose(*LEAVES[:3], changed, *LEAVES[4:]), cache=drawer)
    assert sum(each.fresh for each in book.rounds) == len(drawer.kept.keys() - before) == 1
    assert "mỗi ngày" in " ".join(words(book.pdf))


def test_what_is_kept_and_cannot_be_read_is_set_anew():
    drawer = Drawer()
    right = press.print_pdf(compose(*LEAVES), cache=drawer).pdf
    drawer.kept = {key: data[: len(data) // 2] for key, data in drawer.kept.items()}
    assert press.print_pdf(compose(*LEAVES), cache=drawer).pdf == right


CASE = Case("vi", "p { color: black }", "@page {}", compose().faces)
COPY = Copy(Kind.TEXT, "a", "program", "A", b"<html/>", "right", (compose().figures["figures/dot.svg"],), "")


@pytest.mark.parametrize(
    "other",
    [
        (replace(CASE, language="en"), COPY),
        (replace(CASE, stylesheet="p { color: red }"), COPY),
        (replace(CASE, furniture="@page { margin: 0 }"), COPY),
        (replace(CASE, faces=CASE.faces[1:]), COPY),
        (replace(CASE, faces=(replace(CASE.faces[0], data=b"x"), *CASE.faces[1:])), COPY),
        (CASE, replace(COPY, markup=b"<html />")),
        (CASE, replace(COPY, side="left")),
        (CASE, replace(COPY, title="B")),
        (CASE, replace(COPY, name="back")),
        (CASE, replace(COPY, suffix="-2")),
        (CASE, replace(COPY, kind=Kind.BLANK)),
        (CASE, replace(COPY, figures=())),
        (CASE, replace(COPY, figures=(replace(COPY.figures[0], data=b"<svg/>"),))),
    ],
)
def test_the_key_holds_everything_that_shapes_a_galley(other):
    case, copy = other
    assert copy.key(case, "1") != COPY.key(CASE, "1")
    assert COPY.key(CASE, "2") != COPY.key(CASE, "1")


def test_the_engines_are_part_of_the_key(monkeypatch):
    before = keys.engines()
    for name, value in (
        ("__version__", "9.9"),
        ("_pango", lambda: "x"),
        ("_harfbuzz", lambda: "x"),
        ("_own", lambda: [b"x"]),
    ):
        with monkeypatch.context() as changed:
            changed.setattr(keys, name, value)
            assert keys.engines.__wrapped__() != before
    monkeypatch.setattr(keys.metadata, "version", lambda name: "1" if name == "weasyprint" else "2")
    assert keys.engines.__wrapped__() != before
    assert keys._pango()
    assert keys._harfbuzz()


# --- sides -----------------------------------------------------------------------------------------


def left_edges(pdf):
    """Where the text of each page begins, in points from the left."""
    found = []
    for page in pypdfium2.PdfDocument(pdf):
        text = page.get_textpage()
        body = [
            text.get_charbox(number) for number in range(text.count_chars()) if text.get_text_range(number, 1).strip()
        ]
        found.append(min((box[0] for box in body if 60 < box[1] < page.get_height() - 50), default=None))
    return found


def test_margins_are_right_on_both_sides_whatever_side_a_leaf_was_set_for():
    """Margins: 12 mm, but 20 mm at the left of a left-hand page; HTML's own margin comes to them."""
    style = small.STYLE + "@page :left { margin-right: 4mm }"
    for before in ((), (leaf("back", "<p>Một trang</p>"),)):
        book = press.print_pdf(compose(*before, part(1, 4), style=style, furniture=""))
        for number, edge in enumerate(left_edges(book.pdf), 1):
            assert edge == pytest.approx((20 if number % 2 == 0 else 12) * 72 / 25.4 + BODY, abs=2), number


def test_a_leaf_that_cannot_be_moved_is_set_again_on_its_side():
    one = leaf("back", "<p>Một trang</p>")
    for body, style in (
        ('<p>Một</p><p style="break-before: right" id="phai">Hai</p>', small.STYLE),
        ("<p>Một</p>", small.STYLE + "@page :left { background: #eee; margin-right: 4mm }"),
    ):
        book = press.print_pdf(compose(one, leaf("program", body), style=style + "@page :left { margin-right: 4mm }"))
        assert [reason for each in book.rounds for reason, _ in each.wanted] == [press.Reason.NEW, press.Reason.SIDE]
        assert book.folios.get("phai", 3) % 2 == 1


def test_links_move_with_their_page():
    link = leaf("program", '<p><a href="#bia">Xem bìa</a></p>')
    style = small.STYLE + "@page :left { margin-right: 4mm }"
    first, second = (
        press.print_pdf(compose(*before, link, leaf("back-cover", '<p id="bia">Bìa</p>'), style=style))
        for before in ((), (leaf("back", "<p>Một trang</p>"),))
    )
    with opened(first.pdf) as recto, opened(second.pdf) as verso:
        at, moved = (pdf.pages[number].Annots[0] for pdf, number in ((recto, 0), (verso, 1)))
        assert float(moved.Rect[0]) - float(at.Rect[0]) == pytest.approx(8 * 72 / 25.4, abs=0.1)
        names = verso.Root.Names.Dests.Names
        places = {str(names[n]): names[n + 1] for n in range(0, len(names), 2)}
        assert places[str(moved.Dest)][0] == verso.pages[2].obj


# --- figures ---------------------------------------------------------------------------------------


BACKS = [leaf("back", f"<p>{number}</p>", f"b{number}") for number in range(11)]


def test_figures_put_in_afterwards_stand_as_if_set(monkeypatch):
    composition = compose(COVER, *BACKS[:9], REFERRING, part(1, 4), part(2, 3), BACK, style=EVEN)
    exchanged = press.print_pdf(composition)
    with monkeypatch.context() as changed:
        changed.setattr(slots, "noughts", lambda said: said)
        set_ = press.print_pdf(composition)
    assert exchanged.problems == set_.problems == ()
    assert words(exchanged.pdf) == words(set_.pdf)
    page = exchanged.folios["xa"] - 1
    assert f"(tr. {exchanged.folios['phan-2']})" in words(exchanged.pdf)[page]
    books = (exchanged, set_)
    ours, theirs = (pypdfium2.PdfDocument(book.pdf)[page].render(scale=3).to_pil().convert("L") for book in books)
    differing = sum(abs(a - b) > 128 for a, b in zip(ours.tobytes(), theirs.tobytes(), strict=True))
    assert differing < len(ours.tobytes()) / 2000


def test_a_page_that_moves_does_not_set_the_leaves_again_that_point_to_it(monkeypatch):
    drawer = Drawer()
    monkeypatch.setattr(makeup._Maker, "_guessed", lambda _: {})  # two figures a folio: as it comes
    press.print_pdf(compose(REFERRING, *BACKS[:9], part(1, 4), part(2, 3), style=EVEN), cache=drawer)
    moved = press.print_pdf(compose(REFERRING, *BACKS, part(1, 4), part(2, 3), style=EVEN), cache=drawer)
    assert sum(each.fresh for each in moved.rounds) == 2  # the two leaves that came
    assert f"(tr. {moved.folios['phan-2']})" in words(moved.pdf)[0]


def test_a_line_flush_right_takes_the_difference_at_its_left():
    face = compose().faces[-1]
    piece = b"/P <</MCID 0>>\nBDC\nBT\n1 0 0 -1 100 50 Tm\n/F 10 Tf\n[<0001>] TJ\nET\nEMC"
    changed = figures.exchange(piece, [Line(0, (0,), 1.0, (Gap(0, "0", 0, 0, 0, 1),))], ["1"], lambda _: face)
    nought, one = (figures.fonts.shape(face, figure)[0] for figure in "01")
    moved = 100 + (nought.advance - one.advance) / 100
    assert f"1 0 0 -1 {moved:.6f} 50 Tm".encode() in changed
    assert b"[<%04x>] TJ" % one.number in changed


# --- footnotes -------------------------------------------------------------------------------------


def test_footnotes_are_numbered_by_page_when_asked_for():
    by_page = [
        replace(each, markup=each.markup.replace('class="footnote"', 'class="footnote" data-by="page"'))
        for each in LEAVES
    ]
    book = press.print_pdf(compose(*by_page))
    assert book.problems == ()
    text = words(book.pdf)
    for number, facts in enumerate(book.facts):
        for order, note in enumerate(facts.footnotes, 1):
            _, of, article = note.split("-")
            assert f"{order}. Chú thích {of}.{article}." in text[number]
    assert sum(len(facts.footnotes) for facts in book.facts) == 7


def test_footnotes_come_home_to_the_page_of_their_call():
    book = press.print_pdf(compose(part(1, 29)))
    assert book.problems == ()
    for number in range(1, 30):
        assert book.folios[f"fn-1-{number}"] in range(
            book.folios[f"phan-1-dieu-{number}-p1"], book.ends[f"phan-1-dieu-{number}-p1"] + 1
        )


# --- facts -----------------------------------------------------------------------------------------


def test_where_a_page_begins_is_exact_whatever_style_makes_of_the_letters():
    style = small.STYLE + "p { text-transform: uppercase }"
    book = press.print_pdf(compose(part(1, 4), style=style, furniture=""))
    begun = [facts for facts in book.facts[1:] if facts.begins[1]]
    assert begun
    for facts in book.facts:
        assert facts.exact
    text = "".join(f"{SENTENCE * 4}".split()).upper()
    for number, facts in enumerate(book.facts):
        anchor, letters = facts.begins
        if anchor.endswith("-p2"):
            assert words(book.pdf)[number].replace(" ", "").startswith(text[letters : letters + 20])


def head_of(page):
    """The first letters of a page as a reader of the PDF sees them, hyphens at the ends of lines taken out."""
    return re.sub(r"\s", "", re.sub("[\u00ad\u2010\ufffe-]\\s*", "", page))[:20]


@pytest.mark.parametrize(
    "word", ["in\u00adter\u00adna\u00adtion\u00adal\u00adi\u00adza\u00adtion", "internationalization"]
)
def test_where_a_page_begins_is_exact_where_lines_end_with_hyphens(word):
    style = small.STYLE + "p { hyphens: auto; hyphenate-limit-chars: 5 2 2 }"
    text = f"Số {word} của chúng ta " * 150
    book = press.print_pdf(compose(leaf("program", f'<p id="a" lang="en">{text}</p>'), style=style))
    pages = [(facts, page) for facts, page in zip(book.facts, words(book.pdf), strict=True) if facts.begins[1]]
    assert len(pages) > 1
    bare = "".join(text.split())
    for facts, page in pages:
        assert facts.exact
        assert facts.head == bare[facts.begins[1] :][:60]
        assert head_of(page) == facts.head.replace("\u00ad", "")[:20]
    assert any(re.search("[\u2010-]", page) for _, page in pages)


def test_where_a_page_begins_is_exact_in_the_rows_of_a_table():
    """A row that runs on: the letters of its first cell that stand on the next page come before those of its second."""
    row = "<tr>" + "".join(f"<td>{name} {SENTENCE * 8}</td>" for name in ("Một", "Hai")) + "</tr>"
    head = "<thead><tr><th>Việc</th><th>Người</th></tr></thead>"
    body = f'<table id="a">{head}<tbody>{row * 5}</tbody></table>'
    book = press.print_pdf(compose(leaf("program", body), style=small.STYLE + "td { width: 50% }"))
    bare = re.sub(r"<[^>]*>|\s", "", body)
    pages = [(facts, page) for facts, page in zip(book.facts, words(book.pdf), strict=True) if facts.begins[1]]
    assert len(pages) > 3
    for facts, page in pages:
        assert facts.exact
        assert bare[facts.begins[1] :].startswith(facts.head)
        assert head_of(page.replace("Việc", "", 1).replace("Người", "", 1))[:6] == facts.head[:6]


def test_what_print_says_of_pages_is_not_counted():
    paged = '<span class="paged"> (tr. <a class="folio" href="#a"></a>)</span>'
    body = f'<p id="a">{f"{SENTENCE}{paged} " * 30}</p>'
    book = press.print_pdf(compose(leaf("program", body)))
    text = "".join((SENTENCE * 30).split())
    begun = [facts for facts in book.facts if facts.begins[1]]
    assert begun
    for facts in begun:
        assert (facts.begins[0], facts.head) == ("a", text[facts.begins[1] :][:60])


def test_where_letters_cannot_be_matched_the_page_begins_at_its_first_block():
    style = small.STYLE + ".cut { break-before: page; max-lines: 1; continue: discard }"
    body = f'<p id="a">Một</p><p id="b" class="cut">{SENTENCE * 4}</p><p id="c">Ba</p>'
    book = press.print_pdf(compose(leaf("program", body), style=style))
    (inexact,) = [facts for facts in book.facts if not facts.exact]
    assert (inexact.begins, inexact.head) == (("b", 0), "".join((SENTENCE * 4).split())[:60])


def test_lines_missing_from_the_finished_file_are_said():
    pdf = small.small_book().pdf
    assert proof.lost(pdf, [("SổTay".replace("T", "t"), "khôngcóđây"), *[()] * 15], press.Crew()) == ["khôngcóđây"]
    with pytest.raises(AssertionError):
        proof.lost(pdf, [()], press.Crew())


# --- fonts and tags ---------------------------------------------------------------------------------


def test_each_face_is_embedded_once_and_cut_down():
    with opened(small.small_book().pdf) as pdf:
        faces = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/FontName" in each]
        names = [str(face.FontName).partition("+")[2] for face in faces]
        assert len(names) == len(set(names)) > 1
        whole = {face.family.replace(" ", "-"): len(face.data) for face in compose().faces if face.weight == 400}
        assert all(len(face.FontFile2.read_bytes()) < max(whole.values()) / 2 for face in faces)


def test_the_parent_tree_leads_from_every_page_and_link_to_its_tags():
    with opened(small.small_book().pdf) as pdf:
        numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
        tree = {int(numbers[n]): numbers[n + 1] for n in range(0, len(numbers), 2)}
        assert list(tree) == list(range(len(tree)))
        seen = set()
        for page in pdf.pages:
            seen.add(int(page.StructParents))
            for element in tree[int(page.StructParents)]:
                runs = [
                    each for each in element.K if isinstance(each, pikepdf.Dictionary)
                ]  # on, over the turn of a page
                assert page.obj in [element.Pg, *(each.Pg for each in runs if "/Pg" in each)]
            for link in page.get("/Annots", ()):
                seen.add(int(link.StructParent))
                assert tree[int(link.StructParent)].S == "/Link"
        assert seen == set(tree)
        ids = [
            str(each.ID)
            for each in pdf.objects
            if isinstance(each, pikepdf.Dictionary) and "/ID" in each and "/S" in each
        ]
        assert len(ids) == len(set(ids)) > 0


# --- hands -----------------------------------------------------------------------------------------


def test_a_worker_that_dies_costs_time_and_nothing_else():
    with press.Crew(2) as crew:
        crew.get_ready()
        for process in list(crew._pool._processes.values()):
            process.kill()
        assert press.print_pdf(compose(*LEAVES), crew=crew).pdf == small.small_book().pdf


def test_work_is_shared_with_a_worker_and_done_here_when_it_dies():
    with press.Crew() as alone:
        assert alone.share(os.getpid, (), ()) == (os.getpid(), os.getpid())
    with press.Crew(2) as crew:
        here, there = crew.share(os.getpid, (), ())
        assert here == os.getpid() != there
        os.kill(there, signal.SIGKILL)
        assert crew.share(os.getpid, (), ()) in ((here, here), (here, there))
        assert crew.share(os.getpid, (), ()) == (here, here)


def test_who_is_told_may_end_the_work_though_a_worker_never_comes_back():
    def enough(*_):
        heard.append(_)
        if len(heard) > 1:
            raise KeyboardInterrupt

    heard = []
    with pytest.raises(KeyboardInterrupt):
        list(press.Crew()._as_ready({Future(): 3}, enough))
    assert heard == [(3, 1), (3, 1)]


def test_work_put_aside_is_done_while_others_set_type():
    done = []
    with press.Crew(2) as crew:
        kept = crew.aside(done.append, "giữ")
        crew.aside(done.append, "bỏ")  # nobody holds it
        press.print_pdf(compose(*LEAVES), crew=crew)
        assert done == ["giữ"]
        assert kept.result() is None
    assert done == ["giữ"]


def test_work_put_aside_is_done_when_asked_for_and_its_fault_is_raised_then():
    crew = press.Crew()
    full = [problems.shelf_full(Place("giá"))]
    right, wrong = crew.aside(divmod, 7, 2), crew.aside(problems.stop_on_errors, full)
    press.print_pdf(compose(*LEAVES), crew=crew)
    assert right.result() == right.result() == (3, 1)
    for _ in range(2):
        with pytest.raises(Problems):
            wrong.result()


def test_a_long_book_is_proof_read_by_two(monkeypatch):
    pdf = small.small_book().pdf
    monkeypatch.setattr(proof, "FEW", 4)
    wanted = [(), ("khôngcóđây",), *[()] * 13, ("cũngkhông",)]
    with press.Crew(2) as crew:
        assert proof.lost(pdf, wanted, crew) == ["khôngcóđây", "cũngkhông"]
        with pytest.raises(AssertionError):
            proof.lost(pdf, [*wanted, ()], crew)


def test_the_makeup_gives_up_after_its_rounds(monkeypatch):
    monkeypatch.setattr(makeup, "ROUNDS", 1)
    monkeypatch.setattr(makeup, "LETTERS_A_PAGE", 10)
    assert codes(compose(*LEAVES)) == ["FOLIOS_UNSTABLE"]


def children_of(marker):
    """The processes that carry a word in their environment."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if marker.encode() in (folder / "environ").read_bytes() and (folder / "stat").read_text().split()[2] != "Z":
                found.append(int(folder.name))
        except OSError:
            continue
    return found


def gone(marker, patience=5.0):
    until = time.monotonic() + patience
    while time.monotonic() < until:
        if not children_of(marker):
            return True
        time.sleep(0.02)
    return False


def started(source, shelf_folder, cache, marker, *more):
    program = [sys.executable, "-c", "from builder.cli import app; app()"]
    environment = os.environ | {"ANPHAM_CACHE": str(cache), "ANPHAM_MARK": marker, "PYTHONPATH": str(ROOT)}
    with (shelf_folder.parent / "said.txt").open("wb") as stderr:
        return subprocess.Popen(
            [*program, "build", str(source), "--shelf", str(shelf_folder), "--jobs", "2", *more],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=stderr,
            start_new_session=True,
            # Whoever runs the tests in the background has it ignored, and what is ignored stays so in a child.
            preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - one thread alone
        )


def text_of_source(word):
    articles = "\n\n".join(f"Điều {n}. Việc thứ {n}\n\n{SENTENCE * 6} {word}." for n in range(1, 9))
    return "\n\n".join(f"Phần {roman}\n\nTÊN PHẦN\n\n{articles}" for roman in ("I",)) + "\n"


@pytest.fixture
def source(tmp_path):
    folder = tmp_path / "so-tay"
    folder.mkdir()
    (folder / "publication.yaml").write_text(
        "format: 1\ntitle: Sổ tay\neditions:\n  mot: {layout: text, outputs: [pdf]}\n", "utf-8"
    )
    (folder / "program.md").write_text(text_of_source("đầu"), "utf-8")
    return folder


@pytest.mark.parametrize("half_loaded", ["", "faces.clear_away = lambda: 1 / 0"])
def test_a_worker_ends_with_its_pipe_whatever_it_has_loaded(half_loaded):
    """A program killed while its workers import WeasyPrint: the module that clears away has nothing in it yet."""
    worker = f"""
import sys, types
from multiprocessing import Pipe
from builder.press.crew import _end_with
faces = sys.modules["builder.press.faces"] = types.ModuleType("faces")
{half_loaded}
life, held = Pipe(duplex=False)
held.close()
_end_with(life)
"""
    done = subprocess.run([sys.executable, "-c", worker], env=os.environ | {"PYTHONPATH": str(ROOT)}, check=False)
    assert done.returncode == -signal.SIGKILL


needs_proc = pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="looks for processes in /proc")


@needs_proc
def test_ctrl_c_ends_it_cleanly(tmp_path, source):
    marker = f"anpham-test-{os.getpid()}-c"
    process = started(source, tmp_path / "shelf", tmp_path / "cache", marker)
    while not (tmp_path / "said.txt").stat().st_size and process.poll() is None:  # Python itself may take its time
        time.sleep(0.02)
    time.sleep(0.7)
    os.killpg(process.pid, signal.SIGINT)
    assert process.wait(20) == 130
    assert "Traceback" not in (tmp_path / "said.txt").read_text("utf-8")
    assert gone(marker)
    assert not (tmp_path / "shelf" / "so-tay").exists()


@needs_proc
@pytest.mark.slow
def test_a_build_killed_at_any_moment_leaves_nothing_wrong(tmp_path, source):
    """Fifty times: no process, no bad entry, no changed shelf; and the next build is right."""
    shelf_folder, cache = tmp_path / "shelf", tmp_path / "cache"
    assert started(source, shelf_folder, cache, "x").wait(60) == 0
    (source / "program.md").write_text(text_of_source("lần đo"), "utf-8")
    began = time.monotonic()
    assert started(source, shelf_folder, cache, "x").wait(60) == 0
    whole = time.monotonic() - began  # as long as such a build takes on this machine
    stood = {path.name: path.read_bytes() for path in (shelf_folder / "so-tay").iterdir()}
    chance = random.Random(5)  # noqa: S311 - it keeps no secret
    killed = 0
    for number in range(50):
        marker = f"anpham-test-{os.getpid()}-{number}-"
        (source / "program.md").write_text(text_of_source(f"lần {number}"), "utf-8")
        process = started(source, shelf_folder, cache, marker)
        time.sleep(chance.uniform(0.05, 0.95) * whole)
        process.kill()
        process.wait()
        killed += process.returncode == -signal.SIGKILL
        assert gone(marker), number
        kept = shelf.Cache(cache)
        for entry in cache.glob("*/*.anpham"):
            assert kept.get(entry.stem) is not None, entry
        shelf.recover(shelf_folder)
        now = {path.name: path.read_bytes() for path in (shelf_folder / "so-tay").iterdir()}
        if process.returncode == 0:
            stood = now
        else:
            assert now == stood or f"lần{number}" in "".join(words(now["so-tay-mot.pdf"])).replace(" ", "")
            stood = now
    assert killed > 20  # the others were done sooner: the machine had less to do than when it was measured
    assert started(source, shelf_folder, cache, "x").wait(60) == 0
    warm = (shelf_folder / "so-tay" / "so-tay-mot.pdf").read_bytes()
    assert started(source, tmp_path / "other", tmp_path / "fresh", "x", "--jobs", "1").wait(60) == 0
    assert warm == (tmp_path / "other" / "so-tay" / "so-tay-mot.pdf").read_bytes()
    assert "lần 49" in " ".join(words(warm))
