"""Commands that weigh whole graphs: next, structure, together, changes, crowds, same."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from clew.cli.session import File, Json

Graph = Annotated[str | None, typer.Option("--graph", "-g", help="Else the whole investigation")]
Most = Annotated[int, typer.Option("--most", min=1, max=10_000, help="Rows shown")]


def declare(app: typer.Typer) -> None:
    """Add the commands."""
    for command in (structure, together, changes, crowds, same):
        app.command(command.__name__)(command)
    app.command("next")(next_)


def next_(file: File, graph: Graph = None, most: Most = 10, as_json: Json = False) -> None:
    """What to ask next: transforms and entities, by rarity, time, expected gain and price."""
    from clew.analysis.pivots import next_pivots
    from clew.cli.output import print_json, print_table, say
    from clew.cli.session import opened

    with opened(file, readonly=True) as bench:
        view = bench.view(graph)
        found = next_pivots(view, bench.pivot_transforms(), bench.catalogue, window=bench.window())[
            :most
        ]
        told: list[dict[str, Any]] = [
            {
                "transform": one.transform, "inputs": [view.entity(row).value for row in one.rows],
                "score": round(one.score, 3), "credits": one.credits * len(one.rows),
                "why": one.why, "bounded": list(one.bounded),
                "hubs": [f"{it.entity.value}: {it.rows} rows" for it in one.hubs],
            }
            for one in found
        ]  # fmt: skip
    if as_json:
        print_json(told)
        return
    rows = [(it["transform"], len(it["inputs"]), it["credits"], it["why"]) for it in told]
    print_table("What to ask next", ("transform", "look-ups", "credits", "why"), rows)
    for it in told:
        for line in (*it["hubs"], *it["bounded"][:3]):
            say(f"  ! {it['transform']}: {line}")


def structure(file: File, graph: Graph = None, most: Most = 20, as_json: Json = False) -> None:
    """How entities stand: neighbours, core, rank, betweenness, community."""
    from clew.analysis.structure import structure as structure_of
    from clew.cli.output import print_json, print_table, safe, say
    from clew.cli.session import opened

    with opened(file, readonly=True) as bench:
        view = bench.view(graph)
        found = structure_of(view)
        frame = found.frame().sort("rank", descending=True).head(most)
        told = [
            {"type": view.entity(row["row"]).type, "value": view.entity(row["row"]).value, **row}
            for row in frame.iter_rows(named=True)
        ]
    if as_json:
        print_json({"modularity": found.modularity, "entities": told})
        return
    columns = ("type", "value", "neighbours", "core", "rank", "community")
    rows = [
        (it["type"], safe(it["value"]), it["neighbours"], it["core"], f"{it['rank']:.4f}",
         it["community"] + 1)
        for it in told
    ]  # fmt: skip
    print_table(f"{graph or 'all'}, by rank", columns, rows)
    say(f"{len(found.communities())} communities, modularity {found.modularity:.2f}")


def together(
    file: File,
    graphs: Annotated[list[str], typer.Argument(help="Two graphs or more")],
    most: Most = 50,
    as_json: Json = False,
) -> None:
    """What several graphs share: in how many each entity is, and what nearly is shared."""
    from clew.analysis.common_entities import common_entities
    from clew.cli.output import print_json, print_table, safe, say
    from clew.cli.session import opened

    with opened(file, readonly=True) as bench:
        found = common_entities([bench.view(one) for one in graphs])
        whole = bench.view()
        order = (-found.counts).argsort(kind="stable")[:most].tolist()
        rows = [
            (whole.entity(int(found.entities[at])), int(found.counts[at]))
            for at in order
            if found.counts[at] > 1
        ]
    if as_json:
        print_json(
            {
                "tally": found.tally(), "pairs": found.pairs.tolist(), "graphs": list(found.names),
                "shared": [{"type": one.type, "value": one.value, "graphs": n} for one, n in rows],
                "near": [
                    {"value": one.entity.value, "missing": one.missing} for one in found.nearly
                ],
            }
        )  # fmt: skip
        return
    shown = [(one.type, safe(one.value), count) for one, count in rows]
    print_table("In several graphs", ("type", "value", "graphs"), shown)
    for one in found.nearly[:10]:
        through = ", ".join(safe(it.value) for it in one.via)
        say(f"  {safe(one.entity.value)} is not in {one.missing}, though {through} is")


def changes(
    file: File,
    seq: Annotated[int, typer.Argument(min=0, help="An entry of the log (clew history)")],
    graph: Graph = None,
    as_json: Json = False,
) -> None:
    """What differs between an entry of the log and now: + new, - gone, ~ dates reach further."""
    import sys

    from clew.analysis.compare import compare
    from clew.cli.output import print_json
    from clew.cli.session import opened
    from clew.graph.view import view_of

    with opened(file, readonly=True) as bench:
        found = compare(view_of(bench.case.at(seq), graph), bench.view(graph))
    if as_json:
        print_json(found.as_data())
    else:
        sys.stdout.write(found.as_text() + "\n")


def crowds(
    file: File,
    graph: Graph = None,
    zones: Annotated[int, typer.Option("--zones", min=2, help="From how many domains on")] = 12,
    as_json: Json = False,
) -> None:
    """Addresses that names of many registered domains pointed to in the window."""
    from clew.analysis.shared_hosting import shared_hosting
    from clew.cli.output import print_json, print_table, safe
    from clew.cli.session import opened

    with opened(file, readonly=True) as bench:
        view = bench.view(graph)
        found = shared_hosting(view, window=bench.window(), domains_min=zones)
        told = [(view.entity(one.entity).value, one) for one in found]
    if as_json:
        print_json([{"value": v, "names": one.names, "zones": one.domains} for v, one in told])
    else:
        rows = [(safe(value), one.names, one.domains, one.unplaced) for value, one in told]
        print_table("Crowded addresses", ("address", "names", "domains", "undated"), rows)


def same(file: File, graph: Graph = None, as_json: Json = False) -> None:
    """Pairs of entities that may be one, with reasons; nothing is joined."""
    from clew.analysis.identity import suggestions
    from clew.cli.output import print_json, print_table, safe
    from clew.cli.session import opened

    with opened(file, readonly=True) as bench:
        found = suggestions(bench.view(graph))
    if as_json:
        print_json(
            [{"values": [one.value for one in it.entities], "reasons": it.reasons} for it in found]
        )
    else:
        rows = [
            (safe(it.entities[0].value), safe(it.entities[1].value), "; ".join(it.reasons))
            for it in found
        ]
        print_table("One or two?", ("one", "other", "why"), rows)
