"""A layout folder, and the ones it extends, come in; one ``Layout`` with everything resolved goes out.

``layout.yaml`` gives the summary, the parent, the order of leaves, the words on the page; ``leaves/*.html`` are
Jinja2 templates, a child's replacing the parent's of the same name (``spec.txt``, for a print shop, is one too);
``print.css``, ``furniture.css`` and ``ebook.css`` are added after the parent's; they are written for A5 and scaled to
other pages. ``print-<trim>.css``, ``print-large.css`` (and ``furniture-…``) likewise, for one page size or for large
type alone, as they stand.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from builder import problems
from builder.manuscript import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path


STYLESHEETS = ("print", "furniture", "ebook")
MEDIA = ("print", "ebook")
STARTS = ("page", "recto", "verso", "follow")
CONDITIONS = ("always", "toc-front", "toc-end", "paper", "screen", "leader", "participant")
EACH = ("", "session")
ROOT = "base"


@dataclass(frozen=True, slots=True)
class LeafOrder:
    """One line of the order of leaves: which template, where it opens, when it applies.

    A leaf that is to ``follow`` stands in the leaf before it (in print), below what that shows.

    ``each`` is ``session`` for a leaf that is set once for every session; ``under`` names the leaf before it that its
    lines of the contents stand under; ``most`` is how many pages it should have at most (0: any number).
    """

    leaf: str
    start: str = "page"
    when: str = "always"
    each: str = ""
    under: str = ""
    most: int = 0


@dataclass(frozen=True, slots=True)
class Layout:
    """A layout with its parents folded in.

    Attributes:
        name: the folder's name.
        summary: one line for ``anpham layouts``.
        order: medium (``print``, ``ebook``) → leaves in reading order.
        templates: file name → Jinja2 source.
        stylesheets: ``print``, ``furniture``, ``ebook``, ``print-<trim>``, ``print-large`` … → CSS.
        words: key → words on the page.
        writing_lines: lines given to a question that asks for no number.
        semantics: leaf → what it is, as a term of EPUB's structural vocabulary.
        words_elsewhere: language → words that a publication in that language has instead.
        ebook_files: file and CSS of every ``ebook.css``, root first.
    """

    name: str
    summary: str
    order: Mapping[str, tuple[LeafOrder, ...]]
    templates: Mapping[str, str] = field(repr=False)
    stylesheets: Mapping[str, str] = field(repr=False)
    words: Mapping[str, str] = field(repr=False)
    writing_lines: int = 6
    ebook_files: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    semantics: Mapping[str, str] = field(default_factory=dict, repr=False)
    words_elsewhere: Mapping[str, Mapping[str, str]] = field(default_factory=dict, repr=False)

    def speaking(self, language: str) -> Layout:
        """Return the layout with the words of a language, where it has them."""
        other = self.words_elsewhere.get(language, {})
        return replace(self, words={**self.words, **other}) if other else self


def names(folder: Path) -> tuple[str, ...]:
    """List the layouts of a ``layouts/`` folder that an edition may ask for (all but ``base``)."""
    return tuple(sorted(path.parent.name for path in folder.glob("*/layout.yaml") if path.parent.name != ROOT))


def load(name: str, folder: Path, asked: problems.Place | None = None) -> Layout:
    """Read the layout ``name`` of the ``layouts/`` folder; ``asked`` is where someone asks for it by that name.

    Raises:
        Problems: ``LAYOUT_UNKNOWN``, ``LAYOUT_BROKEN`` (an entry that is missing or of the wrong kind).
    """
    known = names(folder)
    if name not in known:
        raise problems.Problems([problems.layout_unknown(asked or problems.Place(str(folder)), name, known)])
    return _fold(name, _lineage(name, folder))


def _lineage(name: str, folder: Path) -> list[_Sheet]:
    """Read a layout and its parents, from the root to ``name``."""
    chain: dict[str, _Sheet] = {}
    while name:
        file = folder / name / "layout.yaml"
        if name in chain or not file.is_file():
            raise problems.Problems([problems.layout_broken(problems.Place(str(file)), f"extends: {name}")])
        chain[name] = _Sheet.read(folder / name)
        name = chain[name].text("extends")
    return list(chain.values())[::-1]


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One layout folder as it stands, before its parents are folded in."""

    folder: Path
    data: Mapping[str, object]

    @classmethod
    def read(cls, folder: Path) -> _Sheet:
        file = folder / "layout.yaml"
        data, found = yaml.load(file.read_text("utf-8"), str(file))
        problems.stop_on_errors(found)
        return cls(folder, data)

    def text(self, key: str) -> str:
        return str(self.data.get(key) or "")

    def broken(self, what: str) -> problems.Problems:
        place = problems.Place(str(self.folder / "layout.yaml"))
        return problems.Problems([problems.layout_broken(place, what)])

    def mapping(self, key: str) -> Mapping[str, object]:
        value = self.data.get(key) or {}
        if not isinstance(value, dict):
            raise self.broken(key)
        return value

    def orders(self) -> Iterator[tuple[str, tuple[LeafOrder, ...]]]:
        for medium, leaves in self.mapping("leaves").items():
            if medium not in MEDIA or not isinstance(leaves, list):
                raise self.broken(f"leaves: {medium}")
            order = tuple(self._leaf(leaf) for leaf in leaves)
            for number, line in enumerate(order):
                if line.under and line.under not in {before.leaf for before in order[:number]}:
                    raise self.broken(f"leaves: {medium}: {line.leaf}: under: {line.under}")
            yield medium, order

    def _leaf(self, entry: object) -> LeafOrder:
        keys = entry if isinstance(entry, dict) else {"leaf": entry}
        most = keys.get("most", 0)
        given = {str(key): str(value) for key, value in keys.items() if key in LeafOrder.__slots__ and key != "most"}
        order = LeafOrder(**given, most=most if isinstance(most, int) else 0)
        if len(keys) != len(set(keys) & set(LeafOrder.__slots__)) or order.start not in STARTS:
            raise self.broken(f"leaves: {dict(keys)}")
        if order.when not in CONDITIONS:
            raise self.broken(f"when: {order.when}")
        if order.each not in EACH:
            raise self.broken(f"leaves: {order.leaf}: each: {order.each} (session)")
        if "most" in keys and order.most < 1:
            raise self.broken(f"leaves: {order.leaf}: most: {most}")
        return order

    def templates(self) -> Iterator[tuple[str, str]]:
        for file in sorted((*self.folder.glob("leaves/*.html"), *self.folder.glob("leaves/*.txt"))):
            yield file.name, file.read_text("utf-8")

    def stylesheets(self) -> Iterator[tuple[str, str]]:
        for file in sorted(self.folder.glob("*.css")):
            yield file.stem, file.read_text("utf-8")


