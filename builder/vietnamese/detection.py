"""Text of unknown encoding comes in; the encoding its Vietnamese is in goes out, and whether that is beyond doubt.

A text is read in every encoding; where most words become syllables (``syllable``), and clearly more than in any other
reading, that was the encoding. French, German or code do not become Vietnamese in any of them, and are left alone.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections import Counter
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from itertools import accumulate, islice
from typing import TYPE_CHECKING
from unicodedata import normalize

from builder.vietnamese import legacy, mojibake, syllable
from builder.vietnamese.findings import Finding, mended
from builder.vietnamese.legacy import Encoding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.vietnamese.mojibake import Damage

# What makes a verdict sure. Measured: no wrong one in trials of 6 to 60 syllables, and on foreign texts.
LEAST_GAIN = 0.15
LEAST_MARGIN = 0.10
LEAST_VALID = 0.8
LEAST_WORDS = 6
LEAST_ALTERED = 3
MOST_SPOILED = 0.02
_WORTH_A_DOUBT = 0.6  # of its words valid: less looks like no Vietnamese
_SIGNS_OF_VIQR = 2
_CERTAIN_WORDS = 2


@dataclass(frozen=True, slots=True)
class Score:
    """How Vietnamese a text reads: its words, the syllables among them, and those with a mark among these."""

    words: int = 0
    valid: int = 0
    marked: int = 0

    @property
    def ratio(self) -> float:
        """Return the part of the words that are syllables; 0 when there is no word."""
        return self.valid / self.words if self.words else 0.0

    @property
    def value(self) -> float:
        """Return the average over the words: a syllable counts one, with a mark one and a half."""
        return (self.valid + self.marked / 2) / self.words if self.words else 0.0


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a text should be read as.

    ``encoding`` is UNICODE when it should be left alone; then ``sure`` says whether that is because nothing is wrong
    with it. ``likely`` is what it looks like, sure or not. ``gain`` is by how much the best reading is better than the
    text as it is, ``valid`` the part of its words that are syllables. ``scores``: the values of all readings that made
    sense to try, the best first.
    """

    encoding: Encoding
    sure: bool
    likely: Encoding
    scores: tuple[tuple[Encoding, float], ...] = ()
    gain: float = 0.0
    valid: float = 0.0


def detect(text: str) -> Verdict:
    """Tell the encoding of a whole text: a paragraph, or a line of at least six words.

    A reading is sure when it gains 0.15 over the text as it is and 0.10 over the next best, and when of its words, and
    of those that it alters, four of five are syllables, and no good one is spoiled. A text with a letter that only
    Unicode has (ă đ ĩ ũ ơ ư, U+1EA0–1EF9) is Unicode; it may still hold words broken by a wrong reading of UTF-8.
    Letters lost in such words make the verdict unsure.
    """
    as_it_is = score(normalize("NFC", text))
    readings = {encoding: legacy.decode(text, encoding) for encoding in _candidates(text)}
    scores = {encoding: score(reading) for encoding, reading in readings.items()}
    values = [(encoding, each.value) for encoding, each in scores.items()] + [(Encoding.UNICODE, as_it_is.value)]
    values.sort(key=lambda pair: -pair[1])
    if not scores:
        return Verdict(Encoding.UNICODE, True, Encoding.UNICODE, tuple(values), valid=as_it_is.ratio)  # noqa: FBT003
    best = max(scores, key=lambda encoding: scores[encoding].value)
    gain = scores[best].value - as_it_is.value
    if gain < LEAST_GAIN or scores[best].ratio < _WORTH_A_DOUBT:
        equals = [each for each, found in scores.items() if found.value >= as_it_is.value and readings[each] != text]
        sure = all(scores[each].ratio < LEAST_VALID for each in equals)
        return Verdict(Encoding.UNICODE, sure, Encoding.UNICODE, tuple(values), gain, scores[best].ratio)
    rivals = [scores[each].value for each, reading in readings.items() if reading != readings[best]]
    margin = scores[best].value - max(rivals, default=0.0)
    sure = margin >= LEAST_MARGIN and _is_convincing(scores[best], altered(text, readings[best]))
    sure = sure and not (_lost(text) if best is Encoding.MOJIBAKE else spoils(text, readings[best]))
    return Verdict(best if sure else Encoding.UNICODE, sure, best, tuple(values), gain, scores[best].ratio)


def score(text: str) -> Score:
    """Count the words of a Unicode text, the syllables among them, and those of these that bear a mark.

    Numbers, single letters and abbreviations in capitals are no words. A word in mixed case is no syllable.
    """
    kinds = Counter(map(_kind, _SPACE.split(text)))
    valid = kinds[_Kind.PLAIN] + kinds[_Kind.MARKED]
    return Score(valid + kinds[_Kind.INVALID], valid, kinds[_Kind.MARKED])


