"""The front matter of a Markdown file → its entries, every value kept; the lines that follow it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from builder import problems
from builder.intake import account, escape
from builder.intake.draft import Field
from builder.manuscript import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from builder.intake.record import Record
    from builder.manuscript.folder import Line

FILE = "back/99-thong-tin-tep-goc.md"
"""Where the front matter is kept in the source folder."""

_HEAD = "# Thông tin tệp gốc\n\n| Mục | Nội dung |\n|---|---|\n"
_KEY = re.compile(r"[^\s:#-][^:]*:(\s|$)")


def take(lines: Sequence[Line], record: Record) -> tuple[tuple[Field, ...], tuple[Line, ...]]:
    """Part a file into the entries of its front matter, if it has one, and its other lines; comments in it go."""
    if not lines or lines[0].text.rstrip() != "---":
        return (), tuple(lines)
    end = next((at for at, line in enumerate(lines) if at and line.text.rstrip() in {"---", "..."}), 0)
    inner = tuple(lines[1:end])
    if not any(_KEY.match(line.text) for line in inner):
        return (), tuple(lines)
    fields = tuple(_entries(inner, record.file))
    found, kept = (line.text for line in inner), [text for field in fields for text in (field.key, field.value)]
    if lost := account.words(found) - account.words(kept):
        record.add(problems.intake_comment, inner[0].number, " ".join(lost))
    record.left.extend(line.text for line in inner)
    record.put.extend((*kept, _HEAD))
    return fields, tuple(lines[end + 1 :])


def matter(fields: Sequence[Field]) -> str:
    """Entries → the text of a file of back matter: a table in which every value stands."""
    return _HEAD + "".join(f"| {_cell(field.key)} | {_cell(field.value)} |\n" for field in fields)


def _entries(lines: Sequence[Line], file: str) -> Iterator[Field]:
    """Read as YAML; when that fails, or would lose a value, line by line."""
    root, broken = yaml.read("\n".join(line.text for line in lines), file, lines[0].number)
    if isinstance(root, yaml.Fields) and not broken:
        yield from _flat(root, "")
        return
    for line in lines:
        key, colon, value = line.text.strip().partition(":")
        if key:
            yield Field(key if colon else "", value.strip() if colon else key, line.number)


def _flat(fields: yaml.Fields, above: str) -> Iterator[Field]:
    for key, node in fields.entries:
        name = f"{above}{key.text}"
        if isinstance(node, yaml.Fields):
            yield from _flat(node, f"{name}.")
        else:
            yield Field(" ".join(name.split()), _said(node), key.place.line)


def _said(node: yaml.Node) -> str:
    if isinstance(node, yaml.Scalar):
        return " ".join(node.text.split())
    if isinstance(node, yaml.Items):
        return "; ".join(_said(each) for each in node.nodes)
    return ", ".join(f"{key.text}: {_said(value)}" for key, value in node.entries)


def _cell(text: str) -> str:
    return escape.words(text).replace("|", r"\|")
