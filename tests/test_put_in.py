"""Leaves that only the leader has lie between everybody's pages; what they refer to is there, or is plain words."""

import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import pypdfium2
import pytest
from test_composition import tree
from test_sheets import layouts_with

from builder import composition, fonts, layout, manuscript, press
from builder.composition import Medium
from builder.composition.nouns import Leaf

pytestmark = pytest.mark.press

ROOT = Path(__file__).resolve().parent.parent
ORDER = "[program, glossary, {leaf: loi-hua, when: leader}, {leaf: rieng, each: session, when: leader}, notes]"
PROMISE = """<h1 id="hua">Lời hứa</h1>
<p>Xem <a href="#phan-1">Phần thứ nhất</a>, tr. <a class="folio" href="#phan-1"></a>,
<a href="#khong-co">chỗ không có</a><span class="paged" data-else=" (không in)">, tr.
<a class="folio" href="#khong-co"></a></span>,
<a href="#rieng-buoi-1">tờ riêng</a><span class="paged">, tr. <a class="folio" href="#rieng-buoi-1"></a></span>.</p>"""
OWN = """<h1>{{ text(session.title) }}</h1>
{% for part in session.parts %}{{ prose(part.body, leaf_id, level=2) }}{% endfor %}"""


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Set the specimen with two leaves of the leader's own, for everybody and for him."""
    folder = layouts_with(tmp_path_factory.mktemp("layouts"), ORDER)
    leaves = folder / "mine" / "leaves"
    (leaves / "loi-hua.html").write_text(PROMISE, "utf-8")
    (leaves / "rieng.html").write_text(OWN, "utf-8")
    sheet, roles = layout.load("mine", folder), fonts.roles(ROOT / "fonts")
    publication, _ = manuscript.read(ROOT / "tests" / "specimen")
    everybody = replace(publication.settings.editions[0], layout="mine", folios_of="", audience="participant")
    leader = replace(everybody, name="chu-tri", audience="leader", folios_of=everybody.name)
    publication = replace(publication, settings=replace(publication.settings, editions=(everybody, leader)))

    @cache
    def make(edition):
        composed, found = composition.compose(publication, sheet, edition, Medium.PRINT, roles)
        assert found == ()
        other = make(everybody)[1] if edition is leader else None
        return composed, press.print_pdf(composed, folios_of=other)

    return {"everybody": make(everybody), "leader": make(leader)}


def links(leaf):
    return {"".join(each.itertext()): each.get("href") for each in tree(leaf).iter("a") if each.get("href")}


def test_links_of_a_leaf_put_in_lead_somewhere_or_are_words(made):
    composed, _ = made["leader"]
    promise = composed.put_in[0]
    assert links(promise) == {"Phần thứ nhất": "#phan-1", "": "#phan-1", "tờ riêng": "#rieng-buoi-1"}
    assert "chỗ không có (không in)" in " ".join("".join(tree(promise).itertext()).split())


def test_a_leaf_put_in_keeps_what_is_for_the_leader(made):
    composed, _ = made["leader"]
    assert [leaf.id for leaf in composed.put_in][1:] == ["rieng-buoi-1", "rieng-buoi-2"]
    own = "".join(tree(composed.put_in[1]).itertext())
    assert "Chủ trì" in own
    assert not any("buoi" in insert.anchor for insert in composed.inserts)


def test_everybodys_pages_are_the_same_and_nothing_is_wrong(made):
    (_, everybody), (_, leader) = made["everybody"], made["leader"]
    assert everybody.problems == leader.problems == ()
    shown = dict(zip(leader.labels, pages(leader), strict=True))
    assert len(shown) > everybody.pages
    assert [shown[str(folio)] for folio in range(1, everybody.pages + 1)] == pages(everybody)
    (promise,) = [name for name, words in shown.items() if "Lời hứa" in words]
    assert not promise.isdecimal()
    assert f"tr. {everybody.folios['phan-1']}, chỗ không có (không in), tờ riêng." in shown[promise]


def pages(book):
    document = pypdfium2.PdfDocument(book.pdf)
    return [" ".join(page.get_textpage().get_text_bounded().replace("\ufffe", "").split()) for page in document]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ('<p><a href="#khong-co">Xem</a></p>', "ANCHOR_LOST"),
        ('<p id="phan-1">Hai lần</p>', "ANCHOR_TWICE"),
        ('<p style="width: 20mm; white-space: nowrap">Một dòng dài hơn chỗ của nó</p>', "OVERFLOW"),
    ],
)
def test_what_is_wrong_on_a_leaf_put_in_is_said(made, body, code):
    composed, _ = made["leader"]
    leaf = Leaf("sai", "loi-hua", "Sai", f'<section class="leaf loi-hua" id="sai">{body}</section>')
    kept = tuple(each for each in composed.leaves if each.id in {"to-phan-1", "notes"})
    few = replace(composed, leaves=kept, inserts=(), put_in=(leaf,))
    told = [each for each in press.print_pdf(few).problems if each.code == code]
    assert told
    assert code != "OVERFLOW" or re.match(r"Trang \d+a: ", told[0].sentence())
