"""Rows of a review → a sheet for Excel or LibreOffice (.xlsx, .csv); such a sheet, edited → what a person wants."""

from __future__ import annotations

import codecs
import csv
import io
import re
import unicodedata
from typing import TYPE_CHECKING

from builder import problems
from builder.intake import sheetwords, workbook
from builder.intake.review import Entry, Review
from builder.intake.shapes import Shape
from builder.messages import LANGUAGES
from builder.problems import Place, Problems, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from builder.intake.review import Row
    from builder.intake.workbook import Cells
    from builder.problems import Problem

KINDS = (".xlsx", ".csv")
COLUMNS = ("number", "line", "shape", "label", "words", "confidence", "note")
_READ = ("number", "shape", "label", "words")
_MEGABYTE = 1_000_000
_MOST = 20 * _MEGABYTE
_MARK = re.compile(r"\b[0-9a-f]{64}\b")
_GUARDED = re.compile(r"[=+\-@\t\r']|[^A-Za-zÀ-ỹ]*\d[^A-Za-zÀ-ỹ]*$")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_HEAD_WITHIN = 10

Table = tuple[tuple[int, "Cells"], ...]


def fit_name(path: Path) -> None:
    """Make sure that a sheet can be of the kind its name says.

    Raises:
        Problems: ``REVIEW_KIND``.
    """
    if path.suffix.lower() not in KINDS:
        raise Problems([problems.review_kind(Place(path.as_posix()), path.suffix or path.name)])


def write(rows: Sequence[Row], fingerprint: str, kind: str, language: str) -> bytes:
    """Rows, and the fingerprint of what they were made of → a sheet of the kind ``.xlsx`` or ``.csv``."""
    said = sheetwords.words(language)
    head = (*(said["column"][name] for name in COLUMNS), f"sha256:{fingerprint}")
    cells = [head, *((*_cells(row, language), "") for row in rows)]
    if kind == ".csv":
        return _csv(cells)
    doubtful = frozenset(number for number, row in enumerate(rows, 1) if row.doubtful)
    kinds = [said["sheet"]["choices"], *(said["shape"][shape.value] for shape in Shape)]
    titles = said["sheet"]["rows"], said["sheet"]["guide"]
    return workbook.write(titles, cells, doubtful, tuple(said["guide"].values()), kinds)


def read(path: Path) -> Review:
    """A sheet on the disk → what it wants of each row.

    Raises:
        Problems: when it is no such sheet, or says what has no meaning.
    """
    file = path.as_posix()
    fit_name(path)
    try:
        if path.stat().st_size > _MOST:
            raise Problems([problems.review_big(Place(file), _MOST // _MEGABYTE)])
        data = path.read_bytes()
    except OSError as error:
        raise Problems([problems.file_unreadable(Place(file), error)]) from error
    return parse(data, file)


def parse(data: bytes, file: str) -> Review:
    """The bytes of a sheet → what it wants of each row; what ``file`` is called decides how they are read.

    Raises:
        Problems: when it is no such sheet, or says what has no meaning.
    """
    tables = [_csv_rows(data, file)] if file.lower().endswith(".csv") else list(workbook.read(data, file))
    heads = [(table, at, _columns(cells)) for table in tables for at, (_, cells) in enumerate(table[:_HEAD_WITHIN])]
    table, at, columns = max(heads, key=lambda head: len(head[2]), default=((), 0, {}))
    if len(table) > workbook.MOST_ROWS:
        raise Problems([problems.review_long(Place(file), workbook.MOST_ROWS)])
    if missing := [name for name in (*_READ, "mark") if name not in columns]:
        column = sheetwords.words("vi")["column"] | {"mark": "sha256"}
        names = ", ".join(column[name] for name in missing)
        raise Problems([problems.review_columns(Place(file, table[at][0] if table else 0), names)])
    mark = _MARK.search(_text(table[at][1][columns["mark"]]))
    return Review(file, mark[0] if mark else "", _entries(table[at + 1 :], columns, file))


def _cells(row: Row, language: str) -> Cells:
    shape = sheetwords.shape(row.shape, language)
    return row.number, row.line, shape, row.label, row.words, row.confidence, row.note(language)


# --- comma-separated values -----------------------------------------------------------------------


def _csv(cells: Iterable[Cells]) -> bytes:
    """With semicolons: where a comma parts decimals, as in Vietnam, spreadsheets expect them."""
    made = io.StringIO()
    writer = csv.writer(made, delimiter=";", lineterminator="\r\n")
    writer.writerows([each if isinstance(each, int) else _guarded(str(each)) for each in row] for row in cells)
    return codecs.BOM_UTF8 + made.getvalue().encode()


def _guarded(text: str) -> str:
    """Words that a spreadsheet would take for a formula, a number or a date, behind an apostrophe."""
    return f"'{text}" if _GUARDED.match(text) else text


def _csv_rows(data: bytes, file: str) -> Table:
    text = _decoded(data, file)
    first = text.partition("\n")[0]
    delimiter = max(";,\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows: list[tuple[int, Cells]] = []
    try:
        for number, cells in enumerate(reader, 1):
            if any(cells) and len(rows) <= workbook.MOST_ROWS:
                rows.append((number, tuple(map(_unguarded, cells))))
    except csv.Error as error:
        raise Problems([problems.review_broken(Place(file))]) from error
    return tuple(rows)


def _unguarded(text: str) -> str:
    bare = text.removeprefix("'")
    return bare if bare != text and _GUARDED.match(bare) else text


def _decoded(data: bytes, file: str) -> str:
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return data.decode("utf-16" if wide else "utf-8-sig").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise Problems([problems.not_utf8(Place(file, data.count(b"\n", 0, error.start) + 1))]) from error


# --- what cells say -------------------------------------------------------------------------------


def _columns(cells: Cells) -> dict[str, int]:
    """A row of cells → where each column stands, if it is the head; of two of one name the first."""
    found: dict[str, int] = {}
    for at, cell in enumerate(cells):
        text = _text(cell)
        name = "mark" if _MARK.search(text) else sheetwords.column(text)
        if name:
            found.setdefault(name, at)
    return found


def _entries(table: Table, columns: dict[str, int], file: str) -> tuple[Entry, ...]:
    entries: list[Entry] = []
    objections: list[Problem] = []
    for number, cells in table:
        said = {name: _text(cells[at]) if at < len(cells) else "" for name, at in columns.items()}
        if not any(said[name] for name in _READ):
            continue
        place = Place(file, number)
        shape = sheetwords.meant(said["shape"])
        if shape is None:
            objections.append(problems.review_level(place, said["shape"], _near(said["shape"])))
        elif not re.fullmatch(r"\d{1,9}", said["number"]):
            objections.append(problems.review_row(place, said["number"]))
        else:
            entries.append(Entry(int(said["number"]), shape, said["label"], said["words"], place))
    if objections:
        raise Problems(objections)
    return tuple(entries)


def _near(said: str) -> str:
    known = [sheetwords.shape(shape, language) for language in LANGUAGES for shape in Shape]
    return nearest(said, known)


def _text(cell: object) -> str:
    """A cell → its words on one line, in normal form; a whole number without the decimals a spreadsheet gave it."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    words = "" if cell is None else unicodedata.normalize("NFC", str(cell))
    return " ".join(_CONTROL.sub(" ", words).split())
