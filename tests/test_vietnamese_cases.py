"""The golden tables ``cases/vietnamese-*.md``: each case an input and what must come of it."""

import re
from pathlib import Path

import pytest

from builder.vietnamese import breaks, dates, normal, order

CASES = Path(__file__).parent / "cases"
CASE = re.compile(r"^## (.+)\n- vào: `(.*)`\n- ra: `(.*)`$", re.MULTILINE)


def normalised(text):
    result = normal.normalise(text)
    repairs = ", ".join(f"{found.code} {found.line}:{found.column}" for found in result.repairs)
    doubts = ", ".join(f"{found.code} {found.line}:{found.column}" for found in result.doubts)
    return result.text + (f" ← {repairs}" if repairs else "") + (f" ? {doubts}" if doubts else "")


def broken(text):
    return "".join(f"〈{piece.text}〉" if piece.nb else piece.text for piece in breaks.pieces(text))


def dated(text):
    date = dates.parse_date(text)
    return f"{dates.weekday(date)}, {dates.long_date(date)}; {dates.short_date(date)}" if date else "—"


def in_dictionary(text):
    return ", ".join(sorted(text.split(", "), key=order.key))


def in_catalogue(text):
    return ", ".join(sorted(text.split(", "), key=order.whole_key))


TABLES = {
    "vietnamese-normal": normalised,
    "vietnamese-breaks": broken,
    "vietnamese-headings": breaks.glue_heading,
    "vietnamese-order": in_dictionary,
    "vietnamese-catalogue": in_catalogue,
    "vietnamese-dates": dated,
}


def written(value):
    """Turn what an editor can see into what it stands for."""
    value = re.sub(r"\\u([0-9a-f]{4})", lambda code: chr(int(code[1], 16)), value)
    return value.replace(r"\r", "\r").replace(r"\n", "\n").replace("⏎", "\n").replace("·", breaks.NBSP)


def every_case():
    for name in TABLES:
        for title, given, expected in CASE.findall((CASES / f"{name}.md").read_text("utf-8")):
            yield pytest.param(name, written(given), written(expected), id=f"{name}: {title}")


@pytest.mark.parametrize(("table", "given", "expected"), [*every_case()])
def test_case(table, given, expected):
    assert TABLES[table](given) == expected


@pytest.mark.parametrize("table", TABLES)
def test_no_case_is_overlooked(table):
    text = (CASES / f"{table}.md").read_text("utf-8")
    assert len(CASE.findall(text)) == text.count("\n## ") > 0
