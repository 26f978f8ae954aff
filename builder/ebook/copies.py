"""A bound e-book and what its copies say of themselves come in; the numbered copies go out, and are read back.

A copy differs from the master by one line that everybody sees, on its title page and in ``dc:rights``: the number and
a check code. Nothing is hidden, nothing says who has the copy, nothing is locked (EPUB 3.4 warns of watermarks that
give readers away). Two parts are made anew, the others stand as they were packed.

The identifier stays that of the edition: a copy is no other publication, and readers keep marks and places by it.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from builder.ebook import archive, kepub, markup
from builder.ebook.archive import FOLDER, PACKAGE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MOST = 999
FIGURES = 9  # of a number that is read: more say nothing
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: no I, L, O, U
GROUP, GROUPS = 4, 2  # 40 bits: a code that is made up is right once in a million million
LOOK_ALIKE = str.maketrans("OIL", "011")
DASHES = "-–\N{NON-BREAKING HYPHEN}"
WRITTEN = re.compile(rf"(?<![^\W_])(?=(\w{{4}})([{DASHES} ]?)(\w{{4}})(?![^\W_]))", re.ASCII)
NUMBER = re.compile(r"\d+")
BETWEEN = " · "
TEXTS = f"{FOLDER}/text/"
NOTICE = re.compile(r'<p class="notice">(?P<words>.*?)</p>', re.DOTALL)
HEADING_ENDS = re.compile(r'<p class="subtitle">.*?</p>|</hgroup>|</h1>', re.DOTALL)
TITLE_PAGE = re.compile(r'<section\b[^>]*\bclass="leaf title\b')
RIGHTS = re.compile(r"(<dc:rights\b[^>]*>)(.*?)(?=</dc:rights>)", re.DOTALL)
IDENTIFIER = re.compile(r"<dc:identifier\b[^>]*>([^<]*)<")


@dataclass(frozen=True, slots=True)
class Mark:
    """What a copy says of itself: its number (0: it does not say), its check code."""

    number: int
    code: str


def code(secret: bytes, identifier: str, number: int) -> str:
    """Return the check code of a copy: ``XXXX-XXXX``, from HMAC-SHA256 (RFC 2104) of edition and number.

    Args:
        secret: what only the house knows.
        identifier: the identifier of the edition.
        number: the number of the copy, from 1.
    """
    digest = hmac.new(secret, f"{identifier}\n{number}".encode(), hashlib.sha256).digest()
    value = int.from_bytes(digest, "big")
    letters = [ALPHABET[value >> 5 * place & 31] for place in range(GROUP * GROUPS)]
    return "-".join("".join(letters[start : start + GROUP]) for start in range(0, len(letters), GROUP))


def same(code: str, other: str) -> bool:
    """Tell whether two codes are one, in a time that does not tell how much of them is."""
    return hmac.compare_digest(code.encode(), other.encode())


def read(words: str) -> Mark | None:
    """Read number and code out of a line as it is printed, or typed after one; nothing when no code stands in it."""
    found = [*WRITTEN.finditer(words)]
    dashed = [match for match in found if match[2] and match[2] in DASHES]
    likely = dashed or [match for match in found if any(map(str.isdigit, match[1] + match[3]))]
    if not likely:
        return None
    numbers = NUMBER.findall(words[: likely[-1].start()])
    said = f"{likely[-1][1]}-{likely[-1][3]}".upper().translate(LOOK_ALIKE)
    return Mark(int(numbers[-1][:FIGURES]) if numbers else 0, said)


def identifier(epub: bytes) -> str:
    """Return the identifier of a bound e-book."""
    found = IDENTIFIER.search(archive.part(epub, PACKAGE).decode())
    return found[1] if found else ""


def numbered(master: bytes, lines: Iterable[str]) -> Iterator[bytes]:
    """Yield a copy of a bound e-book, or of its variant for Kobo's reader, for each line that is to stand on one."""
    parts = archive.parts(master)
    first = next(name for name in kepub.documents(parts) if name.startswith(TEXTS))
    dressed = kepub.is_dressed(parts[first])
    page = (kepub.undressed(parts[first]) if dressed else parts[first]).decode()
    package = parts[PACKAGE].decode()
    others = archive.sealed({name: data for name, data in parts.items() if name not in {first, PACKAGE}})
    for line in lines:
        said = _told_on(page, line).encode()
        made = {first: kepub.dressed(said) if dressed else said, PACKAGE: _told_in(package, line).encode()}
        yield archive.joined(others, made)


def _told_on(page: str, line: str) -> str:
    """Put the line on a page: with the notice of a title page, under its title, or at the head of another page.

    A notice that says what the line begins with gives way to it.
    """
    said = f'<p class="notice copy">{escape(line, quote=False)}</p>'
    if notice := NOTICE.search(page):
        start = notice.start() if _begins(line, notice["words"]) else notice.end()
        return page[:start] + said + page[notice.end() :]
    headings = [*HEADING_ENDS.finditer(page)] if TITLE_PAGE.search(page) else []
    at = headings[-1].end() if headings else _head(page)
    return page[:at] + said + page[at:]


def _head(page: str) -> int:
    """Return where the first element of the body opens, in letters."""
    markup_ = page.encode()
    elements = markup.read(markup_)
    body = next(index for index, each in enumerate(elements) if each.name == "body")
    return len(markup_[: elements[body + 1].end].decode())


def _told_in(package: str, line: str) -> str:
    said = escape(line, quote=False)
    rights = RIGHTS.search(package)
    if rights is None:
        return package.replace("</metadata>", f"<dc:rights>{said}</dc:rights></metadata>", 1)
    kept = "" if _begins(line, rights[2]) else rights[2] + BETWEEN
    return package[: rights.start()] + rights[1] + kept + said + package[rights.end() :]


def _begins(line: str, words: str) -> bool:
    """Tell whether a line begins with what stands there already (escaped)."""
    return escape(line, quote=False).startswith(words.strip() + BETWEEN)
