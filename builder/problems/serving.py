"""An address of this machine comes in; the ``Problem`` of serving something at it goes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.problems.nouns import error

if TYPE_CHECKING:
    from builder.problems.nouns import Place, Problem


def port_taken(place: Place, port: int) -> Problem:
    """Report a port at which another program listens."""
    return error("PORT_TAKEN", place, port=port)


def port_refused(place: Place, port: int, refused: OSError) -> Problem:
    """Report a port that the system does not give; its reason is the system's, in English."""
    return error("PORT_REFUSED", place, port=port, refusal=refused.strerror or type(refused).__name__)


def network_missing(place: Place) -> Problem:
    """Report a machine that is on no network on which others could reach it."""
    return error("NETWORK_MISSING", place)


def display_empty(place: Place) -> Problem:
    """Report a shelf on which all is for members alone, and nobody agreed to show that to a network."""
    return error("DISPLAY_EMPTY", place)
