"""A source folder → a Publication: settings, programme, commentary, sessions, matter, glossary.

The source folder may come from a stranger: raw HTML is never passed on, drawings are read without scripts or outside
references, paths stay inside the folder, nothing is fetched.
"""

from __future__ import annotations

import os
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from builder import problems
from builder.manuscript import commentary, figures, lock, matter, program, sessions, settings, subjects
from builder.manuscript.commentary import Desk
from builder.manuscript.folder import README, Folder, Sheet, sheet_of
from builder.manuscript.settings import schema
from builder.problems import Place, Problem, Problems
from builder.publication import Figure, Level, Program, Publication, Settings, nouns_in, plain
from builder.vietnamese import slug

if TYPE_CHECKING:
    from pathlib import Path

    from builder.publication import IndexTerm, Term

__all__ = [
    "LOCK",
    "README",
    "Sheet",
    "everything",
    "locked",
    "misnamed",
    "read",
    "schema",
    "sheet_of",
    "skim",
    "slug_of",
    "texts",
]

LOCK = lock.NAME
"""The file of a source folder that keeps the programme from changing by accident."""


def slug_of(folder: Path) -> str:
    """The name of a source folder however it was typed (``.``, ``../x``, a link), whether it is there or not."""
    return os.path.basename(os.path.realpath(folder))  # noqa: PTH119 - Path.resolve() raises when links lead in a ring


def misnamed(folder: Path) -> tuple[Problem, ...]:
    """What is wrong with a folder's name: nothing, or that it cannot name a publication."""
    name = slug_of(folder)
    if slug.is_slug(name):
        return ()
    return (problems.slug_bad(Place(folder.as_posix()), name, slug.slug(name) or "an-pham"),)


def read(folder: Path) -> tuple[Publication, tuple[Problem, ...]]:
    """The folder as the user named it → the publication and the warnings.

    Raises:
        Problems: with everything found, when something in it is an error.
    """
    source = _opened(folder)
    publication = _read(source)
    return publication, problems.stop_on_errors(source.found)


def skim(folder: Path) -> tuple[Publication | None, tuple[Problem, ...]]:
    """The folder as the user named it → as much of the publication as can be read, and everything found in it.

    What is in error is left out (commentary whose clause is gone); nothing is there when the programme cannot be read.
    """
    try:
        source = _opened(folder)
        publication = _read(source)
    except Problems as stopped:
        return None, stopped.problems
    return publication, problems.in_order(source.found)


def locked(folder: Path) -> str | None:
    """A source folder → what its ``program.lock`` has to hold; nothing when it holds that already.

    Raises:
        Problems: with everything found, when something but the lock itself is an error.
    """
    source = _opened(folder)
    publication = _read(source)
    problems.stop_on_errors([each for each in source.found if not lock.is_about(each)])
    sheet, before = source.sheet("program.md"), source.sheet(lock.NAME)
    wanted = lock.written(sheet, publication.program) if sheet else None
    return None if before and before.raw == wanted else wanted


def texts(folder: Path) -> tuple[Sheet, ...]:
    """Every text file of a source folder that can be read, as it is; what is wrong with it is ``read``'s to say."""
    source = Folder(folder, [])
    try:
        single = [source.sheet(name) for name in ("publication.yaml", "program.md", "glossary.md")]
        several = [source.sheets(name) for name in ("front", "commentary", "sessions", "back")]
    except OSError:
        return ()
    return tuple(sheet for sheet in (*single, *chain.from_iterable(several)) if sheet)


def everything(folder: Path, publication: Publication) -> dict[str, bytes]:
    """A source folder and what was read in it → its files, path inside it → bytes: texts, lock, pictures, README."""
    source = Folder(folder, [])
    others = (source.sheet(name) for name in (lock.NAME, README))
    sheets = [*texts(folder), *(sheet for sheet in others if sheet)]
    pictures = {name: source.picture(name, Place()) for name in source.pictures()}
    found = {name: data for name, data in pictures.items() if data is not None and figures.media_type(name, data)}
    found |= {figure.path: figure.data for figure in nouns_in(publication, Figure)}
    return found | {sheet.name: sheet.raw.encode() for sheet in sheets}


def _opened(folder: Path) -> Folder:
    if not folder.is_dir():
        raise Problems([problems.source_missing(Place(folder.as_posix()))])
    return Folder(folder, [])


def _read(source: Folder) -> Publication:
    """Read a folder that may not let us look into all of it."""
    try:
        return _publication(source, source.found)
    except OSError as error:
        place = Place(str(error.filename or source.given.as_posix()))
        raise Problems([*source.found, problems.file_unreadable(place, error)]) from error


def _publication(source: Folder, found: list[Problem]) -> Publication:
    found += misnamed(source.given)
    source.strangers()
    set_by_user = settings.read(source.sheet("publication.yaml"), found)
    before = len(found)
    sheet = _text(source.sheet("program.md"), found)
    if sheet is None:
        if len(found) == before:
            found.append(problems.program_missing(Place(source.shown("program.md"))))
        raise Problems(found)
    strict = set_by_user.numbering == "strict"
    plan = source.sheets("sessions")
    programme, anchors = program.read(sheet, source, found, strict=strict, sessions=len(plan))
    locked = source.sheet(lock.NAME)
    found += lock.compare(sheet, programme, locked) if locked else ()
    desk = Desk(source, anchors, program.referring(anchors, found, len(plan)))
    terms, asked = _glossary(source, desk)
    publication = Publication(
        slug=source.root.name,
        settings=_titled(set_by_user, programme, source.root.name),
        program=programme,
        notes=commentary.read(_texts(source, "commentary"), desk),
        sessions=sessions.read(plan, desk),
        front=matter.matter(_texts(source, "front"), "dau", source, desk.refer),
        back=matter.matter(_texts(source, "back"), "cuoi", source, desk.refer),
        terms=terms,
        index=asked,
    )
    found += subjects.doubts(publication)
    return publication


def _glossary(source: Folder, desk: Desk) -> tuple[tuple[Term, ...], tuple[IndexTerm, ...]]:
    sheet = _text(source.sheet("glossary.md"), source.found)
    return matter.glossary(sheet, source, desk.refer) if sheet else ((), ())


def _texts(source: Folder, directory: str) -> tuple[Sheet, ...]:
    return tuple(sheet for sheet in source.sheets(directory) if _text(sheet, source.found))


def _text(sheet: Sheet | None, found: list[Problem]) -> Sheet | None:
    """A file that is all text: front matter has a place in sessions only."""
    if sheet and sessions.front_matter(sheet.lines)[0]:
        found.append(problems.front_matter(sheet.place(1)))
    return sheet


def _titled(given: Settings, programme: Program, name: str) -> Settings:
    """A title for a publication that was given none: the first free heading, or the folder's name."""
    free = (clause for clause in programme.clauses if clause.level is Level.FREE)
    heading = next((plain(clause.title) for clause in free), "")
    return given if given.title else replace(given, title=heading or name)
