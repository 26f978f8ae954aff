"""Samples and made-up settings, composed and bound: what the package says of itself, what the markup means."""

import dataclasses
import datetime
import io
import re
import zipfile
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest

from builder import composition, fonts, layout, manuscript
from builder.composition import Medium
from builder.ebook import Printed, bind
from builder.problems import Problems
from builder.publication import CHECKLIST, Accessibility, Evaluation

ROOT = Path(__file__).resolve().parent.parent
OPF, DC = "{http://www.idpf.org/2007/opf}", "{http://purl.org/dc/elements/1.1/}"
XHTML, EPUB = "{http://www.w3.org/1999/xhtml}", "{http://www.idpf.org/2007/ops}"
SAMPLES = ("sources/chuong-trinh-hanh-dong-05", "sources/hoi-dap-quy-che-khu-pho", "sources/quy-uoc-thu-vien")
SPECIMEN, LIBRARY = "tests/specimen", "sources/quy-uoc-thu-vien"
RECORD = Evaluation("Hội Người mù xã", datetime.date(2026, 4, 20), "2.2", "AA", CHECKLIST)


@cache
def read(folder):
    return manuscript.read(ROOT / folder)[0]


@cache
def taken(name):
    return layout.load(name, ROOT / "layouts")


@cache
def roles():
    return fonts.roles(ROOT / "fonts")


def with_settings(publication, **changes):
    return dataclasses.replace(publication, settings=dataclasses.replace(publication.settings, **changes))


def composed(publication, name="interleaved", **changes):
    """Compose the e-book of a publication in a layout."""
    edition = dataclasses.replace(publication.settings.editions[0], layout=name, **changes)
    return composition.compose(publication, taken(name), edition, Medium.EBOOK, roles())[0]


@cache
def made(folder, name="interleaved", audience="participant"):
    """Return the parts of the e-book of a folder in a layout: path → bytes."""
    return parts_of(composed(read(folder), name, audience=audience))


def parts_of(whole, printed=None):
    with zipfile.ZipFile(io.BytesIO(bind(whole, printed or Printed()).epub)) as archive:
        return {name.removeprefix("EPUB/"): archive.read(name) for name in archive.namelist()}


def package(parts):
    return ElementTree.fromstring(parts["content.opf"])  # noqa: S314 - written by us a moment ago


def metas(parts, name):
    """Return the words of a property, each with what it refines."""
    return [
        (each.text, each.get("refines")) for each in package(parts).iter(f"{OPF}meta") if each.get("property") == name
    ]


def said(parts, name):
    return [words for words, _ in metas(parts, name)]


def core(parts, name):
    return [each.text for each in package(parts).iter(f"{DC}{name}")]


def evaluated(**changes):
    """Return the e-book of the library with a recorded evaluation."""
    record = dataclasses.replace(RECORD, **changes)
    publication = with_settings(read(LIBRARY), accessibility=Accessibility("", record))
    return parts_of(composed(publication))


# --- what the package says of itself --------------------------------------------------------------


def test_conformance_is_claimed_by_a_complete_record_alone():
    parts = evaluated()
    claim = [each for each in package(parts).iter(f"{OPF}meta") if each.get("property") == "dcterms:conformsTo"]
    assert [each.text for each in claim] == ["EPUB Accessibility 1.1 - WCAG 2.2 Level AA"]
    assert metas(parts, "a11y:certifiedBy") == [("Hội Người mù xã", f"#{claim[0].get('id')}")]
    assert metas(parts, "dcterms:date") == [("2026-04-20", "#certifier")]


@pytest.mark.parametrize(
    "lack",
    [
        {"by": ""},
        {"date": None},
        {"wcag": ""},
        {"level": ""},
        *({"checklist": CHECKLIST[:n]} for n in range(len(CHECKLIST))),
    ],
    ids=str,
)
def test_a_record_that_lacks_anything_claims_nothing(lack):
    assert dataclasses.replace(RECORD, **lack).lacking
    assert not dataclasses.replace(RECORD, **lack).holds("nguoi-du")


def test_a_record_that_lacks_a_point_leaves_the_package_silent():
    parts = evaluated(checklist=CHECKLIST[1:])
    assert said(parts, "dcterms:conformsTo") == said(parts, "a11y:certifiedBy") == said(parts, "dcterms:date") == []


def test_a_record_is_of_the_editions_it_names():
    name = read(LIBRARY).settings.editions[0].name
    assert said(evaluated(editions=(name,)), "dcterms:conformsTo")
    assert not said(evaluated(editions=("ban-khac",)), "dcterms:conformsTo")


@pytest.mark.parametrize("folder", [*SAMPLES, SPECIMEN])
def test_no_sample_claims_conformance(folder):
    parts = made(folder)
    assert not said(parts, "dcterms:conformsTo")
    assert not said(parts, "a11y:certifiedBy")


def test_settings_record_an_evaluation(tmp_path):
    source = tmp_path / "so-tay"
    source.mkdir()
    (source / "program.md").write_text("Điều 1. Phạm vi\n\nQuy chế này nói về sách.\n", "utf-8")
    (source / "publication.yaml").write_text(
        "title: Sổ tay\naccessibility:\n  contact: tiepcan@example.org\n  evaluated:\n    by: Hội Người mù xã\n"
        f'    date: 20/4/2026\n    wcag: "2.2"\n    level: AA\n    checklist: [{", ".join(CHECKLIST)}]\n'
        "    editions: [nguoi-du]\n",
        "utf-8",
    )
    publication, found = manuscript.read(source)
    assert not found
    record = dataclasses.replace(RECORD, editions=("nguoi-du",))
    assert publication.settings.accessibility == Accessibility("tiepcan@example.org", record)


