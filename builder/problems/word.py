"""A place in a Word file to import comes in; what was refused, left out or is doubtful there goes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.problems.nouns import error, info, warning

if TYPE_CHECKING:
    from builder.problems.nouns import Place, Problem


def intake_part(place: Place, part: str) -> Problem:
    """Report a part of a container that is damaged."""
    return error("INTAKE_PART", place, part=part)


def intake_bomb(place: Place, most: int) -> Problem:
    """Report a container that unpacks to more than ``most`` megabytes."""
    return error("INTAKE_BOMB", place, most=most)


def intake_not_word(place: Place, kind: str) -> Problem:
    """Report a file that is called a Word file and is something else."""
    return error("INTAKE_NOT_WORD", place, kind=kind)


def intake_entities(place: Place, part: str) -> Problem:
    """Report XML that declares entities or a document type, which no office program does."""
    return error("INTAKE_ENTITIES", place, part=part)


def intake_header(place: Place, words: object) -> Problem:
    """Report the words of a page head or foot, which were left out."""
    return info("INTAKE_HEADER", place, words=words)


def intake_text_box(place: Place, words: object) -> Problem:
    """Report a text box, whose words follow the paragraph it hangs on."""
    return warning("INTAKE_TEXT_BOX", place, words=words)


def intake_hidden(place: Place, count: object, words: object) -> Problem:
    """Report hidden words that were left out; the place is the first, and its words."""
    return warning("INTAKE_HIDDEN", place, count=count, words=words)


def intake_tracked(place: Place, inserted: object, deleted: object) -> Problem:
    """Report tracked changes: insertions were taken, deletions left out; the place is the first."""
    return warning("INTAKE_TRACKED", place, inserted=inserted, deleted=deleted)


def intake_contents(place: Place, count: object, words: object) -> Problem:
    """Report the table of contents or index that Word made, of so many lines, which was left out."""
    del words
    return info("INTAKE_CONTENTS", place, count=count)


def intake_field(place: Place, count: object, words: object) -> Problem:
    """Report fields of which the file does not hold what they show; the place is the first, and its instruction."""
    return warning("INTAKE_FIELD", place, count=count, words=words)


def intake_formula(place: Place, count: object, words: object) -> Problem:
    """Report formulas that became words on one line; the place is the first."""
    return warning("INTAKE_FORMULA", place, count=count, words=words)


def intake_symbol(place: Place, count: object, words: object) -> Problem:
    """Report signs of a special font that are not known and were left out; the place is the first."""
    return warning("INTAKE_SYMBOL", place, count=count, words=words)


def intake_counting(place: Place, count: object, words: object) -> Problem:
    """Report automatic numbers written in a way that is not known, which became Arabic figures."""
    return warning("INTAKE_COUNTING", place, count=count, words=words)


def intake_picture(place: Place, count: object, words: object) -> Problem:
    """Report pictures of a kind that cannot be printed; the place is the first."""
    return warning("INTAKE_PICTURE", place, count=count, words=words)


def intake_picture_damaged(place: Place, part: object) -> Problem:
    """Report a picture that is damaged or not there."""
    return warning("INTAKE_PICTURE_DAMAGED", place, part=part)


def intake_linked(place: Place, address: object) -> Problem:
    """Report a picture that stands outside of the file: nothing is ever fetched."""
    return warning("INTAKE_LINKED", place, address=address)


def intake_object(place: Place, count: object, words: object) -> Problem:
    """Report charts, diagrams and objects of other programs, which were left out; the place is the first."""
    return warning("INTAKE_OBJECT", place, count=count, words=words)


def intake_note_lost(place: Place) -> Problem:
    """Report a call of a note that is not in the file."""
    return warning("INTAKE_NOTE_LOST", place)


def intake_note_loose(place: Place, words: object) -> Problem:
    """Report a note that nothing in the text calls, which was left out."""
    return warning("INTAKE_NOTE_LOOSE", place, words=words)


def intake_remark_settled(place: Place, count: object, words: object) -> Problem:
    """Report comments that someone marked as settled, which were left out; the place is the first."""
    return info("INTAKE_REMARK_SETTLED", place, count=count, words=words)
