"""In what a source folder differs from what was read anew comes in; what a person or a machine is told goes out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from builder.cli.frame import filled, width

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from builder.cli.words import Words
    from builder.works.reimport import Changed, Differences

SHOWN = 40  # lines of one file
FILES = 20  # names in a row
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def told(folder: str, found: Differences, words: Words, *, everything: bool) -> Iterator[str]:
    """Say whether a folder holds what was read, and if not, in what it differs and what to do."""
    if found.same:
        yield filled(words("import.again.same", folder=folder))
    else:
        yield filled(words("import.again.differs", folder=folder))
    for each in found.changed:
        yield _changed(folder, each, words, everything=everything)
    if found.changed:
        yield ""
    for key, names in (("only_there", found.only_there), ("only_new", found.only_new)):
        if names:
            yield filled(words(f"import.again.{key}", files=_names(names, everything=everything)))
    if not found.same:
        yield filled(words("import.again.what"))


def _changed(folder: str, each: Changed, words: Words, *, everything: bool) -> str:
    """A file's differences under its two names, cut when they are many."""
    name = f"{folder.rstrip('/')}/{each.name}"
    heads = [f"--- {name} ({words('import.again.there')})", f"+++ {name} ({words('import.again.new')})"]
    if each.why:
        return "\n".join(["", *heads, filled(words(f"import.again.{each.why.value}"))])
    shown = each.lines if everything else each.lines[:SHOWN]
    lines = [*heads, *(_line(line, everything=everything) for line in shown)]
    if len(shown) < len(each.lines):
        lines += [words("import.again.more", count=len(each.lines) - len(shown)), words("import.all")]
    return "\n".join(["", *lines])


def _line(line: str, *, everything: bool) -> str:
    """A line of a difference; nothing in it commands the terminal, and what did not change is cut to its width."""
    bare = _CONTROL.sub("\N{REPLACEMENT CHARACTER}", line)
    return bare if everything or not bare.startswith(" ") or len(bare) <= width() else f"{bare[: width() - 1]}…"


def _names(names: Sequence[str], *, everything: bool) -> str:
    shown = names if everything else names[:FILES]
    bare = ", ".join(_CONTROL.sub("\N{REPLACEMENT CHARACTER}", name) for name in shown)
    return bare + (", …" if len(shown) < len(names) else "")


def plain(found: Differences) -> dict[str, object]:
    """Write differences for a machine: every line of them."""
    changed = [
        {"path": each.name, "why": each.why.value if each.why else "", "diff": list(each.lines)}
        for each in found.changed
    ]
    return {"changed": changed, "only_there": list(found.only_there), "only_new": list(found.only_new)}
