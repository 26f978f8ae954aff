"""What a check found comes in; it goes out as SARIF 2.1.0, which editors and code hosts show beside the text."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from builder import __version__
from builder.problems import Severity

if TYPE_CHECKING:
    from builder.problems import Problem
    from builder.proofs import Mend
    from builder.works.check import Checked

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}

Json = dict[str, Any]


def log(checked: Checked, language: str) -> Json:
    """Write a SARIF log; columns count Unicode code points, as they do everywhere in this program."""
    codes = list(dict.fromkeys(problem.code for problem in checked.problems))
    driver = {"name": "anpham", "version": __version__, "rules": [{"id": code} for code in codes]}
    results = [_result(problem, checked, language, codes.index(problem.code)) for problem in checked.problems]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "language": language, "results": results}
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _result(problem: Problem, checked: Checked, language: str, rule: int) -> Json:
    result: Json = {
        "ruleId": problem.code,
        "ruleIndex": rule,
        "level": LEVELS[problem.severity],
        "message": {"text": f"{problem.sentence(language)} {problem.way_out(language)}"},
    }
    if problem.place.file:
        result["locations"] = [{"physicalLocation": _location(problem, checked)}]
    if mend := checked.mends.get(problem):
        result["fixes"] = [_fix(mend)]
    return result


def _location(problem: Problem, checked: Checked) -> Json:
    place = problem.place
    location: Json = {"artifactLocation": _artifact(place.file)}
    if place.line:
        region: Json = {"startLine": place.line}
        if place.column:
            region |= {"startColumn": place.column, "endColumn": place.column + max(1, problem.extent)}
        if line := checked.line(problem):
            region["snippet"] = {"text": line}
        location["region"] = region
    return location


def _fix(mend: Mend) -> Json:
    region = {"startLine": mend.line, "startColumn": mend.start, "endColumn": mend.end}
    replacement = {"deletedRegion": region, "insertedContent": {"text": mend.became}}
    return {"artifactChanges": [{"artifactLocation": _artifact(mend.file), "replacements": [replacement]}]}


def _artifact(file: str) -> Json:
    return {"uri": quote(PurePath(file).as_posix())}
