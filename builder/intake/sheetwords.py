"""A language comes in; the words of a review sheet in it go out, and what a word in any language means there."""

from __future__ import annotations

from functools import cache

from builder.intake.shapes import Shape
from builder.messages import LANGUAGES, table
from builder.vietnamese import slug


def shape(shape: Shape, language: str) -> str:
    """Name a shape, as ``điều`` or ``lời văn``."""
    return words(language)["shape"][shape.value]


def meant(said: str) -> Shape | None:
    """A word in either language, with or without its marks and what stands in brackets → the shape it names."""
    return _shapes().get(_key(said)) or _shapes().get(_key(said.partition("(")[0]))


def column(said: str) -> str:
    """The head of a column in either language → its name; empty for any other."""
    return _columns().get(_key(said)) or _columns().get(_key(said.partition("(")[0]), "")


def words(language: str) -> dict[str, dict[str, str]]:
    """Return the words of a sheet in ``vi`` or ``en``: tables ``column``, ``shape``, ``sheet``, ``guide``."""
    return table(language, "sheet")


def _key(said: str) -> str:
    return slug.slug(said)


@cache
def _shapes() -> dict[str, Shape]:
    """Every name of every shape; signs in brackets may be left out."""
    named = [(said, Shape(name)) for language in LANGUAGES for name, said in words(language)["shape"].items()]
    known = {_key(said): shape for said, shape in named} | {_key(shape.value): shape for shape in Shape}
    return {_key(said.partition("(")[0]): shape for said, shape in named} | known


@cache
def _columns() -> dict[str, str]:
    named = [(said, name) for language in LANGUAGES for name, said in words(language)["column"].items()]
    return {_key(part): name for said, name in named for part in (said, said.partition("(")[0])}
