"""A picture named in a text → a Figure with its bytes, once it is known to be an SVG, PNG or JPEG that is safe."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from builder import problems
from builder.manuscript import pictures, svg
from builder.publication import Figure

if TYPE_CHECKING:
    from builder.manuscript.folder import Folder, Sheet
    from builder.problems import Place, Problem

_HEAD = 1000
_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:|//")  # a picture is never fetched


def read(address: str, place: Place, sheet: Sheet, folder: Folder) -> Figure | None:
    """A picture called at ``place`` → the figure, yet without words; nothing when it cannot be printed.

    What is wrong with it is added to the folder's problems.
    """
    found = folder.found
    if _ELSEWHERE.match(address):
        found.append(problems.path_outside(place, address))
        return None
    name = name_of(address, sheet)
    data = folder.picture(name, place)
    if data is None:
        return None
    kind = media_type(name, data)
    if kind is None:
        found.append(problems.figure_kind(place, name))
        return None
    wrong = _drawing(data, name, place) if kind == "image/svg+xml" else _picture(data, name, place)
    if wrong:
        found.append(wrong)
        return None
    return Figure(name, kind, data)


def _drawing(data: bytes, name: str, place: Place) -> Problem | None:
    what = svg.unsafe(data)
    if what.startswith(svg.BROKEN):
        return problems.figure_broken(place, name)
    return problems.svg_unsafe(place, name, what) if what else None


def _picture(data: bytes, name: str, place: Place) -> Problem | None:
    size = pictures.size(data)
    if size is None:
        return problems.figure_broken(place, name)
    width, height = size
    return problems.figure_huge(place, name, width, height) if width * height > pictures.MOST else None


def media_type(name: str, data: bytes) -> str | None:
    """The kind of picture by its first bytes and, for SVG, its name; nothing when it is none of the three."""
    if data.startswith(pictures.PNG):
        return "image/png"
    if data.startswith(pictures.JPEG):
        return "image/jpeg"
    if name.lower().endswith(".svg") and b"<" in data[:_HEAD]:
        return "image/svg+xml"
    return None


def name_of(address: str, sheet: Sheet) -> str:
    """An address as written → the name inside the source folder; ``../`` starts from the file it stands in."""
    plain = address.replace("\\", "/")
    if plain.startswith(("./", "../")):
        return posixpath.normpath(posixpath.join(posixpath.dirname(sheet.name), plain))
    return posixpath.normpath(plain)
