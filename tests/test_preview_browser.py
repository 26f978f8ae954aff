"""The preview in a browser: pages follow what is saved, the place is kept, problems come and go, nothing needs a mouse.

A picture of each look at it is left in the folder ``ANPHAM_LOOKS`` names, if it names one.
"""

import os
from pathlib import Path

import previewed
import pytest
import validators
from previewed import replace

WIDE, SMALL = {"width": 1280, "height": 800}, {"width": 360, "height": 740}
PARAGRAPH = f"\n{previewed.LONG * 6}\n"
SHOWN = """label => {
    const figure = document.querySelector(`figure[data-label="${label}"]`);
    const image = figure?.querySelector("img");
    return Boolean(image?.complete && image.naturalWidth && image.src.includes(figure.dataset.mark));
}"""

pytestmark = [pytest.mark.slow, pytest.mark.press]


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    return previewed.write(tmp_path_factory.mktemp("nguon") / previewed.NAME)


@pytest.fixture(scope="module")
def port(source, tmp_path_factory):
    with previewed.standing(source, tmp_path_factory.mktemp("kho")) as at:
        yield at


@pytest.fixture(scope="module")
def window(chromium, port):
    with validators.opened(chromium, viewport=WIDE, permissions=["clipboard-read", "clipboard-write"]) as page:
        page.faults = []
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.goto(f"http://127.0.0.1:{port}/")
        yield page
        assert page.faults == []


@pytest.fixture
def page(window, source, port):
    """The window as it is for whoever opens it: the source as it was written, its first pages."""
    previewed.write(source)
    window.set_viewport_size(WIDE)
    window.goto(f"http://127.0.0.1:{port}/")
    with previewed.Listener(port) as listener:
        listener.laying(lambda words: "Việc thứ 8" in words and "mới toanh" not in words)
    window.wait_for_function(SHOWN, arg="1")
    return window


def look(page, name):
    if folder := os.environ.get("ANPHAM_LOOKS"):
        page.screenshot(path=str(Path(folder) / f"preview-{name}.png"))


def go(page, label):
    page.fill("#page", str(label))
    page.press("#page", "Enter")
    page.wait_for_function(SHOWN, arg=str(label))


def labels(page):
    return [figure.get_attribute("data-label") for figure in page.query_selector_all("figure[data-label]")]


def mark(page, label):
    return page.get_attribute(f'figure[data-label="{label}"]', "data-mark")


def shows(page, phrase):
    page.wait_for_function(
        "phrase => document.getElementById('spread').textContent.replace(/\\s+/g, ' ').includes(phrase)", arg=phrase
    )


def find(page, phrase):
    if page.is_hidden("#find"):
        page.click("#open-find")
    page.fill("#query", phrase)
    found = [entry.inner_text().split("\n")[0] for entry in page.query_selector_all("#results button")]
    page.press("#query", "Enter")
    return found


def test_a_word_changed_is_shown_where_it_is_read(page, source):
    find(page, "Điều 7")
    shows(page, "Việc thứ 7")
    before = labels(page)
    marks = [mark(page, label) for label in before]
    pictures = [image.get_attribute("src") for image in page.query_selector_all("figure img")]
    replace(source / "program.md", "Việc thứ 7", "Việc mới toanh thứ 7")
    shows(page, "Việc mới toanh thứ 7")
    assert labels(page) == before
    assert [mark(page, label) for label in before] != marks
    assert [image.get_attribute("src") for image in page.query_selector_all("figure img")] != pictures
    page.wait_for_function("() => document.getElementById('status').textContent.includes('giây')")


