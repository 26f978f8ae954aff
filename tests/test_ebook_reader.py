"""A finished e-book in a browser: opened with foliate-js as a reader opens it, and each document by itself.

A picture of each look at it is left in the folder ``ANPHAM_LOOKS`` names, if it names one: phones, large type, dark.
"""

import itertools
import posixpath
import threading
import unicodedata
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import composed
import pytest
import validators
from readback import bare
from validators import opened

NAME, EDITION = "specimen", "nguoi-du"
PHONE, SMALL = {"width": 390, "height": 760}, {"width": 360, "height": 640}
KINDS = {"html": "text/html", "js": "text/javascript", "xhtml": "application/xhtml+xml", "css": "text/css"}
KINDS |= {"ttf": "font/ttf", "jpg": "image/jpeg", "png": "image/png", "svg": "image/svg+xml"}
FOLIATE = validators.ROOT / ".tools/foliate-js/node_modules/foliate-js"
CONTRAST = 4.5  # WCAG 2.1, 1.4.3
LEAST_TARGET = 24  # CSS pixels, WCAG 2.2, 2.5.8
# What reading programs put over a book: the page's colours and those of links.
SHADES = {
    "dark": "html, body { background: #121212 !important; color: #dedede !important } a:link { color: #8ab4f8 }",
    "sepia": "html, body { background: #f4ecd8 !important; color: #5b4636 !important } a:link { color: #704214 }",
}
PALEST = """() => {
    const rgb = (text) => (text.match(/[\\d.]+/g) || []).map(Number);
    const light = (text) => {
        const part = (each) => (each /= 255) <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4;
        const [r, g, b] = rgb(text).map(part);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const ground = (element) => {
        for (let each = element; each; each = each.parentElement) {
            const colour = getComputedStyle(each).backgroundColor;
            if (rgb(colour)[3] !== 0) return colour;
        }
        return "rgb(255, 255, 255)";
    };
    const pale = [];
    for (const each of document.body.querySelectorAll("*")) {
        if (![...each.childNodes].some((node) => node.nodeType === 3 && node.data.trim())) continue;
        const both = [light(getComputedStyle(each).color), light(ground(each))].sort((a, b) => b - a);
        const contrast = (both[0] + 0.05) / (both[1] + 0.05);
        if (contrast < LEAST) pale.push(`${each.tagName}.${each.className} ${contrast.toFixed(1)}`);
    }
    return pale;
}"""

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def book(library):
    (book,) = library.books(NAME, EDITION)
    return book


@pytest.fixture(scope="module")
def parts(book):
    return composed.parts_of(book.epub)


@pytest.fixture(scope="module")
def address(book, parts):
    """Where the book, its parts and the reading program are: on this machine alone."""
    files = {f"/book/{name}": data for name, data in parts.items()} | {
        "/book.epub": book.epub,
        "/reader.html": (validators.TOOLS / "reader.html").read_bytes(),
    }

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            path = self.path.partition("?")[0]
            data = files.get(path) or self.of_foliate(path)
            self.send_response(200 if data is not None else 404)
            self.send_header("Content-Type", KINDS.get(path.rpartition(".")[2], "application/octet-stream"))
            self.end_headers()
            self.wfile.write(data or b"")

        def of_foliate(self, path):
            file = Path(posixpath.normpath(path.removeprefix("/foliate-js/")))
            whole = FOLIATE / file
            return whole.read_bytes() if path.startswith("/foliate-js/") and whole.is_file() else None

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="module")
def reader(chromium, address):
    """The book opened with foliate-js on a phone, at its first page."""
    if not FOLIATE.exists():
        pytest.skip("foliate-js (npm) is not on this machine")
    with opened(chromium, viewport=PHONE) as page:
        errors = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"{address}/reader.html")
        page.wait_for_function("window.ready === true")
        page.evaluate("view.init({ showTextStart: true })")
        yield page
        assert errors == []


def went(page, target):
    """Go somewhere in the book; tell whether it is seen then."""
    page.evaluate("target => view.goTo(target)", target)
    page.wait_for_function(
        "target => view.renderer.getContents()[0]?.index === view.book.resolveHref(target).index", arg=target
    )
    return page.evaluate("target => seen(target)", target)


def walked(entries):
    for entry in entries or ():
        yield entry
        yield from walked(entry.get("subitems"))


# --- as a reader opens it -------------------------------------------------------------------------


def test_the_books_own_faces_are_loaded_and_used(reader):
    fonts = reader.evaluate(
        """async () => {
            const doc = window.doc();
            await doc.fonts.ready;
            return [...doc.fonts].map((face) => [face.family.replaceAll('"', ""), face.status]);
        }"""
    )
    assert {family for family, status in fonts if status == "loaded"} == {"Noto Serif", "Be Vietnam Pro"}
    assert not [face for face in fonts if face[1] == "error"]
    widths = reader.evaluate(
        """() => ["Noto Serif", "Be Vietnam Pro", "monospace"].map((family) => {
            const span = window.doc().createElement("span");
            span.style.cssText = `font: 40px "${family}", monospace; position: absolute; white-space: nowrap`;
            span.textContent = "Thưởng thức Ỗ, ặ, ữ";
            window.doc().body.append(span);
            const { width } = span.getBoundingClientRect();
            span.remove();
            return width;
        })"""
    )
    assert len({round(width) for width in widths}) == 3


