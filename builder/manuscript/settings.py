"""``publication.yaml`` → Settings, defaults filled in; the same table gives its JSON Schema."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from builder import paper, problems
from builder.manuscript import accessible, yaml
from builder.manuscript.keys import Choice, Day, Group, Millimetres, Named, Placed, Schema, Several, Whole, Words
from builder.problems import Place
from builder.publication import (
    Binding,
    Ebook,
    Edition,
    Ignored,
    Organisation,
    Original,
    People,
    Settings,
    Trim,
    addresses,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from builder.manuscript.folder import Sheet
    from builder.problems import Problem

FORMAT = 1
"""The version of the source format this program reads."""

PROFILES = ("noi-bo", "khong-kinh-doanh", "xuat-ban")
TRIMS = {
    trim.name: trim
    for trim in (
        Trim("A5", 148, 210),
        Trim("A4", 210, 297),
        Trim("A6", 105, 148),
        Trim("phone", 90, 160),
        Trim("vn-13x19", 130, 190),
        Trim("vn-14.5x20.5", 145, 205),
        Trim("vn-16x24", 160, 240),
        Trim("vn-19x27", 190, 270),
    )
}
"""The page sizes an edition may ask for, in millimetres."""

CODED = Ebook().qr
"""The pages that may carry a code."""

OUTPUTS = ("pdf", "booklet", "press", "epub", "kepub", "azw3")
"""What an edition may be made into."""

LEAST, MOST = 70, 420
"""Bounds of a page's sides, in millimetres, when an edition gives its own."""

ALONE = "none"
"""What ``folios_of`` says of an edition that shows no page numbers but its own."""

LOOSE = ("handout", "bieu-mau")
"""Layouts of loose sheets: their pages are nobody's page numbers."""

