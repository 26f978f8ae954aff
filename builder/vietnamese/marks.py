r"""A paragraph comes in; spaces, quotation marks, ellipses and dashes that are not as they should be go out.

A paragraph may hold ``\n`` (a line of the source ended), U+FFFC (something that is no text) and U+00A0. What stands in
addresses, numbers and identifiers is never touched.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from builder.vietnamese import quotes
from builder.vietnamese.findings import Finding, mended

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_LETTER = r"[^\W\d_]"
_OPEN, _CLOSE = r"(\[{“‘", r")\]}”’"

# Addresses, file names, decimals, times, identifiers: what stands in them is no mark of a sentence.
_KEPT = re.compile(
    r"""(?:https?://|www\.|mailto:)\S+ | [\w.+-]+@[\w-]+(?:\.[\w-]+)+
      | (?<![\w.-])(?:[\w-]+\.)+(?:vn|com|org|net|info|edu|gov)(?!\w)(?:/\S*)?
      | (?<![\w.-])(?:[\w-]+\.)+(?:html?|pdf|docx?|xlsx?|epub|md|txt|jpg|png|svg|toml|yaml|lock)(?!\w)
      | \d+(?:[.,:/]\d+)+
      | (?:[A-ZĐ]{1,4}\.){2,}(?=[A-ZĐ]) | (?<!\w)[A-ZĐ][a-z]?\.(?=[A-ZĐ]\w*[-.])
      | (?<!\w)\./\.""",
    re.VERBOSE,
)
_SUSPECT = re.compile(
    rf"""[ \u00a0]{{2}} | [ \u00a0][,.;:!?…%{_CLOSE}] | [{_OPEN}][ \u00a0]
      | [,;:!?…{_CLOSE}]{_LETTER} | \.{_LETTER} | {_LETTER}[(\[{{“] | \.\.|…[ ]?\.|v\.?[ ]?v
      | ["'] | \w[ ]/|/[ ]\w""",
    re.VERBOSE,
)

_DOUBLE = re.compile(r"(?<=[^\s])[ \u00a0]{2,}(?=[^\s])")  # at the end of a line they may ask for a break
_BEFORE = re.compile(
    rf"(?<=[^\s{_OPEN}\u2013\u2014-])[ \u00a0]+(?:[,;:!?…]|\.(?![\w.]))(?=\s|[{_CLOSE}]|$|\ufffc)",
)
_WRONG_SIDE = re.compile(rf"(?<=[^\s{_OPEN}\u2013\u2014-])[ \u00a0]+[,;](?={_LETTER})")
_BEFORE_CLOSING = re.compile(r"(?<=[^\s])[ \u00a0]+[)\]}”](?=[\s,.;:!?…)\]}”]|$)")
_AFTER_OPENING = re.compile(r"[(\[{“][ \u00a0]+(?=\S)")
_AFTER = re.compile(rf"(?<=[\w{_CLOSE}])(?:[,;!?…]|:(?!//))(?={_LETTER})")
_AFTER_STOP = re.compile(rf"(?:(?<={_LETTER}{{2}})|(?<=\d)(?=\.[A-ZÀ-ỸĐ]))\.(?=[A-ZÀ-ỸĐ]?[a-zà-ỹđ]{{1,}}(?:[^\w.]|$))")
_AFTER_CLOSING = re.compile(rf"(?<=\S)[)\]}}”](?={_LETTER})")
_OUTER = re.compile(rf"(?<={_LETTER}{{2}})[(“](?=[ ]?{_LETTER}{{2}})")
_SLASH = re.compile(
    r"(?<!\w)([đĐ])[ \u00a0]?/[ \u00a0]?(c)(?!\w)|(?<![\w/])(\d{1,2})[ ]*/[ ]*(\d{1,2})[ ]*/[ ]*(\d{4})(?!\w)"
)
_ELLIPSIS = re.compile(r"(?<!\.)\.{3,}(?!/)|…[ \u00a0]?\.+(?!\w)|\.{2,}…")
_VV = re.compile(r"(?<!\w)(?:v\.[ ]?v(?:\.{2,}|\.?…\.?|(?!\w|\.))|v\.[ ]v\.|vv(?:\.{1,3}|…\.?)?(?!\w))")
_MOST_PASSES = 8
_LEADERS = 4  # full stops in a row: a line to write on


def findings(text: str) -> tuple[Finding, ...]:
    """Find everything that is not as it should be.

    Returns:
        ``SP_DOUBLE``, ``SP_BEFORE``, ``SP_AFTER``, ``SP_INNER``, ``SP_OUTER``, ``SP_SLASH``, ``ELL``, ``VV``,
        ``Q_STRAIGHT``, ``Q_UNBALANCED``, ``PAREN_UNBALANCED``, in order of place. ``became`` is given where the mend is
        beyond doubt.
    """
    if not (_SUSPECT.search(text) or quotes.any_in(text)):
        return ()
    return _ordered(text, (*_spaces(text), *_points(text), *quotes.straight(text), *quotes.unbalanced(text)))


def typeset(text: str, *, dash: str = "keep") -> tuple[Finding, ...]:
    """Find what is mended when commentary is printed: marks and spaces, never letters or figures.

    Args:
        text: one paragraph.
        dash: ``en`` makes the spaced hyphen between words an en dash; ``keep`` leaves it.
    """
    dashes = en_dashes(text) if dash == "en" else ()
    if not _SUSPECT.search(text):
        return tuple(dashes)
    found = (*_spaces(text), *_points(text), *quotes.straight(text), *dashes)
    return tuple(
        finding for finding in _ordered(text, found) if finding.became is not None and _only_marks(text, finding)
    )


def settled(text: str, *, dash: str = "keep") -> str:
    """Mend a paragraph for print till nothing is left to mend: one mend may lay the next open."""
    for _ in range(_MOST_PASSES):
        found = typeset(text, dash=dash)
        if not found:
            break
        text = mended(text, found)
    return text


def typeset_programme(text: str) -> tuple[Finding, ...]:
    """Find what is mended when programme text is printed: spaces in a row, and nothing else."""
    return tuple(_found("SP_DOUBLE", _DOUBLE, text, _one_space)) if "  " in text else ()


def en_dashes(text: str) -> tuple[Finding, ...]:
    """Find the spaced hyphens between words, which may become en dashes: ``kinh tế - xã hội``."""
    return tuple(Finding("DASH", match.start(1), match.end(1), "–") for match in _SPACED_HYPHEN.finditer(text))


def dashes(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield the spaced dashes between words, each with where it begins and ends."""
    for match in _SPACED_DASH.finditer(text):
        yield match[1], match.start(1), match.end(1)


_SPACED_HYPHEN: Final = re.compile(rf"(?<={_LETTER})[ \u00a0](-)[ \u00a0](?={_LETTER})")
_SPACED_DASH: Final = re.compile(rf"(?<={_LETTER})[ \u00a0]([-–—])[ \u00a0](?={_LETTER})")


# --- spaces and full stops ------------------------------------------------------------------------


def _spaces(text: str) -> Iterator[Finding]:
    yield from _found("SP_DOUBLE", _DOUBLE, text, _one_space)
    yield from _found("SP_BEFORE", _BEFORE, text, _last)
    yield from _found("SP_BEFORE", _WRONG_SIDE, text, lambda found: f"{found[-1]} ")
    yield from _found("SP_INNER", _BEFORE_CLOSING, text, _last)
    yield from _found("SP_INNER", _AFTER_OPENING, text, _bare)
    yield from _found("SP_AFTER", _AFTER, text, _spaced)
    yield from _found("SP_AFTER", _AFTER_STOP, text, _spaced)
    yield from _found("SP_AFTER", _AFTER_CLOSING, text, _spaced)
    yield from _found("SP_OUTER", _OUTER, text, lambda found: f" {found}")
    for match in _SLASH.finditer(text):
        became = "/".join(part for part in match.groups() if part)
        if became != match[0]:
            yield Finding("SP_SLASH", *match.span(), became)


def _points(text: str) -> Iterator[Finding]:
    yield from _found("VV", _VV, text, lambda _: "v.v.")
    for match in _ELLIPSIS.finditer(text):
        if len(match[0]) <= _LEADERS:  # more are a line to write on
            yield Finding("ELL", *match.span(), "…")


def _one_space(found: str) -> str:
    return "\u00a0" if "\u00a0" in found else " "


def _last(found: str) -> str:
    return found[-1]


def _bare(found: str) -> str:
    return found.rstrip(" \u00a0")


def _spaced(found: str) -> str:
    return f"{found} "


def _found(code: str, pattern: re.Pattern[str], text: str, became: Callable[[str], str]) -> Iterator[Finding]:
    yield from (Finding(code, *match.span(), became(match[0])) for match in pattern.finditer(text))


def _ordered(text: str, found: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Leave out what stands in an address or a number; of two that overlap, keep the first."""
    kept = [match.span() for match in _KEPT.finditer(text)]
    ordered: list[Finding] = []
    done = -1
    for finding in sorted(found, key=lambda each: (each.start, each.end)):
        inside = any(start < finding.start < end or start < finding.end < end for start, end in kept)
        if not inside and (finding.start >= done or finding.became is None):
            ordered.append(finding)
            done = max(done, finding.end if finding.became is not None else done)
    return tuple(ordered)


def _only_marks(text: str, finding: Finding) -> bool:
    """Tell whether the mend leaves letters and figures as they are."""
    return [*filter(str.isalnum, text[finding.start : finding.end])] == [*filter(str.isalnum, finding.became or "")]
