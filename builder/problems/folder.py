"""A place in a source folder or its settings comes in; the ``Problem`` of a file, a key or a value goes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.problems.nouns import error, nearest, warning

if TYPE_CHECKING:
    from collections.abc import Iterable

    from builder.problems.nouns import Place, Problem


_MEGABYTE = 1_000_000

# --- the source folder ----------------------------------------------------------------------------


def source_missing(place: Place) -> Problem:
    """Report that there is no such source folder."""
    return error("SOURCE_MISSING", place)


def program_missing(place: Place) -> Problem:
    """Report a source folder without ``program.md``."""
    return error("PROGRAM_MISSING", place)


def program_empty(place: Place) -> Problem:
    """Report a ``program.md`` in which no clause and no text was found."""
    return error("PROGRAM_EMPTY", place)


def slug_bad(place: Place, slug: str, suggestion: str) -> Problem:
    """Report a folder name that cannot be a slug (ASCII, lower case, hyphens)."""
    return error("SLUG_BAD", place, slug=slug, suggestion=suggestion)


def not_utf8(place: Place) -> Problem:
    """Report a file that is not UTF-8."""
    return error("ENC_UTF8", place)


def old_encoding(place: Place, encoding: object) -> Problem:
    """Report a file that is not UTF-8 but in an old encoding, which is known."""
    return error("ENC_OLD", place, encoding=encoding)


def control_character(place: Place, character: str) -> Problem:
    """Report a control character in a text file (often the trace of an old encoding)."""
    return error("UNI_CTRL", place, character=character)


def path_outside(place: Place, path: str) -> Problem:
    """Report a path, or a link on the disk, that leads out of the source folder."""
    return error("PATH_OUTSIDE", place, path=path)


def secret_mark(place: Place, mark: str) -> Problem:
    """Report a line that is exactly a secrecy mark: such a text is not for this program."""
    return error("SECRET_MARK", place, mark=mark)


def file_big(place: Place, size: int, most: int) -> Problem:
    """Report a file larger than this program reads; sizes are in bytes, and told in MB."""
    return error("FILE_BIG", place, size=-(-size // _MEGABYTE), most=most // _MEGABYTE)


def file_unreadable(place: Place, refused: OSError) -> Problem:
    """Report a file or folder the system does not let us read; its reason is the system's, in English."""
    return error("FILE_UNREADABLE", place, refusal=refused.strerror or type(refused).__name__)


def file_unknown(place: Place, name: str, known: Iterable[str]) -> Problem:
    """Report a file or folder whose name the source folder does not use."""
    return warning("FILE_UNKNOWN", place, name=name, nearest=nearest(name, known))


def folder_deep(place: Place, name: str, parent: str) -> Problem:
    """Report a folder within ``commentary/`` and its like: only what lies in these themselves is read."""
    return warning("FOLDER_DEEP", place, name=name, parent=parent)


def file_empty(place: Place) -> Problem:
    """Report a file of text in which nothing is written."""
    return warning("FILE_EMPTY", place)


def front_open(place: Place) -> Problem:
    """Report front matter that is opened (``---``) and never closed."""
    return error("FRONT_OPEN", place)


def front_matter(place: Place) -> Problem:
    """Report front matter (``---``) in a file that takes none."""
    return error("FRONT_MATTER", place)


# --- settings -------------------------------------------------------------------------------------


def yaml_syntax(place: Place) -> Problem:
    """Report text that is not YAML."""
    return error("YAML_SYNTAX", place)


def yaml_feature(place: Place, what: str) -> Problem:
    """Report a YAML device this program refuses: anchor, alias, tag, second document."""
    return error("YAML_FEATURE", place, what=what)


def key_twice(place: Place, key: str, line: int) -> Problem:
    """Report a key given twice in one mapping; ``line`` is where it stood first."""
    return error("KEY_TWICE", place, key=key, line=line)


def key_unknown(place: Place, key: str, known: Iterable[str]) -> Problem:
    """Report a key no table knows."""
    return error("KEY_UNKNOWN", place, key=key, nearest=nearest(key, known))


def key_missing(place: Place, key: str) -> Problem:
    """Report a key that must be given and is not."""
    return error("KEY_MISSING", place, key=key)


def key_name(place: Place, key: str, suggestion: str) -> Problem:
    """Report a name given to an edition that cannot be part of a file name."""
    return error("KEY_NAME", place, key=key, suggestion=suggestion)


def value_text(place: Place, key: str) -> Problem:
    """Report a list or a mapping where words are wanted."""
    return error("VALUE_TEXT", place, key=key)


def value_list(place: Place, key: str) -> Problem:
    """Report a value where a list is wanted."""
    return error("VALUE_LIST", place, key=key)


def value_group(place: Place, key: str) -> Problem:
    """Report a value where a mapping is wanted."""
    return error("VALUE_GROUP", place, key=key)


def file_keys(place: Place) -> Problem:
    """Report a file, or its front matter, that is a list or mere words where keys with values are wanted."""
    return error("FILE_KEYS", place)


def value_later(place: Place, key: str, value: str) -> Problem:
    """Report a profile that opens a publication to everybody, while what the law wants of it is left to its makers."""
    return warning("VALUE_LATER", place, key=key, value=value)


def value_choice(place: Place, key: str, value: str, known: Iterable[str]) -> Problem:
    """Report a value that is none of the known ones."""
    return error("VALUE_CHOICE", place, key=key, value=value, known=", ".join(known) or "—")


def trim_bad(place: Place, value: str, known: Iterable[str], least: int, most: int) -> Problem:
    """Report what is no page size: neither the name of one nor width × height (mm) within bounds."""
    return error("TRIM_BAD", place, value=value, known=", ".join(known), least=least, most=most)


def address_bad(place: Place, value: str, most: int) -> Problem:
    """Report what is no address of a place on the web, has a fragment already, or is longer than a code should be."""
    return error("ADDRESS_BAD", place, value=value, most=most)


def value_number(place: Place, key: str, value: str, least: int, most: int) -> Problem:
    """Report a value that is no whole number, or out of bounds."""
    return error("VALUE_NUMBER", place, key=key, value=value, least=least, most=most)


def value_millimetres(place: Place, key: str, value: str, least: float, most: float) -> Problem:
    """Report a value that is no length in millimetres, or out of bounds."""
    return error("VALUE_MM", place, key=key, value=value, least=f"{least:g}", most=f"{most:g}")


def sheet_bad(place: Place, value: str, known: Iterable[str]) -> Problem:
    """Report words that name no sheet of paper."""
    return error("SHEET_BAD", place, value=value, known=", ".join(known))


def date_bad(place: Place, value: str) -> Problem:
    """Report a date that is none, or is written in another order."""
    return error("DATE_BAD", place, value=value)


def format_unknown(place: Place, value: str) -> Problem:
    """Report a source folder written for another version of the format."""
    return error("FORMAT_UNKNOWN", place, value=value)
