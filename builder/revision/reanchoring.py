"""The texts around a programme come in; the same go out, citing the clauses of its new version.

Headings of commentary, readings of sessions and references in running text follow the clauses they name. An entry of
commentary whose clause is gone goes to what the nearest clause around it became; where there is none it is set aside.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from builder.manuscript import commentary, footnotes, sections, sessions
from builder.revision.edits import Edit, edited

if TYPE_CHECKING:
    from collections.abc import Iterable

    from builder.manuscript import Sheet
    from builder.manuscript.folder import Line, Lines
    from builder.manuscript.sections import Section
    from builder.problems import Place
    from builder.revision.citing import Citer, Recited

_REFERENCE = re.compile(r"\{(?:khoan|trang):(?P<cited>[^{}\n]*)\}|\[(?P<words>[^\[\]\n]*)\]\((?P<id>#[^\s()]+)\)")
_MENTION = re.compile(
    r"""(?<!\w)(?:điểm[ ]\w{1,3}[ ])?(?:khoản[ ]\w{1,3}[ ])?Điều[ ]\d{1,4}[a-zđ]?(?![.–-]?\w)
    (?!,?[ ](?:của[ ])?
      (?:Bộ[ ]luật|Luật|Nghị|Thông[ ]tư|Hiến[ ]pháp|Quyết[ ]định|Pháp[ ]lệnh|Điều[ ]lệ|Quy[ ]|Chỉ[ ]thị)
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_CODE = re.compile(r"(`+)(?:(?!\1).)+\1")
_CALL = re.compile(r"\[\^([^\]\s]{1,80})\]")


@dataclass(frozen=True, slots=True)
class Rebound:
    """One place that names clauses: what it said and how that was read; what it says now, ``""`` when nothing could.

    ``what`` is ``note``, ``reading``, ``reference`` or ``mention``.
    """

    what: str
    place: Place
    recited: Recited
    new: str

    @property
    def changed(self) -> bool:
        """Tell whether it says something else now."""
        return self.new != self.recited.old


@dataclass(frozen=True, slots=True)
class Aside:
    """An entry of commentary none of whose clauses is left, nor any around them: where it stood, all of its text."""

    place: Place
    text: str


@dataclass(frozen=True, slots=True)
class Reanchored:
    """The texts that changed, by their names; every place that names clauses; what was set aside.

    ``mentions`` are the places where mere words name a clause that is cited otherwise now; they are left as they are.
    """

    files: dict[str, str]
    places: tuple[Rebound, ...]
    aside: tuple[Aside, ...] = ()
    mentions: tuple[Rebound, ...] = ()


@dataclass(slots=True)
class _Page:
    """One file being rewritten."""

    sheet: Sheet
    citer: Citer
    edits: list[Edit] = field(default_factory=list)
    places: list[Rebound] = field(default_factory=list)
    without: set[int] = field(default_factory=set)
    aside: list[Aside] = field(default_factory=list)
    mentions: list[Rebound] = field(default_factory=list)

    def note(self, what: str, line: int, start: int, recited: Recited, new: str) -> Rebound:
        """Write down what becomes of a place; ``start`` counts from 0."""
        rebound = Rebound(what, self.sheet.place(line, start + 1), recited, new)
        self.places.append(rebound)
        return rebound


def reanchor(sheets: Iterable[Sheet], citer: Citer) -> Reanchored:
    """Rewrite what cites clauses in the sheets of a source folder; ``program.md`` and settings are left alone."""
    pages = [_Page(sheet, citer) for sheet in sheets if sheet.name not in {"program.md", "publication.yaml"}]
    for page in pages:
        lines, _ = footnotes.gather(page.sheet, [])
        if page.sheet.name.startswith("commentary/"):
            _headings(page, lines)
        elif page.sheet.name.startswith("sessions/"):
            _readings(page)
        _references(page)
        _mentions(page)
    texts = {page.sheet.name: _text(page) for page in pages if page.edits or page.without}
    places = tuple(place for page in pages for place in page.places)
    aside = tuple(each for page in pages for each in page.aside)
    return Reanchored(texts, places, aside, tuple(each for page in pages for each in page.mentions))


def _text(page: _Page) -> str:
    kept = [edit for edit in page.edits if edit.line not in page.without]
    return edited(page.sheet, kept, frozenset(page.without))


# --- commentary -----------------------------------------------------------------------------------


def _headings(page: _Page, lines: Lines) -> None:
    _, entries = sections.section(lines, 2)
    for entry in entries:
        citation, _ = commentary.parted(entry.title)
        recited = page.citer.recite(citation)
        new = recited.new or (page.citer.named(recited.heirs) if recited.heirs else "")
        start = entry.column - 1
        rebound = page.note("note", entry.line, start, recited, new)
        if not new:
            _set_aside(page, entry, rebound)
        elif rebound.changed:
            page.edits.append(Edit(entry.line, start, start + len(citation), new))


def _set_aside(page: _Page, entry: Section, rebound: Rebound) -> None:
    """Take an entry out of its file, with the footnotes that only it calls."""
    text, notes = footnotes.gather(page.sheet, [])
    definitions = {line.number for note in notes.values() for line in note.lines}
    own = {entry.line, *(line.number for line in entry.body)} - definitions
    kept = [line for line in text if line.number not in own | page.without]
    calls = _calls(line for line in text if line.number in own) - _calls(kept)
    own |= {line.number for name in calls & notes.keys() for line in notes[name].lines}
    page.without |= own
    said = "\n".join(page.sheet.lines[number - 1].text for number in sorted(own)).strip()
    page.aside.append(Aside(rebound.place, said))


def _calls(lines: Iterable[Line]) -> set[str]:
    return {name for line in lines for name in _CALL.findall(line.text)}


# --- sessions -------------------------------------------------------------------------------------


def _readings(page: _Page) -> None:
    for reading in sessions.written_readings(page.sheet):
        recited = page.citer.recite(reading.text)
        if page.note("reading", reading.line, reading.start, recited, recited.new).changed:
            page.edits.append(Edit(reading.line, reading.start, reading.end, reading.said(recited.new)))


# --- references in running text -------------------------------------------------------------------


def _references(page: _Page) -> None:
    code = False
    for line in page.sheet.lines:
        code ^= line.text.lstrip().startswith("```")
        if code:
            continue
        spans = [match.span() for match in _CODE.finditer(line.text)]
        for match in _REFERENCE.finditer(line.text):
            if not any(start <= match.start() < end for start, end in spans):
                _reference(page, line.number, match)


def _reference(page: _Page, line: int, match: re.Match[str]) -> None:
    """Cite anew in a reference; one to a clause that is gone becomes plain words."""
    group = "cited" if match["id"] is None else "id"
    old = match[group].strip()
    start = match.start(group) + match[group].index(old)
    recited = page.citer.recite(old)
    rebound = page.note("reference", line, start, recited, recited.new)
    if rebound.new and rebound.changed:
        page.edits.append(Edit(line, start, start + len(old), rebound.new))
    elif not rebound.new:
        page.edits.append(Edit(line, match.start(), match.end(), match["words"] or old))


# --- mere words -----------------------------------------------------------------------------------


def _mentions(page: _Page) -> None:
    """Find words that cite a clause by a number it has no more; another document's articles are not meant."""
    lines = [line.text.replace("\u00a0", " ") for line in page.sheet.lines]
    for each in page.places:  # what was cited anew, or found gone, is told of already
        start, line = each.place.column - 1, each.place.line - 1
        end = start + len(each.recited.old)
        lines[line] = lines[line][:start] + " " * (end - start) + lines[line][end:]
    for number, text in enumerate(lines, 1):
        for match in _MENTION.finditer(text):
            recited = page.citer.recite(match[0])
            if recited.cited and recited.new != recited.old:
                place = page.sheet.place(number, match.start() + 1)
                page.mentions.append(Rebound("mention", place, recited, recited.new))
