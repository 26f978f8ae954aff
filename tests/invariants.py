"""The bytes of an e-book we bound come in; what it breaks of the rules every e-book of ours keeps goes out.

What a stranger's book is looked at for, preflight sees (``builder/preflight/ebooks``); it is asked first. Here is what
we promise besides: EPUB 3.3 and EPUB Accessibility 1.1 where their words are "should", and the rules of the house.
Takes a tenth of a second at most, so that every e-book the tests make anywhere can be put to it.
"""

import io
import posixpath
import re
import unicodedata
import zipfile
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from builder import preflight, stylesheets
from builder.preflight.ebooks.volume import NAMES, NCX, XHTML, opened, resolved

OPF_NS, DC, HTML, OPS, NCX_NS = (f"{{{NAMES[key]}}}" for key in "odhen")
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
DATE = (1980, 1, 1, 0, 0, 0)
LARGEST, LARGEST_TEXT = 5_000_000, 300_000
KINDS = {
    "xhtml": XHTML,
    "css": "text/css",
    "ncx": NCX,
    "ttf": "font/ttf",
    "otf": "font/otf",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "svg": "image/svg+xml",
}
ROLES = {
    "noteref": "doc-noteref",
    "footnote": "doc-footnote",
    "backlink": "doc-backlink",
    "pagebreak": "doc-pagebreak",
    "toc": "doc-toc",
    "page-list": "doc-pagelist",
    "glossary": "doc-glossary",
    "index": "doc-index",
    "preface": "doc-preface",
    "foreword": "doc-foreword",
    "introduction": "doc-introduction",
    "part": "doc-part",
    "chapter": "doc-chapter",
    "appendix": "doc-appendix",
    "conclusion": "doc-conclusion",
}
"""``epub:type`` → the role that says the same to a screen reader (EPUB Type to ARIA Role Authoring Guide 1.1)."""
ALWAYS = {"structuralNavigation", "tableOfContents", "readingOrder", "unlocked"}
PAGED = {"pageBreakMarkers", "pageNavigation"}
HAZARDS = {"none"}  # no e-book of ours has sound, films or anything that flashes
CONFORMS = re.compile(r"EPUB Accessibility 1\.[12] - WCAG 2\.[012] Level A{1,3}")
CERTIFIED = "a11y:certifiedBy"
GENERIC = {"serif", "sans-serif", "monospace", "inherit"}
FACE = re.compile(r"@font-face\s*\{([^}]*)\}")
URL = re.compile(r"""url\(\s*["']?([^"')]+)""")
FAMILY = re.compile(r"font-family\s*:\s*([^;}]+)")
LINE_HEIGHT = re.compile(r"line-height\s*:\s*([^;}]+)")
NUMBER = re.compile(r"\d+(\.\d+)?\s*$")
FIXED = re.compile(r"(?<![\w.#-])\d*\.?\d+(?:pt|mm|cm|in|pc|vh|vw)\b|(?<!border)(?<![\w.])(?!1px|2px|4px)\d*\.?\d+px")


def broken(data):
    """Return what an e-book breaks, each as ``rule: place: what``; nothing when it keeps every rule."""
    seen = preflight.look(data, "book.epub").findings
    found = [f"{each.problem.code}: {each.problem.place}: {each.what}" for each in seen]
    book = _Book(data)
    if book.volume.root is None:
        return tuple(found)
    for rule in RULES:
        found += [f"{rule.__name__}: {each}" for each in rule(book)]
    return tuple(found)


