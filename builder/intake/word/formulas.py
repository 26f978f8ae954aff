"""A formula of Word's (``m:oMath``) → its signs on one line: fractions with a slash, powers with a caret."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.intake.word.names import M

if TYPE_CHECKING:
    from lxml.etree import _Element

_BETWEEN = {
    f"{M}f": ("num", "/", "den"),
    f"{M}sSup": ("e", "^", "sup"),
    f"{M}sSub": ("e", "_", "sub"),
}


def text(element: _Element) -> str:
    """Return what a formula says, in the order in which it is read."""
    if element.tag == f"{M}t":
        return element.text or ""
    if element.tag in _BETWEEN:
        first, sign, second = _BETWEEN[str(element.tag)]
        return f"{_bound(element, first)}{sign}{_bound(element, second)}"
    if element.tag == f"{M}rad":
        return f"√{_bound(element, 'e')}"
    if element.tag == f"{M}d":
        return f"({''.join(map(text, element))})"
    return "".join(map(text, element))


def _bound(element: _Element, name: str) -> str:
    """Return a part of a formula, in parentheses where it is more than one sign or number."""
    part = element.find(f"{M}{name}")
    found = "" if part is None else "".join(map(text, part))
    return found if found.isalnum() or len(found) == 1 or not found else f"({found})"
