"""What is made of a bound e-book: the book for Kobo's reader, numbered copies, the book for a Kindle."""

import errno
import hmac
import io
import json
import os
import re
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from xml.etree import ElementTree

import jsonschema
import pytest
import validators
from hypothesis import given
from hypothesis import strategies as st
from library import editions
from PIL import Image
from test_ebook import COVER, PRINTED, composition, faces  # noqa: F401 - fixtures
from typer.testing import CliRunner

from builder import preflight, problems, shelf
from builder.cli import app, machine
from builder.cli import build as building
from builder.cli import calibre as finder
from builder.cli.words import Words
from builder.ebook import archive, bind, copies, kepub
from builder.manuscript.settings import OUTPUTS
from builder.problems import Place, Problems
from builder.vietnamese.sentences import sentences
from builder.works import again, ebooks
from builder.works import copies as works
from builder.works.asked import COPIES, FILES, KINDS, Made, Output, Piece, Workshop

SPAN = re.compile(rb'<span class="koboSpan" id="(kobo\.\d+\.\d+)">')
HEAD = (
    '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n'
    '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>A. B</title></head>\n'
)


@pytest.fixture(scope="module")
def master(composition):  # noqa: F811
    drawn = io.BytesIO()
    Image.new("L", (1200, 1600), 200).save(drawn, "JPEG")
    return bind(composition, PRINTED, cover=replace(COVER, picture=drawn.getvalue())).epub


@pytest.fixture(scope="module")
def for_kobo(master):
    return kepub.of(master)


def undressed(document):
    """A document without what Kobo's reader was given: by counting tags, not by what wrote them."""
    pieces, done, open_, text = [], 0, [], document.decode()
    for token in re.finditer(r"<!--.*?-->|<(/?)([\w-]+)(?:[^\"'>]|\"[^\"]*\"|'[^']*')*>", text, re.DOTALL):
        ends, name = token[1], token[2]
        ours = 'class="koboSpan"' in token[0] or 'id="book-' in token[0]
        if name and ends:
            ours = open_.pop()
        elif name and not token[0].endswith("/>"):
            open_.append(ours)
        if ours:
            pieces.append(text[done : token.start()])
            done = token.end()
    return "".join([*pieces, text[done:]]).replace('"noteref endnote"', '"noteref"').encode()


def tree(document):
    return ElementTree.fromstring(document)  # noqa: S314 - made here


def ids(document):
    return [tuple(map(int, name[5:].split(b"."))) for name in SPAN.findall(document)]


# --- the book for Kobo's reader -------------------------------------------------------------------


def test_without_its_spans_a_kobo_book_is_the_master(master, for_kobo):
    before, after = archive.parts(master), archive.parts(for_kobo)
    changed = {name for name in before if before[name] != after[name]}
    assert list(before) == list(after)
    assert changed == {
        "EPUB/cover.xhtml",
        "EPUB/text/title.xhtml",
        "EPUB/text/van-ban-1.xhtml",
        "EPUB/text/van-ban-2.xhtml",
    } | ({"EPUB/nav.xhtml"} & changed)
    assert {name: undressed(after[name]) for name in changed} == {name: before[name] for name in changed}


def test_every_sentence_and_every_picture_has_a_span(for_kobo):
    text = archive.parts(for_kobo)["EPUB/text/van-ban-1.xhtml"].decode()
    said = re.findall(r'<span class="koboSpan" id="(kobo\.[\d.]+)">(.*?)</span>', text, re.DOTALL)
    assert ("Ai đọc cũng được: “Ỗ, ặ, Ữ, đ”.") in dict(said).values()
    root = tree(text)
    bare = [
        words.strip()
        for each in root.find("{*}body").iter()
        if each.get("class") != "koboSpan"
        for words in (each.text, *(child.tail for child in each))
        if words and words.strip()
    ]
    assert bare == []
    pictures = tree(archive.parts(for_kobo)["EPUB/text/van-ban-2.xhtml"])
    assert len(pictures.findall(".//{*}span[@class='koboSpan']/{*}img")) == 2


def test_the_spans_count_paragraphs_and_in_each_its_sentences(for_kobo):
    for name, data in archive.parts(for_kobo).items():
        found = ids(data)
        assert found == sorted(set(found)), name
        for before, after in zip([(0, 1), *found], found, strict=False):
            assert after in {(before[0], before[1] + 1), (before[0] + 1, 1)}, name


def test_a_call_of_a_note_is_one_that_kobo_pops_up(for_kobo):
    text = archive.parts(for_kobo)["EPUB/text/van-ban-1.xhtml"]
    assert text.count(b'epub:type="noteref endnote"') == 1
    assert b'<aside epub:type="footnote"' in text


def test_the_body_is_wrapped_once(for_kobo):
    text = archive.parts(for_kobo)["EPUB/text/title.xhtml"]
    assert len(re.findall(rb"<body[^>]*>" + kepub.OPENING.encode(), text)) == 1
    assert text.count(kepub.CLOSING.encode() + b"</body>") == 1