@dataclass
class _Book:
    """An e-book opened, and what several rules ask of it."""

    data: bytes

    @cached_property
    def volume(self):
        return opened(self.data, "book.epub")

    @property
    def package(self):
        return self.volume.root

    @cached_property
    def metas(self):
        """Property → its values, of those that are about the book itself."""
        found = {}
        for each in self.package.iter(f"{OPF_NS}meta"):
            if each.get("property") and not each.get("refines"):
                found.setdefault(each.get("property"), []).append((each.text or "").strip())
        return found

    @cached_property
    def language(self):
        return self.package.findtext(f".//{DC}language")

    @cached_property
    def nav_path(self):
        return next((item.path for item in self.volume.items if "nav" in item.properties), "")

    def nav(self, kind):
        """Return the list of the navigation document of a kind."""
        root = self.volume.documents.get(self.nav_path)
        found = root.iter(f"{HTML}nav") if root is not None else ()
        return next((each for each in found if each.get(f"{OPS}type") == kind), None)

    def entries(self, kind):
        """Return the lines of a list: where they lead, their words, how deep they stand."""
        nav = self.nav(kind)
        found = nav.iter(f"{HTML}a") if nav is not None else ()
        return [
            (resolved(self.nav_path, a.get("href", "")), _words(a), sum(1 for _ in a.iterancestors(f"{HTML}ol")))
            for a in found
        ]

    @cached_property
    def spine(self):
        """Return the paths in reading order."""
        paths = {item.id: item.path for item in self.volume.items}
        return [paths.get(each.get("idref"), "") for each in self.package.iter(f"{OPF_NS}itemref")]

    @cached_property
    def texts(self):
        """Return path → root, in reading order."""
        return {path: self.volume.documents[path] for path in self.spine if path in self.volume.documents}

    @cached_property
    def places(self):
        """Return (path, id) → where it stands in reading order."""
        found = {}
        for number, (path, root) in enumerate(self.texts.items()):
            found[path, ""] = (number, -1)
            found |= {(path, each.get("id")): (number, at) for at, each in enumerate(root.iter()) if each.get("id")}
        return found

    @cached_property
    def marks(self):
        """Return the marks of printed pages in reading order: place, label."""
        return [
            ((path, each.get("id", "")), each.get("aria-label") or each.get("title") or "")
            for path, root in self.texts.items()
            for each in root.iter()
            if "pagebreak" in each.get(f"{OPS}type", "").split() or each.get("role") == "doc-pagebreak"
        ]

    @cached_property
    def ncx(self):
        path = next((item.path for item in self.volume.items if item.kind == NCX), "")
        return path, self.volume.xml(path, "EPUB_NAV") if path else None

    @cached_property
    def sheets(self):
        return {
            item.path: re.sub(r"/\*.*?\*/", "", self.volume.bytes_of(item.path).decode(), flags=re.DOTALL)
            for item in self.volume.items
            if item.kind == "text/css"
        }


def _words(element):
    return " ".join("".join(element.itertext()).split())


def _elements(book):
    for path, root in book.volume.documents.items():
        for each in root.iter(f"{HTML}*"):
            yield path, each


def _name(element):
    return element.tag.removeprefix(HTML)


# --- the archive and the package ------------------------------------------------------------------


def archive(book):
    """After the media type all files stand by name, packed, without date."""
    with zipfile.ZipFile(io.BytesIO(book.data)) as opened_:
        entries = opened_.infolist()
    names = [entry.filename for entry in entries]
    if names[1:] != sorted(set(names[1:])):
        yield "files are not in order, each once"
    for entry in entries:
        if entry.date_time != DATE or entry.extra or entry.is_dir():
            yield f"{entry.filename}: a date, an extra field or a folder"
        if entry.filename != "mimetype" and entry.compress_type != zipfile.ZIP_DEFLATED:
            yield f"{entry.filename}: not packed"
    if len(book.data) > LARGEST:
        yield f"{len(book.data)} bytes in all"


def texts_in_normal_form(book):
    """Every text of the archive is UTF-8 in NFC: devices show letters and marks apart where it is not."""
    for name in book.volume.parts.names:
        if name.endswith((".xhtml", ".opf", ".ncx", ".css", ".xml", ".svg")):
            text = book.volume.bytes_of(name).decode("utf-8", "replace")
            if not unicodedata.is_normalized("NFC", text) or "\ufffd" in text:
                yield name


def sizes(book):
    """No document is larger than an old reader takes in at once."""
    for path in book.volume.documents:
        if len(book.volume.bytes_of(path)) > LARGEST_TEXT:
            yield f"{path}: {len(book.volume.bytes_of(path))} bytes"


