"""A place comes in; the ``Problem`` of numbering copies of an e-book, or of judging one, goes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.problems.nouns import error, warning

if TYPE_CHECKING:
    from builder.problems.nouns import Place, Problem


def numbered_large(place: Place, count: int, size: int, most: int) -> Problem:
    """Report copies that would take more room than is made at once (sizes in megabytes)."""
    return error("NUMBERED_LARGE", place, count=count, size=size, most=most)


def numbered_key(place: Place) -> Problem:
    """Report a secret that cannot be understood: another one would make all copies given out unknown."""
    return error("NUMBERED_KEY", place)


def numbered_list(place: Place) -> Problem:
    """Report a list of numbered editions that cannot be understood: without it true copies would be called false."""
    return error("NUMBERED_LIST", place)


def numbered_no_key(place: Place) -> Problem:
    """Report a copy to be judged where no copy was ever numbered."""
    return error("NUMBERED_NO_KEY", place)


def numbered_register(place: Place) -> Problem:
    """Report a register that cannot be understood, and was left alone."""
    return warning("NUMBERED_REGISTER", place)


def numbered_unreadable(place: Place) -> Problem:
    """Report a copy to be judged that is no EPUB."""
    return error("NUMBERED_UNREADABLE", place)


def numbered_not(place: Place) -> Problem:
    """Report a file or a line without a number and a code."""
    return error("NUMBERED_NOT", place)


def numbered_false(place: Place, mark: str) -> Problem:
    """Report a code that this house has never given."""
    return error("NUMBERED_FALSE", place, mark=mark)


def numbered_anothers(place: Place, number: int, other: int) -> Problem:
    """Report a number with the code of another copy."""
    return error("NUMBERED_ANOTHERS", place, number=number, other=other)


def numbered_altered(place: Place, number: int) -> Problem:
    """Report a copy whose page says otherwise than its package."""
    return error("NUMBERED_ALTERED", place, number=number)
