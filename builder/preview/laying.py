"""A proof comes in; what the browser has to know of it goes out: pages, what stands on which, what else there is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from builder import press
from builder.preview.nouns import Choice, Entry, Laying, Look, Page
from builder.publication import EBOOKS, plain, walk
from builder.works.asked import FILES
from builder.works.ebooks import PRINTED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from builder.press import PageFacts, Printing
    from builder.publication import Clause, Edition, Publication, Session
    from builder.works.asked import Proof

LONGEST = 120
"""Characters of a clause without a title that tell it from the others."""


def laying(proof: Proof, number: int, faces: str) -> Laying:
    """Lay a proof out.

    Args:
        proof: what was set.
        number: of the laying.
        faces: what tells its faces from others of the same names.
    """
    publication, edition, printing = proof.publication, proof.edition, proof.printing
    choices = tuple(_choice(each, publication) for each in publication.settings.editions)
    head = Laying(number, Look(edition.name, proof.part), publication.settings.title, choices, name_of(proof))
    if printing is None:
        return head
    places = {label: place for place, label in enumerate(printing.labels)}
    spots = {anchor: places[str(folio)] for anchor, folio in printing.folios.items() if str(folio) in places}
    return replace(
        head,
        pages=tuple(_pages(printing, faces)),
        contents=tuple(_headings(printing.facts)),
        clauses=tuple(_clauses(publication.program.clauses, spots)),
        spots=spots,
        pdf=printing.pdf,
    )


def name_of(proof: Proof) -> str:
    """Return what its files are called, without what says their kind."""
    part = f"-{proof.part}" if proof.part else ""
    return f"{proof.publication.slug}-{proof.edition.name}{part}"


def named(name: str, kind: str) -> str:
    """Return the name of a file of a kind."""
    return f"{name}{FILES[kind]}"


def _choice(edition: Edition, publication: Publication) -> Choice:
    kinds = set(edition.outputs)
    sessions = publication.sessions if edition.per else ()
    parts = tuple((session.id, called(session)) for session in sessions)
    return Choice(edition.name, edition.trim.name, parts, bool(kinds & PRINTED), bool(kinds & set(EBOOKS)))


def called(session: Session) -> str:
    """Say which session it is: its number first, unless its writer put it there (``Buổi 1. …``)."""
    before, dot, _ = session.title.partition(".")
    return session.title if dot and before.endswith(f" {session.number}") else f"{session.number}. {session.title}"


def _pages(printing: Printing, faces: str) -> Iterator[Page]:
    sheets = press.sheets(printing.pdf, faces)
    for sheet, label, facts in zip(sheets, printing.labels, printing.facts, strict=True):
        head = next((heading.words for heading in facts.headings), facts.section or facts.part)
        yield Page(sheet.mark, label, sheet.width, sheet.height, facts.begins, head)


def _headings(facts: tuple[PageFacts, ...]) -> Iterator[Entry]:
    for number, page in enumerate(facts):
        for heading in page.headings:
            yield Entry(heading.level - 1, heading.words, heading.anchor, number)


def _clauses(clauses: tuple[Clause, ...], spots: Mapping[str, int]) -> Iterator[Entry]:
    for clause in walk(clauses):
        if clause.id in spots:
            words = plain(clause.title)
            yield Entry(0, words[:LONGEST], clause.id, spots[clause.id], clause.citation or clause.label)