def manifest(book):
    """Each file is told once, by its right kind, with the properties it has and no others (EPUB 3.3, 5.6)."""
    for what, each in (("path", [i.path for i in book.volume.items]), ("id", [i.id for i in book.volume.items])):
        yield from (f"the {what} {name} twice" for name, times in Counter(each).items() if times > 1)
    for item in book.volume.items:
        if KINDS.get(item.path.rpartition(".")[2]) != item.kind:
            yield f"{item.path} as {item.kind}"
        if item.path in book.volume.documents:
            yield from _properties(item, book.volume.documents[item.path])
    wanted = {"nav": XHTML, "cover-image": ("image/jpeg", "image/png")}
    for name, kinds in wanted.items():
        holders = [item for item in book.volume.items if name in item.properties]
        if len(holders) != 1 or holders[0].kind not in kinds:
            yield f"{name}: {[item.path for item in holders]}"


def _properties(item, root):
    tags = {each.tag for each in root.iter() if isinstance(each.tag, str)}
    found = {
        "svg": "{http://www.w3.org/2000/svg}svg" in tags,
        "mathml": "{http://www.w3.org/1998/Math/MathML}math" in tags,
        "scripted": f"{HTML}script" in tags or f"{HTML}form" in tags,
        "remote-resources": False,  # there are none: preflight says so
    }
    for name, held in found.items():
        if held != (name in item.properties):
            yield f"{item.path}: {name}"


def spine(book):
    """All documents are read, each once and in line; the contents may stand outside (EPUB 3.3, 5.7)."""
    twice = [path for path, times in Counter(book.spine).items() if times > 1]
    outside = set(book.volume.documents) - set(book.spine) - {book.nav_path}
    aside = [each.get("idref") for each in book.package.iter(f"{OPF_NS}itemref") if each.get("linear") == "no"]
    yield from (f"{path}" for path in [*twice, *sorted(outside), *aside])
    element = book.package.find(f"{OPF_NS}spine")
    if element.get("toc") not in {item.id for item in book.volume.items if item.kind == NCX}:
        yield "the old contents are not named"


def cover(book):
    """The book opens with its cover: one picture, with words, alone."""
    path = book.spine[0] if book.spine else ""
    root = book.volume.documents.get(path)
    pictures = list(root.iter(f"{HTML}img")) if root is not None else []
    image = next((item.path for item in book.volume.items if "cover-image" in item.properties), "")
    if len(pictures) != 1 or resolved(path, pictures[0].get("src", ""))[0] != image:
        yield f"{path} does not show {image}"
    elif _words(root.find(f"{HTML}body")) or not pictures[0].get("alt", "").strip():
        yield f"{path}: words beside the picture, or none for it"


def names(book):
    """The package says what it must and should, and every statement about a statement is about one that is there."""
    for name in ("title", "identifier", "language"):
        if not all((each.text or "").strip() for each in book.package.iter(f"{DC}{name}")):
            yield f"dc:{name} is empty"
    ids = [each.get("id") for each in book.package.iter() if each.get("id")]
    yield from (f"the id {name} twice" for name, times in Counter(ids).items() if times > 1)
    for each in book.package.iter(f"{OPF_NS}meta"):
        if each.get("refines") and each.get("refines").removeprefix("#") not in ids:
            yield f"about {each.get('refines')}, which is not there"
        if each.get("property") and not (each.text or "").strip():
            yield f"{each.get('property')} is empty"
    (changed,) = book.metas.get("dcterms:modified", ["-"])[:1]
    if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", changed):
        yield f"dcterms:modified {changed}"


# --- accessibility --------------------------------------------------------------------------------


