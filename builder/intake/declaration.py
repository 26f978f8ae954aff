"""What an original says of itself → the text of ``publication.yaml``, with comments for who edits it next."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from builder.vietnamese import dates, slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from builder.intake.draft import Draft, Field

_TITLE = {"title", "tieu-de", "nhan-de", "ten-van-ban"}
_DATE = {"date", "ngay"}
_ORIGINAL = {
    "kind": {"loai-van-ban", "the-loai-van-ban"},
    "number": {"so-hieu", "so-ky-hieu", "so-va-ky-hieu"},
    "date": {"ngay-ban-hanh", "ngay-ky"},
    "issuer": {"co-quan-ban-hanh", "noi-ban-hanh"},
    "subject": {"trich-yeu"},
}
KEYS = frozenset().union(*_ORIGINAL.values())
"""Names, as slugs, of the entries that speak of the original document."""

_LONG_TITLE = 90
_SEAM = re.compile(r"\s+[—–]\s+|:\s+")

_OPENING = """\
# Khai báo của ấn phẩm. Dòng bắt đầu bằng dấu # là lời ghi chú, chương trình không đọc.
format: 1
# Nhan đề in ở bìa; subtitle là dòng nhỏ ở dưới, có thể xóa.
"""
_DAY = "# Ngày của ấn phẩm: ngày/tháng/năm.\n"
_DOCUMENT = "# Văn bản gốc, ghi ở trang thông tin: loại, số, ngày, nơi ban hành, trích yếu.\noriginal:\n"
_STRICT = """\
# strict: số thứ tự phải liên tục, sai là báo lỗi. as-printed: giữ nguyên số như bản gốc, chỉ nhắc.
numbering: strict
"""
_AS_PRINTED = """\
# Bản gốc có số thứ tự không liên tục nên giữ nguyên như bản gốc (as-printed); sửa xong có thể đổi lại thành strict.
numbering: as-printed
"""


def title(draft: Draft) -> str:
    """The title: what the front matter gives, else what the text was found to be called."""
    return _first(draft.front, _TITLE) or draft.title


def text(draft: Draft, *, strict: bool) -> str:
    """A draft → the text of its ``publication.yaml``."""
    return "".join(_written(draft)) + (_STRICT if strict else _AS_PRINTED)


def _written(draft: Draft) -> Iterator[str]:
    head, below = _parted(title(draft))
    yield _OPENING
    yield _entry("title", head)
    if below:
        yield _entry("subtitle", below)
    yield "language: vi\n"
    if day := _day(_first(draft.front, _DATE)):
        yield _DAY
        yield _entry("date", day)
    if original := tuple(_original((*draft.front, *draft.fields))):
        yield _DOCUMENT
        yield from (f"  {_entry(key, value)}" for key, value in original)


def _original(fields: tuple[Field, ...]) -> Iterator[tuple[str, str]]:
    for key, names in _ORIGINAL.items():
        value = _first(fields, names)
        value = _day(value) if key == "date" else value
        if value:
            yield key, value


def _parted(words: str) -> tuple[str, str]:
    """A long title → title and subtitle, parted at its first dash or colon."""
    seam = _SEAM.search(words) if len(words) > _LONG_TITLE else None
    head, below = (words[: seam.start()].strip(), words[seam.end() :].strip()) if seam else ("", "")
    return (head, below) if head and below else (words, "")


def _first(fields: Iterable[Field], names: set[str]) -> str:
    return next((field.value for field in fields if field.value and slug.slug(field.key) in names), "")


def _day(value: str) -> str:
    """A date as people or machines write it → day first; nothing when it is none."""
    found = re.match(r"\d{4}-\d{2}-\d{2}(?=$|[T\s])|\d{1,2}/\d{1,2}/\d{4}", value)
    day = dates.parse_date(found[0]) if found else None
    return dates.short_date(day) if day else ""


def _entry(key: str, value: str) -> str:
    """One line of YAML; the value in double quotes, as JSON writes it, so that no character means anything."""
    return f"{key}: {json.dumps(' '.join(value.split()), ensure_ascii=False)}\n"
