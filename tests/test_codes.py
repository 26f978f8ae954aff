"""Codes that lead from paper to the e-book: their addresses, their drawing, and that a reader of codes reads them."""

import io
import math
import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import segno
import validators
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from library import SAMPLES
from PIL import Image, ImageFilter

from builder import codes, composition, fonts, layout, manuscript, press
from builder.composition import Medium, ways
from builder.manuscript.settings import TRIMS
from builder.press import shop
from builder.problems import Place
from builder.publication import Binding, Ebook
from builder.publication.addresses import LONGEST, encoded, readable
from builder.works import booklet

ROOT = Path(__file__).resolve().parent.parent
SHORT = "https://vidu.example.org/thu-vien"
LONG = encoded("https://thu-vien.vidu.example.org/sách-học-tập/năm-2026/quy-ước-về-đọc?bản=1")
SAMPLE = "quy-uoc-thu-vien"

# --- addresses ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "address", "shown"),
    [
        (SHORT, SHORT, "vidu.example.org/thu-vien"),
        ("https://Www.Vidu.ORG/Sach/", "https://www.vidu.org/Sach/", "vidu.org/Sach"),
        ("https://vidu.org/sách/đọc?a=b&c=ế", "https://vidu.org/s%C3%A1ch/%C4%91%E1%BB%8Dc?a=b&c=%E1%BA%BF", ...),
        ("https://vidu.org/sa\u0301ch", "https://vidu.org/s%C3%A1ch", "vidu.org/sách"),
        ("http://thưviện.vn/", "http://xn--thvin-grb5423c.vn/", "thưviện.vn"),
        ("http://192.168.1.5:8080/sach", "http://192.168.1.5:8080/sach", "192.168.1.5:8080/sach"),
        ("https://vidu.org/a%23b%20c", "https://vidu.org/a%23b%20c", "vidu.org/a%23b%20c"),
        ("https://vidu.org/giảm-50%", "https://vidu.org/gi%E1%BA%A3m-50%25", "vidu.org/gi%E1%BA%A3m-50%25"),
        ("https://vidu.org/%ff", "https://vidu.org/%ff", "vidu.org/%ff"),
    ],
)
def test_an_address_is_written_for_machines_and_shown_to_people(written, address, shown):
    assert encoded(written) == address
    assert readable(address) == (written.removeprefix("https://") if shown is ... else shown)


@pytest.mark.parametrize(
    "written",
    [
        *(
            "",
            "vidu.org/sach",
            "ftp://vidu.org/",
            "https:///sach",
            "https://vidu",
            "https://a..b/",
            "mailto:a@vidu.org",
        ),
        *("https://vidu.org/a b", "https://vidu.org/#buoi-1", "https://a@vidu.org/", "https://vidu.org:99999/"),
        "https://vidu.org:0/",
        *("https://vidu.org/a\u200bb", "https://vidu.org/a\\b", "https://300.1.1.1/", "javascript://vidu.org/%0a"),
        f"https://vidu.org/{'a' * LONGEST}",
    ],
)
def test_what_is_no_address_of_a_place_is_refused(written):
    assert encoded(written) == ""


@given(st.text(min_size=1, max_size=30))
def test_what_is_shown_leads_where_the_code_leads(path):
    if address := encoded(f"https://vidu.org/{path}"):
        assert address.isascii()
        again = encoded(f"https://{readable(address)}")
        assert again.rstrip("/") == address.rstrip("/")


def test_settings_say_where_the_book_is_and_which_pages_lead_there(tmp_path):
    def said(lines):
        folder = tmp_path / "so-tay"
        folder.mkdir(exist_ok=True)
        (folder / "program.md").write_text("Điều 1. Phạm vi\n\nQuy chế này nói về sách.\n", "utf-8")
        (folder / "publication.yaml").write_text(f"title: Sổ tay\n{lines}", "utf-8")
        return manuscript.read(folder)[0].settings.ebook

    assert said("") == Ebook("", ("title", "session"))
    assert said(f"ebook: {{address: {SHORT}}}\n") == Ebook(SHORT, ("title", "session"))
    assert said(f"ebook: {{address: {SHORT}, qr: title}}\n") == Ebook(SHORT, ("title",))
    assert said(f"ebook: {{address: {SHORT}, qr: []}}\n") == Ebook(SHORT, ())


