"""Publication × Layout × Edition × medium → Composition, leaf by leaf."""

from builder.composition import shop
from builder.composition.compose import compose, letters_missing
from builder.composition.jacket import jacket, said
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
    "jacket",
    "letters_missing",
    "metadata_of",
    "picture",
    "said",
    "shop",
]
