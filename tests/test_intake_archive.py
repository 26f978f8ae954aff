"""A file from a stranger, called a Word file, ends as what it holds or as a problem: no traceback, nothing fetched."""

import os
import struct
import zipfile
import zlib
from io import BytesIO

import docx_made as made
import pytest
from docx_made import cell, docx, item, level, lists, p, row, style, t, table
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builder.intake import archive, markup, word
from builder.intake.record import Record
from builder.problems import Problems, Severity

FILE = "tai-lieu.docx"


def read(data):
    return word.read(data, Record(FILE))


def refused(data):
    """The code of the one problem with which a file is refused, and its values."""
    with pytest.raises(Problems) as caught:
        read(data)
    (problem,) = caught.value.problems
    assert problem.severity is Severity.ERROR
    assert problem.place.file == FILE
    return problem.code, dict(problem.values)


def survives(data):
    """Read bytes of any kind: what comes out is a document or a problem."""
    try:
        read(data)
    except Problems as error:
        return {problem.code for problem in error.problems}
    return set()


@pytest.fixture(scope="module")
def whole():
    """A file with a part of every kind in it."""
    call = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    remark = '<w:commentRangeStart w:id="1"/>{}<w:commentRangeEnd w:id="1"/>'
    body = item("Đại hội") + p(remark.format(t("nghị quyết")) + call) + table(row(cell(p("ô")), cell(p("bảng"))))
    body += p(made.picture("r1") + made.box(p("khung")))
    return docx(
        body,
        rels=[("r1", "image", "media/a.png")],
        numbering=lists(level(0, "decimal", "%1.")),
        styles=style("A", default=True),
        footnotes=f'<w:footnote w:id="2">{p("chú thích")}</w:footnote>',
        comments=f'<w:comment w:id="1" w:author="A">{p("lời")}</w:comment>',
        extra={"word/media/a.png": made.png()},
    )


# --- what is no Word file -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (made.packed({"xl/workbook.xml": "<a/>"}), "Excel"),
        (made.packed({"ppt/presentation.xml": "<a/>"}), "PowerPoint"),
        (made.packed({"content.xml": "<a/>", "mimetype": "application/vnd.oasis.opendocument.text"}), "OpenDocument"),
        (made.packed({"a.txt": "A"}), "zip"),
        (made.packed({"word/document.xml": "<document><body/></document>"}), "zip"),
        (made.packed({"word/document.xml": made.root("document", "")}), "zip"),
        (made.packed({"word/document.xml": made.root("styles", "<w:body/>")}), "zip"),
    ],
)
def test_a_file_of_another_kind(data, kind):
    assert refused(data) == ("INTAKE_NOT_WORD", {"kind": kind})


def test_locked_files():
    data = bytearray(docx(p("a")))
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    assert refused(bytes(data))[0] == "INTAKE_LOCKED"


@pytest.mark.parametrize("data", [b"", b"PK", b"PK\x03\x04" + b"\0" * 50, b"khong phai tep nen", b"\0" * 1000])
def test_what_cannot_be_opened_at_all(data):
    assert refused(data)[0] == "INTAKE_DAMAGED"


# --- containers that lie --------------------------------------------------------------------------


def test_a_part_that_fills_the_memory_is_refused_by_what_it_declares():
    data = made.packed(made.parts(p("a")) | {"word/x.xml": b"\0" * (archive.MOST_OF_ONE + 1)})
    assert len(data) < 1_000_000
    assert refused(data) == ("INTAKE_BOMB", {"most": "256"})


def test_a_part_that_shrinks_to_nothing_is_refused():
    assert refused(made.packed(made.parts(p("a")) | {"word/x.xml": b"\0" * 10_000_000}))[0] == "INTAKE_BOMB"


def test_a_document_full_of_the_same_words_is_no_bomb():
    assert len(read(docx(p("Một câu rất hay gặp trong nghị quyết.") * 5_000)).blocks) == 5_000


