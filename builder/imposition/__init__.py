"""A PDF of single pages comes in; sheets to print on both sides, fold and staple go out.

``plan`` knows no PDF: it is the arithmetic of folding. ``place`` knows no arithmetic: it puts pages
where the plan says. ``check`` reads the sheets back and compares them with the pages.
"""

from builder.imposition.check import Half, Mismatch, check
from builder.imposition.place import DoesNotFit, Imposed, impose
from builder.imposition.plan import Sheet, Side, plan, reading

__all__ = [
    "DoesNotFit",
    "Half",
    "Imposed",
    "Mismatch",
    "Sheet",
    "Side",
    "check",
    "impose",
    "plan",
    "reading",
]
