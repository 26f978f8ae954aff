"""The bytes of a web page, or of one saved with its pictures (MHTML) → what stands in its article.

Menus, advertisements and what is hidden are left out and reported with their first words; nothing is fetched.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from builder import problems
from builder.intake.original import Original, Paragraph
from builder.intake.web import archive, article, charset, naming, notes, recoding, rims, setting, tree
from builder.intake.web.pictures import Pictures
from builder.intake.web.styles import Styles
from builder.problems import Place, Problems

if TYPE_CHECKING:
    from builder.intake.original import Grid
    from builder.intake.record import Record

__all__ = ["read"]


def read(data: bytes, record: Record) -> Original:
    """A page → its blocks, notes, pictures and title; what was left out or changed is added to ``record``.

    Raises:
        Problems: ``INTAKE_EMPTY``, ``INTAKE_DAMAGED`` (an archive without a page), ``INTAKE_DEEP``,
            ``INTAKE_ELEMENTS``, ``NOT_UTF8``.
    """
    archived = archive.opened(data, record) if archive.is_archive(data) else archive.Archived(data)
    source = charset.decode(archived.page, record, archived.charset)
    root = tree.parse(source.text, record)
    styles = Styles(root)
    title = naming.title(root)
    calls = notes.find(root)
    article.clear(root, styles, calls, record)
    pictures = Pictures(archived, record)
    noted = {name: setting.read_note(body, styles, calls, pictures, record) for name, body in calls.bodies.items()}
    calls.empty()
    main = article.find(root, record, title)
    rims.clear(main, title, record)
    blocks = setting.read(main, styles, calls, pictures, record)
    found = Original(_titled(blocks, title), noted, (), pictures.found, title)
    settled = recoding.settle(found, source, record)
    if not any(character.isalnum() for each in recoding.paragraphs(settled) for character in each.text):
        raise Problems([problems.intake_empty(Place(record.file))])
    return settled


def _titled(blocks: tuple[Paragraph | Grid, ...], title: str) -> tuple[Paragraph | Grid, ...]:
    """Mark the headline: the first block that says the title of the page and is no heading of a lower level."""
    for at, block in enumerate(blocks):
        if title and isinstance(block, Paragraph) and block.heading <= 1 and " ".join(block.text.split()) == title:
            return (*blocks[:at], replace(block, title=True), *blocks[at + 1 :])
    for at, block in enumerate(blocks):
        if isinstance(block, Paragraph) and block.heading == 1:
            return (*blocks[:at], replace(block, title=False), *blocks[at + 1 :])
    return blocks
