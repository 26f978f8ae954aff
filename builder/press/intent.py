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
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, String

import builder
from builder.pdf.profiles import REGISTRY

if TYPE_CHECKING:
    from builder.composition.nouns import Metadata
    from builder.pdf.profiles import Profile

VERSION = "1.6"  # ISO 15930-7, 6.1
STANDARD = "PDF/X-4"
UNDATED = datetime.date(1980, 1, 1)  # the standard wants dates; a publication without one has that of its e-book
INKS = 4
PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"
 xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/">
{fields}
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""


def written(book: pikepdf.Pdf, metadata: Metadata, profile: Profile | None) -> bytes:
    """Sign and write a file; the same pages give the same bytes.

    Args:
        book: its pages, finished.
        metadata: what the publication says of itself.
        profile: of the printing condition.
    """
    producer = f"anpham {builder.__version__}, pikepdf {pikepdf.__version__}"
    day = metadata.date or UNDATED
    stamp = f"D:{day:%Y%m%d}000000Z"
    info = {
        "/Title": metadata.title,
        "/Author": metadata.creator,
        "/Creator": f"anpham {builder.__version__}",
        "/Producer": producer,
        "/CreationDate": stamp,
        "/ModDate": stamp,
    }
    known = {key: String(value) for key, value in info.items() if value}
    book.trailer.Info = book.make_indirect(Dictionary({**known, "/Trapped": Name("/False")}))
    if profile is not None:
        book.Root.OutputIntents = Array([_intent(book, profile)])
    fields = "\n".join(_fields(metadata, producer, day, _identity(book), claimed=profile is not None))
    packet = PACKET.format(fields=fields).encode()
    book.Root.Metadata = book.make_stream(packet, Type=Name.Metadata, Subtype=Name.XML)
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


def _identity(book: pikepdf.Pdf) -> str:
    """Name the document by what is in it, in the form such names have."""
    digest = hashlib.sha256(_saved(book)).digest()
    return f"uuid:{UUID(bytes=digest[:16], version=5)}"


def _fields(metadata: Metadata, producer: str, day: datetime.date, identity: str, *, claimed: bool) -> list[str]:
    date = f"{day.isoformat()}T00:00:00Z"
    fields = {
        "pdfxid:GTS_PDFXVersion": STANDARD if claimed else "",
        "dc:title": f'<rdf:Alt><rdf:li xml:lang="x-default">{escape(metadata.title)}</rdf:li></rdf:Alt>',
        "dc:creator": metadata.creator and f"<rdf:Seq><rdf:li>{escape(metadata.creator)}</rdf:li></rdf:Seq>",
        "dc:language": f"<rdf:Bag><rdf:li>{escape(metadata.language)}</rdf:li></rdf:Bag>",
        "xmp:CreatorTool": f"anpham {builder.__version__}",
        "xmp:CreateDate": date,
        "xmp:ModifyDate": date,
        "xmp:MetadataDate": date,
        "xmpMM:DocumentID": identity,
        "xmpMM:InstanceID": identity,
        "xmpMM:RenditionClass": "default",
        "xmpMM:VersionID": "1",
        "pdf:Producer": escape(producer),
        "pdf:Trapped": "False",
    }
    return [f"<{name}>{value}</{name}>" for name, value in fields.items() if value]
