"""Content in which nothing can hide an operator is gone through in a quicker way, which must come to the same."""

from hypothesis import given
from hypothesis import strategies as st

from builder.pdf.content import Rewriter
from builder.pdf.inks import Black, Neutral

NUMBERS = st.sampled_from([b"0", b"1", b".5", b"0.25", b"-1", b"+.1", b"12.", b"1e3", b"x", b"]0", b"0" * 130 + b"1"])
OPERATORS = st.sampled_from([b"rg", b"RG", b"k", b"K", b"g", b"re f", b"/rg gs", b"[<0133>0<0134>] TJ", b"/k", b"rgb"])
GAPS = st.sampled_from([b" ", b"\n", b"  ", b"\t", b"\r\n"])


@given(st.lists(st.tuples(st.one_of(NUMBERS, NUMBERS, NUMBERS, OPERATORS), GAPS), max_size=40), st.booleans())
def test_the_quick_way_and_the_slow_one_come_to_the_same(words, every):
    content = b"".join(word + gap for word, gap in words)
    inks = Black() if every else Neutral()
    slow, quick = Rewriter(inks), Rewriter(inks)
    slow._bare = lambda _: None
    assert rewritten(quick, content) == rewritten(slow, content)


def rewritten(rewriter, content):
    return rewriter.rewrite(content, lambda _: None, lambda picture: picture, None)


def test_ordinary_content_goes_the_quick_way():
    content = b"q 0 0 0 rg\nBT /F 12 Tf [<0133>0<0134>] TJ ET 0.2 0.2 0.2 RG 1 0 0 rg 0 0 0 1 k Q"
    assert Rewriter(Neutral())._bare(content) == rewritten(Rewriter(Neutral()), content)
    assert b"rg\nBT" not in Rewriter(Neutral())._bare(content)
    assert b"1 0 0 rg" in Rewriter(Neutral())._bare(content)
