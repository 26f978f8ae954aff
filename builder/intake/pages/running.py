"""The pages of a PDF → their lines without running heads, running feet and page numbers, which are reported."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from builder import problems
from builder.intake.pages.baselines import lines
from builder.manuscript import labels
from builder.publication import Level
from builder.vietnamese import numbering

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from builder.intake.pages.baselines import Line
    from builder.intake.pages.glyphs import Page
    from builder.intake.record import Record

_EDGE = 3  # lines at the head and at the foot of a page are looked at
_FEWEST = 3
_NEAR = 9.0  # points a running line may move from page to page
_MARGIN = 0.12  # of the height of a page
_NUMBER = re.compile(r"\d{1,4}")
_BARE = re.compile(r"[-–—.|/\s]*(?:(?:Trang|Page|trang|tr\.)\s*)?#(?:\s*(?:/|of|trên)\s*\d{1,4})?[-–—.|/\s]*")
_ROMAN = re.compile(r"[ivxlc]{1,7}|[IVXLC]{1,7}")
_LESSONS = r"bài|phiếu|buổi|phụ lục|câu|câu hỏi|tiết|tuần|chuyên đề|vấn đề|mẫu|biểu|bảng|hình|đề|nhóm"
_LESSON = re.compile(rf"(?i)(?:{_LESSONS})(?:\s+số)?\s*\d")
_COUNTED = re.compile(  # what is counted here is no page
    rf"(?i)(?<!\w)(?:{_LESSONS}|số|ngày|tổ|tập|kỳ|nội dung|thứ|thôn|xóm|khóa|lần|năm|tháng)(?:\s+số)?\s*[.:]?\s*#"
)
_PAGED = re.compile(
    r"(?i)^\W*#|(?:trang|page|tr\.)\s*#|#(?:\s*(?:/|of|trên)\s*\d{1,4})?\W*$"
)  # where one stands in a line
_SENTENCE = 4  # words from which what ends in a stop is a sentence
_OPEN_ENDS = (",", ";", ":", "./.")
_STOPS = (".", "!", "?", "…", ":", ";")
_QUOTES = "”\"’') "
_PARTED = 2
_PARTED_SHARE = 5  # of so many pages one at least
_DASHES = "-–—"
_SHARE = 0.05  # of all distances between lines: so many have a usual one
_WIDEST = 4.0  # letter sizes


@dataclass(frozen=True, slots=True)
class _Edge:
    """A line near the head or the foot of a page."""

    page: int
    line: Line
    height: float


_Key = tuple[str, str, int]


def without(pages: Sequence[Page], record: Record) -> list[tuple[Line, ...]]:
    """Pages → the lines of each, from the top; those that only run along are left out.

    What has a label, counts something else than pages, ends as a sentence does or stands no farther from the text
    than its lines stand from each other is text, however often it is repeated; unless it parts sentences.
    """
    found = [lines(page.words) for page in pages]
    groups = list(_running(pages, found))
    loose = _apart(found, groups)
    gone: dict[int, set[Line]] = defaultdict(set)
    left = []
    for key, group in groups:
        fresh = [edge for edge in group if edge.line in loose[edge.page] and edge.line not in gone[edge.page]]
        if fresh and _enough(key, fresh, len(pages), _tallest(pages)):
            left.append(fresh)
            for edge in fresh:
                gone[edge.page].add(edge.line)
    if _most(found, gone):
        return found
    for group in left:
        record.add(problems.intake_running, 0, _variants(group), len(group), pages[group[0].page].number)
    return [tuple(line for line in each if line not in gone[at]) for at, each in enumerate(found)]


def _variants(group: Sequence[_Edge]) -> str:
    """What the lines of a group say: the first and the last of those that count the pages."""
    first, last = group[0].line.text, group[-1].line.text
    return first if first == last else f"{first} … {last}"


def _apart(found: Sequence[Sequence[Line]], groups: Sequence[tuple[str, list[_Edge]]]) -> dict[int, set[Line]]:
    """Of lines that may run along, those that stand apart from the text: by page, seen from the text outwards.

    Numbers of pages do so wherever they stand, and so does what stands in the middle of sentences.
    """
    may: dict[int, set[Line]] = defaultdict(set)
    for _, group in groups:
        for edge in group:
            may[edge.page].add(edge.line)
    text = [[line for line in each if line not in may[at]] for at, each in enumerate(found)]
    usual, parted = _usual(text), _parted(text)
    bare: dict[int, set[Line]] = defaultdict(set)
    for key, group in groups:
        if _is_bare(key) or _parts_sentences(group, found, parted):
            for edge in group:
                bare[edge.page].add(edge.line)
    for at, each in enumerate(found):
        half = len(each) // 2
        for side in (each[:half][::-1], each[half:]):
            bare[at] |= _loose(side, may[at], bare[at], _inner(each, half, side), usual)
    return bare


def _parted(text: Sequence[Sequence[Line]]) -> set[int]:
    """Pages, counted from 0, whose text begins in the middle of a sentence."""
    found = set()
    last = ""
    for at, each in enumerate(text):
        if each and last and not last.endswith(_STOPS) and each[0].text[:1].islower():
            found.add(at)
        last = each[-1].text.rstrip(_QUOTES) if each else ""
    return found


def _parts_sentences(group: Sequence[_Edge], found: Sequence[Sequence[Line]], parted: set[int]) -> bool:
    """Tell whether lines stand between the halves of a sentence, twice at least and on a good part of their pages.

    They must be on every other page or more: a line of the text that happens to open a few pages does the same.
    """
    if 2 * len(group) < len(found) - 1:
        return False
    count = 0
    for edge in group:
        is_head = found[edge.page].index(edge.line) < len(found[edge.page]) // 2
        count += (edge.page if is_head else edge.page + 1) in parted
    return count >= _PARTED and count * _PARTED_SHARE >= len(group)


def _inner(each: Sequence[Line], half: int, side: Sequence[Line]) -> Line | None:
    """The line that stands before the first of a half page, seen from the middle."""
    if not side:
        return None
    return each[half] if side[0] is not each[half] else (each[half - 1] if half else None)


def _loose(side: Sequence[Line], may: set[Line], bare: set[Line], inner: Line | None, usual: float) -> set[Line]:
    """Lines from the middle of a page outwards → those that may run along and stand apart from the last one kept."""
    found: set[Line] = set()
    for line in side:
        if line in bare:
            continue
        distance = abs(line.main.base - inner.main.base) if inner else _WIDEST * line.size
        if line in may and distance > 1.1 * (usual or 1.4 * line.size) + 1:
            found.add(line)
        else:
            inner = line
    return found


def _usual(found: Sequence[Sequence[Line]]) -> float:
    """The widest of the usual distances between lines of the text: that between paragraphs, in points."""
    steps: Counter[float] = Counter()
    for each in found:
        for above, below in pairwise(each):
            steps[round(2 * (above.main.base - below.main.base)) / 2] += 1
    least = max(2, _SHARE * sum(steps.values()))
    size = max((line.size for each in found for line in each), default=0)
    near = {step: steps[step - 0.5] + steps[step] + steps[step + 0.5] for step in list(steps)}
    return max((step for step, count in near.items() if count >= least and step <= _WIDEST * size), default=0)


def _tallest(pages: Sequence[Page]) -> float:
    return max((page.height for page in pages), default=0)


def _most(found: Sequence[Sequence[Line]], gone: dict[int, set[Line]]) -> bool:
    """Tell whether what runs along is most of the text: then pages are alike, and nothing only runs along."""
    every = sum(len(line.text) for each in found for line in each)
    return 2 * sum(len(line.text) for each in gone.values() for line in each) > every


def _running(pages: Sequence[Page], found: Sequence[Sequence[Line]]) -> Iterator[tuple[str, list[_Edge]]]:
    """Groups of lines that say the same, or count the pages, at the same height of several pages; and what they say."""
    groups: dict[_Key, list[_Edge]] = defaultdict(list)
    for at, (page, each) in enumerate(zip(pages, found, strict=True)):
        for zone, line in _edges(each):
            height = page.height - line.main.base if zone == "head" else line.main.base
            for key in _keys(zone, line.text, page.number):
                groups[key].append(_Edge(at, line, height))
    for (_, text, _), group in sorted(groups.items(), key=lambda item: (item[1][0].page, item[0])):
        near = _level(group)
        if _enough(text, near, len(pages), _tallest(pages)):
            yield text, near


def _edges(found: Sequence[Line]) -> Iterator[tuple[str, Line]]:
    half = len(found) // 2
    yield from (("head", line) for line in found[: min(_EDGE, len(found) - half)])
    yield from (("foot", line) for line in found[max(half, len(found) - _EDGE) :])


def _keys(zone: str, text: str, page: int) -> Iterator[_Key]:
    """What a line would say on other pages: the same, or the same with its number counted on."""
    if _ROMAN.fullmatch(text) and (value := numbering.roman_value(text.upper())):
        yield zone, "#", value - page + 20_000
    if text[:1].islower() and not text.startswith(("trang", "tr.")):  # the end of a sentence
        return
    numbers = list(_NUMBER.finditer(text))
    counted = [
        (f"{text[: each.start()]}#{text[each.end() :]}", int(each[0]) - page + 10_000)
        for each in {match.span(): match for match in numbers[:1] + numbers[-1:]}.values()
    ]
    is_text = _is_text(text)
    if not is_text:
        yield zone, text, -1
    yield from ((zone, key, value) for key, value in counted if _is_bare(key) or (_pages(key) and not is_text))


def _pages(key: str) -> bool:
    """Tell whether the number in a line may be that of its page: it begins or ends it, and counts nothing else."""
    return _PAGED.search(key) is not None and not _COUNTED.search(key)


def _is_text(text: str) -> bool:
    """Tell whether a line is part of the text by its words: it has a label, counts lessons, or is a sentence."""
    label = labels.recognise(text)
    framed = label is not None and label.level is Level.DASH and text[-1] in _DASHES
    if (label and not framed) or _LESSON.match(text):
        return True
    return text.endswith(_OPEN_ENDS) or (text.endswith((".", "!", "?")) and len(text.split()) >= _SENTENCE)


def _is_bare(key: str) -> bool:
    """Tell whether what lines say is nothing but the number of the page."""
    return _BARE.fullmatch(key) is not None


def _level(group: Sequence[_Edge]) -> list[_Edge]:
    """Those of a group that stand at the height most of them stand at."""
    middle = sorted(edge.height for edge in group)[len(group) // 2]
    return [edge for edge in group if abs(edge.height - middle) <= _NEAR]


def _enough(text: str, group: Sequence[_Edge], pages: int, tallest: float) -> bool:
    """Tell whether lines run along: on three pages, or, in a short paper, on all or all but the first."""
    count = len({edge.page for edge in group})
    bare = _is_bare(text)
    if "#" in text and not bare:
        return count >= _FEWEST and count * 3 >= pages
    outer = all(edge.height <= _MARGIN * tallest for edge in group)
    if count >= _FEWEST:
        return bare or outer
    return count > 1 and outer and count >= pages - bare