def test_too_many_parts_are_refused():
    extra = {f"word/{at}.xml": "" for at in range(archive.MOST_PARTS)}
    assert refused(made.packed(made.parts(p("a")) | extra, zipfile.ZIP_STORED))[0] == "INTAKE_BOMB"
    listed = b"PK\x01\x02" + b"\0" * 42
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 65535, 65535, len(listed) * 120_000, 0, 0)
    assert refused(listed * 120_000 + end)[0] == "INTAKE_BOMB"


def declared(data, name, size):
    """The same container, in which a part declares another size, in both of its heads."""
    found = bytearray(data)
    for head, at_name, at_size in ((b"PK\x03\x04", 30, 22), (b"PK\x01\x02", 46, 24)):
        at = found.index(head)
        while found[at + at_name : at + at_name + len(name)] != name.encode():
            at = found.index(head, at + 4)
        found[at + at_size : at + at_size + 4] = struct.pack("<I", size)
    return bytes(found)


@pytest.mark.parametrize("size", [10, 0])
def test_a_part_that_declares_less_than_it_is(size):
    lying = declared(docx(p("Đại hội " * 1000)), "word/document.xml", size)
    assert refused(lying) == ("INTAKE_PART", {"part": "word/document.xml"})


def test_a_bomb_that_declares_less_than_it_is_never_unpacks(monkeypatch):
    inside = made.root("document", f"<w:body>{p('a')}</w:body>") + " " * 3_000_000
    lying = declared(made.packed(made.parts("") | {"word/document.xml": inside}), "word/document.xml", 50_000)
    unpacked = []
    inflate = zlib.decompressobj

    class Watched:
        """Counts what is unpacked."""

        def __init__(self, *how):
            self.inner = inflate(*how)

        def decompress(self, *data):
            unpacked.append(self.inner.decompress(*data))
            return unpacked[-1]

        def __getattr__(self, name):
            return getattr(self.inner, name)

    monkeypatch.setattr(zlib, "decompressobj", Watched)
    assert refused(lying) == ("INTAKE_PART", {"part": "word/document.xml"})
    assert unpacked
    assert sum(map(len, unpacked)) < 200_000


def test_parts_together_may_not_be_larger_than_all(monkeypatch):
    monkeypatch.setattr(archive, "MOST_OF_ALL", 20_000)
    assert refused(docx(p("a"), extra={"word/x": os.urandom(25_000)}))[0] == "INTAKE_BOMB"
    opened = archive.open_(docx(p("a")), FILE)
    opened._left = 10
    with pytest.raises(Problems) as caught:
        opened.read("word/document.xml")
    assert caught.value.problems[0].code == "INTAKE_BOMB"


def test_a_part_whose_sum_is_wrong():
    data = docx(p("a"))
    at = data.index(b"word/document.xml") + len("word/document.xml") + 20
    broken = bytearray(data)
    broken[at] ^= 0xFF
    assert refused(bytes(broken)) == ("INTAKE_PART", {"part": "word/document.xml"})


def test_a_packing_that_no_office_program_uses():
    assert refused(made.packed(made.parts(p("a")), zipfile.ZIP_BZIP2))[0] == "INTAKE_DAMAGED"


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_stands_there_twice():
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as container:
        for name, text in made.parts(p("a")).items():
            container.writestr(name, text)
        container.writestr("word/Document.xml", made.root("document", f"<w:body>{p('khác')}</w:body>"))
    assert refused(file.getvalue()) == ("INTAKE_PART", {"part": "word/Document.xml"})


def test_names_are_only_keys():
    names = ("../../etc/passwd", "/etc/passwd", "C:/x.xml", "word/../../x", "thu-muc/")
    opened = archive.open_(made.packed(made.parts(p("a")) | dict.fromkeys(names, "x")), FILE)
    assert not [name for name in names if name in opened]
    assert "WORD/document.XML" in opened
    with pytest.raises(KeyError):
        opened.read("../../etc/passwd")
    outside = [("r1", "image", "../../../etc/passwd"), ("r2", "styles", "../../../../etc/hosts")]
    assert read(docx(p(t("a") + made.picture("r1")), rels=outside)).pictures == {}


def test_names_with_strokes_the_other_way_round_are_read():
    found = {name.replace("/", "\\"): text for name, text in made.parts(p("a")).items()}
    assert read(made.packed(found)).blocks[0].text == "a"


