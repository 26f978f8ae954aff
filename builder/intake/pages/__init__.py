"""The bytes of a PDF with text in it → its lines in reading order, paragraphs parted by blank lines.

Running heads and page numbers are left out and reported; letters of old Vietnamese fonts become Unicode. Lines are
counted through the document. A PDF of scanned pages holds no letters: it is refused, with what to do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder import problems
from builder.intake import decode
from builder.intake.pages import columns, glyphs, paragraphs, running
from builder.problems import Place, Problems

if TYPE_CHECKING:
    from collections.abc import Sequence

    from builder.intake.pages.glyphs import Page
    from builder.intake.record import Record
    from builder.manuscript.folder import Line

__all__ = ["read"]

_FEWEST_LETTERS = 8
_MOST_UNKNOWN = 0.3
_MOST_NAMED = 20


def read(data: bytes, record: Record) -> tuple[Line, ...]:
    """A PDF → its lines; what was left out or is doubtful is added to ``record``.

    Raises:
        Problems: ``INTAKE_DAMAGED``, ``INTAKE_LOCKED``, ``INTAKE_SCAN``, ``INTAKE_PAGES``, ``INTAKE_CROWDED``,
            ``INTAKE_EMPTY``; a secrecy mark.
    """
    pages = glyphs.read(data, record)
    _refuse_scans(pages, record)
    bodies = running.without(pages, record)
    rows = columns.rows(pages, bodies)
    columns.report(rows, record)
    text = "\n".join(paragraphs.lines(rows, record))
    found, repairs = decode.lines(text.encode("utf-8", "replace"), record.file)
    record.found.extend(repairs)
    return found


def _refuse_scans(pages: Sequence[Page], record: Record) -> None:
    """Refuse pages without letters; some of them among others are reported.

    Raises:
        Problems: ``INTAKE_SCAN``.
    """
    bare = [page for page in pages if page.letters < _FEWEST_LETTERS]
    letters, unknown = sum(page.letters for page in pages), sum(page.unknown for page in pages)
    if (len(bare) == len(pages) and letters < _FEWEST_LETTERS) or unknown > _MOST_UNKNOWN * (letters + unknown):
        raise Problems([problems.intake_scan(Place(record.file), len(pages))])
    if pictured := [page.number for page in bare if page.pictures]:
        record.add(problems.intake_scan_pages, 0, listed(pictured))
    if unknown:
        record.add(problems.intake_replaced, 0, unknown)


def listed(numbers: Sequence[int]) -> str:
    """Numbers of pages, so many of them written out."""
    shown = ", ".join(map(str, numbers[:_MOST_NAMED]))
    return f"{shown}, …" if len(numbers) > _MOST_NAMED else shown
