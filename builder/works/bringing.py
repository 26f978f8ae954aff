"""A file comes in; the source folder it becomes goes out: a review copy of ours becomes again what it was made of."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from builder import copydesk, intake, problems
from builder.copydesk import Back
from builder.intake import Intake, word
from builder.intake.record import Record

if TYPE_CHECKING:
    from pathlib import Path

    from builder.intake import Convert
    from builder.intake.review import Review

OWN = {"INTAKE_HEADER", "INTAKE_REMARK_SETTLED", "INTAKE_NOTE_LOOSE"}
"""What a reader of Word files reports of a copy that is the copy's own, or told better."""


def bring(path: Path, review: Review | None, convert: Convert | None, *, in_rows: bool = False) -> Intake:
    """A file → a source folder in memory, as a review of it wants it where there is one.

    ``in_rows``: a sheet to review it in is wanted, so that a review copy is taken in as any other Word file.

    Raises:
        Problems: what the file or the review is at fault in.
    """
    data = intake.content(path)
    again = not in_rows and review is None and copydesk.is_copy(data)
    back = take_back(data, path.as_posix()) if again else None
    if back and back.files:
        return Intake({name: _read(data) for name, data in back.files.items()}, back.report)
    taken = intake.parse(data, path.as_posix(), review, convert)
    return replace(taken, report=problems.in_order([*back.report, *taken.report])) if back else taken


def _read(data: bytes) -> str | bytes:
    """A text as text, a picture as it is."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data


def take_back(data: bytes, file: str) -> Back | None:
    """The bytes of a Word file → the source folder it is a review copy of, changed as it was; what it is not is told.

    Returns:
        Nothing when it is no review copy; a ``Back`` without files when it is one that can only be taken in as any
        Word file, and its report says why.

    Raises:
        Problems: when the file is no Word file, damaged, locked, or made to do harm.
    """
    record = Record(file, [])
    back = copydesk.read_back(data, word.read(data, record), file)
    if back is None or not back.files:
        return back
    told = [each for each in record.found if each.code not in OWN]
    return Back(back.files, problems.in_order([*back.report, *told]))
