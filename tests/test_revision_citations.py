"""Texts and revisions made by chance, every clause commented on: each note stands at its clause afterwards.

The whole way is gone: the texts are read as ``program.md`` is, matched, the commentary rewritten and read again.
"""

from pathlib import Path

import pytest
from revising import LETTERS, Maker

from builder import revision
from builder.manuscript import program, sheet_of
from builder.manuscript.folder import Folder
from builder.problems import Place
from builder.publication import Level, walk
from builder.publication.ranges import Ranges
from builder.revision import Citer, reanchor
from builder.vietnamese import numbering


def text_of(root):
    """The nodes → the text of a programme, numbered anew, and who its clauses are, in reading order."""
    lines, names, article = [], [], 0
    for node in root.walk():
        for number, child in enumerate(node.children, 1):
            child.number = number
    for node in list(root.walk())[1:]:
        names.append(node.name)
        article += node.level is Level.ARTICLE
        labels = {
            Level.CHAPTER: f"# Chương {numbering.roman(node.number)}.",
            Level.ARTICLE: f"## Điều {article}.",
            Level.NUMBER: f"{node.number}.",
            Level.LETTER: f"{LETTERS[(node.number - 1) % len(LETTERS)]})",
        }
        said = [node.title, node.text] if node.title else [node.text]
        lines += [f"{labels[node.level]} {said[0]}", *said[1:]]
    return "\n\n".join(line for line in lines if line) + "\n", names


def read(text):
    found = []
    return program.read(sheet_of("program.md", "program.md", text), Folder(Path(), found), found, strict=False)


def made(seed):
    """A seed → both programmes with their anchors, the truth by old path id."""
    maker = Maker(seed)
    old, was = text_of(maker.root)
    maker.revise()
    new, now = text_of(maker.root)
    (before, anchors), (after, others) = read(old), read(new)
    place = dict(zip(now, (clause.id for clause in walk(after.clauses)), strict=True))
    ids = [clause.id for clause in walk(before.clauses)]
    truth = {name: place.get(who) for name, who in zip(ids, was, strict=True)}
    return before, after, Citer(anchors, others, revision.match(before, after), Ranges(after.clauses)), truth


@pytest.mark.parametrize("seed", range(40))
def test_every_note_and_every_reference_follows_its_clause(seed):
    before, _, citer, truth = made(seed)
    clauses = list(walk(before.clauses))
    text = "\n".join(f"## {each.citation}: Ghi chú\n\nXem {{khoan:{each.id}}}.\n" for each in clauses)
    found = reanchor([sheet_of("commentary/a.md", "commentary/a.md", text)], citer)
    notes = [each for each in found.places if each.what == "note"]
    references = [each for each in found.places if each.what == "reference"]
    assert len(notes) == len(references) == len(clauses)  # nothing is lost
    for clause, note, reference in zip(clauses, notes, references, strict=True):
        match = citer.matching.by_old[clause.id]
        if note.recited.cited and match.sure:
            standing = citer.new.find(note.new, Place(), []) if note.new else ()
            ids = {unit.id for passage in standing for unit in passage}
            assert ids == ({truth[clause.id]} if truth[clause.id] else {match.heir} - {""})
        if match.sure and truth[clause.id]:
            assert citer.new.find(reference.new, Place(), [])[0][0].id == truth[clause.id]


@pytest.mark.parametrize("seed", range(40, 80))
def test_every_range_covers_what_it_covered(seed):
    before, after, citer, _ = made(seed)
    added = set(citer.matching.added)
    order = {clause.id: at for at, clause in enumerate(walk(after.clauses))}
    articles = [clause for clause in walk(before.clauses) if clause.level is Level.ARTICLE]
    for first, last in zip(articles, articles[2:], strict=False):
        recited = citer.recite(f"Điều {first.number}–{last.number}")
        wanted = {new for old in recited.cited for new in citer.matching.by_old[old].new}
        assert len(recited.cited) == 3
        named = citer.new.find(recited.new, Place(), []) if recited.new else ()
        covered = {unit.id for passage in named for unit in passage}
        assert wanted <= covered
        assert covered - wanted <= added
        assert not wanted or min(covered, key=order.get) in wanted
