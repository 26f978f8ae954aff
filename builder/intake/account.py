"""The words of an original and the nouns made of it → what is missing and what was added: every word is accounted for.

Words are runs of letters and figures: marks of Markdown, tags, names of notes, punctuation and spaces are none.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, fields, is_dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from builder.publication import (
    Break,
    Code,
    CrossReference,
    Emphasis,
    Footnote,
    Foreign,
    Indexed,
    Link,
    Note,
    Strong,
    Text,
    plain,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from builder.intake.record import Record
    from builder.problems import Place

_TAGS = "b|strong|i|em|sup|sub|u|span|font|small"
_MARKS = re.compile(rf"[*\\`~^]|</?(?:{_TAGS})(?:\s[^<>]*)?>", re.IGNORECASE)
_SPACES = re.compile(
    r"<br\s*/?>|&#?\w{1,32};|\{(?:khoan|trang|buoi):|\{lang=[^{}\n]*\}|\[\^[^\]\s]{1,80}\]:?", re.IGNORECASE
)
_WORD = re.compile(r"[^\W_]+")
_RAISED = str.maketrans("¹²³", "123")
_UNPRINTED = {
    "id",
    "level",
    "number",
    "citation",
    "place",
    "clause",
    "after",
    "role",
    "kind",
    "path",
    "data",
    "media_type",
    "language",
}
_INLINES = (Text, Emphasis, Strong, Code, Indexed, Foreign, CrossReference, Link, Break, Footnote)
_RUNS = (Text, Emphasis, Strong, Code, Indexed, Foreign)  # two of them may make one word


@dataclass(frozen=True, slots=True)
class Account:
    """How many words an original has, and those that differ: ``missing`` from the source folder, ``added`` there."""

    words: int
    missing: tuple[str, ...] = ()
    added: tuple[str, ...] = ()


def words(texts: Iterable[str]) -> Counter[str]:
    """Texts → their words and how often each stands there."""
    return Counter(word for text in texts for word in _WORD.findall(_bare(text)))


def _bare(text: str) -> str:
    text = _SPACES.sub(" ", unquote(text) if "%" in text else text)
    return _MARKS.sub("", text).translate(_RAISED)


def take(original: Iterable[str], made: Iterable[object], record: Record, *, addresses: bool) -> Account:
    """Hold the words of an original against those of the nouns made of it.

    What the record says was left out or put in is no difference. ``addresses`` of links are words where they stand in
    the text, as in Markdown.
    """
    found = words(original)
    expected = found + words(record.put)
    expected.subtract(words(record.left))
    there = words(said(made, addresses=addresses))
    difference = Counter({word: there[word] - expected[word] for word in there.keys() | expected.keys()})
    missing = tuple(sorted((-difference).elements()))
    added = tuple(sorted((+difference).elements()))
    return Account(found.total(), missing, added)


def said(made: Iterable[object], *, addresses: bool) -> Iterator[str]:
    """Yield what each noun of a publication says; a footnote called twice says it once."""
    hidden = _UNPRINTED if addresses else _UNPRINTED | {"address"}
    noted: set[Place] = set()
    for noun in made:
        yield "".join(_said(noun, hidden, noted))


def _said(noun: object, hidden: set[str], noted: set[Place]) -> Iterator[str]:
    if isinstance(noun, str):
        yield noun
    elif isinstance(noun, tuple):
        apart = "" if noun and isinstance(noun[0], _INLINES) else "\n"
        for each in noun:
            yield from _said(each, hidden, noted)
            yield apart
    elif isinstance(noun, Footnote) and noun.place in noted:
        yield "\n"
    elif is_dataclass(noun):
        if isinstance(noun, Footnote):
            noted.add(noun.place)
        apart = "" if isinstance(noun, _RUNS) or (isinstance(noun, Link) and "address" in hidden) else "\n"
        named = isinstance(noun, Link) and plain(noun.inlines).strip() == noun.address  # ``<https://…>``
        yield apart
        for each in fields(noun):
            unsaid = (each.name == "clauses" and isinstance(noun, Note)) or (named and each.name == "address")
            if each.name not in hidden and not unsaid:
                yield from _said(getattr(noun, each.name), hidden, noted)
                yield apart
