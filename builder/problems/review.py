"""A row of a review sheet, or a line that it decided on, comes in; what cannot be done there, or was done, goes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.problems.nouns import error, info, warning

if TYPE_CHECKING:
    from builder.problems.nouns import Place, Problem


def review_kind(place: Place, kind: str) -> Problem:
    """Report a review sheet that is to be of a kind this program does not write."""
    return error("REVIEW_KIND", place, kind=kind)


def review_broken(place: Place) -> Problem:
    """Report a file that is no sheet, or one that is damaged."""
    return error("REVIEW_BROKEN", place)


def review_big(place: Place, most: object) -> Problem:
    """Report a sheet that holds far more than one of ours can; ``most`` is in MB."""
    return error("REVIEW_BIG", place, most=most)


def review_long(place: Place, most: int) -> Problem:
    """Report a sheet with more rows than ``most``."""
    return error("REVIEW_LONG", place, most=most)


def review_columns(place: Place, missing: str) -> Problem:
    """Report columns that a sheet lacks."""
    return error("REVIEW_COLUMNS", place, missing=missing)


def review_other(place: Place, original: str) -> Problem:
    """Report a sheet that was made of another file, or of this one before it was changed."""
    return error("REVIEW_OTHER", place, original=original)


def review_row(place: Place, number: object) -> Problem:
    """Report a row whose number is none of the review's, or stands twice."""
    return error("REVIEW_ROW", place, number=number)


def review_gone(place: Place, numbers: str, count: int) -> Problem:
    """Report rows that were taken out of a sheet."""
    return error("REVIEW_GONE", place, numbers=numbers, count=count)


def review_level(place: Place, found: object, nearest: str) -> Problem:
    """Report a word in the column of levels that names none."""
    return error("REVIEW_LEVEL", place, found=found, nearest=nearest)


def review_label(place: Place, label: object, example: str) -> Problem:
    """Report a label that the level of its row does not have."""
    return error("REVIEW_LABEL", place, label=label, example=example)


def review_needless(place: Place, label: object) -> Problem:
    """Report a label that was written where the level has none."""
    return error("REVIEW_NEEDLESS", place, label=label)


def review_change(place: Place, words: object) -> Problem:
    """Report a change that what stands there (a table, a footnote …) does not allow."""
    return error("REVIEW_CHANGE", place, words=words)


def review_join(place: Place, words: object) -> Problem:
    """Report a piece that is to be joined where there is no running text above it."""
    return error("REVIEW_JOIN", place, words=words)


def review_unread(place: Place, words: object) -> Problem:
    """Report a change that leaves a piece the manuscript cannot read."""
    return error("REVIEW_UNREAD", place, words=words)


def review_empty(place: Place) -> Problem:
    """Report a sheet in which everything is left out."""
    return error("REVIEW_EMPTY", place)


def review_words(place: Place, words: object) -> Problem:
    """Report words that were changed in a sheet; they are not taken over."""
    return warning("REVIEW_WORDS", place, words=words)


def intake_decided(place: Place, count: int) -> Problem:
    """Report how many pieces were written as a review sheet wants them."""
    return info("INTAKE_DECIDED", place, count=count)


def intake_relabelled(place: Place, found: object, became: object) -> Problem:
    """Report a label that a review sheet put in the place of another, or of words."""
    return info("INTAKE_RELABELLED", place, found=found, became=became)


def intake_left_out(place: Place, words: object) -> Problem:
    """Report a piece that was left out because a review sheet says so."""
    return warning("INTAKE_LEFT_OUT", place, words=words)
