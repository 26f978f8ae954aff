"""Traps for those who match the clauses of two versions: each with the texts, and what became of which clause."""

from pathlib import Path

import pytest

from builder import revision
from builder.manuscript import program, sheet_of
from builder.manuscript.folder import Folder
from builder.publication.ranges import Ranges
from builder.revision import Citer, Did, Kind, difference, reanchor


def read(text):
    found = []
    sheet = sheet_of("program.md", "program.md", text)
    return program.read(sheet, Folder(Path(), found), found, strict=False)


def matched(old, new):
    return revision.match(read(old)[0], read(new)[0])


def last(name):
    return name.rpartition(".")[2]


def became(matching):
    """Old id → new id with its kind, unsure ones with a question mark."""
    said = {}
    for match in matching.matches:
        mark = "" if match.sure else "?"
        said[match.old] = f"{'+'.join(match.new)} {match.kind.value}{mark}".strip()
    return said


RULES = """\
Chương I
QUY ĐỊNH CHUNG
Điều 1. Sinh hoạt
1. Chi bộ họp mỗi tháng một lần vào tuần đầu của tháng.
2. Chi ủy chuẩn bị nội dung và gửi giấy mời trước ba ngày.
3. Bí thư chủ trì cuộc họp, kết luận từng vấn đề một.
Điều 2. Trách nhiệm
1. Ở mỗi nơi phân công rõ:
a) Cấp tỉnh;
b) Cấp xã;
đ) Đơn vị sự nghiệp.
2. Văn phòng đảng ủy theo dõi, đôn đốc và báo cáo kết quả hằng quý.
Chương II
TỔ CHỨC THỰC HIỆN
Điều 3. Kinh phí
1. Kinh phí lấy từ đảng phí được trích giữ lại theo quy định.
2. Kế toán công khai thu chi tại hội nghị cuối năm.
Điều 4. Điều khoản thi hành
Các chi bộ trực thuộc chịu trách nhiệm thi hành quy định này.
"""
ARTICLE_NEW = "Điều 1. Nguyên tắc\n1. Mọi việc đều bàn bạc dân chủ rồi biểu quyết theo đa số quá bán.\n"


def test_nothing_changed():
    found = matched(RULES, RULES)
    assert {(match.kind, match.confidence, match.sure) for match in found.matches} == {(Kind.SAME, 1.0, True)}
    assert found.added == ()
    assert revision.changes(read(RULES)[0], read(RULES)[0], found).none


def test_an_article_put_in_before_the_others_renumbers_them_all():
    new = RULES.replace("Điều 4.", "Điều 5.").replace("Điều 3.", "Điều 4.").replace("Điều 2.", "Điều 3.")
    new = new.replace("Điều 1.", f"{ARTICLE_NEW}Điều 2.")
    found = became(matched(RULES, new))
    assert found["chuong-1.dieu-1"] == "chuong-1.dieu-2 renumbered"
    assert found["chuong-1.dieu-2.khoan-1.diem-b"] == "chuong-1.dieu-3.khoan-1.diem-b same"
    assert found["chuong-2.dieu-4"] == "chuong-2.dieu-5 renumbered"
    assert matched(RULES, new).added == ("chuong-1.dieu-1", "chuong-1.dieu-1.khoan-1")


def test_an_article_taken_out():
    new = RULES[: RULES.index("Điều 1.")] + RULES[RULES.index("Điều 2.") :]
    new = new.replace("Điều 2.", "Điều 1.").replace("Điều 3.", "Điều 2.").replace("Điều 4.", "Điều 3.")
    found = matched(RULES, new)
    assert found.by_old["chuong-1.dieu-1"].new == ()
    assert found.by_old["chuong-1.dieu-1.khoan-2"].heir == "chuong-1"
    assert found.by_old["chuong-1.dieu-1.khoan-2"].sure
    assert became(found)["chuong-1.dieu-2.khoan-1.diem-dd"] == "chuong-1.dieu-1.khoan-1.diem-dd same"
    assert found.unsure == ()


def test_the_letter_dd_keeps_its_place_between_d_and_e():
    new = RULES.replace("đ) Đơn vị", "c) Đơn vị")
    assert became(matched(RULES, new))["chuong-1.dieu-2.khoan-1.diem-dd"] == "chuong-1.dieu-2.khoan-1.diem-c renumbered"


def test_everything_renumbered_without_a_word_changed():
    new = RULES
    for number in (4, 3, 2, 1):
        new = new.replace(f"Điều {number}.", f"Điều {number + 90}.")
    found = matched(RULES, new)
    assert all(last(match.old).startswith(last(match.new[0])[:4]) for match in found.matches)
    assert found.unsure == ()
    changes = revision.changes(read(RULES)[0], read(new)[0], found)
    assert [(each.old, each.new) for each in changes.renumbered] == [("Điều 1–4", "Điều 91–94")]


