"""The files of a source come in; the plan of its review copy goes out, the same whenever the files are the same."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from builder.copydesk import entries, matter, programme
from builder.copydesk.looks import Look
from builder.copydesk.nouns import Chapter, How, Leaf, Piece, Plan
from builder.copydesk.page import Page
from builder.copydesk.prose import Scanner
from builder.manuscript import settings
from builder.manuscript.anchors import Anchors
from builder.manuscript.folder import by_number
from builder.problems import Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from builder.manuscript.outline import Unit

PROGRAMME = "program.md"
SETTINGS = "publication.yaml"
GLOSSARY = "glossary.md"
COMMENTARY = "commentary/"


def plan(files: Mapping[str, bytes]) -> Plan:
    """Make the plan of the files of a source, path inside it → bytes in UTF-8.

    Raises:
        UnicodeDecodeError: when a text is no UTF-8.
    """
    pages = {name: Page(name, data.decode("utf-8")) for name, data in files.items() if name.endswith((".md", ".yaml"))}
    declared = settings.read(pages[SETTINGS].sheet if SETTINGS in pages else None, [])
    text, root = programme.read(pages.get(PROGRAMME) or Page(PROGRAMME, ""))
    anchors = Anchors(root)
    commentary = tuple(_commented(pages[name]) for name in _several(pages, COMMENTARY))
    chapters = (
        matter.title(declared),
        *_headed("Lời đầu sách", pages, "front/", matter.matter),
        _with_head(text, "Văn bản gốc"),
        *_headed("Buổi sinh hoạt", pages, "sessions/", matter.session),
        *_headed("Cuối sách", pages, "back/", matter.matter),
        *_headed("Giải thích từ ngữ", pages, GLOSSARY, matter.glossary),
    )
    found = tuple(entry for page in commentary for entry in entries.read(Page(page.name, page.raw), anchors))
    cited = {unit.id: _cited(unit, anchors) for unit in anchors.units}
    return Plan(declared.title or _first_words(text), chapters, found, commentary, cited)


def _cited(unit: Unit, anchors: Anchors) -> str:
    """What a clause is cited by: in words, or by its id where they could mean another."""
    return unit.citation if anchors.find(unit.citation, Place(), []) == ((unit,),) else unit.id


def _first_words(chapter: Chapter) -> str:
    return next((leaf.text for leaf in chapter.leaves() if leaf.look.bold), PROGRAMME)


def _commented(page: Page) -> Chapter:
    return Chapter(page.name, page.raw, (), Scanner(page).notes)


def _headed(said: str, pages: Mapping[str, Page], start: str, read: Callable[[Page], Chapter]) -> Iterator[Chapter]:
    """The chapters of the files whose names begin so."""
    for count, name in enumerate(_several(pages, start), 1):
        number = f" {count}" if start == "sessions/" else ""
        yield _with_head(read(pages[name]), f"{said}{number}")


def _with_head(chapter: Chapter, said: str) -> Chapter:
    """A chapter with the line that says which file it is."""
    head = Leaf(Look.FILE, (Piece(f"{said} · {chapter.name}"),), how=How.FIXED)
    return replace(chapter, blocks=(head, *chapter.blocks))


def _several(pages: Mapping[str, Page], start: str) -> list[str]:
    return sorted((name for name in pages if name.startswith(start)), key=by_number)
