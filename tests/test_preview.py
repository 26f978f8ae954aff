"""The preview without a browser: what it makes of changes, what it tells, whom it refuses."""

import asyncio
import contextlib
import itertools
import os
import re
import socket
import subprocess
import sys
import threading
import time
import tomllib
from pathlib import Path
from types import SimpleNamespace

import previewed
import pypdfium2
import pytest
from previewed import Listener, asked, replace

from builder import preview, problems
from builder.cli import preview as command
from builder.cli.frame import WrongLine
from builder.ebook import archive
from builder.preview import answering, binding, laying, page, telling, watching
from builder.preview import desk as desks
from builder.preview.desk import Crowded, Desk, Order
from builder.preview.nouns import Bound, Laying, Look, Standing
from builder.preview.pictures import Pictures
from builder.preview.words import words
from builder.problems import Place, Problems
from builder.works.asked import NotAsked, Stage

GONE = "0" * 64
WHOLE = ("Việc thứ 8", "Lời giải thích", "Bàn về điều 2")  # of every file something
MESSAGES = Path(__file__).parent.parent / "builder" / "messages"
STATIC = MESSAGES.parent / "preview" / "static"


@pytest.fixture(scope="module")
def cache(tmp_path_factory):
    return tmp_path_factory.mktemp("kho")


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    return previewed.write(tmp_path_factory.mktemp("nguon") / previewed.NAME)


@pytest.fixture(scope="module")
def port(source, cache):
    with previewed.standing(source, cache) as at:
        yield at


@pytest.fixture
def listener(source, port):
    previewed.write(source)
    with Listener(port) as listening:
        listening.laying(lambda words: all(each in words for each in WHOLE) and "mới toanh" not in words)
        yield listening


# --- what becomes of changes -----------------------------------------------------------------------


@pytest.mark.press
def test_a_word_changes_its_pages_and_no_other(listener, source):
    before = listener.pages(listener.laying()["laid"])
    replace(source / "program.md", "Việc thứ 7", "Việc mới toanh thứ 7")
    after = listener.pages(listener.laying(lambda words: "Việc mới toanh thứ 7" in words)["laid"])
    assert len(after["pages"]) == len(before["pages"])
    same = [one["mark"] == other["mark"] for one, other in zip(before["pages"], after["pages"], strict=True)]
    place = after["spots"]["chuong-1.dieu-7"]
    assert not same[place]
    assert all(same[1:3]), "what is told of is in the contents, not on these"
    assert same.count(False) < len(same) / 2


@pytest.mark.press
def test_clauses_and_headings_are_told_with_their_pages(listener):
    laid = listener.pages(listener.laying()["laid"])
    cited = {entry[4]: entry for entry in laid["clauses"]}
    assert cited["điểm c khoản 2 Điều 7"][3] == laid["spots"][cited["điểm c khoản 2 Điều 7"][2]]
    assert cited["Điều 7"][1] == "Việc thứ 7"
    assert "Chương I. ĐIỀU CHUNG" in [entry[1] for entry in laid["contents"]]
    assert [page["label"] for page in laid["pages"]] == [str(number) for number in range(1, len(laid["pages"]) + 1)]
    assert [choice["name"] for choice in laid["choices"]] == ["nguoi-du", "dien-thoai", "man-hinh", "to-roi"]
    has = [(choice["pages"], choice["ebook"]) for choice in laid["choices"]]
    assert has == [(True, True), (True, False), (False, True), (True, False)]


@pytest.mark.press
def test_a_burst_of_saves_ends_with_the_last(listener, source):
    for number in range(20):
        replace(
            source / "program.md",
            "Việc thứ 8" if not number else f"lần {number - 1} mới toanh",
            f"lần {number} mới toanh",
        )
        time.sleep(0.02)
    made = listener.laying(lambda words: "lần 19 mới toanh" in words)
    assert made["laid"] < 20 + listener.laying()["laid"]


@pytest.mark.press
def test_errors_are_told_with_their_place_and_the_last_good_pages_stay(listener, source):
    good = listener.laying()["laid"]
    text = (source / "program.md").read_text("utf-8")
    (source / "program.md").write_text(text.replace("Điều 5.", "Điều 15."), "utf-8")
    told = listener.settled(lambda news: news["failed"])
    (problem,) = [each for each in told["problems"] if each["code"] == "NUM_SEQ"][:1]
    line = 1 + text[: text.index("Điều 5.")].count("\n")
    assert problem["place"].startswith(f"{(source / 'program.md').as_posix()}:{line}")
    assert problem["severity"] == "error"
    assert problem["way_out"]
    assert told["laid"] == good
    assert asked(listener.port, f"/layings/{good}.json")[0] == 200
    (source / "program.md").write_text(text, "utf-8")
    mended = listener.settled(lambda news: not news["failed"])
    assert mended["laid"] == good, "the same pages are the same laying"
    assert mended["count"][0] == 0


