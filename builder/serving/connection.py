"""A connection comes in; it is answered as long as it keeps the time, and ended when it does not."""

from __future__ import annotations

import struct
import sys
from contextlib import suppress
from http import HTTPStatus
from socket import SO_LINGER, SO_SNDBUF, SOL_SOCKET
from typing import TYPE_CHECKING

from uvicorn.protocols.http.h11_impl import H11Protocol

from builder.serving.reading import Reading

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable

    from uvicorn.config import Config
    from uvicorn.server import ServerState

    from builder.serving.nouns import Limits

LINGER = 1.0  # seconds in which the rest of what was refused is let run in, so that the refusal is read
AT_ONCE = struct.pack("hh" if sys.platform == "win32" else "ii", 1, 0)  # struct linger: on, for no time
KERNEL_BUFFER = 131_072  # bytes the system holds for a reader; left to itself it holds megabytes, and hides a stall


def kept(limits: Limits) -> type[Connection]:
    """Return connections that keep these limits."""
    return type("Kept", (Connection,), {"limits": limits})


class Connection(H11Protocol):
    """uvicorn's connection, with a time for everything: uvicorn's own knows only the time between two requests.

    One clock runs until the request has been said, and until the next one begins, none while the application works;
    another runs while more lies before the reader than he has taken.
    """

    limits: Limits

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, object],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, {**app_state, "cut": self.cut}, _loop)
        self.reading = Reading(self.limits)
        self.conn = self.reading
        self.clock: asyncio.TimerHandle | None = None
        self.patience: asyncio.TimerHandle | None = None
        self.saying = False  # a request has begun and is not whole
        self.refused = False
        self.turned_away = False  # there were too many: it is gone in a moment and takes no room

    # --- what comes in ----------------------------------------------------------------------------

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin, or say that there are too many."""
        super().connection_made(transport)
        self._set(SO_SNDBUF, KERNEL_BUFFER)
        self._expect_a_request()
        if not self._finds_room():
            self.refused = self.turned_away = True
            transport.write(_short(HTTPStatus.SERVICE_UNAVAILABLE))
            transport.close()

    def data_received(self, data: bytes) -> None:
        """Read on; what comes after a refusal is let run by."""
        if self.refused:
            return
        if not (self.saying or self.is_answering):
            self._expect_a_request()
        super().data_received(data)

    def handle_events(self) -> None:
        """Hand on the requests that are whole."""
        before = self.cycle
        super().handle_events()
        if self.cycle is not before and not self.refused:
            self.saying = False
            self._stop_the_clock()

    def send_400_response(self, msg: str) -> None:
        """Refuse what was said, for the reason that was seen."""
        del msg
        self.refuse(self.reading.fault)

    def connection_lost(self, exc: Exception | None) -> None:
        """End."""
        self._stop_the_clock()
        self._stop_waiting()
        self._unset_keepalive_if_required()
        super().connection_lost(exc)

    # --- what goes out ----------------------------------------------------------------------------

    def pause_writing(self) -> None:
        """Give the reader a time in which to take what lies before him."""
        super().pause_writing()
        self.patience = self.loop.call_later(self.limits.stalled, self._drop)

    def resume_writing(self) -> None:
        """Go on: he has taken it."""
        self._stop_waiting()
        super().resume_writing()

    def on_response_complete(self) -> None:
        """Wait for the next request, for a while."""
        self._within(self.limits.idle, self._close)
        super().on_response_complete()
        self._unset_keepalive_if_required()

    def refuse(self, status: HTTPStatus) -> None:
        """Say a status and hang up, the rest of what is being said let run in for a moment (RFC 9112, 9.6)."""
        if self.is_answering:
            self.cut()
        elif not self.transport.is_closing():
            self.refused = True
            self.transport.write(_short(status))
            if self.transport.can_write_eof():
                self.transport.write_eof()
            self._within(LINGER, self.cut)

    def cut(self) -> None:
        """Hang up at once, whatever was still to be said."""
        self.transport.abort()

    def _drop(self) -> None:
        """Hang up on one who takes nothing: what the system holds for him is thrown away, not kept till he does."""
        self._set(SO_LINGER, AT_ONCE)
        self.cut()

    def _set(self, option: int, value: int | bytes) -> None:
        with suppress(OSError):  # the other side has gone already
            if endpoint := self.transport.get_extra_info("socket"):
                endpoint.setsockopt(SOL_SOCKET, option, value)

    # --- the clock --------------------------------------------------------------------------------

    @property
    def is_answering(self) -> bool:
        """Tell whether an answer is under way."""
        return self.cycle is not None and not self.cycle.response_complete

    def _expect_a_request(self) -> None:
        self.saying = True
        self._within(self.limits.head, self.cut)

    def _close(self) -> None:
        self.transport.close()  # which waits for a reader, who gets no more time than any other
        self._within(self.limits.stalled, self._drop)

    def _within(self, seconds: float, otherwise: Callable[[], None]) -> None:
        self._stop_the_clock()
        self.clock = self.loop.call_later(seconds, otherwise)

    def _stop_the_clock(self) -> None:
        if self.clock is not None:
            self.clock.cancel()
            self.clock = None

    def _stop_waiting(self) -> None:
        if self.patience is not None:
            self.patience.cancel()
            self.patience = None

    # --- how many ---------------------------------------------------------------------------------

    def _finds_room(self) -> bool:
        """Tell whether there is room, among those of the same address and among all.

        One that waits for its next request gives way: a browser opens another when it needs one.
        """
        others = [each for each in self.connections if isinstance(each, Connection) and not each.turned_away]
        others.remove(self)
        own = [each for each in others if each.address == self.address]
        return _has_room(own, self.limits.per_client) and _has_room(others, self.limits.connections)

    @property
    def address(self) -> str:
        """Of whoever connected."""
        return self.client[0] if self.client else ""

    @property
    def is_waiting(self) -> bool:
        """Tell whether it is between two requests."""
        return not (self.saying or self.is_answering or self.transport.is_closing())


def _has_room(connections: list[Connection], most: int) -> bool:
    if len(connections) < most:
        return True
    waiting = next((each for each in connections if each.is_waiting), None)
    if waiting is not None:
        waiting.cut()
    return waiting is not None


def _short(status: HTTPStatus) -> bytes:
    said = f"{status} {status.phrase}"
    head = "Content-Type: text/plain; charset=utf-8\r\nX-Content-Type-Options: nosniff\r\nConnection: close"
    return f"HTTP/1.1 {said}\r\n{head}\r\nContent-Length: {len(said) + 1}\r\n\r\n{said}\n".encode("ascii")