def test_it_is_sealed_like_the_master_and_always_the_same(master, for_kobo, tmp_path):
    assert kepub.of(master) == for_kobo
    path = tmp_path / "a.kepub.epub"
    path.write_bytes(for_kobo)
    with zipfile.ZipFile(path) as book:
        first, *others = book.infolist()
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert {each.date_time for each in others} == {(1980, 1, 1, 0, 0, 0)}
        assert [each.filename for each in others] == sorted(each.filename for each in others)


def test_what_is_no_running_text_is_let_alone():
    kept = "<svg><title>Ba. Bốn</title></svg><style>p. A</style> <!-- x. <p>Y --><p/>"
    body = f"<body><p>Một. Hai.</p><pre>a. B\n c</pre>{kept}</body></html>"
    dressed = kepub.dressed((HEAD + body).encode())
    assert undressed(dressed) == (HEAD + body).encode()
    assert kept.encode() in dressed
    assert b"<title>A. B</title>" in dressed
    assert ids(dressed) == [(1, 1), (1, 2), (2, 1)]


@pytest.mark.parametrize("name", ["kobo.1.1", "book-inner", "book-columns"])
def test_an_id_that_is_kobos_is_refused(name):
    with pytest.raises(ValueError, match="Kobo"):
        kepub.dressed(f'{HEAD}<body><p id="{name}">A</p></body></html>'.encode())


WORDS = st.lists(
    st.sampled_from(
        ["Điều 5. ", "thôn. ", "Ở đâu? ", "TP. ", "“Ai?” ", "là ", "v.v… ", "Ủy ban", " \n", "&amp; ", "Ỗ.", "2021. "]
    ),
    max_size=8,
).map("".join)
TEXTS = st.recursive(
    WORDS,
    lambda inner: st.one_of(
        st.tuples(
            st.sampled_from(["p", "em", "a", "section", "li", "h2", "td", "span"]), st.lists(inner, max_size=4)
        ).map(lambda drawn: f'<{drawn[0]} title="x &gt; y. Z">{"".join(drawn[1])}</{drawn[0]}>'),
        st.sampled_from(
            [
                '<img src="a.png" alt="A. B"/>',
                "<br/>",
                "<!-- p. <b> Q -->",
                '<span id="tr1"></span>',
                "<svg><text>A. B</text></svg>",
            ]
        ),
    ),
    max_leaves=20,
)


@given(st.lists(TEXTS, max_size=6).map("".join))
def test_whatever_is_dressed_stays_what_it_was(body):
    document = f"{HEAD}<body>{body}</body></html>".encode()
    dressed = kepub.dressed(document)
    assert undressed(dressed) == document
    before, after = tree(document), tree(dressed)  # well-formed, therefore nested
    assert "".join(after.itertext()) == "".join(before.itertext())
    spans = after.findall(".//{*}span[@class='koboSpan']")
    assert all(not list(span) or [child.tag.rpartition("}")[2] for child in span] == ["img"] for span in spans)
    found = [tuple(map(int, span.get("id").split(".")[1:])) for span in spans]
    assert found == sorted(set(found))


@given(st.text() | WORDS)
def test_sentences_put_together_are_the_passage(text):
    assert "".join(sentences(text)) == text
    assert all(sentences(text))


@pytest.mark.press
@pytest.mark.parametrize(("name", "edition"), list(editions()))
def test_every_book_of_the_house_is_one_for_kobo_too(library, name, edition):
    for book in library.books(name, edition):
        for before, after in [(book.epub, kepub.of(book.epub))] if book.epub else ():
            plain, dressed = archive.parts(before), archive.parts(after)
            texts = set(kepub.documents(plain))
            assert {part for part in plain if plain[part] != dressed[part]} == texts
            for part in texts:
                assert undressed(dressed[part]) == kepub.undressed(dressed[part]) == plain[part]
                assert ids(dressed[part]) == sorted(set(ids(dressed[part])))
                tree(dressed[part])


# --- numbered copies ------------------------------------------------------------------------------

SECRET = bytes(range(32))
LINE = "Lưu hành nội bộ · Bản số 7 · mã ABCD-1234"
TITLE = '<section class="leaf title" id="title"><h1>Sổ tay</h1>{}<p class="year">2026</p></section>'
PAGE = f"{HEAD}<body>{TITLE}</body></html>"
OPF = """<?xml version="1.0"?><package><metadata><dc:identifier id="identifier">urn:a</dc:identifier>{}</metadata>
<manifest><item href="nav.xhtml" id="nav" media-type="application/xhtml+xml"/>
<item href="text/a.xhtml" id="a" media-type="application/xhtml+xml"/></manifest>
<spine><itemref idref="nav"/><itemref idref="a"/></spine></package>"""


def little(page, rights="<dc:rights>Lưu hành nội bộ</dc:rights>"):
    """An e-book of one page."""
    parts = {"mimetype": "application/epub+zip", "EPUB/nav.xhtml": PAGE, "EPUB/text/a.xhtml": page}
    parts["EPUB/content.opf"] = OPF.format(rights)
    return archive.sealed({name: text.encode() for name, text in parts.items()})


