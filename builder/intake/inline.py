"""The words of one paragraph of any Markdown → the Markdown the manuscript reads, with no word lost.

Links, emphasis, code, footnote calls and cross-references stay; what the manuscript refuses (raw HTML, pictures,
odd addresses) becomes plain words; emphasis broken by a word processor is mended.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from builder.intake import escape
from builder.manuscript import tongues

_ADDRESS = r"<[^<>\n]*>|(?:[^\s()]|\([^\s()]*\))*"
_TITLE = r"(?:\s+(?:\"(?P<title>[^\"]*)\"|'(?P<name>[^']*)'))?"
_IMAGE = re.compile(rf"!\[(?P<alt>[^\[\]]*)\]\(\s*(?P<address>{_ADDRESS}){_TITLE}\s*\)")
_LINK = re.compile(
    rf"\[(?P<words>(?:\\.|\[[^\[\]]*\]|[^\[\]\\])*)\]\(\s*(?P<address>{_ADDRESS}){_TITLE}\s*\)"
    r"|\[(?P<of>[^\[\]^][^\[\]]*)\](?:\[(?P<key>[^\[\]]*)\])?"
)
_SPAN = re.compile(
    r"(?P<escape>\\[!-/:-@\[-`{-~])"
    r"|(?P<code>(?<!`)(?P<ticks>`{1,2})(?!`).*?[^`](?P=ticks)(?!`))"
    r"|(?P<foreign>\[[^\[\]]*\]\{lang=(?P<language>[A-Za-z0-9-]+)\})"
    rf"|(?P<link>(?<!!){_LINK.pattern})"
    r"|(?P<call>\[\^(?P<note>[^\]\s]{1,80})\])"
    r"|(?P<auto><(?:https?://|mailto:)[^\s<>]+>)"
    r"|(?P<markup>\\$|`|\[|<(?=[A-Za-z/!?])|\{(?!(?:khoan|trang|buoi):))"
)
_GOOD = re.compile(r"(?:https?://|mailto:)[^\s<>\[\]\\\"'{}`]+")
_ANCHOR = re.compile(r"<a\s[^<>]*?href=[\"']?([^\s\"'<>]+)[^<>]*>([^<>\[\]]*)</a\s*>", re.IGNORECASE)
_PAIR = re.compile(
    r"<(?P<tag>b|strong|i|em|sup|sub|u|span|font|small)(?:\s[^<>]*)?>(?P<words>[^<>]*)</(?P=tag)\s*>", re.IGNORECASE
)
_SIGNS = {"b": "**", "strong": "**", "i": "*", "em": "*"}
_BREAK = re.compile(r"\s*<br\s*/?\s*>\s*|&nbsp;", re.IGNORECASE)
_ADJACENT = re.compile(r"(?<![*\\])\*\*(?:[^*\n]+\*{4})+[^*\n]+\*\*(?!\*)")
_RUN = re.compile(r"(?<![*\\])\*(?![*\s])((?:[^*\n]|\*\*)+?)(?<![\s\\])\*(?!\*)")
_RAISED = str.maketrans("123", "¹²³")


@dataclass(slots=True)
class Known:
    """What a paragraph may refer to: valid footnotes, addresses by name.

    ``called`` gathers the names of addresses that were used, ``changes`` what was found and what it became, ``spelled``
    the same for what was only written otherwise.
    """

    notes: frozenset[str] = frozenset()
    addresses: dict[str, str] = field(default_factory=dict)
    called: set[str] = field(default_factory=set)
    changes: list[tuple[str, str]] = field(default_factory=list)
    spelled: list[tuple[str, str]] = field(default_factory=list)

    def change(self, found: str, became: str) -> str:
        """Write down a change and return what it became."""
        if became != found:
            self.changes.append((found, became.replace("\\", "")))
        return became


def convert(text: str, known: Known) -> str:
    """One paragraph of Markdown → the same for the manuscript; what was changed is added to ``known``."""
    text = " ".join(_BREAK.sub(" ", text).split())
    text = _IMAGE.sub(lambda match: known.change(match[0], _picture(match)), text)
    text = _ANCHOR.sub(lambda match: known.change(match[0], f"[{match[2]}]({match[1]})"), text)
    text = _tags(text, known)
    text = _ADJACENT.sub(lambda match: known.change(match[0], match[0].replace("****", "")), text)
    text = _RUN.sub(lambda match: known.change(match[0], f"*{_one_run(match[1])}*"), text)
    return _spans(text, known)


def raised(text: str) -> str:
    """Words that stood raised → the same on the line: ``²``, ``^6``; what is no figure stays as it is."""
    bare = text.strip()
    if not bare.isdecimal():
        return text
    return text.translate(_RAISED) if set(bare) <= set("123") else text.replace(bare, f"^{bare}")


def spelled_out(text: str, addresses: dict[str, str]) -> str:
    """Words as found, with ``[words][name]`` spelled out as ``words (address)`` where the name is among these."""

    def spelled(match: re.Match[str]) -> str:
        address = addresses.get(_name(match)) if match["of"] is not None else None
        return match[0] if address is None else f"{match['of']} ({address})"

    return _LINK.sub(spelled, text)


def _name(match: re.Match[str]) -> str:
    return (match["key"] or match["of"]).strip().lower()


def _picture(match: re.Match[str]) -> str:
    """``![alt](address)`` → ``[Hình: alt] (address)``: the file is not in the source folder."""
    words = ". ".join(filter(None, (match["alt"].strip(), match["title"] or match["name"])))
    apart = " " if match.string[: match.start()][-1:].isalnum() else ""
    return rf"{apart}\[Hình{': ' if words else ''}{words}\] ({_literal(match['address'])})"


def _tags(text: str, known: Known) -> str:
    """The common inline tags → Markdown, from the inside out."""
    while _PAIR.search(text):
        text = _PAIR.sub(lambda match: known.change(match[0], _tag(match)), text)
    return text


def _tag(match: re.Match[str]) -> str:
    kind, words = match["tag"].lower(), match["words"]
    bare = words.strip()
    if kind == "sup" and bare.isdecimal():
        return raised(bare)
    if kind not in _SIGNS or not bare:
        return words
    before, after = words[: len(words) - len(words.lstrip())], words[len(words.rstrip()) :]
    return f"{before}{_SIGNS[kind]}{bare}{_SIGNS[kind]}{after}"


def _one_run(inner: str) -> str:
    """``C**ảnh vệ`` → ``Cảnh vệ``: ends of runs inside a run, unless they are bold words set off by spaces."""
    marks = list(re.finditer(r"\*\*", inner))
    if len(marks) % 2 == 0 and all(_opens(inner, mark) for mark in marks[::2]):
        return inner
    return inner.replace("**", "")


def _opens(text: str, mark: re.Match[str]) -> bool:
    """Tell whether a mark stands at the head of a word."""
    return not text[: mark.start()][-1:].isalnum() and not text[mark.end() :][:1].isspace()


def _spans(text: str, known: Known) -> str:
    return _SPAN.sub(lambda match: _span(match, known), text)


def _span(match: re.Match[str], known: Known) -> str:
    if match["link"] is not None:
        return _link(match, known)
    if match["foreign"] is not None and not tongues.tag(match["language"]):
        return "\\[" + _spans(match[0][1:], known)
    if match["markup"] is not None or (match["call"] is not None and match["note"] not in known.notes):
        return "\\" + match[0]
    return match[0]


def _link(match: re.Match[str], known: Known) -> str:
    """A link the manuscript takes; else its words with the address in parentheses."""
    words, address = match["words"], match["address"]
    if match["of"] is not None:
        name = _name(match)
        words, address = match["of"], known.addresses.get(name)
        if address is None:
            return "\\[" + _spans(match[0][1:], known)
        known.called.add(name)
    words, address = _spans(words or "", known), (address or "").strip("<>").strip()
    title = match["title"] or match["name"]
    after = f" ({_spans(title, known)})" if title else ""
    if _GOOD.fullmatch(address) and words.strip():
        known.spelled.append((match[0], f"{words}({address}){after}"))
        return f"[{words}]({address}){after}"
    said = f"{words} ({_literal(address)})" if address and address != words else words
    return known.change(match[0], said.strip() + after)


def _literal(address: str) -> str:
    """An address → the same as plain words."""
    return escape.words(address.strip().strip("<>"))
