"""The name of a folder to be comes in; the files of a source folder to start from go out, comments and all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder import problems
from builder.intake import starter as blank
from builder.manuscript import misnamed

if TYPE_CHECKING:
    from pathlib import Path


def starter(folder: Path) -> dict[str, str]:
    """Return the files of a new source folder: path inside it → text.

    Raises:
        Problems: ``SLUG_BAD`` when the folder's name cannot name a publication.
    """
    fit_name(folder)
    return blank.starter()


def fit_name(folder: Path) -> None:
    """Make sure that a folder's name can name a publication.

    Raises:
        Problems: ``SLUG_BAD``.
    """
    problems.stop_on_errors(misnamed(folder))
