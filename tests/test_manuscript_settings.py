"""``publication.yaml``: read into settings, and described by a schema that is kept up to date."""

import datetime
import json

import jsonschema
import pytest

from builder import manuscript
from builder.manuscript import yaml
from builder.problems import Problems
from builder.publication import Edition, Organisation, Original, People, Trim

FULL = """
format: 1
title: Chương trình hành động số 05
subtitle: Tài liệu học tập
notice: Bản mẫu
kind: tài liệu học tập
language: vi
date: 30/4/2021
period: Quý II/2021
organisation: {parent: Đảng bộ, unit: Chi bộ, address: hoi-vien}
people: {compiled: Tổ biên soạn, approved: Chi ủy}
original: {kind: Chương trình, number: 05, date: 2021-04-29, issuer: Ban Chấp hành, subject: về xây dựng Đảng}
imprint: {profile: khong-kinh-doanh}
toc: end
tone_style: new
numbering: as-printed
notes: page
abbreviations:
  MTTQ: Mặt trận Tổ quốc
  2G: 5.10
editions:
  nguoi-du: {layout: text, trim: vn-14.5x20.5, outputs: [press, epub]}
  chu-lon: {type: large, audience: leader, trim: A4, outputs: pdf}
"""


@pytest.fixture
def read(tmp_path):
    """Write ``publication.yaml``; the settings and the codes of the problems come back."""
    folder = tmp_path / "sach"
    folder.mkdir()
    (folder / "program.md").write_text("Điều 1. A\n\nB.\n", "utf-8")

    def settings(text):
        (folder / "publication.yaml").write_text(text, "utf-8")
        try:
            publication, problems = manuscript.read(folder)
        except Problems as error:
            return None, [(problem.code, problem.place.line) for problem in error.problems]
        return publication.settings, [(problem.code, problem.place.line) for problem in problems]

    return settings


def test_every_key_is_read(read):
    settings, problems = read(FULL)
    assert {code for code, _ in problems} == {"VALUE_LATER"}
    assert settings.title == "Chương trình hành động số 05"
    assert settings.date == datetime.date(2021, 4, 30)
    assert settings.organisation == Organisation("Đảng bộ", "Chi bộ", "hoi-vien")
    assert settings.people == People("Tổ biên soạn", "Chi ủy")
    assert settings.original == Original(
        "Chương trình", "05", datetime.date(2021, 4, 29), "Ban Chấp hành", "về xây dựng Đảng"
    )
    assert (settings.imprint_profile, settings.toc, settings.tone_style) == ("khong-kinh-doanh", "end", "new")
    assert (settings.numbering, settings.notes) == ("as-printed", "page")
    assert settings.abbreviations == (("MTTQ", "Mặt trận Tổ quốc"), ("2G", "5.10"))
    assert settings.editions == (
        Edition("nguoi-du", "text", Trim("vn-14.5x20.5", 145, 205), ("press", "epub")),
        Edition("chu-lon", "interleaved", Trim("A4", 210, 297), ("pdf",), "leader", "large", "nguoi-du"),
    )


def test_without_editions_there_is_one_to_hold_one_in_large_type_and_one_for_the_phone(read):
    settings, problems = read("title: A\nperiod:\n")
    assert problems == []
    assert settings.editions == (
        Edition("nguoi-du", "interleaved", Trim("A5", 148, 210), ("pdf", "booklet", "epub"), "participant"),
        Edition("chu-lon", "interleaved", Trim("A4", 210, 297), ("pdf",), type="large", folios_of="nguoi-du"),
        Edition("dien-thoai", "interleaved", Trim("phone", 90, 160), ("pdf",), folios_of="nguoi-du"),
    )
    assert (settings.period, settings.imprint_profile, settings.numbering) == ("", "noi-bo", "strict")


@pytest.mark.parametrize(
    ("text", "sides"), [("120x190", (120, 190)), ("135.5 × 200 mm", (135.5, 200)), ("A6", (105, 148))]
)
def test_a_page_has_a_name_or_two_sides(read, text, sides):
    settings, problems = read(f"editions: {{a: {{trim: {text}}}}}")
    assert problems == []
    trim = settings.editions[0].trim
    assert (trim.width, trim.height) == sides


def test_the_page_numbers_shown_are_those_of_the_first_book_in_the_common_size(read):
    text = (
        "editions:\n  to-roi: {layout: handout, per: session}\n  chu-lon: {type: large}\n  a: {}\n  b: {}\n"
        "  dien-thoai: {trim: phone, folios_of: b}\n  rieng: {trim: phone, folios_of: none}\n"
    )
    settings, problems = read(text)
    assert problems == []
    assert {each.name: each.folios_of for each in settings.editions} == {
        "to-roi": "a",
        "chu-lon": "a",
        "a": "",
        "b": "",
        "dien-thoai": "b",
        "rieng": "",
    }


