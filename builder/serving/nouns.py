"""The nouns of serving: how much anybody gets of this machine, and what is told of once it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Limits:
    """How much anybody gets, in seconds, numbers and bytes.

    Attributes:
        head: seconds in which a request must have been said, from its first byte (or from the connection) on.
        idle: seconds that a connection stays open between two requests.
        stalled: seconds in which a reader must take what was put before him: never more than 128 KiB, so that one who
            takes fewer than about four thousand bytes a second is taken for gone.
        goodbye: seconds that answers under way have to be finished in when serving ends.
        connections: at the same time; each may have a file open besides.
        per_client: of them, from one address.
        head_bytes: of a request, all its headers together.
        target_bytes: of the path and the query of a request.
        headers: how many a request may have.
    """

    head: float = 10.0
    idle: float = 15.0
    stalled: float = 30.0
    goodbye: float = 1.0
    connections: int = 120
    per_client: int = 32
    head_bytes: int = 16_384
    target_bytes: int = 2_048
    headers: int = 64


@dataclass(frozen=True, slots=True)
class Standing:
    """What is served stands: at this port, until ``stop`` is called, from whatever thread."""

    port: int
    stop: Callable[[], None]
