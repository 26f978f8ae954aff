"""Nothing comes in; the addresses and names at which other machines of the local network find this one go out."""

from __future__ import annotations

import ipaddress
import re
import socket
import struct
import sys
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from builder.cli.frame import WrongLine
from builder.cli.words import here
from builder.serving import Limits

if TYPE_CHECKING:
    from collections.abc import Iterator

# A UDP socket that is connected sends nothing, and knows which of this machine's addresses it would send from: to the
# world (an address for examples, RFC 5737), to the guests of a hotspot of Linux, of Windows, of macOS.
TOWARDS = ("192.0.2.1", "10.42.0.2", "192.168.137.2", "192.168.2.2")
INSIDE = re.compile(r"(?:br-|cni|docker|lo|lxc|lxd|podman|vboxnet|veth|virbr|vmnet)")  # no other machine is there
ASKED = {"linux": 0x8915, "darwin": 0xC0206921}  # SIOCGIFADDR of <linux/sockios.h>, <sys/sockio.h>
REQUEST = struct.Struct("16s16s8s")  # struct ifreq: a name, a socket address whose bytes 4 to 8 are the IPv4 address
OWN_FILES = 80  # the program's own, and connections that it is just being given
MOST_PORT = 65_535
NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?", re.IGNORECASE)  # RFC 1123, 2.1


def ports(typed: str, command: str, otherwise: tuple[int, ...]) -> tuple[int, ...]:
    """Read the port that a command is to listen at; those to try when none was typed.

    Raises:
        WrongLine: when it is no number from 1 to 65535.
    """
    if not typed:
        return otherwise
    number = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) <= len(str(MOST_PORT)) else 0
    if not 1 <= number <= MOST_PORT:
        values = {"name": "--port", "value": typed, "least": 1, "most": MOST_PORT}
        raise WrongLine(here()("impose.wrong_number", **values), command)
    return (number,)


def limits() -> Limits:
    """Return how much anybody gets of this machine: no more connections than it gives the program open files for."""
    usual = Limits()
    if sys.platform == "win32":
        return usual
    import resource  # noqa: PLC0415 - Windows has none

    files = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    if files == resource.RLIM_INFINITY:
        return usual
    return replace(usual, connections=max(1, min(usual.connections, (files - OWN_FILES) // 2)))


def addresses() -> tuple[str, ...]:
    """Return this machine's IPv4 addresses on local networks, that of the way into the world first.

    An address that the whole world could reach is none: what is shown to a hall is not shown to everybody.
    """
    found = (*_outward(), *_of_interfaces(), *_of_the_name())
    return tuple(dict.fromkeys(filter(is_local, found)))


def names() -> tuple[str, ...]:
    """Return what other machines may call this one: its name, and its name in a network without a server for names."""
    name = socket.gethostname().partition(".")[0].lower()
    return (name, f"{name}.local") if NAME.fullmatch(name) else ()  # RFC 6762, 3


def is_local(address: str) -> bool:
    """Tell whether an address is one of a local network (RFC 1918, 3927, 6598), and not this machine's own."""
    known = ipaddress.ip_address(address)
    return not (known.is_global or known.is_loopback or known.is_unspecified or known.is_multicast)


def _outward() -> Iterator[str]:
    for target in TOWARDS:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe, suppress(OSError):
            probe.connect((target, 9))
            yield str(probe.getsockname()[0])


def _of_interfaces() -> Iterator[str]:
    """Ask the system for the address of each interface; Windows tells them by the machine's name."""
    if sys.platform == "win32" or sys.platform not in ASKED:
        return
    import fcntl  # noqa: PLC0415 - Windows has none

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        for _, name in socket.if_nameindex():
            if not INSIDE.match(name):
                with suppress(OSError):  # one without an address
                    request = REQUEST.pack(name.encode(), b"", b"")
                    told = REQUEST.unpack(fcntl.ioctl(asking, ASKED[sys.platform], request))[1]
                    yield socket.inet_ntoa(told[4:8])


def _of_the_name() -> list[str]:
    told: list[tuple[socket.AddressFamily, socket.SocketKind, int, str, tuple[str | int, ...]]] = []
    if sys.platform == "win32":
        with suppress(OSError):
            told = socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)
    return [str(each[4][0]) for each in told]
