"""The bytes of a part in XML → its root element; or a problem, when they are damaged or reach outside of themselves.

No document of an office program declares entities or asks for a DTD: one that does was made to read the disk, to call
the network or to fill the memory.
"""

from __future__ import annotations

import re

from lxml import etree

from builder import problems
from builder.problems import Place, Problems

DEEPEST = 150
"""How deep elements may stand in each other: a table in a table in a text box in a table is at 40."""

_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
MOST_TAGS = 8_000_000
"""How many tags a part may have: each element takes some hundred bytes of memory; a book of Word's has a million."""

_HEAD = 20_000
_TOO_DEEP = etree.XPath(f"boolean(/{'*/' * DEEPEST}*)")


def parse(data: bytes, part: str, file: str, *, long: bool = False) -> etree._Element:
    """Bytes of ``part`` of ``file`` → its root element, without comments and processing instructions.

    ``long``: one text in it may have more than ten million bytes.

    Raises:
        Problems: when it is no well-formed XML, declares entities, is nested deeper or has more tags than any document.
    """
    if data.count(b"<") > MOST_TAGS:
        raise Problems([problems.intake_part(Place(file), part)])
    if _DECLARATION.search(data[:_HEAD].replace(b"\0", b"")):
        raise Problems([problems.intake_entities(Place(file), part)])
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=long,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise Problems([problems.intake_part(Place(file), part)]) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise Problems([problems.intake_entities(Place(file), part)])
    if _TOO_DEEP(root):
        raise Problems([problems.intake_part(Place(file), part)])
    return root