def test_a_third_of_the_words_changed_is_still_the_same_clause():
    new = RULES.replace(
        "Chi ủy chuẩn bị nội dung và gửi giấy mời trước ba ngày.",
        "Chi ủy chuẩn bị kỹ nội dung, gửi giấy mời kèm tài liệu trước năm ngày.",
    )
    found = matched(RULES, new).by_old["chuong-1.dieu-1.khoan-2"]
    assert (found.new, found.kind, found.sure) == (("chuong-1.dieu-1.khoan-2",), Kind.REWORDED, True)
    assert 0.5 < found.confidence < 1


def test_a_clause_taken_out_and_another_put_in_its_place_is_no_rewording():
    new = RULES.replace(
        "Chi ủy chuẩn bị nội dung và gửi giấy mời trước ba ngày.",
        "Mỗi đảng viên nộp bản đăng ký học tập và làm theo gương Bác.",
    )
    found = matched(RULES, new)
    assert not (found.by_old["chuong-1.dieu-1.khoan-2"].sure and found.by_old["chuong-1.dieu-1.khoan-2"].new)


def test_an_article_moved_to_another_chapter_takes_what_stands_in_it_along():
    start, end = RULES.index("Điều 2."), RULES.index("Chương II")
    new = RULES[:start] + RULES[end:] + RULES[start:end]
    found = matched(RULES, new)
    assert found.by_old["chuong-1.dieu-2"].kind is Kind.MOVED
    assert became(found)["chuong-1.dieu-2.khoan-1.diem-a"] == "chuong-2.dieu-2.khoan-1.diem-a same"
    assert found.unsure == ()


def test_two_that_changed_places():
    lines = RULES.splitlines(keepends=True)
    one, other = lines[3], lines[5]
    lines[3], lines[5] = "1. " + other[3:], "3. " + one[3:]
    found = became(matched(RULES, "".join(lines)))
    assert found["chuong-1.dieu-1.khoan-1"].startswith("chuong-1.dieu-1.khoan-3 ")
    assert found["chuong-1.dieu-1.khoan-3"].startswith("chuong-1.dieu-1.khoan-1 ")
    assert "?" not in "".join(found.values())


SPLIT = "Chi bộ lập kế hoạch học tập cả năm gửi đảng ủy trước tháng hai; tổ đảng ghi sổ theo dõi từng người dự học."


def test_a_clause_split_in_two_is_asked_about_and_names_both_halves():
    old = RULES.replace("Kế toán công khai thu chi tại hội nghị cuối năm.", SPLIT)
    first, second = SPLIT.split("; ")
    new = old.replace(SPLIT, f"{first}.\n3. {second.capitalize()}")
    found = matched(old, new)
    match = found.by_old["chuong-2.dieu-3.khoan-2"]
    assert (match.kind, match.sure) == (Kind.SPLIT, False)
    assert set(match.new) == {"chuong-2.dieu-3.khoan-2", "chuong-2.dieu-3.khoan-3"}
    assert found.added == ()


def test_two_clauses_merged_into_one_are_asked_about():
    first, second = SPLIT.split("; ")
    new = RULES.replace("Kế toán công khai thu chi tại hội nghị cuối năm.", SPLIT)
    old = new.replace(SPLIT, f"{first}.\n3. {second.capitalize()}")
    found = matched(old, new)
    pair = [found.by_old[f"chuong-2.dieu-3.khoan-{number}"] for number in (2, 3)]
    assert all(match.new == ("chuong-2.dieu-3.khoan-2",) for match in pair)
    assert Kind.MERGED in {match.kind for match in pair}
    assert not all(match.sure for match in pair)


TWINS = """\
Điều 1. Ở tỉnh
1. Ban thường vụ tỉnh ủy lãnh đạo toàn diện việc học tập.
a) Tổ chức thực hiện;
b) Kiểm tra, giám sát.
2. Các cơ quan tham mưu giúp việc xây dựng tài liệu học tập.
a) Tổ chức thực hiện;
b) Kiểm tra, giám sát.
Điều 2. Điều khoản thi hành
Điều 3. Ở cơ sở
1. Chi bộ học tập vào ngày sinh hoạt thường kỳ hằng tháng.
a) Tổ chức thực hiện;
b) Kiểm tra, giám sát.
"""


