"""What pages are told over the stream: one record a kind, which is the only way to tell them."""

from __future__ import annotations

import msgspec


class LogGrew(msgspec.Struct, frozen=True, tag_field="kind", tag="changed"):
    """The log has grown up to that entry; of -1 a page reads all anew."""

    seq: int


class CaseOpened(msgspec.Struct, frozen=True, tag_field="kind", tag="opened"):
    """Another investigation is open."""

    seq: int


class RunProgress(msgspec.Struct, frozen=True, tag_field="kind", tag="progress"):
    """Look-ups of a run are recorded."""

    run: str
    done: int
    total: int


class RunFinished(msgspec.Struct, frozen=True, tag_field="kind", tag="ended"):
    """A run was worked on to its end."""

    run: str
    done: int
    failed: int


class RunFailed(msgspec.Struct, frozen=True, tag_field="kind", tag="failed"):
    """A run could not be worked on."""

    run: str
    what: str
    helps: str


class JobChanged(msgspec.Struct, frozen=True, tag_field="kind", tag="job"):
    """Work that goes on without a page has begun, come further, or ended."""

    id: str
    job: str
    """Its kind: run, playbook-run, import, export, report or layout."""
    title: str
    state: str
    """running, done, failed or stopped."""
    done: int
    total: int | None
    fault: str


PageEvent = LogGrew | CaseOpened | RunProgress | RunFinished | RunFailed | JobChanged
PAGE_EVENTS = (LogGrew, CaseOpened, RunProgress, RunFinished, RunFailed, JobChanged)
