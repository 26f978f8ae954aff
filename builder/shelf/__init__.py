"""Finished files come in; they stand on the disk, whole or not at all: the only stage that writes."""

from builder.shelf.cache import Cache
from builder.shelf.calibre import Calibre
from builder.shelf.copies import KEY as COPIES_KEY
from builder.shelf.copies import (
    NumberedEdition,
    copies_secret,
    keep_numbered,
    known_secret,
    numbered_editions,
    register,
    register_of,
)
from builder.shelf.fingerprint import fingerprint
from builder.shelf.manifest import (
    MANIFEST,
    EditionFacts,
    File,
    OriginalFacts,
    Record,
    SessionFacts,
    TitleFacts,
    facts,
    records,
    sha256,
)
from builder.shelf.office import Office
from builder.shelf.place import place, place_all, recover
from builder.shelf.printers import keep_printers, known_printers
from builder.shelf.showcase import on_show, showcase, take_down
from builder.shelf.site import STATE as SITE_STATE
from builder.shelf.site import Tree, renewed
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
from builder.shelf.stock import Stocked, pieces, publications, stocked

__all__ = [
    "COPIES_KEY",
    "MANIFEST",
    "SITE_STATE",
    "Cache",
    "Calibre",
    "EditionFacts",
    "File",
    "NumberedEdition",
    "Office",
    "OriginalFacts",
    "Record",
    "SessionFacts",
    "Stocked",
    "TitleFacts",
    "Tree",
    "copies_secret",
    "facts",
    "fingerprint",
    "keep_numbered",
    "keep_printers",
    "known_printers",
    "known_secret",
    "mend_source",
    "numbered_editions",
    "on_show",
    "pieces",
    "place",
    "place_all",
    "publications",
    "read_own",
    "records",
    "recover",
    "register",
    "register_of",
    "renewed",
    "replace_source",
    "sha256",
    "showcase",
    "standing",
    "stocked",
    "take_down",
    "write_file",
    "write_files",
    "write_over",
    "write_own",
    "write_source",
]
