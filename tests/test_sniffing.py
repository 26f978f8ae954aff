"""What a file is, its bytes say; its name only where they cannot."""

import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder import copydesk
from builder.intake import archive, sniffing
from builder.intake.record import Record
from builder.intake.sniffing import Kind
from builder.problems import Problems

WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
SLIDES_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
MACRO_TYPE = "application/vnd.ms-word.document.macroEnabled.main+xml"
ODT_TYPE = "application/vnd.oasis.opendocument.text"
OPENINGS = ("ID3", "BZh", "BM", "MZ", "GIF8", "OggS", "Rar!", "AT&TFORM", "RIFF", "Tên ftyp", "7z", "%PDF-", "%!PS")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def packed(**entries):
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name, text in entries.items():
            file.writestr(name, text)
    return buffer.getvalue()


def office(kind):
    types = f'<Types><Override PartName="/x/document.xml" ContentType="{kind}"/></Types>'
    return packed(**{"[Content_Types].xml": types, "x/document.xml": "<x/>"})


def compound(*names, header=b"\xec\xa5\xc1\x00" + bytes(8)):
    return OLE + bytes(504) + header.ljust(512, b"\0") + b"".join(name.encode("utf-16-le") for name in names)


def sniff(data, name):
    record = Record(name)
    return sniffing.sniff(data, record), [problem.code for problem in record.found]


@pytest.mark.parametrize(
    ("name", "data", "kind", "suffix"),
    [
        ("a.txt", "Lời văn".encode(), Kind.TEXT, ".txt"),
        ("a.TEXT", "Lời văn".encode("utf-16"), Kind.TEXT, ".txt"),
        ("a.txt", b"Ngh\xde quy\xd5t\r\n", Kind.TEXT, ".txt"),
        ("a.txt", b"MAU DON\nBMW", Kind.TEXT, ".txt"),
        ("a.md", b"# A\n", Kind.MARKDOWN, ".md"),
        ("a.md", b'<div align="center">\n\n# A\n\n</div>', Kind.MARKDOWN, ".md"),
        ("a.docx", office(WORD_TYPE), Kind.WORD, ".docx"),
        ("a.docm", office(MACRO_TYPE), Kind.WORD, ".docx"),
        ("a.html", b"<p>x", Kind.WEB, ".html"),
        ("a.htm", b"\xef\xbb\xbf\n<!-- x --><!doctype html><html>", Kind.WEB, ".html"),
        ("a.html", "<html><p>x".encode("utf-16"), Kind.WEB, ".html"),
        ("a.xhtml", b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">', Kind.WEB, ".html"),
        (
            "a.mht",
            b"From: <Saved>\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x",
            Kind.ARCHIVED_WEB,
            ".mht",
        ),
        ("a.pdf", b"\n%PDF-1.7\n", Kind.PDF, ".pdf"),
        ("a.pdf", b"%PDF-1.4 %\xe2\xe3\xcf\xd3\r1 0 obj", Kind.PDF, ".pdf"),
        ("a.pdf", b"HTTP/1.1 200 OK\r\n\r\n%PDF-1.4\n1 0 obj\nendobj\nstartxref\n9\n%%EOF", Kind.PDF, ".pdf"),
        ("a.md", "# Ghi chú\n\nTệp PDF mở đầu bằng %PDF-1.4, gần cuối có startxref.\n".encode(), Kind.MARKDOWN, ".md"),
        *(("a.txt", f"{sign} là chữ đầu của một câu.\n".encode(), Kind.TEXT, ".txt") for sign in OPENINGS),
        ("a.doc", compound("Root Entry", "WordDocument"), Kind.OFFICE, ".doc"),
        ("a.wps", compound("CONTENTS"), Kind.OFFICE, ".wps"),
        ("a.rtf", b"{\\rtf1 a}", Kind.OFFICE, ".rtf"),
        ("a.odt", packed(mimetype=ODT_TYPE), Kind.OFFICE, ".odt"),
        ("a.fodt", b'<?xml version="1.0"?>\n<office:document xmlns:office="x">', Kind.OFFICE, ".fodt"),
    ],
)
def test_a_file_is_what_it_is_called(name, data, kind, suffix):
    found, reported = sniff(data, name)
    assert (found.kind, found.suffix) == (kind, suffix)
    assert reported == []


@pytest.mark.parametrize(
    ("name", "data", "kind", "suffix"),
    [
        ("van-ban.doc", b"<html><body>x", Kind.WEB, ".html"),  # as sites give their texts out
        ("van-ban.doc", b"{\\rtf1 a}", Kind.OFFICE, ".rtf"),
        ("van-ban.doc", office(WORD_TYPE), Kind.WORD, ".docx"),
        ("van-ban.docx", compound("WordDocument"), Kind.OFFICE, ".doc"),
        ("van-ban.docx", "Lời văn".encode(), Kind.TEXT, ".txt"),
        ("van-ban.txt", b"%PDF-1.4", Kind.PDF, ".pdf"),
        ("van-ban.txt", b"<!DOCTYPE html><p>x", Kind.WEB, ".html"),
        ("van-ban", office(WORD_TYPE), Kind.WORD, ".docx"),
    ],
)
def test_a_wrong_name_is_reported_and_the_file_read(name, data, kind, suffix):
    found, reported = sniff(data, name)
    assert (found.kind, found.suffix) == (kind, suffix)
    assert reported == ["INTAKE_EXTENSION"]


def test_text_under_any_other_name_is_text():
    assert sniff("Lời văn".encode(), "ghi-chep.log") == (sniffing.told(b"a", ".txt"), [])


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.txt", b"", "INTAKE_EMPTY"),
        ("a.txt", b"\xef\xbb\xbf \n", "INTAKE_EMPTY"),
        ("a.docx", compound("EncryptedPackage", "EncryptionInfo"), "INTAKE_LOCKED"),
        ("a.doc", compound("WordDocument", header=b"\xec\xa5\xc1\x00" + bytes(6) + b"\0\x01\0"), "INTAKE_LOCKED"),
        (
            "a.odt",
            packed(mimetype=ODT_TYPE, **{"META-INF/manifest.xml": "<manifest:encryption-data/>"}),
            "INTAKE_LOCKED",
        ),
        ("a.docx", office(WORD_TYPE)[:-30], "INTAKE_DAMAGED"),
        ("a.docx", b"PK\x03\x04", "INTAKE_DAMAGED"),
        ("a.doc", OLE, "INTAKE_DAMAGED"),
        ("a.xlsx", office(SHEET_TYPE), "INTAKE_KIND"),
        ("a.pptx", office(SLIDES_TYPE), "INTAKE_KIND"),
        ("a.xls", compound("Workbook"), "INTAKE_KIND"),
        ("a.epub", packed(mimetype="application/epub+zip"), "INTAKE_KIND"),
        ("a.exe", b"MZ\x90\0\x03\0\0\0", "INTAKE_KIND"),
        ("a.txt", bytes(range(256)) * 40, "INTAKE_KIND"),
        ("a.zip", packed(**{"a.txt": "a"}), "INTAKE_ZIP"),
        ("a.rar", b"Rar!\x1a\x07", "INTAKE_ZIP"),
        ("a.png", b"\x89PNG\r\n\x1a\n", "INTAKE_IMAGE"),
        ("a.docx", b"\xff\xd8\xff\xe0\0\x10JFIF", "INTAKE_IMAGE"),
        ("a.bmp", b"BM6\x10\0\0\0\0\0\0", "INTAKE_IMAGE"),
        ("a.webp", b"RIFF\x24\0\0\0WEBPVP8 ", "INTAKE_IMAGE"),
        ("a.mp3", b"ID3\x03\0\0\0\0\x0fv", "INTAKE_KIND"),
        ("a.bz2", b"BZh91AY&SY\x9a\x1c\x07\x02", "INTAKE_ZIP"),
        ("a.ps", b"%!PS-Adobe-3.0\n", "INTAKE_KIND"),
        ("a.heic", b"\0\0\0\x18ftypheic", "INTAKE_IMAGE"),
    ],
)
def test_what_holds_no_text_is_refused_with_a_way_out(name, data, code):
    with pytest.raises(Problems) as caught:
        sniff(data, name)
    (problem,) = caught.value.problems
    assert (problem.code, problem.place.file) == (code, name)
    assert all(len(problem.way_out(language)) > 10 for language in ("vi", "en"))