def test_an_edition_without_an_e_book_was_not_evaluated(tmp_path):
    source = tmp_path / "so-tay"
    source.mkdir()
    (source / "program.md").write_text("Điều 1. Phạm vi\n\nQuy chế này nói về sách.\n", "utf-8")
    (source / "publication.yaml").write_text(
        "title: Sổ tay\naccessibility: {evaluated: {editions: [chu-lon]}}\n", "utf-8"
    )
    with pytest.raises(Problems) as stopped:
        manuscript.read(source)
    assert {problem.code for problem in stopped.value.problems} == {"VALUE_CHOICE", "EVALUATION_PART"}


def test_whom_to_ask_is_told_in_the_summary():
    publication = with_settings(read(LIBRARY), accessibility=Accessibility("tiepcan@example.org"))
    assert "tiepcan@example.org" in said(parts_of(composed(publication)), "schema:accessibilitySummary")[0]
    assert "@" not in said(made(LIBRARY), "schema:accessibilitySummary")[0]


def test_the_book_is_named_with_its_people_its_source_and_its_series():
    parts = made(SPECIMEN)
    assert core(parts, "creator") == ["Tổ làm sách"]
    assert core(parts, "contributor") == ["Ban Chủ nhiệm", "Hội đọc sách xã"]
    assert metas(parts, "role") == [("com", "#creator"), ("ant", "#contributor-2")]
    assert said(parts, "file-as") == [*core(parts, "creator"), *core(parts, "contributor")]
    assert core(parts, "source") == [
        "Quy chế số 05-QC/ĐS ngày 01 tháng 02 năm 2026 của Hội đọc sách xã về việc in và giữ sách"
    ]
    assert core(parts, "subject") == ["Việc in và giữ sách"]
    assert core(parts, "type") == ["Tài liệu sinh hoạt chuyên đề"]
    assert core(parts, "coverage") == ["Quý I/2026"]
    assert metas(parts, "belongs-to-collection") == [("Tài liệu sinh hoạt chuyên đề – Tổ làm sách thôn Đoài", None)]
    assert metas(parts, "collection-type") == [("series", "#collection")]


def test_a_book_without_people_is_by_its_unit_as_the_issuing_body():
    settings = read(SPECIMEN).settings
    people = dataclasses.replace(settings.people, compiled="", approved="")
    parts = parts_of(composed(with_settings(read(SPECIMEN), people=people)))
    assert core(parts, "creator") == ["Tổ làm sách thôn Đoài"]
    assert metas(parts, "role")[0] == ("isb", "#creator")


def test_every_session_s_book_has_an_identifier_of_its_own_and_keeps_it():
    publication = read(SPECIMEN)

    def names(publication):
        each = (dataclasses.replace(publication, sessions=(session,)) for session in publication.sessions)
        return [core(parts_of(composed(book, "handout", per="session")), "identifier")[0] for book in each]

    first = names(publication)
    assert len(set(first)) == len(publication.sessions) > 1
    assert names(with_settings(publication, title="Tên khác")) == first
    one = dataclasses.replace(publication, sessions=publication.sessions[1:2])
    parts = parts_of(composed(one, "handout", per="session"))
    assert metas(parts, "belongs-to-collection") == [(publication.settings.title, None)]
    assert metas(parts, "collection-type") == [("set", "#collection")]
    assert metas(parts, "group-position") == [("2", "#collection")]


def test_text_that_can_be_transformed_is_called_so_whatever_comments_say():
    assert "displayTransformability" in said(made(SPECIMEN), "schema:accessibilityFeature")
    whole = composed(read(SPECIMEN))
    for fixed in ("p { font-size: 9pt }", "p { line-height: 12px }", "p { color: #000 !important }"):
        changed = dataclasses.replace(whole, stylesheet=f"{whole.stylesheet}{fixed}")
        assert "displayTransformability" not in said(parts_of(changed), "schema:accessibilityFeature"), fixed


def test_every_layout_can_be_transformed():
    for name in layout.names(ROOT / "layouts"):
        assert "displayTransformability" in said(made(SPECIMEN, name), "schema:accessibilityFeature"), name


def test_a_caption_is_no_description():
    """The specimen's first picture is decoration; its other one is described, or has its caption alone."""
    assert "alternativeText" in said(made(SPECIMEN), "schema:accessibilityFeature")
    bare = dict(composed(read(SPECIMEN)).figures)
    for path, figure in bare.items():
        if not figure.decoration:
            bare[path] = dataclasses.replace(figure, alt="")
    parts = parts_of(dataclasses.replace(composed(read(SPECIMEN)), figures=bare))
    assert "alternativeText" not in said(parts, "schema:accessibilityFeature")
    assert said(parts, "schema:accessModeSufficient") == ["textual,visual"]
    assert taken("interleaved").words["accessibility_undescribed"] in said(parts, "schema:accessibilitySummary")[0]


def test_a_book_in_english_says_so():
    parts = parts_of(composed(with_settings(read(LIBRARY), language="en")))
    assert core(parts, "language") == ["en"]
    for name in parts:
        if name.endswith(".xhtml"):
            assert re.search(rb'<html [^>]*lang="en" xml:lang="en"', parts[name]), name
