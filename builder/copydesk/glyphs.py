"""A paragraph as it was exported and as it came back; what of it changed, and the Markdown of what it says now.

Words are compared letter by letter. What did not change keeps what only the source can say: cross-references, words
for the index, code, no-break spaces.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import groupby
from typing import TYPE_CHECKING

from builder.copydesk import strips
from builder.copydesk.looks import Look
from builder.intake import escape
from builder.manuscript import markdown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from builder.copydesk.nouns import Leaf, Pieces
    from builder.intake.original import Paragraph

THING = "\ufffc"
"""What stands for a call of a note or a picture among letters."""

_TOKEN = re.compile(r"\w+|\n|[^\S\n]+|.", re.DOTALL)
_MOST_WORK = 25_000_000  # pairs of words compared at most; a paragraph of a book has some hundreds of words
_AROUND = re.compile(r"(\s*)(.*?)(\s*)", re.DOTALL)
_OUTSIDE = re.compile(r"(\W*)(.*?)(\W*)", re.DOTALL)
_SIGNS = re.compile(r"[!-/:-@\[-`{-~]")


@dataclass(frozen=True, slots=True)
class Glyph:
    """A letter with its face; ``bold`` and ``italic`` are None where the look says it and nobody can tell.

    ``atom`` counts the piece of the source it is part of, where that has Markdown of its own; 0: none.
    """

    sign: str
    bold: bool | None = False
    italic: bool | None = False
    address: str = ""
    note: str = ""
    picture: str = ""
    atom: int = 0
    source: str = ""

    @property
    def key(self) -> tuple[str, bool, bool, str]:
        """What must be the same for two letters to be."""
        return self.sign, bool(self.bold), bool(self.italic), self.address


Glyphs = list[Glyph]


def exported(leaf: Leaf) -> Glyphs:
    """The letters of a leaf without the sign of its list, as they are in the source."""
    label = f"{leaf.label} " if leaf.label and leaf.pieces else leaf.label
    return _settled([*map(Glyph, label), *_of_pieces(leaf.pieces)])


def of_pieces(pieces: Pieces) -> Glyphs:
    """The letters of some pieces."""
    return _settled(_of_pieces(pieces))


def _of_pieces(pieces: Pieces) -> Iterator[Glyph]:
    for count, piece in enumerate(pieces, 1):
        face = Glyph("", piece.bold, piece.italic, _address(piece.address), piece.note, "", count * bool(piece.source))
        face = replace(face, source=piece.source)
        yield from (replace(face, sign=sign) for sign in (THING if piece.note else piece.text))


def came_back(paragraph: Paragraph, leaf: Leaf | None = None) -> Glyphs:
    """The letters of a paragraph that was read; those of a leaf without the sign of its list, where it has one."""
    look = leaf.look if leaf else None
    found: Glyphs = []
    for run in paragraph.runs:
        bold = None if look and look.bold else run.bold
        italic = None if look and look.italic else run.italic
        face = Glyph("", bold, italic, _address(run.address), run.note, run.picture)
        found += [replace(face, sign=sign) for sign in (run.text or THING * bool(run.note or run.picture))]
        if run.text and (run.note or run.picture):
            found = [replace(each, note="", picture="") if each.sign != THING else each for each in found]
            found.append(replace(face, sign=THING))
    if paragraph.label and not (leaf and leaf.lead):
        found = [*map(Glyph, f"{paragraph.label} "), *found]
    found = _settled(found)
    if leaf and leaf.label and leaf.look is Look.ARTICLE_TEXT:
        found = _unbold(found, len(leaf.label))
    return _without_lead(found, leaf.lead) if leaf and leaf.lead else found


def _unbold(found: Glyphs, count: int) -> Glyphs:
    """Leave out the bold of a label, which is the copy's own."""
    return [*(replace(each, bold=False) for each in found[:count]), *found[count:]]


def _without_lead(found: Glyphs, lead: str) -> Glyphs:
    sign = lead.strip()
    if words(found).startswith(sign):
        found = found[len(sign) :]
        return found[1:] if found and found[0].sign == " " else found
    return found


def _address(address: str) -> str:
    return markdown.address(address).rstrip("/") if address else ""