def test_the_contents_are_vietnamese_and_each_line_leads_to_its_place(reader, look):
    entries = list(walked(reader.evaluate("view.book.toc")))
    labels = [entry["label"] for entry in entries]
    assert len(labels) > 10
    assert any("Phần thứ nhất" in label for label in labels)
    assert all(unicodedata.is_normalized("NFC", label) for label in labels)
    for entry in entries:
        assert went(reader, entry["href"]), entry
        words = bare(reader.evaluate("view.lastLocation.range.toString()"))
        assert bare(entry["label"])[-8:] in words or bare(entry["label"])[:8] in words, entry
    look(reader, "phone")


def test_every_printed_page_is_found_where_its_first_words_are(reader, book):
    listed = reader.evaluate("view.book.pageList")
    assert len(listed) > 15
    right = 0
    for entry in listed:
        assert went(reader, entry["href"]), entry
        wanted = composed.opening(book.printed, book.printed.labels.index(entry["label"]))
        after = bare(reader.evaluate("target => after(target)", entry["href"]))
        assert after.startswith(wanted) or wanted not in after, entry
        right += after.startswith(wanted)
    assert right > 0.8 * len(listed)  # others begin with words that print alone has
    told = next(entry for entry in listed if entry["label"] == "12")
    assert went(reader, told["href"])
    assert reader.evaluate("view.lastLocation.pageItem?.label") == "12"


def test_a_note_pops_up_and_leads_back(reader, look):
    found = 0
    for index, section in enumerate(reader.evaluate("view.book.sections.map((section) => section.id)")):
        reader.evaluate("index => view.goTo(index)", index)
        reader.wait_for_function("index => view.renderer.getContents()[0]?.index === index", arg=index)
        for number in range(reader.evaluate("""() => doc().querySelectorAll('[role="doc-noteref"]').length""")):
            reader.evaluate("window.popped = window.failed = null")
            call = reader.evaluate(
                """number => {
                    const call = doc().querySelectorAll('[role="doc-noteref"]')[number];
                    call.click();
                    return call.id;
                }""",
                number,
            )
            reader.wait_for_function("window.popped || window.failed")
            assert reader.evaluate("window.failed") is None
            popped = reader.evaluate("window.popped")
            assert (popped["type"], popped["hidden"]) == ("footnote", True)
            assert len(popped["words"]) > 10
            assert popped["back"] == f"{section}#{call}"
            found += 1
            if found == 1:
                look(reader, "note")
    reader.evaluate("document.querySelector('#note').classList.remove('shown')")
    assert found >= 4
    assert went(reader, popped["back"])


def test_the_places_every_book_has_are_known(reader):
    landmarks = reader.evaluate("view.book.landmarks")
    assert {"cover", "toc", "bodymatter"} <= {kind for each in landmarks for kind in each["type"]}
    for each in landmarks:
        reader.evaluate("href => view.goTo(href)", each["href"])
        reader.wait_for_function("href => seen(href)", arg=each["href"])
    assert reader.evaluate("String(view.book.metadata.language)") == "vi"


# --- each document by itself ----------------------------------------------------------------------


@pytest.fixture(scope="module")
def documents(parts):
    return [name for name in parts if name.endswith(".xhtml")]


def test_at_twice_the_size_no_document_is_wider_than_a_small_phone(chromium, address, documents, look):
    wide = {}
    with opened(chromium, viewport=SMALL) as page:
        for name in documents:
            page.goto(f"{address}/book/{name}")
            page.add_style_tag(content="html { font-size: 200% }")
            width = page.evaluate("document.fonts.ready.then(() => document.scrollingElement.scrollWidth)")
            if width > SMALL["width"] + 1:  # half the rule round a table whose rules are one
                wide[name] = width
            if name.endswith(("to-phan-1.xhtml", "schedule.xhtml")):
                look(page, f"large-{Path(name).stem}")
    assert wide == {}


@pytest.mark.parametrize("shade", SHADES)
def test_words_can_be_read_on_a_page_of_another_colour(shade, chromium, address, documents, look):
    pale = {}
    with opened(chromium, viewport=PHONE) as page:
        for name in documents:
            page.goto(f"{address}/book/{name}")
            page.add_style_tag(content=SHADES[shade])
            pale[name] = page.evaluate(PALEST.replace("LEAST", str(CONTRAST)))
            if name.endswith("to-phan-1.xhtml"):
                look(page, shade)
    assert {name: found for name, found in pale.items() if found} == {}


def test_no_letter_comes_from_a_face_of_the_device(chromium, address, documents):
    strange = {}
    with opened(chromium, viewport=PHONE) as page:
        tools = page.context.new_cdp_session(page)
        tools.send("DOM.enable")
        tools.send("CSS.enable")
        for name in documents:
            page.goto(f"{address}/book/{name}")
            page.evaluate("document.fonts.ready.then(() => true)")
            root = tools.send("DOM.getDocument")["root"]["nodeId"]
            found = set()
            for node in tools.send("DOM.querySelectorAll", {"nodeId": root, "selector": "body *"})["nodeIds"]:
                fonts = tools.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
                found |= {font["familyName"] for font in fonts if not font["isCustomFont"]}
            if found:
                strange[name] = found
    assert strange == {}


def test_the_lines_of_the_contents_are_large_enough_for_a_finger(chromium, address):
    with opened(chromium, viewport=PHONE) as page:
        page.goto(f"{address}/book/nav.xhtml")
        tops = page.evaluate(
            """() => [...document.querySelectorAll('nav[role="doc-toc"] a')].map((a) => {
                const { top, bottom } = a.getBoundingClientRect();
                return (top + bottom) / 2;
            })"""
        )
    assert len(tops) > 10
    assert min(below - above for above, below in itertools.pairwise(tops)) >= LEAST_TARGET
