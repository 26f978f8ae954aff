"""Roles are read, faces cast, letters measured and missed."""

import io
import unicodedata
import zlib

import fontpkg
import pytest
from fontTools.ttLib import TTFont

from builder import fonts, problems
from builder.composition import leading

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


def test_the_error_names_the_family_the_file_and_every_letter(tmp_path, faces):
    font = TTFont(io.BytesIO(faces[0].data))
    for table in font["cmap"].tables:
        for letter in "Ẫđ":
            table.cmap.pop(ord(letter), None)
    file = io.BytesIO()
    font.save(file)
    with pytest.raises(problems.Problems) as caught:
        fonts.cast(own_family(tmp_path, file.getvalue()), frozenset())
    (problem,) = caught.value.problems
    assert (problem.code, problem.place.file) == ("FONT_MISSING", str(tmp_path / "own.ttf"))
    for language in ("vi", "en"):
        said = problem.sentence(language)
        assert "đ (U+0111)" in said
        assert "Ẫ (U+1EAA)" in said
        assert "Own" in said


PUNCTUATION = "“”‘’–—…₫°"


@pytest.mark.parametrize("style", ["normal", "italic"])
@pytest.mark.parametrize("weight", [400, 700])
def test_regular_bold_and_their_italics_of_the_default_families_have_every_letter_and_mark(roles, weight, style):
    for family in roles.families:
        cut = fonts.Cut(family, weight, style, fontpkg.path(family, weight, style))
        (face,) = fonts.cast([cut], frozenset())
        assert not fonts.missing([face], fonts.LETTERS | set(PUNCTUATION))
        assert fonts.missing([face], "中") == {"中"}


def test_every_cut_of_the_roles_has_every_letter_and_mark(roles):
    for ebook in (False, True):
        for face in fonts.cast(roles.faces(ebook=ebook), frozenset()):
            assert not fonts.missing([face], fonts.LETTERS | set(PUNCTUATION))


# --- heights of letters ----------------------------------------------------------------------------


def test_the_floors_are_those_of_the_specification(faces):
    """Table 8.2 of the specification of the written language."""
    found = {
        (face.family, face.weight): (round(fonts.floors(face).low, 2), round(fonts.floors(face).capitals, 2))
        for face in faces
        if face.style == "normal"
    }
    assert found["Noto Serif", 400] == (1.12, 1.29)
    assert found["Noto Serif", 700] == (1.14, 1.30)
    assert found["Be Vietnam Pro", 400] == (1.22, 1.43)
    assert found["Be Vietnam Pro", 700] == (1.26, 1.47)


def test_the_floors_are_those_of_the_outlines(faces):
    for face in faces:
        font = TTFont(io.BytesIO(face.data))
        names, glyphs, em = font.getBestCmap(), font["glyf"], font["head"].unitsPerEm
        plain = "abcdefghijklmnopqrstuvwxyz"
        outlines = {letter: glyphs[names[ord(letter)]] for letter in {*plain, *plain.upper(), *fonts.LETTERS}}
        lowest = min(glyph.yMin for glyph in outlines.values())
        low = max(glyph.yMax for letter, glyph in outlines.items() if letter.islower())
        floors = fonts.floors(face)
        assert floors.low == pytest.approx((low - lowest) / em, abs=0.002)
        assert floors.capitals == pytest.approx((max(g.yMax for g in outlines.values()) - lowest) / em, abs=0.002)


def test_a_family_is_as_tall_as_its_tallest_face_and_a_little_room(faces):
    known = leading.heights(faces)
    assert known["Noto Serif"] == fonts.Floors(1.165, 1.33)
    assert known["Be Vietnam Pro"] == fonts.Floors(1.29, 1.5)


TALL = {"Noto Serif": fonts.Floors(1.5, 1.7), "Be Vietnam Pro": fonts.Floors(1.6, 1.9)}
ROOT_RULE = ":root { --low: 1.5; --capitals: 1.7 }\n"


