"""Pages are asked for by what they look like; their pictures go out, drawn once for all who ask."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool

from builder import press

if TYPE_CHECKING:
    from builder.preview.desk import Desk

MOST_BYTES = 64_000_000


class Pictures:
    """Draws pages, and keeps what was drawn last."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.kept: OrderedDict[tuple[str, int], bytes] = OrderedDict()
        self.held = 0
        self.drawing = asyncio.Lock()  # one at a time anyway, and in the order in which they were asked for

    async def picture(self, mark: str, width: int) -> bytes | None:
        """Return a PNG of a page, so many pixels across; nothing when no page looks like that any more."""
        key = mark, width
        async with self.drawing:
            if key in self.kept:
                self.kept.move_to_end(key)
                return self.kept[key]
            found = self.desk.page(mark)
            if found is None:
                return None
            laid, number = found
            drawn = await run_in_threadpool(press.pull, laid.pdf, number, width)
            self._keep(key, drawn)
            return drawn

    async def words(self, mark: str) -> str | None:
        """Return the words of a page; nothing when no page looks like that any more."""
        found = self.desk.page(mark)
        if found is None:
            return None
        laid, number = found
        return await run_in_threadpool(press.words_on, laid.pdf, number)

    def _keep(self, key: tuple[str, int], drawn: bytes) -> None:
        self.kept[key] = drawn
        self.held += len(drawn)
        while self.held > MOST_BYTES:
            _, gone = self.kept.popitem(last=False)
            self.held -= len(gone)
