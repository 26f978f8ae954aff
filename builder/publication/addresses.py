"""An address as a person writes it comes in; the same as machines read it goes out (RFC 3986), and the other way round.

Vietnamese letters in the name of a host are written in Punycode, those in a path percent-encoded in UTF-8, composed.
"""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from urllib.parse import quote, unquote, urlsplit, urlunsplit

LONGEST = 190
"""Characters of an address: with the id of a session behind it, its code can still be printed small and read."""

SCHEMES = ("http", "https")
HOST = re.compile(
    r"(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])"
    r"|(?:(?:25[0-5]|2[0-4][0-9]|1?[0-9]{1,2})\.){3}(?:25[0-5]|2[0-4][0-9]|1?[0-9]{1,2})",
    re.IGNORECASE,
)
PLAIN = "%/:@!$&'()*+,;=~-._"
PARTING = "/?#&=+"
STRAY = re.compile(r"%(?![0-9A-Fa-f]{2})")  # a sign that begins no escape stands for itself
UNSEEN = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf", "Co", "Cn", "Cs"})


def encoded(address: str) -> str:
    """Return an address in ASCII; nothing for what is no address of a place on the web.

    It has a host, no user, no fragment (that is put behind it, for the places inside), and no spaces.
    """
    if "#" in address or "\\" in address or any(unicodedata.category(letter) in UNSEEN for letter in address):
        return ""
    try:
        parts = urlsplit(STRAY.sub("%25", unicodedata.normalize("NFC", address)))
        port = parts.port
        host = (parts.hostname or "").encode("idna").decode()
    except ValueError:  # of which a name that IDNA cannot write is one
        return ""
    if parts.scheme not in SCHEMES or "@" in parts.netloc or port == 0 or not HOST.fullmatch(host):
        return ""
    place = host if port is None else f"{host}:{port}"
    whole = urlunsplit((parts.scheme, place, quote(parts.path, PLAIN), quote(parts.query, f"{PLAIN}?"), ""))
    return whole if len(whole) <= LONGEST else ""


def readable(address: str) -> str:
    """Return an encoded address as a person types it: letters as they are, nothing before it that browsers know."""
    host, slash, rest = address.partition("//")[2].partition("/")
    with suppress(UnicodeError):
        host = host.encode().decode("idna")
    with suppress(UnicodeDecodeError):
        plain = unquote(rest, errors="strict")
        rest = plain if _same(plain, rest) else rest
    return f"{host.removeprefix('www.')}{slash}{rest}".rstrip("/")


def _same(plain: str, encoded: str) -> bool:
    """Tell whether a decoded path leads to the same place when it is typed: nothing in it parts it anew."""
    seen = UNSEEN.isdisjoint(map(unicodedata.category, plain))
    return seen and "%" not in plain and all(plain.count(mark) == encoded.count(mark) for mark in PARTING)