def test_paragraphs_added_before_do_not_shift_what_is_read(page, source):
    find(page, "điểm a khoản 2 Điều 7")
    shows(page, "Điểm a của điều 7")
    page.press("body", "Escape")
    before = labels(page)
    replace(source / "program.md", "Điều 3. Việc thứ 3\n", f"Điều 3. Việc thứ 3 mới toanh\n{PARAGRAPH * 3}")
    page.wait_for_function(
        "before => document.querySelector('figure[data-label]').dataset.label !== before", arg=before[0]
    )
    shows(page, "Điểm a của điều 7")
    assert int(labels(page)[0]) > int(before[0])
    after = labels(page)
    page.reload()
    shows(page, "Điểm a của điều 7")
    assert labels(page) == after, "who loads the page again comes back here"
    go(page, 12)
    head = page.text_content("figure[data-label='12'] figcaption").split()[-8:]
    replace(source / "program.md", "Điều 2. Việc thứ 2\n", f"Điều 2. Việc thứ 2 mới toanh\n{PARAGRAPH * 6}")
    page.wait_for_function("label => !document.querySelector(`figure[data-label='${label}']`)", arg="12")
    shows(page, " ".join(head[:-1]))


def test_an_error_is_shown_with_its_place_and_goes_when_it_is_mended(page, source):
    go(page, 3)
    good = page.get_attribute("#pdf", "href")
    replace(source / "program.md", "Điều 5.", "Điều 55.")
    page.wait_for_selector("#banner:not([hidden])")
    assert "đang hiện bản đúng gần nhất, lúc" in page.inner_text("#banner")
    assert page.inner_text("#count") != ""
    assert page.get_attribute("#pdf", "href") == good
    assert "3" in labels(page)
    page.click("#open-problems")
    text = (source / "program.md").read_text("utf-8")
    line = 1 + text[: text.index("Điều 55.")].count("\n")
    place = page.inner_text("#list li button >> nth=0")
    assert place.startswith(f"{source.as_posix()}/program.md:{line}")
    assert "NUM_SEQ" in page.inner_text("#list")
    assert "Cách sửa" in page.inner_text("#list")
    look(page, "error")
    assert validators.axe(page) == ()
    page.click("#list li button >> nth=0")
    page.wait_for_function("() => document.getElementById('copied').textContent !== ''")
    assert page.evaluate("navigator.clipboard.readText()") == place
    assert page.inner_text("#copied") == f"Đã chép {place}"
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('not here')); }")
    page.click("#list li button >> nth=0")
    page.wait_for_selector("#copied input")
    assert page.evaluate("getSelection().toString() || document.activeElement.value") == place
    replace(source / "program.md", "Điều 55.", "Điều 5.")
    page.wait_for_selector("#banner", state="hidden")
    page.wait_for_function("() => document.getElementById('list').textContent.includes('Không thấy lỗi nào')")
    assert page.inner_text("#count") == ""
    page.press("#copied", "Escape")


def test_what_is_wrong_from_the_start_is_shown_until_there_are_pages(chromium, tmp_path):
    source = previewed.write(tmp_path / "hong")
    replace(source / "program.md", "Việc thứ 7", "Việc thứ 7\n\n![](khong-co.png)\n")
    with (
        previewed.standing(source, tmp_path / "kho") as port,
        validators.opened(chromium, viewport=WIDE) as page,
    ):
        page.goto(f"http://127.0.0.1:{port}/")
        page.locator("#problems .error").first.wait_for()
        assert "chưa dựng được trang nào" in page.inner_text("#banner")
        assert page.get_attribute("#open-problems", "aria-expanded") == "true"
        look(page, "from-the-start")
        previewed.write(source)
        page.wait_for_function(SHOWN, arg="1")
        assert (page.is_hidden("#problems"), page.is_hidden("#banner")) == (True, True)


def test_the_keyboard_stays_in_the_panel_when_problems_change(page, source):
    height = page.evaluate("document.querySelector('header').offsetHeight")
    replace(source / "program.md", "Việc thứ 6", "Viẹec thứ 6")
    page.wait_for_function("() => document.getElementById('count').textContent === '1'")
    assert page.evaluate("document.querySelector('header').offsetHeight") == height, "the pages would jump"
    page.click("#open-problems")
    page.click("#list [data-place]")
    page.wait_for_function("() => document.getElementById('copied').textContent !== ''")
    replace(source / "program.md", "Viẹec thứ 6", "Việc thứ 6")
    page.wait_for_function("() => document.getElementById('list').textContent.includes('Không thấy lỗi nào')")
    assert page.evaluate("document.activeElement.closest('#problems') !== null")
    assert page.inner_text("#copied") == ""
    page.keyboard.press("Escape")
    assert page.is_hidden("#problems")


