"""The dialect of programme text, case by case: a text goes in, its outline comes out (``cases/manuscript-dialect.md``).

A line of an outline is ``id [label] title: text``, two spaces for each depth; ``·`` opens the preamble, ``!`` a problem
with its place and the label expected.
"""

import re
from pathlib import Path

import pytest

from builder.manuscript import program
from builder.manuscript.folder import Folder
from builder.manuscript.inlines import plain
from builder.publication import Paragraph, Table

CASES = Path(__file__).parent / "cases" / "manuscript-dialect.md"
CASE = re.compile(r"^## ([^\n]+)\n\n~~~ vào\n(.*?)\n~~~\n\n~~~ ra\n(.*?)\n~~~$", re.MULTILINE | re.DOTALL)


def every_case():
    return [pytest.param(*case, id=case[0]) for case in CASE.findall(CASES.read_text("utf-8"))]


def text_of(blocks):
    return " ¶ ".join(word_of(block) for block in blocks)


def word_of(block):
    if isinstance(block, Paragraph):
        return plain(block.inlines)
    if isinstance(block, Table):
        return f"<bảng {plain(block.caption)}>"
    return type(block).__name__


def outline(clauses, depth=0):
    for clause in clauses:
        label = f" [{clause.label}]" if clause.label else ""
        title = f" {plain(clause.title)}" if clause.title else ""
        text = f": {text_of(clause.body)}" if clause.body else ""
        yield f"{'  ' * depth}{clause.id}{label}{title}{text}"
        yield from outline(clause.children, depth + 1)


def read(tmp_path, title, text):
    (tmp_path / "program.md").write_text(text, "utf-8")
    found = []
    folder = Folder(tmp_path, found)
    programme, _ = program.read(folder.sheet("program.md"), folder, found, strict="as-printed" not in title)
    return programme, found


def problem_line(problem):
    place = f"{problem.place.line}:{problem.place.column}"
    values = dict(problem.values)
    return f"! {place} {problem.code} {problem.severity.value} {values.get('found', '')} → {values.get('expected', '')}"


def rendered(tmp_path, title, text):
    programme, found = read(tmp_path, title, text)
    preamble = [f"· {text_of(programme.preamble)}"] if programme.preamble else []
    return "\n".join([*preamble, *outline(programme.clauses), *map(problem_line, found)])


@pytest.mark.parametrize(("title", "given", "expected"), every_case())
def test_a_text_has_this_outline(tmp_path, title, given, expected):
    assert rendered(tmp_path, title, given) == expected


def test_there_are_cases():
    assert len(every_case()) > 20