def copied(epub, line=LINE):
    (copy,) = copies.numbered(epub, [line])
    return {name: data.decode() for name, data in archive.parts(copy).items()}


def line_of(number, identifier, secret=SECRET):
    return f"Lưu hành nội bộ · Bản số {number} · mã {copies.code(secret, identifier, number)}"


def test_a_copy_says_its_number_and_is_else_the_master(master):
    (copy,) = copies.numbered(master, [LINE])
    before, after = archive.parts(master), archive.parts(copy)
    changed = {name for name in before if before[name] != after[name]}
    assert before.keys() == after.keys()
    assert changed == {"EPUB/text/title.xhtml", "EPUB/content.opf"}
    said = f'<p class="notice copy">{LINE}</p>'.encode()
    page, package = after["EPUB/text/title.xhtml"], after["EPUB/content.opf"]
    assert page.replace(said, b"", 1) == before["EPUB/text/title.xhtml"]
    assert f"<dc:rights>{LINE}</dc:rights>".encode() in package
    assert package.replace(LINE.encode(), "Lưu hành nội bộ".encode()) == before["EPUB/content.opf"]
    assert copies.identifier(copy) == copies.identifier(master) != ""


def test_parts_that_do_not_change_are_packed_as_in_the_master(master):
    (copy,) = copies.numbered(master, [LINE])
    with zipfile.ZipFile(io.BytesIO(master)) as one, zipfile.ZipFile(io.BytesIO(copy)) as other:
        assert other.namelist()[0] == "mimetype"
        assert other.testzip() is None
        for entry in one.infolist():
            assert other.getinfo(entry.filename).date_time == (1980, 1, 1, 0, 0, 0)
            if entry.filename not in ("EPUB/text/title.xhtml", "EPUB/content.opf"):
                assert packed(copy, other.getinfo(entry.filename)) == packed(master, entry)


def test_only_two_parts_are_packed_for_a_copy(master, monkeypatch):
    put, done = archive._put, []
    monkeypatch.setattr(archive, "_put", lambda taken, name, data: (done.append(name), put(taken, name, data)))
    assert len(list(copies.numbered(master, [LINE] * 5))) == 5
    assert len(done) == len(archive.parts(master)) - 2 + 5 * 2


def packed(data, entry):
    begun = entry.header_offset + 30 + len(entry.filename)
    return data[begun : begun + entry.compress_size]


def test_a_kobo_copy_is_the_copy_dressed(master, for_kobo):
    (copy,), (kobo,) = copies.numbered(master, [LINE]), copies.numbered(for_kobo, [LINE])
    assert archive.parts(kobo) == archive.parts(kepub.of(copy))


@pytest.mark.parametrize(
    ("page", "said"),
    [
        (PAGE.format('<p class="notice">Bản mẫu.</p>'), '<p class="notice">Bản mẫu.</p>@<p class="year">'),
        (PAGE.format('<p class="notice">Lưu hành nội bộ</p>'), '<h1>Sổ tay</h1>@<p class="year">'),
        (PAGE.format('<p class="subtitle">A</p><p>B</p>'), '<p class="subtitle">A</p>@<p>B</p>'),
        (PAGE.format(""), '<h1>Sổ tay</h1>@<p class="year">'),
        (f'{HEAD}<body><section class="leaf program" id="a"><h1>Điều 1</h1></section></body></html>', 'id="a">@<h1>'),
    ],
    ids=["after a notice", "for a notice that says so", "under the subtitle", "under the title", "at the head"],
)
def test_the_line_stands_where_it_is_seen(page, said):
    whole = said.replace("@", f'<p class="notice copy">{LINE}</p>')
    for epub in (little(page), kepub.of(little(page))):
        found = copied(epub)["EPUB/text/a.xhtml"]
        assert whole in kepub.undressed(found.encode()).decode()
        assert LINE in re.sub(r"<[^>]+>", "", found)


@pytest.mark.parametrize(
    ("rights", "said"),
    [
        ("<dc:rights>Lưu hành nội bộ</dc:rights>", f"<dc:rights>{LINE}</dc:rights>"),
        ("<dc:rights>© Thôn Đông</dc:rights>", f"<dc:rights>© Thôn Đông · {LINE}</dc:rights>"),
        ("", f"<dc:rights>{LINE}</dc:rights></metadata>"),
    ],
)
def test_the_package_says_it_too(rights, said):
    assert said in copied(little(PAGE.format(""), rights))["EPUB/content.opf"]


def test_words_of_a_layout_are_written_as_words():
    found = copied(little(PAGE.format("")), "A & B <1> · 7 · ABCD-1234")
    assert tree(found["EPUB/text/a.xhtml"]).findtext(".//{*}p[@class='notice copy']") == "A & B <1> · 7 · ABCD-1234"


def test_a_hundred_copies_are_quickly_made_and_always_the_same(master):
    lines = [line_of(number, "urn:a") for number in range(1, 101)]
    since = time.process_time()
    made = list(copies.numbered(master, lines))
    assert time.process_time() - since < 3
    assert len(set(made)) == 100
    assert list(copies.numbered(master, lines[:3])) == made[:3]


