"""The bytes of an EPUB come in; those of a book for a Kindle (AZW3) that calibre made of them go out.

The program has a folder of its own, for its settings too: plug-ins of the person at the desk have no part in it, and
nothing stays behind. It makes up names, keys and times anew each time, and takes files in the order of their place in
memory. Where its own interpreter is there too, it is started through that, with all of these fixed: then the same EPUB
gives the same book, as measured with calibre 6.13, and every edition of it has the name by which a Kindle knows it.
"""

from __future__ import annotations

import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from builder import problems
from builder.problems import Problems
from builder.shelf import disk, running

if TYPE_CHECKING:
    from collections.abc import Mapping

    from builder.problems import Place

_SECONDS = 300
_LARGEST = 200_000_000
_INTERPRETER = "calibre-debug"
_SIGN, _SIGN_AT = b"BOOKMOBI", 60  # type and creator of a Palm database
# Headings and parts stay what they are in the EPUB; so does the size of the letters.
_OPTIONS = ("--chapter=/", "--page-breaks-before=/", "--disable-font-rescaling", "--no-chapters-in-toc")
_ALWAYS_THE_SAME = b"""\
import itertools, os, random, re, sys, time, uuid, zipfile

package = zipfile.ZipFile(sys.argv[1]).read("EPUB/content.opf")
random.seed(re.search(rb"<dc:identifier[^>]*>([^<]*)", package)[1])
count = itertools.count()
os.urandom = bytes
uuid.uuid4 = lambda: uuid.UUID(bytes=random.randbytes(16), version=4)
time.time = lambda: 315532800.0

from calibre.ebooks.conversion.cli import main
from calibre.ebooks.oeb.base import Manifest

Manifest.Item.__hash__ = lambda item: item.__dict__.setdefault("order_of_making", next(count))
main(["ebook-convert", *sys.argv[1:]])
"""


@dataclass(frozen=True, slots=True)
class Calibre:
    """calibre on this machine.

    Attributes:
        program: what starts its conversion, ``ebook-convert``.
        environment: what programs are started with on this machine.
        seconds: how long a book may take.
    """

    program: Path
    environment: Mapping[str, str] = field(default_factory=dict, repr=False)
    seconds: float = _SECONDS

    @property
    def stamp(self) -> str:
        """Tell this program from another, and from itself after it was renewed."""
        try:
            seen = self.program.stat()
        except OSError:
            return str(self.program)
        return f"{self.program} {seen.st_size} {seen.st_mtime_ns}"

    def convert(self, epub: bytes, place: Place) -> bytes:
        """Make a book for a Kindle; ``place`` is what it will be called.

        Raises:
            Problems: ``KINDLE_MISSING``, ``KINDLE_FAILED``, ``KINDLE_SLOW``, ``SHELF_DENIED``, ``SHELF_FULL``.
        """
        with tempfile.TemporaryDirectory(prefix="anpham-", ignore_cleanup_errors=True) as name:
            folder = Path(name)
            with disk.refusals(folder):
                (folder / "own").mkdir()
                disk.write(folder / "in.epub", epub)
                disk.write(folder / "same.py", _ALWAYS_THE_SAME)
            try:
                running.run(self._command(folder), self.seconds, folder, self._environment(folder))
            except OSError as error:
                raise Problems([problems.kindle_missing(place)]) from error
            except subprocess.TimeoutExpired as error:
                raise Problems([problems.kindle_slow(place, f"{self.seconds:g}")]) from error
            data = running.left(folder / "out.azw3", _LARGEST) or b""
        if data[_SIGN_AT : _SIGN_AT + len(_SIGN)] != _SIGN:
            raise Problems([problems.kindle_failed(place)])
        return data

    def _command(self, folder: Path) -> list[str]:
        interpreter = self.program.with_name(_INTERPRETER + self.program.suffix)
        start = (
            [str(interpreter), "-e", str(folder / "same.py"), "--"] if interpreter.is_file() else [str(self.program)]
        )
        return [*start, str(folder / "in.epub"), str(folder / "out.azw3"), *_OPTIONS]

    def _environment(self, folder: Path) -> dict[str, str]:
        own = str(folder / "own")
        return {
            **self.environment,
            "CALIBRE_CONFIG_DIRECTORY": own,
            "CALIBRE_CACHE_DIRECTORY": own,
            "CALIBRE_TEMP_DIR": own,
            "PYTHONHASHSEED": "0",
        }
