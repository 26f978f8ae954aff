r"""A paragraph comes in; spaces, quotation marks, ellipses and dashes that are not as they should be go out.

A paragraph may hold ``\n`` (a line of the source ended), U+FFFC (something that is no text) and U+00A0. What stands in
addresses, numbers and identifiers is never touched (see ``frisket``).
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Final

from builder.vietnamese import quotes, rounds, spacing
from builder.vietnamese.findings import Finding
from builder.vietnamese.frisket import CAPITAL, LETTER, SMALL, covered

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def findings(text: str, *, opened: int = 0) -> tuple[Finding, ...]:
    """Find everything that is not as it should be.

    Args:
        text: one paragraph.
        opened: how many quotations of the paragraphs before are still open (see ``open_quotes``).

    Returns:
        ``SP_DOUBLE``, ``SP_BEFORE``, ``SP_AFTER``, ``SP_INNER``, ``SP_OUTER``, ``SP_SLASH``, ``ELL``, ``VV``,
        ``Q_STRAIGHT``, ``Q_UNBALANCED``, ``PAREN_UNBALANCED``, in order of place. ``became`` is given where the mend is
        beyond doubt.
    """
    if not (_is_suspect(text) or quotes.any_in(text)):
        return ()
    bare = covered(text)
    curled = quotes.curled(bare)
    return _apart((*quotes.straight(bare), *spacing.findings(text, curled), *quotes.unbalanced(curled, opened)))


def open_quotes(text: str, opened: int = 0) -> int:
    """Count the quotations open at the end of a paragraph, ``opened`` having been open before it.

    What this says of one paragraph is what ``findings`` wants to know of the next: a quotation may run over several,
    whether each opens it again, as in books, or only the first does, as in laws.
    """
    return quotes.left_open(quotes.curled(covered(text)), opened)


def typeset(text: str, *, dash: str = "keep") -> tuple[Finding, ...]:
    """Find what is mended when commentary is printed: marks and spaces, never letters or figures.

    Args:
        text: one paragraph.
        dash: ``en`` makes the spaced hyphen between words an en dash; ``keep`` leaves it.

    Returns:
        The mends, in order, none over another. Looked at again, the mended paragraph has none.
    """
    if not (_is_suspect(text) or (dash == "en" and _SPACED_DASH.search(text))):
        return ()
    return rounds.at_once(text, partial(_of_print, dash=dash))


def typeset_programme(text: str) -> tuple[Finding, ...]:
    """Find what is mended when programme text is printed: spaces in a row or at the end of a line, nothing else."""
    if not _SPACES.search(text):
        return ()
    return (*spacing.doubled(text), *spacing.trailing(text))


def en_dashes(text: str) -> tuple[Finding, ...]:
    """Find the spaced hyphens between words, which may become en dashes: ``kinh tế - xã hội``.

    Hyphens between figures or Roman numerals, at the start of a line and without spaces are none.
    """
    return tuple(Finding("DASH", start, end, "–") for dash, start, end in dashes(text) if dash == "-")


def dashes(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield the spaced dashes between words, each (``-``, ``–`` or ``—``) with where it begins and ends."""
    for match in _SPACED_DASH.finditer(text):
        if not (
            _ROMAN_BEFORE.search(text, max(0, match.start() - 12), match.start())
            and _ROMAN_AFTER.match(text, match.end())
        ):
            yield match[1], match.start(1), match.end(1)


_SPACED_DASH: Final = re.compile(rf"[ \u00a0](?<=[\w)\]”’%.…].)([-–—])[ \u00a0\n](?={LETTER}|[“‘(])")
_ROMAN_BEFORE: Final = re.compile(r"(?<!\w)[IVXLC]+\Z")
_ROMAN_AFTER: Final = re.compile(r"[IVXLC]+(?!\w)")

# --- the looks ------------------------------------------------------------------------------------

_SPACES: Final = re.compile(r"[ \u00a0]{2}| (?=\n|\Z)")
# Whatever a rule may have to mend has one of these shapes; most paragraphs have none, and are looked at no further.
# A set of characters at the head of each makes the look four times as quick as the same shapes side by side.
_SPACE_AMISS: Final = re.compile(r"[ \u00a0](?:[ \u00a0,;:!?…)\]}”\n/.]|\Z)")
_MARK_AMISS: Final = re.compile(
    rf"""[/(\[{{“‘,;:!?…)”’%‰.v"']
    (?: (?<=["'])
      | (?<=[/(\[{{“‘])[ \u00a0] | (?<={LETTER}[(“])
      | (?<=[,;:!?…)”%‰]){LETTER} | (?<=[,;:])[“‘(] | (?<=;)\d | (?<={LETTER}[,:])\d | (?<=[”’])\(
      | (?<=\.)(?:[{CAPITAL}][{SMALL}]|[{SMALL}]{{2}}|[.…]) | (?<=…)\.
      | (?<=v)(?!\.v\.(?![.…\w]|[ ][.…]))[.…,]*[ ]?v(?!\w)
    )""",
    re.VERBOSE,
)


def _is_suspect(text: str) -> bool:
    return bool(_SPACE_AMISS.search(text) or _MARK_AMISS.search(text))


def _of_print(text: str, *, dash: str) -> Iterable[Finding]:
    bare = covered(text)
    found = (*quotes.straight(bare), *spacing.findings(text, quotes.curled(bare)), *spacing.trailing(bare))
    return (*found, *en_dashes(bare)) if dash == "en" else found


def _apart(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Put findings in order; of two mends that overlap, leave out the second."""
    apart: list[Finding] = []
    done = 0
    for finding in sorted(found, key=lambda each: (each.start, each.end)):
        if finding.became is None:
            apart.append(finding)
        elif finding.start >= done:
            apart.append(finding)
            done = finding.end
    return tuple(apart)
