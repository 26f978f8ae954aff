"""A code of a finished file, a place and what its sentence names come in; the ``Problem`` goes out.

How much one matters depends on what the file is for, so the severity is given; the codes stand in one table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.problems.nouns import error, info, warning

if TYPE_CHECKING:
    from builder.problems.nouns import Place, Problem, Severity

FINISHED: tuple[str, ...] = (
    # a PDF as a whole
    *("PDF_DAMAGED", "PDF_ENCRYPTED", "PDF_SCRIPT", "PDF_ACTION", "PDF_ATTACHMENT", "PDF_LAYER_HIDDEN", "PDF_LAYERS"),
    *("PDF_ANNOTATION", "PDF_PAGES_ODD", "PDF_PAGES_FOUR", "PDF_BLANK_PAGE", "PDF_CONTENT_CUT", "PDF_CONTENT_WRONG"),
    # its boxes and edges
    *("PDF_TRIM_MISSING", "PDF_BOX_NESTED", "PDF_BOX_ORIGIN", "PDF_SIZES_DIFFER", "PDF_PAGE_TURNED", "PDF_USER_UNIT"),
    *("PDF_IMPOSED", "PDF_BLEED_MISSING", "PDF_BLEED_SHORT", "PDF_SAFETY"),
    # its letters
    *("PDF_FONT_OUTSIDE", "PDF_FONT_DRAWN", "PDF_FONT_WHOLE", "PDF_FONT_DAMAGED", "PDF_FONT_UNMAPPED"),
    *("PDF_GLYPH_MISSING", "PDF_TEXT_SMALL", "PDF_TEXT_LIGHT", "PDF_TEXT_RICH", "PDF_BLACK_RGB"),
    *("PDF_NO_TEXT", "PDF_TEXT_HIDDEN"),
    # its inks, lines and pictures
    "PDF_GREY_RGB",
    *("PDF_RGB", "PDF_REGISTRATION", "PDF_SPOT", "PDF_INK", "PDF_IMAGE_INK", "PDF_OVERPRINT_WHITE", "PDF_TRANSPARENT"),
    *("PDF_INTENT_MISSING", "PDF_INTENT_OTHER", "PDF_IMAGE_COARSE", "PDF_BITMAP_COARSE", "PDF_LINE_THIN"),
    "PDF_LINE_LIGHT",
    # what it says of itself
    *("PDF_CLAIM_BARE", "PDF_TITLE_MISSING", "PDF_TITLE_HIDDEN", "PDF_LANGUAGE_MISSING", "PDF_TAGS_MISSING"),
    *("PDF_ALT_MISSING", "PDF_BOOKMARKS_MISSING", "PDF_LABELS_MISSING"),
    # an EPUB
    *("EPUB_UNREADABLE", "EPUB_MIMETYPE", "EPUB_CONTAINER", "EPUB_PACKAGE", "EPUB_METADATA", "EPUB_ACCESS"),
    *("EPUB_FILE_MISSING", "EPUB_FILE_EXTRA", "EPUB_NAME", "EPUB_NAV", "EPUB_NCX", "EPUB_PAGE_LOST", "EPUB_LINK_LOST"),
    *("EPUB_MARKUP", "EPUB_ID_TWICE", "EPUB_ALT", "EPUB_TABLE_HEAD", "EPUB_LANGUAGE", "EPUB_GLYPH_MISSING", "EPUB_NFD"),
    *("EPUB_ENCRYPTED", "EPUB_LARGE", "EPUB_REMOTE", "EPUB_SCRIPT", "EPUB_COVER", "EPUB_COVER_SMALL", "EPUB_CSS"),
    # the judges of standards
    *("JUDGE_MISSING", "JUDGE_PASSED", "JUDGE_OBJECTS", "JUDGE_FAILED"),
)
"""The codes of finished files; each has a sentence that says why it matters."""


def of_finished(code: str, severity: Severity, place: Place, **values: object) -> Problem:
    """Report what was seen in a finished file.

    Raises:
        KeyError: for a code that is none of them.
    """
    if code not in FINISHED:
        raise KeyError(code)
    return {"error": error, "warning": warning, "info": info}[severity.value](code, place, **values)
