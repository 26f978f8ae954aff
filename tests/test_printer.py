"""A printer remembered: what is kept, what is typed and answered, and what a person reads off its test sheet."""

import io
import json
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import jsonschema
import pikepdf
import pypdfium2
import pytest
import validators
from PIL import Image, ImageChops
from typer.testing import CliRunner

from builder import fonts, imposition, layout, shelf
from builder.cli import app
from builder.cli import build as building
from builder.cli import impose as imposing
from builder.cli.words import Words
from builder.composition import jobbing
from builder.composition.jobbing import TestFacts as Facts
from builder.imposition import Job
from builder.paper import A3, A4
from builder.printer import UNTRIED, Flip, Printer, Printers
from builder.problems import Place, Problems
from builder.publication import Binding
from builder.works import booklet, trial
from builder.works.asked import Made, Output

SCHEMA = json.loads((Path(building.__file__).parents[1] / "schemas" / "build.schema.json").read_text("utf-8"))
CANON = Printer("Canon", Flip.LONG, across=-0.5, up=1.0, edge=4.0)
BROTHER = Printer("Brother", by_hand=True, backs_reversed=True)


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A person's own folder of settings; commands are typed in an empty folder."""
    monkeypatch.setenv("ANPHAM_CONFIG", str(tmp_path / "settings"))
    monkeypatch.setenv("COLUMNS", "100")
    (tmp_path / "desk").mkdir()
    monkeypatch.chdir(tmp_path / "desk")
    return tmp_path / "settings"


@pytest.fixture
def run(home):
    assert not home.exists()
    return lambda *words: CliRunner().invoke(app, list(words))


# --- what is kept ---------------------------------------------------------------------------------


def test_printers_are_kept_as_they_were_seen(tmp_path):
    folder = tmp_path / "not" / "there"
    assert shelf.known_printers(folder) == Printers()
    known = Printers().having(CANON).having(BROTHER)
    shelf.keep_printers(folder, known)
    assert shelf.known_printers(folder) == known == Printers((BROTHER, CANON), "Brother")
    assert [each.name for each in folder.iterdir()] == ["printers.json"]


def test_one_printer_is_used_and_forgetting_it_leaves_none():
    known = Printers().having(CANON).having(BROTHER)
    assert known.current == BROTHER
    assert known.without("Canon").current == BROTHER
    assert known.without("Brother") == Printers((CANON,), "")
    assert known.without("Brother").current == UNTRIED
    assert known.having(replace(CANON, edge=5.0)).known == (BROTHER, replace(CANON, edge=5.0))


GOOD = {"format": 1, "used": "", "printers": [{"name": "Canon", "edge": 4}]}


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[]",
        json.dumps(GOOD | {"format": 2}).encode(),
        json.dumps(GOOD | {"used": "Brother"}).encode(),
        json.dumps(GOOD | {"printers": [{"name": ""}]}).encode(),
        json.dumps(GOOD | {"printers": [{"name": "a"}, {"name": "a"}]}).encode(),
        json.dumps(GOOD | {"printers": [{"name": "a", "edge": -1}]}).encode(),
        json.dumps(GOOD | {"printers": [{"name": "a", "edge": 21}]}).encode(),
        json.dumps(GOOD | {"printers": [{"name": "a", "across": -10.5}]}).encode(),
        json.dumps(GOOD | {"printers": [{"name": "a", "up": 1e300}]}).encode(),
        json.dumps(GOOD | {"printers": [{"name": "a\x1b[2J"}]}).encode(),
        json.dumps(GOOD | {"printers": [{"name": "none"}]}).encode(),
        json.dumps(GOOD | {"printers": [{"name": "x" * 41}]}).encode(),
        json.dumps(GOOD | {"printers": [{"name": "a", "flip": "up"}]}).encode(),
    ],
)
def test_a_damaged_file_is_told_and_never_written_over(run, home, data):
    home.mkdir()
    file = home / "printers.json"
    file.write_bytes(json.dumps(GOOD).encode())
    assert shelf.known_printers(home).known == (Printer("Canon", edge=4.0),)
    file.write_bytes(data)
    with pytest.raises(Problems, match="PRINTERS_BROKEN"):
        shelf.known_printers(home)
    for words in (["set", "Canon"], ["use", "Canon"], ["forget", "Canon"], ["list"]):
        done = run("printer", *words)
        assert (done.exit_code, done.stdout) == (1, "")
        assert done.stderr.startswith(f"{file}: lỗi PRINTERS_BROKEN: Không hiểu được tệp ghi các máy in. Cách sửa:")
    assert file.read_bytes() == data


