"""A way to look at a text comes in; the mends of every round of looking go out, as if made at once.

One mend may lay the next open: ``a ,"b`` becomes ``a ,“b`` and only then ``a, “b``. So the text is looked at again
until nothing is left, and what came of each character is remembered.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from builder.vietnamese.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

MOST_ROUNDS: Final = 16
"""Rules that undid each other would never end; none is known to need more than five."""

_PUT_IN: Final = -1


def at_once(text: str, look: Callable[[str], Iterable[Finding]]) -> tuple[Finding, ...]:
    """Find all that has to be mended so that a second look finds nothing.

    Args:
        text: what is looked at first.
        look: finds what is wrong; what has no mend is left out.

    Returns:
        The mends, in order, places in ``text``; none touches a character that stays. Each has the code of the first
        mend at its place.
    """
    galley = _Galley(text)
    for _ in range(MOST_ROUNDS):
        mends = [finding for finding in look(galley.text) if finding.became is not None]
        if not mends:
            break
        galley.mend(mends)
    return tuple(galley.edits())


class _Galley:
    """A text on its way: where each character of it stood at first, or that it was put in."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._first = text
        self._origins = [*range(len(text))]
        self._codes: dict[int, str] = {}  # by where what was mended, and what follows it, stood at first

    def mend(self, mends: list[Finding]) -> None:
        """Put mends in; of two that overlap, the first stands."""
        text: list[str] = []
        origins: list[int] = []
        done = 0
        for mend in sorted(mends, key=lambda each: (each.start, each.end)):
            if mend.start < done:
                continue
            text += self.text[done : mend.start], mend.became or ""
            origins += self._origins[done : mend.start]
            origins += self._kept(mend)
            for place in range(self._origin_from(mend.start), self._origin_from(mend.end) + 1):
                self._codes.setdefault(place, mend.code)
            done = mend.end
        text.append(self.text[done:])
        origins += self._origins[done:]
        self.text, self._origins = "".join(text), origins

    def edits(self) -> Iterator[Finding]:
        """Tell what came of the text at first."""
        put_in: list[str] = []
        done = 0
        for character, origin in (*zip(self.text, self._origins, strict=True), ("", len(self._first))):
            if origin == _PUT_IN:
                put_in.append(character)
                continue
            if "".join(put_in) != self._first[done:origin]:
                yield Finding(self._code(done, origin), done, origin, "".join(put_in))
            put_in = []
            done = origin + 1

    def _kept(self, mend: Finding) -> Iterator[int]:
        """Tell for each character that a mend puts down which one it is, if it stood there before."""
        place = mend.start
        for character in mend.became or "":
            found = self.text.find(character, place, mend.end)
            place = max(place, found + 1)
            yield _PUT_IN if found < 0 else self._origins[found]

    def _origin_from(self, at: int) -> int:
        """Tell where the first character from a place on that was not put in stood."""
        found = (self._origins[place] for place in range(at, len(self._origins)))
        return next((origin for origin in found if origin != _PUT_IN), len(self._first))

    def _code(self, start: int, end: int) -> str:
        return next(self._codes[place] for place in range(start, end + 1) if place in self._codes)
