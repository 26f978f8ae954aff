"""Publication × Layout × Edition × medium → Composition, leaf by leaf."""

from builder.composition import shop
from builder.composition.compose import compose, letters_missing
from builder.composition.metadata import metadata_of
from builder.composition.nouns import Composition, Entry, Leaf, Medium, Metadata, Start
from builder.composition.picture import SIGN, picture

__all__ = [
    "SIGN",
    "Composition",
    "Entry",
    "Leaf",
    "Medium",
    "Metadata",
    "Start",
    "compose",
    "letters_missing",
    "metadata_of",
    "picture",
    "shop",
]
