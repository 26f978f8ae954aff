"""The arithmetic: plans folded back as numbers must read 1 … n; creep, marks and paper by themselves."""

from dataclasses import replace
from itertools import groupby, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder import imposition
from builder.imposition import Creep, Job, marks
from builder.imposition.creep import shifts
from builder.paper import A3, A4, SRA3, SheetSize, UnknownSheet, sheet_size

# --- the plan, folded with numbers ------------------------------------------------------------------


def fold(sheets):
    """Lay one signature's sheets open, insides up, outermost lowest; turn the left half over; leaf through."""
    left_pile, right_pile = [], []  # of (face up, face down), lowest first
    for sheet in sheets:
        left_pile.append((sheet.back.left, sheet.front.right))
        right_pile.append((sheet.back.right, sheet.front.left))
    turned_over = [(down, up) for up, down in reversed(left_pile)]
    closed_from_below = right_pile + turned_over
    return [face for leaf in reversed(closed_from_below) for face in leaf]


def fold_all(sheets):
    return [face for _, group in groupby(sheets, key=lambda sheet: sheet.signature) for face in fold(list(group))]


@given(
    pages=st.integers(1, 200),
    per_signature=st.none() | st.integers(1, 12),
    keep_last=st.integers(0, 6),
)
@settings(max_examples=400, deadline=None)
def test_the_folded_plan_reads_one_to_n_with_blanks_where_promised(pages, per_signature, keep_last):
    job = Job(keep_last=keep_last)
    if per_signature:
        job = Job(scheme="signatures", sheets_per_signature=per_signature, keep_last=keep_last)
    sheets = imposition.plan(pages, job)
    booklet = fold_all(sheets)
    kept = min(keep_last, pages - 1)
    assert len(booklet) == 4 * len(sheets)
    assert len(booklet) - pages in range(4)
    blanks = [None] * (len(booklet) - pages)
    assert booklet == [*range(pages - kept), *blanks, *range(pages - kept, pages)]
    assert list(imposition.reading(sheets)) == booklet


