"""What the lines of an official paper's head and foot are there for.

Heads and feet are those of Decree 30/2020/NĐ-CP, Annex I (state), and of the Party's guidance on its papers.
"""

from __future__ import annotations

from enum import Enum


class Role(Enum):
    """What a line of an official paper's head or foot is there for; the value names it in markup."""

    PARENT = "parent"
    """The body above the one that issues the paper."""
    ORGAN = "organ"
    """The body that issues it."""
    STAR = "star"
    """The star under a Party body."""
    NUMBER = "number"
    """Number and sign."""
    ABOUT = "about"
    """What a letter is about: ``V/v …``."""
    NATION = "nation"
    """The name of the state (quốc hiệu)."""
    MOTTO = "motto"
    """The motto under it (tiêu ngữ)."""
    PARTY = "party"
    """The name of the Party, or of the Youth Union, in its place."""
    DATED = "dated"
    """Place and date."""
    DOCUMENT = "document"
    """The kind of paper."""
    SUBJECT = "subject"
    """What it is about (trích yếu)."""
    AUTHORITY = "authority"
    """Whose decision it is, under the subject; in whose name or place it is signed."""
    REMARK = "remark"
    """Words in brackets."""
    RECIPIENTS = "recipients"
    """The words ``Nơi nhận:``."""
    RECIPIENT = "recipient"
    """One of those who are sent the paper."""
    POST = "post"
    """The post of who signs."""
    SIGNED = "signed"
    """The words ``(Đã ký)``."""
    NAME = "name"
    """The name of who signs."""
    OTHER = "other"
    """Anything else, where its writer put it."""
