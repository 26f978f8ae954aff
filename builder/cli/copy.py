"""``anpham copy``: a numbered copy, or what stands on one, comes in; whether it is the house's own is said."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from builder import shelf
from builder.cli import answers, folders
from builder.cli.boundary import Status
from builder.cli.frame import filled, table
from builder.cli.words import here
from builder.problems import Problems

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from builder.works.copies import Judged

ENDING = ".epub"


def list_() -> Status:
    """Say which editions were numbered, and where their registers and the secret stand."""
    words, folder = here(), folders.settings()
    editions = shelf.numbered_editions(folder)
    if not editions:
        print(filled(words("copy.none")))
        return Status.DONE
    rows = [(f"{each.slug} · {each.edition}", str(shelf.register_of(folder, each))) for each in editions]
    print(words("copy.registers"))
    print(table(rows), end="")
    print(filled(words("copy.key", file=str(folder / shelf.COPIES_KEY))))
    return Status.DONE


def check(typed: tuple[str, ...]) -> Status:
    """Say of each file, or of one line typed in one word or many, which copy it is; status 1 when one is not ours.

    A code vouches for a number, not for the text of a file: that is said with it.

    Raises:
        Problems: ``FILE_BIG``.
        OSError: when a file cannot be read.
    """
    words, failed, known = here(), False, False
    for judge in _asked(typed):
        try:
            judged = judge()
        except Problems as stopped:
            answers.tell(stopped.problems, words)
            failed = True
        else:
            edition, said = judged.edition, {"number": judged.number, "code": judged.code}
            named = words("copy.ours_of", edition=f"{edition.slug} · {edition.edition}", **said) if edition.slug else ""
            print(named or words("copy.ours", **said))
            known = True
    if known:
        print(filled(words("copy.words")))
    return Status.PROBLEMS if failed else Status.DONE


def _asked(typed: tuple[str, ...]) -> Iterator[Callable[[], Judged]]:
    """Yield what judges each thing: files by their names, else all that was typed as one line."""
    from builder import preflight  # noqa: PLC0415 - help comes at once
    from builder.works import copies  # noqa: PLC0415

    def judge_file(name: str) -> Judged:
        return copies.judge_file(preflight.read(Path(name)), name, folder)

    folder = folders.settings()
    if any(each.lower().endswith(ENDING) or Path(each).is_file() for each in typed):
        yield from (partial(judge_file, each) for each in typed)
    else:
        yield partial(copies.judge_line, " ".join(typed), folder)
