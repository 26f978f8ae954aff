"""The bytes of a content stream come in; its operators with their operands go out, one by one.

Written for files of any origin: no order of bytes raises, nothing is kept but the operands of one operator, and no
byte is read twice: what is opened and never closed ends with the content (ISO 32000-1, 7.2 and 7.8).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKEN = re.compile(
    rb"[\0\t\n\f\r ]*(?:"
    rb"([+-]?(?:\d++(?:\.\d*+)?|\.\d++)(?=[\0\t\n\f\r ()<>\[\]{}/%]|\Z))"  # 1 number
    rb"|([^\0\t\n\f\r ()<>\[\]{}/%]+)"  # 2 word
    rb"|/([^\0\t\n\f\r ()<>\[\]{}/%]*)"  # 3 name
    rb"|(\()"  # 4 string
    rb"|(\[)|(\])"  # 5, 6 array
    rb"|(<<)|(>>)"  # 7, 8 dictionary
    rb"|(<)"  # 9 hexadecimal string
    rb"|(%[^\r\n]*)"  # 10 comment
    rb"|(.))",  # 11 what has no meaning here
    re.DOTALL,
)
_NUMBER, _WORD, _NAME, _STRING, _ARRAY, _ARRAY_END, _DICT, _DICT_END, _HEX, _COMMENT, _OTHER = range(1, 12)
_PARENTHESIS = re.compile(rb"[()\\]")
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b"", b"\r": b"", b"\r\n": b""}
_NOT_HEX = re.compile(rb"[^0-9A-Fa-f]")
_HASH = re.compile(rb"#([0-9A-Fa-f]{2})")
_IMAGE_END = re.compile(rb"[\0\t\n\f\r ]EI(?=[\0\t\n\f\r ][\t\n\f\r -~]{0,12}|[\0\t\n\f\r ]?\Z)")
_MOST_OPERANDS = 50_000
_BRACKETS, _SILENT = (_ARRAY, _ARRAY_END, _DICT, _DICT_END), (_COMMENT, _OTHER)
_DEEPEST = 20
_KEYWORDS: dict[bytes, object] = {b"true": True, b"false": False, b"null": None}


@dataclass(frozen=True, slots=True)
class Called:
    """A name: ``/F1``."""

    name: str


Operand = object
"""float, bool, bytes (a string), Called, list or dict of them."""

Operation = tuple[bytes, list[Operand]]


def operations(data: bytes) -> Iterator[Operation]:
    """Yield the operators in order; ``BI`` stands for a whole inline image, its operands a dictionary and bytes."""
    open_: list[list[Operand]] = [[]]  # what stands around, and within it arrays and dictionaries not yet closed
    at, end, match = 0, len(data), _TOKEN.match
    while at < end and (token := match(data, at)):
        at, kind = token.end(), token.lastindex
        if kind == _NUMBER:
            open_[-1].append(float(token[_NUMBER]))
        elif kind == _WORD and not _is_value(token[_WORD]):
            # An array that was never closed ends where an operator begins.
            operands = open_[0] if len(open_) == 1 else [each for level in open_ for each in level]
            if token[_WORD] == b"BI":
                at, operands = _image(data, at)
            yield token[_WORD], operands
            open_ = [[]]
        elif kind in _BRACKETS:
            _bracket(open_, kind)
        elif kind not in _SILENT:
            value, at = _value(data, token, at)
            open_[-1].append(value)
        if len(open_[-1]) > _MOST_OPERANDS:
            del open_[-1][:-10]


def _is_value(word: bytes) -> bool:
    return word in _KEYWORDS or word[:1] in b"+-.0123456789"


def _bracket(open_: list[list[Operand]], kind: int | None) -> None:
    """Begin or end an array or a dictionary; one that ends becomes the last operand of what stands around it."""
    if kind in (_ARRAY, _DICT):
        if len(open_) < _DEEPEST:
            open_.append([])
    elif len(open_) > 1:
        inner = open_.pop()
        open_[-1].append(_pairs(inner) if kind == _DICT_END else inner)


def _pairs(flat: list[Operand]) -> dict[str, Operand]:
    keys = zip(flat[::2], flat[1::2], strict=False)
    return {key.name: value for key, value in keys if isinstance(key, Called)}


def _value(data: bytes, token: re.Match[bytes], at: int) -> tuple[Operand, int]:
    if token.lastindex == _WORD:
        return _KEYWORDS.get(token[_WORD], _odd_number(token[_WORD])), at
    if token.lastindex == _NAME:
        return Called(_name(token[_NAME])), at
    return _hexadecimal(data, at) if token.lastindex == _HEX else _string(data, at)


def _name(raw: bytes) -> str:
    if b"#" in raw:
        raw = _HASH.sub(lambda found: bytes([int(found[1], 16)]), raw)
    return raw.decode("utf-8", "replace")


def _hexadecimal(data: bytes, start: int) -> tuple[bytes, int]:
    """Read a hexadecimal string from behind its ``<``."""
    closed = data.find(b">", start)
    last = len(data) if closed < 0 else closed
    digits = _NOT_HEX.sub(b"", data[start:last])
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii")), min(last + 1, len(data))


def _string(data: bytes, start: int) -> tuple[bytes, int]:
    """Read a string from behind its first parenthesis to the one that closes it."""
    depth, at, end = 1, start, len(data)
    while depth and (found := _PARENTHESIS.search(data, at)):
        at = found.end()
        if found[0] == b"\\":
            at += 1
        else:
            depth += 1 if found[0] == b"(" else -1
    inner = data[start : at - 1] if depth == 0 else data[start:end]
    at = at if depth == 0 else end
    return (_ESCAPE.sub(_escape, inner) if b"\\" in inner else inner), at


def _escape(found: re.Match[bytes]) -> bytes:
    said = found[1]
    if said[:1].isdigit():
        return bytes([int(said, 8) & 0xFF]) if said[:1] in b"01234567" else said
    return _ESCAPES.get(said, said)


def _odd_number(word: bytes) -> float:
    """Read a number as lenient viewers do: ``--5``, ``1.2.3``, ``5-3``; what is none at all is 0."""
    found = re.match(rb"[+-]*(\d*\.?\d*)", word)
    digits = found[1] if found else b""
    value = float(digits) if digits.strip(b".") else 0.0
    return -value if word[:1] == b"-" else value


def _image(data: bytes, start: int) -> tuple[int, list[Operand]]:
    """Read an inline image: where it ends, its dictionary and its bytes (ISO 32000-1, 8.9.7)."""
    flat: list[Operand] = []
    at = start
    while at < len(data) and (token := _TOKEN.match(data, at)):
        at = token.end()
        if token.lastindex == _WORD and token[_WORD] not in _KEYWORDS:
            break
        if token.lastindex == _NUMBER:
            flat.append(float(token[_NUMBER]))
        elif token.lastindex in (_NAME, _HEX, _STRING):
            value, at = _value(data, token, at)
            flat.append(value)
        elif token.lastindex == _WORD:
            flat.append(_KEYWORDS[token[_WORD]])
        if len(flat) > _MOST_OPERANDS:
            break
    ended = _IMAGE_END.search(data, at)
    last = ended.start() if ended else len(data)
    return (ended.end() if ended else len(data)), [_pairs(flat), data[at + 1 : last]]
