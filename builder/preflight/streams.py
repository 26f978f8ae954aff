"""A stream of a PDF comes in; its bytes go out, never more than were asked for.

A kilobyte of a stranger's file can swell to gigabytes: what is packed is unpacked piece by piece, up to a limit.
"""

from __future__ import annotations

import binascii
import re
import zlib
from base64 import a85decode

from pikepdf import Stream

from builder.pdf import objects

LARGEST = 64_000_000
_SMALL = 200_000  # packed by filters that qpdf unpacks in one piece: they swell less than a thousand times
_FLATE = {"FlateDecode", "Fl"}
_HEX = {"ASCIIHexDecode", "AHx"}
_BASE85 = {"ASCII85Decode", "A85"}
_WHOLE = {"LZWDecode", "LZW", "RunLengthDecode", "RL"}
_SPACE = re.compile(rb"[\0\t\n\f\r ]+")


class TooLarge(ValueError):  # noqa: N818 - named for what it is
    """Raised for a stream that holds more than was asked for."""


class Unreadable(ValueError):  # noqa: N818 - named for what it is
    """Raised for a stream whose bytes cannot be unpacked."""


def unpacked(stream: object, most: int = LARGEST) -> bytes:
    """Return the bytes of a stream.

    Raises:
        TooLarge: when they are more than ``most``.
        Unreadable: when it is none, is damaged, or is packed as pictures are.
    """
    if not isinstance(stream, Stream):
        raise Unreadable("no stream")
    try:
        data = stream.read_raw_bytes()
    except objects.REFUSALS as error:
        raise Unreadable(str(error)) from error
    filters, predicted = _filters(stream)
    if (predicted or _WHOLE & set(filters)) and filters:
        return _by_qpdf(stream, filters, len(data), most)
    for each in filters:
        data = _stage(data, each, most)
    if len(data) > most:
        raise TooLarge(str(len(data)))
    return data


def _filters(stream: Stream) -> tuple[list[str], bool]:
    """Return the names of the filters, and whether one of them has a predictor."""
    said = objects.get(stream, "/Filter")
    names = [objects.name(each) for each in (objects.members(said) or (said,))]
    parameters = objects.get(stream, "/DecodeParms")
    listed = objects.members(parameters) or (parameters,)
    predicted = any(objects.number(objects.get(each, "/Predictor"), 1) > 1 for each in listed)
    return [each for each in names if each], predicted


def _by_qpdf(stream: Stream, filters: list[str], packed: int, most: int) -> bytes:
    """Let qpdf unpack what it alone can; only where the bytes cannot swell beyond what memory takes."""
    if packed > _SMALL or len(filters) > 1:
        raise TooLarge(str(packed))
    try:
        data = stream.read_bytes()
    except objects.REFUSALS as error:
        raise Unreadable(str(error)) from error
    if len(data) > most:
        raise TooLarge(str(len(data)))
    return data


def _stage(data: bytes, by: str, most: int) -> bytes:
    if by in _FLATE:
        return _inflated(data, most)
    try:
        if by in _HEX:
            digits = _SPACE.sub(b"", data).partition(b">")[0]
            return binascii.unhexlify(digits + b"0" * (len(digits) % 2))
        if by in _BASE85:
            return a85decode(_SPACE.sub(b"", data).removeprefix(b"<~").partition(b"~>")[0])
    except ValueError as error:
        raise Unreadable(by) from error
    raise Unreadable(by)


def _inflated(data: bytes, most: int) -> bytes:
    engine = zlib.decompressobj()
    try:
        found = engine.decompress(data, most + 1)
    except zlib.error as error:
        return _what_is_whole(data, most, error)
    if len(found) > most:
        raise TooLarge(str(len(found)))
    return found


def _what_is_whole(data: bytes, most: int, error: zlib.error) -> bytes:
    """Return what stands before the damage, as viewers do.

    Raises:
        Unreadable: when that is nothing.
    """
    engine, found = zlib.decompressobj(), bytearray()
    for start in range(0, len(data), 256):
        try:
            found += engine.decompress(data[start : start + 256], most + 1 - len(found))
        except zlib.error:
            break
        if len(found) > most:
            raise TooLarge(str(len(found)))
    if not found:
        raise Unreadable(str(error)) from error
    return bytes(found)
