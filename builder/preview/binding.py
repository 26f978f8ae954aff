"""An e-book comes in; its files go out as the browser reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.preview import laying
from builder.preview.nouns import Bound, Look

if TYPE_CHECKING:
    from builder.works.asked import Proof


def bound(proof: Proof, epub: bytes, number: int, language: str) -> Bound:
    """Make an e-book ready to be read in the browser."""
    del language
    name = laying.name_of(proof)
    return Bound(number, Look(proof.edition.name, proof.part), name, {}, epub)
