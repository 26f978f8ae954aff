"""A file in an old encoding is taken in when there is no doubt, and told of; what is in doubt is refused or left."""

from pathlib import Path

import pytest

from builder import intake, manuscript
from builder.problems import Problems, Severity
from builder.vietnamese import legacy, mojibake
from builder.vietnamese.legacy import Encoding

TEXT = """\
Quy ước tủ sách thôn

Lời đầu

Căn cứ nguyện vọng của bà con, chi bộ họp bàn và quyết nghị như sau.

Điều 1. Tên gọi

1. Tủ sách mang tên “Đọc chung”, đặt tại nhà văn hóa thôn.

2. Mỗi hộ góp ít nhất một cuốn, mỗi quý đọc chung một buổi.

Điều 2. Người giữ sách

a) Ghi tên người mượn;

b) Nhắc trả đúng hẹn.

T/M CHI BỘ

BÍ THƯ"""
PLAIN = TEXT.replace("“", "").replace("”", "")
LOST = (0x81, 0x8D, 0x8F, 0x90, 0x9D)


def take(folder, data, name="van-ban.txt"):
    file = Path(folder) / name
    file.write_bytes(data if isinstance(data, bytes) else data.encode())
    return intake.read(file)


def refused(folder, data, name="van-ban.txt"):
    with pytest.raises(Problems) as raised:
        take(folder, data, name)
    return [(problem.code, problem.place.line, dict(problem.values)) for problem in raised.value.problems]


def told(taken, *codes):
    return [(each.code, each.place.line, dict(each.values)) for each in taken.report if each.code in codes]


ABOUT = ("INTAKE_CONVERTED", "INTAKE_DOUBTED", "INTAKE_MOJIBAKE", "INTAKE_LOST")


@pytest.mark.parametrize("name", ["van-ban.txt", "van-ban.md"])
@pytest.mark.parametrize(
    "encoding",
    [Encoding.TCVN3, Encoding.VNI, Encoding.VISCII, Encoding.VPS, Encoding.CP1258],
    ids=lambda each: each.name,
)
def test_a_file_in_an_old_encoding_becomes_what_it_is_in_unicode(encoding, name, tmp_path):
    text = PLAIN if encoding in (Encoding.VISCII, Encoding.VPS) else TEXT
    found = legacy.encode(text, encoding).encode("latin-1")
    for data in (found, found.replace(b"\n", b"\r\n")):
        taken = take(tmp_path, data, name)
        assert taken.files == take(tmp_path, text, name).files
        ((code, line, values),) = told(taken, *ABOUT)
        altered = [each for each in text.split("\n") if legacy.encode(each, encoding) != each]
        assert (code, line, values["encoding"]) == ("INTAKE_CONVERTED", 1, str(encoding))
        assert values["lines"] == str(len(altered))
        assert int(values["words"]) > 40


@pytest.mark.parametrize("encoding", [Encoding.TCVN3, Encoding.VNI, Encoding.VIQR], ids=lambda each: each.name)
def test_text_pasted_into_unicode_is_converted_too(encoding, tmp_path):
    text = PLAIN if encoding is Encoding.VIQR else TEXT
    taken = take(tmp_path, legacy.encode(text, encoding))
    assert taken.files == take(tmp_path, text).files
    assert [code for code, _, _ in told(taken, *ABOUT)] == ["INTAKE_CONVERTED"]


def test_what_was_converted_builds(tmp_path):
    taken = take(tmp_path, legacy.encode(TEXT, Encoding.TCVN3).encode("latin-1"))
    source = tmp_path / "nguon"
    source.mkdir()
    for name, text in taken.files.items():
        (source / name).write_text(text, "utf-8")
    publication, problems = manuscript.read(source)
    assert publication.settings.title == "Quy ước tủ sách thôn"
    assert [problem for problem in problems if problem.severity is Severity.ERROR] == []


def test_the_soft_hyphen_of_tcvn3_is_not_taken_for_a_soft_hyphen(tmp_path):
    words = "Nước ta được mùa, người người đều vui mừng."
    taken = take(tmp_path, f"Tên\n\n{legacy.encode(words, Encoding.TCVN3)}")
    assert words in taken.files["program.md"]


@pytest.mark.parametrize("times", [1, 2])
def test_broken_words_are_mended(times, tmp_path):
    found = TEXT
    for _ in range(times):
        found = mojibake.misread(found)
    taken = take(tmp_path, found)
    assert taken.files == take(tmp_path, TEXT).files
    ((code, line, values),) = told(taken, *ABOUT)
    assert (code, line) == ("INTAKE_MOJIBAKE", 1)
    assert int(values["words"]) > 40


def test_broken_words_in_one_line_are_mended_there(tmp_path):
    lines = TEXT.split("\n")
    lines[4] = mojibake.misread(lines[4])
    taken = take(tmp_path, "\n".join(lines))
    assert taken.files == take(tmp_path, TEXT).files
    assert [(code, line, values["lines"]) for code, line, values in told(taken, *ABOUT)] == [
        ("INTAKE_MOJIBAKE", 5, "1")
    ]


