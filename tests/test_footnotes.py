"""A footnote stays on the page of its call when what follows has to go to the next page."""

from contextlib import nullcontext

import pytest
import test_press as small

from builder import press
from builder.press import footnotes

NOTE = '<span class="footnote" id="chu" data-n="1">Sổ để ở phòng đọc.</span>'
CALLED = f'<p id="goi">Nhờ các tổ giữ sổ{NOTE}.</p>'
FOLLOWING = f'<p id="sau">{small.SENTENCE * 3}</p>'
FULL = range(84, 114)  # mm before the call; the text area is 120 mm high


def pages_of(*parts):
    book = press.print_pdf(small.compose(small.leaf("program", "".join(parts))))
    (note,) = [number for number, facts in enumerate(book.facts, 1) if facts.footnotes]
    return book.folios["goi"], note, book.folios["sau"], [problem.code for problem in book.problems]


def filled(millimetres):
    return f'<div style="height: {millimetres}mm"></div>'


@pytest.mark.parametrize("millimetres", FULL)
def test_a_footnote_is_on_the_page_of_its_call_however_full_that_is(millimetres):
    call, note, _, problems = pages_of(filled(millimetres), CALLED, FOLLOWING)
    assert (note, problems) == (call, [])


def test_in_such_places_it_is_sent_away_by_weasyprint_alone(monkeypatch):
    """The control of the test above."""
    monkeypatch.setattr(footnotes, "kept", nullcontext)
    found = [pages_of(filled(millimetres), CALLED, FOLLOWING) for millimetres in FULL]
    assert any(note > call and problems == ["NOTE_CARRIED"] for call, note, _, problems in found)


def test_a_call_in_the_lines_at_the_foot_takes_them_along_to_the_next_page():
    """The note does not fit below the paragraph's last lines, and two of these go to where it does."""
    called = f'<p id="goi">{small.SENTENCE * 3}{NOTE}</p>'
    found = set()
    for millimetres in FULL:
        call, note, _, problems = pages_of(filled(millimetres), called, '<p id="sau">Hết.</p>')
        assert problems == []
        found.add(note - call)
    assert found == {0, 1}
