"""Source folders made up at random, in which every place has a word of its own: whoever reads the pages finds it.

``write(folder, seed)`` writes one and returns what its pages have to say: which word stands at the head of what, and
what refers to what. Nothing here knows how pages are numbered.
"""

import itertools
import random
from dataclasses import dataclass, field

FILLER = (
    "Chi bộ học tập văn bản, liên hệ với việc làm hằng ngày, rồi chọn lấy một việc vừa sức. ",
    "Mỗi người nhận một phần việc, ghi rõ ngày xong, đến hẹn thì báo lại trước cuộc họp. ",
    "Việc nào chưa làm được thì nói thẳng vì sao và cần ai giúp, không viết cho đẹp báo cáo. ",
    "Bà con góp ý ở đâu thì trả lời ở đấy, nói ngắn, nói thật, nói bằng lời của mình. ",
)
ROMAN = ("I", "II", "III", "IV", "V", "VI")
DOT = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="40"><circle cx="45" cy="20" r="15"/></svg>'


@dataclass
class Clause:
    """A clause: its citation, the last word of its title, its first word, all words in it and in its commentary."""

    citation: str
    title: str
    first: str
    inside: list[str] = field(default_factory=list)
    children: list["Clause"] = field(default_factory=list)

    @property
    def words(self):
        """All words that stand in it."""
        return [self.first, *self.inside, *(word for child in self.children for word in child.words)]

    def all(self):
        """The clause and all below it."""
        return [self, *(each for child in self.children for each in child.all())]


@dataclass
class Wanted:
    """What the pages have to say.

    Attributes:
        parts: the highest clauses.
        contents: last word of a line of the contents → a word on the page it names.
        captions: last word of a caption → the same word; it stands nowhere else in the text.
        sessions: for each session: the word in its title, the word on its first page, the clauses it reads.
        terms: term → how its index line is headed; the term stands once in each run.
        references: word before a reference → a word on the page it names.
    """

    parts: list = field(default_factory=list)
    contents: dict = field(default_factory=dict)
    captions: dict = field(default_factory=dict)
    sessions: list = field(default_factory=list)
    terms: dict = field(default_factory=dict)
    references: dict = field(default_factory=dict)


