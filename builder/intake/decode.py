"""The bytes of a text file → its lines in normal form, each with its number in the file; or a problem.

UTF-8 and UTF-16 are read, with or without a byte order mark. Lines in an old encoding (TCVN3, VNI …), as bytes or
pasted into Unicode, are converted where there is no doubt, and reported. What is no UTF-8 and stays in doubt is
refused. Control characters are no words: they are left out and counted.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from typing import TYPE_CHECKING

from builder import problems
from builder.intake.tally import Tally
from builder.manuscript.folder import Line
from builder.problems import Place, Problems
from builder.vietnamese import normal, recoding
from builder.vietnamese.legacy import Encoding

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from builder.problems import Problem
    from builder.vietnamese.recoding import Reading

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
    texts, raw = _texts(data, file)
    readings = recoding.read(texts, raw)
    _refuse_doubtful(readings, raw, file)
    found = tuple(each for number, line in enumerate(readings, 1) for each in _normal(number, line.text))
    if not any(character.isalnum() for line in found for character in line.text):
        raise Problems([problems.intake_empty(Place(file))])
    stop_at_secrets(found, file)
    text = "\n".join(line.text for line in readings)
    return found, (*_converted(readings, file), *_repairs(text, file))


def stop_at_secrets(found: tuple[Line, ...], file: str) -> None:
    """Refuse lines of which one is exactly a secrecy mark, whatever marks of emphasis stand around it.

    Raises:
        Problems: naming each such line.
    """
    bare = ((line.number, line.text.strip(" \t*#_")) for line in found)
    marks = [problems.secret_mark(Place(file, number, 1), text) for number, text in bare if _SECRET.fullmatch(text)]
    if marks:
        raise Problems(marks)


def _texts(data: bytes, file: str) -> tuple[list[str], AbstractSet[int]]:
    """Bytes → lines, and which of them (from 0) are no UTF-8: their characters are bytes."""
    start, encoding = _encoding(data)
    try:
        return _LINE_END.split(data[start:].decode(encoding)), frozenset()
    except UnicodeDecodeError as error:
        if encoding != "utf-8" or b"\0" in data:
            place = Place(file, data.count(b"\n", 0, start + error.start) + 1)
            raise Problems([problems.not_utf8(place)]) from error
    texts = _LINE_END.split(data[start:].decode("latin-1"))
    raw = set()
    for at, text in enumerate(texts):
        try:
            texts[at] = text.encode("latin-1").decode()
        except UnicodeDecodeError:
            raw.add(at)
    return texts, raw


def _refuse_doubtful(readings: Sequence[Reading], raw: AbstractSet[int], file: str) -> None:
    """Refuse a file in which a line is neither UTF-8 nor in an old encoding beyond doubt.

    Raises:
        Problems: naming the first such line, and what the lines look like.
    """
    doubtful = [at for at in sorted(raw) if readings[at].encoding in (Encoding.UNICODE, Encoding.MOJIBAKE)]
    if not doubtful:
        return
    place = Place(file, doubtful[0] + 1)
    known = Counter(line.doubt or line.encoding for line in readings)
    del known[Encoding.UNICODE], known[Encoding.MOJIBAKE]
    likely = max(known, key=known.__getitem__, default=None)
    raise Problems([problems.intake_encoding(place, likely) if likely else problems.not_utf8(place)])


def _converted(readings: Sequence[Reading], file: str) -> Iterator[Problem]:
    """Yield a notice for each encoding that was converted, or is suspected; the place is the first line of it."""
    tally = Tally()
    for number, line in enumerate(readings, 1):
        tally.read(line, number)
    return tally.notices(lambda number: Place(file, number))


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
