"""Nothing leaves this machine while tests run, and what would is noticed."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Callable

import pytest

from guard.packets import is_outside, packets

pytestmark = pytest.mark.assurance("no-outside-packet")


def connect() -> None:
    with socket.socket() as one:
        one.connect(("192.0.2.1", 443))


def send() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        one.sendto(b"x", ("198.51.100.1", 53))


def look_up() -> None:
    socket.getaddrinfo("www.example.org", 443)


@pytest.mark.parametrize("act", [connect, send, look_up])
def test_what_would_leave_is_refused_and_noticed(act: Callable[[], None]) -> None:
    """Connections, single packets and look-ups of names, whoever asks for them."""
    with pytest.raises(PermissionError, match="tests send nothing outside"):
        act()
    (line,) = packets()
    assert line.startswith("socket.")


def test_a_program_that_is_started_is_guarded_too() -> None:
    """A process of Python's own does not reach the outside either."""
    code = "import urllib.request; urllib.request.urlopen('http://203.0.113.1/', timeout=1)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "tests send nothing outside" in done.stderr
    (line,) = packets()
    assert "203.0.113.1 80" in line


@pytest.mark.parametrize(
    ("host", "named", "outside"),
    [
        ("127.0.0.1", False, False),
        ("127.9.9.9", False, False),
        ("::1", False, False),
        ("::ffff:127.0.0.1", False, False),
        ("localhost", True, False),
        ("192.0.2.1", True, False),
        ("192.0.2.1", False, True),
        ("::ffff:192.0.2.1", False, True),
        ("10.0.0.1", False, True),
        ("fe80::1%eth0", False, True),
        ("example.org", True, True),
    ],
)
def test_outside_is_what_is_not_this_machine(host: str, named: bool, outside: bool) -> None:
    """Loopback is here, and an address that is only read is no packet."""
    assert is_outside(host, named=named) is outside