def test_a_folder_that_cannot_be_written_is_a_problem(run, home):
    home.write_text("a file")
    done = run("printer", "set", "Canon")
    assert done.exit_code == 1
    assert "SHELF_DENIED" in done.stderr
    assert home.read_text() == "a file"


# --- what is typed and answered -------------------------------------------------------------------

BOTH_WAYS = {"backs_reversed": True, "backs_turned": True}


def kept(home):
    return shelf.known_printers(home)


def test_what_was_seen_is_said_again_in_words(run, home):
    done = run("printer", "set", "Canon", "--flip", "long", "--offset", "-0.5,1", "--edge", "4")
    assert done.exit_code == 0
    assert done.stdout.replace("\u00a0", " ").splitlines() == [
        "Đã nhớ máy in Canon:",
        "  -  in hai mặt, lật cạnh dài",
        "  -  --offset -0.5,1: mặt sau lệch, nên dời 0,5 mm sang phải, 1 mm xuống dưới",
        "  -  mép không in được 4 mm",
        "Từ nay sách gấp được sắp cho máy này (bỏ một lần: anpham build … --printer none).",
    ]
    assert kept(home) == Printers((CANON,), "Canon")


@pytest.mark.parametrize(
    ("words", "changed"),
    [
        ([], {}),
        (["--flip", "short"], {"flip": Flip.SHORT}),
        (["--offset", "0,0"], {"across": 0.0, "up": 0.0}),
        (["--offset", "1,5;-0,5"], {"across": 1.5, "up": -0.5}),
        (["--offset", "1,5 −2"], {"across": 1.5, "up": -2.0}),
        (["--offset", "-0,5,1,5"], {"across": -0.5, "up": 1.5}),
        (["--offset", "2.5, -3"], {"across": 2.5, "up": -3.0}),
        (["--edge", "5,5"], {"edge": 5.5}),
        (["--by-hand"], {"by_hand": True, "flip": Flip.SHORT}),
        (["--by-hand", "--flip", "long"], {"by_hand": True}),
        (["--backs", "reversed"], {"by_hand": True, "flip": Flip.SHORT, "backs_reversed": True}),
        (["--backs", "turned, reversed", "--flip", "long"], {"by_hand": True, **BOTH_WAYS}),
    ],
)
def test_only_what_is_given_changes(run, home, words, changed):
    shelf.keep_printers(home, Printers().having(CANON).having(BROTHER))
    assert run("printer", "set", "Canon", *words).exit_code == 0
    assert kept(home) == Printers((BROTHER, replace(CANON, **changed)), "Canon")


