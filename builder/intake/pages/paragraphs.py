"""The rows of all pages → lines of text: rows of one paragraph joined, a blank line between paragraphs.

A row ends a paragraph when the next word would still have had room on it, when the next row is set in, stands lower
than the lines of the text do, is of another size, or opens with a label.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from builder.intake import paragraphs
from builder.manuscript import labels

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from builder.intake.pages.columns import Row
    from builder.intake.record import Record

_HYPHENS = ("\x02", "\xad")
_LOOSE = 1.3  # of the usual distance between lines
_LOOSER = 1.9
_INDENT = 0.6  # letter sizes
_OTHER_SIZE = 0.08
_SMALL = 0.93
_SPACE = 0.25
_ENDS = (".", "!", "?", "…", ":", ";")
_DATE = re.compile(r"(?i)(?:ngày|tháng|năm)(?:\s*…|\s*\.{2,})?")  # the last word of a row that a date goes on after
_REST_OF_DATE = re.compile(r"(?:\d{1,4}|[….]{1,9})(?:\s+(?:tháng|năm)\s+[\d….]{1,9}){0,2}")
_STATE = ("CHỦ NGHĨA", "CHỦ NGHĨA VIỆT")  # and VIỆT NAM below: the head of every paper of the state
_NOTE = re.compile(r"[\[(]?(\d{1,3})[\])]?(?![.)\d])\s*(?=[^\W\d_]|[“\"(])")  # 1 Xem…; no label
_LONGEST_SYLLABLE = 7
_GROUNDS = re.compile(r"(?:Căn cứ|Xét|Theo đề nghị)\s")
_CENTRED = 2.0  # points the two margins of a centred row may differ by, and a share of them


@dataclass(slots=True)
class _Paragraph:
    """Rows that belong together; ``foot`` tells that they stand in small letters at the foot of their page."""

    rows: list[Row]
    lines: list[str] = field(default_factory=list)
    foot: bool = False


@dataclass(frozen=True, slots=True)
class _Setting:
    """How a text was set: size of its letters, distance of its lines, the edges of a column by page and column."""

    size: float
    leading: float
    edges: dict[tuple[int, int], tuple[float, float]]

    def edge(self, row: Row) -> tuple[float, float]:
        """Left and right edge of the column a row stands in."""
        return self.edges[row.page, row.column]


def lines(pages: Sequence[Sequence[Row]], record: Record) -> Iterator[str]:
    """Rows → lines; how many ends of line were closed is counted in ``record``."""
    setting = _measured(pages)
    first = True
    for paragraph in _stitched([_parted(page, setting) for page in pages], setting):
        text = _text(paragraph, setting)
        record.closed += len(paragraph.rows) - len(text)
        if not first:
            yield ""
        first = False
        yield from text


def _measured(pages: Sequence[Sequence[Row]]) -> _Setting:
    every = [row for page in pages for row in page]
    sizes: Counter[float] = Counter()
    for row in every:
        sizes[round(row.size, 1)] += len(row.text)
    size = sizes.most_common(1)[0][0] if sizes else 1.0
    steps: Counter[float] = Counter()
    for page in pages:
        for above, below in pairwise(page):
            if above.column == below.column and _alike(above.size, size) and _alike(below.size, size):
                steps[round((above.base - below.base) * 2) / 2] += 1
    known = [step for step in steps if 0 < step < 4 * size]
    leading = max(known, key=lambda step: (steps[step], -step), default=1.3 * size)
    return _Setting(size, leading, _edges(every))


def _edges(every: Sequence[Row]) -> dict[tuple[int, int], tuple[float, float]]:
    """Page and column → its edges; whole lines of all pages share theirs, where a page has too few of its own."""
    left = min((row.left for row in every if not row.how), default=0.0)
    right = max((row.right for row in every if not row.how), default=0.0)
    found: dict[tuple[int, int], tuple[float, float]] = {}
    sides: dict[tuple[int, int], list[Row]] = {}
    for row in every:
        sides.setdefault((row.page, row.column), []).append(row)
    for key, rows in sides.items():
        low, high = min(row.left for row in rows), max(row.right for row in rows)
        found[key] = (low, high) if rows[0].how in ("columns", "facing") else (min(left, low), max(right, high))
    return found


def _alike(one: float, other: float) -> bool:
    return abs(one - other) <= _OTHER_SIZE * max(one, other)


def _parted(page: Sequence[Row], setting: _Setting) -> list[_Paragraph]:
    """The rows of one page → its paragraphs."""
    found: list[_Paragraph] = []
    foot = _foot(page, setting)
    for at, row in enumerate(page):
        if found and at != foot and not _begins(page[at - 1], row, setting):
            found[-1].rows.append(row)
        else:
            found.append(_Paragraph([row], foot=at >= foot))
    return found


def _foot(page: Sequence[Row], setting: _Setting) -> int:
    """From which row on a page ends in notes: in small letters, or each with the number that is called above."""
    at = len(page)
    while at and page[at - 1].size < _SMALL * setting.size:
        at -= 1
    return min(at or len(page), _numbered_foot(page))


def _numbered_foot(page: Sequence[Row]) -> int:
    """From which row on a page ends in the notes that are called in it, all of them and in their order."""
    calls = [(at, number) for at, row in enumerate(page) for number in row.raised]
    wanted = [number for _, number in calls]
    start = at = len(page)
    while wanted and at:
        at -= 1
        number = _NOTE.match(page[at].text)
        if number and int(number[1]) == wanted[-1]:
            wanted.pop()
            start = at
    whole = bool(calls) and not wanted and calls[-1][0] < start
    return start if whole else len(page)


def _begins(above: Row, below: Row, setting: _Setting) -> bool:
    """Tell whether a row begins a paragraph."""
    if above.column != below.column:
        return not (above.how == below.how == "columns" and _runs_over(above, below, setting))
    if not _alike(above.size, below.size):
        return True
    if _completes(above, below):
        return False
    if "table" in (above.how, below.how) or (below.how == "facing" and not below.text[:1].islower()):
        return True
    usual = setting.leading if _alike(above.size, setting.size) else max(1.25 * above.size, 1.0)
    if above.base - below.base > (_LOOSER if _carries_on(above, below) else _LOOSE) * usual + 0.5:
        return True
    if _centred(above, setting) and _centred(below, setting):
        return False
    return _begins_by_words(above, below) or _set_in(above, below, setting) or _had_room(above, below, setting)


def _completes(above: Row, below: Row) -> bool:
    """Tell whether a short row is what had no room in a narrow column: the rest of a date, a name's last syllable."""
    near = above.column == below.column and above.base - below.base <= _LOOSER * above.size
    if not near or not _alike(above.size, below.size):
        return False
    if _DATE.fullmatch(above.text.rpartition(" ")[2]) and _REST_OF_DATE.fullmatch(below.text):
        return True
    if above.text.endswith(_STATE):
        return below.text in ("VIỆT NAM", "NAM")
    lone = below.text.isalpha() and below.text.isupper() and len(below.text) <= _LONGEST_SYLLABLE
    wider = above.right - above.left > 2 * (below.right - below.left)
    return lone and above.how == "facing" and above.text.isupper() and above.text[-1].isalpha() and wider


