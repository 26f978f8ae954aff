"""The words of a publication are those of its files: what is read is all that was written, and nothing else.

The files are read here as text, their marks taken out one by one; ``test_editions`` follows the words from there into
print and e-books.
"""

import re
from collections import Counter
from pathlib import Path

import generated
import pytest

from builder import manuscript
from builder.publication import CrossReference, indexed_in, passages, plain, rewritten, runs_of, walk

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = [*sorted((ROOT / "sources").iterdir()), ROOT / "tests" / "specimen"]
SEEDS = range(4)
MARKS = (
    (r"(?s)\A---\n.*?\n---\n", ""),  # the settings of a session
    (r"(?ms)^## Bảng tra cứu\n.*", ""),  # the list of the index
    (r"(?m)^:::.*$", ""),  # boxes and pieces, and their settings
    (r"(?m)^(?:Bảng|Hình): ", ""),  # captions
    (r"\{[^{}\n]*\}", ""),  # references, lines to write on
    (r"\[\[([^\[\]|]*)(?:\|[^\[\]]*)?\]\]", r"\1"),  # words for the index
    (r"\[\^[^\]]*\]:?", ""),  # footnotes
    (r"!\[[^\]]*\]\([^\s)]*(?: \"([^\"]*)\")?\)", r"\1"),  # figures: what they show is not read
    (r"\[([^\]]*)\]\([^)]*\)", r"\1"),  # links
)


COUNTED = r"(?m)^ *\d+[.)] "  # items of a list, whose numbers are no words but in the programme, where they are labels


def tokens(text):
    return Counter(re.findall(r"[^\W_]+", text))


def written(folder):
    """The words of the files, file by file."""
    for file in sorted(folder.glob("**/*.md")):
        text = file.read_text("utf-8")
        for mark, words in MARKS:
            text = re.sub(mark, words, text)
        yield tokens(text if file.name == "program.md" else re.sub(COUNTED, "", text))


def read(publication):
    """The words of the publication: labels, titles, citations, text."""
    publication = rewritten(
        publication, lambda run: tuple(each for each in run if not isinstance(each, CrossReference))
    )
    yield tokens(" ".join(clause.label for clause in walk(publication.program.clauses)))
    yield tokens(" ".join(note.citation for note in publication.notes))
    yield tokens(" ".join(term.words for term in publication.terms))
    yield from (tokens(plain(run)) for run in runs_of((publication.program, *texts(publication))))


def unreferred(run):
    return tuple(inline for inline in run if not isinstance(inline, CrossReference))


def texts(publication):
    parts = tuple(part for session in publication.sessions for part in session.parts)
    return publication.notes, parts, publication.front, publication.back, publication.terms


def differing(folder):
    """The words of the files and of the publication that the other does not have."""
    publication, _ = manuscript.read(folder)
    files, nouns = sum(written(folder), Counter()), sum(read(publication), Counter())
    return files - nouns, nouns - files


@pytest.mark.parametrize("folder", SAMPLES, ids=lambda folder: folder.name)
def test_a_sample_is_read_word_for_word(folder):
    assert differing(folder) == (Counter(), Counter())


@pytest.mark.parametrize("seed", SEEDS)
def test_a_book_made_up_is_read_word_for_word(tmp_path, seed):
    generated.write(tmp_path / "sach", seed)
    assert differing(tmp_path / "sach") == (Counter(), Counter())


def test_words_for_the_index_are_read_without_the_entry_they_lead_to(tmp_path):
    (tmp_path / "sach").mkdir()
    text = "1. Theo [[Thông tư số *05*|văn bản: Thông tư]], *[[đọc|việc]] rồi* ghi [[sổ]].\n"
    (tmp_path / "sach" / "program.md").write_text(text, "utf-8")
    (clause,) = manuscript.read(tmp_path / "sach")[0].program.clauses
    (words,) = passages(clause.body)
    assert words == "Theo Thông tư số 05, đọc rồi ghi sổ."
    assert [(plain(mark.inlines), mark.entry) for run in runs_of(clause.body) for mark in indexed_in(run)] == [
        ("Thông tư số 05", "văn bản: Thông tư"),
        ("đọc", "việc"),
        ("sổ", "sổ"),
    ]