# --- the check code -------------------------------------------------------------------------------


def test_a_code_is_forty_bits_of_the_hmac_of_edition_and_number():
    digest = hmac.digest(SECRET, b"urn:a\n7", "sha256")
    value = int.from_bytes(digest[-5:], "big")
    said = copies.code(SECRET, "urn:a", 7)
    letters = said.replace("-", "")
    assert sum(copies.ALPHABET.index(letter) << 5 * place for place, letter in enumerate(letters)) == value
    assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}", said)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        (LINE, (7, "ABCD-1234")),
        ("7 abcd-1234", (7, "ABCD-1234")),
        ("7 ABCD1234", (7, "ABCD-1234")),
        ("số 12: ABCD 1234", (12, "ABCD-1234")),
        ("copy 12 code ABCD-EFGH", (12, "ABCD-EFGH")),
        ("ABCD–12o4", (0, "ABCD-1204")),
        ("7 ilIL-OoOo", (7, "1111-0000")),
        ("© 2026 Thôn Đông · Bản số 7 · mã ABCD-1234.", (7, "ABCD-1234")),
        ("Lưu hành nội bộ", None),
        ("Internet", None),
        ("", None),
    ],
)
def test_a_line_is_read_as_it_is_printed_or_typed(typed, read):
    assert copies.read(typed) == (copies.Mark(*read) if read else None)


# --- judging --------------------------------------------------------------------------------------


@pytest.fixture
def kept(tmp_path, master):
    """A folder of settings in which the edition of the master is known, with a secret of its own."""
    folder = tmp_path / "settings"
    shelf.copies_secret(folder)
    shelf.keep_numbered(folder, [shelf.NumberedEdition(copies.identifier(master), "so-tay", "nguoi-du")])
    return folder


def copy_of(master, folder, number=7):
    line = line_of(number, copies.identifier(master), shelf.known_secret(folder))
    return next(copies.numbered(master, [line])), line


def said_of(call, *given):
    with pytest.raises(Problems) as caught:
        call(*given)
    (problem,) = caught.value.problems
    return problem.code


def changed(epub, name, old, new):
    parts = archive.parts(epub)
    assert old.encode() in parts[name]
    return archive.sealed(parts | {name: parts[name].replace(old.encode(), new.encode())})


def test_a_copy_of_the_house_is_known(master, for_kobo, kept):
    for book in (master, for_kobo):
        copy, line = copy_of(book, kept)
        for judged in (works.judge_file(copy, "a.epub", kept), works.judge_line(line, kept)):
            assert (judged.edition.slug, judged.edition.edition, judged.number) == ("so-tay", "nguoi-du", 7)
        assert works.judge_line(line.rpartition(" ")[2], kept).number == 7


def test_any_letter_mistyped_is_noticed(master, kept):
    _, line = copy_of(master, kept)
    for place in (place for place in range(len(line) - 9, len(line)) if line[place] != "-"):
        at = copies.ALPHABET.index(line[place])
        for letter in (copies.ALPHABET[at ^ 1], copies.ALPHABET[at ^ 16]):  # a bit of forty
            assert said_of(works.judge_line, line[:place] + letter + line[place + 1 :], kept) == "NUMBERED_FALSE"


def test_another_number_another_edition_and_another_house_are_noticed(master, kept, tmp_path):
    copy, line = copy_of(master, kept)
    code, package, page = line[-9:], "EPUB/content.opf", "EPUB/text/title.xhtml"
    other = changed(changed(copy, package, "số 7", "số 8"), page, "số 7", "số 8")
    assert said_of(works.judge_file, other, "a.epub", kept) == "NUMBERED_ANOTHERS"
    edition = changed(copy, package, copies.identifier(copy), "urn:uuid:5eaecd3a-beed-5c2e-ab60-a92116dc0255")
    assert said_of(works.judge_file, edition, "a.epub", kept) == "NUMBERED_FALSE"
    assert said_of(works.judge_line, f"8 {code}", kept) == "NUMBERED_ANOTHERS"
    shelf.copies_secret(tmp_path / "another")
    assert said_of(works.judge_file, copy, "a.epub", tmp_path / "another") == "NUMBERED_FALSE"
    assert said_of(works.judge_file, copy, "a.epub", tmp_path / "nowhere") == "NUMBERED_NO_KEY"
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("new", ["", "Lưu hành nội bộ", "Bản số 8 · mã ABCD-1234"])
def test_a_title_page_that_says_otherwise_is_noticed(master, kept, new):
    copy, line = copy_of(master, kept)
    altered = changed(copy, "EPUB/text/title.xhtml", line, new)
    assert said_of(works.judge_file, altered, "a.epub", kept) == "NUMBERED_ALTERED"


