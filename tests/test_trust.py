"""A source folder from a stranger: what it smuggles is named and never read; a failed build leaves the shelf alone."""

import json
import re
import zipfile
from pathlib import Path

import pypdfium2
import pytest
from typer.testing import CliRunner

from builder import manuscript
from builder.cli import app
from builder.problems import Problems, Severity

ROOT = Path(__file__).resolve().parent.parent
SECRET = "Bí mật của máy này"
SAFE = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9"/></svg>'
TEN = {
    "publication.yaml": "format: 1\ntitel: Sổ tay\ndate: 31/02/2026\ntoc: middle\n",
    "program.md": "Điều 1. Một\n\nChữ <b>đậm</b>.\n\nĐiều 3. Ba\n\n[đây](../bi-mat.md) và chú thích[^1].\n",
    "commentary/a.md": "## Điều 9: Không có\n\nLời.\n\n::: quesion\nHỏi?\n:::\n",
    "sessions/b.md": "---\ntitle: Buổi 1\nreads: [Điều 12]\n---\n## Mục đích\n\nĐể học.\n",
}
CODES = ["REF_UNKNOWN", "FENCE_KIND", "HTML_RAW", "NUM_SEQ", "LINK_BAD", "FOOTNOTE_UNKNOWN"]
CODES += ["KEY_UNKNOWN", "DATE_BAD", "VALUE_CHOICE", "REF_UNKNOWN"]


def folder(tmp_path, files, name="so-tay"):
    for path, text in files.items():
        target = tmp_path / name / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")
    return tmp_path / name


def found(source):
    try:
        return manuscript.read(source)[1]
    except Problems as stopped:
        return stopped.problems


def run(*words):
    return CliRunner().invoke(app, [str(word) for word in words])


def test_ten_mistakes_are_ten_problems_in_order_of_place(tmp_path):
    problems = found(folder(tmp_path, TEN))
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    assert [problem.code for problem in errors] == CODES
    assert [problem.place for problem in errors] == sorted(problem.place for problem in errors)
    assert all(problem.place.line for problem in errors)


SMUGGLED = {
    "raw HTML": ("Điều 1. Một\n\n<iframe src='/etc/passwd'></iframe>\n", {}, "HTML_RAW"),
    "a script in a drawing": (
        "Điều 1. Một\n\n![x](figures/a.svg)\n",
        {"figures/a.svg": SAFE.replace("<path", "<script>alert(1)</script><path")},
        "SVG_UNSAFE",
    ),
    "an external reference in a drawing": (
        "Điều 1. Một\n\n![x](figures/a.svg)\n",
        {"figures/a.svg": SAFE.replace("<path", '<image href="http://example.org/a.png"/><path')},
        "SVG_UNSAFE",
    ),
    "an entity in a drawing": (
        "Điều 1. Một\n\n![x](figures/a.svg)\n",
        {"figures/a.svg": '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + SAFE},
        "SVG_UNSAFE",
    ),
    "a picture from elsewhere": ("Điều 1. Một\n\n![x](http://example.org/a.png)\n", {}, "PATH_OUTSIDE"),
    "a path out of the folder": ("Điều 1. Một\n\n![x](../bi-mat.svg)\n", {}, "PATH_OUTSIDE"),
    "a script for a link": ("Điều 1. Một\n\n[x](javascript:alert(1))\n", {}, "LINK_BAD"),
}


@pytest.mark.parametrize("what", SMUGGLED)
def test_what_is_smuggled_in_is_named(tmp_path, what):
    program, files, code = SMUGGLED[what]
    (tmp_path / "bi-mat.svg").write_text(SAFE.replace("<path", f"<title>{SECRET}</title><path"), "utf-8")
    problems = found(folder(tmp_path, {"program.md": program, **files}))
    assert [problem.code for problem in problems if problem.severity is Severity.ERROR] == [code]
    assert SECRET not in "".join(problem.line() for problem in problems)


@pytest.mark.parametrize("linked", ["program.md", "figures", "commentary"])
def test_a_link_out_of_the_folder_is_not_followed(tmp_path, linked):
    outside = tmp_path / "ngoai"
    outside.mkdir()
    (outside / "a.md").write_text(f"## Điều 1\n\n{SECRET}\n", "utf-8")
    files = (
        {"program.md": "Điều 1. Một\n\n![x](figures/a.svg)\n"} if linked == "figures" else {"program.md": "Điều 1. Một"}
    )
    source = folder(tmp_path, files)
    (source / linked).unlink(missing_ok=True)
    (source / linked).symlink_to(outside / "a.md" if linked == "program.md" else outside)
    problems = found(source)
    assert "PATH_OUTSIDE" in [problem.code for problem in problems]
    assert SECRET not in "".join(problem.line() for problem in problems)


@pytest.mark.press
def test_a_failed_build_leaves_the_shelf_as_it_was(tmp_path):
    source = folder(tmp_path, {"program.md": "Điều 1. Một\n\nLời.\n"})
    shelf = tmp_path / "gia"
    assert run("build", source, "--shelf", shelf).exit_code == 0
    before = {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in (shelf / "so-tay").iterdir()}
    folder(tmp_path, {"program.md": "Điều 1. Một\n\nĐiều 3. Ba\n"})
    failed = run("build", source, "--shelf", shelf, "--json")
    assert failed.exit_code == 1
    answer = json.loads(failed.stdout)
    assert answer["outputs"] == []
    assert [problem["code"] for problem in answer["problems"] if problem["severity"] == "error"] == ["NUM_SEQ"]
    assert {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in (shelf / "so-tay").iterdir()} == before


ARTICLE = """Làng mở lại hội đọc sách

12/3/2026 - 08:15

 - Sáng nay, bà con thôn Đoài họp ở đình, bàn việc mở lại hội đọc sách sau hai năm nghỉ.

Mỗi tối một trang, mỗi tuần một buổi

Hội có ba mươi hai người; ai cũng được mượn sách, kể cả khách. “Đọc chậm cũng được, miễn là đọc”, cụ trưởng hội nói.

Việc trước mắt gồm:
1. Dọn lại tủ sách;
2. Ghi lại sổ mượn * tính từ đầu năm [2026];
3. Mời <thầy giáo> cũ về kể chuyện_làng.

NGƯỜI LÀNG
"""


@pytest.mark.press
def test_an_article_becomes_a_book_without_losing_a_word(tmp_path):
    article = tmp_path / "bai-bao.txt"
    article.write_text(ARTICLE, "utf-8")
    assert run("import", article, "--into", tmp_path / "hoi-doc-sach", "--yes").exit_code == 0
    assert run("build", tmp_path / "hoi-doc-sach", "--shelf", tmp_path / "gia").exit_code == 0
    stem = tmp_path / "gia" / "hoi-doc-sach" / "hoi-doc-sach-nguoi-du"
    printed = "".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(f"{stem}.pdf"))
    with zipfile.ZipFile(f"{stem}.epub") as archive:
        markup = "".join(archive.read(name).decode() for name in archive.namelist() if name.endswith(".xhtml"))
    bound = re.sub(r"<[^>]+>", "", markup).replace("&lt;", "<").replace("&gt;", ">")
    for sentence in filter(None, re.split(r"\n+|(?<=[.;:”,]) ", ARTICLE)):
        letters = re.sub(r"\W", "", sentence)
        assert letters in re.sub(r"\W", "", printed), sentence
        assert letters in re.sub(r"\W", "", bound), sentence
