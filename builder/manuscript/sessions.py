"""``sessions/*.md`` → Sessions of the study plan, in file-name order.

Each file opens with front matter; the heads of its parts are free, those in use get their kind.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from builder import problems
from builder.manuscript import yaml
from builder.manuscript.folder import Line
from builder.manuscript.keys import Day, Group, Several, Whole, Words
from builder.manuscript.matter import humanised
from builder.manuscript.prose import Prose
from builder.manuscript.sections import section
from builder.publication import Reading, Session, SessionPart, agenda
from builder.vietnamese import slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from builder.manuscript.commentary import Desk
    from builder.manuscript.folder import Lines, Sheet
    from builder.manuscript.yaml import Node
    from builder.problems import Place

_DAY_OF_MINUTES = 24 * 60

KEYS = Group(
    {
        "title": Words(),
        "date": Day(),
        "time": Words(),
        "minutes": Whole(1, _DAY_OF_MINUTES),
        "place": Words(),
        "chair": Words(),
        "secretary": Words(),
        "presenter": Words(),
        "send_before": Words(),
        "reads": Several(Words()),
    },
    needed=("title",),
)
"""The keys of a session's front matter."""

_KINDS = (
    ("goals", ("muc-dich", "muc-tieu", "yeu-cau")),
    ("sources", ("tai-lieu",)),
    ("agenda", ("chuong-trinh", "noi-dung-chuong-trinh", "tien-trinh")),
    ("lead-in", ("de-dan", "dan-nhap")),
    ("discussion", ("goi-y", "cau-hoi", "thao-luan", "noi-dung-thao-luan")),
    ("practice", ("lien-he", "van-dung")),
)
_QUOTED = re.compile(r""" "(?:[^"\\]|\\.)*" | '(?:[^']|'')*' """, re.VERBOSE)
_UNQUOTED = re.compile(r"\w(?:[\w.]|[ –-](?=[\w]))*")  # nothing that means something to YAML
_NUMBERED = re.compile(r"^(?:[0-9]{1,2}|[ivx]{1,4})-(?=[a-z])")


def read(sheets: Iterable[Sheet], desk: Desk) -> tuple[Session, ...]:
    """The sheets of the plan → its sessions, numbered from 1."""
    return tuple(_session(sheet, number, desk) for number, sheet in enumerate(sheets, 1))


def front_matter(lines: Lines) -> tuple[Lines, Lines]:
    """Lines → those between the opening ``---`` and the next one, and those after it."""
    ends = [position for position, line in enumerate(lines) if line.text.rstrip() == "---"]
    if len(ends) < len(("opening", "closing")) or ends[0] != 0:
        return (), lines
    return lines[1 : ends[1]], lines[ends[1] + 1 :]


def _session(sheet: Sheet, number: int, desk: Desk) -> Session:
    head, text = front_matter(sheet.lines)
    if text[0].text.rstrip() == "---" and text[0].number == 1:
        desk.folder.found.append(problems.front_open(sheet.place(1)))
    keys, places = _keys(head, sheet, desk)
    parts = _parts(text, sheet, desk)
    minutes = keys.get("minutes")
    if minutes:
        desk.folder.found.extend(_compared(parts, minutes, places["minutes"]))
    return Session(
        id=f"buoi-{number}",
        number=number,
        title=keys.get("title") or humanised(sheet),
        date=keys.get("date"),
        time=keys.get("time", ""),
        minutes=minutes,
        place_of_meeting=keys.get("place", ""),
        chair=keys.get("chair", ""),
        secretary=keys.get("secretary", ""),
        presenter=keys.get("presenter", ""),
        send_before=keys.get("send_before", ""),
        reads=tuple(keys.get("reads", ())),
        parts=parts,
        place=sheet.place(1),
    )


def _keys(head: Lines, sheet: Sheet, desk: Desk) -> tuple[dict[str, Any], dict[str, Place]]:
    """Front matter → its values, readings already resolved, and where each key's value stands."""
    found = desk.folder.found
    root, broken = yaml.read("\n".join(line.text for line in head), sheet.file, first_line=2)
    found.extend(broken)
    if root is None:
        return {}, {}
    values = KEYS.read("", root, found)
    nodes = {key.text: node for key, node in root.entries} if isinstance(root, yaml.Fields) else {}
    if "reads" in values:
        values["reads"] = tuple(_readings(nodes["reads"], desk))
    return values, {key: node.place for key, node in nodes.items()}


def _readings(node: Node, desk: Desk) -> Iterator[Reading]:
    for each in node.nodes if isinstance(node, yaml.Items) else (node,):
        if isinstance(each, yaml.Scalar) and each.text.strip():
            passages = desk.anchors.find(each.text, each.place, desk.folder.found)
            units = dict.fromkeys(unit.id for passage in passages for unit in passage)
            yield Reading(each.text.strip(), tuple(units))


@dataclass(frozen=True, slots=True)
class WrittenReading:
    """One entry of ``reads`` as it stands in its file: its words, its line from 1, its characters from 0."""

    text: str
    line: int
    start: int
    end: int
    plain: bool

    def said(self, text: str) -> str:
        """Write other words in its place: without quotation marks only where it had none and needs none."""
        if self.plain and _UNQUOTED.fullmatch(text):
            return text
        return json.dumps(text, ensure_ascii=False)


def written_readings(sheet: Sheet) -> Iterator[WrittenReading]:
    """A sheet of the plan → where each entry of its ``reads`` stands; those that go on over a line end are left out."""
    head, _ = front_matter(sheet.lines)
    root, _ = yaml.read("\n".join(line.text for line in head), sheet.file, first_line=2)
    nodes = {key.text: node for key, node in root.entries} if isinstance(root, yaml.Fields) else {}
    reads = nodes.get("reads")
    for each in reads.nodes if isinstance(reads, yaml.Items) else (reads,):
        if isinstance(each, yaml.Scalar) and each.text.strip():
            start = each.place.column - 1
            line = sheet.lines[each.place.line - 1].text
            end = start + len(each.text)
            if not each.plain:
                quoted = _QUOTED.match(line, start)
                end = quoted.end() if quoted else len(line)
            yield WrittenReading(each.text.strip(), each.place.line, start, end, each.plain)


def _parts(text: Lines, sheet: Sheet, desk: Desk) -> tuple[SessionPart, ...]:
    prose = Prose(sheet, desk.folder, desk.refer, desk.folder.found)
    first = text[0].number if text else len(sheet.lines) + 1
    before, sections = section(tuple(line for line in prose.lines if line.number >= first), 2)
    opening = prose.blocks(before)
    parts = tuple(
        SessionPart(
            kind(head.title),
            prose.inlines((Line(head.line, head.title),)),
            prose.blocks(head.body, top=2),
        )
        for head in sections
    )
    prose.finish()
    return (SessionPart("other", (), opening), *parts) if opening else parts


def kind(title: str) -> str:
    """The head of a part → what the layouts know it as; ``other`` when they do not."""
    words = _NUMBERED.sub("", slug.slug(title))
    return next((name for name, heads in _KINDS if words.startswith(heads)), "other")


def _compared(parts: tuple[SessionPart, ...], minutes: int, place: Place) -> Iterator[problems.Problem]:
    """Compare the minutes of the agenda with the session's."""
    for part in parts:
        total = agenda.minutes(part)
        if total and total != minutes:
            yield problems.session_minutes(place, total, minutes)
