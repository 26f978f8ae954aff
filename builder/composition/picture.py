"""A ``Coverage`` comes in; a page that any browser shows and prints on one sheet of A4 goes out: clauses × what covers.

The page needs nothing else: no script, no picture, no font is fetched. Its look stands in the layout's template
``coverage-picture.html``, its words come from the reader's catalogue.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.composition import templates

if TYPE_CHECKING:
    from collections.abc import Mapping

    from builder.layout import Layout
    from builder.problems import Problem
    from builder.publication.coverage import Coverage

TEMPLATE = "coverage-picture.html"
SIGN = "<!DOCTYPE html>\n<!-- anpham check --coverage -->\n"
"""How such a page opens, so that it is known again."""


def picture(coverage: Coverage, layout: Layout, words: Mapping[str, str], gone: tuple[Problem, ...] = ()) -> str:
    """Draw which clauses commentary speaks of and which session reads them.

    Args:
        coverage: what is drawn.
        layout: whose template draws it.
        words: the words of the page, by the names the template gives them; ``language`` is their language.
        gone: problems of commentary and readings whose clause is gone.

    Raises:
        Problems: ``LAYOUT_BROKEN``.
    """
    lost = [(problem.place, dict(problem.values)) for problem in gone]
    nouns = {"coverage": coverage, "words": words, "gone": lost}
    return SIGN + templates.rendered(templates.environment(layout), layout, TEMPLATE, nouns)