def test_a_printer_fed_by_hand_may_turn_out_to_print_both_sides(run, home):
    shelf.keep_printers(home, Printers().having(BROTHER))
    run("printer", "set", "Brother", "--backs", "plain")
    assert kept(home).current == replace(BROTHER, backs_reversed=False)
    run("printer", "set", "Brother", "--two-sided")
    assert kept(home).current == Printer("Brother")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["set", "Canon", "--flip", "up"], "tùy chọn “--flip” không nhận “up”; chỉ nhận short, long."),
        (["set", "Canon", "--offset", "1"], "không hiểu độ lệch “1”; viết hai số đo bằng mm"),
        (
            ["set", "Canon", "--offset", "0,5,1"],
            "không hiểu độ lệch “0,5,1”; viết hai số đo bằng mm, cách nhau bằng dấu phẩy, như -0.5,1; số lẻ viết với",
        ),
        (["set", "Canon", "--offset", "nan,1"], "không hiểu độ lệch “nan,1”"),
        (["set", "Canon", "--offset", "11,0"], "không hiểu độ lệch “11,0”; viết hai số đo bằng mm"),
        (["set", "Canon", "--edge", "-1"], "không hiểu mép trắng “-1”"),
        (["set", "Canon", "--edge", "21"], "không hiểu mép trắng “21”; viết một số đo bằng mm, từ 0 đến 20."),
        (["set", "Canon", "--backs", "up"], "tùy chọn “--backs” không nhận “up”; chỉ nhận reversed, turned,"),
        (["set", "Canon", "--two-sided", "--backs", "turned"], "tùy chọn “--backs” đi cùng --by-hand."),
        (["set", "none"], "tên máy in “none” không dùng được"),
        (["set", "x" * 41], "tên máy in “xxxx"),
        (["set", "a\x07b"], "tên máy in “a"),
        (["set", " "], "tên máy in “ ” không dùng được"),
        (["set"], "thiếu TÊN."),
        (["use", "Canon"], "chưa nhớ máy in nào tên “Canon”; có: chưa có máy nào."),
        (["forget", "none"], "tên máy in “none” không dùng được"),
        (["sett"], "không có lệnh “sett”. Có phải ý bạn là “set”?"),
        (["list", "x"], "thừa “x”."),
        (["test", "--sheet", "A9"], "không hiểu khổ giấy “A9”"),
        (["test", "--sheet", "210x148"], "khổ giấy “210x148” không đủ chỗ cho tờ thử máy; cần từ 280 × 200 mm."),
        (["test", "--printer", "none"], "tên máy in “none” không dùng được"),
    ],
)
def test_a_wrong_line_is_corrected(run, home, words, said):
    done = run("printer", *words)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith(f"Lệnh chưa đúng: {said}")
    assert "\nXem hướng dẫn: anpham printer" in done.stderr
    assert not home.exists()


def test_printers_are_listed_used_and_forgotten(run, home):
    assert "Chưa nhớ máy in nào" in run("printer").stdout
    shelf.keep_printers(home, Printers().having(CANON).having(BROTHER))
    assert run("printer").stdout == run("printer", "list").stdout
    assert "  * Brother  in từng mặt" in run("printer").stdout
    assert "Từ nay dùng máy Canon: in hai mặt, lật cạnh dài" in run("printer", "use", " Canon ").stdout
    assert kept(home).used == "Canon"
    assert "không dùng máy in nào" in run("printer", "use", "none").stdout
    assert kept(home) == Printers((BROTHER, CANON), "")
    assert run("printer", "forget", "Brother").stdout == "Đã quên máy in Brother.\n"
    assert kept(home) == Printers((CANON,), "")


def test_capitals_do_not_make_another_printer(run, home):
    run("printer", "set", "Canon", "--edge", "4")
    done = run("printer", "set", "canon", "--offset", "1,0")
    assert done.stdout.startswith("Đã nhớ máy in Canon:")
    assert shelf.known_printers(home).known == (Printer("Canon", across=1.0, edge=4.0),)
    assert "Canon" in run("printer", "use", "CANON").stdout
    run("printer", "forget", "cANON")
    assert shelf.known_printers(home) == Printers()


def test_what_is_assumed_of_a_printer_is_said(run):
    assert "coi như máy in đúng chỗ, lật cạnh ngắn" in run("printer", "set", "Canon").stdout
    assert "coi như" not in run("printer", "set", "Canon", "--flip", "long").stdout


@pytest.mark.parametrize(
    ("typed", "program"), [("", "anpham"), ("./run", "./run"), ("/opt/a/run", "/opt/a/run"), ("rm {} x", "anpham")]
)
def test_commands_are_said_as_they_are_typed(run, monkeypatch, typed, program):
    monkeypatch.setenv("ANPHAM_COMMAND", typed)
    assert f"In tờ thử máy trước: {program} printer test" in run("printer").stdout
    assert f"{program} new so-tay" in run().stdout
    assert f": {program} printer set" in run("printer", "set", "--help").stdout
    assert f"Xem hướng dẫn: {program} printer use --help" in run("printer", "use", "x").stderr


