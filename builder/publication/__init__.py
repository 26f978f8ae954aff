"""The nouns of a publication, all frozen: what a manuscript reads into and every later stage takes.

Nothing here reads, writes or decides; text is NFC, figures are bytes, places point back to the source line.
"""

from __future__ import annotations

from dataclasses import dataclass

from builder.publication.index import *
from builder.publication.program import *
from builder.publication.rewriting import *
from builder.publication.roles import *
from builder.publication.settings import *
from builder.publication.text import *


@dataclass(frozen=True, slots=True)
class Publication:
    """Everything a source folder says."""

    slug: str
    settings: Settings
    program: Program
    notes: tuple[Note, ...] = ()
    sessions: tuple[Session, ...] = ()
    front: tuple[Matter, ...] = ()
    back: tuple[Matter, ...] = ()
    terms: tuple[Term, ...] = ()
    index: tuple[IndexTerm, ...] = ()
