"""The source folder: what is read, in which order, and what is kept out."""

import unicodedata

import pytest

from builder import manuscript
from builder.problems import Problems

PROGRAM = "Điều 1. A\n\nB.\n"


@pytest.fixture
def source(tmp_path):
    folder = tmp_path / "sach"
    folder.mkdir()
    (folder / "program.md").write_text(PROGRAM, "utf-8")
    return folder


def found(folder):
    try:
        return manuscript.read(folder)[1]
    except Problems as error:
        return error.problems


def codes(folder):
    return [problem.code for problem in found(folder)]


def test_one_file_is_enough(source):
    publication, problems = manuscript.read(source)
    assert problems == ()
    assert (publication.slug, publication.settings.title) == ("sach", "sach")
    assert publication.program.clauses[0].place.file == f"{source.as_posix()}/program.md"


def test_places_name_files_as_the_user_did(source, monkeypatch):
    monkeypatch.chdir(source.parent)
    (source / "program.md").write_text("Điều 2. A\n", "utf-8")
    from pathlib import Path  # noqa: PLC0415 - relative on purpose, after chdir

    assert [str(problem.place) for problem in found(Path("sach/"))] == ["sach/program.md:1:1"]
    monkeypatch.chdir(source)
    assert [str(problem.place) for problem in found(Path())] == ["program.md:1:1"]


def test_files_come_in_the_order_of_their_names_2_before_10(source):
    (source / "front").mkdir()
    for name in ("10-muoi.md", "2-hai.md", ".an.md", "01-mot.txt"):
        (source / "front" / name).write_text(f"# {name}\n\nChữ.\n", "utf-8")
    publication, _ = manuscript.read(source)
    assert [matter.title[0].text for matter in publication.front] == ["2-hai.md", "10-muoi.md"]


def test_a_link_that_leads_out_is_refused(source):
    outside = source.parent / "ngoai"
    outside.mkdir()
    (outside / "a.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', "utf-8")
    (outside / "b.md").write_text("# B\n", "utf-8")
    (source / "figures").symlink_to(outside)
    (source / "front").symlink_to(outside)
    (source / "glossary.md").symlink_to(outside / "b.md")
    (source / "program.md").write_text(f"{PROGRAM}\n![a](figures/a.svg)\n", "utf-8")
    assert codes(source) == ["PATH_OUTSIDE"] * 3


def test_a_link_inside_the_folder_is_followed(source):
    (source / "ban-goc").mkdir()
    (source / "program.md").rename(source / "ban-goc" / "a.txt")
    (source / "program.md").symlink_to(source / "ban-goc" / "a.txt")
    assert codes(source) == ["FILE_UNKNOWN"]


def test_a_ring_of_links_is_refused(source):
    (source / "glossary.md").symlink_to(source / "glossary.md")
    assert codes(source) in (["PATH_OUTSIDE"], [])


def test_a_program_that_is_a_link_out_gives_nothing_away(source):
    (source.parent / "mat.md").write_text("Điều 9. X\n", "utf-8")
    (source / "program.md").unlink()
    (source / "program.md").symlink_to(source.parent / "mat.md")
    assert codes(source) == ["PATH_OUTSIDE"]


def test_text_is_read_in_normal_form(source):
    decomposed = unicodedata.normalize("NFD", "\ufeffĐiều 1. Phạm vi\r\n\r\nTiếng Việt.\r\n")
    (source / "program.md").write_bytes(decomposed.encode())
    publication, problems = manuscript.read(source)
    assert problems == ()
    assert publication.program.clauses[0].title[0].text == "Phạm vi"


def test_a_picture_whose_name_is_decomposed_is_found(source):
    (source / "figures").mkdir()
    name = unicodedata.normalize("NFD", "sơ-đồ.svg")
    (source / "figures" / name).write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', "utf-8")
    (source / "program.md").write_text(f"{PROGRAM}\n![Sơ đồ](figures/sơ-đồ.svg)\n", "utf-8")
    assert codes(source) == []


@pytest.mark.parametrize("mark", ["MẬT", "TỐI MẬT", "**TUYỆT MẬT**", "# MẬT  "])
def test_a_secrecy_mark_stops_everything(source, mark):
    (source / "front").mkdir()
    (source / "front" / "a.md").write_text(f"# A\n\n{mark}\n", "utf-8")
    assert codes(source) == ["SECRET_MARK"]


def test_a_line_that_only_speaks_of_secrets_is_let_pass(source):
    (source / "program.md").write_text("Điều 1. Tài liệu MẬT\n\nMật ong.\n", "utf-8")
    assert codes(source) == []


def test_old_encodings_are_told_by_line(source):
    (source / "program.md").write_bytes("Điều 1. A\n".encode() + b"Ch\xad\xacng\n")
    (problem,) = found(source)
    assert (problem.code, problem.place.line) == ("ENC_UTF8", 2)


def test_strangers_in_the_folder(source):
    for name in ("sesions", ".git", "hinh"):
        (source / name).mkdir()
    for name in ("Program.md", "README.md", "publication.yml", "ghi-chu.txt", "khac.lock", "glossary.txt"):
        (source / name).write_text("x", "utf-8")
    names = [dict(problem.values)["name"] for problem in found(source)]
    assert names == ["Program.md", "glossary.txt", "hinh", "publication.yml", "sesions"]


def test_what_lies_unread_in_a_folder_that_is_read(source):
    (source / "commentary" / "phan-1").mkdir(parents=True)
    for name in ("A.MD", "b.txt", "c.docx", "hinh.png", "~$c.docx", ".an.txt"):
        (source / "commentary" / name).write_text("x", "utf-8")
    problems = [(problem.code, dict(problem.values)["name"]) for problem in found(source)]
    assert problems == [
        ("FILE_UNKNOWN", "commentary/A.MD"),
        ("FILE_UNKNOWN", "commentary/b.txt"),
        ("FILE_UNKNOWN", "commentary/c.docx"),
        ("FOLDER_DEEP", "commentary/phan-1"),
    ]


def test_a_name_is_found_even_where_links_lead_in_a_ring(tmp_path):
    (tmp_path / "vong").symlink_to("vong")
    assert manuscript.slug_of(tmp_path / "vong") == "vong"
    assert [problem.code for problem in found(tmp_path / "vong")] == ["SOURCE_MISSING"]
