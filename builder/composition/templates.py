"""A layout's templates come in; one of them goes out filled with its nouns."""

from __future__ import annotations

from typing import TYPE_CHECKING

import jinja2

from builder import problems
from builder.publication import digest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from builder.layout import Layout


def environment(layout: Layout) -> jinja2.Environment:
    """Take the templates of a layout: words are escaped, and a name that is not known is an error."""
    taken = jinja2.Environment(
        loader=jinja2.DictLoader(dict(layout.templates)),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    taken.filters |= {"digest": digest.lines, "number_runs": digest.runs}
    return taken


def rendered(taken: jinja2.Environment, layout: Layout, template: str, nouns: Mapping[str, object]) -> str:
    """Fill a template of a layout, by its file name.

    Raises:
        Problems: ``LAYOUT_BROKEN``.
    """
    try:
        return taken.get_template(template).render(nouns)
    except jinja2.TemplateError as error:
        place = problems.Place(f"layouts/{layout.name}/leaves/{template}")
        raise problems.Problems([problems.layout_broken(place, str(error))]) from error
