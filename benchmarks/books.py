"""A number of pages comes in; a source folder that makes about so many A5 pages goes out: ``books.py DIR 40|126|380``.

The texts are put together from ``sentences`` by a seeded generator: the same number gives the same bytes. They are
like what the program is made for: parts of at most twenty pages with chapters, articles, clauses and points, a
footnote every page or two, commentary with questions, small tables, cross-references, and study sessions.
"""

from __future__ import annotations

import random
import re
import sys
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import sentences as s

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SEED = 20260
SIZES = (40, 126, 380)
PART = 15  # pages a part is meant to have; none has more than twenty
LINES_A_PAGE = 33.0  # of the guess below
LETTERS_A_LINE = 57
FIRST_ARTICLES = 3  # a cross-reference reaches at least so far
LETTERS = "abcdđeghik"
ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
NUMBERS = {"hai": "ba", "ba": "hai", "bốn": "sáu", "sáu": "bốn", "mười": "chín"}
"""What ``changed`` writes for what: words as long as one another, so that the lines stay as they are."""

NOTICE = (
    "Văn bản mẫu do máy ghép từ những câu viết sẵn để đo tốc độ của chương trình làm sách; "
    "không phải văn bản của cơ quan, tổ chức nào."
)
FOREWORD = """# Lời nói đầu

Cuốn sách này là bản mẫu do máy ghép. Mỗi câu được ráp từ những khuôn câu và danh sách từ viết sẵn, theo một dãy số ngẫu
nhiên cố định, nên lần nào ghép cũng ra đúng những chữ này. Tên xóm, ngày tháng, con số đều là đặt ra.

Sách chỉ dùng để đo: làm một cuốn chừng {pages} trang thì mất bao lâu, tốn bao nhiêu bộ nhớ. Xin đừng trích dẫn.

## Trong sách có gì

- Văn bản chia thành phần, chương, điều, khoản, điểm.
- Lời làm rõ thêm và câu hỏi đặt ngay sau điều được giải thích.
- Các buổi sinh hoạt, mỗi buổi có phần phải đọc trước.
"""


def write(folder: Path, pages: int) -> None:
    """Write the source folder of a book of about so many pages."""
    chance = random.Random(f"{SEED}/{pages}")  # noqa: S311 - a book, not a secret
    program = _Program(_Pen(chance))
    sessions = _sessions_of(pages)
    for title, theme, lines in _plan(chance, pages, sessions):
        program.part(title, theme, lines)
    _put(folder / "publication.yaml", _settings(pages))
    _put(folder / "program.md", program.text())
    for number, text in enumerate(program.commentary(), 1):
        _put(folder / f"commentary/{number:02}-phan-{number}.md", text)
    for number in range(1, sessions + 1):
        _put(folder / f"sessions/buoi-{number:02}.md", _session(program, number, sessions))
    _put(folder / "front/01-loi-noi-dau.md", FOREWORD.format(pages=pages))
    _put(folder / "glossary.md", "\n".join(f"{word}\n: {meaning}\n" for word, meaning in s.TERMS))


