"""The nouns of what is set line by line: verse, the head and the foot of an official paper; all frozen.

Heads and feet are those of Decree 30/2020/NĐ-CP, Annex I (state), and of the Party's guidance on its papers.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from builder.publication.text import Inlines


@dataclass(frozen=True, slots=True)
class VerseLine:
    """One line of verse; ``indented`` as the lines of six syllables are in lục bát."""

    inlines: Inlines
    indented: bool = False


@dataclass(frozen=True, slots=True)
class Verse:
    """Lines of verse, stanza by stanza; ``attribution`` says whose they are."""

    stanzas: tuple[tuple[VerseLine, ...], ...]
    attribution: Inlines = ()


class Role(Enum):
    """What a line of an official paper's head or foot is there for; the value names it in markup."""

    PARENT = "parent"
    """The body above the one that issues the paper."""
    ORGAN = "organ"
    """The body that issues it."""
    STAR = "star"
    """The star under a Party body."""
    NUMBER = "number"
    """Number and sign."""
    ABOUT = "about"
    """What a letter is about: ``V/v …``."""
    NATION = "nation"
    """The name of the state (quốc hiệu)."""
    MOTTO = "motto"
    """The motto under it (tiêu ngữ)."""
    PARTY = "party"
    """The name of the Party, or of the Youth Union, in its place."""
    DATED = "dated"
    """Place and date."""
    DOCUMENT = "document"
    """The kind of paper."""
    SUBJECT = "subject"
    """What it is about (trích yếu)."""
    AUTHORITY = "authority"
    """Whose decision it is, under the subject; in whose name or place it is signed."""
    REMARK = "remark"
    """Words in brackets."""
    RECIPIENTS = "recipients"
    """The words ``Nơi nhận:``."""
    RECIPIENT = "recipient"
    """One of those who are sent the paper."""
    POST = "post"
    """The post of who signs."""
    SIGNED = "signed"
    """The words ``(Đã ký)``."""
    NAME = "name"
    """The name of who signs."""
    OTHER = "other"
    """Anything else, where its writer put it."""


@dataclass(frozen=True, slots=True)
class Part:
    """One line of a head or a foot, as it stands in the paper."""

    role: Role
    inlines: Inlines


@dataclass(frozen=True, slots=True)
class Head:
    """The head of an official paper: its left column, its right column, what is centred below both."""

    left: tuple[Part, ...]
    right: tuple[Part, ...]
    below: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Sign:
    """The foot of an official paper: to whom it goes, and a column for each who signs."""

    recipients: tuple[Part, ...]
    signers: tuple[tuple[Part, ...], ...]


def piece_lines(piece: Verse | Head | Sign) -> tuple[Inlines, ...]:
    """Return the lines of a piece in reading order."""
    match piece:
        case Verse(stanzas, attribution):
            verse = tuple(line.inlines for stanza in stanzas for line in stanza)
            return (*verse, attribution) if attribution else verse
        case Head(left, right, below):
            return tuple(part.inlines for part in (*left, *right, *below))
        case Sign(recipients, signers):
            return tuple(part.inlines for part in (*recipients, *(part for signer in signers for part in signer)))
