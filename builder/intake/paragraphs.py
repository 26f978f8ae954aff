"""Lines as they were broken by a typewriter, a scan or a web page → lines that are paragraphs.

Lines are joined where a sentence clearly runs on, and parted where a label was glued to the sentence before it. Where
it is not clear, the line ends of the original stay.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from builder import problems
from builder.manuscript import labels
from builder.manuscript.folder import Line
from builder.publication import SIGNS, Level

if TYPE_CHECKING:
    from collections.abc import Sequence

    from builder.intake.record import Record

_SENTENCE_END = tuple(".!?…:;")
_CLOSING = "”’\"')]»*_ "
_GLUED = re.compile(r"(?<=[\w”)’\"][.;:!?])(?=(?:Điều|Chương|Phần|Mục|Tiểu mục)\s)|(?<=[”)])(?=(?:Điều|Chương|Phần)\s)")
_RUN_IN = re.compile(
    r"\s*(?:#+\s*)?(?:Phần|PHẦN|Chương|CHƯƠNG|Mục|MỤC)\s+(?:[IVXLC]+|\d{1,3}|(?:thứ|THỨ)\s\w+)\s+(?P<title>[^\W\d_].{3,})"
)
_HARD_BREAK = re.compile(r"(?: {2,}|\\)$")
_FOLIO = re.compile(r"\s*[-–—]?\s*\d{1,3}\s*[-–—]?\s*")
_ORNAMENT = re.compile(r"\s*(?:[-–—=_*~.]\s*){3,}(?:[oO0*]{1,3}\s*(?:[-–—=_*~.]\s*){3,})?")
_GAP = re.compile(r"\s*\t\s*|\s{4,}")
_WIDEST = 120
_NARROWEST = 40
_FEWEST = 3
_OPENERS = ("Căn cứ ", "Theo đề nghị ", "Xét đề nghị ")


@dataclass(frozen=True, slots=True)
class Measure:
    """How a text was broken: ``width`` of its lines in characters, 0 when every line is a paragraph.

    ``soft`` when a line end alone does not end a paragraph, as in Markdown.
    """

    width: int
    soft: bool = False

    def full(self, text: str, share: float) -> bool:
        """Tell whether a line fills its measure to a share, so that its end may be no writer's choice."""
        return bool(self.width) and len(text) >= share * self.width


