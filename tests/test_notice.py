"""The notice for the hall: one page of A4 and of A5 whose code opens the shelf."""

import io
import re
from dataclasses import replace

import catalogues
import pikepdf
import pypdfium2
import pytest
import validators
import zxingcpp

from builder import fonts, layout
from builder.composition import jobbing
from builder.composition.jobbing import NoticeFacts
from builder.works import notice as notices
from builder.works.asked import Workshop

LONG = "Tủ sách điện tử của Ban công tác Mặt trận khu phố Bến Đá, phường Thắng Nhất, thành phố Vũng Tàu " * 3
SECRET = "https://sach.example.org/" + "k3u9x" * 10 + "/"
A5_POINTS = [pytest.approx(419.5, abs=0.5), pytest.approx(595.3, abs=0.5)]


@pytest.fixture(scope="module")
def workshop(root):
    return Workshop(root / "layouts", root / "fonts")


@pytest.fixture(scope="module")
def said():
    """The words of a notice and the address its code leads to, at the size of a phone's look from afar."""

    def read(data):
        (page,) = pypdfium2.PdfDocument(data)
        picture = page.render(scale=0.75, grayscale=True).to_pil()
        (found,) = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)
        return " ".join(page.get_textpage().get_text_bounded().split()), found.text

    return read


@pytest.mark.press
@pytest.mark.parametrize(
    ("shelf", "words"),
    [
        (
            catalogues.catalogue(address=catalogues.ADDRESS),
            ("Tủ sách thôn Đông", "Lưu hành nội bộ", "Mở máy ảnh", "Quét mã này", "Chọn sách", "KOReader"),
        ),
        (
            catalogues.catalogue(catalogues.ordinary(1), address=SECRET, language="en", name="Village books"),
            ("Village books", "for everyone", "Open your phone’s camera", "Thorium Reader"),
        ),
        (catalogues.catalogue(address=SECRET, name=LONG), ("Tủ sách điện tử của Ban", "…", "Chọn sách")),
        (catalogues.catalogue(address=SECRET, name="Tủ_sách_" * 40), ("Tủ_sách_", "…", "Chọn sách")),
        (catalogues.catalogue(address=catalogues.ADDRESS, name=catalogues.HOSTILE), ("<script>alert(1)</script>",)),
    ],
    ids=["members", "english", "long", "one word", "hostile"],
)
def test_a_notice_is_one_page_that_says_what_to_do(shelf, words, workshop, said):
    for name, data in notices.made(shelf, workshop).items():
        told, address = said(data)
        assert address == shelf.address
        assert [each for each in words if each not in told] == [], name
        shown = told.replace(" ", "")
        assert f"{shelf.address.removeprefix('https://')}opds/index.xml" in shown


@pytest.mark.press
def test_each_paper_has_its_own_and_twice_made_is_the_same(workshop):
    shelf = catalogues.catalogue(address=catalogues.ADDRESS)
    made = notices.made(shelf, workshop)
    assert list(made) == list(shelf.notices)
    assert made == notices.made(shelf, workshop)
    with pikepdf.open(io.BytesIO(made["thong-bao-a5.pdf"])) as pdf:
        assert [float(each) for each in pdf.pages[0].mediabox[2:]] == A5_POINTS
        assert (pdf.Root.Lang, pdf.Root.MarkInfo.Marked) == ("vi", True)
        (alt,) = [each.get("/Alt") for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/Alt" in each]
        assert str(alt) == "Mã QR mở tủ sách: https://sach.example.org/"


def test_a_shelf_without_an_address_has_none(workshop):
    assert notices.made(catalogues.catalogue(), workshop) == {}


@pytest.mark.press
@pytest.mark.slow
def test_a_notice_is_archival_and_accessible(workshop, tmp_path):
    paths = []
    for name, data in notices.made(catalogues.catalogue(address=catalogues.ADDRESS), workshop).items():
        paths.append(tmp_path / name)
        paths[-1].write_bytes(data)
    assert validators.verapdf_all(paths, "2a", "ua1") == {}


def test_what_its_template_sees_is_in_the_manual(root):
    section = (root / "layouts/README.md").read_text("utf-8").partition("`notice.html` là")[2].partition("\n\n")[0]
    spy = "{{ self._TemplateReference__context.get_all() | list | join(' ') }}"
    spied = replace(layout.load("text", root / "layouts"), templates={"notice.html": spy})
    facts = NoticeFacts("Tủ sách", catalogues.ADDRESS, f"{catalogues.ADDRESS}opds/", jobbing.A5_UPRIGHT)
    markup = jobbing.notice(facts, spied, fonts.roles(root / "fonts")).leaves[0].markup
    seen = {*re.sub(r"<[^>]+>", "", markup).split()} - {"range", "dict", "lipsum", "cycler", "joiner", "namespace"}
    assert seen - {"words", "drawn"} == {*re.findall(r"`(\w+)`", section)} - {"words"}