@pytest.mark.parametrize(
    ("rule", "held"),
    [
        ("line-height: 12pt", "line-height: max(12pt, calc(var(--low) * 1em))"),
        ("line-height: 1.2 !important", "line-height: max(1.2, var(--low)) !important"),
        ("line-height: calc(2 * 7pt)", "line-height: max(calc(2 * 7pt), calc(var(--low) * 1em))"),
        ("line-height: var(--high)", "line-height: max(var(--high), calc(var(--low) * 1em))"),
        ("line-height: 0", "line-height: 0"),
        ("line-height: inherit", "line-height: inherit"),
        ("font-size: 10pt; line-height: 16pt", "font-size: 10pt; line-height: 16pt"),
        ("font-size: 10pt; line-height: 15.9pt", "font-size: 10pt; line-height: max(15.9pt, calc(var(--low) * 1em))"),
        ("font-family: serif", "font-family: serif"),
        (
            'font-family: X, "Be Vietnam Pro", "Noto Serif"',
            'font-family: X, "Be Vietnam Pro", "Noto Serif"; --low: 1.6; --capitals: 1.9',
        ),
        (
            "font: 9pt/11pt 'Noto Serif'",
            "font: 9pt/11pt 'Noto Serif'; --low: 1.5; --capitals: 1.7; line-height: max(11pt, calc(var(--low) * 1em))",
        ),
    ],
)
def test_print_holds_each_height_against_the_face_in_force(rule, held):
    high = ":root { --high: 13pt }\n"
    assert leading.in_print(f"{high}p {{ {rule} }}", TALL) == f"{ROOT_RULE}{high}p {{ {held} }}"


@pytest.mark.parametrize(("line", "widened"), [("15pt", True), ("15.75pt", False), ("16pt", False)])
def test_the_grid_is_widened_as_a_whole_by_quarters_of_a_point(line, widened):
    css = f':root {{ --text: "Noto Serif"; --size: 10.5pt; --line: {line} }}\n'
    assert leading.in_print(css, TALL).endswith(":root { --line: 15.75pt }\n") == widened


def test_an_e_book_holds_the_numbers_of_each_rule_against_the_family_it_names():
    css = (
        'p { font-family: "Noto Serif", serif; line-height: 1.4; }\n'
        'h1 { font-family: "Be Vietnam Pro"; line-height: 1.7; }\ntd { line-height: 1.5; }\n'
        ".noteref { line-height: 0; }\n"
    )
    raised = css.replace("1.4;", "1.5;").replace("td { line-height: 1.5", "td { line-height: 1.6")
    assert leading.in_ebook(css, TALL) == raised + ".capitals { line-height: 1.9; }\n"


def test_no_faces_ask_for_nothing():
    assert leading.in_print("p { line-height: 1 }", {}) == leading.in_ebook("p { line-height: 1 }", {})


def test_a_family_with_a_reserved_name_is_left_whole(tmp_path, faces):
    font = TTFont(io.BytesIO(faces[0].data))
    font["name"].setName('Copyright 2020, with Reserved Font Name "Own".', 0, 3, 1, 0x409)
    file = io.BytesIO()
    font.save(file)
    assert fonts.cast(own_family(tmp_path, file.getvalue()), frozenset())[0].data == file.getvalue()


def told(face, bits):
    """A face as a file that says in its ``fsType`` what may be done with it."""
    font = TTFont(io.BytesIO(face.data))
    font["OS/2"].fsType = bits
    file = io.BytesIO()
    font.save(file)
    return file.getvalue()


@pytest.mark.parametrize("bits", [0x0002, 0x0102, 0x0200, 0x0204])
def test_a_font_that_must_not_be_embedded_is_not(tmp_path, faces, bits):
    with pytest.raises(problems.Problems) as raised:
        fonts.cast(own_family(tmp_path, told(faces[0], bits)), frozenset())
    (problem,) = raised.value.problems
    assert problem.code == "FONT_LOCKED"
    assert problem.place.file.endswith(".ttf")


@pytest.mark.parametrize("bits", [0, 0x0004, 0x0008, 0x0006])
def test_a_font_that_may_be_embedded_is_cut_down(tmp_path, faces, bits):
    data = told(faces[0], bits)
    assert fonts.cast(own_family(tmp_path, data), frozenset())[0].data != data


def test_a_font_that_must_stay_whole_is_embedded_whole(tmp_path, faces):
    data = told(faces[0], 0x0108)
    assert fonts.cast(own_family(tmp_path, data), frozenset())[0].data == data


def test_the_faces_of_an_ebook_are_light_and_say_whose_they_are(root):
    """A book of words is under 300 KB; the faces are most of it, packed."""
    faces = fonts.cast(fonts.roles(root / "fonts").faces(ebook=True), frozenset())
    packed = [len(zlib.compress(face.data)) for face in faces]
    assert max(packed) < 31_000
    assert sum(packed) < 5 * 28_000
    for face in faces:
        names = TTFont(io.BytesIO(face.data))["name"]
        assert all(names.getDebugName(record) for record in (0, 1, 2, 4, 5, 13, 14)), face.file_name
