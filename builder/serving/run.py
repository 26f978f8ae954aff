"""An application comes in; it is served at a port of this machine until somebody ends it."""

from __future__ import annotations

import asyncio
import errno
import socket
from contextlib import suppress
from typing import TYPE_CHECKING

import h11
import uvicorn

from builder import problems
from builder.problems import Place, Problems
from builder.serving.connection import Connection, kept
from builder.serving.nouns import Limits, Standing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from starlette.types import ASGIApp, Receive, Scope, Send

AT_A_TIME = 32  # connections that the system hands over in one go, before any of them can be refused
QUEUE = 1024  # those that wait for it meanwhile
GRACE = 0.3  # seconds between hanging up and ending what has not noticed


def run(
    app: ASGIApp,
    *,
    host: str,
    ports: Iterable[int],
    started: Callable[[Standing], None],
    limits: Limits | None = None,
) -> None:
    """Serve an application until Ctrl-C or until it is told to stop: answers under way are finished, then it ends.

    Args:
        app: what answers (``guarded``).
        host: the address of this machine to listen at (``127.0.0.1``; ``0.0.0.0``: all).
        ports: the ports to try, in order (0: any that is free).
        started: called once with what stands, when requests are answered.
        limits: how much anybody gets.

    Raises:
        Problems: ``PORT_TAKEN``, ``PORT_REFUSED``: of the last port tried.
    """
    limits = limits or Limits()
    with _listening(host, tuple(ports)) as listener, suppress(KeyboardInterrupt):
        _Server(app, listener, limits, started).run([listener])


class _Server(uvicorn.Server):
    """uvicorn's server, which tells when it stands and lets nobody hold up its end."""

    def __init__(
        self, app: ASGIApp, listener: socket.socket, limits: Limits, started: Callable[[Standing], None]
    ) -> None:
        config = uvicorn.Config(
            _cut_where_a_file_breaks_off(app),
            http=kept(limits),
            loop="asyncio",
            ws="none",
            interface="asgi3",
            lifespan="auto",
            log_config=None,
            log_level="error",
            access_log=False,
            proxy_headers=False,
            server_header=False,
            workers=1,
            backlog=AT_A_TIME,
        )
        super().__init__(config)
        self.tell = started
        self.limits = limits
        self.listener = listener

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin, and tell of it."""
        asyncio.get_running_loop().set_exception_handler(_without_the_networks_troubles)
        await super().startup(sockets)
        self.listener.listen(QUEUE)
        if self.started:
            self.tell(Standing(int(self.listener.getsockname()[1]), self.stop))

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End: answers under way are finished, but not for ever."""
        asyncio.get_running_loop().call_later(self.limits.goodbye, self._hang_up)
        await super().shutdown(sockets)

    def stop(self) -> None:
        """End soon."""
        self.should_exit = True

    def _hang_up(self) -> None:
        for connection in tuple(self.server_state.connections):
            if isinstance(connection, Connection):
                connection.cut()
        asyncio.get_running_loop().call_later(GRACE, self._end_what_works)

    def _end_what_works(self) -> None:
        for task in tuple(self.server_state.tasks):
            task.cancel()


def _cut_where_a_file_breaks_off(app: ASGIApp) -> ASGIApp:
    """A file that goes away or becomes another under its reader: he is cut off, and knows that he has not all of it."""

    async def cutting(scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await app(scope, receive, send)
        except (OSError, h11.LocalProtocolError, asyncio.CancelledError):
            if scope["type"] != "http":
                raise
            scope["state"]["cut"]()
            while (await receive())["type"] != "http.disconnect":
                pass

    return cutting


def _without_the_networks_troubles(loop: asyncio.AbstractEventLoop, told: dict[str, object]) -> None:
    """Let pass what other machines do to a connection (Windows tells of it); all else is a bug and told of."""
    if not isinstance(told.get("exception"), OSError):
        loop.default_exception_handler(told)


def _listening(host: str, ports: tuple[int, ...]) -> socket.socket:
    """Take the first port that is free.

    Raises:
        Problems: ``PORT_TAKEN``, ``PORT_REFUSED``.
    """
    for port in ports[:-1]:
        with suppress(OSError):
            return _bound(host, port)
    place, port = Place(f"{host}:{ports[-1]}"), ports[-1]
    try:
        return _bound(host, port)
    except OSError as error:
        taken = error.errno == errno.EADDRINUSE
        raise Problems(
            [problems.port_taken(place, port) if taken else problems.port_refused(place, port, error)]
        ) from None


def _bound(host: str, port: int) -> socket.socket:
    """Bind a socket; on Windows, where ``SO_REUSEADDR`` would share a port with strangers, to the exclusion of others.

    Raises:
        OSError: the port is taken, or the system refuses it.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # The protocol is named: asyncio lets small answers go at once (TCP_NODELAY) only where it is.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        alone = getattr(socket, "SO_EXCLUSIVEADDRUSE", None)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR if alone is None else alone, 1)
        listener.bind((host, port))
    except OSError:
        listener.close()
        raise
    return listener
