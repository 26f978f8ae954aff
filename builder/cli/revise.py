"""``anpham import --revise``: a new version of a source folder comes in; changes are shown, asked about, written."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from builder import shelf
from builder.cli import answers as telling
from builder.cli import office
from builder.cli.boundary import Status
from builder.cli.changes import short, shown
from builder.cli.frame import columns, table
from builder.cli.words import Words, here
from builder.revision import sheet
from builder.works import revise as works

if TYPE_CHECKING:
    from builder.works.revise import Followed, Question, Revision

MOST_PLACES = 40  # shown of those that are cited anew
SHORT = 60  # characters of a clause in the table of questions


@dataclass(frozen=True, slots=True)
class Order:
    """A command line: the new version, the source folder, and how to answer."""

    file: str
    folder: str
    yes: bool
    review: str
    relock: bool


def run(order: Order) -> Status:
    """Show what a new version changes, settle what is in doubt, write the folder.

    Raises:
        Problems: what the new version or the folder is at fault in; nothing is written then.
    """
    words = here()
    revised = works.prepared(Path(order.folder), Path(order.file), office.converter())
    print(shown(revised.changes, words), end="")
    print(_places(revised, words), end="")
    answers = _answers(order, revised, words)
    if answers is None:
        return Status.DONE
    followed = works.follow(revised, answers, relock=order.relock)
    _told(order, followed, words)
    return Status.DONE


def _places(revised: Revision, words: Words) -> str:
    """What will be cited anew, and the table of what is in doubt."""
    changed = [each for each in revised.suggested.places if each.changed]
    rows = [
        (f"{each.place.file}:{each.place.line}", f"{each.recited.old} → {each.new or words('revise.nothing')}")
        for each in changed
    ]
    parts = []
    if rows:
        parts.append(f"\n{words('revise.places', count=len(rows))}\n{table(rows[:MOST_PLACES])}")
    if len(rows) > MOST_PLACES:
        parts.append(f"  {words('revise.more', count=len(rows) - MOST_PLACES)}\n")
    if revised.questions:
        asked = [_question(each, words) for each in revised.questions]
        heads = [words(f"revise.head.{name}") for name in ("old", "confidence", "places", "new")]
        parts.append(f"\n{words('revise.questions', count=len(asked))}\n{columns([heads, *asked])}")
    return "".join(parts)


def _question(question: Question, words: Words) -> list[str]:
    if question.new:
        became = f"{question.new.citation}: {short(question.new)[:SHORT]}"
    elif question.heir:
        became = words("revise.lifted", heir=question.heir.citation)
    else:
        became = words("revise.gone")
    sure = f"{question.match.confidence:.0%}"
    return [question.old.citation, sure, str(len(question.places)), became]


def _answers(order: Order, revised: Revision, words: Words) -> dict[str, str] | None:
    """The answers to all questions; nothing when nothing is to be written now."""
    if order.review:
        return _reviewed(order, revised, words)
    suggested = works.suggestions(revised.questions)
    if order.yes:
        return suggested
    if not sys.stdin.isatty():
        return {} if revised.questions else suggested
    key = "revise.ask_all" if revised.questions else "revise.ask"
    said = input(words(key, folder=order.folder)).strip().lower()
    if said.startswith((words("import.yes"), "y")):
        return suggested
    print(
        words("revise.later", file=order.file, folder=order.folder) if revised.questions else words("import.cancelled")
    )
    return None


def _reviewed(order: Order, revised: Revision, words: Words) -> dict[str, str] | None:
    """Read the table of questions, or write it when it is not there yet."""
    data = shelf.read_own(Path(order.review))
    if data is not None:
        return works.answered(revised, data, order.review)
    if not revised.questions:
        return {}
    heads = [words(f"revise.sheet.{name}") for name in ("old", "old_words", "new", "new_words", "confidence", "places")]
    text = works.table(revised, heads, words("revise.sheet.gone", heir="{heir}"))
    shelf.write_own(Path(order.review), text.encode(), sheet.SIGN.encode())
    print(words("revise.sheet.written", sheet=order.review))
    return None


def _told(order: Order, followed: Followed, words: Words) -> None:
    print(words("revise.done", folder=order.folder, count=followed.rewritten))
    print(words("revise.kept", folder=followed.kept.as_posix()))
    if Path.cwd().is_relative_to(followed.kept):
        print(words("revise.inside", folder=order.folder))
    telling.tell(followed.warnings, words)
    print(words("import.next", folder=order.folder))
