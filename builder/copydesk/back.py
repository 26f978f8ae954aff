"""A review copy that came back comes in; the files of its source, with what was changed in it, go out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from builder import problems
from builder.copydesk import bodies, carried, glyphs, margin, threads
from builder.copydesk.edits import Edits
from builder.copydesk.pairing import number
from builder.copydesk.plan import plan
from builder.copydesk.strips import bare
from builder.copydesk.turning import Turner
from builder.intake.original import Grid
from builder.manuscript import README
from builder.problems import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.copydesk.nouns import Definition, Plan
    from builder.intake.original import Original, Paragraph
    from builder.problems import Problem


@dataclass(frozen=True, slots=True)
class Back:
    """The files of the source, path inside its folder → bytes, and what was changed; no files: the copy is harmed.

    Where there are no files the copy has to be taken in as any other Word file.
    """

    files: dict[str, bytes]
    report: tuple[Problem, ...]


def is_copy(data: bytes) -> bool:
    """Tell whether the bytes of a Word file are a review copy that carries its source, harmed or not."""
    return carried.find(data) is not None


def read_back(data: bytes, original: Original, file: str) -> Back | None:
    """Read a review copy back.

    Args:
        data: the bytes of the Word file.
        original: what stands in it, its bookmarks kept.
        file: its name, for the places of the report.

    Returns:
        Nothing when it is no review copy.
    """
    found = carried.find(data)
    if found is None:
        return Back({}, (problems.copy_stripped(Place(file)),)) if _is_marked(original) else None
    laid = _plan(found) if found.whole else None
    if laid is None:
        return Back({}, (problems.copy_harmed(Place(file)),))
    edits = {each.name: Edits(each.name, each.raw) for each in (*laid.chapters[1:], *laid.commentary)}
    kept = {name: data for name, data in found.files.items() if name == README}
    turner = Turner(file, original, edits, files=kept, carried=found.files)
    hung = bodies.turn(laid, turner)
    margin.turn(laid, turner, hung, threads.read(data))
    _notes(laid, turner)
    files = found.files | turner.files | _texts(laid, turner, found.files)
    files = {name: content for name, content in files.items() if content or not found.files.get(name)}
    report = list(turner.report) or [problems.copy_same(Place(file))]
    told = {each.place.line for each in report if each.code == "COPY_FIXED"}
    report += (each for each in _doubts(files, original, file) if each.place.line not in told)
    return Back(files, problems.in_order(report))


def _is_marked(original: Original) -> bool:
    return any(number(each) for each in _paragraphs(original))


def _paragraphs(original: Original) -> Iterator[Paragraph]:
    for block in original.blocks:
        if isinstance(block, Grid):
            yield from (each for row in block.rows for cell in row for each in cell)
        else:
            yield block


def _plan(found: carried.Carried) -> Plan | None:
    """The plan of the files that were carried, when it is the one they were exported by."""
    try:
        laid = plan(found.files)
    except UnicodeDecodeError:
        return None
    return laid if carried.words_of(laid) == found.words else None


def _texts(laid: Plan, turner: Turner, before: dict[str, bytes]) -> dict[str, bytes]:
    names = {each.name for each in (*laid.chapters, *laid.commentary)}
    changed = ((name, edits) for name, edits in turner.edits.items() if edits.touched)
    return {name: edits.text().encode() for name, edits in changed if name in names | before.keys() or edits.added}


# --- footnotes --------------------------------------------------------------------------------------


def _notes(laid: Plan, turner: Turner) -> None:
    """Change the footnotes whose words changed, take out those nothing calls any more."""
    shown = [(each.name, note) for each in laid.chapters for note in each.notes]
    were_called = {(chapter.name, piece.note) for chapter, leaf in laid.leaves() for piece in leaf.pieces}
    odd = [pair for pair in shown if _is_odd(*pair, shown, turner)]
    if odd:
        place = Place(turner.file)
        turner.report.append(problems.copy_notes(place, len(odd), "; ".join(_words(note) for _, note in odd)))
    for name, note in shown:
        if (name, note.name) in turner.pairs:
            if (name, note) not in odd:
                _note(name, note, turner)
        elif (name, note.name) in were_called and note.name not in turner.called.get(name, ()):
            turner.edits[name].remove(note.first, note.last)
            turner.report.append(problems.copy_removed(Place(turner.file), name, _words(note)))


def _is_odd(name: str, note: Definition, shown: list[tuple[str, Definition]], turner: Turner) -> bool:
    """Tell of a note that came back empty, or with the words of another: some programs mix them up."""
    now = _back(name, note, turner)
    if now is None or now == bare(_words(note)):
        return False
    return not now or any(now == bare(_words(other)) for _, other in shown if other is not note)


def _back(name: str, note: Definition, turner: Turner) -> str | None:
    key = turner.pairs.get((name, note.name))
    if key is None:
        return None
    return bare(" ".join(each.text for each in turner.original.notes.get(key, ())))


def _words(note: Definition) -> str:
    return " ".join("".join(piece.text for piece in words) for words in note.paragraphs)


def _note(name: str, note: Definition, turner: Turner) -> None:
    paragraphs = [each for each in turner.original.notes.get(turner.pairs[name, note.name], ()) if each.text.strip()]
    was = [glyphs.of_pieces(words) for words in note.paragraphs]
    now = [glyphs.came_back(each) for each in paragraphs]
    if len(was) == len(now) and all(glyphs.same(old, new) for old, new in zip(was, now, strict=True)):
        return
    olds = [*was, *([[]] * len(now))]
    texts = [
        turner.markdown(name, glyphs.merged(old, new), at, go_on="    ")
        for old, new, at in zip(olds, now, paragraphs, strict=False)
    ]
    turner.edits[name].replace(note.start, note.end, "\n\n    ".join(texts))
    words = " ".join(each.text for each in paragraphs)
    turner.report.append(problems.copy_changed(turner.place(paragraphs[0]), name, _words(note), words))


# --- proof ------------------------------------------------------------------------------------------


def _doubts(files: dict[str, bytes], original: Original, file: str) -> Iterator[Problem]:
    """Lay the files out again: what stands in the copy and would not stand in that is told."""
    laid = plan(files)
    texts = [(bare(leaf.text), bare(leaf.lead)) for _, leaf in laid.leaves()]
    said = {text for text, _ in texts} | {text.removeprefix(lead).strip() for text, lead in texts if lead}
    title = {text.casefold() for text in map(bare, (leaf.text for leaf in laid.chapters[0].leaves()))}
    for paragraph in _paragraphs(original):
        words = bare(glyphs.words(each for each in glyphs.came_back(paragraph) if each.sign != glyphs.THING))
        if words and words.casefold() not in title and not {words, words.lstrip("-— ")} & said:
            yield problems.copy_doubt(Place(file, paragraph.line), words)