def discovery(book):
    """The metadata of accessibility is complete, and true of the book (EPUB Accessibility 1.1, 2)."""
    metas = book.metas
    for name in ("accessMode", "accessModeSufficient", "accessibilityFeature", "accessibilityHazard"):
        if not metas.get(f"schema:{name}"):
            yield f"no {name}"
    if len(metas.get("schema:accessibilitySummary", ())) != 1:
        yield "not one summary"
    features = set(metas.get("schema:accessibilityFeature", ()))
    yield from (f"no {name}" for name in sorted(ALWAYS - features))
    if features & PAGED != (PAGED if book.marks else set()):
        yield f"pages: {sorted(features & PAGED)}"
    if "alternativeText" in features and any(True for _ in pictures(book)):
        yield "alternativeText, and a picture has none"
    if set(metas.get("schema:accessibilityHazard", ())) - HAZARDS:
        yield f"hazards {metas['schema:accessibilityHazard']}"


def conformance(book):
    """Conformance is claimed in the words of the standard, with who certified it, or not at all (2.3 and 2.4)."""
    links = [each for each in book.package.iter(f"{OPF_NS}link") if each.get("rel") == "dcterms:conformsTo"]
    claimed = book.metas.get("dcterms:conformsTo", [])
    certified = [each for each in book.package.iter(f"{OPF_NS}meta") if each.get("property") == CERTIFIED and each.text]
    if bool(claimed or links) != bool(certified):
        yield f"claimed {claimed}, certified {len(certified)}"
    yield from (f"{each!r}" for each in claimed if not CONFORMS.fullmatch(each))


def languages(book):
    """Package, contents and documents name their language, both ways (WCAG 2.1, 3.1.1)."""
    if book.package.get(XML_LANG) != book.language:
        yield "the package"
    for path, root in book.volume.documents.items():
        if not (root.get("lang") == root.get(XML_LANG) == book.language):
            yield path
        for each in root.iter(f"{HTML}*"):
            if each.get("lang") != each.get(XML_LANG):
                yield f"{path}: <{_name(each)}> {each.get('lang')}, {each.get(XML_LANG)}"
    root = book.ncx[1]
    if root is not None and root.get(XML_LANG) != book.language:
        yield "the old contents"


def titles(book):
    """Every document has a title of words."""
    for path, root in book.volume.documents.items():
        if not (root.findtext(f"{HTML}head/{HTML}title") or "").strip():
            yield path


def roles(book):
    """What a part is in EPUB's words it is in ARIA's, and the other way round."""
    kinds = {role: kind for kind, role in ROLES.items()}
    for path, each in _elements(book):
        role, types = each.get("role", ""), each.get(f"{OPS}type", "").split()
        for kind in types:
            if kind in ROLES and ROLES[kind] not in role.split() and not _is_landmark(each):
                yield f"{path}: {kind} without {ROLES[kind]}"
        if role in kinds and role != "doc-backlink" and kinds[role] not in types:
            yield f"{path}: {role} without {kinds[role]}"


def _is_landmark(element):
    return _name(element) == "a" and any(
        nav.get(f"{OPS}type") == "landmarks" for nav in element.iterancestors(f"{HTML}nav")
    )


def headings(book):
    """No level is skipped on the way down, from document to document."""
    for path, root in book.texts.items():
        level = 0
        for each in root.iter(*(f"{HTML}h{n}" for n in range(1, 7))):
            now = int(each.tag[-1])
            if now > level + 1:
                yield f"{path}: h{now} after h{level}: {_words(each)[:40]}"
            if not _words(each):
                yield f"{path}: an empty h{now}"
            level = now


def tables(book):
    """A table has a name, and each of its heads says of what it is one (WCAG 2.1, 1.3.1)."""
    for path, table in _elements(book):
        if _name(table) != "table" or table.get("role") in {"presentation", "none"}:
            continue
        caption = table.find(f"{HTML}caption")
        named = table.get("aria-label") or table.get("aria-labelledby") or (caption is not None and _words(caption))
        if not named:
            yield f"{path}: no name: {_words(table)[:40]}"
        for head in table.iter(f"{HTML}th"):
            if head.get("scope") not in {"col", "row", "colgroup", "rowgroup"}:
                yield f"{path}: a head without scope: {_words(head)[:40]}"


