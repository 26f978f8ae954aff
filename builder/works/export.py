"""A source folder comes in; a copy of it to review in Word stands on the disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder import copydesk, manuscript, press, problems, shelf
from builder.problems import Place, Problems
from builder.publication import Figure, nouns_in

if TYPE_CHECKING:
    from pathlib import Path

    from builder.problems import Problem
    from builder.publication import Publication

SUFFIX = ".docx"
SVG = "image/svg+xml"


def export(folder: Path, file: Path) -> tuple[Path, tuple[Problem, ...]]:
    """Write the review copy of a source; return where it stands, and the warnings of its source.

    Raises:
        Problems: with everything found, when something in the folder is an error; ``FILE_BIG`` when it is too much;
            ``FILE_TAKEN`` when the file there is no copy of ours, ``COPY_EDITED`` when it is one that was edited;
            ``SHELF_DENIED``, ``SHELF_FULL``.
    """
    path = file if file.suffix.lower() == SUFFIX else file.with_name(f"{file.name}{SUFFIX}")
    publication, found = manuscript.read(folder)
    files = manuscript.everything(folder, publication)
    size = sum(map(len, files.values()))
    if size > copydesk.MOST:
        raise Problems([problems.file_big(Place(folder.as_posix()), size, copydesk.MOST)])
    data = copydesk.write(files, _drawn(publication))
    shelf.write_over(path, data, lambda there: _objection(path, there))
    return path, found


def _drawn(publication: Publication) -> dict[str, bytes]:
    """Draw the drawings for programs that cannot; a machine that cannot either leaves them to Word."""
    drawings = {each.path: each.data for each in nouns_in(publication, Figure) if each.media_type == SVG}
    try:
        return {path: press.bitmap(data, *copydesk.points(data)) for path, data in drawings.items()}
    except OSError:
        return {}


def _objection(path: Path, there: bytes) -> Problem | None:
    """Say why a file that stands in the way must stay: only a copy as it was exported may be replaced."""
    if copydesk.is_untouched(there):
        return None
    tell = problems.copy_edited if copydesk.is_copy(there) else problems.file_taken
    return tell(Place(path.as_posix()))
