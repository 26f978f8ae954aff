"""An e-book's ``Composition`` and the pages of the printed edition come in; the bytes of an EPUB 3 go out.

``binding`` knows the parts: ``volume`` turns leaves into documents, ``pagelist`` finds where printed pages begin,
``navigation`` writes contents and page list, ``claims`` what the package says of itself, ``cover`` draws,
``package`` writes the archive (EbookLib only there), ``markup`` puts edits into markup without rewriting it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.ebook.nouns import Bound, Printed

if TYPE_CHECKING:
    from builder.composition.nouns import Composition

__all__ = ["Bound", "Printed", "bind"]


def bind(composition: Composition, printed: Printed) -> Bound:
    """Bind an e-book; what is the same gives the same bytes.

    Args:
        composition: of the medium e-book.
        printed: the edition whose pages it shows; an empty one when there is none.

    Raises:
        ValueError: what a composition never has: a link, a picture or an outline entry that leads nowhere, markup
            that is not well-formed, an id that stands twice or is that of a page mark (``tr12``).
    """
    from builder.ebook import binding  # noqa: PLC0415 - it imports EbookLib and Pillow, which take their time

    return binding.bind(composition, printed)
