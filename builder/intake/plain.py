"""The lines of a plain text → the draft of a programme: title, headings, labels, paragraphs."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from builder import problems
from builder.intake import escape, official, paragraphs
from builder.intake.draft import Draft, Piece
from builder.manuscript import labels
from builder.manuscript.folder import Line
from builder.publication import SIGNS, TITLED, Level

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from builder.intake.paragraphs import Measure
    from builder.intake.record import Record

_LONGEST_HEADING = 120
_ANNEX = re.compile(r"PHỤ LỤC(?: SỐ)?(?: [IVXLC]+| \d{1,3}| [A-Z])?[.:]?")
_FEWEST_WORDS = 3
_MOST_BODIES = 6
_LONGEST_TITLE = 300
_SHORT_TITLE = 90


def read(lines: Sequence[Line], record: Record) -> Draft:
    """The lines of a text file → its draft; what was recognised or repaired is added to ``record``.

    The first line that names no body is the title, unless the text opens as official papers do.
    """
    found = gather(lines, paragraphs.measure(lines, soft=False), record)
    if official_paper := official.opening(found):
        name, *fields = official_paper
        record.add(problems.intake_title, name.line, name.value)
        return Draft(name.value, tuple(_pieces(found, record)), (), tuple(fields))
    bodies = len(tuple(itertools.takewhile(lambda line: official.is_body(line.text), found[:_MOST_BODIES])))
    first = found[bodies] if bodies < len(found) else found[0]
    others = found[1:]
    title = first.text.strip()
    record.add(problems.intake_title, first.number, title)
    if others and first is found[0] and _is_title(title):
        return Draft(title, tuple(_pieces(others, record)), titled=True)
    return Draft(shortened(title), tuple(_pieces(found, record)))


def gather(lines: Sequence[Line], how: Measure, record: Record) -> tuple[Line, ...]:
    """Lines → paragraphs, one line each; rules drawn with dashes are left out, they hold no word."""
    found: list[Line] = []
    for run in _runs(paragraphs.parted(lines, record), record):
        folded, closed = paragraphs.fold(run, how)
        record.closed += closed
        if found and paragraphs.runs_over(found[-1].text, folded[0].text, how):
            record.add(problems.intake_joined, folded[0].number, folded[0].text)
            found[-1] = Line(found[-1].number, f"{found[-1].text.rstrip()} {folded[0].text.strip()}")
            folded = folded[1:]
        found.extend(folded)
    return tuple(found)


def shortened(text: str) -> str:
    """The beginning of a text that has no title, to call it by."""
    if len(text) <= _SHORT_TITLE:
        return text
    head = text[:_SHORT_TITLE].rpartition(" ")[0] or text[:_SHORT_TITLE]
    return head.rstrip(" ,;:.-–—") + "…"


def _runs(lines: Sequence[Line], record: Record) -> Iterator[tuple[Line, ...]]:
    """Lines that stand together, without blank ones and rules."""
    run: list[Line] = []
    for line in lines:
        if paragraphs.is_ornament(line.text):
            record.drawn(line.number, line.text)
        if paragraphs.is_ornament(line.text) or not line.text.strip():
            if run:
                yield tuple(run)
            run = []
        else:
            run.append(line)
    if run:
        yield tuple(run)


def _is_title(text: str) -> bool:
    ended = text.endswith((".", ";", ",", ":"))
    return not ended and len(text) <= _LONGEST_TITLE and labels.recognise(text) is None


def _pieces(found: Sequence[Line], record: Record) -> Iterator[Piece]:
    structured = any(_level(line.text) in TITLED for line in found)
    for at, line in enumerate(found):
        yield Piece(line.number, _written(found, at, record, structured=structured), (paragraphs.tabbed(line.text),))


def _written(found: Sequence[Line], at: int, record: Record, *, structured: bool) -> str:
    """One paragraph → its Markdown: a heading, a clause, or text that must not be read as either."""
    number, text = found[at].number, " ".join(found[at].text.split())
    label = labels.recognise(text)
    if paragraphs.is_folio(text):
        record.add(problems.intake_folio, number, text)
    if label is None or label.level is Level.FREE or "**" in text[: len(text) - len(label.rest)]:
        if _is_heading(found, at, structured=structured):
            record.add(problems.intake_heading, number, text)
            return f"# {escape.words(text)}"
        return escape.paragraph(escape.words(text))
    if label.level in SIGNS and _alone(found, at):
        record.add(problems.intake_escaped, number, text)
        return escape.paragraph(escape.words(text))
    head = "•" if text.startswith("*") else text[: len(text) - len(label.rest)].rstrip()
    return f"{head} {escape.inside(escape.words(label.rest))}".rstrip()


def _is_heading(found: Sequence[Line], at: int, *, structured: bool) -> bool:
    """A short line without a full stop that a longer paragraph follows; in capitals, where labels make the order."""
    text = found[at].text.strip()
    if _ANNEX.fullmatch(text):
        return True
    below = found[at + 1].text.strip() if at + 1 < len(found) else ""
    if _level(below) is not None or len(below) <= len(text) or not text[0].isalpha() or _under_label(found, at):
        return False
    if structured and text != text.upper():
        return False
    words = text.split()
    few = len(words) < _FEWEST_WORDS and not (len(words) > 1 and text.isupper() and min(map(len, words)) > 1)
    short = len(text) <= _LONGEST_HEADING and not few
    return short and not text.rstrip("”’\"')").endswith(tuple(".,:;!?…"))


def _under_label(found: Sequence[Line], at: int) -> bool:
    """Tell whether the line above is a label whose title this line must be."""
    above = labels.recognise(found[at - 1].text) if at else None
    return above is not None and above.level is not Level.FREE and not above.rest


def _alone(found: Sequence[Line], at: int) -> bool:
    """A dash with no other near it, and nothing that announces a list: as newspapers open a report with."""
    before = found[at - 1].text if at else ""
    after = found[at + 1].text if at + 1 < len(found) else ""
    listed = _level(before) in SIGNS or _level(after) in SIGNS
    return not listed and not before.rstrip().endswith(":")


def _level(text: str) -> Level | None:
    label = labels.recognise(text)
    return label.level if label and label.level is not Level.FREE else None
