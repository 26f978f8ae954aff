"""The styles and the theme of a Word file → how a paragraph and a run of it look, by style and by their own hand.

A property is looked for from the nearest to the farthest: on the run, in its style, in the style of its paragraph, in
the styles these are based on, in the defaults. Bold, italic and hidden are switches: two styles that both turn one on
turn it off again, as in Word (ISO/IEC 29500-1, 17.7.3).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from builder.intake.word.names import A, W, is_on, number, said, w

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.etree import _Element

_HEADING = re.compile(r"(?:heading|tiêu đề|đầu đề|đề mục) ?([1-9])", re.IGNORECASE)
_TITLE = re.compile(r"title|tiêu đề|nhan đề", re.IGNORECASE)
_QUOTED = re.compile(r"(?:intense ?)?quote|quotations?|block ?text|trích dẫn", re.IGNORECASE)
_KEPT = re.compile(r"html ?preformatted|preformatted ?text|source ?code|code", re.IGNORECASE)
_BODY_LEVEL = 9
_SMALL = 20  # half points
_SWITCHES = ("bold", "italic", "hidden")


@dataclass(frozen=True, slots=True)
class RunLook:
    """What is said of a run; None: nothing, so a style farther away decides. ``high`` is for letters beyond ASCII."""

    bold: bool | None = None
    italic: bool | None = None
    hidden: bool | None = None
    place: str | None = None
    font: str | None = None
    high: str | None = None


@dataclass(frozen=True, slots=True)
class ParagraphLook:
    """What is said of a paragraph: outline level from 1 (0: text), alignment, number of its list and level in it."""

    outline: int | None = None
    aligned: str | None = None
    list: str | None = None
    level: int | None = None


Look = TypeVar("Look", RunLook, ParagraphLook)


@dataclass(frozen=True, slots=True)
class Style:
    """One style, with what it is based on."""

    name: str
    based_on: str
    element: _Element
    run: RunLook
    paragraph: ParagraphLook


@dataclass(slots=True)
class Styles:
    """All styles of a file by id, its defaults, and the fonts of its theme."""

    by_id: dict[str, Style] = field(default_factory=dict)
    theme: dict[str, str] = field(default_factory=dict)
    defaults: RunLook = field(default_factory=RunLook)
    usual: str = ""
    _chains: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _runs: dict[str, RunLook] = field(default_factory=dict)
    _bases: dict[tuple[str, str], tuple[RunLook, RunLook]] = field(default_factory=dict)

    def chain(self, style: str) -> tuple[str, ...]:
        """Return a style and the ones it is based on, the nearest first; a circle ends where it closes."""
        if style not in self._chains:
            found: list[str] = []
            at = style
            while at in self.by_id and at not in found:
                found.append(at)
                at = self.by_id[at].based_on
            self._chains[style] = tuple(found)
        return self._chains[style]

    def paragraph_style(self, properties: _Element | None) -> str:
        """Name the style of a paragraph: its own, or the usual one where it has none that is known."""
        own = said(properties, "pStyle")
        return own if own in self.by_id or _HEADING.fullmatch(own) else self.usual

    def run(self, paragraph: str, properties: _Element | None) -> RunLook:
        """Look up how a run looks in a paragraph of this style; nothing is None then."""
        own = self.run_look(properties) if properties is not None else _PLAIN
        key = (paragraph, said(properties, "rStyle"))
        if key not in self._bases:
            self._bases[key] = (self._styled(paragraph), self._styled(key[1]))
        return _settled(own, self._bases[key][1], self._bases[key][0], self.defaults)

    def _styled(self, style: str) -> RunLook:
        if style not in self._runs:
            self._runs[style] = _nearest([self.by_id[each].run for each in self.chain(style)], RunLook())
        return self._runs[style]

    def paragraph(self, style: str, properties: _Element | None) -> ParagraphLook:
        """Look up how a paragraph looks, its own hand before its style."""
        styled = (self.by_id[each].paragraph for each in self.chain(style))
        return _nearest([paragraph_look(properties), *styled], ParagraphLook())

    def heading(self, style: str, look: ParagraphLook) -> int:
        """Tell the outline level of a paragraph: what is said of it, else what its styles are called; 0 for text."""
        if look.outline is not None:
            return look.outline
        found = (_HEADING.fullmatch(name) for name in self.names(style))
        return next((int(match[1]) for match in found if match), 0)

    def names(self, style: str) -> Iterator[str]:
        """Return the names of a style and of those it is based on, then its id."""
        yield from (self.by_id[each].name for each in self.chain(style))
        yield style

    def is_title(self, style: str) -> bool:
        """Tell whether a style is that of the title of the whole."""
        return self._is_called(style, _TITLE)

    def is_quotation(self, style: str) -> bool:
        """Tell whether a style is one for quotations."""
        return self._is_called(style, _QUOTED)

    def is_code(self, style: str) -> bool:
        """Tell whether a style is one for what stands letter by letter."""
        return self._is_called(style, _KEPT)

    def _is_called(self, style: str, pattern: re.Pattern[str]) -> bool:
        return any(pattern.fullmatch(name) for name in self.names(style))

    def run_look(self, properties: _Element | None) -> RunLook:
        """Read what ``w:rPr`` itself says."""
        if properties is None:
            return _PLAIN
        fonts = properties.find(w("rFonts"))
        return RunLook(
            is_on(properties.find(w("b"))),
            is_on(properties.find(w("i"))),
            is_on(properties.find(w("vanish"))),
            _placed(properties),
            self._font(fonts, "ascii"),
            self._font(fonts, "hAnsi"),
        )

    def _font(self, fonts: _Element | None, name: str) -> str | None:
        if fonts is None:
            return None
        themed = self.theme.get(fonts.get(f"{W}{name}Theme", "")[:5])
        return themed or fonts.get(W + name)


_PLAIN = RunLook()


def read(root: _Element | None, theme: _Element | None) -> Styles:
    """The roots of the styles and of the theme, where there are such → the styles."""
    styles = Styles(theme=_theme(theme))
    if root is None:
        return styles
    styles.defaults = styles.run_look(root.find(f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}"))
    for element in root.iter(w("style")):
        key = element.get(w("styleId"), "")
        paragraph = paragraph_look(element.find(w("pPr")))
        run = styles.run_look(element.find(w("rPr")))
        styles.by_id[key] = Style(said(element, "name"), said(element, "basedOn"), element, run, paragraph)
        if element.get(w("type")) == "paragraph" and element.get(w("default"), "0") in ("1", "true", "on"):
            styles.usual = key
    return styles


def paragraph_look(properties: _Element | None) -> ParagraphLook:
    """Read what ``w:pPr`` itself says."""
    if properties is None:
        return ParagraphLook()
    numbered = properties.find(w("numPr"))
    level = said(numbered, "ilvl")
    outline = said(properties, "outlineLvl")
    depth = number(outline, _BODY_LEVEL) + 1
    return ParagraphLook(
        (depth if 0 < depth <= _BODY_LEVEL else 0) if outline else None,
        said(properties, "jc") or None,
        said(numbered, "numId") or None,
        max(0, min(number(level), 8)) if level else None,
    )


def _placed(properties: _Element) -> str | None:
    """Tell whether letters stand high or low; LibreOffice may say it by moving and shrinking them."""
    aligned = said(properties, "vertAlign")
    moved, size = number(said(properties, "position")), number(said(properties, "sz"))
    if aligned or not moved or not 0 < size <= _SMALL:
        return aligned or None
    return "superscript" if moved > 0 else "subscript"


def _theme(root: _Element | None) -> dict[str, str]:
    """Major and minor Latin font of the theme, by the first letters of what refers to them."""
    if root is None:
        return {}
    found = {}
    for name in ("major", "minor"):
        latin = next(root.iter(f"{A}{name}Font"), None)
        face = None if latin is None else latin.find(f"{A}latin")
        if face is not None:
            found[name] = face.get("typeface", "")
    return found


def _nearest(looks: Iterable[Look], nothing: Look) -> Look:
    """Take each property from the first that has it."""
    found = list(looks)
    if not found:
        return nothing
    values = {
        name: next((value for each in found if (value := getattr(each, name)) is not None), None)
        for name in _names(nothing)
    }
    return type(nothing)(**values)


@lru_cache(maxsize=8)
def _names(look: Look) -> tuple[str, ...]:
    return tuple(each.name for each in fields(look))


@lru_cache(maxsize=4096)
def _settled(own: RunLook, character: RunLook, paragraph: RunLook, defaults: RunLook) -> RunLook:
    """Settle all properties of a run from the four places that may speak of them."""
    nearest = _nearest([own, character, paragraph, defaults], _PLAIN)
    switches = {
        name: getattr(defaults, name) is True or bool(getattr(paragraph, name)) is not bool(getattr(character, name))
        for name in _SWITCHES
    }
    switches |= {name: value for name in _SWITCHES if (value := getattr(own, name)) is not None}
    return RunLook(
        **switches,
        place=nearest.place or "baseline",
        font=nearest.font or nearest.high or "",
        high=nearest.high or nearest.font or "",
    )
