"""Roles are read, faces cast, letters measured and missed."""

import io
import unicodedata

import pytest
from fontTools.ttLib import TTFont

from builder import fonts, problems

CUTS = """
[text]
family = "{family}"
print = [{cuts}]
ebook = []
"""


@pytest.fixture(scope="module")
def roles(root):
    return fonts.roles(root / "fonts")


@pytest.fixture(scope="module")
def faces(roles):
    return fonts.cast(roles.faces(ebook=False), frozenset())


def codes(call, *arguments):
    with pytest.raises(problems.Problems) as caught:
        call(*arguments)
    return [problem.code for problem in caught.value.problems]


def written(folder, text):
    (folder / "roles.toml").write_text(text, "utf-8")
    return folder


def test_the_roles_name_a_family_for_text_and_one_for_heads(roles):
    assert roles.families == ("Noto Serif", "Be Vietnam Pro")
    assert [(cut.weight, cut.style) for cut in roles.faces(ebook=True)] == [
        (400, "normal"),
        (400, "italic"),
        (700, "normal"),
        (400, "normal"),
        (700, "normal"),
    ]


def test_there_are_134_vietnamese_letters():
    assert len(fonts.LETTERS) == 134
    assert {"đ", "Ữ", "ỵ", "Ậ", "ơ"} <= fonts.LETTERS
    assert all(unicodedata.is_normalized("NFC", letter) and len(letter) == 1 for letter in fonts.LETTERS)


def test_a_cast_face_is_static_small_and_keeps_its_names(faces):
    assert len(faces) == 9
    for face in faces:
        font = TTFont(io.BytesIO(face.data))
        assert "fvar" not in font
        assert len(face.data) < 80_000
        assert font["OS/2"].usWeightClass == face.weight
        assert "Open Font License" in str(font["name"].getName(13, 3, 1, 0x409))


def test_a_cast_face_has_every_vietnamese_letter_and_what_the_text_asks_for(roles):
    plain, greek = (fonts.cast(roles.faces(ebook=False)[:1], frozenset(letters))[0] for letters in ("", "Ω"))
    assert set(map(chr, TTFont(io.BytesIO(plain.data)).getBestCmap())) >= fonts.LETTERS
    assert fonts.missing([plain], "Ω") == {"Ω"}
    assert not fonts.missing([greek], "Ω")


def test_the_figures_of_the_text_face_stand_under_one_another(faces):
    assert len({fonts.measure(faces[0], figure, 10) for figure in "0123456789"}) == 1


def test_marks_above_capitals_and_raised_figures_survive_casting(faces):
    table = TTFont(io.BytesIO(faces[0].data))["GSUB"].table
    assert {"case", "sups"} <= {record.FeatureTag for record in table.FeatureList.FeatureRecord}


def test_casting_twice_gives_the_same_bytes(roles, faces):
    assert fonts.cast(roles.faces(ebook=False), frozenset()) == faces


def test_only_what_prints_is_missed(faces):
    assert fonts.missing(faces, "Điều 5\n\u200b\u00ad\u00a0中☐") == {"中", "☐"}


def test_a_letter_may_come_from_the_other_family(faces):
    heads = [face for face in faces if face.family == "Be Vietnam Pro"]
    assert fonts.missing(heads, "\u2011") == {"\u2011"}
    assert not fonts.missing(faces, "\u2011")


def test_files_have_plain_names(faces):
    assert [face.file_name for face in faces[:5]] == [
        "noto-serif-400.ttf",
        "noto-serif-400-italic.ttf",
        "noto-serif-700.ttf",
        "noto-serif-700-italic.ttf",
        "be-vietnam-pro-400.ttf",
    ]


def test_each_face_has_its_rule(faces):
    assert fonts.stylesheet(faces[1:2], lambda face: f"x/{face.file_name}") == (
        '@font-face { font-family: "Noto Serif"; font-weight: 400; font-style: italic; '
        'src: url("x/noto-serif-400-italic.ttf") format("truetype"); }\n'
    )


def test_words_are_measured_in_points(faces):
    width = fonts.measure(faces[0], "Điều 5", 10)
    assert fonts.measure(faces[0], "Điều 5", 20) == pytest.approx(2 * width)
    assert 25 < width < 35
    assert fonts.measure(faces[2], "Điều 5", 10) > width


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[text", "ROLES_BROKEN"),
        ("", "ROLES_BROKEN"),
        ("text = 1", "ROLES_BROKEN"),
        (CUTS.format(family="Noto Serif", cuts='"bold"'), "ROLES_BROKEN"),
        (CUTS.format(family="Noto Serif", cuts="") + "colour = 1", "ROLES_BROKEN"),
        (CUTS.format(family="Không có họ này", cuts='"400"'), "FONT_UNKNOWN"),
        (CUTS.format(family="Noto Serif", cuts='"400"') + '[text.files]\n400 = "../x.ttf"', "FONT_CUT"),
    ],
)
def test_roles_that_cannot_be_followed(tmp_path, text, code):
    assert codes(fonts.roles, written(tmp_path, text)) == [code]


def test_no_roles_at_all(tmp_path):
    assert codes(fonts.roles, tmp_path) == ["ROLES_BROKEN"]


def own_family(folder, data):
    (folder / "own.ttf").write_bytes(data)
    text = CUTS.format(family="Own", cuts='"400"') + '[text.files]\n400 = "own.ttf"'
    return fonts.roles(written(folder, text)).faces(ebook=False)


def test_a_family_of_ones_own_is_cast_from_its_files(tmp_path, faces):
    cast = fonts.cast(own_family(tmp_path, faces[0].data), frozenset())
    assert [face.file_name for face in cast] == ["own-400.ttf"]
    assert not fonts.missing(cast, "Điều")


def test_a_file_that_is_no_font(tmp_path):
    assert codes(fonts.cast, own_family(tmp_path, b"words"), frozenset()) == ["FONT_UNREADABLE"]


def test_a_family_without_vietnamese_letters(tmp_path, faces):
    font = TTFont(io.BytesIO(faces[0].data))
    for table in font["cmap"].tables:
        table.cmap.pop(ord("ữ"), None)
    file = io.BytesIO()
    font.save(file)
    with pytest.raises(problems.Problems) as caught:
        fonts.cast(own_family(tmp_path, file.getvalue()), frozenset())
    assert "ữ (U+1EEF)" in caught.value.problems[0].sentence()


def test_a_family_with_a_reserved_name_is_left_whole(tmp_path, faces):
    font = TTFont(io.BytesIO(faces[0].data))
    font["name"].setName('Copyright 2020, with Reserved Font Name "Own".', 0, 3, 1, 0x409)
    file = io.BytesIO()
    font.save(file)
    assert fonts.cast(own_family(tmp_path, file.getvalue()), frozenset())[0].data == file.getvalue()
