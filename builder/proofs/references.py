"""The words of a programme and the articles it has come in; citations of articles it does not have go out.

Only what plainly means this document is looked at: ``Điều 12 Quy ước này``, or ``Điều 12`` at the end of a clause of a
sentence; ``Điều 12 của Luật Đất đai`` is somebody else's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from builder.publication import Level, walk
from builder.vietnamese.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from builder.publication import Clause

_ARTICLES = re.compile(
    r"(?<!\w)Điều[ \u00a0](?P<first>\d{1,4}[a-zđ]?)"
    r"(?P<more>(?:(?:,|;|[ \u00a0]và|[ \u00a0]hoặc)[ \u00a0]\d{1,4}[a-zđ]?(?![.,]?\w))*)"
    r"(?=(?P<own>(?:[ \u00a0]của)?(?:[ \u00a0]\w+){1,4}?[ \u00a0]này(?!\w))|[ \u00a0]*(?:[.;:)]|$))"
)
_NUMBER = re.compile(r"\d{1,4}[a-zđ]?")
_FOREIGN = re.compile(
    r"(?:Bộ luật|Luật|Nghị định|Nghị quyết|Thông tư|Hiến pháp|Quyết định|Pháp lệnh|Điều lệ)(?! này)[^.;]*$"
)


@dataclass(frozen=True, slots=True)
class Cited:
    """The numbers of the articles a programme has; none: it is not made of articles."""

    articles: frozenset[str] = frozenset()


def cited(clauses: Iterable[Clause]) -> Cited:
    """Return what a programme can be cited by."""
    return Cited(frozenset(clause.number for clause in walk(clauses) if clause.level is Level.ARTICLE))


def findings(words: str, cited: Cited) -> Iterator[Finding]:
    """Yield ``REF_BROKEN`` for every article cited that is not there; what opens a passage is a label."""
    if not cited.articles:
        return
    for match in _ARTICLES.finditer(words):
        if match.start() == 0 or (not match["own"] and _FOREIGN.search(words[: match.start()])):
            continue
        for number in _NUMBER.finditer(words, match.start("first"), match.end("more")):
            if number[0] not in cited.articles:
                yield Finding("REF_BROKEN", number.start(), number.end())
