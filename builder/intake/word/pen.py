"""Words met in a paragraph, and the look of their run → pieces on its sheet; what is not shown is left out.

A pen is what every part of the walk holds: the desk, the part that is read, the paragraph at hand.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from builder import problems
from builder.intake.word import signs
from builder.intake.word.desk import readable
from builder.intake.word.rough import UNKNOWN, Face, Piece, Script
from builder.vietnamese import legacy

if TYPE_CHECKING:
    from builder.intake.word.desk import Desk, Story
    from builder.intake.word.rough import Sheet
    from builder.intake.word.styles import RunLook

PARAGRAPH_END = "\f"
"""Stands in the words of a piece where a page or a column ends within a paragraph."""


@dataclass(frozen=True, slots=True)
class Pen:
    """What is needed wherever words are met: the desk, the part they stand in, the paragraph they go to."""

    desk: Desk
    story: Story
    sheet: Sheet

    def write(self, text: str, look: RunLook, fonts: tuple[str, str] | None = None) -> None:
        """Put words down in the face of their run, unless they are not shown; ``fonts`` when others than the run's."""
        if not text or self._is_left_out(text, look):
            return
        font, high = fonts or (look.font or "", look.high or "")
        script = script_of(font, high)
        if signs.is_of_signs(font):
            text = self._signs(text, font)
        elif script.encoding is None and signs.is_private(text):
            text = self._strays(text)
        self.put(Piece(text, self._face(look), script))

    def put(self, piece: Piece) -> None:
        """Put down a piece."""
        self.sheet.pieces.append(piece)
        self.sheet.begun = self.sheet.begun or bool(piece.text)

    def is_quiet(self, look: RunLook) -> bool:
        """Tell whether what stands here is not shown."""
        return bool(look.hidden) or self.story.fields.silent

    def _is_left_out(self, text: str, look: RunLook) -> bool:
        if self.story.fields.silent:
            self.sheet.in_contents |= self.story.fields.in_contents and bool(text.strip())
            return True
        if look.hidden:
            self.sheet.was_hidden = True
            if text.strip():
                self.desk.meet(problems.intake_hidden, readable(text, script_of(look.font or "", look.high or "")))
            return True
        return False

    def _face(self, look: RunLook) -> Face:
        address = self.sheet.address or self.story.fields.address
        raised, lowered = look.place == "superscript", look.place == "subscript"
        return Face(bool(look.bold), bool(look.italic), raised, lowered, address)

    def _strays(self, text: str) -> str:
        """Read letters of a symbol font whose name was lost: one by itself is a sign, several are an old encoding."""
        if signs.are_words(text):
            return legacy.unprivate(text)
        return "".join(self._signs(each, signs.likely_font(each)) if signs.is_private(each) else each for each in text)

    def _signs(self, text: str, font: str) -> str:
        found = ""
        for character in text:
            shown = character if character.isspace() else signs.sign(ord(character), font)
            if not shown:
                self.desk.meet(problems.intake_sign, f"{font} {ord(character):04X}")
            found += shown
        return found


@lru_cache(maxsize=1024)
def script_of(font: str, high: str) -> Script:
    """Two fonts, the one for ASCII and the one for all other letters → the script of the words set in them."""
    for name in (font, high):
        if encoding := legacy.font_encoding(name):
            return Script(encoding, legacy.font_is_capitals(name))
    return UNKNOWN