def altered(text: str, reading: str) -> Score:
    """Score the words that a reading alters, as they are read."""
    return score(" ".join(after for _, after in _altered(text, reading)))


def spoils(text: str, reading: str) -> bool:
    """Tell whether a reading breaks good Vietnamese words of a text, as it will where part of it is Unicode."""
    scores = [(score(before), score(after)) for before, after in _altered(text, reading)]
    return sum(now.marked > 0 and then.valid < now.valid for now, then in scores) > MOST_SPOILED * len(scores)


def is_unicode(text: str) -> bool:
    """Tell whether a text holds a Vietnamese letter that no old encoding could show."""
    return _ONLY_UNICODE.search(text) is not None


def may_be_legacy(text: str) -> bool:
    """Tell at a glance whether a text could be in an old encoding at all."""
    return not is_unicode(text) and (_TOUCHED.search(text) is not None or _looks_like_viqr(text))


# --- words ----------------------------------------------------------------------------------------

# Not \s: VISCII and VPS have letters among the control characters.
_SPACE = re.compile("[ \t\r\n\xa0/–—-]+")
_BLANK = re.compile("[ \t\r\n]+")
_OPENING, _CLOSING = "\"'“‘„([{<*_#«…", ".,;:!?…)]}\"'”’*_>»"
_COUNTS = re.compile(r"^(?=.*[^\W\d_])\D{2,}$")  # one letter proves nothing: it is what a lone sign may become
_ABBREVIATION = re.compile("[A-ZĐ]+|[B-DF-HJ-NP-TV-XZĐƯ]+")


class _Kind(Enum):
    NOTHING = 0
    INVALID = 1
    PLAIN = 2
    MARKED = 3


@lru_cache(maxsize=1 << 16)
def _kind(written: str) -> _Kind:
    word = written.lstrip(_OPENING).rstrip(_CLOSING)
    if not _COUNTS.search(word):
        return _Kind.NOTHING
    if _is_syllable(word):
        return _Kind.PLAIN if word.isascii() else _Kind.MARKED
    return _Kind.NOTHING if _ABBREVIATION.fullmatch(word) else _Kind.INVALID


def _is_syllable(word: str) -> bool:
    """Tell whether a word is a syllable in plain case; a tone on the wrong letter is forgiven."""
    plain = word.isupper() or word[1:].islower() or len(word) == 1
    return plain and syllable.verdict(word) is not syllable.Verdict.INVALID


# --- what is worth trying -------------------------------------------------------------------------

_ONLY_UNICODE = re.compile("[\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0-\u01b0\u0300-\u0323\u1ea0-\u1ef9]")
_TOUCHED = re.compile("[\x02-\x06\x10-\x15\x19\x1c-\x1e\x80-\x9f\xa1-\xff]")
_FONT_ENCODINGS = (Encoding.TCVN3, Encoding.VNI, Encoding.VISCII, Encoding.VPS, Encoding.CP1258)
_VIQR = re.compile(
    r"[aeoAEO]\^|[aA]\(|[ouOU]\+|\b[dD][dD](?=[aeiouyAEIOUY])|[aeiouyAEIOUY][`~]|[aeiouyAEIOUY][.?'](?=[a-zA-Z])"
)


def _candidates(text: str) -> tuple[Encoding, ...]:
    found: tuple[Encoding, ...] = ()
    if not is_unicode(text):
        found += _FONT_ENCODINGS if _TOUCHED.search(text) else ()
        found += (Encoding.VIQR,) if _looks_like_viqr(text) else ()
    return (*found, Encoding.MOJIBAKE) if broken(text) else found


def _looks_like_viqr(text: str) -> bool:
    return sum(1 for _ in islice(_VIQR.finditer(text), _SIGNS_OF_VIQR)) == _SIGNS_OF_VIQR


def _is_convincing(found: Score, changed: Score) -> bool:
    """Judge a reading by all of its words, and by those that it alters: French has syllables enough without them."""
    if found.words < LEAST_WORDS or changed.words < LEAST_ALTERED:
        return False
    return min(found.ratio, changed.ratio) >= LEAST_VALID


def _altered(text: str, reading: str) -> list[tuple[str, str]]:
    words = zip(_BLANK.split(text), _BLANK.split(reading), strict=True)
    return [(before, after) for before, after in words if before != after]


# --- UTF-8 read wrongly ---------------------------------------------------------------------------


def broken(text: str) -> tuple[Damage, ...]:
    """Find the words of a text that a wrong reading of UTF-8 broke; nothing when fewer than two are beyond doubt.

    What may be chance (``“THỊ XÃ”``) or has lost letters is told of on lines that are broken beyond doubt, and where
    the word is no syllable as it stands; a capital Ã that makes a syllable, where no letter of the line is sound.
    """
    found = mojibake.damage(text)
    if sum(each.certain and each.sound for each in found) < _CERTAIN_WORDS:
        return ()
    lines = text.split("\n")
    ends = list(accumulate(len(line) + 1 for line in lines))
    at = [bisect(ends, each.start) for each in found]
    sure = {line for line, each in zip(at, found, strict=True) if each.certain}
    whole = {line for line in sure if not is_unicode(lines[line])}
    words = zip(found, at, strict=True)
    return tuple(
        each
        for each, line in words
        if line in (whole if each.lost and each.sound else sure) or not _is_syllable(text[each.start : each.end])
    )


