"""An e-book's ``Composition`` and the pages of the printed edition come in; the bytes of an EPUB 3 go out.

``binding`` knows the parts: ``volume`` turns leaves into documents, ``pagelist`` finds where printed pages begin,
``navigation`` writes contents and page list, ``claims`` what the package says of itself,
``package`` writes the archive (EbookLib only there), ``markup`` puts edits into markup without rewriting it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.ebook.nouns import Bound, Cover, Printed

if TYPE_CHECKING:
    from builder.composition.nouns import Composition

__all__ = ["Bound", "Cover", "Printed", "bind"]


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