def changed(folder: Path) -> None:
    """Change one word of one clause in the middle of the programme, for one as long or nearly.

    Raises:
        ValueError: when no clause has a word to change.
    """
    file = folder / "program.md"
    lines = file.read_text("utf-8").splitlines(keepends=True)
    clauses = [place for place, line in enumerate(lines) if re.match(r"\d+\. ", line) and _changeable(line)]
    if not clauses:
        message = f"{file} has no clause with a word to change"
        raise ValueError(message)
    place = min(clauses, key=lambda number: abs(number - len(lines) // 2))
    words = lines[place].split(" ")
    found = next(number for number, word in enumerate(words) if word in NUMBERS)
    words[found] = NUMBERS[words[found]]
    lines[place] = " ".join(words)
    _put(file, "".join(lines))


def _changeable(line: str) -> bool:
    return any(word in NUMBERS for word in line.split(" "))


def _put(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8", newline="\n")


# --- how much of everything -----------------------------------------------------------------------


def _sessions_of(pages: int) -> int:
    """Four for forty pages, twelve for 380."""
    return min(12, 4 + pages // 47)


def _plan(chance: random.Random, pages: int, sessions: int) -> Iterator[tuple[str, s.Theme, float]]:
    """Yield title, theme and length in lines of every part; together with the rest they fill the pages."""
    count = max(3, pages // PART)
    matter = 10.5 + 2 * sessions + count / 9  # covers, lists, fillers; sessions; contents
    shares = [chance.uniform(0.8, 1.2) for _ in range(count)]
    for number, share in enumerate(shares):
        aspect, theme = divmod(number, len(s.THEMES))
        subject = s.THEMES[theme]
        # A part ends in the middle of a page, taken all in all.
        length = (pages - matter) * share / sum(shares) - 0.5
        yield f"{subject.title}: {s.ASPECTS[aspect]}", subject, length * LINES_A_PAGE


# --- words ----------------------------------------------------------------------------------------


class _Pen(dict[str, str]):
    """Writes sentences: each slot and each frame is dealt like cards, so that none comes again too soon."""

    def __init__(self, chance: random.Random) -> None:
        super().__init__()
        self.chance = chance
        self.theme = s.THEMES[0]
        self.hands: dict[tuple[str, ...], list[str]] = {}

    def __missing__(self, slot: str) -> str:
        match slot:
            case "thing":
                return self.deal(self.theme.things)
            case "work":
                return self.deal(self.theme.works)
            case "date":
                return f"{self.chance.randint(1, 28):02}/{self.chance.randint(3, 12)}"
        return self.deal(s.WORDS[slot])

    def deal(self, cards: tuple[str, ...]) -> str:
        """Take the next of some cards, shuffled again when all were dealt; a card may have slots itself."""
        hand = self.hands.setdefault(cards, [])
        if not hand:
            hand += self.chance.sample(cards, len(cards))
        return hand.pop().format_map(self)

    def write(self, frames: tuple[str, ...]) -> str:
        """Write one frame as sentences, each beginning with a capital."""
        return re.sub(r"(?:^|(?<=[.?!] ))\w", lambda match: match[0].upper(), self.deal(frames))

    def paragraph(self, frames: tuple[str, ...], *, most: int) -> str:
        """Write a sentence and some that go on from it."""
        further = self.chance.randint(0, most)
        return " ".join([self.write(frames), *(self.write(s.MORE) for _ in range(further))])

    def often(self, share: float) -> bool:
        """Toss for something that is to happen in a share of all cases."""
        return self.chance.random() < share


# --- the programme and its commentary -------------------------------------------------------------


@dataclass(slots=True)
class _Part:
    """A part as far as it is written: its text, its commentary, its length in lines, its first and last article."""

    title: str
    theme: s.Theme
    first: int
    text: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    lines: float = 0.0
    last: int = 0


class _Program:
    """Writes parts until each has the length asked for."""

    def __init__(self, pen: _Pen) -> None:
        self.pen = pen
        self.parts: list[_Part] = []
        self.articles = 0
        self.calls = 0
        self.since_call = 0.0

    def text(self) -> str:
        """Return ``program.md``; cross-references that reach past the ends lead to the first or last article."""
        opening = "Căn cứ lời bàn của bà con trong các buổi họp xóm;\n\nThôn cùng nhau đặt ra những điều sau đây."
        text = "\n\n".join([opening, *(block for part in self.parts for block in part.text)]) + "\n"

        def within(match: re.Match[str]) -> str:
            return f"{{khoan:Điều {min(max(int(match[1]), 1), self.articles)}}}"

        return re.sub(r"\{khoan:Điều (-?\d+)\}", within, text)

    def commentary(self) -> Iterator[str]:
        """Yield a file of commentary for each part."""
        for part in self.parts:
            yield "\n\n".join(part.notes) + "\n"

    def part(self, title: str, theme: s.Theme, lines: float) -> None:
        """Write one part of about so many lines."""
        self.pen.theme = theme
        part = _Part(title, theme, self.articles + 1)
        self.parts.append(part)
        part.text += [f"Phần {_roman(len(self.parts))}\n{title.upper()}"]
        part.lines += 7
        self._note(part, f"Phần {_roman(len(self.parts))}", asked=False)
        for number, chapter in enumerate(theme.chapters, 1):
            part.text.append(f"Chương {_roman(number)}\n{chapter.upper()}")
            part.lines += 4.5
            while part.lines < lines * number / len(theme.chapters):
                self._article(part)
        part.last = self.articles

    def _article(self, part: _Part) -> None:
        pen = self.pen
        self.articles += 1
        part.text.append(f"Điều {self.articles}. {pen.write(s.ARTICLES)}")
        part.lines += 2.5
        for number in range(1, pen.chance.randint(2, 5) + 1):
            if pen.often(0.3):
                self._points(part, number)
            else:
                self._clause(part, number)
        if pen.often(0.12):
            self._table(part)
        if pen.often(0.3):
            self._note(part, f"Điều {self.articles}", asked=pen.often(0.4))
        elif pen.often(0.1):
            self._note(part, f"khoản 1 Điều {self.articles}", asked=False)

    def _clause(self, part: _Part, number: int) -> None:
        text = self.pen.paragraph(s.CLAUSES, most=2)
        # Few of them, in every third part: a page that prints another's number has to wait for it.
        if len(self.parts) % 3 == 1 and self.pen.often(0.06):
            reach = self.pen.chance.randint(FIRST_ARTICLES, 9) * self.pen.chance.choice((1, -1))
            text += f" Xem thêm {{khoan:Điều {self.articles + reach}}}."
        self._block(part, f"{number}. {text}", 0.5)

    def _points(self, part: _Part, number: int) -> None:
        part.text.append(f"{number}. {self.pen.write(s.LEADS)}")
        part.lines += 2
        points = [self.pen.deal(s.POINTS) for _ in range(self.pen.chance.randint(3, 8))]
        for letter, point in zip(LETTERS, points, strict=False):
            end = "." if letter == LETTERS[len(points) - 1] else ";"
            self._block(part, f"{letter}) {point}{end}", 0.1)

    def _block(self, part: _Part, text: str, gap: float) -> None:
        """Add a paragraph, with a footnote when the last one is a page or so away."""
        self.since_call += _lines(text) + gap
        if self.since_call > LINES_A_PAGE * self.pen.chance.uniform(0.5, 1.0):
            self.since_call, self.calls = 0.0, self.calls + 1
            name, note = f"c{self.calls}", self.pen.write(s.FOOTNOTES)
            end = len(text) - 1
            text = f"{text[:end]}[^{name}]{text[end:]}\n\n[^{name}]: {note}"
            part.lines += 1 + _lines(note)
        part.text.append(text)
        part.lines += _lines(text) + gap

    def _table(self, part: _Part) -> None:
        pen = self.pen
        rows = [
            f"| {pen.write(('{work}',))} | {pen.write(('{who}',))} | {pen.chance.randint(1, 30)} |"
            for _ in range(pen.chance.randint(3, 5))
        ]
        head = f"| {' | '.join(pen.chance.choice(s.HEADS))} |\n|---|---|--:|"
        part.text.append("\n".join([head, *rows, "", f"Bảng: {pen.write(s.CAPTIONS)}"]))
        part.lines += 5 + 1.7 * len(rows)

    def _note(self, part: _Part, clause: str, *, asked: bool) -> None:
        pen = self.pen
        blocks = [f"## {clause}: {pen.deal(s.TOPICS)}"]
        blocks += [pen.paragraph(s.NOTES, most=1) for _ in range(pen.chance.randint(1, 2))]
        part.lines += 3 + sum(map(_lines, blocks[1:]))
        if asked:
            room = pen.chance.randint(3, 5)
            question = pen.write(s.QUESTIONS)
            blocks.append(f"::: question {{lines={room}}}\n{question}\n:::")
            part.lines += 2.5 + 1.5 * room + _lines(question)
        elif pen.often(0.3):
            example = pen.write(s.EXAMPLES)
            blocks.append(f"::: example\n{example}\n:::")
            part.lines += 2.5 + _lines(example)
        part.notes.append("\n\n".join(blocks))


def _lines(text: str) -> float:
    """Guess how many lines a paragraph takes: the last is half full, taken all in all."""
    return len(text) / LETTERS_A_LINE + 0.5


def _roman(number: int) -> str:
    written = ""
    for worth, digits in ROMAN:
        count, number = divmod(number, worth)
        written += digits * count
    return written


# --- sessions and settings ------------------------------------------------------------------------


def _session(program: _Program, number: int, count: int) -> str:
    """Write the session that reads its share of the parts."""
    pen = program.pen
    parts = program.parts
    start, end = ((number + step) * len(parts) // count for step in (-1, 0))
    read: Sequence[_Part] = parts[start:end]
    part = (read or parts[start : start + 1])[0]
    pen.theme = part.theme
    reads = [f"Phần {_roman(place + 1)}" for place in range(start, end)]
    reads += [f"Điều {part.first}–{part.first + 1}"]
    points = "\n".join(f"{point}. {pen.write(s.QUESTIONS)} {{lines=2}}" for point in range(1, 3))
    rows = islice(zip((15, 35, 30, 10), (1, 2, 3, 4), strict=True), 4)
    agenda = "\n".join(f"| {row} | {pen.write(('{work}',))} | {minutes} |" for minutes, row in rows)
    listed = ", ".join(f'"{each}"' for each in reads)
    return f"""---
title: "{s.SESSIONS[(number - 1) % len(s.SESSIONS)]}: {part.theme.title.lower()}"
date: 2026-{number:02}-{2 + number:02}
time: 19 giờ 30
minutes: 90
place: Nhà văn hóa
chair: Tổ trưởng
secretary: Người giữ sổ
send_before: 3 ngày
reads: [{listed}]
---

## Mục đích, yêu cầu

{pen.write(s.GOALS)} {pen.write(s.GOALS)}

## Chương trình

| TT | Nội dung | Phút |
|---|---|--:|
{agenda}

## Đề dẫn

{pen.write(s.OPENINGS)} {pen.write(s.MORE)}

{pen.paragraph(s.NOTES, most=1)}

## Gợi ý thảo luận

{points}

## Liên hệ thực tế

{pen.write(s.PRACTICE)}
"""


def _settings(pages: int) -> str:
    return f"""format: 1
title: Sách mẫu {pages} trang
subtitle: Văn bản do máy ghép để đo tốc độ làm sách
notice: {NOTICE}
kind: tài liệu mẫu
language: vi
date: 05/3/2026
period: Năm 2026
organisation: {{parent: Xã Mẫu, unit: Thôn Mẫu, address: ong-ba}}
people: {{compiled: Máy ghép câu}}
toc: front
numbering: strict
abbreviations: {{TT: thứ tự}}
editions: {{nguoi-du: {{layout: interleaved}}}}
"""


if __name__ == "__main__":
    if len(sys.argv) != 3 or not sys.argv[2].isdigit():  # noqa: PLR2004 - two words after the script's name
        sys.exit("books.py DIR 40|126|380")
    write(Path(sys.argv[1]), int(sys.argv[2]))
