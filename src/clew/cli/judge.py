"""Commands that judge: merge, window, score, prune, explain."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from clew.cli.session import File, Graph, Json


def declare(app: typer.Typer) -> None:
    """Add the commands."""
    for command in (merge, window, score, prune, explain):
        app.command(command.__name__)(command)


def merge(
    file: File,
    sources: Annotated[list[str], typer.Argument(help="Two graphs or more")],
    into: Annotated[str, typer.Option("--into", help="The merged graph")] = "merged",
    as_json: Json = False,
) -> None:
    """Merge graphs, and tell what the first two share and how much that means."""
    from clew.analysis.overlap import overlap
    from clew.cli.output import print_json, print_table, safe, say
    from clew.cli.session import opened
    from clew.errors import InvalidValue
    from clew.model.change import GraphMerge
    from clew.playbook.judge import overlap_data

    if len(sources) < 2:
        raise InvalidValue("merge", " ".join(sources), "it takes two graphs or more")
    with opened(file) as bench:
        first, second = (bench.view(name) for name in sources[:2])
        report = overlap_data(overlap(first, second, bench.catalogue))
        for name in sources[2:]:
            bench.view(name)
        bench.decide(GraphMerge(into, tuple(sources)), label=f"Merge {', '.join(sources)}")
        view = bench.view(into)
        merged = {"graph": into, "entities": len(view.entities), "links": len(view.links)}
    if as_json:
        print_json({"merged": merged, "overlap": report})
        return
    say(f"{into}: {merged['entities']} entities, {merged['links']} links.")
    times = ", ".join(f"{what} {count}" for what, count in report["same_time"].items())
    say(
        f"{report['entities']} entities and {report['links']} links are in both; same time: {times}"
    )
    rows = [
        (one["type"], safe(one["value"]), one["weight"], one["same_time"], one["why"])
        for one in report["telling"]
    ]
    print_table("Most telling", ("type", "value", "weight", "same time", "why"), rows)
    for line in report["chance"]:
        say(f"  by chance: {line}")


def window(
    file: File,
    span: Annotated[
        str | None, typer.Argument(help="2013, FROM..TO or DAY+-DAYS; - for none")
    ] = None,
    undated: Annotated[str, typer.Option("--undated", help="keep, drop or with-ends")] = "keep",
    graph: Annotated[str | None, typer.Option("--graph", "-g")] = None,
    as_json: Json = False,
) -> None:
    """Set the window under study, or show what it holds."""
    from clew.analysis.window import in_window
    from clew.cli.output import print_json, say
    from clew.cli.session import opened
    from clew.model.change import TimeWindow
    from clew.model.interval import UndatedPolicy, Window

    with opened(file) as bench:
        if span is not None:
            told = "" if span == "-" else str(Window.parse(span))
            bench.decide(
                TimeWindow(told, UndatedPolicy(undated).value), label=f"Window {told or 'none'}"
            )
        time_window = bench.state.decisions.time_window
        if not time_window.window:
            print_json({"window": None}) if as_json else say("No window is set.")
            return
        seen = in_window(
            bench.view(graph), Window.parse(time_window.window), UndatedPolicy(time_window.undated)
        )
    if as_json:
        print_json(
            {"window": time_window.window, "undated": time_window.undated,
             "links": _counts(seen.link_counts), "entities": _counts(seen.entity_counts)}
        )  # fmt: skip
    else:
        say(str(seen))


def score(
    file: File,
    graph: Annotated[str | None, typer.Option("--graph", "-g")] = None,
    most: Annotated[int, typer.Option("--most", help="Rows")] = 30,
    as_json: Json = False,
) -> None:
    """How strongly independent sources agree on each link, best first."""
    import numpy as np

    from clew.analysis.corroboration import corroboration
    from clew.cli.output import print_json, print_table, safe
    from clew.cli.session import opened

    with opened(file, readonly=True) as bench:
        view = bench.view(graph)
        scores = corroboration(view, bench.catalogue, window=bench.window())
        order = np.argsort(-scores.values, kind="stable")
        rows = []
        for place in (order if as_json else order[:most]).tolist():
            link = view.link(place)
            rows.append(
                {"source": link.source.value, "link": link.type, "target": link.target.value,
                 "score": round(float(scores.values[place]), 4),
                 "lineages": int(scores.lineages[place])}
            )  # fmt: skip
    if as_json:
        print_json(rows)
        return
    told = [
        (safe(row["source"]), row["link"], safe(row["target"]), row["score"], row["lineages"])
        for row in rows
    ]
    print_table("Corroboration", ("from", "link", "to", "score", "lineages"), told, most=most)


def prune(
    file: File,
    graph: Graph = "main",
    span: Annotated[str | None, typer.Option("--window", help="Else the window set")] = None,
    undated: Annotated[str, typer.Option("--undated")] = "with-ends",
    score_min: Annotated[float, typer.Option("--score-min")] = 0.0,
    lineages_min: Annotated[int, typer.Option("--lineages-min")] = 0,
    leaves: Annotated[int, typer.Option("--leaves", help="Rounds of cutting leaves")] = 0,
    keep: Annotated[list[str], typer.Option("--keep", help="A value that stays")] = [],  # noqa: B006
    apply: Annotated[
        bool, typer.Option("--apply", help="Do it; 'clew undo' brings it back")
    ] = False,
    as_json: Json = False,
) -> None:
    """Propose what falls out of a graph, with reasons; --apply takes it out."""
    from clew.analysis.prune import PruneRules, as_change, propose
    from clew.cli.output import print_json, print_table, safe, say
    from clew.cli.session import opened, rows_of
    from clew.model.interval import UndatedPolicy, Window

    with opened(file) as bench:
        chosen = Window.parse(span) if span else bench.window()
        rules = PruneRules(
            window=chosen, undated=UndatedPolicy(undated), score_min=score_min,
            lineages_min=lineages_min, leaf_rounds=leaves,
        )  # fmt: skip
        kept = rows_of(bench, keep) if keep else None
        proposal = propose(bench.view(graph), rules, bench.catalogue, keep=kept)
        falling = proposal.falling_entities(1 << 30 if as_json else 50)
        if apply and (len(proposal.entities) or len(proposal.links)):
            bench.decide(as_change(proposal), label=f"Prune {graph}: {rules}")
    if as_json:
        print_json(
            {"rules": str(rules), "applied": apply, "entities_stay": proposal.entities_stay,
             "links_stay": proposal.links_stay,
             "entities_fall": [{"type": one.type, "value": one.value, "reason": why}
                               for one, why in falling]}
        )  # fmt: skip
        return
    rows = [(one.type, safe(one.value), why) for one, why in falling]
    print_table(f"Falls ({rules})", ("type", "value", "reason"), rows)
    done = "taken out; 'clew undo' brings them back" if apply else "proposed; --apply does it"
    say(
        f"{proposal.entities_stay} entities and {proposal.links_stay} links stay; "
        f"{len(proposal.entities)} entities and {len(proposal.links)} links {done}."
    )


def explain(
    file: File,
    value: Annotated[str, typer.Argument(help="An entity")],
    other: Annotated[str | None, typer.Argument(help="Another: why are they connected?")] = None,
    as_json: Json = False,
) -> None:
    """Every claim about an entity with provider, run, dates and reply; or why two are connected."""
    from clew.analysis.facts import connection, entity_facts
    from clew.cli.explain import show_connection, show_facts
    from clew.cli.output import print_json
    from clew.cli.session import opened, rows_of

    with opened(file, readonly=True) as bench:
        rows = rows_of(bench, [value, *([other] if other else [])])
        data: dict[str, Any]
        if other:
            data = connection(
                bench.view(), int(rows[0]), int(rows[1]), bench.catalogue, window=bench.window()
            )
        else:
            # One that was joined to another is looked at where it stands.
            row = bench.state.decisions.merged_into(int(rows[0]))
            data = entity_facts(bench.view(), row, bench.catalogue, window=bench.window())
    if as_json:
        print_json(data)
    elif other:
        show_connection(data)
    else:
        show_facts(data)


def _counts(counts: Any) -> dict[str, int]:
    return {"shown": counts.shown, "known": counts.known, "unknown": counts.unknown}
