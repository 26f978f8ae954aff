"""``anpham preflight``: what a person reads, what a machine reads, what the judges of standards say."""

import json
import os
import re
import sys
from pathlib import Path

import faulty
import jsonschema
import pikepdf
import pytest
import validators
from typer.testing import CliRunner

from builder import preflight
from builder.cli import app, judges
from builder.preflight import Purpose
from builder.preflight.judging import Judges, flavour, judged
from builder.problems import Place, Severity
from builder.problems.listing import runs
from builder.shelf import running


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Type a command line in a folder of good and bad files; no judge is at home."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setattr(judges, "judges", Judges)
    monkeypatch.setattr("builder.cli.preflight.judges", Judges)
    (tmp_path / "tot.pdf").write_bytes(faulty.saved(faulty.good()))
    (tmp_path / "hong.pdf").write_bytes(faulty.saved(spoilt()))
    (tmp_path / "nhac.pdf").write_bytes(faulty.saved(warned()))
    (tmp_path / "sach.epub").write_bytes(faulty.zipped(faulty.parts()))
    return lambda *words: CliRunner().invoke(app, ["preflight", *words])


def spoilt():
    pdf = faulty.good(8)
    for number in (2, 4, 5, 6):
        faulty.write(pdf, pdf.pages[number], faulty.text("Bac X", 50, 60))
    return pdf


def warned():
    pdf = faulty.good()
    faulty.write(pdf, pdf.pages[1], faulty.text("abc", 50, 60, 5.5) + faulty.text("abd", 50, 70, 5.5))
    return pdf


def answer(done, root):
    schema = json.loads((root / "builder" / "schemas" / "preflight.schema.json").read_text("utf-8"))
    found = json.loads(done.stdout)
    jsonschema.validate(found, schema)
    return found


def test_a_good_file_passes(run):
    done = run("tot.pdf", "--for", "shop")
    assert done.exit_code == 0, done.output
    assert done.stdout.splitlines() == [
        f"tot.pdf: 4 trang, khổ 148 × 210 mm, PDF 1.3, {size(done.stdout)} kB, 100 % chữ chỉ dùng mực đen",
        "  Soát như tệp để gửi nhà in.",
        "  Đã soát: cấu trúc tệp, khổ trang, mép trang và tràn lề, phông và chữ, màu và mực, ảnh, nét mảnh,",
        "    chuẩn tự nhận.",
        "",
        "Kết luận: không thấy gì phải sửa.",
    ]


def size(said):
    return re.search(r"(\d+) kB", said)[1]


def test_a_fault_is_told_with_its_pages_why_it_matters_and_the_way_out(run):
    done = run("hong.pdf", "--for", "shop")
    assert done.exit_code == 1
    assert "\nPhải sửa\n  PDF_GLYPH_MISSING  trang 3, 5–7\n" in done.stdout
    assert "Thiếu 1 chữ ở “Bac □” (phông Hop)" in done.stdout
    assert "Vì sao: người đọc không đọc được chỗ này." in done.stdout
    assert "→ chọn phông có đủ chữ Việt" in done.stdout
    assert done.stdout.endswith("rồi soát lại. (1 lỗi ở 4 trang)\n")


def test_all_places_are_told_when_asked_for(run):
    done = run("hong.pdf", "--for", "shop", "--all")
    assert done.stdout.count("cách mép trái 50, mép trên 57,5, rộng 8,8, cao 3,2 mm") == 4
    assert "trang 5 (cách" in done.stdout


def test_warnings_leave_status_0(run):
    done = run("nhac.pdf", "--for", "shop")
    assert done.exit_code == 0
    assert "PDF_TEXT_SMALL  trang 2 (2 chỗ)" in done.stdout
    assert "\n    trang 2: Chữ “abc” chỉ 5,5 pt.\n    trang 2: Chữ “abd” chỉ 5,5 pt.\n" in done.stdout
    assert "Kết luận: dùng được; hãy xem lại những chỗ nêu trên. (1 chỗ cần xem lại ở 1 trang)" in done.stdout


def test_what_differs_from_page_to_page_is_told_of_its_own_pages(run, tmp_path):
    pdf = faulty.good(12)
    for at, page in enumerate(pdf.pages):
        side = 500 + 20 * max(0, at - 6)
        if at > 3:
            page.obj.MediaBox = page.obj.BleedBox = page.obj.TrimBox = pikepdf.Array([0, 0, side, 700])
    (tmp_path / "nhieu.pdf").write_bytes(faulty.saved(pdf))
    said = run("nhieu.pdf", "--for", "office").stdout.splitlines()
    at = said.index("  PDF_SIZES_DIFFER  trang 5–12")
    assert [line.strip()[:30] for line in said[at + 1 : at + 5]] == [
        "trang 5–7: Trang khổ 176 × 247",
        "trang 8: Trang khổ 183 × 247 m",
        "trang 9: Trang khổ 190 × 247 m",
        "… và 3 chỗ khác nữa; xem hết b",
    ]


