"""A PDF of single pages comes in; its booklet, read back and compared, goes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder import imposition, problems
from builder.pdf import Encrypted, NotAPdf
from builder.printer import Flip

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.imposition import Imposed
    from builder.paper import SheetSize
    from builder.problems import Place, Problem


def fold(pdf: bytes, place: Place, *, sheet: SheetSize | None = None, flip: Flip = Flip.SHORT) -> Imposed:
    """Arrange pages on sheets (without ``sheet``: the smallest paper they fit on); ``place`` names the PDF.

    Raises:
        Problems: ``PDF_UNREADABLE``, ``PDF_LOCKED``, ``PAGE_TOO_LARGE``, ``SHEET_DIFFERS``.
    """
    try:
        imposed = imposition.impose(pdf, sheet=sheet, flip=flip)
        problems.stop_on_errors(list(_differences(pdf, imposed, place)))
    except imposition.DoesNotFit as error:
        found = problems.page_too_large(place, error.page, error.width, error.height)
        raise problems.Problems([found]) from error
    except Encrypted as error:
        raise problems.Problems([problems.pdf_locked(place)]) from error
    except NotAPdf as error:
        raise problems.Problems([problems.pdf_unreadable(place)]) from error
    return imposed


def _differences(pdf: bytes, imposed: Imposed, place: Place) -> Iterator[Problem]:
    for mismatch in imposition.check(pdf, imposed):
        page = mismatch.half.page
        yield problems.sheet_differs(place, mismatch.half.sheet, "—" if page is None else str(page + 1))