# --- drawing --------------------------------------------------------------------------------------


def outlined(figure):
    """The cells that a code's outline fills (nonzero winding), as rows of the whole with its quiet zone."""
    size = int(re.search(rb'viewBox="0 0 (\d+)', figure.data)[1])
    walls = {}  # row → columns where the filling changes, by how much
    for loop in re.findall(rb'fill="black" d="([^"]+)"', figure.data)[0].decode().split("z")[:-1]:
        x, y, rest = re.fullmatch(r"M(\d+) (\d+)(.*)", loop).groups()
        points = [(int(x), int(y))]
        for way, length in re.findall(r"([hv])(-?\d+)", rest):
            here = points[-1]
            points.append((here[0] + int(length), here[1]) if way == "h" else (here[0], here[1] + int(length)))
        for (x1, y1), (x2, y2) in zip(points, [*points[1:], points[0]], strict=True):
            assert x1 == x2 or y1 == y2
            for row in range(min(y1, y2), max(y1, y2)):
                walls.setdefault(row, []).append((x1, 1 if y2 > y1 else -1))
    return [
        [sum(turn for x, turn in walls.get(row, ()) if x <= column) != 0 for column in range(size)]
        for row in range(size)
    ]


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("length", [24, 40, 60, 90, 120, LONGEST])
def test_a_code_is_drawn_as_it_was_reckoned(length, large):
    address = f"{SHORT}/{'a1-' * 50}"[:length]
    way = ways.way(address, "buoi-12", "Mã: {address}", large=large)
    code = segno.make_qr(f"{address}#buoi-12", error="m")
    wanted = [[bool(cell) for cell in row] for row in code.matrix_iter(border=codes.QUIET)]
    assert outlined(way.figure) == wanted
    module = way.width / len(wanted)
    assert module >= ways.LEAST - 1e-9
    assert way.quiet == pytest.approx(codes.QUIET * module, abs=0.002)
    assert way.width <= (30.1 if large else 29.3)
    assert way.figure.alt == f"Mã: {address}#buoi-12"
    assert way.figure.data.count(b"<path") == 2
    assert ways.way(address, "buoi-12", "Mã: {address}", large=large) == way


def test_a_code_is_read_from_a_picture():
    (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(codes.picture(LONG))))
    assert found.text == LONG


@pytest.mark.parametrize("address", ["https://vidu.org/", SHORT, LONG])
def test_a_code_is_read_from_the_lines_of_a_terminal(address):
    """Light on dark: a cell is two dots high, and full blocks are light."""
    lines = codes.code(address).lines()
    dots = {half: pair for pair, half in codes.HALVES.items()}
    rows = [[dots[cell][half] for cell in line] for line in lines for half in (0, 1)]
    screen = Image.new("1", (len(rows[0]), len(rows)))
    screen.putdata([255 if light else 0 for row in rows for light in row])
    (found,) = zxingcpp.read_barcodes(screen.resize((screen.width * 8, screen.height * 8)).convert("L"))
    assert found.text == address


# --- printed --------------------------------------------------------------------------------------

EDITIONS = {
    "A5": ("interleaved", "A5", "normal", "saddle", SHORT),
    "A5, stapled through the side, a long address": ("interleaved", "A5", "normal", "side", LONG),
    "A6": ("so-tay-nho", "A6", "normal", "side", SHORT),
    "large type": ("interleaved", "A4", "large", "saddle", SHORT),
    "handout": ("handout", "A4", "normal", "saddle", SHORT),
    "questions": ("hoi-dap", "vn-13x19", "normal", "saddle", LONG),
    "phone": ("interleaved", "phone", "normal", "saddle", SHORT),
    "no address": ("interleaved", "A5", "normal", "saddle", ""),
    "the title alone": ("interleaved", "A5", "normal", "saddle", SHORT, ("title",)),
}
WITHOUT = ("phone", "no address")
CODED = ("title", "session", "handout")


