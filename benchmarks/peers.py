"""A source folder comes in; the same text as other programs take it, and the commands that make books of it, go out.

``peers.py SOURCE FOLDER weasyprint|typst|vivliostyle|pandoc`` writes the inputs into FOLDER and makes one book there.

* WeasyPrint: one HTML document of the program's own markup and styles; running heads, folios and page numbers of the
  contents are left to CSS (``counter(page)``, ``target-counter()``); the same PDF variant as the program makes.
* Typst: the same text in its own markup, with the same faces, page, measures, contents and references.
* Vivliostyle: the same HTML document, which it understands as it is.
* Pandoc: the same text in its Markdown, with the same faces; it makes an e-book, which has no pages.

A peer that is not on this machine is named with the reason; nothing is guessed for it.
"""

from __future__ import annotations

import re
import shutil
import sys
from dataclasses import dataclass
from html import escape
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import measure
import pandoc_text
import typst_text

from builder import composition, fonts, layout, manuscript
from builder.composition import Medium, Start

if TYPE_CHECKING:
    from builder.composition import Composition, Leaf

ROOT = Path(__file__).resolve().parent.parent
VIVLIOSTYLE = ROOT / ".tools/vivliostyle/node_modules/.bin/vivliostyle"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
VARIANT = "a-2a"  # of PDF/A
COMPILE = (
    "import sys, typst\n"
    "book, out, fonts, standard = sys.argv[1:]\n"
    "typst.compile(book, output=out, font_paths=[fonts], ignore_system_fonts=True, pdf_standards=[standard])\n"
)
# What the press does otherwise: pages named by their leaves, folios, strings of the running heads.
ONE_DOCUMENT = """
img { image-rendering: crisp-edges }
ul { list-style-type: disc }
.leaf { break-before: page }
body { string-set: title "@title@" }
h1[data-section] { string-set: section attr(data-section) }
.phan > .head, .chuong > .head { string-set: section attr(data-outline) }
a.folio::after { content: target-counter(attr(href), page) }
"""
SIDES = {Start.PAGE: "page", Start.RECTO: "right", Start.VERSO: "left"}


@dataclass(frozen=True, slots=True)
class Peer:
    """A program to compare with: its name and version, and how it is told to make a PDF of the inputs in a folder."""

    name: str
    version: str
    command: tuple[str, ...]

    def makes(self, folder: Path, out: Path) -> list[str]:
        """Return the command; ``@folder@`` and ``@out@`` stand in it for the inputs and the PDF."""
        return [word.replace("@folder@", str(folder)).replace("@out@", str(out)) for word in self.command]


@dataclass(frozen=True, slots=True)
class Missing:
    """A peer that is not here, and why."""

    name: str
    reason: str


# --- who is here ----------------------------------------------------------------------------------


def weasyprint() -> Peer | Missing:
    """Find WeasyPrint: the program itself needs it, so it is always here."""
    command = (
        sys.executable,
        "-m",
        "weasyprint",
        "--quiet",
        "--pdf-variant",
        f"pdf/{VARIANT}",
        "--output-intent",
        "srgb",
    )
    return Peer("WeasyPrint", metadata.version("weasyprint"), (*command, "@folder@/one.html", "@out@"))


def typst() -> Peer | Missing:
    """Find Typst, which comes as a Python package."""
    if find_spec("typst") is None:
        return Missing("Typst", "the package typst is not installed (it is in requirements-bench.lock)")
    command = (sys.executable, "-c", COMPILE, "@folder@/book.typ", "@out@", "@folder@/fonts", VARIANT)
    return Peer("Typst", metadata.version("typst"), command)


def vivliostyle() -> Peer | Missing:
    """Find Vivliostyle's command and a browser for it."""
    command = str(VIVLIOSTYLE) if VIVLIOSTYLE.exists() else shutil.which("vivliostyle")
    browser = _browser()
    if not command:
        return Missing("Vivliostyle", "its command is not installed (npm: @vivliostyle/cli)")
    if not browser:
        return Missing("Vivliostyle", f"no browser is installed ({', '.join(BROWSERS)})")
    try:
        said = measure.run([command, "--version"]).said
    except (measure.Failed, OSError) as error:
        return Missing(
            "Vivliostyle", f"its command does not start ({getattr(error, 'brief', error.__class__.__name__)})"
        )
    version = re.search(r"cli: (\S+)", said)
    options = ("--single-doc", "--no-vite-config-file", "--timeout", "900", "--log-level", "silent")
    build = (command, "build", *options, "--executable-browser", browser, "@folder@/one.html", "-o", "@out@")
    return Peer("Vivliostyle", version[1] if version else said.strip(), build)


