"""``anpham export``: a copy for Word that holds every word, looks like a paper, and is the same every time."""

import io
import re
import zipfile
from collections import Counter

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm
from lxml import etree
from PIL import Image
from typer.testing import CliRunner

from builder import copydesk, manuscript, press
from builder.cli import app
from builder.copydesk import carried, looks, wml
from builder.intake import word
from builder.intake.record import Record
from builder.publication import passages, plain, runs_of, walk

SAMPLES = (
    "tests/specimen",
    "sources/chuong-trinh-hanh-dong-05",
    "sources/hoi-dap-quy-che-khu-pho",
    "sources/quy-uoc-thu-vien",
)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def loaded(folder):
    publication, _ = manuscript.read(folder)
    return publication, manuscript.everything(folder, publication)


@pytest.fixture(scope="module", params=SAMPLES)
def sample(request, root):
    """A publication, its files, its copy and what a reader of Word files finds in that."""
    publication, files = loaded(root / request.param)
    data = copydesk.write(files)
    return publication, files, data, word.read(data, Record("a.docx", []))


@pytest.fixture(scope="module")
def specimen(root):
    """The parts of the specimen's copy by name."""
    with zipfile.ZipFile(io.BytesIO(copydesk.write(loaded(root / SAMPLES[0])[1]))) as package:
        return {name: package.read(name) for name in package.namelist()}


def counted(texts):
    return Counter(word for text in texts for word in re.findall(r"\w+", text))


def said(original):
    """Every paragraph of a Word file: body, cells, notes, remarks."""
    for block in original.blocks:
        cells = [(block,)] if hasattr(block, "runs") else [cell for row in block.rows for cell in row]
        yield from (each.text for cell in cells for each in cell)
    for paragraphs in (*original.notes.values(), *(remark.paragraphs for remark in original.remarks)):
        yield from (each.text for each in paragraphs)


# --- what stands in it ----------------------------------------------------------------------------


def test_every_word_of_the_programme_stands_in_the_copy(sample):
    publication, _, _, original = sample
    here = counted(said(original))
    texts = list(passages(publication.program.preamble))
    for clause in walk(publication.program.clauses):
        texts += [clause.label, plain(clause.title), *passages(clause.body)]
    assert counted(texts) - here == Counter()


def test_every_word_around_the_programme_stands_in_it_too(sample):
    publication, _, _, original = sample
    here = counted(said(original))
    around = (publication.notes, publication.sessions, publication.front, publication.back, publication.terms)
    texts = [plain(run) for run in runs_of(around)]
    texts += [note.citation for note in publication.notes]
    texts += [
        str(words)
        for each in publication.sessions
        for words in (each.title, each.time, each.place_of_meeting, each.chair, each.presenter, each.send_before)
    ]
    assert counted(texts) - here == Counter()


def test_the_copy_opens_and_says_what_it_is(sample):
    publication, _, data, original = sample
    document = docx.Document(io.BytesIO(data))
    assert document.core_properties.title == publication.settings.title == original.title
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert section.header.paragraphs[0].text == f"{publication.settings.title}\tBản đọc duyệt"
    assert "PAGE" in section.footer.paragraphs[0]._p.xml


def test_commentary_hangs_on_its_clauses(sample):
    publication, _, _, original = sample
    assert len(original.remarks) == len(publication.notes)
    labels = {clause.id: (clause.label, clause.title) for clause in walk(publication.program.clauses)}
    remarks = {remark.paragraphs[0].text: remark for remark in original.remarks}
    for note in publication.notes:
        remark = remarks[f"{note.citation}: {plain(note.title)}" if note.title else note.citation]
        assert remark.author == copydesk.AUTHOR
        label, title = labels[note.clauses[0]]
        assert remark.about.startswith(label or plain(title))


def test_every_level_has_its_style_and_shows_in_the_navigation_pane(specimen):
    styles = etree.fromstring(specimen["word/styles.xml"])
    names = {each.get(f"{W}styleId"): each.find(f"{W}name").get(f"{W}val") for each in styles.iter(f"{W}style")}
    document = etree.fromstring(specimen["word/document.xml"])
    used = {names[each.get(f"{W}val")] for each in document.iter(f"{W}pStyle")}
    assert {"Phần", "Chương", "Mục", "Tiểu mục", "Điều", "Khoản", "Điểm", "Gạch đầu dòng", "Thơ", "Trích dẫn"} <= used
    outlines = {
        names[each.get(f"{W}styleId")]: int(each.find(f"{W}pPr/{W}outlineLvl").get(f"{W}val"))
        for each in styles.iter(f"{W}style")
        if each.find(f"{W}pPr/{W}outlineLvl") is not None
    }
    assert [outlines[name] for name in ("Tên tệp", "Phần", "Chương", "Mục", "Tiểu mục", "Điều")] == [0, 1, 2, 3, 4, 5]


def test_looks_have_names_of_their_own():
    assert len({look.value.name for look in looks.Look}) == len(looks.Look)
    follows = {look.value.follow for look in looks.Look} - {""}
    assert follows <= {look.value.name for look in looks.Look}


