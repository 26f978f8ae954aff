"""Verse, and heads and feet of official papers, come in; their XHTML goes out, column after column, line after line.

Nothing in it is a table: columns are blocks that a layout puts side by side, so that they are read one after the other.
"""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from builder.publication import Head, Part, Role, Sign, Verse, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from builder.publication import Inlines, VerseLine

    Set = Callable[[Inlines], str]
    Identity = Callable[[], str]

SHORTEST = 10  # characters: what a poem of shorter lines is set as wide as
PARTY_FORMS = ("T/M", "K/T", "T/L")
NAMES = (Role.PARENT, Role.ORGAN, Role.STAR)


def markup(piece: Verse | Head | Sign, line: Set, identity: Identity, *, measured: bool = True) -> str:
    """Set a piece.

    Args:
        piece: what to set.
        line: sets the running text of a line.
        identity: gives the next block its id attribute.
        measured: say how long the longest line of a poem is, for it to stand in the middle of its measure.
    """
    match piece:
        case Verse():
            return _verse(piece, line, identity, measured=measured)
        case Head():
            return _head(piece, line, identity)
        case Sign():
            return _sign(piece, line, identity)


def credit(attribution: Inlines, line: Set) -> str:
    """Set whose words a quotation or a poem is."""
    return f'<p class="credit">{line(attribution)}</p>' if attribution else ""


def _verse(verse: Verse, line: Set, identity: Identity, *, measured: bool) -> str:
    """Set a poem; ``--longest`` is how many characters its longest line has."""
    lines = [each for stanza in verse.stanzas for each in stanza]
    longest = max((len(plain(each.inlines)) for each in lines), default=SHORTEST)
    width = f' style="--longest: {max(longest, SHORTEST)}"' if measured else ""
    opening = f'<div class="verse"{identity()}{width}>'
    stanzas = "".join(_stanza(stanza, line, identity) for stanza in verse.stanzas)
    return f"{opening}{stanzas}{credit(verse.attribution, line)}</div>"


def _stanza(stanza: Sequence[VerseLine], line: Set, identity: Identity) -> str:
    lines = "\n".join(
        f'<span class="{"verse-line indented" if each.indented else "verse-line"}">{line(each.inlines)}</span>'
        for each in stanza
    )
    return f'<p class="stanza"{identity()}>{lines}</p>'


def _head(head: Head, line: Set, identity: Identity) -> str:
    of_party = any(part.role is Role.PARTY for part in head.right)
    left = _parted(head.left, lambda part: part.role in NAMES)
    right = _parted(head.right, lambda part: part.role is not Role.DATED)
    columns = zip(("issuer", "numbered", "state", "placed"), (*left, *right), strict=True)
    beside = "".join(_column(name, parts, line) for name, parts in columns)
    kind = "paper-head of-party" if of_party else "paper-head"
    titled = _column("titled", head.below, line)
    return f'<div class="{kind}"{identity()}><div class="columns">{beside}</div>{titled}</div>'


def _parted(parts: Sequence[Part], belongs: Callable[[Part], bool]) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """Part a column into what stands at its head and what stands at its foot, level with that of the other column."""
    head = tuple(takewhile(belongs, parts))
    return head, tuple(parts[len(head) :])


def _sign(sign: Sign, line: Set, identity: Identity) -> str:
    parts = [part for signer in sign.signers for part in signer]
    of_party = any(plain(part.inlines).startswith(PARTY_FORMS) for part in parts)
    kinds = ["paper-foot", f"signers-{len(sign.signers)}", "sent-out" if sign.recipients else "", "of-party" * of_party]
    signers = "".join(_column("signer", signer, line) for signer in sign.signers)
    sent = _column("sent", sign.recipients, line)
    return f'<div class="{" ".join(filter(None, kinds))}"{identity()}>{sent}{signers}</div>'


def _column(name: str, parts: Iterable[Part], line: Set) -> str:
    lines = "".join(f'<p class="{part.role.value}"><span>{line(part.inlines)}</span></p>' for part in parts)
    return f'<div class="{name}">{lines}</div>' if lines else ""
