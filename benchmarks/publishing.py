"""How many publications come in; how long publishing them takes, and how much memory, goes out as Markdown.

One small book is built once. The shelf is filled with copies of it, each with a name, a title, a day and an e-book of
its own; shelves of several sizes take turns, run by run, so that a machine that slows down meanwhile slows them all.
"""

from __future__ import annotations

import argparse
import datetime
import json
import shutil
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import books
import measure

from builder import shelf
from builder.ebook import archive
from builder.shelf import manifest

ANPHAM = Path(sys.executable).with_name("anpham")
COUNTS = (250, 500, 1000)
PAGES = 40
OUTPUTS = ("pdf", "booklet", "epub")
FIRST = datetime.date(2016, 1, 1)
PERIODS = 40  # quarters


def model(folder: Path) -> Path:
    """Build the book that all are copies of; return its folder on a shelf."""
    source = folder / "source" / f"mau-{PAGES}"
    books.write(source, PAGES)
    wanted = [word for output in OUTPUTS for word in ("--only", output)]
    command = [ANPHAM, "build", source, "--shelf", folder / "model", *wanted]
    measure.run(command, environment={"ANPHAM_CACHE": str(folder / "cache")})
    return folder / "model" / source.name


def fill(folder: Path, first: Path, count: int) -> None:
    """Put so many copies of a publication on a shelf."""
    facts, listed = shelf.facts(first), shelf.records(first)
    if facts is None:
        raise measure.Failed("the shelf does not say what its publication is")
    for number in range(count):
        slug = f"so-{number:04}"
        day = FIRST + datetime.timedelta(days=number * 91 // 25)
        told = replace(
            facts,
            title=f"{facts.title} {number}",
            date=day.isoformat(),
            period=f"Quý {number % 4 + 1}/{2016 + number * 10 // count}",
        )
        (folder / slug).mkdir(parents=True)
        records = [_copied(first, each, folder / slug, number) for each in listed]
        (folder / slug / manifest.MANIFEST).write_bytes(manifest.written(slug, told, records))


def _copied(first: Path, record: shelf.Record, folder: Path, number: int) -> shelf.Record:
    data = (first / record.path).read_bytes()
    if record.kind == "epub":
        data = _another(data, number)
    name = folder.name + record.path.removeprefix(first.name)
    (folder / name).write_bytes(data)
    return replace(record, path=name, bytes=len(data), sha256=shelf.sha256(data))


def _another(epub: bytes, number: int) -> bytes:
    """Make another e-book of one: of a title and an identifier of its own."""
    parts = archive.parts(epub)
    before, urn, rest = parts[archive.PACKAGE].partition(b"urn:uuid:")
    told = b"%b%b%08x%b" % (before, urn, number, rest[8:].replace(b"</dc:title>", b" %d</dc:title>" % number, 1))
    return archive.sealed(parts | {archive.PACKAGE: told})


def measured(folder: Path, counts: list[int], runs: int) -> dict[int, list[measure.Run]]:
    """Publish every shelf so many times, each time anew."""
    first = model(folder)
    for count in counts:
        fill(folder / f"shelf-{count}", first, count)
    done: dict[int, list[measure.Run]] = {count: [] for count in counts}
    for _ in range(runs):
        for count in counts:
            print(f"  {count} publications …", file=sys.stderr, flush=True)
            shutil.rmtree(folder / f"site-{count}", ignore_errors=True)
            command = [
                ANPHAM,
                "publish",
                "--shelf",
                folder / f"shelf-{count}",
                "--into",
                folder / f"site-{count}",
                "--yes",
            ]
            done[count].append(measure.run([*command, "--json"]))
    return done


def markdown(done: dict[int, list[measure.Run]]) -> str:
    """Write what was measured, and how it grows."""
    rows = [
        "| publications | files | site, MB | wall, s | CPU, s | peak, MB | ms each |",
        "|--:|--:|--:|--:|--:|--:|--:|",
    ]
    figures = {count: measure.figures(runs) for count, runs in done.items()}
    for count, each in figures.items():
        answer = json.loads(done[count][0].said)
        wall = f"{each.wall:.1f} ({each.quickest:.1f}–{each.slowest:.1f})"
        rows.append(
            f"| {count} | {answer['files']} | {answer['bytes'] / 1e6:.0f} | {wall} | {each.cpu:.1f} | {each.memory:.0f}"
            f" | {1000 * each.wall / count:.1f} |"
        )
    return "\n".join([*rows, "", _growth(figures)]) + "\n"


def _growth(figures: dict[int, measure.Figures]) -> str:
    """Say how time and memory grow from the smallest shelf to the largest."""
    least, most = min(figures), max(figures)
    few, many = figures[least], figures[most]
    wall, cpu = (more / most / (less / least) for more, less in ((many.wall, few.wall), (many.cpu, few.cpu)))
    memory = (many.memory - few.memory) / max(1, most - least)
    return (
        f"For each publication at {most} ÷ at {least}: {wall:.2f} × by the clock, {cpu:.2f} × CPU;"
        f" memory for each one added: {memory:.3f} MB."
    )


def main(words: list[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=3, help="how often everything is run (3)")
    parser.add_argument("--counts", type=int, nargs="+", default=list(COUNTS), help="how many publications")
    asked = parser.parse_args(words)
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        print(markdown(measured(Path(folder), sorted(asked.counts), max(1, asked.runs))), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
