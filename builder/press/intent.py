"""A file for a print shop and what is known of it come in; it goes out saying what it is, PDF/X-4 where it can be.

PDF/X-4 (ISO 15930-7) says for which printing condition colours were reckoned, and brings its profile. Without a profile
nothing is claimed: such a file is plain PDF 1.6.
"""

from __future__ import annotations

import datetime
import hashlib
import io
from typing import TYPE_CHECKING
from uuid import UUID

import pikepdf
from pikepdf import Array, Dictionary, Name, String

import builder
from builder.pdf.profiles import REGISTRY
from builder.press.packet import Claim, describe

if TYPE_CHECKING:
    from builder.composition.nouns import Metadata
    from builder.pdf.profiles import Profile

VERSION = "1.6"  # ISO 15930-7, 6.1
STANDARD = "PDF/X-4"
UNDATED = datetime.date(1980, 1, 1)  # the standard wants dates; a publication without one has that of its e-book
INKS = 4
SPACES = ' xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/"'


def written(book: pikepdf.Pdf, metadata: Metadata, profile: Profile | None) -> bytes:
    """Sign and write a file; the same pages give the same bytes.

    Args:
        book: its pages, finished.
        metadata: what the publication says of itself.
        profile: of the printing condition.
    """
    producer = f"anpham {builder.__version__}, pikepdf {pikepdf.__version__}"
    if profile is not None:
        book.Root.OutputIntents = Array([_intent(book, profile)])
    day = metadata.date or UNDATED
    claim = Claim(spaces=SPACES, fields=_fields(day, _identity(book, metadata), claimed=profile is not None))
    describe(book, metadata, producer, day, claim).Trapped = Name("/False")
    return _saved(book)


def _saved(book: pikepdf.Pdf) -> bytes:
    kept = io.BytesIO()
    book.save(
        kept,
        deterministic_id=True,
        force_version=VERSION,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
    )
    return kept.getvalue()


def _intent(book: pikepdf.Pdf, profile: Profile) -> Dictionary:
    """Say for which condition colours were reckoned (ISO 32000-1, 14.11.5)."""
    condition = profile.condition
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFX,
        OutputConditionIdentifier=String(condition or "Custom"),
        OutputCondition=String(profile.called),
        Info=String(profile.called),
        DestOutputProfile=book.make_indirect(book.make_stream(profile.data, N=INKS)),
    )
    if condition:
        intent.RegistryName = String(REGISTRY)
    return intent


def _identity(book: pikepdf.Pdf, metadata: Metadata) -> str:
    """Name the document by what is in it, in the form such names have."""
    about = "\n".join((metadata.title, metadata.creator, str(metadata.date or UNDATED)))
    digest = hashlib.sha256(_saved(book) + about.encode()).digest()
    return f"uuid:{UUID(bytes=digest[:16], version=5)}"


def _fields(day: datetime.date, identity: str, *, claimed: bool) -> dict[str, str]:
    return {
        "xmp:MetadataDate": f"{day.isoformat()}T00:00:00Z",
        "xmpMM:DocumentID": identity,
        "xmpMM:InstanceID": identity,
        "xmpMM:RenditionClass": "default",
        "xmpMM:VersionID": "1",
        "pdf:Trapped": "False",
        "pdfxid:GTS_PDFXVersion": STANDARD if claimed else "",
    }
