"""How many runs and which books come in; what was measured goes out as Markdown: ``./run bench``.

The books are generated in a temporary folder. The kinds of work take turns, run by run, so that a machine that slows
down meanwhile slows them all. Every peer runs in a process of its own, as the program does.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import re
import shutil
import sys
import tempfile
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

import books
import ebooks
import measure
import peers
import pikepdf
import report
from peers import Missing, Peer
from report import Row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ANPHAM = Path(sys.executable).with_name("anpham")
IMPOSED = 320  # pages
ARRANGING = """
import sys, time
from pathlib import Path
from builder import imposition
pages = Path(sys.argv[1]).read_bytes()
began = time.perf_counter()
imposition.impose(pages)
print(time.perf_counter() - began)
"""


@dataclass(slots=True)
class Work:
    """One kind of work: its name, what does it once, the PDF it leaves; its runs, or why it was given up."""

    name: str
    once: Callable[[], measure.Run]
    out: Path | None = None
    done: list[measure.Run] = field(default_factory=list)
    reason: str = ""

    def run(self) -> None:
        """Do it once more, unless it failed before."""
        if self.reason:
            return
        print(f"  {self.name} …", file=sys.stderr, flush=True)
        try:
            self.done.append(self.once())
        except measure.Failed as error:
            print(error, file=sys.stderr)
            self.reason = f"failed: {error.brief}"

    def row(self) -> Row:
        """Return what was measured."""
        if self.reason:
            return Row(reason=self.reason)
        return Row(measure.figures(self.done), _pages(self.out) if self.out else None)


def _pages(pdf: Path) -> int:
    with pikepdf.open(pdf) as opened:
        return len(opened.pages)


def _missing(name: str, reason: str) -> Work:
    return Work(name, lambda: measure.Run(math.nan, math.nan, math.nan), reason=reason)


@dataclass(frozen=True, slots=True)
class Desk:
    """One book on the desk: its source, its shelf, its cache, what is kept of a cold build, the peers' inputs."""

    folder: Path
    pages: int

    @property
    def source(self) -> Path:
        """The source folder; its name is that of the books made."""
        return self.folder / "now" / "source" / f"mau-{self.pages}"

    @property
    def pdf(self) -> Path:
        """The PDF as it stands on the shelf."""
        return self.folder / "now" / "shelf" / self.source.name / f"{self.source.name}-nguoi-du.pdf"

    def made(self, peer: str, kind: str) -> Path:
        """Where a peer's book goes."""
        return self.folder / f"{peer}.{kind}"

    @property
    def inputs(self) -> Path:
        """What the peers are given."""
        return self.folder / "inputs"

    def lay(self) -> None:
        """Write the source and the peers' inputs."""
        books.write(self.source, self.pages)
        peers.prepare(self.source, self.inputs)

    def build(self, *words: str) -> measure.Run:
        """Have the program build the PDF (or what else the words ask for)."""
        now = self.folder / "now"
        command = [ANPHAM, "build", self.source, "--shelf", now / "shelf", "--only", "pdf", *words]
        return measure.run(command, environment={"ANPHAM_CACHE": str(now / "cache")})

    def cold(self, *words: str) -> measure.Run:
        """Build with nothing on the shelf and nothing in the cache."""
        for name in ("shelf", "cache"):
            shutil.rmtree(self.folder / "now" / name, ignore_errors=True)
        (self.folder / "now" / "cache").mkdir()
        return self.build(*words)

    def first(self) -> measure.Run:
        """Build cold, and keep all as it is then."""
        done = self.cold()
        kept = self.folder / "kept"
        shutil.rmtree(kept, ignore_errors=True)
        shutil.copytree(self.folder / "now", kept)
        return done

    def changed(self) -> measure.Run:
        """Lay everything as it was after the cold build, change one word, and build; where things lie is the same."""
        now = self.folder / "now"
        if not (self.folder / "kept").exists():
            raise measure.Failed("there is no cold build to begin from")
        shutil.rmtree(now)
        shutil.copytree(self.folder / "kept", now)
        books.changed(self.source)
        return self.build()

    def epub(self) -> measure.Run:
        """Build PDF and EPUB cold; return the seconds that the program says the EPUB took."""
        answer = json.loads(self.cold("--only", "epub", "--json").said)
        seconds = next(output["seconds"] for output in answer["outputs"] if output["kind"] == "epub")
        return measure.Run(seconds, math.nan, math.nan)


# --- the work to be done --------------------------------------------------------------------------


def of_book(desk: Desk, found: dict[str, Peer | Missing], *, has_jobs: bool) -> Iterator[Work]:
    """Yield the work on one book, in the order in which it has to be done."""
    yield Work(report.COLD, desk.first, desk.pdf)
    yield Work(report.CHANGED, desk.changed, desk.pdf)
    yield Work(report.SAME, desk.build, desk.pdf)
    yield Work(report.CHECK, lambda: measure.run([ANPHAM, "check", desk.source]))
    if has_jobs:
        yield Work(report.ONE_JOB, lambda: desk.cold("--jobs", "1"), desk.pdf)
    else:
        yield _missing(report.ONE_JOB, "this version has no --jobs")
    yield from (_of_peer(work, desk, peer) for work, peer in found.items() if _wants(work, desk.pages))
    if desk.pages == report.MIDDLE:
        yield Work(report.EPUB, desk.epub)


def _wants(work: str, pages: int) -> bool:
    """Vivliostyle takes minutes for a large book, and one e-book says enough: these are of middling size."""
    return work not in {report.VIVLIOSTYLE, report.PANDOC} or pages == report.MIDDLE


