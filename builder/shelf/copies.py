"""What numbered copies need to be known again by comes in and goes out: the secret, the editions, the registers.

    copies.key                            the secret: made once, never changed, for its owner's eyes only
    copies.json                           the editions that were numbered
    so-ban/so-tay-nguoi-du-so-ban.csv     who has which copy: a form, filled in by hand

They stand in the folder of the person's settings, never on a shelf: a shelf may be published.
"""

from __future__ import annotations

import os
import re
import secrets
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from builder import problems
from builder.problems import Place, Problems
from builder.shelf import disk
from builder.shelf.lock import locked
from builder.shelf.source import read_own, write_file

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

KEY, EDITIONS, REGISTERS = "copies.key", "copies.json", "so-ban"
FORMAT = 1
_SIGN = b"anpham copies 1 "
_KEY = re.compile(re.escape(_SIGN) + rb"([0-9a-f]{64})\s*")
_BYTES = 32
_OWNERS = 0o600
_ROW = re.compile(rb'^[ ]*"?(\d{1,3})"?[ ]*([;,\t])[ ]*"?([0-9A-Z]{4}-[0-9A-Z]{4})"?', re.MULTILINE)
_BOM = b"\xef\xbb\xbf"  # by it Excel knows UTF-8
_SEPARATOR = b";"  # Excel's in Vietnam


@dataclass(frozen=True, slots=True)
class NumberedEdition:
    """An edition of which there are numbered copies."""

    identifier: str
    slug: str
    edition: str


@dataclass(frozen=True, slots=True)
class _File:
    """What the list of editions says."""

    format: int
    editions: tuple[NumberedEdition, ...]


def copies_secret(folder: Path) -> bytes:
    """Return the secret kept in a folder; make one when there is none.

    Raises:
        Problems: ``NUMBERED_KEY``, ``SHELF_DENIED``, ``SHELF_FULL``.
    """
    path = folder / KEY
    with disk.refusals(path):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists():
            _make(path)
    return known_secret(folder) or b""


def _make(path: Path) -> None:
    """Write a secret whole or not at all; one that another process has made meanwhile stays."""
    beside = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNERS)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(_SIGN + secrets.token_hex(_BYTES).encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
        _let_stand(beside, path)
        disk.settle(path.parent)
    finally:
        beside.unlink(missing_ok=True)


def _let_stand(beside: Path, path: Path) -> None:
    """Give a file its place unless it is taken."""
    try:
        os.link(beside, path)
    except FileExistsError:
        return
    except OSError:  # a disk without links
        if not path.exists():
            beside.rename(path)


def known_secret(folder: Path) -> bytes | None:
    """Return the secret kept in a folder; nothing when copies were never numbered here.

    Raises:
        Problems: ``NUMBERED_KEY``, ``FILE_UNREADABLE``.
    """
    path = folder / KEY
    data = read_own(path)
    if data is None:
        return None
    found = _KEY.fullmatch(data)
    if found is None:
        raise Problems([problems.numbered_key(Place(str(path)))])
    with suppress(OSError):  # a copy of the folder may have lost it
        path.chmod(_OWNERS)
    return bytes.fromhex(found[1].decode())


def numbered_editions(folder: Path) -> tuple[NumberedEdition, ...]:
    """Return the editions that were numbered; none when nobody has.

    Raises:
        Problems: ``NUMBERED_LIST``, ``FILE_UNREADABLE``.
    """
    data = read_own(folder / EDITIONS)
    if data is None:
        return ()
    try:
        return msgspec.json.decode(data, type=_File).editions
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise Problems([problems.numbered_list(Place(str(folder / EDITIONS)))]) from error


def keep_numbered(folder: Path, editions: Sequence[NumberedEdition]) -> None:
    """Add editions to those that were numbered.

    Raises:
        Problems: ``NUMBERED_LIST``, ``FILE_UNREADABLE``, ``SHELF_DENIED``, ``SHELF_FULL``.
    """
    with disk.refusals(folder), locked(folder):
        known = {each.identifier: each for each in numbered_editions(folder)}
        wanted = known | {each.identifier: each for each in editions}
        if wanted != known:
            listed = _File(FORMAT, tuple(sorted(wanted.values(), key=lambda each: (each.slug, each.edition))))
            write_file(folder / EDITIONS, msgspec.json.format(msgspec.json.encode(listed), indent=2) + b"\n")


def register_of(folder: Path, edition: NumberedEdition) -> Path:
    """Return where the register of an edition stands, or would."""
    return folder / REGISTERS / f"{edition.slug}-{edition.edition}-so-ban.csv"


def register(
    folder: Path, edition: NumberedEdition, copies: Sequence[tuple[int, str]], heads: Sequence[str]
) -> problems.Problem | None:
    """Put copies that are not there yet into the register of an edition; what stands there is never touched.

    Args:
        folder: the folder of the person's settings.
        edition: the edition.
        copies: numbers and codes.
        heads: what the columns are called.

    Returns:
        ``NUMBERED_REGISTER`` for a file that cannot be understood: it stays as it is.

    Raises:
        Problems: ``FILE_UNREADABLE``, ``SHELF_DENIED``, ``SHELF_FULL``.
    """
    path = register_of(folder, edition)
    with disk.refusals(path):
        path.parent.mkdir(mode=0o700, exist_ok=True)
        with locked(folder):
            data = read_own(path) or b""
            rows = [*_ROW.finditer(data)]
            if data and not rows:
                return problems.numbered_register(Place(str(path)))
            listed = {(int(row[1]), row[3].decode()) for row in rows}
            lacking = [copy for copy in copies if copy not in listed]
            if lacking:
                write_file(path, _with_rows(data, rows[0][2] if rows else _SEPARATOR, lacking, heads))
    return None


def _with_rows(data: bytes, separator: bytes, copies: Sequence[tuple[int, str]], heads: Sequence[str]) -> bytes:
    """Add rows, in plain ASCII, to a register, whatever its encoding is after it was saved by another program."""
    if not data:
        data = _BOM + separator.join(head.encode() for head in heads) + b"\r\n"
    elif not data.endswith(b"\n"):
        data += b"\r\n"
    empty = separator * (len(heads) - 2)
    return data + b"".join(b"%d%s%s%s\r\n" % (number, separator, code.encode(), empty) for number, code in copies)
