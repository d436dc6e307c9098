"""What changed between an earlier moment of the investigation and a later one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Literal

from clew.questions.bench import Bench
from clew.questions.question import Answer, AnswerRecord, Entry, GraphRequest, Limit, doc, question

if TYPE_CHECKING:
    from clew.analysis.compare import Comparison
    from clew.model.entity import Entity, Link


class CompareRequest(GraphRequest, frozen=True, kw_only=True):
    """A graph at two moments."""

    entry: Annotated[Entry, doc("The entry of the log after which the earlier look is taken.")]
    limit: Limit = 10_000


class ChangeRow(AnswerRecord, frozen=True, kw_only=True):
    """One difference."""

    change: Annotated[Literal["new", "gone", "extended"], doc("What happened to it.")]
    kind: Annotated[Literal["entity", "link"], doc("What it is.")]
    type: Annotated[str, doc("The type of the entity or link.")]
    value: Annotated[str, doc("The entity's value, or the value at the link's start.")]
    target: Annotated[str, doc("The value at the link's end; empty for an entity.")] = ""
    before: Annotated[
        str, doc("The link's dates at the earlier look, where they reach further.")
    ] = ""
    after: Annotated[str, doc("Its dates at the later look.")] = ""


class CompareAnswer(Answer, frozen=True, kw_only=True):
    """What differs between two moments."""

    before: Annotated[int, doc("The entry of the earlier look.")]
    after: Annotated[int, doc("The entry of the later look.")]
    same: Annotated[int, doc("Entities in both.")]
    changes: Annotated[tuple[ChangeRow, ...], doc("What differs.")]
    changes_total: Annotated[int, doc("How many differences there are.")]


@question(
    "compare", table="changes", columns=("change", "type", "value", "target", "before", "after")
)
def compare(bench: Bench, request: CompareRequest) -> CompareAnswer:
    """What is new, gone, or seen longer since an entry of the log."""
    from clew.analysis.compare import compare as compare_views
    from clew.graph.view import empty_view, view_of

    later = request.view(bench)
    before = bench.state_at(request.entry)
    # A graph that was not made yet was empty.
    there = not request.graph or request.graph in before.decisions.graphs
    earlier = view_of(before, request.graph or None) if there else empty_view(before)
    found = compare_views(earlier, later)
    rows = tuple(_rows(found))
    return CompareAnswer(
        before=request.entry, after=later.state.seq, same=found.same,
        changes=rows[: request.limit], changes_total=len(rows),
    )  # fmt: skip


def _rows(found: Comparison) -> Iterator[ChangeRow]:
    yield from (_entity("new", one) for one in found.new)
    yield from (_entity("gone", one) for one in found.gone)
    yield from (_link("new", one) for one in found.new_links)
    yield from (_link("gone", one) for one in found.gone_links)
    for one in found.extended:
        yield _link("extended", one.link, str(one.before), str(one.after))


def _entity(change: Literal["new", "gone"], one: Entity) -> ChangeRow:
    return ChangeRow(change=change, kind="entity", type=one.type, value=one.value)


def _link(
    change: Literal["new", "gone", "extended"], one: Link, before: str = "", after: str = ""
) -> ChangeRow:
    return ChangeRow(
        change=change, kind="link", type=one.type, value=one.source.value,
        target=one.target.value, before=before, after=after,
    )  # fmt: skip
