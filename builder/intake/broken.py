"""The blocks of an ``Original`` → the same, paragraphs parted where labels open them, joined where lines were broken.

Text pasted from a scan or a PDF has a paragraph for every line; a text typed with line breaks has one for many.
"""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING

from builder import problems
from builder.intake import paragraphs
from builder.intake.original import Grid, Paragraph, Run
from builder.manuscript import labels
from builder.manuscript.folder import Line
from builder.publication import TITLED, Level

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from builder.intake.paragraphs import Measure
    from builder.intake.record import Record

Found = Paragraph | Grid

_SENTENCE_END = (".", ",", ":", ";")


def mended(blocks: Sequence[Found], record: Record) -> tuple[Found, ...]:
    """Blocks → the same, every paragraph one paragraph; what was parted or joined is added to ``record``."""
    parted: list[Found] = []
    for block in blocks:
        parted.extend(_parted(block, record) if isinstance(block, Paragraph) else (block,))
    lines = [Line(block.line, block.text if isinstance(block, Paragraph) else "") for block in parted]
    how = paragraphs.measure(lines, soft=False)
    return tuple(_joined(parted, how, record)) if how.width else tuple(parted)


def _parted(block: Paragraph, record: Record) -> Iterator[Paragraph]:
    """A paragraph → several, at line breaks before and after a label and at labels glued to a sentence."""
    if block.kept:
        yield block
        return
    cuts: list[int] = []
    start = 0
    above = ""
    for line in block.text.split("\n"):
        if start and (_opens(line) or _ends_title(above, line)):
            cuts.append(start)
        glued = paragraphs.part(Line(block.line, line))
        for at in itertools.accumulate(len(part.text) for part in glued[:-1]):
            cuts.append(start + at)
            record.add(problems.intake_split, block.line, line[at:])
        start += len(line) + 1
        above = glued[-1].text
    yield from cut(block, cuts)


def cut(block: Paragraph, places: Sequence[int]) -> Iterator[Paragraph]:
    """A paragraph → its parts, cut after so many characters; label, remarks and mark stay with the first."""
    edges = [0, *places, len(block.text)]
    for at, (start, end) in enumerate(itertools.pairwise(edges)):
        runs = tuple(_stretch(block.runs, start, end, last=end == edges[-1]))
        if at == 0:
            yield replace(block, runs=runs)
        elif runs:
            yield replace(block, runs=runs, label="", heading=0, title=False, mark="")


def _stretch(runs: Sequence[Run], start: int, end: int, *, last: bool) -> Iterator[Run]:
    """The runs between two characters; a run without words belongs to what stands before it."""
    position = 0
    for run in runs:
        first, position = position, position + len(run.text)
        text = run.text[max(0, start - first) : max(0, end - first)]
        ends_here = start < position <= end or (last and position == end) or (position == start == 0)
        if text or (not run.text and ends_here):
            carries = ends_here or not run.text
            yield replace(run, text=text) if carries else replace(run, text=text, note="", picture="")


def _opens(line: str) -> bool:
    """Tell whether a line opens a clause."""
    label = labels.recognise(line)
    return label is not None and label.level is not Level.FREE


def _ends_title(line: str, below: str) -> bool:
    """Tell whether a line is a label with its whole title, or with nothing, and the next begins something new."""
    label = labels.recognise(line)
    if label is None or label.level not in TITLED:
        return False
    return not label.rest or (below[:1].isupper() and not label.rest.endswith(_SENTENCE_END))


def _joined(blocks: Sequence[Found], how: Measure, record: Record) -> Iterator[Found]:
    """Join paragraphs that are the broken lines of one."""
    last: Found | None = None
    ended = ""
    for block in blocks:
        if isinstance(last, Paragraph) and isinstance(block, Paragraph) and _runs_on(last, ended, block, how):
            record.closed += 1
            last = replace(last, runs=(*last.runs, Run(" "), *block.runs), remarks=_both(last.remarks, block.remarks))
        else:
            if last is not None:
                yield last
            last = block
        ended = block.text.rpartition("\n")[2] if isinstance(block, Paragraph) else ""
    if last is not None:
        yield last


def _runs_on(above: Paragraph, ended: str, below: Paragraph, how: Measure) -> bool:
    """Tell whether a paragraph carries on the line above it, which ends so; a styled one stands by itself."""
    styled = below.label or below.heading or below.title or above.heading or above.title or above.centred
    if styled or below.centred or below.kept or above.quoted is not below.quoted:
        return False
    if not ended.strip() or not below.text.strip():
        return False
    return paragraphs.runs_on(ended, below.text, how)


def _both(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*one, *other)))
