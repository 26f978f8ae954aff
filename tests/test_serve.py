"""``anpham serve``: a shelf is open to this machine or to the network, as agreed, as it is by now, till Ctrl-C."""

import http.client
import os
import pty
import re
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
from typer.testing import CliRunner

from builder.cli import app, network

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = """
import sys
from builder.cli import app, display, network
display.EVERY = 0.1
network.addresses = lambda: ("192.168.7.7", "10.42.0.1")
app()
"""
LINK = re.compile(r"http://([\d.]+):(\d+)/")


@pytest.fixture(scope="module")
def shelf(shelved, tmp_path_factory):
    folder = tmp_path_factory.mktemp("serve") / "shelf"
    shelved.stand(folder, only=("epub", "pdf"))
    shelved.stand(folder, "noi-bo", title="Chuyện riêng", profile="noi-bo", only=("epub",))
    return folder


def started(*words):
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "serve", *words],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        # Whoever runs the tests in the background has it ignored, and what is ignored stays so in a child.
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - one thread alone
    )


@contextmanager
def serving(*words):
    """Serve; give the process, the port, and what it said so far."""
    with started(*words) as process:
        said = ""
        while not said.endswith("Ctrl-C.\n") and (line := process.stdout.readline()):
            said += line
        try:
            yield process, int(LINK.search(said)[2]), said
        finally:
            process.kill()


def got(port, path="/", host="127.0.0.1"):
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    line.request("GET", path, headers={"Host": host, "Connection": "close"})
    answer = line.getresponse()
    data = answer.read().decode("utf-8", "replace")
    line.close()
    return answer.status, data


def memory(process):
    said = Path(f"/proc/{process.pid}/status").read_text("ascii")
    return int(re.search(r"VmRSS:\s+(\d+) kB", said)[1]) / 1000


def test_a_shelf_is_open_to_this_machine_till_ctrl_c(shelf):
    with serving("--shelf", str(shelf), "--title", "Tủ <sách>") as (process, port, said):
        assert LINK.search(said)[1] == "127.0.0.1"
        front = got(port)[1]
        assert "Tủ &lt;sách&gt;" in front
        assert "Chuyện riêng" in front  # this machine's owner asks, nobody else
        assert got(port, "/so-tay/so-tay-nguoi-du.epub")[1].startswith("PK")
        assert got(port, "/so-tay/manifest.json")[0] == 404
        assert got(port, host="example.org")[0] == 421
        status, missing = got(port, "/khong-co")
        assert (status, "Không có trang này" in missing) == (404, True)
        socket.create_connection(("127.0.0.1", port)).detach()  # one that stays and says nothing
        process.send_signal(signal.SIGINT)
        began = time.monotonic()
        assert process.wait(5) == 0
        assert time.monotonic() - began < 2
        assert process.stdout.read() == "\nĐã đóng tủ sách.\n"


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="measures in /proc")
def test_two_thousand_requests_leave_no_trace(tmp_path):
    (tmp_path / "so-tay").mkdir()
    for name in ("index.html", "so-tay/index.html", "so-tay/so-tay.epub"):
        (tmp_path / name).write_bytes(b"x" * 30_000)
    paths = ("/", "/so-tay/", "/so-tay/so-tay.epub", "/khong-co", "/%2e%2e/x", "/so-tay")
    with serving("--site", str(tmp_path)) as (process, port, _):

        def asking(times):
            """All on one line, none waiting for the answer to the one before."""
            head = "HTTP/1.1\r\nHost: localhost\r\n"
            asked = "".join(f"GET {paths[number % len(paths)]} {head}\r\n" for number in range(times))
            with socket.create_connection(("127.0.0.1", port), 20) as line:
                line.sendall(f"{asked}GET / {head}Connection: close\r\n\r\n".encode())
                answer = b"".join(iter(partial(line.recv, 1 << 20), b""))
            assert answer.count(b"HTTP/1.1 ") == times + 1

        asking(500)
        before = memory(process)
        asking(900)
        asking(900)
        for number in range(200):
            got(port, paths[number % len(paths)], host="127.0.0.1" if number % 3 else "example.org")
        assert memory(process) < before + 4