@pytest.mark.parametrize("name", ["list", "test", "set", "use", "forget"])
@pytest.mark.parametrize(("language", "opens"), [("vi", "Cách dùng"), ("en", "Usage")])
def test_every_command_has_its_help(run, monkeypatch, name, language, opens):
    monkeypatch.setenv("ANPHAM_LANG", language)
    done = run("printer", name, "--help")
    assert done.exit_code == 0
    assert done.stdout.startswith(f"{opens}: anpham printer {name}")
    assert "--by-hand/--two-sided" in done.stdout or name != "set"


def test_the_doctor_tells_of_the_printer(run, home):
    assert "[nên có] Máy in đã thử" in run("doctor").stdout
    shelf.keep_printers(home, Printers().having(CANON))
    assert "[đủ] Máy in đã thử: Canon (in hai mặt, lật cạnh dài; " in run("doctor").stdout
    (home / "printers.json").write_bytes(b"{")
    done = run("doctor")
    assert done.exit_code == 0
    assert f"[nên có] {home / 'printers.json'}: Không hiểu được tệp" in done.stdout


# --- books are made for it ------------------------------------------------------------------------


@pytest.fixture
def worked_for(monkeypatch):
    """The printers that the works were asked to make books for."""
    met = []

    def build(source, _, workshop):
        met.append(workshop.printer)
        files = [(kind, f"{source.name}-{kind}.pdf") for kind in ("booklet", "card")]
        return Made(source.name, tuple(Output("a", kind, name, 1, 0.0, "s", b"x") for kind, name in files), ())

    monkeypatch.setattr(building.works, "build", build)
    return met


@pytest.mark.parametrize(("name", "printer"), [("", BROTHER), ("Canon", CANON), ("none", UNTRIED)])
def test_books_are_made_for_the_printer_that_is_used(run, home, worked_for, name, printer):
    words = ["--printer", name] if name else []
    shelf.keep_printers(home, Printers().having(CANON).having(BROTHER))
    done = run("build", "so-tay", *words)
    assert (done.exit_code, worked_for) == (0, [printer])
    said = {
        "": "",
        "Canon": "In cho máy Canon (in hai mặt, lật cạnh dài; "
        "--offset -0.5,1: mặt sau lệch, nên dời 0,5 mm sang phải, 1 mm xuống dưới; mép không "
        "in được 4 mm).\n",
        "Brother": "In cho máy Brother (in từng mặt, nạp lại giấy bằng tay; mặt sau in từ tờ cuối).\n",
    }
    assert done.stdout.replace("\u00a0", " ").partition("shelf/so-tay\n")[2] == said[printer.name]
    answer = json.loads(run("build", "so-tay", "--json", *words).stdout)
    jsonschema.validate(answer, SCHEMA)
    assert (answer["printer"] or {"name": ""})["name"] == printer.name


def test_a_printer_nobody_told_of_is_a_wrong_line(run, worked_for):
    done = run("build", "so-tay", "--printer", "Canon")
    assert (done.exit_code, worked_for) == (2, [])
    assert "chưa nhớ máy in nào tên “Canon”" in done.stderr
    assert "anpham build --help" in done.stderr


def test_a_damaged_file_stops_a_build_unless_no_printer_is_wanted(run, home, worked_for):
    home.mkdir()
    (home / "printers.json").write_bytes(b"{")
    done = run("build", "so-tay")
    assert (done.exit_code, worked_for) == (1, [])
    assert "--printer none" in done.stderr
    assert run("build", "so-tay", "--printer", "none").exit_code == 0
    assert worked_for == [UNTRIED]