DEFAULTS = {
    "nguoi-du": {},
    "chu-lon": {"type": "large", "trim": TRIMS["A4"], "outputs": ("pdf",)},
    "dien-thoai": {"trim": TRIMS["phone"], "outputs": ("pdf",)},
}
"""The editions of a publication that names none."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page size: one that has a name, or width × height in millimetres (``120x190``)."""

    def read(self, key: str, node: yaml.Node, found: list[Problem]) -> Trim | None:
        """A scalar → the page."""
        text = Words().read(key, node, found)
        if text is None or text in TRIMS:
            return TRIMS[text] if text else None
        sides = re.fullmatch(r"([0-9]{2,3}(?:\.[0-9])?) ?[x×] ?([0-9]{2,3}(?:\.[0-9])?)(?: ?mm)?", text)
        width, height = (float(side) for side in sides.groups()) if sides else (0.0, 0.0)
        if LEAST <= width <= MOST and LEAST <= height <= MOST:
            return Trim(f"{width:g}x{height:g}", width, height)
        found.append(problems.trim_bad(node.place, text, TRIMS, LEAST, MOST))
        return None

    def schema(self) -> Schema:
        """The names, or two numbers, as JSON Schema."""
        own = r"^[0-9]{2,3}(\.[0-9])? ?[x×] ?[0-9]{2,3}(\.[0-9])?( ?mm)?$"
        return {"anyOf": [{"enum": list(TRIMS)}, {"type": "string", "pattern": own}]}


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet of paper: its name, or two sides in millimetres (``330x230``)."""

    def read(self, key: str, node: yaml.Node, found: list[Problem]) -> paper.SheetSize | None:
        """A scalar → the sheet."""
        text = Words().read(key, node, found)
        try:
            return paper.sheet_size(text) if text else None
        except paper.UnknownSheet:
            found.append(problems.sheet_bad(node.place, text or "", paper.NAMED))
            return None

    def schema(self) -> Schema:
        """The names, or two numbers, as JSON Schema."""
        own = r"^[0-9]+(\.[0-9]+)? ?[x×] ?[0-9]+(\.[0-9]+)? ?(mm)?$"
        return {"anyOf": [{"enum": list(paper.NAMED)}, {"type": "string", "pattern": own}]}


@dataclass(frozen=True, slots=True)
class Address:
    """The address of a place on the web."""

    def read(self, key: str, node: yaml.Node, found: list[Problem]) -> str | None:
        """A scalar → the address in ASCII."""
        text = Words().read(key, node, found)
        address = addresses.encoded(text) if text else None
        if address == "":
            found.append(problems.address_bad(node.place, text or "", addresses.LONGEST))
        return address or None

    def schema(self) -> Schema:
        """What such an address begins with, as JSON Schema."""
        return {"type": "string", "pattern": r"^https?://[^\s#]+$"}


_BINDING = Group(
    {
        "scheme": Choice(("saddle", "signatures", "side", "perfect")),
        "sheet": Paper(),
        "sheets_per_signature": Whole(1, 16),
        "copies_per_sheet": Whole(1, 2),
        "keep_last": Whole(0, 8),
        "cover": Choice(("self", "sheet")),
        "paper_gsm": Whole(paper.LIGHTEST, paper.HEAVIEST),
        "caliper_mm": Millimetres(0.02, 2),
        "cover_gsm": Whole(paper.LIGHTEST, paper.HEAVIEST),
        "cover_caliper_mm": Millimetres(0.02, 2),
        "creep": Choice(("auto", "off", "in", "out", "center")),
        "creep_total_mm": Millimetres(0, 20),
        "marks": Several(Choice(("crop", "fold", "collate"))),
        "bleed_mm": Millimetres(0, 15),
        "ink": Choice(("black", "colour")),
        "profile": Words(),
    }
)

_EDITION = Group(
    {
        "layout": Words(),
        "audience": Choice(("participant", "leader")),
        "type": Choice(("normal", "large")),
        "trim": Page(),
        "outputs": Several(Choice(OUTPUTS)),
        "folios_of": Placed(Words()),
        "per": Choice(("session",)),
        "binding": _BINDING,
    }
)

TABLE = Group(
    {
        "format": Whole(FORMAT, 999),
        "title": Words(),
        "subtitle": Words(),
        "notice": Words(),
        "kind": Words(),
        "language": Choice(("vi", "en")),
        "date": Day(),
        "period": Words(),
        "organisation": Group(
            {
                "parent": Words(),
                "unit": Words(),
                "address": Choice(("dong-chi", "hoi-vien", "ong-ba")),
            }
        ),
        "people": Group({"compiled": Words(), "approved": Words()}),
        "original": Group(
            {
                "kind": Words(),
                "number": Words(),
                "date": Day(),
                "issuer": Words(),
                "subject": Words(),
            }
        ),
        "imprint": Group({"profile": Choice(PROFILES, later=PROFILES[1:])}),
        "accessibility": accessible.TABLE,
        "toc": Choice(("front", "end")),
        "tone_style": Choice(("keep", "old", "new")),
        "dash": Choice(("keep", "en")),
        "numbering": Choice(("strict", "as-printed")),
        "notes": Choice(("part", "page")),
        "abbreviations": Named(Words()),
        "capitals": Several(Words()),
        "ignore": Group({code: Several(Placed(Words())) for code in (*problems.LANGUAGE, *problems.COVERAGE)}),
        "ebook": Group({"address": Address(), "qr": Several(Choice(CODED))}),
        "editions": Named(_EDITION, slugs=True),
    }
)
"""Every key of ``publication.yaml`` and what it takes."""


def read(sheet: Sheet | None, found: list[Problem]) -> Settings:
    """The sheet of ``publication.yaml``, if there is one → settings; ``title`` stays empty when none is given."""
    values = _values(sheet, found) if sheet else {}
    values.pop("format", None)
    imprint = values.pop("imprint", {})
    if "profile" in imprint:
        values["imprint_profile"] = imprint["profile"]
    told = values.pop("accessibility", {})
    settings = Settings(
        title=values.pop("title", ""),
        organisation=Organisation(**values.pop("organisation", {})),
        people=People(**values.pop("people", {})),
        original=Original(**values.pop("original", {})),
        ignored=tuple(
            Ignored(code, words, place)
            for code, entries in values.pop("ignore", {}).items()
            for words, place in entries
        ),
        ebook=Ebook(**values.pop("ebook", {})),
        editions=tuple(_paged(values.pop("editions", {}) or DEFAULTS, Place(sheet.file if sheet else ""), found)),
        **values,
    )
    return replace(settings, accessibility=accessible.read(told, settings, found))


def schema() -> Schema:
    """``publication.yaml`` as a JSON Schema (draft 2020-12)."""
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "publication.yaml"}
    return head | TABLE.schema()


def _values(sheet: Sheet, found: list[Problem]) -> dict[str, Any]:
    text = "\n".join(line.text for line in sheet.lines)
    root, broken = yaml.read(text, sheet.file)
    found.extend(broken)
    if root is None:
        return {}
    values = TABLE.read("", root, found)
    if values.get("format", FORMAT) != FORMAT:
        found.append(problems.format_unknown(root.place, values["format"]))
    places = _places_of_editions(root)
    values["editions"] = {name: {"place": places[name], **keys} for name, keys in values.get("editions", ())}
    return values


def _places_of_editions(root: yaml.Node) -> dict[str, Place]:
    tables = [value for key, value in root.entries if key.text == "editions"] if isinstance(root, yaml.Fields) else []
    return {name.text: name.place for each in tables if isinstance(each, yaml.Fields) for name, _ in each.entries}


def _paged(tables: Mapping[str, Mapping[str, Any]], sheet: Place, found: list[Problem]) -> Iterator[Edition]:
    """Make the editions, and find for each the one whose page numbers it shows.

    That is the first one that is read on paper in the common size, unless the edition says otherwise. One that shows
    the numbers of another is nobody's measure.
    """
    asked = {name: keys.get("folios_of") for name, keys in tables.items()}
    editions = [_edition(name, **{"place": sheet, **keys, "folios_of": ""}) for name, keys in tables.items()]
    free = [edition for edition in editions if not (_follows(edition) or edition.per)]
    bound = [edition.name for edition in free if (asked[edition.name] or (ALONE,))[0] == ALONE]
    for edition in editions:
        known = [name for name in bound if name != edition.name]
        named, place = asked[edition.name] or (known[0] if known and _follows(edition) else ALONE, edition.place)
        if named not in (*known, ALONE):
            found.append(problems.value_choice(place, "folios_of", named, (*known, ALONE)))
        yield replace(edition, folios_of="" if named == ALONE else named)


def _follows(edition: Edition) -> bool:
    """Tell whether an edition's own page numbers are nobody's but its reader's."""
    return edition.type == "large" or edition.trim.name == "phone" or edition.layout in LOOSE


def _edition(
    name: str,
    layout: str = "interleaved",
    trim: Trim = TRIMS["A5"],
    outputs: tuple[str, ...] = (),
    binding: Mapping[str, Any] | None = None,
    **others: Any,  # noqa: ANN401 - the keys of the table
) -> Edition:
    bound = Binding(**{key.removesuffix("_mm"): value for key, value in (binding or {}).items()})
    return Edition(name, layout, trim, outputs or ("pdf", "booklet", "epub"), binding=bound, **others)