def pandoc() -> Peer | Missing:
    """Find Pandoc, which comes as a Python package."""
    if find_spec("pypandoc") is None:
        return Missing("Pandoc", "the package pypandoc-binary is not installed (it is in requirements-bench.lock)")
    import pypandoc  # noqa: PLC0415 - it is not everywhere

    options = ("--to", "epub3", "--toc", "--toc-depth", "3", "--css", "@folder@/pandoc.css")
    faces = tuple(f"--epub-embed-font=@folder@/fonts/{name}" for name in pandoc_text.FACES)
    command = (pypandoc.get_pandoc_path(), "@folder@/book.md", *options, *faces, "-o", "@out@")
    return Peer("Pandoc", str(pypandoc.get_pandoc_version()), command)


def browser_version() -> str:
    """Ask the browser that Vivliostyle is given for its version."""
    said = measure.run([_browser() or "", "--version"]).said
    version = re.search(r"\d+(?:\.\d+)+", said)
    return version[0] if version else said.strip()


def _browser() -> str | None:
    return next(filter(None, map(shutil.which, BROWSERS)), None)


PEERS = {"weasyprint": weasyprint, "typst": typst, "vivliostyle": vivliostyle, "pandoc": pandoc}


# --- what they are given --------------------------------------------------------------------------


def prepare(source: Path, folder: Path) -> None:
    """Write the inputs of all peers into a folder: ``one.html``, ``book.typ``, ``book.md``, ``fonts/``."""
    publication, _ = manuscript.read(source)
    edition = publication.settings.editions[0]
    chosen = layout.load(edition.layout, ROOT / "layouts")
    composed, _ = composition.compose(publication, chosen, edition, Medium.PRINT, fonts.roles(ROOT / "fonts"))
    (folder / "fonts").mkdir(parents=True, exist_ok=True)
    for face in composed.faces:
        (folder / "fonts" / face.file_name).write_bytes(face.data)
    (folder / "one.html").write_text(html(composed), "utf-8")
    (folder / "book.md").write_text(pandoc_text.document(publication, composed.words), "utf-8")
    (folder / "pandoc.css").write_text(pandoc_text.STYLE, "utf-8")
    (folder / "book.typ").write_text(typst_text.document(publication, composed.words), "utf-8")


def html(composed: Composition) -> str:
    """Join the leaves of a composition in one document that counts its own pages."""
    title = composed.metadata.title
    style = "\n".join(
        [
            fonts.stylesheet(composed.faces, lambda face: f"fonts/{face.file_name}"),
            ONE_DOCUMENT.replace("@title@", title),
            *(f".leaf.{kind} {{ page: {kind} }}" for kind in sorted({leaf.kind for leaf in composed.leaves})),
            composed.stylesheet,
            composed.furniture.replace("string(folio)", "counter(page)"),
        ]
    )
    body = "\n".join(map(_opened, composed.leaves))
    body = re.sub(r'<span class="folios" data-of="([^"]*)"></span>', _first_and_last, body)
    head = f'<meta charset="utf-8"/><title>{escape(title)}</title>\n<style>\n{style}</style>'
    language = composed.metadata.language
    return f'<!DOCTYPE html>\n<html lang="{language}"><head>{head}</head>\n<body>\n{body}\n</body></html>\n'


def _opened(leaf: Leaf) -> str:
    """Say in a leaf's markup on which side it opens."""
    return leaf.markup.replace("<section ", f'<section style="break-before: {SIDES[leaf.start]}" ', 1)


def _first_and_last(folios: re.Match[str]) -> str:
    """Write a range of pages as the two references that CSS can follow."""
    first, *_, last = [folios[1].split()[0], *folios[1].split()]
    return f'<a class="folio" href="#{first}"></a>–<a class="folio" href="#{last}"></a>'


def main(source: str, folder: str, name: str) -> None:
    """Make one peer's book and say how long it took."""
    peer = PEERS[name]()
    if isinstance(peer, Missing):
        sys.exit(f"{peer.name}: skipped, {peer.reason}")
    prepare(Path(source), Path(folder))
    out = Path(folder).resolve() / f"{name}.{'epub' if name == 'pandoc' else 'pdf'}"
    done = measure.run(peer.makes(Path(folder).resolve(), out), folder=Path(folder))
    print(f"{peer.name} {peer.version}: {done.wall:.2f} s, {done.cpu:.2f} s of CPU, {done.memory:.0f} MB, {out}")


if __name__ == "__main__":
    if len(sys.argv) != 4 or sys.argv[3] not in PEERS:  # noqa: PLR2004 - three words after the script's name
        sys.exit(f"peers.py SOURCE FOLDER {'|'.join(PEERS)}")
    main(*sys.argv[1:])
