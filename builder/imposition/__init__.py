"""A PDF of single pages comes in; sheets to print on both sides, fold and staple go out.

``job`` says what is wanted. ``plan``, ``creep``, ``laying`` and ``marks`` know no PDF: they are the arithmetic of
folding and cutting. ``place`` and ``content`` know no arithmetic: they put pages where the plan says. ``check`` reads
the sheets back and compares them with the pages, ``gutter`` looks at the fold, ``edges`` for ink out of the printer's
reach.
"""

from builder.imposition.check import Half, Mismatch, check
from builder.imposition.checked import impose_and_check
from builder.imposition.content import Lettered, Lettering
from builder.imposition.gutter import Tight
from builder.imposition.job import CREEPS, FOLDED, MARKS, SCHEMES, Creep, Job, Slug
from builder.imposition.nouns import DoesNotFit, Face, Imposed, NoPaper, SheetFile, TooLong
from builder.imposition.place import impose
from builder.imposition.plan import Sheet, Side, plan, reading

__all__ = [
    "CREEPS",
    "FOLDED",
    "MARKS",
    "SCHEMES",
    "Creep",
    "DoesNotFit",
    "Face",
    "Half",
    "Imposed",
    "Job",
    "Lettered",
    "Lettering",
    "Mismatch",
    "NoPaper",
    "Sheet",
    "SheetFile",
    "Side",
    "Slug",
    "Tight",
    "TooLong",
    "check",
    "impose",
    "impose_and_check",
    "plan",
    "reading",
]