def test_lost_letters_are_said_aloud(tmp_path):
    taken = take(tmp_path, mojibake.misread(TEXT).translate(dict.fromkeys(LOST)))
    assert "quyết nghị như sau" in taken.files["program.md"]
    lost = [(line, values["count"]) for code, line, values in told(taken, *ABOUT) if code == "INTAKE_LOST"]
    assert lost == [(3, "12")]
    assert next(each for each in taken.report if each.code == "INTAKE_LOST").severity is Severity.WARNING


def test_paragraphs_of_a_mixed_file_are_converted_one_by_one(tmp_path):
    lines = TEXT.split("\n")
    for at in (8, 10):
        lines[at] = legacy.encode(lines[at], Encoding.TCVN3)
    lines[4] = legacy.encode(lines[4], Encoding.VNI)
    taken = take(tmp_path, "\n".join(lines))
    assert taken.files == take(tmp_path, TEXT).files
    assert [(line, values["encoding"], values["lines"]) for _, line, values in told(taken, *ABOUT)] == [
        (5, "VNI", "1"),
        (9, "TCVN3 (ABC)", "2"),
    ]


def test_lines_of_utf_8_among_bytes_of_an_old_encoding_stay(tmp_path):
    lines = TEXT.split("\n")
    data = [line.encode() for line in lines]
    for at in (8, 10, 12):
        data[at] = legacy.encode(lines[at], Encoding.TCVN3).encode("latin-1")
    taken = take(tmp_path, b"\n".join(data))
    assert taken.files == take(tmp_path, TEXT).files
    assert [(line, values["lines"]) for _, line, values in told(taken, *ABOUT)] == [(9, "3")]


def test_a_short_line_in_doubt_is_left_and_said_aloud(tmp_path):
    lines = TEXT.split("\n")
    lines[6] = "§iÒu 1. Tªn gäi"
    taken = take(tmp_path, "\n".join(lines))
    assert "§iÒu 1. Tªn gäi" in taken.files["program.md"]
    assert told(taken, *ABOUT) == [
        ("INTAKE_DOUBTED", 7, {"encoding": "TCVN3 (ABC)", "lines": "1", "words": "§iÒu 1. Tªn gäi"})
    ]


def test_bytes_in_doubt_are_refused_with_what_they_look_like(tmp_path):
    data = legacy.encode("Điều lệ\n\nViệc đọc sách", Encoding.TCVN3).encode("latin-1")
    assert refused(tmp_path, data) == [("INTAKE_ENCODING", 1, {"encoding": "TCVN3 (ABC)"})]


@pytest.mark.parametrize(
    "data",
    [
        "L'été dernier, nous avons mangé des pâtés à la crème près du château.".encode("latin-1"),
        "Übrigens möchte Frau Müller für fünf Gäste größere Stühle kaufen.".encode("latin-1"),
        "Книга лежит на столе, а рядом стоит чашка горячего чая.".encode("cp1251"),
        bytes(range(1, 256)),
        bytes(range(256)) * 4,
        b"ti\xff\xfe\xfd",
    ],
)
def test_bytes_that_are_no_vietnamese_are_refused_as_before(data, tmp_path):
    assert [code for code, _, _ in refused(tmp_path, data)] in (["ENC_UTF8"], ["INTAKE_KIND"])


def test_utf_8_with_a_byte_missing_is_refused_where_it_is_missing(tmp_path):
    data = TEXT.encode().replace("hẹn".encode(), "hẹn".encode()[:-2])
    assert refused(tmp_path, data) == [("ENC_UTF8", 17, {})]


def test_unicode_is_not_touched(tmp_path):
    assert told(take(tmp_path, TEXT), *ABOUT) == []
    assert told(take(tmp_path, TEXT.encode("utf-16")), *ABOUT) == []


def test_a_secrecy_mark_in_an_old_encoding_is_seen(tmp_path):
    data = legacy.encode(f"{TEXT}\n\nTỐI MẬT\n", Encoding.VNI).encode("latin-1")
    assert [code for code, _, _ in refused(tmp_path, data)] == ["SECRET_MARK"]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_notice_can_be_said(language, tmp_path):
    mixed = f"{legacy.encode(TEXT, Encoding.TCVN3)}\n\n{mojibake.misread(TEXT).translate(dict.fromkeys(LOST))}\n\n"
    taken = take(tmp_path, f"{mixed}{TEXT}\n\nVÒ viÖc ®äc\n\n{TEXT}")
    assert {problem.code for problem in taken.report} >= {*ABOUT}
    assert all(problem.line(language) for problem in taken.report)


@pytest.mark.parametrize("name", ["program.md", "commentary/a.md"])
def test_a_file_of_a_source_folder_is_named_with_its_encoding(name, tmp_path):
    source = tmp_path / "quy-uoc"
    (source / "commentary").mkdir(parents=True)
    (source / "program.md").write_text("Điều 1. Tên\n\nMột.\n", "utf-8")
    (source / name).write_bytes(legacy.encode(TEXT, Encoding.VNI).encode("latin-1"))
    try:
        found = manuscript.read(source)[1]
    except Problems as error:
        found = error.problems
    (problem,) = [problem for problem in found if problem.place.file.endswith(name)]
    assert (problem.code, dict(problem.values)["encoding"]) == ("ENC_OLD", "VNI")
    assert "anpham import" in problem.line()
