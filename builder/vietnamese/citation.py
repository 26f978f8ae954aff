"""Citations of numbered units, from words to components and back.

Read: ``Điều 5 khoản 2 điểm đ``, ``điểm đ khoản 2 Điều 5``, ``Phần II, mục 3``, ``II.3``, ``5.2.đ``, ranges
(``Điều 5–7``, ``từ điểm a đến điểm c khoản 1 Điều 5``), several parted by ``;``. Written: from the smallest unit
up to its Điều, as laws are cited (Decree 30/2020/NĐ-CP); where there is no Điều, from the largest down.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from builder.vietnamese import numbering

DASH = "gạch đầu dòng"
PLUS = "dấu cộng"
BULLET = "dấu chấm"
FREE = "đề mục"

RANKS = {
    word: rank
    for rank, word in enumerate(
        (FREE, "phần", "chương", "mục", "tiểu mục", "điều", "khoản", "điểm", DASH, PLUS, BULLET)
    )
}
"""The words of citations, from the largest unit to the smallest."""

_MOST_COMPONENTS = 12
_MOST_PARTS = 8
_WORDS = "|".join(re.escape(word) for word in sorted(RANKS, key=len, reverse=True) if word != FREE)
_TOKEN = re.compile(
    rf"""\s*(?:
      {re.escape(FREE)}\s+“(?P<title>.*)”
    | (?P<word>{_WORDS})(?!\w)
    | (?P<ordinal>thứ\s+\w+(?:\ \w+){{0,3}})
    | (?P<noise>,|(?:của|thuộc|tại|từ)(?!\w))
    | (?P<dash>[-–—]|(?:đến|tới)(?!\w))
    | (?P<number>\w+(?:\.\w+)*)[.)]?(?!\w)
    )\s*""",
    re.VERBOSE | re.IGNORECASE,
)
_PART = re.compile(r"\d{1,6}[a-zđ]?|[IVXLC]+[a-zđ]?|[a-zđ]\d{0,2}")
_ODD = re.compile(r"\d{1,6}(?:\.[0-9A-ZĐ]{1,9}){1,8}")


@dataclass(frozen=True, slots=True)
class Component:
    """One step of a citation: its word (``""`` when none was given) and its number, dotted as written."""

    word: str
    number: str


Components = tuple[Component, ...]


@dataclass(frozen=True, slots=True)
class Citation:
    """What is cited: one unit, or those from ``first`` to ``last``."""

    first: Components
    last: Components = ()


def several(text: str) -> tuple[str, ...]:
    """Citations parted by ``;`` → each by itself; a ``;`` within quotation marks parts nothing."""
    parts = re.findall(r"(?:“[^”]*”|[^;])+", text)
    return tuple(part.strip() for part in parts if part.strip())


def parse(text: str) -> Citation | None:
    """One citation → its components in the order written; nothing when the words are no citation."""
    tokens = _tokens(text)
    if not tokens or len(tokens) > 2 * _MOST_COMPONENTS:
        return None
    dashes = [place for place, (kind, _) in enumerate(tokens) if kind == "dash"]
    if not dashes:
        first = _components(tokens)
        return Citation(first) if first else None
    if len(dashes) > 1:
        return None
    return _range(tokens[: dashes[0]], tokens[dashes[0] + 1 :])


def words(chain: Components) -> str:
    """A chain from the largest unit to the smallest → the citation in words.

    Inside a Điều: the smallest first, ending at the Điều; elsewhere the largest first, with commas.
    """
    article = next((place for place, step in enumerate(chain) if step.word.lower() == "điều"), None)
    if article is None:
        return ", ".join(map(_written, chain))
    return " ".join(map(_written, chain[article:][::-1]))


def _written(step: Component) -> str:
    if step.word == FREE:
        return f"{FREE} “{step.number}”"
    counted = "thứ " if step.word in {DASH, PLUS, BULLET} else ""
    return f"{step.word} {counted}{step.number}"


_Tokens = list[tuple[str, str]]


def _tokens(text: str) -> _Tokens | None:
    tokens: _Tokens = []
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        kind = match.lastgroup if match else None
        if match is None or kind is None:
            return None
        position = match.end()
        value = match[kind]
        if kind == "ordinal":
            value = _longest_ordinal(value)
            position = match.start(kind) + len(value)
        if not value and kind != "title":
            return None
        if kind != "noise":
            tokens.append((kind, value))
    return tokens


def _longest_ordinal(text: str) -> str:
    """``thứ hai mục ba`` → ``thứ hai``."""
    while text and not numbering.ordinal_value(text):
        text = re.sub(r"\s*\w+$", "", text)
    return text


def _components(tokens: _Tokens) -> Components:
    """Tokens without a dash → components; empty when a word lacks its number, or a number is none."""
    found: list[Component] = []
    word = ""
    for kind, value in tokens:
        if kind == "title":
            found.append(Component(FREE, value))
        elif kind == "word" and not word:
            word = value.lower()
        elif kind in {"number", "ordinal"} and _is_number(value):
            found.append(Component(word, value))
            word = ""
        else:
            return ()
    return () if word else tuple(found)


def _is_number(text: str) -> bool:
    if _ODD.fullmatch(text) or numbering.ordinal_value(text):
        return True
    parts = text.split(".")
    return len(parts) <= _MOST_PARTS and all(map(_PART.fullmatch, parts))


def _range(left: _Tokens, right: _Tokens) -> Citation | None:
    first = _components(left)
    if not first or not right:
        return None
    if right[0][0] == "number":
        return _range_of_numbers(first, right)
    last = _components(right)
    if not last:
        return None
    return Citation(*_completed(first, last))


def _range_of_numbers(first: Components, right: _Tokens) -> Citation | None:
    """``khoản 1-3 Điều 5``: the number after the dash takes the place of the one before it."""
    (_, number), *others = right
    tail = _components(others)
    if not _is_number(number) or (others and not tail):
        return None
    *head, step = first
    old, new = step.number.split("."), number.split(".")
    if len(new) > len(old):
        return None
    end = Component(step.word, ".".join(old[: len(old) - len(new)] + new))
    return Citation((*first, *tail), (*head, end, *tail))


def _completed(first: Components, last: Components) -> tuple[Components, Components]:
    """What only one end of a range names holds for the other: ``điểm a đến điểm c khoản 1``."""
    if len(first) < len(last) and _kinds(last[: len(first)]) == _kinds(first):
        return (*first, *last[len(first) :]), last
    if len(first) > len(last) and _kinds(first[-len(last) :]) == _kinds(last):
        return first, (*first[: -len(last)], *last)
    return first, last


def _kinds(components: Components) -> list[str]:
    return [component.word for component in components]
