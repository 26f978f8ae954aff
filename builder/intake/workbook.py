"""The cells of a review sheet → an .xlsx file that is pleasant to edit; an .xlsx file from anybody → its cells.

Nothing in such a file is calculated, followed or trusted: its size is looked at before it is opened.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from typing import TYPE_CHECKING

import openpyxl
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from openpyxl.worksheet.worksheet import Worksheet

MOST_MEGABYTES = 60
MOST_ROWS = 100_000
_MEGABYTE = 1_000_000
_MOST_MEMBERS = 500
_MOST_COLUMNS = 20
_MOST_SHEETS = 10
_WIDTHS = (6, 7, 24, 14, 80, 10, 60)
_LIST = 2  # the column of the guide that names the kinds
_DOUBTFUL = PatternFill("solid", start_color="FFF2CC")
_HEAD = PatternFill("solid", start_color="D9E2F3")
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ENTITIES = ("<!DOCTYPE", "<!ENTITY")
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    EOFError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    SyntaxError,
    ArithmeticError,
    AssertionError,
    NotImplementedError,
    RuntimeError,
)
"""What openpyxl and what it stands on raise when a file is not what it says it is."""

Cells = tuple[object, ...]


class BrokenError(Exception):
    """Raised for what is no workbook."""


class BigError(Exception):
    """Raised for a workbook that would fill the memory."""


def write(
    titles: tuple[str, str], rows: Sequence[Cells], doubtful: frozenset[int], guide: Sequence[str], kinds: Sequence[str]
) -> bytes:
    """The cells of the sheet, its head first → a workbook with a guide on a second sheet.

    ``titles`` names both sheets; ``doubtful`` are the rows (from 1, the head is 0) to be coloured; ``kinds`` are what
    the third column may say, by a list to choose from; the last column is hidden. Words stay words, whatever sign
    they begin with.
    """
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = titles[0]
    for number, cells in enumerate(rows, 1):
        for column, value in enumerate(cells, 1):
            _put(sheet, number, column, value)
        if number - 1 in doubtful:
            for column in range(1, len(_WIDTHS) + 1):
                sheet.cell(number, column).fill = _DOUBTFUL
    _dress(sheet, len(rows), len(rows[0]))
    second = book.create_sheet(titles[1])
    for number, said in enumerate(guide, 1):
        _put(second, number, 1, said)
    for number, said in enumerate(kinds, 1):
        _put(second, number, _LIST, said)
    second.column_dimensions["A"].width, second.column_dimensions["B"].width = 100, 28
    _let_choose(sheet, f"'{titles[1]}'!$B$2:$B${len(kinds)}", len(rows))
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _put(sheet: Worksheet, row: int, column: int, value: object) -> None:
    """Write a cell; words are marked as words, so that no program takes them for a formula, a number or a date."""
    cell = sheet.cell(row, column)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if isinstance(value, int):
        cell.value = value
        return
    cell.number_format = "@"
    cell.quotePrefix = True
    if said := _NO_XML.sub("", str(value)):
        cell.value = said
        cell.data_type = "s"


def _dress(sheet: Worksheet, rows: int, columns: int) -> None:
    for column, width in enumerate(_WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
        head = sheet.cell(1, column)
        head.font, head.fill = Font(bold=True), _HEAD
    sheet.column_dimensions[get_column_letter(columns)].hidden = True
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(_WIDTHS))}{rows}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = openpyxl.worksheet.properties.PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"


def _let_choose(sheet: Worksheet, choices: str, rows: int) -> None:
    choosing = DataValidation(type="list", formula1=choices, allow_blank=False)
    sheet.add_data_validation(choosing)
    choosing.add(f"C2:C{max(rows, 2)}")


def read(data: bytes) -> Iterator[tuple[tuple[int, Cells], ...]]:
    """A workbook → for each of its sheets, the rows that hold something and their numbers, the first hundred thousand.

    Raises:
        BrokenError: when it is none.
        BigError: when it would fill the memory.
    """
    try:
        _look_at_size(data)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what openpyxl does not keep (charts, rules of Excel's) is not needed
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
            found = [_rows(sheet) for sheet in book.worksheets[:_MOST_SHEETS]]
            book.close()
    except _BROKEN as error:
        raise BrokenError from error
    yield from found


def _rows(sheet: Worksheet) -> tuple[tuple[int, Cells], ...]:
    cells = sheet.iter_rows(max_row=MOST_ROWS + 2, max_col=_MOST_COLUMNS, values_only=True)
    return tuple((number, row) for number, row in enumerate(cells, 1) if any(each not in (None, "") for each in row))


def _look_at_size(data: bytes) -> None:
    """Add up what is packed in a file, and read it once in small pieces: its list may lie.

    Raises:
        BigError: when it is too much.
        BrokenError: when an entry declares entities, which no workbook does.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        entries = packed.infolist()
        if len(entries) > _MOST_MEMBERS or sum(each.file_size for each in entries) > MOST_MEGABYTES * _MEGABYTE:
            raise BigError
        for entry in entries:
            with packed.open(entry) as member:
                text = member.read(entry.file_size + 1)
            if len(text) > entry.file_size:
                raise BigError
            if any(word.encode(code) in text for word in _ENTITIES for code in ("ascii", "utf-16-le", "utf-16-be")):
                raise BrokenError
