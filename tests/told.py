"""A composition comes in; what a screen reader has to say of it goes out: its letters, in the order of the text.

Figures are left out: which number a page, an item or a note has is found out by the press, and looked at elsewhere
(``paging``). Footnotes are told behind the block they are called in. What stands beside a clause (commentary in the
margin, on the page across) is told behind words of that clause; where exactly, is the press's choice as long as it is
within the clause. A filler is told as often as it is printed.
"""

import itertools
import re
import unicodedata
from dataclasses import dataclass, replace
from xml.etree import ElementTree as ET

BLOCKS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6"})
HOLDERS = frozenset({"td", "th", "dt", "dd", "li", "caption", "figcaption", "div", "section", "blockquote"})
OFTEN = "{0,30}"  # copies of a filler
HERE = "\0"  # what is no letter: in the text, where something stands that is to stand beside it
ENOUGH = 25  # letters, to know a place again


def letters(text):
    """Letters alone, small: spaces, leaders, figures and capitals fall where the page wants them."""
    return re.sub(r"[\W\d_]+", "", unicodedata.normalize("NFC", text)).lower()


@dataclass(frozen=True)
class Aside:
    """What stands beside a clause.

    Attributes:
        words: its letters.
        clause: the id of the clause.
        kind: what it is called where it stands in the text after all.
        behind: the letters before it there: what speaks of several clauses stands behind the last of them.
    """

    words: str
    clause: str
    kind: str = ""
    behind: str = ""


@dataclass(frozen=True)
class Told:
    """What is to be told.

    Attributes:
        pattern: a regular expression of all letters in order, without what stands beside clauses or is put in.
        asides: what stands beside clauses, in order.
        put_in: the letters of every passage that only the leader has, on leaves put in.
        clauses: id → the letters of a clause with everything below it, as they stand in the pattern.
    """

    pattern: str
    asides: tuple
    put_in: tuple
    clauses: dict


def told(composition):
    """Tell a composition."""
    asides, clauses, parts = [], {}, []
    for leaf in composition.leaves:
        section = ET.fromstring(_named(leaf.markup))  # noqa: S314 - composed here
        found = _Teller(asides, clauses).block(section)
        parts.append(f"(?:{found}){OFTEN}" if leaf.filler else found)
    apart = [each.markup for each in (*composition.inserts, *composition.put_in)]
    put_in = [_Teller([], {}).block(ET.fromstring(_named(markup))).replace(HERE, "") for markup in apart]  # noqa: S314
    before = itertools.accumulate("".join(parts).split(HERE))
    return Told(
        "".join(parts).replace(HERE, ""),
        tuple(replace(aside, behind=told[-ENOUGH:]) for aside, told in zip(asides, before, strict=False)),
        tuple(put_in),
        {clause: words.replace(HERE, "") for clause, words in clauses.items()},
    )


def _named(markup):
    return re.sub(r"<(section|div)", r'<\1 xmlns:epub="http://www.idpf.org/2007/ops"', markup, count=1)


class _Teller:
    """Tells one leaf."""

    def __init__(self, asides, clauses):
        self.asides, self.clauses = asides, clauses

    def block(self, element):
        """The letters of an element, its footnotes at its end or behind the blocks they are called in."""
        notes = []
        words = self._inside(element, notes)
        return words + "".join(notes)

    def _inside(self, element, notes):
        found = [letters(element.text or "")]
        for child in element:
            found.append(self._child(child, notes))
            found.append(letters(child.tail or ""))
        words = "".join(found)
        if element.tag == "section" and element.get("id"):
            self.clauses[element.get("id")] = words
        return words

    def _child(self, child, notes):
        kinds = (child.get("class") or "").split()
        if "footnote" in kinds:
            notes.append(self._inside(child, notes))
            return ""
        if beside := child.get("data-beside"):
            inner = []
            words = self._inside(child, inner)
            self.asides.append(Aside(words + "".join(inner), beside, letters(child.get("data-kind", ""))))
            return HERE
        if "spare" in kinds:
            return f"(?:{self.block(child)}){OFTEN}"
        if child.tag in BLOCKS or child.tag in HOLDERS:
            return self.block(child)
        return self._inside(child, notes)


def differs(composition, said):
    """Tell where what is said is not what is to be told; nothing where it is.

    Args:
        composition: for print.
        said: the letters that are read, in order.
    """
    wanted = told(composition)
    for passage in wanted.put_in:
        place = said.find(passage)
        if place < 0:
            return f"not put in: {passage[:80]}"
        said = said[:place] + said[place + len(passage) :]
    taken = []  # where each stood in what is left
    for aside in sorted(wanted.asides, key=lambda each: len(each.words), reverse=True):
        place = _spot(said, aside, wanted)
        if place < 0:
            return f"not beside {aside.clause}: {aside.words[:80]}"
        end = place + len(aside.words)
        if aside.kind and said.endswith(aside.kind, 0, place):
            place -= len(aside.kind)
        said = said[:place] + said[end:]
        taken = [(each, at - (end - place) * (at > place)) for each, at in taken]
        taken.append((aside, place))
    for aside, place in taken:
        within = any(spot.start() < place <= spot.end() for spot in _clauses(said, aside, wanted))
        if not within and not said.endswith(aside.behind, 0, place):
            return f"outside {aside.clause}: {aside.words[:80]}"
    if re.fullmatch(wanted.pattern, said):
        return ""
    whole = re.sub(r"\(\?:(.*?)\)\{0,30\}", "", wanted.pattern)
    at = next((n for n, (ours, theirs) in enumerate(zip(whole, said, strict=False)) if ours != theirs), -1)
    return f"told {said[max(at - 30, 0) : at + 50]!r} for {whole[max(at - 30, 0) : at + 50]!r}"


def _spot(said, aside, wanted):
    """Find what stands beside a clause: behind the first letters of that clause."""
    words = wanted.clauses.get(aside.clause, "")
    clause = said.find(words[:12]) if words else 0
    return said.find(aside.words, max(clause, 0))


def _clauses(said, aside, wanted):
    """Find where the clause may be that something stands beside, once nothing stands beside it."""
    return re.finditer(wanted.clauses.get(aside.clause) or ".+", said)
