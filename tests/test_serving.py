"""What is served is the site and nothing else, to those who ask by its name; whoever does ill harms nobody but himself.

Every request is made over a socket of its own; after each of them the server answers others as before.
"""

import asyncio
import hashlib
import os
import re
import socket
import threading
import time
from contextlib import ExitStack, contextmanager
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from builder import serving
from builder.problems import Problems
from builder.serving import Limits
from builder.serving.run import _bound

BIG = 24 * 1024 * 1024
SECRET = b"kept from everybody"
FRONT = b"<!doctype html><title>front</title>"
LIMITS = Limits(goodbye=0.5, connections=40, per_client=40)
HASTY = replace(LIMITS, head=0.4, idle=0.5, stalled=0.4)


@contextmanager
def standing(app, limits=LIMITS, host="127.0.0.1"):
    """Serve in a thread; give the port."""
    told, stands = [], threading.Event()

    def started(it):
        told.append(it)
        stands.set()

    wanted = {"host": host, "ports": (0,), "limits": limits, "started": started}
    thread = threading.Thread(target=serving.run, args=(app,), kwargs=wanted)
    thread.start()
    assert stands.wait(10)
    try:
        yield told[0].port
    finally:
        told[0].stop()
        thread.join(10)
        assert not thread.is_alive()


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    around = tmp_path_factory.mktemp("around")
    folder = around / "site"
    for name in ("so-tay/doc", "so-tay/.git", "trong", "opds", "opds2", "fonts", ".kín"):
        (folder / name).mkdir(parents=True)
    files = {
        "index.html": FRONT,
        "so-tay/index.html": b"<!doctype html><title>so tay</title>",
        "so-tay/doc/index.html": b"<!doctype html><title>doc</title>",
        "so-tay/so-tay.epub": b"epub" * 1000,
        "so-tay/so-tay.kepub.epub": b"kepub",
        "so-tay/so-tay.azw3": b"azw3",
        "so-tay/so-tay.pdf": b"%PDF-1.7",
        "so-tay/.git/config": SECRET,
        ".kín/tep.html": SECRET,
        ".htaccess": SECRET,
        "opds/index.xml": b"<feed/>",
        "opds2/index.json": b"{}",
        "search.js": b"data",
        "fonts/0123456789abcdef.woff": b"woff",
        "SHA256SUMS": "tệp".encode(),
        "trong/tep.txt": b"txt",
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)
    with (folder / "lon.bin").open("wb") as big:
        big.truncate(BIG)
    (around / "ngoai.txt").write_bytes(SECRET)
    (folder / "ra.txt").symlink_to(around / "ngoai.txt")
    (folder / "ra").symlink_to(around)
    (folder / "vong").symlink_to(folder / "vong")
    (folder / "so-tay/GIT~1").symlink_to(folder / "so-tay/.git")  # as Windows calls it, too
    (folder / "rong.txt").touch()
    return folder


@pytest.fixture(scope="module")
def port(site):
    with standing(serving.guarded(serving.application(site, missing="<p>không có"), links=True)) as at:
        yield at


@pytest.fixture(scope="module")
def hasty(site):
    """The same, with no time to lose."""
    with standing(serving.guarded(serving.application(site), links=True), HASTY) as at:
        yield at


def said(port, data, patience=3.0):
    """Say something, and hear it out."""
    with socket.create_connection(("127.0.0.1", port), patience) as line:
        try:
            line.sendall(data)
            return heard(line)
        except ConnectionError:
            return b""


def heard(line):
    answer = b""
    while True:
        try:
            more = line.recv(1 << 18)
        except ConnectionError:
            return answer
        if not more:
            return answer
        answer += more


