"""A layout's templates come in; one of them goes out filled with its nouns."""

from __future__ import annotations

from typing import TYPE_CHECKING

import jinja2

from builder import problems
from builder.publication import digest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jinja2.bccache import Bucket

    from builder.layout import Layout


class _Translated(jinja2.BytecodeCache):
    """Templates translated to Python once in a process: a book has two media, a publication many editions."""

    def __init__(self) -> None:
        self._done: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill a bucket with what is known of its template."""
        if done := self._done.get(bucket.checksum + bucket.key):
            bucket.bytecode_from_string(done)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what a bucket holds."""
        self._done[bucket.checksum + bucket.key] = bucket.bytecode_to_string()


_TRANSLATED = _Translated()


def strict(sources: Mapping[str, str]) -> jinja2.Environment:
    """Take templates by their file names: words are escaped, and a name that is not known is an error."""
    return jinja2.Environment(
        loader=jinja2.DictLoader(dict(sources)),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        bytecode_cache=_TRANSLATED,
        auto_reload=False,  # they are in memory; asking three times a clause whether they changed takes time
        trim_blocks=True,
        lstrip_blocks=True,
    )


def environment(layout: Layout) -> jinja2.Environment:
    """Take the templates of a layout."""
    taken = strict(layout.templates)
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
