"""``anpham printer``: what a person saw of a printer comes in; it is remembered and told of. Test sheets go out."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from builder import paper, shelf
from builder.cli import folders, measures
from builder.cli.boundary import Status
from builder.cli.frame import WrongLine, table
from builder.cli.words import Words, here
from builder.printer import NONE, UNTRIED, Flip, Printer, nameable

if TYPE_CHECKING:
    from builder.paper import SheetSize
    from builder.printer import Printers

COMMAND = "anpham printer"
PLAIN = "plain"
BACKS = ("reversed", "turned")


@dataclass(frozen=True, slots=True)
class Seen:
    """What was typed of a printer; what was not typed (``None``, empty) stays as it is known."""

    name: str
    flip: str = ""
    by_hand: bool | None = None
    backs: str = ""
    offset: str = ""
    edge: str = ""


def set_(seen: Seen) -> Status:
    """Remember what was seen of a printer, use it from now on, and say what was understood.

    Raises:
        WrongLine: for a name, an edge or a number that cannot be meant.
        Problems: ``PRINTERS_BROKEN``, ``SHELF_DENIED``, ``SHELF_FULL``.
    """
    words, folder = here(), folders.settings()
    name = _name(seen.name, words)
    known = shelf.known_printers(folder)
    printer = _understood(seen, known.named(name) or Printer(name), words)
    shelf.keep_printers(folder, known.having(printer))
    print(words("printer.kept", name=printer.name))
    print(table([("-", said) for said in told(printer, words)]), end="")
    if printer == Printer(printer.name):
        print(words("printer.assumed"))
    print(words("printer.from_now"))
    return Status.DONE


def list_() -> Status:
    """Say which printers are known and which is used.

    Raises:
        Problems: ``PRINTERS_BROKEN``.
    """
    words = here()
    known = shelf.known_printers(folders.settings())
    if not known.known:
        print(words("printer.nobody"))
        return Status.DONE
    rows = [(f"{'*' if each.name == known.used else ' '} {each.name}", summary(each, words)) for each in known.known]
    print(table(rows), end="")
    print(words("printer.star") if known.used else words("printer.unused"))
    return Status.DONE


def use(typed: str) -> Status:
    """Use a printer that is known, or none.

    Raises:
        WrongLine: when nobody has told of it.
        Problems: ``PRINTERS_BROKEN``, ``SHELF_DENIED``, ``SHELF_FULL``.
    """
    words, folder = here(), folders.settings()
    known = shelf.known_printers(folder)
    printer = _among(known, typed, words, f"{COMMAND} use")
    shelf.keep_printers(folder, replace(known, used=printer.name))
    print(
        words("printer.used", name=printer.name, what=summary(printer, words))
        if printer.name
        else words("printer.unused")
    )
    return Status.DONE


def forget(typed: str) -> Status:
    """Forget a printer.

    Raises:
        WrongLine: when nobody has told of it.
        Problems: ``PRINTERS_BROKEN``, ``SHELF_DENIED``, ``SHELF_FULL``.
    """
    words, folder = here(), folders.settings()
    known = shelf.known_printers(folder)
    printer = _among(known, typed, words, f"{COMMAND} forget")
    if not printer.name:
        raise WrongLine(words("line.printer_name", value=typed), f"{COMMAND} forget")
    shelf.keep_printers(folder, known.without(printer.name))
    print(words("printer.forgotten", name=printer.name))
    return Status.DONE


def test(sheet: str, name: str, out: str, *, by_hand: bool) -> Status:
    """Write test sheets and say what to do with them.

    Raises:
        WrongLine: for paper that is none, or too small; for a name that cannot be one.
        Problems: when the sheets cannot be set or written.
    """
    from builder.composition.jobbing import TestFacts  # noqa: PLC0415 - it takes half a second
    from builder.works import trial  # noqa: PLC0415

    words = here()
    size = _size(sheet, trial.SMALLEST, words)
    facts = TestFacts(size, _name(name, words) if name else "", by_hand, words.program)
    pieces = trial.test_sheets(facts, folders.own("layouts"), folders.own("fonts"))
    target = Path(out or words("printer.file"))
    files = {each.kind: target.with_name(f"{target.stem}-{each.kind}.pdf") if by_hand else target for each in pieces}
    shelf.write_files({files[each.kind]: each.data for each in pieces})
    print(
        words(
            "printer.test_by_hand" if by_hand else "printer.test", **{kind: str(path) for kind, path in files.items()}
        )
    )
    return Status.DONE


def chosen(typed: str, command: str) -> Printer:
    """Return the printer to work for: the one named, ``none``, or, when nothing was typed, the one that is used.

    Raises:
        WrongLine: when nobody has told of it.
        Problems: ``PRINTERS_BROKEN``.
    """
    if typed == NONE:
        return UNTRIED
    known = shelf.known_printers(folders.settings())
    return _among(known, typed, here(), command) if typed else known.current


# --- in words -------------------------------------------------------------------------------------


def summary(printer: Printer, words: Words) -> str:
    """Say on one line how a printer prints."""
    return "; ".join(told(printer, words))


def told(printer: Printer, words: Words) -> list[str]:
    """Say, thing by thing, how a printer prints and what is made good."""
    said = []
    if printer.by_hand:
        backs = [words(f"printer.{way}") for way in BACKS if getattr(printer, f"backs_{way}")]
        said.append(words("printer.by_hand"))
        said += [words("printer.over")] if printer.flip is Flip.LONG else []
        said += backs or [words("printer.plain")]
    else:
        said.append(words(f"printer.{printer.flip.value}"))
    moves = [
        words(f"printer.{way}", by=measures.length(abs(off), words))
        for off, ways in ((printer.across, ("left", "right")), (printer.up, ("down", "higher")))
        for way in ([ways[off < 0]] if off else [])
    ]
    said += (
        [words("printer.moved", typed=f"{printer.across:g},{printer.up:g}", moves=", ".join(moves))] if moves else []
    )
    said += [words("printer.edge", edge=measures.length(printer.edge, words))] if printer.edge else []
    return said


# --- what was typed -------------------------------------------------------------------------------


def _understood(seen: Seen, printer: Printer, words: Words) -> Printer:
    """Change what is known of a printer by what was seen, and nothing else."""
    by_hand = True if seen.backs and seen.by_hand is None else seen.by_hand
    if by_hand and not printer.by_hand:
        printer = replace(printer, flip=Flip.SHORT)  # what turns the paper now is the hand, like a page of a book
    if by_hand is not None:
        printer = replace(printer, by_hand=by_hand)
    if seen.flip:
        printer = replace(printer, flip=_flip(seen.flip, words))
    if seen.backs:
        printer = _backs(seen, printer, words)
    if seen.offset:
        across, up = measures.offset(seen.offset, words, f"{COMMAND} set")
        printer = replace(printer, across=across, up=up)
    if seen.edge:
        printer = replace(printer, edge=measures.edge(seen.edge, words, f"{COMMAND} set"))
    return printer


def _flip(typed: str, words: Words) -> Flip:
    edges = {each.value: each for each in Flip}
    if typed not in edges:
        raise _wrong(words("line.choice", name="--flip", value=typed, known=", ".join(edges)))
    return edges[typed]


def _backs(seen: Seen, printer: Printer, words: Words) -> Printer:
    """Read ``reversed``, ``turned``, both, or ``plain``; they are seen on a printer fed by hand alone."""
    if seen.by_hand is False:
        raise _wrong(words("line.without", name="--backs", other="--by-hand"))
    ways = [each.strip() for each in seen.backs.split(",")]
    if ways != [PLAIN] and not set(ways) <= set(BACKS):
        known = f"{', '.join(BACKS)}, {','.join(BACKS)}, {PLAIN}"
        raise _wrong(words("line.choice", name="--backs", value=seen.backs, known=known))
    return replace(printer, backs_reversed="reversed" in ways, backs_turned="turned" in ways)


def _name(typed: str, words: Words) -> str:
    name = unicodedata.normalize("NFC", " ".join(typed.split()))
    if not nameable(name):
        raise _wrong(words("line.printer_name", value=typed))
    return name


def _among(known: Printers, typed: str, words: Words, command: str) -> Printer:
    if typed == NONE:
        return UNTRIED
    name = unicodedata.normalize("NFC", " ".join(typed.split()))
    printer = known.named(name)
    if printer is None:
        names = ", ".join([each.name for each in known.known]) or words("printer.no_names")
        raise WrongLine(words("line.no_printer", name=typed, known=names), command)
    return printer


def _size(typed: str, smallest: tuple[int, int], words: Words) -> SheetSize:
    try:
        size = paper.sheet_size(typed)
    except paper.UnknownSheet as error:
        raise WrongLine(words("line.sheet", value=typed), f"{COMMAND} test") from error
    if size.width < smallest[0] or size.height < smallest[1]:
        raise WrongLine(
            words("line.sheet_small", value=typed, width=smallest[0], height=smallest[1]), f"{COMMAND} test"
        )
    return size


def _wrong(what: str) -> WrongLine:
    return WrongLine(what, f"{COMMAND} set")
