"""A paragraph comes in; the words in it that no Vietnamese syllable spells go out, with what they may have been.

A word is judged only where Vietnamese is written: it has a Vietnamese letter, or its neighbours have. Names of other
peoples, loan words, abbreviations, identifiers and addresses are let pass.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain, islice, pairwise
from typing import TYPE_CHECKING, Final

from builder.vietnamese import loans, syllable, typing
from builder.vietnamese.findings import Finding
from builder.vietnamese.syllable import NANG, SAC, Style, Verdict
from builder.vietnamese.words import common_syllables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

MOST = 3  # suggestions

_LETTER = r"[^\W\d_]"
_CHUNK = re.compile(r"[^\s\ufffc]+")
_WORD = re.compile(rf"{_LETTER}+(?:[’']{_LETTER}+)*")
# An address, a number, a code: nothing in it is a word of running text.
_NO_WORDS = re.compile(r"[\d@_\\=#]|://|www\.|[^\W_]\.[^\W_]{2,}")
_HYPHENED = re.compile(rf"{_LETTER}+(?:-{_LETTER}+)+")
_SLASHED = re.compile(rf"{_LETTER}{{1,3}}/{_LETTER}{{1,4}}")
_FOREIGN_LETTER = re.compile("[^a-zàáâãèéêìíòóôõùúýăđĩũơưạ-ỹ’']")
_OWN_LETTER = re.compile("[ăđĩũơưạ-ỹ]")  # no other language has them
_TONED_CAPITAL = re.compile("[ÀÁÃÈÉÌÍÒÓÕÙÚÝĨŨẠ-Ỹ]")
_SENTENCE_ENDS = re.compile("[.?!:…\n“–-]")
_OF_OTHERS = re.compile("[fjwz]|[bcdđghkmpsvx][lr]|x[cpt]|s[cptk]|[klrsb]$|[^a-z]h$")
_HALF_TYPED = re.compile("(?<!q)u([ơờởỡớợ])([int])$|(?<![ưu])([ơờởỡớợ])(c|ng)$")  # nguời, đợc
_TELEX_KEYS = re.compile("^dd|[aeiouy].*j[^aeiou]*$|aa|w")
_TONE_AFTER_VOWEL = re.compile("[aeiouy].*[frxj]")
_VNI_KEYS = re.compile(r"(?=(?:\d*[a-zA-Z]){3})[a-zA-Z]+\d+[a-zA-Z][a-zA-Z\d]*")
_TONE_KEYS = ("f", "j", "r", "s", "x")
_REACH = 3  # words on either side in which Vietnamese must show
_LONGEST = len("nghiêng") + 1


@dataclass(frozen=True, slots=True)
class _Token:
    """A word of the text; ``between`` is what parts it from the one before; ``passes`` when it must not be judged."""

    word: str
    start: int
    between: str = ""
    passes: bool = False

    @property
    def small(self) -> str:
        return self.word.lower()

    @property
    def plain(self) -> bool:
        return self.word.isascii()

    @property
    def valid(self) -> bool:
        return _is_sound(self.word)

    @property
    def vietnamese(self) -> bool:
        return self.valid or (not self.passes and bool(_OWN_LETTER.search(self.small)))

    @property
    def opens(self) -> bool:
        """Tell whether a sentence may begin here."""
        return self.start == len(self.between) or bool(_SENTENCE_ENDS.search(self.between))


def findings(text: str) -> tuple[Finding, ...]:
    """Judge every word of a paragraph (NFC).

    Returns:
        ``SYL_MISPLACED`` with the mend, ``TONE_STOP`` and ``SYL_INVALID`` with suggestions, in order of place.
    """
    tokens = tuple(_tokens(text))
    found = (_judged(tokens, number) for number, token in enumerate(tokens) if not (token.passes or token.valid))
    return tuple(finding for finding in found if finding)


@lru_cache(maxsize=30_000)
def _is_sound(word: str) -> bool:
    """Tell whether a word is a syllable; where its rime is one that only half typed words have, it is not."""
    return syllable.is_valid(word) and not _HALF_TYPED.search(word.lower())


def suggestions(word: str, most: int = MOST) -> tuple[str, ...]:
    """Return the syllables a word (or two that ran into one) may have been meant to be, at most twelve, best first.

    What was typed with the input method off comes first, then other marks on the same letters, then other letters.
    """
    cased = _case_of(word)
    return tuple(cased(better) for _, better in _ranked(word.lower())[:most])


# --- which words are judged -----------------------------------------------------------------------


def _tokens(text: str) -> Iterator[_Token]:
    end = 0
    for chunk in _CHUNK.finditer(text):
        words = ((chunk, False),) if chunk[0].isalpha() else _words(chunk)  # most are
        for match, passes in words:
            word, (start, after) = match[0], match.span()
            yield _Token(word, start, text[end:start], passes or _lets_pass(word))
            end = after


def _words(chunk: re.Match[str]) -> Iterator[tuple[re.Match[str], bool]]:
    """Yield the words between two spaces, and whether they are let pass for what surrounds them."""
    inside = chunk[0].strip(_PUNCTUATION)
    start = chunk.start() + chunk[0].index(inside)
    typed = _VNI_KEYS.fullmatch(chunk.string, start, start + len(inside))
    if typed and _is_residue(inside.lower()):
        yield typed, False
        return
    whole = bool(_NO_WORDS.search(inside) or _SLASHED.fullmatch(inside) or _is_transliterated(inside))
    yield from ((match, whole) for match in _WORD.finditer(chunk.string, *chunk.span()))


def _is_transliterated(chunk: str) -> bool:
    """Tell whether a hyphened word is of another language: ``Lê-nin``, ``Mát-xcơ-va``, ``ki-lô-oát``."""
    hyphened = bool(_HYPHENED.fullmatch(chunk))
    return hyphened and (chunk[0].isupper() or chunk.count("-") > 1 or chunk.lower() in loans.HYPHENED)


@lru_cache(maxsize=30_000)
def _lets_pass(word: str) -> bool:
    small = word.lower()
    if len(word) == 1 or "’" in word or "'" in word or small in loans.LOANS:
        return True
    if word != small and small in loans.NAMES:
        return True
    if _VNI_KEYS.fullmatch(word):
        return False
    if word.isupper():
        return small.replace("đ", "").isascii()  # UBND, HĐND, XIII
    return word[1:] != small[1:] or bool(_FOREIGN_LETTER.search(small))


def _judged(tokens: tuple[_Token, ...], number: int) -> Finding | None:
    token = tokens[number]
    if syllable.verdict(token.word) is Verdict.MISPLACED:
        return _finding("SYL_MISPLACED", token, became=syllable.well_placed(token.word))
    if _is_residue(token.small):
        return _finding("SYL_INVALID", token)
    if _is_of_others(tokens, number):
        return None
    stopped = syllable.lacks_stop_tone(token.word) and not _HALF_TYPED.search(token.small)
    return _finding("TONE_STOP" if stopped else "SYL_INVALID", token)


def _finding(code: str, token: _Token, became: str | None = None) -> Finding:
    hints = () if became else (_with_stop_tones if code == "TONE_STOP" else suggestions)(token.word)
    return Finding(code, token.start, token.start + len(token.word), became, hints)


def _is_of_others(tokens: tuple[_Token, ...], number: int) -> bool:
    """Tell whether a word that is no syllable is a name, an abbreviation or of another language."""
    token = tokens[number]
    if token.plain:
        name = token.word[0].isupper() and not (token.opens and syllable.lacks_stop_tone(token.word))
        return name or not _amid_vietnamese(tokens, number) or _looks_foreign(token)
    nearest = _nearest(tokens, number)
    if token.word.isupper() and not _TONED_CAPITAL.search(token.word):  # HĐTƯ, but in a heading a word to read
        return not (_best(token) < _NONE and any(each.word.isupper() and each.valid for each in nearest))
    if syllable.lacks_stop_tone(token.word):
        return False
    strangers = not all(each.vietnamese for each in nearest)
    return _looks_foreign(token) or (strangers and not token.vietnamese)


def _looks_foreign(token: _Token) -> bool:
    """Tell whether the letters of a word are put together as in another language."""
    best = _best(token)
    capital = token.word[0].isupper()
    if _OF_OTHERS.search(token.small):
        return best == _NONE or (capital and best > _DECODED) or (token.plain and best > _RESPELLED)
    if token.plain:
        return best == _NONE
    return capital and not token.vietnamese and best > _RESPELLED  # René, Côte


def _best(token: _Token) -> int:
    return next((rank for rank, _ in _ranked(token.small)), _NONE)


def _beside(tokens: tuple[_Token, ...], number: int, step: int) -> Iterator[_Token]:
    """Yield the words on one side as far as only spaces part them, and up to the first that is not Vietnamese."""
    for _ in range(_REACH):
        parted = tokens[max(number, number + step)].between if 0 <= number + step < len(tokens) else ""
        number += step
        if not parted.isspace() or (tokens[number].passes and tokens[number].word.isupper()):
            return
        yield tokens[number]
        if not tokens[number].vietnamese:
            return


def _amid_vietnamese(tokens: tuple[_Token, ...], number: int) -> bool:
    """Tell whether the words on both sides are Vietnamese: two strangers side by side are another language."""
    around = [each for step in (-1, 1) for each in _beside(tokens, number, step)]
    at_ease = all(each.vietnamese for each in _nearest(tokens, number))
    return at_ease and any(each.vietnamese and not each.plain for each in around)


def _nearest(tokens: tuple[_Token, ...], number: int) -> list[_Token]:
    return [each for step in (-1, 1) for each in islice(_beside(tokens, number, step), 1)]


# --- what they may have been ----------------------------------------------------------------------

_DECODED, _ONE_MARK, _OTHER_MARK, _MARKS, _RESPELLED, _PARTED, _EDITED, _NONE = range(8)
_KEPT = 12


def _with_stop_tones(word: str) -> tuple[str, ...]:
    """Return a word with sắc and with nặng, and a common one with its letters: ``hoac`` → ``hoặc``."""
    toned = [syllable.toned(word, tone) for tone in (SAC, NANG)]
    alike = [*map(_case_of(word), _by_letters().get(word.lower(), ()))]  # of words without any mark
    common = [better for better in toned + alike if better.lower() in common_syllables()]
    return tuple(dict.fromkeys(common[:1] + toned))


@cache
def _syllables() -> dict[str, str]:
    """Map every syllable, in both styles, to the form that is suggested."""
    old = {each: syllable.restyle(each, Style.OLD) for each in syllable.all_syllables() if _is_sound(each)}
    return old | {each: each for each in old.values()}


@cache
def _by_letters() -> dict[str, tuple[str, ...]]:
    """Group the syllables by their letters without any mark."""
    groups: dict[str, list[str]] = {}
    for each in dict.fromkeys(_syllables().values()):
        groups.setdefault(each.translate(_PLAIN), []).append(each)
    return {letters: tuple(alike) for letters, alike in groups.items()}


def _is_residue(small: str) -> bool:
    """Tell whether a word without marks can only be keys typed with the input method off.

    English has ``beef`` and ``lows``, which spell ``bề`` and ``lớ``; a dd, j, aa or w and f r x j it has not.
    """
    if not small.isascii():
        return False
    if not small.isalpha():
        return syllable.is_valid(typing.vni(small))
    found = syllable.parse(typing.telex(small)) if _TELEX_KEYS.search(small) else None
    if found is None:
        return False
    marks = sum(letter in _MARKED for letter in found.onset + found.rime)
    return marks > 1 or (marks == 1 and bool(_TONE_AFTER_VOWEL.search(small)))


@lru_cache(maxsize=4096)
def _ranked(small: str) -> tuple[tuple[int, str], ...]:
    """Return the best suggestions with their ranks."""
    ranked: dict[str, int] = {}
    known = _syllables()
    for rank, better in chain(_decoded(small), _alike(small), _respelled(small), _parted(small), _edited(small)):
        form = known.get(better, better)
        if form != small and (form in known or " " in form) and rank < ranked.get(form, _NONE):
            ranked[form] = rank
    rare = {better: sum(part not in common_syllables() for part in better.split()) for better in ranked}
    order = sorted(ranked, key=lambda better: (ranked[better], rare[better], better))
    return tuple((ranked[better], better) for better in order[:_KEPT])


def _decoded(small: str) -> Iterator[tuple[int, str]]:
    """Yield what typed keys stand for, ``dduowcj`` → ``được``, or the word with its tone in place."""
    if _HALF_TYPED.search(small):
        yield _DECODED, _HALF_TYPED.sub(r"ư\1\3\2\4", small)
    if _has_tone(small):
        yield _DECODED, syllable.well_placed(small)
    else:
        yield from ((_DECODED, better) for better in (typing.telex(small), typing.vni(small)) if not better.isascii())


def _has_tone(small: str) -> bool:
    return any(syllable.letter_and_tone(letter)[1] for letter in small)


def _alike(small: str) -> Iterator[tuple[int, str]]:
    """Yield the syllables with the same letters and other marks: one is missing, one differs, several do.

    Where there are no marks at all it says nothing how many are missing.
    """
    for better in _by_letters().get(small.translate(_PLAIN), ()):
        changes = sum(_change(letter, other) for letter, other in zip(small, better, strict=True))
        yield _ONE_MARK if small.isascii() else (_ONE_MARK, _OTHER_MARK, _MARKS)[min(max(changes, 1), 3) - 1], better


def _change(letter: str, other: str) -> int:
    if letter == other:
        return 0
    (mark, tone), (other_mark, other_tone) = map(syllable.letter_and_tone, (letter, other))
    if tone == other_tone and mark.isascii():
        return 1
    return 2 if mark == other_mark or tone == other_tone else 3


def _respelled(small: str) -> Iterator[tuple[int, str]]:
    """Yield the word without a letter or tone twice, and with what sounds like a part: ``ngiên`` → ``nghiên``."""
    if small[-1:] in _TONE_KEYS and _has_tone(small):  # đượcj
        yield _RESPELLED, small[:-1]
    for at, (letter, after) in enumerate(pairwise(small.translate(_PLAIN)), 1):
        if letter == after:
            drop = at - 1 if small[at - 1].isascii() else at
            yield _RESPELLED, small[:drop] + small[drop + 1 :]
    for wrong, right in _CONFUSED:
        if small.startswith(wrong):
            yield _RESPELLED, right + small.removeprefix(wrong)


def _parted(small: str) -> Iterator[tuple[int, str]]:
    """Yield two syllables that ran into one, and the word with two letters swapped.

    The second syllable has its consonant, or every long word would be two.
    """
    known = _syllables()
    for at in range(2, len(small) - 1):
        first, second = small[:at], small[at:]
        if first in known and second in known and second[0].translate(_PLAIN) not in "aeiouy":
            yield _PARTED, f"{first} {second}"
    for at in range(1, len(small)):
        yield _PARTED, small[: at - 1] + small[at] + small[at - 1] + small[at + 1 :]


def _edited(small: str) -> Iterator[tuple[int, str]]:
    """Yield what one letter less, another or one more makes."""
    if len(small) > _LONGEST:
        return
    for at in range(len(small) + 1):
        before, after = small[:at], small[at:]
        yield _EDITED, before + after[1:]
        for other in _ALPHABET:
            yield _EDITED, before + other + after[1:]
            yield _EDITED, before + other + after


def _case_of(word: str) -> Callable[[str], str]:
    """Return what gives a suggestion the capitals of the word."""
    if word.isupper() and len(word) > 1:
        return str.upper
    return str.capitalize if word[:1].isupper() else str


_PUNCTUATION: Final = ".,;:!?…()[]{}“”‘’\"'«»–—-"
_MARKED: Final = "àảãáạăằẳẵắặâầẩẫấậèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵđ"
_BARE: Final = "a" * 17 + "e" * 11 + "i" * 5 + "o" * 17 + "u" * 11 + "y" * 5 + "d"
_PLAIN: Final = str.maketrans(_MARKED, _BARE)
_ALPHABET: Final = "aeiouybcdghklmnpqrstvx" + _MARKED
_CONFUSED: Final = (
    *(("ng", "ngh"), ("ngh", "ng"), ("g", "gh"), ("gh", "g"), ("c", "k"), ("k", "c"), ("c", "q"), ("cư", "qu")),
    *(("iê", "yê"), ("yê", "iê"), ("f", "ph"), ("j", "gi"), ("z", "d"), ("z", "gi"), ("w", "qu"), ("dd", "đ")),
)


# --- one word in two spellings --------------------------------------------------------------------

_I_OR_Y = re.compile("k[ĩỹìỳ]|l[íý]|t[ỉỷ]|[msv][ĩỹ]|h[iy]|qu[íý]")
_OTHER_MEANING = re.compile(r"(?i:lí (nhí|lắc)|tỉ (tê|mỉ|ti)|hi h[ií]|kì (cọ|kèo|cạch|cục|đà|nhông|giông))(?!\w)")
_Y_AS_I: Final = str.maketrans("yỳỷỹý", "iìỉĩí")


def mixed_styles(texts: Iterable[str]) -> dict[tuple[str, str], Counter[str]]:
    """Count the ways of a book's paragraphs where two are accepted and both are taken.

    ``("TONE_MIXED", "")`` → how often ``old`` and ``new``; ``("IY_MIXED", "kĩ")`` → how often ``kĩ`` and ``kỹ``. Names
    (a capital inside a sentence) and words of another meaning (``lí nhí``) do not show how i and y are written.
    """
    counts: dict[tuple[str, str], Counter[str]] = {}
    for code, of, taken in (way for text in texts for way in _ways(text)):
        counts.setdefault((code, of), Counter())[taken] += 1
    return {of: taken for of, taken in counts.items() if len(taken) > 1}


def _ways(text: str) -> Iterator[tuple[str, str, str]]:
    for token in _tokens(text):
        small = token.small
        if style := syllable.style_of(small):
            yield "TONE_MIXED", "", style.value
        elif _I_OR_Y.fullmatch(small):
            name = token.word[0].isupper() and (token.word.isupper() or not token.opens)
            if not (name or _OTHER_MEANING.match(text, token.start)):
                yield "IY_MIXED", small.translate(_Y_AS_I), small
