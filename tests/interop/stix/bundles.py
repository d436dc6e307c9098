"""Bundles from loose objects, and what is read of them."""

from __future__ import annotations

import json
from typing import Any

from clew.interop.exchange_graph import ExchangeGraph, ImportProblem
from clew.interop.stix.read import read_stix
from clew.schema.registry import catalogue
from interop.graphs import ORIGIN

HEAD = {"spec_version": "2.1", "created": "2020-01-01T00:00:00Z",
        "modified": "2020-01-01T00:00:00Z"}  # fmt: skip


def id_of(type_: str, number: int) -> str:
    """A made-up id."""
    return f"{type_}--00000000-0000-4000-8000-{number:012}"


def read(*objects: dict[str, Any]) -> tuple[ExchangeGraph, list[ImportProblem]]:
    """The graph of a bundle of those objects."""
    data = json.dumps({"type": "bundle", "id": id_of("bundle", 0), "objects": objects})
    return read_stix(data.encode(), ORIGIN, catalogue())


def lines(graph: ExchangeGraph) -> set[str]:
    """Links as texts, with their dates where they have some."""
    return {
        f"{observation.subject}" + (f" @{observation.seen}" if observation.seen.dated else "")
        for _, _, observation in graph.links()
    }
