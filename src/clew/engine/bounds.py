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
    batch_s: float = 1.0
    """How long a finished task waits at most for others to be recorded with, while some end."""
    lease_s: int = 900
    """How long a process may hold a task."""
    program_s: float = 300.0
    """From the start of a program of this machine to its end."""
    program_grace_s: float = 3.0
    """Between the word to end and the end by force; also how long its pipes may stay open after."""
    program_log_bytes: int = 256 * 1024
    """How much of a program's log is kept; the rest is read and let go."""
    program_memory_bytes: int = 4 * 1024 * 1024 * 1024
    """Address space of each of a program's processes, where the system can bound it."""
    polls: int = 1_000
    """Polls of one run that is polled."""
    polled_s: float = 600.0
    """Waits between the polls of one run in all."""
    polled_bytes: int = 64 * 1024 * 1024
    """Pages of one polled run in all."""
    poll_first_s: float = 0.1
    """Wait before the second poll; it grows by half while nothing new comes."""
    poll_longest_s: float = 5.0
    poll_events: int = 500
    """Events of one page, as it is asked for."""
    prompts: int = 20
    """Questions back to the user that are answered, of one polled run."""