def test_the_same_words_under_many_clauses_follow_what_they_stand_in():
    new = TWINS.replace("a) Tổ chức thực hiện;\nb) Kiểm tra, giám sát.\n2. Các", "a) Kiểm tra, giám sát.\n2. Các")
    found = became(matched(TWINS, new))
    assert found["dieu-1.khoan-1.diem-b"] == "dieu-1.khoan-1.diem-a renumbered"
    assert found["dieu-1.khoan-1.diem-a"].startswith("removed")
    assert found["dieu-1.khoan-2.diem-a"] == "dieu-1.khoan-2.diem-a same"
    assert found["dieu-3.khoan-1.diem-b"] == "dieu-3.khoan-1.diem-b same"


DASHES = """\
Điều 1. Việc phải làm
- Báo cáo đảng ủy.
- Báo cáo đảng ủy.
- Lưu hồ sơ vào tủ của chi bộ theo thứ tự ngày tháng.
"""


def test_of_two_the_same_side_by_side_one_taken_out_is_asked_about():
    new = DASHES.replace("- Báo cáo đảng ủy.\n", "", 1)
    found = matched(DASHES, new)
    assert [found.by_old[f"dieu-1.gach-{number}"].sure for number in (1, 2, 3)] == [False, False, True]


def test_a_near_twin_does_not_take_the_place_of_one_that_is_gone():
    old = (
        "Điều 1. Phân công\n1. Hội phụ nữ chịu trách nhiệm tổ chức thực hiện quy định này trong hội.\n"
        "2. Đoàn thanh niên chịu trách nhiệm tổ chức thực hiện quy định này trong đoàn.\n"
        "3. Công đoàn chịu trách nhiệm tổ chức thực hiện quy định này trong công đoàn.\n"
    )
    new = old.replace("1. Hội phụ nữ", "1. Hội nông dân").replace("trong hội.", "ở các thôn, bản.")
    match = matched(old, new).by_old["dieu-1.khoan-1"]
    assert not (match.sure and match.new)


def test_clauses_that_are_nothing_but_a_title():
    old = "I. MỤC TIÊU\nII. NHIỆM VỤ\nIII. GIẢI PHÁP\nIV. TỔ CHỨC THỰC HIỆN\n"
    new = "I. MỤC TIÊU\nII. QUAN ĐIỂM\nIII. NHIỆM VỤ\nIV. GIẢI PHÁP\nV. TỔ CHỨC THỰC HIỆN\n"
    found = matched(old, new)
    assert [match.new[0] for match in found.matches] == ["muc-1", "muc-3", "muc-4", "muc-5"]
    assert found.unsure == ()
    assert found.added == ("muc-2",)


def test_numbers_kept_as_printed():
    old = "Điều 1.12.LQ.1. Phạm vi áp dụng\n\nMục này áp dụng cho mọi chi bộ trong đảng bộ cơ sở.\n"
    new = old.replace("LQ.1.", "LQ.2.")
    assert became(matched(old, new)) == {"dieu-1-12-lq-1": "dieu-1-12-lq-2 renumbered"}


# --- what is said of the words --------------------------------------------------------------------


AFTER = "Chi bộ họp mỗi tháng hai lần vào đầu tháng, có mặt cấp ủy."


def test_words_are_compared_by_the_syllable():
    found = difference("Chi bộ họp mỗi tháng một lần vào đầu tháng.", AFTER)
    assert [(piece.did, piece.words.strip()) for piece in found] == [
        (Did.KEPT, "Chi bộ họp mỗi tháng"),
        (Did.GONE, "một"),
        (Did.COME, "hai"),
        (Did.KEPT, "lần vào đầu tháng"),
        (Did.COME, ", có mặt cấp ủy"),
        (Did.KEPT, "."),
    ]


def test_a_syllable_between_two_changes_does_not_cut_the_sentence_to_shreds():
    found = difference("Chi bộ họp mỗi tháng một lần.", "Chi bộ họp mỗi tháng hai lần, có mặt cấp ủy.")
    assert [piece.words.strip() for piece in found][:3] == ["Chi bộ họp mỗi tháng", "một lần", "hai lần, có mặt cấp ủy"]


@pytest.mark.parametrize("pair", [("", "Lời mới."), ("Lời cũ.", ""), ("Một hai ba.", "Bốn năm sáu.")])
def test_both_wordings_can_be_put_together_again(pair):
    found = difference(*pair)
    assert "".join(piece.words for piece in found if piece.did is not Did.COME).strip() == pair[0]
    assert "".join(piece.words for piece in found if piece.did is not Did.GONE).strip() == pair[1]


# --- citations ------------------------------------------------------------------------------------

