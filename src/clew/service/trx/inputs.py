"""What a Maltego client asks about, as Clew's entities in the graph."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from clew.errors import InvalidValue
from clew.graph.entities import pack_ids
from clew.interop.maltego.exchange import entity_of
from clew.interop.maltego.record import Message, Thing
from clew.interop.maltego.v3 import ids_of
from clew.schema.registry import Catalogue
from clew.schema.value import Value
from clew.transform.contract import Transform
from clew.workbench import Workbench

INPUTS_MAX = 100
"""Most entities that one request asks about."""

Rows = NDArray[np.int32]


@dataclass(slots=True)
class Inputs:
    """The entities of a request that the transform takes."""

    values: dict[Value, str] = field(default_factory=dict)
    """With the id that the client gave."""
    messages: list[Message] = field(default_factory=list)
    """What is told of the others."""


def inputs_of(transform: Transform, things: Sequence[Thing], kinds: Catalogue) -> Inputs:
    """Those of a client's entities that the transform takes, and why others are not asked about."""
    inputs = Inputs()
    if not things:
        inputs.messages.append(Message("PartialError", "The request names no entity."))
    if len(things) > INPUTS_MAX:
        what = f"Only the first {INPUTS_MAX} of {len(things)} entities were asked about."
        inputs.messages.append(Message("Inform", what))
    for thing, id_ in list(zip(things, ids_of(things, "e"), strict=True))[:INPUTS_MAX]:
        type_, text = entity_of(thing, kinds)
        kind = kinds.entity_types.get(type_)
        if kind is None or (transform.accepts and kind.value not in transform.accepts):
            takes = ", ".join(one.type.term for one in transform.accepts) or "known types"
            its_type = f"of the type {kind.term}" if kind else "of no type that Clew knows"
            what = f"{transform.title}: it takes {takes}, and {thing.type[:80]} is {its_type}."
            inputs.messages.append(Message("Inform", what))
            continue
        try:
            inputs.values.setdefault(kind.value(text), id_)
        except InvalidValue as error:
            inputs.messages.append(Message("PartialError", str(error)))
    return inputs


def add_inputs(bench: Workbench, graph: str, values: Sequence[Value]) -> Rows:
    """The rows of values; those that are not in the graph enter it as asked about."""
    packed = pack_ids(b"".join(value.id for value in values))
    rows = bench.state.entities.find(packed).tolist()
    membership = bench.state.decisions.graphs.get(graph)
    there = membership.entity_flags(len(bench.state.entities)) if membership else None
    new = [
        value
        for value, row in zip(values, rows, strict=True)
        if row < 0 or there is None or not there[row]
    ]
    if new:
        bench.add(new, graph=graph, label="Asked about from Maltego")
    return bench.state.entities.find(packed)