def _fold(name: str, sheets: list[_Sheet]) -> Layout:
    """Lay the sheets over one another, root first."""
    order: dict[str, tuple[LeafOrder, ...]] = {}
    templates: dict[str, str] = {}
    stylesheets: dict[str, str] = dict.fromkeys(STYLESHEETS, "")
    words: dict[str, str] = {}
    semantics: dict[str, str] = {}
    english: dict[str, str] = {}
    ebook: list[tuple[str, str]] = []
    lines = 6
    for sheet in sheets:
        order |= dict(sheet.orders())
        templates |= dict(sheet.templates())
        own = {key: str(value) for key, value in sheet.mapping("words").items()}
        words |= own
        # What a child says in its own words is not said in its parent's, whatever the language.
        english = {key: value for key, value in english.items() if key not in own}
        english |= {key: str(value) for key, value in sheet.mapping("words_en").items()}
        semantics |= {leaf: str(term) for leaf, term in sheet.mapping("semantics").items()}
        lines = int(sheet.text("writing_lines") or lines)
        for stem, css in sheet.stylesheets():
            stylesheets[stem] = stylesheets.get(stem, "") + css
            ebook += [(str(sheet.folder / f"{stem}.css"), css)] if stem == "ebook" else []
    missing = [leaf.leaf for leaves in order.values() for leaf in leaves if f"{leaf.leaf}.html" not in templates]
    if missing or set(order) != set(MEDIA):
        raise sheets[-1].broken(", ".join(missing) or "leaves")
    summary = sheets[-1].text("summary")
    return Layout(name, summary, order, templates, stylesheets, words, lines, tuple(ebook), semantics, {"en": english})
