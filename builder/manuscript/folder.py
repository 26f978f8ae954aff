"""A source folder on the disk → its text files as sheets of lines, its pictures as bytes; every mistake a problem.

The only place where a manuscript's files are opened. A folder may come from a stranger: paths stay inside it,
links on the disk followed or not; texts are UTF-8 in normal form; size has a limit.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from builder import problems
from builder.problems import Place, Problem
from builder.vietnamese import detection, normal
from builder.vietnamese.legacy import Encoding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_MOST = 20_000_000  # bytes
_SAMPLE = 10_000  # bytes before and after the first that is no UTF-8: enough to tell the encoding
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
_SECRET = re.compile(r"(?:TỐI |TUYỆT )?MẬT")

NAMES = (
    "program.md",
    "program.lock",
    "publication.yaml",
    "glossary.md",
    "commentary",
    "sessions",
    "front",
    "back",
    "figures",
)
"""What a source folder may hold."""

README = "README.md"
"""What it may hold besides, for people: it is never read."""

_STEMS = {name.partition(".")[0] for name in NAMES}
_MARKED = {".md", ".yaml", ".yml"}
_TEXTS = {*_MARKED, ".markdown", ".txt", ".rtf", ".doc", ".docx", ".odt"}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a source text: its number, counted from 1, and its characters in normal form."""

    number: int
    text: str


