"""A catalogue written by hand: publications as a site has them, ordinary ones and those that try it."""

import hashlib

import shelved

from builder import codes
from builder.shelf.manifest import EditionFacts, OriginalFacts, SessionFacts, TitleFacts
from builder.site import pages, search
from builder.site.nouns import Catalogue, Described, Download, Heading, Offer, Title

A5 = EditionFacts("nguoi-du", "interleaved", "A5", 148, 210)
LARGE = EditionFacts("chu-lon", "text", "A4", 210, 297, type="large")
PHONE = EditionFacts("dien-thoai", "text", "phone", 90, 160, on_screen=True)
LEADER = EditionFacts("chu-tri", "facing", "A5", 148, 210, audience="leader")
SHOP = EditionFacts("nha-in", "interleaved", "vn-14.5x20.5", 145, 205)
HANDOUT = EditionFacts("to-roi", "handout", "A4", 210, 297, per="session")
ADDRESS = "https://sach.example.org/"
HOSTILE = "<script>alert(1)</script> \"nháy\" & 'nháy' \u202eđảo ngược\u202d </title>"
LONG = "Một đầu đề rất dài về việc học tập và làm theo, " * 6 + "không-có-chỗ-ngắt" * 4
UPDATED = "2026-03-16T00:00:00Z"
CONTENTS = (
    (1, "Lời nói đầu", "dau-1"),
    (1, "Chương I. Những điều chung", "chuong-1"),
    (2, "Điều 1. Thư viện của thôn", "chuong-1.dieu-1"),
    (2, "Điều 2. Sáu lời hẹn chung", "chuong-1.dieu-2"),
    (1, "Chương II. Hòa giải ở cơ sở", "chuong-2"),
    (3, "Câu hỏi 1: Họp mà vắng quá nửa số hộ thì làm thế nào?", "hoi-1"),
    (1, "Buổi 1. Đọc và bàn", "buoi-1"),
)


