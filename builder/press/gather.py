"""The set pages and their furniture come in as two PDFs; one goes out, with page labels and metadata.

The same pages give the same bytes. The file declares PDF/A-2a and PDF/UA-1. Running heads and folios lie over the
pages as artifacts, which a screen reader passes over.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name

import builder

if TYPE_CHECKING:
    import datetime

    from builder.composition.nouns import Metadata

OVERLAY = "Furniture"
BEFORE = b"q\n"
AFTER = f"\nQ\n/Artifact <</Type /Pagination>> BDC q /{OVERLAY} Do Q EMC\n".encode()
EMPTY = re.compile(rb"(?:[-\d.\s]|cm|q|Q)*")  # a page that only turns its axes
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


def gather(pages: bytes, furniture: bytes, metadata: Metadata) -> bytes:
    """Lay the furniture over the pages, page by page, and sign the file.

    Args:
        pages: the tagged PDF.
        furniture: a PDF with as many pages.
        metadata: the only source of dates; without one the file has none.
    """
    with pikepdf.open(io.BytesIO(pages)) as book, pikepdf.open(io.BytesIO(furniture)) as over:
        before, after = book.make_stream(BEFORE), book.make_stream(AFTER)
        for page, above in zip(book.pages, over.pages, strict=True):
            if form := _form(book, page, above):
                page.obj.Resources = _with(page.obj.Resources, form)
                page.obj.Contents = Array([before, page.obj.Contents, after])
        book.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D)]))
        _sign(book, metadata)
        gathered = io.BytesIO()
        book.save(gathered, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return gathered.getvalue()


def _form(book: pikepdf.Pdf, page: pikepdf.Page, above: pikepdf.Page) -> pikepdf.Object | None:
    """Make a form of a page of furniture; nothing when nothing is on it."""
    if EMPTY.fullmatch(bytes(above.Contents.get_stream_buffer())):
        return None
    form = book.copy_foreign(above.as_form_xobject())
    form.BBox = page.mediabox  # the whole sheet; pikepdf cuts at the trim
    return form


def _with(shared: pikepdf.Object, form: pikepdf.Object) -> Dictionary:
    """Give a page resources of its own, the form among them: WeasyPrint lets all pages share one."""
    own = Dictionary(dict(shared.items()))
    own.XObject = Dictionary({**dict(shared.XObject.items()), f"/{OVERLAY}": form})
    return own


def _sign(book: pikepdf.Pdf, metadata: Metadata) -> None:
    """Write who made the file and when, in its two places."""
    producer = str(book.docinfo.get(Name.Producer, ""))
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
