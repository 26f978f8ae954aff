"""The instructions of Word's fields (``PAGE``, ``TOC``, ``HYPERLINK`` …) → which words are shown, and where they lead.

A field begins, says its instruction, shows its result, and ends, perhaps many paragraphs later. One that never ends
is none: else a damaged file would lose all words after it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from builder.intake.word.names import w

if TYPE_CHECKING:
    from lxml.etree import _Element

CONTENTS = {"TOC", "INDEX", "TOA"}
_OF_PAGES = {"PAGE", "NUMPAGES", "SECTIONPAGES", "SECTION"}
_UNSAID = {"AUTONUM", "AUTONUMLGL", "AUTONUMOUT", "LISTNUM", "EQ", "SYMBOL", "BARCODE", "DISPLAYBARCODE"}
_LINK = re.compile(
    r'HYPERLINK\s+(?:(?!\\)"?(?P<address>[^"\s]+)"?)?(?:.*?\\l\s+"?(?P<anchor>[^"\s]+)"?)?',
    re.IGNORECASE | re.DOTALL,
)
_SAFE = re.compile(r"(?:https?://|mailto:)[^\s\x00-\x1f\x7f-\x9f]+", re.IGNORECASE)
_LONGEST = 2000
_DEEPEST = 50


@dataclass(slots=True)
class Field:
    """A field that is open; ``shown`` once its result has begun."""

    begin: _Element | None = None
    words: list[str] = field(default_factory=list)
    shown: bool = False
    kind: str = ""
    address: str = ""

    @property
    def instruction(self) -> str:
        """Its instruction, as far as it was read."""
        return "".join(self.words)

    def settle(self) -> None:
        """Read the instruction: nothing more will come."""
        self.shown = True
        self.kind = next(iter(self.instruction.split()), "").upper()
        if self.kind == "HYPERLINK" and (match := _LINK.match(self.instruction.strip())):
            self.address = address(match["address"] or "", match["anchor"] or "")

    @property
    def unsaid(self) -> str:
        """The instruction of a field that computes what it shows, and keeps no result; else nothing."""
        kind = next(iter(self.instruction.split()), "").upper()
        return self.instruction.strip() if not self.shown and kind in _UNSAID else ""


@dataclass(slots=True)
class Fields:
    """The fields open at a place of one part, the innermost last."""

    begins: dict[_Element, _Element] = field(default_factory=dict)
    open: list[Field] = field(default_factory=list)
    silent: bool = False
    in_contents: bool = False
    address: str = ""

    def begin(self, mark: _Element) -> None:
        """Open a field, if it has an end; one that stands deeper in others than any person puts it is passed over."""
        if mark in self.begins and len(self.open) < _DEEPEST:
            self.push(Field(mark))

    def push(self, opened: Field) -> None:
        """Open a field."""
        self.open.append(opened)
        self._look()

    def instruct(self, text: str) -> None:
        """Take words of an instruction."""
        if self.open and not self.open[-1].shown:
            self.open[-1].words.append(text)

    def separate(self) -> None:
        """Begin the result."""
        if self.open:
            self.open[-1].settle()
            self._look()

    def end(self, mark: _Element) -> Field | None:
        """Close the innermost field, if this is its end, and return it."""
        if not self.open or self.open[-1].begin is None or self.begins.get(self.open[-1].begin) is not mark:
            return None
        return self.pop()

    def pop(self) -> Field:
        """Close the innermost field and return it."""
        closed = self.open.pop()
        self._look()
        return closed

    def _look(self) -> None:
        self.in_contents = any(each.kind in CONTENTS for each in self.open)
        self.silent = self.in_contents or any(not each.shown or each.kind in _OF_PAGES for each in self.open)
        self.address = next((each.address for each in reversed(self.open) if each.address), "")


def in_part(root: _Element) -> Fields:
    """Find in a part which fields begin and end; those in deleted words are none."""
    begins: dict[_Element, _Element] = {}
    waiting: list[_Element] = []
    for mark in root.iter(w("fldChar")):
        if next(mark.iterancestors(w("del"), w("moveFrom")), None) is not None:
            continue
        kind = mark.get(w("fldCharType"))
        if kind == "begin":
            waiting.append(mark)
        elif kind == "end" and waiting:
            begins[waiting.pop()] = mark
    return Fields(begins)


def address(target: str, anchor: str = "") -> str:
    """Return where a link leads on the web or by mail; within the file, or elsewhere, it leads nowhere."""
    whole = f"{target}#{anchor}" if anchor and "#" not in target else target
    return whole if len(whole) <= _LONGEST and _SAFE.fullmatch(whole) else ""
