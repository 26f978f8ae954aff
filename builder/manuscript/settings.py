"""``publication.yaml`` → Settings, defaults filled in; the same table gives its JSON Schema."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from builder import problems
from builder.manuscript import yaml
from builder.manuscript.keys import Choice, Day, Group, Named, Placed, Schema, Several, Whole, Words
from builder.problems import Place
from builder.publication import Edition, Ignored, Organisation, Original, People, Settings, Trim

if TYPE_CHECKING:
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

OUTPUTS = ("pdf", "booklet", "press", "epub")
"""What an edition may be made into."""

_EDITION = Group(
    {
        "layout": Words(),
        "audience": Choice(("participant", "leader")),
        "type": Choice(("normal", "large"), later=("large",)),
        "trim": Choice(tuple(TRIMS)),
        "outputs": Several(Choice(OUTPUTS)),
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
        "toc": Choice(("front", "end")),
        "tone_style": Choice(("keep", "old", "new")),
        "dash": Choice(("keep", "en")),
        "numbering": Choice(("strict", "as-printed")),
        "notes": Choice(("part", "page")),
        "abbreviations": Named(Words()),
        "capitals": Several(Words()),
        "ignore": Group({code: Several(Placed(Words())) for code in problems.LANGUAGE}),
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
    return Settings(
        title=values.pop("title", ""),
        organisation=Organisation(**values.pop("organisation", {})),
        people=People(**values.pop("people", {})),
        original=Original(**values.pop("original", {})),
        ignored=tuple(
            Ignored(code, words, place)
            for code, entries in values.pop("ignore", {}).items()
            for words, place in entries
        ),
        editions=values.pop("editions", ()) or (_edition("nguoi-du", Place(sheet.file if sheet else "")),),
        **values,
    )


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
    values["editions"] = tuple(_edition(name, places[name], **keys) for name, keys in values.get("editions", ()))
    return values


def _places_of_editions(root: yaml.Node) -> dict[str, Place]:
    tables = [value for key, value in root.entries if key.text == "editions"] if isinstance(root, yaml.Fields) else []
    return {name.text: name.place for each in tables if isinstance(each, yaml.Fields) for name, _ in each.entries}


def _edition(
    name: str,
    place: Place,
    layout: str = "interleaved",
    trim: str = "A5",
    outputs: tuple[str, ...] = (),
    **voices: str,
) -> Edition:
    return Edition(name, layout, TRIMS[trim], outputs or ("pdf", "booklet", "epub"), **voices, place=place)