def _of_peer(work: str, desk: Desk, peer: Peer | Missing) -> Work:
    if isinstance(peer, Missing):
        return _missing(work, peer.reason)
    is_ebook = work == report.PANDOC
    out = desk.made(peer.name, "epub" if is_ebook else "pdf")
    command = peer.makes(desk.inputs, out)
    return Work(work, lambda: measure.run(command, folder=desk.inputs), None if is_ebook else out)


def of_no_book(folder: Path, large: Desk | None) -> Iterator[Work]:
    """Yield the work that has no book of its own."""
    yield Work(report.HELP, lambda: measure.run([ANPHAM, "--help"]))
    if large is None or not large.pdf.exists() or _pages(large.pdf) < IMPOSED:
        yield _missing(report.IMPOSE, f"it takes the first {IMPOSED} pages of the {report.LARGE}-page book")
        return
    single, imposed = folder / "single.pdf", folder / "imposed.pdf"
    with pikepdf.open(large.pdf) as whole, pikepdf.new() as part:
        part.add_pages_from(whole, range(IMPOSED))
        part.save(single)

    def impose() -> measure.Run:
        imposed.unlink(missing_ok=True)
        return measure.run([ANPHAM, "impose", single, "--out", imposed])

    def arrange() -> measure.Run:
        said = measure.run([sys.executable, "-c", ARRANGING, single]).said
        return measure.Run(float(said), math.nan, math.nan)

    yield Work(report.ARRANGE, arrange)
    yield Work(report.IMPOSE, impose, imposed)


def measured(folder: Path, sizes: list[int], runs: int, found: dict[str, Peer | Missing]) -> report.Rows:
    """Do all the work so many times; return the rows."""
    rows: report.Rows = {}
    has_jobs = "--jobs" in measure.run([ANPHAM, "build", "--help"]).said
    desks = {pages: Desk(folder / str(pages), pages) for pages in sizes}
    for pages, desk in desks.items():
        print(f"{pages} pages", file=sys.stderr, flush=True)
        desk.lay()
        works = list(of_book(desk, found, has_jobs=has_jobs))
        _take_turns(works, runs)
        rows |= {(work.name, pages): work.row() for work in works}
    works = list(of_no_book(folder, desks.get(report.LARGE)))
    _take_turns(works, runs)
    return rows | {(work.name, 0): work.row() for work in works}


def side_by_side(desk: Desk, found: dict[str, Peer | Missing]) -> dict[str, dict[str, str]]:
    """Count and have judged what the e-books of one book, ours first, give their readers."""
    files = {"anpham": desk.pdf.with_suffix(".epub")}
    peer = found.get(report.PANDOC)
    if isinstance(peer, Peer):
        files[peer.name] = desk.made(peer.name, "epub")
    return {name: ebooks.worth(file).lines() for name, file in files.items() if file.exists()}


def _take_turns(works: list[Work], runs: int) -> None:
    for _ in range(runs):
        for work in works:
            work.run()


# --- what ran, and the command --------------------------------------------------------------------


def peers_found(*, skipped: bool) -> dict[str, Peer | Missing]:
    """Look for the peers; none when they are not wanted."""
    if skipped:
        return {}
    return {
        report.WEASYPRINT: peers.weasyprint(),
        report.TYPST: peers.typst(),
        report.VIVLIOSTYLE: peers.vivliostyle(),
        report.PANDOC: peers.pandoc(),
    }


def versions(found: dict[str, Peer | Missing]) -> dict[str, str]:
    """Name everything that the figures hang on, with its version."""
    information = measure.run([sys.executable, "-m", "weasyprint", "--info"]).said
    pango = re.search(r"Pango version: (\d+)", information)
    named = {
        "anpham": metadata.version("anpham"),
        "Python": platform.python_version(),
        "WeasyPrint": metadata.version("weasyprint"),
        "Pango": _dotted(int(pango[1])) if pango else "unknown",
        "pikepdf": metadata.version("pikepdf"),
    }
    named |= {peer.name: peer.version for peer in found.values() if isinstance(peer, Peer)}
    if isinstance(found.get(report.VIVLIOSTYLE), Peer):
        named["Chromium"] = peers.browser_version()
    return named | {"cores:": str(len(os.sched_getaffinity(0))), platform.system(): platform.machine()}


def _dotted(number: int) -> str:
    """Pango writes 1.50.12 as 15012."""
    return f"{number // 10000}.{number // 100 % 100}.{number % 100}"


def _asked(words: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run bench", description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=3, help="how often everything is run (3)")
    parser.add_argument(
        "--pages", type=int, nargs="+", choices=books.SIZES, default=list(books.SIZES), help="the books"
    )
    parser.add_argument("--skip-peers", action="store_true", help="measure the program alone")
    parser.add_argument("--out", type=Path, help="a file to write the tables to as well")
    return parser.parse_args(words)


def main(words: list[str] | None = None) -> int:
    """Measure and print; the status is 1 when the program failed at something."""
    asked = _asked(words)
    runs = max(1, asked.runs)
    found = peers_found(skipped=asked.skip_peers)
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        rows = measured(Path(folder), sorted(set(asked.pages)), runs, found)
        books_made = side_by_side(Desk(Path(folder) / str(report.MIDDLE), report.MIDDLE), found)
    tables = report.markdown(rows, versions(found), runs, books_made)
    print(tables, end="")
    if asked.out:
        asked.out.write_text(tables, "utf-8")
    return int(any(work.startswith("anpham") and row.reason.startswith("failed") for (work, _), row in rows.items()))


if __name__ == "__main__":
    sys.exit(main())
