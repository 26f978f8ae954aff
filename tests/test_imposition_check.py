"""The check of the finished sheets: it passes good ones and finds what is in the wrong place."""

from dataclasses import replace
from io import BytesIO

import pytest
from pikepdf import Pdf
from singles import marked, pdf_of, turning, written

from builder import imposition
from builder.imposition import Creep, Job
from builder.imposition.check import compared
from builder.imposition.nouns import faces
from builder.paper import A3, A4
from builder.press import Crew
from builder.printer import Flip, Printer

# --- the check of the finished sheets ---------------------------------------------------------------


@pytest.mark.parametrize("flip", list(Flip))
@pytest.mark.parametrize("count", [1, 5, 8])
def test_good_sheets_pass_the_check(count, flip):
    content = marked(count)
    assert imposition.check(content, imposition.impose(content, turning(flip))) == ()


def test_the_check_finds_pages_in_the_wrong_place():
    content = marked(4)
    exchanged = Pdf.open(BytesIO(content))
    exchanged.pages.reverse()
    wrong = imposition.check(content, imposition.impose(written(exchanged)))
    assert [mismatch.half.page for mismatch in wrong] == [3, 0, 1, 2]
    assert wrong[0].half == imposition.Half(sheet=1, back=False, left=True, page=3)
    assert (wrong[0].expected, wrong[0].found) == ("Page4alphabetagamma", "Page1alphabetagamma")


def called(imposed, **otherwise):
    """Say of sheets that they are other ones."""
    draft = replace(imposed.draft, **otherwise)
    files = tuple(replace(file, faces=faces(draft)[file.kind]) for file in imposed.files)
    return replace(imposed, files=files, draft=draft)


def test_the_check_finds_words_on_a_page_that_should_be_blank():
    full = imposition.impose(marked(4), Job(keep_last=0))
    called_blank = called(full, plan=imposition.plan(3, Job(keep_last=0)))
    (mismatch,) = imposition.check(marked(3), called_blank)
    assert mismatch.half.page is None
    assert mismatch.found == "Page4alphabetagamma"


def test_the_check_finds_a_back_printed_the_wrong_way_up():
    content = marked(4)
    short = imposition.impose(content, turning(Flip.SHORT))
    called_long = called(short, lay=replace(short.draft.lay, job=turning(Flip.LONG)))
    assert {mismatch.half.back for mismatch in imposition.check(content, called_long)} == {True}


def test_words_hidden_beyond_the_fold_do_not_count_and_those_that_share_a_line_do_not_confuse():
    lines = "30 500 Td (page {}) Tj 0 -30 Td (a hyph-) Tj 0 -30 Td (enated word) Tj 300 0 Td (far over the edge) Tj"
    content = written(pdf_of([f"BT /F 20 Tf {lines.format(number)} ET" for number in range(4)]))
    for flip in Flip:
        assert imposition.check(content, imposition.impose(content, turning(flip))) == ()


EVERY = [
    Job(
        scheme, copies_per_sheet=copies, own_cover=cover, right_to_left=right, printer=printer, creep=creep, marks=marks
    )
    for scheme in imposition.SCHEMES
    for copies, cover, right, printer, creep, marks in (
        (1, False, False, Printer(flip=Flip.LONG, across=2, up=-3), Creep("in", thickness=0.3), imposition.MARKS),
        (2, False, True, Printer(up=1.5), Creep("out"), ()),
        (1, True, True, Printer(by_hand=True, backs_reversed=True, backs_turned=True), Creep("center"), ("fold",)),
        (2, True, False, Printer(by_hand=True, across=-2), Creep(total=3), imposition.MARKS),
    )
]


@pytest.mark.parametrize("job", EVERY, ids=lambda job: f"{job.scheme}-{job.copies_per_sheet}-{job.own_cover}")
def test_good_sheets_of_every_kind_pass_and_wrong_ones_do_not(job):
    content = marked(26)
    imposed = imposition.impose(content, job)
    assert imposition.check(content, imposed) == ()
    assert imposition.impose_and_check(content, job)[:2] == (imposed, ())
    others = Pdf.open(BytesIO(content))
    others.pages.reverse()
    wrong = imposition.check(written(others), imposed)
    assert len(wrong) == 26 * job.copies_per_sheet