@given(pages=st.integers(1, 400), per_signature=st.integers(1, 12))
def test_signatures_are_few_and_even_with_the_larger_ones_first(pages, per_signature):
    sheets = imposition.plan(pages, Job(scheme="signatures", sheets_per_signature=per_signature))
    sizes = [len(list(group)) for _, group in groupby(sheets, key=lambda sheet: sheet.signature)]
    assert max(sizes) <= per_signature
    assert max(sizes) - min(sizes) <= 1
    assert all(earlier >= later for earlier, later in pairwise(sizes))
    assert len(sizes) == -(-len(sheets) // per_signature)
    assert [sheet.depth for sheet in sheets] == [depth for size in sizes for depth in range(size)]


def test_sixty_four_pages_begin_as_every_bookbinder_knows():
    outermost, second, *_ = imposition.plan(64)
    assert (outermost.front, outermost.back) == (imposition.Side(63, 0), imposition.Side(1, 62))
    assert (second.front, second.back) == (imposition.Side(61, 2), imposition.Side(3, 60))


def test_a_single_page_is_the_front_cover():
    (sheet,) = imposition.plan(1)
    assert sheet.front == imposition.Side(None, 0)
    assert sheet.back == imposition.Side(None, None)


def test_a_plan_of_nothing_is_refused():
    with pytest.raises(ValueError, match="0"):
        imposition.plan(0)


@pytest.mark.parametrize(
    "wrong",
    [
        {"scheme": "perfect"},
        {"keep_last": -1},
        {"sheets_per_signature": 0},
        {"copies_per_sheet": 3},
        {"marks": ("colour bar",)},
    ],
)
def test_a_job_that_cannot_be_meant_is_refused(wrong):
    with pytest.raises(ValueError, match="Job"):
        Job(**wrong)


@pytest.mark.parametrize("wrong", [{"mode": "up"}, {"thickness": -0.1}, {"total": -1}])
def test_paper_that_does_not_exist_is_refused(wrong):
    with pytest.raises(ValueError, match="Creep"):
        Creep(**wrong)


@given(
    pages=st.integers(1, 130),
    scheme=st.sampled_from(imposition.SCHEMES),
    copies=st.integers(1, 2),
    own_cover=st.booleans(),
    right_to_left=st.booleans(),
)
def test_every_plan_reads_the_same_book(pages, scheme, copies, own_cover, right_to_left):
    job = Job(scheme, copies_per_sheet=copies, own_cover=own_cover, right_to_left=right_to_left)
    sheets = imposition.plan(pages, job)
    read, folded = imposition.reading(sheets, job), imposition.reading(imposition.plan(pages), Job())
    if scheme == "side" and copies == 2:  # a leaf twice on every sheet: as many leaves as it has, and no more
        assert len(read) == pages + pages % 2
        read, folded = ([page for page in each if page is not None] for each in (read, folded))
    assert read == folded
    assert any(sheet.cover for sheet in sheets) == (own_cover and pages > 4)


def test_the_halves_of_a_cut_pile_are_the_halves_of_the_book():
    first, second = imposition.plan(8, Job(scheme="side"))
    assert (first.front, first.back) == (imposition.Side(0, 4), imposition.Side(5, 1))
    assert (second.front, second.back) == (imposition.Side(2, 6), imposition.Side(7, 3))


def test_two_copies_cut_apart_are_the_same_leaf_twice():
    sheets = imposition.plan(4, Job(scheme="side", copies_per_sheet=2))
    assert [sheet.front for sheet in sheets] == [imposition.Side(0, 0), imposition.Side(2, 2)]
    assert [sheet.back for sheet in sheets] == [imposition.Side(1, 1), imposition.Side(3, 3)]


def test_a_cover_takes_the_first_two_and_the_last_two_pages():
    cover, *inner = imposition.plan(16, Job(scheme="signatures", sheets_per_signature=2, own_cover=True))
    assert (cover.cover, cover.front, cover.back) == (True, imposition.Side(15, 0), imposition.Side(1, 14))
    assert [(sheet.signature, sheet.depth) for sheet in inner] == [(0, 0), (0, 1), (1, 0)]


# --- creep ------------------------------------------------------------------------------------------


def moves(pages, scheme="saddle", *, most=4, **creep):
    job = Job(scheme, sheets_per_signature=most, creep=Creep(**creep))
    return [round(shift, 3) for shift in shifts(imposition.plan(pages, job), job)]


def test_sixty_four_pages_of_paper_a_tenth_thick_move_by_what_is_around_them():
    found = moves(64, thickness=0.104)
    assert found[:3] == [0, 0.104, 0.208]
    assert found[-1] == 1.56


def test_pages_move_in_or_out_or_half_and_half():
    assert moves(20, mode="in") == [0, 0.1, 0.2, 0.3, 0.4]
    assert moves(20, mode="out") == [-0.4, -0.3, -0.2, -0.1, 0]
    assert moves(20, mode="center") == [-0.2, -0.1, 0, 0.1, 0.2]
    assert moves(20, mode="off") == [0] * 5


def test_less_than_twenty_pages_in_one_another_are_left_alone_unless_it_is_asked_for():
    assert moves(16) == [0] * 4
    assert moves(16, mode="in") == [0, 0.1, 0.2, 0.3]
    assert moves(20) == [0, 0.1, 0.2, 0.3, 0.4]


def test_what_a_dummy_showed_counts_for_more_than_what_is_reckoned():
    assert moves(20, total=1) == [0, 0.25, 0.5, 0.75, 1]
    assert moves(8, total=1) == [0, 1]
    assert moves(4, total=1) == [0]


def test_creep_begins_anew_in_every_signature():
    assert moves(40, "signatures", most=3, mode="in") == [0, 0.1, 0.2, 0, 0.1, 0.2, 0, 0.1, 0, 0.1]


def test_a_thick_cover_pushes_the_sheets_in_a_saddle_and_none_of_those_beside_one_another():
    job = Job(own_cover=True, creep=Creep("in", cover=0.3))
    assert shifts(imposition.plan(16, job), job) == pytest.approx((0, 0.3, 0.4, 0.5))
    job = Job("signatures", own_cover=True, creep=Creep("in", cover=0.3))
    assert shifts(imposition.plan(16, job), job) == pytest.approx((0, 0, 0.1, 0.2))


def test_leaves_cut_apart_push_nothing_out():
    assert moves(40, "side", mode="in") == [0] * 10


# --- marks ------------------------------------------------------------------------------------------


def drawn(room, job, *, sheet=None, words="", back=False, signatures=2):
    return list(marks.marks(sheet or imposition.Sheet(PAIR, PAIR), signatures, room, words, job, back=back))


PAIR = imposition.Side(0, 1)
ALL = Job("signatures", marks=imposition.MARKS)
WIDE = marks.Room((100, 100, 500, 400), (0, 0, 600, 500), 0, 300)


def test_marks_stand_outside_the_trim_a_millimetre_off_and_five_long():
    lines = drawn(WIDE, Job(marks=("crop",)))
    assert len(lines) == 8
    mm = 72 / 25.4
    upright = [line for line in lines if line.start[0] == line.end[0]]
    assert {line.start[0] for line in upright} == {100, 500}
    assert {(line.start[1], line.end[1]) for line in upright} == {(100 - mm, 100 - 6 * mm), (400 + mm, 400 + 6 * mm)}
    lying = [line for line in lines if line.start[1] == line.end[1]]
    assert {(line.start[0], line.end[0]) for line in lying} == {(100 - mm, 100 - 6 * mm), (500 + mm, 500 + 6 * mm)}


def test_marks_keep_off_the_bleed_and_stay_on_the_paper():
    room = marks.Room((100, 100, 500, 400), (78, 78, 600, 500), 9, 300)
    ends = {line.end[1] for line in drawn(room, Job(marks=("fold",)))}
    starts = {line.start[1] for line in drawn(room, Job(marks=("fold",)))}
    assert starts == {91, 409}
    assert ends == {78, 409 + marks.LENGTH}


def test_without_room_there_are_no_marks():
    tight = marks.Room((1, 1, 841, 594), (0, 0, 842, 595), 0, 421)
    assert drawn(tight, Job(marks=("crop", "fold")), words="a line") == []


def test_the_bar_of_each_signature_is_a_step_further_down_the_fold():
    def bar(signature, **how):
        sheet = imposition.Sheet(PAIR, PAIR, signature, how.pop("depth", 0), how.pop("cover", False))
        return [mark.box for mark in drawn(WIDE, ALL, sheet=sheet, signatures=3, **how) if isinstance(mark, marks.Bar)]

    tops = [bar(signature)[0][3] for signature in range(3)]
    assert tops[0] - tops[1] == pytest.approx(marks.BAR_STEP)
    assert tops[1] - tops[2] == pytest.approx(marks.BAR_STEP)
    assert all((bar(signature)[0][0] + bar(signature)[0][2]) / 2 == 300 for signature in range(3))
    assert bar(200)[0][1] > WIDE.trim[1]
    assert bar(1, depth=1) == bar(1, cover=True) == bar(1, back=True) == []


def test_the_small_line_stands_below_the_trim_or_above_it_or_nowhere():
    (line,) = drawn(WIDE, ALL, words="a line", signatures=1, back=True)[-1:]
    assert (line.text, line.at[1] < 100) == ("a line", True)
    (line,) = drawn(marks.Room((100, 3, 500, 400), (0, 0, 600, 500), 0, 300), ALL, words="a line")[-1:]
    assert line.at[1] > 400
    assert drawn(WIDE, Job(), words="a line") == []


# --- paper ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("A4", A4),
        (" a3 ", A3),
        ("SRA3", SRA3),
        ("330x230mm", SheetSize(330, 230)),
        ("230 × 330", SheetSize(330, 230)),
        ("215.9x279.4MM", SheetSize(279.4, 215.9)),
    ],
)
def test_a_sheet_is_named_or_measured(text, size):
    assert sheet_size(text) == size


@pytest.mark.parametrize("text", ["", "A44", "A4 A3", "0x100", "100", "9999x10", "-1x5", "1e3x5"])
def test_what_is_no_sheet_is_refused(text):
    with pytest.raises(UnknownSheet) as refused:
        sheet_size(text)
    assert refused.value.text == text


def test_a_sheet_lies_with_its_long_side_across():
    with pytest.raises(ValueError, match="210"):
        SheetSize(210, 297)


@pytest.mark.parametrize(("pages", "sheets", "blanks"), [(1, 1, 1), (2, 1, 0), (4, 2, 0), (5, 3, 1), (6, 3, 0)])
def test_two_copies_of_cut_leaves_take_no_sheet_more_than_they_have_leaves(pages, sheets, blanks):
    job = Job("side", copies_per_sheet=2)
    planned = imposition.plan(pages, job)
    read = imposition.reading(planned, job)
    assert (len(planned), read.count(None)) == (sheets, blanks)
    assert [page for page in read if page is not None] == list(range(pages))
    assert len(imposition.plan(pages, replace(job, copies_per_sheet=1))) == -(-pages // 4)
