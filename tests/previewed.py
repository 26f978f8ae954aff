"""A small source, written to be changed, and its preview while it stands: who listens to it, what it is asked for."""

import http.client
import json
import queue
import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial

from builder import preview
from builder.cli import folders
from builder.works import workshop

PATIENCE = 60  # seconds; machines that do much else are slow
NAME = "noi-quy"
LONG = "Mọi người cùng giữ gìn tủ sách, trả đúng hẹn, ghi sổ rõ ràng, nhắc nhau nhẹ nhàng và bàn chung việc lớn. "
SETTINGS = """format: 1
title: Nội quy tủ sách
language: vi
editions:
  nguoi-du: {layout: interleaved, trim: A5, outputs: [pdf, epub]}
  dien-thoai: {layout: text, trim: phone, outputs: [pdf]}
  man-hinh: {layout: text, outputs: [epub]}
  to-roi: {layout: handout, per: session, trim: A4, outputs: [pdf]}
"""
SESSION = """---
title: "Bàn về điều {number}"
minutes: 30
reads: ["Điều {number}"]
---

## Gợi ý thảo luận

1. Giữ điều {number} thế nào cho đều?
"""


def article(number):
    points = "".join(f"{letter}) Điểm {letter} của điều {number}: {LONG}\n\n" for letter in "abc")
    return f"Điều {number}. Việc thứ {number}\n\n1. {LONG * 3}\n\n2. {LONG * 2}Cụ thể:\n\n{points}"


def programme():
    return "Chương I\nĐIỀU CHUNG\n\n" + "".join(article(number) for number in range(1, 9))


def write(folder):
    """Write the source afresh."""
    shutil.rmtree(folder, ignore_errors=True)
    for name in ("commentary", "sessions"):
        (folder / name).mkdir(parents=True)
    (folder / "publication.yaml").write_text(SETTINGS, "utf-8")
    (folder / "program.md").write_text(programme(), "utf-8")
    (folder / "commentary" / "mot.md").write_text(f"## Điều 7: Vì sao\n\nLời giải thích. {LONG}\n", "utf-8")
    for number in (1, 2):
        (folder / "sessions" / f"{number}.md").write_text(SESSION.format(number=number), "utf-8")
    return folder


def replace(file, was, becomes):
    """Save a file with some words of it changed."""
    text = file.read_text("utf-8")
    assert was in text
    file.write_text(text.replace(was, becomes, 1), "utf-8")


@contextmanager
def standing(source, cache, *, edition=""):
    """Preview a source; hand out the port."""
    told = queue.SimpleQueue()
    opening = partial(_opened, cache)
    own = folders.own("layouts"), folders.own("fonts")
    with ThreadPoolExecutor(1) as thread:
        running = thread.submit(
            preview.run,
            source,
            edition,
            opening,
            others=own,
            language="vi",
            timer=time.monotonic,
            clock=time.time,
            ports=(0,),
            started=told.put,
        )
        running.add_done_callback(told.put)
        stands = told.get(timeout=PATIENCE)
        if stands is running:
            running.result()
        try:
            yield stands.port
        finally:
            stands.stop()
        running.result(timeout=PATIENCE)


def _opened(cache, progress):
    own = folders.own("layouts"), folders.own("fonts")
    return workshop.opened(*own, cache, jobs=1, progress=progress, timer=time.monotonic)


def asked(port, path, **headers):
    """Ask for something; return status, headers, body."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()
    finally:
        connection.close()


class Listener:
    """Listens to the news of a book."""

    def __init__(self, port, query=""):
        self.port = port
        self.line = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        self.line.request("GET", f"/events?{query}")
        self.answer = self.line.getresponse()
        self.status = self.answer.status
        self.latest = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.answer.close()
        self.line.close()

    def until(self, wanted):
        """Return the first news that is wanted, beginning with the latest that was heard."""
        if self.latest and wanted(self.latest):
            return self.latest
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            line = self.answer.readline()
            if not line:
                break
            if line.startswith(b"data: "):
                self.latest = json.loads(line.removeprefix(b"data: "))
                if wanted(self.latest):
                    return self.latest
        raise AssertionError(self.latest)

    def settled(self, wanted=lambda _: True):
        """Return the first news that is wanted of a time when nothing is being made."""
        return self.until(lambda news: not news["working"] and news["laid"] + news["failed"] and wanted(news))

    def laying(self, wanted=lambda _: True):
        """Return what is laid once its words are as wanted."""
        return self.settled(lambda news: news["laid"] and not news["failed"] and wanted(self.words(news["laid"])))

    def pages(self, number):
        """Return all that is told of a laying."""
        return json.loads(asked(self.port, f"/layings/{number}.json")[2])

    def words(self, number):
        """Return the words of all pages of a laying, spaces as they come."""
        told = asked(self.port, f"/layings/{number}.json")
        if told[0] != 200:  # another one lies there by now
            return ""
        pages = json.loads(told[2])["pages"]
        return " ".join(" ".join(asked(self.port, f"/pages/{page['mark']}.txt")[2].decode().split()) for page in pages)
