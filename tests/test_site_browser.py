"""The site in a browser: its search, where a printed code leads, a download, phones, the dark, large type, no script.

A picture of each look at it is left in the folder ``ANPHAM_LOOKS`` names, if it names one.
"""

import hashlib
import threading
import unicodedata
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import catalogues
import pytest
import validators
from validators import opened

from builder import fonts
from builder.vietnamese.slug import slug
from builder.vietnamese.syllable import Style, all_syllables, restyle

PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 800}
NONE = "Không tìm thấy ấn phẩm nào. Thử ít chữ hơn, hoặc bỏ bớt lựa chọn."
STRICT = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
PAGES = {
    "front": "index.html",
    "publication": "quy-uoc-thu-vien/index.html",
    "hostile": "ky-tu-la/index.html",
    "long": "dau-de-dai/index.html",
    "no e-book": "thong-bao/index.html",
    "nothing": "trong/index.html",
    "another tongue": "library-rules/index.html",
}

pytestmark = pytest.mark.slow


class Handler(SimpleHTTPRequestHandler):
    """A server of files that forbids what strict ones forbid."""

    def end_headers(self):
        self.send_header("Content-Security-Policy", STRICT)
        super().end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def shelf():
    ordinary = map(catalogues.ordinary, range(70))
    return catalogues.catalogue(catalogues.full(), *catalogues.trying(), *ordinary, address=catalogues.ADDRESS)


@pytest.fixture(scope="module")
def site(shelf, root, tmp_path_factory):
    roles = fonts.roles(root / "fonts")
    faces = fonts.cast([cut for cut in roles.ebook_cuts if cut.family == roles.family["heads"]], frozenset())
    return catalogues.written(shelf, tmp_path_factory.mktemp("site"), faces)


@pytest.fixture(scope="module")
def served(site):
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=site))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="module", params=["file", "http"])
def address(request, site, served):
    return served if request.param == "http" else f"{site.as_uri()}/"


@pytest.fixture(scope="module")
def window(chromium):
    """A window of the browser; what drives it may do what the site may not."""
    with opened(chromium, viewport=DESK, bypass_csp=True) as page:
        yield page.context


@pytest.fixture
def desk(window):
    """A page of the browser on which nothing may go wrong."""
    page, wrong = window.new_page(), []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    yield page
    page.close()
    assert wrong == []


# --- the search -----------------------------------------------------------------------------------


def searched(page, words):
    """Type words; return the folders found, in their order, and the words the reader is told."""
    page.fill("#_chu", words)
    page.wait_for_function("words => new URLSearchParams(location.search).get('tim') === words", arg=words)
    page.wait_for_function(
        "!document.querySelector('#_ket-qua[hidden], #_ket-qua[aria-busy]')"
        " && !document.getElementById('_bao').textContent.includes('…')"
    )
    found = page.eval_on_selector_all("#_ket-qua > ol > li", "cards => cards.map((card) => card.dataset.slug)")
    return found, page.inner_text("#_bao")


TYPED = (
    ("quy ước thư viện", "quy-uoc-thu-vien", 4),  # a document of three more
    ("quy uoc thu vien", "quy-uoc-thu-vien", 4),
    (unicodedata.normalize("NFD", "Quy ước thư viện"), "quy-uoc-thu-vien", 4),
    ("  QUY   ƯỚC, thư-viện!", "quy-uoc-thu-vien", 4),
    ("05-QƯ/TĐ", "quy-uoc-thu-vien", 4),
    ("quy ước 5", "quy-uoc-thu-vien", 4),
    ("vien thu uoc", "quy-uoc-thu-vien", 4),
    ("quy uo", "quy-uoc-thu-vien", 4),
    ("nghị quyết 05", "tai-lieu-5", 14),  # Điều 5 of all others,
    ("rules village", "library-rules", 1),
    ("đề cương", "dau-de-dai", 2),
    ("không có chữ này", None, 0),
)


def test_a_publication_is_found_however_its_words_are_typed(desk, address):
    desk.goto(f"{address}index.html")
    for words, first, count in TYPED:
        found, told = searched(desk, words)
        assert (found[0] if found else None, len(found)) == (first, count), words
        assert told == (f"Tìm thấy {count} ấn phẩm." if count else NONE), words
        assert desk.is_hidden("#_danh-sach")


def test_words_with_tones_find_first_what_has_these_tones(desk, served):
    desk.goto(f"{served}index.html")
    toned = [searched(desk, words)[0] for words in ("hoà giải", "hòa giải", "hoa giai")]
    assert toned[0] == toned[1]
    assert sorted(toned[0]) == sorted(toned[2])
    desk.fill("#_chu", "Bao lụt")
    assert searched(desk, "bảo lụt")[0] == searched(desk, "bao lut")[0]  # none has these: all that are like it
    first = desk.evaluate(
        """([typed, texts]) => {
            const title = (text) => ({ texts: [text, ""], folded: [text, ""].map(SEARCH.folded), headings: [] });
            const hits = texts.map((text) => SEARCH.weighed(SEARCH.asked(typed), title(text))).filter(Boolean);
            return hits.filter((hit) => hit.exact).map((hit) => hit.title.texts[0]);
        }""",
        ["đảng ", ["Dạng bài", "Đảng bộ", "Đang họp", "Đãng trí"]],
    )
    assert first == ["Đảng bộ"]