@pytest.mark.press
def test_what_a_proof_reader_finds_is_told_too(listener, source):
    replace(source / "program.md", "Việc thứ 8", "Viẹec thứ 8")
    told = listener.settled(lambda news: "SYL_INVALID" in [each["code"] for each in news["problems"]])
    assert not told["failed"]
    replace(source / "program.md", "Viẹec thứ 8", "Việc thứ 8")
    listener.settled(lambda news: "SYL_INVALID" not in [each["code"] for each in news["problems"]])


@pytest.mark.parametrize(
    ("title", "called"), [("Buổi 1. Đọc", "Buổi 1. Đọc"), ("Đọc", "1. Đọc"), ("Năm 1", "1. Năm 1")]
)
def test_a_session_is_numbered_once(title, called):
    assert laying.called(SimpleNamespace(number=1, title=title)) == called


@pytest.mark.press
def test_files_come_go_and_change_their_names(listener, source):
    (source / "front").mkdir()
    (source / "front" / "loi.md").write_text("# Lời mới toanh\n\nXin chào.\n", "utf-8")
    listener.laying(lambda words: "Lời mới toanh" in words)
    (source / "front" / "loi.md").rename(source / "front" / "thu.md")
    (source / "front" / "thu.md").write_text("# Thư mới toanh\n\nXin chào.\n", "utf-8")
    listener.laying(lambda words: "Thư mới toanh" in words and "Lời mới toanh" not in words)
    (source / "front" / "thu.md").unlink()
    listener.laying(lambda words: "Thư mới toanh" not in words)


@pytest.mark.press
def test_an_editor_that_saves_beside_and_renames_is_seen(listener, source):
    file = source / "program.md"
    for number, beside in enumerate((".program.md.swp", "program.md~", "4913")):
        text = file.read_text("utf-8").replace("Việc thứ 3", f"Việc thứ 3 bản {number} mới toanh")
        (source / beside).write_text(text, "utf-8")
        (source / beside).replace(file)
        listener.laying(lambda words, number=number: f"bản {number} mới toanh" in words)


@pytest.mark.press
def test_a_folder_put_in_place_of_the_source_is_seen(listener, source):
    other = source.with_name("khac")
    previewed.write(other)
    replace(other / "program.md", "Việc thứ 2", "Việc khác mới toanh")
    source.rename(source.with_name("cu"))
    listener.settled(lambda news: news["failed"])
    other.rename(source)
    listener.laying(lambda words: "Việc khác mới toanh" in words)
    replace(source / "program.md", "Việc khác mới toanh", "Việc khác nữa mới toanh")
    listener.laying(lambda words: "Việc khác nữa mới toanh" in words)


@pytest.mark.press
@pytest.mark.usefixtures("listener")
def test_every_session_is_a_book_to_choose(port):
    with Listener(port, "edition=to-roi&part=buoi-2") as other:
        laid = other.pages(other.laying()["laid"])
    assert (laid["edition"], laid["part"]) == ("to-roi", "buoi-2")
    assert dict(laid["choices"][3]["parts"]).keys() == {"buoi-1", "buoi-2"}
    with Listener(port, "edition=khong-co&part=khong-co") as other:
        assert other.pages(other.laying()["laid"])["edition"] == "nguoi-du"


@pytest.mark.press
def test_the_pdf_is_the_one_that_is_built(port, listener, tmp_path, cache, source):
    laid = listener.pages(listener.laying()["laid"])
    status, headers, pdf = asked(port, f"/files/{laid['number']}/{laid['name']}.pdf")
    assert (status, headers["Content-Type"]) == (200, "application/pdf")
    assert headers["Content-Disposition"] == 'attachment; filename="noi-quy-nguoi-du.pdf"'
    command = "from builder.cli import app; import sys; sys.argv[0] = 'anpham'; app()"
    words = ("build", source, "--edition", "nguoi-du", "--only", "pdf", "--shelf", tmp_path, "--jobs", "1")
    environment = os.environ | {"ANPHAM_CACHE": str(cache), "PYTHONPATH": str(Path(__file__).parent.parent)}
    subprocess.run([sys.executable, "-c", command, *map(str, words)], env=environment, check=True, capture_output=True)
    assert (tmp_path / "noi-quy" / "noi-quy-nguoi-du.pdf").read_bytes() == pdf