def test_a_packed_listing_is_read_in_its_limits():
    bomb = packed(**{"[Content_Types].xml": "<x/>" + " " * 50_000_000})
    with pytest.raises(Problems) as caught:
        sniff(bomb, "a.docx")
    assert [problem.code for problem in caught.value.problems] == ["INTAKE_ZIP"]


def test_a_listing_that_is_damaged_or_oddly_packed_is_told():
    data = office(WORD_TYPE)
    spoilt = bytearray(deflated(data))
    at = spoilt.index(b"[Content_Types].xml") + len("[Content_Types].xml")
    spoilt[at : at + 6] = b"\xff" * 6
    odd = BytesIO()
    with zipfile.ZipFile(odd, "w", zipfile.ZIP_LZMA) as file:
        file.writestr("[Content_Types].xml", "<Types/>" * 100)
    for made in (bytes(spoilt), odd.getvalue()):
        assert sniffing.told(made, ".docx").kind is Kind.DAMAGED


def deflated(data):
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name) * 20)
    return buffer.getvalue()


def test_a_list_of_entries_without_end_is_not_made(monkeypatch):
    monkeypatch.setattr(archive, "_MOST_ENTRIES", 100)
    crowd = packed(**{f"tep-{number}.txt": "" for number in range(101)})
    monkeypatch.setattr(zipfile, "ZipFile", None)
    assert sniffing.told(crowd, ".docx").kind is Kind.ARCHIVE
    assert not copydesk.is_copy(crowd)
    assert not copydesk.is_untouched(crowd)


@given(st.binary(max_size=600), st.sampled_from([".txt", ".docx", ".doc", ".html", ".md", ""]))
def test_any_bytes_are_something(data, suffix):
    found = sniffing.told(data, suffix)
    assert found.kind in Kind


@given(st.binary(max_size=400))
def test_any_packed_bytes_are_something(data):
    assert sniffing.told(b"PK\x03\x04" + data, ".docx").kind in Kind