@pytest.mark.parametrize(
    ("typed", "printer"),
    [
        ({}, BROTHER),
        ({"printer": "Canon"}, CANON),
        ({"printer": "none"}, UNTRIED),
        ({"back_offset": "1,-2", "edge": "7"}, replace(BROTHER, across=1.0, up=-2.0, edge=7.0)),
        ({"printer": "Canon", "flip": "short"}, replace(CANON, flip=Flip.SHORT)),
        ({"flip": "long"}, replace(BROTHER, flip=Flip.LONG, by_hand=False, backs_reversed=False)),
        ({"printer": "Canon", "by_hand": True}, replace(CANON, flip=Flip.SHORT, by_hand=True)),
    ],
)
def test_sheets_of_any_pdf_are_for_the_printer_that_is_used_as_far_as_nothing_else_was_typed(home, typed, printer):
    shelf.keep_printers(home, Printers().having(CANON).having(BROTHER))
    order = imposing.Order("a.pdf", **typed)
    assert imposing.job(order, Words("vi")).printer == printer


# --- the test sheet: what is printed --------------------------------------------------------------

DOTS = 8  # a millimetre
FAINT, BLACK, WHITE = 150, 60, 215


@pytest.fixture(scope="module")
def plain(root):
    return layout.load("text", root / "layouts")


@pytest.fixture(scope="module")
def sheets(root):
    """Facts → the test sheets of them: kind of file → PDF."""

    def made(**facts):
        pieces = trial.test_sheets(Facts(**({"sheet": A4} | facts)), root / "layouts", root / "fonts")
        return {piece.kind: piece for piece in pieces}

    return made


@pytest.fixture(scope="module")
def two_sided(sheets):
    """The two-sided test sheet on A4: its front and its back."""
    document = pypdfium2.PdfDocument(sheets()["booklet"].data)
    return document[0], document[1]


@pytest.mark.slow
def test_the_judge_finds_test_sheets_to_be_pdf_a_and_pdf_ua(sheets, tmp_path):
    made = [*sheets().items(), *sheets(by_hand=True).items(), *(("a3", each) for each in sheets(sheet=A3).values())]
    paths = [tmp_path / f"{name}.pdf" for name, _ in made]
    for path, (_, piece) in zip(paths, made, strict=True):
        path.write_bytes(piece.data)
    assert len(paths) == 4
    assert validators.verapdf_all(paths, "2a", "ua1") == {}


def picture(page):
    return page.render(scale=DOTS * 25.4 / 72).to_pil().convert("L")


