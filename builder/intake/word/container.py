"""The bytes of a Word file → its parts as elements, and where the relations of each lead; or a problem."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from builder import problems
from builder.intake import archive, markup
from builder.intake.word.names import RELATIONS, loosen, w
from builder.problems import Place, Problems

if TYPE_CHECKING:
    from lxml.etree import _Element

    from builder.intake.archive import Archive

_USUAL_MAIN = "word/document.xml"
_FOLDERS = (("xl/", "Excel"), ("ppt/", "PowerPoint"), ("content.xml", "OpenDocument"), ("meta-inf/", "EPUB"))


@dataclass(frozen=True, slots=True)
class Relation:
    """Where a relation leads: to a part of this name, or outside to an address; ``kind`` is the end of its type."""

    kind: str
    target: str
    outside: bool


@dataclass(frozen=True)
class Package:
    """A Word file: its container; the part that holds its words, its root and body; the part with the title, if any."""

    archive: Archive
    main: str
    document: _Element
    body: _Element
    properties: str = ""

    @cached_property
    def relations(self) -> dict[str, Relation]:
        """The relations of the main part, by their ids."""
        return self.relations_of(self.main)

    def relations_of(self, part: str) -> dict[str, Relation]:
        """Return the relations of a part, by their ids; of a part that has none, nothing."""
        return _relations(self.archive, part)

    def part(self, kind: str) -> str:
        """Name the part that the main part knows by this kind of relation; empty when there is none."""
        found = (each for each in self.relations.values() if each.kind == kind and not each.outside)
        return next((each.target for each in found if each.target in self.archive), "")

    def element(self, part: str) -> _Element:
        """Return the root of a part.

        Raises:
            Problems: when it is damaged.
        """
        return _element(self.archive, part)

    def of_kind(self, kind: str) -> _Element | None:
        """Return the root of the part that the main part knows by this kind of relation, if there is one."""
        part = self.part(kind)
        return self.element(part) if part else None


def open_(data: bytes, file: str) -> Package:
    """Bytes of ``file`` → its package.

    Raises:
        Problems: when it is damaged, locked, or no Word file.
    """
    found = archive.open_(data, file)
    roots = _relations(found, "")
    mains = [each.target for each in roots.values() if each.kind == "officeDocument" and each.target in found]
    if not mains and _USUAL_MAIN in found:
        mains = [_USUAL_MAIN]
    root = _element(found, mains[0]) if mains else None
    body = root.find(w("body")) if root is not None and root.tag == w("document") else None
    if root is None or body is None:
        raise Problems([problems.intake_not_word(Place(file), _kind(found))])
    about = (each.target for each in roots.values() if each.kind == "core-properties" and each.target in found)
    return Package(found, mains[0], root, body, next(about, ""))


def _kind(found: Archive) -> str:
    names = [name.lower() for name in found.names]
    return next((kind for start, kind in _FOLDERS if any(name.startswith(start) for name in names)), "zip")


def _element(found: Archive, part: str) -> _Element:
    root = markup.parse(found.read(part), part, found.file)
    loosen(root)
    return root


def _relations(found: Archive, part: str) -> dict[str, Relation]:
    folder, name = posixpath.split(part)
    at = posixpath.join(folder, "_rels", f"{name}.rels")
    if at not in found:
        return {}
    root = markup.parse(found.read(at), at, found.file)
    return {
        each.get("Id", ""): _relation(folder, each.get("Type", ""), each.get("Target", ""), each.get("TargetMode", ""))
        for each in root.iter(f"{RELATIONS}Relationship")
    }


def _relation(folder: str, kind: str, target: str, mode: str) -> Relation:
    outside = mode == "External"
    if not outside:
        target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
    return Relation(kind.rpartition("/")[2], target, outside)
