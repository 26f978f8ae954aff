"""An e-book's ``Composition`` and the pages of the printed edition come in; the bytes of an EPUB 3 go out.

``binding`` knows the parts: ``volume`` turns leaves into documents, ``pagelist`` finds where printed pages begin,
``navigation`` writes contents and page list, ``claims`` what the package says of itself,
``package`` writes the package (EbookLib only there), ``archive`` packs its parts, ``markup`` puts edits into markup
without rewriting it. ``kepub`` makes the variant for Kobo's reader of what is bound.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.ebook.nouns import Bound, Cover, Printed

if TYPE_CHECKING:
    from builder.composition.nouns import Composition

__all__ = ["Bound", "Cover", "Printed", "bind", "for_kobo"]


def bind(composition: Composition, printed: Printed, *, cover: Cover | None = None) -> Bound:
    """Bind an e-book; what is the same gives the same bytes.

    Args:
        composition: of the medium e-book.
        printed: the edition whose pages it shows; an empty one when there is none.
        cover: none: there is no page for it.

    Raises:
        ValueError: what a composition never has: a link, a picture or an outline entry that leads nowhere, markup
            that is not well-formed, an id that stands twice or is that of a page mark (``tr12``).
    """
    from builder.ebook import binding  # noqa: PLC0415 - it imports EbookLib, which takes its time

    return binding.bind(composition, printed, cover)


def for_kobo(master: bytes) -> bytes:
    """Make the variant for Kobo's own reader (``.kepub.epub``) of a bound e-book.

    Raises:
        ValueError: what a bound e-book never has: an id that is one of Kobo's (``kobo.1.1``, ``book-inner``).
    """
    from builder.ebook import kepub  # noqa: PLC0415 - only who wants it

    return kepub.of(master)