def bytes_of(name, size):
    """What a file of a name and a size holds."""
    line = f"{name}\n".encode()
    return (line * (size // len(line) + 1))[:size]


def download(slug, edition, kind, ending, size=284_700, **more):
    """A file of a publication."""
    name = f"{slug}-{edition.name}{ending}"
    return Download(name, kind, edition, size, hashlib.sha256(bytes_of(name, size)).hexdigest(), **more)


def offer(slug, edition=A5, *, title, reading="doc", contents=CONTENTS, language="vi"):
    """An e-book in its three variants."""
    described = Described(
        f"urn:uuid:{slug}",
        title,
        language,
        UPDATED,
        date="2026-03-15",
        rights="Lưu hành nội bộ",
        outline=tuple(Heading(level, words, anchor, "EPUB/text/a.xhtml") for level, words, anchor in contents),
    )
    kinds = (("epub", ".epub", 72), ("kepub", ".kepub.epub", 72), ("azw3", ".azw3", None))
    files = tuple(download(slug, edition, kind, ending, pages=pages) for kind, ending, pages in kinds)
    return Offer(edition, described, files, reading, UPDATED)


def full(slug="quy-uoc-thu-vien", **told):
    """A publication that has everything."""
    facts = TitleFacts(
        **{
            "title": "Quy ước thư viện thôn Đông",
            "subtitle": "Tài liệu có giải thích",
            "notice": "Thôn Đông và mọi quy định ở đây là hư cấu, không phải văn bản chính thức.",
            "kind": "Sổ tay bạn đọc",
            "period": "Năm 2026",
            "date": "2026-03-15",
            "unit": "Tổ quản lý thư viện",
            "parent": "Nhà văn hóa thôn Đông",
            "compiled": "Tổ soạn thảo quy ước",
            "profile": "noi-bo",
            "original": OriginalFacts("Quy ước", "05-QƯ/TĐ", "2026-03-01", "Hội nghị các hộ", "về thư viện thôn"),
            "sessions": (SessionFacts("buoi-1", "1", "Đọc và bàn"), SessionFacts("buoi-2", "2", "Ghi chép")),
        }
        | told
    )
    handouts = tuple(
        download(slug, HANDOUT, "pdf", f"-{part}.pdf", 96_400, pages=2, part=part) for part in ("buoi-1", "buoi-2")
    )
    return Title(
        slug,
        facts,
        offers=(
            offer(slug, title=facts.title, language=facts.language),
            offer(slug, LARGE, title=f"{facts.title}. Nguyên văn", reading="doc-chu-lon", contents=()),
        ),
        pages=(
            download(slug, A5, "pdf", ".pdf", 1_234_000, pages=72),
            download(slug, LARGE, "pdf", ".pdf", 1_900_000, pages=96),
            download(slug, PHONE, "pdf", ".pdf", 900_000, pages=140, stale=True),
            *handouts,
        ),
        printing=(
            download(slug, A5, "booklet", "-booklet.pdf", 1_300_000, pages=36),
            download(slug, A5, "card", "-card.pdf", 64_000, pages=1),
            download(slug, SHOP, "press", "-press.pdf", 2_600_000, pages=72),
            download(slug, SHOP, "spec", "-spec.txt", 1_200),
        ),
        leaders=(download(slug, LEADER, "pdf", ".pdf", 1_400_000, pages=84),),
        copies=tuple(download(slug, A5, "copy", f"-{number:03}.epub") for number in (1, 2, 3)),
        cover="bia.jpg",
        thumb="bia-nho.jpg",
        cover_size=(800, 1131),
        updated=UPDATED,
    )


def ordinary(number, *, headings=7):
    """One publication of many."""
    kinds = ("Nghị quyết", "Sổ tay bạn đọc", "Tài liệu sinh hoạt chi bộ", "Hỏi – đáp", "Chương trình hành động")
    subjects = (
        "xây dựng nông thôn mới",
        "chuyển đổi số",
        "dân chủ ở cơ sở",
        "phòng, chống bão lụt",
        "hoà giải ở khu phố",
    )
    slug, year, quarter = f"tai-lieu-{number}", 2026 - number // 120, ("I", "II", "III", "IV")[number % 4]
    facts = TitleFacts(
        f"{kinds[number % 5]} số {number:02} về {subjects[number // 5 % 5]}",
        "Tài liệu học tập có phần làm rõ thêm" if number % 3 else "",
        kind=kinds[number % 5],
        period=f"Quý {quarter}/{year}",
        date=f"{year}-{12 - number % 12:02}-{28 - number % 28:02}",
        unit=f"Chi bộ {number % 9 + 1}",
        profile="khong-kinh-doanh",
    )
    contents = tuple(
        (
            1 + at % 4 // 1 % 2,
            f"Điều {at + 1}. Việc thứ {at * 7 + number} của {subjects[at % 5]}",
            f"chuong-1.dieu-{at + 1}",
        )
        for at in range(headings)
    )
    made = offer(slug, title=facts.title, contents=contents)
    return Title(slug, facts, (made,), cover="bia.jpg", thumb="bia-nho.jpg", cover_size=(800, 1200), updated=UPDATED)


def trying():
    """Publications that try a page: hostile words, a very long title, no cover, no e-book, another language."""
    bare = TitleFacts("Thông báo", date="", profile="khong-kinh-doanh")
    english = full("library-rules", title="Rules of the village library", language="en", date="2025-11-02")
    return (
        full("ky-tu-la", title=HOSTILE, subtitle=HOSTILE, kind=HOSTILE, unit=HOSTILE, period=HOSTILE, notice=HOSTILE),
        full("dau-de-dai", title=LONG, subtitle=LONG, kind="Đề cương", period="Quý I/2026"),
        english,
        Title("thong-bao", bare, pages=(download("thong-bao", A5, "pdf", ".pdf", 51_200, pages=4),), updated=UPDATED),
        Title("trong", TitleFacts("Ấn phẩm chưa có tệp", kind="Đề cương", date="2025-01-01")),
    )


def catalogue(*titles, language="vi", address="", **told):
    """A shelf of some publications."""
    notices = ("thong-bao-a4.pdf", "thong-bao-a5.pdf") if address else ()
    told = {"name": "Tủ sách thôn Đông", "identity": address or "tu-sach", "updated": UPDATED} | told
    return Catalogue(language=language, titles=titles or (full(), *trying()), address=address, notices=notices, **told)


def written(catalogue, folder, faces=()):
    """Write the pages of a catalogue into a folder, with stand-ins for what others make; return the folder."""
    files = {
        "index.html": pages.front(catalogue),
        "SHA256SUMS": b"",
        **pages.shared(faces),
        **dict(search.files(catalogue)),
    }
    files |= dict.fromkeys(("opds/index.xml", "opds2/index.json", *catalogue.notices), b"")
    if catalogue.address:
        files["qr/opds.svg"] = codes.code(f"{catalogue.address}opds/index.xml").drawing(1)
    for title in catalogue.titles:
        files |= {f"{title.slug}/{path}": data for path, data in _folder(catalogue, title)}
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


def _folder(catalogue, title):
    yield "index.html", pages.title_page(catalogue, title)
    if title.cover:
        yield from ((title.cover, shelved.cover((80, 113))), (title.thumb, shelved.cover((80, 113))))
    if catalogue.address:
        code = codes.code(f"{catalogue.address}{title.slug}/").drawing(1)
        yield from (("qr.svg", code), ("qr.png", codes.picture(f"{catalogue.address}{title.slug}/")))
    for each in title.offers:
        headings = "".join(f"<h2 id={heading.anchor}>{heading.words}</h2>" for heading in each.described.outline)
        yield (
            f"{each.reading}/index.html",
            f"<!doctype html><link rel=icon href=../../icon.svg><title>{each.reading}</title>{headings}".encode(),
        )
    files = [each for offer in title.offers for each in offer.files]
    for each in (*files, *title.pages, *title.printing, *title.leaders, *title.copies):
        yield each.name, bytes_of(each.name, each.bytes)
