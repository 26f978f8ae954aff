"""What an import made of a file comes in; what a person reads of it goes out: what was done, what is doubtful."""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from typing import TYPE_CHECKING

from builder.cli.frame import INDENT, filled, table, width
from builder.intake import sheetwords
from builder.intake.shapes import Shape
from builder.problems import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from builder.cli.words import Words
    from builder.intake import Intake
    from builder.intake.review import Row
    from builder.problems import Problem

GROUPS = {
    "recognised": {
        *("INTAKE_TITLE", "INTAKE_NUMBERING", "INTAKE_HEADING", "INTAKE_HEAD", "INTAKE_SIGN", "INTAKE_ACCOUNT"),
        *("INTAKE_ARTICLE", "INTAKE_EXTENSION"),
    },
    "converted": {"INTAKE_CONVERTED", "INTAKE_MOJIBAKE", "INTAKE_CHANGED", "INTAKE_NORMALISED", "INTAKE_FRONT_MATTER"},
    "repaired": {"INTAKE_LINES", "INTAKE_SPLIT", "INTAKE_JOINED"},
    "decided": {"INTAKE_DECIDED", "INTAKE_RELABELLED", "REVIEW_WORDS"},
    "dropped": {
        *("INTAKE_COMMENT", "INTAKE_CONTROL", "INTAKE_LEFT_OUT", "INTAKE_FOLIOS", "INTAKE_RUNNING", "INTAKE_DROPPED"),
        *("INTAKE_HEADER", "INTAKE_HIDDEN", "INTAKE_TRACKED", "INTAKE_CONTENTS", "INTAKE_SYMBOL", "INTAKE_FIELD"),
        *("INTAKE_PICTURE", "INTAKE_PICTURE_LEFT", "INTAKE_PICTURE_DAMAGED", "INTAKE_LINKED", "INTAKE_OBJECT"),
        *("INTAKE_REMARK_SETTLED", "INTAKE_NOTE_LOOSE", "INTAKE_ORNAMENT"),
    },
    "unsure": set[str](),
}
"""In which group a code is told; a warning that is in none is unsure, anything else was converted."""

SHOWN = 4  # of one code; the others are counted
ROWS = 20  # doubtful ones; sure ones fill up to fewer
FEWEST_ROWS = 8
PLACES = 8
_UNITS = 1000
_NOTE = 6


def told(file: str, taken: Intake, words: Words, *, everything: bool, reviewed: bool) -> Iterator[str]:
    """Write the whole report, paragraph by paragraph: a summary, the groups, the rows, how to edit them all."""
    yield summary(file, taken, words)
    doubts = {doubt for row in taken.rows if row.doubtful for doubt in row.doubts}
    gathered: dict[str, list[Problem]] = {}
    for problem in taken.report:
        if problem not in doubts:
            gathered.setdefault(group(problem), []).append(problem)
    lines = (each for found in gathered.values() for each in found if not _is_of_sheet(each))
    first = max((len(_place(each, words)) for each in lines), default=0)
    for name in GROUPS:
        if name in gathered:
            yield f"{words(f'import.group.{name}')}\n{_group(gathered[name], first, words, everything=everything)}"
    if taken.rows:
        yield rows(taken.rows, words, everything=everything)
    if taken.rows and not reviewed:
        yield f"{filled(words('import.table.sheet'))}\n"


def group(problem: Problem) -> str:
    """Name the group in which a problem is told."""
    listed = next((name for name, codes in GROUPS.items() if problem.code in codes), "")
    return listed or ("converted" if problem.severity is Severity.INFO else "unsure")


def summary(file: str, taken: Intake, words: Words) -> str:
    """Say how much was found of each kind, what is written, how much of it is doubtful."""
    counts = Counter(row.shape for row in taken.rows)
    named = [_counted(shape, counts[shape], words) for shape in Shape if counts[shape]]
    found = "import.found" if named else "import.found_again"
    said = words(found, file=file, counted=", ".join(named), count=_words(taken))
    doubtful = sum(row.doubtful for row in taken.rows)
    unsure = words("import.unsure", count=doubtful) if doubtful else words("import.sure") if named else ""
    files = ", ".join(_file(name, content, words) for name, content in taken.files.items())
    return "".join(f"{filled(each)}\n" for each in filter(None, (said, unsure, words("import.files", files=files))))


def _counted(shape: Shape, count: int, words: Words) -> str:
    if shape is Shape.TEXT:
        return words("import.text", count=count)
    return words("import.counted", count=count, kind=kind(shape, words))