def measure(lines: Sequence[Line], *, soft: bool) -> Measure:
    """The lines of a text → the measure to which they were broken, read off those that clearly run on."""
    pairs = itertools.pairwise(lines)
    lengths = sorted(len(above.text) for above, below in pairs if above.text and _first_letter(below.text).islower())
    width = lengths[len(lengths) * 9 // 10] if len(lengths) >= _FEWEST else 0
    return Measure(width if _NARROWEST <= width <= _WIDEST else 0, soft)


def part(line: Line) -> tuple[Line, ...]:
    """A line → the same, parted before each label of an article or a chapter that is glued to a sentence.

    ``Chương I NHỮNG QUY ĐỊNH CHUNG`` is parted too: a title in capitals stands below its label.
    """
    if line.text.lstrip().startswith(("|", ">")):
        return (line,)
    cuts = [match.start() for match in _GLUED.finditer(line.text)]
    cuts = [cut for cut in cuts if _opens_heading(line.text[cut:])]
    run_in = _RUN_IN.fullmatch(line.text)
    if run_in and _capitals(run_in["title"]) and not run_in["title"].endswith(_SENTENCE_END):
        cuts = [run_in.start("title")]
    edges = [0, *cuts, len(line.text)]
    return tuple(Line(line.number, line.text[start:end]) for start, end in itertools.pairwise(edges))


def parted(lines: Sequence[Line], record: Record) -> tuple[Line, ...]:
    """Lines → the same with every glued label on a line of its own, a blank one before it."""
    found: list[Line] = []
    for line in lines:
        first, *others = part(line)
        found.append(first)
        for other in others:
            record.add(problems.intake_split, other.number, other.text)
            found.extend((Line(line.number, ""), other))
    return tuple(found)


def _opens_heading(text: str) -> bool:
    """A label with its title in capitals or with a capital, or with nothing: no reference inside a sentence."""
    label = labels.recognise(text)
    return label is not None and (not label.rest or label.rest[0].isupper() or label.rest[0] in '“"(')


def fold(lines: Sequence[Line], how: Measure) -> tuple[tuple[Line, ...], int]:
    """Lines with no blank one among them → paragraphs, one line each, and how many ends of line were closed."""
    folded: list[Line] = []
    last = ""
    for line in lines:
        if folded and runs_on(last, line.text, how):
            first = folded.pop()
            folded.append(Line(first.number, f"{first.text.rstrip()} {line.text.strip()}"))
        else:
            folded.append(line)
        last = line.text
    return tuple(folded), len(lines) - len(folded)


def runs_on(above: str, below: str, how: Measure) -> bool:
    """Tell whether the lower line carries on the sentence, or the paragraph, of the upper one."""
    if _HARD_BREAK.search(above) or is_folio(above) or is_folio(below):
        return False
    above, below = above.strip(), below.strip()
    if labels.recognise(below):
        return spaced_hyphen(above, below)
    if _capitals(above) or _capitals(below):
        return _both_capitals(above, below, how)
    ended = above.rstrip(_CLOSING).endswith(_SENTENCE_END)
    if below.startswith(_OPENERS) and not ended:
        return False
    if _first_letter(below).islower() and (not ended or how.width or how.soft):
        return True
    if how.width:
        return how.full(above, 0.8 if ended else 0.6) and not above.endswith(";")
    return how.soft and not above.endswith(";")


def title_runs_on(above: str, below: str, how: Measure) -> bool:
    """Tell whether a line clearly carries on the title above it: with a small letter, or capitals after capitals."""
    above, below = above.strip(), below.strip()
    if not above or _HARD_BREAK.search(above) or above.endswith(_SENTENCE_END):
        return False
    return _first_letter(below).islower() or _both_capitals(above, below, how)


def runs_over(above: str, below: str, how: Measure) -> bool:
    """Tell whether a sentence runs on over a blank line, as where a page ended."""
    above, below = above.strip(), below.strip()
    if not how.full(above, 0.6) or above.rstrip(_CLOSING).endswith(_SENTENCE_END) or _capitals(above):
        return False
    return _first_letter(below).islower() and labels.recognise(below) is None


def is_ornament(text: str) -> bool:
    """Tell whether a line is only drawn: a rule of dashes or stars, ``-----o0o-----``."""
    return _ORNAMENT.fullmatch(text) is not None


def tabbed(text: str) -> str:
    """A line → its words with single spaces, a tab where a tab or a wide gap parts columns."""
    return "\t".join(" ".join(part.split()) for part in _GAP.split(text.strip()))


def is_folio(text: str) -> bool:
    """Tell whether a line is nothing but a number such as pages bear."""
    return _FOLIO.fullmatch(text) is not None


def spaced_hyphen(above: str, below: str) -> bool:
    """``kinh tế`` / ``- xã hội``: a spaced hyphen that stands at the head of a line is no dash of a list."""
    label = labels.recognise(below)
    if label is None or label.level is not Level.DASH or not label.rest[:1].islower():
        return False
    head = labels.recognise(above)
    return above[-1:].isalpha() and (head is None or head.level not in SIGNS)


def _both_capitals(above: str, below: str, how: Measure) -> bool:
    """Two lines in capitals are one title when the upper one is long, or ends in a comma."""
    long = above.endswith(",") or how.full(above, 0.4)
    return long and _capitals(above) and _capitals(below)


def _first_letter(text: str) -> str:
    return text.lstrip("“\"'(*_[")[:1]


def _capitals(text: str) -> bool:
    letters = [character for character in text if character.isalpha()]
    return len(letters) > 1 and not any(character.islower() for character in letters)
