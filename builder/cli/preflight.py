"""``anpham preflight``: finished files come in; what a shop or a store would object to is told."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from builder import __version__, preflight
from builder.cli import answers
from builder.cli.boundary import Status
from builder.cli.frame import INDENT, WrongLine, filled
from builder.cli.judges import judges
from builder.cli.words import Words, here
from builder.preflight import Facts, Finding, Purpose, Report, Size
from builder.preflight.judging import judged
from builder.problems import Place, Problems, Severity, file_missing, file_unreadable
from builder.problems.listing import runs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from builder.preflight import Fact, Spot
    from builder.preflight.judging import Judges

COMMAND = "anpham preflight"
SHOWN = 6  # places of one code in an e-book, and things that stand there; the others are counted
MILD = ("JUDGE_MISSING", "JUDGE_PASSED")  # told in a line: there is nothing to be done
SAID = 3  # sentences of one code; the others are counted
_KILO, _MEGA = 1000, 1_000_000


@dataclass(frozen=True, slots=True)
class Order:
    """What was typed: files, what they are for, how much to show."""

    files: tuple[str, ...]
    purpose: str = ""
    everything: bool = False
    as_json: bool = False


def run(order: Order) -> Status:
    """Look at files one after the other; the status is 1 when one has an error, whoever found it.

    Raises:
        WrongLine: for a purpose there is not.
    """
    words = here()
    purposes = {each.value: each for each in Purpose}
    if order.purpose and order.purpose not in purposes:
        known = ", ".join(purposes)
        raise WrongLine(words("line.choice", name="--for", value=order.purpose, known=known), COMMAND)
    present = judges()
    looked = [(name, _look(name, purposes.get(order.purpose), present)) for name in dict.fromkeys(order.files)]
    if order.as_json:
        files = [_plain(name, report, words, guessed=not order.purpose) for name, report in looked]
        answers.put({"version": __version__, "files": files})
    else:
        told = ["\n".join(_told(name, report, order, words)) for name, report in looked]
        print("\n\n".join(told))
    failed = any(_worst(report) is Severity.ERROR for _, report in looked)
    return Status.PROBLEMS if failed else Status.DONE


def _look(name: str, purpose: Purpose | None, present: Judges) -> Report:
    """Look at a file; one that cannot be read is a report of that alone."""
    path = Path(name)
    try:
        data = preflight.read(path)
        report = preflight.look(data, name, purpose)
        return judged(report, path, data, present)
    except Problems as error:
        found = error.problems
    except FileNotFoundError:
        found = (file_missing(Place(name)),)
    except OSError as error:
        found = (file_unreadable(Place(name), error),)
    return Report(Facts("unknown"), purpose or Purpose.READING, tuple(map(Finding, found)))


def _worst(report: Report) -> Severity | None:
    found = {each.problem.severity for each in report.findings}
    return next((severity for severity in Severity if severity in found), None)


# --- for a person ---------------------------------------------------------------------------------


def _told(name: str, report: Report, order: Order, words: Words) -> Iterator[str]:
    """Write what a file is, what was looked at, what was found, whether it passes."""
    yield from _head(name, report, words, guessed=not order.purpose)
    for severity in Severity:
        found = [each for each in report.findings if each.problem.severity is severity]
        if found:
            yield f"\n{words(f'preflight.severity.{severity.value}')}"
            for group in _groups(found):
                yield from _group(group, words, everything=order.everything)
    worst = _worst(report)
    verdict = words(f"preflight.verdict.{worst.value if worst else 'none'}")
    counted = "; ".join(_counted(report.findings, words))
    yield f"\n{filled(verdict + (f' ({counted})' if counted else ''))}"


def _counted(findings: Sequence[Finding], words: Words) -> Iterator[str]:
    """Count what is to be mended once, however many places it is in; and the pages it is on."""
    for severity in Severity:
        found = [each for each in findings if each.problem.severity is severity]
        pages = {each.problem.place.page for each in found} - {0}
        counted = words(f"count.{severity.value}", count=len({each.problem.code for each in found}))
        if found:
            yield words("preflight.on_pages", counted=counted, pages=len(pages)) if pages else counted


def _head(name: str, report: Report, words: Words, *, guessed: bool) -> Iterator[str]:
    facts = ", ".join(_fact(key, value, words) for key, value in report.facts.told)
    yield filled(f"{name}: {facts or words('preflight.unknown')}", "", INDENT)
    if not report.facts.told:
        return
    if report.facts.kind == "pdf":
        how = f" {words('preflight.guessed')}" if guessed else ""
        yield _line(words("preflight.for", purpose=words(f"preflight.purpose.{report.purpose.value}")) + how)
    if report.claims:
        yield _line(words("preflight.claims", names=", ".join(report.claims)))
    parts = ", ".join(words(f"preflight.part.{part}") for part in report.facts.looked_at)
    yield _line(words("preflight.looked_at", parts=parts))


def _line(text: str) -> str:
    return filled(text, INDENT, INDENT * 2)


def _fact(key: str, value: Fact, words: Words) -> str:
    if key == "bytes" and isinstance(value, int):
        return f"{words.number(value / _MEGA, '.1f')} MB" if value >= _MEGA else f"{-(-value // _KILO)} kB"
    if isinstance(value, Size):
        value = f"{value.width:.0f} × {value.height:.0f} mm"
    shown = ", ".join(value) if isinstance(value, tuple) else str(value)
    return words(f"preflight.fact.{key}", value=shown)


def _groups(found: Iterable[Finding]) -> list[list[Finding]]:
    """Put the findings of one code together, codes in the order they were met, places in that of the file."""
    by_code: dict[str, list[Finding]] = {}
    for each in found:
        by_code.setdefault(each.problem.code, []).append(each)
    return [sorted(group, key=lambda each: (each.problem.place, each.what)) for group in by_code.values()]


def _group(group: Sequence[Finding], words: Words, *, everything: bool) -> Iterator[str]:
    first = group[0].problem
    if first.code in MILD:
        for sentence in dict.fromkeys(each.problem.sentence(words.language) for each in group):
            yield filled(f"{first.code}  {sentence}", INDENT, INDENT * 2)
        return
    where = _where(group, words)
    yield f"{INDENT}{first.code}{f'  {where}' if where else ''}"
    inner = INDENT * 2
    if everything:
        for each in group:
            yield filled(_place(each, words), inner, inner + INDENT)
    else:
        for sentence in _sentences(group, words):
            yield filled(sentence, inner, inner + INDENT)
    if matters := first.matters(words.language):
        yield filled(words("preflight.matters", why=matters), inner, inner)
    yield filled(f"→ {words.typed(first.way_out(words.language))}", inner, inner + INDENT)


def _sentences(group: Sequence[Finding], words: Words) -> Iterator[str]:
    """Say what is wrong: once where it is the same everywhere; else the first few, each with its own places."""
    said: dict[str, list[Finding]] = {}
    for each in group:
        said.setdefault(each.problem.sentence(words.language), []).append(each)
    if len(said) == 1:
        yield from said
        return
    for sentence in list(said)[:SAID]:
        where = _where(said[sentence], words)
        yield f"{where}: {sentence}" if where else sentence
    if left := sum(len(each) for each in list(said.values())[SAID:]):
        yield words("preflight.more", count=left)


def _where(group: Sequence[Finding], words: Words) -> str:
    """Say on which pages, or in which parts of an e-book, and in how many places."""
    pages = sorted({each.problem.place.page for each in group} - {0})
    if pages:
        said = words("preflight.pages", pages=runs(pages))
    else:
        parts = list(dict.fromkeys(filter(None, (_part(each) for each in group))))
        said = ", ".join(parts[:SHOWN]) + (", …" if len(parts) > SHOWN else "")
    many = words("preflight.places", count=len(group)) if len(group) > max(1, len(pages)) else ""
    return f"{said} {many}".strip()


def _part(finding: Finding) -> str:
    """Return the part of an e-book a finding is in, with its line."""
    line = finding.problem.place.line
    return f"{finding.part}:{line}" if finding.part and line else finding.part


def _place(finding: Finding, words: Words) -> str:
    """Say one place on a line of its own: where in the file, where on the page, what is wrong there."""
    page = finding.problem.place.page
    at = words("preflight.page", page=page) if page else _part(finding)
    spot = f" ({_spot(finding.spot, words)})" if finding.spot else ""
    head = f"{at}{spot}: " if at else ""
    sentence = finding.problem.sentence(words.language)
    what = f" [{finding.what}]" if finding.what and finding.what not in sentence else ""
    return f"{head}{sentence}{what}"


def _spot(spot: Spot, words: Words) -> str:
    values = {key: words.number(getattr(spot, key)) for key in ("x", "y", "width", "height")}
    return words("preflight.spot", **values)


# --- for a machine --------------------------------------------------------------------------------


def _plain(name: str, report: Report, words: Words, *, guessed: bool) -> answers.Answer:
    worst = _worst(report)
    return {
        "file": name,
        "kind": report.facts.kind,
        "purpose": report.purpose.value,
        "guessed": guessed,
        "facts": {key: _plain_fact(value) for key, value in report.facts.told},
        "looked_at": list(report.facts.looked_at),
        "claims": list(report.claims),
        "verdict": worst.value if worst else "none",
        "findings": [_plain_finding(each, words) for each in _in_order(report.findings)],
    }


def _plain_fact(value: Fact) -> object:
    if isinstance(value, Size):
        return {"width": value.width, "height": value.height}
    return list(value) if isinstance(value, tuple) else value


def _in_order(findings: Iterable[Finding]) -> list[Finding]:
    gravity = {severity: number for number, severity in enumerate(Severity)}
    return sorted(findings, key=lambda each: (gravity[each.problem.severity], each.problem.code, each.problem.place))


def _plain_finding(finding: Finding, words: Words) -> answers.Answer:
    problem, spot = finding.problem, finding.spot
    file = replace(problem.place, page=0, line=0)
    return {
        "code": problem.code,
        "severity": problem.severity.value,
        "file": str(file),
        "page": problem.place.page,
        "line": problem.place.line,
        "place": str(problem.place),
        "spot": {"x": spot.x, "y": spot.y, "width": spot.width, "height": spot.height} if spot else None,
        "what": finding.what,
        "sentence": problem.sentence(words.language),
        "matters": problem.matters(words.language),
        "way_out": problem.way_out(words.language),
    }
