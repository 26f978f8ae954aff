"""A folder comes in; an application goes out that answers with its files, and with nothing else of the disk."""

from __future__ import annotations

import os
import re
from hashlib import sha256
from http import HTTPStatus
from itertools import chain
from pathlib import PurePath, PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.staticfiles import NotModifiedResponse, StaticFiles

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from starlette.types import ASGIApp, Receive, Scope, Send

EBOOKS = {
    ".kepub.epub": "application/kepub+zip",
    ".epub": "application/epub+zip",
    ".azw3": "application/vnd.amazon.mobi8-ebook",
}
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".gif": "image/gif",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webp": "image/webp",
    ".woff": "font/woff",
    ".xhtml": "application/xhtml+xml",
    ".xml": "application/xml",
    ".zip": "application/zip",
}
FEEDS = {("opds", ".xml"): "application/atom+xml;profile=opds-catalog", ("opds2", ".json"): "application/opds+json"}
SUMS = "SHA256SUMS"
OTHERWISE = "application/octet-stream"
ONE_RANGE = re.compile(rb"bytes=(?:\d{1,15}-\d{0,15}|-\d{1,15})")
LASTING = re.compile(r"[0-9a-f]{16}\.woff")  # named by what is in it
NO_NAME = re.compile(r"\.|.*[:\\\x00-\x1f]|.*[. ]$", re.DOTALL)  # hidden, or more than a name to some system


def application(folder: Path, *, missing: str = "") -> ASGIApp:
    """Answer with the files of a static site: for a folder with its ``index.html``, for what is hidden with nothing.

    Files may be taken up again where they broke off (one ``Range`` at a time; of several the whole file comes), and
    are asked for again only when they have become others (``ETag``).

    Args:
        folder: of the site; it may become another while it is served.
        missing: a page (HTML) for what is not there; a site's own ``404.html`` goes before it.
    """
    return _Site(folder, missing)


class _Site(StaticFiles):
    """Starlette's static files (no way out of the folder, GET and HEAD only), told what a site of books is."""

    def __init__(self, folder: Path, missing: str) -> None:
        super().__init__(directory=folder, html=True, check_dir=False)
        self.config_checked = True  # a folder that is not there answers with nothing
        self.folder = folder
        self.missing = missing

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer."""
        if scope["type"] != "http":
            return
        try:
            await super().__call__({**scope, "headers": list(_heard(scope))}, receive, send)
        except HTTPException as error:
            await self._without(error)(scope, receive, send)

    def get_path(self, scope: Scope) -> str:
        """Return the way to a file.

        Raises:
            HTTPException: 404 for what is hidden, and for names that some system takes for more than a name.
        """
        if any(map(NO_NAME.match, str(scope["path"]).split("/"))):
            raise HTTPException(404)
        return super().get_path(scope)

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Answer with a file, or lead to a folder's slash: from where one is, whatever this machine is called."""
        response = await super().get_response(path, scope)
        if not isinstance(response, RedirectResponse):
            return response
        asked = f"?{scope['query_string'].decode('ascii')}" if scope["query_string"] else ""
        return RedirectResponse(f"{quote(scope['path'].rpartition('/')[2])}/{asked}")

    def lookup_path(self, path: str) -> tuple[str, os.stat_result | None]:
        """Find a file; what is hidden under whatever name, or refused for whatever reason, is not there."""
        try:
            full_path, found = super().lookup_path(path)
        except OSError:
            return "", None
        # Windows has a second, short name for every file (GIT~1), and a link may have any.
        within = os.path.relpath(full_path, os.path.realpath(self.folder)) if found else ""
        return ("", None) if any(map(NO_NAME.match, PurePath(within).parts)) else (full_path, found)

    def file_response(
        self, full_path: str | os.PathLike[str], stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        """Answer with a file, or say that whoever asks has it already.

        Raises:
            HTTPException: 404 for a file that is asked for as if it were a folder.
        """
        name, folders = PurePath(full_path).name, PurePosixPath(scope["path"]).parts
        if scope["path"].endswith(f"/{name}/"):
            raise HTTPException(404)
        headers = {"etag": _tag(stat_result), "cache-control": _kept(name)}
        taken = name if name.endswith(tuple(EBOOKS)) else None  # a browser would not know what to do with it
        kind = media_type(name, folders)
        answer = FileResponse(full_path, status_code, headers, kind, filename=taken, stat_result=stat_result)
        same = self.is_not_modified(answer.headers, Headers(scope=scope))
        return NotModifiedResponse(answer.headers) if same else answer

    def _without(self, error: HTTPException) -> Response:
        if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            return PlainTextResponse(status_code=error.status_code, headers=error.headers)
        return HTMLResponse(self.missing, HTTPStatus.NOT_FOUND)


def _heard(scope: Scope) -> Iterator[tuple[bytes, bytes]]:
    """The headers that are listened to; of ranges only one at a time, as an interrupted download asks for it."""
    for name, value in scope["headers"]:
        if name in (b"host", b"if-none-match", b"if-range") or (name == b"range" and ONE_RANGE.fullmatch(value)):
            yield name, value


def media_type(name: str, folders: tuple[str, ...] = ()) -> str:
    """Say what a file of a site is, by its name and the folders it lies in."""
    suffix = PurePath(name).suffix.lower()
    books = (kind for ending, kind in EBOOKS.items() if name.endswith(ending))
    feeds = (kind for (folder, ending), kind in FEEDS.items() if folder in folders and ending == suffix)
    return TYPES[".txt"] if name == SUMS else next(chain(books, feeds), TYPES.get(suffix, OTHERWISE))


def _tag(found: os.stat_result) -> str:
    """Tell a file from one that took its place, though it be as long and of the same time."""
    facts = (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)
    return f'"{sha256(repr(facts).encode()).hexdigest()[:32]}"'


def _kept(name: str) -> str:
    return "public, max-age=31536000, immutable" if LASTING.fullmatch(name) else "no-cache"