def test_a_shelf_that_changes_is_shown_as_it_is_by_now(shelved, tmp_path):
    folder = shelved.stand(tmp_path / "shelf", only=("epub",))
    with serving("--shelf", str(folder.parent)) as (process, port, _):
        assert got(port, "/quy-uoc/")[0] == 404
        shelved.stand(folder.parent, "quy-uoc", title="Quy ước", only=("epub",))
        assert process.stdout.readline() == "Giá sách vừa thay đổi: đã bày lại 2 ấn phẩm.\n"
        assert got(port, "/quy-uoc/")[0] == 200
        (folder / "manifest.json").write_text("{", "utf-8")
        assert "SHELF_LIST" in process.stdout.readline()
        assert got(port, "/so-tay/")[0] == 200  # as it was


def test_what_was_on_show_is_thrown_away_when_asked(shelf, tmp_path, monkeypatch):
    monkeypatch.setenv("ANPHAM_CACHE", str(tmp_path))
    with serving("--shelf", str(shelf)):
        pass
    (tmp_path / "sites" / "cua-toi").mkdir()
    shown = CliRunner().invoke(app, ["cache"]).output
    assert re.search(r"Trang bày sách của anpham serve: [\d,]+ [kM]B\.", shown)
    cleared = CliRunner().invoke(app, ["cache", "--clear"]).output
    assert "Đã bỏ trang bày sách" in cleared
    assert "bày sách" not in CliRunner().invoke(app, ["cache"]).output
    assert sorted(each.name for each in (tmp_path / "sites").iterdir()) == [".anpham-lock", "cua-toi"]


def test_what_is_for_members_alone_is_shown_to_a_network_when_agreed(shelf):
    with serving("--shelf", str(shelf), "--network") as (_, port, said):
        assert LINK.findall(said) == [("192.168.7.7", str(port)), ("10.42.0.1", str(port))]
        assert "“Chuyện riêng”" in said
        assert "Chuyện riêng" not in got(port)[1]
        assert got(port, "/noi-bo/")[0] == 404
        assert got(port, host=f"192.168.7.7:{port}")[0] == 200
        assert got(port, host=f"{socket.gethostname().partition('.')[0]}.local")[0] == 200
        assert got(port, host="192.168.7.8")[0] == 421
    with serving("--shelf", str(shelf), "--network", "--yes") as (_, port, _):
        assert got(port, "/noi-bo/")[0] == 200


def test_where_nothing_may_be_shown_nothing_is_served(tmp_path, shelved, monkeypatch):
    shelved.stand(tmp_path / "shelf", "noi-bo", title="Chuyện riêng", profile="noi-bo", only=("epub",))
    monkeypatch.setattr(network, "addresses", lambda: ("192.168.7.7",))
    done = CliRunner().invoke(app, ["serve", "--shelf", str(tmp_path / "shelf"), "--network"])
    assert done.exit_code == 1
    assert "DISPLAY_EMPTY" in done.output


def test_a_site_that_was_published_is_served_as_it_is(tmp_path):
    (tmp_path / "index.html").write_text("trang đầu", "utf-8")
    with serving("--site", str(tmp_path)) as (_, port, said):
        assert "Đang bày" not in said
        assert got(port) == (200, "trang đầu")


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("--shelf", "khong-co"), 1, "SHELF_EMPTY"),
        (("--site", "khong-co"), 1, "FILE_MISSING"),
        (("--site", "x", "--title", "y"), 2, "“--title” không đi cùng “--site”"),
        (("--site", "x", "--copies"), 2, "“--copies” không đi cùng “--site”"),
        (("--port", "0"), 2, "từ 1 đến 65535"),
        (("--port", "65536"), 2, "từ 1 đến 65535"),
        (("--port", "٨٠"), 2, "từ 1 đến 65535"),
        (("--port", "9" * 6000), 2, "từ 1 đến 65535"),
    ],
)
def test_what_cannot_be_served_is_told_of(tmp_path, monkeypatch, words, status, said):
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(app, ["serve", *words])
    assert done.exit_code == status
    assert said in done.output


