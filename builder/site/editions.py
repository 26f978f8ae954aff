"""What a shelf says of an edition comes in; what members are told it is, and which files are of it, goes out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from builder.shelf import EditionFacts
    from builder.site.nouns import Download, Offer, Title
    from builder.site.words import Words

PER_CENTIMETRE = 10  # mm
LARGE = "large"
_OF_A_SERIES = re.compile(r"[ABC]\d{1,2}")  # ISO 216, ISO 269: their name says enough


@dataclass(frozen=True, slots=True)
class Group:
    """The files of one edition, in the order they are offered: e-books with their web editions, other files."""

    edition: EditionFacts
    offers: tuple[Offer, ...] = ()
    files: tuple[Download, ...] = ()


def of_members(title: Title) -> tuple[Group, ...]:
    """Put what members can read together, edition by edition."""
    order = {each.edition.name: each.edition for each in title.offers}
    order |= {each.edition.name: each.edition for each in title.pages if each.edition.name not in order}
    return tuple(
        Group(
            edition,
            tuple(each for each in title.offers if each.edition.name == name),
            tuple(each for each in title.pages if each.edition.name == name),
        )
        for name, edition in order.items()
    )


def grouped(files: Iterable[Download]) -> tuple[Group, ...]:
    """Put files together, edition by edition."""
    groups: dict[str, list[Download]] = {}
    for each in files:
        groups.setdefault(each.edition.name, []).append(each)
    return tuple(Group(each[0].edition, files=tuple(each)) for each in groups.values())


def named(edition: EditionFacts, words: Words) -> str:
    """Name an edition by how it is laid out and what it is printed as: ``Nguyên văn, bản in A5``.

    A layout that is not the program's own goes by its own name.
    """
    layout = words(f"layouts.{edition.layout}") if words.has(f"layouts.{edition.layout}") else edition.layout
    return f"{layout}, {printed(edition, words)}"


def names(title: Title, words: Words) -> dict[str, str]:
    """Name the editions of a publication, by their own names; two that would be called the same are told apart.

    Those for whoever leads stand by themselves: they may be called what others are. Of two that are the same, one for
    every session, or another way of binding, tells the second from the first; its own name where nothing does.
    """
    found: dict[str, str] = {}
    taken: set[tuple[str, str]] = set()
    for each in title.facts.editions:
        name = next(name for name in _ways(each, words) if (each.audience, name) not in taken)
        taken.add((each.audience, name))
        found[each.name] = name
    return found


def _ways(edition: EditionFacts, words: Words) -> Iterator[str]:
    """Yield what an edition may be called, the plainest first; the last is nobody else's."""
    name = named(edition, words)
    yield name
    for each in (edition.per, edition.scheme):
        if words.has(f"apart.{each}"):
            yield words("apart.said", name=name, apart=words(f"apart.{each}"))
    yield f"{name} ({edition.name})"


def printed(edition: EditionFacts, words: Words) -> str:
    """Say what an edition is printed as: ``bản in A5``, ``bản in A4, chữ lớn``."""
    if edition.on_screen:
        return words("printed.phone")
    return words("printed.large" if edition.type == LARGE else "printed.paper", trim=trim(edition, words))


def trim(edition: EditionFacts, words: Words) -> str:
    """Say how large a page is: ``A5``; a size that no standard names in centimetres: ``14,5 × 20,5 cm``."""
    if _OF_A_SERIES.fullmatch(edition.trim):
        return edition.trim
    width, height = (words.number(round(each / PER_CENTIMETRE, 1)) for each in (edition.width, edition.height))
    return words("printed.measures", width=width, height=height)


def session(title: Title, file: Download, words: Words) -> str:
    """Name the session a file is for; empty where it is for all of them."""
    for each in title.facts.sessions:
        if file.part == each.id:
            numbered = each.number and re.match(rf"\w+ {re.escape(each.number)}\b", each.title)
            return each.title if numbered else words("title.session", number=each.number, title=each.title)
    return ""
