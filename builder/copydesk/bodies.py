"""The body of a copy that came back comes in; the changes to the files it shows go out, in their places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder import problems
from builder.copydesk import additions, grids, pairing
from builder.copydesk.looks import Look
from builder.copydesk.nouns import Board, How, Kind, Leaf, Shown
from builder.copydesk.turning import is_label
from builder.intake.original import Grid, Paragraph
from builder.manuscript import sessions

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from builder.copydesk.nouns import Block, Plan
    from builder.copydesk.turning import Turner


def shown(plan: Plan) -> Iterator[Shown]:
    """Yield the blocks of a copy in order."""
    mark = 1
    for chapter in plan.chapters:
        clause = ""
        for block in chapter.blocks:
            if isinstance(block, Board):
                yield Shown(chapter.name, block, mark, _where(chapter.name, plan.clauses.get(clause, "")), clause)
                mark += sum(1 for _ in block.leaves())
                continue
            clause = block.clause or clause
            yield Shown(chapter.name, block, mark, _where(chapter.name, plan.clauses.get(clause, "")), clause)
            mark += 1


def _where(name: str, citation: str) -> str:
    return f"{citation} ({name})" if citation else name


def turn(plan: Plan, turner: Turner) -> dict[str, str]:
    """Make the changes of the body; the clause each remark hangs on, by the remark's name, goes out."""
    was = list(shown(plan))
    now = turner.original.blocks
    found = pairing.pair([each.block for each in was], [each.mark for each in was], now)
    walk(was, now, found, turner)
    return _hung(was, now, found)


def walk(was: Sequence[Shown], now: Sequence[Paragraph | Grid], found: Sequence[int | None], turner: Turner) -> None:
    """Go through what came back, and through what did not."""
    kept = pairing.in_order(found)
    anchor: Shown | None = None
    for block, at in zip(now, found, strict=True):
        if at is not None and at in kept:
            anchor = was[at]
            _change(anchor, block, turner)
        elif anchor is not None or was:
            _put_in(anchor or was[0], block, None if at is None else was[at], turner)
    _remove(was, kept, set(found), turner)


def _change(before: Shown, block: Paragraph | Grid, turner: Turner) -> None:
    if isinstance(before.block, Board) and isinstance(block, Grid):
        grids.turn(before, before.block, block, turner)
    elif isinstance(before.block, Leaf) and isinstance(block, Paragraph):
        turner.change(before.name, before.block, block, before.where)
        known = before.block.picture
        for run in block.runs if not known else ():
            if run.picture in turner.original.pictures and (shown := additions.picture(run.picture, block, turner)):
                turner.edits[before.name].add(_after(before, turner), shown)


def _put_in(anchor: Shown, new: Paragraph | Grid, moved: Shown | None, turner: Turner) -> None:
    """Put what is new, or was moved, behind the block before it."""
    name = anchor.name
    place = turner.place(new if isinstance(new, Paragraph) else None)
    if name not in turner.edits or (moved and not moved.name):
        turner.report.append(problems.copy_fixed(place, "", pairing.text_back(new)))
        return
    after = _after(anchor, turner)
    texts = _as_it_was(moved, new, turner, name) or _glossed(anchor, new, turner)
    texts = texts or list(additions.blocks(name, new, turner))
    for text in texts:
        turner.edits[name].add(after, text, tight=_is_tight(anchor, text, turner))
    if isinstance(new, Paragraph):
        turner.add_notes(name, after, new)
    tell = problems.copy_moved if moved else problems.copy_added
    if texts:
        turner.report.append(tell(place, anchor.where, pairing.text_back(new)))


def _glossed(anchor: Shown, new: Paragraph | Grid, turner: Turner) -> list[str]:
    """Among entries of the index, an entry; among terms, a definition, or in bold a term."""
    block = anchor.block
    if isinstance(block, Board) or isinstance(new, Grid) or block.look not in {Look.INDEX, Look.TERM, Look.DEFINITION}:
        return []
    words = " ".join(new.text.split())
    if block.look is Look.INDEX:
        return [f"- {words.lstrip('-–• ')}"]
    bold = all(run.bold for run in new.runs if run.text.strip())
    return [words] if bold and block.look is Look.DEFINITION else [f": {additions.inline(anchor.name, new, turner)}"]


def _as_it_was(moved: Shown | None, new: Paragraph | Grid, turner: Turner, name: str) -> list[str]:
    """The lines of what was moved as they stand in the source, where nothing of it changed."""
    if moved is None or moved.name != name or not isinstance(moved.block, Leaf) or not isinstance(new, Paragraph):
        return []
    if moved.block.how is How.FIXED and not moved.block.picture:
        return []
    if not moved.block.picture and turner.differs(moved.block, new):
        return []
    page = turner.edits[name].page
    turner.keep(name, moved.block)
    return ["\n".join(page.line(number) for number in range(moved.block.first, moved.block.last + 1))]


