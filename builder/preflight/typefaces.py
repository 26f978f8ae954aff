"""A font of a PDF comes in; a typeface goes out that reads strings: words, width, letters missing in it.

A letter is missing where its code leads to glyph 0, ``.notdef``: what is printed is a box or nothing
(ISO 32000-1, 9.7.6.3 and 9.6.6.4).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from builder.pdf import objects
from builder.preflight import cids, codes, programs
from builder.preflight.streams import TooLarge, Unreadable, unpacked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

LARGEST = 40_000_000
HUGE = 1_000_000
TOFU = "\ufffd"
MISSING = "□"
"""What stands for a missing letter in the words around it."""

_KEPT = 20_000
_SQUARE = re.compile("[\u2610\u25a0-\u25ff\u2b1a-\u2b1c]")  # letters that are drawn as a box on purpose
_MOST_WIDTHS = 140_000  # of a font, those said twice counted twice: two for each of its codes
_FILES = ("/FontFile", "/FontFile2", "/FontFile3")
_WIDE = 1000.0
_THOUSANDTH = 0.001


@dataclass(frozen=True, slots=True)
class Read:
    """A string as it is shown: its words, its width in thousandths of the size, codes, spaces, missing letters."""

    words: str
    width: float
    count: int
    spaces: int
    missing: int


@dataclass(slots=True)
class Typeface:
    """A font: ``kind`` is its subtype, ``unit`` how much of a glyph's unit is one of the text's."""

    name: str
    kind: str
    composite: bool
    embedded: bool
    subset: bool
    length: int
    whole: bool
    mapped: bool
    words: Mapping[int, str]
    widths: Mapping[int, float]
    default_width: float
    glyph: Callable[[int], int] | None
    unit: float = _THOUSANDTH
    _read: dict[bytes, Read] = field(default_factory=dict, repr=False)

    @property
    def codes(self) -> int:
        """How many codes were read to know it."""
        return len(self.words) + len(self.widths)

    def read(self, string: bytes) -> Read:
        """Read a string shown in this font."""
        known = self._read.get(string)
        if known is None:
            known = self._look(string)
            if len(self._read) < _KEPT:
                self._read[string] = known
        return known

    def _look(self, string: bytes) -> Read:
        shown = _by_two(string) if self.composite else tuple(string)
        said = [self.words.get(code, "") for code in shown]
        missing = [self._is_missing(code, words) for code, words in zip(shown, said, strict=True)]
        words = "".join(MISSING if lost else each for lost, each in zip(missing, said, strict=True))
        width = sum(self.widths.get(code, self.default_width) for code in shown)
        spaces = 0 if self.composite else shown.count(32)
        return Read(words, width, len(shown), spaces, sum(missing))

    def _is_missing(self, code: int, words: str) -> bool:
        """Tell whether a code leads to no glyph; one that stands for a space leaves nothing out."""
        if TOFU in words:
            return True
        if self.glyph is None or (words and words.isspace()):
            return False
        return self.glyph(code) == 0


def _by_two(string: bytes) -> tuple[int, ...]:
    return tuple(string[at] << 8 | string[at + 1] for at in range(0, len(string) - 1, 2))


def typeface(font: object) -> Typeface:
    """Read a font dictionary, whatever stands in it."""
    return _composite(font) if objects.name(objects.get(font, "/Subtype")) == "Type0" else _simple(font)


def _program(descriptor: object) -> tuple[int, programs.Program | None]:
    """Return the length of the font's program, and what it is; nothing when it is not embedded."""
    for key in _FILES:
        stream = objects.get(descriptor, key)
        if stream is None:
            continue
        try:
            data = unpacked(stream, LARGEST)
        except Unreadable:
            return 0, programs.BROKEN
        except TooLarge:
            return LARGEST, programs.Program(whole=True)
        return len(data), programs.read(data, outlines=key == "/FontFile2")
    return 0, None


# --- simple fonts ---------------------------------------------------------------------------------


def _simple(font: object) -> Typeface:
    kind = objects.name(objects.get(font, "/Subtype"))
    descriptor = objects.get(font, "/FontDescriptor")
    table, names = codes.encoding(objects.get(font, "/Encoding"))
    mapped = codes.to_unicode(objects.get(font, "/ToUnicode"))
    words = {code: (mapped or {}).get(code) or codes.letter(code, table, names) for code in range(256)}
    size, program = _program(descriptor)
    name = objects.name(objects.get(font, "/BaseFont"))
    first = int(objects.number(objects.get(font, "/FirstChar")))
    widths = dict(enumerate(objects.numbers(objects.get(font, "/Widths")), first))
    is_drawn = kind == "Type3"
    return Typeface(
        name=_bare(name) or objects.name(objects.get(font, "/Name")) or kind,
        kind=kind,
        composite=False,
        embedded=is_drawn or program is not None,
        subset=_is_subset(name),
        length=size,
        whole=program is None or program.whole,
        mapped=mapped is not None or bool(table) or bool(names) or _is_standard(name),
        words=words,
        widths=widths,
        default_width=objects.number(objects.get(descriptor, "/MissingWidth"), 0 if widths else 500),
        glyph=_drawn(font, names) if is_drawn else _simple_glyphs(program, words, names),
        unit=_unit(font) if is_drawn else _THOUSANDTH,
    )


