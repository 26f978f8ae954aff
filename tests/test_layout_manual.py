"""``layouts/README.md`` teaches what is so: its ten steps are taken, what it names is there, nothing is left out."""

import io
import re
import shutil
import zipfile
from dataclasses import fields, replace
from pathlib import Path

import pypdfium2
import pytest

from builder import composition, ebook, fonts, layout, manuscript, press, stylesheets
from builder.composition import Medium
from builder.publication import Edition, Matter, Organisation, Original, People, Publication, Session, Settings
from builder.works import ebooks

ROOT = Path(__file__).resolve().parent.parent
MANUAL = (ROOT / "layouts" / "README.md").read_text("utf-8")
BLOCK = re.compile(r"^```\w+ (layouts/vi-du/\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
HEIR = ROOT / "layouts" / "so-tay-nho"
MOST_LINES = 10


@pytest.fixture(scope="module")
def specimen():
    return manuscript.read(ROOT / "tests" / "specimen")[0]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Do as the manual says: beside the layouts there are, put its blocks into the files they name, in order."""
    house = tmp_path_factory.mktemp("house")
    shutil.copytree(ROOT / "layouts", house / "layouts")
    for path, text in BLOCK.findall(MANUAL):
        file = house / path
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("a", encoding="utf-8") as opened:
            opened.write(text)
    return house / "layouts"


@pytest.fixture(scope="module")
def made(specimen, folder):
    roles, sheet = fonts.roles(ROOT / "fonts"), layout.load("vi-du", folder)
    edition = replace(specimen.settings.editions[0], layout="vi-du")
    composed = [composition.compose(specimen, sheet, edition, medium, roles) for medium in Medium]
    assert [found for _, found in composed] == [(), ()]
    return composed[0][0], composed[1][0]


def test_there_are_ten_steps_and_each_but_the_second_writes_something():
    steps = re.split(r"^### (\d+)\. ", MANUAL, flags=re.MULTILINE)[1:]
    numbers, texts = steps[::2], steps[1::2]
    assert numbers == [str(number) for number in range(1, 11)]
    assert [number for number, text in zip(numbers, texts, strict=True) if not BLOCK.search(text)] == ["2"]


@pytest.mark.press
def test_the_ten_steps_make_a_book_and_an_ebook(made):
    printed, bound = made
    printing = press.print_pdf(printed)
    assert printing.problems == ()
    pages = [" ".join(page.get_textpage().get_text_bounded().split()) for page in pypdfium2.PdfDocument(printing.pdf)]
    promise = printing.folios["loi-hua-buoi-1"]
    assert promise == printing.ends["buoi-1"] + 1  # step 6: the leaf follows its session
    page = pages[promise - 1]
    assert "Sau buổi này tôi sẽ làm, xong trước ngày" in page  # step 5
    assert "Nhớ mang theo: Đọc văn bản; Thảo luận; Kết luận." in page  # step 8
    assert re.search(r"\(tr\. \d", page.replace("\u00a0", " "))
    assert "90 phút (đúng giờ)" in pages[printing.folios["buoi-1"] - 1].replace("\u00a0", " ")
    assert "Bàn thêm" in " ".join(pages)
    assert "Quý I/2026" not in pages[printing.folios["title"] - 1]  # step 7: the title leaf is another one
    inner = next(n for n, fact in enumerate(printing.facts, 1) if n % 2 and fact.leaf == "to-phan-1" and n > 7)
    assert " · " in pages[inner - 1]  # step 9
    assert len(printing.facts) % 4 == 0
    shown = ebooks.printed(printing, bound.edition, (bound.edition,), bound.words)
    archive = zipfile.ZipFile(io.BytesIO(ebook.bind(bound, shown).epub))
    assert any(name.endswith("loi-hua-buoi-2.xhtml") for name in archive.namelist())
    assert ".promise" in bound.stylesheet  # step 10
    text = "".join(leaf.markup for leaf in bound.leaves)
    calls = re.findall(r'<a class="call" epub:type="noteref"[^>]* href="#([\w.-]+)"', text)
    assert calls
    assert [note for note in calls if not re.search(rf'epub:type="footnote"[^>]* id="{re.escape(note)}"', text)] == []
    assert '<aside class="commentary"' in text
    assert 'class="call"' not in "".join(leaf.markup for leaf in printed.leaves)


def test_what_the_manual_says_must_not_be_used_is_objected_to():
    """Each cell of the table of step 10 names constructs that the styles of an e-book are told about."""
    table = MANUAL.partition("| dùng được | không dùng |")[2].partition("\n\n")[0]
    forbidden = [re.findall(r"`([^`]+)`", row.split("|")[2]) for row in table.splitlines()[2:]]
    assert len(forbidden) == 5
    written = {
        ":is()": ":is(p) { margin: 0 }",
        ":not()": "p:not(.a) { margin: 0 }",
        ":has()": "p:has(a) { margin: 0 }",
        "::before": "p::before { margin: 0 }",
        "a ~ b": "a ~ b { margin: 0 }",
        "@media (…)": "@media (max-width: 3em) { p { margin: 0 } }",
        "@import": "@import 'a.css';",
        "px": "p { font-size: 12px }",
        "pt": "p { margin: 3pt }",
        "rem": "p { margin: 1rem }",
        "vw": "p { width: 3vw }",
        "calc()": "p { margin: calc(1em) }",
        "min()": "p { margin: min(1em, 2em) }",
        "!important": "p { margin: 0 !important }",
        "float": "p { float: left }",
        "flex": "p { display: flex }",
        "grid": "p { display: grid }",
        "position": "p { position: fixed }",
        "color": "p { color: red }",
        "background": "p { background: red }",
        "hyphens: auto": "p { hyphens: auto }",
    }
    assert sorted(name for names in forbidden for name in names) == sorted(written)
    assert [css for css in written.values() if not stylesheets.objections(css)] == []


def test_measures_and_margins_are_those_of_the_example(made):
    assert "--size: 10pt" in made[0].stylesheet
    assert "margin: 18mm 15mm 20mm 20mm" in made[0].stylesheet
    assert "string(clause-first)" in made[0].furniture


def test_the_example_of_ten_lines_has_ten_lines_and_is_another_book():
    lines = [line for file in sorted(HEIR.iterdir()) for line in file.read_text("utf-8").splitlines() if line.strip()]
    assert len(lines) <= MOST_LINES
    parent, heir = (layout.load(name, ROOT / "layouts") for name in ("interleaved", "so-tay-nho"))
    assert heir.templates == parent.templates
    assert heir.stylesheets["print"] != parent.stylesheets["print"]


# --- what the manual lists ------------------------------------------------------------------------

JINJA = {"range", "dict", "lipsum", "cycler", "joiner", "namespace"}  # its own
OF_A_LEAF = {"session", "clauses", "preamble", "unit", "matter", "groups", "abbreviations", "captions"}
FIELDS = {
    "settings": Settings,
    "settings.organisation": Organisation,
    "settings.people": People,
    "settings.original": Original,
    "publication": Publication,
    "edition": Edition,
    "session": Session,
    "matter": Matter,
}


def section(heading):
    return MANUAL.partition(f"### {heading}\n")[2].partition("\n#")[0]


def listed(heading):
    """The names in backticks in the first cells of a table of the manual."""
    cells = [line.split("|")[1] for line in section(heading).splitlines() if line.startswith("| ") and "`" in line]
    return {name for cell in cells for name in re.findall(r"`(\w+)[\w.]*", cell)}


def test_every_noun_and_function_a_template_sees_is_in_the_manual(specimen, folder):
    spy = folder / "spy"
    (spy / "leaves").mkdir(parents=True)
    (spy / "layout.yaml").write_text(
        "summary: x\nextends: base\nwords: {spy: x}\nleaves: {print: [spy], ebook: [spy]}\n", "utf-8"
    )
    (spy / "leaves" / "spy.html").write_text(
        "{{ self._TemplateReference__context.get_all() | list | join(' ') }}", "utf-8"
    )
    edition = replace(specimen.settings.editions[0], layout="spy")
    composed, _ = composition.compose(
        specimen, layout.load("spy", folder), edition, Medium.PRINT, fonts.roles(ROOT / "fonts")
    )
    seen = set(re.sub(r"<[^>]+>", "", composed.leaves[0].markup).split()) - JINJA
    assert {"settings", "prose", "agenda"} <= seen
    told = listed("Danh từ trong mẫu") | listed("Hàm và bộ lọc")
    assert seen - told == set()
    filters = {
        "plain",
        "long_date",
        "short_date",
        "weekday",
        "running_title",
        "shortened",
        "bare_label",
        "capital_first",
    }
    assert told - seen - OF_A_LEAF - filters == set()


def test_the_fields_the_manual_tells_of_are_there():
    text = section("Danh từ trong mẫu")
    told = [(noun, name) for noun, kind in FIELDS.items() for name in re.findall(rf"`{noun}\.(\w+)`", text)]
    assert len(told) > 40
    assert [(noun, name) for noun, name in told if name not in {field.name for field in fields(FIELDS[noun])}] == []
    assert {name for noun, name in told if noun == "session"} >= {field.name for field in fields(Session)} - {"place"}


def test_the_manual_tells_of_every_layout_and_every_key_of_the_order():
    told = set(re.findall(r"^\| (`[^|]+)\|", MANUAL.partition("## Mười bước")[0], re.MULTILINE))
    names = {name for cell in told for name in re.findall(r"`([\w-]+)`", cell)}
    assert names == {*layout.names(ROOT / "layouts"), layout.ROOT}
    keys = {name for name in layout.LeafOrder.__slots__ if name != "leaf"}
    assert [key for key in keys if f"| `{key}` |" not in MANUAL] == []
    values = [*layout.STARTS, *layout.CONDITIONS, *filter(None, layout.EACH)]
    assert [value for value in values if f"`{value}`" not in MANUAL] == []
