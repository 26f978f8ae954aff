"""The bytes of a connection come in; requests go out that are small, whole, without a body and of a known version."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

import h11

if TYPE_CHECKING:
    from builder.serving.nouns import Limits

VERSIONS = (b"1.0", b"1.1")


class Reading(h11.Connection):
    """What is read of a connection; ``fault`` is the status to answer with once something was refused.

    h11 refuses what is no HTTP (RFC 9112); refused here is what is, and has no business with a site that is only read.
    """

    def __init__(self, limits: Limits) -> None:
        super().__init__(h11.SERVER, limits.head_bytes)
        self.limits = limits
        self.fault = HTTPStatus.BAD_REQUEST

    def next_event(self) -> h11.Event | type[h11.NEED_DATA | h11.PAUSED]:
        """Read on.

        Raises:
            RemoteProtocolError: what is said is refused.
        """
        try:
            event = super().next_event()
            if isinstance(event, h11.Request):
                self._judge(event)
        except h11.RemoteProtocolError as error:
            self.fault = HTTPStatus(error.error_status_hint)
            raise
        return event

    def _judge(self, request: h11.Request) -> None:
        """Refuse a request that has a fault.

        Raises:
            RemoteProtocolError: it has one.
        """
        if fault := self._fault_of(request):
            raise h11.RemoteProtocolError(fault.phrase, fault)

    def _fault_of(self, request: h11.Request) -> HTTPStatus | None:
        """Tell why a request is refused: h11 measures only heads that are not whole yet."""
        size = len(request.target) + sum(len(name) + len(value) + len(": \r\n") for name, value in request.headers)
        if request.http_version not in VERSIONS:
            return HTTPStatus.HTTP_VERSION_NOT_SUPPORTED
        if len(request.target) > self.limits.target_bytes:
            return HTTPStatus.REQUEST_URI_TOO_LONG
        if size > self.limits.head_bytes or len(request.headers) > self.limits.headers:
            return HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
        if any(_announces_a_body(name, value) for name, value in request.headers):
            return HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        return None


def _announces_a_body(name: bytes, value: bytes) -> bool:
    return name == b"transfer-encoding" or (name == b"content-length" and value.strip(b"0") != b"")