MATCHES = """async (query) => {
    const { matches } = await import("/preview/panels.js");
    const clauses = ["Điều 1", "Điều 12"].map((cited) => [0, "Việc", cited, 0, cited]);
    return matches({ pages: [], contents: [], clauses }, query).map((hit) => hit.entry[4]);
}"""


ROUND = """async () => {
    const { pageOf, placeOf } = await import("/preview/place.js");
    const pages = [["a", 0], ["a", 40], ["b", 0]].map((begins) => ({ begins, label: "" }));
    const laying = { pages, spots: { a: 0, b: 2 } };
    return pages.map((_, number) => pageOf(laying, placeOf(laying, number)));
}"""


def test_clauses_are_found_by_how_they_are_cited_and_what_they_are_about(page):
    assert find(page, "điểm c khoản 2 Điều 6")[0] == "điểm c khoản 2 Điều 6"
    shows(page, "Điểm c của điều 6")
    assert find(page, "dieu 4")[0].startswith("Điều 4. Việc thứ 4")
    shows(page, "Việc thứ 4")
    assert find(page, "viec thu 2")[0].startswith("Điều 2")
    assert find(page, "7")[0] == "Trang 7"
    page.wait_for_function(SHOWN, arg="7")
    assert page.evaluate(ROUND) == [0, 1, 2]
    assert page.evaluate(MATCHES, "việc 1") == ["Điều 1"]
    assert page.evaluate(MATCHES, "vi") == ["Điều 1", "Điều 12"]
    assert find(page, "điều 77") == []
    assert page.inner_text("#found") == "Không thấy chỗ nào"
    assert validators.axe(page) == ()
    look(page, "find")


def test_editions_and_the_ebook_are_changed_at_the_same_place(page, source):
    find(page, "Điều 6")
    shows(page, "Việc thứ 6")
    page.press("#query", "Escape")
    page.select_option("#edition", "dien-thoai")
    page.wait_for_function("() => document.querySelectorAll('figure').length === 1")
    assert "edition=dien-thoai" in page.url
    shows(page, "Việc thứ 6")
    assert page.is_disabled("#view-ebook")
    page.select_option("#edition", "nguoi-du")
    page.wait_for_function("() => document.querySelectorAll('figure').length === 2")
    shows(page, "Việc thứ 6")
    page.click("#view-ebook")
    frame = page.wait_for_selector("iframe:not(.coming)").content_frame()
    top = "id => document.getElementById(id).getBoundingClientRect().top"
    assert -900 < frame.evaluate(top, "chuong-1.dieu-6") < 900
    look(page, "ebook")
    old = page.get_attribute("iframe", "src")
    replace(source / "program.md", "Việc thứ 6", "Việc mới toanh thứ 6")
    page.wait_for_function(
        "old => { const all = document.querySelectorAll('iframe');"
        " return all.length === 1 && all[0].getAttribute('src') !== old && !all[0].className.includes('coming') }",
        arg=old,
    )
    frame = page.query_selector("iframe").content_frame()
    assert "Việc mới toanh thứ 6" in frame.inner_text("main")
    assert -900 < frame.evaluate(top, "chuong-1.dieu-6") < 900
    frame.evaluate("() => document.getElementById('chuong-1.dieu-2').scrollIntoView()")
    page.click("#view-pages")
    shows(page, "Việc thứ 2")


def test_an_edition_that_is_an_ebook_alone_is_shown_as_one(page):
    page.select_option("#edition", "man-hinh")
    frame = page.wait_for_selector("iframe:not(.coming)").content_frame()
    assert "Việc thứ 6" in frame.inner_text("main")
    assert page.is_disabled("#view-pages")
    page.select_option("#edition", "dien-thoai")
    page.wait_for_function("() => document.querySelectorAll('figure').length === 1")
    assert page.is_hidden("#frames")


