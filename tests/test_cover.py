"""The cover leaf of a layout as the picture of an e-book: what is seen on it, how it is kept."""

import io
import re
import struct
import zlib
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from library import SAMPLES
from PIL import Image

from builder import composition, fonts, layout, manuscript, press
from builder.press import likeness, plates
from builder.problems import Place
from builder.publication import Organisation
from builder.works import ebooks
from builder.works.asked import Workshop

pytestmark = pytest.mark.press

ROOT = Path(__file__).resolve().parent.parent
LAYOUTS = sorted({file.parent.name for file in (ROOT / "layouts").glob("*/layout.yaml")} - {"base"})
SIZE = (1600, 2400)
DOTS = SIZE[0] / 120  # in a millimetre
MARGIN = 13 * DOTS
SAMPLE = "quy-uoc-thu-vien"
CONTRAST = 7.0  # WCAG 2.2, 1.4.6
TITLES = {
    "one word": "Sổ",
    "capitals": "NGHỊ QUYẾT VỀ ĐỔI MỚI PHƯƠNG THỨC LÃNH ĐẠO",
    "marks on marks": "ỖN ĐỊNH, VỮNG CHẮC, ĐẶC SẮC: ẤN PHẨM HỌC TẬP Ở CƠ SỞ, TỔ CHỨC THỰC HIỆN",
    "200 letters": "Chương trình hành động thực hiện Nghị quyết Đại hội đại biểu lần thứ mười bốn về tiếp tục đổi mới "
    "mạnh mẽ phương thức lãnh đạo, nâng cao năng lực cầm quyền và sức chiến đấu của tổ chức cơ sở ở khu dân cư",
    "400 letters": "Kế hoạch triển khai học tập, quán triệt và tổ chức thực hiện nghị quyết ở khu dân cư năm tới. " * 4,
    "an address": "https://vidu.example.org/mot-dia-chi-rat-dai-khong-ngat-duoc-o-dau-ca",
    "English": "Rules of the Village Library, with Comments for Reading Groups",
}


def sample(name=SAMPLE, **changes):
    publication = manuscript.read(SAMPLES[name])[0]
    return replace(publication, settings=replace(publication.settings, **changes))


def jackets(publication, name="interleaved", **changes):
    edition = replace(publication.settings.editions[0], layout=name, **changes)
    look = layout.load(name, ROOT / "layouts", Place())
    return composition.jacket(publication, look, edition, fonts.roles(ROOT / "fonts"))


def opened(data):
    return Image.open(io.BytesIO(data))


def drawn(covers):
    data, found = press.plate(covers, crew=press.Crew())()
    return opened(data), [problem.code for problem in found]


def inked(picture):
    """The box of what is dark."""
    return picture.convert("L").point(lambda grey: 255 * (grey < 110)).getbbox()


def read(covers):
    """Words as they stand on the page that is drawn, lines' boxes in points (left, low, right, high)."""
    for cover in covers:
        printing = press.print_pdf(cover)
        if printing.pages == 1:
            break
    document = pypdfium2.PdfDocument(printing.pdf)
    page = document[0].get_textpage()
    boxes = [page.get_rect(number) for number in range(page.count_rects())]
    words = page.get_text_range()
    document.close()
    return " ".join(words.split()), boxes


def touching(boxes):
    """Pairs of boxes that overlap by more than a point both ways."""
    return [
        (one, other)
        for number, one in enumerate(boxes)
        for other in boxes[:number]
        if min(one[2], other[2]) - max(one[0], other[0]) > 1 and min(one[3], other[3]) - max(one[1], other[1]) > 1
    ]


