"""What a report says, apart from how it is written: figures, tables, method, sources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from clew.analysis.window import in_window
from clew.graph.sharing import KeptBack, Shareable
from clew.graph.view import View
from clew.interop.picture.drawing import clean, drawing_of
from clew.interop.picture.history import history_svg
from clew.interop.picture.svg import svg
from clew.interop.report.judgement_tables import state_table
from clew.interop.report.tables import Table, entities, indicators, key_entities, links, sources
from clew.model.interval import UndatedPolicy, Window
from clew.schema.entity_type import EntityType
from clew.schema.registry import Catalogue

__all__ = ["Figure", "ReportContent", "Table", "report_content"]

Points = NDArray[np.float64]
POLICIES = {
    "keep": "what has no date that tells counts as inside",
    "drop": "what has no date that tells counts as outside",
    "with-ends": "what has no date that tells stays where both its ends do",
}


DRAWN_MAX = 2_000
"""Most entities in a report's picture; which ones, and of how many, stands beside it."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture with what it shows."""

    caption: str
    svg: str


@dataclass(frozen=True, slots=True)
class ReportContent:
    """A report. All texts are plain; writers escape them."""

    title: str
    marking: str
    summary: tuple[str, ...]
    figures: tuple[Figure, ...]
    tables: tuple[Table, ...]
    method: tuple[str, ...]
    stamp: str
    """From which entry of which log, so that it can be checked against the file."""
    kept_back: KeptBack = field(default_factory=KeptBack)
    """How much of the graph is not in it."""


def report_content(
    part: Shareable,
    catalogue: Catalogue,
    *,
    title: str,
    places: Points | None = None,
    marking: str,
    window: Window | None,
    undated: str,
    at: datetime,
    log_digest: str,
    more: Sequence[Table] = (),
) -> ReportContent:
    """
    The contents of a report of one graph.

    Args:
        part: What of the graph may be in it; what stays is counted.
        catalogue: Names of kinds.
        title: What it is about.
        places: Shape (entities, 2), where each of the whole graph is drawn; laid out where None.
        marking: Of the report; unmarked where empty.
        window: The window under study.
        undated: What the window does with what has no date.
        at: When the report is made.
        log_digest: Digest of the log's last entry.
        more: Further tables, as of an overlap.
    """
    shown = part.view
    title = title if part.ceiling.admits(title) else "Untitled"
    graph = clean(shown.graph or "all")
    drawing = drawing_of(
        part, catalogue, title=f"{title}: {graph}", marking=marking, places=places,
        subtitle=str(window) if window else "all of time", most=DRAWN_MAX,
    )  # fmt: skip
    found = sources(shown)
    summary = (*_summary(shown, catalogue, window), *_left(part.kept_back))
    span = f"{window}: {POLICIES.get(undated, undated)}" if window else "all of time"
    return ReportContent(
        title=title,
        marking=marking or "unmarked",
        summary=tuple(map(clean, summary)),
        figures=(
            Figure(f"Graph {graph}{_bounds(drawing.bounds_text)}", svg(drawing)),
            Figure("Links that held at once, over time", history_svg(shown, window)),
        ),
        tables=(
            key_entities(shown, catalogue, window),
            *more,
            state_table(shown, catalogue),
            links(shown, catalogue, window),
            entities(shown, catalogue),
            *indicators(shown, catalogue),
            found,
        ),
        method=(
            f"Window: {span}.",
            "Score of a link: one minus the product of doubts of independent lineages; each "
            "lineage counts with its strongest observation, weighed by source, time, precision, "
            "states of its ends and completeness. Providers that share a sensor are one lineage.",
            "A date that nobody told is told as unknown; nothing was made up, and nothing was "
            "asked for this report.",
            "An id in brackets names one observation: 'clew explain FILE ID' shows its claim, "
            "dates, provider and reply.",
            *_cuts(found),
        ),
        stamp=(
            f"Made {at.astimezone(UTC):%F %R} UTC from change {shown.state.seq} of the log, "
            f"digest {log_digest}. Values are defanged."
        ),
        kept_back=part.kept_back,
    )


def _summary(view: View, catalogue: Catalogue, window: Window | None) -> list[str]:
    counts: dict[str, int] = {}
    for record in view.entity_records():
        counts[record.type] = counts.get(record.type, 0) + 1
    kinds = catalogue.entity_types
    named = [
        f"{count} {_named(kinds[one], count) if one in kinds else one}"
        for one, count in sorted(counts.items(), key=lambda it: -it[1])
    ]
    lines = [
        f"Graph {view.graph or 'all'}: {len(view.entities)} entities, {len(view.links)} links"
        + (f" ({', '.join(named)})." if named else ".")
    ]
    if window is not None:
        inside = in_window(view, window, UndatedPolicy.DROP).link_counts
        lines.append(f"Links within {window}: {inside}.")
    return lines


def _bounds(text: str) -> str:
    return f": {text}" if text else ""


def _named(kind: EntityType, count: int) -> str:
    return (kind.label if count == 1 else kind.plural).lower()


def _left(kept_back: KeptBack) -> list[str]:
    return [str(kept_back)] if kept_back else []


def _cuts(found: Table) -> list[str]:
    at = found.heads.index("completeness")
    cut = sum(not row[at].startswith("complete") for row in found.rows)
    return [f"{cut} look-ups were cut or failed; the sources tell which."] if cut else []
