"""A word comes in; its parts go out if it is a Vietnamese syllable, and the same word with its tone where it belongs.

A syllable is an onset, a rime and a tone. Where the tone stands follows from the rime; only open ``oa``, ``oe`` and
``uy`` have two accepted places (``hòa`` and ``hoà``). The table of rimes is what makes a word valid or not.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Final
from unicodedata import normalize

if TYPE_CHECKING:
    from collections.abc import Iterator


class Style(StrEnum):
    """Where the tone of open oa, oe, uy stands: as it is, ``hòa``, ``hoà``."""

    KEEP = "keep"
    OLD = "old"
    NEW = "new"


class Verdict(StrEnum):
    """What a word is: a syllable, one whose tone stands on the wrong letter, none."""

    OK = "ok"
    MISPLACED = "misplaced"
    INVALID = "invalid"


NGANG, HUYEN, HOI, NGA, SAC, NANG = range(6)
_MARKS: Final = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
VOWELS: Final = "aăâeêioôơuưy"

# ``|`` stands before the letter that bears the tone, in the new style.
_RIMES: Final = """
|a |ac |ach |ai |am |an |ang |anh |ao |ap |at |au |ay |ăc |ăm |ăn |ăng |ăp |ăt |âc |âm |ân |âng |âp |ât |âu |ây
|e |ec |em |en |eng |eo |ep |et |ê |êch |êm |ên |ênh |êng |êp |êt |êu
|i |ia |ich |iu |im |in |ing |inh |ip |it |ic i|êc i|êm i|ên i|êng i|êp i|êt i|êu
o|a o|ac o|ach o|ai o|am o|an o|ang o|anh o|ao o|ap o|at o|ay o|ăc o|ăm o|ăn o|ăng o|ăt o|ăp
o|e o|em o|en o|eng o|eo o|et |o |oi |om |on |ong |oc |op |ot o|ong o|oc
|ô |ôc |ôi |ôm |ôn |ông |ôp |ôt ô|ông ô|ôc |ơ |ơi |ơm |ơn |ơng |ơp |ơt |ơc
|u |ua |uc |ui |um |un |ung |up |ut u|ân u|âng u|ât u|ây u|âc u|ê u|êch u|ên u|ênh u|êu u|êt
u|ơ u|ơi u|ơn u|ơt u|ôc u|ôi u|ôm u|ôn u|ông u|ôt u|ôp u|y u|ya u|ych u|ynh u|yn u|yp u|yt u|yu uy|ên uy|êt uy|êu
|ư |ưa |ưc |ưi |ưm |ưn |ưng |ưp |ưt |ưu ư|ơc ư|ơi ư|ơm ư|ơn ư|ơng ư|ơp ư|ơt ư|ơu |y y|êm y|ên y|êng y|êt y|êu
"""
_AFTER_QU: Final = """
|a |ac |ach |ai |am |an |ang |anh |ao |ap |at |au |ay |ăc |ăm |ăn |ăng |ăp |ăt |âc |ân |âng |âp |ât |âu |ây
|e |em |en |eng |eo |ep |et |ê |êch |êm |ên |ênh |êt |êu |ơ |ơi |ơn |ơt
|y |ya |ych |ynh |yn |yp |yt |yu |i |it |in |inh |ich |iu |ôc y|ên y|êt
"""
_AFTER_G: Final = "|i |in |im |ip |it |inh |ich"  # gì, gìn: the i is of the onset and of the rime

_ONSETS: Final = ("ngh", "ng", "nh", "gh", "ch", "kh", "ph", "th", "tr", *"bcdđghklmnprstvx", "")
_TWO_STYLES: Final = frozenset({"oa", "oe", "uy"})
_FRONT: Final = "eêiy"
_GLIDES: Final = ("oa", "oă", "oe", "uâ", "uê", "uơ", "uy")
_STOPS: Final = ("c", "ch", "p", "t")


@dataclass(frozen=True, slots=True)
class Syllable:
    """A syllable: onset and rime in small letters without the tone, the tone (0–5: ngang huyền hỏi ngã sắc nặng).

    ``at`` is the letter the tone stands on, from 0 (-1: there is none); ``new`` and ``old`` where the styles put it.
    """

    onset: str
    rime: str
    tone: int
    at: int
    new: int
    old: int

    @property
    def stopped(self) -> bool:
        """Tell whether its rime ends in c, ch, p or t, which bears only sắc or nặng."""
        return self.rime.endswith(_STOPS)


def _table(written: str) -> dict[str, int]:
    return {rime.replace("|", ""): rime.index("|") for rime in written.split()}


RIMES: Final = _table(_RIMES)
AFTER_QU: Final = _table(_AFTER_QU)
_LETTERS: Final = {
    normalize("NFC", letter + mark): (letter, tone) for letter in VOWELS for tone, mark in enumerate(_MARKS)
} | {letter: (letter, NGANG) for letter in "bcdđghklmnpqrstvx"}
_TONED: Final = {pair: letter for letter, pair in _LETTERS.items()}


def _joined() -> dict[str, tuple[str, str, int, int]]:
    """Join every onset with the rimes it goes with: the whole → onset, rime, place of the tone new and old."""
    found: dict[str, tuple[str, str, int, int]] = {}
    for rime, at in AFTER_QU.items():
        found[f"qu{rime}"] = ("qu", rime, 2 + at, 2 + at)
    for rime, at in RIMES.items():
        for onset in _ONSETS:
            if _go_together(onset, rime):
                new = len(onset) + at
                found[onset + rime] = (onset, rime, new, len(onset) if rime in _TWO_STYLES else new)
        if rime[0] not in "iy":
            found[f"gi{rime}"] = ("gi", rime, 2 + at, 2 if rime in _TWO_STYLES else 2 + at)
    for rime, at in _table(_AFTER_G).items():
        found[f"g{rime}"] = ("g", rime, 1 + at, 1 + at)
    found["giêc"] = ("gi", "êc", 2, 2)  # cá giếc
    return found


def _go_together(onset: str, rime: str) -> bool:
    """Apply the spelling of /k/, /ɣ/, /ŋ/ and of /iə/: k, gh, ngh before e ê i (k also y), c, g, ng elsewhere.

    /kw/ is written qu: there is no c before a glide.
    """
    first = rime[0]
    if rime.startswith("yê"):
        return not onset
    if rime.startswith("iê"):
        return bool(onset) and onset not in ("c", "g", "ng")
    if onset in ("gh", "ngh"):
        return first in "eêi"
    if onset == "k":
        return first in _FRONT
    if onset == "c" and rime.startswith(_GLIDES):
        return False
    if onset in ("c", "g", "ng"):
        return first not in _FRONT
    return True


_WHOLE: Final = _joined()


@lru_cache(maxsize=30_000)
def _read(word: str) -> Syllable | None:
    """Take a small-letter word apart, whatever tone it bears and wherever it stands."""
    bare: list[str] = []
    tone, at = NGANG, -1
    for place, letter in enumerate(word):
        pair = _LETTERS.get(letter)
        if pair is None:
            return None
        bare.append(pair[0])
        if pair[1]:
            if at >= 0:
                return None
            tone, at = pair[1], place
    parts = _WHOLE.get("".join(bare))
    if parts is None:
        return None
    if at == 1 and tone == NANG and parts[:2] == ("gi", "a"):  # giặt gịa
        return Syllable("gi", "a", tone, 1, 1, 1)
    return Syllable(parts[0], parts[1], tone, at, parts[2], parts[3])


def parse(word: str) -> Syllable | None:
    """Take a word (NFC, any case) apart; nothing when no onset, rime and tone of the language spell it.

    Where its tone stands is not judged here: see ``verdict``.
    """
    found = _read(word.lower())
    return None if found is None or _lacks_tone(found) else found


def _lacks_tone(found: Syllable) -> bool:
    return found.tone not in (SAC, NANG) and found.stopped


def lacks_stop_tone(word: str) -> bool:
    """Tell whether only the tone keeps a word from being a syllable: it ends in c ch p t without sắc, nặng."""
    found = _read(word.lower())
    return found is not None and _lacks_tone(found)


def verdict(word: str) -> Verdict:
    """Say whether a word is a syllable as one may write it."""
    return _verdict(word.lower())


@lru_cache(maxsize=30_000)
def _verdict(small: str) -> Verdict:
    found = parse(small)
    if found is None:
        return Verdict.INVALID
    return Verdict.OK if found.at in (-1, found.new, found.old) else Verdict.MISPLACED


def is_valid(word: str) -> bool:
    """Tell whether a word is a syllable, its tone where one of the styles puts it."""
    return _verdict(word.lower()) is Verdict.OK


def style_of(word: str) -> Style | None:
    """Return the style a word is written in, where the two differ."""
    found = parse(word)
    if found is None or found.new == found.old or found.at not in (found.new, found.old):
        return None
    return Style.OLD if found.at == found.old else Style.NEW


def restyle(word: str, style: Style) -> str:
    """Put the tone where a style has it, the case of every letter kept; what is no syllable stays as it is."""
    if style is Style.KEEP:
        return word
    found = parse(word)
    if found is None or found.at < 0:
        return word
    return _moved(word, found, found.old if style is Style.OLD else found.new)


def well_placed(word: str) -> str:
    """Put a tone that no style has there on its letter: ``đựơc`` → ``được``; any other word stays as it is."""
    found = parse(word)
    if found is None or found.at in (-1, found.new, found.old):
        return word
    return _moved(word, found, found.new)


def toned(word: str, tone: int) -> str:
    """Give a word another tone, in the new style; one that no onset and rime spell stays as it is."""
    found = _read(word.lower())
    if found is None:
        return word
    bare = _with_tone(word, found.at, NGANG) if found.at >= 0 else word
    return _with_tone(bare, found.new, tone)


def letter_and_tone(letter: str) -> tuple[str, int]:
    """Part a small letter from its tone: ``ấ`` → ``â``, 4."""
    return _LETTERS.get(letter, (letter, NGANG))


def all_syllables() -> Iterator[str]:
    """Yield every syllable there can be, once, in small letters and the new style."""
    yield "gịa"
    for whole, (_, rime, new, _) in _WHOLE.items():
        for tone in range(len(_MARKS)):
            if tone in (SAC, NANG) or not rime.endswith(_STOPS):
                yield _with_tone(whole, new, tone)


def _moved(word: str, found: Syllable, to: int) -> str:
    if found.at == to:
        return word
    return _with_tone(_with_tone(word, found.at, NGANG), to, found.tone)


def _with_tone(word: str, at: int, tone: int) -> str:
    letter = word[at]
    became = _TONED[_LETTERS[letter.lower()][0], tone]
    return word[:at] + (became if letter.islower() else became.upper()) + word[at + 1 :]
