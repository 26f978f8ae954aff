"""The printers a person has told of come in and go out: one small file in the folder of the person's settings.

It is written whole or not at all. One that cannot be understood is never written over: what was seen on paper is not
lost because of a slip in an editor.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from builder import problems
from builder.printer import Printer, Printers
from builder.shelf import disk
from builder.shelf.source import write_file

if TYPE_CHECKING:
    from pathlib import Path

NAME = "printers.json"
FORMAT = 1


@dataclass(frozen=True, slots=True)
class _File:
    """What the file says."""

    format: int
    used: str
    printers: tuple[Printer, ...]


def known_printers(folder: Path) -> Printers:
    """Read the printers kept in a folder; none when nobody has told of any.

    Raises:
        Problems: ``PRINTERS_BROKEN``.
        OSError: when the file is there and cannot be read.
    """
    path = folder / NAME
    try:
        found = msgspec.json.decode(path.read_bytes(), type=_File)
    except (FileNotFoundError, NotADirectoryError):
        return Printers()
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise problems.Problems([problems.printers_broken(problems.Place(str(path)))]) from error
    if not _makes_sense(found):
        raise problems.Problems([problems.printers_broken(problems.Place(str(path)))])
    return Printers(found.printers, found.used)


def _makes_sense(found: _File) -> bool:
    names = [each.name for each in found.printers]
    return (
        found.format == FORMAT
        and len(set(names)) == len(names)
        and found.used in ("", *names)
        and all(each.likely for each in found.printers)
    )


def keep_printers(folder: Path, printers: Printers) -> None:
    """Write the printers into a folder, which is made when it is not there.

    Raises:
        Problems: ``SHELF_DENIED``, ``SHELF_FULL``.
    """
    data = msgspec.json.format(msgspec.json.encode(_File(FORMAT, printers.used, printers.known)), indent=2)
    path = folder / NAME
    with disk.refusals(path):
        folder.mkdir(parents=True, exist_ok=True)
    write_file(path, data + b"\n")
