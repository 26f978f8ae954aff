"""Books stapled through the side, or glued: no text where it would sink into the spine, on either side."""

import re
import shutil

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from library import MADE_UP, OTHERS, SIDE
from paging import MARK

from builder.composition import gutter
from builder.publication import Binding, Edition, Trim
from builder.works.asked import Wish, Workshop
from builder.works.build import build

OF = "quy-uoc-thu-vien"
BOUND = [("ban-khac", edition) for edition in OTHERS] + [("sach-3", edition) for edition in MADE_UP["sach-3"]]
MARKED = ["doi-chieu", "ghi-chu", "chu-lon"]  # of these, those with the pages of another edition in the margin
POINTS = 72 / 25.4  # in a millimetre
AT_EDGE = 3.0  # mm; what a knife may take off
HANGS = 0.5  # mm; what stands at the edge of a letter
A5 = Trim("A5", 148, 210)


def edition(scheme, trim=A5):
    return Edition(name="a", layout="interleaved", trim=trim, outputs=(), binding=Binding(scheme=scheme))


def margins(css, page):
    """The side margins that rules give pages."""
    (body,) = re.findall(rf"@page {page} {{([^}}]*)}}", css)
    return {name: float(width) for name, width in re.findall(r"margin-(\w+): ([\d.]+)mm", body)}


STYLE = "@page { margin: 20mm 16mm 20.7mm 18mm } @page :left { margin-left: 16mm; margin-right: 18mm }\n"


def test_the_fore_edge_gives_what_the_spine_takes_as_far_as_it_can():
    css = gutter.rules(STYLE, edition("perfect"))
    assert margins(css, ":right") == {"left": 22, "right": 12}
    assert margins(css, ":left") == {"right": 22, "left": 12}
    css = gutter.rules(STYLE, edition("side"))
    assert margins(css, ":right") == {"left": 25, "right": 10}
    assert margins(css, ":left") == {"right": 25, "left": 10}


@pytest.mark.parametrize("scheme", ["saddle", "signatures"])
def test_a_book_with_a_fold_keeps_its_margins(scheme):
    assert gutter.rules(STYLE, edition(scheme)) == ""


def test_a_page_for_a_phone_has_no_spine():
    assert gutter.rules(STYLE, edition("side", Trim("phone", 90, 160))) == ""


def test_pages_with_a_name_have_a_spine_too_and_strips_of_paper_have_none():
    css = gutter.rules(
        STYLE + "@page cover { margin: 9mm } @page strip { size: 9mm 9mm; margin: 1mm }", edition("side")
    )
    assert margins(css, "cover:right") == {"left": 25, "right": 9}
    assert margins(css, "cover:left") == {"right": 25, "left": 9}
    assert "strip" not in css


def test_marks_of_another_edition_have_room_on_the_side_where_they_stand():
    outer = gutter.rules(STYLE + ":root { --marks: outer 14mm; }", edition("side"), marked=True)
    assert margins(outer, ":right") == {"left": 25, "right": 16}
    assert margins(outer, ":left") == {"right": 25, "left": 16}
    css = STYLE + ":root { --marks: outer 14mm; } :root { --marks: inner 10.5mm; }"
    assert margins(gutter.rules(css, edition("side"), marked=True), ":left") == {"right": 35.5, "left": 10}
    assert gutter.rules(css, edition("side")) == gutter.rules(STYLE, edition("side"))


def test_a_margin_that_is_reckoned_on_the_page_is_kept_wide_enough():
    css = gutter.rules(STYLE + "@page a:right { margin-left: calc(var(--b) + 2 * (1mm + 1mm)) }", edition("side"))
    assert "margin-left: max(25mm, calc(var(--b) + 2 * (1mm + 1mm)))" in css


@given(st.floats(0, 60).map(lambda x: round(x, 2)), st.floats(0, 60).map(lambda x: round(x, 2)))
def test_a_spine_is_never_narrower_and_a_block_never_wider(inner, outer):
    css = gutter.rules(f"@page {{ margin: 0 {outer}mm 0 {inner}mm }}", edition("side"))
    new = margins(css, ":right")
    assert new["left"] >= max(25, inner) - 1e-6
    assert new["right"] <= outer
    assert new["left"] + new["right"] >= inner + outer - 1e-3
    assert new["right"] >= min(outer, 10)


@pytest.fixture(scope="module")
def strips(root, tmp_path_factory):
    """The layout that no other test binds so: its book."""
    folder = tmp_path_factory.mktemp("ghim") / OF
    shutil.copytree(root / "sources" / OF, folder)
    settings = folder / "publication.yaml"
    head = settings.read_text("utf-8").partition("editions:")[0]
    settings.write_text(f"{head}editions:\n  a: {{layout: to-gap, trim: A5, outputs: [pdf], {SIDE}}}\n", "utf-8")
    made = build(folder, Wish(), Workshop(root / "layouts", root / "fonts"))
    assert {problem.code for problem in made.problems} <= {"INDEX_UNUSED"}
    return [output.data for output in made.outputs]


@pytest.mark.press
def test_no_text_of_a_leaflet_stands_nearer_than_25_mm_to_the_spine(strips):
    assert strips
    assert [fault for pdf in strips for fault in sunk(pdf)] == []


@pytest.mark.press
@pytest.mark.parametrize(("name", "edition"), BOUND, ids=map("/".join, BOUND))
def test_no_text_stands_nearer_than_25_mm_to_the_spine(library, name, edition):
    books = library.books(name, edition)
    assert [fault for book in books for fault in sunk(book.pdf)] == []
    if edition in MARKED:
        assert any(MARK.fullmatch(line.words) for lines in books[0].printed.furniture for line in lines)


def sunk(pdf):
    """Yield the pages on which text, the furniture with it, stands too near to the spine or to the fore-edge (mm)."""
    sides = set()
    document = pypdfium2.PdfDocument(pdf)
    for number, page in enumerate(document):
        text = page.get_textpage()
        boxes = [text.get_rect(place) for place in range(text.count_rects())]
        if not boxes:
            continue
        right = number % 2 == 0
        sides.add(right)
        left, rest = min(box[0] for box in boxes) / POINTS, (page.get_width() - max(box[2] for box in boxes)) / POINTS
        spine, edge = (left, rest) if right else (rest, left)
        if spine < gutter.AT_SPINE["side"] - HANGS or edge < AT_EDGE:
            yield number + 1, spine, edge
    if len(sides) < min(len(document), 2):
        yield "pages of one side alone", sides
