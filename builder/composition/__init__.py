"""Publication × Layout × Edition × medium → Composition, leaf by leaf."""

from builder.composition.compose import compose, letters_missing
from builder.composition.nouns import Composition, Entry, Leaf, Medium, Metadata, Start

__all__ = ["Composition", "Entry", "Leaf", "Medium", "Metadata", "Start", "compose", "letters_missing"]