@pytest.mark.press
def test_a_picture_is_as_wide_as_asked_for_and_shows_the_page(port, listener):
    laid = listener.pages(listener.laying()["laid"])
    status, headers, png = asked(port, f"/pages/{laid['pages'][3]['mark']}/333.png")
    assert (status, headers["Content-Type"]) == (200, "image/png")
    assert "immutable" in headers["Cache-Control"]
    width, height = (int.from_bytes(png[start : start + 4]) for start in (16, 20))
    assert width == 333
    assert abs(height - 333 * laid["pages"][3]["height"] / laid["pages"][3]["width"]) < 1
    _, _, pdf = asked(port, f"/files/{laid['number']}/{laid['name']}.pdf")
    assert len(pypdfium2.PdfDocument(pdf)) == len(laid["pages"])


@pytest.mark.press
def test_the_ebook_is_bound_for_whoever_reads_it(port, listener, source):
    assert listener.laying()["bound"] == 0
    with Listener(port, "edition=nguoi-du&view=ebook") as reading:
        number = reading.settled(lambda news: news["bound"])["bound"]
        status, _, shown = asked(port, f"/ebooks/{number}/sach/doc/index.html")
        assert status == 200
        assert 'id="chuong-1.dieu-7"' in shown.decode()
        assert asked(port, f"/ebooks/{number}/doc.css")[0] == 200
        assert asked(port, f"/files/{number}/noi-quy-nguoi-du.epub")[2].startswith(b"PK")
        replace(source / "program.md", "Việc thứ 7", "Việc mới toanh thứ 7")
        again = reading.settled(lambda news: news["bound"] > number)["bound"]
        assert "Việc mới toanh thứ 7" in asked(port, f"/ebooks/{again}/sach/doc/index.html")[2].decode()


@pytest.mark.press
@pytest.mark.usefixtures("listener")
def test_an_edition_without_an_ebook_is_asked_for_one_in_vain(port):
    with Listener(port, "edition=dien-thoai&view=ebook") as reading:
        assert reading.settled(lambda news: news["laid"])["bound"] == 0


@pytest.mark.press
def test_a_source_broken_from_the_start_waits_to_be_mended(tmp_path, cache):
    broken = previewed.write(tmp_path / previewed.NAME)
    replace(broken / "program.md", "Điều 5.", "Điều 55.")
    with previewed.standing(broken, cache) as at, Listener(at) as listening:
        told = listening.settled(lambda news: news["failed"])
        assert (told["laid"], told["problems"][0]["code"]) == (0, "NUM_SEQ")
        replace(broken / "program.md", "Điều 55.", "Điều 5.")
        assert listening.laying()["laid"]


def test_a_source_that_is_not_there_ends_it_at_once(tmp_path):
    with pytest.raises(Problems) as stopped, previewed.standing(tmp_path / "khong-co", tmp_path):
        pass
    assert [each.code for each in stopped.value.problems] == ["SOURCE_MISSING"]


def test_a_folder_without_a_programme_is_not_watched(tmp_path):
    (tmp_path / "thu.docx").write_bytes(b"")
    with pytest.raises(Problems) as stopped, previewed.standing(tmp_path, tmp_path):
        pass
    assert [each.code for each in stopped.value.problems] == ["PROGRAM_MISSING"]


def test_an_edition_that_is_not_there_ends_it_at_once(source, cache):
    with pytest.raises(NotAsked), previewed.standing(source, cache, edition="khong-co"):
        pass


@pytest.mark.press
def test_a_bug_ends_it_with_its_traceback(source, cache, monkeypatch):
    monkeypatch.setattr(preview.running.Compositor, "_do", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError), previewed.standing(source, cache):
        time.sleep(0.5)