def pictures(book):
    """A picture has words of its own, or is told to be an ornament."""
    for path, each in _elements(book):
        alt = each.get("alt", "").strip() if _name(each) == "img" else "-"
        if not alt and each.get("role") not in {"presentation", "none"}:
            yield f"{path}: {each.get('src')}"


def labels(book):
    """What names another element by its id names one that is there."""
    for path, root in book.volume.documents.items():
        ids = {each.get("id") for each in root.iter()}
        for each in root.iter(f"{HTML}*"):
            for key in ("aria-labelledby", "aria-describedby", "aria-details", "headers"):
                lost = set(each.get(key, "").split()) - ids
                yield from (f"{path}: {key} {name}" for name in sorted(lost))


# --- ways in --------------------------------------------------------------------------------------


def contents(book):
    """The contents lead through the book in reading order; the places every book has are named."""
    places = [book.places.get(target, (-1, -1)) for target, _, _ in book.entries("toc")]
    if not places or places != sorted(places) or (-1, -1) in places:
        yield "not in reading order"
    if any(not words for kind in ("toc", "landmarks", "page-list") for _, words, _ in book.entries(kind)):
        yield "a line without words"
    nav = book.nav("landmarks")
    kinds = [a.get(f"{OPS}type") for a in nav.iter(f"{HTML}a")] if nav is not None else []
    if not {"toc", "bodymatter", "cover"} <= set(kinds) or len(set(kinds)) != len(kinds):
        yield f"landmarks {kinds}"
    outside = [path for (path, _), _, _ in book.entries("landmarks") if path not in book.volume.documents]
    yield from (f"a landmark outside the book: {path}" for path in outside)


def pages(book):
    """Page list, marks and the statement of which print they come from go together, one to one, in order."""
    listed = [(target, words) for target, words, _ in book.entries("page-list")]
    if listed != book.marks:
        yield f"listed and marked differ: {sorted(set(listed) ^ set(book.marks))[:4]}"
    yield from (f"no label: {place}" for place, label in book.marks if not label)
    doubled = [label for label, times in Counter(label for _, label in book.marks).items() if times > 1]
    yield from (f"page {label} twice" for label in doubled)
    numbers = [int(label) for _, label in book.marks if label.isdecimal()]
    if numbers != sorted(numbers):
        yield "folios do not rise"
    if len(book.metas.get("pageBreakSource", ())) != bool(book.marks):
        yield f"pageBreakSource {book.metas.get('pageBreakSource')}"
    for path, root in book.texts.items():
        for each in root.iter():
            if each.get("role") == "doc-pagebreak" and (_name(each) == "a" or _words(each) or len(each)):
                yield f"{path}: the mark {each.get('id')} is a link or holds something"


def old_contents(book):
    """The NCX says what the contents and the page list say, and numbers its places in reading order (OPF 2.0.1)."""
    path, root = book.ncx
    if root is None:
        yield "none"
        return
    points = [(*_target(path, each), _depth(each)) for each in root.iter(f"{NCX_NS}navPoint")]
    deepest = max((depth for _, _, depth in points), default=0)
    if points != [each for each in book.entries("toc") if each[2] <= deepest]:
        yield "other lines than the contents"
    targets = [_target(path, each) for each in root.iter(f"{NCX_NS}pageTarget")]
    if targets != [(target, words) for target, words, _ in book.entries("page-list")]:
        yield "other pages than the page list"
    order = {}
    for each in root.iter(f"{NCX_NS}navPoint", f"{NCX_NS}pageTarget"):
        order.setdefault(each.get("playOrder"), set()).add(_target(path, each)[0])
    placed = [targets for _, targets in sorted(order.items(), key=lambda pair: int(pair[0] or 0))]
    places = [book.places.get(min(each), (-1, -1)) for each in placed]
    if any(len(each) > 1 for each in placed) or len(set(map(min, placed))) < len(placed) or places != sorted(places):
        yield "playOrder does not follow the reading order"
    facts = {each.get("name"): each.get("content") for each in root.iter(f"{NCX_NS}meta")}
    told = (facts.get("dtb:uid"), facts.get("dtb:depth"), facts.get("dtb:totalPageCount"))
    if told != (book.package.findtext(f".//{DC}identifier"), str(deepest), str(len(targets))):
        yield f"says of itself {told}"