def asked(port, path="/", method="GET", host=None, **headers):
    lines = [f"{method} {path} HTTP/1.1", f"Host: {host or f'127.0.0.1:{port}'}", "Connection: close"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return said(port, ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1"))


def status(answer):
    found = re.match(rb"HTTP/1\.1 (\d{3}) ", answer)
    return int(found[1]) if found else 0


def header(answer, name):
    found = re.search(rb"(?im)^%s: (.*)\r$" % name.encode(), answer.partition(b"\r\n\r\n")[0] + b"\r\n")
    return found[1].decode() if found else None


def body(answer):
    return answer.partition(b"\r\n\r\n")[2]


def serves(port):
    answer = asked(port)
    return status(answer) == 200 and body(answer) == FRONT


# --- what is served -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "kind", "name"),
    [
        ("/", "text/html; charset=utf-8", None),
        ("/?trang=12", "text/html; charset=utf-8", None),
        ("/so-tay/doc/?q=%2e%2e", "text/html; charset=utf-8", None),
        ("/so-tay/so-tay.epub", "application/epub+zip", "so-tay.epub"),
        ("/so-tay/so-tay.kepub.epub", "application/kepub+zip", "so-tay.kepub.epub"),
        ("/so-tay/so-tay.azw3", "application/vnd.amazon.mobi8-ebook", "so-tay.azw3"),
        ("/so-tay/so-tay.pdf", "application/pdf", None),
        ("/opds/index.xml", "application/atom+xml;profile=opds-catalog", None),
        ("/opds2/index.json", "application/opds+json", None),
        ("/search.js", "text/javascript; charset=utf-8", None),
        ("/fonts/0123456789abcdef.woff", "font/woff", None),
        ("/SHA256SUMS", "text/plain; charset=utf-8", None),
        ("/lon.bin", "application/octet-stream", None),
    ],
)
def test_a_file_comes_as_what_it_is(site, port, path, kind, name):
    answer = asked(port, path)
    plain = path.partition("?")[0]
    assert status(answer) == 200
    assert header(answer, "content-type") == kind
    assert header(answer, "content-disposition") == (f'attachment; filename="{name}"' if name else None)
    assert body(answer) == (site / (plain[1:] + ("index.html" if plain.endswith("/") else ""))).read_bytes()


def test_answers_say_what_a_browser_may_do_with_them(port):
    for answer in (asked(port), asked(port, "/khong-co"), asked(port, method="PUT"), asked(port, host="example.org")):
        assert header(answer, "x-content-type-options") == "nosniff"
        assert header(answer, "referrer-policy") == "no-referrer"
        assert header(answer, "cross-origin-resource-policy") == "same-origin"
        assert "script-src 'self';" in header(answer, "content-security-policy")
        assert "frame-ancestors 'self'" in header(answer, "content-security-policy")
        assert header(answer, "access-control-allow-origin") is None
        assert header(answer, "server") is None


def test_a_folder_is_led_to_from_where_one_is(port):
    answer = asked(port, "/so-tay/doc?trang=12")
    assert (status(answer), header(answer, "location")) == (307, "doc/?trang=12")


def test_a_folder_is_never_listed(port):
    for path in ("/trong/", "/trong", "/fonts/", "/opds/"):
        answer = asked(port, path)
        assert (status(answer), body(answer)) == (404, "<p>không có".encode())


def test_only_the_head_comes_when_only_the_head_is_asked_for(port):
    answer = asked(port, "/so-tay/so-tay.epub", "HEAD")
    assert (status(answer), header(answer, "content-length"), body(answer)) == (200, "4000", b"")


def test_what_one_has_is_not_sent_again(port):
    first = asked(port, "/so-tay/so-tay.epub")
    again = asked(port, "/so-tay/so-tay.epub", If_None_Match=header(first, "etag"))
    assert (status(again), body(again)) == (304, b"")
    assert status(asked(port, "/so-tay/so-tay.epub", If_None_Match='"khac"')) == 200
    assert header(first, "cache-control") == "no-cache"
    assert "immutable" in header(asked(port, "/fonts/0123456789abcdef.woff"), "cache-control")


@pytest.mark.parametrize(
    ("wanted", "code", "length"),
    [
        ("bytes=3990-", 206, 10),
        ("bytes=-7", 206, 7),
        ("bytes=0-0", 206, 1),
        ("bytes=0-999999999999999", 206, 4000),
        ("bytes=4000-", 416, 0),
        ("bytes=9-2", 400, None),
        ("bytes=0-1,3-4,6-7", 200, 4000),  # several at once: the whole file, as RFC 9110, 14.2 lets one
        ("bytes=" + ",".join(f"{n}-{n}" for n in range(1500)), 200, 4000),
        ("bytes=" + "9" * 9000 + "-", 200, 4000),
        ("bytes=a-b", 200, 4000),
        ("lines=1-2", 200, 4000),
        ("bytes=-", 200, 4000),
    ],
)
def test_a_download_is_taken_up_again(port, wanted, code, length):
    answer = asked(port, "/so-tay/so-tay.epub", Range=wanted)
    assert status(answer) == code
    assert length in (None, len(body(answer)))
    assert serves(port)


def test_of_an_empty_file_there_is_no_part(port):
    assert status(asked(port, "/rong.txt")) == 200
    assert status(asked(port, "/rong.txt", Range="bytes=0-")) == 416


def test_what_became_another_meanwhile_comes_whole(site, port):
    book = site / "so-tay/doi.epub"
    book.write_bytes(b"first " * 100)
    tag = header(asked(port, "/so-tay/doi.epub"), "etag")
    assert status(asked(port, "/so-tay/doi.epub", Range="bytes=9-", If_Range=tag)) == 206
    was = book.stat()
    (site / "new").write_bytes(b"other " * 100)  # as long, and of the same time
    os.utime(site / "new", ns=(was.st_atime_ns, was.st_mtime_ns))
    (site / "new").replace(book)
    again = asked(port, "/so-tay/doi.epub", Range="bytes=9-", If_Range=tag)
    assert (status(again), body(again)) == (200, b"other " * 100)
    book.write_bytes(b"third " * 100)  # the same file, as long
    again = asked(port, "/so-tay/doi.epub", Range="bytes=9-", If_Range=header(again, "etag"))
    assert (status(again), body(again)) == (200, b"third " * 100)


# --- ways out of the folder ------------------------------------------------------------------------

WAYS_OUT = [
    "/../ngoai.txt",
    "/so-tay/../../ngoai.txt",
    "/%2e%2e/ngoai.txt",
    "/.%2e/ngoai.txt",
    "/%2E%2E%2Fngoai.txt",
    "/..%2fngoai.txt",
    "/%252e%252e%252fngoai.txt",
    "/..%5cngoai.txt",
    "/..\\ngoai.txt",
    "/%c0%ae%c0%ae/ngoai.txt",
    "/%c0%ae%c0%ae%c0%afngoai.txt",
    "/%e0%80%ae%e0%80%ae/ngoai.txt",
    "/%uff0e%uff0e/ngoai.txt",
    "/%EF%BC%8E%EF%BC%8E/ngoai.txt",
    "//ngoai.txt",
    "//etc/passwd",
    "/so-tay%2fso-tay.epub",
    "/%2fetc/passwd",
    "/%2f%2fetc/passwd",
    "/etc/passwd",
    "/C:/Windows/win.ini",
    "/C:%5cWindows%5cwin.ini",
    "/%5c%5cserver%5cshare",
    "/ra.txt",
    "/ra/ngoai.txt",
    "/ra",
    "/ra/",
    "/vong",
    "/vong/x",
    "/index.html/",
    "/index.html/../../ngoai.txt",
    "/index.html%00.txt",
    "/%00",
    "/.htaccess",
    "/%2ehtaccess",
    "/.k%C3%ADn/tep.html",
    "/so-tay/.git/config",
    "/so-tay/%2egit/config",
    "/so-tay/GIT~1/config",
    "/so-tay/git%7e1/config",
    "/SO-TAY/.GIT/config",
    "/index.html::$DATA",
    "/index.html.",
    "/index.html%20",
    "/index.html%0a",
    "/index.html%0d%0aX-Evil:%201",
    "/nul",
    "/so-tay;/../../ngoai.txt",
    "/%",
    "/%zz",
    "/\x7f",
    "/" + "a" * 1000,
    "/" + "a/" * 900,
    "/" + "%F0%9F%98%80" * 100,
    "/~root",
    "*",
    "index.html",
    "http://127.0.0.1/index.html",
    "file:///etc/passwd",
    "?",
    "/?" + "q" * 3000,
]


@pytest.mark.parametrize("path", WAYS_OUT)
def test_no_way_leads_out(port, path):
    answer = asked(port, path)
    assert 400 <= status(answer) < 500
    assert SECRET not in answer
    assert b"Traceback" not in answer
    assert header(answer, "x-evil") is None
    assert serves(port)


def test_a_gate_stands_without_the_folder_and_the_folder_without_a_gate(site):
    with standing(serving.application(site)) as at:
        for path in WAYS_OUT:
            assert SECRET not in asked(at, path), path
        assert status(asked(at, "/so-tay/", "DELETE")) == 405
        assert serves(at)


SEGMENTS = st.sampled_from(
    [
        "..",
        ".",
        "%2e%2e",
        "%2f",
        "%5c",
        "so-tay",
        "doc",
        "ra",
        "vong",
        ".git",
        "index.html",
        "config",
        "",
        "%00",
        "ngoai.txt",
    ]
)


@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    path=st.one_of(
        st.lists(SEGMENTS, max_size=6).map("/".join),
        st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), max_size=40),
        st.binary(max_size=12).map(lambda raw: "".join(f"%{byte:02x}" for byte in raw)),
    ),
    headers=st.dictionaries(
        st.sampled_from(["Range", "If-Range", "If-None-Match", "If-Modified-Since", "Accept-Encoding", "Cookie"]),
        st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), max_size=30),
        max_size=3,
    ),
)
@example(path="", headers={"If-Modified-Since": "Mon, 99 Foo 0 99:99:99 +9999999999"})
def test_whatever_is_asked_nothing_but_the_site_comes_back(site, port, path, headers):
    answer = asked(port, f"/{path}", **{name.replace("-", "_"): value for name, value in headers.items()})
    assert status(answer) in {200, 206, 304, 307, 400, 404, 416}
    if status(answer) == 200:
        assert hashlib.sha256(body(answer)).digest() in known(site)


