"""A stylesheet for an e-book comes in; what reading programs do not bear, or bear badly, goes out, line by line.

The one place that knows what an e-book's styles may say: the build holds layouts against it, the preflight finished
books, the package what it claims of itself. Sources: CSS 2.1 is what Adobe's RMSDK knows (Kobo's ``.epub``, Nook, ADE),
where one construct it does not know may cost the whole sheet; EPUB 3.3, 6.3; WCAG 2.1, 1.4.4 and 1.4.12.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

import tinycss2
from tinycss2.ast import (
    AtKeywordToken,
    AtRule,
    Declaration,
    DimensionToken,
    FunctionBlock,
    IdentToken,
    LiteralToken,
    NumberToken,
    ParseError,
    PercentageToken,
    QualifiedRule,
    StringToken,
    URLToken,
    WhitespaceToken,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tinycss2.ast import Node


class Harm(Enum):
    """What comes of a construct; the word is that of the catalogues (``reasons``)."""

    LOST = "css_lost"
    """An old program loses the rule or the sheet, a small screen what stands in it."""
    FIXED = "css_fixed"
    """The size of letters is taken out of the reader's hands."""
    DARK = "css_dark"
    """Words or lines are not seen on a dark page or a page of another colour."""
    READING = "css_reading"
    """Vietnamese on a small screen reads badly."""
    ABSENT = "css_absent"
    """The book names a file that it does not hold, and so is none by the standard."""


@dataclass(frozen=True, slots=True)
class Objection:
    """What a stylesheet should not say: the rule's name, what is written, its line (from 1), what comes of it."""

    rule: str
    written: str
    line: int
    harm: Harm


LEAST_LEADING = 1.3  # of a line's letters: Noto Serif's touch below 1.29
MOST_MARGIN = 2.0  # em at the sides: more leaves no room for words on a telephone
USED = re.compile(r"var\(\s*(--[\w-]+)\s*\)")
VARIABLE = re.compile(r"(--[\w-]+)\s*:\s*([^;{}]+?)\s*(?=[;}])")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_DEEPEST = 40  # brackets in brackets; a sheet by hand has three or four
_SHOWN = 40  # characters

_TYPE = frozenset({"font", "font-size", "line-height"})
_BOXES = frozenset({"width", "min-width", "max-width", "text-indent"})
_HEIGHTS = frozenset({"height", "min-height", "max-height"})
_SIDES = frozenset({"margin-left", "margin-right", "padding-left", "padding-right"})
_ABSOLUTE = frozenset({"px", "pt", "mm", "cm", "in", "pc", "q"})
_UNKNOWN_UNITS = frozenset(
    {"rem", "vw", "vh", "vmin", "vmax", "ch", "lh", "rlh", "dvh", "svh", "lvh", "dvw", "cqw", "cqi"}
)
_FUNCTIONS = frozenset({"url", "attr", "counter", "counters", "format", "local", "rgb"})
_FETCHING = frozenset({"url", "src", "image", "image-set", "-webkit-image-set", "cross-fade", "-webkit-cross-fade"})
_DISPLAYS = frozenset(
    {"none", "block", "inline", "inline-block", "list-item", "inherit", "initial"}
    | {"table", "inline-table", "table-row", "table-cell", "table-caption", "table-column", "table-column-group"}
    | {"table-row-group", "table-header-group", "table-footer-group"},
)
_FLEX = re.compile(r"(?:flex|grid|gap|row-gap|align|justify|place|order)\b")
_COLUMNS = re.compile(r"column(?:s|-\w+)\b")
_MOVING = re.compile(r"(?:transform|transition|animation|filter|opacity|mix-blend-mode)\b")
_OWN_COLOUR = frozenset({"currentcolor", "inherit", "transparent"})
_GREYS = frozenset({"777", "777777", "767676"})  # a contrast of 3 and more on white, on sepia and on black
_COLOUR = re.compile(r"(?:border|outline|text-decoration)(?:-\w+)*")
_LINE_WORDS = frozenset(
    {"none", "hidden", "solid", "dotted", "dashed", "double", "groove", "ridge", "inset", "outset"}
    | {"thin", "medium", "thick", "collapse", "separate", "underline", "overline", "line-through", "inherit"},
)
_AT_RULES = frozenset({"font-face", "page", "namespace", "charset"})
_MEDIA = re.compile(r"\s*(?:all|screen|print|amzn-kf8|amzn-mobi)(?:\s*,\s*(?:all|screen|print|amzn-kf8|amzn-mobi))*\s*")
_PICTURE = re.compile(r"(?:.*[\s>+])?img(?:[.#\[:].*)?")


def resolved(css: str, whole: str = "") -> str:
    """Write the values of custom properties where they are used, and declare none, each line where it stood.

    What names no property there is stays, and is objected to. ``whole`` is what the styles are a part of.
    """
    values = dict(VARIABLE.findall(COMMENT.sub("", whole or css)))
    bare = re.sub(r"[ \t]*--[\w-]+\s*:[^;{}]+;?", _lines_of, COMMENT.sub(_lines_of, css))
    for _ in values:
        bare, changed = USED.subn(lambda found: values.get(found[1], found[0]), bare)
        if not changed:
            break
    return re.sub(r":root\s*\{\s*\}[ \t]*", _lines_of, bare)