@pytest.mark.press
def test_ctrl_c_ends_it_cleanly(source, tmp_path, cache):
    command = "from builder.cli import app; import sys; sys.argv[0] = 'anpham'; app()"
    environment = os.environ | {"ANPHAM_CACHE": str(cache), "PYTHONPATH": str(Path(__file__).parent.parent)}
    words = ("preview", str(source), "--no-browser", "--jobs", "2")
    before = {file: file.read_bytes() for file in source.rglob("*") if file.is_file()}
    with subprocess.Popen(
        [sys.executable, "-c", command, *words],
        cwd=tmp_path,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        preexec_fn=_listen_to_ctrl_c,  # noqa: PLW1509 - no threads of the child's
    ) as running:
        said = "".join(itertools.takewhile(lambda line: "Ctrl-C" not in line, running.stdout))
        assert "http://127.0.0.1:" in said
        time.sleep(1)  # it is setting by now
        running.send_signal(2)
        _, complaints = running.communicate(timeout=previewed.PATIENCE)
    assert (running.returncode, complaints) == (0, "")
    assert {file: file.read_bytes() for file in source.rglob("*") if file.is_file()} == before
    assert list(tmp_path.iterdir()) == []


def _listen_to_ctrl_c():
    import signal  # noqa: PLC0415 - in the child

    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.mark.parametrize("typed", ["0", "65536", "-1", "x", "8 0", "٨٠٨٠", "9" * 500])
def test_a_port_is_a_number_there_is(typed, tmp_path):
    with pytest.raises(WrongLine):
        command.run(command.Order(str(tmp_path), "", typed, 1, browser=False))


# --- what it says ----------------------------------------------------------------------------------


def test_both_languages_say_the_same_and_all_that_is_asked_for():
    vietnamese, english = (
        tomllib.loads((MESSAGES / f"preview.{language}.toml").read_text("utf-8")) for language in ("vi", "en")
    )
    assert keys(vietnamese) == keys(english)
    told = (Stage.READ, Stage.COMPOSE, Stage.PRINT, Stage.FURNISH, Stage.GATHER, Stage.BIND)
    assert set(vietnamese["stage"]) == {stage.value for stage in told}
    scripts = "".join((STATIC / name).read_text("utf-8") for name in page.SCRIPTS)
    asked_for = set(re.findall(r'(?:say|waitFor)\("(\w+)"', scripts)) | {"error", "warning", "info"}
    asked_for |= set(re.findall(r'"(counted_\w+|lost|crowded)"', scripts))
    assert asked_for == set(vietnamese["script"])
    template = (STATIC.parent / "templates" / "preview.html").read_text("utf-8")
    assert set(re.findall(r"words\([\"'](\w+)[\"']\)", template)) <= set(vietnamese)


def keys(table):
    return {
        f"{key}.{below}" for key, value in table.items() for below in (keys(value) if isinstance(value, dict) else "")
    }


def test_every_script_is_handed_out():
    assert {file.name for file in STATIC.iterdir()} == set(page.STATIC)


# --- whom it refuses -------------------------------------------------------------------------------


@pytest.mark.press
@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "noi-quy.localhost.evil.example"},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
        {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "document"},
    ],
    ids=str,
)
@pytest.mark.parametrize("path", ["/", "/events", "/layings/1.json", f"/pages/{GONE}/100.png", "/ebooks/1/doc.css"])
def test_strangers_are_refused(port, path, headers):
    status, _, body = asked(port, path, **headers)
    assert status in (403, 421)
    assert b"Vi\xe1\xbb\x87c" not in body


@pytest.mark.press
@pytest.mark.parametrize(
    "path",
    [
        "/pages/../../etc/passwd",
        "/pages/%2e%2e/100.png",
        "/pages/..%2f..%2fprogram.md.txt",
        f"/pages/{GONE}/0.png",
        f"/pages/{GONE}/99999999999999999999.png",
        f"/pages/{GONE}/-1.png",
        f"/pages/{GONE}/1e3.png",
        f"/pages/{GONE}/١٠٠.png",
        f"/pages/{GONE}/100.png",
        f"/pages/{GONE}.txt",
        "/pages/x/100.png",
        "/layings/0.json",
        "/layings/-1.json",
        "/layings/999999999999999999999999.json",
        "/layings/program.md.json",
        "/files/1/../../../etc/passwd.pdf",
        "/files/999999/x.pdf",
        "/files/999999/x.epub",
        "/ebooks/1/../../program.md",
        "/ebooks/999/sach/doc/index.html",
        "/ebooks/1//etc/passwd",
        "/preview/../answering.py",
        "/preview/preview.html",
        "/preview/%2e%2e%2fpage.py",
        "/program.md",
        "/.git/config",
    ],
)
def test_what_is_not_there_is_not_found(port, path):
    with socket.create_connection(("127.0.0.1", port), previewed.PATIENCE) as line:
        line.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
        answer = line.makefile("rb").read()
    assert answer.split()[1] in (b"400", b"404")


