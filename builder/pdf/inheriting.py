"""The resources of a drawing come in; whether they lead to one that goes on in the colour space around it goes out.

A form, or a glyph that is drawn, may set the numbers of a colour without having chosen a space (ISO 32000-1, 8.10.1:
it begins with the graphics state of who shows it). Whoever shows it must keep the space those numbers are meant for.
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from builder.pdf import objects
from builder.pdf.content import takes_over

if TYPE_CHECKING:
    from collections.abc import Iterator

    Key = tuple[str, int, int]
    Node = tuple[Key, object]


class Inheriting:
    """Goes from resources to all they show, and remembers what it found: every object is looked at once."""

    def __init__(self) -> None:
        self.known: dict[Key, bool] = {}
        self._numbers = count(1)

    def leads(self, resources: object) -> bool:
        """Tell whether resources lead to a drawing that goes on in the space of who shows it."""
        start = self._key("resources", resources)
        if start not in self.known:
            above, found = self._explored(start, resources)
            leading: set[Key] = set()
            while found:
                key = found.pop()
                if key not in leading:
                    leading.add(key)
                    found += above[key]
            self.known |= {key: key in leading for key in above}
        return self.known[start]

    def _explored(self, start: Key, resources: object) -> tuple[dict[Key, list[Key]], list[Key]]:
        """Return all that is new, with what leads to each; and the drawings that were looked for among it."""
        above: dict[Key, list[Key]] = {start: []}
        found: list[Key] = []
        todo: list[Node] = [(start, resources)]
        while todo:
            key, value = todo.pop()
            if key[0] in ("form", "glyph") and takes_over(objects.data(value) or b""):
                found.append(key)
            for below, each in self._below(key[0], value):
                if below in self.known:
                    found += [key] * self.known[below]
                    continue
                if below not in above:
                    above[below] = []
                    todo.append((below, each))
                above[below].append(key)
        return above, found

    def _key(self, role: str, value: object) -> Key:
        number, generation = objects.identity(value)
        return (role, number, generation) if number else (role, 0, next(self._numbers))

    def _below(self, role: str, value: object) -> Iterator[Node]:
        """Yield what an object leads to, by what it is there for."""
        for named, each in _parts(role, value):
            yield self._key(named, each), each


def _parts(role: str, value: object) -> Iterator[tuple[str, object]]:
    match role:
        case "resources":
            yield "forms", objects.get(value, "/XObject")
            yield "fonts", objects.get(value, "/Font")
        case "forms" | "fonts":
            wanted = "Form" if role == "forms" else "Type3"
            for _, each in objects.entries(value):
                if objects.name(objects.get(each, "/Subtype")) == wanted:
                    yield role[:-1], each
        case "form" | "font":
            yield "resources", objects.get(value, "/Resources")
            for _, glyph in objects.entries(objects.get(value, "/CharProcs")):
                yield "glyph", glyph
