"""Proof-reading: what is found in a text and where, what mends it, what the writer means and has ignored.

The examples of every code stand in ``cases/proofs.md``: ``IGNORE_UNUSED`` alone comes of the settings.
"""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder import manuscript, problems, proofs
from builder.problems import Place, Severity
from builder.proofs.nouns import Text
from builder.proofs.passages import passages
from builder.vietnamese import normal

CASES = Path(__file__).parent / "cases" / "proofs.md"
CASE = re.compile(r"^## (.+)\n- vào: `(.*)`\n- ra: `(.*)`$", re.MULTILINE)


def sheet(raw, name="commentary/01.md"):
    return manuscript.sheet_of(f"sach/{name}", name, raw)


def told(problem, mends):
    found = dict(problem.values)["found"]
    became = f" → “{mends[problem].became}”" if problem in mends else ""
    return f"{problem.code} {problem.place.line}:{problem.place.column} “{found}”{became}"


def read(raw, name="commentary/01.md"):
    done = proofs.read([sheet(raw, name)])
    return "; ".join(told(problem, done.mends) for problem in done.problems) or "—"


def written(value):
    value = re.sub(r"\\u([0-9a-f]{4})", lambda code: chr(int(code[1], 16)), value)
    return value.replace("⏎", "\n").replace("ˋ", "`")


EXAMPLES = [(title, written(vao), ra) for title, vao, ra in CASE.findall(CASES.read_text("utf-8"))]


@pytest.mark.parametrize(("title", "given", "expected"), EXAMPLES, ids=[title for title, _, _ in EXAMPLES])
def test_each_example_is_read_as_written(title, given, expected):
    assert read(given) == expected, title


def test_every_code_of_the_language_has_its_example():
    shown = {code for _, _, expected in EXAMPLES for code in re.findall(r"(?:^|; )([A-Z_]+) \d", expected)}
    assert shown == set(problems.LANGUAGE) - {"REF_BROKEN"}  # it needs a programme: see below


def test_there_are_examples_of_what_is_right():
    assert sum(expected == "—" for _, _, expected in EXAMPLES) >= 12


# --- passages -------------------------------------------------------------------------------------


def words_of(raw, name="commentary/01.md"):
    return [passage.words for passage in passages(Text(sheet(raw, name)))]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Một *hai* **ba** __bốn__ năm_sáu 2 * 3", ["Một hai ba bốn năm_sáu 2 * 3"]),
        ("Xem [trang này](https://a.vn/b 'c') và `mã`.", ["Xem trang này và \ufffc."]),
        ("Xem [trang này](https://a.vn/b).", ["Xem trang này."]),
        ("Xem {khoan:Điều 5}[^1] và <https://a.vn>.", ["Xem \ufffc và \ufffc."]),
        ("1. Một {lines=5}\n2. Hai\n   tiếp", ["Một ", "Hai\ntiếp"]),
        ("## Điều 5 khoản 2: Vì sao\n\nLời.", ["Vì sao", "Lời."]),
        ("::: question {lines=6}\nHỏi gì?\n:::", ["Hỏi gì?"]),
        ("| TT | Nội dung |\n|---|:--|\n| 1 | Làm \\| gì |", ["TT", "Nội dung", "1", "Làm | gì"]),
        ("> Lời dẫn\n> tiếp\n\n[^1]: Chú thích.", ["Lời dẫn\ntiếp", "Chú thích."]),
        ("```\nmã  lệnh\n```\nLời.", ["Lời."]),
        ("---\ntitle: Buổi  một\n---\nLời.", ["Lời."]),
        ("\\1. Không phải nhãn", ["1. Không phải nhãn"]),
        ("![mô tả](figures/a.svg) Chú thích", ["\ufffc Chú thích"]),
    ],
)
def test_the_running_words_of_markdown(raw, expected):
    name = "sessions/01.md" if raw.startswith("---") else "commentary/01.md"
    assert words_of(raw, name) == expected


def test_in_the_programme_labels_are_words_and_open_a_passage():
    raw = "# Quy ước\nĐiều 1. Phạm vi\n1. Một\na) Hai\nba"
    assert words_of(raw, "program.md") == ["Quy ước", "Điều 1. Phạm vi", "1. Một", "a) Hai\nba"]


TEXTS = st.text(alphabet=" \n*_`[]()#>|-:{}=\\^!~<&;.,123aăđ“”\"'A", max_size=60)


@given(TEXTS)
def test_every_letter_of_a_passage_is_where_it_says(raw):
    text = Text(sheet(raw))
    whole = "\n".join(line.text for line in text.sheet.lines)
    for passage in passages(text):
        assert len(passage.words) == len(passage.offsets)
        assert list(passage.offsets) == sorted(set(passage.offsets))
        for letter, offset in zip(passage.words, passage.offsets, strict=True):
            assert letter in (whole[offset], "\ufffc")


@given(TEXTS)
def test_no_letter_is_hidden_but_in_code_addresses_and_marks(raw):
    """A text without marks of Markdown is read whole."""
    plain = re.sub(r"[^ăđaA123 \n.,]", "", raw)
    read_ = "".join("".join(words.split()) for words in words_of(plain))
    bare = "".join(plain.split())
    assert re.sub(r"\d[.]", "", read_) == re.sub(r"\d[.]", "", bare) or read_ in bare or len(bare) - len(read_) <= 4