def test_what_is_no_copy_is_told(master, kept):
    assert said_of(works.judge_file, master, "a.epub", kept) == "NUMBERED_NOT"
    assert said_of(works.judge_file, b"PK\3\4 no", "a.epub", kept) == "NUMBERED_UNREADABLE"
    assert said_of(works.judge_file, b"", "a.epub", kept) == "NUMBERED_UNREADABLE"
    assert said_of(works.judge_line, "Lưu hành nội bộ", kept) == "NUMBERED_NOT"


# --- the secret and the registers -----------------------------------------------------------------


def test_the_secret_is_made_once_for_its_owner_alone(tmp_path):
    folder = tmp_path / "deep" / "settings"
    with ThreadPoolExecutor(8) as many:
        made = set(many.map(lambda _: shelf.copies_secret(folder), range(16)))
    assert len(made) == 1
    assert len(*made) == 32
    assert [each.name for each in folder.iterdir()] == ["copies.key"]
    path = folder / "copies.key"
    assert path.stat().st_mode & 0o777 == 0o600
    path.chmod(0o644)
    assert {shelf.copies_secret(folder)} == made
    assert path.stat().st_mode & 0o777 == 0o600
    assert shelf.copies_secret(tmp_path / "other") not in made


def test_the_secret_is_made_on_a_disk_without_links(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "link", lambda *_, **__: (_ for _ in ()).throw(OSError(errno.ENOTSUP, "no links")))
    assert shelf.copies_secret(tmp_path) == shelf.copies_secret(tmp_path)
    assert [each.name for each in tmp_path.iterdir()] == ["copies.key"]


@pytest.mark.parametrize("data", [b"", b"x", b"anpham copies 1 abcd\n", b"anpham copies 2 " + b"0" * 64])
def test_a_secret_that_is_broken_is_refused_and_left_alone(tmp_path, data):
    (tmp_path / "copies.key").write_bytes(data)
    assert said_of(shelf.copies_secret, tmp_path) == "NUMBERED_KEY"
    assert (tmp_path / "copies.key").read_bytes() == data


EDITION = shelf.NumberedEdition("urn:a", "so-tay", "nguoi-du")
HEADS = ("Số bản", "Mã", "Người nhận", "Ngày nhận")


def registered(folder, count, letter="A"):
    marks = [(number, f"{letter}{number:03}-0000") for number in range(1, count + 1)]
    return shelf.register(folder, EDITION, marks, HEADS)


def test_a_register_is_a_form_that_grows_and_never_loses_a_word(tmp_path):
    path = shelf.register_of(tmp_path, EDITION)
    assert registered(tmp_path, 2) is None
    blank = path.read_bytes()
    assert blank.decode("utf-8-sig") == "Số bản;Mã;Người nhận;Ngày nhận\r\n1;A001-0000;;\r\n2;A002-0000;;\r\n"
    assert path.parent.stat().st_mode & 0o777 == 0o700
    filled = blank.replace(b"A001-0000;;", "A001-0000;Chị Ba;5/3".encode())
    path.write_bytes(filled)
    assert registered(tmp_path, 1) is None
    assert path.read_bytes() == filled
    assert registered(tmp_path, 3) is None
    assert path.read_bytes() == filled + b"3;A003-0000;;\r\n"
    assert registered(tmp_path, 1, "B") is None  # another identifier: the old row stays
    assert path.read_bytes() == filled + b"3;A003-0000;;\r\n1;B001-0000;;\r\n"


@pytest.mark.parametrize(
    ("saved", "row"),
    [
        ("So,Ma,Ai,Ngay\n1,A001-0000,Chi Ba,\n2,A002-0000,,", b"\r\n3,A003-0000,,\r\n"),
        ('"So"\t"Ma"\n"1"\t"A001-0000"\t"Ba"\n2\tA002-0000\n', b"3\tA003-0000\t\t\r\n"),
    ],
    ids=["commas, no line end", "tabs, quoted"],
)
def test_a_register_saved_by_another_program_is_understood(tmp_path, saved, row):
    path = shelf.register_of(tmp_path, EDITION)
    path.parent.mkdir()
    path.write_bytes(saved.encode("cp1258"))
    assert registered(tmp_path, 3) is None
    assert path.read_bytes() == saved.encode("cp1258") + row


@pytest.mark.parametrize("data", ["1;A001-0000\r\n".encode("utf-16"), b"PK\3\4", b"Ai giu gi\n"])
def test_a_register_that_is_not_understood_is_left_alone_and_said(tmp_path, data):
    path = shelf.register_of(tmp_path, EDITION)
    path.parent.mkdir()
    path.write_bytes(data)
    assert registered(tmp_path, 3).code == "NUMBERED_REGISTER"
    assert path.read_bytes() == data


def test_editions_that_were_numbered_are_remembered(tmp_path):
    other = replace(EDITION, identifier="urn:b", edition="chu-tri")
    for _ in range(2):
        shelf.keep_numbered(tmp_path, [EDITION])
        shelf.keep_numbered(tmp_path, [other])
    assert set(shelf.numbered_editions(tmp_path)) == {EDITION, other}
    (tmp_path / "copies.json").write_text("{", "utf-8")
    with pytest.raises(Problems) as stopped:
        shelf.keep_numbered(tmp_path, [EDITION])
    assert [problem.code for problem in stopped.value.problems] == ["NUMBERED_LIST"]
    assert (tmp_path / "copies.json").read_text("utf-8") == "{"


