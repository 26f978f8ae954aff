"""What a book says of itself comes in; it is written into the file, in the two places where readers look.

The XMP packet (ISO 16684-1) declares PDF/A-2a and PDF/UA-1 together; the information dictionary repeats it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from pikepdf import Dictionary, Name

import builder

if TYPE_CHECKING:
    import datetime

    import pikepdf

    from builder.composition.nouns import Metadata

PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
{fields}
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>The part of ISO 14289 the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""  # ISO 19005-2, 6.6: whatever the standard does not know has its schema described


def sign(book: pikepdf.Pdf, metadata: Metadata, producer: str) -> None:
    """Write who made the file and when; ``producer`` is the engine."""
    maker = f"anpham {builder.__version__}"
    info = {
        "/Title": metadata.title,
        "/Author": metadata.creator,
        "/Subject": metadata.description,
        "/Creator": maker,
        "/Producer": producer,
        **({"/CreationDate": _pdf_date(metadata.date), "/ModDate": _pdf_date(metadata.date)} if metadata.date else {}),
    }
    book.trailer.Info = book.make_indirect(Dictionary({key: value for key, value in info.items() if value}))
    packet = PACKET.format(fields="\n".join(_fields(metadata, maker, producer)))
    book.Root.Metadata = book.make_stream(packet.encode(), Type=Name.Metadata, Subtype=Name.XML)


def _fields(metadata: Metadata, maker: str, producer: str) -> list[str]:
    date = f"{metadata.date.isoformat()}T00:00:00Z" if metadata.date else ""
    fields = {
        "dc:title": f'<rdf:Alt><rdf:li xml:lang="x-default">{escape(metadata.title)}</rdf:li></rdf:Alt>',
        "dc:creator": metadata.creator and f"<rdf:Seq><rdf:li>{escape(metadata.creator)}</rdf:li></rdf:Seq>",
        "dc:description": metadata.description
        and f'<rdf:Alt><rdf:li xml:lang="x-default">{escape(metadata.description)}</rdf:li></rdf:Alt>',
        "dc:publisher": metadata.publisher and f"<rdf:Bag><rdf:li>{escape(metadata.publisher)}</rdf:li></rdf:Bag>",
        "dc:rights": metadata.rights
        and f'<rdf:Alt><rdf:li xml:lang="x-default">{escape(metadata.rights)}</rdf:li></rdf:Alt>',
        "dc:language": f"<rdf:Bag><rdf:li>{escape(metadata.language)}</rdf:li></rdf:Bag>",
        "xmp:CreatorTool": escape(maker),
        "xmp:CreateDate": date,
        "xmp:ModifyDate": date,
        "pdf:Producer": escape(producer),
    }
    return [f"<{name}>{value}</{name}>" for name, value in fields.items() if value]


def _pdf_date(date: datetime.date) -> str:
    return f"D:{date:%Y%m%d}000000Z"
