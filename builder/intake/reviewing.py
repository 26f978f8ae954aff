"""The pieces of a draft, and what a person wants of them → the programme that is written, and its rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from builder import problems
from builder.intake import decided, review, trial
from builder.intake.record import GUESSED
from builder.problems import Place, Problems

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from builder.intake.draft import Piece
    from builder.intake.record import Record
    from builder.intake.review import Review, Row
    from builder.intake.trial import Settled

_TRIED = {"INTAKE_NUMBERING", "INTAKE_AS_PRINTED", "NUM_SEQ"}  # said of the text as a whole, each time it is tried


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The programme as settled, its rows, and the fingerprint of the pieces before anything was decided."""

    settled: Settled
    rows: tuple[Row, ...]
    fingerprint: str


def settle(pieces: Sequence[Piece], record: Record, wanted: Review | None, figures: Mapping[str, bytes]) -> Reviewed:
    """Pieces of a draft → a programme that reads without an error, written as a review wants it where there is one.

    Raises:
        Problems: when the review is of another text, or wants what cannot be.
    """
    settled = trial.settle(pieces, record, figures)
    mark = review.fingerprint(settled.pieces)
    found = review.rows(settled.pieces, record.found)
    if wanted is None:
        return Reviewed(settled, found, mark)
    if wanted.fingerprint != mark:
        raise Problems([problems.review_other(Place(wanted.file), record.file)])
    done = decided.decided(settled.pieces, found, wanted, record)
    if not done.changed:
        return Reviewed(settled, found, mark)
    ended = {doubt for number in done.changed for doubt in found[number - 1].doubts if doubt.code in GUESSED}
    record.found[:] = [each for each in record.found if each.code not in _TRIED and each not in ended]
    settled = trial.settle(done.pieces, record, figures)
    decided.stop_when_undone(done, settled.pieces)
    record.add(problems.intake_decided, 0, len(done.changed))
    return Reviewed(settled, review.rows(settled.pieces, record.found), mark)
