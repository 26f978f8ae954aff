"""The opening of an official paper → what it is called, its kind and number.

Such a paper begins with the names of the state and of who issues it; its kind stands on a line of its own in capitals,
what it is about on the next (Decree 30/2020/NĐ-CP, Annex I).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from builder.intake.draft import Field
from builder.manuscript import labels

if TYPE_CHECKING:
    from collections.abc import Sequence

    from builder.manuscript.folder import Line

_KIND = re.compile(
    r"(?:NGHỊ QUYẾT|NGHỊ ĐỊNH|QUYẾT ĐỊNH|CHỈ THỊ|CHƯƠNG TRÌNH(?: HÀNH ĐỘNG)?|KẾ HOẠCH|HƯỚNG DẪN|QUY ĐỊNH|QUY CHẾ"
    r"|QUY ƯỚC|ĐIỀU LỆ|LUẬT|PHÁP LỆNH|THÔNG TƯ|KẾT LUẬN|BÁO CÁO|ĐỀ CƯƠNG|ĐỀ ÁN|THÔNG TRI|THÔNG BÁO)"
)
_NUMBER = re.compile(r"Số:?\s*(\d[\w./-]*[\w])")
_SUBJECT = re.compile(r"(?:Về|Quy định|Sửa đổi|Ban hành|Hướng dẫn|Phê duyệt|Thực hiện|Triển khai)\b")
_HEAD = 15
_LONGEST = 200


def opening(found: Sequence[Line]) -> tuple[Field, ...]:
    """The paragraphs of a text → its title, kind and number as entries; nothing when it opens otherwise."""
    head = _head(found)
    at = next((at for at, line in enumerate(head) if _KIND.fullmatch(line.text.strip())), None)
    if at is None or not head[0].text.isupper():
        return ()
    kind, subject = head[at].text.strip().capitalize(), _subject(head[at + 1 :])
    if not (at or subject):
        return ()
    title = Field("title", f"{kind}{subject}", head[at].number)
    numbers = ((line.number, _NUMBER.match(line.text.strip())) for line in head[:at])
    number = tuple(Field("so-hieu", match[1], line) for line, match in numbers if match)
    return (title, Field("loai-van-ban", kind, head[at].number), *number[:1])


def _head(found: Sequence[Line]) -> Sequence[Line]:
    """The first paragraphs, up to the first that bears a label."""
    end = next((at for at, line in enumerate(found) if labels.recognise(line.text)), len(found))
    return found[: min(end, _HEAD)]


def _subject(below: Sequence[Line]) -> str:
    """What the paper is about, to follow its kind within a title."""
    text = below[0].text.strip() if below else ""
    if not _SUBJECT.match(text) or len(text) > _LONGEST:
        return ""
    return f" {text[0].lower()}{text[1:]}"
