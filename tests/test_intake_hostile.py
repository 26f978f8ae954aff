"""Files made to do harm, or broken on their way, brought in from the command line: a clear problem, and nothing else.

Each import runs as a process of its own with little memory and little time.
"""

import json
import os
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import docx_made as made
import pytest

resource = pytest.importorskip("resource", reason="no limits on memory on this system")

ROOT = Path(__file__).resolve().parent.parent
MEMORY = 1_500_000_000
SECONDS = 60

BOMB = made.packed({**made.parts(made.p("a")), "word/media/x.png": b"\0" * 60_000_000})
ENTITIES = """<!DOCTYPE w:document [<!ENTITY a "aaaaaaaaaa">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>"""


OUTSIDE = '<!DOCTYPE w:document SYSTEM "file:///etc/passwd">'


def with_document(text):
    """A Word file whose main part is this text."""
    parts = made.parts(made.p("a"))
    return made.packed({**parts, "word/document.xml": text})


def document(text):
    return made.parts(made.p(text))["word/document.xml"]


def escaping():
    """A Word file with parts that would be written outside, were parts ever written."""
    out = BytesIO(made.docx(made.p("Lời trong tệp.")))
    with zipfile.ZipFile(out, "a") as archive:
        for name in ("../../thoat.txt", "/tmp/thoat.txt", "C:\\thoat.txt"):  # noqa: S108 - what a hostile file would name
            archive.writestr(name, "thoát ra ngoài")
    return out.getvalue()


WORDS = "Mỗi quý các hộ trong thôn cùng đọc chung một buổi và cùng góp thêm sách.\n"

HOSTILE = {
    "bom.docx": (BOMB, {"INTAKE_BOMB"}),
    "thuc-the.docx": (with_document(document("&c;").replace("?>", f"?>{ENTITIES}", 1)), {"INTAKE_ENTITIES"}),
    "ngoai.docx": (with_document(document("a").replace("?>", f"?>{OUTSIDE}", 1)), {"INTAKE_ENTITIES"}),
    "sau.docx": (with_document("<w:p>" * 100_000), {"INTAKE_PART"}),
    "cut.docx": (made.docx(made.p("Lời."))[:-40], {"INTAKE_DAMAGED"}),
    "nul.docx": (with_document(document("a\0b")), {"INTAKE_PART"}),
    "trang.docx": (b"\0" * 5_000, {"INTAKE_EMPTY", "INTAKE_KIND"}),
    "dai.txt": (WORDS.encode() * 1_150_000, {"FILE_BIG"}),
    "vua-dai.txt": (WORDS.encode() * 150_000, {"INTAKE_LONG"}),
    "dai.html": (b"<p>" + WORDS.encode() * 200_000, {"INTAKE_LONG", "FILE_BIG"}),
    "sau.html": (b"<div>" * 200_000 + "Lời.".encode(), {"INTAKE_DEEP"}),
    "nul.txt": (b"Mot\0hai\0ba " * 2_000, {"INTAKE_KIND", "ENC_UTF8"}),
    "cut.pdf": (b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog", {"INTAKE_DAMAGED"}),
    "anh.docx": (made.png(), {"INTAKE_IMAGE"}),
    "may.docx": (b"MZ\x90\0" + bytes(range(256)) * 16, {"INTAKE_KIND"}),
}


def bring(folder, name, data):
    """Import a file in a process of its own: its answer, and the names in the folder then."""
    (folder / name).write_bytes(data)
    command = [sys.executable, "-c", "from builder.cli import app; app()", "import", name, "--into", "nguon", "--json"]
    done = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": os.fspath(ROOT), "HTTP_PROXY": "http://127.0.0.1:9"},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY)),
        capture_output=True,
        timeout=SECONDS,
        check=False,
    )
    assert b"Traceback" not in done.stderr, done.stderr.decode()
    return done.returncode, json.loads(done.stdout), {path.name for path in folder.iterdir()}


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_hostile_or_broken_is_refused_and_nothing_is_written(name, tmp_path):
    data, expected = HOSTILE[name]
    status, answer, names = bring(tmp_path, name, data)
    assert (status, answer["status"], names) == (1, "refused", {name})
    assert {each["code"] for each in answer["report"] if each["severity"] == "error"} <= expected


@pytest.mark.slow
def test_parts_with_names_that_lead_out_are_written_nowhere(tmp_path):
    folder = tmp_path / "trong" / "cung"
    folder.mkdir(parents=True)
    status, answer, names = bring(folder, "thoat.docx", escaping())
    assert (status, answer["status"], names) == (0, "written", {"thoat.docx", "nguon"})
    assert [path for path in tmp_path.rglob("*thoat*") if path.name != "thoat.docx"] == []
    assert "Lời trong tệp." in (folder / "nguon" / "program.md").read_text("utf-8")


@pytest.mark.slow
def test_what_stands_elsewhere_is_never_fetched(tmp_path):
    page = '<p>Lời trong trang.</p><img src="http://127.0.0.1:9/a.png" alt="Ảnh xa"><iframe src="file:///etc/passwd">'
    status, answer, _ = bring(tmp_path, "trang.html", page.encode())
    assert (status, answer["status"]) == (0, "written")
    assert "INTAKE_PICTURE_LEFT" in {each["code"] for each in answer["report"]}
    assert "root:" not in (tmp_path / "nguon" / "program.md").read_text("utf-8")