# --- markup that reaches out ----------------------------------------------------------------------

LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE w:document [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)


@pytest.mark.parametrize(
    "head",
    [
        LAUGHS,
        '<?xml version="1.0"?><!DOCTYPE w:document SYSTEM "https://example.org/x.dtd">',
        '<?xml version="1.0"?><!DOCTYPE w:document [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        f'<?xml version="1.0"?><!--{"x" * 30_000}--><!DOCTYPE w:document [<!ENTITY a "b">]>',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_declarations_are_refused(head, encoding):
    text = made.root("document", f"<w:body>{p('&a;') if 'ENTITY a' in head else p('a')}</w:body>").partition("?>")[2]
    data = (head + text).encode(encoding)
    assert refused(made.packed(made.parts("") | {"word/document.xml": data})) == (
        "INTAKE_ENTITIES",
        {"part": "word/document.xml"},
    )


def test_a_declaration_in_any_part_is_refused():
    styles = LAUGHS + made.root("styles", "").partition("?>")[2]
    assert refused(docx(p("a"), styles=styles)) == ("INTAKE_ENTITIES", {"part": "word/styles.xml"})
    rels = LAUGHS + made.relations().partition("?>")[2]
    found = made.parts(p("a")) | {"word/_rels/document.xml.rels": rels}
    assert refused(made.packed(found))[0] == "INTAKE_ENTITIES"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<w:document",
        "<a>\0</a>",
        "<a></b>",
        "<a>&khong;</a>",
        "<?xml version='1.0' encoding='khong-co'?><a/>",
        "\0\0",
    ],
)
def test_a_part_that_is_no_markup(text):
    found = made.parts("") | {"word/document.xml": text}
    assert refused(made.packed(found)) == ("INTAKE_PART", {"part": "word/document.xml"})


@pytest.mark.parametrize("depth", [markup.DEEPEST + 10, 300, 5000])
def test_elements_too_deep_in_each_other(depth):
    deep = "<w:smartTag>" * depth + t("a") + "</w:smartTag>" * depth
    assert refused(docx(p(deep)))[0] == "INTAKE_PART"


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ("<w:smartTag>", "</w:smartTag>"),
        ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"),
        ("<w:r><w:ruby><w:rubyBase>", "</w:rubyBase></w:ruby></w:r>"),
        ("<m:oMath>", "</m:oMath>"),
    ],
)
def test_elements_as_deep_as_may_be_are_read(opening, closing):
    times = (markup.DEEPEST - 10) // opening.count("<")
    inside = "<m:t>a</m:t>" if opening == "<m:oMath>" else t("a")
    assert read(docx(p(opening * times + inside + closing * times))).blocks[0].text == "a"