def test_a_heading_is_found_and_leads_to_its_place(desk, address):
    desk.goto(f"{address}index.html")
    found, _ = searched(desk, "quy ước hoa giai co so")
    assert found == ["quy-uoc-thu-vien", "ky-tu-la", "dau-de-dai", "library-rules"]
    desk.click("#_ket-qua >> text=Chương II. Hòa giải ở cơ sở >> nth=0")
    desk.wait_for_url("**/quy-uoc-thu-vien/doc/index.html#chuong-2")
    desk.go_back()
    desk.wait_for_selector("#_ket-qua li")
    assert desk.input_value("#_chu") == "quy ước hoa giai co so"


def test_publications_are_chosen_by_kind_and_period_and_the_address_remembers(desk, served):
    desk.goto(f"{served}index.html")
    desk.select_option("select[name=loai]", "Nghị quyết")
    desk.wait_for_selector("#_ket-qua li")
    assert desk.inner_text("#_bao") == "Tìm thấy 14 ấn phẩm."
    desk.select_option("select[name=ky]", "Quý I/2026")
    desk.wait_for_function("document.getElementById('_bao').textContent === 'Tìm thấy 4 ấn phẩm.'")
    found, _ = searched(desk, "bão lụt")
    assert found == ["tai-lieu-40", "tai-lieu-0", "tai-lieu-20", "tai-lieu-60"]  # by its title, by their headings
    again = desk.url
    desk.goto("about:blank")
    desk.goto(again)
    desk.wait_for_function("document.getElementById('_bao').textContent === 'Tìm thấy 4 ấn phẩm.'")
    assert desk.locator("#_ket-qua > ol > li").count() == 4
    desk.click("text=Xóa, xem tất cả")
    desk.wait_for_selector("#_danh-sach:visible")
    assert (desk.url, desk.inner_text("#_bao")) == (f"{served}index.html", "")


def test_the_search_goes_by_keys_alone_and_says_what_it_found(desk, served):
    desk.goto(f"{served}index.html")
    desk.keyboard.press("Tab")
    assert desk.evaluate("document.activeElement.className") == "skip"
    desk.focus("#_chu")
    desk.keyboard.type("chuong trinh")
    desk.keyboard.press("Enter")
    desk.wait_for_function("document.activeElement.textContent === 'Kết quả tìm'")
    desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/tai-lieu-*/index.html")


def test_many_results_are_shown_by_and_by(desk, served):
    desk.goto(f"{served}index.html")
    assert len(searched(desk, "chi bo")[0]) == 30
    desk.click("text=Xem thêm")
    assert desk.locator("#_ket-qua > ol > li").count() == 60
    assert desk.evaluate(
        "document.activeElement.closest('li') === document.querySelectorAll('#_ket-qua > ol > li')[30]"
    )


def test_a_stick_that_lost_a_file_says_so_and_still_shows_what_it_has(chromium, served):
    with opened(chromium, viewport=DESK) as page:
        page.route("**/search-1.js", lambda route: route.abort())
        page.goto(f"{served}index.html")
        page.fill("#_chu", "nghị quyết")
        failed = page.locator("#_bao", has_text="Không đọc được một tệp tìm kiếm")
        failed.wait_for()
        assert page.locator("#_ket-qua > ol > li").count() == 14
        page.route("**/search.js", lambda route: route.abort())
        page.goto(f"{served}index.html")
        page.fill("#_chu", "nghị quyết")
        failed.wait_for()
        assert page.is_visible("#_danh-sach")
        assert page.locator("[aria-busy]").count() == 0


def test_letters_are_folded_by_the_same_rule_here_and_in_the_program(desk, served):
    desk.goto(f"{served}index.html")
    words = sorted(all_syllables())[::7]
    assert len(words) > 500
    texts = ["Số 05-NQ/TW", "Đắk Lắk", "ĐỒNG", "ﬁnal", "Café №1", "ngh\u1ecb quy\u00ea\u0301t", "a\u0323\u0302", *words]
    texts += [unicodedata.normalize("NFD", each) for each in words]
    folded = desk.evaluate("texts => texts.map((text) => SEARCH.folded(text).trim())", texts)
    assert folded == [slug(each).replace("-", " ").replace("05", "5") for each in texts]
    assert len(set(desk.evaluate("texts => texts.map(SEARCH.exact)", words))) == len(
        {restyle(each, Style.OLD) for each in words}
    )
    pairs = [(restyle(each, Style.OLD), restyle(each, Style.NEW)) for each in words]
    assert any(old != new for old, new in pairs)
    assert (
        desk.evaluate("pairs => pairs.filter(([old, young]) => SEARCH.exact(old) !== SEARCH.exact(young))", pairs) == []
    )


# --- the ways of a publication's page -------------------------------------------------------------


