"""The noun of everything that looks at a text: what was found, where, and what mends it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """Something found in a text: a code, and the characters from ``start`` up to ``end`` (offsets from 0).

    ``became`` is what they should be when that is beyond doubt (empty: they go); where a person must decide it is
    ``None``, and ``hints`` are what they may have meant, best first.
    """

    code: str
    start: int
    end: int
    became: str | None = None
    hints: tuple[str, ...] = ()


def mended(text: str, findings: tuple[Finding, ...]) -> str:
    """Put what mends them in place of all findings that have it; of two that overlap, the first stands."""
    parts: list[str] = []
    done = 0
    for finding in sorted(findings, key=lambda each: (each.start, each.end)):
        if finding.became is not None and finding.start >= done:
            parts += text[done : finding.start], finding.became
            done = finding.end
    return "".join([*parts, text[done:]])
