"""Word files made by hand: the XML of a body and of what stands around it → the bytes of a .docx."""

import struct
import zipfile
import zlib
from io import BytesIO

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in {
        "w": W,
        "r": OFFICE,
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
        "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
        "zz": "urn:an-extension-nobody-knows",
    }.items()
)
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
KINDS = ("styles", "numbering", "footnotes", "endnotes", "comments", "commentsExtended", "theme")
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{MAIN}.document.main+xml"/>'
    + "".join(
        f'<Override PartName="/word/{kind}.xml" ContentType="{MAIN}.{kind}+xml"/>' for kind in KINDS if kind != "theme"
    )
    + "</Types>"
)


def root(name, inside):
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:{name} {NAMESPACES}>{inside}</w:{name}>'


def relations(*found):
    """(id, kind, target) or (id, kind, target, "External") → a part of relations."""
    each = "".join(
        f'<Relationship Id="{key}" Type="{OFFICE}/{kind}" Target="{target}"'
        + (f' TargetMode="{mode[0]}"' if mode else "")
        + "/>"
        for key, kind, target, *mode in found
    )
    return f'<?xml version="1.0"?><Relationships xmlns="{PACKAGE}">{each}</Relationships>'


def parts(body, *, rels=(), extra=None, **inside):
    """The parts of a Word file by name; ``inside`` are the insides of styles, numbering, footnotes …"""
    found = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": relations(("rId1", "officeDocument", "word/document.xml")),
        "word/document.xml": root("document", f"<w:body>{body}</w:body>"),
    }
    known = []
    for kind in KINDS:
        if kind not in inside:
            continue
        found[f"word/{kind}.xml"] = inside[kind] if inside[kind].startswith("<?xml") else root(kind, inside[kind])
        known.append((f"k{kind}", kind, f"{kind}.xml"))
    found["word/_rels/document.xml.rels"] = relations(*known, *rels)
    return found | (extra or {})


def packed(found, compression=zipfile.ZIP_DEFLATED):
    """Parts → the bytes of a zip."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", compression) as container:
        for name, data in found.items():
            container.writestr(name, data)
    return file.getvalue()


def docx(body, **around):
    """The XML of a body, and of what stands around it → a Word file."""
    return packed(parts(body, **around))


def t(text, properties=""):
    """A run of words."""
    told = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{told}<w:t xml:space="preserve">{text}</w:t></w:r>'


def p(inside="", properties=""):
    """A paragraph: of words, or of runs as they are."""
    told = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f"<w:p>{told}{inside if inside.startswith('<') or not inside else t(inside)}</w:p>"


def font(name):
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}"/>'


def style(key, inside="", *, kind="paragraph", name="", based="", default=False):
    on = f'<w:basedOn w:val="{based}"/>' if based else ""
    usual = ' w:default="1"' if default else ""
    return f'<w:style w:type="{kind}" w:styleId="{key}"{usual}><w:name w:val="{name or key}"/>{on}{inside}</w:style>'


def level(at, way, text, inside="", start="1"):
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{way}"/>'
        f'<w:lvlText w:val="{text}"/>{inside}</w:lvl>'
    )


def lists(*levels, uses=("1",), more=""):
    """One description with these levels, and lists of it; ``more`` is put behind."""
    used = "".join(f'<w:num w:numId="{use}"><w:abstractNumId w:val="0"/></w:num>' for use in uses)
    return f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>{used}{more}'


def item(text, use="1", at=0, more=""):
    """A paragraph of a list."""
    return p(t(text), f'{more}<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{use}"/></w:numPr>')


def field(instruction, result="", *, separate=True):
    """A field of several runs."""
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    return (
        mark.format("begin")
        + f'<w:r><w:instrText xml:space="preserve">{instruction}</w:instrText></w:r>'
        + (mark.format("separate") + result if separate else "")
        + mark.format("end")
    )


def picture(embed="", link="", alt=""):
    """A drawing with a picture in it."""
    at = (f' r:embed="{embed}"' if embed else "") + (f' r:link="{link}"' if link else "")
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="Hình" descr="{alt}"/><a:graphic><a:graphicData>'
        f"<pic:pic><pic:blipFill><a:blip{at}/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline>"
        "</w:drawing></w:r>"
    )


def box(inside, *, older=True):
    """A text box in its two forms: for the Word of today, and for an older one."""
    content = f"<w:txbxContent>{inside}</w:txbxContent>"
    fallback = f"<mc:Fallback><w:pict><v:shape><v:textbox>{content}</v:textbox></v:shape></w:pict></mc:Fallback>"
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic><a:graphicData>'
        f"<wps:wsp><wps:txbx>{content}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>"
        f"</mc:Choice>{fallback if older else ''}</mc:AlternateContent></w:r>"
    )


def cell(*paragraphs, properties=""):
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(paragraphs)}</w:tc>"


def row(*cells, properties=""):
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def table(*rows, properties=""):
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr>{''.join(rows)}</w:tbl>"


def png(width=2, height=2):
    """The smallest sound picture."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = b"".join(b"\0" + b"\x80" * width for _ in range(height))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
