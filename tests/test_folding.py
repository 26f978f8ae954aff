"""Sheets of hundreds of random jobs are printed, cut and folded, and must read 1 … n, upright and in their place.

What is expected is reckoned here anew, from what paper does. Then the program is spoilt on purpose, once in every way
that was thought of, and the same trial must find it out.
"""

import importlib
import math
import random
from dataclasses import dataclass, field, replace

import paperwork
import pytest
from paperwork import MM, SCALE, WINDOW

from builder import imposition
from builder.imposition import Creep, Job, creep, laying, nouns
from builder.paper import SheetSize
from builder.printer import Flip, Printer

planning = importlib.import_module("builder.imposition.plan")  # the package has a function of that name

SHEET = SheetSize(66, 46)  # mm: small, so that hundreds are printed in a minute
HALF = SHEET.width / 2
TOLERANCE = 0.2  # mm
"""How far a page may be from where it should be."""


# --- what is expected -------------------------------------------------------------------------------


def expected_reading(count, keep_last, whole=4):
    kept = min(keep_last, count - 1)
    blanks = [None] * (-count % whole)
    pages = list(range(1, count + 1))
    return pages[: count - kept] + blanks + pages[count - kept :]


def signature_sizes(sheets, most):
    groups = math.ceil(sheets / most)
    return [math.ceil((sheets - number) / groups) for number in range(groups)]


def moved(depth, nest, sizes, job, *, covered):
    """How far (mm) a page must lie nearer to the spine, by what lies around its sheet."""
    how = job.creep
    if nest == "cover" or how.mode == "off" or job.scheme == "side":
        return 0.0
    sheets = sizes[nest] + (covered and job.scheme == "saddle")
    if how.mode == "auto" and sheets < 5 and not how.total:
        return 0.0

    def outside(number, nested_in_cover):
        layers = [how.cover if nested_in_cover and layer == 0 else how.thickness for layer in range(number)]
        return sum(layers)

    in_cover = covered and job.scheme == "saddle"
    most = outside(sheets - 1, in_cover)
    shift = outside(depth, in_cover)
    if how.mode == "out":
        shift -= most
    if how.mode == "center":
        shift -= most / 2
    if how.total:
        thickest = max(outside(size + in_cover - 1, in_cover) for size in sizes)
        shift *= how.total / thickest if thickest else 1
    return shift


# --- a trial ----------------------------------------------------------------------------------------


@dataclass
class Trial:
    """A job, the pages it is given, and how it turned out."""

    job: Job
    sizes: list  # of the pages, mm
    how: str  # two copies stand or lie on a sheet
    faults: list = field(default_factory=list)

    def run(self):
        """Impose, print, fold, read; return what is wrong."""
        source = paperwork.coded([(width * MM, height * MM) for width, height in self.sizes])
        imposed = imposition.impose(source, self.job)
        count = len(self.sizes)
        total = math.ceil(count / 4)
        covered = self.job.own_cover and total > 1
        inner = total - covered
        sheets = signature_sizes(inner, self.job.sheets_per_signature if self.job.scheme == "signatures" else inner)
        scale = self.scale()
        books = paperwork.books(imposed.files, self.job, sheets, self.how)
        if len(books) != self.job.copies_per_sheet:
            self.faults.append("copies")
        leaves = self.job.scheme == "side" and self.job.copies_per_sheet == 2
        wanted = expected_reading(count, self.job.keep_last, 2 if leaves else 4)
        for book in books:
            if len(book) != len(wanted):
                self.faults.append(f"{len(book)} pages, not {len(wanted)}")
            for leaf, page in zip(book, wanted, strict=False):
                self.look_at(leaf, page, scale, moved(leaf.depth, leaf.nest, sheets, self.job, covered=covered))
        return self.faults

    def cell(self):
        """The piece of paper that is folded or is a leaf, in mm."""
        if self.job.scheme == "side":
            return HALF, SHEET.height
        if self.job.copies_per_sheet == 1:
            return SHEET.width, SHEET.height
        return {"lying": (SHEET.height, HALF), "rows": (SHEET.width, SHEET.height / 2)}[self.how]

    def scale(self):
        if not self.job.fit:
            return 1.0
        width, height = self.cell()
        place = width if self.job.scheme == "side" else width / 2
        widest, highest = max(width for width, _ in self.sizes), max(height for _, height in self.sizes)
        return 1.0 if widest <= place + 0.5 and highest <= height + 0.5 else min(place / widest, height / highest)

    def look_at(self, leaf, page, scale, shift):
        """Look where a page should be; its code must be there and nowhere else."""
        width = self.sizes[page - 1][0] if page else max(width for width, _ in self.sizes)
        block = max(width for width, _ in self.sizes) * scale
        margin = (HALF - block) / 2 if self.job.scheme == "side" else 0
        from_spine = (margin + width * scale / 2 - shift) * MM * SCALE
        across = from_spine if leaf.spine_left else leaf.picture.width - from_spine
        middle = across, leaf.picture.height / 2
        reach = [(side * scale / 2 + WINDOW * scale) * SCALE for side in paperwork.CODE]
        box = [
            round(edge)
            for edge in (middle[0] - reach[0], middle[1] - reach[1], middle[0] + reach[0], middle[1] + reach[1])
        ]
        number, found = paperwork.decoded(leaf.picture.crop(box))
        if number != page:
            self.faults.append(f"page {page} reads {number}")
        elif page:
            off = [abs(box[axis] + found[axis] - middle[axis]) / SCALE / MM for axis in (0, 1)]
            if max(off) > TOLERANCE:
                self.faults.append(f"page {page} is off by {off[0]:.2f}, {off[1]:.2f} mm")


