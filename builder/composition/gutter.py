"""A stylesheet and how a book is bound come in; what the binding asks of the margins at the spine goes out.

Staples through the side of a book stand 6 to 10 mm from the spine, and what they hold no longer opens: text nearer than
25 mm to the edge sinks into the fold. A glued book takes about half of that. The margin at the fore-edge takes up the
difference as far as a thumb and a printer's edge allow; only then the text block gets narrower. Books stapled in the
fold keep the margins of their layout.

Where pages of another edition are marked in the margin, the margin keeps room for the marks: a layout says in
``--marks`` on which side of the page they stand and how far they reach (mm).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.publication import Edition

AT_SPINE = {"side": 25.0, "perfect": 22.0}  # mm, at least
AT_FORE_EDGE = 10.0  # mm; a margin wider than this may shrink to it
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
PAGE = re.compile(r"@page\b([^{}@]*)\{([^{}]*)\}")
MARGIN = re.compile(r"(?<![\w-])margin(-left|-right)?\s*:\s*((?:\([^()]*(?:\([^()]*\)[^()]*)*\)|[^;()])+)")
MARKS = re.compile(r"--marks:\s*(inner|outer)\s+([\d.]+)mm")
TO_EDGE = 2.0  # mm; of paper beyond a mark
PART = re.compile(r"(?:[\w-]*\((?:[^()]|\([^()]*\))*\)|[^\s()])+")
MILLIMETRES = re.compile(r"([\d.]+)mm")
INNER = {"right": "left", "left": "right"}  # side of the spread → the margin at the spine

Margins = dict[tuple[str, str], dict[str, str]]
"""(name of the pages, side; both may be empty) → ``left`` and ``right`` margin, as they are written."""


def rules(css: str, edition: Edition, *, marked: bool = False) -> str:
    """Return page rules to stand behind a stylesheet; nothing for a book that keeps its margins.

    Args:
        css: the stylesheet.
        edition: says how the book is bound.
        marked: whether the pages of another edition are marked beside the text.
    """
    least = AT_SPINE.get(edition.binding.scheme, 0.0)
    if not least or edition.trim.on_screen:
        return ""
    given = _given(css)
    names = dict.fromkeys(name for name, _ in given)
    marks = {side: float(reach) for side, reach in MARKS.findall(css)[-1:]} if marked else {}
    least += marks.get("inner", 0.0)
    edge = max(AT_FORE_EDGE, marks["outer"] + TO_EDGE) if "outer" in marks else AT_FORE_EDGE
    return "".join(_rule(name, side, _of(given, name, side), least, edge) for name in names for side in INNER)


def _given(css: str) -> Margins:
    """Read the side margins that page rules give; strips of paper, with a size of their own, are no pages."""
    found: Margins = {}
    for selectors, body in PAGE.findall(COMMENT.sub("", css)):
        if re.search(r"(?<![\w-])size\s*:", body) and selectors.strip():
            continue
        for selector in selectors.split(","):
            name, _, side = (part.strip() for part in selector.partition(":"))
            if side in ("", *INNER):
                found.setdefault((name, side), {}).update(_edges(body))
    return {page: edges for page, edges in found.items() if edges}


def _edges(body: str) -> Iterator[tuple[str, str]]:
    for edge, value in MARGIN.findall(body):
        parts = PART.findall(value)
        if edge:
            yield edge[1:], value.strip()
        else:
            yield "right", parts[1 % len(parts)]
            yield "left", parts[3] if len(parts) == len("trbl") else parts[1 % len(parts)]


def _of(given: Margins, name: str, side: str) -> dict[str, str]:
    """Return the side margins of pages: what is said of a name counts more than what is said of a side."""
    found: dict[str, str] = {}
    for page in (("", ""), ("", side), (name, ""), (name, side)):
        found |= given.get(page, {})
    return found


def _rule(name: str, side: str, margins: dict[str, str], least: float, least_edge: float) -> str:
    inner, outer = INNER[side], side
    spine, edge = (MILLIMETRES.fullmatch(margins.get(each, "0mm")) for each in (inner, outer))
    if spine is None:
        return f"@page {name}:{side} {{ margin-{inner}: max({least:g}mm, {margins[inner]}) }}\n"
    taken = max(least - float(spine[1]), 0.0)
    changed = f"margin-{inner}: {float(spine[1]) + taken:g}mm"
    if edge is not None:
        width = float(edge[1])
        changed += f"; margin-{outer}: {max(width - taken, min(width, least_edge)):g}mm"
    return f"@page {name}:{side} {{ {changed} }}\n"
