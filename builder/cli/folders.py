"""The name of a folder that belongs to the program comes in; where it stands on this machine goes out."""

from __future__ import annotations

import os
import sys
from importlib import resources
from pathlib import Path


def own(name: str) -> Path:
    """Find ``layouts`` or ``fonts``: inside the installed package, or beside it in a checkout."""
    package = Path(str(resources.files("builder")))
    packed = package / f"_{name}"
    return packed if packed.is_dir() else package.parent / name


def profiles() -> tuple[Path, ...]:
    """List where this system keeps colour profiles, those of ``ANPHAM_PROFILES`` (a list like ``PATH``) first."""
    own = [Path(each) for each in os.environ.get("ANPHAM_PROFILES", "").split(os.pathsep) if each]
    if sys.platform == "win32":
        return (*own, Path(os.environ.get("SYSTEMROOT", r"C:\Windows"), "System32", "spool", "drivers", "color"))
    home = Path(os.path.expanduser("~"))  # noqa: PTH111 - Path refuses someone without a home
    if sys.platform == "darwin":
        return (*own, home / "Library/ColorSync/Profiles", Path("/Library/ColorSync/Profiles"))
    return (*own, home / ".local/share/icc", home / ".color/icc", Path("/usr/share/color/icc"))


def cache() -> Path:
    """Find the folder of what was set before: ``ANPHAM_CACHE``, or where this system keeps such things."""
    if wish := os.environ.get("ANPHAM_CACHE"):
        return Path(wish)
    from platformdirs import user_cache_path  # noqa: PLC0415 - help must come at once

    return _absolute(user_cache_path("anpham", appauthor=False))


def settings() -> Path:
    """Find the folder of the person's settings: ``ANPHAM_CONFIG``, or where this system keeps such things."""
    if wish := os.environ.get("ANPHAM_CONFIG"):
        return Path(wish)
    from platformdirs import user_config_path  # noqa: PLC0415 - help must come at once

    return _absolute(user_config_path("anpham", appauthor=False))


def _absolute(found: Path) -> Path:
    # Someone without a home gets "~/…" back: a place that refuses is better than a folder called ~ among the sources.
    return found if found.is_absolute() else Path(os.devnull, "anpham")
