"""A text as people have it → the files of a source folder that builds, and a report on what was done to it.

Every sentence stands in what goes out, or the report says where it went; nothing is written here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from builder import problems
from builder.intake import (
    account,
    declaration,
    decode,
    folios,
    frontmatter,
    markdown,
    official,
    pages,
    plain,
    remarks,
    reviewing,
    sniffing,
    structure,
    trial,
    web,
    word,
)
from builder.intake.record import Record
from builder.intake.sniffing import Kind
from builder.manuscript import commentary, matter, program
from builder.manuscript.folder import sheet_of
from builder.problems import Place, Problem, Problems

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from builder.intake.account import Account
    from builder.intake.draft import Draft
    from builder.intake.review import Review, Row
    from builder.intake.trial import Settled
    from builder.manuscript.folder import Line

__all__ = ["Convert", "Intake", "content", "parse", "read", "without_office"]

Convert = Callable[[bytes, str], bytes]
"""Makes a .docx of the bytes of an older office file and what its name ends in."""

_LAID_OUT = {Kind.WORD: word.read, Kind.OFFICE: word.read, Kind.WEB: web.read, Kind.ARCHIVED_WEB: web.read}
_MEGABYTE = 1_000_000
_MOST = 100 * _MEGABYTE  # a file may be full of pictures
_MOST_OF_TEXT = 20 * _MEGABYTE
_LONGEST = 5_000_000  # characters: some 2,500 pages


@dataclass(frozen=True, slots=True)
class Intake:
    """The files of a source folder, relative path → text or a picture's bytes; the report; the account of its words.

    The report is in the order of the original's lines. ``rows`` are the pieces of the programme for a person to look
    through; ``fingerprint`` is that of the words they were read from, before anything was decided.
    """

    files: dict[str, str | bytes]
    report: tuple[Problem, ...]
    account: Account | None = None
    rows: tuple[Row, ...] = ()
    fingerprint: str = ""


def read(path: Path, review: Review | None = None, convert: Convert | None = None) -> Intake:
    """A file → a source folder in memory, as a review of it wants it where there is one.

    ``convert`` is asked for files that only an office program reads.

    Raises:
        Problems: when the file is of a kind that is not taken in, unreadable, empty, or carries a secrecy mark; when
            the review is of another text, or wants what cannot be.
    """
    return parse(content(path), path.as_posix(), review, convert)


def parse(data: bytes, file: str, review: Review | None = None, convert: Convert | None = None) -> Intake:
    """The bytes of a file, and what it is called → the same as ``read``.

    Raises:
        Problems: as ``read``.
    """
    record = Record(file)
    sniffed = sniffing.sniff(data, record)
    if sniffed.kind is Kind.OFFICE:
        data = _converted(data, sniffed.suffix, convert or without_office, file)
    if reader := _LAID_OUT.get(sniffed.kind):
        original = reader(data, record)
        said = tuple(structure.said(original))
        _refuse_long(map(len, said), file)
        return taken(structure.read(original, record), said, record, review, addresses=False)
    lines = pages.read(data, record) if sniffed.kind is Kind.PDF else _lines(data, record)
    _refuse_long((len(line.text) for line in lines), file)
    bodies = folios.without(lines, record)
    draft = (markdown.read if sniffed.kind is Kind.MARKDOWN else plain.read)(bodies, record)
    return taken(draft, (line.text for line in lines), record, review, addresses=True)


def _refuse_long(lengths: Iterable[int], file: str) -> None:
    """Refuse a text longer than any book that is printed, before it is taken apart.

    Raises:
        Problems: ``INTAKE_LONG``.
    """
    count = sum(lengths)
    if count > _LONGEST:
        raise Problems([problems.intake_long(Place(file), -(-count // 1_000_000), _LONGEST // 1_000_000)])


def _lines(data: bytes, record: Record) -> tuple[Line, ...]:
    if len(data) > _MOST_OF_TEXT:
        raise Problems([problems.file_big(Place(record.file), len(data), _MOST_OF_TEXT)])
    lines, repairs = decode.lines(data, record.file)
    record.found.extend(repairs)
    return lines


def _converted(data: bytes, suffix: str, convert: Convert, file: str) -> bytes:
    """Have an office file converted; what does not work is told of this file, which the converter does not know."""
    try:
        return convert(data, suffix)
    except Problems as error:
        told = (each if each.place.file else replace(each, place=Place(file)) for each in error.problems)
        raise Problems(told) from None


def without_office(_data: bytes, suffix: str) -> bytes:
    """Say that there is no office program to convert a file.

    Raises:
        Problems: ``OFFICE_MISSING``.
    """
    raise Problems([problems.office_missing(Place(), suffix)])


def taken(
    draft: Draft, original: Iterable[str], record: Record, review: Review | None = None, *, addresses: bool
) -> Intake:
    """A draft, and the words of the original it was made of → the source folder in memory.

    ``addresses`` of links are among these words.

    Raises:
        Problems: when there is no text, or a line is a secrecy mark; when the review wants what cannot be.
    """
    if not any(character.isalnum() for piece in draft.pieces for line in piece.plain for character in line):
        raise Problems([problems.intake_empty(Place(record.file))])
    pieces = official.framed(draft.pieces, record)
    reviewed = reviewing.settle(pieces, record, review, draft.figures)
    settled = reviewed.settled
    if record.closed:
        record.add(problems.intake_lines, 0, record.closed)
    files: dict[str, str | bytes] = {
        "publication.yaml": declaration.text(draft, strict=settled.strict),
        "program.md": settled.text,
        **remarks.files(draft.remarks, settled, record),
        **draft.figures,
    }
    if draft.front:
        files[frontmatter.FILE] = frontmatter.matter(draft.front)
    made = [draft.title if draft.titled else "", *_nouns(files, settled, draft)]
    counted = account.take(original, made, record, addresses=addresses)
    record.add(problems.intake_account, 0, counted.words, len(counted.missing), len(counted.added))
    if counted.missing:
        record.add(problems.intake_missing, 0, len(counted.missing), " ".join(counted.missing))
    if counted.added:
        record.add(problems.intake_added, 0, len(counted.added), " ".join(counted.added))
    return Intake(files, problems.in_order(record.found), counted, reviewed.rows, reviewed.fingerprint)


def _nouns(files: dict[str, str | bytes], settled: Settled, draft: Draft) -> Iterator[object]:
    """What the manuscript's reader makes of the files.

    Raises:
        AssertionError: when it finds an error in what was written here; a bug of ours.
    """
    yield settled.program
    found: list[Problem] = []
    bench = trial.Bench(draft.figures, found)
    refer = program.referring(settled.anchors, found)
    desk = commentary.Desk(bench, settled.anchors, refer)
    sheets = [sheet_of(name, name, text) for name, text in files.items() if isinstance(text, str)]
    yield commentary.read((sheet for sheet in sheets if sheet.name.startswith("commentary/")), desk)
    yield matter.matter((sheet for sheet in sheets if sheet.name.startswith("back/")), "cuoi", bench, refer)
    if any(each.severity is problems.Severity.ERROR for each in found):
        raise AssertionError(f"what was written gives an error: {found}")


def content(path: Path) -> bytes:
    """The bytes of a file to take in.

    Raises:
        Problems: ``FILE_BIG``, ``FILE_UNREADABLE``.
    """
    place = Place(path.as_posix())
    try:
        size = path.stat().st_size
        if size > _MOST:
            raise Problems([problems.file_big(place, size, _MOST)])
        return path.read_bytes()
    except OSError as error:
        raise Problems([problems.file_unreadable(place, error)]) from error
