"""A line that only its last space keeps from fitting is not broken behind its first word."""

import pypdfium2
import pytest
import test_press as small

from builder import press
from builder.press import hanging

pytestmark = pytest.mark.press

TEXT = 'Phần nhiệm vụ nói cụ thể tại <a href="#a">Phần\u00a0III, mục\u00a02</a>; đọc cả ba chỗ ấy liền nhau.'
WIDTHS = [width / 4 for width in range(120, 240)]  # mm


def lines():
    """The lines of a text in columns of many widths."""
    columns = "".join(f'<p style="width: {width}mm">{TEXT}</p>' for width in WIDTHS)
    book = press.print_pdf(small.compose(small.leaf("program", f'<h1 id="a">Một</h1>{columns}'), furniture=""))
    assert book.problems == ()
    pages = (page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(book.pdf))
    return [line.strip() for page in pages for line in page.splitlines()]


def test_no_word_stands_alone_where_more_would_fit(monkeypatch):
    mended = lines()
    assert "Phần" not in mended
    assert "Phần nhiệm vụ nói cụ thể tại" in mended
    monkeypatch.setattr(hanging, "_hung", lambda own: own)
    assert "Phần" in lines()  # what is mended here; when this fails, WeasyPrint does it right by itself
