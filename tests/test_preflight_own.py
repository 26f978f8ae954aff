"""What the program itself makes passes: nothing worse than a note is found in any file of any book it holds."""

import pytest

from builder import preflight
from builder.problems import Severity
from builder.works.asked import Wish, Workshop
from builder.works.build import build

pytestmark = pytest.mark.press

BOOKS = (
    pytest.param("sources/chuong-trinh-hanh-dong-05", marks=pytest.mark.slow),  # six editions of a long book: minutes
    "sources/hoi-dap-quy-che-khu-pho",
    pytest.param("sources/quy-uoc-thu-vien", marks=pytest.mark.slow),
    "tests/specimen",
)


@pytest.mark.parametrize("book", BOOKS)
def test_what_the_program_makes_passes_its_own_preflight(book, root):
    made = build(root / book, Wish(), Workshop(root / "layouts", root / "fonts"))
    files = [each for each in made.outputs if each.name.endswith((".pdf", ".epub"))]
    assert {each.kind for each in files} >= {"pdf", "booklet", "epub"}
    for output in files:
        report = preflight.look(output.data, output.name)
        assert report.facts.looked_at
        grave = [each for each in report.findings if each.problem.severity is not Severity.INFO]
        assert [f"{each.problem.line('en')} [{each.what}]" for each in grave] == []


@pytest.mark.slow
def test_what_is_made_for_reading_and_for_the_office_is_told_to_a_shop_truly_and_in_few_words(root):
    made = build(root / "tests/specimen", Wish(), Workshop(root / "layouts", root / "fonts"))
    told: dict[str, set[str]] = {}
    for output in made.outputs:
        if output.kind in ("pdf", "booklet"):
            found = preflight.look(output.data, output.name, preflight.Purpose.SHOP).findings
            grave = (each.problem.code for each in found if each.problem.severity is Severity.ERROR)
            told.setdefault(output.kind, set()).update(grave)
    assert told == {"pdf": {"PDF_BLACK_RGB"}, "booklet": {"PDF_IMPOSED"}}
