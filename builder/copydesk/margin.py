"""The comments of a copy that came back come in; commentary changed, taken out and added goes out.

A comment that is new becomes commentary on the clause it hangs on, in a file of its own, so that it can be looked
through before it is printed. One that hangs on no clause is kept for people to read.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from builder import problems
from builder.copydesk import additions, pairing
from builder.copydesk.binding import AUTHOR
from builder.copydesk.bodies import walk
from builder.copydesk.edits import Edits
from builder.copydesk.nouns import Shown
from builder.copydesk.strips import bare
from builder.manuscript import README
from builder.problems import Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from builder.copydesk.nouns import Entry, Plan
    from builder.copydesk.threads import Threads
    from builder.copydesk.turning import Turner
    from builder.intake.original import Remark

NEW = "commentary/gop-y.md"
"""The file new comments go into."""

_HEAD = "# Lời góp ý trên bản đọc duyệt"
_ALIKE = 0.4


def turn(plan: Plan, turner: Turner, hung: Mapping[str, str], threads: Threads) -> None:
    """Make the changes of the margin; ``hung`` is the clause each remark hangs on, by name."""
    remarks = [part for each in turner.original.remarks for part in _parted(each, threads)]
    found = _paired(plan.entries, remarks, hung)
    for remark, at in zip(remarks, found, strict=True):
        if at is not None:
            _change(plan.entries[at], remark, plan, turner)
    for at, entry in enumerate(plan.entries):
        if at not in found and bare(entry.leaves[0].text) not in threads.settled:
            turner.edits[entry.file].remove(entry.first, entry.last)
            where = f"{plan.clauses[entry.opens]} ({entry.file})"
            turner.report.append(problems.copy_removed(Place(turner.file), where, entry.leaves[0].text))
    _added(plan, [each for each, at in zip(remarks, found, strict=True) if at is None], hung, turner)


def _parted(remark: Remark, threads: Threads) -> Iterator[Remark]:
    """A remark and the replies to it, each by itself."""
    said = [each for each in remark.paragraphs if each.text.strip()]
    replies = threads.replies.get(remark.name, ())
    end = len(said) - sum(reply.paragraphs for reply in replies)
    if end <= 0:
        replies, end = (), len(said)
    if said:
        yield replace(remark, paragraphs=tuple(said[:end]))
    for reply in replies:
        words = tuple(said[end : end + reply.paragraphs])
        end += reply.paragraphs
        if words:
            yield replace(remark, author=reply.author, paragraphs=words)


def _paired(entries: Sequence[Entry], remarks: Sequence[Remark], hung: Mapping[str, str]) -> list[int | None]:
    """For each remark, the entry it is: by its first line; one by us, by where it hangs or by most of its words."""
    free = dict.fromkeys(range(len(entries)))
    found: list[int | None] = [None] * len(remarks)
    for how in (_same_head, _same_place, _same_words):
        for at, remark in enumerate(remarks):
            if found[at] is not None or (how is not _same_head and remark.author != AUTHOR):
                continue
            place = next((each for each in free if how(entries[each], remark, hung)), None)
            if place is not None:
                found[at] = place
                del free[place]
    return found


def _same_head(entry: Entry, remark: Remark, _hung: Mapping[str, str]) -> bool:
    return bare(entry.leaves[0].text) == bare(remark.paragraphs[0].text)


def _same_place(entry: Entry, remark: Remark, hung: Mapping[str, str]) -> bool:
    return hung.get(remark.name) == entry.opens and _same_words(entry, remark, hung)


def _same_words(entry: Entry, remark: Remark, _hung: Mapping[str, str]) -> bool:
    was = {word for leaf in entry.leaves for word in leaf.text.split()}
    now = {word for each in remark.paragraphs for word in each.text.split()}
    return len(was & now) >= _ALIKE * max(len(was), len(now), 1)


def _change(entry: Entry, remark: Remark, plan: Plan, turner: Turner) -> None:
    where = f"{plan.clauses[entry.opens]} ({entry.file})"
    was = [Shown(entry.file, leaf, 0, where) for leaf in entry.leaves]
    found = pairing.pair(entry.leaves, [0] * len(was), remark.paragraphs)
    walk(was, remark.paragraphs, found, turner)


def _added(plan: Plan, remarks: Sequence[Remark], hung: Mapping[str, str], turner: Turner) -> None:
    """Write the new comments that hang on clauses as entries, in the order of the programme."""
    order = {clause: place for place, clause in enumerate(plan.clauses)}
    here = [each for each in remarks if hung.get(each.name, "") in order]
    texts = []
    known = {each.name: each.raw for each in plan.commentary}
    if here:
        turner.edits.setdefault(NEW, Edits(NEW, known.get(NEW, "")))
    for remark in sorted(here, key=lambda each: order[hung[each.name]]):
        citation = plan.clauses[hung[remark.name]]
        paragraphs = [text for each in remark.paragraphs for text in additions.blocks(NEW, each, turner)]
        texts.append("\n\n".join([f"## {citation}", *paragraphs]))
        place = turner.place(remark.paragraphs[0])
        words = " ".join(each.text for each in remark.paragraphs)
        turner.report.append(problems.copy_comment(place, remark.author or "?", citation, words, NEW))
    if texts:
        edits = turner.edits[NEW]
        edits.add(len(edits.page.lines), "\n\n".join(texts))
    _kept([each for each in remarks if each not in here], turner)


def _kept(remarks: Sequence[Remark], turner: Turner) -> None:
    """Keep the remarks that hang on no clause in the file of the folder that is for people alone."""
    lines = []
    for remark in remarks:
        words = " ".join(" ".join(each.text for each in remark.paragraphs).split())
        about = " ".join(remark.about.split())
        lines.append(f"- {remark.author or '?'}, tại “{about}”: {words}\n")
        place = turner.place(remark.paragraphs[0])
        turner.report.append(problems.copy_comment_loose(place, remark.author or "?", about, words, README))
    if lines:
        before = turner.files.get(README, b"").decode().rstrip()
        turner.files[README] = f"{before}\n\n{_HEAD}\n\n{''.join(lines)}".lstrip().encode()