def _lost(text: str) -> bool:
    return any(each.lost for each in broken(text))


def _broken_runs(text: str, words: tuple[Damage, ...]) -> Iterator[Finding]:
    """Join broken words that stand together; one that lost a letter stands by itself."""
    run: list[Damage] = []
    for each in words:
        if run and (each.lost or not _PLAIN.fullmatch(text, run[-1].end, each.start)):
            yield _broken_run(text, run)
            run = []
        if each.lost:
            yield Finding(MOJIBAKE, each.start, each.end, hints=each.hints)
        else:
            run.append(each)
    if run:
        yield _broken_run(text, run)


def _broken_run(text: str, run: list[Damage]) -> Finding:
    start, end = run[0].start, run[-1].end
    words = tuple(Finding(MOJIBAKE, each.start - start, each.end - start, each.became) for each in run)
    return Finding(MOJIBAKE, start, end, mended(text[start:end], words))


# --- what is wrong in a paragraph -----------------------------------------------------------------


def findings(text: str) -> tuple[Finding, ...]:
    """Find what a wrong encoding left in a paragraph of Unicode text.

    ``ENC_MOJIBAKE``: words broken by a wrong reading of UTF-8; two beyond doubt prove all, one alone is only doubted.
    ``ENC_LEGACY``: a run of at least six words in an old encoding. It is mended where whole lines are in it; within a
    line of Unicode, or where two encodings read alike, what it may be is only hinted at.
    """
    words = broken(text)
    if words:
        return tuple(_broken_runs(text, words))
    doubted = (each for each in mojibake.damage(text) if each.certain and each.sound)
    found = [Finding(MOJIBAKE, each.start, each.end, hints=(each.became,)) for each in doubted]
    return (*found, *_legacy(text))


def _legacy(text: str) -> Iterator[Finding]:
    """Judge a paragraph as one when no line of it is Unicode for certain; else line by line, and within lines."""
    if not is_unicode(text):
        yield from _judged(text, 0, len(text), whole=True)
        return
    for line in _LINE.finditer(text):
        if not is_unicode(line[0]):
            yield from _judged(text, *line.span(), whole=True)
        else:
            for run in _WITHOUT_UNICODE.finditer(text, *line.span()):
                yield from _judged(text, *_without_sound_ends(text, *run.span()), whole=False)


def _judged(text: str, start: int, end: int, *, whole: bool) -> Iterator[Finding]:
    """Judge the characters from ``start`` up to ``end``."""
    part = text[start:end]
    if not may_be_legacy(part):
        return
    verdict = detect(part)
    if verdict.likely is Encoding.UNICODE or (not verdict.sure and verdict.valid < LEAST_VALID):
        return
    first, last, became = _changed(part, legacy.decode(part, verdict.likely))
    if verdict.sure and whole:
        yield Finding(LEGACY, start + first, start + last, became)
    elif score(became).words >= LEAST_WORDS:
        yield Finding(LEGACY, start + first, start + last, hints=(became,))


def _without_sound_ends(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave out the words at either end that are syllables as they are."""
    broken = [word.span() for word in _WRITTEN.finditer(text, start, end) if _kind(word[0]) is _Kind.INVALID]
    return (broken[0][0], broken[-1][1]) if broken else (start, start)


def _changed(found: str, became: str) -> tuple[int, int, str]:
    """Two readings → from which word on and up to which they differ (in the first), and the second there."""
    alike = _alike(found, became)
    start = 1 + max(found.rfind(space, 0, alike) for space in _SPACES)
    alike = _alike(found[start:][::-1], became[start:][::-1])
    ends = (found.find(space, len(found) - alike) for space in _SPACES)
    end = min((each for each in ends if each >= 0), default=len(found))
    return start, end, became[start : len(became) - (len(found) - end)]


def _alike(one: str, other: str) -> int:
    """Count the characters at the beginning that two texts share."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (here, there) in pairs if here != there), min(len(one), len(other)))


MOJIBAKE, LEGACY = "ENC_MOJIBAKE", "ENC_LEGACY"
_SPACES = " \t\n"
_WRITTEN = re.compile(r"[^ \t]+")
_PLAIN = re.compile("[ -~]*")
_LINE = re.compile("[^\n]+")
_WITHOUT_UNICODE = re.compile(rf"(?<!\S)(?:[^\s{_ONLY_UNICODE.pattern[1:-1]}]+(?:[ \t]+|$)){{{LEAST_WORDS},}}")