@pytest.mark.press
def test_a_width_beyond_all_measure_is_refused_and_the_widest_is_bounded(port, listener):
    mark = listener.pages(listener.laying()["laid"])["pages"][0]["mark"]
    assert asked(port, f"/pages/{mark}/4001.png")[0] == 404
    assert asked(port, f"/pages/{mark}/15.png")[0] == 404
    assert asked(port, f"/pages/{mark}/16.png")[0] == 200


@pytest.mark.press
@pytest.mark.usefixtures("listener")
def test_many_who_listen_are_bounded_and_leave_room_when_they_go(port):
    with contextlib.ExitStack() as stack:
        others = [stack.enter_context(Listener(port, f"edition=x{number}")) for number in range(desks.MOST_READERS + 4)]
        refused = [each for each in others if each.status == 503]
        assert len(refused) == 5
        assert refused[0].answer.read()
    for _ in range(50):
        with Listener(port) as again:
            if again.status == 200:
                break
        time.sleep(0.1)
    assert again.status == 200


@pytest.mark.press
def test_nothing_else_than_reading_is_answered(port):
    for method in ("POST", "PUT", "DELETE", "OPTIONS", "TRACE"):
        with socket.create_connection(("127.0.0.1", port), previewed.PATIENCE) as line:
            line.sendall(f"{method} / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
            assert line.makefile("rb").read().split()[1] in (b"405", b"400")


@pytest.mark.press
def test_the_page_uses_nothing_from_elsewhere(port):
    status, headers, shown = asked(port, "/")
    assert status == 200
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert b"http:" not in shown
    assert b"https:" not in shown
    for name in page.STATIC:
        status, _, text = asked(port, f"/preview/{name}")
        assert status == 200
        assert b"http" not in text


# --- the desk --------------------------------------------------------------------------------------


def laid(number, look):
    return Laying(number, look, "Sách", (), "sach", pdf=str(number).encode())


def woken(*, loudly):
    del loudly


def test_who_came_last_is_served_first_and_nobody_is_left_out():
    first, second = Look("a"), Look("b")
    desk = Desk(first)
    with desk.reading(first, ebook=False, wake=woken), desk.reading(second, ebook=False, wake=woken):
        assert desk.take() == Order(second, ebook=False, state=1)
        desk.lay(Order(second, ebook=False, state=1), laid(1, second), (), 0, 0)
        assert desk.take() == Order(first, ebook=False, state=1)
        desk.changed()
        desk.lay(Order(first, ebook=False, state=1), laid(2, first), (), 0, 0)
        assert desk.take() == Order(second, ebook=False, state=2), "what was set meanwhile is set once more"


def test_a_failure_while_the_source_changes_again_is_not_told():
    look = Look()
    desk = Desk(look)
    order = desk.take()
    desk.changed()
    desk.fail(order, ())
    assert not desk.standing(look)[0].failed
    with desk.reading(look, ebook=False, wake=woken):
        desk.fail(desk.take(), ())
        assert desk.standing(look)[0].failed


def test_only_the_latest_layings_are_kept():
    look = Look()
    desk = Desk(look)
    for number in range(1, 6):
        desk.lay(Order(look, ebook=False, state=number), laid(number, look), (), 0, 0)
    assert [number for number in range(1, 6) if desk.laying(number)] == [4, 5]


def test_a_book_that_was_put_away_while_it_was_made_is_no_harm():
    desk = Desk(Look())
    with desk.reading(Look("x"), ebook=False, wake=woken):
        order = desk.take()
    for number in range(desks.MOST_BOOKS + 1):
        with desk.reading(Look(f"y{number}"), ebook=False, wake=woken):
            pass
    desk.lay(order, laid(1, order.look), (), 0, 0)
    assert desk.laying(1)


def test_books_that_nobody_looks_at_go():
    desk = Desk(Look())
    for number in range(100):
        with desk.reading(Look(f"x{number}"), ebook=False, wake=woken):
            pass
    assert len(desk._books) <= desks.MOST_BOOKS


def test_a_closed_desk_gives_nothing_and_takes_nobody():
    desk = Desk(Look())
    desk.close()
    assert desk.take() is None
    with pytest.raises(Crowded), desk.reading(Look(), ebook=False, wake=woken):
        pass


# --- what is answered, with no source behind it ------------------------------------------------------


def answered(desk, path, query=""):
    """Ask the application itself; give the status and the headers."""
    told = []

    async def send(message):
        told.append(message)

    async def receive():
        return {"type": "http.disconnect"}

    scope = {"type": "http", "method": "GET", "path": path, "query_string": query.encode(), "headers": []}
    asyncio.run(answering.application(desk, words("vi"), "sach")(scope, receive, send))
    return told[0]["status"], {name.decode(): value.decode() for name, value in told[0]["headers"]}


def test_what_may_be_another_next_time_is_asked_for_anew():
    """Numbers of layings and e-books begin again with every preview, at the same address."""
    desk, look = Desk(Look()), Look()
    desk.lay(Order(look, ebook=False, state=1), laid(1, look), (), 0, 0)
    desk.bind(Order(look, ebook=True, state=1), Bound(2, look, "sach", {"doc.css": b""}, b"book"), (), 0)
    own = ["/", "/preview/preview.js", "/layings/1.json", "/ebooks/2/doc.css", "/files/1/x.pdf", "/files/2/x.epub"]
    assert [(path, *answered(desk, path)) for path in own if answered(desk, path)[0] != 200] == []
    assert {answered(desk, path)[1]["cache-control"] for path in own} == {"no-store"}


def test_names_without_end_are_cut():
    looks = []

    def reading(look, **_):
        looks.append(look)
        raise Crowded

    query = f"edition={'a' * 9000}&part={'b' * 9000}"
    assert answered(SimpleNamespace(reading=reading), "/events", query)[0] == 503
    assert looks == [Look("a" * answering.LONGEST, "b" * answering.LONGEST)]


def test_words_for_the_script_cannot_end_it():
    class Hostile:
        language = "vi"

        def __call__(self, key, **_):
            return key

        def pairs(self, _):
            return [("lost", "</script><img src=x>")]

    written = page.page(Hostile(), "</title><b>").decode()
    assert "<img" not in written
    assert "<b>" not in written


def test_of_very_many_problems_the_gravest_are_told_and_all_counted():
    found = (*(problems.shelf_stale(Place(f"{number}")) for number in range(900)), problems.source_missing(Place("a")))
    told = telling.standing(Standing(problems=found), None, words("vi"))
    assert sum(told["count"]) == 901
    assert len(told["problems"]) == telling.MOST
    assert told["problems"][0]["code"] == "SOURCE_MISSING"


def test_so_many_pictures_are_kept_as_there_is_room_for(monkeypatch):
    monkeypatch.setattr("builder.preview.pictures.MOST_BYTES", 100)
    pictures = Pictures(Desk(Look()))
    for width in range(10):
        pictures._keep((GONE, width), b"x" * 40)
    assert (list(pictures.kept), pictures.held) == ([(GONE, 8), (GONE, 9)], 80)


# --- the watch -------------------------------------------------------------------------------------


def test_a_watch_that_the_system_refuses_looks_again_and_again(tmp_path, monkeypatch):
    (tmp_path / "tep.md").write_text("một", "utf-8")
    seen, stop, tries = threading.Event(), threading.Event(), []
    watch = watching.watchfiles.watch

    def refusing(*paths, **how):
        tries.append(how["force_polling"])
        if not how["force_polling"]:
            raise OSError(28, "no space left for watches")
        return watch(*paths, **how)

    monkeypatch.setattr(watching.watchfiles, "watch", refusing)
    monkeypatch.setattr(watching, "LOOK", 100)
    watcher = threading.Thread(target=watching.watch, args=(tmp_path, (), seen.set, stop))
    watcher.start()
    try:
        assert seen.wait(previewed.PATIENCE)
        seen.clear()
        time.sleep(1.1)  # it goes by the seconds of files
        (tmp_path / "tep.md").write_text("hai hai", "utf-8")
        assert seen.wait(previewed.PATIENCE)
    finally:
        stop.set()
        watcher.join()
    assert tries == [None, True]


def test_an_e_book_with_what_no_page_for_a_browser_may_hold_is_told_of(shelved):
    proof = SimpleNamespace(
        edition=SimpleNamespace(name="nguoi-du", place=Place("publication.yaml", 5)),
        part="",
        publication=SimpleNamespace(slug="so-tay"),
    )
    parts = dict(archive.parts(shelved.epub()))
    name = next(name for name in parts if name.startswith("EPUB/text/"))
    parts[name] = parts[name].replace(b"</body>", b'<form action="a"></form></body>')
    with pytest.raises(Problems, match=r"publication\.yaml:5: WEB_EDITION"):
        binding.bound(proof, archive.sealed(parts), 1, "vi")