# --- mends ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Đảng  ta ,  dân.", "Đảng ta, dân."),
        ("Một  hai\r\nba...\r\n", "Một hai\r\nba…\r\n"),
        ("\ufeffMột  hai\n", "Một hai\n"),
        ("Tie\u0302\u0301ng  Việt", "Tiếng Việt"),
        ("Một\u2028hai\r\n", "Một\r\nhai\r\n"),
        ("`a  b` và  **c**  d", "`a  b` và **c** d"),
        ("Dòng ngắt  \nở đây", "Dòng ngắt  \nở đây"),  # two spaces at a line's end are a break
    ],
)
def test_mends_touch_nothing_else(raw, expected):
    done = proofs.read([sheet(raw)])
    assert proofs.mended(sheet(raw), done.mends.values()) == expected


@given(st.text(alphabet=" \n.,;:()“”\"'đếtaA1-/…\r\u0301\u200b", max_size=40))
@settings(max_examples=300)
def test_mending_keeps_letters_and_comes_to_an_end(raw):
    before = [letter for letter in normal.normalise(raw).text if letter.isalnum()]
    for _ in range(8):
        done = proofs.read([sheet(raw)])
        raw_after = proofs.mended(sheet(raw), done.mends.values())
        if raw_after == raw:
            break
        raw = raw_after
    else:
        pytest.fail(raw)
    assert [letter for letter in raw if letter.isalnum()] == before or done.mends


def test_tones_are_rewritten_when_asked():
    text = sheet("Hòa bình, **thuỷ** lợi, quý, hoàn toàn, KHOÁ, `hòa`.")
    assert proofs.mended(text, proofs.restyled(text, "new")) == "Hoà bình, **thuỷ** lợi, quý, hoàn toàn, KHOÁ, `hòa`."
    assert proofs.mended(text, proofs.restyled(text, "old")) == "Hòa bình, **thủy** lợi, quý, hoàn toàn, KHÓA, `hòa`."


# --- the whole publication ------------------------------------------------------------------------


@pytest.fixture
def source(tmp_path):
    folder = tmp_path / "sach"
    (folder / "commentary").mkdir(parents=True)
    (folder / "program.md").write_text(
        "# Quy ước\n\nĐiều 1. Một\n\nTheo Điều 2 và Điều 7. Theo Điều 9 của Luật Đất đai.\n\n"
        "Điều 2. Hai\n\nNhư Điều 12 Quy ước này và Điều 1.\n",
        "utf-8",
    )
    (folder / "commentary" / "01.md").write_text("## Điều 1\n\nLàm  đươc, các các việc.\n", "utf-8")
    return folder


def proofs_of(folder):
    publication, _ = manuscript.read(folder)
    return proofs.read(manuscript.texts(folder), publication)


def test_articles_that_are_not_there_are_found(source):
    broken = [each for each in proofs_of(source).problems if each.code == "REF_BROKEN"]
    assert [(dict(each.values)["found"], each.place.line) for each in broken] == [("7", 5), ("12", 9)]


def test_what_the_writer_means_is_ignored_and_what_nothing_asks_for_is_told(source):
    assert {each.code for each in proofs_of(source).problems} == {"REF_BROKEN", "SP_DOUBLE", "TONE_STOP", "DUP_WORD"}
    (source / "publication.yaml").write_text(
        "ignore:\n  REF_BROKEN: '*'\n  TONE_STOP: [đươc, khac]\n  DUP_WORD: CÁC CÁC\n", "utf-8"
    )
    left = proofs_of(source).problems
    assert [each.code for each in left] == ["SP_DOUBLE", "IGNORE_UNUSED"]
    assert left[1].place == Place((source / "publication.yaml").as_posix(), 3, 21)
    assert dict(left[1].values) == {"ignored": "TONE_STOP", "words": "khac"}


def test_the_writers_own_terms_have_their_capitals(source):
    (source / "publication.yaml").write_text("capitals: [Tổ Bạn đọc]\n", "utf-8")
    (source / "commentary" / "01.md").write_text("## Điều 1\n\nTổ bạn đọc họp; Tổ Bạn đọc bàn.\n", "utf-8")
    (term,) = [each for each in proofs_of(source).problems if each.code == "CAPS_TERM"]
    assert dict(term.values) == {"found": "Tổ bạn đọc", "better": "“Tổ Bạn đọc”"}


def test_errors_are_not_ignored(source):
    (source / "commentary" / "01.md").write_text("## Điều 1\n\na\u0301\u0300 làm.\n", "utf-8")
    (source / "publication.yaml").write_text("ignore:\n  UNI_TONES: '*'\n", "utf-8")
    found = proofs_of(source).problems
    assert [each.code for each in found if each.severity is Severity.ERROR] == ["UNI_TONES"]


def test_a_code_that_there_is_not_cannot_be_ignored(source):
    (source / "publication.yaml").write_text("ignore:\n  SP_DUOBLE: '*'\n", "utf-8")
    with pytest.raises(problems.Problems) as stopped:
        manuscript.read(source)
    assert [each.code for each in stopped.value.problems] == ["KEY_UNKNOWN"]
    assert "SP_DOUBLE" in stopped.value.problems[0].way_out()
