"""Upper bounds of everything that someone else's data drives."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bounds:
    """Bounds of one run; each names its unit."""

    connect_s: float = 10.0
    total_s: float = 60.0
    """From sending a request to the last byte of its reply."""
    reply_bytes: int = 32 * 1024 * 1024
    """Largest reply, unpacked."""
    redirects: int = 3
    attempts: int = 4
    """How often a request is sent in all, when it may be repeated."""
    backoff_s: float = 0.5
    """First wait before another attempt; doubles, with jitter."""
    wait_s: float = 60.0
    """Longest wait that a vendor may ask for."""
    pages: int = 500
    """Pages of one listing."""
    rows: int = 50_000
    """Rows of one listing, unless the run asks for fewer."""
    findings: int = 200_000
    """Findings of one task."""
    problems: int = 100
    """Problems kept of one task; the rest is counted."""
    batch_tasks: int = 64
    """Finished tasks that are recorded in one transaction."""
    lease_s: int = 900
    """How long a process may hold a task."""
