"""Which process works on a task, so that another one can tell whether it still can."""

from __future__ import annotations

import os
import socket
import uuid
from functools import cache
from hashlib import blake2b
from pathlib import Path


def new_owner() -> str:
    """A name for this process and one piece of its work: place, process, start, and a number."""
    pid = os.getpid()
    return f"{_place()}-{pid}-{_started(pid)}-{uuid.uuid4().hex}"


def is_gone(owner: str) -> bool:
    """
    Whether the owner's process surely ended: it was one of this place, and is there no more.

    Of a process of another host, container or boot nothing is known: its time has to run out.
    """
    place, _, rest = owner.partition("-")
    pid, _, rest = rest.partition("-")
    started = rest.partition("-")[0]
    if place != _place() or not pid.isdecimal():
        return False
    return _started(int(pid)) != started


@cache
def _place() -> str:
    """A digest of the host, its boot, and the part of it whose process numbers these are."""
    parts = [socket.gethostname(), _read("/proc/sys/kernel/random/boot_id")]
    try:
        parts.append(str(Path("/proc/self/ns/pid").readlink()))
    except OSError:
        # Without it processes can't be told apart by number: the place is this process alone.
        parts.append(uuid.uuid4().hex)
    return blake2b("\0".join(parts).encode(), digest_size=8).hexdigest()


def _started(pid: int) -> str:
    """When a process started, in ticks of its boot; 0 where that is not known."""
    stat = _read(f"/proc/{pid}/stat")
    return stat.rpartition(")")[2].split()[19] if stat else "0"


def _read(path: str) -> str:
    try:
        return Path(path).read_text("utf-8", "replace").strip()
    except OSError:
        return ""
