"""What Word writes into the styles of a page → labels of its lists and how deep their items stand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.html import HtmlElement

_IGNORED = re.compile(r"mso-list:\s*ignore", re.IGNORECASE)
_LEVEL = re.compile(r"level(\d)")
_SIGNS = {"·", "o", "§", "Ø", "ü", "q", "v", "•", "▪", "○", "●", "■", "–", "—", "*", "\uf0b7", "\uf0a7", "\uf0d8"}
_LONGEST = 40


def label(element: HtmlElement) -> str | None:
    """A span that Word wrote its automatic number into → the label; nothing for another span."""
    if not _IGNORED.search(element.get("style", "")[:300]):
        return None
    text = " ".join("".join(element.itertext())[:200].replace("\xa0", " ").split())[:_LONGEST]
    return "-" if text in _SIGNS else text


def depth(said: Mapping[str, str]) -> int:
    """The styles of a paragraph → how deep its item stands (from 1), 0 outside lists."""
    level = _LEVEL.search(said.get("mso-list", "")[:100])
    return int(level[1]) if level else 0
