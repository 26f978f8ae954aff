"""The nouns of an order: what is wanted, with which folders and hands, who is told how far it is; what comes of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from builder import PROGRAM
from builder.press import Crew, Round
from builder.printer import UNTRIED, Printer
from builder.problems import Problem  # noqa: TC001 - what was made is read back by these types
from builder.shelf import TitleFacts  # noqa: TC001 - the same

if TYPE_CHECKING:
    from pathlib import Path

    from builder.press import Keeper, Printing
    from builder.publication import Edition, Publication
    from builder.shelf import Calibre

KINDS = ("pdf", "booklet", "press", "epub", "kepub", "azw3")
"""The outputs this version makes, in the order they are made."""

FILES = {
    "pdf": ".pdf",
    "booklet": "-booklet.pdf",
    "fronts": "-fronts.pdf",
    "backs": "-backs.pdf",
    "booklet-cover": "-booklet-cover.pdf",
    "card": "-card.pdf",
    "press": "-press.pdf",
    "cover": "-cover.pdf",
    "spec": "-spec.txt",
    "epub": ".epub",
    "kepub": ".kepub.epub",
    "azw3": ".azw3",
}
"""The kinds of file an output consists of → what follows the edition in their names."""

COPIES = {"epub": "copy", "kepub": "kepub-copy"}
"""Kinds of file that are numbered → the kind of their copies."""

FORMS = ("booklet", "fronts", "backs", "booklet-cover")
"""Kinds of file that take each other's place: what a booklet consists of depends on its cover and on the printer."""

PLAIN = "text"
"""The layout whose words and cards go with what belongs to no publication."""


class Stage(Enum):
    """The steps a person is told of."""

    READ = "read"
    COMPOSE = "compose"
    PRINT = "print"
    FURNISH = "furnish"
    GATHER = "gather"
    IMPOSE = "impose"
    SHOP = "shop"
    BIND = "bind"
    CONVERT = "convert"
    NUMBER = "number"
    PLACE = "place"
    PUBLISH = "publish"


@dataclass(frozen=True, slots=True)
class Step:
    """How far the work is: the stage, and how many of its pieces are done of how many in all (0: not known)."""

    slug: str
    edition: str
    stage: Stage
    done: int = 0
    total: int = 0


Progress = Callable[[Step], None]
Timer = Callable[[], float]
"""Seconds since some moment, always the same one."""


@dataclass(frozen=True, slots=True)
class Workshop:
    """Where the work is done.

    Attributes:
        layouts: ``layouts/``.
        fonts: ``fonts/``.
        progress: who watches.
        timer: seconds since some moment.
        crew: who sets type.
        cache: what was set before.
        printer: the machine that booklets are printed on.
        profiles: folders in which profiles of printing conditions are looked for.
        profile: the one to take, whatever is found or named.
        calibre: what makes books for a Kindle, where this machine has it.
        command: what the program is called by whoever types; cards name it.
    """

    layouts: Path
    fonts: Path
    progress: Progress = lambda _: None
    timer: Timer = lambda: 0.0
    crew: Crew = field(default_factory=Crew)
    cache: Keeper | None = None
    printer: Printer = UNTRIED
    profiles: tuple[Path, ...] = ()
    profile: Path | None = None
    calibre: Calibre | None = None
    command: str = PROGRAM


@dataclass(frozen=True, slots=True)
class Wish:
    """Names of editions and kinds of output asked for; none means all."""

    editions: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()

    @property
    def partial(self) -> bool:
        """Tell whether something is left out."""
        return bool(self.editions or self.kinds)


@dataclass(frozen=True, slots=True)
class Piece:
    """A file as it was made: its kind (a key of ``FILES``), its pages where it has any.

    ``profile`` is the SHA-256 of the profile its colours were reckoned with, if it was made with one; ``line`` what a
    numbered copy of it says of itself, with ``{number}`` and ``{code}``, if it is ever numbered.
    """

    kind: str
    pages: int | None
    data: bytes = field(repr=False)
    profile: str = ""
    line: str = ""


@dataclass(frozen=True, slots=True)
class Output:
    """A finished file: its ``pages`` (an e-book's: those of its page list), the ``seconds`` it took to make.

    ``line`` is what a numbered copy of it says of itself, with ``{number}`` and ``{code}``; empty when it has none.
    ``part`` is the id of the session it is for, where every session has its own.
    """

    edition: str
    kind: str
    name: str
    pages: int | None
    seconds: float
    source: str
    data: bytes = field(repr=False)
    line: str = ""
    part: str = ""


@dataclass(frozen=True, slots=True)
class Setting:
    """How the type of an edition was set, round by round."""

    edition: str
    rounds: tuple[Round, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """All that was made of one publication, what is worth a second look, how its type was set.

    ``again`` tells that nothing had changed, so that it is what was made before; ``facts`` what its shelf is to say of
    the publication.
    """

    slug: str
    outputs: tuple[Output, ...]
    problems: tuple[Problem, ...]
    settings: tuple[Setting, ...] = ()
    again: bool = False
    facts: TitleFacts | None = None


@dataclass(frozen=True, slots=True)
class Proof:
    """One book of an edition as whoever writes it wants to see it: nothing is arranged on sheets, nothing is placed.

    Attributes:
        publication: what was read, all of its sessions.
        edition: the edition.
        part: id of the session the book is of, when every session is a book; else empty.
        printing: its pages, the same as those of the finished files; nothing when it is made as an e-book alone.
        problems: what is worth a second look.
        bind: binds its e-book and returns it with what is worth a second look there; raises ``Problems``. Nothing when
            none is made of it.
    """

    publication: Publication
    edition: Edition
    part: str
    printing: Printing | None
    problems: tuple[Problem, ...]
    bind: Callable[[], tuple[bytes, tuple[Problem, ...]]] | None = field(repr=False, compare=False)


class NotAsked(ValueError):  # noqa: N818 - named for what it is
    """Raised for a wish no edition answers: ``wanted`` names it, ``known`` what there is."""

    def __init__(self, wanted: str, known: tuple[str, ...]) -> None:
        """Keep the words."""
        self.wanted = wanted
        self.known = known
        super().__init__(f"{wanted!r} is none of {known}")
