"""A description → a small ICC profile of a printer for four inks, made by hand: none may be kept in the repository.

Tables of a few points (ISO 15076-1, 10.10): inks to L*a*b* by a simple mixture, L*a*b* to inks by taking the grey out
of what is not reflected. The colours are rough; that they are reckoned with is what tests want to see.
"""

import itertools
import struct

GRID = 5
WHITE = (0.9642, 1.0, 0.8249)
PAPER, DARKEST = 95.0, 12.0


def profile(description, *, kind=b"prtr", space=b"CMYK", usable=True):
    """A profile of version 2; one that is not usable has a description alone."""
    tags = {b"desc": _words(description), b"cprt": b"text\0\0\0\0nobody\0", b"wtpt": _xyz(WHITE)}
    if usable:
        tags |= {b"A2B0": _to_lab(), b"A2B1": _to_lab(), b"B2A0": _to_inks(), b"B2A1": _to_inks()}
    return _bound(tags, kind, space)


def _bound(tags, kind, space):
    table, body = struct.pack(">I", len(tags)), b""
    start = 128 + 4 + 12 * len(tags)
    for name, written in tags.items():
        data = written + b"\0" * (-len(written) % 4)
        table += struct.pack(">4sII", name, start + len(body), len(data))
        body += data
    size = start + len(body)
    head = struct.pack(">I4sI4s4s4s", size, b"none", 0x02400000, kind, space, b"Lab ")
    head += struct.pack(">6H", 2026, 1, 1, 0, 0, 0) + b"acsp" + b"\0" * 28 + _fixed(*WHITE)
    return head.ljust(128, b"\0") + table + body


def _fixed(*numbers):
    return b"".join(struct.pack(">i", round(number * 65536)) for number in numbers)


def _xyz(numbers):
    return b"XYZ \0\0\0\0" + _fixed(*numbers)


def _words(words):
    text = words.encode("ascii") + b"\0"
    return b"desc\0\0\0\0" + struct.pack(">I", len(text)) + text + b"\0" * (8 + 3 + 67)


def _table(inputs, outputs, cells):
    """A table of eight bits (``mft1``), its curves straight."""
    straight = bytes(range(256))
    head = b"mft1\0\0\0\0" + bytes([inputs, outputs, GRID, 0]) + _fixed(1, 0, 0, 0, 1, 0, 0, 0, 1)
    return head + straight * inputs + bytes(cells) + straight * outputs


def _to_lab():
    steps = [step / (GRID - 1) for step in range(GRID)]
    cells = []
    for cyan, magenta, yellow, black in itertools.product(steps, repeat=4):
        red, green, blue = (1 - ink for ink in (cyan, magenta, yellow))
        light = DARKEST + (PAPER - DARKEST) * (0.3 * red + 0.59 * green + 0.11 * blue) * (1 - black)
        a, b = (60 * (red - green) * (1 - black), 60 * ((red + green) / 2 - blue) * (1 - black))
        cells += [round(light * 255 / 100), round(a + 128), round(b + 128)]
    return _table(4, 3, cells)


def _to_inks():
    steps = [step / (GRID - 1) for step in range(GRID)]
    cells = []
    for light, a, b in itertools.product(steps, repeat=3):
        grey = min(1.0, max(0.0, (light * 100 - DARKEST) / (PAPER - DARKEST)))
        across, up = (a * 255 - 128) / 120, (b * 255 - 128) / 90
        red, green, blue = (min(1.0, max(0.0, part)) for part in (grey + across, grey - across, grey - up))
        black = min(1 - red, 1 - green, 1 - blue)
        cells += [round(255 * (1 - part - black)) for part in (red, green, blue)] + [round(255 * black)]
    return _table(3, 4, cells)
