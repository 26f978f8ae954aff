"""What was made and a number come in; numbered copies of its e-books go out, and what is said of a copy is judged."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from builder import problems, shelf
from builder.ebook import copies as ebooks
from builder.problems import Place, Problems
from builder.works.asked import COPIES, FILES, Made, Output

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from builder.shelf import NumberedEdition
    from builder.works.asked import Timer

MOST = ebooks.MOST
LARGEST = 1_000_000_000  # bytes of copies at once


@dataclass(frozen=True, slots=True)
class Judged:
    """A copy that is the house's own: its edition, its number, its code."""

    edition: NumberedEdition
    number: int
    code: str


def copied(made: Iterable[Made]) -> bool:
    """Tell whether anything was made that can be numbered."""
    return any(output.line for each in made for output in each.outputs)


def numbered(made: Made, count: int, folder: Path, heads: Sequence[str], timer: Timer) -> tuple[Made, tuple[Path, ...]]:
    """Make copies 1 to ``count`` of every e-book, and put them down in the registers.

    Args:
        made: what was made of one publication.
        count: how many copies, at most ``MOST``.
        folder: the folder of the person's settings: secret and registers stand there.
        heads: what the columns of a register are called.
        timer: seconds since some moment.

    Returns:
        What was made with its copies, and where the registers stand.

    Raises:
        Problems: ``NUMBERED_LARGE``, ``NUMBERED_KEY``, ``FILE_UNREADABLE``, ``SHELF_DENIED``, ``SHELF_FULL``.
    """
    masters = [output for output in made.outputs if output.line]
    size = count * sum(len(each.data) for each in masters)
    if size > LARGEST:
        raise Problems([problems.numbered_large(Place(made.slug), count, size // 1_000_000, LARGEST // 1_000_000)])
    secret = shelf.copies_secret(folder) if masters else b""
    outputs: list[Output] = []
    editions: dict[NumberedEdition, list[tuple[int, str]]] = {}
    for master in masters:
        edition = shelf.NumberedEdition(ebooks.identifier(master.data), made.slug, _book_of(master, made.slug))
        marks = [(number, ebooks.code(secret, edition.identifier, number)) for number in range(1, count + 1)]
        editions[edition] = marks
        outputs += _copies(master, marks, timer)
    shelf.keep_numbered(folder, tuple(editions))
    kept = [shelf.register(folder, edition, marks, heads) for edition, marks in editions.items()]
    found = tuple(problem for problem in kept if problem)
    registers = tuple(shelf.register_of(folder, edition) for edition in editions)
    return replace(made, outputs=made.outputs + tuple(outputs), problems=made.problems + found), registers


def _book_of(master: Output, slug: str) -> str:
    """Name the book of an edition, with its session where it has one a session: each has a register of its own."""
    return master.name.removesuffix(FILES[master.kind]).removeprefix(f"{slug}-")


def _copies(master: Output, marks: Sequence[tuple[int, str]], timer: Timer) -> Iterator[Output]:
    lines = [master.line.format(number=number, code=code) for number, code in marks]
    since = timer()
    for (number, _), data in zip(marks, ebooks.numbered(master.data, lines), strict=True):
        now = timer()
        name = name_of(master.name, master.kind, number)
        yield replace(master, kind=COPIES[master.kind], name=name, seconds=now - since, data=data, line="")
        since = now


def name_of(master: str, kind: str, number: int) -> str:
    """Name a copy by its master's name and kind: ``so-tay-nguoi-du-ban-007.epub``."""
    return f"{master.removesuffix(FILES[kind])}-ban-{number:03}{FILES[kind]}"


def master_of(copy: Output) -> str:
    """Return the name of the e-book that a copy was made of."""
    return copy.name.rpartition("-ban-")[0] + FILES[next(kind for kind in COPIES if COPIES[kind] == copy.kind)]


def others(made: Iterable[Made]) -> Iterator[str]:
    """Yield the names of all copies there may be beside those that were made: of another build, and too many now."""
    for each in made:
        kinds = {output.kind for output in each.outputs}
        for output in each.outputs:
            if COPIES.get(output.kind) in kinds:
                yield from (name_of(output.name, output.kind, number) for number in range(1, MOST + 1))


# --- judging --------------------------------------------------------------------------------------


def judge_file(data: bytes, file: str, folder: Path) -> Judged:
    """Tell which copy of the house an EPUB is: its number and its code, in its package and on its page, are its own.

    Raises:
        Problems: ``NUMBERED_UNREADABLE``, ``NUMBERED_NOT``, ``NUMBERED_NO_KEY``, ``NUMBERED_KEY``, ``NUMBERED_FALSE``,
            ``NUMBERED_ANOTHERS``, ``NUMBERED_ALTERED``.
    """
    place = Place(file)
    identifier, rights, texts = _said_in(data, file)
    mark = ebooks.read(rights)
    if mark is None or not mark.number:
        raise Problems([problems.numbered_not(place)])
    editions = {each.identifier: each for each in shelf.numbered_editions(folder)}
    edition = editions.get(identifier) or shelf.NumberedEdition(identifier, "", "")
    judged = _judged(mark, (edition,), folder, place)
    if not any(mark.code in words and ebooks.read(words) == mark for words in texts):
        raise Problems([problems.numbered_altered(place, mark.number)])
    return judged


def _said_in(data: bytes, file: str) -> tuple[str, str, list[str]]:
    """Return an EPUB's identifier, its last statement of rights, the paragraphs of its documents."""
    from builder.preflight.ebooks import volume as volumes  # noqa: PLC0415 - a build that has nothing to do is quick

    try:
        volume = volumes.opened(data, file)
    except Problems as error:
        raise Problems([problems.numbered_unreadable(Place(file))]) from error
    if volume.root is None:
        raise Problems([problems.numbered_unreadable(Place(file))])
    names = volumes.NAMES
    said = {
        name: [" ".join(each.itertext()).strip() for each in volume.root.iterfind(f"o:metadata/d:{name}", names)]
        for name in ("identifier", "rights")
    }
    first = volume.root.get("unique-identifier")
    own = [each.text for each in volume.root.iterfind("o:metadata/d:identifier", names) if each.get("id") == first]
    texts = ["".join(each.itertext()) for root in volume.documents.values() for each in root.iterfind(".//h:p", names)]
    return (own or said["identifier"] or [""])[0] or "", (said["rights"] or [""])[-1], texts


def judge_line(line: str, folder: Path) -> Judged:
    """Tell which copy of the house a line names, as it is printed or typed: a code, with a number before it or without.

    Raises:
        Problems: ``NUMBERED_NOT``, ``NUMBERED_NO_KEY``, ``NUMBERED_KEY``, ``NUMBERED_FALSE``, ``NUMBERED_ANOTHERS``.
    """
    mark = ebooks.read(line)
    if mark is None:
        raise Problems([problems.numbered_not(Place(line))])
    return _judged(mark, shelf.numbered_editions(folder), folder, Place(line))


def _judged(mark: ebooks.Mark, editions: Sequence[NumberedEdition], folder: Path, place: Place) -> Judged:
    secret = shelf.known_secret(folder)
    if secret is None:
        raise Problems([problems.numbered_no_key(place)])
    for edition in editions:
        if mark.number and ebooks.same(ebooks.code(secret, edition.identifier, mark.number), mark.code):
            return Judged(edition, mark.number, mark.code)
    for edition in editions:
        for number in range(1, MOST + 1):
            if ebooks.same(ebooks.code(secret, edition.identifier, number), mark.code):
                if mark.number:
                    raise Problems([problems.numbered_anothers(place, mark.number, number)])
                return Judged(edition, number, mark.code)
    raise Problems([problems.numbered_false(place, mark.code)])
