"""A paragraph comes in; spaces and full stops in it that are too many, too few, or on the wrong side go out.

A mark of a sentence has no space before it and one after it; brackets and quotation marks have theirs outside (old
primers had the French way). Rules look at the paragraph covered (see ``frisket``), its quotation marks curly.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from builder.vietnamese.findings import Finding
from builder.vietnamese.frisket import CAPITAL, LETTER, OBJECT, SMALL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Judge = Callable[[str, re.Match[str]], bool]


@dataclass(frozen=True, slots=True)
class _Rule:
    """What is wrong, what it becomes, and where its shape alone does not say so, whether it is wrong at all."""

    code: str
    pattern: re.Pattern[str]
    became: Callable[[str], str]
    is_wrong: Judge | None = None


def findings(text: str, bare: str) -> Iterator[Finding]:
    """Yield the codes ``SP_…``, ``VV`` and ``ELL``, rule by rule.

    Args:
        text: one paragraph.
        bare: the same, covered and with curly quotation marks.
    """
    yield from _slashes(text)
    yield from doubled(bare)
    for rule in _RULES if _FORM.search(text) else (*_OF_PAUSES, *_RULES):
        for match in rule.pattern.finditer(bare):
            if rule.is_wrong is None or rule.is_wrong(bare, match):
                became = rule.became(match[0])
                if became != match[0]:
                    yield Finding(rule.code, *match.span(), became)
    yield from (Finding("ELL", *match.span(), None, (".", "…")) for match in _TWO_STOPS.finditer(bare))


def doubled(text: str) -> Iterator[Finding]:
    """Yield ``SP_DOUBLE``: spaces in a row, but for those that begin or end a line or are to be written on."""
    for match in _DOUBLE.finditer(text):
        if not _BLANK.match(text, match.start()):
            yield Finding("SP_DOUBLE", *match.span(), "\u00a0" if "\u00a0" in match[0] else " ")


def trailing(text: str) -> Iterator[Finding]:
    """Yield ``SP_DOUBLE``: spaces that end a line. In Markdown two ask for a break, in what is read from it none do."""
    if text.strip():
        yield from (Finding("SP_DOUBLE", *match.span(), "") for match in _TRAILING.finditer(text))


def _slashes(text: str) -> Iterator[Finding]:
    """Yield ``SP_SLASH``: ``đ / c``, ``13 / 11 / 2025``, ``15 /QĐ-BNV``."""
    for match in _SLASH.finditer(text):
        became = re.sub(r"[ \u00a0]", "", match[0])
        if became != match[0]:
            yield Finding("SP_SLASH", *match.span(), became)


# --- what it becomes ------------------------------------------------------------------------------


def _bare(found: str) -> str:
    return found.strip(" \u00a0")


def _and_a_space(found: str) -> str:
    return f"{found} "


def _after_a_space(found: str) -> str:
    return f" {found}"


def _to_the_left(found: str) -> str:
    return f"{_bare(found)} "


def _to_the_right(found: str) -> str:
    return f" {_bare(found)}"


# --- whether it is wrong --------------------------------------------------------------------------


def _is_quoting(text: str, match: re.Match[str]) -> bool:
    """Tell whether a quotation is open where a mark stands."""
    depth = 0
    for mark in _QUOTE.findall(text, 0, match.start()):
        depth = max(0, depth + (1 if mark == "“" else -1))
    return depth > 0


def _is_not_quoting(text: str, match: re.Match[str]) -> bool:
    return not _is_quoting(text, match)


def _is_between_words(text: str, match: re.Match[str]) -> bool:
    """Tell whether a word beside a full stop is Vietnamese, not plain ASCII: ``node.js`` has no space."""
    return not _beside(text, match, _WORD_AFTER).isascii()


def _is_before_words(text: str, match: re.Match[str]) -> bool:
    """Tell whether a bracket stands among Vietnamese words: ``print(max)`` has no space."""
    return not _beside(text, match, _WORDS_AFTER).isascii()


def _beside(text: str, match: re.Match[str], after: re.Pattern[str]) -> str:
    words = (_WORD_BEFORE.search(text, max(0, match.start() - 40), match.start()), after.match(text, match.end()))
    return "".join(word[0] for word in words if word)


def _is_pause(text: str, match: re.Match[str]) -> bool:
    """Tell whether full stops are an ellipsis: four may also be a line to write on, if something follows at once."""
    if match[0] != "....":
        return True
    return (
        bool(text[max(0, match.start() - 1) : match.start()].strip())
        and not text[match.end() : match.end() + 1].isalnum()
    )


# --- the rules ------------------------------------------------------------------------------------

_SPACE, _OPEN, _CLOSE, _DASH = r"[ \u00a0]", r"(\[{“‘", r")\]}”’", "–—-"
_MIDST = rf"(?<=[^\s{_OPEN}{_DASH}])"  # not where a line or a quotation begins, nor after a dash
_AFTER_WORD = rf"(?<=[\w{_CLOSE}%‰{OBJECT}])"
_ENDS = rf"(?=[\s,.;:!?…\"'{_CLOSE}]|\Z)"
_DOMAIN = r"(?!(?:Com|Net|Org|Vn|Edu|Gov|Info)(?!\w))"
_SENTENCE = rf"{_DOMAIN}(?=[{CAPITAL}][{SMALL}]+(?![\w-]|\.\w))"  # Theo, and not YouTube, Out.print or Ăng-ghen
_QUOTED = rf"(?=[“‘]|\({LETTER})"

_DOUBLE = re.compile(rf"(?<=\S){_SPACE}{{2,}}(?=\S)")
_BLANK = re.compile(rf"{_SPACE}+/|{_SPACE}{{3,}}(?:tháng|năm)(?!\w)")  # ngày    tháng    năm 2026, số    /QĐ-UBND
_TRAILING = re.compile(r" +(?=\n|\Z)")
_SLASH = re.compile(
    rf"(?<![\w/])[đĐ]{_SPACE}?/{_SPACE}?c(?!\w)"
    rf"|(?<![\w/])[TKQ]{_SPACE}?/{_SPACE}?[MLU](?![\w/])"
    rf"|(?<![\w/])\d{{1,2}}{_SPACE}*/{_SPACE}*\d{{1,2}}{_SPACE}*/{_SPACE}*\d{{4}}(?![\w/])"
    rf"|(?<![\w/])\d{{1,4}}{_SPACE}*/{_SPACE}*(?=(?:NQ|QĐ|CT|KL|HD|NĐ|TT|CV|TB|KH|BC|TTr|CTr)-[A-ZĐ])"
)
_QUOTE = re.compile("[“”]")
_WORD_BEFORE = re.compile(r"\w+\Z")
_WORD_AFTER = re.compile(r"\w+")
_WORDS_AFTER = re.compile(r"[\w ]+")
# A form: stops and lines in it are to be written on.
_FORM = re.compile(
    r"(?:[.…_][ ]?){5}|……|___|(?:ngày|tháng|năm|giờ|quý|số)[ \u00a0]*(?:\.\.|…)|(?:\.\.|…)/|/(?:\.\.|…)",
    re.IGNORECASE,
)
_TWO_STOPS = re.compile(rf"(?<=\w)\.\.(?=[\s{_CLOSE}]|\Z)")
_PAUSE = r"\.{3,4}|…\.+|\.+…\.*|\.(?: \.){2}"


def _rule(code: str, pattern: str, became: Callable[[str], str], is_wrong: Judge | None = None) -> _Rule:
    return _Rule(code, re.compile(pattern), became, is_wrong)


_OF_PAUSES: Final = (
    _rule("ELL", rf"(?<![.…/])(?:{_PAUSE})(?![.…/]|[ ]\.)", lambda _: "…", _is_pause),
    _rule("SP_BEFORE", rf"{_MIDST}{_SPACE}+…(?=[\n,.;:!?{_CLOSE}]|\Z)", _bare),
)
_RULES: Final = (
    # and so on
    _rule("VV", rf"(?<![\w.-])v(?:(?:\.{{1,3}}|…)[ ]?|,)?v(?:[ ]?(?:\.+|…))*+(?![\w/{OBJECT}])", lambda _: "v.v."),
    _rule("VV", rf"(?<![\w.-])v\.[ ]?v(?:\.+|…)(?={LETTER}{{2}})", lambda _: "v.v. "),
    # before a mark
    _rule("SP_BEFORE", rf"{_MIDST}{_SPACE}+[,;!?]{_ENDS}", _bare),
    _rule("SP_BEFORE", rf"{_MIDST}(?:(?<!\d){_SPACE}+:{_ENDS}|{_SPACE}+:{_ENDS}(?!{_SPACE}*\d))", _bare),
    _rule("SP_BEFORE", rf"{_MIDST}(?<![.…]){_SPACE}+\.(?=[\s{_CLOSE}]|\Z)(?![ ]\.)", _bare),
    _rule("SP_BEFORE", rf"{_MIDST}{_SPACE}+[,;](?={LETTER}|{OBJECT}|[“‘])", _to_the_left),
    _rule("SP_BEFORE", rf"{_MIDST}{_SPACE}+[:!?](?={LETTER}{{2}}|[“‘])", _to_the_left),
    _rule("SP_BEFORE", rf"(?<={LETTER}{{2}}){_SPACE}+\.{_SENTENCE}", _to_the_left),
    # after a mark
    _rule("SP_AFTER", rf"{_AFTER_WORD}[,;!?…](?={LETTER})", _and_a_space),
    _rule("SP_AFTER", rf"{_AFTER_WORD}[,;:]{_QUOTED}", _and_a_space),
    _rule("SP_AFTER", rf"{_AFTER_WORD}(?:(?<=\w\w)|(?<=\W)):(?={LETTER})|(?<=\w):(?={LETTER}{{2}})", _and_a_space),
    _rule("SP_AFTER", rf"(?<={LETTER}{{2}})[,:](?=\d)|{_AFTER_WORD};(?=\d)", _and_a_space),
    _rule("SP_AFTER", rf"(?:(?<={LETTER}{{2}})|(?<=[\d{_CLOSE}{OBJECT}]))\.{_SENTENCE}", _and_a_space),
    _rule("SP_AFTER", rf"(?<={LETTER}{{2}})\.(?=[{SMALL}]{{2,}}(?![\w.@-]))", _and_a_space, _is_between_words),
    _rule("SP_AFTER", rf"(?<=\d)[%‰](?={LETTER}{{2}})", _and_a_space),
    _rule("SP_AFTER", rf"(?<=\S)\)(?={LETTER})", _and_a_space),
    _rule("SP_AFTER", rf"(?<=\S)”(?={LETTER})", _and_a_space, _is_quoting),
    # inside brackets and quotation marks
    _rule("SP_INNER", rf"(?<=[^\s{_OPEN}]){_SPACE}+[)\]}}](?=[\s,.;:!?…\"'{_CLOSE}{OBJECT}]|\Z)", _bare),
    _rule("SP_INNER", rf"(?<=[^\s{_OPEN}]){_SPACE}+”{_ENDS}", _bare, _is_quoting),
    _rule("SP_INNER", rf"[(\[{{]{_SPACE}+(?=[^\s{_CLOSE}])", _bare),
    _rule("SP_INNER", rf"(?:(?<![^\s{_OPEN}/{_DASH}])|(?<=[:,;]))[“‘]{_SPACE}+(?=[^\s{_CLOSE}])", _bare),
    _rule("SP_INNER", rf"(?<=[^\s{_OPEN}]){_SPACE}+”(?={LETTER})", _to_the_left, _is_quoting),
    # outside them
    _rule("SP_OUTER", rf"(?<={LETTER})“{_SPACE}+(?=\w)", _to_the_right, _is_not_quoting),
    _rule("SP_OUTER", rf"(?<={LETTER}{{2}})\((?=[ ]?{LETTER}{{2}})", _after_a_space, _is_before_words),
    _rule("SP_OUTER", rf"(?<=[{_CLOSE[-2:]}])\((?=[ ]?{LETTER}{{2}})", _after_a_space),
    _rule("SP_OUTER", rf"(?<={LETTER})“(?=\w)", _after_a_space, _is_not_quoting),
)