# --- on the command line --------------------------------------------------------------------------


@pytest.fixture
def house(tmp_path, monkeypatch, master, for_kobo):
    """Type a command line in an empty folder; a build makes a PDF, a bound e-book and one for Kobo."""

    def build(source, wish, _):
        line = "Lưu hành nội bộ · Bản số {number} · mã {code}"
        made = (
            Output("nguoi-du", "pdf", f"{source.name}-nguoi-du.pdf", 8, 0.5, "s", b"%PDF"),
            Output("nguoi-du", "epub", f"{source.name}-nguoi-du.epub", 6, 0.5, "s", master, line),
            Output("nguoi-du", "kepub", f"{source.name}-nguoi-du.kepub.epub", 6, 0.5, "s", for_kobo, line),
        )
        return Made(source.name, tuple(each for each in made if each.kind in (wish.kinds or KINDS)), ())

    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("ANPHAM_CONFIG", str(tmp_path / "settings"))
    monkeypatch.setattr(building.works, "build", build)
    return lambda *words: CliRunner().invoke(app, list(words))


def on_shelf(folder):
    return sorted(path.name for path in folder.glob("shelf/so-tay/*-ban-*"))


def names(count, *endings):
    return sorted(f"so-tay-nguoi-du-ban-{number:03}{each}" for number in range(1, count + 1) for each in endings)


def test_copies_stand_beside_their_master_and_their_register_does_not(house, tmp_path, root):
    done = house("build", "so-tay", "--copies", "12", "--json")
    assert (done.exit_code, done.stderr) == (0, "")
    assert on_shelf(tmp_path) == names(12, ".epub", ".kepub.epub")
    answer = json.loads(done.stdout)
    jsonschema.validate(answer, json.loads((root / "builder/schemas/build.schema.json").read_text("utf-8")))
    assert [each["kind"] for each in answer["outputs"]].count("copy") == 12
    assert [each["kind"] for each in answer["outputs"]].count("kepub-copy") == 12
    (register,) = answer["registers"]
    assert register.startswith(str(tmp_path / "settings"))
    assert len(Path(register).read_text("utf-8-sig").splitlines()) == 13
    kinds = [each.kind for each in shelf.records(tmp_path / "shelf/so-tay")]
    assert kinds.count("copy") == kinds.count("kepub-copy") == 12
    assert not [path for path in (tmp_path / "shelf").rglob("*") if "so-ban" in path.name or path.suffix == ".key"]


def test_the_secret_is_in_nothing_that_is_said_or_written(house, tmp_path):
    done = house("build", "so-tay", "--copies", "2", "--verbose")
    secret = (tmp_path / "settings/copies.key").read_bytes().split()[-1]
    files = [path for path in tmp_path.rglob("*") if path.is_file() and path.name != "copies.key"]
    assert len(files) > 7
    for data in (done.output.encode(), *(path.read_bytes() for path in files)):
        assert secret not in data
        assert bytes.fromhex(secret.decode()) not in data


def test_a_copy_from_the_shelf_is_known_again(house):
    said = house("build", "so-tay", "--copies", "7").stdout
    assert "so-tay-nguoi-du-ban-001.epub …" in said
    assert "7 bản" in said
    assert "không có tên ai" in " ".join(said.split())
    copy = "shelf/so-tay/so-tay-nguoi-du-ban-007.epub"
    done = house("copy", "check", copy)
    assert done.exit_code == 0
    assert re.search(r"Đúng: bản số 7, mã \S{4}-\S{4}, của so-tay · nguoi-du\.", done.stdout)
    line = re.search(r"số 7, mã \S{9}", done.stdout)[0].rstrip(",")
    assert house("copy", "check", *line.split()).exit_code == 0
    assert "không chứng nhận lời văn" in " ".join(done.stdout.split())
    assert house("copy", "check", line.replace("7,", "6,", 1)).exit_code == 1
    both = house("copy", "check", copy, "shelf/so-tay/so-tay-nguoi-du.epub")
    assert both.exit_code == 1
    assert "Đúng: bản số 7" in both.stdout
    assert "NUMBERED_NOT" in both.stderr
    assert "so-tay · nguoi-du" in house("copy").stdout
    assert house("copy", "check", "khong-co.epub").exit_code == 1


def test_nothing_numbered_yet_is_said(house, tmp_path):
    assert "--copies" in house("copy").stdout
    assert not (tmp_path / "settings").exists()


def test_fewer_copies_next_time_leave_none_too_many(house, tmp_path):
    house("build", "so-tay", "--copies", "5")
    house("build", "so-tay", "--only", "epub", "--copies", "3")
    assert on_shelf(tmp_path) == sorted(names(3, ".epub") + names(5, ".kepub.epub"))
    stale = {each.path for each in shelf.records(tmp_path / "shelf/so-tay") if each.stale}
    assert {name for name in stale if "-ban-" in name} == set(names(5, ".kepub.epub"))
    house("build", "so-tay", "--copies", "2")
    assert on_shelf(tmp_path) == names(2, ".epub", ".kepub.epub")


