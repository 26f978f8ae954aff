"""A text as people have it → the files of a source folder that builds, and a report on what was done to it.

Plain text and Markdown come in. Every sentence stands in what goes out; nothing is written here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from builder import problems
from builder.intake import declaration, decode, frontmatter, markdown, plain, reviewing
from builder.intake.record import Record
from builder.problems import Place, Problem, Problems

if TYPE_CHECKING:
    from pathlib import Path

    from builder.intake.review import Review, Row

__all__ = ["Intake", "read"]

_KINDS = {".txt": plain.read, ".text": plain.read, ".md": markdown.read, ".markdown": markdown.read}
_LATER = {".docx", ".doc", ".odt", ".rtf", ".pdf", ".html", ".htm"}
_MEGABYTE = 1_000_000
_MOST = 20 * _MEGABYTE


@dataclass(frozen=True, slots=True)
class Intake:
    """The files of a source folder, relative path → text; the report, in the order of the original's lines.

    ``rows`` are the pieces of the programme for a person to look through; ``fingerprint`` is that of the words they
    were read from, before anything was decided.
    """

    files: dict[str, str]
    report: tuple[Problem, ...]
    rows: tuple[Row, ...] = ()
    fingerprint: str = ""


def read(path: Path, review: Review | None = None) -> Intake:
    """A text file → a source folder in memory, as a review of it wants it where there is one.

    Raises:
        Problems: when the file is of another kind, unreadable, empty, or carries a secrecy mark; when the review is of
            another text, or wants what cannot be.
    """
    file = path.as_posix()
    reader = _KINDS.get(path.suffix.lower())
    if reader is None:
        later = path.suffix.lower() in _LATER
        refuse = problems.intake_later if later else problems.intake_kind
        raise Problems([refuse(Place(file), path.suffix or path.name)])
    lines, repairs = decode.lines(_bytes(path, file), file)
    record = Record(file, list(repairs))
    draft = reader(lines, record)
    reviewed = reviewing.settle(draft.pieces, record, review)
    settled = reviewed.settled
    if record.closed:
        record.add(problems.intake_lines, 0, record.closed)
    files = {"publication.yaml": declaration.text(draft, strict=settled.strict), "program.md": settled.text}
    if draft.front:
        files[frontmatter.FILE] = frontmatter.matter(draft.front)
    return Intake(files, problems.in_order(record.found), reviewed.rows, reviewed.fingerprint)


def _bytes(path: Path, file: str) -> bytes:
    try:
        size = path.stat().st_size
        if size > _MOST:
            raise Problems([problems.file_big(Place(file), -(-size // _MEGABYTE), _MOST // _MEGABYTE)])
        return path.read_bytes()
    except OSError as error:
        raise Problems([problems.file_unreadable(Place(file), error)]) from error
