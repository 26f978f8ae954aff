"""Headings of several lines are broken evenly, and lines in capitals do not touch."""

import io
import itertools
import re
from pathlib import Path

import pypdfium2
import pytest
import test_press as small
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st
from test_press import compose, leaf
from weasyprint.formatting_structure import boxes
from weasyprint.text.line_break import strut

from builder import composition, fonts, layout, manuscript, press
from builder.composition import Medium, leading
from builder.press import heads, setting
from builder.press.heads import Unit, steps

ROOT = Path(__file__).resolve().parent.parent
BALANCED = "h1, h2, caption { --wrap: balance } .footnote { --wrap: normal } .nb { white-space: nowrap }"
TITLE = "Chương trình hành động về sách và người đọc"
EVEN = ["Chương trình hành động", "về sách và người đọc"]
LONG = "Trách nhiệm của cấp ủy, tổ chức đảng, cơ quan và người đứng đầu trong việc thực hiện nghị quyết này"


def set_(body, style=BALANCED):
    printing = press.print_pdf(compose(leaf("program", body), style=small.STYLE + style, furniture=""))
    assert printing.problems == ()
    return printing.pdf


def rows(pdf, number=0):
    """Return (words, left, right, bottom, top) of each line of a page (pt); the letters' own edges."""
    page = pypdfium2.PdfDocument(pdf)[number].get_textpage()
    found = []
    for place, letter in enumerate(page.get_text_range().replace("\r\n", "\n\n")):
        if letter == "\n":
            found.append([])
        elif letter.strip():
            found = found or [[]]
            found[-1].append((letter, *page.get_charbox(place)))
    lines = [line for line in found if line]
    return [
        ("".join(each[0] for each in line), *(pick(each[at] for each in line) for at, pick in EDGES)) for line in lines
    ]


EDGES = ((1, min), (3, max), (2, min), (4, max))


def lines(body, style=BALANCED, number=0):
    page = pypdfium2.PdfDocument(set_(body, style))[number].get_textpage()
    return [line.strip() for line in page.get_text_range().replace("\xa0", " ").splitlines()]


# --- the plan -------------------------------------------------------------------------------------

SPACE = 4.0


def laid(widths, indent=0.0):
    left, units = indent, []
    for number, width in enumerate(widths):
        units.append(Unit(f"[{number}]", left, left + width, SPACE))
        left += width + SPACE
    return units


def widths_of(plan, widths, indent=0.0):
    numbers = [[int(each) for each in re.findall(r"\d+", step.letters)] for step in plan]
    return [
        sum(widths[each] for each in line) + SPACE * (len(line) - 1) + (0 if count else indent)
        for count, line in enumerate(numbers)
    ]


@given(st.lists(st.integers(1, 60), min_size=1, max_size=9), st.integers(60, 150), st.integers(-30, 30))
def test_no_other_way_to_break_has_fewer_or_more_even_lines(widths, measure, indent):
    widths = [widths[0] + max(0, -indent), *widths[1:]]  # a label fills the indent it hangs in
    plan = list(steps(laid(widths, indent), measure))
    assert "".join(step.letters for step in plan) == "".join(f"[{number}]" for number in range(len(widths)))
    ours = widths_of(plan, widths, indent)
    ways = []
    for count in range(len(widths)):
        for cuts in itertools.combinations(range(1, len(widths)), count):
            edges = (0, *cuts, len(widths))
            way = [sum(widths[a:b]) + SPACE * (b - a - 1) + (0 if a else indent) for a, b in itertools.pairwise(edges)]
            ways += [way] if max(way) <= measure else []
    if ways:
        fewest = min(map(len, ways))
        assert len(ours) == fewest
        assert sum(w * w for w in ours) == min(sum(w * w for w in way) for way in ways if len(way) == fewest)


@given(st.lists(st.integers(1, 60), min_size=1, max_size=9), st.integers(60, 150))
def test_each_line_has_room_for_its_words_and_for_no_letter_more(widths, measure):
    plan = list(steps(laid(widths), measure))
    for step, width in zip(plan, widths_of(plan, widths), strict=True):
        assert width <= step.room < width + SPACE


def test_a_word_wider_than_the_measure_is_said_by_its_room():
    assert [step.room for step in steps(laid([20, 90, 20]), 60)] == [22, 90, 22]


# --- on the page ----------------------------------------------------------------------------------

press_sets = pytest.mark.press


