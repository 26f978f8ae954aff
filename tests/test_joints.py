"""What must stand on the line of the word before it takes that word along to the next line, whatever it stands in."""

import pytest
import readback
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


NOTE = '<span class="footnote" data-n="7" style="float: footnote">Chú thích.</span>'
CALL = ".footnote::footnote-call { content: attr(data-n); font-size: 7pt; padding-left: 0.5pt }"


def alone():
    """Lines that begin with the number of a footnote, in columns of many widths."""
    columns = "".join(
        f'<p style="width: {width}mm">Bà con góp sách, góp công dựng nên thư viện.{NOTE} Xong.</p>'
        for width in WIDTHS[::2]
    )
    style = f"{small.STYLE} {CALL}"
    book = press.print_pdf(small.compose(small.leaf("program", f'<h1 id="a">Một</h1>{columns}'), style=style))
    return [words for each in readback.Printed.read(book.pdf).blocks for _, words in each.lines if words[:1] == "7"]


def test_the_number_of_a_note_stands_on_the_line_of_the_stop_before_it(monkeypatch):
    assert alone() == []
    monkeypatch.setattr(joints, "_kept_together", lambda own: own)
    assert alone()  # what is mended here; when this fails, WeasyPrint does it right by itself
