"""What stands around the programme: commentary, sessions, matter, glossary."""

import datetime

import pytest

from builder import manuscript
from builder.manuscript import sessions
from builder.problems import Problems
from builder.publication import Paragraph, Reading, Text

PROGRAM = """
Chương I
CHUNG

Điều 1. Một

1. Sách in.

2. Sách điện tử.

Điều 2. Hai

Chữ.

Chương II
RIÊNG

Điều 3. Ba

Chữ.
"""


@pytest.fixture
def read(tmp_path):
    """Write one file of a folder; the publication and the problems come back."""
    folder = tmp_path / "sach"
    folder.mkdir()
    (folder / "program.md").write_text(PROGRAM, "utf-8")

    def publication(name, text):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, "utf-8")
        try:
            return manuscript.read(folder)
        except Problems as error:
            return None, error.problems

    return publication


def places(problems):
    return [(problem.code, problem.place.line) for problem in problems]


def test_a_note_knows_what_it_speaks_of(read):
    text = "# Làm rõ thêm\n\n## Điều 1 khoản 2; Điều 2–3: Vì *sao*\n\nVì thế.\n\n## 1.2\n\nNữa.\n"
    publication, problems = read("commentary/a.md", text)
    first, second = publication.notes
    assert problems == ()
    assert first.id == "lr-chuong-1.dieu-1.khoan-2-1"
    assert first.citation == "Điều 1 khoản 2; Điều 2–3"
    assert first.clauses == ("chuong-1.dieu-1.khoan-2", "chuong-1.dieu-2", "chuong-2.dieu-3")
    assert first.after == "chuong-1.dieu-1.khoan-2"
    assert first.title[0] == Text("Vì ")
    assert (first.place.line, first.place.column) == (3, 4)
    assert second.id == "lr-chuong-1.dieu-1.khoan-2-2"
    assert second.title == ()


def test_a_note_on_a_range_is_printed_after_its_last_clause(read):
    publication, _ = read("commentary/a.md", "## Điều 2–3; Điều 1\n\nA.\n")
    (note,) = publication.notes
    assert note.clauses == ("chuong-1.dieu-1", "chuong-1.dieu-2", "chuong-2.dieu-3")
    assert note.after == "chuong-2.dieu-3"


def test_a_clause_has_one_id_however_often_it_is_spoken_of(read):
    publication, _ = read("commentary/a.md", "## Điều 1; Điều 1\n\nA.\n\n## Điều 1\n\nB.\n")
    assert [note.clauses for note in publication.notes] == [("chuong-1.dieu-1",)] * 2
    assert len({note.id for note in publication.notes}) == 2


def test_commentary_that_belongs_nowhere(read):
    _, problems = read("commentary/a.md", "Lạc.\n\n## Mở đầu\n\nA.\n\n## Điều 1\n\n## Điều 9\n\nB.\n")
    assert places(problems) == [("NOTE_STRAY", 1), ("REF_SYNTAX", 3), ("NOTE_EMPTY", 7), ("REF_UNKNOWN", 9)]


SESSION = """---
title: "Buổi 1. Sách trong làng"
date: 05/3/2026
time: 19 giờ 30
minutes: 90
place: Hội trường tầng 2
chair: Anh Ba
secretary: Chị Tư
presenter: Ông Năm
send_before: 3 ngày
reads: [1.2, "Điều 2–3", ""]
---
Lời mời.

## 1. Mục đích, yêu cầu

Nắm quy chế.

## Chương trình

| TT | Nội dung | Thời lượng |
|----|----------|------------|
| 1 | Đọc | 30 phút |
| 2 | Bàn | 60' |
| | Cộng | 90 |

## Gợi ý thảo luận

1. Vì sao? {lines=5}

## Văn nghệ
"""


def test_a_session_is_read_whole(read):
    publication, problems = read("sessions/01.md", SESSION)
    (session,) = publication.sessions
    assert problems == ()
    assert (session.id, session.number, session.title) == ("buoi-1", 1, "Buổi 1. Sách trong làng")
    assert (session.date, session.time, session.minutes) == (datetime.date(2026, 3, 5), "19 giờ 30", 90)
    assert session.place_of_meeting == "Hội trường tầng 2"
    assert (session.chair, session.secretary, session.presenter) == ("Anh Ba", "Chị Tư", "Ông Năm")
    assert session.send_before == "3 ngày"
    assert session.reads == (
        Reading("1.2", ("chuong-1.dieu-1.khoan-2",)),
        Reading("Điều 2–3", ("chuong-1.dieu-2", "chuong-2.dieu-3")),
    )
    assert [part.kind for part in session.parts] == ["other", "goals", "agenda", "discussion", "other"]
    assert session.parts[0].title == ()
    assert session.parts[3].body[0].items[0].lines == 5


