"""A place in a file to import comes in; what was found, changed or doubted there goes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.problems.nouns import error, info, warning

if TYPE_CHECKING:
    from builder.problems.nouns import Place, Problem


def intake_kind(place: Place, kind: str) -> Problem:
    """Report a file that is no text this program takes in."""
    return error("INTAKE_KIND", place, kind=kind)


def intake_empty(place: Place) -> Problem:
    """Report a file in which there is no word."""
    return error("INTAKE_EMPTY", place)


def intake_long(place: Place, count: object, most: object) -> Problem:
    """Report a text of more million characters than are taken in at once."""
    return error("INTAKE_LONG", place, count=count, most=most)


def intake_title(place: Place, title: object) -> Problem:
    """Report what was taken as the title."""
    return info("INTAKE_TITLE", place, title=title)


def intake_heading(place: Place, words: object) -> Problem:
    """Report a line of plain text that was taken as a heading."""
    return info("INTAKE_HEADING", place, words=words)


def intake_numbering(place: Place, counted: object) -> Problem:
    """Report the labels that were recognised: the first of each kind and how many there are."""
    return info("INTAKE_NUMBERING", place, counted=counted)


def intake_as_printed(place: Place, count: object) -> Problem:
    """Report numbers out of sequence, for which ``numbering: as-printed`` was set."""
    return warning("INTAKE_AS_PRINTED", place, count=count)


def intake_front_matter(place: Place, file: object) -> Problem:
    """Report front matter that was kept as a table in back matter."""
    return info("INTAKE_FRONT_MATTER", place, file=file)


def intake_changed(place: Place, found: object, became: object) -> Problem:
    """Report markup that was converted or mended."""
    return info("INTAKE_CHANGED", place, found=found, became=became)


def intake_comment(place: Place, words: object) -> Problem:
    """Report an HTML comment that was left out."""
    return warning("INTAKE_COMMENT", place, words=words)


def intake_split(place: Place, words: object) -> Problem:
    """Report a label that was glued to the sentence before it and now opens a line."""
    return info("INTAKE_SPLIT", place, words=words)


def intake_joined(place: Place, words: object) -> Problem:
    """Report a paragraph that was joined with the one before it, over a blank line."""
    return warning("INTAKE_JOINED", place, words=words)


def intake_lines(place: Place, count: object) -> Problem:
    """Report how many lines broken within a sentence were joined."""
    return info("INTAKE_LINES", place, count=count)


def intake_escaped(place: Place, words: object) -> Problem:
    """Report a line that looks like markup or a label and was kept as plain words."""
    return warning("INTAKE_ESCAPED", place, words=words)


def intake_folio(place: Place, number: object) -> Problem:
    """Report a number on a line of its own, perhaps left from a page."""
    return warning("INTAKE_FOLIO", place, number=number)


def intake_folios(place: Place, count: object, numbers: object) -> Problem:
    """Report page numbers among the lines of a text that were left out; the place is the first."""
    return warning("INTAKE_FOLIOS", place, count=count, numbers=numbers)


def intake_ornament(place: Place, words: object) -> Problem:
    """Report a drawn line between parts of a text that was left out."""
    return info("INTAKE_ORNAMENT", place, words=words)


def intake_normalised(place: Place, count: object) -> Problem:
    """Report how many letters and spaces were brought into normal form; the place is the first."""
    return info("INTAKE_NORMALISED", place, count=count)


def intake_control(place: Place, count: object) -> Problem:
    """Report how many control characters were left out; the place is the first."""
    return warning("INTAKE_CONTROL", place, count=count)


def intake_encoding(place: Place, encoding: object) -> Problem:
    """Report a file that is no UTF-8 and looks like an old encoding, but not beyond doubt."""
    return error("INTAKE_ENCODING", place, encoding=encoding)


def intake_converted(place: Place, encoding: object, lines: object, words: object) -> Problem:
    """Report what was converted from an old encoding; the place is the first line."""
    return info("INTAKE_CONVERTED", place, encoding=encoding, lines=lines, words=words)


def intake_doubted(place: Place, encoding: object, lines: object, words: object) -> Problem:
    """Report lines that look like an old encoding and were left as they are; the place is the first, and its words."""
    return warning("INTAKE_DOUBTED", place, encoding=encoding, lines=lines, words=words)


def intake_mojibake(place: Place, lines: object, words: object) -> Problem:
    """Report words that a wrong reading of UTF-8 had broken, and that were mended; the place is the first line."""
    return info("INTAKE_MOJIBAKE", place, lines=lines, words=words)


def intake_lost(place: Place, count: object) -> Problem:
    """Report words in which a wrong reading of UTF-8 lost letters; the place is the first."""
    return warning("INTAKE_LOST", place, count=count)


def intake_head(place: Place, words: object) -> Problem:
    """Report lines that were taken as the head of an official paper; the place is the first, and its words."""
    return info("INTAKE_HEAD", place, words=words)


def intake_sign(place: Place, words: object) -> Problem:
    """Report lines that were taken as the foot of an official paper; the place is the first, and its words."""
    return info("INTAKE_SIGN", place, words=words)


def intake_alt(place: Place, picture: object) -> Problem:
    """Report a picture whose description someone must write."""
    return warning("INTAKE_ALT", place, picture=picture)


def intake_remark(place: Place, whose: object, citation: object) -> Problem:
    """Report a comment that became commentary on a clause."""
    return info("INTAKE_REMARK", place, whose=whose, citation=citation)


def intake_remark_loose(place: Place, whose: object, about: object) -> Problem:
    """Report a comment that hangs on no clause and was kept as matter."""
    return warning("INTAKE_REMARK_LOOSE", place, whose=whose, about=about)


def intake_account(place: Place, words: object, missing: object, added: object) -> Problem:
    """Report how many words the original has, and how many of them are not accounted for."""
    return info("INTAKE_ACCOUNT", place, words=words, missing=missing, added=added)


def intake_missing(place: Place, count: object, words: object) -> Problem:
    """Report words of the original that are nowhere in the source folder."""
    return warning("INTAKE_MISSING", place, count=count, words=words)


def intake_added(place: Place, count: object, words: object) -> Problem:
    """Report words of the source folder that are nowhere in the original."""
    return warning("INTAKE_ADDED", place, count=count, words=words)