@press_sets
def test_a_heading_of_two_lines_is_even_and_without_the_wish_it_is_not():
    assert lines(f"<h1>{TITLE}</h1>") == EVEN
    assert lines(f"<h1>{TITLE}</h1>", "") == ["Chương trình hành động về sách", "và người đọc"]


@press_sets
@pytest.mark.parametrize("measure", range(35, 76, 5))
def test_there_are_never_more_lines_than_without_and_their_widths_differ_less(measure):
    style = f"h1 {{ width: {measure}mm }}"
    even, filled = (rows(set_(f"<h1>{LONG}</h1>", wish + style)) for wish in (BALANCED, ""))
    assert len(even) == len(filled) > 1
    assert "".join(row[0] for row in even) == "".join(row[0] for row in filled)
    assert unevenness(even) <= unevenness(filled)


def unevenness(found):
    widths = [right - left for _, left, right, _, _ in found]
    return sum((width - sum(widths) / len(widths)) ** 2 for width in widths)


@press_sets
def test_no_short_word_stands_alone_under_a_full_line():
    title = "<h1>Chương trình hành động số 05 năm</h1>"
    assert lines(title, "") == ["Chương trình hành động số 05", "năm"]
    assert lines(title) == ["Chương trình hành", "động số 05 năm"]


@press_sets
def test_a_break_of_the_authors_stays():
    assert lines(f"<h1>Phần I<br/>{TITLE}</h1>") == ["Phần I", *EVEN]
    assert lines(f"<h1>{TITLE}<br/>Phần I</h1>") == [*EVEN, "Phần I"]


@press_sets
def test_what_must_not_be_broken_is_not():
    """The controls: with plain spaces, and without the mark, the even break is another one."""
    held = 'Giữ <span class="nb">sách 36-HD/VPTW và sổ</span> mượn sách ở thôn ta'
    assert lines(f"<h1>{held}</h1>") == ["Giữ sách 36-HD/VPTW và sổ", "mượn sách ở thôn ta"]
    assert lines(f"<h1>{held}</h1>".replace("nb", "")) == ["Giữ sách 36-HD/VPTW", "và sổ mượn sách ở thôn ta"]
    held = "Chương trình hành\u00a0động số 05 năm"
    assert lines(f"<h1>{held}</h1>") == ["Chương trình", "hành động số 05 năm"]
    assert lines(f"<h1>{held}</h1>".replace("\u00a0", " ")) == ["Chương trình hành", "động số 05 năm"]


@press_sets
def test_hyphens_and_strokes_are_no_places_to_break():
    """The control: WeasyPrint breaks there."""
    title = "<h1>Thực hiện kế hoạch số 12-KH/ĐU-UBND năm nay ở thôn</h1>"
    assert not any(line.endswith(("-", "/")) for line in lines(title))
    assert any(line.endswith(("-", "/")) for line in lines(title, ""))


@press_sets
def test_emphasis_and_notes_in_a_heading_stay_and_the_note_is_not_balanced():
    note = "Ghi theo sổ của thôn, chép lại cho đúng với bản in lần đầu, năm 2026, ở nhà văn hóa."
    title = (
        "Chương trình <em>hành động</em> về <strong>sách</strong>"
        f'<span class="footnote" id="n" data-n="1">{note}</span> và người đọc'
    )
    found = rows(set_(f"<h1>{title}</h1>"))
    assert found[0][0] == "Chươngtrìnhhànhđộng"
    assert "".join(row[0] for row in found[1:-2]) == "vềsách1vàngườiđọc"  # the raised call parts what is read back
    first, last = found[-2:]
    assert first[0] + last[0] == "".join(f"1. {note}".split())
    assert first[2] - first[1] > 1.5 * (last[2] - last[1])


@press_sets
def test_the_hanging_label_counts_as_part_of_the_first_line():
    style = (
        "h2 { padding-left: 9mm; text-indent: -9mm }"
        ".label { display: inline-block; min-width: 8mm; padding-right: 1mm; text-indent: 0 }"
    )
    title = '<h2><span class="label">12. </span>Giữ sách, cho mượn sách và trả sách đúng hẹn ở thôn</h2>'
    even, filled = (rows(set_(title, wish + style)) for wish in (BALANCED, ""))
    assert [row[0] for row in even] == ["12.Giữsách,chomượnsách", "vàtrảsáchđúnghẹnởthôn"]
    assert [row[0] for row in filled] == ["12.Giữsách,chomượnsáchvà", "trảsáchđúnghẹnởthôn"]
    assert even[1][1] - even[0][1] == pytest.approx(9 * 72 / 25.4, abs=1.5)
    assert abs(even[0][2] - even[1][2]) < abs(filled[0][2] - filled[1][2])


