"""Running text and blocks (``publication``) come in; well-formed XHTML for one leaf goes out.

The ``Compositor`` sets one leaf: it counts the leaf's footnotes, gives every block its id (the same in print and
e-book) and puts in the no-break spaces. Words on the page come from the layout's word list.
"""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass, field, replace
from html import escape
from typing import TYPE_CHECKING

from markupsafe import Markup

from builder.composition import marks, pieces, tables
from builder.composition.nouns import Captioned, Medium
from builder.publication import (
    Box,
    BoxKind,
    Break,
    Code,
    CrossReference,
    Emphasis,
    Figure,
    Footnote,
    Foreign,
    Head,
    Heading,
    Indexed,
    Link,
    Listing,
    Paragraph,
    Quote,
    Reference,
    Rule,
    Sign,
    Strong,
    Table,
    Text,
    Verse,
    plain,
)
from builder.vietnamese import breaks

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from builder.publication import Block, Blocks, Inline, Inlines, Item

LAST_HEADING = 6
LONGEST_ITALIC = 60  # characters that fit a line of large type
LONGEST_TAIL = 24  # characters before a leader that are kept on its line
LONGEST_LABEL = 12  # characters that fit any line
LONGEST_KEPT = 9  # characters of a title, twice as large as usual, that fit a line of a telephone


def _lines(blocks: Blocks) -> Iterator[Inlines]:
    """Turn the blocks of a footnote into lines of running text: at a page's foot there is room for nothing else."""
    for block in blocks:
        match block:
            case Paragraph(inlines) | Heading(_, inlines):
                yield inlines
            case Listing(items, start):
                for number, item in enumerate(items, start or 0):
                    sign = Text("- " if start is None else f"{number}. ")
                    first, *others = [*_lines(item.blocks), ()]
                    yield from ((sign, *first), *filter(None, others))
            case Table(head, rows, _, caption):
                yield from filter(None, (caption, *(_joined(row) for row in (head, *rows))))
            case Figure(alt=alt, caption=caption):
                yield caption or (Text(alt),)
            case Quote(inner, attribution):
                yield from (*_lines(inner), *filter(None, (attribution,)))
            case Box(_, inner):
                yield from _lines(inner)


def _joined(cells: tuple[Inlines, ...]) -> Inlines:
    """Set the cells of a row on one line."""
    return tuple(inline for cell in cells if cell for inline in (*cell, Text("; ")))[:-1]


