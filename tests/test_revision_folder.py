"""A source folder is given a new version: notes, readings, references stand at the right clauses, nothing is lost."""

import csv
import io
import json
from pathlib import Path

import jsonschema
import pytest
from typer.testing import CliRunner

from builder import manuscript, problems, shelf
from builder.cli import app, revise
from builder.problems import Problems
from builder.publication import passages, plain, walk
from builder.shelf import source as disk
from builder.works import leaflet as leaflets
from builder.works import revise as works
from builder.works.changes import between

ROOT = Path(__file__).resolve().parent.parent
OLD = """\
# Chương I. QUY ĐỊNH CHUNG

## Điều 1. Sinh hoạt

1. Chi bộ họp mỗi tháng một lần vào tuần đầu của tháng.

2. Chi ủy chuẩn bị nội dung và gửi giấy mời trước ba ngày.

3. Bí thư chủ trì cuộc họp, kết luận từng vấn đề một.

## Điều 2. Học tập chuyên đề

Mỗi quý chi bộ học một chuyên đề do đảng ủy hướng dẫn.

## Điều 3. Đảng phí

Đảng viên đóng đảng phí trước ngày hai mươi hằng tháng.

# Chương II. TỔ CHỨC THỰC HIỆN

## Điều 4. Kinh phí

1. Kinh phí lấy từ đảng phí được trích giữ lại theo quy định.

2. Kế toán công khai thu chi tại hội nghị cuối năm.

## Điều 5. Điều khoản thi hành

Các chi bộ trực thuộc chịu trách nhiệm thi hành quy định này.
"""
NEW = """\
# Chương I. QUY ĐỊNH CHUNG

## Điều 1. Nguyên tắc

Mọi việc đều bàn bạc dân chủ rồi biểu quyết theo đa số quá bán.

## Điều 2. Sinh hoạt

1. Chi bộ họp mỗi tháng hai lần, vào tuần đầu và tuần cuối của tháng.

2. Bí thư chủ trì cuộc họp, kết luận từng vấn đề một.

3. Chi ủy chuẩn bị nội dung và gửi giấy mời trước ba ngày.

## Điều 3. Đảng phí

Đảng viên đóng đảng phí trước ngày hai mươi hằng tháng.

# Chương II. TỔ CHỨC THỰC HIỆN

## Điều 4. Điều khoản thi hành

Các chi bộ trực thuộc chịu trách nhiệm thi hành quy định này.

## Điều 5. Kinh phí

1. Kinh phí lấy từ đảng phí được trích giữ lại theo quy định.

2. Kế toán công khai thu chi tại hội nghị cuối năm.
"""
NOTES = """\
# Làm rõ thêm

## khoản 1 Điều 1: Vì sao họp đều

Xem {khoan:Điều 5} và {trang:khoản 2 Điều 4}.[^1]

## Điều 2: Học chuyên đề

Bàn về việc học.[^2]

## Điều 4; Điều 5: Tiền và trách nhiệm

Lời bàn về tiền.

[^1]: Dẫn {khoan:Điều 3}.
[^2]: Chỉ lời bàn này gọi.
"""
SESSION = '---\ntitle: Buổi 1\nreads: ["Điều 1–3", 4.2]\n---\n\n## Mục đích\n\nHọc {khoan:Điều 4}.\n'


@pytest.fixture
def folder(tmp_path):
    """A source folder, and beside it a new version of its programme."""
    files = {
        "publication.yaml": "format: 1\ntitle: Quy chế chi bộ\n",
        "program.md": OLD,
        "commentary/01.md": NOTES,
        "sessions/01.md": SESSION,
        "front/01-loi-dau.md": "# Lời đầu\n\nNhớ đọc {khoan:Điều 4}.\n",
        "glossary.md": "Đảng phí\n: Tiền đảng viên đóng, xem {khoan:Điều 3}.\n",
    }
    shelf.write_source(tmp_path / "quy-che", files)
    shelf.write_source(tmp_path / "moi", {"program.md": NEW})
    return tmp_path / "quy-che"


@pytest.fixture
def run(folder, monkeypatch):
    """Type a command line beside the folder; nobody is there to be asked."""
    monkeypatch.chdir(folder.parent)
    monkeypatch.setenv("COLUMNS", "100")
    return lambda *words: CliRunner().invoke(app, list(words))