def publication(address, qr=("title", "session"), name=SAMPLE):
    found = manuscript.read(SAMPLES[name])[0]
    return replace(found, settings=replace(found.settings, ebook=Ebook(address, qr)))


def composed(kind, medium=Medium.PRINT, **changes):
    name, trim, type_, scheme, *ebook = EDITIONS[kind]
    book = publication(*ebook)
    binding = Binding(scheme=scheme)
    edition = replace(
        book.settings.editions[0],
        **{"layout": name, "trim": TRIMS[trim], "type": type_, "binding": binding, "folios_of": "", **changes},
    )
    look = layout.load(name, ROOT / "layouts", Place())
    return composition.compose(book, look, edition, medium, fonts.roles(ROOT / "fonts"))[0]


@cache
def printed(kind):
    """The pages that may carry codes, with a few others behind them."""
    whole = composed(kind)
    leaves = tuple(leaf for leaf in whole.leaves if leaf.kind in CODED)
    return press.print_pdf(replace(whole, leaves=leaves, outline=()))


def seen(pdf, dots, blur=0.0, pages=None):
    """Pages, all or those of these numbers, as pictures of so many dots to the inch."""
    with pypdfium2.PdfDocument(pdf) as document:
        for page in (document[number] for number in (range(len(document)) if pages is None else pages)):
            picture = page.render(scale=dots / 72, grayscale=True).to_pil()
            yield picture.filter(ImageFilter.GaussianBlur(blur)) if blur else picture


def read(picture):
    return sorted(found.text for found in zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode))


def wanted(kind, printing):
    """Page by page, the addresses its codes should lead to."""
    *_, address = [part for part in EDITIONS[kind] if isinstance(part, str)]
    qr = EDITIONS[kind][5] if len(EDITIONS[kind]) > 5 else ("title", "session")
    pages, met = [], set()
    for facts in printing.facts:
        place = facts.leaf.removeprefix("handout-")
        first = facts.leaf not in met and facts.leaf
        met.add(facts.leaf)
        if not first or kind in WITHOUT or ("title" if place == "title" else "session") not in qr:
            pages.append([])
        else:
            pages.append([address if place == "title" else f"{address}#{place}"])
    return pages


@pytest.mark.press
@pytest.mark.parametrize("kind", EDITIONS)
def test_a_reader_of_codes_reads_what_is_wanted(kind):
    printing = printed(kind)
    expected = wanted(kind, printing)
    assert any(expected) == (kind not in WITHOUT)
    assert [read(picture) for picture in seen(printing.pdf, 300)] == expected
    assert {problem.code for problem in printing.problems} <= {"ANCHOR_LOST"}


@pytest.mark.press
@pytest.mark.parametrize("kind", [kind for kind in EDITIONS if kind not in WITHOUT])
def test_it_is_read_from_a_poor_copy(kind):
    printing = printed(kind)
    expected = {number: texts for number, texts in enumerate(wanted(kind, printing)) if texts}
    assert [read(picture) for picture in seen(printing.pdf, 100, 0.6, expected)] == list(expected.values())


@pytest.mark.press
@pytest.mark.parametrize("kind", [kind for kind in EDITIONS if kind not in WITHOUT])
def test_modules_are_large_enough_and_the_zone_around_is_white(kind):
    dots = 600
    met = 0
    assert LONG
    for picture in seen(printed(kind).pdf, dots, pages=(0, 1)):
        for found in zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode):
            met += 1
            corners = found.position
            left, top = corners.top_left.x, corners.top_left.y
            right, bottom = corners.bottom_right.x, corners.bottom_right.y
            modules = segno.make_qr(found.text, error="m").symbol_size(border=0)[0]
            wide = (right - left) / dots * 25.4
            assert wide == pytest.approx((bottom - top) / dots * 25.4, abs=0.1)
            assert wide / modules >= ways.LEAST - 0.01
            reach = math.floor((codes.QUIET - 0.2) * (right - left) / modules)
            around = picture.crop((left - reach, top - reach, right + reach, bottom + reach))
            around.paste(255, (reach - 2, reach - 2, around.width - reach + 2, around.height - reach + 2))
            assert around.getextrema() == (255, 255)
    assert met


