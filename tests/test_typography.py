"""The typographic pass: commentary as a careful compositor would have typed it, the programme as it stands."""

from pathlib import Path

import pytest

from builder import composition, fonts, layout, manuscript
from builder.composition import Medium
from builder.composition.typography import typeset
from builder.publication import Code, Emphasis, Footnote, Paragraph, Strong, Table, Text, passages, plain, walk
from builder.works.check import check

ROOT = Path(__file__).resolve().parent.parent
PROGRAMME = '# Quy ước\n\nĐiều 1. Phạm  vi "rộng"\n\nLàng  giữ nếp sống ,vui "khỏe"... kinh tế - xã hội.\n'
COMMENTARY = (
    '## Điều 1: Vì sao "rộng"\n\n'
    'Ông nói: "**Làng** ta *giữ*" , rồi `a  "b"...` và {khoan:Điều 1}... [trang "này"](https://a.vn/a,b)[^1].\n\n'
    "- kinh tế - xã hội ( cả làng )\n\n"
    '| Việc "một" | Ai |\n|---|---|\n| Hoà giải... | Tổ "hai" |\n\n'
    '[^1]: Theo "sổ" làng , trang 5...\n'
)


@pytest.fixture
def publication(tmp_path):
    def make(programme=PROGRAMME, commentary=COMMENTARY, settings=""):
        folder = tmp_path / "quy-uoc"
        (folder / "commentary").mkdir(parents=True, exist_ok=True)
        (folder / "program.md").write_text(programme, "utf-8")
        (folder / "commentary" / "01.md").write_text(commentary, "utf-8")
        (folder / "publication.yaml").write_text(f'title: Sổ "tay"...\n{settings}', "utf-8")
        return manuscript.read(folder)[0]

    return make


def article(publication):
    return next(clause for clause in walk(publication.program.clauses) if clause.number == "1")


def test_the_programme_gets_spaces_and_nothing_else(publication):
    clause = article(typeset(publication()))
    assert plain(clause.title) == 'Phạm vi "rộng"'
    assert list(passages(clause.body)) == ['Làng giữ nếp sống ,vui "khỏe"... kinh tế - xã hội.']


def test_commentary_gets_its_marks(publication):
    done = typeset(publication())
    assert done.settings.title == "Sổ “tay”…"
    assert plain(done.notes[0].title) == "Vì sao “rộng”"
    assert list(passages(done.notes[0].body)) == [
        'Ông nói: “Làng ta giữ”, rồi a  "b"... và Điều 1… trang “này”.',
        "Theo “sổ” làng, trang 5…",
        "kinh tế - xã hội (cả làng)",
        "Việc “một”",
        "Ai",
        "Hoà giải…",
        "Tổ “hai”",
        "",
    ]


def test_emphasis_code_links_and_notes_stand_where_they_stood(publication):
    before, after = publication().notes[0].body[0], typeset(publication()).notes[0].body[0]
    assert isinstance(after, Paragraph)
    assert [type(run) for run in after.inlines] == [type(run) for run in before.inlines]
    strong, emphasis = (next(run for run in after.inlines if isinstance(run, kind)) for kind in (Strong, Emphasis))
    assert (plain(strong.inlines), plain(emphasis.inlines)) == ("Làng", "giữ")
    assert [run.text for run in after.inlines if isinstance(run, Code)] == ['a  "b"...']
    assert [run for run in after.inlines if isinstance(run, Footnote)]


def test_what_is_well_typed_is_the_same_noun(publication):
    clean = publication(
        programme="# Quy ước\n\nĐiều 1. Phạm vi\n\nLời “văn”.\n", commentary="## Điều 1\n\nLời “bàn”.\n"
    )
    assert typeset(clean).notes == clean.notes
    assert typeset(clean).program == clean.program


def test_typesetting_twice_changes_nothing(publication):
    once = typeset(publication(settings="dash: en\ntone_style: old\n"))
    assert typeset(once) == once


def test_dashes_and_tones_are_those_asked_for(publication):
    done = typeset(publication(settings="dash: en\ntone_style: old\n"))
    said = list(passages(done.notes[0].body))
    assert said[2] == "kinh tế – xã hội (cả làng)"
    assert said[5] == "Hòa giải…"
    assert list(passages(article(done).body)) == ['Làng giữ nếp sống ,vui "khỏe"... kinh tế - xã hội.']


def test_a_mark_may_stand_between_runs(publication):
    note = typeset(publication(commentary='## Điều 1\n\n"**Một**" ,*hai* ...và **"ba**" .\n')).notes[0]
    assert list(passages(note.body)) == ["“Một”, hai …và “ba”."]


@pytest.mark.parametrize("medium", list(Medium))
def test_print_and_e_book_say_the_same(publication, medium):
    made = publication()
    roles = fonts.roles(ROOT / "fonts")
    laid = layout.load("interleaved", ROOT / "layouts")
    composed, found = composition.compose(made, laid, made.settings.editions[0], medium, roles)
    assert found == ()
    markup = "".join(leaf.markup for leaf in composed.leaves).replace("\u00a0", " ")
    assert "“<strong>Làng</strong> ta <em>giữ</em>”, rồi <code>a  &quot;b&quot;...</code>" in markup.replace(
        '"b"', "&quot;b&quot;"
    )
    assert "nếp sống ,vui &quot;khỏe&quot;..." in markup.replace('"khỏe"', "&quot;khỏe&quot;")


def test_text_alone_is_enough(publication):
    """A paragraph of one run goes the same way as one of many."""
    (paragraph,) = typeset(publication(commentary='## Điều 1\n\n"Một"  hai\n')).notes[0].body
    assert paragraph == Paragraph((Text("“Một” hai"),))


@pytest.mark.parametrize("source", ["tests/specimen", *map(str, sorted((ROOT / "sources").iterdir()))])
def test_the_publications_of_the_house_have_no_mistake(source):
    """The specimen says under ``ignore`` what it does on purpose."""
    assert check(ROOT / source, ROOT / "layouts", ROOT / "fonts").problems == ()


def test_the_specimen_shows_what_is_mended_in_print():
    """Its appendix has a table: on the left as typed in haste, on the right as it should be."""
    matter = typeset(manuscript.read(ROOT / "tests" / "specimen")[0]).back[0]
    (table,) = [block for block in matter.body if isinstance(block, Table) and plain(block.head[0]) == "Gõ vội"]
    assert len(table.rows) >= 7
    for typed, right in table.rows:
        assert plain(typed) == plain(right)
