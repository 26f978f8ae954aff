"""A source folder comes in; a copy of it to review in Word stands on the disk, and nothing is lost by that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder import copydesk, manuscript, problems, shelf
from builder.problems import Place

if TYPE_CHECKING:
    from pathlib import Path

    from builder.problems import Problem

SUFFIX = ".docx"


def export(folder: Path, file: Path) -> tuple[Path, tuple[Problem, ...]]:
    """Write the review copy of a source; return where it stands, and the warnings of its source.

    Raises:
        Problems: with everything found, when something in the folder is an error; ``FILE_TAKEN`` when the file there
            is no copy of ours, ``COPY_EDITED`` when it is one that was edited; ``SHELF_DENIED``, ``SHELF_FULL``.
    """
    path = file if file.suffix.lower() == SUFFIX else file.with_name(f"{file.name}{SUFFIX}")
    publication, found = manuscript.read(folder)
    data = copydesk.write(manuscript.everything(folder, publication))
    shelf.write_over(path, data, lambda there: _objection(path, there))
    return path, found


def _objection(path: Path, there: bytes) -> Problem | None:
    """Say why a file that stands in the way must stay: only a copy as it was exported may be replaced."""
    if copydesk.is_untouched(there):
        return None
    tell = problems.copy_edited if copydesk.is_copy(there) else problems.file_taken
    return tell(Place(path.as_posix()))
