"""A language tag as written comes in; the tag as BCP 47 writes it goes out, if it names a language.

The shortest code there is names a language: two letters of ISO 639-1, three of ISO 639-3 only for a language that has
no two. Of these the languages of Viet Nam's peoples are known, and a few old ones that are quoted.
"""

from __future__ import annotations

import re
from typing import Final

_TAG: Final = re.compile(
    r"(?P<language>[a-z]{2,3})(?:-(?P<script>[a-z]{4}))?(?:-(?P<region>[a-z]{2}|[0-9]{3}))?"
    r"(?P<variants>(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*)",
    re.IGNORECASE,
)
LEFT: Final = re.compile(r"\{\s*lang\s*[=:][^{}]*\}?", re.IGNORECASE)
"""A mark of another language; where it is met among words, it has marked none."""

_TWO_LETTERS: Final = """
aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo
es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka
kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng
nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su
sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
"""
_THREE_LETTERS: Final = """
bdq blt brb bru cje cjm cmo cua fil grc hal hmn hni hnj hre ium jra kjg kpm kta ktv laq lha lhu lzh mng mnw mtq mww nut
pac rad ren rgs rog sed sti stt tdd tou twh tyz yue
"""
_KNOWN: Final = frozenset((_TWO_LETTERS + _THREE_LETTERS).split())


def tag(written: str) -> str | None:
    """``EN-us`` → ``en-US``; nothing when it is no tag, or of no language that is known."""
    match = _TAG.fullmatch(written.strip())
    if match is None or match["language"].lower() not in _KNOWN:
        return None
    script, region = match["script"], match["region"]
    parts = (match["language"].lower(), script and script.title(), region and region.upper())
    return "-".join(part for part in parts if part) + match["variants"].lower()
