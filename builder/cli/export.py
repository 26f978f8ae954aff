"""``anpham export``: a source folder comes in; a copy of it to review in Word is written."""

from __future__ import annotations

from pathlib import Path

from builder.cli import answers
from builder.cli.boundary import Status
from builder.cli.words import here
from builder.works.export import export


def run(source: str, file: str) -> Status:
    """Write the copy, and say how what is changed in it comes back.

    Raises:
        Problems: what the folder is at fault in, or what stands in the way of the file.
    """
    words = here()
    path, found = export(Path(source), Path(file))
    answers.tell(found, words)
    print(words("export.done", file=path.as_posix()))
    print(words("export.next", file=path.as_posix()))
    return Status.DONE
