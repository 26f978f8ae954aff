"""The texts of a source folder and the publication read from them come in; a proof-reader's findings go out.

``passages`` finds the running words in a file, ``language`` and ``references`` look at one passage, ``consistency`` at
all of them, ``coverage`` at what nothing speaks of; ``ignoring`` leaves out what the writer means, ``mending`` makes
the mends that are beyond doubt.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from builder.problems import COVERAGE, in_order
from builder.proofs import consistency, ignoring, language, passages, references, tones
from builder.proofs.coverage import gaps, gone
from builder.proofs.mending import mended
from builder.proofs.nouns import Mend, Proofs, Text
from builder.vietnamese import abbreviations, marks
from builder.vietnamese.syllable import Style

if TYPE_CHECKING:
    from collections.abc import Iterable

    from builder.manuscript import Sheet
    from builder.publication import Publication

__all__ = ["Mend", "Proofs", "gaps", "gone", "mended", "read", "restyled"]


def read(sheets: Iterable[Sheet], publication: Publication | None = None) -> Proofs:
    """Proof-read texts.

    Args:
        sheets: the texts of one publication.
        publication: what was read from them, if they could be read: its ignore list, terms and articles.
    """
    texts = [Text(sheet) for sheet in sheets]
    found = list(chain.from_iterable(map(language.letters, texts)))
    running = list(chain.from_iterable(map(passages.passages, texts)))
    cited = references.cited(publication.program.clauses if publication else ())
    settings = publication.settings if publication else None
    opened, before = 0, None  # quotations that run on from passage to passage of one text
    for passage in running:
        if passage.heading or passage.text is not before:
            opened, before = 0, passage.text
        found += language.running(passage, cited, settings.capitals if settings else (), opened=opened)
        opened = marks.open_quotes(passage.words, opened)
    found += consistency.found(running, _explained(publication))
    mends = {problem: mend for problem, mend in found if mend}
    ignored = [entry for entry in settings.ignored if entry.code not in COVERAGE] if settings else ()
    told = ignoring.without([problem for problem, _ in found], ignored)
    return Proofs(in_order(told), {problem: mends[problem] for problem in told if problem in mends})


def _explained(publication: Publication | None) -> dict[str, str]:
    """Return the abbreviations that the list of them explains: the writer's, the glossary's, the usual ones."""
    terms = publication.terms if publication else ()
    settings = publication.settings.abbreviations if publication else ()
    return abbreviations.USUAL | {term.words: term.words for term in terms} | dict(settings)


def restyled(sheet: Sheet, style: str) -> tuple[Mend, ...]:
    """Return what writes the tones of a text in a style: ``old`` (hòa) or ``new`` (hoà)."""
    return tuple(tones.restyled(passages.passages(Text(sheet)), Style(style)))
