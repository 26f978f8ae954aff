"""The looks of paragraphs in a review copy: their names as Word shows them, and how they are set.

The measures are those of Decree 30/2020/NĐ-CP: Times New Roman, 13 to 14 points, first lines indented.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from builder.publication import Level, Role


@dataclass(frozen=True, slots=True)
class Set:
    """How a look is set: lengths in points; ``outline`` from 1, 0: none; ``follow`` names the next paragraph's look."""

    name: str
    size: float = 14
    bold: bool = False
    italic: bool = False
    align: str = "both"
    left: float = 0
    first: float = 0
    before: float = 0
    after: float = 6
    outline: int = 0
    keep: bool = False
    fill: str = ""
    edge: str = ""
    colour: str = ""
    follow: str = ""
    face: str = ""


_INDENT = 28.35  # 1 cm, in points
_TEXT = "Đoạn văn"


class Look(Enum):
    """Every look of a paragraph."""

    TEXT = Set(_TEXT, first=_INDENT)
    FILE = Set(
        "Tên tệp",
        11,
        bold=True,
        align="left",
        before=24,
        after=12,
        outline=1,
        keep=True,
        fill="E7EDF3",
        colour="1F3864",
        follow=_TEXT,
    )
    HINT = Set("Hướng dẫn", 11, italic=True, fill="F5F5F5", align="left", after=12)
    PUBLISHER = Set("Đơn vị", 13, align="center", after=0)
    PUBLISHER_OWN = Set("Đơn vị phát hành", 13, bold=True, align="center", after=18)
    TITLE = Set("Nhan đề", 18, bold=True, align="center", before=12, after=6)
    SUBTITLE = Set("Phụ đề", 14, bold=True, align="center", after=6)
    NOTICE = Set("Lời báo", 12, italic=True, align="center", after=12)
    PART = Set("Phần", bold=True, align="center", before=18, after=6, outline=2, keep=True, follow=_TEXT)
    CHAPTER = Set("Chương", bold=True, align="center", before=15, after=6, outline=3, keep=True, follow=_TEXT)
    SECTION = Set("Mục", bold=True, align="center", before=12, after=6, outline=4, keep=True, follow=_TEXT)
    SUBSECTION = Set("Tiểu mục", bold=True, align="center", before=9, after=6, outline=5, keep=True, follow=_TEXT)
    BELOW = Set("Tên phần, chương", bold=True, align="center", after=9, keep=True, follow=_TEXT)
    ROMAN = Set("Mục La Mã", bold=True, first=_INDENT, before=9, outline=5, keep=True, follow=_TEXT)
    ARTICLE = Set("Điều", bold=True, first=_INDENT, before=9, outline=6, keep=True, follow=_TEXT)
    ARTICLE_TEXT = Set("Điều liền lời", first=_INDENT, before=6, outline=6)
    NUMBER_TITLE = Set("Tên khoản", bold=True, first=_INDENT, before=6, outline=7, keep=True, follow=_TEXT)
    NUMBER = Set("Khoản", first=_INDENT)
    LETTER = Set("Điểm", first=_INDENT)
    DASH = Set("Gạch đầu dòng", first=_INDENT)
    PLUS = Set("Dấu cộng", left=_INDENT / 2, first=_INDENT)
    BULLET = Set("Dấu chấm", left=_INDENT, first=_INDENT)
    HEADING_1 = Set("Đề mục 1", 15, bold=True, align="center", before=12, after=9, outline=2, keep=True, follow=_TEXT)
    HEADING_2 = Set("Đề mục 2", bold=True, align="left", before=12, after=6, outline=3, keep=True, follow=_TEXT)
    HEADING_3 = Set(
        "Đề mục 3", bold=True, italic=True, align="left", before=9, after=4, outline=4, keep=True, follow=_TEXT
    )
    LIST = Set("Danh mục", left=_INDENT, first=-18, after=4)
    QUOTE = Set("Trích dẫn", 13, italic=True, left=_INDENT, after=3)
    CREDIT = Set("Xuất xứ", 12, align="right", after=9)
    VERSE = Set("Thơ", 13, italic=True, left=3 * _INDENT, align="left", after=0)
    BOX_HEAD = Set("Khung", 12, bold=True, align="left", before=9, after=0, keep=True)
    BOX = Set("Trong khung", 13, after=0)
    CAPTION = Set("Tên bảng, hình", 12, italic=True, align="center", before=3, after=9)
    FIGURE = Set("Hình", align="center", before=6, after=3, keep=True)
    CELL = Set("Ô bảng", 12, align="left", before=1, after=1)
    CELL_HEAD = Set("Đầu bảng", 12, bold=True, align="center", before=2, after=2)
    KEY = Set("Tên mục khai báo", 12, bold=True, align="left", before=1, after=1)
    CODE = Set("Mã máy", 11, align="left", face="Courier New", fill="F5F5F5")
    RULE = Set("Ngắt đoạn", align="center")
    TERM = Set("Thuật ngữ", bold=True, align="left", before=4, after=0, keep=True, follow="Định nghĩa")
    DEFINITION = Set("Định nghĩa", left=_INDENT, after=4)
    INDEX = Set("Bảng tra cứu", 12, left=_INDENT, first=-18, align="left", after=0)
    SIDE = Set("Đầu văn bản", 13, align="center", after=0)
    SIDE_BOLD = Set("Đầu văn bản đậm", 13, bold=True, align="center", after=0)
    SIDE_DATE = Set("Ngày tháng", 13, italic=True, align="center", before=3, after=0)
    SIDE_NAME = Set("Người ký", 13, bold=True, align="center", before=24, after=0)
    DOCUMENT = Set("Tên loại văn bản", 15, bold=True, align="center", before=12, after=0)
    SUBJECT = Set("Trích yếu", bold=True, align="center", after=12)
    REMARK = Set("Ghi trong ngoặc", 13, italic=True, align="center", after=0)
    RECIPIENTS = Set("Nơi nhận", 12, bold=True, italic=True, align="left", after=0)
    RECIPIENT = Set("Nơi nhận, từng nơi", 11, align="left", after=0)
    NOTE = Set("Ghi chú", 10, align="left", after=4)  # in the margin
    NOTE_HEAD = Set("Tên ghi chú", 10, bold=True, align="left", after=4)

    @property
    def bold(self) -> bool:
        """Tell whether all of it is bold, so that bold words do not stand out."""
        return self.value.bold

    @property
    def italic(self) -> bool:
        """Tell whether all of it is italic."""
        return self.value.italic


