"""The opening and the end of an official paper → its title, kind and number; its head and foot as pieces of their own.

Such a paper begins with the names of the state and of who issues it; its kind stands on a line of its own in capitals,
what it is about on the next (Decree 30/2020/NĐ-CP, Annex I). It ends with those who receive it and those who sign.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from builder import problems
from builder.intake import escape
from builder.intake.draft import Field, Piece
from builder.manuscript import labels, official
from builder.manuscript.folder import Line, Sheet
from builder.publication import Level, Role, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from builder.intake.record import Record
    from builder.manuscript.folder import Lines
    from builder.publication import Inlines

_NUMBER = re.compile(r"Số:?\s*(\d[\w./-]*[\w])")
_SUBJECT = re.compile(r"(?:Về|Quy định|Sửa đổi|Ban hành|Hướng dẫn|Phê duyệt|Thực hiện|Triển khai)\b")
_HEAD = 15
_LONGEST = 200
_LONGEST_FOOT = 60
_LONGEST_FOOT_LINE = 160
_MOST_BELOW = 4
_MARKS = "*_ "
_SETTLED = {"INTAKE_HEADING", "INTAKE_ESCAPED", "INTAKE_FOLIO"}  # what is no question any more in a head or a foot
_RIGHT = {Role.NATION, Role.MOTTO, Role.PARTY, Role.DATED}
_SIGNS = {Level.DASH, Level.PLUS, Level.BULLET}


def opening(found: Sequence[Line]) -> tuple[Field, ...]:
    """The paragraphs of a text → its title, kind and number as entries; nothing when it opens otherwise."""
    head = _opening(found)
    at = next((at for at, line in enumerate(head) if official.KIND.fullmatch(line.text.strip(_MARKS))), None)
    if at is None or not head[0].text.partition("|")[0].isupper():
        return ()
    kind, subject = head[at].text.strip(_MARKS).capitalize(), _subject(head[at + 1 :])
    if not (at or subject):
        return ()
    title = Field("title", f"{kind}{subject}", head[at].number)
    cells = ((line.number, cell.strip(_MARKS)) for line in head[:at] for cell in line.text.split("|"))
    numbers = ((number, _NUMBER.match(cell)) for number, cell in cells)
    number = tuple(Field("so-hieu", match[1], line) for line, match in numbers if match)
    return (title, Field("loai-van-ban", kind, head[at].number), *number[:1])


def framed(pieces: Sequence[Piece], record: Record) -> tuple[Piece, ...]:
    """Pieces → the same with the head and the feet of an official paper each in a block of its own, and reported."""
    end = _head_end(pieces)
    found = [_block("head", pieces[:end], record)] if end else []
    at = end
    while at < len(pieces):
        end = _foot_end(pieces, at)
        found.append(_block("sign", pieces[at:end], record) if end > at else pieces[at])
        at = max(end, at + 1)
    return tuple(found)


def _opening(found: Sequence[Line]) -> Sequence[Line]:
    """The first paragraphs, up to the first that bears a label."""
    end = next((at for at, line in enumerate(found) if labels.recognise(line.text)), len(found))
    return found[: min(end, _HEAD)]


def _subject(below: Sequence[Line]) -> str:
    """What the paper is about, to follow its kind within a title."""
    text = below[0].text.strip(_MARKS) if below else ""
    if not _SUBJECT.match(text) or len(text) > _LONGEST:
        return ""
    return f" {text[0].lower()}{text[1:]}"


# --- head and foot --------------------------------------------------------------------------------


def _head_end(pieces: Sequence[Piece]) -> int:
    """How many of the first pieces are the head: up to the kind of paper and what it is about; else up to the date."""
    roles = [{role for line in piece.plain for role in _roles(line)} for piece in pieces[:_HEAD]]
    kinds = [at + 1 for at, found in enumerate(roles) if Role.DOCUMENT in found]
    right = [at + 1 for at, found in enumerate(roles) if found & _RIGHT]
    if not right:
        return 0
    least = kinds[0] if kinds else right[-1]
    most = min(least + _MOST_BELOW, len(pieces)) if kinds else least
    below = next((at for at in range(least, most) if not _goes_below(pieces[at])), most)
    return next((end for end in (below, least, right[-1]) if _reads(official.head, pieces[:end])), 0)


def _roles(line: str) -> Iterator[Role]:
    yield from (official.role(cell.strip()) for cell in line.split("|"))


def _goes_below(piece: Piece) -> bool:
    """Tell whether a piece says what the paper is about, or whose it is."""
    line = piece.plain[0].strip(_MARKS)
    if len(piece.plain) > 1 or len(line) > _LONGEST or labels.recognise(line):
        return False
    about = _SUBJECT.match(line) or line.isupper() or (line.startswith("(") and line.endswith(")"))
    return bool(about) and not line.endswith((":", ";"))


def _foot_end(pieces: Sequence[Piece], start: int) -> int:
    """Where the foot that begins at ``start`` ends; there when none does."""
    opens = any(official.opens_foot(cell) for line in pieces[start].plain for cell in line.split("|"))
    if not opens or not _may_be_foot(pieces[start]):
        return start
    end = start + 1
    while end < min(len(pieces), start + _LONGEST_FOOT) and _may_be_foot(pieces[end]):
        end += 1
    while end > start and not _ends_foot(pieces[start:end]):
        end -= 1
    return end if end > start + 1 or len(pieces[start].plain) > 1 else start


def _may_be_foot(piece: Piece) -> bool:
    label = labels.recognise(piece.plain[0])
    if piece.text.startswith("#") or (label and label.level not in _SIGNS):
        return False
    cells = [cell.strip() for line in piece.plain for cell in line.split("|")]
    return all(len(cell) <= _LONGEST_FOOT_LINE and official.may_stand_in_foot(cell) for cell in cells if cell)


def _ends_foot(pieces: Sequence[Piece]) -> bool:
    """Tell whether these are a foot by themselves: somebody signs or receives, and every line has its place."""
    return _reads(official.sign, pieces)


def _reads(read: Callable[..., object], pieces: Sequence[Piece]) -> bool:
    lines = tuple(Line(number, text) for number, text in enumerate(_lines(pieces), 1))
    found: list[problems.Problem] = []
    read(lines, 1, Sheet("", "", lines), found, _words)
    return bool(pieces) and not found


def _words(lines: Lines) -> Inlines:
    return (Text(" ".join(line.text for line in lines)),)


def _lines(pieces: Sequence[Piece]) -> tuple[str, ...]:
    return tuple(
        "" if set(line) <= {"|", " "} else " | ".join(escape.words(_bare(cell)) for cell in line.split("|"))
        for piece in pieces
        for line in piece.plain
    )


def _bare(cell: str) -> str:
    """A cell without marks of emphasis; a star by itself is a sign."""
    return cell.strip(_MARKS) or cell.strip()


def _block(name: str, pieces: Sequence[Piece], record: Record) -> Piece:
    lines = tuple(line for line in _lines(pieces) if line)
    record.add(problems.intake_head if name == "head" else problems.intake_sign, pieces[0].line, lines[0])
    places = {piece.line for piece in pieces}
    record.found = [each for each in record.found if each.code not in _SETTLED or each.place.line not in places]
    plain = tuple(line for piece in pieces for line in piece.plain)
    remarks = tuple(name for piece in pieces for name in piece.remarks)
    return Piece(pieces[0].line, "\n".join((f"::: {name}", *lines, ":::")), plain, remarks)
