"""The bytes of a text file → its lines in normal form, each with its number in the file; or a problem.

UTF-8 and UTF-16 are read, with or without a byte order mark. Control characters are no words: they are left out and
counted. Old encodings (TCVN3, VNI) are not guessed at here: they are no UTF-8, and that is what is said.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from builder import problems
from builder.manuscript.folder import Line
from builder.problems import Place, Problems
from builder.vietnamese import normal

if TYPE_CHECKING:
    from builder.problems import Problem

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff]")
_LINE_END = re.compile(r"\r\n|\r|\n")
_PAGE_END = re.compile(r"[\n\x0b\x0c]")
_SECRET = re.compile(r"(?:TỐI |TUYỆT )?MẬT")
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_SAMPLE = 2000


def lines(data: bytes, file: str) -> tuple[tuple[Line, ...], tuple[Problem, ...]]:
    """The bytes of ``file`` → its lines, and what was repaired in them.

    Raises:
        Problems: when they are no text, hold no word, or carry a secrecy mark.
    """
    text = _decoded(data, file)
    found = tuple(each for number, line in enumerate(_LINE_END.split(text), 1) for each in _normal(number, line))
    if not any(character.isalnum() for line in found for character in line.text):
        raise Problems([problems.intake_empty(Place(file))])
    stop_at_secrets(found, file)
    return found, tuple(_repairs(text, file))


def stop_at_secrets(found: tuple[Line, ...], file: str) -> None:
    """Refuse lines of which one is exactly a secrecy mark, whatever marks of emphasis stand around it.

    Raises:
        Problems: naming each such line.
    """
    bare = ((line.number, line.text.strip(" \t*#_")) for line in found)
    marks = [problems.secret_mark(Place(file, number, 1), text) for number, text in bare if _SECRET.fullmatch(text)]
    if marks:
        raise Problems(marks)


def _decoded(data: bytes, file: str) -> str:
    start, encoding = _encoding(data)
    try:
        return data[start:].decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, start + error.start) + 1
        raise Problems([problems.not_utf8(Place(file, line))]) from error


def _encoding(data: bytes) -> tuple[int, str]:
    """Where the text begins and how it is encoded; every second byte NUL is UTF-16 without its mark."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return len(mark), encoding
    even, odd = data[:_SAMPLE:2].count(0), data[1:_SAMPLE:2].count(0)
    if len(data) % 2 == 0 and max(even, odd) * 4 > min(len(data), _SAMPLE) // 2 and not min(even, odd):
        return 0, "utf-16-le" if odd > even else "utf-16-be"
    return 0, "utf-8"


def _normal(number: int, text: str) -> list[Line]:
    """One line as found → in normal form; a page end or a line separator in it makes it several."""
    whole = normal.normalise(_CONTROL.sub("", text.replace("\x0c", "\n"))).text.replace("\t", "    ")
    return [Line(number, part.rstrip("\n")) for part in _PAGE_END.split(_CONTROL.sub("", whole))]


def _repairs(text: str, file: str) -> list[Problem]:
    """One notice for the letters brought into normal form, one for the control characters left out."""
    found = []
    done = normal.normalise(text)
    if done.repairs:
        first = done.repairs[0]
        found.append(problems.intake_normalised(Place(file, first.line, first.column), len(done.repairs)))
    if controls := _CONTROL.findall(text):
        line = len(_LINE_END.findall(text, 0, _CONTROL.search(text).start())) + 1  # type: ignore[union-attr]
        found.append(problems.intake_control(Place(file, line), len(controls)))
    return found