def test_a_printed_code_leads_straight_on_to_its_place(desk, address):
    desk.goto(f"{address}index.html")
    page = f"{address}quy-uoc-thu-vien/"
    for asked, reached in (
        ("#chuong-2", "#chuong-2"),
        ("#chuong-1.dieu-2", "#chuong-1.dieu-2"),
        ("?trang=12", "?trang=12"),
    ):
        desk.goto(f"{page}index.html{asked}")
        desk.wait_for_url(f"{page}doc/index.html{reached}")
        desk.go_back()
        desk.wait_for_url(f"{address}index.html")
    desk.goto(f"{page}index.html#_muc-luc")
    desk.goto(f"{address}thong-bao/index.html#chuong-2")
    desk.wait_for_timeout(200)
    assert desk.url == f"{address}thong-bao/index.html#chuong-2"


def test_without_a_script_everything_is_there(chromium, served, look):
    with opened(chromium, viewport=PHONE, java_script_enabled=False) as page:
        page.goto(f"{served}index.html")
        assert (page.is_visible("#_tim"), page.is_visible("#_bao"), page.locator(".card").count()) == (False, False, 76)
        page.click("nav.years >> text=2025")
        assert page.url.endswith("#_2025")
        page.goto(f"{served}quy-uoc-thu-vien/index.html#chuong-2")
        look(page, "no-script", full_page=True)
        assert page.url.endswith("#chuong-2")
        assert page.locator(".contents :target").inner_text().startswith("Chương II. Hòa giải ở cơ sở")


def test_a_download_is_what_its_checksum_says(desk, served, shelf):
    desk.goto(f"{served}quy-uoc-thu-vien/index.html")
    with desk.expect_download() as begun:
        desk.click(".devices >> text=EPUB >> nth=0")
    data = Path(begun.value.path()).read_bytes()
    desk.click("summary >> text=Mã SHA-256")
    told = desk.inner_text(".sums div:has-text('quy-uoc-thu-vien-nguoi-du.epub') >> nth=0")
    assert hashlib.sha256(data).hexdigest() == shelf.titles[0].offers[0].files[0].sha256
    assert begun.value.suggested_filename in told
    assert hashlib.sha256(data).hexdigest() in told


def test_whoever_is_on_a_network_is_told_the_address_to_type(chromium, tmp_path):
    catalogues.written(catalogues.catalogue(catalogues.ordinary(1)), tmp_path)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=tmp_path))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    near, far = tmp_path.as_uri(), f"http://127.0.0.1:{server.server_port}"
    with opened(chromium) as page:
        page.goto(f"{near}/index.html?tim=so")
        assert "chưa có địa chỉ" in page.inner_text(".apps")
        page.goto(f"{far}/?tim=so")
        assert page.inner_text("code >> nth=0") == f"{far}/opds/index.xml"
        assert "chưa có địa chỉ" not in page.inner_text(".apps")
    server.shutdown()
    server.server_close()


# --- how it looks ---------------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_offends_the_rules_of_accessibility_or_is_wider_than_a_phone(chromium, served, look, scheme):
    with opened(chromium, viewport=PHONE, color_scheme=scheme, bypass_csp=True) as page:
        for name, path in PAGES.items():
            page.goto(f"{served}{path}")
            assert validators.axe(page) == (), name
            assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], name
            look(page, f"{name}-{scheme}", full_page=True)
        page.goto(f"{served}index.html?tim=hoa+giai")
        page.wait_for_selector("#_ket-qua .inside")
        assert validators.axe(page) == ()
        look(page, f"search-{scheme}", full_page=True)


def test_at_twice_the_size_no_page_is_wider_than_a_phone(chromium, served, look):
    with opened(chromium, viewport=PHONE) as page:
        for name, path in PAGES.items():
            page.goto(f"{served}{path}")
            page.evaluate("document.styleSheets[0].insertRule('html { font-size: 32px }', 0)")
            assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], name
            look(page, f"{name}-large", full_page=True)


def test_nothing_moves_while_a_page_comes_in(chromium, served):
    watch = """shifts = 0; new PerformanceObserver((list) => {
        for (const each of list.getEntries()) shifts += each.value;
    }).observe({ type: "layout-shift", buffered: true })"""
    with opened(chromium, viewport=PHONE) as page:
        page.add_init_script(f"window.shifts = 0; {watch}")
        for path in ("index.html", "quy-uoc-thu-vien/index.html"):
            page.goto(f"{served}{path}", wait_until="networkidle")
            assert page.evaluate("shifts") < 0.02, path


def test_nothing_is_asked_of_another_place_or_forbidden_by_a_strict_server(chromium, served):
    with opened(chromium, viewport=DESK) as page:
        asked, said = [], []
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: said.append(message.text))
        for path in PAGES.values():
            page.goto(f"{served}{path}", wait_until="networkidle")
        page.goto(f"{served}index.html")
        page.fill("#_chu", "hoa giai")
        page.wait_for_selector("#_ket-qua .inside")
        assert f"{served}search-1.js" in asked
        assert said == []
        assert [each for each in asked if not each.startswith(served)] == []
