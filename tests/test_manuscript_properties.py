"""Any text gives a publication or problems, never anything else."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from builder import manuscript
from builder.manuscript import markdown
from builder.problems import Problems

PIECES = (
    "Phần ", "Chương ", "Mục ", "Điều ", "thứ nhất", "I", "V", "1", "2", "5a", "1.1", "a)", "đ)", "f)", ". ", "- ",
    "+ ", "* ", "# ", "## ", "### ", "\n", "\n\n", "**", "*", "_", "`", "```\n", ":::\n", "::: question {lines=3}\n",
    "::: leader\n", "{lines=2}", "{khoan:Điều 1}", "{khoan:", "}", "[^1]", "[^1]: chú", "[a](http://b.c)",
    "[a](#dieu-1)", "![x](figures/a.svg)", "<b>", "<!--", "&lt;", "|", "| a | b |\n|---|---|\n| 1 | 2 |\n",
    "Bảng 1. x\n", "> ", "    ", "\t", "\\", ": nghĩa", "---\n", "title: x\n", "reads: [I, Điều 1]\n", "minutes: 3\n",
    "MẬT", "đề mục “", "”", "–", "đến ", ";", ",", "\x00", "\u2028", "<http://[::1>", "&#0;", "ệ", "CHỮ HOA",
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=80), st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
FILES = ("program.md", "commentary/a.md", "sessions/a.md", "front/a.md", "glossary.md", "publication.yaml")
PLAIN = {"program.md": "Điều 1. A\n\n1. x\n\n2. y\n"}


def read(files):
    with tempfile.TemporaryDirectory() as place:
        source = Path(place) / "sach"
        for name, text in files.items():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            (source / name).write_bytes(text.encode("utf-8", "surrogatepass"))
        try:
            return manuscript.read(source)[0]
        except Problems as error:
            found = error.problems
    assert found
    assert all(problem.line("vi") and problem.line("en") for problem in found)
    return None


@pytest.mark.parametrize("name", FILES)
@given(text=TEXTS)
@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@example(text="**")
@example(text="> - " * 40)
@example(text="*a " * 2000 + "b* " * 2000)
@example(text="[" * 3000)
@example(text='a: "\\UFFFFFFFF"')
def test_any_text_gives_a_publication_or_problems(name, text):
    read(PLAIN | {name: text})


def read_word_for_word(nodes):
    return "".join(node.token.content if node.type == "text" else f"<{node.type}>" for node in nodes)


PLAIN_LETTERS = "abđĐệ 09,.;:()/%“”‘’–—…-\u00a0\u0301\u200b*_[&"


@given(text=st.text(PLAIN_LETTERS, min_size=1, max_size=25))
@settings(max_examples=1500)
@example(text="Điều này – “có” 5 % (a/b), v.v.: …")
def test_a_line_that_need_not_be_taken_apart_is_one_paragraph_of_its_own_text(text):
    if not markdown.is_plain(text):
        return
    assert read_word_for_word(markdown.inlines(text)) == text
    for programme in (True, False):
        (block,) = markdown.blocks(text, programme=programme)
        assert block.type == "paragraph"
        assert read_word_for_word(markdown.runs(block.nodes[0].token)) == text


def test_most_lines_of_a_programme_need_not_be_taken_apart():
    """The test above says something."""
    assert markdown.is_plain("Hộ nào có người ốm thì báo tổ trưởng, chậm nhất 2 ngày (trừ ngày lễ).")
    assert not markdown.is_plain("- Hộ nào")
    assert not markdown.is_plain("1. Hộ nào")
    assert not markdown.is_plain("Hộ *nào*")


def clauses_in(clauses):
    for clause in clauses:
        yield clause
        yield from clauses_in(clause.children)


@given(text=TEXTS)
@settings(max_examples=150)
def test_ids_are_ascii_and_each_clause_has_its_own(text):
    publication = read({"program.md": text, "publication.yaml": "numbering: as-printed\n"})
    if publication is not None:
        ids = [clause.id for clause in clauses_in(publication.program.clauses)]
        assert len(set(ids)) == len(ids)
        assert all(id_.isascii() and id_[0].isalpha() and not set(id_) & set(" \"'<>&#") for id_ in ids)