def test_minutes_that_do_not_add_up(read):
    _, problems = read("sessions/01.md", SESSION.replace("60'", "45'"))
    assert [(problem.code, dict(problem.values)["total"]) for problem in problems] == [("SESSION_MINUTES", "75")]


@pytest.mark.parametrize("cell", ["19 giờ 30", "một giờ"])
def test_what_is_no_count_of_minutes_is_not_added(read, cell):
    assert read("sessions/01.md", SESSION.replace("60'", cell))[1] == ()


def test_mistakes_in_front_matter_are_found_at_their_lines(read):
    text = '---\ntitle: A\ntmie: 19 giờ\nminutes: 0\ndate: 30/2/2026\nreads: [Điều 9, "I;"]\n---\n'
    _, problems = read("sessions/01.md", text)
    assert places(problems) == [
        ("KEY_UNKNOWN", 3),
        ("VALUE_NUMBER", 4),
        ("DATE_BAD", 5),
        ("REF_UNKNOWN", 6),
    ]


def test_a_session_without_front_matter_takes_its_name_from_the_file(read):
    publication, _ = read("sessions/02-ban-ve-sach.md", "## Đề dẫn\n\nMời đọc.\n")
    assert [(session.id, session.title) for session in publication.sessions] == [("buoi-1", "Ban ve sach")]


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Mục đích, yêu cầu", "goals"),
        ("MỤC TIÊU", "goals"),
        ("II. Tài liệu nghiên cứu", "sources"),
        ("Chương trình", "agenda"),
        ("Đề dẫn", "lead-in"),
        ("Câu hỏi thảo luận", "discussion"),
        ("4) Liên hệ thực tế", "practice"),
        ("Văn nghệ", "other"),
        ("", "other"),
    ],
)
def test_heads_in_use_are_known(title, kind):
    assert sessions.kind(title) == kind


def test_matter_takes_its_title_from_its_heading_or_its_name(read):
    read("front/01.md", "# Lời *nói* đầu\n\nKính gửi.\n\n## Một\n")
    read("front/02-loi_cam-on.md", "Xin cảm ơn.\n")
    publication, _ = read("back/phu-luc.md", "\n# Phụ lục\n\n# Bảng kê\n\nA.\n")
    first, second = publication.front
    assert [matter.id for matter in (*publication.front, *publication.back)] == ["dau-1", "dau-2", "cuoi-1"]
    assert first.title[0] == Text("Lời ")
    assert first.body[1].level == 1
    assert (second.title, second.body) == ((Text("Loi cam on"),), (Paragraph((Text("Xin cảm ơn."),)),))
    assert publication.back[0].body[0].level == 1


def test_terms_with_their_definitions(read):
    text = "# Giải thích\n\n**Tay sách**\n: Các trang trên một tờ,\n  gấp lại.\n: Còn gọi là tập.\n\nĐề dẫn\n\n"
    publication, problems = read("glossary.md", f"{text}Đề mục\n: Tên của một phần.[^1]\n\n    Đoạn hai.\n\n[^1]: A.\n")
    assert places(problems) == [("TERM_FORM", 8)]
    publication, _ = read("glossary.md", text.replace("Đề dẫn\n", "Đề dẫn\n: Lời mở.\n"))
    first, second = publication.terms
    assert (first.id, first.words, first.place.line) == ("tu-tay-sach", "Tay sách", 3)
    assert [len(term.definition) for term in (first, second)] == [2, 1]


def test_terms_alike_in_ascii_keep_their_own_ids(read):
    publication, _ = read("glossary.md", "Dấu\n: A.\n\nĐâu\n: B.\n\nĐầu\n: C.\n")
    assert [term.id for term in publication.terms] == ["tu-dau", "tu-dau-2", "tu-dau-3"]


def test_front_matter_belongs_to_sessions_alone(read):
    assert places(read("front/a.md", "---\ntitle: A\n---\n\nB.\n")[1]) == [("FRONT_MATTER", 1)]
