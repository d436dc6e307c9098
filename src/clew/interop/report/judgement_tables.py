"""Tables of a report on what two graphs share, where they contradict, and states in time."""

from __future__ import annotations

from clew.analysis.overlap import OverlapReport
from clew.analysis.states import states_of
from clew.graph.view import View
from clew.interop.picture.drawing import clean
from clew.interop.report.tables import ROWS_MAX, Table, defang_value, type_label
from clew.schema.registry import Catalogue


def overlap_table(report: OverlapReport, catalogue: Catalogue, *, most: int = 25) -> Table:
    """What two graphs share, the most telling first, and what chance would give."""
    rows = [
        (
            type_label(catalogue, one.entity.type),
            defang_value(catalogue, one.entity.type, one.entity.value),
            one.same_time.value,
            f"{one.weight:.2f}",
            clean(one.why),
        )
        for one in report.shared(most)
    ]
    heads = ("type", "value", "same time", "weight", "why")
    title = f"In both {clean(report.a.graph or '')} and {clean(report.b.graph or '')}"
    chance = "; ".join(str(one) for one in report.chance)
    note = clean(f"By chance: {chance}.") if chance else ""
    return Table(title, heads, tuple(rows), len(report.entities), note)


def contradiction_table(report: OverlapReport, catalogue: Catalogue) -> Table:
    """Properties of which two graphs say what can't both be, as far as the dates go."""
    a, b = (clean(view.graph or "") for view in (report.a, report.b))
    rows = [
        (
            type_label(catalogue, one.entity.type),
            defang_value(catalogue, one.entity.type, one.entity.value),
            clean(one.name),
            clean("; ".join(one.values_a)),
            clean("; ".join(one.values_b)),
            one.same_time.value,
        )
        for one in report.contradictions
    ]
    heads = ("type", "value", "property", f"{a} says", f"{b} says", "same time")
    note = "There are more; these are the first." if report.contradictions_cut else ""
    if not rows:
        note = "No property of a shared entity has values that exclude each other."
    return Table(f"Contradictions of {a} and {b}", heads, tuple(rows), len(rows), note)


def state_table(view: View, catalogue: Catalogue) -> Table:
    """Every period of every state of a graph's entities, with who says so."""
    spans = states_of(view)
    rows = []
    for span in spans[:ROWS_MAX]:
        record = view.entity(span.entity)
        kind = catalogue.states.get(span.state)
        rows.append(
            (
                defang_value(catalogue, record.type, record.value),
                clean(kind.label if kind else span.state),
                str(span.seen.first),
                str(span.seen.last),
                clean(", ".join(span.sources)),
            )
        )
    heads = ("entity", "state", "first", "last", "who says so")
    return Table("States, every period", heads, tuple(rows), len(spans))
