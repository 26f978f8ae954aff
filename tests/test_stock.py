"""What stands on a shelf is read as its lists say, and only where a build would have written them."""

import json
import os
import tracemalloc
from dataclasses import replace

import pytest

from builder import layout, shelf
from builder.problems import Problems, Severity
from builder.works import facts

FACTS = shelf.TitleFacts(
    "Sổ tay", date="2026-03-15", editions=(shelf.EditionFacts("nguoi-du", "text", "A5", 148, 210),), profile="noi-bo"
)


def file(name, data=b"data", kind="pdf"):
    return shelf.File(name, kind, "nguoi-du", 4, "0" * 64, data)


@pytest.fixture
def stand(tmp_path):
    """Put a publication on the shelf; return its folder."""

    def stand(slug="so-tay", facts=FACTS):
        folder = tmp_path / "shelf" / slug
        files = (file(f"{slug}-nguoi-du.pdf"), file(f"{slug}-nguoi-du.epub", b"book", "epub"))
        shelf.place_all({folder: files}, facts={folder: facts})
        return folder

    return stand


@pytest.fixture
def folder(stand):
    return stand()


def alter(folder, change):
    """Let somebody change the list of a publication."""
    path = folder / "manifest.json"
    told = json.loads(path.read_text("utf-8"))
    change(told)
    path.write_text(json.dumps(told), "utf-8")


def codes(folder):
    with pytest.raises(Problems) as stopped:
        shelf.stocked(folder)
    return [problem.code for problem in stopped.value.problems]


# --- what is there --------------------------------------------------------------------------------


def test_a_shelf_is_told_what_whoever_publishes_has_to_know(shelved):
    more = "original: {kind: Nghị quyết, number: '05-NQ/ĐU', date: 01/3/2026, issuer: Đảng bộ xã, subject: về dân vận}"
    publication = shelved.publication(more=f"{more}\nnotice: Chỉ là mẫu.\nebook: {{address: https://vidu.org/sach}}")
    edition = publication.settings.editions[0]
    told = facts.of(publication, layout.load(edition.layout, shelved.root / "layouts", edition.place))
    assert told.is_internal
    assert (told.profile, told.date, told.period) == ("noi-bo", "2026-03-15", "Quý I/2026")
    assert (told.unit, told.parent, told.compiled) == ("Chi bộ Thôn Đông", "Tên cơ quan cấp trên", "Tổ biên soạn")
    assert (told.notice, told.address, told.language) == ("Chỉ là mẫu.", "https://vidu.org/sach", "vi")
    assert told.original == shelf.OriginalFacts("Nghị quyết", "05-NQ/ĐU", "2026-03-01", "Đảng bộ xã", "về dân vận")
    assert [(each.name, each.audience) for each in told.editions][:2] == [
        ("nguoi-du", "participant"),
        ("chu-tri", "leader"),
    ]


def test_a_publication_is_what_its_list_says(folder):
    found = shelf.stocked(folder)
    assert (found.slug, found.folder, found.facts) == ("so-tay", folder, FACTS)
    assert [each.path for each in found.records] == ["so-tay-nguoi-du.epub", "so-tay-nguoi-du.pdf"]
    assert b"".join(shelf.pieces(folder, found.records[0])) == b"book"


def test_publications_come_by_name_and_all_else_is_passed_over(stand):
    for slug in ("hai", "ba", "mot"):
        stand(slug)
    there = stand("bon").parent
    (there / "notes.txt").write_text("mine")
    (there / "scans").mkdir()
    (there / ".hidden").mkdir()
    (there / ".hidden" / "manifest.json").write_text("{}")
    (there / "web").mkdir()
    (there / "web" / "manifest.json").write_text('{"name": "an app", "icons": []}')
    found = [shelf.stocked(each) for each in shelf.publications(there)]
    assert [each and each.slug for each in found] == ["ba", "bon", "hai", "mot", None]


def test_where_no_shelf_is_nothing_stands(tmp_path):
    assert list(shelf.publications(tmp_path / "shelf")) == []
    (tmp_path / "file").write_text("no shelf")
    assert list(shelf.publications(tmp_path / "file")) == []


def test_a_large_file_is_read_piece_by_piece(tmp_path):
    large = tmp_path / "shelf" / "so-tay"
    shelf.place_all({large: (file("so-tay-nguoi-du.pdf", b"%PDF" * 5_000_000),)}, facts={large: FACTS})
    record = shelf.stocked(large).records[0]
    tracemalloc.start()
    assert sum(map(len, shelf.pieces(large, record))) == record.bytes == 20_000_000
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()


# --- what is not as it should be ------------------------------------------------------------------


def test_the_list_of_an_earlier_version_does_not_say_what_it_is_of(folder):
    alter(folder, lambda told: (told.update(format=1), told.pop("publication")))
    assert codes(folder) == ["SHELF_OLD"]


