"""What a person gave, as an observation by that person. Pure."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from clew.model.block import BlockBuilder
from clew.model.change import Change, Observe
from clew.model.provenance import Provenance
from clew.schema.value import Value


def analyst_change(
    values: Sequence[Value], graph: str, *, label: str, actor: str, at: int
) -> Change:
    """The change that puts those values into a graph; *at* in microseconds since 1970."""
    run = uuid.uuid4().hex
    builder = BlockBuilder()
    for value in values:
        builder.entity(value.type.name, value, 0)
    provenance = Provenance("analyst", "analyst.add", run, at // 1_000_000)
    return Change(Observe(graph, (provenance,)), at, run, label, actor, builder.build())
