"""A view as one self-contained HTML page: no script, no outside reference, values inert."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from html import escape

import numpy as np

from clew.analysis.corroboration import corroboration
from clew.graph.view import View, link_observation
from clew.interop.picture.drawing import clean
from clew.model.interval import Window
from clew.schema.refang import defang
from clew.schema.registry import Catalogue

ROWS_MAX = 5_000
"""Most rows of one table; what is beyond is counted."""
SOURCES_MAX = 3
"""Most sources told beside one link; what is beyond is counted."""
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
STYLE = """
body{font:14px/1.5 system-ui,sans-serif;color:#161b22}
body{max-width:1080px;margin:32px auto;padding:0 24px}
h1{font-size:24px;margin:8px 0}h2{font-size:17px;margin:32px 0 8px}
.tlp{background:#000;color:#fff;font-weight:600;padding:2px 8px;border-radius:4px}
table{border-collapse:collapse;width:100%}th{font-weight:500;color:#616b7a}
th,td{text-align:left;border-bottom:1px solid #e4e7eb;padding:4px 10px 4px 0;vertical-align:top}
td.v{font-family:ui-monospace,monospace;font-size:12px;overflow-wrap:anywhere}td.r{text-align:right}
.figure svg{width:100%;height:auto;border:1px solid #e4e7eb}.dim{color:#616b7a}
@media print{h2{break-after:avoid}tr{break-inside:avoid}}
"""


def report(
    view: View,
    catalogue: Catalogue,
    *,
    title: str,
    picture: str,
    marking: str,
    window: Window | None,
    undated: str,
    at: datetime,
    log_digest: str,
) -> str:
    """
    The page.

    Args:
        view: The graph.
        catalogue: Names of kinds.
        title: What it is about.
        picture: The graph as SVG, made by interop/picture.
        marking: Told on top and at the end; unmarked where empty.
        window: The window under study.
        undated: What the window does with what has no date.
        at: When the report was made.
        log_digest: Digest of the log's last entry, to check the report against the file.
    """
    seq = view.state.seq
    span = f"{window}, undated facts: {undated}" if window else "all of time"
    told = f'<p><span class="tlp">{_text(marking or "unmarked")}</span></p>'
    body = [
        told,
        f"<h1>{_text(title)}</h1>",
        f'<p class="dim">Graph {_text(view.graph or "all")}: {len(view.entities)} entities, '
        f"{len(view.links)} links. Window: {_text(span)}. Made {at.astimezone(UTC):%F %R} UTC "
        "from "
        f"change {seq} of the log, digest {_text(log_digest)}. Values are defanged.</p>",
        f'<div class="figure">{picture}</div>',
        *_entities(view, catalogue),
        *_links(view, catalogue, window),
        *_sources(view),
        told,
    ]
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        f"<title>{_text(title)}</title><style>{STYLE}</style></head><body>\n"
        + "\n".join(body)
        + "\n</body></html>\n"
    )


def _entities(view: View, catalogue: Catalogue) -> Iterable[str]:
    states: dict[int, list[str]] = {}
    for row, state, seen, _ in view.states():
        states.setdefault(row, []).append(f"{state} {seen.first} to {seen.last}")
    rows = []
    for place in np.argsort(-view.degree, kind="stable")[:ROWS_MAX].tolist():
        row = int(view.entities[place])
        record = view.entity(row)
        kind = catalogue.entity_types.get(record.type)
        rows.append(
            (
                kind.label if kind else record.type,
                _shown(catalogue, record.type, record.value),
                str(view.degree[place]),
                "; ".join(dict.fromkeys(states.get(row, ()))),
            )
        )
    yield from _table("Entities", ("type", "value", "links", "states"), rows, len(view.entities))


def _links(view: View, catalogue: Catalogue, window: Window | None) -> Iterable[str]:
    scores = corroboration(view, catalogue, window=window)
    order = np.argsort(-scores.values, kind="stable")[:ROWS_MAX]
    told: dict[int, list[int]] = {place: [] for place in order.tolist()}
    for row, place in zip(view.observations.tolist(), view.observed_places.tolist(), strict=True):
        if place in told:
            told[place].append(row)
    rows = []
    for place, observed in told.items():
        link = view.link(place)
        said = []
        for row in observed[:SOURCES_MAX]:
            one = link_observation(view.state, row)
            said.append(f"{one.provenance.provider}, {one.seen.first} to {one.seen.last}")
        if len(observed) > SOURCES_MAX:
            said.append(f"and {len(observed) - SOURCES_MAX} more")
        name = catalogue.link_types.get(link.type)
        rows.append(
            (
                _shown(catalogue, link.source.type, link.source.value),
                name.label if name else link.type,
                _shown(catalogue, link.target.type, link.target.value),
                f"{scores.values[place]:.2f}",
                "; ".join(said),
            )
        )
    heads = ("from", "link", "to", "score", "who says so, and when")
    yield from _table("Links, best corroborated first", heads, rows, len(view.links))


def _sources(view: View) -> Iterable[str]:
    numbers = np.unique(view.state.link_observations.provenance.values[view.observations])
    rows = []
    for number in numbers[:ROWS_MAX].tolist():
        one = view.state.provenances.records[number]
        learnt = f"{datetime.fromtimestamp(one.learnt, UTC):%F %R}"
        rows.append(
            (
                one.provider,
                one.transform,
                learnt,
                str(one.completeness),
                one.reply[:16],
                one.run[:8],
            )
        )
    heads = ("provider", "transform", "learnt, UTC", "completeness", "reply", "run")
    yield from _table("Sources", heads, rows, len(numbers))


def _table(
    title: str, heads: Sequence[str], rows: Sequence[Sequence[str]], known: int
) -> Iterable[str]:
    yield f"<h2>{_text(title)}</h2>"
    if len(rows) < known:
        yield f"<p>{len(rows)} of {known} are listed.</p>"
    yield f"<table><tr>{''.join(f'<th>{_text(head)}</th>' for head in heads)}</tr>"
    for row in rows:
        yield f"<tr>{''.join(f'<td class=v>{_text(cell)}</td>' for cell in row)}</tr>"
    yield "</table>"


def _shown(catalogue: Catalogue, type_: str, value: str) -> str:
    kind = catalogue.entity_types.get(type_)
    return defang(kind.value.trusted(value)) if kind else value


def _text(text: str) -> str:
    return escape(clean(text))
