"""An e-book comes in; its files go out as the browser reads them: the web edition that members get."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder import problems
from builder.preview import laying
from builder.preview.nouns import Bound, Look
from builder.problems import Problems
from builder.site import books, reading
from builder.site.words import words

if TYPE_CHECKING:
    from builder.works.asked import Proof

ROOT, FOLDER = "../../", "sach/doc/"
"""As deep as a web edition stands on a site, so that it finds what all of them share."""
FONTS = "fonts/"


def bound(proof: Proof, epub: bytes, number: int, language: str) -> Bound:
    """Make an e-book ready to be read in the browser.

    Args:
        proof: what it was bound of.
        epub: the e-book.
        number: of the e-book.
        language: of the words around it.

    Raises:
        Problems: ``WEB_EDITION``.
    """
    name = laying.name_of(proof)
    try:
        made = reading.edition(books.opened(epub), words(language), root=ROOT, back="#")
    except ValueError as error:
        raise Problems([problems.web_edition(proof.edition.place, str(error))]) from error
    files = {
        **reading.shared(),
        **{FOLDER + path: data for path, data in made.files.items()},
        **{FONTS + path: data for path, data in made.fonts.items()},
    }
    return Bound(number, Look(proof.edition.name, proof.part), name, files, epub)