def _lines_of(found: re.Match[str]) -> str:
    return "\n" * found[0].count("\n")


def objections(css: str) -> tuple[Objection, ...]:
    """Return what is wrong with a stylesheet whose custom properties are resolved, in the order it stands there."""
    rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    if _is_too_deep(rules):  # made to break who reads it: nothing is looked for in it
        return (Objection("?", css.lstrip()[:_SHOWN], 1, Harm.LOST),)
    return tuple(_rules(rules))


def fonts_fetched(css: str) -> Iterator[Objection]:
    """Yield the fonts that styles fetch from files: a layout's e-book holds those of its own family alone."""
    for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        if isinstance(rule, AtRule) and rule.lower_at_keyword == "font-face":
            for each in tinycss2.parse_blocks_contents(rule.content or ()):
                if isinstance(each, Declaration) and any(_is_picture(token) for token in each.value):
                    written = f"{each.name}: {tinycss2.serialize(each.value).strip()}"
                    yield Objection("@font-face", written, each.source_line, Harm.ABSENT)


def fetched(css: str) -> Iterator[str]:
    """Yield the addresses that something is fetched from, however that is written (CSS Values 4, 4.5; CSS Images 4)."""
    nodes, imports = list(reversed(tinycss2.parse_component_value_list(css, skip_comments=True))), False
    while nodes:
        node = nodes.pop()
        if isinstance(node, URLToken) or (isinstance(node, StringToken) and imports):
            yield node.value
        elif isinstance(node, FunctionBlock) and node.lower_name in _FETCHING:
            yield from (each.value for each in node.arguments if isinstance(each, StringToken))
        if not isinstance(node, WhitespaceToken):
            imports = isinstance(node, AtKeywordToken) and node.lower_value == "import"
        nodes += reversed(getattr(node, "arguments", None) or getattr(node, "content", None) or ())


def _is_too_deep(nodes: Iterable[Node]) -> bool:
    for _ in range(_DEEPEST):
        parts = [getattr(node, name, None) for node in nodes for name in ("prelude", "content", "arguments")]
        nodes = [inner for part in parts for inner in part or ()]
        if not nodes:
            return False
    return True


def is_transformable(css: str) -> bool:
    """Tell whether a reader may have letters of any size (``displayTransformability`` of schema.org)."""
    return not any(found.harm is Harm.FIXED for found in objections(css))


def _rules(rules: Iterable[Node]) -> Iterator[Objection]:
    for rule in rules:
        match rule:
            case ParseError():
                yield Objection("?", rule.message, rule.source_line, Harm.LOST)
            case AtRule():
                yield from _at_rule(rule)
            case QualifiedRule():
                yield from _selector(rule)
                picture = all(map(_PICTURE.fullmatch, tinycss2.serialize(rule.prelude).strip().split(",")))
                yield from _block(rule.content, picture=picture)


def _at_rule(rule: AtRule) -> Iterator[Objection]:
    name, prelude = rule.lower_at_keyword, tinycss2.serialize(rule.prelude)
    if name == "media" and _MEDIA.fullmatch(prelude.lower()):
        yield from _rules(tinycss2.parse_rule_list(rule.content or (), skip_comments=True, skip_whitespace=True))
    elif name not in _AT_RULES:
        yield Objection(f"@{name}", f"@{name}{prelude}".strip(), rule.source_line, Harm.LOST)
    elif name == "font-face":
        source = tinycss2.serialize(rule.content or ())
        if re.search(r"\bwoff2\b", source, re.IGNORECASE):
            yield Objection("woff2", "woff2", rule.source_line, Harm.LOST)


def _selector(rule: QualifiedRule) -> Iterator[Objection]:
    """Object to selectors that are not of CSS 2.1: one of a list costs the list."""
    written = tinycss2.serialize(rule.prelude).strip()
    before: Node | None = None
    for token in rule.prelude:
        functional = isinstance(token, FunctionBlock)
        double = isinstance(token, LiteralToken) and token.value == ":" and before == ":"
        if functional or double or (isinstance(token, LiteralToken) and token.value in {"~", "&"}):
            name = f":{token.lower_name}()" if isinstance(token, FunctionBlock) else str(getattr(token, "value", ""))
            yield Objection(name.replace(":", "::", 1) if double else name, written, rule.source_line, Harm.LOST)
            return
        before = token


def _block(content: Iterable[Node], *, picture: bool) -> Iterator[Objection]:
    for each in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if isinstance(each, Declaration):
            for name, harm in _declaration(each, picture=picture):
                written = f"{each.name}: {tinycss2.serialize(each.value).strip()}"
                written += " !important" if each.important else ""
                yield Objection(name, written, each.source_line, harm)
        else:
            said = each.message if isinstance(each, ParseError) else tinycss2.serialize([each])
            yield Objection("?", said, each.source_line, Harm.LOST)


