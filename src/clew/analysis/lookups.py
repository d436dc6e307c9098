"""The look-ups so far, and what they brought: read from the provenance of all observations."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from clew.graph.entities import pack_ids
from clew.graph.working_set import WorkingSet
from clew.model.provenance import Extent


@dataclass(frozen=True, slots=True)
class LookupHistory:
    """Look-ups that count, by transform."""

    asked: dict[str, frozenset[int]]
    """Rows of the entities that each transform was asked about and answered completely."""
    gains: dict[str, float]
    """Entities that one look-up of each transform brought which nothing before it had."""
    provider_rows: dict[int, int]
    """By row the most rows that a provider said it holds about the entity."""


def lookup_history(state: WorkingSet) -> LookupHistory:
    """What was asked so far. A look-up that found nothing leaves no observation, and no trace."""
    counting = state.counting()
    records = state.provenances.records
    inputs = [record.input for record in records]
    packed = b"".join(one if len(one) == 16 else bytes(16) for one in inputs)
    rows = state.entities.find(pack_ids(packed)) if records else np.empty(0, np.int32)
    asked: dict[str, set[int]] = {}
    provider_rows: dict[int, int] = {}
    codes = state.provenances.lookups.codes.tolist()
    lookups: dict[str, set[int]] = {}
    for number, (record, row) in enumerate(zip(records, rows.tolist(), strict=True)):
        if not counting[number] or not record.input:
            continue
        # Pages of one look-up, and the same one again, are one.
        lookups.setdefault(record.transform, set()).add(codes[number])
        completeness = record.completeness
        if row >= 0:
            row = state.decisions.merged_into(row)
            if completeness.extent is Extent.COMPLETE:
                asked.setdefault(record.transform, set()).add(row)
            provider_rows[row] = max(
                provider_rows.get(row, 0), completeness.total or completeness.received
            )
    new = _new(state, counting.tolist())
    gains = {one: new.get(one, 0) / len(numbers) for one, numbers in lookups.items()}
    return LookupHistory(
        {one: frozenset(found) for one, found in asked.items()}, gains, provider_rows
    )


def _new(state: WorkingSet, counting: list[bool]) -> dict[str, int]:
    """By transform the entities that it was the first to mention."""
    known: set[int] = set()
    found: dict[str, int] = {}
    for _, index in sorted(state.observe_index.items()):
        pairs = zip(index.entities.tolist(), index.provenance.tolist(), strict=True)
        for row, number in pairs:
            if not counting[number] or row in known:
                continue
            known.add(row)
            transform = state.provenances.records[number].transform
            found[transform] = found.get(transform, 0) + 1
    return found