def _unit(font: object) -> float:
    matrix = objects.numbers(objects.get(font, "/FontMatrix"))
    return abs(matrix[0]) if len(matrix) == 6 and matrix[0] else _THOUSANDTH  # noqa: PLR2004 - a matrix has six


def _drawn(font: object, names: Mapping[int, str]) -> Callable[[int], int]:
    """Return what tells which codes of a Type 3 font have a drawing."""
    drawings = {name for name, _ in objects.entries(objects.get(font, "/CharProcs"))}
    return lambda code: int(names.get(code, "") in drawings)


def _simple_glyphs(
    program: programs.Program | None, words: Mapping[int, str], names: Mapping[int, str]
) -> Callable[[int], int] | None:
    """Return code → glyph; nothing where only the outlines could tell, but for what is called ``.notdef``."""
    unnamed = {code for code, glyph in names.items() if glyph == ".notdef"}
    if program is None or not program.letters:
        return (lambda code: int(code not in unnamed)) if unnamed else None
    return lambda code: 0 if code in unnamed else _looked_up(program, code, words[code])


def _looked_up(program: programs.Program, code: int, word: str) -> int:
    """Look a code up in every way a viewer may (ISO 32000-1, 9.6.6.4)."""
    tried = [code, 0xF000 + code, *([ord(word)] if len(word) == 1 else [])]
    return next((glyph for letters in program.letters.values() for each in tried if (glyph := letters.get(each, 0))), 0)


# --- composite fonts ------------------------------------------------------------------------------


def _composite(font: object) -> Typeface:
    inner = next(iter(objects.members(objects.get(font, "/DescendantFonts"))), None)
    descriptor = objects.get(inner, "/FontDescriptor")
    size, program = _program(descriptor)
    mapped = codes.to_unicode(objects.get(font, "/ToUnicode"))
    name = objects.name(objects.get(inner, "/BaseFont")) or objects.name(objects.get(font, "/BaseFont"))
    encoding = objects.get(font, "/Encoding")
    through = None if objects.name(encoding).startswith("Identity") else cids.of_codes(encoding)
    known = through is not None or objects.name(encoding).startswith("Identity")
    widths = dict(islice(_widths(objects.members(objects.get(inner, "/W"))), _MOST_WIDTHS)) if known else {}
    wide = objects.number(objects.get(inner, "/DW"), _WIDE)
    return Typeface(
        name=_bare(name) or "Type0",
        kind=objects.name(objects.get(inner, "/Subtype")) or "Type0",
        composite=True,
        embedded=program is not None,
        subset=_is_subset(name),
        length=size,
        whole=program is None or program.whole,
        mapped=mapped is not None,
        words=mapped or {},
        widths=widths if through is None else {code: widths.get(cid, wide) for code, cid in through.items()},
        default_width=wide,
        glyph=_glyphs(through, _map(inner), program, mapped or {}) if known else None,
    )


def _glyphs(
    cids_: Mapping[int, int] | None,
    through: bytes | None,
    program: programs.Program | None,
    words: Mapping[int, str],
) -> Callable[[int], int]:
    """Code → glyph of a font whose codes are CIDs, or lead to them: by its map, or the same number.

    None (0) is what lies beyond its glyphs, and what is drawn as ``.notdef`` is without standing for a square.
    """
    glyphs, boxes = (program.glyphs, program.boxes) if program else (0, frozenset())

    def glyph(code: int) -> int:
        cid = code if cids_ is None else cids_.get(code, 0)
        found = cid if through is None else int.from_bytes(through[2 * cid : 2 * cid + 2], "big")
        if found in boxes and not _SQUARE.search(words.get(code, "")):
            return 0
        return 0 if glyphs and found >= glyphs else found

    return glyph


def _map(inner: object) -> bytes | None:
    stream = objects.get(inner, "/CIDToGIDMap")
    try:
        return unpacked(stream, 140_000)  # two bytes for each of 65 536 codes
    except (Unreadable, TooLarge):
        return None


def _widths(parts: tuple[object, ...]) -> Iterator[tuple[int, float]]:
    """Read the widths of a composite font: ``c [w w …]`` and ``first last w``."""
    at = 0
    while at + 1 < len(parts):
        first = int(objects.number(parts[at]))
        if listed := objects.members(parts[at + 1]):
            yield from enumerate(map(objects.number, listed), first)
            at += 2
        elif at + 2 < len(parts):
            last = min(int(objects.number(parts[at + 1])), first + 0xFFFF)
            yield from ((code, objects.number(parts[at + 2])) for code in range(first, last + 1))
            at += 3
        else:
            return


def _bare(name: str) -> str:
    return name[7:] if _is_subset(name) else name


def _is_subset(name: str) -> bool:
    """Tell whether a name begins with six capitals and ``+`` (ISO 32000-1, 9.6.4)."""
    return name[6:7] == "+" and name[:6].isalpha() and name[:6].isupper()


def _is_standard(name: str) -> bool:
    """Tell whether it is one of the fourteen every viewer has, with an encoding of their own (ISO 32000-1, 9.6.2.2)."""
    return _bare(name).partition("-")[0] in ("Helvetica", "Times", "Courier") and "Symbol" not in name
