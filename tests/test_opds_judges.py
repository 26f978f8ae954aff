"""Feeds of OPDS 1.2 and 2.0 before their judges: valid they are, and each way to spoil one is found out by somebody."""

import re

import pytest
import validators
from opds_read import CATALOGUES, feeds, walked

from builder.site import opds1, opds2


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """The feeds of every catalogue as files, by their ending."""
    told = {".xml": [], ".json": []}
    for number, shelf in enumerate(CATALOGUES.values()):
        folder = tmp_path_factory.mktemp(f"feeds-{number}")
        for path, document in feeds(shelf).items():
            file = put(folder / path, document)
            told[file.suffix].append(file)
    return told


def put(path, document):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(document)
    return path


def test_all_are_valid(written):
    assert len(written[".xml"]) == len(written[".json"]) > len(CATALOGUES) * 3
    assert not validators.opds1(written[".xml"])
    assert not validators.opds2(written[".json"])


def test_all_are_valid_by_the_schemas_of_opds_itself(written, tmp_path):
    grammar, judge = validators.official_opds(tmp_path)
    assert not validators.opds1(written[".xml"], grammar)
    assert not validators.opds2(written[".json"], judge)


@pytest.mark.parametrize("version", [opds1, opds2])
@pytest.mark.parametrize("name", CATALOGUES)
def test_no_way_leads_nowhere_and_no_count_lies(name, version):
    assert not walked(dict(version.feeds(CATALOGUES[name])), CATALOGUES[name].address)


# Part of a feed, what it is spoilt to, who finds that out: the schema, or whoever walks the feeds.
SPOILT_ATOM = {
    "no id": (r"<id>urn:uuid:[^<]*</id>", "", "schema"),
    "an id that is no URI": (r"<id>urn:uuid:[^<]*</id>", "<id>so tay</id>", "schema"),
    "a date without an offset": (r"Z</updated>", "</updated>", "schema"),
    "a date that is none": (r"<updated>\d{4}-\d\d", "<updated>2020-13", "schema"),
    "no author": (r"<author>.*?</author>", "", "schema"),
    "a link with a space": ('href="index.xml"', 'href="in dex.xml"', "schema"),
    "a link with a letter that is not escaped": (r'href="index.xml"', 'href="mục-lục.xml"', "schema"),
    "no way to take a book": (r'(<link rel="http://opds-spec.org/acquisition[^>]*>\s*)+', "", "schema"),
    "a file without a type": (r' type="application/epub\+zip"', "", "schema"),
    "a file without a length": (r' length="\d+"', "", "schema"),
    "a feed without its profile": (";profile=opds-catalog", "", "schema"),
    "a facet without a group": (r' opds:facetGroup="[^"]*"', "", "schema"),
    "an inactive facet that says so": ('opds:activeFacet="true"', 'opds:activeFacet="false"', "schema"),
    "a total that is no number": (r"totalResults>\d+", "totalResults>many", "schema"),
    "an element of another's": ("<opensearch:totalResults>", "<opds:price/><opensearch:totalResults>", "schema"),
    "a book without content": (r"<content .*?</content>", "", "schema"),
    "a total that lies": (r"totalResults>\d+", "totalResults>7", "walk"),
    "a facet that lies": (r'thr:count="\d+"', 'thr:count="7"', "walk"),
    "next leads nowhere": (r'rel="next" href="[^"]*"', 'rel="next" href="moi_trang-9.xml"', "walk"),
    "next leads to another list": (r'rel="next" href="[^"]*"', 'rel="next" href="tat-ca.xml"', "walk"),
    "up leads down": (r'rel="up" href="[^"]*"', 'rel="up" href="tat-ca.xml"', "walk"),
    "a feed not of its last day": (r"<updated>\d{4}", "<updated>2019", "walk"),
    "a book twice": (r"(<entry>.*?</entry>)", r"\1\1", "walk"),
    "no facet is active": (r' opds:activeFacet="true"', "", "walk"),
}
SPOILT_JSON = {
    "no title": (r'"title":"Mới nhất",', "", "schema"),
    "no self": (r'\{"rel":"self"[^}]*\},', "", "schema"),
    "no books": (r'"publications":.*', '"publications":[]}', "schema"),
    "a blank value": (r'"title":"Mới nhất"', '"title":""', "schema"),
    "an id that is no URI": (r'"urn:uuid:[^"]*"', '"so tay"', "schema"),
    "a day that is none": (r'"modified":"\d{4}-\d\d', '"modified":"2020-13', "schema"),
    "a link without an address": (r'"href":"index.json",', "", "schema"),
    "an address with a space": (r'"index.json"', '"in dex.json"', "schema"),
    "no way to take a book": (r'acquisition/open-access"', 'acquisition/elsewhere"', "schema"),
    "a file without a size": (r',"size":\d+', "", "schema"),
    "a size in words": (r'"size":\d+', '"size":"285 kB"', "schema"),
    "a facet without a title": (r'\{"metadata":\{"title":"Loại"\}', '{"metadata":{}', "schema"),
    "a page number alone": (r'"numberOfItems":\d+,"itemsPerPage":\d+,', "", "schema"),
    "a picture of a kind that not all can show": (r'"type":"image/jpeg"', '"type":"image/svg+xml"', "schema"),
    "a total that lies": (r'"numberOfItems":\d+,"itemsPerPage"', '"numberOfItems":7,"itemsPerPage"', "walk"),
    "next leads nowhere": (r'"rel":"next","href":"[^"]*"', '"rel":"next","href":"moi_trang-9.json"', "walk"),
    "a feed not of its last day": (r'"modified":"\d{4}', '"modified":"2019', "walk"),
    "no facet is active": (r'"rel":"self",("href":"moi.json","type":"[^"]*","title")', r"\1", "schema"),
}


