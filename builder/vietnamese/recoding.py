"""The lines of a file come in, each perhaps in an encoding of its own; they go out in Unicode, with what was done.

A line of six words is judged by itself (``detection``). What is still open then is read as the lines around it are, if
it reads well so; where no line could be judged, all are judged as one text.
"""

from __future__ import annotations

import re
from bisect import bisect
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from builder.vietnamese import detection, legacy
from builder.vietnamese.findings import Finding, mended
from builder.vietnamese.legacy import Encoding

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

_MOST = 0.6  # of the words that a reading alters are syllables
_OWN_MARKS = 0.25
_BLANK = re.compile("[ \t]+")


@dataclass(frozen=True, slots=True)
class Reading:
    """One line in Unicode.

    ``encoding`` is what it was in (UNICODE: it is as it was), ``words`` how many words of it were altered, ``lost`` how
    many lack letters. ``doubt`` is the encoding it may be in, where it was left as it is.
    """

    text: str
    encoding: Encoding = Encoding.UNICODE
    words: int = 0
    lost: int = 0
    doubt: Encoding | None = None


def read(lines: Sequence[str], raw: Collection[int] = ()) -> tuple[Reading, ...]:
    """Read lines that may be in old encodings, or broken by a wrong reading of UTF-8.

    Args:
        lines: without their ends.
        raw: which of them (from 0) are bytes read as Latin-1 that cannot be UTF-8.
    """
    found = _without_mojibake(lines)
    settled = [_by_itself(each, is_raw=at in raw) for at, each in enumerate(found)]
    if not any(map(_is_old, settled)):
        left = [each.text for each, encoding in zip(found, settled, strict=True) if encoding is None]
        verdict = detection.detect("\n".join(left))
        together = verdict.encoding if _is_old(verdict.encoding) else None
    else:
        together = None
    above, below = _last(settled), _last(settled[::-1])[::-1]
    chosen = [
        replace(each, encoding=own) if own else _by_lines_around(each, {up, down, together}, is_raw=at in raw)
        for at, (each, own, up, down) in enumerate(zip(found, settled, above, below, strict=True))
    ]
    return tuple(_recoded(chosen))


def _is_old(encoding: Encoding | None) -> bool:
    return encoding not in (None, Encoding.UNICODE, Encoding.MOJIBAKE)


def _by_itself(line: Reading, *, is_raw: bool) -> Encoding | None:
    """Judge one line; None: it is too short, or reads well in several ways."""
    if line.encoding is Encoding.MOJIBAKE:
        return line.encoding
    if detection.is_unicode(line.text):
        return Encoding.UNICODE
    if not detection.may_be_legacy(line.text):
        return None
    verdict = detection.detect(line.text)
    if verdict.encoding is not Encoding.UNICODE:
        return verdict.encoding
    now = detection.score(line.text)
    reads_well = now.words >= detection.LEAST_WORDS and now.ratio >= detection.LEAST_VALID and verdict.gain <= 0
    return Encoding.UNICODE if reads_well and not is_raw and now.marked >= _OWN_MARKS * now.words else None


def _last(settled: Sequence[Encoding | None]) -> list[Encoding | None]:
    """Tell for each line what the last one before it was settled to be."""
    found: list[Encoding | None] = []
    last: Encoding | None = None
    for each in settled:
        found.append(last)
        last = each or last
    return found


def _by_lines_around(line: Reading, around: set[Encoding | None], *, is_raw: bool) -> Reading:
    """Settle an open line by what is around it."""
    readings = {each: legacy.decode(line.text, each) for each in around if each is not None and _is_old(each)}
    if not readings:
        likely = detection.detect(line.text).likely
        return line if likely is Encoding.UNICODE else replace(line, doubt=likely)
    scores = {each: detection.score(reading) for each, reading in readings.items()}
    best = max(scores, key=lambda each: scores[each].value)
    now, then = detection.score(line.text), scores[best]
    if is_raw:
        accepted = then.valid >= now.valid
    elif {Encoding.UNICODE, Encoding.MOJIBAKE} & around:
        accepted = now.ratio < detection.LEAST_VALID <= then.ratio
    else:
        short = then.words < detection.LEAST_WORDS and then.valid >= now.valid  # names have no syllables of ours
        better = then.valid > now.valid and detection.altered(line.text, readings[best]).ratio >= _MOST
        accepted = short or better or then.ratio >= detection.LEAST_VALID
        accepted = accepted and not detection.spoils(line.text, readings[best])
    if accepted:
        return replace(line, encoding=best)
    return replace(line, doubt=best) if then.words and then.valid >= now.valid and readings[best] != line.text else line


def _recoded(lines: Sequence[Reading]) -> Iterator[Reading]:
    """Read the lines as they were settled to be, those that follow each other as one text."""
    for encoding, group in groupby(lines, key=lambda line: line.encoding):
        run = list(group)
        if not _is_old(encoding):
            yield from run
            continue
        texts = legacy.decode("\n".join(line.text for line in run), encoding).split("\n")
        for line, text in zip(run, texts, strict=True):
            words = _altered(line.text, text)
            yield replace(line, text=text, words=words) if words else replace(line, encoding=Encoding.UNICODE)


def _altered(found: str, became: str) -> int:
    pairs = zip(_BLANK.split(found), _BLANK.split(became), strict=True)
    return sum(before != after for before, after in pairs)


def _without_mojibake(lines: Sequence[str]) -> list[Reading]:
    """Mend what a wrong reading of UTF-8 broke, when two words of all lines are broken beyond doubt."""
    text = "\n".join(lines)
    broken = detection.broken(text)
    if not broken:
        return [Reading(line) for line in lines]
    ends = [match.start() for match in re.finditer("\n", text)]
    whole = mended(text, tuple(Finding("", each.start, each.end, each.became) for each in broken if not each.lost))
    words, lost = [0] * len(lines), [0] * len(lines)
    for each in broken:
        (lost if each.lost else words)[bisect(ends, each.start)] += 1
    counted = zip(whole.split("\n"), words, lost, strict=True)
    return [
        Reading(line, Encoding.MOJIBAKE if altered or gone else Encoding.UNICODE, altered, gone)
        for line, altered, gone in counted
    ]
