"""``anpham changes``: two versions of a programme come in; what changed is shown, told a machine, or made a leaflet."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from builder import shelf
from builder.cli import answers, office
from builder.cli.boundary import Status
from builder.cli.frame import table
from builder.cli.words import here
from builder.revision import Did, reading
from builder.works import changes as works
from builder.works import leaflet as printing
from builder.works import start

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.cli.words import Words
    from builder.publication import Clause
    from builder.revision import Change, Changes, Piece

LONGEST = 160  # characters shown of a clause that is new or gone
LISTS = ("added", "removed", "split", "merged", "moved", "reworded")


def run(old: str, new: str, leaflet: str, *, as_json: bool) -> Status:
    """Compare two versions.

    Raises:
        Problems: what stands in the way.
    """
    words = here()
    if leaflet:
        start.fit_name(Path(leaflet))
    found = works.between(Path(old), Path(new), office.converter())
    if as_json:
        answers.put(answers.answer((), words, old=old, new=new, **works.facts(found)))
    else:
        print(shown(found, words), end="")
    if leaflet:
        said = dict(words.pairs("leaflet"))
        title = words("leaflet.subtitle", document=works.title(Path(new)))
        files = printing.leaflet(found, said | {"subtitle": title})
        shelf.write_source(Path(leaflet), files)
        if not as_json:
            print(words("changes.leaflet", folder=leaflet))
    return Status.DONE


def shown(found: Changes, words: Words) -> str:
    """The list of changes for a person at a terminal."""
    if found.none:
        return f"{words('changes.none')}\n"
    return "\n".join(_parts(found, words))


def _parts(found: Changes, words: Words) -> Iterator[str]:
    if found.preamble:
        yield f"{words('changes.preamble')}\n{table([('', _said(found.preamble, words))])}"
    for name, each in found.lists:
        if each:
            rows = [(_names(change), _row(change, words)) for change in each]
            yield f"{words(f'changes.{name}', count=len(each))}\n{table(rows)}"
    if found.renumbered:
        rows = [(each.old, f"→ {each.new}") for each in found.renumbered]
        yield f"{words('changes.renumbered', count=sum(each.count for each in found.renumbered))}\n{table(rows)}"


def _names(change: Change) -> str:
    new = "; ".join(each.citation for each in change.new)
    if change.old is None:
        return new
    return change.old.citation if new in ("", change.old.citation) else f"{change.old.citation} → {new}"


def _row(change: Change, words: Words) -> str:
    said = _said(change.words, words) if change.words else _first_words(change)
    below = words("changes.below", count=change.below) if change.below and not (change.old and change.new) else ""
    doubt = "" if change.sure else words("changes.doubt")
    return " ".join(part for part in (said, below, doubt) if part)


def _first_words(change: Change) -> str:
    return short(change.old or change.new[0]) if change.old is None or not change.new else words_of(change)


def words_of(change: Change) -> str:
    """The first words of what a clause became."""
    return short(change.new[0])


def short(clause: Clause) -> str:
    """The first words of a clause."""
    said = reading(clause)
    return said if len(said) <= LONGEST else f"{said[:LONGEST].rpartition(' ')[0]} …"


def _said(pieces: tuple[Piece, ...], words: Words) -> str:
    marks = {Did.GONE: words("changes.gone"), Did.COME: words("changes.come")}
    said = (space + (f"[{marks[did]}: {said}]" if did in marks else said) for did, space, said in works.nearby(pieces))
    return "".join(said)
