"""The bytes of an SVG → what in it is more than a drawing, or nothing.

A drawing from a stranger must not run, fetch or expand anything: no scripts, no event attributes, no references but
to its own ``#id``, no imported styles, no document type, no entities, no foreign objects.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.parsers import expat

if TYPE_CHECKING:
    from collections.abc import Mapping

_FORBIDDEN = {"script", "foreignobject", "iframe", "embed", "object", "audio", "video", "handler", "listener", "set"}
_ANIMATION = {"animate", "animatemotion", "animatetransform", "animatecolor", "discard", "mpath"}
_SVG = "http://www.w3.org/2000/svg"
_URL = re.compile(r"url\(\s*[\"']?\s*([^\"')\s]*)", re.IGNORECASE)
_STYLE = re.compile(
    r"@import|@font-face|image-set\s*\(|\bsrc\s*\(|expression\s*\(|javascript:|-moz-binding|\\", re.IGNORECASE
)
_DEEPEST = 200

BROKEN = "XML: "
"""How the answer begins when the file is no XML at all."""


class _Unsafe(Exception):  # noqa: N818 - not an error of ours: it stops the parser
    pass


def unsafe(data: bytes) -> str:
    """The first thing in an SVG that is not drawing; ``""`` when all of it is."""
    reader = _Reader()
    try:
        reader.read(data)
    except _Unsafe as found:
        return str(found)
    except (expat.ExpatError, ValueError, LookupError) as error:
        return f"{BROKEN}{error}"
    return ""


class _Reader:
    """Walks through the elements, raising at the first that is not allowed."""

    def __init__(self) -> None:
        self.open: list[str] = []
        self.using: set[str] = set()
        self.used: set[str] = set()
        self.style: list[str] = []
        self.in_style = False

    def read(self, data: bytes) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.StartDoctypeDeclHandler = _doctype
        parser.ProcessingInstructionHandler = _instruction
        parser.Parse(data, True)  # noqa: FBT003 - expat's form
        if self.using & self.used:
            # A few of these, each using the one before ten times over, draw for ever.
            raise _Unsafe("<use> … <use>")

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        if not self.open and (local != "svg" or space != _SVG):
            raise _Unsafe(f"<{local}>")
        self.open.append(attributes.get("id", ""))
        if local.lower() in _FORBIDDEN | _ANIMATION or len(self.open) > _DEEPEST:
            raise _Unsafe(f"<{local}>")
        if local.lower() == "use":
            self.using.update(filter(None, self.open))
            self.used.update(value.strip().lstrip("#") for key, value in attributes.items() if key.endswith("href"))
        self.in_style = local.lower() == "style"
        for attribute, value in attributes.items():
            _check_attribute(attribute.rpartition(" ")[2], value)

    def _end(self, _name: str) -> None:
        self.open.pop()
        if self.in_style:
            _check_style("".join(self.style))
        self.in_style = False
        self.style.clear()

    def _characters(self, text: str) -> None:
        if self.in_style:
            self.style.append(text)


def _doctype(*_: object) -> None:
    raise _Unsafe("<!DOCTYPE>")


def _instruction(target: str, _data: str) -> None:
    raise _Unsafe(f"<?{target}?>")


def _check_attribute(name: str, value: str) -> None:
    if name.lower().startswith("on"):
        raise _Unsafe(f"{name}=")
    if name.lower() in {"href", "src", "base"} and not value.strip().startswith("#"):
        raise _Unsafe(f'{name}="{value[:40]}"')
    _check_style(value)


def _check_style(text: str) -> None:
    if found := _STYLE.search(text):
        raise _Unsafe(found[0])
    for address in _URL.findall(text):
        if not address.startswith("#"):
            raise _Unsafe(f"url({address[:40]})")