@press_sets
def test_a_label_that_is_a_block_of_its_own_stays_above():
    title = f'<h1><span style="display: block">Phần I</span>{TITLE}</h1>'
    assert lines(title) == ["Phần I", *EVEN]


@press_sets
@pytest.mark.parametrize(("align", "share"), [("left", 0), ("center", 0.5), ("right", 1)])
def test_lines_stand_where_their_block_wants_them(align, share):
    for _, left, right, _, _ in rows(set_(f"<h1>{TITLE}</h1>", f"{BALANCED} h1 {{ text-align: {align} }}")):
        start, end = left - 12 * MM - BODY, 93 * MM - BODY - right  # the first page is a right-hand one
        assert start == pytest.approx(share * (start + end), abs=1.5)


MM, BODY = 72 / 25.4, 6


@press_sets
@pytest.mark.parametrize(
    "markup",
    [
        f'<h1 style="text-align: justify">{TITLE}</h1>',
        f'<h1>Văn bản <span style="float: right">I</span>{TITLE}</h1>',
        f'<h1>Văn bản <span style="position: absolute; top: 0">I</span>{TITLE}</h1>',
        f'<div style="float: left; width: 5mm; height: 15mm">I</div><h1>{TITLE}</h1>',
        '<h1 style="width: 30mm">Quy chế giữ sách<span style="white-space: nowrap"> rất là dài dòng văn tự</span></h1>',
    ],
)
def test_what_cannot_be_balanced_is_left_to_weasyprint(markup):
    found = [press.print_pdf(compose(leaf("program", markup), style=small.STYLE + wish)) for wish in (BALANCED, "")]
    assert found[0].pdf == found[1].pdf


@press_sets
def test_a_heading_laid_out_on_one_page_and_then_on_the_next_is_even_there():
    text = f'<p style="height: 100mm">Trang đầu</p><h1 style="break-after: avoid">{TITLE}</h1><p>Chữ</p>'
    assert lines(text, number=1) == [*EVEN, "Chữ"]


@press_sets
def test_where_the_outcome_is_another_the_lines_of_weasyprint_stand(monkeypatch):
    monkeypatch.setattr(heads, "follow", lambda *_: False)
    assert lines(f"<h1>{TITLE}</h1>") == lines(f"<h1>{TITLE}</h1>", "")


@press_sets
def test_two_hands_make_the_same_bytes_as_one():
    leaves = [leaf("program", f"<h1>{TITLE}</h1><p>{LONG}</p>", f"phan-{number}") for number in range(4)]
    book = compose(*leaves, style=small.STYLE + BALANCED)
    with press.Crew(2) as crew:
        assert press.print_pdf(book, crew=crew).pdf == press.print_pdf(book).pdf


# --- capitals -------------------------------------------------------------------------------------

CAPITALS = "NGHỊ QUYẾT ĐẠI HỘI ẨẪỄỖỮ<br/>CƯỜNG QUỐC ẤẦẬ"
CUTS = fonts.roles(ROOT / "fonts").print_cuts
FAMILIES = {cut.family: cut.weight for cut in sorted(CUTS, key=lambda cut: cut.weight)}  # family → its boldest


def strips(markup, style):
    """Count the strips of rows with ink on a page: lines that touch make one where there were two."""
    page = pypdfium2.PdfDocument(set_(markup, style))[0].render(scale=8, grayscale=True).to_pil()
    ink = [page.crop((0, row, page.width, row + 1)).getextrema()[0] < PALE for row in range(page.height)]
    return sum(here and not before for before, here in itertools.pairwise([False, *ink]))


PALE = 200


@press_sets
@pytest.mark.parametrize("family", sorted(FAMILIES))
def test_two_lines_in_capitals_do_not_touch_however_close_a_layout_sets_them(family):
    def counted(height):
        face = f'font-family: "{family}"; font-weight: {FAMILIES[family]}; font-size: 20pt'
        return strips(f"<h1>{CAPITALS}</h1>", f"h1 {{ {face}; --wrap: balance; line-height: {height} }}")

    floor = heights()[family].capitals
    apart = counted("3")
    assert counted(f"1; --capitals: {floor:g}") == counted(f"{floor:g}") == apart
    assert counted("1") < apart  # the control


def heights():
    return leading.heights(fonts.cast(CUTS, frozenset()))


