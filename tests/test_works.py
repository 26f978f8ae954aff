"""The order of the works, with stages that only pretend; and what the works do by themselves."""

import io
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType, SimpleNamespace

import pikepdf
import pytest

from builder import layout, paper, problems, shelf
from builder.composition import Medium
from builder.ebook import Cover
from builder.imposition import Half, Job, Mismatch
from builder.intake.starter import FILES
from builder.paper import sheet_size
from builder.press import PageFacts
from builder.printer import Printer
from builder.problems import Place, Problems
from builder.publication import Binding, Clause, Edition, Level, Program, Publication, Session, Settings, Text, Trim
from builder.works import build as works
from builder.works import making
from builder.works.asked import NotAsked, Piece, Stage, Wish, Workshop
from builder.works.booklet import fold, job, lettering, slug
from builder.works.check import check
from builder.works.origin import origin
from builder.works.start import starter

A5, A4, PHONE = Trim("A5", 148, 210), Trim("A4", 210, 297), Trim("phone", 75, 140)
ROLES = SimpleNamespace(family={"text": "Noto Serif"})
SOURCE = Place("sources/so-tay/program.md", 3, 1)


def clause(words="Mục đích", place=SOURCE):
    return Clause("dieu-1", Level.ARTICLE, "1", "Điều 1.", (Text(words),), (), (), "Điều 1", place)


def publication(*editions, **changes):
    return Publication("so-tay", Settings("Sổ tay", editions=editions), Program((), (clause(**changes),)))


class Named(str):
    """A layout that is as good as its name, and has its words."""

    __slots__ = ()
    words = MappingProxyType({"session": "Buổi"})

    def speaking(self, language):
        assert language == "vi"
        return self


def edition(name, *outputs, layout="text"):
    return Edition(name, layout, A5, outputs)


def blank_pdf(pages=1, width=420, height=595, **options):
    pdf = pikepdf.new()
    for _ in range(pages):
        pdf.add_blank_page(page_size=(width, height))
    written = io.BytesIO()
    pdf.save(written, deterministic_id=not options, **options)
    return written.getvalue()


NGUOI_DU = edition("nguoi-du", "pdf", "booklet", "epub")
CHU_LON = edition("chu-lon", "pdf", layout="wide")


@pytest.fixture
def stages(monkeypatch):
    """Stages that note that they were called and hand on as little as will do."""
    house = SimpleNamespace(
        publication=publication(NGUOI_DU, CHU_LON), warnings=(), calls=[], faults={}, printed=(), texts={}
    )

    def read(folder):
        house.calls.append(("read", folder.name))
        return house.publication, house.warnings

    def load(name, _, asked):
        assert isinstance(asked, Place)
        house.calls.append(("layout", name))
        if name in house.faults:
            raise Problems([house.faults[name]])
        return Named(name)

    def compose(_, layout, edition, medium, roles, elsewhere):
        assert roles is ROLES
        follows = edition.folios_of == NGUOI_DU.name and medium is Medium.PRINT
        assert set(elsewhere) == ({"dieu-1"} if follows else set())
        house.calls.append(("compose", layout, edition.name, medium))
        leaf = SimpleNamespace(markup=f'<p id="{house.texts.get(edition.name, "dieu-1")}">x</p>')
        return SimpleNamespace(
            medium=medium,
            edition=edition,
            leaves=(leaf,),
            words={"print_source": "{trim}", "print_source_named": "{trim}, {edition}", "copy": "Bản {number}, {code}"},
            metadata=SimpleNamespace(rights="Nội bộ"),
        ), ()

    def print_pdf(composition, *, crew, cache, progress, folios_of):
        assert (crew.jobs, cache) == (1, None)
        assert composition.medium is Medium.PRINT
        house.calls.append(("print", composition.edition.name, *((folios_of.of,) if folios_of else ())))
        progress("leaves", 1, 2)
        return SimpleNamespace(
            pdf=blank_pdf(5),
            pages=5,
            folios={house.texts.get(composition.edition.name, "dieu-1"): 3},
            ends={"dieu-1": 3},
            labels=tuple("12345"),
            facts=(PageFacts(begins=("dieu-1", 0), head="x"),) * 5,
            problems=house.printed,
            rounds=(),
            of=composition.edition.name,
        )

    def cover(_, layout, edition, roles, workshop):
        assert (layout, roles, workshop.crew.jobs) == (edition.layout, ROLES, 1)
        return lambda: (Cover(b"", edition.name), ())

    def bind(composition, printed, cover):
        assert composition.medium is Medium.EBOOK
        assert cover.words == composition.edition.name
        house.calls.append(("bind", printed.name))
        assert (printed.labels, printed.heads) == ((tuple("12345"), ("x",) * 5) if printed.name else ((), ()))
        return SimpleNamespace(epub=b"stand-in", pages=("1", "2", "3") if printed.name else ())

    def card_made(facts, layout, roles, crew, cache):
        assert (layout, roles, crew.jobs, cache) == ("text", ROLES, 1, None)
        return Piece("card", 1, f"{facts.edition}, {facts.sheets}, {facts.cover}, {facts.cover_gsm}".encode())

    monkeypatch.setattr(making.card, "made", card_made)
    monkeypatch.setattr(making.manuscript, "read", read)
    monkeypatch.setattr(making.layouts, "load", load)
    monkeypatch.setattr(making.fonts, "roles", lambda _: ROLES)
    monkeypatch.setattr(making.composition, "compose", compose)
    monkeypatch.setattr(making.press, "print_pdf", print_pdf)
    monkeypatch.setattr(making.ebooks, "cover", cover)
    monkeypatch.setattr(making.ebooks.ebook, "bind", bind)
    return house