def _target(path, element):
    content = element.find(f"{NCX_NS}content")
    return resolved(path, content.get("src", "")), _words(element.find(f"{NCX_NS}navLabel"))


def _depth(point):
    return 1 + sum(1 for _ in point.iterancestors(f"{NCX_NS}navPoint"))


def notes(book):
    """Every call leads to a note, every note is called, and leads back to a call of it.

    Reading programs pop up an ``aside``, which they may hide where it stands, and a ``div``, which they show there too:
    footnotes gathered at the end are asides.
    """
    calls = [
        ((path, each.get("id", "")), resolved(path, each.get("href", "")))
        for path, each in _elements(book)
        if each.get("role") == "doc-noteref"
    ]
    called = {
        (path, each.get("id", "")): each
        for path, each in _elements(book)
        if each.get("role") == "doc-footnote" or "footnote" in each.get(f"{OPS}type", "").split()
    }
    if odd := {note for _, note in calls} ^ set(called):
        yield f"calls and notes differ: {sorted(odd)[:4]}"
    for (path, name), note in called.items():
        gathered = "footnotes" in note.getparent().get("class", "").split()
        if _name(note) not in ({"aside"} if gathered else {"aside", "div"}):
            yield f"{path}: {name} is a {_name(note)}, it does not pop up as it should"
        back = [resolved(path, a.get("href", "")) for a in note.iter(f"{HTML}a") if a.get("role") == "doc-backlink"]
        if not back or any((place, (path, name)) not in calls for place in back):
            yield f"{path}: {name} does not lead back to its call"
        if len(_words(note)) <= 2:
            yield f"{path}: {name} is empty"


# --- looks ----------------------------------------------------------------------------------------


def faces(book):
    """The faces that are bound are those the styles name, and each is used."""
    text = "\n".join(book.sheets.values())
    named = {
        resolved(path, address)[0]
        for path, sheet in book.sheets.items()
        for face in FACE.findall(sheet)
        for address in URL.findall(face)
    }
    bound = {item.path for item in book.volume.items if item.kind.startswith("font/")}
    yield from (f"{path}" for path in sorted(named ^ bound))
    families = {name for face in FACE.findall(text) for name in _families(face)}
    used = set(_families(FACE.sub("", text)))
    yield from (f"the family {name}" for name in sorted(families ^ (used - GENERIC)))


def _families(css):
    return [name.strip(" \"'") for stack in FAMILY.findall(css) for name in stack.split(",")]


def styles(book):
    """No reading program is asked what it does not bear; lines are as high as their letters say, in no other unit."""
    for path, sheet in book.sheets.items():
        yield from (f"{path}: {found.written}" for found in stylesheets.objections(sheet))
        yield from (f"{path}: line-height: {value}" for value in LINE_HEIGHT.findall(sheet) if not NUMBER.match(value))
        yield from (f"{path}: {found[0]}" for found in FIXED.finditer(sheet))


def sheets_are_there(book):
    """Every document is set by the book's styles, and has none of its own (Kindle trips over them)."""
    for path, root in book.volume.documents.items():
        linked = [each.get("href") for each in root.iter(f"{HTML}link") if each.get("rel") == "stylesheet"]
        if not linked:
            yield f"{path}: no styles"
        lost = [each for each in linked if posixpath.normpath(resolved(path, each)[0]) not in book.sheets]
        yield from (f"{path}: {each}" for each in lost)
        if list(root.iter(f"{HTML}style")) or any(each.get("style") for each in root.iter(f"{HTML}*")):
            yield f"{path}: styles of its own"


RULES = (
    archive, texts_in_normal_form, sizes, manifest, spine, cover, names, discovery, conformance, languages, titles,
    roles, headings, tables, pictures, labels, contents, pages, old_contents, notes, faces, styles, sheets_are_there,
)  # fmt: skip
