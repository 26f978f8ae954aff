"""The lines of ``::: head`` and ``::: sign`` → the head and the foot of an official paper.

Its lines are known by their words, as they stand in the paper: ``CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM``, ``Số: …``,
``…, ngày … tháng … năm …``, ``TM. …``. In what order the columns were copied does not matter. A line that stands
across both is ``left | right``; so can any line be put in its column: ``… |``, ``| …``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from builder import problems
from builder.manuscript import labels
from builder.manuscript.folder import Line
from builder.publication import Head, Part, Role, Sign

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from builder.manuscript.folder import Lines, Sheet
    from builder.problems import Problem
    from builder.publication import Inlines

    Words = Callable[[Lines], Inlines]

KIND = re.compile(
    r"(?:NGHỊ QUYẾT|NGHỊ ĐỊNH|QUYẾT ĐỊNH|CHỈ THỊ|CHƯƠNG TRÌNH(?: HÀNH ĐỘNG)?|KẾ HOẠCH|HƯỚNG DẪN|QUY ĐỊNH|QUY CHẾ"
    r"|QUY ƯỚC|ĐIỀU LỆ|(?:BỘ )?LUẬT|PHÁP LỆNH|THÔNG TƯ(?: LIÊN TỊCH)?|KẾT LUẬN|BÁO CÁO|ĐỀ CƯƠNG|ĐỀ ÁN|THÔNG TRI"
    r"|THÔNG BÁO|THÔNG CÁO|LỆNH|HIẾN PHÁP|TỜ TRÌNH|BIÊN BẢN|CÔNG ĐIỆN|PHƯƠNG ÁN|DỰ ÁN|CHIẾN LƯỢC|QUY HOẠCH|HỢP ĐỒNG"
    r"|TUYÊN BỐ|LỜI KÊU GỌI|GIẤY MỜI|GIẤY GIỚI THIỆU|GIẤY ỦY QUYỀN|PHIẾU TRÌNH|NỘI QUY|HƯƠNG ƯỚC|THƯ KHEN)"
)
"""The kinds of paper, as they stand on a line of their own (Decree 30/2020/NĐ-CP, art. 7, and the Party's kinds)."""

_FORMS: tuple[tuple[Role, re.Pattern[str]], ...] = (
    (Role.NATION, re.compile(r"CỘNG H(?:ÒA|OÀ) XÃ HỘI CHỦ NGHĨA VIỆT NAM")),
    (Role.MOTTO, re.compile(r"Độc lập\s*[-–—]\s*Tự do\s*[-–—]\s*Hạnh phúc\.?")),
    (Role.PARTY, re.compile(r"ĐẢNG CỘNG SẢN VIỆT NAM|ĐOÀN (?:TNCS|THANH NIÊN CỘNG SẢN) HỒ CHÍ MINH")),
    (Role.NUMBER, re.compile(r"(?:(?:Bộ )?[Ll]uật |Nghị quyết |Pháp lệnh |Lệnh )?[Ss]ố\s?:?(?:\s.*|[\d.…].*|$)")),
    (Role.DATED, re.compile(r"[^,]{2,80},\s*(?:ngày|Ngày)\b.*\btháng\b.*\bnăm\b.*")),
    (Role.STAR, re.compile(r"\*{1,3}")),
    (Role.ABOUT, re.compile(r"V/v\b.*")),
    (Role.DOCUMENT, KIND),
)
_LEFT = {Role.ORGAN, Role.PARENT, Role.STAR, Role.NUMBER, Role.ABOUT}
_RIGHT = {Role.NATION, Role.MOTTO, Role.PARTY, Role.DATED}
# The second line of a name: ``ỦY BAN NHÂN DÂN`` / ``TỈNH HÒA BÌNH``; ``TỈNH ỦY …`` begins one.
_GOES_ON = re.compile(
    r"(?:TỈNH|THÀNH PHỐ|TP\.?|HUYỆN|QUẬN|THỊ XÃ|XÃ|PHƯỜNG|THỊ TRẤN|ĐẶC KHU|THÔN|KHU PHỐ|KHÓA|KHOÁ|VÀ)\s"
    r"(?!(?:ỦY|UỶ|ĐOÀN)\b)"
)
_SIGNED = re.compile(r"\(?\s*(?:[Đđ]ã k[ýí]|ĐÃ K[ÝÍ])\s*\)?\.?")
_FOR = re.compile(r"(?:T/?M|K/?T|T/?L|TUQ|Q)(?:\.\s*|\s+)\S.*|(?:THAY MẶT|KÝ THAY|THỪA LỆNH|THỪA ỦY QUYỀN)\b.*")
_POST = re.compile(
    r"(?:PHÓ |QUYỀN |TỔNG |ỦY VIÊN |UỶ VIÊN |THỨ |CHÁNH |HIỆU |TỔ |CHI |ĐỘI |CỤC |VỤ |BỘ )*"
    r"(?:CHỦ TỊCH|CHỦ NHIỆM|CHỦ TỌA|CHỦ TRÌ|BÍ THƯ|GIÁM ĐỐC|TRƯỞNG|THỦ TƯỚNG|THƯ KÝ|VĂN PHÒNG|VIỆN TRƯỞNG|THƯỜNG TRỰC"
    r"|ĐẠI DIỆN|XÁC NHẬN|KẾ TOÁN|THỦ QUỸ|NGƯỜI (?:LẬP|GHI|VIẾT|BÁO CÁO|ĐỀ NGHỊ|CHỦ TRÌ)|BÊN [AB]\b)"
)
# The first words of a body's name.
_ORGAN = re.compile(
    r"(?:ỦY BAN|UỶ BAN|HỘI ĐỒNG|HỘI|ĐẢNG|TỈNH|THÀNH|HUYỆN|QUẬN|THỊ|XÃ|PHƯỜNG|ĐẶC KHU|THÔN|KHU|CHI|ĐOÀN|BAN|BỘ|SỞ|CỤC|VỤ"
    r"|TỔNG|CHÍNH PHỦ|QUỐC HỘI|VĂN PHÒNG|VIỆN|HỌC VIỆN|TRƯỜNG|CÔNG TY|MẶT TRẬN|LIÊN ĐOÀN|NHÀ XUẤT BẢN)\b",
    re.IGNORECASE,
)
_NEW_PAPER = {Role.NATION, Role.MOTTO, Role.PARTY, Role.NUMBER, Role.DOCUMENT}
_NEW_PART = re.compile(r"(?:PHỤ LỤC|DANH SÁCH|MẪU|BIỂU|BẢNG|MỤC LỤC|PHẦN|CHƯƠNG|BÀI|ĐỀ CƯƠNG)\b")
_RECIPIENTS = re.compile(r"[*_]*Nơi (?:nhận|gửi)[*_]*\s*:?[*_]*")
_RECIPIENT = re.compile(r"\s*[-–—+•]\s+.*")
_NAME = re.compile(r"(?:[^\W\d_][\w’'-]*\.?\s?){2,8}")
_BAR = re.compile(r"\s*(?<!\\)\|\s*")
_GAP = re.compile(r"\s*\t\s*|\s{4,}")  # what parts columns in a copied text
_MARKS = "*_ "
_BOTH = 2


@dataclass(slots=True)
class _Reader:
    """Reads one block; ``words`` turns a line into running text."""

    sheet: Sheet
    found: list[Problem]
    words: Words

    def part(self, what: Role, line: Line) -> Part:
        """A line → the part it is; a star is no mark of emphasis."""
        text = line.text.replace("*", r"\*") if what is Role.STAR else line.text
        return Part(what, self.words((Line(line.number, text),)))


def head(lines: Lines, opening: int, sheet: Sheet, found: list[Problem], words: Words) -> Head:
    """The lines of ``::: head``, opened on line ``opening`` → the head; ``words`` reads the running text of a line."""
    columns = _Columns(_Reader(sheet, found, words))
    for line in _written(lines):
        columns.take(line)
    columns.settle()
    if columns.unplaced:
        found.extend(problems.head_line(sheet.place(line), line.text.strip()) for line in columns.unplaced)
    elif not (columns.left or columns.right or columns.below):
        found.append(problems.fence_empty(sheet.place(opening), "head"))
    elif not columns.right:
        found.append(problems.head_right(sheet.place(opening)))
    return Head(tuple(columns.left), tuple(columns.right), tuple(columns.below))


@dataclass(slots=True)
class _Columns:
    """The columns of a head as they fill."""

    reader: _Reader
    left: list[Part] = field(default_factory=list)
    right: list[Part] = field(default_factory=list)
    below: list[Part] = field(default_factory=list)
    organs: list[Line] = field(default_factory=list)
    unplaced: list[Line] = field(default_factory=list)

    def take(self, line: Line) -> None:
        """Put a line, or both halves of one, where they belong."""
        cells = _cells(line)
        if len(cells) == _BOTH and ("|" in line.text or role(cells[1].text) in _RIGHT):
            self._left(cells[0])
            self._right(cells[1])
        elif "|" in line.text:
            self.unplaced.append(line)
        else:
            self._whole(Line(line.number, line.text.strip()))

    def _whole(self, line: Line) -> None:
        what = role(line.text)
        if self.below or what is Role.DOCUMENT:
            self.below.append(self.reader.part(self._below(what, line.text), line))
        elif what in _RIGHT:
            self._right(line)
        elif what in _LEFT or _is_capital(line.text):
            self._left(line)
        else:
            self.unplaced.append(line)

    def _below(self, what: Role, text: str) -> Role:
        """Say what a line below the columns is: after the kind of paper comes its subject, then whose it is."""
        if what is Role.DOCUMENT and not self.below:
            return what
        if _is_bracketed(text):
            return Role.REMARK
        named = any(part.role is Role.SUBJECT for part in self.below)
        return Role.AUTHORITY if _is_capital(text) and named else Role.SUBJECT

    def _left(self, line: Line) -> None:
        what = role(line.text)
        if what is Role.OTHER and _is_capital(line.text):
            self.organs.append(line)
        elif line.text:
            self.left.append(self.reader.part(what, line))

    def _right(self, line: Line) -> None:
        if line.text:
            self.right.append(self.reader.part(role(line.text), line))

    def settle(self) -> None:
        """Tell the body that issues the paper from the one above it: it is the last, or the one in bold."""
        bold = [labels.whole_bold(line.text.strip()) is not None for line in self.organs]
        begins = (at for at, line in enumerate(self.organs) if not _GOES_ON.match(line.text.strip(_MARKS)))
        last = max(begins, default=0)
        roles = bold if any(bold) else [at >= last for at in range(len(self.organs))]
        parts = [
            self.reader.part(Role.ORGAN if issues else Role.PARENT, Line(line.number, line.text.strip(_MARKS)))
            for line, issues in zip(self.organs, roles, strict=True)
        ]
        self.left[:0] = parts


def sign(lines: Lines, opening: int, sheet: Sheet, found: list[Problem], words: Words) -> Sign:
    """The lines of ``::: sign``, opened on line ``opening`` → the foot; ``words`` reads the running text of a line."""
    foot = _Foot(_Reader(sheet, found, words))
    written = [(line, _cells(line)) for line in _written(lines)]
    foot.beside = any(len(cells) > 1 and _RECIPIENTS.fullmatch(cells[0].text) for _, cells in written)
    for line, cells in written:
        foot.take(line, cells)
    if not written:
        found.append(problems.fence_empty(sheet.place(opening), "sign"))
    return Sign(tuple(foot.recipients), tuple(tuple(_signing(column, foot.reader)) for column in foot.signers))


@dataclass(slots=True)
class _Foot:
    """The foot of a paper as it fills; ``beside``: its lines hold recipients at the left, who signs at the right."""

    reader: _Reader
    beside: bool = False
    listing: bool = False
    recipients: list[Part] = field(default_factory=list)
    signers: list[list[Line]] = field(default_factory=list)

    def take(self, line: Line, cells: list[Line]) -> None:
        """Put the cells of a line where they belong."""
        if len(cells) == 1 and self._is_recipient(cells[0]):
            self._recipient(cells[0])
        elif self.beside and len(cells) > 1:
            self._recipient(cells[0])
            self._signers(line, cells[1:])
        else:
            self.listing = False
            self._signers(line, cells)

    def _is_recipient(self, cell: Line) -> bool:
        listed = _RECIPIENT.fullmatch(cell.text) or cell.text.endswith(";")
        return bool(_RECIPIENTS.fullmatch(cell.text) or (self.listing and listed))

    def _recipient(self, cell: Line) -> None:
        if not cell.text:
            return
        opens = _RECIPIENTS.fullmatch(cell.text)
        self.listing = self.listing or bool(opens)
        text = cell.text.strip(_MARKS) if opens else cell.text
        self.recipients.append(self.reader.part(Role.RECIPIENTS if opens else Role.RECIPIENT, Line(cell.number, text)))

    def _signers(self, line: Line, cells: list[Line]) -> None:
        """Put cells into the columns of those who sign; the first line says how many these are."""
        if not self.signers:
            self.signers.extend([] for _ in cells)
        if len(cells) != len(self.signers):
            place, extra = self.reader.sheet.place(line), int(self.beside)
            expected = len(self.signers) + extra
            self.reader.found.append(problems.sign_columns(place, line.text.strip(), len(cells) + extra, expected))
            return
        for column, cell in zip(self.signers, cells, strict=True):
            if cell.text:
                column.append(cell)


def _signing(column: list[Line], reader: _Reader) -> Iterator[Part]:
    """Yield the parts of one who signs: in whose name, post, the words (Đã ký), name."""
    signed = any(_SIGNED.fullmatch(line.text.strip(_MARKS)) for line in column)
    for at, line in enumerate(column):
        bare = line.text.strip(_MARKS)
        may_be_name = at == len(column) - 1 and (signed or (at > 0 and not _POST.match(bare)))
        yield reader.part(_signing_role(bare, may_be_name=may_be_name), Line(line.number, bare))


def _signing_role(text: str, *, may_be_name: bool) -> Role:
    if role(text) is Role.DATED:
        return Role.DATED
    if _SIGNED.fullmatch(text):
        return Role.SIGNED
    if _is_bracketed(text):
        return Role.REMARK
    if _FOR.fullmatch(text):
        return Role.AUTHORITY
    return Role.NAME if may_be_name or not _is_capital(text) else Role.POST


def opens_foot(text: str) -> bool:
    """Tell whether a line begins the foot of a paper: ``Nơi nhận:``, ``TM. …``, a post in capitals."""
    bare = text.strip(_MARKS)
    signs = _FOR.fullmatch(bare) or _POST.match(bare)
    return bool(_RECIPIENTS.fullmatch(bare) or (signs and _is_capital(bare)))


def may_stand_in_foot(text: str) -> bool:
    """Tell whether a line can be one of a foot: a recipient, a post, the words (Đã ký), a name."""
    bare = text.strip(_MARKS)
    listed = _RECIPIENT.fullmatch(bare) or bare.endswith((";", "./."))
    signing = _SIGNED.fullmatch(bare) or _is_bracketed(bare) or role(bare) is Role.DATED
    named = _NAME.fullmatch(bare) and all(word[0].isupper() for word in bare.split())
    if role(bare) in _NEW_PAPER or _NEW_PART.match(bare):
        return False
    return bool(opens_foot(bare) or listed or signing or named or _is_capital(bare))


def names_body(text: str) -> bool:
    """Tell whether a line is the name of a body, by its first words: ``ỦY BAN NHÂN DÂN``, ``Chi bộ thôn Đông``."""
    return _ORGAN.match(text.strip(_MARKS)) is not None and not opens_foot(text)


def _written(lines: Lines) -> Iterator[Line]:
    """Yield the lines with words; rules are drawn by the layout."""
    for line in lines:
        text = line.text.strip()
        if any(map(str.isalnum, text)) or any(role(cell.text) is Role.STAR for cell in _cells(line)):
            yield line


def _cells(line: Line) -> list[Line]:
    """A line → what stands in its columns: parted at bars, or at tabs and wide gaps."""
    cells = _BAR.split(line.text) if _BAR.search(line.text) else _GAP.split(line.text.strip())
    return [Line(line.number, cell.strip()) for cell in cells]


def role(text: str) -> Role:
    """One line of a head → what it is there for, as far as its words tell; OTHER when they do not."""
    bare = " ".join(text.split())
    inner = bare.strip(_MARKS) or bare
    return next((role for role, form in _FORMS if form.fullmatch(inner)), Role.OTHER)


def _is_capital(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) > 1 and not any(letter.islower() for letter in letters)


def _is_bracketed(text: str) -> bool:
    bare = text.strip(_MARKS)
    return bare.startswith("(") and bare.endswith(")")