def contrast(one, other):
    """WCAG 2.2: contrast of two colours."""
    high, low = sorted((_luminance(each) for each in (one, other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour):
    parts = (value / 255 for value in colour)
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("name", SAMPLES)
def test_a_cover_is_a_picture_any_reader_can_draw(name):
    data, found = press.plate(jackets(sample(name)), crew=press.Crew())()
    picture = opened(data)
    assert (picture.format, picture.size, picture.mode) == ("JPEG", SIZE, "RGB")
    assert "progressive" not in picture.info
    assert b"\xff\xc0" in data
    assert b"\xff\xc2" not in data
    assert len(data) <= likeness.LARGEST
    assert found == ()


@pytest.mark.parametrize("title", TITLES)
def test_nothing_on_a_cover_leaves_the_margins_or_meets_anything_else(title):
    covers = jackets(sample(title=TITLES[title].strip()))
    picture, found = drawn(covers)
    assert found == []
    left, top, right, bottom = inked(picture)
    assert left > MARGIN - 0.02 * SIZE[0]
    assert right < SIZE[0] - MARGIN + 0.02 * SIZE[0]
    assert top > MARGIN - 0.02 * SIZE[0]
    assert bottom < SIZE[1] - 12 * DOTS + 4
    words, boxes = read(covers)
    assert TITLES[title].strip().replace(" ", "") in words.replace(" ", "").replace("\ufffe", "-")
    assert touching(boxes) == []


def test_a_cover_says_what_the_words_about_it_say():
    covers = jackets(sample())
    said = composition.said(covers[0])
    assert said == (
        "Nhà văn hóa thôn Đông. Tổ quản lý thư viện. Sổ tay bạn đọc. Quy ước thư viện thôn Đông. Bản mẫu có giải thích."
        " Năm 2026. LƯU HÀNH NỘI BỘ"
    )
    assert Counter(read(covers)[0].split()) == Counter(said.replace(".", "").split())


def test_the_cover_of_a_book_in_english_is_in_english():
    said = composition.said(jackets(sample(language="en", period=""))[0])
    assert said.endswith(". Year 2026. FOR INTERNAL USE")


def test_a_cover_with_a_title_alone_has_a_title_alone():
    bare = sample(subtitle="", kind="", period="", date=None, organisation=Organisation(), imprint_profile="xuat-ban")
    assert composition.said(jackets(bare)[0]) == "Quy ước thư viện thôn Đông"
    assert drawn(jackets(bare))[1] == []


def test_words_of_a_cover_are_read_whatever_their_elements_are():
    (cover, *_) = jackets(sample())
    markup = "<section><h1>Quy ước<br/>thư <em>viện</em></h1><div>Thôn\nĐông.<p>2026</p></div></section>"
    other = replace(cover, leaves=(replace(cover.leaves[0], markup=markup),))
    assert composition.said(other) == "Quy ước thư viện. Thôn Đông. 2026"


def test_the_book_of_one_session_says_which():
    publication = sample()
    for session in publication.sessions[:2]:
        (cover, *_) = jackets(replace(publication, sessions=(session,)), per="session")
        assert f"Buổi {session.number}. " in composition.said(cover)
    assert "Buổi" not in composition.said(jackets(publication)[0])


def test_a_title_that_no_cover_has_room_for_is_told_of():
    assert drawn(jackets(sample(title="Nghị quyết về đổi mới phương thức lãnh đạo " * 40)))[1] == ["LEAF_LONG"]


@pytest.mark.parametrize("name", LAYOUTS)
def test_ink_stands_out_from_every_layouts_stock(name):
    picture, found = drawn(jackets(sample("specimen"), name))
    assert found == []
    corners = {picture.getpixel((x, y)) for x in (0, SIZE[0] - 1) for y in (0, SIZE[1] - 1)}
    assert len(corners) == 1, "the stock does not reach the edges"
    darkest = min(picture.get_flattened_data(), key=sum)
    assert contrast(darkest, corners.pop()) >= CONTRAST


def test_neighbours_on_a_shelf_have_stocks_of_their_own():
    publication = sample()
    stocks = {
        cover.stylesheet.partition("\n")[0]
        for cover in (jackets(replace(publication, slug=f"so-{number}"))[0] for number in range(24))
    }
    assert stocks == {f":root {{ --stock: var(--stock-{number}) }}" for number in range(1, 7)}
    named = dict(_stocks(jackets(publication)[0].stylesheet))
    assert len(set(named.values())) == len(named) == 6
    assert all(contrast(colour, (0, 0, 0)) >= CONTRAST for colour in named.values())


def _stocks(css):
    """Yield the stocks a stylesheet names: name, colour."""
    for name, colour in re.findall(r"(--stock-\d+):\s*#([0-9a-f]{6})", css):
        yield name, tuple(bytes.fromhex(colour))


def test_a_layout_may_have_a_stock_of_its_own():
    publication = sample()
    look = layout.load("interleaved", ROOT / "layouts", Place())
    own = look.stylesheets["print-ebook-cover"] + ":root { --stock: #102030; --ink: #fff }"
    look = replace(look, stylesheets={**look.stylesheets, "print-ebook-cover": own})
    edition = publication.settings.editions[0]
    picture, _ = drawn(composition.jacket(publication, look, edition, fonts.roles(ROOT / "fonts")))
    assert max(abs(a - b) for a, b in zip(picture.getpixel((3, 3)), (0x10, 0x20, 0x30), strict=True)) <= 2
    assert max(map(sum, picture.get_flattened_data())) > 3 * 240, "the words are white"


class Kept(dict):
    put = dict.__setitem__


def test_a_cover_is_the_same_by_whomever_it_is_drawn_and_is_drawn_once(monkeypatch):
    covers, cache = jackets(sample()), Kept()
    with press.Crew(2) as crew:
        away = press.plate(covers, crew=crew, cache=cache)
        assert not cache, "it is drawn besides"
        apart = away()
    here = press.plate(covers, crew=press.Crew())()
    assert apart == here
    assert list(cache.values()) == [here[0]]
    asked = []
    monkeypatch.setattr(plates, "drawn", lambda compositions: (b"anew", asked.append(compositions) or ()))
    assert press.plate(covers, crew=press.Crew(), cache=cache)() == here
    others = jackets(sample(title="Tên khác"))
    assert press.plate(others, crew=press.Crew(), cache=cache)() == (b"anew", ())
    assert asked == [others]


def test_a_crew_sent_home_leaves_no_cover_undrawn():
    covers = jackets(sample())
    crew = press.Crew(2)
    away = press.plate(covers, crew=crew)
    crew.close()
    assert away()[0] == press.plate(covers, crew=press.Crew())()[0]


def test_the_works_hand_the_binder_picture_and_words():
    publication = sample()
    edition = publication.settings.editions[0]
    look = layout.load(edition.layout, ROOT / "layouts", Place())
    workshop = Workshop(ROOT / "layouts", ROOT / "fonts")
    cover, found = ebooks.cover(publication, look, edition, fonts.roles(ROOT / "fonts"), workshop)()
    assert opened(cover.picture).size == SIZE
    assert cover.words.startswith("Nhà văn hóa thôn Đông. Tổ quản lý thư viện. Sổ tay bạn đọc. Quy ước")
    assert found == ()


def _chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _png(size=(60, 90), after=b""):
    file = io.BytesIO()
    Image.new("RGB", size, "red").save(file, "PNG")
    whole, end = file.getvalue(), _chunk(b"IEND", b"")
    return whole.removesuffix(end) + after + end


def test_a_small_picture_is_drawn_of_a_large_one_and_none_of_what_is_broken():
    drawn, size = likeness.reduced(_png(), 20)
    assert size == (60, 90)
    assert Image.open(io.BytesIO(drawn)).size == (20, 30)
    for bad in (b"", b"x", _png()[:-20], _png(after=_chunk(b"iCCP", b"")), _png().replace(b"IDAT", b"IDAX")):
        with pytest.raises(ValueError, match="no picture"):
            likeness.reduced(bad, 20)
