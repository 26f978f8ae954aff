"""A paragraph or table that is new in a copy comes in; the Markdown of a block of its own goes out."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from builder import problems
from builder.copydesk import glyphs
from builder.copydesk.plan import PROGRAMME
from builder.copydesk.turning import is_heading, is_label, plain_opening
from builder.intake import escape, figures
from builder.intake.original import Grid, Paragraph
from builder.vietnamese import slug

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.copydesk.turning import Turner

_DEEPEST = 6
_SIGN = re.compile(r"[-–—+*•·]\s")


def blocks(name: str, new: Paragraph | Grid, turner: Turner) -> Iterator[str]:
    """What is new → its blocks, pictures apart."""
    if isinstance(new, Grid):
        yield table(name, new, turner)
        return
    text = _paragraph(name, new, turner)
    if text:
        yield text
    for run in new.runs:
        if run.picture in turner.original.pictures and (shown := picture(run.picture, new, turner)):
            yield shown


def inline(name: str, new: Paragraph, turner: Turner) -> str:
    """The words of a new paragraph as inline Markdown."""
    return turner.markdown(name, glyphs.merged([], [each for each in glyphs.came_back(new) if not each.picture]), new)


def _paragraph(name: str, new: Paragraph, turner: Turner) -> str:
    found = [glyph for glyph in glyphs.came_back(new) if not glyph.picture]
    label = f"{new.label} " if new.label else ""
    letters = glyphs.merged([], found)
    if new.heading or is_heading(glyphs.words(letters)):
        letters = _upright(letters)
    if name == PROGRAMME:
        text = turner.markdown(name, letters, new)
        return text if is_label(text) else _heading(text, new) or escape.paragraph(text)
    if new.depth or _SIGN.match(label):
        letters = letters[len(label) :]
        mark = "1." if label[:1].isdecimal() else "-"
        return "  " * max(0, new.depth - 1) + f"{mark} " + turner.markdown(name, letters, new, go_on="  ")
    text = turner.markdown(name, letters, new)
    return _heading(text, new) or plain_opening(text, lists=False)


def _upright(found: glyphs.Glyphs) -> glyphs.Glyphs:
    """Letters all of which are bold as those of a heading, which is bold anyway."""
    bold = all(glyph.bold for glyph in found if not glyph.sign.isspace())
    return [replace(glyph, bold=False) for glyph in found] if bold else found


def _heading(text: str, new: Paragraph) -> str:
    """A heading of the second level at most; the first outline is that of the lines that name files."""
    return f"{'#' * min(max(2, new.heading - 1), _DEEPEST)} {text}" if new.heading > 1 and text else ""


def picture(name: str, at: Paragraph, turner: Turner) -> str:
    """A picture that is new → its file in the source, and the line that shows it; none where it cannot be printed."""
    found = turner.original.pictures[name]
    ending, data = figures.printable(found)
    alt = re.sub(r"[\[\]\\]", "", " ".join(found.alt.split()))
    if not data:
        turner.report.append(problems.intake_picture_left(turner.place(at), alt or found.media_type, "broken"))
        return ""
    stem = slug.slug(name.rpartition(".")[0]) or "hinh"
    path = _free(f"figures/{stem}", f".{ending}", data, turner)
    turner.files[path] = data
    return f"![{alt or 'Hình'}]({path})"


def _free(stem: str, suffix: str, data: bytes, turner: Turner) -> str:
    """A path at which nothing else stands, whichever letters are capitals: neither of the copy nor what is new."""
    there = {path.casefold(): each for path, each in (turner.carried | turner.files).items()}
    paths = (f"{stem}{f'-{count}' if count else ''}{suffix}" for count in itertools.count())
    return next(path for path in paths if there.get(path.casefold(), data) == data)


def table(name: str, new: Grid, turner: Turner) -> str:
    """A table that is new → its lines."""
    rows = [row_text(name, row, turner) for row in new.rows]
    width = max(len(row) for row in new.rows)
    ruler = "|" + "---|" * width
    return "\n".join([row_text(name, new.rows[0], turner, head=True), ruler, *rows[1:]])


def row_text(name: str, row: tuple[tuple[Paragraph, ...], ...], turner: Turner, *, head: bool = False) -> str:
    """A row that is new → its line; a ``head`` is bold anyway."""
    return f"| {' | '.join(_cell(name, cell, turner, head=head) for cell in row)} |"


def _cell(name: str, cell: tuple[Paragraph, ...], turner: Turner, *, head: bool) -> str:
    texts = []
    for each in cell:
        letters = glyphs.merged([], [glyph for glyph in glyphs.came_back(each) if not glyph.picture])
        texts.append(turner.markdown(name, _upright(letters) if head else letters, each))
    return re.sub(r"(?<!\\)\|", r"\\|", " ".join(filter(None, texts)).replace("\\\n", " "))
