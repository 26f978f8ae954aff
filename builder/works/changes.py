"""Two versions of a programme come in; what changed between them goes out: a list, facts for a machine, a leaflet."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from builder import revision
from builder.revision import Did, reading
from builder.works import versions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from builder.publication import Clause
    from builder.revision import Change, Changes, Piece

_CONTEXT = 10  # syllables kept around a change
_MARKUP = re.compile(r"([\\`*_\[\]{}<>|#~^])")
_SIGNS = {Did.KEPT: "", Did.GONE: "*", Did.COME: "**"}


def between(old: Path, new: Path) -> Changes:
    """Read two versions, each a source folder, a ``program.md`` or a text to import, and list what changed.

    Raises:
        Problems: when one of them cannot be read.
    """
    before, after = versions.version(old), versions.version(new)
    matching = revision.match(before.programme, after.programme)
    return revision.changes(before.programme, after.programme, matching)


def facts(changes: Changes) -> dict[str, object]:
    """Write a list of changes for a machine."""
    lists = {name: [_fact(each) for each in found] for name, found in changes.lists}
    numbers = [{"old": each.old, "new": each.new, "count": each.count} for each in changes.renumbered]
    return {**lists, "renumbered": numbers, "preamble": _words(changes.preamble)}


def _fact(change: Change) -> dict[str, object]:
    return {
        "old": _named(change.old) if change.old else None,
        "new": [_named(each) for each in change.new],
        "below": change.below,
        "sure": change.sure,
        "words": _words(change.words),
    }


def _named(clause: Clause) -> dict[str, str]:
    return {"id": clause.id, "citation": clause.citation, "words": reading(clause)}


def _words(pieces: Iterable[Piece]) -> list[dict[str, str]]:
    return [{"did": piece.did.value, "words": piece.words} for piece in pieces]


def nearby(pieces: tuple[Piece, ...]) -> Iterator[tuple[Did, str]]:
    """Yield what was done to some words, and of what was kept only what stands next to it."""
    for at, piece in enumerate(pieces):
        words = piece.words.split()
        head = words[:_CONTEXT] if at else []
        tail = words[-_CONTEXT:] if at < len(pieces) - 1 else []
        if piece.did is not Did.KEPT or len(words) <= len(head) + len(tail):
            yield piece.did, " ".join(words)
        else:
            yield piece.did, " ".join([*head, "…", *tail])


# --- the leaflet ----------------------------------------------------------------------------------


def leaflet(changes: Changes, words: Mapping[str, str]) -> dict[str, str]:
    """The files of a source folder that prints a list of changes; ``words`` are what stands around them.

    ``words`` has ``title``, ``subtitle``, ``key``, a heading for each list, ``below``, ``number`` and ``preamble``.
    """
    text = "\n\n".join(_leaves(changes, words))
    return {"publication.yaml": _settings(words), "program.md": f"{text}\n"}


def _settings(words: Mapping[str, str]) -> str:
    quoted = {name: json.dumps(words[name], ensure_ascii=False) for name in ("title", "subtitle")}
    return (
        f"format: 1\ntitle: {quoted['title']}\nsubtitle: {quoted['subtitle']}\nlanguage: vi\nnumbering: as-printed\n"
        "# Số của văn bản kia, không phải của tờ này.\n"
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
        heads = f"| {words['before']} | {words['after']} |\n|---|---|"
        rows = "\n".join(f"| {_plain(each.old)} | {_plain(each.new)} |" for each in changes.renumbered)
        yield f"{heads}\n{rows}"


def _leaf(change: Change, words: Mapping[str, str]) -> Iterator[str]:
    if change.words:
        yield _said(change.words)
    elif change.old is None or not change.new:
        clause = change.old or change.new[0]
        if said := reading(clause):
            yield _escaped(_plain(said))
    if change.below and not (change.old and change.new):
        yield f"*{words['below'].format(count=change.below)}*"


def _heading(change: Change, words: Mapping[str, str], mark: str) -> str:
    """Both citations; one that stands alone gets a mark behind it, or it would open a clause (``Điều 5``)."""
    old = change.old.citation if change.old else ""
    new = "; ".join(each.citation for each in change.new)
    if not old or not new or old == new:
        return _plain(f"{_capital(old or new)} ({mark})")
    return _plain(words["number"].format(old=_capital(old), new=new))


def _said(pieces: tuple[Piece, ...]) -> str:
    """Words as Markdown: what is gone in italics within brackets, what has come in bold."""
    return _escaped(" ".join(_marked(did, said) for did, said in nearby(pieces) if said))


def _marked(did: Did, said: str) -> str:
    sign = _SIGNS[did]
    shown = f"{sign}{_plain(said)}{sign}"
    return f"\\[{shown}\\]" if did is Did.GONE else shown


def _plain(words: str) -> str:
    return _MARKUP.sub(r"\\\1", words)


def _escaped(paragraph: str) -> str:
    """A paragraph that opens like a clause gets a backslash, as the programme's dialect has it."""
    opens = re.match(r"[\w•+–-]", paragraph)
    label = re.match(r"(?:\w{1,4}[.)-]|[-–+•]\s|(?:Phần|Chương|Mục|Tiểu mục|Điều)\s)", paragraph, re.IGNORECASE)
    return f"\\{paragraph}" if opens and label else paragraph


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
