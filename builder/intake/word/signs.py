"""A character of a font of signs (Symbol, Wingdings) → the Unicode character that looks like it, where there is one.

Such fonts draw signs in place of letters; Word keeps them at U+F020–F0FF or as the letters themselves.
"""

from __future__ import annotations

import re

_PRIVATE = 0xF000
_SYMBOL_BULLET = 0xF0B7
_LETTERS = re.compile("[\uf020-\uf0ff]")
_WORDS = re.compile("[\uf020-\uf0ff]{2}")
_DASHES = "-–—‒−‑‐"

# From 0x20 on; a blank is a sign that is part of a larger one, or stands for nothing that is printed alone.
_SYMBOL_LOW = " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
_SYMBOL_HIGH = "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪ 〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭"
_SYMBOL = dict(enumerate(_SYMBOL_LOW, 0x20)) | dict(enumerate(_SYMBOL_HIGH, 0xA0))
_WINGDINGS = {
    **dict(enumerate("✏✂✁", 0x21)),
    **dict(enumerate("⓪①②③④⑤⑥⑦⑧⑨⑩", 0x80)),
    **dict(enumerate("⓿❶❷❸❹❺❻❼❽❾❿", 0x8B)),
    **dict(zip(b"()*6?FJLQR", "☎✆✉⌛✍☞☺☹✈☼", strict=True)),
    **dict(zip(b"lnoqrstuvwx", "●■□❑❒⬧⧫◆❖⬥⌧", strict=True)),
    **dict(zip(b"\x9f\xa0\xa1\xa4\xa7\xa8\xab", "••○◉▪◻★", strict=True)),
    **dict(zip(b"\xd8\xdf\xe0\xe1\xe2\xe8\xef\xf0\xf3", "➢←→↑↓➔⇦⇨⇔", strict=True)),
    **dict(enumerate("✗✓☒☑", 0xFB)),
}
_WINGDINGS_2 = {0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x54: "☒", 0x97: "●", 0x98: "●", 0xA3: "□"}
_FONTS = {"symbol": _SYMBOL, "wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2, "wingdings 3": {}, "webdings": {}}


def is_of_signs(font: str) -> bool:
    """Tell whether a font draws signs in place of letters."""
    return font.lower() in _FONTS


def is_private(text: str) -> bool:
    """Tell whether a text holds letters that only a font of signs, or one of an old encoding, can show."""
    return _LETTERS.search(text) is not None


def are_words(text: str) -> bool:
    """Tell whether such letters stand together, as those of a word do."""
    return _WORDS.search(text) is not None


def likely_font(character: str) -> str:
    """Name the font that most likely drew a sign whose font is not known."""
    return "Symbol" if ord(character) == _SYMBOL_BULLET else "Wingdings"


def sign(code: int, font: str) -> str:
    """Return the character that looks like a code of a font of signs; empty when none is known."""
    return _FONTS[font.lower()].get(code - _PRIVATE if code >= _PRIVATE else code, "").strip()


def bullet(text: str) -> str:
    """Return the sign that stands for a bullet, whatever drew it: a dash, a plus or a dot; words stay as they are."""
    bare = text.strip()
    if len(bare) == 1 and bare in _DASHES:
        return "-"
    if bare == "+":
        return "+"
    is_word = len(bare) > 1 and any(letter.isalnum() for letter in bare)
    return bare if is_word or bare in ("*", "") else "•"