def _settled(found: Iterable[Glyph]) -> Glyphs:
    """Blanks of any kind as one, none at the ends nor around the end of a line."""
    made: Glyphs = []
    for glyph in found:
        if not glyph.sign.isspace():
            made.append(glyph)
        elif glyph.sign == "\n":
            while made and made[-1].sign == " ":
                made.pop()
            made += [glyph] if made else []
        elif made and not made[-1].sign.isspace():
            made.append(replace(glyph, sign=" "))
    while made and made[-1].sign.isspace():
        made.pop()
    return made


def words(found: Iterable[Glyph]) -> str:
    """The letters alone."""
    return "".join(glyph.sign for glyph in found)


def same(was: Glyphs, now: Glyphs, *, letters: bool = False) -> bool:
    """Tell whether words and faces are the same; the face of a blank is nobody's.

    Args:
        was: letters.
        now: letters.
        letters: the faces of nothing but letters and figures count.
    """
    if words(was) != words(now):
        return False
    pairs = ((old, new) for old, new in zip(was, now, strict=True) if not old.sign.isspace())
    return all(
        old.key == _resolved(new, old).key or (letters and not old.sign.isalnum() and old.address == new.address)
        for old, new in pairs
    )


def _resolved(new: Glyph, old: Glyph) -> Glyph:
    """A letter with the faces nobody can tell taken from what it was."""
    bold = old.bold if new.bold is None else new.bold
    italic = old.italic if new.italic is None else new.italic
    return replace(new, bold=bold, italic=italic, address="" if old.sign == THING else new.address)


# --- what became of it ------------------------------------------------------------------------------


def merged(was: Glyphs, now: Glyphs) -> Glyphs:
    """The letters as they are now, with what those that stayed had from the source."""
    old, new = _tokens(was), _tokens(now)
    if len(old) * len(new) > _MOST_WORK:
        old = []
    matcher = SequenceMatcher(None, [words(each) for each in old], [words(each) for each in new], autojunk=False)
    made: Glyphs = []
    for kind, first, last, start, end in matcher.get_opcodes():
        if kind == "equal":
            pairs = zip(
                (glyph for token in old[first:last] for glyph in token),
                (glyph for token in new[start:end] for glyph in token),
                strict=True,
            )
            made += [_kept(before, after) for before, after in pairs]
        else:
            for token in new[start:end]:
                made += [_added(glyph, made) for glyph in token]
    return _whole_atoms(was, made)


def _tokens(found: Glyphs) -> list[Glyphs]:
    return [found[match.start() : match.end()] for match in _TOKEN.finditer(words(found))]


def _kept(old: Glyph, new: Glyph) -> Glyph:
    face = _resolved(new, old)
    address = old.address if new.sign == THING else face.address
    return replace(old, bold=face.bold, italic=face.italic, address=address)


def _added(new: Glyph, before: Glyphs) -> Glyph:
    last = before[-1] if before else Glyph("")
    return replace(
        new,
        bold=last.bold if new.bold is None else new.bold,
        italic=last.italic if new.italic is None else new.italic,
        note=f"+{new.note}" if new.note else "",
    )


def _whole_atoms(was: Glyphs, made: Glyphs) -> Glyphs:
    """Leave the Markdown of its own only to what stayed whole and in one piece."""
    sizes = {atom: sum(1 for _ in group) for atom, group in groupby(was, lambda glyph: glyph.atom)}
    found: Glyphs = []
    for atom, group in groupby(made, lambda glyph: glyph.atom):
        members = list(group)
        whole = not atom or len(members) == sizes.get(atom)
        found += members if whole else [replace(each, atom=0, source="") for each in members]
    return found


# --- its Markdown -----------------------------------------------------------------------------------


def written(found: Glyphs, *, called: Callable[[str], str], go_on: str = "") -> tuple[str, bool]:
    """Letters → inline Markdown on one line, and whether it reads back as just these words in these faces.

    Args:
        found: the letters.
        called: the name of a note as it came back (``+1``), or as it was in the source → its name in the source.
        go_on: what opens the next line after the end of one.
    """
    found = [glyph for glyph in found if not glyph.picture]
    text = ""
    for way, seen in ((_marked, found), (_marked_within, found), (_bare, _plain_faced(found))):
        text = "".join(way(seen, called)).replace("\n", f"\\\n{go_on}")
        read = _read(text.replace(f"\n{go_on}", "\n"), found)
        if same(_settled(seen), read, letters=way is _marked_within):
            return text, way is not _bare or seen == found
    return "".join(_spelled(found, called)).replace("\n", f"\\\n{go_on}"), False