_KNOWN = {}


def known(site):
    if not _KNOWN:
        shown = [path for path in site.rglob("*") if not path.is_symlink() and path.is_file()]
        shown = [path for path in shown if not any(part.startswith(".") for part in path.relative_to(site).parts)]
        _KNOWN.update({hashlib.sha256(path.read_bytes()).digest(): path for path in shown})
    return _KNOWN


# --- other names, other sites ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("host", "code"),
    [
        ("localhost", 200),
        ("LOCALHOST:80", 200),
        ("localhost.:8000", 200),
        ("127.0.0.1", 200),
        ("[::1]:8000", 200),
        ("example.org", 421),
        ("localhost.example.org", 421),
        ("127.0.0.1.example.org", 421),
        ("192.168.1.5", 421),
        ("0.0.0.0", 421),  # noqa: S104 - nothing is bound
        ("127.1", 421),
        ("2130706433", 421),
        ("[::ffff:127.0.0.1]", 421),
        ("xn--localhost-9x4c", 421),
        ("", 400),
        ("localhost:", 400),
        ("localhost:port", 400),
        ("localhost:80:80", 400),
        ("localhost@example.org", 400),
        ("example.org@localhost", 400),
        ("localhost/", 400),
        ("localhost, example.org", 400),
        ("[localhost]", 400),
        ("localhost..", 400),
        ("l" * 9000, 421),
    ],
)
def test_it_goes_by_its_own_names_only(port, host, code):
    given_host = host or " "
    assert status(asked(port, host=given_host)) == code
    assert serves(port)