def test_tables_as_deep_as_may_be_are_read():
    deep = p("a")
    for _ in range((markup.DEEPEST - 10) // 3):
        deep = table(row(cell(deep, p())))
    (grid,) = read(docx(deep)).blocks
    assert grid.rows[0][0][0].text == "a"


def test_nothing_is_fetched():
    rels = [
        ("r1", "image", "https://example.org/x.png", "External"),
        ("r2", "styles", "https://example.org/styles.xml", "External"),
        ("r3", "attachedTemplate", "https://example.org/x.dotm", "External"),
        ("r4", "footnotes", "file:///etc/passwd", "External"),
        ("r5", "header", "https://example.org/h.xml", "External"),
    ]
    section = '<w:sectPr><w:headerReference w:type="default" r:id="r5"/></w:sectPr>'
    body = p(t("a") + made.picture("r1") + made.picture(link="r1")) + section
    record = Record(FILE)
    found = word.read(docx(body, rels=rels), record)  # a connection fails the test
    assert (found.blocks[0].text, found.pictures) == ("a", {})
    assert {problem.code for problem in record.found} == {"INTAKE_LINKED"}


def test_a_part_of_elements_without_end_is_not_taken_apart(monkeypatch):
    monkeypatch.setattr(markup, "MOST_TAGS", 2_000)
    assert refused(docx(p("a") + "<w:p/>" * 2_000)) == ("INTAKE_PART", {"part": "word/document.xml"})


# --- damage of every kind -------------------------------------------------------------------------

KNOWN = {
    *("INTAKE_DAMAGED", "INTAKE_PART", "INTAKE_BOMB", "INTAKE_LOCKED", "INTAKE_NOT_WORD"),
    "INTAKE_ENTITIES",
}


def test_a_file_cut_short_anywhere(whole):
    found = [survives(whole[:end]) for end in range(0, len(whole), 37)]
    assert all(codes and codes <= KNOWN for codes in found)


@given(st.data())
def test_a_file_with_some_bytes_changed(whole, data):
    broken = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 8))):
        broken[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    assert survives(bytes(broken)) <= KNOWN


@given(st.binary(max_size=300))
def test_bytes_of_any_kind(data):
    assert survives(data) <= KNOWN
    assert survives(b"PK\x03\x04" + data) <= KNOWN


@pytest.fixture(scope="module")
def unpacked(whole):
    with zipfile.ZipFile(BytesIO(whole)) as container:
        return {name: container.read(name) for name in container.namelist()}


@given(st.data())
def test_a_part_with_some_bytes_changed(unpacked, data):
    name = data.draw(st.sampled_from(sorted(unpacked)))
    broken = bytearray(unpacked[name])
    for _ in range(data.draw(st.integers(1, 4))):
        broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))
    assert survives(made.packed(unpacked | {name: bytes(broken)}, zipfile.ZIP_STORED)) <= KNOWN


@given(st.data())
def test_a_part_that_lacks_or_repeats_a_piece(unpacked, data):
    name = data.draw(st.sampled_from(["word/document.xml", "word/numbering.xml", "word/comments.xml"]))
    pieces = unpacked[name].decode().replace(">", ">\0").split("\0")
    at, to = (data.draw(st.integers(0, len(pieces) - 1)) for _ in range(2))
    changed = data.draw(st.sampled_from([pieces[:at] + pieces[at + 1 :], [*pieces[:at], pieces[to], *pieces[at:]]]))
    assert survives(made.packed(unpacked | {name: "".join(changed)}, zipfile.ZIP_STORED)) <= KNOWN


TAGS = [
    *("w:p", "w:r", "w:t", "w:pPr", "w:rPr", "w:tbl", "w:tr", "w:tc", "w:tblPr", "w:trPr", "w:tcPr", "w:sdt"),
    *("w:sdtPr", "w:sdtContent", "w:ins", "w:del", "w:hyperlink", "w:fldSimple", "w:fldChar", "w:instrText"),
    *("w:footnoteReference", "w:commentRangeStart", "w:commentRangeEnd", "w:commentReference", "w:bookmarkStart"),
    *("w:numPr", "w:numId", "w:ilvl", "w:rFonts", "w:b", "w:vanish", "w:sym", "w:br", "w:drawing", "w:pict"),
    *("w:txbxContent", "w:gridSpan", "w:vMerge", "w:ruby", "w:rubyBase", "w:framePr", "w:pStyle", "w:rStyle"),
    *("w:outlineLvl", "w:position", "w:sz", "w:altChunk", "mc:AlternateContent", "mc:Choice", "mc:Fallback"),
    *("a:blip", "v:imagedata", "m:oMath", "m:f", "m:num", "m:den", "m:t", "w:tblBorders", "w:tcBorders", "w:top"),
    *("w:ffData", "w:checkBox", "w:smartTag", "w:softHyphen"),
]
VALUES = [
    *("", "0", "1", "2", "-5", "99", "begin", "separate", "end", ".VnTime", "VNI-Times", "Symbol", "r1", "A"),
    *("page", "TOC", "wps", "F0FC", "superscript", "on", 'HYPERLINK "https://example.org"', "_ap_x", "single"),
]
ATTRIBUTES = [
    *("w:val", "w:id", "r:id", "r:embed", "w:fldCharType", "w:instr", "w:font", "w:char", "w:ascii", "w:name"),
    *("w:type", "Requires", "w:dropCap", "w:hAnsi"),
]


