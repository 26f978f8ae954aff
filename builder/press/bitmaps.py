"""A drawing (SVG) and its size come in; a picture of it in dots goes out, for programs that draw none."""

from __future__ import annotations

import io

import weasyprint
from weasyprint.urls import URLFetcher, URLFetcherResponse

from builder.press import readback

ADDRESS = "drawing:"
DENSITY = 3  # dots in a point: 216 to the inch, enough for an office printer
MOST_DOTS = 3000  # on a side: what a leaf of A4 has at that density
PAGE = (
    "<style>@page {{ size: {width}pt {height}pt; margin: 0 }} body {{ margin: 0 }}"
    "img {{ display: block; width: {width}pt; height: {height}pt }}</style>"
    f'<img src="{ADDRESS}" alt="">'
)


class _Drawing(URLFetcher):  # type: ignore[misc] # WeasyPrint has no types
    """Hands out the one drawing and fetches nothing."""

    def __init__(self, data: bytes) -> None:
        """Take the drawing's bytes."""
        super().__init__(allowed_protocols=())
        self.data = data

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:  # noqa: ARG002 - WeasyPrint's signature
        """Return the drawing whatever is asked for: it refers to nothing outside itself."""
        return URLFetcherResponse(url, self.data, {"Content-Type": "image/svg+xml"})


def bitmap(data: bytes, width: float, height: float) -> bytes:
    """Return a PNG of a drawing of so many points; one larger than a leaf is drawn in as many dots as a leaf.

    Raises:
        OSError: when the libraries that draw are not on this machine.
    """
    page = PAGE.format(width=round(width, 2), height=round(height, 2))
    pdf = weasyprint.HTML(string=page, url_fetcher=_Drawing(data)).write_pdf()
    with readback.opened(pdf) as document:
        picture = document[0].render(scale=min(DENSITY, MOST_DOTS / max(width, height))).to_pil().convert("RGB")
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    return buffer.getvalue()
