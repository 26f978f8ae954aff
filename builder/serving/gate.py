"""An application comes in; it goes out behind a gate: for those who ask by its name, and not at another's bidding."""

from __future__ import annotations

import re
from http import HTTPStatus
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse

if TYPE_CHECKING:
    from collections.abc import Collection

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
"""What this machine calls itself."""

METHODS = ("GET", "HEAD")
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; frame-src 'self'; manifest-src 'self'; media-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'self'"
)
"""What a page may use (CSP 3): its own site only. Styles may stand in a page, as in figures; scripts may not."""

_AUTHORITY = re.compile(r"(?:\[([0-9a-f:.]{2,45})\]|([a-z0-9_-]+(?:\.[a-z0-9_-]+)*)\.?)(?::[0-9]{1,5})?", re.IGNORECASE)
_NEVER = re.compile(r"[\x00-\x1f\x7f\\]|//|/\.{1,2}(?:/|$)")  # in a path, once it is unquoted
_QUOTED_SEPARATOR = re.compile(rb"%(?:2f|5c)", re.IGNORECASE)


def guarded(
    app: ASGIApp,
    *,
    hosts: Collection[str] = LOOPBACK,
    links: bool = False,
    near: bool = False,
    policy: str = POLICY,
) -> ASGIApp:
    """Put an application behind a gate. It is for an application that only shows.

    Refused are: other methods than GET and HEAD (405); paths that are not what they seem (400); hosts it does not go by
    (421), so that a name that was turned to this machine's address leads nowhere (DNS rebinding); what another site's
    page asks for (403: Fetch Metadata, ``Origin``; CORP and CSP tell a browser the same).

    Args:
        app: what answers.
        hosts: the names it goes by, in small letters, without ports; besides, the address a connection came in at.
        links: links of other sites may lead here.
        near: only machines of the local network are answered, though a router lead others here (403).
        policy: what its pages may use.
    """

    async def gate(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await app(scope, receive, send)
        elif scope["type"] == "http":
            told = _telling(send, policy, links=links)
            status = _refusal(scope, hosts, links=links, near=near)
            await (_refused(status) if status else app)(scope, receive, told)

    return gate


def _refusal(scope: Scope, hosts: Collection[str], *, links: bool, near: bool) -> HTTPStatus | None:
    headers = Headers(scope=scope)
    if near and not _is_near(scope):
        return HTTPStatus.FORBIDDEN
    if scope["method"] not in METHODS:
        return HTTPStatus.METHOD_NOT_ALLOWED
    if not _is_plain(scope["raw_path"]):
        return HTTPStatus.BAD_REQUEST
    said = headers.getlist("host")
    if len(said) != 1 or not (name := _name_in(said[0])):
        return HTTPStatus.BAD_REQUEST
    if name not in hosts and name != _arrived_at(scope):
        return HTTPStatus.MISDIRECTED_REQUEST
    return None if _is_ones_own_wish(headers, said[0], links=links) else HTTPStatus.FORBIDDEN


def _name_in(host: str) -> str:
    """The name in ``Host`` (RFC 9110, 7.2) in small letters, without port, brackets and the dot at its end."""
    found = _AUTHORITY.fullmatch(host)
    return (found[1] or found[2]).lower() if found else ""


def _arrived_at(scope: Scope) -> str:
    """The address of this machine that a connection came in at: asked for by its number, no name can deceive."""
    return str((scope.get("server") or ("",))[0]).lower()


def _is_near(scope: Scope) -> bool:
    try:
        return not ip_address((scope.get("client") or ("",))[0]).is_global
    except ValueError:
        return False


def _is_plain(raw: bytes) -> bool:
    """Tell whether a path is one, in UTF-8, without anything that systems read as more than a name."""
    try:
        path = unquote_to_bytes(raw).decode("utf-8")
    except UnicodeDecodeError:
        return False
    return path.startswith("/") and not _NEVER.search(path) and not _QUOTED_SEPARATOR.search(raw)


def _is_ones_own_wish(headers: Headers, host: str, *, links: bool) -> bool:
    """Tell whether a request is a person's, or a page's of this site (Fetch Metadata; RFC 6454, 7).

    A browser says so to its own machine, and over HTTPS; across the local network it says only ``Origin``, when a
    script asks. Pictures and scripts it then loads and, told ``Cross-Origin-Resource-Policy``, keeps from that page.
    """
    site, origin = headers.get("sec-fetch-site", "none"), headers.get("origin")
    if origin is not None and origin.lower() != f"http://{host}".lower():
        return False
    if site in ("none", "same-origin"):
        return True
    opens = headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"
    return links and opens


def _refused(status: HTTPStatus) -> ASGIApp:
    headers = {"allow": ", ".join(METHODS)} if status is HTTPStatus.METHOD_NOT_ALLOWED else {}
    return PlainTextResponse(f"{status} {status.phrase}\n", status, headers)


def _telling(send: Send, policy: str, *, links: bool) -> Send:
    """Say with every answer what a browser may do with it; what an application says itself stands."""
    said = {
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "cross-origin-resource-policy": "same-origin",
        "x-frame-options": "SAMEORIGIN",
        "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        "content-security-policy": policy,
    }
    if not links:
        said["cross-origin-opener-policy"] = "same-origin"

    async def telling(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in said.items():
                headers.setdefault(name, value)
        await send(message)

    return telling