@dataclass(slots=True)
class Compositor:
    """Sets the text of one leaf.

    Attributes:
        leaf: the leaf's id, the stem of its footnotes' ids.
        medium: print puts footnotes where they are called, an e-book gathers them at the leaf's end.
        words: the layout's word list.
        writing_lines: lines under a question that asks for no number.
        leader: whether blocks for the leader are set.
        figures: the figures met, by path.
        captioned: tables and figures with captions, in order, as they are met.
        anchors: ids for the index given so far in the composition.
        aside: sets what the leader alone has on leaves of its own: not here, where it is only taken down in ``asides``.
        asides: what was set so: the id of the text before it, its markup, the owner of that text.
        before: footnotes of the same part in leaves before this one.
        by_page: footnotes get their numbers from the press, page by page.
        count: footnotes of this leaf so far.
    """

    leaf: str
    medium: Medium
    words: Mapping[str, str]
    writing_lines: int = 6
    leader: bool = False
    figures: dict[str, Figure] = field(default_factory=dict)
    captioned: list[Captioned] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)
    aside: Compositor | None = None
    asides: list[tuple[str, str, str]] = field(default_factory=list)
    before: int = 0
    by_page: bool = False
    count: int = 0
    _notes: list[str] = field(default_factory=list)
    _blocks: Counter[str] = field(default_factory=Counter)

    # --- running text ---

    def inline(self, inlines: Inlines) -> Markup:
        """Set running text."""
        return Markup(self._run(inlines, heading=False))

    def heading(self, inlines: Inlines) -> Markup:
        """Set a heading or title; words of two syllables are kept together, on a screen short ones.

        A line of large letters on a small screen has no room for more. In an e-book one in capitals says so: it needs
        more room between its lines, however many they will be. In print the press, which counts them, sees to it.
        """
        words = self._run(_closed(inlines, heading=True), heading=True)
        tall = self.medium is Medium.EBOOK and _in_capitals(plain(inlines))
        return Markup(f'<span class="capitals">{words}</span>' if tall else words)

    def words_of(self, text: str) -> Markup:
        """Set plain words from the settings (a title, a name, a place)."""
        return self.heading((Text(text),))

    def with_tail(self, text: str) -> Markup:
        """Set plain words, the last unbreakable ones in ``<span class="tail">``, for leaders to start from."""
        before, space, last = breaks.last_word(breaks.glue_heading(text), sys.maxsize).rpartition(" ")
        if len(last) > LONGEST_TAIL:
            return Markup(f'{_spaced(before)}{space}{_spaced(last)}<span class="tail"></span>')
        return Markup(f'{_spaced(before)}{space}<span class="tail">{_spaced(last)}</span>')

    def _inline(self, inline: Inline, *, heading: bool = False) -> str:
        match inline:
            case Text() | Indexed():
                return self._words(inline, heading=heading)
            case Emphasis() | Strong() | Link() | Foreign():
                return self._wrapped(inline, heading=heading)
            case Code(text):
                return f"<code>{escape(text, quote=False)}</code>"
            case CrossReference():
                return self._reference(inline)
            case Footnote():
                return self._footnote(inline)
            case Break():
                return "<br/>"

    def _wrapped(self, inline: Emphasis | Strong | Link | Foreign, *, heading: bool) -> str:
        inside = self._run(inline.inlines, heading=heading)
        match inline:
            case Emphasis(inlines):
                kind = ' class="long"' if len(plain(inlines)) > LONGEST_ITALIC else ""
                return f"<em{kind}>{inside}</em>"
            case Strong():
                return f"<strong>{inside}</strong>"
            case Link(address):
                return f'<a href="{escape(address)}">{inside}</a>'
            case Foreign(_, language):
                return f'<span lang="{language}" xml:lang="{language}">{inside}</span>'

    def _run(self, inlines: Inlines, *, heading: bool) -> str:
        return "".join(
            self._bare(group, heading=heading)
            if bare
            else "".join(self._inline(inline, heading=heading) for inline in group)
            for bare, group in marks.stretches(inlines)
        )

    def _bare(self, stretch: Inlines, *, heading: bool) -> str:
        """Set text with words marked for the index; an id is given once in a composition."""
        text = plain(stretch)
        marked = tuple(marks.marks(stretch))
        printed = self.medium is Medium.PRINT
        longest = breaks.LONGEST_HEADING_UNIT if printed else LONGEST_KEPT
        pieces = breaks.pieces(breaks.glue_heading(text, longest) if heading else text)
        kept = pieces if printed else (replace(each, nb=each.nb and len(each.text) <= LONGEST_LABEL) for each in pieces)
        words = marks.markup(kept, marked, self.anchors)
        self.anchors.update(mark.anchor for mark in marked)
        return words

    def _reference(self, reference: CrossReference) -> str:
        target = escape(reference.clause)
        session = reference.clause.removeprefix("buoi-")
        named = f"{self.words['session']} {session}" if session != reference.clause else reference.words
        page = f'<a class="folio" href="#{target}"></a>'
        if self.medium is Medium.PRINT and reference.kind is Reference.PAGE:
            words = self.words["page_named"].format(page=page)
            return f'<span class="paged" data-else="{escape(named)}">{words}</span>'
        link = f'<a class="reference" href="#{target}">{_spaced(named)}</a>'
        if self.medium is Medium.EBOOK:
            return link
        return f'{link}<span class="paged"> {self.words["page_reference"].format(page=page)}</span>'

    def _words(self, words: Text | Indexed, *, heading: bool) -> str:
        """Set words that stand by themselves; marked ones may be more than text."""
        if isinstance(words, Text) or marks.is_bare(words):
            return self._bare((words,), heading=heading)
        inside = self._run(words.inlines, heading=heading)
        if not words.anchor or words.anchor in self.anchors:
            return inside
        self.anchors.add(words.anchor)
        return f'<span id="{words.anchor}">{inside}</span>'

    def _footnote(self, footnote: Footnote) -> str:
        self.count += 1
        number, note = self.before + self.count, f"fn-{self.leaf}-{self.count}"
        text = "<br/>".join(self.inline(line) for line in _lines(footnote.blocks))
        back = self.words["back_to_text"]
        if self.medium is Medium.PRINT:
            numbered = ' data-by="page"' if self.by_page else ""
            said = f'data-named="{escape(self.words["note_named"])}" data-back="{escape(back)}"'
            return f'<span class="footnote" id="{note}" data-n="{number}"{numbered} {said}>{text}</span>'
        call = f"{note}-call"
        named = f"{self.words['note_named'].capitalize()} {number}"
        self._notes.append(
            f'<aside epub:type="footnote" role="doc-footnote" id="{note}"><p>'
            f'<a epub:type="backlink" role="doc-backlink" href="#{call}" title="{escape(back)}"'
            f' aria-label="{number}. {escape(back)}">{number}.</a> {text}</p></aside>',
        )
        return (
            f'<a epub:type="noteref" role="doc-noteref" class="noteref" href="#{note}" id="{call}"'
            f' aria-label="{escape(named)}">{number}</a>'
        )

    def footnotes(self) -> Markup:
        """Set the leaf's footnotes gathered so far (an e-book's leaf ends with them)."""
        return Markup(f'<div class="footnotes">{"".join(self._notes)}</div>') if self._notes else Markup("")

    # --- blocks ---

    def identity(self, owner: str) -> str:
        """Return the next block id of an owner: ``<owner>-p<n>``."""
        self._blocks[owner] += 1
        return f"{owner}-p{self._blocks[owner]}"

    def latest(self, owner: str) -> str:
        """Return the last block id of an owner; its own where there is none yet."""
        return f"{owner}-p{self._blocks[owner]}" if self._blocks[owner] else owner

    def prose(
        self, blocks: Blocks, owner: str, *, label: str = "", level: int = 3, asked: bool = False, call: str = ""
    ) -> Markup:
        """Set blocks.

        Args:
            blocks: what to set.
            owner: id of the clause, note or matter they belong to.
            label: the label that opens the first paragraph and hangs beside it (``đ)``).
            level: level of the highest heading among them.
            asked: items of ordered lists are questions with writing lines.
            call: markup that ends the first paragraph, or stands before what begins with none.
        """
        setter = _Blocks(self, owner, level, asked=asked)
        opening = f'<span class="label">{_spaced(label)} </span>' if label else ""
        first, others = (blocks[0], blocks[1:]) if blocks and isinstance(blocks[0], Paragraph) else (None, blocks)
        if first or opening:
            return Markup(setter.paragraph(first or Paragraph(()), opening, call) + setter.all(others))
        called = f'<p class="added">{call}</p>' if call else ""
        return Markup(called + setter.all(others))