def test_a_name_that_was_given_is_its_own(site):
    with standing(serving.guarded(serving.application(site), hosts={"may-cua-lan.local"}), host="0.0.0.0") as at:  # noqa: S104
        assert status(asked(at, host="May-Cua-Lan.local.:8080")) == 200
        assert status(asked(at, host="localhost")) == 421
        assert status(asked(at, host="127.0.0.1")) == 200  # the address it was reached at
        assert status(asked(at, host="127.0.0.2")) == 421


@pytest.mark.parametrize(
    ("client", "code"),
    [("192.168.1.7", 200), ("10.0.0.9", 200), ("100.64.0.1", 200), ("127.0.0.1", 200), ("8.8.8.8", 403), ("x", 403)],
)
def test_a_router_may_lead_strangers_here_in_vain(client, code):
    """A request without a socket: no machine here has such an address."""

    async def welcome(scope, receive, send):
        del scope, receive
        await send({"type": "http.response.start", "status": 200, "headers": []})

    told = []

    async def send(message):
        told.append(message.get("status"))

    async def receive():
        return {"type": "http.disconnect"}

    scope = {"type": "http", "method": "GET", "raw_path": b"/", "headers": [(b"host", b"localhost")]}
    gate = serving.guarded(welcome, near=True)
    asyncio.run(gate({**scope, "client": (client, 1)}, receive, send))
    assert told[0] == code