def _after(anchor: Shown, turner: Turner) -> int:
    """The line of the file behind which what follows a block is put in; 0: at its head."""
    block = anchor.block
    if not isinstance(block, Board):
        if block.opens_box:
            return block.first
        return block.close or block.last or _head_of(anchor.name, turner)
    settings = block.kind is Kind.SETTINGS
    return min(block.last + settings, len(turner.edits[anchor.name].page.lines))


def _head_of(name: str, turner: Turner) -> int:
    """The line behind which the text of a file begins: of a session, that which closes its settings."""
    head, _ = sessions.front_matter(turner.edits[name].page.lines) if name.startswith("sessions/") else ((), ())
    return head[-1].number + 1 if head else 0


def _is_tight(anchor: Shown, text: str, turner: Turner) -> bool:
    """Tell whether an item follows another as the items around it do: without a blank line."""
    block = anchor.block
    if isinstance(block, Board) or block.look is Look.VERSE:
        return not isinstance(block, Board)
    if block.opens_box or block.look is Look.INDEX or text.startswith(": "):
        return True
    lines = turner.edits[anchor.name].page.lines
    close = block.last < len(lines) and bool(lines[block.last].text.strip())
    item = bool(block.lead and text.startswith(("-", "1."))) or bool(block.label and is_label(text))
    return item and (close or bool(block.lead))


def _remove(was: Sequence[Shown], kept: set[int], found: set[int | None], turner: Turner) -> None:
    gone = [place for place, each in enumerate(was) if place not in kept and _is_seen(each.block)]
    boxes = _boxes(was, set(gone), turner)
    for name in _emptied(was, set(gone), turner):
        turner.edits[name].remove(1, len(turner.edits[name].page.lines))
    for place in gone:
        each = was[place]
        if each.name not in turner.edits or (isinstance(each.block, Leaf) and not each.block.first):
            continue
        _take_out(each, turner, in_box=place in boxes)
        if place not in found:
            turner.report.append(problems.copy_removed(turner.place(None), each.where, pairing.text_of(each.block)))


def _emptied(was: Sequence[Shown], gone: set[int], turner: Turner) -> Iterator[str]:
    """Yield the files all of whose blocks are gone, the line with their name too."""
    blocks: dict[str, set[int]] = {}
    for place, each in enumerate(was):
        blocks.setdefault(each.name, set()).update({place} if _is_seen(each.block) else ())
    for name, places in blocks.items():
        if name in turner.edits and places <= gone and not turner.edits[name].added:
            yield name


def _is_seen(block: Block) -> bool:
    """Tell whether there is anything to be seen of a block: what shows nothing cannot be taken out in Word."""
    return bool(pairing.text_of(block)) or (isinstance(block, Leaf) and bool(block.picture))


def _boxes(was: Sequence[Shown], gone: set[int], turner: Turner) -> set[int]:
    """Take boxes out with their fences whose paragraphs are all gone; return the places in them."""
    taken: set[int] = set()
    for place, each in enumerate(was):
        block = each.block
        if isinstance(block, Board) or not block.opens_box:
            continue
        inside = [
            at
            for at in range(place + 1, len(was))
            if was[at].name == each.name and block.first < was[at].block.first < block.close
        ]
        lines = {line for line in turner.edits[each.name].added if block.first <= line < block.close}
        if inside and gone.issuperset(inside) and not lines:
            turner.edits[each.name].remove(block.first, block.close)
            taken |= {place, *inside}
    return taken


def _take_out(each: Shown, turner: Turner, *, in_box: bool) -> None:
    block, edits = each.block, turner.edits[each.name]
    if in_box or (isinstance(block, Leaf) and block.opens_box):
        return
    if isinstance(block, Board):
        if block.kind is not Kind.SETTINGS:
            edits.remove(block.first, block.last)
    elif block.how is How.CAPTION:
        edits.replace(block.start, block.end, "")
    else:
        edits.remove(block.first, block.last)


def _hung(was: Sequence[Shown], now: Sequence[Paragraph | Grid], found: Sequence[int | None]) -> dict[str, str]:
    """The clause each remark hangs on: of the paragraph it begins in, or the last one before that."""
    hung: dict[str, str] = {}
    clause = ""
    for block, at in zip(now, found, strict=True):
        clause = clause if at is None else was[at].clause
        inside = [block] if isinstance(block, Paragraph) else [p for row in block.rows for cell in row for p in cell]
        for paragraph in inside:
            for name in paragraph.remarks:
                hung.setdefault(name, clause)
    return hung