BOXES = {
    "question": ("Câu hỏi thảo luận", "E8F1FA", "2E75B6"),
    "leader": ("Dành cho người chủ trì", "FBEEE6", "C55A11"),
    "example": ("Ví dụ", "EDF5E8", "70AD47"),
    "source": ("Tư liệu", "F3F0F8", "7B5EA7"),
    "note": ("Lưu ý", "FFF8E1", "BF9000"),
}
"""Kind of box → its head, the colour of its ground, that of its edge."""

LEVELS = {
    Level.PART: Look.PART,
    Level.CHAPTER: Look.CHAPTER,
    Level.SECTION: Look.SECTION,
    Level.SUBSECTION: Look.SUBSECTION,
    Level.ROMAN: Look.ROMAN,
    Level.ARTICLE: Look.ARTICLE_TEXT,
    Level.NUMBER: Look.NUMBER,
    Level.DECIMAL: Look.NUMBER,
    Level.LETTER: Look.LETTER,
    Level.DASH: Look.DASH,
    Level.PLUS: Look.PLUS,
    Level.BULLET: Look.BULLET,
    Level.FREE: Look.HEADING_2,
}
TITLED = LEVELS | {Level.ARTICLE: Look.ARTICLE, Level.NUMBER: Look.NUMBER_TITLE, Level.DECIMAL: Look.NUMBER_TITLE}
"""The same for a clause that has a title."""

HEADINGS = (Look.HEADING_1, Look.HEADING_1, Look.HEADING_2, Look.HEADING_3)

ROLES = {
    Role.ORGAN: Look.SIDE_BOLD,
    Role.NATION: Look.SIDE_BOLD,
    Role.MOTTO: Look.SIDE_BOLD,
    Role.PARTY: Look.SIDE_BOLD,
    Role.POST: Look.SIDE_BOLD,
    Role.AUTHORITY: Look.SIDE_BOLD,
    Role.DATED: Look.SIDE_DATE,
    Role.DOCUMENT: Look.DOCUMENT,
    Role.SUBJECT: Look.SUBJECT,
    Role.REMARK: Look.REMARK,
    Role.SIGNED: Look.REMARK,
    Role.NAME: Look.SIDE_NAME,
    Role.RECIPIENTS: Look.RECIPIENTS,
    Role.RECIPIENT: Look.RECIPIENT,
}
"""What a line of an official paper's head or foot is → its look; ``SIDE`` for any other."""
