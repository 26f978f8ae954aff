"""A list of changes comes in; a small source folder that prints it as a leaflet goes out."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from builder.intake import escape
from builder.manuscript import labels
from builder.publication import Level, walk
from builder.revision import Did, reading
from builder.works.changes import nearby

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from builder.publication import Clause
    from builder.revision import Change, Changes, Piece

_CORE = re.compile(r"(\W*)(.*?)(\W*)", re.DOTALL)


def leaflet(changes: Changes, words: Mapping[str, str]) -> dict[str, str]:
    """The files of a source folder that prints a list of changes: path inside it → text.

    ``words`` are what stands around them: ``title``, ``subtitle``, ``key``, ``preamble``, ``before``, ``after``,
    ``below``, ``number``; for each list of changes a heading under its name, and under ``mark_`` and its name what
    stands behind the citation of a clause.
    """
    text = "\n\n".join(_leaves(changes, words))
    return {"publication.yaml": _settings(words), "program.md": f"{text}\n"}


def _settings(words: Mapping[str, str]) -> str:
    title, subtitle = (json.dumps(words[name], ensure_ascii=False) for name in ("title", "subtitle"))
    return (
        f"format: 1\ntitle: {title}\nsubtitle: {subtitle}\nlanguage: vi\nnumbering: as-printed\n"
        "# Số điều dẫn ở đây là của văn bản kia.\n"
        'ignore: {REF_BROKEN: ["*"]}\n'
        "editions:\n"
        "  gap-doi: {layout: to-gap, trim: A5, outputs: [pdf, booklet]}\n"
        "  dan-bang: {layout: to-gap, trim: A4, outputs: [pdf]}\n"
    )


def _leaves(changes: Changes, words: Mapping[str, str]) -> Iterator[str]:
    yield words["key"]
    if changes.preamble:
        yield f"# {words['preamble']}"
        yield _said(changes.preamble)
    for name, found in changes.lists:
        if found:
            yield f"# {words[name]}"
        for each in found:
            yield f"## {_heading(each, words, words[f'mark_{name}'])}"
            yield from _leaf(each, words)
    if changes.renumbered:
        yield f"# {words['renumbered']}"
        rows = [(words["before"], words["after"]), ("---", "---")]
        rows += [(escape.words(each.old), escape.words(each.new)) for each in changes.renumbered]
        yield "\n".join(f"| {old} | {new} |" for old, new in rows)


def _leaf(change: Change, words: Mapping[str, str]) -> Iterator[str]:
    """What is new is printed in full, what is gone by the first of its clauses."""
    if change.words:
        yield _said(change.words)
    elif change.old is None:
        yield from _in_full(change.new[0])
    elif not change.new:
        yield from _plain(reading(change.old))
        if change.below:
            yield f"*{words['below'].format(count=change.below)}*"


def _in_full(clause: Clause) -> Iterator[str]:
    yield from _plain(reading(clause))
    for each in walk(clause.children):
        yield from _plain(f"{each.label} {reading(each)}")


def _heading(change: Change, words: Mapping[str, str], mark: str) -> str:
    """Both citations as a heading; one that stands alone gets a mark behind it.

    A space before a number of odd form keeps it from opening a clause (``Điều 1.12.LQ.5 (mới)``).
    """
    said = _cited(change, words, mark)
    label = labels.recognise(f"## {said}")
    return said if label and label.level is Level.FREE else f"&nbsp;{said}"


def _cited(change: Change, words: Mapping[str, str], mark: str) -> str:
    old = change.old.citation if change.old else ""
    new = "; ".join(each.citation for each in change.new)
    if not old or not new or old == new:
        return escape.words(f"{_capital(old or new)} ({mark})")
    return escape.words(words["number"].format(old=_capital(old), new=new))


def _said(pieces: tuple[Piece, ...]) -> str:
    """Words as Markdown: what is gone in italics within brackets, what has come in bold."""
    text = "".join(f"{space}{_marked(did, said)}" for did, space, said in nearby(pieces))
    bold_label = text.startswith(("*", "\\[")) and labels.recognise(text) is not None
    return f"&nbsp;{text}" if bold_label else escape.paragraph(text)


def _marked(did: Did, said: str) -> str:
    """Marks stand around syllables: before a comma they would not be read as marks."""
    if did is Did.KEPT:
        return escape.words(said)
    found = _CORE.fullmatch(said)
    before, core, after = found.groups() if found else ("", said, "")
    sign = "" if not core else "*" if did is Did.GONE else "**"
    shown = f"{_spaced(before)}{sign}{escape.words(core)}{sign}{_spaced(after)}"
    return f"\\[{shown}]" if did is Did.GONE else shown


def _spaced(signs: str) -> str:
    """Signs as Markdown, the spaces at their ends kept."""
    bare = escape.words(signs)
    return f"{' ' * signs[:1].isspace()}{bare}{' ' * (signs[-1:].isspace() and bool(bare))}"


def _plain(words: str) -> Iterator[str]:
    if words.strip():
        yield escape.paragraph(escape.words(words))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
