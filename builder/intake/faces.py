"""The runs of a paragraph → inline Markdown for exactly these words, bold and italic where they were.

Emphasis that Markdown cannot say (it begins inside a word before a quotation mark, say) is dropped, never a word.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from builder.intake import escape, inline
from builder.manuscript import markdown as manuscript

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from collections.abc import Set as AbstractSet

    from builder.intake.original import Run

# Marks stand as private characters while the words are escaped, so that no word can be taken for one.
_BOLD, _ITALIC, _OPEN, _CLOSE, _BREAK, _BRACKET = (chr(0xF0001 + at) for at in range(6))
_RAW = re.compile("\U000f0007([0-9]+)\U000f0008")
_PRIVATE = re.compile("[\U000f0001-\U000f0008]")
_TRAILING = re.compile("\\\\(?=[\U000f0001-\U000f0007])")
_READ = {"softbreak": " ", "hardbreak": " ", "footnote_call": ""}
_WEB = re.compile(r"(?:https?://[^\s/?#]|mailto:[^\s@]+@[^\s@])", re.IGNORECASE)
_UNSAFE = re.compile(r"[\s<>\[\]\\\"'{}`()*]")


def settled(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Runs as found → the same with single spaces, none at either end, raised figures as they will be written."""
    found: list[Run] = []
    spaced = True
    for run in runs:
        text = _PRIVATE.sub("", inline.raised(run.text) if run.raised and run.text else run.text)
        text = re.sub(r"[^\S\n]+", " ", text)
        text = re.sub(r" ?\n ?", "\n", text)
        if spaced:
            text = text.lstrip()
        if text or run.note or run.picture:
            found.append(replace(run, text=text, raised=False, lowered=False))
        spaced = text[-1:].isspace() if text else spaced
    return tuple(_trimmed(found))


def _trimmed(found: list[Run]) -> list[Run]:
    """Without spaces at the end; what has no words of its own stands where it did."""
    for at in range(len(found) - 1, -1, -1):
        bare = found[at].text.rstrip()
        found[at] = replace(found[at], text=bare)
        if bare:
            break
    return [run for run in found if run.text or run.note or run.picture]


def words(runs: Iterable[Run]) -> str:
    """The bare words of runs."""
    return "".join(run.text for run in runs)


def after(runs: Iterable[Run], count: int) -> tuple[Run, ...]:
    """What stands after so many characters."""
    found = []
    for run in runs:
        kept = run.text[count:] if count < len(run.text) else ""
        count = max(0, count - len(run.text))
        if kept or run.note or run.picture:
            found.append(replace(run, text=kept))
    return settled(found)


def is_bold(runs: Iterable[Run]) -> bool:
    """Tell whether all words are bold."""
    worded = [run for run in runs if run.text.strip()]
    return bool(worded) and all(run.bold for run in worded)


def plain(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Runs without bold."""
    return tuple(replace(run, bold=False) for run in runs)


def markdown(runs: Iterable[Run], notes: AbstractSet[str] = frozenset(), line_break: str = " ") -> str:
    """Settled runs → Markdown; ``notes`` are the notes that may be called, ``line_break`` what stands for one.

    Where emphasis would be read as other words by the manuscript, the same is written without it.
    """
    found = tuple(runs)
    if not any(run.bold or run.italic or run.address for run in found):
        return _written(found, notes, line_break)
    said = " ".join(words(found).split())
    plainer = tuple(replace(run, bold=False, italic=False) for run in found)
    tried = (_written(each, notes, line_break) for each in (found, plainer))
    good = next((written for written in tried if _read(manuscript.inlines(written)) == said), None)
    return good or _written(tuple(replace(run, address="") for run in plainer), notes, line_break)


def _read(nodes: Iterable[manuscript.Node]) -> str:
    """The words the manuscript's reader finds."""
    return "".join(_read(node.nodes) if node.nodes else _READ.get(node.type, node.token.content) for node in nodes)


def _written(runs: tuple[Run, ...], notes: AbstractSet[str], line_break: str) -> str:
    raws: list[str] = []

    def raw(text: str) -> str:
        raws.append(text)
        return f"\U000f0007{len(raws) - 1}\U000f0008"

    marked = "".join(_bold(runs, notes, raw)).replace("\n", _BREAK)
    escaped = escape.words(marked)
    escaped = _TRAILING.sub(r"\\\\", escaped)
    for mark, sign in (
        (_BOLD, "**"),
        (_ITALIC, "*"),
        (_OPEN, "["),
        (_CLOSE, "]"),
        (_BRACKET, "\\]"),
        (_BREAK, line_break),
    ):
        escaped = escaped.replace(mark, sign)
    return _RAW.sub(lambda match: raws[int(match[1])], escaped)


def _bold(runs: tuple[Run, ...], notes: AbstractSet[str], raw: Callable[[str], str]) -> Iterator[str]:
    for bold, group in groupby(runs, key=lambda run: run.bold):
        yield _marked("".join(_italic(group, notes, raw)), _BOLD if bold else "")


def _italic(runs: Iterable[Run], notes: AbstractSet[str], raw: Callable[[str], str]) -> Iterator[str]:
    for italic, group in groupby(runs, key=lambda run: run.italic):
        yield _marked("".join(_linked(group, notes, raw)), _ITALIC if italic else "")


def _linked(runs: Iterable[Run], notes: AbstractSet[str], raw: Callable[[str], str]) -> Iterator[str]:
    for address, group in groupby(runs, key=lambda run: run.address):
        inner = tuple(group)
        text = "".join(run.text + (raw(f"[^{run.note}]") if run.note in notes else "") for run in inner)
        if _WEB.match(address) and words(inner).strip():
            head, bare, tail = _parted(text.replace("]", _BRACKET).replace("\n", " "))
            safe = _UNSAFE.sub(lambda match: f"%{ord(match[0]):02X}", address)
            yield f"{head}{_OPEN}{bare}{_CLOSE}{raw(f'({safe})')}{tail}"
        else:
            yield text


def _marked(text: str, mark: str) -> str:
    """Words between two marks, the spaces around them outside; nothing is marked where there is no word."""
    head, bare, tail = _parted(text)
    return f"{head}{mark}{bare}{mark}{tail}" if mark and any(map(str.isalnum, bare)) else text


def _parted(text: str) -> tuple[str, str, str]:
    bare = text.strip()
    start = text.find(bare) if bare else len(text)
    return text[:start], bare, text[start + len(bare) :]