def test_one_of_several_sessions_is_chosen(page):
    page.select_option("#edition", "to-roi")
    page.wait_for_selector("#part-label:not([hidden])")
    page.wait_for_function("() => location.search.includes('part=buoi-1')")
    page.select_option("#part", "buoi-2")
    page.wait_for_function("() => location.search.includes('part=buoi-2')")
    shows(page, "Bàn về điều 2")


def test_everything_is_done_by_the_keyboard(page):
    page.keyboard.press("ArrowRight")
    page.wait_for_function(SHOWN, arg="2")
    assert labels(page) == ["2", "3"]
    page.keyboard.press("PageDown")
    page.wait_for_function(SHOWN, arg="4")
    page.keyboard.press("ArrowLeft")
    page.wait_for_function(SHOWN, arg="2")
    page.keyboard.press("End")
    page.wait_for_function("() => document.getElementById('next').disabled")
    page.keyboard.press("Home")
    page.wait_for_function(SHOWN, arg="1")
    page.keyboard.press("g")
    page.keyboard.type("5")
    page.keyboard.press("Enter")
    page.wait_for_function(SHOWN, arg="5")
    assert page.text_content("#said") == f"Trang 4–5 trên {page.inner_text('#of').strip('/ ')}"
    page.keyboard.press("t")
    page.keyboard.type("muc luc")
    assert page.inner_text("#results button >> nth=0").startswith("Mục lục")
    page.keyboard.press("Escape")
    assert page.is_hidden("#find")
    assert page.evaluate("document.activeElement.id") == "open-find"
    page.keyboard.press("m")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    assert page.is_visible("#help")
    assert validators.axe(page) == ()
    page.keyboard.press("Escape")
    for key in ("/", "Control+f"):  # the browser's own
        page.keyboard.press(key)
    assert page.is_hidden("#find")
    page.keyboard.press("+")
    page.keyboard.press("+")
    page.wait_for_function(
        "() => document.getElementById('stage').scrollHeight > document.getElementById('stage').clientHeight"
    )
    page.keyboard.press("0")
    page.wait_for_function(
        "() => document.getElementById('stage').scrollHeight <= document.getElementById('stage').clientHeight"
    )


def test_pictures_have_a_dot_for_every_dot_of_the_screen(chromium, port, source):
    previewed.write(source)
    with validators.opened(chromium, viewport=WIDE, device_scale_factor=2) as page:
        page.goto(f"http://127.0.0.1:{port}/?page=3")
        page.wait_for_function(SHOWN, arg="3")
        for image in page.query_selector_all("figure img"):
            shown, has = image.evaluate("each => [each.getBoundingClientRect().width, each.naturalWidth]")
            assert abs(shown * 2 - has) < 0.01


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, SMALL], ids=["wide", "small"])
def test_it_is_fit_for_everybody(chromium, port, source, scheme, size):
    previewed.write(source)
    name = f"{scheme}-{size['width']}"
    with validators.opened(chromium, viewport=size, color_scheme=scheme) as page:
        page.goto(f"http://127.0.0.1:{port}/?page=5")
        page.wait_for_function(SHOWN, arg="5")
        assert len(labels(page)) == (2 if size is WIDE else 1)
        assert validators.axe(page) == ()
        look(page, name)
        page.click("#open-contents")
        assert validators.axe(page) == ()
        look(page, f"{name}-contents")
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


def test_another_site_cannot_listen(chromium, port):
    with validators.opened(chromium) as page:
        page.goto("about:blank")
        said = page.evaluate(
            """address => new Promise((done) => {
                const source = new EventSource(address);
                source.onmessage = () => done("heard");
                source.onerror = () => done("refused");
            })""",
            f"http://127.0.0.1:{port}/events",
        )
        assert said == "refused"