def set_in(where, name, value):
    def change(told):
        (told[where][0] if where == "files" else told[where] if where else told)[name] = value

    return change


HOSTILE = {
    "another publication": set_in("", "slug", "khac"),
    "a format to come": set_in("", "format", 3),
    "no number": set_in("", "format", "2"),
    "no files": lambda told: told.pop("files"),
    "no facts": lambda told: told.pop("publication"),
    "files that are words": set_in("", "files", ["so-tay-nguoi-du.pdf"]),
    "a way out": set_in("files", "path", "../../etc/passwd"),
    "a whole path": set_in("files", "path", "/etc/passwd"),
    "a way of Windows": set_in("files", "path", "so-tay-..\\..\\x"),
    "a drive": set_in("files", "path", "c:so-tay-x"),
    "a folder": set_in("files", "path", "so-tay-a/../../../x"),
    "a line": set_in("files", "path", "so-tay-x\n"),
    "a page of the site": set_in("files", "path", "index.html"),
    "nothing": set_in("files", "path", ""),
    "large letters": set_in("files", "path", "so-tay-Nguoi-du.epub"),
    "the same name twice": lambda told: told["files"].append(dict(told["files"][0])),
    "a number for a name": set_in("files", "path", 7),
    "a size below nothing": set_in("files", "bytes", -1),
    "no digest": set_in("files", "sha256", "0" * 63),
    "an edition that is a way": set_in("files", "edition", "../x"),
    "a session that is a way": set_in("files", "part", "../x"),
    "no title": set_in("publication", "title", " "),
    "a title no page can hold": set_in("publication", "title", "a\0b"),
    "words that are none": set_in("publication", "unit", ["x"]),
    "no date": set_in("publication", "date", "15/3/2026"),
    "no language": set_in("publication", "language", '"><script>'),
    "a script for an address": set_in("publication", "address", "javascript:alert(1)"),
    "an edition called by markup": lambda told: told["publication"]["editions"][0].update(name="<b>"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_list_that_no_build_writes_is_a_problem(folder, name):
    alter(folder, HOSTILE[name])
    assert codes(folder) == ["SHELF_LIST"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[]",
        b"7",
        b"\xff\xfe",
        b'{"format": 2, "slug": "so-tay", "x": ' + b"[" * 200_000 + b"]" * 200_000 + b"}",
        b'{"format": 2, "slug": "so-tay", "files": [{"path": "\\ud800"}]}',
    ],
    ids=["empty", "torn", "a list", "a number", "no UTF-8", "deep", "half a letter"],
)
def test_a_list_that_is_none_is_a_problem(folder, data):
    (folder / "manifest.json").write_bytes(data)
    assert codes(folder) == ["SHELF_LIST"]


def test_a_list_larger_than_any_is_not_read(folder):
    with (folder / "manifest.json").open("wb") as file:
        file.truncate(10_000_000_000)  # on the disk it takes no room
    assert codes(folder) == ["SHELF_LIST"]


def test_a_list_that_is_a_link_is_not_followed(folder):
    (folder / "manifest.json").rename(folder.parent / "elsewhere.json")
    (folder / "manifest.json").symlink_to(folder.parent / "elsewhere.json")
    assert codes(folder) == ["SHELF_LIST"]


def test_a_publication_that_is_a_link_is_passed_over_and_said(folder, tmp_path):
    moved = folder.rename(tmp_path / "so-tay")
    folder.symlink_to(moved)
    with pytest.raises(Problems) as stopped:
        shelf.stocked(folder)
    assert [(each.code, each.severity) for each in stopped.value.problems] == [("SHELF_LINK", Severity.WARNING)]


def test_files_that_are_not_as_listed_are_problems(folder, tmp_path):
    (folder / "so-tay-nguoi-du.epub").unlink()
    (folder / "so-tay-nguoi-du.pdf").write_bytes(b"longer than it was")
    assert codes(folder) == ["SHELF_LOST", "SHELF_CHANGED"]
    (tmp_path / "book").write_bytes(b"book")
    (folder / "so-tay-nguoi-du.epub").symlink_to(tmp_path / "book")
    os.mkfifo(folder / "pipe")
    (folder / "pipe").rename(folder / "so-tay-nguoi-du.pdf")
    assert codes(folder) == ["SHELF_LOST", "SHELF_LOST"]


def test_a_file_of_other_bytes_is_noticed_while_it_is_read(folder):
    (folder / "so-tay-nguoi-du.epub").write_bytes(b"BOOK")
    record = shelf.stocked(folder).records[0]
    with pytest.raises(Problems, match="SHELF_CHANGED"):
        list(shelf.pieces(folder, record))
    with pytest.raises(Problems, match="SHELF_LOST"):
        list(shelf.pieces(folder, replace(record, path="so-tay-gone.epub")))