def everything(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def revised(folder, answers=None, *, relock=False):
    revision = works.prepared(folder, folder.parent / "moi")
    given = works.suggestions(revision.questions) | (answers or {})
    return works.follow(revision, given, relock=relock)


# --- where everything stands afterwards -----------------------------------------------------------


def test_every_note_stands_at_the_clause_it_spoke_of(folder):
    revised(folder)
    publication, _ = manuscript.read(folder)
    titles = {clause.id: plain(clause.title) for clause in walk(publication.program.clauses)}
    standing = {plain(note.title): note.clauses for note in publication.notes}
    assert standing["Vì sao họp đều"] == ("chuong-1.dieu-2.khoan-1",)
    assert standing["Học chuyên đề"] == ("chuong-1",)  # its clause is gone: it went to the one around it
    assert [titles[name] for name in standing["Tiền và trách nhiệm"]] == ["Điều khoản thi hành", "Kinh phí"]


def test_every_session_reads_what_it_read(folder):
    before = manuscript.read(folder)[0]
    revised(folder)
    after = manuscript.read(folder)[0]

    def read(publication):
        titles = {clause.id: plain(clause.title) for clause in walk(publication.program.clauses)}
        return {titles[name] for reading in publication.sessions[0].reads for name in reading.clauses}

    assert read(after) == read(before) - {"Học tập chuyên đề"}
    assert [reading.citation for reading in after.sessions[0].reads] == ["Điều 2–3", "5.2"]


def test_every_reference_leads_where_it_led(folder):
    revised(folder)
    notes = (folder / "commentary/01.md").read_text("utf-8")
    assert "Xem {khoan:Điều 4} và {trang:khoản 2 Điều 5}.[^1]" in notes
    assert "[^1]: Dẫn {khoan:Điều 3}." in notes
    assert "Nhớ đọc {khoan:Điều 5}." in (folder / "front/01-loi-dau.md").read_text("utf-8")
    assert "Học {khoan:Điều 5}." in (folder / "sessions/01.md").read_text("utf-8")


def test_the_old_folder_stands_beside_the_new_one_as_it_was(folder):
    before = everything(folder)
    first = revised(folder).kept
    assert first.name == "quy-che-truoc-1"
    assert everything(first) == before
    assert everything(folder)["glossary.md"] == before["glossary.md"]
    shelf.replace_source(folder, {"glossary.md": "x\n"}, works.KEPT)
    assert (folder.parent / "quy-che-truoc-2").is_dir()


def test_an_entry_with_no_clause_left_is_set_aside_with_its_footnote(folder):
    revision = works.prepared(folder, folder.parent / "moi")
    alone = {each.match.old: "" for each in revision.questions}
    object.__setattr__(revision, "matching", without_heirs(revision.matching))
    done = works.follow(revision, alone, relock=False)
    aside = (folder / works.ASIDE).read_text("utf-8")
    assert "## Điều 2: Học chuyên đề\n\nBàn về việc học.[^2]" in aside
    assert "[^2]: Chỉ lời bàn này gọi." in aside
    left = (folder / "commentary/01.md").read_text("utf-8")
    assert "Học chuyên đề" not in left
    assert "[^2]" not in left
    assert "[^1]: Dẫn" in left
    assert "REVISION_ASIDE" in {problem.code for problem in done.warnings}
    assert manuscript.read(folder)[1] == ()


def without_heirs(matching):
    from dataclasses import replace  # noqa: PLC0415 - for this one trap

    return replace(matching, matches=tuple(replace(each, heir="") for each in matching.matches))


def test_what_lost_its_clause_is_told_of(folder):
    (folder / "back").mkdir()
    (folder / "back/01.md").write_text("# Phụ lục\n\nTheo {khoan:Điều 2} và [đây](#chuong-1.dieu-2).\n", "utf-8")
    (folder / "sessions/02.md").write_text("---\ntitle: Buổi 2\nreads: [Điều 2]\n---\nHọc.\n", "utf-8")
    found = {problem.code for problem in revised(folder).warnings}
    assert found == {"REVISION_LIFTED", "REVISION_UNREAD", "REVISION_UNLINKED"}
    assert (folder / "back/01.md").read_text("utf-8") == "# Phụ lục\n\nTheo Điều 2 và đây.\n"
    assert 'reads: [""]' in (folder / "sessions/02.md").read_text("utf-8")


def test_mere_words_that_cite_the_old_version_are_told_of_and_left(folder):
    text = (
        "# Phụ lục\n\nTheo khoản 2 Điều 4 và Điều 3.\n\n"
        "Đối chiếu Điều 4 Luật Thư viện, khoản 1 Điều 1 của Điều lệ Đảng.\n\n"
        "Lại nói Điều 5.\n"
    )
    (folder / "back").mkdir()
    (folder / "back/01.md").write_text(text, "utf-8")
    told = [dict(each.values) for each in revised(folder).warnings if each.code == "REVISION_MENTION"]
    assert [(each["citation"], each["became"]) for each in told] == [
        ("khoản 2 Điều 4", "khoản 2 Điều 5"),
        ("Điều 5", "Điều 4"),
    ]
    assert (folder / "back/01.md").read_text("utf-8") == text


def test_numbers_out_of_sequence_in_the_new_version_are_kept_as_printed(folder):
    odd = NEW.replace("## Điều 5.", "## Điều 7.")
    (folder.parent / "moi/program.md").write_text(odd, "utf-8")
    revised(folder)
    assert "numbering: as-printed" in (folder / "publication.yaml").read_text("utf-8")
    assert "Điều 7; Điều 4" in (folder / "commentary/01.md").read_text("utf-8")


# --- nothing half done ----------------------------------------------------------------------------


@pytest.mark.parametrize("step", ["copytree", "_put", "_change_places"])
def test_writing_that_is_broken_off_leaves_the_folder_as_it_was(folder, monkeypatch, step):
    before = everything(folder)

    def broken(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(disk.shutil if step == "copytree" else disk, step, broken)
    with pytest.raises(Problems) as stopped:
        revised(folder)
    assert [problem.code for problem in stopped.value.problems] == ["SHELF_FULL"]
    assert everything(folder) == before
    assert sorted(path.name for path in folder.parent.iterdir()) == ["moi", "quy-che"]


def test_a_crash_between_the_two_names_is_mended_by_the_next_command(folder, monkeypatch):
    before = everything(folder)
    rename = Path.rename
    renamed = []

    def dies(path, target):
        if renamed:
            raise KeyboardInterrupt
        renamed.append(path)
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", dies)
    with pytest.raises(KeyboardInterrupt):
        revised(folder)
    monkeypatch.setattr(Path, "rename", rename)
    assert everything(folder.parent / "quy-che-truoc-1") == before
    assert not folder.exists()
    assert shelf.mend_source(folder)
    assert "Điều 2: Vì sao họp đều" in (folder / "commentary/01.md").read_text("utf-8")


def test_a_new_folder_that_would_not_read_does_not_take_the_place_of_the_old(folder, monkeypatch):
    before = everything(folder)
    monkeypatch.setattr(works, "_files", lambda *_: iter([("program.md", "Điều 1. Một mình\n\nChỉ còn một điều.\n")]))
    with pytest.raises(Problems) as stopped:
        revised(folder)
    assert {problem.code for problem in stopped.value.problems} >= {"REF_UNKNOWN"}
    assert all(problem.place.file.startswith(folder.as_posix()) for problem in stopped.value.problems)
    assert everything(folder) == before


def test_a_locked_programme_is_replaced_only_when_asked_and_locked_again(folder):
    shelf.write_file(folder / manuscript.LOCK, manuscript.locked(folder).encode())
    with pytest.raises(Problems) as stopped:
        revised(folder)
    assert [problem.code for problem in stopped.value.problems] == ["REVISION_LOCKED"]
    assert (folder / "program.md").read_text("utf-8") == OLD
    revised(folder, relock=True)
    assert manuscript.locked(folder) is None


# --- the command line -----------------------------------------------------------------------------


def test_without_anybody_to_ask_doubts_stop_the_command(run, folder):
    before = everything(folder)
    done = run("import", "moi/program.md", "--into", "quy-che", "--revise")
    assert done.exit_code == 1
    assert "REVISION_UNSURE" in done.stderr
    assert "Cần xem lại (1)" in done.stdout
    assert everything(folder) == before


def test_relock_goes_with_revise_only(run):
    done = run("import", "moi/program.md", "--into", "khac", "--relock")
    assert done.exit_code == 2
    assert "--revise" in done.stderr


def test_yes_takes_the_suggestions_and_reports_them(run, folder):
    done = run("import", "moi/program.md", "--into", "quy-che", "--revise", "--yes")
    assert done.exit_code == 0, done.stderr
    assert "đã bỏ; chuyển lên Chương I" in done.stdout
    assert "REVISION_LIFTED" in done.stderr
    assert "quy-che-truoc-1" in done.stdout
    assert manuscript.read(folder)[1] == ()


def test_with_nothing_in_doubt_nobody_need_be_asked(run, folder):
    (folder / "commentary/01.md").write_text("## Điều 3: Đúng hạn\n\nLời bàn.\n", "utf-8")
    (folder / "sessions/01.md").write_text("---\ntitle: Buổi 1\nreads: [Điều 5]\n---\nHọc.\n", "utf-8")
    done = run("import", "moi/program.md", "--into", "quy-che", "--revise")
    assert done.exit_code == 0, done.stderr
    assert "reads: [Điều 4]" in (folder / "sessions/01.md").read_text("utf-8")


@pytest.mark.usefixtures("run")
@pytest.mark.parametrize(("key", "written"), [("c", True), ("k", False)])
def test_on_a_terminal_the_table_is_accepted_as_a_whole(folder, monkeypatch, key, written):
    monkeypatch.setattr(revise.sys, "stdin", type("Terminal", (), {"isatty": lambda _: True})())
    monkeypatch.setattr("builtins.input", lambda _: key)
    revise.run(revise.Order("moi/program.md", "quy-che", yes=False, review="", relock=False))
    assert (folder.parent / "quy-che-truoc-1").exists() is written


def table(path, separator=";"):
    return list(csv.reader(io.StringIO(path.read_text("utf-8-sig")), delimiter=separator))


def test_doubts_are_written_to_a_table_and_followed_as_mended(run, folder):
    words = ("import", "moi/program.md", "--into", "quy-che", "--revise", "--review", "bang.csv")
    assert run(*words).exit_code == 0
    path = folder.parent / "bang.csv"
    head, row = table(path)
    assert head[0] == "id"
    assert row[:2] == ["chuong-1.dieu-2", "Điều 2"]
    assert (folder / "program.md").read_text("utf-8") == OLD
    row[3] = "Điều 1"
    mended = io.StringIO()
    csv.writer(mended, delimiter="\t").writerows([head, row])
    path.write_bytes(mended.getvalue().encode("utf-16"))  # as a spreadsheet may save it
    done = run(*words)
    assert done.exit_code == 0, done.stderr
    assert "## Điều 1: Học chuyên đề" in (folder / "commentary/01.md").read_text("utf-8")


@pytest.mark.parametrize(("answer", "code"), [("Điều 99", "REVISION_ANSWER"), (None, "REVISION_MISSING")])
def test_a_table_that_does_not_answer_stops_the_command(run, folder, answer, code):
    words = ("import", "moi/program.md", "--into", "quy-che", "--revise", "--review", "bang.csv")
    run(*words)
    path = folder.parent / "bang.csv"
    head, row = table(path)
    row[3] = answer or ""
    rows = [head, row] if answer else [head]
    path.write_text("\n".join(";".join(f'"{cell}"' for cell in each) for each in rows), "utf-8")
    done = run(*words)
    assert done.exit_code == 1
    assert code in done.stderr
    assert (folder / "program.md").read_text("utf-8") == OLD


def test_a_table_cannot_carry_a_formula(folder):
    formula = OLD.replace("Mỗi quý chi bộ", "=CMD() chi bộ").replace("Điều 2. Học tập chuyên đề", "Điều 2.")
    (folder / "program.md").write_text(formula, "utf-8")
    text = works.table(works.prepared(folder, folder.parent / "moi"), ["a", "b", "c", "d", "e", "f"], "{heir}")
    assert "'=CMD()" in text


# --- what changed ---------------------------------------------------------------------------------


def test_the_list_of_changes_reads_well(run):
    done = run("changes", "quy-che", "moi")
    assert done.exit_code == 0, done.stderr
    said = " ".join(done.stdout.split())
    assert "Điều khoản mới (1): Điều 1 Nguyên tắc." in said
    assert "Điều khoản bỏ (1): Điều 2 Học tập chuyên đề." in said
    assert "Chi bộ họp mỗi tháng [bỏ: một lần] [thêm: hai lần,] vào tuần đầu" in said
    assert "Điều 1 → Điều 2" in said


def test_two_versions_alike_have_no_changes(run):
    assert run("changes", "moi", "moi/program.md").stdout == "Hai bản không khác nhau chữ nào.\n"


def test_a_machine_is_told_the_same(run):
    done = run("changes", "quy-che", "moi", "--json")
    answer = json.loads(done.stdout)
    schema = json.loads((ROOT / "builder/schemas/changes.schema.json").read_text("utf-8"))
    jsonschema.validate(answer, schema)
    assert [each["new"][0]["citation"] for each in answer["added"]] == ["Điều 1"]
    assert {"did": "gone", "words": " một lần"} in answer["reworded"][0]["words"]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(answer | {"added": [{}]}, schema)


def test_the_leaflet_is_a_source_that_reads_without_a_word_of_warning(run, folder):
    done = run("changes", "quy-che", "moi", "--leaflet", "to-gap")
    assert done.exit_code == 0, done.stderr
    publication, found = manuscript.read(folder.parent / "to-gap")
    assert found == ()
    heads = [plain(clause.title) for clause in publication.program.clauses]
    assert heads == [
        "Điều khoản mới",
        "Điều khoản bỏ",
        "Điều khoản chuyển chỗ",
        "Điều khoản sửa lời",
        "Điều khoản đổi số",
    ]
    below = [plain(child.title) for clause in publication.program.clauses for child in clause.children]
    assert below[:2] == ["Điều 1 (mới)", "Điều 2 (bỏ)"]


def test_an_odd_number_does_not_open_a_clause_of_the_leaflet(run, folder):
    (folder.parent / "moi/program.md").write_text(
        f"{NEW}\n## Điều 1.12.LQ.5. Phạm vi\n\nÁp dụng cho mọi chi bộ.\n", "utf-8"
    )
    assert run("changes", "quy-che", "moi", "--leaflet", "to-gap").exit_code == 0
    publication, found = manuscript.read(folder.parent / "to-gap")
    assert found == ()
    titles = [plain(clause.title) for clause in walk(publication.program.clauses)]
    assert "\xa0Điều 1.12.LQ.5 (mới)" in titles


def test_what_looks_like_markup_or_a_label_is_printed_as_it_is(tmp_path):
    old = "Điều 1. Ký hiệu\n\n1. Ghi chữ *a* vào sổ.\n"
    new = "Điều 1. Ký hiệu\n\n1. Ghi chữ \\[b\\] và \\# vào sổ.\n\n2. \\1. Một dòng có số ở đầu, viết như thế này.\n"
    shelf.write_source(tmp_path / "cu", {"program.md": old})
    shelf.write_source(tmp_path / "moi", {"program.md": new})
    words = dict.fromkeys(("title", "subtitle", "key", "before", "after", "below", "number", "preamble"), "lời")
    lists = ("added", "removed", "split", "merged", "moved", "reworded", "renumbered")
    words |= {name: f"Phần {name}" for name in lists} | {f"mark_{name}": name for name in lists}
    files = leaflets.leaflet(between(tmp_path / "cu", tmp_path / "moi"), words)
    shelf.write_source(tmp_path / "to-gap", files)
    publication, found = manuscript.read(tmp_path / "to-gap")
    assert [problem for problem in found if problem.severity is problems.Severity.ERROR] == []
    said = [words for clause in walk(publication.program.clauses) for words in passages(clause.body)]
    assert "1. Một dòng có số ở đầu, viết như thế này." in said
    assert "Ghi chữ [a] [b] và # vào sổ." in said
