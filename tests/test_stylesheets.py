"""What an e-book's styles may say: each rule objects to what it is there for, and to nothing that is safe beside it."""

import dataclasses
import re
import shutil
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
import tinycss2

from builder import composition, ebook, fonts, layout, manuscript, stylesheets
from builder.composition import Medium, leading
from builder.stylesheets import Harm

LOST, FIXED, DARK, READING = Harm.LOST, Harm.FIXED, Harm.DARK, Harm.READING

OBJECTED = {
    "p { font-size: 12px }": ("px, pt", FIXED),
    "p { line-height: 14pt }": ("px, pt", FIXED),
    "p { font: bold 3mm/1.5 serif }": ("px, pt", FIXED),
    "p { margin: 0 !important }": ("!important", FIXED),
    "p { height: 30px }": ("height", FIXED),
    "p { max-height: 4cm }": ("height", FIXED),
    "p { margin-top: 12px }": ("px, pt", READING),
    "p { width: 320px }": ("px, pt", READING),
    "p { font-size: 1.2rem }": ("rem, vw", LOST),
    "img { width: 50vw }": ("rem, vw", LOST),
    "p { float: left }": ("float", LOST),
    "p { position: absolute }": ("position", LOST),
    "p { display: flex }": ("flex, grid", LOST),
    "p { display: inline-grid }": ("flex, grid", LOST),
    "p { flex-wrap: wrap }": ("flex, grid", LOST),
    "p { grid-area: a }": ("flex, grid", LOST),
    "p { column-count: 2 }": ("columns", LOST),
    "p { columns: 2 }": ("columns", LOST),
    "p { transition: none }": ("transform, animation", LOST),
    "p { width: calc(100% - 1em) }": ("var(), calc()", LOST),
    "p { width: min(100%, 20em) }": ("var(), calc()", LOST),
    "p { font-size: clamp(1em, 2em, 3em) }": ("var(), calc()", LOST),
    "p { margin: var(--gone) }": ("var(), calc()", LOST),
    "p { --own: 1em }": ("var(), calc()", LOST),
    "p { background-image: url(a.png) }": ("background-image", LOST),
    "ul { list-style-image: url(a.png) }": ("background-image", LOST),
    ":is(p, li) { margin: 0 }": (":is()", LOST),
    "p:where(.a) { margin: 0 }": (":where()", LOST),
    "p:has(img) { margin: 0 }": (":has()", LOST),
    "li:not(.a) { margin: 0 }": (":not()", LOST),
    "p::before { content: 'a' }": ("::", LOST),
    "p ~ p { margin: 0 }": ("~", LOST),
    "@import 'a.css';": ("@import", LOST),
    "@supports (margin: 0) { p { margin: 0 } }": ("@supports", LOST),
    "@media (max-width: 30em) { p { margin: 0 } }": ("@media", LOST),
    "@media screen { p { float: left } }": ("float", LOST),
    "@font-face { font-family: A; src: url(a.woff2) format('woff2') }": ("woff2", LOST),
    "p { margin 0 }": ("?", LOST),
    "p { color: #333 }": ("color", DARK),
    "p { color: black }": ("color", DARK),
    ".box { background: #eee }": ("background-color", DARK),
    ".box { background-color: white }": ("background-color", DARK),
    "td { border: 1px solid black }": ("border-color", DARK),
    "td { border-color: #ccc }": ("border-color", DARK),
    "td { border: 1px solid rgb(1, 2, 3) }": ("border-color", DARK),
    "p { text-align: justify }": ("justify", READING),
    "p { hyphens: auto }": ("hyphens", READING),
    "p { -webkit-hyphens: auto }": ("hyphens", READING),
    "h1 { letter-spacing: 0.1em }": ("letter-spacing", READING),
    "h1 { font-variant: small-caps }": ("small-caps", READING),
    "p { line-height: 1.29 }": ("line-height", READING),
    "p { line-height: 120% }": ("line-height", READING),
    "p { line-height: 1em }": ("line-height", READING),
    "p { font: 1em/1.2 serif }": ("line-height", READING),
    "p { margin-left: 2.5em }": ("margin", READING),
    "p { margin: 0 3em }": ("margin", READING),
    "p { padding: 0 0 0 4em }": ("margin", READING),
    "p { margin-right: -3em }": ("margin", READING),
}

SAFE = """\
/* float: left; !important; font-size: 12px */
@font-face { font-family: "Noto Serif"; font-weight: 400; src: url("fonts/a.ttf") format("truetype"); }
@media screen, amzn-kf8 { p { margin: 0; } }
body { font: 1em/1.5 "Noto Serif", serif; margin: 0 0.5em; }
section > p + p, a[href], p:first-child, h1.a, #b { margin: 3em 2em 0 -2em; text-indent: -1.5em; color: inherit; }
p { line-height: normal; font-size: 90%; max-width: 100%; height: auto; letter-spacing: 0; hyphens: manual; }
sup { line-height: 0; vertical-align: super; }
td { border: 1px solid currentColor; border-bottom: 4px double #777; border-collapse: collapse; }
hr { border: 0; border-top: 1px dotted #767676; margin: 1em 30%; }
img, .plate > img, figure img.line { background: #fff; max-width: 100%; }
.box { display: inline-block; width: 6em; height: 0.8em; float: none; position: static; background: none; }
a { text-decoration: underline; color: currentColor; page-break-after: avoid; break-after: avoid; }
"""


@pytest.mark.parametrize("css", OBJECTED)
def test_what_a_reader_does_not_bear_is_objected_to(css):
    (found,) = stylesheets.objections(f"/* a\nb */\n{css}")
    assert (found.rule, found.harm) == OBJECTED[css]
    assert found.line == 3