@pytest.fixture
def workshop(tmp_path):
    return Workshop(tmp_path / "layouts", tmp_path / "fonts")


def make(tmp_path, workshop, *wish):
    return works.build(tmp_path / "so-tay", Wish(*wish), workshop)


def named(made):
    return [output.name for output in made.outputs]


# --- building -------------------------------------------------------------------------------------


def test_everything_asked_for_by_the_source_is_made(tmp_path, stages, workshop):
    made = make(tmp_path, workshop)
    assert named(made) == [
        "so-tay-nguoi-du.pdf",
        "so-tay-nguoi-du-booklet.pdf",
        "so-tay-nguoi-du-card.pdf",
        "so-tay-nguoi-du.epub",
        "so-tay-chu-lon.pdf",
    ]
    assert [output.pages for output in made.outputs] == [5, 4, 1, 3, 5]
    assert stages.calls == [
        ("read", "so-tay"),
        ("layout", "text"),
        ("compose", "text", "nguoi-du", Medium.PRINT),
        ("print", "nguoi-du"),
        ("compose", "text", "nguoi-du", Medium.EBOOK),
        ("bind", "A5, nguoi-du"),
        ("layout", "wide"),
        ("compose", "wide", "chu-lon", Medium.PRINT),
        ("print", "chu-lon"),
    ]


@pytest.mark.usefixtures("stages")
@pytest.mark.parametrize(
    ("wish", "names"),
    [
        ((("chu-lon",),), ["so-tay-chu-lon.pdf"]),
        (((), ("epub",)), ["so-tay-nguoi-du.epub"]),
        (((), ("pdf",)), ["so-tay-nguoi-du.pdf", "so-tay-chu-lon.pdf"]),
        (
            (("nguoi-du", "nguoi-du"), ("epub", "booklet")),
            ["so-tay-nguoi-du-booklet.pdf", "so-tay-nguoi-du-card.pdf", "so-tay-nguoi-du.epub"],
        ),
    ],
)
def test_only_what_was_wished_for_is_made(tmp_path, workshop, wish, names):
    assert named(make(tmp_path, workshop, *wish)) == names


@pytest.mark.usefixtures("stages")
@pytest.mark.parametrize(
    ("wish", "known"),
    [((("chu-tri",),), ("nguoi-du", "chu-lon")), ((("chu-lon",), ("epub",)), ("pdf",))],
)
def test_a_wish_no_edition_answers_is_refused(tmp_path, workshop, wish, known):
    with pytest.raises(NotAsked) as refused:
        make(tmp_path, workshop, *wish)
    assert refused.value.known == known


