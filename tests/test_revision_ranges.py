"""Ranges of clauses are named so that reading the name finds the same clauses again."""

from pathlib import Path

import pytest

from builder.manuscript import program
from builder.manuscript.folder import Folder, sheet_of
from builder.problems import Place
from builder.publication.ranges import Ranges

ARTICLE = """\
Chương I
NHỮNG QUY ĐỊNH CHUNG
Điều 1. Phạm vi
1. Chi bộ họp mỗi tháng một lần.
2. Chi ủy chuẩn bị nội dung trước.
3. Bí thư chủ trì cuộc họp.
Điều 5. Trách nhiệm
5. Chi bộ phân công người theo dõi:
đ) Người ghi biên bản;
e) Người giữ sổ;
g) Người báo cáo;
h) Người gửi giấy mời;
i) Người chuẩn bị phòng;
k) Người điểm danh.
6. Chi bộ báo cáo cấp trên.
Điều 6. Kinh phí
Kinh phí do đơn vị tự lo.
"""


def read(text):
    found = []
    sheet = sheet_of("program.md", "program.md", text)
    return program.read(sheet, Folder(Path(), found), found, strict=False)


@pytest.mark.parametrize(
    ("ids", "named"),
    [
        (["khoan-1", "khoan-2", "khoan-3"], "khoản 1–3 Điều 1"),
        (["diem-dd", "diem-e", "diem-g"], "điểm đ–g khoản 5 Điều 5"),
        (["diem-i", "diem-k"], "điểm i–k khoản 5 Điều 5"),
        (["khoan-5", "khoan-6"], "khoản 5–6 Điều 5"),
        (["dieu-1", "dieu-5", "dieu-6"], "Điều 1–6"),
    ],
)
def test_a_range_is_named_at_the_clause_not_at_the_first_same_letter_or_number(ids, named):
    programme, anchors = read(ARTICLE)
    ranges = Ranges(programme.clauses)
    article = "dieu-1" if named.endswith("Điều 1") else "dieu-5"
    whole = [each for last in ids for each in ranges.by_id if each.rpartition(".")[2] == last and article in each]
    whole = whole if len(whole) == len(ids) else [each for each in ranges.by_id if each.rpartition(".")[2] in ids]
    assert ranges.named(whole) == named
    found = []
    [passage] = anchors.find(named, Place(), found)
    assert [unit.id for unit in passage] == whole
    assert found == []