@pytest.mark.parametrize(("text", "title"), [("", "sach"), ("title: ''", "sach"), ("title: 2026", "2026")])
def test_a_title_is_found(read, text, title):
    assert read(text)[0].title == title


def test_the_first_free_heading_is_the_title_of_a_folder_that_names_none(tmp_path):
    (tmp_path / "sach").mkdir()
    (tmp_path / "sach" / "program.md").write_text("# Quy chế *in sách*\n\nĐiều 1. A\n\nB.\n", "utf-8")
    assert manuscript.read(tmp_path / "sach")[0].settings.title == "Quy chế in sách"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tile: A\ntoc: giữa", [("KEY_UNKNOWN", 1), ("VALUE_CHOICE", 2)]),
        ("people: {complied: A}", [("KEY_UNKNOWN", 1)]),
        ("date: 31/4/2021\norginal: {}", [("DATE_BAD", 1), ("KEY_UNKNOWN", 2)]),
        ("editions:\n  a b: {}\n  c:\n    trim: B5", [("KEY_NAME", 2), ("TRIM_BAD", 4)]),
        ("editions: {a: {trim: 20x30}}", [("TRIM_BAD", 1)]),
        ("editions: {a: {trim: 500x300}}", [("TRIM_BAD", 1)]),
        ("editions:\n  a: {}\n  b:\n    folios_of: c", [("VALUE_CHOICE", 4)]),
        ("editions:\n  a: {}\n  b: {folios_of: b}", [("VALUE_CHOICE", 3)]),
        ("editions:\n  a: {folios_of: b}\n  b: {folios_of: a}", [("VALUE_CHOICE", 2), ("VALUE_CHOICE", 3)]),
        ("editions:\n  a: {per: session}\n  b: {folios_of: a}", [("VALUE_CHOICE", 3)]),
        ("editions: [a]", [("VALUE_GROUP", 1)]),
        ("- a", [("FILE_KEYS", 1)]),
        ("a: b: c", [("YAML_SYNTAX", 1)]),
        ("title: A\ntitle: B\ntitle: C", [("KEY_TWICE", 2), ("KEY_TWICE", 3)]),
        ("format: 2", [("FORMAT_UNKNOWN", 1)]),
        ("format: một", [("VALUE_NUMBER", 1)]),
        ("a: &x 1", [("YAML_FEATURE", 1)]),
        ("a: !!python/object:os.system x", [("YAML_FEATURE", 1)]),
    ],
)
def test_every_mistake_is_found_at_its_line(read, text, expected):
    assert read(text) == (None, expected)


def test_yaml_becomes_plain_data_for_those_who_want_no_places():
    data, problems = yaml.load("a: 1\nb: [x, 2.5, '3', true, null]\nc: {d: ''}\n", "layout.yaml")
    assert problems == ()
    assert data == {"a": 1, "b": ["x", 2.5, "3", True, None], "c": {"d": ""}}
    assert yaml.load("", "layout.yaml") == ({}, ())
    assert [problem.code for problem in yaml.load("- a", "layout.yaml")[1]] == ["FILE_KEYS"]


def test_characters_an_escape_makes_are_those_of_a_text():
    data, found = yaml.load('a: "x\\0y\\e"\nb: "\\uD83D"\nc: "o\\u0302"\n', "f")
    assert data == {"a": "xy", "b": "", "c": "ô"}
    assert [(problem.code, problem.place.line) for problem in found] == [("UNI_CTRL", 1), ("UNI_CTRL", 2)]


def test_deep_yaml_is_refused_before_it_is_read():
    assert [problem.code for problem in yaml.load("a: " + "[" * 5000, "f")[1]] == ["YAML_FEATURE"]


def test_the_schema_that_is_shipped_is_the_one_the_program_keeps_to(root):
    shipped = json.loads((root / "builder" / "schemas" / "publication.schema.json").read_text("utf-8"))
    assert shipped == manuscript.schema()


@pytest.mark.parametrize("source", ["tests/specimen", "sources/chuong-trinh-hanh-dong-05", "sources/quy-uoc-thu-vien"])
def test_sources_keep_to_the_schema(root, source):
    data, _ = yaml.load((root / source / "publication.yaml").read_text("utf-8"), "publication.yaml")
    jsonschema.Draft202012Validator(manuscript.schema()).validate(data)


def test_the_schema_refuses_what_the_program_refuses():
    validator = jsonschema.Draft202012Validator(manuscript.schema())
    wrong = [{"tile": "A"}, {"toc": "giữa"}, {"date": "tháng 5"}, {"editions": {"a b": {}}}, {"people": "A"}]
    assert [validator.is_valid(each) for each in wrong] == [False] * len(wrong)
    assert validator.is_valid(yaml.load(FULL, "f")[0])