def test_an_ebook_is_bound_once_for_all_its_variants(tmp_path, stages, workshop, monkeypatch):
    monkeypatch.setattr(making.ebooks.ebook, "for_kobo", lambda master: master + b" kobo")
    stages.publication = publication(edition("nguoi-du", "pdf", "epub", "kepub", "azw3"))
    made = make(tmp_path, workshop)
    names = ["so-tay-nguoi-du.pdf", "so-tay-nguoi-du.epub", "so-tay-nguoi-du.kepub.epub"]
    assert named(made) == names
    assert [each.data for each in made.outputs][1:] == [b"stand-in", b"stand-in kobo"]
    assert [each.line for each in made.outputs] == ["", *["Nội bộ · Bản {number}, {code}"] * 2]
    assert [problem.code for problem in made.problems] == ["KINDLE_MISSING"]
    assert [call[0] for call in stages.calls].count("bind") == 1
    assert named(make(tmp_path, workshop, (), ("kepub",))) == names[2:]
    with pytest.raises(Problems, match="NOTHING_MADE"):  # an empty shelf is no book for a Kindle
        make(tmp_path, workshop, (), ("azw3",))


def test_an_output_of_a_later_version_is_left_out_with_a_warning(tmp_path, stages, workshop):
    stages.publication = publication(edition("sach-noi", "audio", "pdf"))
    made = make(tmp_path, workshop)
    assert named(made) == ["so-tay-sach-noi.pdf"]
    assert [problem.code for problem in made.problems] == ["OUTPUT_UNKNOWN"]


def following(name, other, **keys):
    return replace(edition(name, "pdf"), folios_of=other, **keys)


def of_ebooks(stages):
    """What was set and bound, in order."""
    return [call for call in stages.calls if call[0] in ("print", "bind")]


def test_an_ebook_shows_the_pages_its_edition_goes_by_and_its_own_are_not_set_for_it(tmp_path, stages, workshop):
    stages.publication = publication(NGUOI_DU, following("chu-tri", "nguoi-du", outputs=("pdf", "epub")))
    (made,) = make(tmp_path, workshop, ("chu-tri",), ("epub",)).outputs
    assert made.pages == 3
    assert of_ebooks(stages) == [("print", "nguoi-du"), ("bind", "A5, nguoi-du")]


def test_an_ebook_with_another_text_than_that_edition_shows_its_own_pages(tmp_path, stages, workshop):
    stages.publication = publication(NGUOI_DU, following("to-roi", "nguoi-du", outputs=("pdf", "epub"), trim=A4))
    stages.texts = {"to-roi": "to-roi-1"}
    (made,) = make(tmp_path, workshop, ("to-roi",), ("epub",)).outputs
    assert made.pages == 3
    assert of_ebooks(stages) == [("print", "nguoi-du"), ("print", "to-roi", "nguoi-du"), ("bind", "A4")]


@pytest.mark.parametrize("keys", [{"outputs": ("epub",)}, {"outputs": ("pdf", "epub"), "trim": PHONE}])
def test_without_pages_on_paper_none_are_shown_and_none_are_set(tmp_path, stages, workshop, keys):
    stages.publication = publication(replace(NGUOI_DU, **keys))
    (made,) = make(tmp_path, workshop, (), ("epub",)).outputs
    assert made.pages is None
    assert of_ebooks(stages) == [("bind", "")]


@pytest.mark.parametrize("wish", [(), (("chu-lon", "to-roi"),)])
def test_an_edition_whose_pages_others_go_by_is_printed_once(tmp_path, stages, workshop, wish):
    stages.publication = publication(following("chu-lon", "nguoi-du"), following("to-roi", "nguoi-du"), NGUOI_DU)
    made = make(tmp_path, workshop, *wish)
    printed = [call[1:] for call in stages.calls if call[0] == "print"]
    assert printed == [("nguoi-du",), ("chu-lon", "nguoi-du"), ("to-roi", "nguoi-du")]
    assert "so-tay-nguoi-du.pdf" in named(made) or wish


def test_an_edition_others_go_by_that_cannot_be_printed_is_told_once(tmp_path, stages, workshop):
    wide = edition("rong", "pdf", layout="wide")
    stages.publication = publication(following("a", "rong"), following("b", "rong"), wide)
    stages.faults = {"wide": problems.layout_unknown(Place("layouts"), "wide", ("x",))}
    with pytest.raises(Problems) as stopped:
        make(tmp_path, workshop, ("a", "b"))
    assert [problem.code for problem in stopped.value.problems] == ["LAYOUT_UNKNOWN"]


