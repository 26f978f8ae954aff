"""What a judge of a standard printed comes in; findings go out: objections, that it agrees, that it was not there.

The judges are programs of others: veraPDF and page-validation for PDF/A and PDF/UA, EPUBCheck for EPUB. Whoever calls
hands them over as functions; this room only knows what to ask and how to read the answer.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lxml import etree

from builder.preflight.seen import Seen, weighed
from builder.problems import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from builder.preflight.nouns import Report

    Ask = Callable[..., str | None]
    Validate = Callable[[bytes, str], Iterable[tuple[str, str]] | None]

VERAPDF, EPUBCHECK, PAGE_VALIDATION = "veraPDF", "EPUBCheck", "page-validation"
_MOST = 40
_SEVERE = {"FATAL": Severity.ERROR, "ERROR": Severity.ERROR, "WARNING": Severity.WARNING}


@dataclass(frozen=True, slots=True)
class Judges:
    """The judges of this machine.

    Attributes:
        verapdf: takes arguments and gives what the program printed; nothing when it could not.
        epubcheck: the same.
        page_validation: takes bytes and a flavour (``2a``), gives rules that are broken, with their words.
    """

    verapdf: Ask | None = None
    epubcheck: Ask | None = None
    page_validation: Validate | None = None


def judged(report: Report, path: Path, data: bytes, judges: Judges) -> Report:
    """Let the judges look at a file; their findings come after our own."""
    name = str(path)
    seen = _epub(path, report, judges) if report.facts.kind == "epub" else _pdf(path, data, report, judges)
    return replace(report, findings=(*report.findings, *weighed(seen, name, report.purpose)))


def flavour(claim: str) -> str:
    """Return what the judges call a standard: ``PDF/A-2a`` is ``2a``; nothing for one they do not know."""
    family, _, level = claim.partition("-")
    if family == "PDF/A" and level[:1] in "1234":
        return level
    return f"ua{level}" if family == "PDF/UA" and level in ("1", "2") else ""


def _pdf(path: Path, data: bytes, report: Report, judges: Judges) -> Iterator[Seen]:
    alone = []
    for claim in report.claims:
        code = flavour(claim)
        if code and judges.verapdf:
            said = judges.verapdf("--format", "xml", "--flavour", code, str(path.absolute()))
            yield from _answer(VERAPDF, claim, None if said is None else _verapdf(said, claim))
        elif code and judges.page_validation:
            broken = judges.page_validation(data, code)
            yield from _answer(PAGE_VALIDATION, claim, None if broken is None else _page_validation(broken, claim))
        elif code:  # of PDF/X there is no free judge
            alone.append(claim)
    if alone:
        yield _missing(VERAPDF, ", ".join(alone))


def _epub(path: Path, report: Report, judges: Judges) -> Iterator[Seen]:
    claim = report.claims[0] if report.claims else "EPUB"
    if judges.epubcheck is None:
        yield _missing(EPUBCHECK, claim)
        return
    said = judges.epubcheck("--quiet", "--locale", "en", "--json", "-", str(path.absolute()))
    yield from _answer(EPUBCHECK, claim, None if said is None else _epubcheck(said, claim))


def _missing(judge: str, claim: str) -> Seen:
    """Say that nobody judged."""
    values = (("standard", claim), ("judge", judge))
    return Seen("JUDGE_MISSING", what=claim, values=values, severity=Severity.INFO)


def _answer(judge: str, claim: str, objections: list[Seen] | None) -> Iterator[Seen]:
    """Hand on what a judge objects to; say so when it agrees, or did not answer."""
    values = (("standard", claim), ("judge", judge))
    if objections is None:
        yield Seen("JUDGE_FAILED", what=claim, values=values, severity=Severity.INFO)
    elif not objections:
        yield Seen("JUDGE_PASSED", what=claim, values=values, severity=Severity.INFO)
    else:
        yield from objections[:_MOST]


def _objection(
    judge: str, claim: str, rule: str, words: str, *, count: int = 1, severity: Severity | None = None
) -> Seen:
    values = (("standard", claim), ("judge", judge), ("rule", rule), ("words", words), ("count", count))
    return Seen("JUDGE_OBJECTS", what=rule, values=values, severity=severity)


def _verapdf(said: str, claim: str) -> list[Seen] | None:
    """Read veraPDF's report in XML; nothing when it judged nothing."""
    try:
        root = etree.fromstring(said.encode(), etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    except (etree.XMLSyntaxError, ValueError):
        return None
    verdict = root.find(".//validationReport")
    if verdict is None or verdict.get("isCompliant") not in ("true", "false"):
        return None
    found = []
    for rule in verdict.iter("rule"):
        name = f"{rule.get('clause', '')}-{rule.get('testNumber', '')}"
        words = " ".join((rule.findtext("description") or "").split())
        count = rule.get("failedChecks", "1")
        if rule.get("status", "failed") == "failed":
            found.append(_objection(VERAPDF, claim, name, words, count=int(count) if count.isdecimal() else 1))
    if not found and verdict.get("isCompliant") == "false":
        found.append(_objection(VERAPDF, claim, "—", verdict.get("statement", "")))
    return found


def _page_validation(broken: Iterable[tuple[str, str]], claim: str) -> list[Seen]:
    """It is young, and objects to things veraPDF lets pass: what it says is worth a second look."""
    return [_objection(PAGE_VALIDATION, claim, rule, words, severity=Severity.WARNING) for rule, words in broken]


def _epubcheck(said: str, claim: str) -> list[Seen] | None:
    """Read EPUBCheck's report in JSON; hints about usage are no objections."""
    try:
        messages = json.loads(said)["messages"]
        return [_remark(each, claim) for each in messages if each["severity"] in _SEVERE]
    except (ValueError, KeyError, TypeError):
        return None


def _remark(message: dict[str, object], claim: str) -> Seen:
    words, rule = str(message["message"]), str(message["ID"])
    seen = _objection(EPUBCHECK, claim, rule, words, severity=_SEVERE[str(message["severity"])])
    places = message.get("locations")
    if not isinstance(places, list) or not places or not isinstance(places[0], dict):
        return seen
    line = places[0].get("line", 0)
    return replace(seen, part=str(places[0].get("path", "")), line=line if isinstance(line, int) and line > 0 else 0)
