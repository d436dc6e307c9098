"""Builders: small investigations from readable lines, and changes without a file."""

from __future__ import annotations

import re
from collections.abc import Sequence

from clew.graph.sharing import Ceiling, Shareable, shareable
from clew.graph.view import View, view_of
from clew.graph.working_set import WorkingSet
from clew.model.block import BlockBuilder
from clew.model.change import Change, Entry, Observe, Revert, What
from clew.model.entity import Entity, Link
from clew.model.interval import Interval
from clew.model.marking import TLP
from clew.model.provenance import Provenance
from clew.schema.detect import detect
from clew.schema.registry import catalogue
from clew.schema.value import Value

LINE = re.compile(
    r"(?P<source>\S+) -(?P<type>[a-z-]+)-> (?P<target>\S+)"
    r"(?: @(?P<first>[\d-]*|\?)\.\.(?P<last>[\d-]*|open|\?))?(?: by (?P<provider>[\w-]+))?"
    r"(?: from (?P<collectors>[\w,-]+))?"
)
STATE_LINE = re.compile(
    r"(?P<entity>\S+) is (?P<state>[a-z-]+)"
    r"(?: @(?P<first>[\d-]*)\.\.(?P<last>[\d-]*|open))?(?: by (?P<provider>[\w-]+))?"
)

PROPERTY_LINE = re.compile(
    r"(?P<entity>\S+) has (?P<name>[\w-]+)=(?P<value>\S+)"
    r"(?: @(?P<first>[\d-]*)\.\.(?P<last>[\d-]*|open))?(?: by (?P<provider>[\w-]+))?"
)


def value_of(text: str) -> Value:
    """The value that a token is detected as; ``type:text`` says the type."""
    kind, colon, rest = text.partition(":")
    types = catalogue().entity_types
    if colon and kind in types:
        return types[kind].value(rest.replace("_", " ") if kind == "incident" else rest)
    return detect(text, catalogue())[0]


def seen(first: str | None, last: str | None) -> Interval:
    """The interval of two written days; ``open`` as an end."""
    from clew.model.moment import OPEN, parse_moment

    start = parse_moment((first or "").replace("?", ""))
    return Interval(start, OPEN if last == "open" else parse_moment((last or "").replace("?", "")))


def observed(
    *lines: str,
    graph: str = "main",
    action: str = "",
    at: int = 0,
    run: str = "",
    about: str = "",
    reply: str = "",
) -> Change:
    """One Observe of link lines (``a -type-> b @2013-01-01..2013-02-01 by dnsdb from x,y``),
    state lines (``b is sinkhole @2014-01-01..open``) and bare values; with *about*, all of it is
    what its providers answered of that value."""
    builder = BlockBuilder()
    providers: dict[str, int] = {}

    def number(provider: str | None) -> int:
        return providers.setdefault(provider or "test", len(providers))

    def row(text: str, provenance: int) -> int:
        value = value_of(text)
        return builder.entity(value.type.name, value, provenance)

    for line in lines:
        if link := LINE.fullmatch(line):
            by = number(link["provider"])
            builder.link(
                row(link["source"], by),
                link["type"],
                row(link["target"], by),
                by,
                seen=seen(link["first"], link["last"]),
                collectors=(link["collectors"] or "").split(",") if link["collectors"] else (),
            )
        elif state := STATE_LINE.fullmatch(line):
            by = number(state["provider"])
            builder.property(
                row(state["entity"], by), "state", state["state"], by,
                seen=seen(state["first"], state["last"]),
            )  # fmt: skip
        elif fact := PROPERTY_LINE.fullmatch(line):
            by = number(fact["provider"])
            builder.property(
                row(fact["entity"], by), fact["name"], fact["value"], by,
                seen=seen(fact["first"], fact["last"]),
            )  # fmt: skip
        else:
            row(line, number(None))
    provenance = tuple(
        Provenance(
            provider,
            f"{provider}.test",
            run or "0" * 32,
            0,
            input=value_of(about).id if about else b"",
            reply=reply,
        )
        for provider in providers
    )
    what = Observe(graph, provenance)
    return Change(what, at, action or f"{'-'.join(lines)[:40]}{at}", "test", block=builder.build())


def decided(what: What, *, action: str = "", at: int = 0) -> Change:
    """One decision or revert."""
    return Change(what, at, action or repr(what)[:60] + str(at), "test")


def entries(changes: Sequence[Change], *, start: int = 1) -> list[Entry]:
    """Changes as numbered entries, without a file."""
    return [Entry(seq, change, b"") for seq, change in enumerate(changes, start)]


def state_of(*changes: Change) -> WorkingSet:
    """The working set after those changes."""
    return WorkingSet.fold(entries(changes))


def graph_of(*lines: str, graph: str = "main") -> WorkingSet:
    """The working set of one Observe."""
    return state_of(observed(*lines, graph=graph))


def append(state: WorkingSet, change: Change) -> None:
    """Extend a working set by one more change."""
    state.extend(Entry(state.seq + 1, change, b""))


def undo(state: WorkingSet) -> None:
    """Take back the latest action."""
    append(state, decided(Revert(state.history.undo()), at=state.seq))


def redo(state: WorkingSet) -> None:
    """Bring back what was undone last."""
    append(state, decided(Revert(state.history.redo()), at=state.seq))


def records(state: WorkingSet, graph: str | None = None) -> tuple[list[Entity], list[Link]]:
    """Entities and links of a graph (None: of all) as sorted records."""
    view = view_of(state, graph)
    return sorted(view.entity_records()), sorted(view.link_records())


def whole(view: View) -> Shareable:
    """All of a graph for what writes it: nothing in it is marked over TLP:RED."""
    return shareable(view, Ceiling(TLP.RED))
