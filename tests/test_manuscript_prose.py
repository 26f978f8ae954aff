"""Running text: Markdown in, blocks out; nothing is dropped unseen."""

import base64

import pytest

from builder import manuscript
from builder.manuscript import figures, svg
from builder.manuscript.inlines import plain
from builder.problems import Problems
from builder.publication import (
    Align,
    Box,
    BoxKind,
    Break,
    Code,
    CrossReference,
    Emphasis,
    Figure,
    Footnote,
    Heading,
    Item,
    Link,
    Listing,
    Paragraph,
    Quote,
    Rule,
    Strong,
    Table,
    Text,
)

PROGRAM = "Điều 1. Phạm vi\n\n1. Sách in.\n\n2. Sách điện tử.\n"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{}</svg>'
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@pytest.fixture
def source(tmp_path):
    folder = tmp_path / "sach"
    for name in ("commentary", "figures"):
        (folder / name).mkdir(parents=True)
    (folder / "program.md").write_text(PROGRAM, "utf-8")
    (folder / "figures" / "hình.svg").write_text(SVG.format(""), "utf-8")
    (folder / "figures" / "anh.png").write_bytes(PNG)
    return folder


@pytest.fixture
def body(source):
    """Write the body of a note; its blocks come back."""

    def read(text):
        (source / "commentary" / "a.md").write_text(f"## Điều 1\n\n{text}\n", "utf-8")
        publication, problems = manuscript.read(source)
        assert problems == ()
        return publication.notes[0].body

    return read


@pytest.fixture
def codes(source):
    """Write the body of a note; the codes and lines of its problems come back."""

    def read(text):
        (source / "commentary" / "a.md").write_text(f"## Điều 1\n\n{text}\n", "utf-8")
        try:
            problems = manuscript.read(source)[1]
        except Problems as error:
            problems = error.problems
        return [(problem.code, problem.place.line, problem.place.column) for problem in problems]

    return read


def paragraph(*inlines):
    return Paragraph(tuple(Text(each) if isinstance(each, str) else each for each in inlines))


def test_emphasis_strength_code_and_breaks(body):
    assert body("Một *hai* **ba** `bốn`  \nnăm\nsáu.") == (
        paragraph(
            "Một ",
            Emphasis((Text("hai"),)),
            " ",
            Strong((Text("ba"),)),
            " ",
            Code("bốn"),
            Break(),
            "năm sáu.",
        ),
    )


def test_links_to_the_web_are_written_in_ascii(body):
    assert body("[Luật](https://vi.wikipedia.org/wiki/Luật) và <mailto:to@lang.vn>") == (
        paragraph(
            Link("https://vi.wikipedia.org/wiki/Lu%E1%BA%ADt", (Text("Luật"),)),
            " và ",
            Link("mailto:to@lang.vn", (Text("mailto:to@lang.vn"),)),
        ),
    )


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "//a.b", "tep.doc", "http:", "ftp://a.b"]
)
def test_other_links_are_problems(codes, address):
    assert codes(f"Xem [đây]({address}).") == [("LINK_BAD", 3, 11)]


def test_cross_references_and_links_to_clauses(body):
    assert body("Theo {khoan:khoản 2 Điều 1}, [đoạn này](#dieu-1.khoan-1) và {khoan:dieu-1}.") == (
        paragraph(
            "Theo ",
            CrossReference("dieu-1.khoan-2", "khoản 2 Điều 1"),
            ", ",
            CrossReference("dieu-1.khoan-1", "đoạn này"),
            " và ",
            CrossReference("dieu-1", "Điều 1"),
            ".",
        ),
    )


def test_a_cross_reference_to_nothing_is_found_at_its_column(codes):
    assert codes("Dòng một\ntheo {khoan:Điều 7} thì") == [("REF_UNKNOWN", 4, 6)]


def test_lists_with_writing_lines(body):
    assert body("1. Vì sao? {lines=4}\n2. Thế nào?\n\n- a\n- b") == (
        Listing((item(paragraph("Vì sao?"), lines=4), item(paragraph("Thế nào?"))), 1),
        Listing((item(paragraph("a")), item(paragraph("b")))),
    )


def item(*blocks, lines=None):
    return Item(blocks, lines)


