"""Two versions of a programme come in; what changed between them goes out: a list, and facts for a machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder import manuscript, revision
from builder.revision import Did, reading
from builder.works import versions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from builder.intake import Convert
    from builder.publication import Clause
    from builder.revision import Change, Changes, Piece

_CONTEXT = 10  # syllables kept around a change


def between(old: Path, new: Path, convert: Convert | None = None) -> Changes:
    """Read two versions, each a source folder, a ``program.md`` or a text to import, and list what changed.

    Raises:
        Problems: when one of them cannot be read.
    """
    before, after = versions.version(old, convert), versions.version(new, convert)
    matching = revision.match(before.programme, after.programme)
    return revision.changes(before.programme, after.programme, matching)


def title(path: Path) -> str:
    """What a version is called: the title of its publication, or the name of its file."""
    folder = path.parent if path.name == versions.PROGRAM else path
    publication = manuscript.skim(folder)[0] if folder.is_dir() else None
    return publication.settings.title if publication else path.stem


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


def nearby(pieces: tuple[Piece, ...]) -> Iterator[tuple[Did, str, str]]:
    """Yield what was done to some words, the space before them, and the words; of what was kept only what is near."""
    for at, piece in enumerate(pieces):
        words = piece.words.split()
        head = words[:_CONTEXT] if at else []
        tail = words[-_CONTEXT:] if at < len(pieces) - 1 else []
        if piece.did is Did.KEPT and len(words) > len(head) + len(tail):
            words = [*head, "…", *tail]
        space = " " if at and (piece.words[:1].isspace() or pieces[at - 1].did is Did.GONE) else ""
        yield piece.did, space, " ".join(words)
