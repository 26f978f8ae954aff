"""The files of a publication come in; four lines go out: which of them is for which device."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.site.nouns import Download, Title


@dataclass(frozen=True, slots=True)
class Line:
    """A line: ``device`` and ``note`` are keys of the words under ``devices``; a device may have no file yet."""

    device: str
    note: str
    file: Download | None


def lines(title: Title) -> tuple[Line, ...]:
    """Return the lines, the device that most members have first; none where there is nothing to take."""
    return tuple(_lines(title))


def _lines(title: Title) -> Iterator[Line]:
    kinds = {each.kind: each for each in title.offers[0].files} if title.offers else {}
    epub, paper = kinds.get("epub"), _paper(title)
    if epub:
        yield Line("screen", "screen_note", epub)
    elif readable := _on_screen(title) or paper:
        yield Line("screen", "screen_pdf", readable)
    if kepub := kinds.get("kepub"):
        yield Line("kobo", "kobo_note", kepub)
    elif epub:
        yield Line("kobo", "kobo_epub", epub)
    if azw3 := kinds.get("azw3"):
        yield Line("kindle", "kindle_note", azw3)
    elif epub:
        yield Line("kindle", "kindle_none", None)
    if paper:
        yield Line("paper", "paper_note" if title.printing else "paper_plain", paper)


def _paper(title: Title) -> Download | None:
    """Find what is printed as it is: of the edition that the e-book is of, else the first."""
    on_paper = [each for each in title.pages if not each.edition.on_screen]
    first = title.offers[0].edition.name if title.offers else ""
    return next((each for each in on_paper if each.edition.name == first), next(iter(on_paper), None))


def _on_screen(title: Title) -> Download | None:
    return next((each for each in title.pages if each.edition.on_screen), None)
