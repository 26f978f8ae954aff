"""A PDF of single pages comes in; sheets to print on both sides, fold and staple go out.

``plan`` knows no PDF: it is the arithmetic of folding. ``place`` knows no arithmetic: it puts pages
where the plan says. ``check`` reads the sheets back and compares them with the pages. ``sheet`` holds
paper sizes and the two ways a printer turns the paper; ``source`` is the only part that reads a file.
"""

from builder.imposition.check import Half, Mismatch, check
from builder.imposition.place import DoesNotFit, Imposed, impose
from builder.imposition.plan import Sheet, Side, plan, reading
from builder.imposition.sheet import A3, A4, SRA3, Flip, SheetSize, UnknownSheet, sheet_size
from builder.imposition.source import Encrypted, NotAPdf, read

__all__ = [
    "A3",
    "A4",
    "SRA3",
    "DoesNotFit",
    "Encrypted",
    "Flip",
    "Half",
    "Imposed",
    "Mismatch",
    "NotAPdf",
    "Sheet",
    "SheetSize",
    "Side",
    "UnknownSheet",
    "check",
    "impose",
    "plan",
    "read",
    "reading",
    "sheet_size",
]