def test_what_is_safe_passes():
    assert stylesheets.objections(SAFE) == ()


@pytest.mark.parametrize(
    "css", ["@media screen {" * 3000 + "p { float: left", "{" * 20000, "p {" * 5000, "p { margin: " + "(" * 20000]
)
def test_a_sheet_made_to_break_its_readers_is_objected_to_as_a_whole(css):
    (found,) = stylesheets.objections(css)
    assert (found.rule, found.line, found.harm) == ("?", 1, LOST)


def test_only_what_fixes_the_size_of_letters_takes_it_from_the_reader():
    for css, (_, harm) in OBJECTED.items():
        assert stylesheets.is_transformable(css) == (harm is not FIXED), css


def test_variables_keep_their_lines_and_come_from_the_whole():
    css = ":root {\n  --a: 1em; /* --a: 2em */\n}\np {\n  margin: var(--a); color: var(--b);\n}"
    lines = stylesheets.resolved(css, f"{css}\n:root {{ --b: inherit; }}").splitlines()
    assert lines[4].strip() == "margin: 1em; color: inherit;"
    found = stylesheets.objections(stylesheets.resolved(css))
    assert {(each.rule, each.line) for each in found} == {("color", 5), ("var(), calc()", 5)}


# --- layouts --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def roles(root):
    return fonts.roles(root / "fonts")


@pytest.fixture(scope="module")
def specimen(root):
    return manuscript.read(root / "tests" / "specimen")[0]


def composed(publication, name, folder, roles):
    edition = dataclasses.replace(publication.settings.editions[0], layout=name, audience="leader", folios_of="")
    return composition.compose(publication, layout.load(name, folder), edition, Medium.EBOOK, roles)


def test_a_font_that_no_book_holds_is_told_of():
    css = "p { margin: 0; }\n@font-face { font-family: X;\n src: url(x.ttf) }\n@font-face { src: local(Y) }"
    (found,) = stylesheets.fonts_fetched(css)
    assert (found.written, found.line, found.harm) == ("src: url(x.ttf)", 3, stylesheets.Harm.ABSENT)
    assert list(stylesheets.fonts_fetched(SAFE.replace("@font-face", "@page"))) == []


def test_a_designer_is_told_where_and_why(specimen, root, roles, tmp_path):
    shutil.copytree(root / "layouts", tmp_path / "layouts")
    own = tmp_path / "layouts" / "rieng"
    own.mkdir()
    (own / "layout.yaml").write_text("summary: x\nextends: interleaved\n", "utf-8")
    (own / "ebook.css").write_text(
        "p { font-family: var(--text); }\n\n.box {\n  float: left;\n}\n@font-face { src: url(x.ttf) }", "utf-8"
    )
    _, found = composed(specimen, "rieng", tmp_path / "layouts", roles)
    problem, absent = found
    assert (absent.code, absent.place.line) == ("EBOOK_CSS", 6)
    assert "x.ttf" in absent.sentence("vi")
    assert (problem.code, problem.severity.value) == ("EBOOK_CSS", "warning")
    assert (problem.place.file, problem.place.line) == (str(own / "ebook.css"), 4)
    for language in ("vi", "en"):
        assert "float: left" in problem.sentence(language)
        assert "layouts/README.md" in problem.way_out(language)
    reasons = {
        dataclasses.replace(problem, values=(("written", "x"), ("why", harm.value))).sentence("vi") for harm in Harm
    }
    assert len(reasons) == len(Harm)


@pytest.fixture(scope="module", params=layout.names(Path(__file__).resolve().parent.parent / "layouts"))
def bound(request, specimen, root, roles):
    """The styles of a bound e-book, sheet by sheet, and its faces."""
    whole, found = composed(specimen, request.param, root / "layouts", roles)
    assert found == ()
    with zipfile.ZipFile(BytesIO(ebook.bind(whole, ebook.Printed()).epub)) as archive:
        sheets = {name: archive.read(name).decode() for name in archive.namelist() if name.endswith(".css")}
    return sheets, whole.faces


def test_our_own_styles_are_bound_safe(bound):
    sheets, _ = bound
    assert len(sheets) >= 2
    for css in sheets.values():
        assert stylesheets.objections(css) == ()
        assert "var(" not in css
        assert ":root" not in css
        assert re.search(r"\{[^{}]+\}", css)


def test_each_stack_has_every_family_that_letters_may_come_from(bound):
    """What one face lacks the next has: a reading program's own is never needed (``FONT_MISSING`` sees to the rest)."""
    sheets, faces = bound
    stacks = [stack for css in sheets.values() for stack in re.findall(r"\{[^{}]*?font-family:\s*([^;}]+)", css)]
    stacks = [stack for stack in stacks if "," in stack]  # a face's own name stands by itself
    assert len(stacks) > 5
    for stack in stacks:
        assert {face.family for face in faces} <= {family.strip(' "') for family in stack.split(",")}


def test_no_line_of_a_bound_book_is_closer_than_the_letters_of_its_face(bound):
    """Each rule is held against the faces it may set: the family it names, or any."""
    sheets, faces = bound
    floors = leading.heights(faces)
    seen = 0
    for css in sheets.values():
        for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
            if rule.type != "qualified-rule":
                continue
            declared = {
                each.lower_name: tinycss2.serialize(each.value).strip()
                for each in tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
            }
            if not float(declared.get("line-height", 0)):
                continue
            families = [name for name in floors if name in declared.get("font-family", "")] or list(floors)
            assert float(declared["line-height"]) >= max(floors[name].low for name in families), declared
            seen += 1
    assert seen >= 3