def _read(text: str, found: Glyphs) -> Glyphs:
    """Markdown → its letters; calls of notes are letters where they came as such, in a comment."""
    pieces = strips.read(text)
    if any(glyph.source.startswith("[^") for glyph in found):
        pieces = tuple(replace(piece, text=f"[^{piece.note}]", note="") if piece.note else piece for piece in pieces)
    return of_pieces(pieces)


def _spelled(found: Glyphs, called: Callable[[str], str]) -> Iterator[str]:
    """Each sign by itself, so that none can be read as markup."""
    for glyph in found:
        yield "".join(_plain([glyph], called)) if glyph.note else _SIGNS.sub(r"\\\g<0>", glyph.sign)


def _plain_faced(found: Glyphs) -> Glyphs:
    return [replace(glyph, bold=False, italic=False) for glyph in found]


def _marked(found: Sequence[Glyph], called: Callable[[str], str]) -> Iterator[str]:
    return _linked(found, called, lambda inner, mark: _wrapped(inner, mark, _AROUND))


def _marked_within(found: Sequence[Glyph], called: Callable[[str], str]) -> Iterator[str]:
    """The same, with no emphasis on the signs at the ends of words, where Markdown cannot have it."""
    return _linked(found, called, lambda inner, mark: _wrapped(inner, mark, _OUTSIDE))


def _bare(found: Sequence[Glyph], called: Callable[[str], str]) -> Iterator[str]:
    return _linked(found, called, lambda inner, _mark: inner)


def _wrapped(inner: str, mark: str, around: re.Pattern[str]) -> str:
    match = around.fullmatch(inner)
    return f"{match[1]}{mark}{match[2]}{mark}{match[3]}" if match and match[2] else inner


def _linked(found: Sequence[Glyph], called: Callable[[str], str], wrap: Callable[[str, str], str]) -> Iterator[str]:
    for address, group in groupby(found, lambda glyph: glyph.address):
        inner = "".join(_emphasised(list(group), called, wrap))
        if address and inner.strip():
            match = _AROUND.fullmatch(inner)
            first, middle, last = match.groups() if match else ("", inner, "")
            middle = middle if "[" in middle else middle.replace("]", r"\]")
            yield f"{first}[{middle}]({address}){last}"
        else:
            yield inner


def _emphasised(found: Sequence[Glyph], called: Callable[[str], str], wrap: Callable[[str, str], str]) -> Iterator[str]:
    for bold, group in groupby(_spread(found), lambda glyph: bool(glyph.bold)):
        inner = ""
        for italic, run in groupby(group, lambda glyph: bool(glyph.italic)):
            plain = "".join(_plain(list(run), called))
            inner += wrap(plain, "*") if italic else plain
        yield wrap(inner, "**") if bold else inner


def _spread(found: Sequence[Glyph]) -> Iterator[Glyph]:
    """Give a blank between two letters of one face that face: nobody sees it, and Markdown is simpler."""
    for place, glyph in enumerate(found):
        before, after = found[place - 1] if place else None, found[place + 1] if place + 1 < len(found) else None
        if glyph.sign.isspace() and before and after:
            bold, italic = before.bold and after.bold, before.italic and after.italic
            yield replace(glyph, bold=bold, italic=italic)
        else:
            yield glyph


def _plain(found: Sequence[Glyph], called: Callable[[str], str]) -> Iterator[str]:
    for key, group in groupby(found, lambda glyph: (glyph.atom, glyph.note)):
        atom, note = key
        members = list(group)
        if note:
            yield "".join(f"[^{called(note)}]" for _ in members)
        elif atom:
            yield members[0].source
        else:
            text = words(members)
            inner = text.strip(" \n")
            before, after = text[: len(text) - len(text.lstrip(" \n"))], text[len(text.rstrip(" \n")) :]
            yield before + "\n".join(map(_escaped, inner.split("\n"))) + (after if inner else "")


def _escaped(line: str) -> str:
    """Words with what Markdown would read as more than words escaped; spaces as they are."""
    return " ".join(escape.words(part) if part else "" for part in line.split(" ")) if line else ""
