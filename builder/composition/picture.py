"""A ``Coverage`` comes in; a page that any browser shows and prints on one sheet of A4 goes out: clauses × what covers.

The page needs nothing else: no script, no picture, no font is fetched. Its look stands in the layout's template
``coverage-picture.html``, its words come from the reader's catalogue.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import jinja2

from builder import problems
from builder.publication import digest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from builder.layout import Layout
    from builder.publication.coverage import Coverage

TEMPLATE = "coverage-picture.html"
SIGN = "<!DOCTYPE html>\n<!-- anpham check --coverage -->\n"
"""How such a page opens, so that it is known again."""


def picture(
    coverage: Coverage, layout: Layout, words: Mapping[str, str], gone: tuple[problems.Problem, ...] = ()
) -> str:
    """Draw which clauses commentary speaks of and which session reads them.

    Args:
        coverage: what is drawn.
        layout: whose template draws it.
        words: the words of the page, by the names the template gives them; ``language`` is their language.
        gone: problems of commentary and readings whose clause is gone.

    Raises:
        Problems: ``LAYOUT_BROKEN``.
    """
    environment = jinja2.Environment(
        loader=jinja2.DictLoader(dict(layout.templates)),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"digest": digest.lines, "number_runs": digest.runs}
    try:
        page = environment.get_template(TEMPLATE).render(
            coverage=coverage, words=words, gone=[(problem.place, dict(problem.values)) for problem in gone]
        )
    except jinja2.TemplateError as error:
        place = problems.Place(f"layouts/{layout.name}/leaves/{TEMPLATE}")
        raise problems.Problems([problems.layout_broken(place, str(error))]) from error
    return SIGN + page