def test_an_edition_a_session_is_as_many_books(tmp_path, stages, workshop):
    sessions = tuple(
        Session(f"buoi-{number}", number, f"Buổi {number}. A", None, "", None, "", "", "", "", "", (), (), SOURCE)
        for number in (1, 2)
    )
    stages.publication = replace(publication(following("to-roi", "", per="session")), sessions=sessions)
    made = make(tmp_path, workshop)
    assert named(made) == ["so-tay-to-roi-buoi-1.pdf", "so-tay-to-roi-buoi-2.pdf"]
    assert len({output.source for output in made.outputs}) == 2
    assert [output.part for output in made.outputs] == ["buoi-1", "buoi-2"]
    works.put_away([made], tmp_path / "shelf", Wish(), workshop)
    assert [record.part for record in shelf.records(tmp_path / "shelf/so-tay")] == ["buoi-1", "buoi-2"]
    said = shelf.facts(tmp_path / "shelf/so-tay")
    assert [(each.id, each.number, each.title) for each in said.sessions] == [
        ("buoi-1", "1", "A"),
        ("buoi-2", "2", "A"),
    ]
    assert [(each.name, each.per, each.trim) for each in said.editions] == [("to-roi", "session", "A5")]
    stages.publication = replace(stages.publication, sessions=())
    with pytest.raises(Problems, match="NOTHING_MADE"):
        make(tmp_path, workshop)


def test_a_shelf_is_not_emptied_for_a_publication_nothing_can_be_made_of(tmp_path, stages, workshop):
    stages.publication = publication(edition("sach-noi", "audio"))
    with pytest.raises(Problems) as stopped:
        make(tmp_path, workshop)
    assert {problem.code for problem in stopped.value.problems} == {"OUTPUT_UNKNOWN", "NOTHING_MADE"}


def test_problems_of_all_editions_are_reported_together(tmp_path, stages, workshop):
    warning = problems.clause_empty(SOURCE, "Điều 1.")
    stages.warnings = (warning,)
    stages.faults = {name: problems.layout_unknown(Place("layouts"), name, ("x",)) for name in ("text", "wide")}
    with pytest.raises(Problems) as stopped:
        make(tmp_path, workshop)
    assert sorted(problem.code for problem in stopped.value.problems) == [warning.code, *["LAYOUT_UNKNOWN"] * 2]


def test_what_the_press_notices_is_handed_on(tmp_path, stages, workshop):
    stages.printed = (problems.clause_empty(SOURCE, "Điều 1."),)
    found = make(tmp_path, workshop).problems
    assert [problem for problem in found if problem.code != "BLANKS_ADDED"] == list(stages.printed)
    told = next(problem for problem in found if problem.code == "BLANKS_ADDED")
    assert dict(told.values) == {"count": "3", "pages": "5–7"}
    stages.printed = (problems.program_empty(SOURCE),)
    with pytest.raises(Problems, match="PROGRAM_EMPTY"):
        make(tmp_path, workshop)


@pytest.mark.usefixtures("stages")
def test_the_way_is_told_and_timed(tmp_path, workshop):
    told = []
    ticks = iter([0.0, 2.0, 2.5, 3.5, 10.0, 11.0])
    watched = replace(workshop, progress=told.append, timer=lambda: next(ticks))
    made = make(tmp_path, watched)
    assert [output.seconds for output in made.outputs] == [2.0, 0.5, 0.5, 1.0, 1.0]
    assert [(step.edition, step.stage) for step in told] == [
        ("", Stage.READ),
        ("nguoi-du", Stage.COMPOSE),
        ("nguoi-du", Stage.PRINT),
        ("nguoi-du", Stage.IMPOSE),
        ("nguoi-du", Stage.COMPOSE),
        ("nguoi-du", Stage.BIND),
        ("chu-lon", Stage.COMPOSE),
        ("chu-lon", Stage.PRINT),
    ]
    assert (told[2].done, told[2].total) == (1, 2)


@pytest.mark.usefixtures("stages")
def test_what_was_made_is_put_on_the_shelf(tmp_path, workshop):
    made = make(tmp_path, workshop)
    works.put_away([made], tmp_path / "shelf", Wish(), workshop)
    records = shelf.records(tmp_path / "shelf" / "so-tay")
    assert sorted(record.path for record in records) == sorted(named(made))
    assert {record.source for record in records if record.edition == "nguoi-du"} == {made.outputs[0].source}


@pytest.mark.usefixtures("stages")
def test_two_sources_of_one_name_do_not_share_a_shelf(tmp_path, workshop):
    made = make(tmp_path, workshop)
    with pytest.raises(Problems, match="SLUG_TWICE"):
        works.put_away([made, made], tmp_path / "shelf", Wish(), workshop)
    assert not (tmp_path / "shelf").exists()


