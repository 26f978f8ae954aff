"""What is made of a bound e-book: the book for Kobo's reader, numbered copies, the book for a Kindle."""

import re
import zipfile
from xml.etree import ElementTree

import pytest
import validators
from hypothesis import given
from hypothesis import strategies as st
from test_ebook import PRINTED, composition, faces  # noqa: F401 - fixtures

from builder.ebook import archive, bind, kepub
from builder.vietnamese.sentences import sentences

SPAN = re.compile(rb'<span class="koboSpan" id="(kobo\.\d+\.\d+)">')
HEAD = (
    '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n'
    '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>A. B</title></head>\n'
)


@pytest.fixture(scope="module")
def master(composition):  # noqa: F811
    return bind(composition, PRINTED).epub


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
    assert text.count(b"<body>" + kepub.OPENING.encode()) == text.count(kepub.CLOSING.encode() + b"</body>") == 1


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
    assert len(ids(dressed)) == 3


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


@pytest.mark.slow
def test_epubcheck_passes_a_kobo_book(for_kobo, tmp_path):
    path = tmp_path / "a.kepub.epub"
    path.write_bytes(for_kobo)
    assert validators.epubcheck(path) == ()
