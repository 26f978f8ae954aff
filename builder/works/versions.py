"""A source folder, a programme or a text to import comes in; that version of it goes out, ready to compare."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from builder import problems
from builder.manuscript import program, sheet_of
from builder.manuscript.folder import Folder, Sheet
from builder.problems import Place, Problem, Problems, Severity
from builder.works import bringing

if TYPE_CHECKING:
    from pathlib import Path

    from builder.intake import Convert
    from builder.manuscript.anchors import Anchors
    from builder.publication import Program

PROGRAM = "program.md"
_SEQUENCE = "NUM_SEQ"
_ANY = 10_000  # sessions: whether there are so many is asked when the folder is read
_PICTURES = "figures/"
_PICTURE_MISSING = "FIGURE_MISSING"


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a programme.

    ``strict`` tells whether its numbers are in sequence; ``pictures`` are those that came with it, by their paths in
    a source folder; ``report`` is what was found when it was taken in.
    """

    sheet: Sheet
    programme: Program
    anchors: Anchors
    strict: bool
    pictures: dict[str, str | bytes] = field(default_factory=dict)
    report: tuple[Problem, ...] = ()


def version(path: Path, convert: Convert | None = None) -> Version:
    """Read a version of a programme; ``convert`` is asked for files that only an office program reads.

    Raises:
        Problems: when there is none, or something in it is an error.
    """
    if path.is_dir() or path.name == PROGRAM:
        folder = path if path.is_dir() else path.parent
        found: list[Problem] = []
        sheet = Folder(folder, found).sheet(PROGRAM)
        if sheet is None:
            raise Problems(found or [problems.program_missing(Place((folder / PROGRAM).as_posix()))])
        return _read(sheet, folder, found)
    taken = bringing.bring(path, None, convert)
    pictures: dict[str, str | bytes] = {name: data for name, data in taken.files.items() if name.startswith(_PICTURES)}
    sheet = sheet_of(path.as_posix(), PROGRAM, str(taken.files[PROGRAM]))
    return _read(sheet, path.parent, [], pictures, taken.report)


def _read(
    sheet: Sheet,
    folder: Path,
    found: list[Problem],
    pictures: dict[str, str | bytes] | None = None,
    report: tuple[Problem, ...] = (),
) -> Version:
    programme, anchors = program.read(sheet, Folder(folder, found), found, strict=True, sessions=_ANY)
    own = pictures or {}
    strict = not any(each.code == _SEQUENCE and each.severity is Severity.ERROR for each in found)
    errors = [each for each in found if each.severity is Severity.ERROR and each.code != _SEQUENCE]
    problems.stop_on_errors([each for each in errors if not (own and each.code == _PICTURE_MISSING)])
    return Version(sheet, programme, anchors, strict, own, report)
