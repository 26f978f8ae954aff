"""What a browser asks for comes in; the page, its pictures, its news, the finished files go out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from builder.preview import page, telling
from builder.preview.laying import named
from builder.preview.news import News
from builder.preview.nouns import Look
from builder.preview.pictures import Pictures
from builder.serving import media_type

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.types import ASGIApp, Receive, Scope, Send

    from builder.preview.desk import Desk
    from builder.preview.words import Words

FOR_EVER = {"cache-control": "private, max-age=31536000, immutable"}
ANEW = {"cache-control": "no-store"}
MARK = re.compile(r"[0-9a-f]{64}")
LONGEST = 200
"""Characters of a name; no edition has a longer one."""
WIDTHS = range(16, 4001)
NUMBERS = range(1, 1_000_000_000)


def application(desk: Desk, words: Words, slug: str) -> ASGIApp:
    """Answer with what lies on a desk; nothing of the disk is ever asked for.

    Args:
        desk: where everything lies.
        words: of the preview.
        slug: of the publication.
    """
    answers = _Answers(desk, words, slug)
    routes = [
        Route("/", answers.page),
        Route("/events", answers.events),
        Route("/preview/{name}", answers.static),
        Route("/layings/{number}.json", answers.laying),
        Route("/pages/{mark}/{width}.png", answers.picture),
        Route("/pages/{mark}.txt", answers.words_on),
        Route("/files/{number}/{name}.pdf", answers.pdf),
        Route("/files/{number}/{name}.epub", answers.epub),
        Route("/ebooks/{number}/{path:path}", answers.ebook),
    ]
    return Starlette(routes=routes)


class _Answers:
    """Answers each kind of question; what is not there any more, or never was, is not found."""

    def __init__(self, desk: Desk, words: Words, slug: str) -> None:
        self.desk = desk
        self.words = words
        self.slug = slug
        self.pictures = Pictures(desk)

    async def page(self, _request: Request) -> Response:
        return Response(page.page(self.words, self.slug), media_type="text/html", headers=ANEW)

    async def static(self, request: Request) -> Response:
        name = request.path_params["name"]
        try:
            return Response(page.static(name), media_type=page.STATIC[name], headers=ANEW)
        except KeyError:
            raise HTTPException(404) from None

    async def events(self, request: Request) -> Response:
        asked = request.query_params
        look = Look(asked.get("edition", "")[:LONGEST], asked.get("part", "")[:LONGEST])
        return _Handing(News(self.desk, self.words, look, ebook=asked.get("view") == "ebook"))

    async def laying(self, request: Request) -> Response:
        laid = self.desk.laying(_number(request, NUMBERS))
        if laid is None:
            raise HTTPException(404)
        return JSONResponse(telling.laying(laid, self.words), headers=ANEW)

    async def picture(self, request: Request) -> Response:
        drawn = await self.pictures.picture(_mark(request), _number(request, WIDTHS, "width"))
        if drawn is None:
            raise HTTPException(404)
        return Response(drawn, media_type="image/png", headers=FOR_EVER)

    async def words_on(self, request: Request) -> Response:
        read = await self.pictures.words(_mark(request))
        if read is None:
            raise HTTPException(404)
        return Response(read, media_type="text/plain", headers=FOR_EVER)

    async def pdf(self, request: Request) -> Response:
        laid = self.desk.laying(_number(request, NUMBERS))
        if laid is None or not laid.pdf:
            raise HTTPException(404)
        return _file(laid.pdf, "application/pdf", named(laid.name, "pdf"))

    async def epub(self, request: Request) -> Response:
        bound = self.desk.bound(_number(request, NUMBERS))
        if bound is None:
            raise HTTPException(404)
        return _file(bound.epub, "application/epub+zip", named(bound.name, "epub"))

    async def ebook(self, request: Request) -> Response:
        bound, path = self.desk.bound(_number(request, NUMBERS)), request.path_params["path"]
        data = bound.files.get(path) if bound else None
        if data is None:
            raise HTTPException(404)
        return Response(data, media_type=media_type(path), headers=ANEW)


class _Handing(Response):
    """Hands a question to an application that answers it as long as somebody listens."""

    def __init__(self, answer: ASGIApp) -> None:
        super().__init__()
        self.answer = answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.answer(scope, receive, send)


def _file(data: bytes, kind: str, name: str) -> Response:
    return Response(data, media_type=kind, headers=ANEW | {"content-disposition": f'attachment; filename="{name}"'})


def _number(request: Request, among: range, name: str = "number") -> int:
    """Read a number of an address.

    Raises:
        HTTPException: 404, when there cannot be such a one.
    """
    written = request.path_params[name]
    if not re.fullmatch(r"[1-9][0-9]{0,8}", written) or int(written) not in among:
        raise HTTPException(404)
    return int(written)


def _mark(request: Request) -> str:
    """Read what a page looks like.

    Raises:
        HTTPException: 404, when nothing looks like that.
    """
    mark = str(request.path_params["mark"])
    if not MARK.fullmatch(mark):
        raise HTTPException(404)
    return mark