SHIFTED = RULES.replace("Điều 4.", "Điều 5.").replace("Điều 3.", "Điều 4.").replace("Điều 2.", "Điều 3.")
SHIFTED = SHIFTED.replace("Điều 1.", f"{ARTICLE_NEW}Điều 2.")


def citer(old, new):
    (before, anchors), (after, others) = read(old), read(new)
    return Citer(anchors, others, revision.match(before, after), Ranges(after.clauses))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Điều 1", "Điều 2"),
        ("điểm đ khoản 1 Điều 2", "điểm đ khoản 1 Điều 3"),
        ("Điều 2 khoản 1 điểm đ", "Điều 3 khoản 1 điểm đ"),
        ("2.1.đ", "3.1.đ"),
        ("khoản 1 của Điều 2", "khoản 1 của Điều 3"),
        ("Chương I", "Chương I"),
        ("Điều 1–3", "Điều 2–4"),
        ("từ khoản 1 đến khoản 3 Điều 1", "từ khoản 1 đến khoản 3 Điều 2"),
        ("khoản 1-3 Điều 1", "khoản 1-3 Điều 2"),
        ("2.1.a–2.1.đ", "3.1.a–3.1.đ"),
        ("Điều 1;  Điều 4", "Điều 2;  Điều 5"),
        ("chuong-1.dieu-1.khoan-2", "chuong-1.dieu-2.khoan-2"),
        ("Điều 77", "Điều 77"),
    ],
)
def test_a_citation_keeps_the_style_it_was_written_in(old, new):
    assert citer(RULES, SHIFTED).recite(old).new == new


def test_a_range_that_would_take_in_another_clause_becomes_a_list():
    lines = RULES.splitlines(keepends=True)
    moved = [
        *lines[:4],
        "2. Kế toán công khai thu chi tại hội nghị cuối năm.\n",
        "3" + lines[4][1:],
        "4" + lines[5][1:],
    ]
    new = "".join([*moved, *(line for line in lines[6:] if "Kế toán" not in line)])
    found = citer(RULES, new).recite("khoản 1–3 Điều 1")
    assert found.new == "khoản 1 Điều 1; khoản 3–4 Điều 1"


def test_a_range_takes_in_what_was_put_into_it():
    new = RULES.replace("3. Bí thư", "3. Thư ký ghi biên bản, đọc lại trước khi bế mạc.\n4. Bí thư")
    assert citer(RULES, new).recite("khoản 1–3 Điều 1").new == "khoản 1–4 Điều 1"


def test_what_was_put_in_before_a_range_is_not_taken_into_it():
    new = SHIFTED.replace(SHIFTED[SHIFTED.index("Điều 3.") : SHIFTED.index("Chương II")], "")
    found = citer(RULES, new.replace("Điều 4.", "Điều 3.").replace("Điều 5.", "Điều 4."))
    assert found.recite("Điều 1–3").new == "Điều 2–3"  # and not Điều 1–3, though that is how it was written


def test_of_a_range_that_lost_an_end_the_rest_is_cited():
    new = RULES.replace("3. Bí thư chủ trì cuộc họp, kết luận từng vấn đề một.\n", "")
    found = citer(RULES, new).recite("khoản 1–3 Điều 1")
    assert (found.new, found.gone) == ("khoản 1–2 Điều 1", ("chuong-1.dieu-1.khoan-3",))


def test_every_other_character_of_a_file_stays():
    text = (
        "# Làm rõ thêm\r\n\r\n<!-- Điều 1 -->\r\n##   Điều 1 khoản 2 :  Vì sao?  \r\n"
        "Theo {khoan: Điều 2 } và `{khoan:Điều 2}`, trang {trang:2.1.a}.\r\n```\r\n{khoan:Điều 2}\r\n```\r\n"
    )
    found = reanchor([sheet_of("commentary/a.md", "commentary/a.md", text)], citer(RULES, SHIFTED))
    wanted = text.replace("Điều 1 khoản 2 :", "Điều 2 khoản 2 :").replace("{khoan: Điều 2 }", "{khoan: Điều 3 }")
    assert found.files == {"commentary/a.md": wanted.replace("{trang:2.1.a}", "{trang:3.1.a}")}


def test_readings_keep_their_marks_and_get_some_only_where_yaml_needs_them():
    text = "---\ntitle: Buổi 1\nreads: [1.2, \"Điều 1–2\", 'Điều 3', I]  # đọc trước\n---\nLời dặn.\n"
    found = reanchor([sheet_of("sessions/a.md", "sessions/a.md", text)], citer(RULES, SHIFTED))
    assert '[2.2, "Điều 2–3", "Điều 4", I]  # đọc trước' in found.files["sessions/a.md"]