def test_a_port_that_is_taken_is_told_of(tmp_path):
    (tmp_path / "index.html").write_text("trang đầu", "utf-8")
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = str(other.getsockname()[1])
        with started("--site", str(tmp_path), "--port", taken) as process:
            answer = process.stdout.read()
    assert process.wait(5) == 1
    assert f"127.0.0.1:{taken}: lỗi PORT_TAKEN: Cổng {taken} đang có chương trình khác dùng." in answer


def on_a_terminal(folder, columns):
    """Serve a site to the network on a terminal of so many columns; return what is said there."""
    (folder / "index.html").write_text("trang đầu", "utf-8")
    shown, typed = pty.openpty()
    environment = os.environ | {"PYTHONPATH": str(ROOT), "COLUMNS": str(columns), "TERM": "xterm-256color"}
    environment.pop("NO_COLOR", None)
    words = [sys.executable, "-c", PROGRAM, "serve", "--site", str(folder), "--network"]
    process = subprocess.Popen(words, env=environment, stdin=typed, stdout=typed, start_new_session=True)
    os.close(typed)
    said = b""
    while not said.rstrip().endswith(b"Ctrl-C."):
        said += os.read(shown, 4096)
    process.kill()
    process.wait()
    os.close(shown)
    return said.decode()


def test_on_a_terminal_a_code_is_drawn(tmp_path):
    said = on_a_terminal(tmp_path, 80)
    drawn = [line for line in said.splitlines() if "█" in line]
    assert len(drawn) > 15
    assert all(line.startswith("\x1b[97;40m") and line.endswith("\x1b[0m") for line in drawn)
    assert "quét mã ở trên" in said


def test_a_code_that_has_no_room_is_not_spoken_of(tmp_path):
    said = on_a_terminal(tmp_path, 30)
    assert "█" not in said
    assert "quét mã" not in " ".join(said.split())


def test_only_addresses_of_local_networks_are_told(monkeypatch):
    found = ["8.8.8.8", "192.168.1.5", "127.0.0.1", "0.0.0.0", "10.42.0.1", "192.168.1.5", "100.64.0.9", "224.0.0.1"]  # noqa: S104
    monkeypatch.setattr(network, "_outward", lambda: found)
    monkeypatch.setattr(network, "_of_interfaces", lambda: ["169.254.3.4"])
    assert network.addresses() == ("192.168.1.5", "10.42.0.1", "100.64.0.9", "169.254.3.4")


@pytest.mark.parametrize(("files", "connections"), [(256, 88), (1024, 120), (-1, 120), (40, 1)])
def test_there_are_no_more_connections_than_files_may_be_open(monkeypatch, files, connections):
    resource = pytest.importorskip("resource")
    monkeypatch.setattr(resource, "getrlimit", lambda _: (files, -1))
    assert network.limits().connections == connections


@pytest.mark.parametrize(
    ("called", "names"),
    [
        ("May-Tinh.example.org", ("may-tinh", "may-tinh.local")),
        ("máy tính", ()),
        ("x_y", ()),
        ("", ()),
    ],
)
def test_a_machine_goes_by_its_name(monkeypatch, called, names):
    monkeypatch.setattr(socket, "gethostname", lambda: called)
    assert network.names() == names


def test_a_machine_without_a_network_says_so(monkeypatch, tmp_path):
    (tmp_path / "index.html").write_text("trang đầu", "utf-8")
    monkeypatch.setattr(network, "addresses", tuple)
    from builder.cli import serve  # noqa: PLC0415 - after the network is gone
    from builder.problems import Problems  # noqa: PLC0415

    order = serve.Order("shelf", "", "", str(tmp_path), network=True, yes=False, copies=False)
    with pytest.raises(Problems) as stopped:
        serve.run(order)
    assert [each.code for each in stopped.value.problems] == ["NETWORK_MISSING"]