def any_trial(chance):
    """Make up a job and its pages."""
    count = max(1, int(120 ** chance.random()))
    copies = chance.choice((1, 1, 2))
    scheme = chance.choice(imposition.SCHEMES)
    printer = Printer(
        flip=chance.choice(list(Flip)),
        by_hand=chance.random() < 0.3,
        backs_reversed=chance.random() < 0.5,
        backs_turned=chance.random() < 0.5,
        across=chance.choice((0.0, round(chance.uniform(-2, 2), 1))),
        up=chance.choice((0.0, round(chance.uniform(-2, 2), 1))),
    )
    job = Job(
        scheme=scheme,
        sheet=SHEET,
        sheets_per_signature=chance.randint(1, 8),
        keep_last=chance.choice((0, 1, 1, 2, 3)),
        right_to_left=chance.random() < 0.3,
        copies_per_sheet=copies,
        own_cover=chance.random() < 0.4,
        creep=Creep(
            chance.choice(imposition.CREEPS),
            thickness=chance.choice((0.08, 0.1, 0.12)),
            cover=chance.choice((0.1, 0.28)),
            total=chance.choice((0.0, 0.0, 1.5)),
        ),
        marks=chance.choice(((), (), ("crop", "fold"), imposition.MARKS)),
        printer=printer,
        fit=chance.random() < 0.2,
    )
    how = chance.choice(("lying", "lying", "rows")) if scheme != "side" and copies == 2 else ""
    # Half an A7 or so, and what of it is left when two copies lie side by side or stand in two rows.
    width, height = {"lying": (22.5, 32.5), "rows": (32.5, 22.5)}.get(how, (32, 45))
    shrunk = job.fit * chance.choice((0, 1.25))
    sizes = [(width * (shrunk or chance.uniform(0.95, 1)), height * (shrunk or chance.uniform(0.8, 1)))] * count
    if chance.random() < 0.3:
        sizes = [(size[0] * chance.choice((1, 0.95)), size[1] * chance.choice((1, 0.85))) for size in sizes]
    return Trial(job, sizes, how)


TURNS, EACH = 26, 20


@pytest.mark.parametrize("turn", range(TURNS))
def test_what_is_printed_and_folded_reads_one_to_n_upright_and_lies_where_it_should(turn):
    chance = random.Random(f"folding {turn}")  # noqa: S311 - a trial that can be repeated
    for _ in range(EACH):
        trial = any_trial(chance)
        assert trial.run() == [], trial


# --- the trial can fail -----------------------------------------------------------------------------


def _wrong_flip(patch):
    patch.setattr(Job, "backs_turned", property(lambda job: job.printer.flip is Flip.SHORT))


def _creep_the_other_way(patch):
    right = creep._moved
    patch.setattr(creep, "_moved", lambda *given: -right(*given))


def _creep_from_sheet_to_sheet_on(patch):
    right = planning._nested
    patch.setattr(planning, "_nested", lambda pages, signature, around: right(pages, signature, around + signature))


def _creep_that_forgets_the_cover(patch):
    patch.setattr(creep, "_standing_out", lambda sheet, _, job: sheet.depth * job.creep.thickness)


def _creep_beyond_the_measured_total(patch):
    patch.setattr(creep, "_measured", lambda *_: 1.0)


def _blanks_one_off(patch):
    right = planning._with_blanks
    patch.setattr(planning, "_with_blanks", lambda pages, keep, whole: right(pages, min(pages - 1, keep + 1), whole))