@pytest.mark.usefixtures("stages")
def test_sheets_for_another_printer_take_the_place_of_those_there_were(tmp_path, workshop):
    standing = tmp_path / "shelf" / "so-tay"
    by_hand = replace(workshop, printer=Printer(by_hand=True))

    def placed(at, *wish):
        works.put_away([make(tmp_path, at, *wish)], tmp_path / "shelf", Wish(*wish), at)
        assert {record.path for record in shelf.records(standing)} | {"manifest.json"} == {
            path.name for path in standing.iterdir()
        }
        return {path.name.removeprefix("so-tay-") for path in standing.iterdir()} - {"manifest.json"}

    others = {"nguoi-du.pdf", "nguoi-du.epub", "nguoi-du-card.pdf", "chu-lon.pdf"}
    assert placed(workshop) == others | {"nguoi-du-booklet.pdf"}
    assert placed(by_hand, (), ("booklet",)) == others | {"nguoi-du-fronts.pdf", "nguoi-du-backs.pdf"}
    assert placed(workshop, ("nguoi-du",), ("booklet",)) == others | {"nguoi-du-booklet.pdf"}
    assert placed(by_hand, (), ("epub",)) == others | {"nguoi-du-booklet.pdf"}


# --- origin ---------------------------------------------------------------------------------------


def test_the_origin_depends_on_what_is_said_not_on_where_it_stood():
    here = publication(NGUOI_DU)
    assert origin(here) == origin(publication(NGUOI_DU, place=Place("elsewhere/program.md", 9, 1)))
    others = [publication(CHU_LON), publication(NGUOI_DU, words="Mục tiêu"), replace(here, slug="khac")]
    assert len({origin(each) for each in [here, *others]}) == 4


def test_values_that_look_alike_have_different_origins():
    nouns = [("a", "b"), ("ab",), (("a", "b"),), {"a": "b"}, "a", b"a", None, "None", 1, "1", Level.PART]
    assert len({origin(noun) for noun in nouns}) == len(nouns)


# --- booklets -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pdf", "code"),
    [
        (b"%PDF-1.7 but no more", "PDF_UNREADABLE"),
        (blank_pdf(encryption=pikepdf.Encryption(owner="o", user="u")), "PDF_LOCKED"),
        (blank_pdf(width=2000, height=2000), "PAGE_TOO_LARGE"),
    ],
)
def test_a_pdf_that_cannot_be_folded_is_a_problem(pdf, code):
    with pytest.raises(Problems) as stopped:
        fold(pdf, Place("a.pdf"))
    assert [problem.code for problem in stopped.value.problems] == [code]


@pytest.mark.parametrize(("width", "height", "sheet"), [(842, 1191, "594x420mm"), (200, 1191, "420x420mm")])
def test_the_sheet_that_is_advised_takes_the_page(width, height, sheet):
    pdf = blank_pdf(width=width, height=height)
    with pytest.raises(Problems) as stopped:
        fold(pdf, Place("a.pdf"), Job(sheet=sheet_size("A4")))
    assert f"--sheet {sheet}" in stopped.value.problems[0].way_out()
    imposed, _ = fold(pdf, Place("a.pdf"), Job(sheet=sheet_size(sheet)))
    assert imposed.sheets == 1


def test_a_booklet_that_reads_otherwise_than_its_pages_is_refused(monkeypatch):
    differing = (Mismatch(Half(1, back=False, left=True, page=3), "a", "b"),)
    monkeypatch.setattr("builder.imposition.checked.compared", lambda *_: (differing, {}))
    with pytest.raises(Problems) as stopped:
        fold(blank_pdf(4), Place("a.pdf"))
    (problem,) = stopped.value.problems
    assert (problem.code, dict(problem.values)) == ("SHEET_DIFFERS", {"sheet": "1", "page": "4"})


