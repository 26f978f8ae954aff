"""``anpham impose``: a PDF and how it is to be bound come in; the sheets are written and told of."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from builder import paper, pdf, problems, shelf
from builder.cli import answers, folders, measures
from builder.cli import printer as printers
from builder.cli.boundary import Status
from builder.cli.frame import WrongLine
from builder.cli.words import Words, here
from builder.imposition import CREEPS, MARKS, SCHEMES, Creep, Job
from builder.paper import HEAVIEST, LIGHTEST
from builder.printer import Flip, Printer
from builder.problems import Place
from builder.works import booklet
from builder.works import workshop as workshops
from builder.works.asked import FILES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from builder.imposition import Imposed
    from builder.paper import SheetSize
    from builder.works.asked import Workshop

COMMAND = "anpham impose"
_WHOLE = re.compile(r"[0-9]{1,5}")
MOST_MM = 50
"""No paper is thicker, and no sheets push one another further out, than this (mm)."""


@dataclass(frozen=True, slots=True)
class Order:
    """What was typed, word by word; empty for what was not."""

    file: str
    sheet: str = ""
    binding: str = ""
    sheets_per_signature: str = ""
    keep_last: str = ""
    copies_per_sheet: str = ""
    flip: str = ""
    backs: str = ""
    back_offset: str = ""
    edge: str = ""
    paper: str = ""
    caliper: str = ""
    cover_paper: str = ""
    creep: str = ""
    creep_total: str = ""
    marks: str = ""
    scale: str = ""
    out: str = ""
    printer: str = ""
    by_hand: bool = False
    cover: bool = False
    rtl: bool = False
    keep_colours: bool = False


def run(order: Order) -> Status:
    """Impose a PDF.

    Raises:
        WrongLine: when an option has no such value, or a file of sheets would take the place of the PDF they are made
            of.
        Problems: when the PDF cannot be imposed, its card cannot be set, or the sheets cannot be written.
    """
    words = here()
    wanted = job(order, words)
    source = Path(order.file)
    targets = _targets(source, order.out)
    _keep_apart(source, targets, words)
    own = folders.own("layouts"), folders.own("fonts"), folders.cache()
    with workshops.opened(*own, jobs=folders.cores()) as workshop:
        pages = _read(source)
        workshop.crew.get_ready()
        lettering = booklet.lettering(workshop.fonts)
        if wanted.marks:
            wanted = replace(wanted, slug=booklet.plain_slug(source.stem, workshop.layouts))
        imposed, found = booklet.fold(pages, Place(order.file), wanted, lettering)
        files = {made.kind: made.pdf for made in imposed.files} | {"card": _card(imposed, order, targets, workshop)}
    shelf.write_files({targets[kind]: made for kind, made in files.items()})
    answers.tell([*found, *workshops.refusals(workshop)], words)
    _tell(imposed, targets, words)
    return Status.DONE


def _targets(source: Path, out: str) -> dict[str, Path]:
    """Return where each kind of file goes: beside the PDF, or all of them where one was named."""
    whole = Path(out) if out else source.with_name(f"{source.stem}{FILES['booklet']}")
    stem = whole.stem.removesuffix("-booklet")
    return {
        kind: whole if kind == "booklet" else whole.with_name(f"{stem}{FILES[kind]}")
        for kind in ("booklet", "fronts", "backs", "booklet-cover", "card")
    }


def _card(imposed: Imposed, order: Order, targets: dict[str, Path], workshop: Workshop) -> bytes:
    """Set the card that tells how to print the sheets."""
    from builder.works import card  # noqa: PLC0415 - composing takes a moment to load

    names = {kind: target.name for kind, target in targets.items()}
    weights = int(order.paper or 0), int(order.cover_paper or 0)
    facts = card.facts(imposed, Path(order.file).stem, names, weights=weights, command=here().program)
    return card.alone(facts, workshop)


def _keep_apart(source: Path, targets: dict[str, Path], words: Words) -> None:
    for target in targets.values():
        if source.exists() and target.exists() and source.samefile(target):
            raise WrongLine(words("line.out_is_source", file=target), COMMAND)


def _read(source: Path) -> bytes:
    try:
        return pdf.read(source)
    except pdf.NotAPdf as error:
        raise problems.Problems([problems.pdf_unreadable(Place(str(source)))]) from error
    except pdf.TooBig as error:
        raise problems.Problems([problems.file_big(Place(str(source)), error.size, error.most)]) from error


# --- the job --------------------------------------------------------------------------------------


def job(order: Order, words: Words) -> Job:
    """Read the words typed as a job.

    Raises:
        WrongLine: when one of them cannot be meant.
    """
    line = _Line(words)
    scheme = line.choice("--binding", order.binding, SCHEMES)
    marks = line.several("--marks", order.marks, (*MARKS, "none"))
    return Job(
        scheme=scheme,
        sheet=_size(order.sheet, words),
        sheets_per_signature=line.whole("--sheets-per-signature", order.sheets_per_signature, 1, 16, default=4),
        keep_last=line.whole("--keep-last", order.keep_last, 0, 8, default=1),
        right_to_left=order.rtl,
        copies_per_sheet=int(line.choice("--copies-per-sheet", order.copies_per_sheet, ("1", "2"))),
        own_cover=order.cover or bool(order.cover_paper),
        creep=_creep(order, line),
        marks=tuple(mark for mark in marks if mark != "none"),
        printer=_printer(order, line),
        fit=line.choice("--scale", order.scale, ("100", "fit")) == "fit",
        keep_colours=order.keep_colours,
    )


def _creep(order: Order, line: _Line) -> Creep:
    """Thickness: as measured, or by weight; a cover that nobody tells of is of the same paper."""
    weight = line.whole("--paper", order.paper, LIGHTEST, HEAVIEST, default=80)
    measured = line.millimetres("--caliper", order.caliper, least=0.02)
    cover = line.whole("--cover-paper", order.cover_paper, LIGHTEST, HEAVIEST, default=0)
    thickness = measured or paper.caliper(weight)
    return Creep(
        line.choice("--creep", order.creep, CREEPS),
        thickness,
        paper.caliper(cover) if cover else thickness,
        total=line.millimetres("--creep-total", order.creep_total),
    )


def _printer(order: Order, line: _Line) -> Printer:
    """Return the printer that is remembered; what was typed of how it works counts for more."""
    known = printers.chosen(order.printer, COMMAND)
    typed = _fed(order, line) if order.flip or order.backs or order.by_hand else known
    off = known.across, known.up
    across, up = measures.offset(order.back_offset, line.words, COMMAND) if order.back_offset else off
    edge = measures.edge(order.edge, line.words, COMMAND) if order.edge else known.edge
    return replace(typed, name=known.name, across=across, up=up, edge=edge)


def _fed(order: Order, line: _Line) -> Printer:
    """Read how the paper goes through the printer."""
    flip = Flip(line.choice("--flip", order.flip, tuple(each.value for each in Flip)))
    backs = line.several("--backs", order.backs, ("reversed", "turned"))
    if backs and not order.by_hand:
        raise WrongLine(line.words("line.only_with", name="--backs", other="--by-hand"), COMMAND)
    return Printer("", flip, order.by_hand, "reversed" in backs, "turned" in backs)


def _size(sheet: str, words: Words) -> SheetSize | None:
    try:
        return paper.sheet_size(sheet) if sheet else None
    except paper.UnknownSheet as error:
        raise WrongLine(words("line.sheet", value=sheet), COMMAND) from error


@dataclass(frozen=True, slots=True)
class _Line:
    """Reads the values of options.

    Every method raises ``WrongLine`` for a value that cannot be meant.
    """

    words: Words

    def choice(self, name: str, value: str, known: Iterable[str]) -> str:
        """Read one of some words; the first when nothing was typed."""
        choices = tuple(known)
        if value and value not in choices:
            raise WrongLine(self.words("line.choice", name=name, value=value, known=", ".join(choices)), COMMAND)
        return value or choices[0]

    def several(self, name: str, value: str, known: tuple[str, ...]) -> tuple[str, ...]:
        """Read words parted by commas."""
        typed = [word.strip() for word in value.split(",")] if value else []
        return tuple(self.choice(name, word or value, known) for word in typed)

    def whole(self, name: str, value: str, least: int, most: int, *, default: int) -> int:
        """Read a whole number."""
        if not value:
            return default
        if not (_WHOLE.fullmatch(value) and least <= int(value) <= most):
            raise self._none(name, value, least, most)
        return int(value)

    def millimetres(self, name: str, value: str, *, least: float = 0.0) -> float:
        """Read a measure, with a point or a comma; 0 when nothing was typed."""
        return self._measure(name, value, least, MOST_MM) if value else 0.0

    def _measure(self, name: str, value: str, least: float, most: float) -> float:
        number = measures.number(value)
        if number is None or not least <= number <= most:
            raise self._none(name, value, least, most)
        return number

    def _none(self, name: str, value: str, least: float, most: float) -> WrongLine:
        bounds = {"least": self.words.number(least), "most": self.words.number(most)}
        return WrongLine(self.words("impose.wrong_number", name=name, value=value, **bounds), COMMAND)


# --- telling --------------------------------------------------------------------------------------


def _tell(imposed: Imposed, targets: dict[str, Path], words: Words) -> None:
    size = imposed.size
    sides = {"width": words.number(size.width), "height": words.number(size.height)}
    for made in imposed.files:
        count = made.pages if made.kind in ("fronts", "backs") else made.pages // 2
        print(words(f"impose.{made.kind}", sheets=count, file=targets[made.kind], **sides))
    if imposed.blanks:
        print(words("impose.blanks", count=len(imposed.blanks), pages=", ".join(map(str, imposed.blanks))))
    if imposed.moved >= 0.05:  # noqa: PLR2004 - less than this is no move to speak of
        print(words("impose.moved", most=words.number(imposed.moved, ".1f")))
    if printer := imposed.job.printer.name:
        print(words("build.printer", name=printer, what=printers.summary(imposed.job.printer, words)))
    for said in _how(imposed, words):
        print(said)
    print(words("impose.card", file=targets["card"]))


def _how(imposed: Imposed, words: Words) -> Iterable[str]:
    """Say how to print, cut, fold and staple."""
    wanted = imposed.job
    printer = wanted.printer
    if printer.by_hand:
        yield words("impose.by_hand")
        yield words(f"impose.stack_{printer.flip.value}")
        if printer.backs_reversed or printer.backs_turned:
            yield words("impose.backs_ready")
    else:
        yield words(f"impose.{printer.flip.value}")
    if wanted.copies_per_sheet > 1:
        yield words("impose.two")
    if wanted.scheme == "side":
        yield words("impose.side_twice" if wanted.copies_per_sheet > 1 else "impose.side")
    elif wanted.scheme == "signatures" and len(imposed.signatures) > 1:
        yield words("impose.signatures", count=len(imposed.signatures), sheets=", ".join(map(str, imposed.signatures)))
