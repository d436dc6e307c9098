"""
Records of the log that change no graph: what was asked, bought and answered, and of which file.

They stand in the chain like changes, so that an edit of them is noticed. The tables that the
program reads them from are an index, which can be built again from the log alone. Tags and field
names are written to files: they stay as they are when a class gets a better name.
"""

from __future__ import annotations

from typing import get_args

from msgspec import UNSET, Struct, UnsetType

from clew.model.provenance import Completeness


class BaseRecord(Struct, frozen=True):
    """What all records have in common: they change no graph, and nothing takes them back."""


class CaseCreated(BaseRecord, frozen=True, tag="created"):
    """The first entry of a file."""

    id: str
    """32 hex digits, drawn when the file was made."""
    title: str = ""
    source: str = ""
    """Last digest of the file that this one is a part of, hex; empty where it is of none."""


class AskedTask(Struct, frozen=True):
    """One input of a run."""

    type: str
    value: str
    tlp: int = 0
    pap: int | UnsetType = UNSET
    """Not written where nothing is said."""


class RunQueued(BaseRecord, frozen=True, tag="run-queued"):
    """A run was made durable, before anything left; who, when and why is told by its change."""

    run: str
    transform: str
    settings: str
    """Parameters as canonical JSON."""
    graph: str
    tasks: tuple[AskedTask, ...]


class Outcome(Struct, frozen=True):
    """What a task came to."""

    completeness: Completeness = Completeness()
    problems: tuple[str, ...] = ()
    calls: int = 0
    cached: int = 0
    credits: int = 0
    over_budget: bool = False
    """Whether something was not asked because the run might spend no more."""
    rows_max: int | None = None
    """Most rows of a listing that the run took; None for the program's own bound."""


class Exchange(Struct, frozen=True):
    """One question of a task and the reply it got."""

    provider: str
    fingerprint: str
    digest: str
    status: int
    received: int
    """Seconds since 1970."""
    headers: str = "{}"
    """The reply's headers that its reader needs, as JSON."""


class ReplyRecord(Struct, frozen=True):
    """A reply that is stored: its body is bound by the digest."""

    digest: str
    media_type: str
    size: int
    """Of the body, in bytes."""


class FinishedTask(Struct, frozen=True):
    """A task of a run, what it came to, and what was asked for it."""

    position: int
    failed: bool
    outcome: Outcome
    exchanges: tuple[Exchange, ...] = ()


class TasksFinished(BaseRecord, frozen=True, tag="tasks-finished"):
    """Tasks of a run were finished; what they brought is in the change beside it."""

    run: str
    tasks: tuple[FinishedTask, ...]
    replies: tuple[ReplyRecord, ...] = ()


class RunClosed(BaseRecord, frozen=True, tag="run-closed"):
    """Nothing is left of a run, or a person gave it up."""

    run: str
    status: str
    """One of done, cancelled."""


class PurchaseIntended(BaseRecord, frozen=True, tag="purchase-intended"):
    """A paid request is about to be sent."""

    provider: str
    fingerprint: str
    at: int
    """Seconds since 1970."""


class PurchaseSettled(BaseRecord, frozen=True, tag="purchase-settled"):
    """What was bought has come."""

    provider: str
    fingerprint: str
    reply: ReplyRecord


class PurchaseForgotten(BaseRecord, frozen=True, tag="purchase-forgotten"):
    """The vendor told that nothing was sold, or a person allows another try."""

    provider: str
    fingerprint: str


class CarriedTask(Struct, frozen=True):
    """A task as version 1 of the file had it."""

    type: str
    value: str
    tlp: int
    state: str
    """One of queued, done, failed."""
    outcome: Outcome | None = None
    exchanges: tuple[Exchange, ...] = ()


class CarriedRun(Struct, frozen=True):
    """A run as version 1 of the file had it."""

    id: str
    action: str
    transform: str
    settings: str
    graph: str
    label: str
    actor: str
    at: int
    status: str
    tasks: tuple[CarriedTask, ...]


class CarriedPurchase(Struct, frozen=True):
    """A purchase as version 1 of the file had it."""

    provider: str
    fingerprint: str
    at: int
    digest: str


class CarriedOver(BaseRecord, frozen=True, tag="carried-over"):
    """What stood outside of the chain in version 1 of the file, as it was when it was migrated."""

    id: str
    title: str
    runs: tuple[CarriedRun, ...] = ()
    purchases: tuple[CarriedPurchase, ...] = ()
    replies: tuple[ReplyRecord, ...] = ()


class LooseReplies(BaseRecord, frozen=True, tag="loose-replies"):
    """Replies that belong to no task: the bytes of an imported file, or what was salvaged."""

    replies: tuple[ReplyRecord, ...]


def replies_of(what: object) -> tuple[ReplyRecord, ...]:
    """The stored replies that an entry of the log names."""
    match what:
        case TasksFinished(replies=replies) | CarriedOver(replies=replies):
            return replies
        case LooseReplies(replies=replies):
            return replies
        case PurchaseSettled(reply=reply):
            return (reply,)
        case _:
            return ()


Record = (
    CaseCreated
    | RunQueued
    | TasksFinished
    | RunClosed
    | PurchaseIntended
    | PurchaseSettled
    | PurchaseForgotten
    | CarriedOver
    | LooseReplies
)
RECORD_KINDS = frozenset(str(kind.__struct_config__.tag) for kind in get_args(Record))
"""Their tags."""