@press_sets
@pytest.mark.parametrize("kind", ["phan", "chuong", "muc", "la-ma", "dieu", "so"])
def test_heads_in_capitals_do_not_touch_in_the_layouts(kind):
    """The control: as close as these layouts set heads of small letters, capitals would touch."""
    markup = f'<section class="clause {kind}"><h2 class="head">{CAPITALS}</h2></section>'
    css = layout.load("interleaved", ROOT / "layouts").stylesheets["print"]
    held, apart = leading.in_print(css, heights()), ".head { line-height: 3 !important }"
    assert strips(markup, held) == strips(markup, held + apart)
    if kind in ("muc", "la-ma"):
        assert strips(markup, css) < strips(markup, css + apart)


@press_sets
def test_only_lines_in_capitals_of_a_heading_that_has_several_move_apart():
    def distances(title, wish):
        found = rows(set_(f"<h1>{title}</h1><h2>Sau</h2>", f"h1 {{ {wish} }}"))
        return [above[3] - below[3] for above, below in itertools.pairwise(found)]

    wish = "--wrap: balance; --capitals: 2"
    for title in ("MỘT DÒNG", "Hai<br/>dòng"):
        assert distances(title, wish) == distances(title, "")
    (one, two), (wide, after) = (distances("Mục 1. HAI DÒNG<br/>CHỮ HOA", each) for each in ("", wish))
    assert wide - one == pytest.approx(2 * 13 - 18, abs=0.1)
    assert after == pytest.approx(two, abs=0.1)


# --- the specimen ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def specimen():
    publication, found = manuscript.read(ROOT / "tests" / "specimen")
    assert found == ()
    return publication


def composed(publication, roles):
    edition = publication.settings.editions[0]
    sheet = layout.load(edition.layout, ROOT / "layouts")
    return composition.compose(publication, sheet, edition, Medium.PRINT, roles)[0]


@press_sets
def test_the_floors_of_the_default_faces_change_nothing(specimen, monkeypatch):
    roles = fonts.roles(ROOT / "fonts")
    held = composed(specimen, roles)
    monkeypatch.setattr(leading, "in_print", lambda css, _: css)
    assert press.print_pdf(held).pdf == press.print_pdf(composed(specimen, roles)).pdf


@press_sets
def test_no_line_is_lower_than_the_letters_of_a_users_own_faces(specimen, tmp_path, monkeypatch):
    """The control: as the layout has them, many are."""
    roles = tall_roles(tmp_path)
    held = composed(specimen, roles)
    monkeypatch.setattr(leading, "in_print", lambda css, _: css)
    bare = composed(specimen, roles)
    known = leading.heights(held.faces)
    assert too_low(held, known, monkeypatch) == set()
    assert len(too_low(bare, known, monkeypatch)) > 5


def tall_roles(folder):
    """Make a fonts folder: the default faces, letters a quarter taller."""
    tables = []
    for role, family in fonts.roles(ROOT / "fonts").family.items():
        faces = fonts.cast(CUTS, frozenset())
        cuts = {f"{face.weight}{'i' * (face.style == 'italic')}": face for face in faces if face.family == family}
        for face in cuts.values():
            font = TTFont(io.BytesIO(face.data))
            font["head"].unitsPerEm = round(font["head"].unitsPerEm * 0.8)
            font.save(folder / face.file_name)
        files = "".join(f'{cut} = "{face.file_name}"\n' for cut, face in cuts.items())
        tables.append(f'[{role}]\nfamily = "{family}"\nprint = {list(cuts)}\nebook = []\n[{role}.files]\n{files}')
    (folder / "roles.toml").write_text("\n".join(tables).replace("'", '"'), "utf-8")
    return fonts.roles(folder)


def too_low(book, known, monkeypatch):
    """Return the styles of text whose lines are lower than the floor of their face: family, size and height (px)."""
    found = set()

    def look(box):
        for child in getattr(box, "children", ()):
            look(child)
        if isinstance(box, boxes.TextBox):
            family = next(name for name in box.style["font_family"] if name in known)
            size, (height, _) = box.style["font_size"], strut(box.style)
            if 0 < height < known[family].low * size - 0.01:
                found.add((family, size, height))

    read = setting.facts.read

    def watched(copy, tree, pages):
        for page in pages:
            look(page._page_box)
        return read(copy, tree, pages)

    with monkeypatch.context() as patch:
        patch.setattr(setting.facts, "read", watched)
        press.print_pdf(book)
    return found
