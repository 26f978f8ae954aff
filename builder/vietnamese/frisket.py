"""A paragraph comes in; it goes out with what no rule may touch covered, character for character.

A frisket keeps ink from the parts of a sheet that must stay white. Rules look at the covered paragraph: places in it
are places in the paragraph.
"""

from __future__ import annotations

import re
from typing import Final

CAPITAL: Final = "A-ZÀ-ÖØ-ÝĂĐĨŨƠƯ" + "".join(map(chr, range(0x1EA0, 0x1EFA, 2)))
"""Capital letters, to stand between square brackets."""
SMALL: Final = "a-zß-öø-ÿăđĩũơư" + "".join(map(chr, range(0x1EA1, 0x1EFA, 2)))
"""Small letters, to stand between square brackets."""
LETTER: Final = r"[^\W\d_]"
"""One letter."""
OBJECT: Final = "\ufffc"
"""What stands for something that is no text: code, a picture, a cross-reference."""

_IN_ADDRESS = r"^\s()<>\"“”\ufffc"
_ENDING = r"(?<![.,;:!?…\"'”’\]}»>])"  # a mark after an address belongs to the sentence
_COVERED = re.compile(
    rf"""
    (?P<object>
        &(?:\#\d+|\#x[0-9a-fA-F]+|\w+);
      | [.…_](?:[ ]?[.…_]){{4,}}  # a line to write on
      | [(\[{{][ \u00a0]*[xX]?[ \u00a0]*[)\]}}]  # a box to tick
      | (?<!\S)[:;]-?[()](?!\S)  # :)
      | (?<!\.)\./\.  # the end mark of an office
    )
  | (?:https?://|ftp://|www\.|mailto:)(?:[{_IN_ADDRESS}]|\([{_IN_ADDRESS}]*\))*{_ENDING}
  | \w[\w.+-]*@[\w-]+(?:\.[\w-]+)+
  | (?<![\w.-])(?:\w[\w-]*\.)+(?:vn|com|org|net|info|edu|gov)(?!\w)(?:/[{_IN_ADDRESS}]*{_ENDING})?
  | (?<![\w.-])(?:\w[\w-]*\.)+(?:html?|pdf|docx?|xlsx?|pptx?|epub|md|txt|csv|jpe?g|png|svg|toml|ya?ml|lock)(?!\w)
  | localhost:\d+
  | (?<![\w/])\d+[a-z]?/(?:\d{{4}}/)?[A-ZĐ][\w-]*(?:/[A-ZĐ][\w-]*)*  # 30/2020/NĐ-CP
  | (?<![\w/])\d+-[A-ZĐ][\w-]*/[A-ZĐ]\w*(?:-\w+)*  # 36-HD/VPTW
  | (?<!\w)(?:[{CAPITAL}][a-z]?\.)+(?=[{CAPITAL}][{SMALL}]*-[{CAPITAL}{SMALL}])  # V.I.Lê-nin
  | \d+['′’]\d+(?:''|["″”])?  # minutes and seconds, feet and inches
  | \d+(?:[.,:/]\d+)+
    """,
    re.VERBOSE,
)
_MARK = re.compile(r"\W")


def covered(text: str) -> str:
    """Cover addresses, file names, identifiers, figures with marks in them, entities, lines to write on and boxes.

    The marks in what is a word or a number become ``_``; what is neither becomes U+FFFC throughout.
    """
    return _COVERED.sub(_without_marks, text)


def _without_marks(match: re.Match[str]) -> str:
    return OBJECT * len(match[0]) if match["object"] else _MARK.sub("_", match[0])