def test_it_speaks_english(run, monkeypatch):
    monkeypatch.setenv("ANPHAM_LANG", "en")
    said = run("nhac.pdf", "--for", "shop").stdout
    assert "“abc” is only 5.5 pt high." in said
    assert "Verdict: it can be used" in said


def test_a_purpose_that_was_guessed_is_told(run):
    assert "Soát như tệp để gửi nhà in. (Đoán; đổi bằng --for" in run("tot.pdf").stdout


def test_what_is_asked_depends_on_what_it_is_for(run):
    assert run("nhac.pdf", "--for", "reading").stdout.endswith("Kết luận: không thấy gì phải sửa.\n")


def test_a_purpose_there_is_not_is_a_wrong_line(run):
    done = run("tot.pdf", "--for", "nothing")
    assert done.exit_code == 2
    assert "chỉ nhận reading, office, shop" in done.stderr


def test_many_files_are_told_one_after_the_other_and_one_that_cannot_be_read_is_one_of_them(run, tmp_path):
    (tmp_path / "khong.pdf").write_bytes(b"no PDF")
    done = run("khong.pdf", "nowhere.pdf", "tot.pdf", "sach.epub")
    assert done.exit_code == 1
    assert done.stderr == ""
    for said in ("khong.pdf: không đọc được", "PDF_UNREADABLE", "FILE_MISSING", "tot.pdf: 4 trang", "“Quy ước”"):
        assert said in done.stdout
    assert done.stdout.count("Kết luận:") == 4


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with a name")
def test_a_pipe_is_not_waited_for(run, tmp_path):
    os.mkfifo(tmp_path / "ong.epub")
    done = run(str(tmp_path / "ong.epub"))
    assert done.exit_code == 1
    assert "FILE_UNREADABLE" in done.stdout


def test_a_machine_reads_the_same(run, root):
    done = run("hong.pdf", "tot.pdf", "sach.epub", "nowhere.pdf", "--json")
    assert done.exit_code == 1
    found = {each["file"]: each for each in answer(done, root)["files"]}
    assert {name: each["verdict"] for name, each in found.items()} == {
        "hong.pdf": "error",
        "tot.pdf": "none",
        "sach.epub": "info",
        "nowhere.pdf": "error",
    }
    first = found["hong.pdf"]["findings"][0]
    assert first["code"] == "PDF_GLYPH_MISSING"
    assert (first["page"], first["place"], first["what"]) == (3, "hong.pdf#page=3", "Bac □")
    assert first["spot"] == {"x": 50, "y": 57.5, "width": 8.8, "height": 3.2}
    assert first["matters"].startswith("người đọc")
    assert found["hong.pdf"]["guessed"] is True
    facts = found["tot.pdf"]["facts"]
    assert (facts["pages"], facts["trim"]) == (4, {"width": 148, "height": 210})
    assert facts["bytes"] == len(faulty.saved(faulty.good()))


def test_pages_are_written_as_people_do():
    assert runs([1]) == "1"
    assert runs([3, 5, 6, 7, 9, 10]) == "3, 5–7, 9–10"
    assert runs(range(1, 99), 2) == "1–98"
    assert runs([1, 3, 5, 6], 2) == "1, 3 …"


@pytest.mark.parametrize("name", ["SACH.EPUB", "sach.zip", "sach"])
def test_the_part_of_a_book_is_told_whatever_the_file_is_called(run, tmp_path, name):
    parts = faulty.parts()
    (chapter,) = (each for each in parts if each.endswith(".xhtml") and b"<p" in parts[each] and "nav" not in each)
    parts[chapter] = parts[chapter].replace(b"<p", b'<p><img src="x.png"/></p><p', 1)
    (tmp_path / name).write_bytes(faulty.zipped(parts))
    assert chapter in run(name, "--all").stdout
    assert chapter in run(name).stdout


def test_a_page_is_part_of_a_place():
    assert str(Place("a.pdf", page=12)) == "a.pdf#page=12"
    assert str(Place("a.md", 3, 1)) == "a.md:3:1"
    assert min(Place("a.pdf", page=12), Place("a.pdf", page=2)).page == 2


# --- judges ---------------------------------------------------------------------------------------

VERAPDF = """<?xml version="1.0" encoding="utf-8"?><report><jobs><job><item><name>a.pdf</name></item>
<validationReport jobEndStatus="normal" profileName="PDF/UA-1 validation profile" statement="x" isCompliant="{verdict}">
<details passedRules="1" failedRules="1">{rules}</details></validationReport></job></jobs></report>"""
RULE = """<rule specification="ISO 14289-1:2014" clause="7.1" testNumber="10" status="failed" failedChecks="3">
<description>The catalog shall contain ViewerPreferences</description></rule>"""


def asked(said, report_name="a.pdf"):
    """Let a judge say something of a file that claims PDF/UA."""
    pdf = faulty.good()
    faulty.claim(pdf, 'pdfuaid:part="1"')
    data = faulty.saved(pdf)
    report = preflight.look(data, report_name, Purpose.READING)
    orders = []
    heard = judged(report, Path(report_name), data, Judges(verapdf=_judge(said, orders)))
    return [(each.problem.code, each.problem.severity, each.what) for each in heard.findings], orders


