"""``anpham serve``: a shelf comes in; members of the house read it in their browsers, till Ctrl-C."""

from __future__ import annotations

import gc
import html
import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from builder import codes, problems, serving
from builder.cli import network
from builder.cli.boundary import Status
from builder.cli.display import Wish, on_show
from builder.cli.frame import WrongLine, filled
from builder.cli.words import here
from builder.problems import Place, Problems

if TYPE_CHECKING:
    from builder.cli.display import Display
    from builder.cli.words import Words
    from builder.serving import Standing

COMMAND = "anpham serve"
PORTS = (*range(8470, 8480), 0)  # the same again where it can be: whoever came before finds it where it was
FEW_OBJECTS = 5_000  # till Python looks for garbage: a server goes on, and every request leaves some
HERE, EVERYWHERE = "127.0.0.1", "0.0.0.0"  # noqa: S104 - asked for by --network, and local addresses alone get answers


@dataclass(frozen=True, slots=True)
class Order:
    """What is wanted, as it was typed."""

    shelf: str
    port: str
    title: str
    site: str
    network: bool
    yes: bool
    copies: bool


def run(order: Order) -> Status:
    """Serve a shelf until Ctrl-C.

    Raises:
        Problems: ``NETWORK_MISSING``, ``PORT_TAKEN``, ``PORT_REFUSED``, ``FILE_MISSING``, and what ``works.publish``
            refuses.
        WrongLine: when options do not go together, or a port is none.
    """
    words = here()
    ports = network.ports(order.port, COMMAND, PORTS)
    addresses = network.addresses() if order.network else (HERE,)
    if not addresses:
        raise Problems([problems.network_missing(Place())])
    display = _display(order, words)
    app = serving.guarded(
        serving.application(display.site if display else Path(order.site), missing=_missing(words)),
        hosts={*serving.LOOPBACK, *addresses, *(network.names() if order.network else ())},
        links=True,
        near=True,
    )

    def started(stands: Standing) -> None:
        gc.set_threshold(FEW_OBJECTS)
        _tell(stands, addresses, order, words)
        if display:
            display.keep_up()

    serving.run(app, host=EVERYWHERE if order.network else HERE, ports=ports, started=started, limits=network.limits())
    print(f"\n{words('serve.ended')}")
    return Status.DONE


def _display(order: Order, words: Words) -> Display | None:
    """Put the shelf on show; none where a site is there already."""
    if not order.site:
        wish = Wish(Path(order.shelf), order.title, order.copies, order.network, order.yes, COMMAND)
        return on_show(wish, words)
    for name, given in (("--title", order.title), ("--copies", order.copies)):
        if given:
            raise WrongLine(words("line.not_with", name=name, other="--site"), COMMAND)
    front = Path(order.site, "index.html")
    if not front.is_file():
        raise Problems([problems.file_missing(Place(str(front)))])
    return None


def _missing(words: Words) -> str:
    """Write the page for what is not there."""
    title, front = html.escape(words("serve.missing")), html.escape(words("serve.front"))
    return (
        f'<!doctype html>\n<html lang="{words.language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{title}</title><link rel="stylesheet" href="/site.css"></head>\n'
        f'<body><main><h1>{title}</h1><p><a href="/">{front}</a></p></main></body></html>\n'
    )


# --- what is said ---------------------------------------------------------------------------------


def _tell(stands: Standing, addresses: tuple[str, ...], order: Order, words: Words) -> None:
    """Say where it stands, who can come and how it ends."""
    links = [f"http://{address}:{stands.port}/" for address in addresses]
    print(words("serve.on_network" if order.network else "serve.on_this_machine"))
    print("".join(f"\n    {link}" for link in links) + "\n")
    if order.network:
        if _shows_codes() and _draw(links[0]):
            print(filled(words("serve.scan")))
        print(filled(words("serve.who")))
        print(filled(words("serve.blocked")))
    else:
        print(filled(words("serve.alone")))
    print(filled(words("serve.stop")), flush=True)


def _shows_codes() -> bool:
    """Tell whether there is a terminal to draw on, whose letters are enough."""
    try:
        "▀▄█".encode(sys.stdout.encoding)
    except UnicodeEncodeError:
        return False
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def _draw(link: str) -> bool:
    """Draw the code of an address, black on white on whatever ground the terminal has, if there is room for it."""
    from rich.console import Console  # noqa: PLC0415 - a tenth of a second that help does without
    from rich.text import Text  # noqa: PLC0415

    code = codes.code(link)
    if code.modules > shutil.get_terminal_size().columns:
        return False
    Console(highlight=False).print(Text("\n".join(code.lines()), style="bright_white on black"), soft_wrap=True)
    print()
    return True
