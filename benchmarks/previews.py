"""A source folder and a number of edits come in; how long each takes to be seen in the preview goes out, as Markdown.

    .venv/bin/python benchmarks/previews.py [--edits 20] [--out FILE]

Time runs from the moment a file begins to be saved to the moment the browser has painted the changed page: the picture
decoded, two frames later. The edits go through the book from its first page to its last; every fourth adds a paragraph,
so that all pages after it move. They add up, as they do for whoever writes.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).resolve().parent.parent
ANPHAM = Path(sys.executable).with_name("anpham")
SOURCE = ROOT / "sources" / "chuong-trinh-hanh-dong-05"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+/")
WINDOW = {"width": 1440, "height": 900}
PATIENCE = 120_000  # milliseconds
REST = 0.5  # seconds between two edits
EVERY = 4
ONCE_EACH = 2  # in the source and on the pages
ADDED = "Đoạn này được thêm vào để đo: mọi trang đứng sau nó đều phải dời đi một chút, và số trang có thể đổi theo."
# Promises the moment (ms since 1970) in which a page of those before the reader has been painted anew.
ARMED = """() => {
  const marks = () => [...document.querySelectorAll("figure[data-mark]")].map((figure) => figure.dataset.mark);
  const before = marks().join();
  window.seen = new Promise((done) => {
    const look = async () => {
      const images = [...document.querySelectorAll("figure img")];
      const now = marks();
      if (now.join() === before || !now.every((mark) => images.some((image) => image.src.includes(mark)))) return;
      observer.disconnect();
      await Promise.all(images.map((image) => image.decode()));
      requestAnimationFrame(() => requestAnimationFrame(() => done(performance.timeOrigin + performance.now())));
    };
    const observer = new MutationObserver(look);
    observer.observe(document.getElementById("spread"), { subtree: true, childList: true, attributes: true });
  });
}"""
TEXTS = """async () => {
  const number = document.getElementById("pdf").href.split("/")[4];
  const laid = await (await fetch(`/layings/${number}.json`)).json();
  const read = (page) => fetch(`/pages/${page.mark}.txt`).then((answer) => answer.text());
  return Promise.all(laid.pages.map(async (page) => [page.label, await read(page)]));
}"""


@dataclass(frozen=True, slots=True)
class Edit:
    """What is done to a file: words that stand once in the book; the page they were on; what becomes what."""

    phrase: str
    label: str
    file: Path
    was: str
    becomes: str
    moves: bool


@dataclass(frozen=True, slots=True)
class Seen:
    """How long an edit took to be seen, in seconds, and what the program said it took to set."""

    edit: Edit
    seconds: float
    said: str


# --- what is edited -------------------------------------------------------------------------------


def edits(source: Path, pages: Sequence[tuple[str, str]], count: int) -> list[Edit]:
    """Choose edits all through the book; the words of each stand once in its source, in running text."""
    texts = {file: file.read_text("utf-8") for file in sorted(source.rglob("*.md")) if file.name != "README.md"}
    settings = (source / "publication.yaml").read_text("utf-8")
    whole = "\n".join([settings, *texts.values(), *(words for _, words in pages)])
    found: list[Edit] = []
    for number in range(count):
        moves = number % EVERY == EVERY - 1
        first = round(number * len(pages) / count)
        for label, words in (*pages[first:], *reversed(pages[:first])):
            if any(each.label == label for each in found):
                continue
            edit = _edit(label, words, texts, whole, moves=moves)
            if edit:
                found.append(edit)
                break
    return sorted(found, key=lambda edit: [label for label, _ in pages].index(edit.label))


def _edit(label: str, words: str, texts: dict[Path, str], whole: str, *, moves: bool) -> Edit | None:
    for phrase in re.findall(r"(?<!\S)[^\W\d]{2,}(?: [^\W\d]{2,}){3}(?!\S)", words):
        if whole.count(phrase) != ONCE_EACH or not any(phrase in text for text in texts.values()):
            continue
        file = next(file for file, text in texts.items() if phrase in text)
        line = next(line for line in texts[file].splitlines() if phrase in line)
        if not moves and line[0].isalpha():
            first, _, rest = phrase.partition(" ")
            return Edit(phrase, label, file, phrase, f"{first} ngay {rest}", moves=False)
        if moves and line[0].isalpha() and "commentary" in file.parts and f"{line}\n\n" in texts[file]:
            return Edit(phrase, label, file, f"{line}\n\n", f"{line}\n\n{ADDED}\n\n", moves=True)
    return None


def save(edit: Edit) -> None:
    """Save a file as an editor does that writes beside it and then takes its place."""
    beside = edit.file.with_name(f".{edit.file.name}.swp")
    beside.write_text(edit.file.read_text("utf-8").replace(edit.was, edit.becomes, 1), "utf-8")
    beside.replace(edit.file)


# --- what is measured -----------------------------------------------------------------------------


@contextmanager
def previewed(source: Path, cache: Path) -> Iterator[str]:
    """Preview a source; hand out the address."""
    command = [ANPHAM, "preview", source, "--no-browser"]
    environment = os.environ | {"ANPHAM_CACHE": str(cache)}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True, encoding="utf-8") as running:
        try:
            lines = iter(running.stdout or ())
            yield next(found[0] for line in lines if (found := ADDRESS.search(line)))
        finally:
            running.send_signal(signal.SIGINT)


def measured(page: Any, address: str, source: Path, count: int) -> list[Seen]:  # noqa: ANN401 - Playwright's page
    """Make the edits, one after the other, each with the page before the reader that it shows on."""
    page.goto(address)
    page.wait_for_selector("figure img", timeout=PATIENCE)
    found = []
    for edit in edits(source, _texts(page), count):
        found.append(_measure(page, edit))
        print(f"  {edit.label:>3} {edit.file.name:<24} {found[-1].seconds:.2f} s", file=sys.stderr, flush=True)
    return found


def _texts(page: Any) -> list[tuple[str, str]]:  # noqa: ANN401
    """Return the words of the pages as they stand, spaces made one, each with its label."""
    page.wait_for_selector("footer:not(.working)")
    return [(label, " ".join(words.split())) for label, words in page.evaluate(TEXTS)]


def _measure(page: Any, edit: Edit) -> Seen:  # noqa: ANN401
    label = next(label for label, words in _texts(page) if edit.phrase in words)
    page.fill("#page", label)
    page.press("#page", "Enter")
    page.wait_for_selector(f'figure[data-label="{label}"] img')
    time.sleep(REST)
    page.evaluate(ARMED)
    began = time.time()
    save(edit)
    seen = page.evaluate("window.seen") / 1000
    page.wait_for_selector("footer:not(.working)")
    return Seen(edit, seen - began, page.inner_text("#status"))


def markdown(found: Sequence[Seen], pages: int, machine: str) -> str:
    """Write down what was measured."""
    kinds = {
        "a word changed": [each for each in found if not each.edit.moves],
        "a paragraph added, the pages after it move": [each for each in found if each.edit.moves],
        "all": list(found),
    }
    lines = [
        f"From saving a file to the changed page on the screen, {pages} pages, s:",
        "",
        "| edits | number | median | worst |",
        "|---|--:|--:|--:|",
    ]
    for kind, seen in kinds.items():
        seconds = [each.seconds for each in seen]
        if seconds:
            lines.append(f"| {kind} | {len(seconds)} | {statistics.median(seconds):.2f} | {max(seconds):.2f} |")
    each = ", ".join(f"{seen.seconds:.2f}{'*' if seen.edit.moves else ''}" for seen in found)
    lines += ["", f"One by one, from the first page to the last (* a paragraph added): {each}."]
    return "\n".join([*lines, "", f"{machine}.", ""])


def machine(chromium: str) -> str:
    """Name everything that the figures hang on."""
    named = {name: metadata.version(name) for name in ("anpham", "weasyprint", "pypdfium2", "uvicorn", "watchfiles")}
    named |= {"Python": platform.python_version(), "Chromium": chromium}
    named |= {"cores:": str(len(os.sched_getaffinity(0))), platform.system(): platform.machine()}
    return ", ".join(f"{name} {version}" for name, version in named.items()) + f", load {os.getloadavg()[0]:.1f}"


def main() -> int:
    """Measure and print; the status is 3 where there is no browser, or nothing to drive it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--edits", type=int, default=20, help="how many edits are made (20)")
    parser.add_argument("--source", type=Path, default=SOURCE, help="the source (the sample booklet)")
    parser.add_argument("--out", type=Path, help="a file to write the table to as well")
    asked = parser.parse_args()
    try:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415 - not on every machine
    except ImportError:
        print("skipped: playwright (PyPI) is not on this machine", file=sys.stderr)
        return 3
    executable = next(filter(None, map(shutil.which, BROWSERS)), None)
    if executable is None:
        print("skipped: Chromium is not on this machine", file=sys.stderr)
        return 3
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, sync_playwright() as playwright:
        source = Path(folder, asked.source.name)
        shutil.copytree(asked.source, source)
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        with previewed(source, Path(folder, "cache")) as address:
            page = browser.new_page(viewport=WINDOW)
            page.set_default_timeout(PATIENCE)
            found = measured(page, address, source, asked.edits)
            pages = int(page.inner_text("#of").strip("/ "))
        ran = machine(browser.version)
        browser.close()
    table = markdown(found, pages, ran)
    print(table, end="")
    if asked.out:
        asked.out.write_text(table, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
