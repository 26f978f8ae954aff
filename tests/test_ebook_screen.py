"""Every leaf of an e-book on a telephone, as it is and twice as large, on white, on black and on sepia paper.

The pages are those of the bound book, the browser is a real one, and what is seen is measured in its pixels.
"""

import io
import os
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
import validators
from library import SAMPLES
from PIL import Image

from builder import composition, ebook, fonts, layout, manuscript
from builder.composition import Medium

pytestmark = pytest.mark.slow

WIDTH, HEIGHT = 360, 640
ROUNDED = 1  # px
PAPERS = {"light": ("#fff", "#000"), "dark": ("#000", "#ccc"), "sepia": ("#f4ecd8", "#5b4636")}
BOOKS = (
    *(("specimen", name) for name in ("interleaved", "margin", "facing", "hoi-dap", "handout", "bieu-mau", "to-gap")),
    ("chuong-trinh-hanh-dong-05", "interleaved"),
    ("quy-uoc-thu-vien", "interleaved"),
)
LOOKED_AT = {("specimen", "margin"), ("specimen", "bieu-mau"), ("specimen", "handout")}  # to save time
READABLE, SEEN = 4.5, 3.0  # WCAG 2.1, 1.4.3 and 1.4.11
LATE = "figure img, .gap, .kind, .call, .back, caption, th, td, dt, .noteref, .label, .column, .state"


@pytest.fixture(scope="module")
def pages(root, tmp_path_factory):
    """The documents of every book as files: (publication, layout, kind of leaf) → file, the first of each kind."""
    roles, found = fonts.roles(root / "fonts"), {}
    for name, kind in BOOKS:
        publication = manuscript.read(SAMPLES[name])[0]
        edition = replace(publication.settings.editions[0], layout=kind, audience="leader", folios_of="", per="")
        composed, _ = composition.compose(
            publication, layout.load(kind, root / "layouts"), edition, Medium.EBOOK, roles
        )
        folder = tmp_path_factory.mktemp(f"{name}-{kind}")
        zipfile.ZipFile(io.BytesIO(ebook.bind(composed, ebook.Printed()).epub)).extractall(folder)
        for leaf in composed.leaves:
            (file,) = folder.glob(f"**/text/{leaf.id}.xhtml")
            found[name, kind, leaf.id] = file
    return found


@pytest.fixture(scope="module")
def screen():
    validators.need_browser()
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - not on every machine

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=validators.browser(), args=["--no-sandbox"])
        yield browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        browser.close()


def shown(screen, file, *, paper="light", large=False):
    """Open a document as a reading program does: on its paper, in its ink, with letters of the size asked for."""
    ground, ink = PAPERS[paper]
    screen.goto(file.as_uri())
    size = "200%" if large else "100%"
    screen.add_style_tag(content=f"html {{ background: {ground}; color: {ink}; font-size: {size} }}")
    screen.evaluate("document.fonts.ready")


@pytest.mark.parametrize("large", [False, True], ids=["as it is", "twice as large"])
def test_nothing_runs_out_of_a_telephone(screen, pages, large):
    wide = {}
    for name, file in pages.items():
        shown(screen, file, large=large)
        across = screen.evaluate("document.documentElement.scrollWidth")
        if across > WIDTH + ROUNDED:
            wide[name] = across
        keep(screen, name, large=large)
    assert wide == {}
    assert len({name for _, _, name in pages}) > 20


def test_half_of_a_telephone_is_left_to_the_words_of_the_deepest_clause(screen, pages):
    for name, file in pages.items():
        shown(screen, file, large=True)
        narrowest = screen.evaluate(
            """() => Math.min(...[...document.querySelectorAll(".clause p, .commentary p, .box p")]
                .filter((each) => each.textContent.length > 30 && !each.closest("table"))
                .map((each) => each.getBoundingClientRect().width), innerWidth)"""
        )
        assert narrowest > WIDTH / 2, name


@pytest.mark.parametrize("paper", PAPERS)
def test_words_lines_and_pictures_are_seen_on_any_paper(screen, pages, paper):
    """Of every kind of thing the first in each document: its darkest and its lightest dot."""
    looked = 0
    for name, file in pages.items():
        if name[:2] not in LOOKED_AT:
            continue
        shown(screen, file, paper=paper)
        for kind in LATE.split(", "):
            found = screen.locator(f"{kind}:visible")
            found = found if kind.endswith("img") else found.filter(has_text=re.compile(r"\w"))
            if not found.count():
                continue
            contrast = contrast_of(found.first.screenshot())
            assert contrast >= READABLE, (name, kind, contrast)
            looked += 1
    assert looked > 60


def contrast_of(png):
    """The contrast of the darkest and the lightest dot of a picture (WCAG 2.1)."""
    with Image.open(io.BytesIO(png)) as image:
        told = [luminance(colour[:3]) for _, colour in image.convert("RGB").getcolors(1 << 24)]
    return (max(told) + 0.05) / (min(told) + 0.05)


def luminance(colour):
    parts = [part / 255 for part in colour]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_the_grey_of_lines_is_seen_on_any_paper():
    grey = luminance((0x77, 0x77, 0x77))
    for ground, _ in PAPERS.values():
        letters = ground[1:] if len(ground) > 4 else "".join(each * 2 for each in ground[1:])
        paper = luminance(bytes.fromhex(letters))
        assert (max(paper, grey) + 0.05) / (min(paper, grey) + 0.05) >= SEEN, ground


def keep(screen, name, *, large):
    """Keep a picture of what is shown, if anybody wants it."""
    if folder := os.environ.get("ANPHAM_LOOKS"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        screen.screenshot(path=f"{folder}/{'-'.join(name)}{'-large' if large else ''}.png", full_page=True)