def kind(shape: Shape, words: Words) -> str:
    """Name a shape as a sheet does, without the sign in brackets."""
    return sheetwords.shape(shape, words.language).partition(" (")[0]


def _words(taken: Intake) -> str:
    """Count the written syllables of the original, or of the programme of a review copy, thousands apart."""
    count = (
        taken.account.words if taken.account else len(re.findall(r"[^\W_]+", str(taken.files.get("program.md", ""))))
    )
    return f"{count:,}".replace(",", "\u00a0")


def _file(name: str, content: str | bytes, words: Words) -> str:
    if isinstance(content, bytes):
        return words("import.bytes", name=name, size=-(-len(content) // _UNITS))
    return words("import.lines", name=name, lines=len(content.splitlines()))


# --- what was done --------------------------------------------------------------------------------


def _group(found: Sequence[Problem], first: int, words: Words, *, everything: bool) -> str:
    """The problems of a group by their code, each at its place; the way out once, the many counted.

    Places take ``first`` characters, so that all groups stand in line.
    """
    by_code: dict[tuple[str, str], list[Problem]] = {}
    for problem in found:
        by_code.setdefault((problem.code, problem.way_out(words.language)), []).append(problem)
    lines: list[tuple[str, str]] = []
    for (_, way_out), of_it in by_code.items():
        shown = of_it if everything or len(of_it) <= SHOWN + 1 else of_it[:SHOWN]
        lines += [(_place(each, words).ljust(first), each.sentence(words.language)) for each in shown]
        if rest := of_it[len(shown) :]:
            lines.append((" " * first, words("import.more", count=len(rest), where=_places(rest, words))))
        lines.append((" " * first, f"→ {words.typed(way_out)}"))
    return table(lines)


def _place(problem: Problem, words: Words) -> str:
    """Say on which line of the original, or in which row of the sheet."""
    at = "import.at_row" if _is_of_sheet(problem) else "import.at"
    return words(at, line=problem.place.line) if problem.place.line else ""


def _is_of_sheet(problem: Problem) -> bool:
    return problem.code.startswith("REVIEW_")


def _places(found: Sequence[Problem], words: Words) -> str:
    lines = list(dict.fromkeys(str(each.place.line) for each in found))
    more = ", …" if len(lines) > PLACES else ""
    return words("import.at", line=", ".join(lines[:PLACES]) + more)


# --- rows -----------------------------------------------------------------------------------------


def rows(found: Sequence[Row], words: Words, *, everything: bool) -> str:
    """Set the rows, doubtful ones first, each with why it is; those for which there is no room are counted."""
    ordered = sorted(found, key=lambda row: not row.doubtful)
    doubtful = sum(row.doubtful for row in ordered)
    count = len(ordered) if everything else max(FEWEST_ROWS, min(ROWS, doubtful))
    shown, rest = ordered[:count], ordered[count:]
    lines = [words("import.table.title"), *_table(shown, words)]
    if rest:
        left = sum(row.doubtful for row in rest)
        lines.append(filled(words(f"import.table.{'rest' if left else 'sure'}", count=len(rest), doubtful=left)))
    return "\n".join(lines) + "\n"


def _table(shown: Sequence[Row], words: Words) -> Iterator[str]:
    names = ("line", "shape", "label", "confidence", "words")
    head = tuple(words(f"import.table.{name}") for name in names)
    cells = [head, *(_cells(row, words) for row in shown)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)][:-1]
    for at, (line, shape, label, confidence, said) in enumerate(cells):
        before = f"{line:>{widths[0]}}  {shape:<{widths[1]}}  {label:<{widths[2]}}  {confidence:>{widths[3]}}  "
        yield _cut(f"{INDENT}{before}{said}", width()).rstrip()
        note = shown[at - 1].note(words.language) if at else ""
        if note:
            yield textwrap.fill(
                f"↑ {note}",
                width(),
                initial_indent=" " * _NOTE,
                subsequent_indent=" " * (_NOTE + 2),
                break_on_hyphens=False,
            )


def _cells(row: Row, words: Words) -> tuple[str, ...]:
    confidence = words("import.table.percent", value=row.confidence)
    return str(row.line), kind(row.shape, words), _cut(row.label, 14), confidence, row.words


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def plain(found: Iterable[Row], language: str) -> list[dict[str, object]]:
    """Write rows for a machine."""
    return [
        {
            "number": row.number,
            "line": row.line,
            "kind": row.shape.value,
            "label": row.label,
            "words": row.words,
            "confidence": row.confidence,
            "doubtful": row.doubtful,
            "codes": [doubt.code for doubt in row.doubts],
            "note": row.note(language),
        }
        for row in found
    ]
