"""What must stand on the line of the word before it takes that word along to the next line, whatever it stands in."""

import pytest
import test_press as small

from builder import press
from builder.press import joints

pytestmark = pytest.mark.press

PAGES = "149–150", "170", "181", "188", "191–192"
RANGES = ", ".join(f'<span style="white-space: nowrap">{pages}</span>' for pages in PAGES)
TEXT = f"<span>dân chủ</span>, <span>{RANGES}</span>; <i>xem thêm</i> dân vận"
WIDTHS = [width / 4 for width in range(80, 180)]  # mm


def beyond():
    """Lines that stand out of columns of many widths."""
    columns = "".join(f'<p style="width: {width}mm">{TEXT}</p>' for width in WIDTHS)
    book = press.print_pdf(small.compose(small.leaf("program", f'<h1 id="a">Một</h1>{columns}'), furniture=""))
    return [dict(each.values)["words"] for each in book.problems]


def test_no_mark_stands_out_of_its_line(monkeypatch):
    assert beyond() == []
    monkeypatch.setattr(joints, "_looked_between", lambda own: own)
    assert beyond()  # what is mended here; when this fails, WeasyPrint does it right by itself