@dataclass(slots=True)
class _Blocks:
    """Sets the blocks of one owner; ``last`` is the level of the heading above, which the next goes below by one."""

    compositor: Compositor
    owner: str
    level: int
    asked: bool = False
    last: int = 0

    def all(self, blocks: Blocks) -> str:
        return "\n".join(self._block(block) for block in blocks)

    def _block(self, block: Block) -> str:
        match block:
            case Paragraph():
                return self.paragraph(block)
            case Heading():
                return self._heading(block)
            case Listing():
                return self._listing(block)
            case Table():
                return self._table(block)
            case Figure():
                return self._figure(block)
            case Quote() | Verse() | Head() | Sign():
                return self._set_off(block)
            case Rule():
                return '<hr class="break"/>'
            case Box():
                return self._box(block)

    def _set_off(self, block: Quote | Verse | Head | Sign) -> str:
        """Set what stands apart from the text that quotes it."""
        if isinstance(block, Quote):
            credit = pieces.credit(block.attribution, self.compositor.inline)
            return f"<blockquote>{self.all(block.blocks)}{credit}</blockquote>"
        line = self.compositor.heading if isinstance(block, Head) else self.compositor.inline
        return pieces.markup(block, line, self._id, measured=self.compositor.medium is Medium.PRINT)

    def _id(self, caption: Inlines = (), kind: str = "") -> str:
        """Give the next block its id; one with a caption is noted down for the lists of such."""
        identity = self.compositor.identity(self.owner)
        if caption:
            self.compositor.captioned.append(Captioned(kind, identity, plain(caption)))
        return f' id="{identity}"'

    def paragraph(self, paragraph: Paragraph, opening: str = "", ending: str = "") -> str:
        kind = ' class="labelled"' if opening else ""
        identity = self._id()
        return f"<p{kind}{identity}>{opening}{self.compositor.inline(_closed(paragraph.inlines))}{ending}</p>"

    def _heading(self, heading: Heading) -> str:
        level = min(self.level + heading.level - 1, max(self.last, self.level - 1) + 1, LAST_HEADING)
        self.last = level
        identity = self._id()
        return f"<h{level}{identity}>{self.compositor.heading(heading.inlines)}</h{level}>"

    def _listing(self, listing: Listing) -> str:
        if listing.start is None:
            return f"<ul>{''.join(self._item(item) for item in listing.items)}</ul>"
        start = f' start="{listing.start}"' if listing.start != 1 else ""
        kind = ' class="questions"' if self.asked else ""
        return f"<ol{kind}{start}>{''.join(self._item(item, asked=self.asked) for item in listing.items)}</ol>"

    def _item(self, item: Item, *, asked: bool = False) -> str:
        lines = self._lines(item.lines if item.lines is not None or not asked else self.compositor.writing_lines)
        return f"<li>{self.all(item.blocks)}{lines}</li>"

    def _lines(self, count: int | None) -> str:
        if not count or self.compositor.medium is Medium.EBOOK:
            return ""
        line = '<div class="line"></div>'
        return f'<div class="lines">{line * count}</div>'

    def _table(self, table: Table) -> str:
        compositor = self.compositor
        caption = f"<caption>{compositor.heading(table.caption)}</caption>" if table.caption else ""
        on_screen = compositor.medium is Medium.EBOOK
        rows = tables.rows(table, compositor.inline, on_screen=on_screen)
        kinds = tables.kinds(table, on_screen=on_screen)
        return f"<table{kinds}{self._id(table.caption, 'tables')}>{caption}{rows}</table>"

    def _figure(self, figure: Figure) -> str:
        self.compositor.figures[figure.path] = figure
        caption = f"<figcaption>{self.compositor.inline(figure.caption)}</figcaption>" if figure.caption else ""
        image = f'<img src="{escape(figure.path)}" {self._shown(figure)}/>'
        kind = tables.classes(tables.TURNS[figure.turn])
        return f"<figure{kind}{self._id(figure.caption, 'figures')}>{image}{caption}</figure>"

    def _shown(self, figure: Figure) -> str:
        """Say what a picture shows to those who do not see it; where nobody wrote that down, what its caption says."""
        if figure.decoration:
            return 'alt="" role="presentation"'
        shown = figure.alt or plain(figure.caption) or self.compositor.words["undescribed"]
        return f'alt="{escape(shown)}"'

    def _box(self, box: Box) -> str:
        return self._leaders(box) if box.kind is BoxKind.LEADER else self.boxed(box)

    def _leaders(self, box: Box) -> str:
        """Set what the leader alone has, under ids of its own: everybody's text has the same ids in all editions."""
        compositor, apart = self.compositor, f"{self.owner}-chu-tri"
        if compositor.aside is not None:
            markup = replace(self, compositor=compositor.aside, owner=apart).boxed(box)
            compositor.asides.append((compositor.latest(self.owner), markup, self.owner))
            return ""
        return replace(self, owner=apart).boxed(box) if compositor.leader else ""

    def boxed(self, box: Box) -> str:
        """Set a box of any kind."""
        identity = self._id()
        kind = f'<p class="kind">{escape(self.compositor.words[box.kind.value])}</p>'
        wanted = box.lines if box.lines is not None else self.compositor.writing_lines
        lines = self._lines(wanted if box.kind is BoxKind.QUESTION else None)
        return f'<div class="box {box.kind.value}"{identity}>{kind}{self.all(box.blocks)}{lines}</div>'


def _in_capitals(text: str) -> bool:
    """Tell whether words that may take two lines are written in capitals."""
    return len(text) > LONGEST_LABEL and text.isupper()


def _closed(inlines: Inlines, *, heading: bool = False) -> Inlines:
    """Keep a short last word with the word before it; in a heading, which runs over few lines, however short it is."""
    length = sys.maxsize if heading else len(plain(inlines))
    return marks.ending(inlines, lambda text: breaks.last_word(text, length))


def _spaced(text: str) -> str:
    """Escape running text, its no-break pairs joined, its identifiers kept on one line."""
    return "".join(
        f'<span class="nb">{escape(piece.text, quote=False)}</span>' if piece.nb else escape(piece.text, quote=False)
        for piece in breaks.pieces(text)
    )
