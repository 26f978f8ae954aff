"""The golden tables ``cases/vietnamese-*.md``: each case an input and what must come of it."""

import re
from pathlib import Path

import pytest

from builder.vietnamese import (
    breaks,
    dates,
    detection,
    figures,
    findings,
    legacy,
    marks,
    normal,
    order,
    sentences,
    style,
    syllable,
)

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


def recoded(text):
    name, words = text.split(": ", 1)
    if name != "?":
        return legacy.decode(words, legacy.Encoding[name])
    found = detection.findings(words)
    mends = ", ".join(f"{each.code} {each.start}–{each.end}" for each in found if each.became is not None)
    doubts = [(f"{each.code} {each.start}–{each.end}", *each.hints) for each in found if each.became is None]
    left = ", ".join(map(" ".join, doubts))
    return findings.mended(words, found) + (f" ← {mends}" if mends else "") + (f" ? {left}" if left else "")


def in_sentences(text):
    return "¦".join(sentences.sentences(text))


def parted(text):
    return ", ".join(map(part, text.split(", ")))


def part(word):
    found = syllable.parse(word)
    if found is None:
        return "—"
    misplaced = syllable.verdict(word) is syllable.Verdict.MISPLACED
    tone = ("ngang", "huyền", "hỏi", "ngã", "sắc", "nặng")[found.tone]
    return f"{found.onset or '∅'}+{found.rime} {tone}" + (f" → {syllable.well_placed(word)}" if misplaced else "")


def in_both_styles(text):
    styles = (syllable.Style.OLD, syllable.Style.NEW)
    words = re.split(r"(\W+)", text)
    return " / ".join("".join(syllable.restyle(word, style) for word in words) for style in styles)


def proofread(look, mend):
    def told(text):
        found = look(text)
        mends = ", ".join(each.code for each in found if each.became is not None)
        left = ", ".join(doubt(text, each) for each in found if each.became is None)
        return findings.mended(text, mend(text)) + (f" ← {mends}" if mends else "") + (f" ? {left}" if left else "")

    return told


def doubt(text, found):
    seen = text[found.start : found.end].replace("\n", " ")
    return f"{found.code} {seen}" + "".join(f" → {hint}" for hint in found.hints[:1])


TABLES = {
    "vietnamese-normal": normalised,
    "vietnamese-breaks": broken,
    "vietnamese-headings": breaks.glue_heading,
    "vietnamese-order": in_dictionary,
    "vietnamese-catalogue": in_catalogue,
    "vietnamese-dates": dated,
    "vietnamese-legacy": recoded,
    "vietnamese-syllables": parted,
    "vietnamese-tones": in_both_styles,
    "vietnamese-marks": proofread(marks.findings, marks.typeset),
    "vietnamese-figures": proofread(figures.findings, figures.findings),
    "vietnamese-sentences": in_sentences,
    "vietnamese-style": proofread(style.findings, style.findings),
}


def written(value):
    """Turn what an editor can see into what it stands for."""
    value = value.replace(r"\r", "\r").replace(r"\n", "\n").replace("⏎", "\n").replace("·", breaks.NBSP)
    return re.sub(r"\\u([0-9a-f]{4})", lambda code: chr(int(code[1], 16)), value)


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
