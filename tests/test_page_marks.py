"""Markup made up and letters anywhere in it: a mark stands before its very letter, and nothing else is changed.

What the letters of a block are, and what stands before a mark, is told by another parser that builds a tree.
"""

import re
from html import escape
from xml.etree import ElementTree as ET

from hypothesis import given, settings
from hypothesis import strategies as st

from builder.composition.nouns import Leaf
from builder.ebook import Printed, markup, pagelist, volume

OPS = 'xmlns:epub="http://www.idpf.org/2007/ops"'
MARK = re.compile(rb'<span epub:type="pagebreak" role="doc-pagebreak" id="[^"]*" aria-label="[^"]*"></span>')
LETTERS = "aAbđĐặỆ&<>\"'1.)-–…\u0309 \u00a0\n\u2009"  # a combining mark counts as a letter, as in the press
WRITTEN = {"đ": "&#273;", "ặ": "&#x1EB7;", "\u00a0": "&#160;"}
INLINE = ("em", "strong", "span", 'span class="nb"', 'a href="#x>y"', "code", 'span title="a > b"')


@st.composite
def words(draw):
    """Text as it may be written: entities, numbers of letters, spaces of all kinds."""
    text = draw(st.text(LETTERS, max_size=5))
    return "".join(draw(st.sampled_from((each, WRITTEN[each]))) if each in WRITTEN else escape(each) for each in text)


class Ids:
    """Gives elements ids, or none."""

    def __init__(self):
        self.count = 0

    def one(self, *, given=True):
        self.count += given
        return f' id="b{self.count}"' if given else ""


@st.composite
def inline(draw, ids, depth=0):
    """Running text: words, elements in one another, calls of notes, line ends, pictures, comments."""
    parts = []
    for _ in range(draw(st.integers(0, 3))):
        kind = draw(st.integers(0, 9))
        if kind == 0:
            parts.append(f'<a epub:type="noteref" href="#n"{ids.one()}>{draw(words())}</a>')
        elif kind == 1:
            parts.append(draw(st.sampled_from(("<br/>", '<img alt="a>b"/>', "<!-- a > <b> -->", "<wbr></wbr>"))))
        elif kind < 5 and depth < 2:
            name = draw(st.sampled_from(INLINE))
            identity = ids.one(given=draw(st.booleans()) and draw(st.booleans()))
            parts.append(f"<{name}{identity}>{draw(inline(ids, depth + 1))}</{name.split()[0]}>")
        else:
            parts.append(draw(words()))
    return "".join(parts)


@st.composite
def blocks(draw, ids, depth=0):
    """Blocks: paragraphs, headings, lists, tables, figures, poems, sections in one another."""
    parts = []
    for _ in range(draw(st.integers(1, 2))):
        kind = draw(st.sampled_from(("p", "h2", "ul", "table", "figure", "section", "aside")))
        identity = ids.one(given=draw(st.booleans()))
        text = draw(inline(ids))
        if kind in ("p", "h2"):
            parts.append(f"<{kind}{identity}>{text}</{kind}>")
        elif kind == "ul":
            parts.append(f"<ul{identity}>\n<li{ids.one()}><p>{text}</p></li><li>{draw(inline(ids))}</li></ul>")
        elif kind == "table":
            caption = draw(st.sampled_from(("", f"<caption>{draw(inline(ids))}</caption>")))
            rows = f"<tr{ids.one()}><th>{text}</th><td>{draw(inline(ids))}</td></tr>\n<tr><td></td><td>a</td></tr>"
            parts.append(f"<table{identity}>{caption}\n<tbody>{rows}</tbody></table>")
        elif kind == "figure":
            parts.append(f'<figure{identity}><img alt=""/><figcaption>{text}</figcaption></figure>')
        elif depth < 2:
            inside = draw(blocks(ids, depth + 1))
            parts.append(f"<section{identity}>{inside}</section>")
        parts.append(draw(st.sampled_from(("", "\n", "  "))))
    return "".join(parts)


@st.composite
def leaves(draw):
    return f'<section class="leaf" id="a">{draw(blocks(Ids()))}</section>'


def letters_of(written):
    """Every letter of a document and every mark in it, in order: (owner, letter) or (None, label)."""
    root = ET.fromstring(f"<x {OPS}>{written.decode()}</x>")  # noqa: S314 - made here

    def walk(element, owner):
        owner = element.get("id", owner)
        if element.get("role") == "doc-pagebreak":
            yield None, element.get("aria-label")
        yield from ((owner, letter) for letter in element.text or "" if not letter.isspace())
        for child in element:
            yield from walk(child, owner)
            own = (letter for letter in child.tail or "" if not letter.isspace())
            yield from ((owner, letter) for letter in own)

    return list(walk(root, ""))


def numbered(letters):
    """Give each letter its number among its owner's."""
    count = {}
    for owner, letter in letters:
        yield owner, count.get(owner, 0), letter
        count[owner] = count.get(owner, 0) + 1


@settings(max_examples=60)
@given(leaves(), st.data())
def test_a_mark_stands_before_its_letter_and_nothing_else_is_changed(leaf, data):
    written = leaf.encode()
    told = list(numbered(letters_of(written)))
    chosen = data.draw(st.lists(st.integers(0, len(told) - 1), max_size=4, unique=True)) if told else []
    pages = [told[place] for place in sorted(chosen)]
    own = {owner: "".join(letter for each, _, letter in told if each == owner) for owner, _, _ in pages}
    edition = Printed(
        {},
        tuple(map(str, range(1, len(pages) + 1))),
        tuple((owner, before) for owner, before, _ in pages),
        tuple(own[owner][before : before + 60] for owner, before, _ in pages),
    )
    gathered = volume.gather([Leaf("a", "program", "A", leaf)])
    marks = pagelist.marks(gathered, edition)
    made = markup.spliced(written, pagelist.edits(marks))
    assert MARK.sub(b"", made) == written
    read = letters_of(made)
    assert [label for owner, label in read if owner is None] == list(edition.labels)
    following = []
    for place, (owner, _) in enumerate(read):
        if owner is None:
            before = [each for each in read[:place] if each[0] is not None]
            following.append(told[len(before)])
    assert following == pages
    assert [mark.place for mark in marks] == sorted(mark.place for mark in marks)


@settings(max_examples=60)
@given(leaves(), st.data())
def test_a_mark_opens_no_heading_and_no_table_and_parts_no_tag_that_begins_with_it(leaf, data):
    written = leaf.encode()
    told = list(numbered(letters_of(written)))
    if not told:
        return
    owner, before, _ = data.draw(st.sampled_from(told))
    own = "".join(letter for each, _, letter in told if each == owner)
    edition = Printed({}, ("1",), ((owner, before),), (own[before : before + 60],))
    gathered = volume.gather([Leaf("a", "program", "A", leaf)])
    (mark,) = pagelist.marks(gathered, edition)
    for element in gathered.documents[0].elements:
        inside = element.end <= mark.place[1] <= element.close
        if inside and element.name in ("h2", "table", "em", "strong", "code", "a", "caption"):
            # Then letters of it stand on the page before.
            assert letters_of(b"<y>" + _text(written, element.end, mark.place[1]) + b"</y>")


def _text(written, start, end):
    """The text between two places, tags and comments taken out."""
    return re.sub(rb"""<!--.*?-->|<(?:[^"'>]|"[^"]*"|'[^']*')*>""", b" ", written[start:end])