def test_words_that_creep_moves_beyond_the_fold_are_not_missed_and_those_before_it_are():
    lines = "0 500 Td (near the left edge) Tj 0 -30 Td (page {}) Tj"
    content = written(pdf_of([f"BT /F 20 Tf {lines.format(number)} ET" for number in range(40)]))
    job = Job(creep=Creep("in", thickness=1))
    imposed = imposition.impose(content, job)
    assert imposed.moved == 9
    assert imposition.check(content, imposed) == ()
    elsewhere = called(imposed, shifts=tuple(shift + 5 for shift in imposed.draft.shifts))
    assert imposition.check(content, elsewhere)


def margined(margin):
    """Forty pages whose words begin so far (mm) from the spine on right-hand pages, further on left ones."""
    starts = (margin / 25.4 * 72, 419.53 - (margin + 40) / 25.4 * 72)
    return written(pdf_of([f"BT /F 20 Tf {starts[number % 2]:.3f} 500 Td (words) Tj ET" for number in range(40)]))


@pytest.mark.parametrize(("margin", "total"), [(18, 0), (18, 9), (18, 12), (10, 12), (5, 0), (5, 3)])
def test_words_moved_to_the_fold_or_near_it_are_told_of(margin, total):
    _, wrong, found = imposition.impose_and_check(margined(margin), Job(creep=Creep(total=total)))
    moves = {page: (total or 0.9) * (min(page, 39 - page) // 2) / 9 for page in range(0, 40, 2)}
    cut = {page for page, move in moves.items() if move > margin}
    near = {page for page, move in moves.items() if move >= 1 and margin - move < 8} - cut
    assert wrong == ()
    assert {each.page for each in found if each.cut and each.page % 2 == 0} == cut
    assert {each.page for each in found if not each.cut and each.page % 2 == 0} == near


def test_left_hand_pages_are_looked_at_from_their_right():
    line = "BT /F 20 Tf 395 500 Td (w) Tj ET"  # 3 mm from the right edge
    content = written(pdf_of([line if number == 19 else "" for number in range(40)]))
    _, _, found = imposition.impose_and_check(content, Job(creep=Creep(total=9)))
    assert [(each.page, each.cut) for each in found] == [(19, True)]


def test_shrunk_pages_are_read_all_the_same():
    content = marked(9, (595, 842))
    imposed = imposition.impose(content, Job(fit=True))
    assert imposed.size == A4
    assert imposed.scale == pytest.approx(0.7071, abs=1e-3)
    assert imposition.check(content, imposed) == ()


def spelled(numbers):
    """Pages with a letter told by ActualText, as LibreOffice writes those it has no single glyph for."""
    told = "/Span <</ActualText <FEFF1EBF>>> BDC (x) Tj EMC"
    return written(pdf_of([f"BT /F 20 Tf 30 500 Td (ti) Tj {told} (t page {number}) Tj ET" for number in numbers]))


@pytest.mark.parametrize("job", [Job(), Job(sheet=A3), Job(fit=True), turning(Flip.LONG)], ids=repr)
def test_letters_told_by_other_letters_are_not_missed_where_the_reader_misplaces_them(job):
    content = spelled(range(6))
    imposed = imposition.impose(content, job)
    assert imposition.check(content, imposed) == ()
    assert len(imposition.check(spelled([0, 1, 2, 3, 4, 9]), imposed)) == 1
    assert len(imposition.check(spelled([0, 2, 1, 3, 4, 5]), imposed)) == 2
    shorter = written(pdf_of(["BT /F 20 Tf 30 500 Td (tit page 0) Tj ET"]))
    assert len(imposition.check(content, imposition.impose(shorter, job))) > 0


# --- reading at the same time -----------------------------------------------------------------------


@pytest.mark.press
def test_pages_and_sheets_are_read_at_the_same_time_to_the_same_end():
    content = marked(12)
    others = Pdf.open(BytesIO(content))
    others.pages.reverse()
    with Crew(2) as crew:
        assert imposition.impose_and_check(content, Job(), share=crew.share)[:2] == (imposition.impose(content), ())
        wrong, _ = compared(written(others), imposition.impose(content), crew.share)
    assert wrong == imposition.check(written(others), imposition.impose(content))
    assert len(wrong) == 12
