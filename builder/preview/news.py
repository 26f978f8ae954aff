"""A browser listens; whenever something has changed, how it stands goes out to it (server-sent events, HTML 9.2)."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from starlette.responses import PlainTextResponse

from builder.preview import telling
from builder.preview.desk import Crowded

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

    from builder.preview.desk import Desk, Reader
    from builder.preview.nouns import Look
    from builder.preview.words import Words

PULSE = 15.0
"""Seconds after which something is said in any case, so that a reader who has gone is noticed."""
BREATH = 0.1
"""Seconds between two pieces of news of how far the work is; what was made is told at once."""
HEAD = [(b"content-type", b"text/event-stream"), (b"cache-control", b"no-store")]


class News:
    """Tells one browser how it stands with the book it looks at, till it goes away or the preview ends."""

    def __init__(self, desk: Desk, words: Words, look: Look, *, ebook: bool) -> None:
        self.desk = desk
        self.words = words
        self.look = look
        self.ebook = ebook

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer."""
        bell = _Bell()
        try:
            with self.desk.reading(self.look, ebook=self.ebook, wake=bell.ring) as reader:
                await send({"type": "http.response.start", "status": 200, "headers": HEAD})
                gone = asyncio.ensure_future(_until_gone(receive))
                try:
                    await self._tell(reader, bell, gone, send)
                finally:
                    gone.cancel()
        except Crowded:
            await PlainTextResponse(f"{self.words('crowded')}\n", 503)(scope, receive, send)

    async def _tell(self, reader: Reader, bell: _Bell, gone: asyncio.Future[None], send: Send) -> None:
        told = ""
        while not gone.done() and not self.desk.closed:
            bell.clear()
            now = json.dumps(telling.standing(*self.desk.standing(reader.look), self.words), ensure_ascii=False)
            said = f"data: {now}\n\n" if now != told else ":\n\n"
            await send({"type": "http.response.body", "body": said.encode(), "more_body": True})
            told = now
            await _first(bell.loud, gone, seconds=BREATH)
            await _first(bell.soft, gone, seconds=PULSE)
        await send({"type": "http.response.body", "body": b"", "more_body": False})


class _Bell:
    """Rung from any thread, softly or loudly; loudly is softly too."""

    def __init__(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.soft, self.loud = asyncio.Event(), asyncio.Event()

    def ring(self, *, loudly: bool) -> None:
        with suppress(RuntimeError):  # the loop has ended
            self.loop.call_soon_threadsafe(self._set, loudly)

    def _set(self, loudly: bool) -> None:  # noqa: FBT001 - a loop calls with plain arguments only
        self.soft.set()
        if loudly:
            self.loud.set()

    def clear(self) -> None:
        self.soft.clear()
        self.loud.clear()


async def _first(event: asyncio.Event, gone: asyncio.Future[None], *, seconds: float) -> None:
    """Wait for the first of two things, so many seconds at most."""
    waiting: asyncio.Future[Any] = asyncio.ensure_future(event.wait())
    try:
        await asyncio.wait({waiting, gone}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    finally:
        waiting.cancel()


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
