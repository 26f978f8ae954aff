"""The cells of a review sheet → an .xlsx file that is pleasant to edit; an .xlsx file from anybody → its cells.

Nothing in such a file is calculated, followed or trusted: its size is looked at before it is opened.
"""

from __future__ import annotations

import io
import itertools
import lzma
import re
import warnings
import zipfile
import zlib
from copy import copy
from typing import TYPE_CHECKING

import openpyxl
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties

from builder import problems
from builder.intake.archive import is_crowded
from builder.problems import Place, Problems

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from openpyxl.cell import Cell
    from openpyxl.styles.cell_style import StyleArray
    from openpyxl.worksheet.worksheet import Worksheet

MOST_MEGABYTES = 60
_MOST_AT_ONCE = 3_000_000
_TAKEN_APART = re.compile(rb"<(?:\w+:)?(?:row|si)\b")
MOST_ROWS = 100_000
_MEGABYTE = 1_000_000
_MOST_MEMBERS = 500
_MOST_COLUMNS = 20
_MOST_SHEETS = 10
_WIDTHS = (6, 7, 24, 14, 80, 10, 60)
_LIST = 2  # the column of the guide that names the kinds
_DOUBTFUL = PatternFill("solid", start_color="FFFFF2CC")
_HEAD = PatternFill("solid", start_color="FFD9E2F3")
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ENTITIES = ("<!DOCTYPE", "<!ENTITY")
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
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


def write(
    titles: tuple[str, str], rows: Sequence[Cells], doubtful: frozenset[int], guide: Sequence[str], kinds: Sequence[str]
) -> bytes:
    """The cells of the sheet, its head first → a workbook with a guide on a second sheet.

    ``titles`` names both sheets; ``doubtful`` are the rows (from 1, the head is 0) to be coloured; ``kinds`` are what
    the third column may say, by a list to choose from; the last column is hidden. Words stay words, whatever sign
    they begin with.
    """
    book = openpyxl.Workbook()
    sheet, second = book.active, book.create_sheet(titles[1])
    sheet.title = titles[0]
    looks = [_styled(second.cell(1, 1), fill) for fill in (None, _DOUBTFUL, _HEAD)]
    for number, cells in enumerate(rows):
        style = looks[2] if not number else looks[number in doubtful]
        for column, value in enumerate(cells, 1):
            _put(sheet.cell(number + 1, column), value, style)
    for column, texts in enumerate((guide, kinds), 1):
        for number, said in enumerate(texts, 1):
            _put(second.cell(number, column), said, looks[0])
    _dress(sheet, len(rows), len(rows[0]))
    second.column_dimensions["A"].width, second.column_dimensions["B"].width = 100, 28
    _let_choose(sheet, f"'{titles[1]}'!$B$2:$B${len(kinds)}", len(rows))
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _styled(cell: Cell, fill: PatternFill | None) -> StyleArray:
    """How cells look that hold words: set once, for it takes long, and given to each."""
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    cell.number_format = "@"
    cell.quotePrefix = True
    cell.fill = fill or PatternFill()
    return copy(cell._style)  # noqa: SLF001 - the way to give many cells one look


def _put(cell: Cell, value: object, style: StyleArray) -> None:
    """Write a cell; words are marked as words, so that no program takes them for a formula, a number or a date."""
    cell._style = copy(style)  # noqa: SLF001 - see _styled
    if isinstance(value, int):
        cell.value = value
        cell.number_format = "General"
        cell.quotePrefix = False
    elif said := _NO_XML.sub("", str(value)):
        cell.value = said
        cell.data_type = "s"


def _dress(sheet: Worksheet, rows: int, columns: int) -> None:
    for column, width in enumerate(_WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
        sheet.cell(1, column).font = Font(name="Calibri", size=11, bold=True)
    sheet.column_dimensions[get_column_letter(columns)].hidden = True
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(_WIDTHS))}{rows}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"


def _let_choose(sheet: Worksheet, choices: str, rows: int) -> None:
    choosing = DataValidation(type="list", formula1=choices, allow_blank=False)
    sheet.add_data_validation(choosing)
    choosing.add(f"C2:C{max(rows, 2)}")


def read(data: bytes, file: str) -> Iterator[tuple[tuple[int, Cells], ...]]:
    """A workbook → for each of its sheets, the rows that hold something and their numbers, the first hundred thousand.

    Raises:
        Problems: ``REVIEW_BROKEN`` when it is none, ``REVIEW_BIG`` when it would fill the memory.
    """
    try:
        _look_at_size(data, file)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what openpyxl does not keep (charts, rules of Excel's) is not needed
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
            found = [_rows(sheet) for sheet in book.worksheets[:_MOST_SHEETS]]
            book.close()
    except _BROKEN as error:
        raise Problems([problems.review_broken(Place(file))]) from error
    yield from found


def _rows(sheet: Worksheet) -> tuple[tuple[int, Cells], ...]:
    cells = sheet.iter_rows(max_row=MOST_ROWS + 2, max_col=_MOST_COLUMNS, values_only=True)
    return tuple((number, row) for number, row in enumerate(cells, 1) if any(each not in (None, "") for each in row))


def _look_at_size(data: bytes, file: str) -> None:
    """Add up what is packed in a file, and read it once: its list may lie, and one row may hold millions of cells.

    Raises:
        Problems: ``REVIEW_BIG`` when it is too much; ``REVIEW_BROKEN`` when an entry declares entities, which no
            workbook does.
    """
    big = Problems([problems.review_big(Place(file), MOST_MEGABYTES)])
    if is_crowded(data):
        raise big
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        entries = packed.infolist()
        if len(entries) > _MOST_MEMBERS or sum(each.file_size for each in entries) > MOST_MEGABYTES * _MEGABYTE:
            raise big
        for entry in entries:
            with packed.open(entry) as member:
                text = member.read(entry.file_size + 1)
            if len(text) > entry.file_size or _at_once(entry.filename, text) > _MOST_AT_ONCE:
                raise big
            if any(word.encode(code) in text for word in _ENTITIES for code in ("ascii", "utf-16-le", "utf-16-be")):
                raise Problems([problems.review_broken(Place(file))])


def _at_once(name: str, text: bytes) -> int:
    """How many bytes of a part are taken apart at once: a row of a sheet, a text of the list of texts, or all of it."""
    if not name.lower().endswith((".xml", ".rels")):
        return 0
    starts = [0, *(found.start() for found in _TAKEN_APART.finditer(text)), len(text)]
    return max(end - start for start, end in itertools.pairwise(starts))
