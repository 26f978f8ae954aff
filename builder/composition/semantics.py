"""A term of EPUB's structural vocabulary comes in; the attributes that tell reading programs and aids of it go out.

A layout names the term of its leaves (``semantics`` in ``layout.yaml``) and of what stands in them (``meaning`` in a
template). The role that goes with a term is DPUB-ARIA's (EPUB 3 Structural Semantics Vocabulary 1.1; DPUB-ARIA 1.1).
"""

from __future__ import annotations

from html import escape

DIVISIONS = frozenset({"frontmatter", "bodymatter", "backmatter"})
"""Terms that only tell where a leaf stands in the book."""

_ROLES = {
    "abstract": "doc-abstract",
    "acknowledgments": "doc-acknowledgments",
    "afterword": "doc-afterword",
    "appendix": "doc-appendix",
    "bibliography": "doc-bibliography",
    "chapter": "doc-chapter",
    "colophon": "doc-colophon",
    "conclusion": "doc-conclusion",
    "dedication": "doc-dedication",
    "epigraph": "doc-epigraph",
    "epilogue": "doc-epilogue",
    "errata": "doc-errata",
    "foreword": "doc-foreword",
    "glossary": "doc-glossary",
    "index": "doc-index",
    "introduction": "doc-introduction",
    "notice": "doc-notice",
    "part": "doc-part",
    "preface": "doc-preface",
    "prologue": "doc-prologue",
    "qna": "doc-qna",
}
_SILENT = frozenset({"copyright-page", "cover", "glossdef", "glossterm", "halftitlepage", "imprint", "loi", "lot"}) | {
    "subchapter",
    "titlepage",
    "toc",
    "volume",
}

TERMS = DIVISIONS | _SILENT | _ROLES.keys()
"""What a layout may say: terms that hold for a whole leaf or a part of its text."""


def attributes(term: str, name: str = "") -> str:
    """Return the attributes, a space before each; ``name`` tells apart, in a list of such places, those of one role.

    Raises:
        KeyError: it is none of ``TERMS``.
    """
    if term not in TERMS:
        raise KeyError(term)
    if term in DIVISIONS:
        return ""
    role = _ROLES.get(term, "")
    said = f' role="{role}"' if role else ""
    named = f' aria-label="{escape(name)}"' if role and name else ""
    return f' epub:type="{term}"{said}{named}'