def test_footnotes_are_real_and_pictures_are_described(specimen, root):
    _, files = loaded(root / SAMPLES[0])
    notes = etree.fromstring(specimen["word/footnotes.xml"])
    numbered = [each for each in notes if each.get(f"{W}type") is None]
    document = etree.fromstring(specimen["word/document.xml"])
    calls = [each.get(f"{W}id") for each in document.iter(f"{W}footnoteReference")]
    assert calls == [each.get(f"{W}id") for each in numbered]
    assert b"footnotes+xml" in specimen["[Content_Types].xml"]
    described = [each.get("descr") for each in document.iter(qn("wp:docPr"))]
    assert described == ["", "Sơ đồ một tờ giấy gấp đôi thành bốn trang sách"]
    assert specimen["word/media/drawing2.svg"] == files["figures/to-gap.svg"]


def test_heads_and_feet_of_papers_stand_in_two_columns_without_rules(specimen):
    document = etree.fromstring(specimen["word/document.xml"])
    bare = [
        table for table in document.iter(f"{W}tbl") if table.find(f".//{W}tblBorders/{W}top").get(f"{W}val") == "nil"
    ]
    texts = [["".join(cell.itertext()) for cell in table.iter(f"{W}tc")] for table in bare]
    assert [len(each) for each in texts] == [2, 2]
    assert texts[0][1].startswith("CỘNG HÒA XÃ HỘI")
    assert texts[1][0].startswith("Nơi nhận:")


@pytest.mark.parametrize(
    ("width", "height", "size"),
    [
        ("40", "20", (90, 45)),
        ("20000", "20000", (3000, 3000)),
        ("100000", "10", (3000, 1)),
        ("9" * 400, "8", (3000, 1)),
    ],
)
def test_a_drawing_of_any_size_becomes_a_picture_of_a_bounded_one(width, height, size):
    data = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"><path d="M0 0"/></svg>'.encode()
    shown = press.bitmap(data, *copydesk.points(data))
    with Image.open(io.BytesIO(shown)) as picture:
        assert picture.size == size
    files = {"program.md": "Điều 1. Một\n\n![Sơ đồ](figures/a.svg)\n".encode(), "figures/a.svg": data}
    document = docx.Document(io.BytesIO(copydesk.write(files, {"figures/a.svg": shown})))
    (placed,) = document.inline_shapes
    assert placed.width <= Mm(150)


def test_a_drawing_may_have_a_picture_that_stands_in_for_it(root):
    png = next((root / "docs").glob("*.png")).read_bytes()
    _, files = loaded(root / SAMPLES[0])
    data = copydesk.write(files, {"figures/to-gap.svg": png})
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert png in [package.read(name) for name in package.namelist() if name.endswith(".png")]


# --- how it is written ----------------------------------------------------------------------------


def test_the_same_source_gives_the_same_bytes(sample):
    _, files, data, _ = sample
    assert copydesk.write(dict(reversed(files.items()))) == data
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


ORDERS = {"pPr": wml.PARAGRAPH, "rPr": wml.RUN, "tblPr": wml.TABLE, "tcPr": wml.CELL}


def out_of_order(tree):
    """The elements whose children do not stand in the order Word insists on."""
    for name, order in ORDERS.items():
        places = {f"{W}{each}": place for place, each in enumerate(order.split())}
        for element in tree.iter(f"{W}{name}"):
            found = [places.get(child.tag, -1) for child in element if isinstance(child.tag, str)]
            if found != sorted(found) or -1 in found or len(found) != len(set(found)):
                yield etree.tostring(element).decode()
    for paragraph in tree.iter(f"{W}p", f"{W}tc", f"{W}tr", f"{W}tbl", f"{W}r"):
        firsts = [child for child in paragraph if child.tag.endswith("Pr")]
        if firsts and paragraph[0] is not firsts[0]:
            yield etree.tostring(paragraph).decode()


def test_children_stand_in_the_order_of_the_schema(sample):
    with zipfile.ZipFile(io.BytesIO(sample[2])) as package:
        for name in package.namelist():
            if re.fullmatch(r"word/\w+\.xml", name):
                assert list(out_of_order(etree.fromstring(package.read(name)))) == []


def test_an_order_that_word_objects_to_is_found():
    wrong = f'<w:p xmlns:w="{W[1:-1]}"><w:pPr><w:jc w:val="left"/><w:pStyle w:val="A"/></w:pPr></w:p>'
    assert len(list(out_of_order(etree.fromstring(wrong)))) == 1


def test_every_cell_ends_with_a_paragraph_and_no_two_tables_touch(sample):
    with zipfile.ZipFile(io.BytesIO(sample[2])) as package:
        document = etree.fromstring(package.read("word/document.xml"))
    assert [cell for cell in document.iter(f"{W}tc") if cell[-1].tag != f"{W}p"] == []
    assert [table for table in document.iter(f"{W}tbl") if table.getnext().tag == f"{W}tbl"] == []
    assert document[0][-1].tag == f"{W}sectPr"
    assert document[0][-2].tag == f"{W}p"


