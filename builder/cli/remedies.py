"""Something this machine lacks comes in; the command that brings it goes out, as this system says it."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from builder.cli.words import Words

# Package manager → how it installs, and what it calls the things this program needs.
MANAGERS = {
    "apt-get": (
        "sudo apt-get install",
        {
            "pango": "libpango-1.0-0",
            "pangoft2": "libpangoft2-1.0-0",
            "harfbuzz": "libharfbuzz-subset0",
            "java": "default-jre-headless",
            "office": "libreoffice-writer-nogui",
            "calibre": "calibre",
        },
    ),
    "dnf": (
        "sudo dnf install",
        {
            "pango": "pango",
            "pangoft2": "pango",
            "harfbuzz": "harfbuzz",
            "java": "java-latest-openjdk-headless",
            "office": "libreoffice-writer",
            "calibre": "calibre",
        },
    ),
    "pacman": (
        "sudo pacman -S",
        {
            "pango": "pango",
            "pangoft2": "pango",
            "harfbuzz": "harfbuzz",
            "java": "jre-openjdk-headless",
            "office": "libreoffice-fresh",
            "calibre": "calibre",
        },
    ),
    "zypper": (
        "sudo zypper install",
        {
            "pango": "libpango-1_0-0",
            "pangoft2": "libpango-1_0-0",
            "harfbuzz": "libharfbuzz-subset0",
            "java": "java-21-openjdk-headless",
            "office": "libreoffice-writer",
            "calibre": "calibre",
        },
    ),
    "apk": (
        "sudo apk add",
        {
            "pango": "pango",
            "pangoft2": "pango",
            "harfbuzz": "harfbuzz-subset",
            "java": "openjdk21-jre-headless",
            "office": "libreoffice-writer",
            "calibre": "calibre",
        },
    ),
    "brew": (
        "brew install",
        {
            "pango": "pango",
            "pangoft2": "pango",
            "harfbuzz": "harfbuzz",
            "java": "openjdk",
            "office": "libreoffice",
            "calibre": "calibre",
        },
    ),
}

_FROM_A_PAGE = {"java", "office", "calibre"}  # on Windows


def remedy(thing: str, words: Words) -> str:
    """Return the command that brings something to this system.

    It is ``pango``, ``pangoft2``, ``harfbuzz``, ``java``, ``office`` or ``calibre``.
    """
    for manager, (command, packages) in MANAGERS.items():
        if shutil.which(manager):
            return f"{command} {packages[thing]}"
    if os.name == "nt":
        return words(f"doctor.{thing if thing in _FROM_A_PAGE else 'pango'}_windows")
    return words("doctor.any_system", packages=MANAGERS["brew"][1][thing])


def library_remedy(library: str, words: Words) -> str:
    """Return the command for a library by its file name; those that come along with Pango ask for Pango."""
    for thing in ("pangoft2", "harfbuzz"):
        if thing in library:
            return remedy(thing, words)
    return remedy("pango", words)