def test_of_two_names_neither_is_believed_whatever_lets_them_through():
    async def welcome(_scope, _receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": []})

    told = []

    async def send(message):
        told.append(message.get("status"))

    scope = {"type": "http", "method": "GET", "raw_path": b"/", "headers": [(b"host", b"localhost")] * 2}
    asyncio.run(serving.guarded(welcome)(scope, None, send))
    assert told[0] == 400


BY_A_LINK = {"Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "document"}


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, (200, 200)),
        ({"Sec_Fetch_Site": "none", **BY_A_LINK}, (200, 200)),
        ({"Sec_Fetch_Site": "same-origin"}, (200, 200)),
        ({"Sec_Fetch_Site": "cross-site", **BY_A_LINK}, (200, 403)),
        ({"Sec_Fetch_Site": "same-site", **BY_A_LINK}, (200, 403)),
        ({"Sec_Fetch_Site": "cross-site"}, (403, 403)),
        ({"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "no-cors", "Sec_Fetch_Dest": "script"}, (403, 403)),
        ({"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "iframe"}, (403, 403)),
        ({"Sec_Fetch_Site": "same-site", "Sec_Fetch_Mode": "cors", "Sec_Fetch_Dest": "empty"}, (403, 403)),
        ({"Sec_Fetch_Site": "nonsense"}, (403, 403)),
        ({"Origin": "http://127.0.0.1:{port}"}, (200, 200)),
        ({"Origin": "http://127.0.0.1:1"}, (403, 403)),
        ({"Origin": "https://127.0.0.1:{port}"}, (403, 403)),
        ({"Origin": "http://localhost:{port}"}, (403, 403)),
        ({"Origin": "http://example.org"}, (403, 403)),
        ({"Origin": "null"}, (403, 403)),
        ({"Origin": ""}, (403, 403)),
        ({"Origin": "http://127.0.0.1:{port}.example.org"}, (403, 403)),
    ],
)
def test_other_sites_get_nothing(port, alone, headers, expected):
    """Where their links may lead here, and where they may not."""
    for at, code in zip((port, alone), expected, strict=True):
        filled = {name: value.replace("{port}", str(at)) for name, value in headers.items()}
        assert status(asked(at, "/search.js", **filled)) == code


@pytest.fixture(scope="module")
def alone(site):
    with standing(serving.guarded(serving.application(site))) as at:
        yield at


@pytest.mark.parametrize(
    "method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PATCH", "PROPFIND", "get", "X"]
)
def test_it_is_only_read(port, method):
    for path in ("/", "/so-tay/so-tay.epub", "/trong/moi.txt"):
        answer = asked(port, path, method)
        assert (status(answer), header(answer, "allow")) == (405, "GET, HEAD")
    assert serves(port)


# --- what is no request, or more than one -----------------------------------------------------------

HELLO = b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(range(200))  # TLS 1.3, RFC 8446, 4.1.2
GET = b"GET / HTTP/1.1\r\nHost: localhost\r\n"
POST = b"POST / HTTP/1.1\r\nHost: localhost\r\n"
NOT_REQUESTS = {
    "TLS": (HELLO, {0, 400}),
    "HTTP/0.9": (b"GET /\r\n\r\n", {400}),
    "HTTP/2": (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", {400, 505}),
    "HTTP/1.2": (b"GET / HTTP/1.2\r\nHost: localhost\r\n\r\n", {505}),
    "HTTP/3.0": (b"GET / HTTP/3.0\r\nHost: localhost\r\n\r\n", {505}),
    "no host": (b"GET / HTTP/1.1\r\n\r\n", {400}),
    "no host, 1.0": (b"GET / HTTP/1.0\r\n\r\n", {400}),
    "two hosts": (GET + b"Host: example.org\r\n\r\n", {400}),
    "two hosts, 1.0": (b"GET / HTTP/1.0\r\nHost: localhost\r\nHost: localhost\r\n\r\n", {400}),
    "space before the colon": (b"GET / HTTP/1.1\r\nHost : localhost\r\n\r\n", {400}),
    "folded at once": (b"GET / HTTP/1.1\r\n Host: localhost\r\n\r\n", {400}),
    "NUL": (b"GET / HTTP/1.1\r\nHost: local\x00host\r\n\r\n", {400}),
    "NUL in the path": (b"GET /\x00 HTTP/1.1\r\nHost: localhost\r\n\r\n", {400}),
    "bare CR": (b"GET / HTTP/1.1\r\nHost: localhost\rX: y\r\n\r\n", {400}),
    "letters in the path": ("GET /sổ HTTP/1.1\r\nHost: localhost\r\n\r\n".encode(), {400}),
    "spaces": (b"GET /a b HTTP/1.1\r\nHost: localhost\r\n\r\n", {400}),
    "binary": (bytes(range(256)) * 4, {0, 400}),
    "empty lines": (b"\r\n" * 40, {0, 400}),
    "long path": (b"GET /" + b"a" * 9000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n", {414}),
    "very long path": (b"GET /" + b"a" * 400_000, {431}),
    "long header": (GET + b"X: " + b"y" * 17_000 + b"\r\n\r\n", {431}),
    "very long header": (GET + b"X: " + b"y" * 4_000_000, {431}),
    "many headers": (GET + b"X: y\r\n" * 70 + b"\r\n", {431}),
    "very many headers": (GET + b"X: y\r\n" * 90_000, {431}),
    "body": (GET + b"Content-Length: 5\r\n\r\nabcde", {413}),
    "endless body": (
        POST + b"Content-Length: 99999999999\r\n\r\n" + b"x" * 2_000_000,
        {413},
    ),
    "chunked": (
        POST + b"Transfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n0\r\n\r\n",
        {413},
    ),
    "odd length": (GET + b"Content-Length: +0\r\n\r\n", {400}),
    "minus length": (GET + b"Content-Length: -1\r\n\r\n", {400}),
    "other coding": (GET + b"Transfer-Encoding: xchunked\r\n\r\n", {413, 501}),
    "expecting": (GET + b"Connection: close\r\nExpect: 100-continue\r\n\r\n", {100, 200}),
    "websocket": (
        GET + b"Connection: Upgrade, close\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\r\n",
        {200},
    ),
}


@pytest.mark.parametrize("name", NOT_REQUESTS)
def test_what_is_no_request_for_a_page_is_refused(port, name):
    data, expected = NOT_REQUESTS[name]
    answer = said(port, data)
    assert status(answer) in expected
    assert answer.count(b"HTTP/1.1 ") - answer.count(b"HTTP/1.1 100 ") <= 1  # and the line is closed
    assert serves(port)


INNER = b"GET /so-tay/ HTTP/1.1\r\nHost: localhost\r\n\r\n"


@pytest.mark.parametrize(
    "head",
    [
        b"Content-Length: %d\r\nTransfer-Encoding: chunked\r\n" % len(INNER),
        b"Content-Length: 0\r\nTransfer-Encoding: chunked\r\n",
        b"Content-Length: 0\r\nContent-Length: %d\r\n" % len(INNER),
        b"Content-Length: 0, %d\r\n" % len(INNER),
        b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
        b"Transfer-Encoding: chunked, identity\r\n",
        b"Transfer-Encoding:\r\n chunked\r\n",
        b"Transfer-Encoding: \x0bchunked\r\n",
        b"Transfer-Encoding : chunked\r\n",
        b"X: y\nTransfer-Encoding: chunked\r\n",
        b"Content-Length: %d\n" % len(INNER),
    ],
)
def test_nothing_is_smuggled_in_behind_a_request(port, head):
    answer = said(port, b"GET / HTTP/1.1\r\nHost: localhost\r\n" + head + b"\r\n" + INNER)
    assert 400 <= status(answer) < 600
    assert answer.count(b"HTTP/1.1 ") == 1
    assert b"so tay" not in answer
    assert serves(port)


def test_requests_may_follow_one_another_on_a_line(port):
    many = b"GET /search.js HTTP/1.1\r\nHost: localhost\r\n\r\n" * 50
    answer = said(port, many + b"GET /SHA256SUMS HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    assert answer.count(b"HTTP/1.1 200 ") == 51
    assert answer.endswith("tệp".encode())


# --- those who take their time, and those who come in numbers --------------------------------------


def lasted(line, patience=4.0):
    """How long the other side holds a line on which nothing is said."""
    began = time.monotonic()
    line.settimeout(patience)
    heard(line)
    return time.monotonic() - began


@pytest.mark.parametrize("begun", [b"", b"G", b"GET / HTTP/1.1\r\nHost: localhost\r\nX: "])
def test_a_request_that_is_not_said_in_time_is_not_waited_for(hasty, begun):
    with socket.create_connection(("127.0.0.1", hasty)) as line:
        line.sendall(begun)
        assert 0.2 < lasted(line) < 2
    assert serves(hasty)


def test_a_letter_now_and_then_wins_no_time(hasty):
    with socket.create_connection(("127.0.0.1", hasty)) as line:
        began = time.monotonic()
        with pytest.raises(ConnectionError):  # noqa: PT012 - one letter of many
            for letter in GET + b"X: " + b"y" * 100:
                line.sendall(bytes([letter]))
                time.sleep(0.05)
        assert time.monotonic() - began < 2


def test_a_second_request_has_no_more_time_than_the_first(hasty):
    with socket.create_connection(("127.0.0.1", hasty), 3) as line:
        line.sendall(b"GET /search.js HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert line.recv(4000).startswith(b"HTTP/1.1 200")
        line.sendall(b"GET / HT")
        assert 0.2 < lasted(line) < 2
    with socket.create_connection(("127.0.0.1", hasty), 3) as line:
        line.sendall(b"GET /search.js HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert line.recv(4000).startswith(b"HTTP/1.1 200")
        assert 0.3 < lasted(line) < 2


def test_a_reader_who_stalls_is_left(hasty):
    with socket.create_connection(("127.0.0.1", hasty)) as line:
        line.sendall(b"GET /lon.bin HTTP/1.1\r\nHost: localhost\r\n\r\n")
        time.sleep(1.2)
        line.settimeout(3)
        assert 0 < len(heard(line)) < BIG  # what the systems held between them, and the end
    assert serves(hasty)


def test_a_reader_who_is_slow_and_steady_gets_all(port):
    with socket.create_connection(("127.0.0.1", port), 5) as line:
        line.sendall(b"GET /lon.bin HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        got = 0
        while got < BIG // 4:
            got += len(line.recv(1 << 18))
            time.sleep(0.02)
        while more := line.recv(1 << 20):
            got += len(more)
    assert got > BIG


def test_small_answers_that_nobody_takes_are_left_too(site):
    with standing(serving.guarded(serving.application(site)), HASTY) as at:
        with socket.create_connection(("127.0.0.1", at)) as line:
            line.settimeout(0)
            asking = b"GET /so-tay/so-tay.epub HTTP/1.1\r\nHost: localhost\r\n\r\n" * 20
            until = time.monotonic() + 6
            while time.monotonic() < until:  # asks on and on, and never listens
                try:
                    line.send(asking)
                except BlockingIOError:
                    time.sleep(0.02)
                except ConnectionError:
                    break
            assert time.monotonic() < until
        assert serves(at)


def test_two_hundred_at_once_are_served_or_told(port):
    with ExitStack() as stack:
        lines = [stack.enter_context(socket.create_connection(("127.0.0.1", port), 5)) for _ in range(200)]
        for line in lines:
            line.sendall(b"GET /search.js HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        codes = [status(heard(line)) for line in lines]
    assert set(codes) <= {200, 503, 0}
    assert codes.count(200) >= 20
    assert serves(port)


def test_one_address_gets_no_more_than_its_share(site):
    limits = replace(LIMITS, connections=40, per_client=4, head=3)
    with standing(serving.guarded(serving.application(site)), limits) as at, ExitStack() as stack:
        held = [stack.enter_context(socket.create_connection(("127.0.0.1", at), 3)) for _ in range(4)]
        time.sleep(0.1)
        assert status(asked(at)) in (0, 503)
        other = socket.socket()
        other.bind(("127.0.0.2", 0))
        stack.enter_context(other)
        other.connect(("127.0.0.1", at))
        other.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        assert status(heard(other)) == 200
        held[0].close()
        time.sleep(0.1)
        assert serves(at)


def test_who_was_refused_takes_room_till_he_has_gone(site):
    limits = replace(LIMITS, per_client=4)
    with standing(serving.guarded(serving.application(site)), limits) as at, ExitStack() as stack:
        for _ in range(4):
            line = stack.enter_context(socket.create_connection(("127.0.0.1", at), 3))
            line.sendall(HELLO)
            assert line.recv(20).startswith(b"HTTP/1.1 400 ")
        assert status(asked(at)) in {0, 503}


def test_who_was_refused_and_does_not_go_is_sent_away(site, monkeypatch):
    monkeypatch.setattr("builder.serving.connection.LINGER", 0.1)
    limits = replace(LIMITS, per_client=4, head=30, idle=30)
    with standing(serving.guarded(serving.application(site)), limits) as at, ExitStack() as stack:
        for _ in range(4):
            line = stack.enter_context(socket.create_connection(("127.0.0.1", at), 3))
            line.sendall(HELLO)
            assert line.recv(20).startswith(b"HTTP/1.1 400 ")
        time.sleep(0.5)
        assert serves(at)


def test_who_waits_gives_way_to_who_comes(site):
    limits = replace(LIMITS, per_client=4, idle=30)
    with standing(serving.guarded(serving.application(site)), limits) as at, ExitStack() as stack:
        for _ in range(4):
            line = stack.enter_context(socket.create_connection(("127.0.0.1", at), 3))
            line.sendall(b"GET /search.js HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert line.recv(4000).startswith(b"HTTP/1.1 200")
        for _ in range(10):
            assert serves(at)


# --- what changes meanwhile -------------------------------------------------------------------------


def test_a_file_that_breaks_off_is_seen_to_have(site, caplog):
    with standing(serving.guarded(serving.application(site)), LIMITS) as at:
        (site / "ngan.bin").write_bytes(b"x" * 8_000_000)
        with socket.create_connection(("127.0.0.1", at), 3) as line:
            line.sendall(b"GET /ngan.bin HTTP/1.1\r\nHost: localhost\r\n\r\n")
            line.recv(1000)
            (site / "ngan.bin").write_bytes(b"short")
            answer = heard(line)
        assert len(answer) < 8_000_000
        assert serves(at)
    (site / "ngan.bin").unlink()
    assert caplog.text == ""


def test_a_site_that_takes_the_place_of_another_is_served(tmp_path):
    folder = tmp_path / "site"
    with standing(serving.guarded(serving.application(folder))) as at:
        assert status(asked(at)) == 404
        for words in (b"mot", b"hai"):
            new = tmp_path / words.decode()
            new.mkdir()
            (new / "index.html").write_bytes(words)
            if folder.exists():
                folder.rename(tmp_path / "cu")
            new.rename(folder)
            assert body(asked(at)) == words


# --- beginning and end ------------------------------------------------------------------------------


def test_a_port_that_is_taken_is_told_of(site):
    app = serving.application(site)
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = other.getsockname()[1]
        with pytest.raises(Problems) as stopped:
            serving.run(app, host="127.0.0.1", ports=(taken,), started=pytest.fail)
        assert [each.code for each in stopped.value.problems] == ["PORT_TAKEN"]
        told = []

        def started(it):
            told.append(it.port)
            it.stop()

        serving.run(app, host="127.0.0.1", ports=(taken, 0), started=started)
        assert told != [taken]


def test_a_port_that_is_refused_is_told_of(site, monkeypatch):
    def bind(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(socket.socket, "bind", bind)
    with pytest.raises(Problems) as stopped:
        serving.run(serving.application(site), host="127.0.0.1", ports=(80,), started=pytest.fail)
    assert [each.code for each in stopped.value.problems] == ["PORT_REFUSED"]


def test_answers_without_end_do_not_hold_up_the_end(caplog):
    heard_of = []

    async def endless(scope, receive, send):
        if scope["type"] == "http":
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": b"data: 1\n\n", "more_body": True})
            heard_of.append(await receive())
            while (await receive())["type"] != "http.disconnect":
                pass

    with ExitStack() as stack:
        with standing(serving.guarded(endless)) as at:
            line = stack.enter_context(socket.create_connection(("127.0.0.1", at), 3))
            line.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert b"HTTP/1.1 200" in line.recv(100)
            began = time.monotonic()
        assert time.monotonic() - began < 1.8
    assert caplog.text == ""


def test_small_answers_go_at_once():
    """asyncio asks the system for that (TCP_NODELAY) only where a socket says which protocol it speaks."""
    with _bound("127.0.0.1", 0) as listener:
        assert listener.proto == socket.IPPROTO_TCP


def test_a_mistake_of_ours_is_told_here_and_not_there(caplog):
    async def broken(scope, receive, send):
        del receive, send
        if scope["type"] == "http":
            raise ZeroDivisionError

    with standing(serving.guarded(broken)) as at:
        answer = asked(at)
    assert status(answer) == 500
    assert b"ZeroDivisionError" not in answer
    assert "ZeroDivisionError" in caplog.text