def test_every_name_and_number_is_given_once(sample):
    with zipfile.ZipFile(io.BytesIO(sample[2])) as package:
        document = etree.fromstring(package.read("word/document.xml"))
    marks = [each.get(f"{W}name") for each in document.iter(f"{W}bookmarkStart")]
    assert marks == [f"_ap_{number}" for number in range(1, len(marks) + 1)]
    for kind in ("bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "commentReference"):
        ids = [each.get(f"{W}id") for each in document.iter(f"{W}{kind}")]
        assert len(ids) == len(set(ids))
    pictures = [each.get("id") for each in document.iter(qn("wp:docPr"))]
    assert len(pictures) == len(set(pictures))


def test_the_copy_carries_the_source_and_only_sees_inside(sample):
    _, files, data, _ = sample
    found = carried.find(data)
    assert found.whole
    assert found.files == files


@pytest.mark.parametrize(
    ("name", "inside"),
    [
        ("program.md", True),
        ("program.lock", True),
        ("front/01-lời nói đầu.md", True),
        ("figures/sơ đồ.png", True),
        ("anh/bia.JPG", True),
        ("front", False),
        ("front/a/b.md", False),
        ("khac.md", False),
        ("../program.md", False),
        ("/program.md", False),
        ("figures/../../x.png", False),
        ("figures//x.png", False),
        ("figures\\x.png", False),
        ("C:x.png", False),
        ("figures/x.png\n", False),
        ("figures/.x.png", False),
        ("x" * 300 + ".png", False),
        ("", False),
    ],
)
def test_names_that_come_back_stay_inside(name, inside):
    assert carried.is_inside(name) is inside


# --- the command ----------------------------------------------------------------------------------


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Type a command in a folder with the source ``tu-sach``."""
    (tmp_path / "tu-sach").mkdir()
    (tmp_path / "tu-sach" / "program.md").write_text("Điều 1. Mượn\n\nMượn hai cuốn.\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    return lambda *words: CliRunner().invoke(app, ["export", *words])


def test_the_command_writes_a_copy_and_says_what_comes_next(run, tmp_path):
    done = run("tu-sach", "--docx", "duyet")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "Đã ghi bản đọc duyệt duyet.docx.",
        "Sửa và lưu trong Word hoặc LibreOffice xong, nhập lại: anpham import duyet.docx --into thu-muc-moi",
    ]
    data = (tmp_path / "duyet.docx").read_bytes()
    assert copydesk.is_copy(data)
    assert copydesk.is_untouched(data)
    (tmp_path / "tu-sach" / "program.md").write_text("Điều 1. Mượn\n\nMượn ba cuốn.\n", "utf-8")
    assert run("tu-sach", "--docx", "duyet.docx").exit_code == 0
    assert (tmp_path / "duyet.docx").read_bytes() != data


def test_a_copy_that_was_edited_is_not_overwritten(run, tmp_path):
    run("tu-sach", "--docx", "duyet.docx")
    document = docx.Document(tmp_path / "duyet.docx")
    document.save(tmp_path / "duyet.docx")
    data = (tmp_path / "duyet.docx").read_bytes()
    done = run("tu-sach", "--docx", "duyet.docx")
    assert done.exit_code == 1
    assert "COPY_EDITED" in done.stderr
    assert (tmp_path / "duyet.docx").read_bytes() == data


def test_a_file_of_anyone_else_is_not_overwritten(run, tmp_path):
    for data in (b"", b"PK\x03\x04", "Bài viết của tôi".encode()):
        (tmp_path / "duyet.docx").write_bytes(data)
        done = run("tu-sach", "--docx", "duyet.docx")
        assert (done.exit_code, "FILE_TAKEN" in done.stderr) == (1, True)
        assert (tmp_path / "duyet.docx").read_bytes() == data


def test_a_place_that_cannot_be_written_is_told(run, tmp_path):
    (tmp_path / "thu-muc.docx").mkdir()
    for name in ("khong-co/duyet.docx", "thu-muc.docx"):
        done = run("tu-sach", "--docx", name)
        assert (done.exit_code, "SHELF_DENIED" in done.stderr) == (1, True)


def test_a_source_in_error_is_not_exported(run, tmp_path):
    (tmp_path / "tu-sach" / "program.md").write_text("Điều 1. A\n\nB.\n\nĐiều 3. C\n\nD.\n", "utf-8")
    done = run("tu-sach", "--docx", "duyet.docx")
    assert (done.exit_code, "NUM_SEQ" in done.stderr) == (1, True)
    assert not (tmp_path / "duyet.docx").exists()


def test_warnings_of_the_source_are_told(run, tmp_path):
    (tmp_path / "tu-sach" / "ghi-chep.md").write_text("x", "utf-8")
    done = run("tu-sach", "--docx", "duyet.docx")
    assert (done.exit_code, "FILE_UNKNOWN" in done.stderr) == (0, True)
