"""The web edition in a browser: printed pages are found, it is read without a script, at any size, on any ground.

A picture of each look at it is left in the folder ``ANPHAM_LOOKS`` names, if it names one.
"""

import mimetypes
import re
from contextlib import contextmanager
from itertools import pairwise

import pytest
import validators
from page_starts import Page
from readback import bare
from test_ebook_reader import CONTRAST, PALEST
from test_page_starts import is_begun
from validators import opened

from builder.site import pages, reading
from builder.site.books import opened as book_of
from builder.site.words import words

NAME, EDITION = "specimen", "nguoi-du"
HOUSE = "http://anpham.test"
FOLDER = f"{HOUSE}/mau/doc/"
PHONE, DESK = {"width": 360, "height": 700}, {"width": 1280, "height": 800}
POLICY = {"Content-Security-Policy": "default-src 'self'"}
SCARED = """for (const name of ["localStorage", "sessionStorage"])
    Object.defineProperty(window, name, { get() { throw new DOMException("no", "SecurityError"); } });"""
SIZE = "parseFloat(getComputedStyle(document.querySelector('main')).fontSize)"
GROUND = "getComputedStyle(document.body).backgroundColor"
# Where a printed page begins on the screen, and the letters that follow there.
BEGINS = """(label) => {
    const mark = [...document.querySelectorAll("[data-page]")].find((each) => each.dataset.page === label);
    const strange = ".web-page, .added, .noteref, .footnotes, [role=doc-backlink], [role=doc-index] a";
    const walk = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
    walk.currentNode = mark;
    let words = "", top = null;
    while (words.length < 400 && walk.nextNode()) {
        const node = walk.currentNode;
        if (!node.data.trim() || node.parentElement.closest(strange)) continue;
        if (top === null) {
            const range = document.createRange();
            const first = node.data.search(/\\S/);
            range.setStart(node, first);
            range.setEnd(node, first + 1);
            top = range.getBoundingClientRect().top;
        }
        words += ` ${node.data}`;
    }
    const bar = document.querySelector(".web-bar").getBoundingClientRect().bottom;
    const [focus, target] = [document.activeElement === mark, mark.matches(":target")];
    return { words, below: top - bar, focus, target, index: Boolean(mark.closest("[role=doc-index]")) };
}"""

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def book(library):
    (book,) = library.books(NAME, EDITION)
    return book


@pytest.fixture(scope="module")
def files(book):
    """The site as far as a reader of this book sees it: path → bytes."""
    made = reading.edition(book_of(book.epub), words("vi"), root="../../", back="../index.html", source="bản in A5")
    site = {f"/mau/doc/{path}": data for path, data in made.files.items()}
    site |= {f"/fonts/{path}": data for path, data in made.fonts.items()}
    everywhere = {**pages.shared(), **reading.shared()}
    return site | {f"/{path}": data for path, data in everywhere.items()} | {"/mau/index.html": b"<p>back</p>"}


@pytest.fixture(scope="module")
def visit(chromium, files):
    """Open the web edition: a page of the browser that gets nothing but what the site has."""

    @contextmanager
    def visit(address="", **options):
        with opened(chromium, **{"viewport": PHONE} | options) as page:
            asked, said = [], []
            page.context.route("**/*", lambda route: serve(route, asked))
            page.on("pageerror", lambda error: said.append(str(error)))
            page.on("console", lambda message: said.append(message.text))
            page.goto(f"{FOLDER}{address}", wait_until="load")
            yield page
            assert [url for url in asked if not url.startswith(f"{HOUSE}/")] == []
            assert said == []

    def serve(route, asked):
        url = route.request.url
        asked.append(url)
        path = re.sub(r"[?#].*", "", url.removeprefix(HOUSE))
        path += "index.html" * path.endswith("/")
        kind = mimetypes.guess_type(path)[0] or "font/woff"
        if path in files:
            route.fulfill(body=files[path], content_type=kind, headers=POLICY)
        else:
            route.fulfill(status=404)

    return visit