class _Writer:
    def __init__(self, folder, seed):
        self.folder = folder
        self.dice = random.Random(seed)  # noqa: S311 - no secret
        letters = itertools.product("bcdghklmnprstv", "aeiou", "bcdghklmnprstv", "aeiou")
        words = ["".join(each) for each in letters]
        self.dice.shuffle(words)
        self.words = iter(words)
        self.wanted = Wanted()
        self.commentary = []
        self.terms = [self.word("t") for _ in range(6)] + [f"{self.word('t')} {self.word('u')}" for _ in range(2)]
        self.marked = [self.word("m") for _ in range(3)]
        self.notes = 0

    def word(self, kind):
        """A word that stands nowhere else; its first letters say what it is for."""
        return f"z{kind}{next(self.words)}"

    def filler(self, most=9):
        return "".join(self.dice.choice(FILLER) for _ in range(self.dice.randint(1, most)))

    def run(self, first, last):
        """A paragraph that opens and closes with words of its own; terms of the index may stand in it, each once."""
        found = self.dice.sample(self.terms, self.dice.choice((0, 0, 1, 2)))
        middle = [self.filler(), *(f"Ở đây nói về {term} một lần. {self.filler(3)}" for term in found)]
        if self.dice.random() < 0.15:
            mark = self.dice.choice(self.marked)
            middle.append(f"Rồi tới [[{mark}|{mark} trong bài]]. ")
        return f"{first} {''.join(middle)}Hết {last}."

    # --- the programme ---

    def clause(self, label, citation, depth):
        title = "" if depth == 2 else f"Việc cần làm {self.word('h')}"
        clause = Clause(citation, title.rpartition(" ")[2], self.word("b"), [self.word("e")])
        lines = [f"{label} {title}".strip() if title else f"{label} {self.run(clause.first, clause.inside[0])}", ""]
        if title:
            lines += [self.run(clause.first, clause.inside[0]), ""]
        for number in range(1, self.dice.randint(2, 4) if depth < 2 else 1):
            below = self.below(citation, depth, number)
            child, text = self.clause(*below, depth + 1)
            clause.children.append(child)
            lines += text
        if self.dice.random() < 0.4:
            last = self.word("e")
            clause.inside.append(last)
            self.commentary += [f"## {citation}: Thêm", "", self.run(self.word("n"), last), ""]
        return clause, lines

    def program(self):
        self.articles = 0
        text = []
        for roman in ROMAN[: self.dice.randint(2, 4)]:
            part, lines = self.clause(f"Phần {roman}.", f"Phần {roman}", 0)
            self.wanted.parts.append(part)
            text += lines
        clauses = [each for part in self.wanted.parts for each in part.all()]
        self.clauses = clauses
        self.wanted.contents |= {each.title: each.first for part in self.wanted.parts for each in self.listed(part)}
        self.save("program.md", text)

    def listed(self, part):
        return [part, *part.children]

    def below(self, citation, depth, number):
        """The label and the citation of a clause below another."""
        if depth == 0 and self.by_articles:
            self.articles += 1
            return f"Điều {self.articles}.", f"Điều {self.articles}"
        if depth == 0:
            return f"{number}.", f"{citation}, mục {number}"
        if self.by_articles:
            return f"{number}.", f"khoản {number} {citation}"
        return f"{'abcd'[number - 1]})", f"{citation}, điểm {'abcd'[number - 1]}"

    # --- what stands around it ---

    def reference(self, sessions):
        """A sentence with a reference."""
        before = self.word("r")
        kind = self.dice.choice(("khoan", "trang", "buoi"))
        if kind == "buoi":
            number = self.dice.randint(1, sessions)
            self.later.append((before, number))
            return f"{before} {{buoi:{number}}}."
        clause = self.dice.choice(self.clauses)
        self.wanted.references[before] = clause.first
        return f"{before} {{{kind}:{clause.citation}}}."

    def table(self):
        caption = self.word("c")
        self.wanted.captions[caption] = caption
        return [
            "| Việc | Người |",
            "|---|---|",
            "| Đọc | Thư ký |",
            "| Ghi | Tổ trưởng |",
            "",
            f"Bảng: Việc {caption}",
            "",
        ]

    def figure(self):
        caption = self.word("f")
        self.wanted.captions[caption] = caption
        return [f'![Một dấu chấm](../figures/dot.svg "Dấu {caption}")', ""]

    def around(self):
        sessions = self.dice.randint(2, 4)
        self.later = []
        front, back = self.word("b"), self.word("b")
        self.wanted.contents |= {"đầu": front, "lục": back}
        lines = ["# Lời nói đầu", "", self.run(front, self.word("e")), ""]
        lines += [f"{self.reference(sessions)} {self.filler(3)}" for _ in range(3)]
        self.save("front/01-loi-noi-dau.md", "\n\n".join(lines).split("\n"))
        lines = ["# Phụ lục", "", self.run(back, self.word("e")), ""]
        for made in (self.table, self.figure):
            lines += [*made(), self.filler(), "", *made(), *made()]
        self.save("back/01-phu-luc.md", lines)
        noted = f"[^1]: {self.reference(sessions)}"
        text = [
            *self.commentary,
            f"## {self.clauses[-1].citation}: Dẫn",
            "",
            f"{self.reference(sessions)} {self.filler()}[^1]",
        ]
        self.clauses[-1].inside.append(last := self.word("e"))
        for part in self.wanted.parts:
            part.inside += [last] if self.clauses[-1] in part.all() else []
        self.save("commentary/01.md", [*text, "", f"Hết {last}.", "", noted])
        for number in range(1, sessions + 1):
            self.session(number, sessions)
        self.wanted.references |= {before: self.wanted.sessions[number - 1][1] for before, number in self.later}
        self.save("figures/dot.svg", [DOT])

    def session(self, number, sessions):
        title, place = self.word("s"), self.word("p")
        read = self.dice.sample(self.wanted.parts, 1) if self.dice.random() < 0.5 else []
        read += self.dice.sample(
            [each for part in self.wanted.parts for each in part.children], self.dice.randint(1, 3)
        )
        read = [each for each in read if not any(each in other.children for other in read)]
        self.wanted.sessions.append((title, place, read))
        self.wanted.contents[title] = place
        head = [f'title: "Buổi {number}. Họp về {title}"', f"place: {place}", "minutes: 60"]
        reads = ", ".join(f'"{each.citation}"' for each in read)
        text = ["## Đề dẫn", "", f"{self.reference(sessions)} {self.run(self.word('b'), self.word('e'))}"]
        self.save(f"sessions/{number:02}.md", ["---", *head, f"reads: [{reads}]", "---", *text])

    def glossary(self):
        self.wanted.terms = {term: term for term in self.terms} | {mark: f"{mark} trong bài" for mark in self.marked}
        listed = [f"- {term}" for term in self.terms]
        self.save("glossary.md", ["chi bộ", ": Nơi đảng viên sinh hoạt.", "", "## Bảng tra cứu", "", *listed])

    def settings(self):
        toc = self.dice.choice(("front", "end"))
        self.save("publication.yaml", ["format: 1", "title: Sách để thử", "kind: tài liệu", f"toc: {toc}"])

    def save(self, name, lines):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join([*lines, ""]), "utf-8")


def write(folder, seed):
    """Write a source folder; the same seed gives the same one."""
    writer = _Writer(folder, seed)
    writer.by_articles = bool(seed % 2)
    writer.program()
    writer.around()
    writer.glossary()
    writer.settings()
    return writer.wanted
