"""A shelf comes in; what stands on it goes out, one publication after another, as its list (``manifest.json``) says.

Anybody may have laid something on a shelf. What a list says is taken only where it is what a build would have
written: names that lead nowhere else, files that are there, words that can stand on a page.
"""

from __future__ import annotations

import datetime
import hashlib
import re
import stat
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, TypeVar

import msgspec

from builder import problems
from builder.problems import Place, Problems
from builder.shelf.manifest import FORMAT, MANIFEST, Record, TitleFacts
from builder.vietnamese.slug import is_slug

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Noun = TypeVar("Noun")

_LARGEST_LIST = 20_000_000  # bytes; of ten thousand files it has about three million
_NAME = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_LANGUAGE = re.compile(r"[A-Za-z0-9]{1,8}(?:-[A-Za-z0-9]{1,8})*")
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")  # in XML 1.0, or on a page
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Stocked:
    """A publication on the shelf: its folder there, what it is, its files by name."""

    slug: str
    folder: Path
    facts: TitleFacts
    records: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class _Beginning:
    """What a list is read for first; one that says none of it is somebody else's."""

    format: int = 0
    slug: str = ""


@dataclass(frozen=True, slots=True)
class _List:
    """What a list says."""

    publication: TitleFacts
    files: tuple[Record, ...]


def publications(shelf: Path) -> Iterator[Path]:
    """Yield the folders on a shelf that hold a publication, by name; what is hidden, and all else, is passed over.

    Raises:
        Problems: ``FILE_UNREADABLE``.
    """
    try:
        yield from (path for path in sorted(shelf.iterdir()) if not path.name.startswith(".") and _has_list(path))
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as error:
        where = error.filename if isinstance(error.filename, str) else str(shelf)
        raise Problems([problems.file_unreadable(Place(where), error)]) from error


def _has_list(folder: Path) -> bool:
    return folder.is_dir() and (folder / MANIFEST).is_file()


def stocked(folder: Path) -> Stocked | None:
    """Read what stands in the folder of a publication; nothing when its ``manifest.json`` is of something else.

    Raises:
        Problems: ``SHELF_LINK`` (a warning) when the folder is a link; ``SHELF_OLD``, ``SHELF_LIST``, ``SHELF_LOST``,
            ``SHELF_CHANGED``, ``FILE_UNREADABLE``.
    """
    if folder.is_symlink():
        raise Problems([problems.shelf_link(Place(str(folder)))])
    place = Place(str(folder / MANIFEST))
    data = _list(folder / MANIFEST, place)
    beginning = _read(data, _Beginning, place)
    if beginning == _Beginning():
        return None
    if 0 < beginning.format < FORMAT:
        raise Problems([problems.shelf_old(place)])
    listed = _read(data, _List, place)
    sound = beginning.format == FORMAT and beginning.slug == folder.name and is_slug(folder.name)
    if not (sound and _is_likely(listed.publication) and _are_likely(listed.files, folder.name)):
        raise Problems([problems.shelf_list(place)])
    problems.stop_on_errors([found for each in listed.files for found in _missing(folder, each)])
    return Stocked(folder.name, folder, listed.publication, listed.files)


def _list(path: Path, place: Place) -> bytes:
    try:
        seen = path.lstat()
        if not stat.S_ISREG(seen.st_mode) or seen.st_size > _LARGEST_LIST:
            raise Problems([problems.shelf_list(place)])
        return path.read_bytes()
    except OSError as error:
        raise Problems([problems.file_unreadable(place, error)]) from error


def _read(data: bytes, noun: type[Noun], place: Place) -> Noun:
    try:
        return msgspec.json.decode(data, type=noun)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise Problems([problems.shelf_list(place)]) from error


def _is_likely(facts: TitleFacts) -> bool:
    """Tell whether facts are such as a publication has: nothing in them can lead a reader, or a program, elsewhere."""
    from builder.publication import addresses  # noqa: PLC0415 - a build that has nothing to do is quick

    return (
        bool(facts.title.strip())
        and not any(_UNWRITABLE.search(words) for words in _words(asdict(facts)))
        and _LANGUAGE.fullmatch(facts.language) is not None
        and _is_date(facts.date)
        and _is_date(facts.original.date)
        and facts.address == (facts.address and addresses.encoded(facts.address))
        and all(is_slug(each.name) for each in facts.editions)
        and len({each.name for each in facts.editions}) == len(facts.editions)
        and all(is_slug(each.id) for each in facts.sessions)
    )


def _words(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        value = tuple(value.values())
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _words(each)


def _is_date(words: str) -> bool:
    try:
        return not words or datetime.date.fromisoformat(words).isoformat() == words
    except ValueError:
        return False


def _are_likely(records: tuple[Record, ...], slug: str) -> bool:
    names = {each.path for each in records}
    return len(names) == len(records) and all(_is_fit(each, slug) for each in records)


def _is_fit(record: Record, slug: str) -> bool:
    """Tell whether a line is one that a build writes: all its files are called after their publication."""
    return (
        record.path.startswith(f"{slug}-")
        and _NAME.fullmatch(record.path) is not None
        and is_slug(record.kind)
        and is_slug(record.edition)
        and (not record.part or is_slug(record.part))
        and record.bytes >= 0
        and (record.pages is None or record.pages >= 0)
        and _SHA256.fullmatch(record.sha256) is not None
    )


# --- files ----------------------------------------------------------------------------------------


def _missing(folder: Path, record: Record) -> Iterator[problems.Problem]:
    place = Place(str(folder / record.path))
    try:
        seen = (folder / record.path).lstat()
    except OSError:
        yield problems.shelf_lost(place)
        return
    if not stat.S_ISREG(seen.st_mode):
        yield problems.shelf_lost(place)
    elif seen.st_size != record.bytes:
        yield problems.shelf_changed(place)


def pieces(folder: Path, record: Record) -> Iterator[bytes]:
    """Yield a file of a publication, piece by piece; that it was the one listed is known when it ends.

    Raises:
        Problems: ``SHELF_LOST``, ``SHELF_CHANGED``, ``FILE_UNREADABLE``.
    """
    problems.stop_on_errors(list(_missing(folder, record)))
    place = Place(str(folder / record.path))
    digest = hashlib.sha256()
    try:
        with (folder / record.path).open("rb") as file:
            while piece := file.read(_CHUNK):
                digest.update(piece)
                yield piece
    except OSError as error:
        raise Problems([problems.file_unreadable(place, error)]) from error
    if digest.hexdigest() != record.sha256:
        raise Problems([problems.shelf_changed(place)])
