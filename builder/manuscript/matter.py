"""``front/*.md`` and ``back/*.md`` → unnumbered Matter; ``glossary.md`` → Terms."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from builder import problems
from builder.manuscript import subjects, tongues
from builder.manuscript.folder import Line
from builder.manuscript.prose import Prose
from builder.manuscript.sections import section
from builder.publication import IndexTerm, Matter, Term, Text
from builder.vietnamese import slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from builder.manuscript.folder import Folder, Lines, Sheet
    from builder.manuscript.inlines import Refer

_DEFINITION = re.compile(r" {0,3}:\s+(\S.*)")
_INDENTED = re.compile(r"(?: {2,}|\t)\S")


def matter(sheets: Iterable[Sheet], prefix: str, folder: Folder, refer: Refer) -> tuple[Matter, ...]:
    """Files → matter in file order, with ids ``<prefix>-1``, ``<prefix>-2`` …; the first ``# heading`` is the title."""
    return tuple(_matter(sheet, f"{prefix}-{count}", folder, refer) for count, sheet in enumerate(sheets, 1))


def _matter(sheet: Sheet, name: str, folder: Folder, refer: Refer) -> Matter:
    prose = Prose(sheet, folder, refer, folder.found)
    before, sections = section(prose.lines, 1)
    head = sections[0] if sections and not any(line.text.strip() for line in before) else None
    body = tuple(line for line in prose.lines if head is None or line.number > head.line)
    title = prose.inlines((Line(head.line, head.title),)) if head else (Text(humanised(sheet)),)
    read = Matter(name, title, prose.blocks(body, top=1), sheet.place(head.line if head else 1))
    prose.finish()
    return read


def humanised(sheet: Sheet) -> str:
    """``01-loi_noi-dau.md`` → ``Loi noi dau``."""
    stem = sheet.name.rpartition("/")[2].removesuffix(".md")
    words = re.sub(r"[-_\s]+", " ", re.sub(r"^\d+[-_. ]*", "", stem)).strip() or stem
    return words[:1].upper() + words[1:]


def glossary(sheet: Sheet, folder: Folder, refer: Refer) -> tuple[tuple[Term, ...], tuple[IndexTerm, ...]]:
    """``glossary.md`` → its terms in the order written, and what its list for the index asks for."""
    prose = Prose(sheet, folder, refer, folder.found)
    terms: dict[str, Term] = {}
    entries, listed = subjects.parted(prose.lines)
    for head, lines in _entries(entries, sheet, folder):
        words = head.text.strip().strip("*").strip()
        name = f"tu-{slug.slug(words) or head.number}"
        place = sheet.place(head)
        if left := tongues.LEFT.search(words):
            folder.found.append(problems.language_mark(place, left[0]))
        known = {term.words.casefold(): term for term in terms.values()}.get(words.casefold())
        if known:
            folder.found.append(problems.term_twice(place, words, known.place.line))
        name = next(each for each in _numbered(name) if each not in terms)
        terms[name] = Term(name, words, prose.blocks(lines), place)
    prose.finish()
    return tuple(terms.values()), subjects.read(listed, sheet, folder.found)


def _entries(lines: Lines, sheet: Sheet, folder: Folder) -> Iterator[tuple[Line, Lines]]:
    """Terms, each with the lines of its definition; a line that is neither is a problem."""
    position = 0
    while position < len(lines):
        line = lines[position]
        position += 1
        if not line.text.strip() or line.text.startswith("# "):
            continue
        end = _end(lines, position)
        if end == position or _DEFINITION.fullmatch(line.text):
            folder.found.append(problems.term_form(sheet.place(line)))
            continue
        yield line, tuple(_undecorated(lines[position:end]))
        position = end


def _end(lines: Lines, position: int) -> int:
    """The position after a definition that begins at ``position``; the same when none does."""
    start = position
    if start == len(lines) or not _DEFINITION.fullmatch(lines[start].text):
        return start
    end = position
    blank = False
    while position < len(lines):
        text = lines[position].text
        position += 1
        if not text.strip():
            blank = True
        elif not blank or _DEFINITION.fullmatch(text) or _INDENTED.match(text):
            end = position
            blank = False
        else:
            break
    return end


def _undecorated(lines: Lines) -> Iterator[Line]:
    """The lines of a definition → its text; each ``: `` opens a paragraph of its own."""
    for line in lines:
        match = _DEFINITION.fullmatch(line.text)
        if match:
            yield Line(line.number, "")
        yield Line(line.number, match[1] if match else line.text.strip())


def _numbered(name: str) -> Iterator[str]:
    """A name, then the same with ``-2``, ``-3`` and so on."""
    yield name
    yield from (f"{name}-{count}" for count in itertools.count(2))
