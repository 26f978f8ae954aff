"""Source folders and a wish come in; what was made of them goes out, and stands on the shelf."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder import problems, shelf
from builder.press.crew import interrupts_kept_off
from builder.problems import Place, Problems
from builder.works import again, copies
from builder.works.asked import COPIES, FILES, FORMS, Stage, Step

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from builder.works.asked import Made, Output, Wish, Workshop


def build(folder: Path, wish: Wish, workshop: Workshop) -> Made:
    """Make the files of one publication; nothing is written.

    When nothing has changed since it was made before, that is what it is.

    Raises:
        Problems: every error found, and the warnings with them; editions after a faulty one are still looked at.
        NotAsked: when no edition has the name or makes the output wished for.
    """
    key = again.key(folder, wish, workshop)
    if made := again.remembered(key, workshop):
        return made
    workshop.crew.get_ready()
    with interrupts_kept_off():  # one that meets a native module being initialised aborts the process, or is lost
        from builder.works import making  # noqa: PLC0415 - all stages: half a second that an unchanged book does without

    made = making.make(folder, wish, workshop)
    again.remember(key, made, workshop)
    return made


def tidy(shelf_folder: Path) -> None:
    """Mend what an interrupted build has left on a shelf.

    Raises:
        Problems: ``SHELF_DENIED``, ``SHELF_FULL``.
    """
    shelf.recover(shelf_folder)


def put_away(made: Iterable[Made], shelf_folder: Path, wish: Wish, workshop: Workshop) -> int:
    """Place what was made on a shelf: all publications, or none; return how many numbered copies went for it.

    Raises:
        Problems: ``SLUG_TWICE``, ``SHELF_DENIED``, ``SHELF_FULL``.
    """
    works: dict[Path, tuple[shelf.File, ...]] = {}
    facts: dict[Path, shelf.TitleFacts] = {}
    made = tuple(made)
    for each in made:
        folder = shelf_folder / each.slug
        if folder in works:
            raise Problems([problems.slug_twice(Place(str(folder)), each.slug)])
        works[folder] = tuple(map(_file, each.outputs))
        if each.facts:
            facts[folder] = each.facts
    for folder in works:
        workshop.progress(Step(folder.name, "", Stage.PLACE))
    replaced = (*_forms(made), *copies.others(made))
    gone = shelf.place_all(works, facts=facts, partial=wish.partial, replaced=replaced)
    return sum(record.kind in COPIES.values() for record in gone)


def _forms(made: Iterable[Made]) -> Iterator[str]:
    """Yield the names that files of booklets would have in other forms: sheets for a printer fed by hand, say."""
    for output in (output for each in made for output in each.outputs if output.kind in FORMS):
        yield from (output.name.removesuffix(FILES[output.kind]) + FILES[form] for form in FORMS)


def _file(output: Output) -> shelf.File:
    return shelf.File(output.name, output.kind, output.edition, output.pages, output.source, output.data, output.part)
