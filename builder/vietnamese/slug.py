"""Vietnamese words → ASCII names for files, ids and addresses.

``đ`` becomes ``d`` in words; as the letter of a point it becomes ``dd``, so that *d* and *đ* stay two.
"""

from __future__ import annotations

import re
import unicodedata

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_D_STROKE = str.maketrans({"đ": "d", "Đ": "d"})


def slug(text: str) -> str:
    """Words → lower-case ASCII letters and digits joined by hyphens; may be empty."""
    bare = unicodedata.normalize("NFKD", text.translate(_D_STROKE)).encode("ascii", "ignore")
    return "-".join(re.findall(r"[a-z0-9]+", bare.decode("ascii").lower()))


def is_slug(text: str) -> bool:
    """Tell whether the text can stand as a folder name and an id as it is."""
    return _SLUG.fullmatch(text) is not None


def number_slug(text: str) -> str:
    """The number of a label → ASCII, one to one for Vietnamese letters: ``đ`` → ``dd``."""
    return slug(text.replace("đ", "dd").replace("Đ", "dd"))
