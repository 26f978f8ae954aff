"""The glyphs that galleys use come in; one PDF font a face goes out, whatever galleys it is used in.

Sorts are the single pieces of type in a case. A face is cut down to the glyphs the book prints; they keep their
numbers, for the pages are written in these (ISO 32000-1, 9.7.4: CIDs are glyph numbers, ``/Identity``).
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from pikepdf import Array, Dictionary, Name, String

from builder import fonts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pikepdf

    from builder.fonts import Face
    from builder.press.galley import Glyphs

SERIF, SYMBOLIC, ITALIC = 1 << 1, 1 << 2, 1 << 6  # ISO 32000-1, table 123
STEM = 80  # no reader uses the thickness of stems of an embedded font, yet the entry must be there
AT_ONCE = 100  # entries of a CMap block (Adobe Technical Note 5411)
CMAP = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
{blocks}
endcmap
CMapName currentdict /CMap defineresource pop
end
end"""


def merged(used: Iterable[Mapping[str, Glyphs]]) -> dict[str, Glyphs]:
    """Put together what galleys use of each face; the first to print a glyph says what it stands for."""
    together: dict[str, Glyphs] = {}
    for galley in used:
        for face, glyphs in galley.items():
            here = together.setdefault(face, {})
            for glyph, (width, letters) in glyphs.items():
                if not here.get(glyph, (0, ""))[1]:
                    here[glyph] = (width, letters)
    return together


def embed(book: pikepdf.Pdf, faces: Iterable[Face], used: Mapping[str, Glyphs]) -> dict[str, pikepdf.Object]:
    """Embed the faces that are used; return the font of each by the face's file name."""
    return {face.file_name: _font(book, face, used[face.file_name]) for face in faces if face.file_name in used}


def _font(book: pikepdf.Pdf, face: Face, glyphs: Glyphs) -> pikepdf.Object:
    data = fonts.cut_to_glyphs(face, glyphs)
    name = Name(f"/{_tag(data)}+{_name(face)}")
    cff = data[:4] == b"OTTO"
    if cff:
        file, stream = Name.FontFile3, book.make_stream(data, Subtype=Name.OpenType)
    else:
        file, stream = Name.FontFile2, book.make_stream(data, Length1=len(data))
    measures = fonts.measures(face)
    descriptor = book.make_indirect(
        Dictionary(
            Type=Name.FontDescriptor,
            FontName=name,
            FontFamily=String(face.family),
            FontBBox=Array(list(measures.box)),
            Flags=_flags(face),
            ItalicAngle=measures.slant,
            Ascent=measures.ascent,
            Descent=measures.descent,
            CapHeight=measures.capital,
            StemV=STEM,
        )
    )
    descriptor[file] = stream
    inner = book.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.CIDFontType0 if cff else Name.CIDFontType2,
            BaseFont=name,
            CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
            CIDToGIDMap=Name.Identity,
            W=_widths(glyphs),
            FontDescriptor=descriptor,
        )
    )
    return book.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type0,
            BaseFont=name,
            Encoding=Name("/Identity-H"),
            DescendantFonts=Array([inner]),
            ToUnicode=book.make_stream(_to_unicode(glyphs)),
        )
    )


def _tag(data: bytes) -> str:
    """Name a subset (ISO 32000-1, 9.6.4): six capitals, the same for the same bytes."""
    return "".join(chr(65 + byte % 26) for byte in hashlib.sha256(data).digest()[:6])


def _name(face: Face) -> str:
    weight = "" if face.weight == fonts.REGULAR else f"-{face.weight}"
    italic = "-Italic" if face.style == "italic" else ""
    return face.family.replace(" ", "-") + weight + italic


def _flags(face: Face) -> int:
    serif = SERIF if "Serif" in face.family else 0
    return SYMBOLIC | serif | (ITALIC if face.style == "italic" else 0)


def _widths(glyphs: Glyphs) -> Array:
    """Write widths run by run: ``[3 [500 600] 7 [559]]``."""
    runs: list[tuple[int, list[int]]] = []
    for glyph in sorted(glyphs):
        if not runs or glyph != runs[-1][0] + len(runs[-1][1]):
            runs.append((glyph, []))
        runs[-1][1].append(glyphs[glyph][0])
    return Array([part for first, widths in runs for part in (first, Array(widths))])


def _to_unicode(glyphs: Glyphs) -> bytes:
    entries = [
        f"<{glyph:04x}> <{letters.encode('utf-16-be').hex()}>"
        for glyph, (_, letters) in sorted(glyphs.items())
        if letters
    ]
    starts = range(0, len(entries), AT_ONCE)
    blocks = (entries[start : start + AT_ONCE] for start in starts)
    return CMAP.format(
        blocks="\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    ).encode()
