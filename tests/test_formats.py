"""The specimen is set on every page size, with no style of its own for any: nothing is cut, nothing stands outside."""

import ctypes
import io
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from builder import composition, fonts, layout, manuscript, press
from builder.composition import Medium
from builder.composition.scaling import Scale
from builder.manuscript.settings import TRIMS
from builder.publication import Trim

pytestmark = pytest.mark.press

ROOT = Path(__file__).resolve().parent.parent
MM = 72 / 25.4
PAGES = [*TRIMS.values(), Trim("120x190", 120, 190), Trim("200x200", 200, 200)]


@pytest.fixture(scope="module")
def specimen():
    publication, _ = manuscript.read(ROOT / "tests" / "specimen")
    return publication


@pytest.mark.parametrize(
    ("trim", "type_"),
    [*((trim, "normal") for trim in PAGES), (TRIMS["A4"], "large"), (TRIMS["A5"], "large")],
    ids=lambda value: value if isinstance(value, str) else value.name,
)
def test_the_specimen_stands_on_the_page(specimen, trim, type_):
    edition = replace(specimen.settings.editions[0], layout="interleaved", trim=trim, type=type_)
    roles, sheet = fonts.roles(ROOT / "fonts"), layout.load("interleaved", ROOT / "layouts")
    composed, found = composition.compose(specimen, sheet, edition, Medium.PRINT, roles)
    assert found == ()
    printing = press.print_pdf(composed)
    assert [str(problem) for problem in printing.problems] == []
    with pikepdf.open(io.BytesIO(printing.pdf)) as pdf:
        sizes = {tuple(round(float(side) / MM, 1) for side in page.trimbox[2:]) for page in pdf.pages}
    assert sizes == {(trim.width, trim.height)}
    assert printing.pages % 4 == 0 or trim.on_screen
    assert _largest_share(printing.pdf) == pytest.approx(Scale.of(edition).size, abs=0.05)


def _largest_share(pdf):
    """Return the size of type most letters of a book are set in."""
    sizes = {}
    for page in pypdfium2.PdfDocument(pdf):
        for thing in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT]):
            size = ctypes.c_float()
            pypdfium2.raw.FPDFTextObj_GetFontSize(thing, size)
            scale = abs(thing.get_matrix().d)
            left, _, right, _ = thing.get_bounds()
            sizes[round(size.value * scale, 1)] = sizes.get(round(size.value * scale, 1), 0) + right - left
    return max(sizes, key=sizes.get)
