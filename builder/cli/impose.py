"""``anpham impose``: a PDF and the paper it goes on come in; the booklet is written and told of."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from builder import paper, pdf, problems, shelf
from builder.cli.boundary import Status
from builder.cli.frame import WrongLine
from builder.cli.words import Words, here
from builder.printer import Flip
from builder.problems import Place
from builder.works.booklet import fold

if TYPE_CHECKING:
    from builder.imposition import Imposed
    from builder.paper import SheetSize

COMMAND = "anpham impose"


def run(file: str, sheet: str, flip: str, out: str) -> Status:
    """Impose a PDF.

    Raises:
        WrongLine: when the sheet or the edge is none, or the booklet would take the place of the PDF it is made of.
        Problems: when the PDF cannot be imposed or the booklet cannot be written.
    """
    words = here()
    size, edge = _size(sheet, words), _edge(flip, words)
    source = Path(file)
    if out and source.exists() and Path(out).exists() and source.samefile(out):
        raise WrongLine(words("line.out_is_source", file=out), COMMAND)
    imposed = fold(_read(source), Place(file), sheet=size, flip=edge)
    target = Path(out) if out else source.with_name(f"{source.stem}-booklet.pdf")
    shelf.write_file(target, imposed.pdf)
    _tell(imposed, target, words)
    return Status.DONE


def _size(sheet: str, words: Words) -> SheetSize | None:
    try:
        return paper.sheet_size(sheet) if sheet else None
    except paper.UnknownSheet as error:
        raise WrongLine(words("line.sheet", value=sheet), COMMAND) from error


def _edge(flip: str, words: Words) -> Flip:
    edges = {each.value: each for each in Flip}
    if flip not in edges:
        raise WrongLine(words("line.choice", name="--flip", value=flip, known=", ".join(edges)), COMMAND)
    return edges[flip]


def _read(source: Path) -> bytes:
    try:
        return pdf.read(source)
    except pdf.NotAPdf as error:
        raise problems.Problems([problems.pdf_unreadable(Place(str(source)))]) from error


def _tell(imposed: Imposed, target: Path, words: Words) -> None:
    size = imposed.size
    print(words("impose.done", sheets=imposed.sheets, width=f"{size.width:g}", height=f"{size.height:g}", file=target))
    if imposed.blanks:
        pages = ", ".join(map(str, imposed.blanks))
        print(words("impose.blanks", count=len(imposed.blanks), pages=pages))
    print(words(f"impose.{imposed.flip.value}"))
