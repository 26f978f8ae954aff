"""Nothing comes in; the files of a source folder to start from go out, comments and all."""

from __future__ import annotations

from importlib import resources

FILES = (
    "README.md",
    "publication.yaml",
    "program.md",
    "commentary/01-lam-ro-them.md",
    "sessions/01-buoi-mot.md",
    "glossary.md",
)


def starter() -> dict[str, str]:
    """Return the files of a new source folder: path inside it → text."""
    packed = resources.files("builder").joinpath("intake", "blank")
    return {name: packed.joinpath(name).read_text("utf-8") for name in FILES}