def _backs_with_sides_exchanged(patch):
    right = planning._nested
    patch.setattr(
        planning,
        "_nested",
        lambda *given: [replace(sheet, back=sheet.back.turned_over) for sheet in right(*given)],
    )


def _halves_dealt_in_turn(patch):
    def dealt(book, job, _):
        leaves = [(book[start], book[start + 1]) for start in range(0, len(book), 2)]
        pairs = (
            zip(leaves, leaves, strict=True)
            if job.copies_per_sheet > 1
            else zip(leaves[::2], leaves[1::2], strict=True)
        )
        side = imposition.Side
        return tuple(imposition.Sheet(side(one[0], two[0]), side(two[1], one[1])) for one, two in pairs)

    patch.setattr(planning, "_cut", dealt)


def _offset_added(patch):
    _moved_by(patch, 2, 2)


def _offset_up_only_the_wrong_way(patch):
    _moved_by(patch, 0, 2)


def _moved_by(patch, times_across, times_up):
    right = laying.Lay.matrix

    def matrix(lay, cell, *, back):
        a, b, c, d, e, f = right(lay, cell, back=back)
        printer = lay.job.printer
        return a, b, c, d, e + back * times_across * printer.across * MM, f + back * times_up * printer.up * MM

    patch.setattr(laying.Lay, "matrix", matrix)


def _offset_inside_the_turn(patch):
    right = laying.Lay.matrix

    def matrix(lay, cell, *, back):
        a, b, c, d, e, f = right(lay, cell, back=back)
        twice = 2 * back * lay.job.backs_turned
        return a, b, c, d, e + twice * lay.job.printer.across * MM, f + twice * lay.job.printer.up * MM

    patch.setattr(laying.Lay, "matrix", matrix)


def _backs_never_reversed(patch):
    patch.setattr(nouns, "faces", _faces_in_order)
    patch.setattr("builder.imposition.place.faces", _faces_in_order)


def _faces_in_order(draft):
    job = replace(draft.job, printer=replace(draft.job.printer, backs_reversed=False))
    return RIGHT_FACES(replace(draft, job=job))


def _read_from_the_left(patch):
    patch.setattr(planning, "_mirrors", lambda _: False)


def _second_copy_as_the_first(patch):
    right = laying._cells

    def cells(job, size):
        for found in right(job, size):
            yield (found[0], found[0])[: len(found)]

    patch.setattr(laying, "_cells", cells)


def _pages_in_the_middle_of_their_half(patch):
    right = laying.Lay.spot

    def spot(lay, cell, page, measures, shift, *, left):
        laid = right(lay, cell, page, measures, shift, left=left)
        gap = (cell.width / 2 - measures.width * lay.scale) / 2 * (-1 if left else 1) * lay.job.folded
        x0, y0, x1, y1 = laid.trim
        return replace(laid, trim=(x0 + gap, y0, x1 + gap, y1))

    patch.setattr(laying.Lay, "spot", spot)


def _pages_at_the_foot(patch):
    right = laying.Lay.spot

    def spot(lay, *given, left):
        laid = right(lay, *given, left=left)
        x0, y0, x1, y1 = laid.trim
        return replace(laid, trim=(x0, 0, x1, y1 - y0))

    patch.setattr(laying.Lay, "spot", spot)


def _signatures_uneven(patch):
    patch.setattr(
        planning,
        "_signature_sizes",
        lambda sheets, most: (
            [sheets] if most is None else [min(most, sheets - done) for done in range(0, sheets, most)]
        ),
    )


RIGHT_FACES = nouns.faces
MUTATIONS = [
    _wrong_flip,
    _creep_the_other_way,
    _creep_from_sheet_to_sheet_on,
    _creep_that_forgets_the_cover,
    _creep_beyond_the_measured_total,
    _blanks_one_off,
    _backs_with_sides_exchanged,
    _halves_dealt_in_turn,
    _offset_added,
    _offset_up_only_the_wrong_way,
    _offset_inside_the_turn,
    _backs_never_reversed,
    _read_from_the_left,
    _second_copy_as_the_first,
    _pages_in_the_middle_of_their_half,
    _pages_at_the_foot,
    _signatures_uneven,
]


def faults_of_some():
    """Run some of the very trials above; stop at the first that finds a fault."""
    for turn in range(TURNS):
        chance = random.Random(f"folding {turn}")  # noqa: S311 - the same trials
        for _ in range(EACH):
            if faults := any_trial(chance).run():
                return faults
    return []


@pytest.mark.parametrize("spoil", MUTATIONS, ids=lambda spoil: spoil.__name__.strip("_"))
def test_the_trial_finds_out(spoil, monkeypatch):
    spoil(monkeypatch)
    assert faults_of_some()
