"""The opening and the end of an official paper → its title, kind and number; its head and foot as pieces of their own.

Such a paper begins with the names of the state and of who issues it; its kind stands on a line of its own in capitals,
what it is about below it (Decree 30/2020/NĐ-CP, Annex I). It ends with those who receive it and those who sign. A text
may hold several: a decision and the rules it puts in force.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from builder import problems
from builder.intake import escape, paragraphs
from builder.intake.draft import Field, Piece
from builder.intake.record import GUESSED
from builder.manuscript import labels, official
from builder.manuscript.folder import Line, Sheet
from builder.publication import SIGNS, Role, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from builder.intake.record import Record
    from builder.manuscript.folder import Lines
    from builder.problems import Problem
    from builder.publication import Inlines

_NUMBER = re.compile(r"Số:?\s*(\d[\w./-]*[\w])")
_CELLS = re.compile(r"\s*(?:\||\t)\s*")
_NO_SUBJECT = re.compile(r"(?:Căn cứ|Xét|Theo|Kính gửi|Nơi nhận|Thời gian|Hôm nay|Điều)\b|.*[.;:,]$", re.DOTALL)
_HEAD = 15
_LONGEST = 200
_LONGEST_FOOT = 60
_LONGEST_FOOT_LINE = 160
_LONGEST_CELL = 60
_MOST_BELOW = 4
_MARKS = "*_ "
_RIGHT = {Role.NATION, Role.MOTTO, Role.PARTY, Role.DATED}


def opening(found: Sequence[Line]) -> tuple[Field, ...]:
    """The paragraphs of a text → its title, kind and number as entries; nothing when it opens otherwise."""
    head = _opening(found)
    at = next((at for at, line in enumerate(head) if official.KIND.fullmatch(line.text.strip(_MARKS))), None)
    if not head or not _cells(head[0].text)[0].isupper():
        return ()
    if at is None:
        return tuple(_letter(head))
    about = _subject([line.text for line in head[at + 1 :]])
    if not (at or about):
        return ()
    kind = head[at].text.strip(_MARKS)
    said = kind.capitalize()
    title = Field("title", " ".join((kind if about[:1] and about[0].isupper() else said, *about)), head[at].number)
    cells = ((line.number, cell) for line in head[:at] for cell in _cells(line.text))
    numbers = ((number, _NUMBER.match(cell)) for number, cell in cells)
    number = tuple(Field("so-hieu", match[1], line) for line, match in numbers if match)
    return (title, Field("loai-van-ban", said, head[at].number), *number[:1])


def _letter(head: Sequence[Line]) -> Iterator[Field]:
    """The title of a letter, whose head says what it is about (``V/v …``) and no kind; and its number."""
    cells = [(line.number, cell) for line in head for cell in _cells(line.text)]
    about = next(((number, cell[3:].strip()) for number, cell in cells if cell.lower().startswith("v/v")), None)
    if about and about[1]:
        yield Field("title", f"Công văn về việc {about[1]}", about[0])
        yield Field("loai-van-ban", "Công văn", about[0])
        yield from (Field("so-hieu", match[1], number) for number, cell in cells if (match := _NUMBER.match(cell)))


def is_body(text: str) -> bool:
    """Tell whether a short line only names a body, as at the head of a cover; then it names no text."""
    return len(text.strip()) <= _LONGEST_CELL and official.names_body(text)


def framed(pieces: Sequence[Piece], record: Record) -> tuple[Piece, ...]:
    """Pieces → the same with each head and each foot of an official paper in a block of its own, and reported."""
    found: list[Piece] = []
    at = 0
    while at < len(pieces):
        if end := _head_end(pieces[at : at + _HEAD + _MOST_BELOW]) if _may_open(pieces, at) else 0:
            found.append(_block("head", pieces[at : at + end], record))
        elif end := _foot_end(pieces, at) - at:
            found.append(_block("sign", pieces[at : at + end], record))
        else:
            found.append(pieces[at])
        at += max(end, 1)
    return tuple(found)


def _opening(found: Sequence[Line]) -> Sequence[Line]:
    """The first paragraphs, up to the first that bears a label; a star is none."""
    end = next((at for at, line in enumerate(found) if _is_labelled(line.text)), len(found))
    return found[: min(end, _HEAD)]


def _is_labelled(text: str) -> bool:
    return labels.recognise(text) is not None and Role.STAR not in _roles(text)


def _subject(below: Sequence[str]) -> tuple[str, ...]:
    """What the paper is about, to follow its kind within a title: the lines of it, one word after the other."""
    lines: list[str] = []
    for text in below[:_MOST_BELOW]:
        bare = text.strip(_MARKS)
        goes_on = not lines or bare[:1].islower() or (bare.isupper() and lines[-1].isupper())
        if not goes_on or not _may_be_subject(bare):
            break
        lines.append(bare)
    if lines and not lines[0].isupper():
        lines[0] = f"{lines[0][0].lower()}{lines[0][1:]}"
    return tuple(lines)


def _may_be_subject(text: str) -> bool:
    if not text or len(text) > _LONGEST or _is_labelled(text) or _NO_SUBJECT.match(text) or len(_cells(text)) > 1:
        return False
    known = official.role(text) not in {Role.OTHER, Role.ABOUT}
    return text[0].isalpha() and not known and not (text.isupper() and official.names_body(text))


# --- head and foot --------------------------------------------------------------------------------


def _may_open(pieces: Sequence[Piece], at: int) -> bool:
    """Tell whether a head may begin here: at the beginning, or where the names of the state or the Party come soon."""
    if at == 0:
        return True
    first = pieces[at].plain[0]
    near = pieces[at : at + _MOST_BELOW]
    named = any({Role.NATION, Role.PARTY} & _roles(line) for piece in near for line in piece.plain)
    return named and (bool(_RIGHT & _roles(first)) or _cells(first)[0].isupper())


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


def _cells(line: str) -> list[str]:
    """A line → what stands in its columns, without marks of emphasis; a star by itself is a sign."""
    return [cell.strip(_MARKS) or cell.strip() for cell in _CELLS.split(line)]


def _roles(line: str) -> set[Role]:
    return {official.role(cell) for cell in _cells(line)}


def _goes_below(piece: Piece) -> bool:
    """Tell whether a piece says what the paper is about, or whose it is."""
    line = piece.plain[0].strip(_MARKS)
    if len(piece.plain) > 1 or len(line) > _LONGEST or labels.recognise(line) or line.endswith((":", ";")):
        return False
    bracketed = line.startswith("(") and line.endswith(")")
    return _may_be_subject(line) or bracketed or (line.isupper() and official.names_body(line))


def _foot_end(pieces: Sequence[Piece], start: int) -> int:
    """Where the foot that begins at ``start`` ends; there when none does."""
    opens = any(official.opens_foot(cell) for line in pieces[start].plain for cell in _cells(line))
    if not opens or not _may_be_foot(pieces[start]):
        return start
    end = start + 1
    while end < min(len(pieces), start + _LONGEST_FOOT) and _may_be_foot(pieces[end]):
        end += 1
    while end > start and (_begins_next(pieces[start:end]) or not _reads(official.sign, pieces[start:end])):
        end -= 1
    return end if end > start + 1 or len(pieces[start].plain) > 1 else start


def _may_be_foot(piece: Piece) -> bool:
    """Tell whether all lines of a piece may stand in a foot; of a table with posts in it, any short ones."""
    label = labels.recognise(piece.plain[0])
    if label and label.level not in SIGNS:
        return False
    cells = [cell for line in piece.plain for cell in _cells(line) if cell]
    if piece.text.startswith("|") and any(map(official.opens_foot, cells)):
        return all((len(cell) <= _LONGEST_CELL and not cell.endswith((".", ":"))) or _stands(cell) for cell in cells)
    return all(map(_stands, cells))


def _stands(cell: str) -> bool:
    return len(cell) <= _LONGEST_FOOT_LINE and official.may_stand_in_foot(cell)


def _begins_next(pieces: Sequence[Piece]) -> bool:
    """Tell whether the last piece names a body, with which the next paper begins."""
    last = pieces[-1].plain[-1].strip(_MARKS)
    return len(pieces) > 1 and last.isupper() and official.names_body(last)


def _reads(read: Callable[..., object], pieces: Sequence[Piece]) -> bool:
    lines = tuple(Line(number, text) for number, text in enumerate(_lines(pieces), 1))
    found: list[Problem] = []
    read(lines, 1, Sheet("", "", lines), found, _words)
    return bool(pieces) and not found


def _words(lines: Lines) -> Inlines:
    return (Text(" ".join(line.text for line in lines)),)


def _lines(pieces: Sequence[Piece]) -> Iterator[str]:
    """The lines of pieces as a head or a foot is written: columns parted by bars, no line without a word."""
    for piece in pieces:
        for line in piece.plain:
            if any(cells := [_written(cell) for cell in _cells(line)]):
                yield " | ".join(cells)


def _written(cell: str) -> str:
    """A cell as a head or a foot is written: rules are drawn by the layout, a star is a sign."""
    if official.role(cell) is Role.STAR:
        return cell
    return "" if paragraphs.is_ornament(cell) else escape.words(cell)


def _block(name: str, pieces: Sequence[Piece], record: Record) -> Piece:
    lines = tuple(_lines(pieces))
    places = {piece.line for piece in pieces}
    record.found[:] = [each for each in record.found if each.code not in GUESSED or each.place.line not in places]
    record.add(problems.intake_head if name == "head" else problems.intake_sign, pieces[0].line, lines[0])
    plain = tuple(line for piece in pieces for line in piece.plain)
    remarks = tuple(name for piece in pieces for name in piece.remarks)
    return Piece(pieces[0].line, "\n".join((f"::: {name}", *lines, ":::")), plain, remarks)