Lines = tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A text file as read: ``file`` as the user would name it, its lines; ``raw`` is the text before normal form."""

    file: str
    name: str
    lines: Lines
    raw: str = ""

    def place(self, line: Line | int, column: int = 1) -> Place:
        """Where a line of this file stands."""
        return Place(self.file, line if isinstance(line, int) else line.number, column)


def sheet_of(file: str, name: str, raw: str) -> Sheet:
    """The text of a file → its sheet."""
    text = normal.normalise(raw.replace("\r\n", "\n").replace("\r", "\n")).text
    return Sheet(file, name, tuple(Line(number, line) for number, line in enumerate(text.split("\n"), 1)), raw)


class Folder:
    """A source folder, as the user named it; what it cannot give becomes a problem."""

    def __init__(self, given: Path, found: list[Problem]) -> None:
        """Take the folder and the list that problems are added to."""
        self.given = given
        self.found = found
        self.root = given.resolve()

    def shown(self, name: str) -> str:
        """A name inside the folder → the path as the user would type it."""
        return (self.given / name).as_posix()

    def strangers(self) -> None:
        """Report what lies in the folder under a name that is never read."""
        for path in sorted(self.root.iterdir()):
            hidden = path.name.startswith(".") or path.name == README
            kind = path.suffix.lower()
            text = path.is_dir() or kind in _MARKED or (kind in _TEXTS and path.stem.lower() in _STEMS)
            if text and not hidden and path.name not in NAMES:
                self._unread(path.name, NAMES)

    def _unread(self, name: str, known: Iterable[str]) -> None:
        self.found.append(problems.file_unknown(Place(self.shown(name)), name, known))

    def sheet(self, name: str) -> Sheet | None:
        """A text file of the folder → its lines; nothing when it is not there or cannot be read."""
        place = Place(self.shown(name))
        path = self._inside(name, place)
        if path is None or not path.is_file():
            return None
        data = self._bytes(path, place)
        raw = None if data is None else self._decoded(data, place)
        if raw is None:
            return None
        sheet = sheet_of(place.file, name, raw)
        self.found.extend(_forbidden(sheet))
        return sheet

    def sheets(self, directory: str) -> tuple[Sheet, ...]:
        """The Markdown files of one directory of the folder, in file-name order (2 before 10)."""
        path = self._inside(directory, Place(self.shown(directory)))
        if path is None or not path.is_dir():
            return ()
        names = [each.name for each in path.iterdir() if not each.name.startswith((".", "~"))]
        sheets = (self._one_of_many(directory, path / name) for name in sorted(names, key=by_number))
        return tuple(sheet for sheet in sheets if sheet)

    def _one_of_many(self, directory: str, path: Path) -> Sheet | None:
        """A file of a directory; one that looks as if it were meant to be read, and is not, is reported."""
        name = f"{directory}/{path.name}"
        if path.is_dir():
            self.found.append(problems.folder_deep(Place(self.shown(name)), name, directory))
        elif path.suffix == ".md":
            return self._filled(self.sheet(name))
        elif path.suffix.lower() in _TEXTS:
            self._unread(name, [f"{directory}/{path.stem}.md"])
        return None

    def _filled(self, sheet: Sheet | None) -> Sheet | None:
        if sheet and not any(line.text.strip() for line in sheet.lines):
            self.found.append(problems.file_empty(Place(sheet.file)))
        return sheet

    def picture(self, name: str, place: Place) -> bytes | None:
        """A picture named at ``place`` → its bytes; nothing when it cannot be had."""
        path = self._inside(name, place)
        if path is None:
            return None
        path = path if path.is_file() else self._by_normal_form(path)
        if not path.is_file():
            self.found.append(problems.figure_missing(place, name, self.pictures()))
            return None
        return self._bytes(path, place)

    def pictures(self) -> list[str]:
        """The names of what lies among the figures."""
        folder = self.root / "figures"
        return [f"figures/{path.name}" for path in sorted(folder.glob("*")) if path.is_file()]

    def _inside(self, name: str, place: Place) -> Path | None:
        """A name → its real path, when neither the name nor a link on the disk leads out."""
        try:
            path = (self.root / name).resolve()
        except (OSError, ValueError, RuntimeError):  # a name too long, a NUL in it, links in a ring
            path = None
        if path is None or not path.is_relative_to(self.root):
            self.found.append(problems.path_outside(place, name))
            return None
        return path

    def _by_normal_form(self, path: Path) -> Path:
        """The same name in another normal form (a Mac's ``ế`` is two characters)."""
        wanted = unicodedata.normalize("NFC", path.name)
        if not path.parent.is_dir():
            return path
        same = (each for each in path.parent.iterdir() if unicodedata.normalize("NFC", each.name) == wanted)
        return next(same, path)

    def _bytes(self, path: Path, place: Place) -> bytes | None:
        try:
            if path.stat().st_size > _MOST:
                self.found.append(problems.file_big(place, path.stat().st_size, _MOST))
                return None
            return path.read_bytes()
        except OSError as error:
            self.found.append(problems.file_unreadable(place, error))
            return None

    def _decoded(self, data: bytes, place: Place) -> str | None:
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError as error:
            at = Place(place.file, data.count(b"\n", 0, error.start) + 1, 1)
            verdict = detection.detect(data[max(0, error.start - _SAMPLE) : error.start + _SAMPLE].decode("latin-1"))
            is_old = verdict.encoding not in (Encoding.UNICODE, Encoding.MOJIBAKE)
            self.found.append(problems.old_encoding(at, verdict.encoding) if is_old else problems.not_utf8(at))
            return None


def _forbidden(sheet: Sheet) -> Iterator[Problem]:
    """The secrecy marks and the control characters of a text."""
    for line in sheet.lines:
        if _SECRET.fullmatch(bare := line.text.strip(" \t*#_")):
            yield problems.secret_mark(sheet.place(line), bare)
        if found := _CONTROL.search(line.text):
            character = f"U+{ord(found[0]):04X}"
            yield problems.control_character(sheet.place(line, found.start() + 1), character)


def by_number(name: str) -> tuple[tuple[int, str], ...]:
    """Sort ``2-x`` before ``10-x``."""
    parts = re.split(r"([0-9]+)", unicodedata.normalize("NFC", name))
    return tuple((int(part), "") if part.isdecimal() else (-1, part) for part in parts)
