"""The roles of ``fonts/roles.toml`` come in; the cuts they name, each with the file it lies in, go out.

Families come from ``fontpkg-*`` packages or lie as files beside ``roles.toml``.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import fontpkg
import fontpkg.errors

from builder import problems

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

ROLES = "roles.toml"
MEDIA = ("print", "ebook")
REGULAR = 400


@dataclass(frozen=True, slots=True)
class Cut:
    """One weight (100–900) and style (``normal``, ``italic``) of a family, and the file it lies in."""

    family: str
    weight: int
    style: str
    path: Path


@dataclass(frozen=True, slots=True)
class Roles:
    """Which family sets what.

    Attributes:
        family: role (``text``, ``heads`` …) → family.
        print_cuts: the cuts a printed book is set in, in the order of ``roles.toml``.
        ebook_cuts: those embedded in an e-book.
    """

    family: Mapping[str, str]
    print_cuts: tuple[Cut, ...]
    ebook_cuts: tuple[Cut, ...]

    @property
    def families(self) -> tuple[str, ...]:
        """The families, each once, in the order of their roles."""
        return tuple(dict.fromkeys(self.family.values()))

    def faces(self, *, ebook: bool) -> tuple[Cut, ...]:
        """Return the cuts to cast for a medium."""
        return self.ebook_cuts if ebook else self.print_cuts


def roles(folder: Path) -> Roles:
    """Read ``roles.toml`` of the ``fonts/`` folder and find each cut's file.

    Raises:
        Problems: ``ROLES_BROKEN`` (not TOML, or an entry of the wrong kind), ``FONT_UNKNOWN`` (no such family is
            installed), ``FONT_CUT`` (the family has no such weight or style, or its file is not there).
    """
    file = folder / ROLES
    place = problems.Place(str(file))
    try:
        data = tomllib.loads(file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise problems.Problems([problems.roles_broken(place, str(error))]) from error
    if not data or not all(isinstance(table, dict) for table in data.values()):
        raise problems.Problems([problems.roles_broken(place, "text, heads")])
    read = [_Role(folder, place, name, table) for name, table in data.items()]
    cuts = {medium: tuple(dict.fromkeys(cut for role in read for cut in role.cuts(medium))) for medium in MEDIA}
    return Roles({role.name: role.family for role in read}, cuts["print"], cuts["ebook"])


@dataclass(frozen=True, slots=True)
class _Role:
    """One table of ``roles.toml``."""

    folder: Path
    place: problems.Place
    name: str
    table: Mapping[str, object]

    @property
    def family(self) -> str:
        family = self.table.get("family")
        if not isinstance(family, str) or set(self.table) - {"family", "files", *MEDIA}:
            raise self._broken(self.name)
        return family

    def cuts(self, medium: str) -> Iterator[Cut]:
        wanted = self.table.get(medium, [])
        if not isinstance(wanted, list):
            raise self._broken(f"{self.name}.{medium}")
        for entry in wanted:
            match = re.fullmatch(r"([1-9]00)(i?)", str(entry))
            if not match:
                raise self._broken(f"{self.name}.{medium}: {entry}")
            style = "italic" if match[2] else "normal"
            yield Cut(self.family, int(match[1]), style, self._path(str(entry), int(match[1]), style))

    def _path(self, entry: str, weight: int, style: str) -> Path:
        files = self.table.get("files", {})
        if not isinstance(files, dict):
            raise self._broken(f"{self.name}.files")
        return self._own(str(files.get(entry, "")), entry) if files else self._installed(entry, weight, style)

    def _own(self, name: str, entry: str) -> Path:
        path = (self.folder / name).resolve()
        if not name or not path.is_file() or not path.is_relative_to(self.folder.resolve()):
            raise problems.Problems([problems.font_cut(self.place, self.family, name or entry)])
        return path

    def _installed(self, entry: str, weight: int, style: str) -> Path:
        try:
            path: Path = fontpkg.path(self.family, weight, style)
        except fontpkg.errors.FamilyNotInstalled as error:
            package = f"fontpkg-{slug(self.family)}"
            raise problems.Problems([problems.font_unknown(self.place, self.family, package)]) from error
        except (fontpkg.errors.StyleNotAvailable, fontpkg.errors.WeightNotAvailable) as error:
            raise problems.Problems([problems.font_cut(self.place, self.family, entry)]) from error
        return path

    def _broken(self, what: str) -> problems.Problems:
        return problems.Problems([problems.roles_broken(self.place, what)])


def fingerprint(folder: Path) -> str:
    """Return the SHA-256 of the fonts that ``roles.toml`` names, wherever they lie.

    Raises:
        OSError: when one cannot be read.
        Problems: see ``roles``.
    """
    known = roles(folder)
    digest = hashlib.sha256()
    for path in sorted({cut.path for cut in (*known.print_cuts, *known.ebook_cuts)}):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def slug(family: str) -> str:
    """Write a family's name in plain ASCII, for names of files and packages."""
    return re.sub(r"[^a-z0-9]+", "-", family.lower()).strip("-")
