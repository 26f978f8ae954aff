"""A code of the language, a place and the words found there come in; the ``Problem`` goes out.

All say the same things of different mistakes, so they share one function; their severities stand in one table.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from builder.problems.nouns import Problem, Severity, error, info, quoted, warning
from builder.vietnamese.frisket import OBJECT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from builder.problems.nouns import Place

LANGUAGE: dict[str, Severity] = {
    # letters
    "UNI_ZW": Severity.WARNING,
    "UNI_SPACE": Severity.INFO,
    "UNI_COMPAT": Severity.WARNING,
    "UNI_MARK": Severity.WARNING,
    "UNI_TONES": Severity.ERROR,
    "UNI_REORDER": Severity.WARNING,
    "UNI_NFC": Severity.INFO,
    "UNI_LOOKALIKE": Severity.WARNING,
    "UNI_PRIVATE": Severity.WARNING,
    "ENC_LEGACY": Severity.ERROR,
    "ENC_MOJIBAKE": Severity.ERROR,
    # syllables
    "SYL_INVALID": Severity.WARNING,
    "SYL_MISPLACED": Severity.WARNING,
    "TONE_STOP": Severity.WARNING,
    "WORD_RARE": Severity.WARNING,
    # spaces and marks
    "SP_DOUBLE": Severity.WARNING,
    "SP_BEFORE": Severity.WARNING,
    "SP_AFTER": Severity.WARNING,
    "SP_INNER": Severity.WARNING,
    "SP_OUTER": Severity.WARNING,
    "SP_SLASH": Severity.WARNING,
    "Q_STRAIGHT": Severity.WARNING,
    "Q_UNBALANCED": Severity.WARNING,
    "PAREN_UNBALANCED": Severity.WARNING,
    "ELL": Severity.WARNING,
    "VV": Severity.WARNING,
    # numbers and dates
    "NUM_EN": Severity.WARNING,
    "DATE_IMPOSSIBLE": Severity.WARNING,
    "ROMAN_BLOCK": Severity.WARNING,
    "REF_BROKEN": Severity.WARNING,
    # style
    "CAPS_SENT": Severity.INFO,
    "CAPS_TERM": Severity.INFO,
    "DUP_WORD": Severity.INFO,
    "ABBR_UNDEF": Severity.INFO,
    # one thing in two ways in one book
    "TONE_MIXED": Severity.INFO,
    "IY_MIXED": Severity.INFO,
    "DASH_MIXED": Severity.INFO,
    "RANGE_MIXED": Severity.INFO,
}
"""What may be found in the language of a text, and how much it matters."""

_MAKERS = {Severity.ERROR: error, Severity.WARNING: warning, Severity.INFO: info}


def of_language(
    code: str, place: Place, found: str, *, became: str | None = None, hints: Iterable[str] = (), **more: object
) -> Problem:
    """Report words of a text: what they should be, or may have been; ``more`` fills further slots of the sentence."""
    better = [became] if became is not None else list(hints)
    made = _MAKERS[LANGUAGE[code]](code, place, found=visible(found), better=_offered(better), **more)
    return replace(made, extent=max(1, len(found)))


def mixed(code: str, place: Place, found: str, *, here: str, there: str, counts: tuple[int, int]) -> Problem:
    """Report the rarer of two ways: ``here`` is the way at the place, ``there`` the other; how often each occurs."""
    made = info(code, place, found=visible(found), here=here, there=there, rarer=counts[0], commoner=counts[1])
    return replace(made, extent=max(1, len(found)))


def ignored_in_vain(place: Place, code: str, words: str) -> Problem:
    """Report an entry of the ignore list that nothing found asks for."""
    return warning("IGNORE_UNUSED", place, ignored=code, words=words)


def visible(words: str) -> str:
    """Write characters that cannot be seen as their code points, and spaces alone as ``␣``; other words stay."""
    if words and not words.strip(" \u00a0"):
        return "␣" * len(words)
    return "".join(map(_seen, words))


def _seen(character: str) -> str:
    if character in " \n\u00a0":
        return " "
    if character == OBJECT:
        return "…"
    return character if character.isprintable() else f"U+{ord(character):04X}"


def _offered(better: list[str]) -> str:
    return ", ".join(quoted(words) for words in better) or "—"
