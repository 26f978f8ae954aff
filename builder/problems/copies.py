"""A place in a review copy that came back comes in; what was changed there, or could not be taken, goes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.problems.nouns import error, info, warning

if TYPE_CHECKING:
    from builder.problems.nouns import Place, Problem


def copy_same(place: Place) -> Problem:
    """Report a copy in which nothing was changed."""
    return info("COPY_SAME", place)


def copy_changed(place: Place, where: object, found: object, became: object) -> Problem:
    """Report words that were changed."""
    return info("COPY_CHANGED", place, where=where, found=found, became=became)


def copy_faces(place: Place, where: object, words: object) -> Problem:
    """Report words of which only the emphasis or a link was changed."""
    return info("COPY_FACES", place, where=where, words=words)


def copy_added(place: Place, where: object, words: object) -> Problem:
    """Report a paragraph or a row that is new."""
    return info("COPY_ADDED", place, where=where, words=words)


def copy_removed(place: Place, where: object, words: object) -> Problem:
    """Report a paragraph, a row, a footnote or a comment that is gone."""
    return info("COPY_REMOVED", place, where=where, words=words)


def copy_moved(place: Place, where: object, words: object) -> Problem:
    """Report a paragraph that stands elsewhere."""
    return info("COPY_MOVED", place, where=where, words=words)


def copy_fixed(place: Place, found: object, became: object) -> Problem:
    """Report a change to a line that the program writes itself, which is not taken."""
    return warning("COPY_FIXED", place, found=found or "—", became=became or "—")


def copy_face_lost(place: Place, words: object) -> Problem:
    """Report words whose emphasis cannot be written."""
    return warning("COPY_FACE_LOST", place, words=words)


def copy_comment(place: Place, author: object, where: object, words: object, file: object) -> Problem:
    """Report a comment that is new and became commentary."""
    return warning("COPY_COMMENT", place, author=author, where=where, words=words, file=file)


def copy_comment_loose(place: Place, author: object, about: object, words: object, file: object) -> Problem:
    """Report a comment that is new and hangs on no clause, and the file it is kept in."""
    return warning("COPY_COMMENT_LOOSE", place, author=author, about=about or "—", words=words, file=file)


def copy_notes(place: Place, count: object, words: object) -> Problem:
    """Report footnotes that came back mixed up, and were kept as they were."""
    return warning("COPY_NOTES", place, count=count, words=words)


def copy_doubt(place: Place, words: object) -> Problem:
    """Report a paragraph of the copy that does not stand so in the files made of it."""
    return warning("COPY_DOUBT", place, words=words)


def copy_stripped(place: Place) -> Problem:
    """Report a copy from which another program has taken the source it carried."""
    return warning("COPY_STRIPPED", place)


def copy_harmed(place: Place) -> Problem:
    """Report a copy whose source was harmed, or written by another version."""
    return warning("COPY_HARMED", place)


def copy_edited(place: Place) -> Problem:
    """Report a copy that was edited since it was exported, and would be overwritten."""
    return error("COPY_EDITED", place)
