"""One task: a transform asked about one value, its findings checked, its faults told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from msgspec import structs

from clew.engine.api import TaskApi
from clew.engine.bounds import Bounds
from clew.errors import ClewError, OverBudget
from clew.model.journal import Exchange
from clew.model.marking import Marking
from clew.model.provenance import Completeness, Extent
from clew.schema.registry import Catalogue
from clew.schema.value import Value
from clew.transform.claim import EntityClaim, LinkClaim, PropertyClaim, RemarkClaim, claims
from clew.transform.contract import Transform
from clew.transform.finding import Count, Cut, Problem

Recorded = LinkClaim | PropertyClaim | EntityClaim | RemarkClaim
"""What of a finding goes into the log."""


@dataclass(slots=True)
class TaskResult:
    """What a task brought."""

    value: Value
    claims: list[tuple[Recorded, Exchange | None]] = field(default_factory=list)
    """Each claim with the exchange whose rows it was read from."""
    problems: list[str] = field(default_factory=list)
    completeness: Completeness = field(default_factory=Completeness)
    fault: ClewError | None = None
    markings: dict[str, Marking] = field(default_factory=dict)
    """What stands in each reply and those before it, by digest."""


def failed_task(value: Value, reason: str) -> TaskResult:
    """A task that was not begun, and why."""
    return TaskResult(value, completeness=Completeness(Extent.FAILED, 0, None, reason))


async def perform(
    transform: Transform,
    value: Value,
    api: TaskApi,
    settings: Mapping[str, Any],
    catalogue: Catalogue,
    bounds: Bounds,
) -> TaskResult:
    """Run the transform; a fault ends the task and keeps what came before it."""
    done = TaskResult(value)
    dropped = counted = unread = 0
    cut: Completeness | None = None

    def note(what: str) -> None:
        nonlocal dropped
        if len(done.problems) < bounds.problems:
            done.problems.append(api.without_keys(what))
        else:
            dropped += 1

    try:
        async for finding in transform.body(value, api, **settings):
            if len(done.claims) >= bounds.findings:
                cut = Completeness(
                    Extent.CUT, len(done.claims), None, f"over {bounds.findings} findings"
                )
                break
            for claim in claims(finding, value, transform.link, catalogue):
                match claim:
                    case Problem(what=what, place=place, lossless=lossless):
                        note(f"{place}: {what}" if place else what)
                        unread += not lossless
                    case Cut(reason=reason, received=received, total=total):
                        reason = api.without_keys(reason)
                        cut = Completeness(Extent.CUT, received, total, reason)
                    case Count(results=results):
                        counted += results
                    case _:
                        done.claims.append((claim, api.latest))
    except OverBudget as stop:
        received = counted or api.received or len(done.claims)
        cut = Completeness(Extent.CUT, received, None, stop.reason)
    except ClewError as error:
        done.fault = error
    except Exception as error:  # a plug-in's own fault ends its task, not the run
        done.fault = ClewError(
            f"{transform.id} failed on {value!r}: {type(error).__name__}: {error}.",
            helps="This is a fault of the transform; report it to its author.",
        )
    for what in (what for row in api.rows for what in row.problems):
        note(what)
        unread += 1
    for what in api.problems:
        note(what)
    done.markings = api.markings
    if dropped:
        done.problems.append(f"and {dropped} more problems")
    received = counted or api.received or len(done.claims)
    if done.fault is not None:
        reason = api.without_keys(str(done.fault))
        done.completeness = Completeness(Extent.FAILED, received, None, reason)
    else:
        whole = Completeness(received=received, total=_total(api))
        done.completeness = cut or api.cut or _doubtful(api, whole, unread) or whole
    return done


def _doubtful(api: TaskApi, whole: Completeness, unread: int) -> Completeness | None:
    """What came to its end and is no whole answer all the same; None where it is one."""
    reasons = []
    if api.moved:
        reasons.append("the provider answered from another path than was asked")
    if unread:
        parts = "1 part" if unread == 1 else f"{unread} parts"
        reasons.append(f"{parts} of the answer can't be used")
    if not reasons:
        return None
    return structs.replace(whole, extent=Extent.CUT, reason="; ".join(reasons))


def _total(api: TaskApi) -> int | None:
    """How many rows there are in all listings that were read; None where one tells no total."""
    known = [total for total in api.totals if total is not None]
    return sum(known) if known and len(known) == len(api.totals) else None