def test_a_booklet_is_bound_as_the_edition_says_and_printed_as_the_printer_prints(tmp_path, stages, workshop):
    binding = Binding("signatures", paper.A3, sheets_per_signature=2, cover="sheet", caliper=0.12, cover_gsm=250)
    printer = Printer(by_hand=True, backs_reversed=True, across=0.5)
    stages.publication = publication(replace(NGUOI_DU, outputs=("booklet",), binding=binding))
    made = make(tmp_path, replace(workshop, printer=printer))
    assert [(output.kind, output.name, output.pages) for output in made.outputs] == [
        ("fronts", "so-tay-nguoi-du-fronts.pdf", 1),
        ("backs", "so-tay-nguoi-du-backs.pdf", 1),
        ("booklet-cover", "so-tay-nguoi-du-booklet-cover.pdf", 2),
        ("card", "so-tay-nguoi-du-card.pdf", 1),
    ]
    wanted = job(binding, printer)
    assert (wanted.scheme, wanted.sheet, wanted.sheets_per_signature, wanted.own_cover) == (
        "signatures",
        paper.A3,
        2,
        True,
    )
    assert (wanted.creep.thickness, wanted.creep.cover, wanted.printer) == (0.12, 0.28, printer)
    (_, _, cover, card) = made.outputs
    assert card.data == b"nguoi-du, 1, 1, 250"
    with pikepdf.open(io.BytesIO(cover.data)) as sheets:
        assert float(sheets.pages[0].mediabox[2]) == pytest.approx(paper.A3.points[0], abs=0.01)


def test_a_glued_book_is_cut_like_one_stapled_through_the_side():
    assert job(Binding("perfect")).scheme == "side"


@pytest.mark.press
def test_the_small_line_is_in_the_words_of_the_layout(root):
    words = layout.load("text", root / "layouts", SOURCE).words
    line = slug("Sổ tay", words)
    assert line.back.format(title=line.title, sheet=2, sheets=9, signature=1) == "Sổ tay · tờ 2/9 · mặt sau · tay 1"
    drawn = lettering(root / "fonts")("Sổ tay")
    assert 2 < drawn.width < 4
    assert drawn.path.endswith("h")


# --- checking and starting ------------------------------------------------------------------------


def test_a_check_reports_what_is_missing(tmp_path, root):
    checked = check(tmp_path / "so-tay", root / "layouts", root / "fonts")
    assert (checked.slug, [problem.code for problem in checked.problems]) == ("so-tay", ["SOURCE_MISSING"])


def test_a_check_looks_at_the_layouts_too(tmp_path, root):
    shelf.write_source(
        tmp_path / "so-tay",
        {"program.md": "Điều 1. Mục đích\n\nĐể học.\n", "publication.yaml": "editions: {a: {layout: khong-co}}\n"},
    )
    found = check(tmp_path / "so-tay", root / "layouts", root / "fonts").problems
    (unknown,) = [problem for problem in found if problem.code == "LAYOUT_UNKNOWN"]
    assert unknown.place == Place(f"{tmp_path.as_posix()}/so-tay/publication.yaml", 1, 12)


def test_the_folder_to_start_from_has_no_mistake(tmp_path, root):
    folder = tmp_path / "so-tay"
    shelf.write_source(folder, starter(folder))
    assert check(folder, root / "layouts", root / "fonts").problems == ()


def test_every_packed_file_of_the_folder_to_start_from_is_used(root):
    packed = root / "builder" / "intake" / "blank"
    assert sorted(path.relative_to(packed).as_posix() for path in packed.rglob("*.*")) == sorted(FILES)


def test_a_name_that_cannot_be_a_slug_is_refused_with_one_that_can(tmp_path):
    with pytest.raises(Problems) as stopped:
        starter(tmp_path / "Sổ tay Đảng viên")
    assert "so-tay-dang-vien" in stopped.value.problems[0].way_out()


def test_native_modules_come_with_the_stages_while_ctrl_c_waits():
    """One that is initialised later, and interrupted, ends the process or is lost (``works.build``)."""
    asked = "import sys, builder.works.making; print(*({'pikepdf', 'pypdfium2', 'uharfbuzz'} - sys.modules.keys()))"
    root = Path(__file__).resolve().parent.parent
    done = subprocess.run([sys.executable, "-c", asked], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_what_is_unchanged_is_not_made_and_its_makers_are_not_called():
    """The stages take half a second to come; a build that finds all as it was does without (``works.build``)."""
    makers = "{'lxml', 'jinja2', 'PIL', 'tinycss2', 'segno', 'builder.intake', 'builder.composition.compose'}"
    asked = f"import sys, builder.cli.build; print(*({makers} & sys.modules.keys()))"
    root = Path(__file__).resolve().parent.parent
    done = subprocess.run([sys.executable, "-c", asked], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


@pytest.mark.parametrize(
    ("binding", "own"),
    [(Binding(), False), (Binding(cover="sheet"), True), (Binding(cover_gsm=160), True)],
)
def test_a_cover_of_its_own_paper_is_a_sheet_of_its_own(binding, own):
    assert job(binding).own_cover is own
