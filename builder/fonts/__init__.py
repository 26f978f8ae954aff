"""The roles of ``fonts/roles.toml`` and the letters of a text come in; cast static faces go out, and what they measure.

A *role* says which family sets what; a *cut* is one weight and style of a family and the file it lies in; a *face*
is a cut made static and cut down to the letters a book may need. ``cuts`` reads roles and finds files, ``casting``
makes faces, ``measuring`` measures them, ``outlines`` draws their letters.
"""

from builder.fonts.casting import LETTERS, Face, cast, cut_to_glyphs, missing, stylesheet
from builder.fonts.cuts import REGULAR, Cut, Roles, fingerprint, roles
from builder.fonts.measuring import (
    Floors,
    Measures,
    Shaped,
    figure_widths,
    floors,
    measure,
    measures,
    shape,
)
from builder.fonts.outlines import outlined

__all__ = [
    "LETTERS",
    "REGULAR",
    "Cut",
    "Face",
    "Floors",
    "Measures",
    "Roles",
    "Shaped",
    "cast",
    "cut_to_glyphs",
    "figure_widths",
    "fingerprint",
    "floors",
    "measure",
    "measures",
    "missing",
    "outlined",
    "roles",
    "shape",
    "stylesheet",
]