def _carries_on(above: Row, below: Row) -> bool:
    """Tell whether a sentence goes on: a raised figure may have pushed its lines apart."""
    return below.text[:1].islower() and not above.text.endswith(_ENDS)


def _begins_by_words(above: Row, below: Row) -> bool:
    if above.text.endswith(";") and _GROUNDS.match(below.text):
        return True
    return labels.recognise(below.text) is not None and not paragraphs.spaced_hyphen(above.text, below.text)


def _set_in(above: Row, below: Row, setting: _Setting) -> bool:
    left, _ = setting.edge(below)
    step = _INDENT * below.size
    return below.left - above.left > step and below.left - left > step


def _had_room(above: Row, below: Row, setting: _Setting) -> bool:
    """Tell whether the first word of a row would have had room at the end of the row above it."""
    _, right = setting.edge(above)
    return above.right + _SPACE * above.size + below.first < right - 1.0


def _centred(row: Row, setting: _Setting) -> bool:
    left, right = setting.edge(row)
    before, after = row.left - left, right - row.right
    return before > row.size and abs(before - after) <= _CENTRED + 0.1 * max(before, after)


def _stitched(pages: Sequence[list[_Paragraph]], setting: _Setting) -> Iterator[_Paragraph]:
    """The paragraphs of all pages; one that runs over a page end is made whole, the notes at that foot follow it."""
    waiting: list[_Paragraph] = []
    open_: _Paragraph | None = None
    for page in pages:
        body = [each for each in page if not each.foot]
        if open_ and body and _runs_over(open_.rows[-1], body[0].rows[0], setting):
            open_.rows.extend(body[0].rows)
            body = body[1:]
        if open_ and body:
            yield open_
            yield from waiting
            open_, waiting = None, []
        yield from body[:-1]
        open_ = body[-1] if body else open_
        waiting.extend(each for each in page if each.foot)
    if open_:
        yield open_
    yield from waiting


def _runs_over(above: Row, below: Row, setting: _Setting) -> bool:
    """Tell whether a paragraph goes on over the end of a page."""
    if "table" in (above.how, below.how) or not _alike(above.size, below.size):
        return False
    if _begins_by_words(above, below) or _had_room(above, below, setting) or _centred(below, setting):
        return False
    left, _ = setting.edge(below)
    if below.left - left > _INDENT * below.size:
        return False
    ended = above.text.rstrip("”\"’') ").endswith(_ENDS)
    return not ended or below.text[:1].islower()


def _text(paragraph: _Paragraph, setting: _Setting) -> list[str]:
    """The rows of a paragraph → its text, in one line; in several where its rows are centred."""
    found: list[list[str]] = []
    last: Row | None = None
    for row in paragraph.rows:
        alone = last is not None and _centred(last, setting) and _centred(row, setting)
        if last is None or (alone and not _completes(last, row)):
            found.append([row.text])
        else:
            found[-1].append(row.text)
        last = row
    return [_closed(rows) for rows in found]


def _closed(rows: Sequence[str]) -> str:
    """Rows as one; a hyphen that only parted a word goes."""
    marks = "".join(_HYPHENS)
    *above, last = rows
    joined = (row.rstrip(marks) if row.endswith(_HYPHENS) else f"{row} " for row in above)
    return "".join([*joined, last.rstrip(marks)])
