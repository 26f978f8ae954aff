"""An e-book's ``Composition`` and the folios of the printed edition come in; the bytes of an EPUB 3 go out.

``binding`` knows the parts: ``volume`` turns leaves into documents, ``pagelist`` finds where printed pages begin,
``navigation`` writes contents and page list, ``claims`` what the package says of itself, ``cover`` draws,
``package`` writes the archive (EbookLib only there), ``markup`` puts edits into markup without rewriting it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.ebook.nouns import Bound

if TYPE_CHECKING:
    from collections.abc import Mapping

    from builder.composition.nouns import Composition

__all__ = ["Bound", "bind"]


def bind(composition: Composition, folios: Mapping[str, int]) -> Bound:
    """Bind an e-book; the same composition and folios give the same bytes.

    Args:
        composition: of the medium e-book.
        folios: id → page (from 1) of the printed edition on which it begins; empty when there is none.

    Raises:
        ValueError: what a composition never has: a link, a picture or an outline entry that leads nowhere, markup
            that is not well-formed, an id that stands twice or is that of a page mark (``tr12``).
    """
    from builder.ebook import binding  # noqa: PLC0415 - it imports EbookLib and Pillow, which take their time

    return binding.bind(composition, folios)