def wait_for(page, true):
    """Wait until something is true (Playwright's own waiting is what the site's policy forbids)."""
    for _ in range(100):
        if page.evaluate(true):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"never: {true}")


def width(page):
    return page.evaluate("document.fonts.ready.then(() => document.scrollingElement.scrollWidth)")


# --- printed pages --------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_every_printed_page_is_led_to_where_its_first_words_are(size, visit, book, look):
    printed = {label: number for number, label in enumerate(book.printed.labels)}
    with visit(viewport=size) as page:
        labels = page.evaluate("[...document.querySelectorAll('[data-page]')].map((mark) => mark.dataset.page)")
        assert len(labels) > 15
        last = len(labels) - 3  # those at the foot cannot come to the top
        for label in labels[:: 1 if size is PHONE else 4]:
            page.goto(f"{FOLDER}?trang={label}")
            found = page.evaluate(BEGINS, label)
            blocks = Page.read(book.printed, printed[label], book.words).blocks
            blocks = blocks[:2] if found["index"] else blocks  # print tells pages there
            assert is_begun(bare(found["words"]).casefold(), blocks, book.words), label
            assert (found["focus"], found["target"]) == (True, True), label
            if labels.index(label) < last:
                assert 0 <= found["below"] <= 90, label
            if label == "12":
                look(page, f"trang-12-{size['width']}")


def test_a_page_that_there_is_not_is_said_kindly_and_the_nearest_shown(visit, look):
    with visit("?trang=99") as page:
        told = page.locator("#_bao").inner_text()
        assert "không có trang 99" in told
        assert page.url.endswith("#tr25")
        look(page, "missing")
        page.get_by_role("button", name="Đóng").click()
        assert page.locator("#_bao").is_hidden()
        for asked, shown in (("5", "tr4"), ("000", "tr3"), (" 12 ", "tr12")):
            page.goto(f"{FOLDER}?trang={asked}")
            assert page.url.endswith(f"#{shown}")
        page.goto(f"{FOLDER}?trang=99")
        page.locator("summary").click()
        page.get_by_label("Tới trang").fill("14")
        page.keyboard.press("Enter")
        assert page.url.endswith("#tr14")
        assert page.locator("#_bao").is_hidden()


def test_what_is_no_page_at_all_is_said_and_the_reader_stays_where_he_is(visit):
    with visit("?trang=abc") as page:
        assert "không có trang nào là “abc”" in page.locator("#_bao").inner_text()
        assert (page.evaluate("scrollY"), "#" in page.url) == (0, False)
        page.goto(f"{FOLDER}?trang=%3Cb%3E$%26%3C/b%3E")
        assert "“<b>$&</b>”" in page.locator("#_bao").inner_text()
        assert page.locator("#_bao b").count() == 0


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_pages_that_begin_at_one_place_are_told_one_below_the_other(size, visit):
    with visit("?trang=12", viewport=size) as page:
        boxes = page.evaluate("""() => {
            const mark = document.querySelector("[data-page='12']");
            const marks = [mark, mark.cloneNode(true), mark.cloneNode(true)];
            mark.after(...marks.slice(1));
            return marks.map((each) => each.firstElementChild.getBoundingClientRect().toJSON());
        }""")
        for above, below in pairwise(boxes):
            assert 16 <= below["top"] - above["top"] <= 40  # their words are 13 high


def test_a_way_that_names_a_place_goes_before_one_that_names_a_page(visit):
    with visit("?trang=12#index") as page:
        assert page.url.endswith("#index")
        assert page.locator("#_bao").is_hidden()


def test_a_page_is_gone_to_by_its_number_and_back_again(visit):
    with visit() as page:
        page.get_by_role("group").locator("summary").click()
        page.get_by_label("Tới trang").fill("14")
        page.keyboard.press("Enter")
        assert page.url.endswith("#tr14")
        assert page.evaluate(BEGINS, "14")["focus"]
        assert not page.locator("details").evaluate("(tools) => tools.open")
        page.go_back()
        wait_for(page, "scrollY === 0")


