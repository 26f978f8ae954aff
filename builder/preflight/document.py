"""Nothing comes in; a PDF under the loupe goes out as a noun, with the standards it says it keeps."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pikepdf import Pdf

    from builder.pdf import Measures
    from builder.preflight.nouns import Purpose


@dataclass(frozen=True, slots=True)
class Claim:
    """A standard a file says it keeps: family, ``PDF/A``, and which of it, ``2a``."""

    family: str
    level: str

    def __str__(self) -> str:
        """Write it as people do."""
        return f"{self.family}-{self.level}" if self.level else self.family


@dataclass(frozen=True, slots=True)
class Document:
    """A PDF under the loupe: its file's name, its pages with their measures, what it is for and claims."""

    file: str
    pdf: Pdf
    pages: tuple[object, ...]
    measures: tuple[Measures, ...]
    purpose: Purpose
    claims: tuple[Claim, ...] = field(default=())

    @property
    def root(self) -> object:
        """The catalogue."""
        return self.pdf.Root

    def claims_of(self, family: str) -> tuple[Claim, ...]:
        """Return the standards of a family the file says it keeps: ``PDF/X``."""
        return tuple(claim for claim in self.claims if claim.family == family)