@pytest.mark.parametrize("attributes", ["{lines=0}", "{lines=61}", "{lines=hai}", "{dòng=2}"])
def test_other_attributes_are_problems(codes, attributes):
    assert codes(f"1. Vì sao? {attributes}") == [("FENCE_ATTR", 3, 12)]


def test_headings_quotes_and_rules(body):
    assert body("### Nhỏ\n\n> Trích\n\n---\n\n#### Nhỏ hơn") == (
        Heading(1, (Text("Nhỏ"),)),
        Quote((paragraph("Trích"),)),
        Rule(),
        Heading(2, (Text("Nhỏ hơn"),)),
    )


TABLE = "| TT | Việc |\n|---:|:----:|\n| 1 | *Soạn* |"
HEAD = ((Text("TT"),), (Text("Việc"),))
ROWS = (((Text("1"),), (Emphasis((Text("Soạn"),)),)),)
ALIGNS = (Align.RIGHT, Align.CENTRE)


@pytest.mark.parametrize(
    ("text", "caption"),
    [
        (TABLE, ""),
        (f"Bảng: Các việc\n\n{TABLE}", "Các việc"),
        (f"{TABLE}\n\nBảng: Các việc", "Các việc"),
        (f"{TABLE}\nBảng: Các việc", "Các việc"),
        (f"{TABLE}\n\nBảng 1. Các việc", "Bảng 1. Các việc"),
        (f"Bảng 1.2: Các việc\n\n{TABLE}", "Bảng 1.2: Các việc"),
    ],
)
def test_a_table_takes_its_caption_from_above_or_below(body, text, caption):
    assert body(text) == (Table(HEAD, ROWS, ALIGNS, (Text(caption),) if caption else ()),)


def test_a_table_row_that_is_too_long_is_found(codes):
    assert codes("| a | b |\n|---|---|\n| 1 | 2 |\n| 1 | 2 | 3 |") == [("TABLE_CELLS", 6, 1)]
    assert codes("> | a | b |\n> |---|---|\n> | 1 | 2 |") == []
    assert codes("- > | a | b |\n  > |---|---|\n  > | 1 | 2 | 3 |") == [("TABLE_CELLS", 5, 1)]
    assert codes("| a | b |\n|---|---|\n| 1 | 2 \\| 3 |") == []


def test_a_figure_stands_alone_with_description_and_caption(body):
    assert body('![Sáu *bước*](figures/hình.svg "Hình 1. Sáu bước")') == (
        Figure(
            "figures/hình.svg",
            "image/svg+xml",
            SVG.format("").encode(),
            "Sáu bước",
            (Text("Hình 1. Sáu bước"),),
        ),
    )
    assert [block.path for block in body("![a](./../figures/anh.png)\n![b](../figures/hình.svg)")] == [
        "figures/anh.png",
        "figures/hình.svg",
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("![a](figures/khong.svg)", "FIGURE_MISSING"),
        ("![a](http://a.b/c.svg)", "PATH_OUTSIDE"),
        ("![a](//a.b/c.svg)", "PATH_OUTSIDE"),
        ("![a](/etc/hostname)", "PATH_OUTSIDE"),
        ("![a](../../ngoai.svg)", "PATH_OUTSIDE"),
        ("![a](program.md)", "FIGURE_KIND"),
        ("![](figures/anh.png)", "FIGURE_ALT"),
        ("- xem ![a](figures/anh.png)", "FIGURE_INLINE"),
    ],
)
def test_pictures_that_cannot_be_printed(codes, text, code):
    assert [found[0] for found in codes(text)] == [code]


def test_footnotes_stand_where_they_are_called(body):
    ((paragraph_read,),) = (body("Một[^a] hai.\n\n[^a]: Chú thích\ndòng hai.\n\n    Đoạn hai.\n\n"),)
    before, note, after = paragraph_read.inlines
    assert (before, after) == (Text("Một"), Text(" hai."))
    assert isinstance(note, Footnote)
    assert note.blocks == (paragraph("Chú thích dòng hai."), paragraph("Đoạn hai."))
    assert note.place.line == 5