def _declaration(declared: Declaration, *, picture: bool) -> Iterator[tuple[str, Harm]]:
    name = declared.lower_name
    values = [token for token in declared.value if not isinstance(token, WhitespaceToken)]
    words = {token.lower_value for token in values if isinstance(token, IdentToken)}
    yield from _of_size(name, values)
    yield from _of_place(name, words, values)
    yield from _of_colour(name, words, values, picture=picture)
    yield from _of_reading(name, words, values)
    if declared.important:
        yield "!important", Harm.FIXED
    if any(isinstance(token, FunctionBlock) and token.lower_name not in _FUNCTIONS for token in values):
        yield "var(), calc()", Harm.LOST
    if name.startswith("--"):
        yield "var(), calc()", Harm.LOST


def _of_size(name: str, values: list[Node]) -> Iterator[tuple[str, Harm]]:
    units = {token.lower_unit for token in values if isinstance(token, DimensionToken)}
    sides = name in _BOXES or name.startswith(("margin", "padding"))
    if units & _UNKNOWN_UNITS:
        yield "rem, vw", Harm.LOST
    if units & _ABSOLUTE and name in _TYPE:
        yield "px, pt", Harm.FIXED
    elif units & _ABSOLUTE and name in _HEIGHTS:
        yield "height", Harm.FIXED
    elif units & _ABSOLUTE and sides:
        yield "px, pt", Harm.READING


def _of_place(name: str, words: set[str], values: list[Node]) -> Iterator[tuple[str, Harm]]:
    if name == "position" and not words <= {"static", "inherit"}:
        yield "position", Harm.LOST
    if name == "float" and not words <= {"none", "inherit"}:
        yield "float", Harm.LOST
    if (name == "display" and not words <= _DISPLAYS) or _FLEX.match(name):
        yield "flex, grid", Harm.LOST
    if _COLUMNS.match(name):
        yield "columns", Harm.LOST
    if _MOVING.match(name):
        yield "transform, animation", Harm.LOST
    if name.startswith(("background", "list-style")) and any(_is_picture(token) for token in values):
        yield "background-image", Harm.LOST


def _is_picture(token: Node) -> bool:
    named = isinstance(token, FunctionBlock) and (token.lower_name == "url" or "gradient" in token.lower_name)
    return named or isinstance(token, URLToken)


def _of_colour(name: str, words: set[str], values: list[Node], *, picture: bool) -> Iterator[tuple[str, Harm]]:
    """Object to colours on words; a picture may have a ground of its own, a line the grey that is seen on any."""
    hashes = {token.value.lower() for token in values if token.type == "hash"}
    functions = any(isinstance(token, FunctionBlock) and token.lower_name in {"rgb", "rgba", "hsl"} for token in values)
    if name == "color" and not (words and words <= _OWN_COLOUR):
        yield "color", Harm.DARK
    if name in {"background", "background-color"} and not picture and not words & {"transparent", "none", "inherit"}:
        yield "background-color", Harm.DARK
    if _COLOUR.fullmatch(name) and (not hashes <= _GREYS or functions or words - _LINE_WORDS - _OWN_COLOUR):
        yield "border-color", Harm.DARK


def _of_reading(name: str, words: set[str], values: list[Node]) -> Iterator[tuple[str, Harm]]:
    if name == "text-align" and "justify" in words:
        yield "justify", Harm.READING
    if name.endswith("hyphens") and "auto" in words:
        yield "hyphens", Harm.READING
    if name == "letter-spacing" and not words & {"normal", "inherit"} and any(map(_number, values)):
        yield "letter-spacing", Harm.READING
    if name.startswith("font-variant") and any("small-caps" in word for word in words):
        yield "small-caps", Harm.READING
    if name in {"line-height", "font"} and 0 < _leading(name, values) < LEAST_LEADING:
        yield "line-height", Harm.READING
    if any(abs(each) > MOST_MARGIN for each in _sideways(name, values)):
        yield "margin", Harm.READING


def _number(token: Node) -> float:
    return float(token.value) if isinstance(token, NumberToken | DimensionToken | PercentageToken) else 0.0


def _leading(name: str, values: list[Node]) -> float:
    """Return the height of a line in em; 0 when it is not said in numbers of its letters."""
    if name == "font":
        slash = next((place for place, each in enumerate(values) if each == "/"), None)
        values = values[slash + 1 : slash + 2] if slash is not None else []
    match values:
        case [PercentageToken(value=value)]:
            return float(value) / 100
        case [NumberToken(value=value)]:
            return float(value)
        case [DimensionToken(value=value, lower_unit="em")]:
            return float(value)
    return 0.0


def _sideways(name: str, values: list[Node]) -> Iterator[float]:
    """Yield the margins at the sides that a declaration gives, in em."""
    edges = values[1:2] + values[3:4] if len(values) > 1 else values
    for token in values if name in _SIDES else edges if name in {"margin", "padding"} else ():
        if isinstance(token, DimensionToken) and token.lower_unit == "em":
            yield float(token.value)