def test_each_book_of_an_edition_has_a_register_of_its_own(tmp_path, master):
    line = "Bản số {number} · mã {code}"
    outputs = tuple(
        Output("to-roi", "epub", f"so-tay-to-roi-buoi-{number}.epub", 2, 0.5, "s", data, line)
        for number, data in ((1, master), (2, little(PAGE.format(""))))
    )
    made, registers = works.numbered(Made("so-tay", outputs, ()), 2, tmp_path, ["Số bản", "Mã", "Ai"], lambda: 0.0)
    assert [path.name for path in registers] == [f"so-tay-to-roi-buoi-{number}-so-ban.csv" for number in (1, 2)]
    assert {each.edition for each in shelf.numbered_editions(tmp_path)} == {"to-roi-buoi-1", "to-roi-buoi-2"}
    assert [works.master_of(each) for each in made.outputs[2:]] == [each.name for each in outputs for _ in "12"]


def test_copies_that_go_from_the_shelf_are_told_of(house):
    assert "Đã bỏ" not in house("build", "so-tay", "--copies", "5").stdout
    assert "Đã bỏ khỏi giá 6 bản đánh số" in house("build", "so-tay", "--copies", "2").stdout
    assert "Đã bỏ khỏi giá 1 bản đánh số" in house("build", "so-tay", "--only", "epub", "--copies", "1").stdout
    assert "Đã bỏ khỏi giá 3 bản đánh số" in house("build", "so-tay").stdout
    assert "Đã bỏ" not in house("build", "so-tay").stdout


def test_copies_of_an_older_master_are_marked_or_go(house, tmp_path):
    house("build", "so-tay", "--copies", "2")
    house("build", "so-tay", "--only", "epub")
    stale = {each.path: each.stale for each in shelf.records(tmp_path / "shelf/so-tay")}
    assert all(stale[name] for name in names(2, ".epub"))
    assert not stale["so-tay-nguoi-du.epub"]
    house("build", "so-tay")
    assert on_shelf(tmp_path) == []


def test_the_same_secret_gives_the_same_bytes(house, tmp_path):
    house("build", "so-tay", "--copies", "2")
    first = {name: (tmp_path / "shelf/so-tay" / name).read_bytes() for name in on_shelf(tmp_path)}
    house("build", "so-tay", "--copies", "2", "--shelf", "other")
    assert first == {name: (tmp_path / "other/so-tay" / name).read_bytes() for name in first}


@pytest.mark.parametrize("typed", ["0", "1000", "-1", "ba", "1.5", "٣"])
def test_a_number_of_copies_that_cannot_be_meant_is_said(house, typed):
    done = house("build", "so-tay", f"--copies={typed}")
    assert done.exit_code == 2
    assert "từ 1 đến 999" in done.stderr


@pytest.mark.parametrize("only", ["pdf", "azw3"])
def test_copies_of_what_is_no_ebook_are_refused(house, tmp_path, only):
    done = house("build", "so-tay", "--only", only, "--copies", "3")
    assert done.exit_code == 2
    assert "sách điện tử" in done.stderr
    assert not (tmp_path / "settings").exists()


def test_copies_beyond_all_measure_are_refused(house, tmp_path, monkeypatch):
    monkeypatch.setattr(works, "LARGEST", 100_000)
    done = house("build", "so-tay", "--copies", "900")
    assert done.exit_code == 1
    assert "NUMBERED_LARGE" in done.stderr
    assert not (tmp_path / "shelf/so-tay").exists()


def test_a_broken_secret_stops_the_build(house, tmp_path):
    (tmp_path / "settings").mkdir()
    (tmp_path / "settings/copies.key").write_text("x", "utf-8")
    done = house("build", "so-tay", "--copies", "3")
    assert done.exit_code == 1
    assert "NUMBERED_KEY" in done.stderr
    assert not (tmp_path / "shelf/so-tay").exists()


# --- the book for a Kindle ------------------------------------------------------------------------

BOOK = b"\0" * 60 + b"BOOKMOBI" + b"\0" * 9


@pytest.fixture
def calibre(tmp_path):
    """Make a stand-in for calibre's conversion: a shell script; what it notes is in ``seen``."""

    def made(script, name="ebook-convert", **options):
        path = tmp_path / "bin" / name
        path.parent.mkdir(exist_ok=True)
        (tmp_path / "book").write_bytes(BOOK)
        path.write_text(f"#!/bin/sh\nW={tmp_path}\n{script}\n", "utf-8")
        path.chmod(0o755)
        return shelf.Calibre(tmp_path / "bin" / "ebook-convert", dict(os.environ), **options)

    return made


def converted(master, calibre):
    pieces, found = ebooks.variant("azw3", Piece("epub", 3, master), Place("a.azw3"), calibre)
    return [piece.data for piece in pieces], [problem.code for problem in found]