def test_a_place_is_never_under_the_bar(visit, book):
    anchors = [heading.anchor for heading in book_of(book.epub).described.outline]
    below = """(id) => document.getElementById(id).getBoundingClientRect().top
        - document.querySelector(".web-bar").getBoundingClientRect().bottom"""
    for size in ({"width": 320, "height": 480}, DESK):
        with visit(viewport=size) as page:
            for anchor in anchors:
                page.goto(f"{FOLDER}#{anchor}")
                assert page.evaluate(below, anchor) >= 0


# --- with and without a script --------------------------------------------------------------------


def test_without_a_script_everything_is_read_and_every_way_leads_there(visit, look):
    with visit(java_script_enabled=False) as page:
        assert page.locator("#_cong-cu").is_hidden()
        assert page.get_by_role("heading", level=1).first.is_visible()
        page.get_by_role("link", name="Mục lục", exact=True).click()
        assert page.url.endswith("#toc")
        page.locator("main .nav a").nth(5).click()
        assert not page.url.endswith("#toc")
        page.get_by_role("link", name="Trang in", exact=True).click()
        page.get_by_role("link", name="12", exact=True).click()
        assert page.url.endswith("#tr12")
        look(page, "no-script")
        page.locator('[role="doc-noteref"]').first.click()
        note = page.url.partition("#")[2]
        page.locator(f"[id='{note}'] [role='doc-backlink']").click()
        assert page.url.endswith(f"{note}-call")
        page.get_by_role("link", name="Về trang sách", exact=True).click()
        assert page.url == f"{HOUSE}/mau/index.html"


def test_size_and_ground_are_kept(visit, look):
    with visit() as page:
        page.locator("summary").click()
        look(page, "tools")
        steps = [page.get_by_label("Chữ nhỏ hơn"), page.get_by_label("Chữ lớn hơn")]
        sizes = []
        for _ in range(5):
            sizes.append((page.locator("output").inner_text(), page.evaluate(SIZE)))
            steps[1].click(force=True)  # also where there is no larger
        assert [said for said, _ in sizes] == ["100 %", "125 %", "150 %", "200 %", "200 %"]
        assert [round(size) for _, size in sizes] == [17, 21, 25, 32, 32]
        page.get_by_label("Ngà").check()
        page.keyboard.press("Escape")
        assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
        page.reload()
        assert page.evaluate(SIZE) == 32
        assert page.evaluate(GROUND) == "rgb(247, 240, 223)"
        page.locator("summary").click()
        assert page.get_by_label("Ngà").is_checked()
        for _ in range(4):
            steps[0].click(force=True)
        assert page.locator("output").inner_text() == "100 %"


def test_the_place_where_reading_stopped_is_offered(visit):
    with visit() as page:
        assert page.locator("#_bao").is_hidden()
        page.evaluate("document.getElementById('tr14').scrollIntoView()")
        wait_for(page, "Object.keys(localStorage).some((key) => key.startsWith('doc:place:'))")
        page.goto("about:blank")
        page.goto(FOLDER)
        page.get_by_role("link", name="Đọc tiếp chỗ lần trước").click()
        assert abs(page.evaluate(BEGINS, "14")["below"]) < 200
        assert page.locator("#_bao").is_hidden()
        page.goto(f"{FOLDER}?trang=12")
        assert page.locator("#_bao").is_hidden()


def test_where_nothing_can_be_kept_everything_else_works(visit):
    with visit() as page:
        page.add_init_script(SCARED)
        page.goto(f"{FOLDER}?trang=12")
        assert page.evaluate(BEGINS, "12")["focus"]
        page.locator("summary").click()
        page.get_by_label("Chữ lớn hơn").click()
        assert page.locator("output").inner_text() == "125 %"


