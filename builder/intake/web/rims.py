"""The element of an article → the same without what old sites put before and after a text, in boxes that have no names.

That is known by its words: rows of links, the name of the site, its number to call, what a database says of a paper
(``Số ký hiệu``), buttons (``Bản in``), who is responsible. It is reported; the text itself ends the search.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import groupby, islice
from typing import TYPE_CHECKING

from lxml import etree

from builder import problems
from builder.intake.web import tree

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from lxml.html import HtmlElement

    from builder.intake.record import Record

_SITE = re.compile(
    r"(?i)(?:hotline|đường dây nóng|liên hệ quảng cáo|rss)\b.*"
    r"|(?:cổng (?:thông tin|giao tiếp|dịch vụ)|trang (?:thông tin|tin) điện tử|cơ sở dữ liệu|công báo điện tử)\b.*"
    r"|(?:thứ (?:hai|ba|tư|năm|sáu|bảy)|chủ nhật)\s*,.*\d{4}.*"
)
_ABOUT = re.compile(
    r"(?i)(?:số(?:[ /]+)ký hiệu|số hiệu(?: văn bản)?|ngày (?:ban hành|hiệu lực|có hiệu lực|đăng công báo)|trích yếu"
    r"|(?:thể loại|loại|hình thức)(?: văn bản)?|(?:cơ quan|đơn vị|nơi) ban hành|người ký(?: duyệt)?|lĩnh vực"
    r"|(?:tình trạng|trạng thái)(?: hiệu lực)?|hiệu lực|tệp(?: đính kèm)?|tải về|file đính kèm|số công báo)\s*:?"
)
_BUTTONS = re.compile(
    r"(?i)(?:gửi (?:cho bạn bè|bài viết|email|phản hồi)|bản in|in(?: (?:bài|trang)(?: (?:viết|này))?)?|chia sẻ|lưu"
    r"|cỡ chữ(?:\s*[aA][-+]?)*|[aA][-+]|tải về|lượt (?:xem|đọc)\s*:?\s*[\d.]*|về đầu trang|đầu trang|quay lại"
    r"|trở lại|bình luận|facebook|zalo|email|print)"
)
_IMPRINT = re.compile(
    r"(?i)tổng biên tập|tòa soạn|toà soạn|giấy phép (?:số|hoạt động|thiết lập|xuất bản)|ghi rõ nguồn|bản quyền|©"
    r"|copyright|(?:thiết kế|phát triển|xây dựng|vận hành) (?:bởi|và|website)|chịu trách nhiệm (?:chính|nội dung)"
)
_CALL = re.compile(r"(?i)điện thoại|hotline|email|fax|địa chỉ|website")
_BETWEEN = re.compile(r"[|•·]")
_FEWEST_LINKS = 2
_MOST_GONE = 0.5  # of the words of an article
_MOST_BLOCKS = 400
_LONGEST_MENU = 40
_LONGEST_LINE = 15
_LONGEST_IMPRINT = 80
_SHOWN = 30
_PAIR = 2


@dataclass(slots=True)
class _Block:
    """The words that stand in one block itself; ``whole`` tells that nothing else stands in it."""

    element: HtmlElement
    texts: list[str] = field(default_factory=list)
    linked: int = 0
    links: int = 0
    whole: bool = True

    @property
    def words(self) -> list[str]:
        return " ".join(self.texts).split()


def clear(article: HtmlElement, title: str, record: Record) -> None:
    """Take out of an article what stands before and after its text; and report the words.

    With a ``title`` that stands in a block, all before it is looked at; without one, what stands before other words.
    """
    blocks = _blocks(article)
    front = _front(blocks, title)
    links = sum(each.links for each, _ in front)
    front = front if links >= _FEWEST_LINKS else []
    back = _back(blocks[len(front) :])
    gone = sum(len(each.words) for each, _ in (*front, *back))
    if gone > _MOST_GONE * sum(len(each.words) for each in blocks):
        return
    for side in (front, back):
        for why, group in groupby(side, key=lambda each: each[1]):
            _drop([each for each, _ in group], why, record)


def _drop(blocks: Sequence[_Block], why: str, record: Record) -> None:
    words = [word for each in blocks for word in each.words]
    line = blocks[0].element.sourceline or 0
    record.add(problems.intake_dropped, line, why, " ".join(words[:_SHOWN]), len(words))
    for each in blocks:
        tree.empty(each.element)


def _front(blocks: Sequence[_Block], title: str) -> list[tuple[_Block, str]]:
    """What stands before the headline, or before the first words, and is no text; and why."""
    at = next((at for at, each in enumerate(blocks[:_MOST_BLOCKS]) if title and " ".join(each.words) == title), None)
    found = []
    for block in islice(blocks, at if at is not None else _MOST_BLOCKS):
        if why := _why(block, _before):
            found.append((block, why))
        elif at is None:
            break
    return found


def _back(blocks: Sequence[_Block]) -> list[tuple[_Block, str]]:
    """What stands after the last words of the text; and why."""
    found: list[tuple[_Block, str]] = []
    for block in islice(reversed(blocks), _MOST_BLOCKS):
        if not (why := _why(block, _after)):
            break
        found.insert(0, (block, why))
    return found


def _why(block: _Block, judge: Callable[[_Block, str], str]) -> str:
    """Why a block is no text; headings and what holds other blocks always are."""
    if not block.whole or tree.name(block.element) in ("body", "h1", "h2", "h3"):
        return ""
    return judge(block, " ".join(block.words))


def _before(block: _Block, text: str) -> str:
    if len(block.words) <= _LONGEST_MENU and 2 * block.linked >= len(block.words):
        return "menu"
    if _is_about(block.element):
        return "around"
    return "head" if len(block.words) <= _LONGEST_LINE and _SITE.fullmatch(text) else ""


def _after(block: _Block, text: str) -> str:
    if len(block.words) <= _LONGEST_MENU and block.links >= _FEWEST_LINKS and 2 * block.linked >= len(block.words):
        return "menu"
    parts = [part.strip() for part in _BETWEEN.split(text)]
    if all(_BUTTONS.fullmatch(part) for part in parts) and (len(parts) > 1 or len(block.words) > 1):
        return "share"
    strong, weak = len(_IMPRINT.findall(text)), len(_CALL.findall(text))
    return "foot" if strong and strong + weak > 1 and len(block.words) <= _LONGEST_IMPRINT else ""


def _is_about(cell: HtmlElement) -> bool:
    """Tell whether a cell stands in a row of two that tells something of a paper (``Người ký``), outside the paper."""
    above = cell.getparent()
    cell = above if cell.tag in ("p", "div") and above is not None else cell
    row = cell.getparent()
    if cell.tag not in ("td", "th") or row is None or row.tag != "tr" or len(row) != _PAIR:
        return False
    return _ABOUT.fullmatch(tree.words(row[0], 8)) is not None


def _blocks(article: HtmlElement) -> list[_Block]:
    """The blocks of an article that hold words of their own, in their order."""
    found: list[_Block] = []
    open_ = [_Block(article, whole=False)]
    links = 0
    walker = etree.iterwalk(article, events=("start", "end"))
    for event, element in walker:
        name = tree.name(element)
        is_block = name in tree.BLOCKS and element is not article
        if event == "start":
            if is_block:
                open_.append(_Block(element))
            links += _leads_away(element)
            open_[-1].links += _leads_away(element)
            if name in tree.SILENT:
                walker.skip_subtree()
            else:
                _take(open_, element.text, found, linked=links > 0)
            continue
        links -= _leads_away(element)
        if is_block:
            open_.pop()
        if element is not article:
            _take(open_, element.tail, found, linked=links > 0)
    return found


def _take(open_: Sequence[_Block], text: str | None, found: list[_Block], *, linked: bool) -> None:
    """Words that stand in the innermost block; those around it hold more than their own then."""
    if not text or text.isspace():
        return
    *around, block = open_
    for each in reversed(around):
        if not each.whole:
            break
        each.whole = False
    if not block.texts:
        found.append(block)
    block.texts.append(text)
    block.linked += len(text.split()) if linked else 0


def _leads_away(element: HtmlElement) -> bool:
    return element.tag == "a" and not (element.get("href") or "#").startswith("#")