def trees():
    named = st.dictionaries(st.sampled_from(ATTRIBUTES), st.sampled_from(VALUES), max_size=3)
    words = st.sampled_from(["", "chữ", "NghÞ quyÕt", "Nghò quyeát", "e\u0302\u0301", "TOC", "\uf0b7"])
    leaf = st.builds(lambda tag, at, text: (tag, at, text), st.sampled_from(TAGS), named, words)
    return st.recursive(
        leaf,
        lambda inner: st.builds(
            lambda tag, at, inside: (tag, at, "".join(map(written, inside))),
            st.sampled_from(TAGS),
            named,
            st.lists(inner, max_size=5),
        ),
        max_leaves=40,
    )


def written(tree):
    if isinstance(tree, str):
        return tree
    tag, at, inside = tree
    named = "".join(f" {name}='{value}'" for name, value in at.items())
    return f"<{tag}{named}>{inside}</{tag}>"


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(trees(), max_size=6))
def test_whatever_is_made_of_the_elements_of_word_is_read(found):
    around = {
        "numbering": lists(level(0, "decimal", "%1."), level(1, "bullet", "-")),
        "styles": style("A", "<w:rPr><w:b/></w:rPr>", based="1") + style("1", based="A"),
        "footnotes": f'<w:footnote w:id="1">{"".join(map(written, found))}</w:footnote>',
        "comments": f'<w:comment w:id="1">{"".join(map(written, found))}</w:comment>',
        "rels": [("r1", "image", "media/a.png"), ("1", "hyperlink", "https://example.org", "External")],
    }
    assert survives(docx("".join(map(written, found)), **around)) == set()


NUMBERS = ["-1", "0", "8", "9", "64", "99999999", "999999999999999999999", "khong", "", " 1", "1.5", "0x1"]


@pytest.mark.parametrize("value", NUMBERS)
def test_numbers_that_make_no_sense(value):
    numbering = lists(
        level(0, "decimal", "%1.%9", start=value),
        f'<w:lvl w:ilvl="{value}"><w:lvlText w:val="%1"/><w:lvlRestart w:val="{value}"/></w:lvl>',
        level(1, "upperRoman", "%2", start=value),
        level(2, "upperLetter", "%3", start=value),
        level(3, "vietnameseCounting", "%4", start=value),
        uses=("1", value),
    )
    span = f'<w:gridSpan w:val="{value}"/>'
    margin = f'<w:gridBefore w:val="{value}"/><w:gridAfter w:val="{value}"/>'
    body = "".join(item("a", use, at) for use in ("1", value) for at in (0, 1, 2, 3, value))
    body += p("b", f'<w:outlineLvl w:val="{value}"/>') + table(row(cell(p("c"), properties=span), properties=margin))
    found = read(docx(body, numbering=numbering))
    assert [each.text for each in found.blocks[:-1]] == ["a"] * 10 + ["b"]
    assert all(0 <= each.heading <= 9 for each in found.blocks[:-1])
    assert len(found.blocks[-1].rows[0]) <= 200


def test_many_remarks_over_all_of_a_document_are_read_in_time():
    count = 1500
    opened = "".join(f'<w:commentRangeStart w:id="{at}"/>' for at in range(count))
    closed = "".join(f'<w:commentRangeEnd w:id="{at}"/>' for at in range(count))
    comments = "".join(f'<w:comment w:id="{at}" w:author="A">{p("lời")}</w:comment>' for at in range(count))
    found = read(docx(p(opened + t("a")) + p("chữ") * count + p(t("b") + closed), comments=comments))
    assert len(found.remarks) == count
    assert all(len(each.about) < 2000 for each in found.remarks)


def test_fields_and_marks_without_end_are_read_in_time():
    count = 8_000
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    separate = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    marks = "".join(f'<w:bookmarkStart w:id="{at}" w:name="_ap_"/>' for at in range(count))
    opened = "".join(f'<w:commentRangeStart w:id="{at}"/>' for at in range(count))
    body = p(opened + marks + (begin + separate) * count + t("a") + end * count)
    assert [each.text for each in read(docx(body)).blocks] == ["a"]