def _judge(said, orders):
    def ask(*arguments):
        orders.append(arguments)
        return said

    return ask


def test_what_verapdf_objects_to_is_an_error():
    found, orders = asked(VERAPDF.format(verdict="false", rules=RULE))
    assert found == [("JUDGE_OBJECTS", Severity.ERROR, "7.1-10")]
    assert orders[0][:4] == ("--format", "xml", "--flavour", "ua1")


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (VERAPDF.format(verdict="true", rules=""), "JUDGE_PASSED"),
        (VERAPDF.format(verdict="false", rules=""), "JUDGE_OBJECTS"),
        ("<report/>", "JUDGE_FAILED"),
        ("nonsense", "JUDGE_FAILED"),
        ("", "JUDGE_FAILED"),
        (None, "JUDGE_FAILED"),
    ],
)
def test_what_verapdf_says_is_read(said, code):
    found, _ = asked(said)
    assert [each[0] for each in found] == [code]


def test_page_validation_is_asked_where_verapdf_is_not():
    pdf = faulty.good()
    faulty.claim(pdf, 'pdfaid:part="2" pdfaid:conformance="A"')
    data = faulty.saved(pdf)
    report = preflight.look(data, "a.pdf", Purpose.READING)
    asked_for = []

    def validate(given, code):
        asked_for.append((given == data, code))
        return [("PDFA2-X", "It is so.")]

    found = judged(report, Path("a.pdf"), data, Judges(page_validation=validate)).findings
    assert asked_for == [(True, "2a")]
    assert [(each.problem.code, each.problem.severity) for each in found] == [("JUDGE_OBJECTS", Severity.WARNING)]


def test_claims_nobody_here_can_judge_are_told_in_one_line(run, tmp_path):
    pdf = faulty.good()
    faulty.claim(pdf, 'pdfaid:part="2" pdfaid:conformance="A" pdfuaid:part="1"')
    (tmp_path / "nhan.pdf").write_bytes(faulty.saved(pdf))
    said = run("nhan.pdf", "--for", "reading").stdout
    assert "  JUDGE_MISSING  Chưa có máy kiểm chuẩn PDF/A-2a, PDF/UA-1 ở đây (veraPDF); xem anpham doctor.\n" in said


def test_a_claim_that_has_no_free_judge_is_left_to_the_shop():
    pdf = faulty.good()
    faulty.claim(pdf, 'pdfxid:GTS_PDFXVersion="PDF/X-4"')
    data = faulty.saved(pdf)
    report = preflight.look(data, "a.pdf")
    assert judged(report, Path("a.pdf"), data, Judges(verapdf=_judge("", []))).findings == ()


@pytest.mark.parametrize(
    ("claim", "expected"),
    [("PDF/A-2a", "2a"), ("PDF/A-4f", "4f"), ("PDF/UA-1", "ua1"), ("PDF/UA-9", ""), ("PDF/X-4", ""), ("EPUB 3.0", "")],
)
def test_a_standard_has_the_name_the_judges_give_it(claim, expected):
    assert flavour(claim) == expected


@pytest.mark.skipif(os.name == "nt", reason="a script that is a program")
def test_verapdf_is_started_where_it_is_on_the_path(tmp_path, monkeypatch):
    program = tmp_path / "verapdf"
    said = VERAPDF.format(verdict="true", rules="")
    program.write_text(f"#!{sys.executable}\nimport sys\nprint('''{said}''')\nsys.exit(1)\n", "utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    asked_ = judges.judges().verapdf
    assert asked_ is not None
    assert "validationReport" in asked_("--format", "xml")


def test_a_program_that_hangs_is_ended():
    assert running.printed([sys.executable, "-c", "import time; print(1, flush=True); time.sleep(99)"], 1) is None


def test_a_program_that_is_not_there_says_nothing(tmp_path):
    assert running.printed([str(tmp_path / "nothing")], 1) is None


@pytest.mark.slow
def test_epubcheck_itself_agrees_and_objects(tmp_path):
    validators._need("EPUBCheck", {"the command": judges.epubcheck()})
    good, bad = tmp_path / "tot.epub", tmp_path / "hong.epub"
    good.write_bytes(faulty.zipped(faulty.parts()))
    bad.write_bytes(faulty.zipped(faulty.changed("OPS/one.xhtml", 'href="nav.xhtml"', 'href="nav.xhtml#no"')))
    present = judges.judges()
    heard = {}
    for path in (good, bad):
        data = path.read_bytes()
        report = judged(preflight.look(data, str(path)), path, data, present)
        heard[path.name] = [(each.problem.code, each.what) for each in report.findings]
    assert heard["tot.epub"] == [("JUDGE_PASSED", "EPUB 3.0")]
    assert ("JUDGE_OBJECTS", "RSC-012") in heard["hong.epub"]
