"""Compositions of one page come in, in smaller and smaller type; a picture of the first that fits goes out."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from builder.press import printing, readback
from builder.press.crew import Crew
from builder.press.galley import Case, digest
from builder.press.keys import engines

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from builder.composition.nouns import Composition
    from builder.press.nouns import Keeper
    from builder.problems import Problem

    Plate = tuple[bytes, tuple[Problem, ...]]

WIDTH = 1600  # pixels
QUALITIES = range(80, 39, -10)
LARGEST = 150_000  # bytes; whoever has a slow line waits for the book, not for its cover


def plate(compositions: Sequence[Composition], crew: Crew, cache: Keeper | None) -> Callable[[], Plate]:
    """Begin a picture (see ``press.plate``)."""
    key = _key(compositions)
    kept = cache.get(key) if cache is not None else None
    if kept is not None:
        return lambda: (kept, ())
    away = crew.away(drawn, tuple(compositions))

    def finished() -> Plate:
        picture, found = away.result()
        if cache is not None and not found:
            cache.put(key, picture)
        return picture, found

    return finished


def drawn(compositions: Sequence[Composition]) -> Plate:
    """Set pages till one has room for everything; draw it, and tell what is wrong with it."""
    for composition in compositions:
        printed = printing.print_pdf(composition, Crew(), None, lambda *_: None, None)
        if printed.pages == 1:
            break
    return picture(printed.pdf), printed.problems


def picture(pdf: bytes) -> bytes:
    """Draw the first page of a PDF as a JPEG, as finely as its bytes allow; what is the same gives the same bytes."""
    with readback.opened(pdf) as document:
        page = document[0]
        # A hair less than the width: PDFium takes what is left of a pixel for a whole one.
        bitmap = page.render(scale=(WIDTH - 0.01) / page.get_width()).to_pil().convert("RGB")
    for quality in QUALITIES:
        file = io.BytesIO()
        bitmap.save(file, "JPEG", quality=quality, optimize=True)  # not progressive: old e-ink cannot
        if file.tell() <= LARGEST:
            break
    return file.getvalue()


def _key(compositions: Sequence[Composition]) -> str:
    """Return the SHA-256 of everything that shapes the picture."""
    cases = [Case(each.metadata.language, each.stylesheet, each.furniture, each.faces) for each in compositions]
    leaves = [leaf.markup for each in compositions for leaf in each.leaves]
    return digest(engines(), "plate", *(case.digest for case in cases[:1]), *leaves)
