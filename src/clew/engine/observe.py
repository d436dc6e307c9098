"""Finished tasks as one change: their claims as a block, with provenance per reply. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import UNSET

from clew.engine.perform import TaskResult
from clew.model.block import BlockBuilder
from clew.model.change import Change, Note, Observe
from clew.model.journal import Exchange
from clew.model.marking import UNMARKED, Marking, strictest
from clew.model.marking_text import mentioned_marking
from clew.model.provenance import Provenance
from clew.schema.value import Value
from clew.store.runs import Run
from clew.transform.claim import EntityClaim, LinkClaim, PropertyClaim, RemarkClaim


def changes_of(
    run: Run, provider: str, done: Sequence[tuple[TaskResult, Marking]], *, at: int
) -> list[Change]:
    """Those tasks' claims, and the notes that are their provider's own; arguments as below."""
    change = observe(run, provider, done, at=at)
    notes = (
        Note(_marked_text(claim.text, _marking(result, exchange, marking)), claim.entity.id)
        for result, marking in done
        for claim, exchange in result.claims
        if isinstance(claim, RemarkClaim)
    )
    return [
        *([change] if change is not None else []),
        *(Change(note, at, run.action, run.label, provider) for note in notes),
    ]


def observe(
    run: Run, provider: str, done: Sequence[tuple[TaskResult, Marking]], *, at: int
) -> Change | None:
    """
    The change that records those tasks' claims; None where they brought none.

    Args:
        run: Whose tasks they are.
        provider: Name of the provider.
        done: Tasks with the marking of what was asked about; their replies may be stricter.
        at: When it is recorded, in microseconds since 1970.
    """
    builder = BlockBuilder()
    records: list[Provenance] = []
    for result, marking in done:
        numbers: dict[str, int] = {}

        def number(
            exchange: Exchange | None,
            numbers: dict[str, int] = numbers,
            result: TaskResult = result,
            marking: Marking = marking,
        ) -> int:
            key = f"{exchange.digest}{exchange.received}" if exchange else ""
            if key not in numbers:
                numbers[key] = len(records)
                learnt_under = _marking(result, exchange, marking)
                records.append(
                    Provenance(
                        provider=provider,
                        transform=run.transform,
                        run=run.id,
                        learnt=exchange.received if exchange else run.at // 1_000_000,
                        input=result.value.id,
                        settings=run.settings,
                        reply=exchange.digest if exchange else "",
                        tlp=learnt_under.tlp,
                        completeness=result.completeness,
                        pap=int(learnt_under.pap) or UNSET,
                    )
                )
            return numbers[key]

        for claim, exchange in result.claims:
            by = number(exchange)
            match claim:
                case LinkClaim():
                    builder.link(
                        _row(builder, claim.source, by),
                        claim.link,
                        _row(builder, claim.target, by),
                        by,
                        seen=claim.seen,
                        collectors=claim.sources,
                        detail=claim.detail,
                    )
                case PropertyClaim():
                    builder.property(
                        _row(builder, claim.entity, by),
                        claim.name,
                        claim.value,
                        by,
                        seen=claim.seen,
                        collectors=claim.sources,
                    )
                case EntityClaim() | RemarkClaim():
                    _row(builder, claim.entity, by)
    if not len(builder):
        return None
    what = Observe(run.graph, tuple(records))
    return Change(what, at, run.action, run.label, run.actor, builder.build())


def _marking(result: TaskResult, exchange: Exchange | None, marking: Marking) -> Marking:
    """That of what was asked about and of the reply, whichever is stricter."""
    of_reply = result.markings.get(exchange.digest, UNMARKED) if exchange else UNMARKED
    return strictest((marking, of_reply))


def _marked_text(text: str, marking: Marking) -> str:
    """A note has no provenance: the marking that it was learnt under stands in it."""
    if strictest((marking, mentioned_marking(text)[0])) == mentioned_marking(text)[0]:
        return text
    return f"[{marking}] {text}"


def _row(builder: BlockBuilder, value: Value, provenance: int) -> int:
    return builder.entity(value.type.name, value, provenance)
