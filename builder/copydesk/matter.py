"""The other files of a source come in: matter, sessions, glossary, settings; a chapter for each goes out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from builder.copydesk import strips
from builder.copydesk.looks import HEADINGS, Look
from builder.copydesk.nouns import Board, Chapter, How, Kind, Leaf, Piece, Row
from builder.copydesk.prose import Scanner
from builder.manuscript import sessions, subjects, yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.copydesk.page import Page
    from builder.manuscript.folder import Line, Lines
    from builder.manuscript.yaml import Node, Scalar
    from builder.publication import Settings

KEYS = {
    "title": "Tên buổi",
    "date": "Ngày",
    "time": "Giờ",
    "minutes": "Số phút",
    "place": "Nơi họp",
    "chair": "Chủ trì",
    "secretary": "Thư ký",
    "presenter": "Người trình bày",
    "send_before": "Gửi tài liệu trước",
    "reads": "Đọc",
}
"""Keys of a session's settings → what people call them."""

_DEFINITION = re.compile(r" {0,3}:\s+(?=\S)")
_ITEM = re.compile(r"(\s*)[-*+]\s+(?=\S)")


def matter(page: Page) -> Chapter:
    """A file of front or back matter → its chapter."""
    scanner = Scanner(page)
    return Chapter(page.name, page.raw, tuple(scanner.blocks(scanner.lines)), scanner.notes)


def session(page: Page) -> Chapter:
    """A session → its chapter: its settings as a table, its parts."""
    scanner = Scanner(page)
    head, _ = sessions.front_matter(page.lines)
    after = head[-1].number + 1 if head else 1 if page.line(1).rstrip() == "---" else 0
    text = tuple(line for line in scanner.lines if line.number > after)
    board = _settings(head, page)
    blocks = (*([board] if board else ()), *scanner.blocks(text))
    return Chapter(page.name, page.raw, blocks, scanner.notes)


def _settings(head: Lines, page: Page) -> Board | None:
    root, _ = yaml.read("\n".join(line.text for line in head), page.name, first_line=2)
    if not isinstance(root, yaml.Fields):
        return None
    rows = tuple(_setting(key, node, page) for key, node in root.entries)
    return Board(Kind.SETTINGS, rows, head[0].number, head[-1].number)


def _setting(key: Scalar, node: Node, page: Page) -> Row:
    number = key.place.line
    text = page.line(number)
    opening = re.match(r"\ufeff?[\w-]+:\s*", text)
    name = Leaf(Look.KEY, (Piece(KEYS.get(key.text, key.text)),), how=How.FIXED)
    words, how = "", How.FIXED
    if isinstance(node, yaml.Scalar):
        words, how = node.text.strip(), How.YAML
    elif isinstance(node, yaml.Items):
        words, how = "; ".join(each.text for each in node.nodes if isinstance(each, yaml.Scalar)), How.LIST
    if not opening or not _on_one_line(node, number, page):
        how = How.FIXED
    start = page.at(number, opening.end() if opening else 0)
    value = Leaf(Look.CELL, (Piece(words),) if words else (), start, page.close(number), number, number, how)
    return Row(((name,), (value,)), number)


def _on_one_line(node: Node, number: int, page: Page) -> bool:
    """Tell whether a value ends where its line does."""
    text = page.line(number)
    follows = page.lines[number].text if number < len(page.lines) else "---"
    return node.place.line == number and " #" not in text and (follows == "---" or not follows.startswith((" ", "\t")))


def glossary(page: Page) -> Chapter:
    """``glossary.md`` → its chapter: terms with their definitions, the list for the index word by word."""
    scanner = Scanner(page)
    _, listed = subjects.parted(scanner.lines)
    index = {line.number for line in listed}
    blocks = tuple(_glossed(group, page, index) for group in _groups(scanner.lines, index))
    return Chapter(page.name, page.raw, blocks, scanner.notes)


def _groups(lines: Lines, index: set[int]) -> Iterator[list[Line]]:
    """Lines → those of one paragraph each: a term, a definition with what continues it, an item."""
    group: list[Line] = []
    for line in lines:
        begins = _DEFINITION.match(line.text) or line.number in index or not (group and _defines(group))
        if group and (begins or not line.text.strip()):
            yield group
            group = []
        if line.text.strip():
            group.append(line)
    if group:
        yield group


def _defines(group: list[Line]) -> bool:
    return bool(_DEFINITION.match(group[0].text) or group[0].text.startswith(" "))


def _glossed(group: list[Line], page: Page, index: set[int]) -> Leaf:
    first, last = group[0].number, group[-1].number
    text = page.line(first)
    end = page.close(last)
    if heading := re.match(r"\ufeff?#+\s+", text):
        words = strips.read(text[heading.end() :].strip())
        return Leaf(
            HEADINGS[min(text.count("#", 0, heading.end()), len(HEADINGS) - 1)],
            words,
            page.at(first, heading.end()),
            end,
            first,
            last,
        )
    if first in index and (item := _ITEM.match(text)):
        depth = 2 if item[1] else 1
        words = (Piece(text[item.end() :].strip()),)
        return Leaf(Look.INDEX, words, page.at(first, item.end()), end, first, last, How.RAW, lead="-\t", depth=depth)
    if opening := _DEFINITION.match(text):
        words = strips.read("\n".join((text[opening.end() :], *(line.text.strip() for line in group[1:]))))
        return Leaf(Look.DEFINITION, words, page.at(first, opening.end()), end, first, last)
    if text.startswith(" "):
        words = strips.read("\n".join(line.text.strip() for line in group))
        return Leaf(Look.DEFINITION, words, page.words_at(first), end, first, last)
    bare = text.strip("\ufeff *")
    start = text.find(bare)
    return Leaf(
        Look.TERM, (Piece(bare),), page.at(first, start), page.at(first, start + len(bare)), first, last, How.RAW
    )


def title(settings: Settings) -> Chapter:
    """What the settings say of the whole → the block at the head of the copy; it is changed in the settings."""
    lines = (
        (Look.PUBLISHER, settings.organisation.parent.upper()),
        (Look.PUBLISHER_OWN, settings.organisation.unit.upper()),
        (Look.TITLE, settings.title.upper()),
        (Look.SUBTITLE, settings.subtitle),
        (Look.NOTICE, settings.notice),
        (Look.HINT, HINT),
    )
    leaves = tuple(Leaf(look, (Piece(words),), how=How.FIXED) for look, words in lines if words)
    return Chapter("publication.yaml", "", leaves)


HINT = (
    "Bản đọc duyệt: sửa thẳng vào lời văn, có thể bật Theo dõi thay đổi (Track Changes). Phần làm rõ thêm nằm trong "
    "các ghi chú bên lề (Comments): sửa lời, xóa hoặc thêm ghi chú mới ngay tại mục cần làm rõ. Dòng nền màu ghi tên "
    "tệp, tên khung và nhan đề do chương trình đặt, sửa ở đây không có tác dụng."
)