def test_a_book_for_a_kindle_is_made_apart_from_everything(master, calibre, tmp_path):
    script = 'cp "$1" "$W/given"; cp "$W/book" "$2"; echo "$CALIBRE_CONFIG_DIRECTORY|$PWD" > "$W/seen"'
    assert converted(master, calibre(script)) == ([BOOK], [])
    assert (tmp_path / "given").read_bytes() == master
    own, folder = (tmp_path / "seen").read_text("utf-8").strip().split("|")
    assert own.startswith(folder)
    assert not Path(folder).exists()


def test_its_own_interpreter_is_preferred(master, calibre):
    calibre('[ "$1" = -e ] && [ "$3" = -- ] && cp "$W/book" "$5"', "calibre-debug")
    assert converted(master, calibre("exit 1")) == ([BOOK], [])


@pytest.mark.parametrize(
    "script",
    ["exit 1", "true", 'echo no > "$2"', 'ln -s "$W/book" "$2"', 'mkdir "$2"', 'head -c 300000000 /dev/zero > "$2"'],
    ids=["fails", "makes nothing", "makes nonsense", "makes a link", "makes a folder", "makes too much"],
)
def test_what_calibre_does_badly_costs_that_book_alone(master, calibre, script):
    assert converted(master, calibre(script)) == ([], ["KINDLE_FAILED"])


def test_a_calibre_that_hangs_is_ended(master, calibre, tmp_path):
    assert converted(master, calibre('sleep 60 & echo $! > "$W/pid"; wait', seconds=3)) == ([], ["KINDLE_SLOW"])
    pid = int((tmp_path / "pid").read_text("utf-8"))
    assert not Path(f"/proc/{pid}/cmdline").exists() or not Path(f"/proc/{pid}/cmdline").read_bytes()


def test_without_calibre_it_is_said_what_is_lacking(master, tmp_path):
    assert converted(master, None) == ([], ["KINDLE_MISSING"])
    assert converted(master, shelf.Calibre(tmp_path / "gone")) == ([], ["KINDLE_MISSING"])
    said = problems.kindle_missing(Place("a.azw3"))
    assert said.severity is problems.Severity.WARNING
    for word in ("apt-get install calibre", "calibre-ebook.com", "Send to Kindle"):
        assert word in said.way_out("vi")
        assert word in said.way_out("en")


def test_the_doctor_knows_calibre_as_an_extra(monkeypatch, calibre, tmp_path):
    calibre("exit 1")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    assert finder.program() == tmp_path / "bin" / "ebook-convert"
    monkeypatch.setenv("PATH", str(tmp_path))
    assert finder.program() is None
    lacking = [each for each in machine.examined(Words("vi")) if "azw3" in each.what]
    assert [(each.present, each.needed) for each in lacking] == [(False, False)]
    assert "calibre" in lacking[0].mend


def test_a_book_that_failed_is_tried_again_the_next_time(tmp_path):
    workshop, cache = Workshop(tmp_path, tmp_path), {}
    workshop = replace(workshop, cache=SimpleNamespace(put=cache.__setitem__, get=cache.get))
    for problem in (problems.kindle_failed(Place("a")), problems.kindle_slow(Place("a"), "1")):
        again.remember("k", Made("so-tay", (), (problem,)), workshop)
    assert cache == {}
    again.remember("k", Made("so-tay", (), (problems.kindle_missing(Place("a")),)), workshop)
    assert list(cache) == ["k"]


@pytest.mark.slow
def test_calibre_makes_the_same_book_each_time(master):
    found = finder.converter()
    if found is None:
        pytest.skip("calibre is not on this machine")
    one, other = (found.convert(master, Place("a.azw3")) for _ in range(2))
    assert one == other


# --- judged by others -----------------------------------------------------------------------------


def test_preflight_knows_a_kobo_book_and_finds_nothing_grave(master, for_kobo):
    for book in (for_kobo, next(copies.numbered(for_kobo, [LINE]))):
        report = preflight.look(book, "a.kepub.epub")
        assert dict(report.facts.told)["kobo"] > 10
        plain = preflight.look(master, "a.epub")
        assert {each.problem.code for each in report.findings} == {each.problem.code for each in plain.findings}
        assert "kobo" not in dict(plain.facts.told)


def test_every_kind_of_file_has_a_name_in_both_languages_and_in_the_schema(root):
    kinds = [*FILES, *COPIES.values()]
    schema = json.loads((root / "builder/schemas/build.schema.json").read_text("utf-8"))
    assert schema["$defs"]["output"]["properties"]["kind"]["enum"] == kinds
    assert all(Words(language).has(f"kind.{kind}") for kind in kinds for language in ("vi", "en"))
    assert OUTPUTS == KINDS


@pytest.mark.slow
def test_epubcheck_passes_a_kobo_book_and_a_copy(for_kobo, tmp_path):
    path = tmp_path / "a.kepub.epub"
    path.write_bytes(next(copies.numbered(for_kobo, [line_of(7, "urn:a")])))
    assert validators.epubcheck(path) == ()