@pytest.mark.press
def test_a_code_has_words_for_those_who_do_not_see_it():
    with pikepdf.open(io.BytesIO(printed("A5").pdf)) as document:
        alts = [
            str(each.Alt)
            for each in document.objects
            if isinstance(each, pikepdf.Dictionary) and each.get("/S") == pikepdf.Name.Figure
        ]
        links = {str(each.A.URI) for page in document.pages for each in page.get("/Annots", ()) if "/A" in each}
    sessions = [f"Mã QR mở buổi này trong sách điện tử: {SHORT}#buoi-{number}" for number in (1, 2)]
    assert sorted(alts) == sorted([f"Mã QR mở sách điện tử: {SHORT}", *sessions])
    assert links == {SHORT}


@pytest.mark.press
def test_a_long_address_stays_in_its_column():
    long = encoded(f"https://vidu.org/{'khongngat' * 13}")
    whole = composed("A6")
    leaves = tuple(
        replace(leaf, markup=leaf.markup.replace(SHORT, long).replace(readable(SHORT), readable(long)))
        for leaf in whole.leaves
        if leaf.kind in CODED
    )
    printing = press.print_pdf(replace(whole, leaves=leaves, outline=()))
    assert {problem.code for problem in printing.problems} <= {"ANCHOR_LOST"}


@pytest.mark.press
def test_codes_are_read_from_folded_sheets():
    printing = printed("A5")
    imposed, found = booklet.fold(printing.pdf, Place(), booklet.job(Binding()))
    assert found == ()
    met = [text for file in imposed.files for picture in seen(file.pdf, 300) for text in read(picture)]
    assert sorted(met) == sorted(text for texts in wanted("A5", printing) for text in texts)


@pytest.mark.press
def test_a_print_shop_gets_codes_in_black_alone():
    whole = composed("A5", outputs=("press",))
    leaves = tuple(leaf for leaf in whole.leaves if leaf.kind in CODED)
    printing = press.print_pdf(replace(whole, leaves=leaves, outline=()))
    files = shop.for_shop(printing, whole.edition, whole.metadata)
    assert files.left == ()
    with pikepdf.open(io.BytesIO(files.interior)) as document:
        named = [
            str(operator)
            for page in document.pages
            for part in (page, *page.resources.get("/XObject", pikepdf.Dictionary()).values())
            for _, operator in pikepdf.parse_content_stream(part)
        ]
    assert "g" in named
    assert not {"rg", "RG", "k", "K", "sc", "SC", "scn", "SCN"} & set(named)
    met = [read(picture) for picture in seen(files.interior, 300)]
    assert met[: printing.pages] == wanted("A5", printing)


@pytest.mark.press
def test_what_codes_lead_to_is_in_the_e_book():
    bound = composed("A5", Medium.EBOOK)
    markup = "".join(leaf.markup for leaf in bound.leaves)
    places = [address.partition("#")[2] for page in wanted("A5", printed("A5")) for address in page]
    assert len(places) == 3
    assert [place for place in places if place and f'id="{place}"' not in markup] == []
    assert 'class="qr"' not in markup
    assert SHORT not in markup
    assert bound.figures == {}


def test_without_an_address_nothing_of_it_is_said():
    words = "".join(leaf.markup for leaf in composed("no address").leaves)
    bare = "".join(leaf.markup for leaf in composed("phone").leaves)
    assert not re.search('class="(qr|online|address)"|Đọc trên điện thoại', words)
    assert not re.search('class="(qr|online|address)"|Đọc trên điện thoại', bare)


@pytest.mark.press
@pytest.mark.slow
@pytest.mark.parametrize("kind", ["A5", "large type", "handout"])
def test_verapdf_has_no_remark(kind, tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(printed(kind).pdf)
    assert validators.verapdf(path, "2a", "ua1") == ()
