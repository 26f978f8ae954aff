"""What a publication says of itself comes in; it is written into a PDF, in the two places where readers look.

They are the XMP packet (ISO 16684-1) and the information dictionary, which says the same. What a standard wants to be
said besides is given by who claims it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from pikepdf import Dictionary, Name, String

import builder

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping

    import pikepdf

    from builder.composition.nouns import Metadata

MAKER = f"anpham {builder.__version__}"
PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
{claim.before}<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"{claim.spaces}>
{fields}
</rdf:Description>
{claim.after}</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""


@dataclass(frozen=True, slots=True)
class Claim:
    """What a standard wants said besides.

    Attributes:
        before: whole descriptions that go before the common one.
        after: those that go after it.
        spaces: declarations of the namespaces of ``fields``.
        fields: name, with its prefix → what it says, escaped; empty: nothing.
    """

    before: str = ""
    after: str = ""
    spaces: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)


def describe(
    book: pikepdf.Pdf, metadata: Metadata, producer: str, day: datetime.date | None, claim: Claim
) -> pikepdf.Object:
    """Write both; return the information dictionary.

    Args:
        book: the PDF.
        metadata: what the publication says of itself.
        producer: the engine.
        day: when the file was made; not said without one.
        claim: what else is said.
    """
    stamp = f"D:{day:%Y%m%d}000000Z" if day else ""
    info = {
        "/Title": metadata.title,
        "/Author": metadata.creator,
        "/Subject": metadata.description,
        "/Creator": MAKER,
        "/Producer": producer,
        "/CreationDate": stamp,
        "/ModDate": stamp,
    }
    known = {key: String(value) for key, value in info.items() if value}
    told = book.make_indirect(Dictionary(known))
    book.trailer.Info = told
    said = _fields(metadata, producer, f"{day.isoformat()}T00:00:00Z" if day else "") | dict(claim.fields)
    fields = "\n".join(f"<{name}>{value}</{name}>" for name, value in said.items() if value)
    packet = PACKET.format(claim=claim, fields=fields)
    book.Root.Metadata = book.make_stream(packet.encode(), Type=Name.Metadata, Subtype=Name.XML)
    return told


def _fields(metadata: Metadata, producer: str, date: str) -> dict[str, str]:
    return {
        "dc:title": _worded(metadata.title),
        "dc:creator": _listed("Seq", metadata.creator),
        "dc:description": _worded(metadata.description),
        "dc:publisher": _listed("Bag", metadata.publisher),
        "dc:rights": _worded(metadata.rights),
        "dc:language": _listed("Bag", metadata.language),
        "xmp:CreatorTool": escape(MAKER),
        "xmp:CreateDate": date,
        "xmp:ModifyDate": date,
        "pdf:Producer": escape(producer),
    }


def _worded(words: str) -> str:
    """Say words in whatever language they are in; of none, nothing."""
    return words and f'<rdf:Alt><rdf:li xml:lang="x-default">{escape(words)}</rdf:li></rdf:Alt>'


def _listed(kind: str, words: str) -> str:
    return words and f"<rdf:{kind}><rdf:li>{escape(words)}</rdf:li></rdf:{kind}>"
