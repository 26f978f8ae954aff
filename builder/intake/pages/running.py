"""The pages of a PDF → their lines without running heads, running feet and page numbers, which are reported."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class _Edge:
    """A line near the head or the foot of a page."""

    page: int
    line: Line
    height: float


_Key = tuple[str, str, int]


def without(pages: Sequence[Page], record: Record) -> list[tuple[Line, ...]]:
    """Pages → the lines of each, from the top; those that only run along are left out."""
    found = [lines(page.words) for page in pages]
    gone: dict[int, set[Line]] = defaultdict(set)
    groups = []
    for group in _running(pages, found):
        if fresh := [edge for edge in group if edge.line not in gone[edge.page]]:
            groups.append(fresh)
            for edge in fresh:
                gone[edge.page].add(edge.line)
    if _most(found, gone):
        return found
    for first, *others in groups:
        record.add(problems.intake_running, 0, first.line.text, len(others) + 1, pages[first.page].number)
    return [tuple(line for line in each if line not in gone[at]) for at, each in enumerate(found)]


def _most(found: Sequence[Sequence[Line]], gone: dict[int, set[Line]]) -> bool:
    """Tell whether what runs along is most of the text: then pages are alike, and nothing only runs along."""
    every = sum(len(line.text) for each in found for line in each)
    return 2 * sum(len(line.text) for each in gone.values() for line in each) > every


def _running(pages: Sequence[Page], found: Sequence[Sequence[Line]]) -> Iterator[list[_Edge]]:
    """Groups of lines that say the same, or count the pages, at the same height of several pages."""
    groups: dict[_Key, list[_Edge]] = defaultdict(list)
    for at, (page, each) in enumerate(zip(pages, found, strict=True)):
        for zone, line in _edges(each):
            height = page.height - line.main.base if zone == "head" else line.main.base
            for key in _keys(zone, line.text, page.number):
                groups[key].append(_Edge(at, line, height))
    tallest = max((page.height for page in pages), default=0)
    for (_, text, _), group in sorted(groups.items(), key=lambda item: (item[1][0].page, item[0])):
        near = _level(group)
        if _enough(text, near, len(pages), tallest):
            yield near


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
    yield zone, text, -1
    label = labels.recognise(text)
    if label and label.level is not Level.DASH and label.rest:
        return
    numbers = list(_NUMBER.finditer(text))
    for each in {match.span(): match for match in numbers[:1] + numbers[-1:]}.values():
        yield zone, f"{text[: each.start()]}#{text[each.end() :]}", int(each[0]) - page + 10_000


def _level(group: Sequence[_Edge]) -> list[_Edge]:
    """Those of a group that stand at the height most of them stand at."""
    middle = sorted(edge.height for edge in group)[len(group) // 2]
    return [edge for edge in group if abs(edge.height - middle) <= _NEAR]


def _enough(text: str, group: Sequence[_Edge], pages: int, tallest: float) -> bool:
    """Tell whether lines run along: on three pages, or, in a short paper, on all or all but the first."""
    count = len({edge.page for edge in group})
    bare = _BARE.fullmatch(text) is not None
    if "#" in text and not bare:
        return count >= _FEWEST and count * 3 >= pages
    outer = all(edge.height <= _MARGIN * tallest for edge in group)
    if count >= _FEWEST:
        return bare or outer
    return count > 1 and outer and count >= pages - bare
