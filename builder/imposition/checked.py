"""A PDF of single pages and a job come in; its sheets, read back and compared, go out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from builder.imposition.check import Mismatch, compared, flattened, in_turn
from builder.imposition.gutter import Tight, strips, tight
from builder.imposition.place import draw_up, placed
from builder.pdf import flatten, opened

if TYPE_CHECKING:
    from builder.imposition.check import Share
    from builder.imposition.content import Lettering
    from builder.imposition.job import Job
    from builder.imposition.nouns import Imposed


def impose_and_check(
    pdf: bytes, job: Job, lettering: Lettering | None = None, share: Share = in_turn
) -> tuple[Imposed, tuple[Mismatch, ...], tuple[Tight, ...]]:
    """Arrange the pages of a PDF on sheets, compare what they carry with the pages, and look at the fold.

    ``share`` does a piece of work twice: pages and sheets may be read at the same time.

    Raises:
        NotAPdf, Encrypted, DoesNotFit, NoPaper, TooLong: see ``impose``.
    """
    with opened(pdf, flattened=False) as source:
        undrawn = flatten(source)
        draft = replace(draw_up(source, job), undrawn=undrawn)
        pages = flattened(source)
        imposed = placed(source, draft, lettering)
    at_fold = strips(draft)
    wrong, words = compared(pages, imposed, share, at_fold)
    return imposed, wrong, tight(at_fold, words)