def held_to_the_light(front, back, flip, across, up):
    """A sheet as it is seen from behind, the back upright, its image off by so many mm; the front shows through."""
    mirrored = Image.Transpose.FLIP_LEFT_RIGHT if flip is Flip.SHORT else Image.Transpose.FLIP_TOP_BOTTOM
    through = picture(front).transpose(mirrored).point(lambda grey: FAINT + grey * (255 - FAINT) // 255)
    printed = picture(back)
    image = Image.new("L", printed.size, 255)
    image.paste(printed, (round(across * DOTS), round(-up * DOTS)))
    return ImageChops.darker(through, image)


def numbers(page, height, across, up):
    """The numbers on a back, each with where (mm from the upper left of the paper) its middle was printed."""
    text = page.get_textpage()
    words, letters = [], []
    for index in range(text.count_chars()):
        left, bottom, right, top = (side * 25.4 / 72 for side in text.get_charbox(index))
        letter = text.get_text_range(index, 1)
        if letters and (not letter.strip() or left - letters[-1][2] > 1.2 or abs(bottom - letters[-1][3]) > 2):
            words.append(letters)
            letters = []
        if letter.strip():
            letters.append((letter, left, right, bottom, top))
    for word in [*words, letters]:
        said = "".join(letter for letter, *_ in word)
        if said.lstrip("-").replace(".", "").isdigit():
            x = (word[0][1] + word[-1][2]) / 2 + across
            yield float(said), x, height - (word[0][3] + word[0][4]) / 2 - up


def lines(strip, darkest, lightest):
    """Where lines cross a strip one dot high: the middles (mm) of runs of dots no darker, no lighter."""
    data, found, start = strip.tobytes(), [], None
    for place, grey in enumerate([*data, 255]):
        inside = darkest <= grey <= lightest
        if inside and start is None:
            start = place
        if not inside and start is not None:
            found.append((start + place - 1) / 2 / DOTS)
            start = None
    return found


def read_off(sheet, page, across, up):
    """Read DX and DY off a sheet as a person would: the number whose line goes straight on into a faint one."""
    width, height = (side / DOTS for side in sheet.size)
    told = list(numbers(page, height, across, up))
    row = [(number, x) for number, x, y in told if abs(y - 60.1 + up) < 3.2 and x < 215]  # in two rows
    column = [(number, y) for number, x, y in told if abs(x - 235.5 - across) < 3 and y < 170]
    assert sorted(number for number, _ in row) == sorted(number for number, _ in column)
    assert len(row) == 15

    def strip(x, y, w, h):
        return sheet.crop(tuple(round(side * DOTS) for side in (x, y, x + w, y + h)))

    black_row = lines(strip(90, 44 - up, 117, 1 / DOTS), 0, BLACK)
    faint_row = lines(strip(90, 34.5, 117, 1 / DOTS), BLACK, WHITE)
    turned = Image.Transpose.ROTATE_270
    black_column = lines(strip(width - 45 + across, 40, 1 / DOTS, 130).transpose(turned).transpose(0), 0, BLACK)
    faint_column = lines(strip(width - 54.5, 40, 1 / DOTS, 130).transpose(turned).transpose(0), BLACK, WHITE)
    return (
        _nearest(row, [90 + x for x in black_row], [90 + x for x in faint_row]),
        _nearest(column, [40 + y for y in black_column], [40 + y for y in faint_column]),
    )


def _nearest(labels, black, faint):
    def gap(place):
        line = min(black, key=lambda each: abs(each - place))
        assert abs(line - place) < 1.5  # the number stands by its line
        return min(abs(line - each) for each in faint)

    return min(labels, key=lambda label: gap(label[1]))[0]


@pytest.mark.press
@pytest.mark.parametrize("flip", Flip)
@pytest.mark.parametrize(
    ("across", "up"), [(0, 0), (1, -0.5), (-2.5, 3), (3.5, -3.5), (0.5, 2), (-3, -1), (1.6, -1.4), (-0.1, 0.1)]
)
def test_what_is_read_off_the_sheet_is_what_the_printer_does(two_sided, flip, across, up):
    sheet = held_to_the_light(*two_sided, flip, across, up)
    assert read_off(sheet, two_sided[1], across, up) == (round(across * 2) / 2, round(up * 2) / 2)


@pytest.mark.press
@pytest.mark.parametrize("margin", [0, 3.4, 4, 4.8, 6.2, 10])
def test_the_outermost_frame_seen_whole_tells_the_white_edge(two_sided, margin):
    """What a printer leaves white is cut off; the frames are looked for on all four sides, at the numbers' places."""
    for page in two_sided:
        image = picture(page)
        cut = round(margin * DOTS)
        seen = image.crop((cut, cut, image.width - cut, image.height - cut))
        paper = Image.new("L", image.size, 255)
        paper.paste(seen, (cut, cut))
        whole = [frame for frame in range(3, 11) if all(_frame_seen(paper, frame, side) for side in range(4))]
        assert min(whole) == max(3, -int(-margin // 1))


def _frame_seen(paper, frame, side):
    turned = paper.rotate(90 * side, expand=True)
    row = round(frame * DOTS)
    probe = turned.crop((turned.width // 3, row - 1, turned.width // 3 + 5, row + 2))
    return min(probe.tobytes()) < BLACK


@pytest.mark.press
def test_full_size_can_be_checked(two_sided):
    front = picture(two_sided[0])
    row = lines(front.crop((0, round(147 * DOTS), front.width, round(147 * DOTS) + 1)), 0, WHITE)
    assert any(abs(right - left - 100) < 0.2 for left, right in pairwise(row))


@pytest.mark.press
def test_the_words_lead_to_the_command(sheets, two_sided):
    front, back = (" ".join(page.get_textpage().get_text_bounded().split()) for page in two_sided)
    assert "MẶT TRƯỚC" in front
    assert "lật cạnh ngắn (Flip on short edge)" in front
    assert "MẶT SAU" in back
    assert "anpham printer set TÊN --flip … --offset DX,DY --edge MÉP" in back
    named = pypdfium2.PdfDocument(sheets(name="phòng họp")["booklet"].data)[1]
    assert 'printer set "phòng họp" --flip' in " ".join(named.get_textpage().get_text_bounded().split())


@pytest.mark.press
def test_three_sheets_tell_how_a_stack_comes_back(sheets):
    made = sheets(by_hand=True)
    assert list(made) == ["fronts", "backs"]
    for kind, name in (("fronts", "MẶT TRƯỚC"), ("backs", "MẶT SAU")):
        pages = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(made[kind].data)]
        assert [f"TỜ {number}: {name}" in page for number, page in enumerate(pages, 1)] == [True] * 3
    assert "--by-hand --backs … --offset" in " ".join(pages[0].split())
    assert all(word in pages[0] for word in ("reversed", "turned", "reversed,turned", "plain"))


@pytest.mark.press
@pytest.mark.parametrize(
    ("facts", "asked"), [({}, "/DuplexFlipShortEdge"), ({"by_hand": True}, "/Simplex"), ({"sheet": A3}, None)]
)
def test_a_sheet_asks_for_full_size_on_its_paper(sheets, facts, asked):
    for piece in sheets(**facts).values():
        with pikepdf.open(io.BytesIO(piece.data)) as pdf:
            wanted = pdf.Root.ViewerPreferences
            assert str(wanted.PrintScaling) == "/None"
            assert asked in (None, str(wanted.Duplex))
            size = facts.get("sheet", A4).points
            assert [float(side) for side in pdf.pages[0].mediabox[2:]] == pytest.approx(size, abs=0.1)
            assert "/StructTreeRoot" in pdf.Root
            assert len(pdf.pages) == piece.pages


def test_drawings_are_told_in_words(plain, root):
    (composition,) = jobbing.test_sheets(Facts(A4), plain, fonts.roles(root / "fonts"))
    assert [each.alt[:5] for each in composition.figures.values()] == ["Khung", "Khung"]


@pytest.mark.press
def test_a_test_sheet_is_written_where_it_is_wanted(run, tmp_path):
    done = run("printer", "test")
    assert (done.exit_code, done.stdout.partition(" ")[0]) == (0, "Đã")
    assert (tmp_path / "desk" / "thu-may-in.pdf").read_bytes().startswith(b"%PDF")
    done = run("printer", "test", "--by-hand", "--out", str(tmp_path / "a.pdf"), "--printer", "Canon")
    assert done.exit_code == 0
    assert sorted(path.name for path in tmp_path.glob("*.pdf")) == ["a-backs.pdf", "a-fronts.pdf"]
    again = {path.name: path.read_bytes() for path in tmp_path.glob("*.pdf")}
    run("printer", "test", "--by-hand", "--out", str(tmp_path / "a.pdf"), "--printer", "Canon")
    assert again == {path.name: path.read_bytes() for path in tmp_path.glob("*.pdf")}
    assert run("printer", "test", "--out", str(tmp_path / "no" / "a.pdf")).exit_code == 1


# --- what was seen is made good -------------------------------------------------------------------


def leaves(count):
    """A PDF of A5 pages, two a leaf, with a black block in the middle of their width, lower leaf by leaf."""
    pdf = pikepdf.new()
    for number in range(2 * count):
        page = pdf.add_blank_page(page_size=(419.53, 595.28))
        page.obj.Contents = pdf.make_stream(b"0 g 195 %d 29.53 30 re f" % (520 - number // 2 * 45))
    written = io.BytesIO()
    pdf.save(written)
    return written.getvalue()


def printed(imposed, printer, off):
    """The sheets as they come out of a printer whose backs are off by so much, each seen from behind."""
    return out_of_it({made.kind: made.pdf for made in imposed.files}, printer, off)


def out_of_it(made, printer, off=(0.0, 0.0)):
    """Print files: paper turned over as the printer, or the card by hand, has it; some printers turn backs besides."""
    files = {kind: pypdfium2.PdfDocument(pdf) for kind, pdf in made.items()}
    over = printer.flip
    if printer.by_hand:
        fronts, backs = list(files["fronts"]), list(files["backs"])
        backs = backs[::-1] if printer.backs_reversed else backs
        if printer.backs_turned:
            over = Flip.SHORT if over is Flip.LONG else Flip.LONG
    else:
        fronts, backs = list(files["booklet"])[::2], list(files["booklet"])[1::2]
    return [held_to_the_light(front, back, over, *off) for front, back in zip(fronts, backs, strict=True)]


def strays(sheet):
    """How much of the front (square mm) shows through beside what stands on the back."""
    faint = sum(sheet.histogram()[BLACK + 1 : WHITE])
    return faint / DOTS**2


@pytest.mark.parametrize(
    "printer",
    [
        Printer("a"),
        Printer("a", Flip.LONG),
        Printer("a", by_hand=True),
        Printer("a", by_hand=True, backs_reversed=True),
        Printer("a", by_hand=True, backs_turned=True),
        Printer("a", by_hand=True, backs_reversed=True, backs_turned=True),
        Printer("a", Flip.LONG, by_hand=True),
        Printer("a", Flip.LONG, by_hand=True, backs_turned=True),
    ],
)
def test_leaves_have_both_their_pages_at_one_place_once_the_printer_is_told_of(printer):
    off = (1.5, -2.0)
    pages = leaves(4)
    told = imposition.impose(pages, Job(printer=replace(printer, across=off[0], up=off[1])))
    assert [strays(sheet) < 8 for sheet in printed(told, printer, off)] == [True] * 2  # rounding, along the edges
    untold = imposition.impose(pages, Job(printer=printer))
    assert [strays(sheet) > 40 for sheet in printed(untold, printer, off)] == [True] * 2
    wrong_way = imposition.impose(pages, Job(printer=replace(printer, across=-off[0], up=-off[1])))
    assert [strays(sheet) > 80 for sheet in printed(wrong_way, printer, off)] == [True] * 2


BY_HAND = [
    ([], Printer("", Flip.SHORT, by_hand=True)),
    (["--flip", "short", "--backs", "turned"], Printer("", Flip.SHORT, by_hand=True, backs_turned=True)),
    (["--flip", "long"], Printer("", Flip.LONG, by_hand=True)),
    (["--flip", "long", "--backs", "reversed"], Printer("", Flip.LONG, by_hand=True, backs_reversed=True)),
    (["--flip", "long", "--backs", "turned"], Printer("", Flip.LONG, by_hand=True, backs_turned=True)),
]
TOLD = {
    Flip.SHORT: ("Lật cả chồng sang bên, như lật trang sách", "lật cả chồng như lật trang sách"),
    Flip.LONG: ("Lật cả chồng lên qua cạnh dài, như lật lịch treo tường", "lật cả chồng như lật lịch treo tường"),
}


@pytest.mark.press
@pytest.mark.parametrize(("words", "printer"), BY_HAND)
def test_a_stack_turned_as_the_card_says_has_its_backs_upright_whichever_command_made_the_sheets(
    run, worked_for, words, printer
):
    pages = leaves(4)
    Path("a.pdf").write_bytes(pages)
    assert run("impose", "a.pdf", "--by-hand", *words).exit_code == 0
    typed = {kind: Path(f"a-{kind}.pdf").read_bytes() for kind in ("fronts", "backs")}
    assert run("printer", "set", "a", "--by-hand", *words).exit_code == 0
    done = run("impose", "a.pdf")
    remembered = {kind: Path(f"a-{kind}.pdf").read_bytes() for kind in ("fronts", "backs")}
    run("build", "so-tay")
    built, _ = booklet.fold(pages, Place("a.pdf"), booklet.job(Binding(), worked_for[0]))
    for files in (typed, remembered, {made.kind: made.pdf for made in built.files}):
        assert [strays(sheet) < 8 for sheet in out_of_it(files, printer)] == [True] * 2
    lines, sentence = TOLD[printer.flip]
    assert lines in done.stdout
    card = pypdfium2.PdfDocument(Path("a-card.pdf"))[0].get_textpage().get_text_bounded()
    assert sentence in " ".join(card.split())
    assert ("lịch treo tường" in run("printer").stdout) == (printer.flip is Flip.LONG)