def test_a_stick_carries_it(chromium, files, tmp_path):
    for path, data in files.items():
        target = tmp_path / path.removeprefix("/")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    with opened(chromium, viewport=PHONE) as page:
        page.goto(f"{(tmp_path / 'mau/doc/index.html').as_uri()}?trang=12")
        found = page.evaluate(BEGINS, "12")
        assert (found["focus"], found["target"]) == (True, True)
        faces = page.evaluate("document.fonts.ready.then(() => [...document.fonts].map((face) => face.status))")
        assert "loaded" in faces
        assert "error" not in faces


# --- how it looks ---------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_nothing_is_wider_than_the_screen_at_any_size_of_type(size, visit, look):
    with visit(viewport=size) as page:
        for percent in (100, 125, 150, 200):
            page.evaluate("(size) => document.documentElement.setAttribute('data-size', size)", percent)
            assert width(page) <= size["width"], percent
            look(page, f"{percent}-{size['width']}")
        page.set_viewport_size({"width": 320, "height": 700})
        page.locator("summary").click()
        assert page.locator(".web-panel").bounding_box()["x"] >= 0


GROUNDS = {"light": ("light", ""), "dark": ("dark", ""), "ivory": ("dark", "ivory"), "chosen": ("light", "dark")}


@pytest.mark.parametrize("ground", GROUNDS)
def test_it_can_be_read_on_every_ground(ground, visit, look):
    scheme, chosen = GROUNDS[ground]
    with visit("?trang=12", color_scheme=scheme) as page:
        if chosen:
            page.evaluate("(ground) => document.documentElement.setAttribute('data-ground', ground)", chosen)
        page.locator("summary").click()
        assert page.evaluate(PALEST.replace("LEAST", str(CONTRAST))) == []
        red, green, blue = map(
            int, re.findall(r"\d+", page.evaluate("getComputedStyle(document.body).backgroundColor"))
        )
        assert (max(red, green, blue) < 60) == (ground in ("dark", "chosen"))
        look(page, ground)


@pytest.mark.parametrize(("size", "scheme"), [(PHONE, "light"), (DESK, "dark")], ids=["phone", "desk"])
def test_axe_objects_to_nothing(size, scheme, visit):
    with visit("?trang=99", viewport=size, color_scheme=scheme) as page:
        page.locator("summary").click()
        assert validators.axe(page) == ()


def test_the_browser_nests_what_the_e_book_nests(visit, book):
    parts = book_of(book.epub)
    shown = [parts.parts[name].decode() for name in parts.documents if "cover" not in name]
    with visit() as page:
        strange = page.evaluate(
            """(documents) => {
                const names = (root, marks) => [...root.querySelectorAll("*")]
                    .filter((each) => !each.closest(marks)).map((each) => each.localName).join(" ");
                const sheets = [...document.querySelectorAll(".web-sheet")];
                return documents.flatMap((text, number) => {
                    const read = new DOMParser().parseFromString(text, "application/xhtml+xml");
                    const there = names(read.body, "[role=doc-pagebreak], nav[hidden]");
                    return names(sheets[number], ".web-page") === there ? [] : [number];
                });
            }""",
            shown,
        )
        assert strange == []


def test_the_keyboard_comes_to_everything_and_first_to_the_text(visit):
    with visit(viewport=DESK) as page:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Đến nội dung"
        assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "_doc"


def test_who_comes_into_the_bar_keeps_the_place(visit):
    with visit("?trang=12") as page:
        before = page.evaluate("scrollY")
        page.locator("summary").focus()
        page.keyboard.press("Enter")
        page.get_by_label("Tới trang").focus()
        assert page.evaluate("scrollY") == before
        page.evaluate("document.documentElement.style.overflowAnchor = 'none'")  # as browsers without scroll anchoring
        page.get_by_label("Chữ lớn hơn").click()
        page.get_by_label("Chữ lớn hơn").click()
        assert abs(page.evaluate(BEGINS, "12")["below"]) < 100
