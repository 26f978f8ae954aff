"""Finished files come in; they stand on the disk, whole or not at all: the only stage that writes."""

from builder.shelf.cache import Cache
from builder.shelf.calibre import Calibre
from builder.shelf.fingerprint import fingerprint
from builder.shelf.manifest import MANIFEST, File, Record, records, sha256
from builder.shelf.office import Office
from builder.shelf.place import place, place_all, recover
from builder.shelf.printers import keep_printers, known_printers
from builder.shelf.source import (
    mend_source,
    read_own,
    replace_source,
    write_file,
    write_files,
    write_over,
    write_own,
    write_source,
)
from builder.shelf.standing import standing

__all__ = [
    "MANIFEST",
    "Cache",
    "Calibre",
    "File",
    "Office",
    "Record",
    "fingerprint",
    "keep_printers",
    "known_printers",
    "mend_source",
    "place",
    "place_all",
    "read_own",
    "records",
    "recover",
    "replace_source",
    "sha256",
    "standing",
    "write_file",
    "write_files",
    "write_over",
    "write_own",
    "write_source",
]
