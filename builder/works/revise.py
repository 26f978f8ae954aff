"""A source folder and a new version of its programme come in; the folder follows the clauses, whole or not at all."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from builder import manuscript, problems, revision, shelf
from builder.manuscript import lock
from builder.problems import Place, Problems, Severity
from builder.publication import walk
from builder.publication.ranges import Ranges
from builder.revision import Citer, reading, sheet
from builder.works import versions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from builder.intake import Convert
    from builder.problems import Problem
    from builder.publication import Clause
    from builder.revision import Changes, Match, Matching, Reanchored, Rebound
    from builder.works.versions import Version

ASIDE = "unanchored.txt"
"""The file of a source folder that keeps commentary none of whose clauses is left."""
KEPT = "-truoc-"
"""What the folder that was there before is called besides its name, with a number after it."""
_SETTINGS = "publication.yaml"
_NUMBERING = re.compile(r"^numbering:[^\n]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Question:
    """A clause that something is anchored to and of which it is not beyond doubt what became of it.

    ``new`` is what it may be; nothing when it may be gone: then ``heir`` is what the clause around it became, if
    there is one. ``places`` are those that name it.
    """

    match: Match
    old: Clause
    new: Clause | None
    heir: Clause | None
    places: tuple[Rebound, ...]


@dataclass(frozen=True)
class Revision:
    """A source folder, the version its programme has and the one it is to have."""

    folder: Path
    old: Version
    new: Version
    matching: Matching
    locked: bool

    @cached_property
    def changes(self) -> Changes:
        """What the new version changes."""
        return revision.changes(self.old.programme, self.new.programme, self.matching)

    @cached_property
    def sheets(self) -> tuple[manuscript.Sheet, ...]:
        """The texts of the folder."""
        return manuscript.texts(self.folder)

    @cached_property
    def old_clauses(self) -> Mapping[str, Clause]:
        """The clauses of the old version by their path ids."""
        return {clause.id: clause for clause in walk(self.old.programme.clauses)}

    @cached_property
    def new_clauses(self) -> Mapping[str, Clause]:
        """The clauses of the new version by their path ids."""
        return {clause.id: clause for clause in walk(self.new.programme.clauses)}

    @cached_property
    def suggested(self) -> Reanchored:
        """What the texts become when every suggestion is right."""
        return self.follow(self.matching)

    def follow(self, matching: Matching) -> Reanchored:
        """Rewrite the texts for a matching."""
        ranges = Ranges(self.new.programme.clauses)
        return revision.reanchor(self.sheets, Citer(self.old.anchors, self.new.anchors, matching, ranges))

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """What has to be asked: clauses that are named somewhere and are bound in doubt, or gone."""
        places: dict[str, list[Rebound]] = {}
        for place in self.suggested.places:
            for name in place.recited.cited:
                places.setdefault(name, []).append(place)
        doubtful = (each for each in self.matching.matches if each.old in places and not (each.sure and each.new))
        return tuple(self._question(each, places[each.old]) for each in doubtful)

    def _question(self, match: Match, places: Sequence[Rebound]) -> Question:
        new = self.new_clauses[match.new[0]] if match.new else None
        return Question(match, self.old_clauses[match.old], new, self.new_clauses.get(match.heir), tuple(places))


@dataclass(frozen=True, slots=True)
class Followed:
    """What was written: where the old folder stands, how many places were cited anew, what a person should look at."""

    kept: Path
    rewritten: int
    warnings: tuple[Problem, ...]


def prepared(folder: Path, new: Path, convert: Convert | None = None) -> Revision:
    """Read a source folder and a new version of its programme, and match their clauses; nothing is written.

    Raises:
        Problems: with everything found, when something in either is an error.
    """
    shelf.mend_source(folder)
    manuscript.read(folder)
    old, coming = versions.version(folder), versions.version(new, convert)
    matching = revision.match(old.programme, coming.programme)
    return Revision(folder, old, coming, matching, (folder / manuscript.LOCK).exists())


def suggestions(questions: Iterable[Question]) -> dict[str, str]:
    """Answer every question as suggested."""
    return {each.match.old: each.match.new[0] if each.match.new else "" for each in questions}


def table(revised: Revision, heads: Sequence[str], gone: str) -> str:
    """The questions as a table to fill in; ``gone`` is what it says of a clause that has gone, and of its heir."""
    return sheet.written(heads, (_row(each, gone) for each in revised.questions))


def answered(revised: Revision, data: bytes, file: str) -> dict[str, str]:
    """Read the answers off a table that was filled in: old path id → new one, ``""`` for a clause that is gone.

    Raises:
        Problems: ``REVISION_ANSWER``, ``REVISION_MISSING``.
    """
    given = sheet.answers(data)
    found: list[Problem] = []
    answers: dict[str, str] = {}
    for question in revised.questions:
        name, cited = question.match.old, question.old.citation
        line, answer = given.get(name, (0, None))
        if answer is None:
            found.append(problems.revision_missing(Place(file), cited))
        elif answer:
            passages = revised.new.anchors.find(answer, Place(file, line), [])
            units = [unit.id for passage in passages for unit in passage]
            if len(units) != 1:
                found.append(problems.revision_answer(Place(file, line), answer, cited))
            else:
                answers[name] = units[0]
        else:
            answers[name] = ""
    problems.stop_on_errors(found)
    return answers


def follow(revised: Revision, answers: Mapping[str, str], *, relock: bool) -> Followed:
    """Give the folder the new version, what is around it following its clauses.

    Raises:
        Problems: ``REVISION_UNSURE`` when a question is left, ``REVISION_LOCKED``, ``SHELF_DENIED``, ``SHELF_FULL``,
            or what would be at fault in the new folder; the old one is then as it was.
    """
    place = Place(revised.folder.as_posix())
    left = [each for each in revised.questions if each.match.old not in answers]
    if left:
        raise Problems([problems.revision_unsure(place, len(left))])
    if revised.locked and not relock:
        raise Problems([problems.revision_locked(Place((revised.folder / manuscript.LOCK).as_posix()))])
    result = revised.follow(revision.decided(revised.matching, answers))
    kept = shelf.replace_source(revised.folder, dict(_files(revised, result)), KEPT, lambda new: _fit(new, revised))
    rewritten = sum(each.changed for each in result.places)
    return Followed(kept, rewritten, tuple(_warnings(result)))


def _files(revised: Revision, result: Reanchored) -> Iterator[tuple[str, str | bytes]]:
    yield versions.PROGRAM, revised.new.sheet.raw
    yield from result.files.items()
    yield from revised.new.pictures.items()
    if not revised.new.strict:
        yield from _as_printed(revised.sheets)
    if revised.locked:
        yield manuscript.LOCK, lock.written(revised.new.sheet, revised.new.programme)
    if result.aside:
        yield ASIDE, _aside(revised.folder, result)


def _as_printed(sheets: Iterable[manuscript.Sheet]) -> Iterator[tuple[str, str]]:
    """The settings with the numbers of the programme kept as printed."""
    text = next((each.raw for each in sheets if each.name == _SETTINGS), "format: 1\n")
    line = "numbering: as-printed"
    if line in text:
        return
    changed = _NUMBERING.sub(line, text, count=1)
    if changed == text:
        changed = f"{text}{'' if text.endswith(chr(10)) else chr(10)}{line}\n"
    yield _SETTINGS, changed


def _aside(folder: Path, result: Reanchored) -> str:
    before = shelf.read_own(folder / ASIDE) or b""
    said = "\n".join(f"[{each.place.file}:{each.place.line}]\n{each.text}\n" for each in result.aside)
    return "\n".join(filter(None, (before.decode("utf-8", errors="replace"), said)))


def _fit(new: Path, revised: Revision) -> None:
    """Make sure that the folder made reads without an error before it takes the place of the old one.

    Raises:
        Problems: what is wrong with it, as if it stood there already.
    """
    _, found = manuscript.skim(new)
    wrong = [each for each in found if each.severity is Severity.ERROR and each.code != "SLUG_BAD"]
    problems.stop_on_errors([replace(each, place=_as_if_there(each.place, new, revised.folder)) for each in wrong])


def _as_if_there(place: Place, new: Path, folder: Path) -> Place:
    inside = place.file.removeprefix(new.as_posix())
    return replace(place, file=f"{folder.as_posix()}{inside}") if inside != place.file else place


def _warnings(result: Reanchored) -> Iterator[Problem]:
    """Say of what lost its clause where it is now."""
    for each in result.places:
        if not each.recited.gone or each.recited.new:
            continue
        if each.what == "reading":
            yield problems.revision_unread(each.place, each.recited.old)
        elif each.what == "reference":
            yield problems.revision_unlinked(each.place, each.recited.old)
        elif each.new:
            yield problems.revision_lifted(each.place, each.recited.old, each.new)
        else:
            yield problems.revision_aside(each.place, each.recited.old, ASIDE)
    for each in result.mentions:
        yield problems.revision_mention(each.place, each.recited.old, each.new)


def _row(question: Question, gone: str) -> tuple[str, ...]:
    new = question.new
    heir = question.heir.citation if question.heir else "—"
    return (
        question.match.old,
        question.old.citation,
        reading(question.old),
        new.citation if new else "",
        reading(new) if new else gone.format(heir=heir),
        f"{question.match.confidence:.0%}",
        "; ".join(f"{each.place.file}:{each.place.line}" for each in question.places),
    )
