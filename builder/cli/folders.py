"""The name of a folder that belongs to the program comes in; where it stands on this machine goes out."""

from __future__ import annotations

from importlib import resources
from pathlib import Path


def own(name: str) -> Path:
    """Find ``layouts`` or ``fonts``: inside the installed package, or beside it in a checkout."""
    package = Path(str(resources.files("builder")))
    packed = package / f"_{name}"
    return packed if packed.is_dir() else package.parent / name
