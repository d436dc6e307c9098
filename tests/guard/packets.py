"""
No packet leaves this machine while tests run: each process of theirs is looked at from within.

Python tells an audit hook of each connection before it is made, whichever library asks for it.
"""

from __future__ import annotations

import ipaddress
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

LOG = "TESTS_OUTSIDE_PACKETS"
"""Variable of the environment: the file in which packets are noted, of all processes."""
SENDS = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg"})
ASKS = frozenset({"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"})
HERE = frozenset({"", "localhost", "0.0.0.0", "::"})

Heard = tuple[str, tuple[Any, ...]]
"""An event of Python's and what it is about."""
_listeners: list[Callable[[Heard], None]] = []


def guard(log: Path) -> None:
    """Refuse and note what would leave this process, and those that it starts, from now on."""
    os.environ[LOG] = str(log)
    before = os.environ.get("PYTHONPATH", "")
    own = str(Path(__file__).parent)
    if own not in before.split(os.pathsep):
        os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (own, before)))
    sys.addaudithook(_hear)


@contextmanager
def heard(*events: str) -> Iterator[list[Heard]]:
    """Events of this process that begin with one of these words, as long as the context lasts."""
    found: list[Heard] = []

    def hear(one: Heard) -> None:
        if one[0].startswith(events):
            found.append(one)

    _listeners.append(hear)
    try:
        yield found
    finally:
        _listeners.remove(hear)


def origins(events: Iterable[Heard]) -> set[str]:
    """Where connections among the events went to, as ``http://host:port``."""
    return {
        f"http://{args[1][0]}:{args[1][1]}"
        for event, args in events
        if event == "socket.connect" and isinstance(args[1], tuple)
    }


def packets() -> list[str]:
    """What would have left since this was asked last, a line each."""
    log = Path(os.environ[LOG])
    try:
        lines = log.read_text("utf-8").splitlines()
    except FileNotFoundError:
        return []
    log.unlink()
    return lines


def _hear(event: str, args: tuple[Any, ...]) -> None:
    if _listeners:
        for listener in tuple(_listeners):
            listener((event, args))
    if event in SENDS:
        address = args[1]
        # Other families than the internet's are of this machine.
        if not isinstance(address, tuple) or not isinstance(address[0], str):
            return
        host, port, named = address[0], int(address[1]), False
    elif event in ASKS:
        host, port, named = _text(args[0]), 0, True
    else:
        return
    if not is_outside(host, named=named):
        return
    number = os.open(os.environ[LOG], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(number, f"{event} {host} {port} of {' '.join(sys.argv)[:200]}\n".encode())
    finally:
        os.close(number)
    raise PermissionError(f"tests send nothing outside: {event} {host} {port}")


def is_outside(host: str, *, named: bool = False) -> bool:
    """
    Whether a packet for a host leaves this machine.

    Args:
        host: An address or a name.
        named: Whether it is looked up only, so that an address needs no packet.
    """
    if host in HERE:
        return False
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return True
    mapped = getattr(address, "ipv4_mapped", None) or address
    return not named and not mapped.is_loopback


def _text(host: object) -> str:
    if isinstance(host, bytes | bytearray):
        return bytes(host).decode("ascii", "replace")
    return str(host or "")