def test_boxes(body):
    assert body("::: question {lines=6}\nVì sao?\n:::\n\n::: leader\n- Mười phút\n:::") == (
        Box(BoxKind.QUESTION, (paragraph("Vì sao?"),), 6),
        Box(BoxKind.LEADER, (Listing((item(paragraph("Mười phút")),)),)),
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("::: note\nmột\n::: leader\nhai\n:::", [("FENCE_OPEN", 3, 1)]),
        ("::: note\nmột", [("FENCE_OPEN", 3, 1)]),
        ("::: note {lines=3}\nmột\n:::", [("FENCE_ATTR", 3, 10)]),
        (":::\n", [("FENCE_CLOSE", 3, 1)]),
        ("::: ghi\nmột\n:::", [("FENCE_KIND", 3, 1)]),
        ("Một[^1]\n\n[^1]: a\n\n    ::: note\n    b\n    :::", [("FENCE_PLACE", 7, 1)]),
    ],
)
def test_boxes_that_are_wrong(codes, text, expected):
    assert codes(text) == expected


@pytest.mark.parametrize("markup", ["<b>", "</div>", "<!-- ẩn -->", "<br/>", "<script>", "<b>đậm</b>"])
def test_raw_html_is_reported_and_never_printed(codes, markup):
    assert [found[0] for found in codes(f"chữ {markup} chữ")] == ["HTML_RAW"]
    assert codes(f"{markup}\n") == [("HTML_RAW", 3, 1)]


def test_signs_that_are_no_html_are_text(body):
    assert body("a < b, 3 <4, \\<b>, &lt;i&gt; và [1]: chú") == (paragraph("a < b, 3 <4, <b>, <i> và [1]: chú"),)


def test_no_word_is_swallowed_by_markdown(body):
    """Reference definitions, underlined headings and indented code would be, in plain Markdown."""
    assert body("[1]: https://a.b\n\nDòng một\n===\n\n    thụt vào") == (
        paragraph("[1]: https://a.b"),
        paragraph("Dòng một ==="),
        paragraph("thụt vào"),
    )


def test_words_quoted_from_a_machine_keep_their_lines(body):
    assert body("```\na  b\n- c\n```") == (paragraph(Code("a  b"), Break(), Code("- c")),)


def test_plain_words_leave_out_footnotes(body):
    (read,) = body("Một[^1] *hai* `ba` [bốn](https://a.b)\n\n[^1]: x")
    assert plain(read.inlines) == "Một hai ba bốn"


@pytest.mark.parametrize(
    "drawing",
    [
        "<g/>",
        '<path d="M0 0h9" style="fill:url(#a)"/>',
        '<use href="#a"/>',
        "<style>.a{fill:#000}</style>",
        '<image href="#a"/>',
    ],
)
def test_a_drawing_is_let_in(drawing):
    assert svg.unsafe(SVG.format(drawing).encode()) == ""


@pytest.mark.parametrize(
    "data",
    [
        SVG.format("<script>1</script>"),
        SVG.format('<g onclick="x()"/>'),
        SVG.format('<image href="http://a.b/c.png"/>'),
        SVG.format('<image href="data:image/png;base64,AA"/>'),
        SVG.format('<use xmlns:x="http://www.w3.org/1999/xlink" x:href="other.svg#a"/>'),
        SVG.format('<g style="fill:url(http://a.b)"/>'),
        SVG.format('<g fill="url( file:///x )"/>'),
        SVG.format("<style>@import 'x.css';</style>"),
        SVG.format("<style>.a{fill:image-set('http://x.vn/a.png' 1x)}</style>"),
        SVG.format("<style>@im<!-- -->port 'x.css';</style>"),
        SVG.format(r"<style>@\69mport 'x.css';</style>"),
        SVG.format("<foreignObject/>"),
        SVG.format('<animate attributeName="href" to="javascript:x"/>'),
        SVG.format('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>'),
        '<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG.format("&a;"),
        '<?xml-stylesheet href="x.css"?>' + SVG.format(""),
        "<html><svg/></html>",
        '<svg viewBox="0 0 1 1"/>',
        SVG.format("<g>"),
        SVG.format("<g>" * 300 + "</g>" * 300),
        "",
    ],
)
def test_more_than_a_drawing_is_kept_out(data):
    assert svg.unsafe(data.encode()) != ""


def test_a_picture_is_known_by_its_bytes():
    assert figures.media_type("a.png", PNG) == "image/png"
    assert figures.media_type("a.jpg", b"\xff\xd8\xff\xe0") == "image/jpeg"
    assert figures.media_type("a.png", SVG.encode()) is None
    assert figures.media_type("a.svg", b"\x00\x01") is None
