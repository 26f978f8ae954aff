"""A code and what a file is for come in; how much it matters there goes out, or that nobody asks.

What a print shop objects to is in design notes of several shops: 3 mm of bleed, fonts embedded, 300 dpi, black text of
black ink alone, at most 300 % of ink. An office printer and a reader of a screen ask for other things.
"""

from __future__ import annotations

from builder.preflight.nouns import Purpose
from builder.problems import Severity

_E, _W, _I, _NO = Severity.ERROR, Severity.WARNING, Severity.INFO, None

# For reading, for an office, for a shop.
_WEIGHTS: dict[str, tuple[Severity | None, Severity | None, Severity | None]] = {
    "PDF_DAMAGED": (_W, _W, _W),
    "PDF_ENCRYPTED": (_W, _W, _E),
    "PDF_SCRIPT": (_W, _W, _E),
    "PDF_ACTION": (_W, _I, _W),
    "PDF_ATTACHMENT": (_I, _NO, _W),
    "PDF_LAYER_HIDDEN": (_W, _W, _E),
    "PDF_LAYERS": (_NO, _NO, _I),
    "PDF_ANNOTATION": (_NO, _I, _W),
    "PDF_PAGES_ODD": (_NO, _W, _W),
    "PDF_PAGES_FOUR": (_NO, _NO, _I),
    "PDF_BLANK_PAGE": (_I, _I, _W),
    "PDF_CONTENT_CUT": (_W, _W, _W),
    "PDF_CONTENT_WRONG": (_W, _W, _W),
    "PDF_TRIM_MISSING": (_NO, _NO, _W),
    "PDF_BOX_NESTED": (_W, _W, _E),
    "PDF_BOX_ORIGIN": (_NO, _NO, _W),
    "PDF_SIZES_DIFFER": (_I, _W, _E),
    "PDF_PAGE_TURNED": (_NO, _NO, _W),
    "PDF_USER_UNIT": (_NO, _W, _E),
    "PDF_IMPOSED": (_I, _NO, _E),
    "PDF_BLEED_MISSING": (_NO, _NO, _E),
    "PDF_BLEED_SHORT": (_NO, _NO, _E),
    "PDF_SAFETY": (_NO, _W, _W),
    "PDF_FONT_OUTSIDE": (_W, _W, _E),
    "PDF_FONT_DRAWN": (_I, _NO, _W),
    "PDF_FONT_WHOLE": (_I, _NO, _I),
    "PDF_FONT_DAMAGED": (_E, _E, _E),
    "PDF_FONT_UNMAPPED": (_W, _NO, _NO),
    "PDF_GLYPH_MISSING": (_E, _E, _E),
    "PDF_TEXT_SMALL": (_NO, _W, _W),
    "PDF_TEXT_LIGHT": (_NO, _W, _W),
    "PDF_TEXT_RICH": (_NO, _NO, _E),
    "PDF_BLACK_RGB": (_NO, _NO, _E),
    "PDF_GREY_RGB": (_NO, _NO, _W),
    "PDF_NO_TEXT": (_E, _I, _I),
    "PDF_TEXT_HIDDEN": (_NO, _W, _W),
    "PDF_RGB": (_NO, _NO, _W),
    "PDF_REGISTRATION": (_NO, _NO, _E),
    "PDF_SPOT": (_NO, _NO, _I),
    "PDF_INK": (_NO, _NO, _W),
    "PDF_IMAGE_INK": (_NO, _NO, _W),
    "PDF_OVERPRINT_WHITE": (_NO, _NO, _E),
    "PDF_TRANSPARENT": (_NO, _NO, _W),
    "PDF_INTENT_MISSING": (_NO, _NO, _W),
    "PDF_INTENT_OTHER": (_W, _W, _E),
    "PDF_IMAGE_COARSE": (_NO, _W, _W),
    "PDF_BITMAP_COARSE": (_NO, _NO, _W),
    "PDF_LINE_THIN": (_NO, _NO, _W),
    "PDF_LINE_LIGHT": (_NO, _NO, _W),
    "PDF_CLAIM_BARE": (_E, _E, _E),
    "PDF_TITLE_MISSING": (_W, _NO, _NO),
    "PDF_TITLE_HIDDEN": (_I, _NO, _NO),
    "PDF_LANGUAGE_MISSING": (_W, _NO, _NO),
    "PDF_TAGS_MISSING": (_W, _NO, _NO),
    "PDF_ALT_MISSING": (_W, _NO, _NO),
    "PDF_BOOKMARKS_MISSING": (_W, _NO, _NO),
    "PDF_LABELS_MISSING": (_I, _NO, _NO),
}
_OF_READING = (Purpose.READING, Purpose.OFFICE, Purpose.SHOP)

_EPUB = {
    "EPUB_FILE_EXTRA": _W,
    "EPUB_NAME": _W,
    "EPUB_ACCESS": _W,
    "EPUB_NCX": _I,
    "EPUB_ALT": _W,
    "EPUB_TABLE_HEAD": _W,
    "EPUB_LANGUAGE": _W,
    "EPUB_NFD": _W,
    "EPUB_ENCRYPTED": _W,
    "EPUB_LARGE": _W,
    "EPUB_SCRIPT": _W,
    "EPUB_COVER": _W,
    "EPUB_COVER_SMALL": _W,
    "EPUB_CSS": _W,
}


def weight(code: str, purpose: Purpose) -> Severity | None:
    """Tell how much a code matters; nothing when it does not for this purpose. What an EPUB breaks is an error."""
    if code in _WEIGHTS:
        return _WEIGHTS[code][_OF_READING.index(purpose)]
    return _EPUB.get(code, Severity.ERROR)