def spoil(document, fault):
    old, new, _ = fault
    spoilt, times = re.subn(old.encode(), new.encode(), document, count=1, flags=re.DOTALL)
    assert times, fault
    return spoilt


@pytest.fixture(scope="module")
def spoilt(tmp_path_factory):
    """What spoils the newest of three pages → the feed, and what jing or jsonschema says of it."""
    folder = tmp_path_factory.mktemp("spoilt")
    documents = feeds(CATALOGUES["three pages"])
    judged = {}
    for judge, faults, path in (
        (validators.opds1, SPOILT_ATOM, "opds/moi.xml"),
        (validators.opds2, SPOILT_JSON, "opds2/moi.json"),
    ):
        made = {fault: spoil(documents[path], told) for fault, told in faults.items()}
        files = {fault: put(folder / f"{number}-{path}", each) for number, (fault, each) in enumerate(made.items())}
        said = judge(files.values())
        judged |= {(path, fault): (made[fault], said.get(str(file), ())) for fault, file in files.items()}
    return judged


@pytest.mark.parametrize(
    ("path", "fault"),
    [*(("opds/moi.xml", fault) for fault in SPOILT_ATOM), *(("opds2/moi.json", fault) for fault in SPOILT_JSON)],
)
def test_a_spoilt_feed_is_found_out(spoilt, path, fault):
    made, remarks = spoilt[path, fault]
    judge = (SPOILT_ATOM if path.endswith(".xml") else SPOILT_JSON)[fault][-1]
    if judge == "schema":
        assert remarks
    else:
        version = opds1 if path.endswith(".xml") else opds2
        assert not remarks
        assert walked({**dict(version.feeds(CATALOGUES["three pages"])), path: made})


def test_what_jing_cannot_read_is_not_right(tmp_path):
    broken, foreign = put(tmp_path / "a.xml", b"no feed"), put(tmp_path / "b.xml", b"<feed/>")
    found = validators.opds1([broken, foreign])
    assert [remark.severity for remarks in found.values() for remark in remarks] == ["fatal", "error"]
    with pytest.raises(pytest.fail.Exception, match="jing could not judge"):
        validators.opds1([tmp_path / "lost.xml"])
    with pytest.raises(pytest.fail.Exception, match="jing could not judge"):
        validators.opds1([broken], put(tmp_path / "a.rnc", b"start ="))
