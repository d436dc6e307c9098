"""Commands that ask and then act, or ask in one of several ways: merge, window, prune, explain."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from clew.cli.session import File, Graph, Json, WholeOrGraph

TELLING_MAX = 10


def declare(app: typer.Typer) -> None:
    """Add the commands."""
    for command in (merge, window, prune, explain):
        app.command(command.__name__)(command)


def merge(
    file: File,
    sources: Annotated[list[str], typer.Argument(help="Two graphs or more")],
    into: Annotated[str, typer.Option("--into", help="The merged graph")] = "merged",
    as_json: Json = False,
) -> None:
    """Merge graphs, and tell what the first two share and how much that means."""
    from clew.cli.output import print_json, say
    from clew.cli.questions import print_answer
    from clew.cli.session import open_workbench
    from clew.commands.merge_graphs import MergeGraphsRequest
    from clew.errors import InvalidValue
    from clew.playbook.judge import overlap_data
    from clew.questions.overlap import OverlapRequest
    from clew.questions.registry import question_named

    if len(sources) < 2:
        raise InvalidValue("merge", " ".join(sources), "it takes two graphs or more")
    with open_workbench(file) as bench:
        shared = bench.ask(OverlapRequest(a=sources[0], b=sources[1], limit=TELLING_MAX))
        bench.do(MergeGraphsRequest(sources=tuple(sources), target=into))
        view = bench.view(into)
        merged = {"graph": into, "entities": len(view.entities), "links": len(view.links)}
    if as_json:
        print_json({"merged": merged, "overlap": overlap_data(shared)})
        return
    say(f"{into}: {merged['entities']} entities, {merged['links']} links.", style="bold")
    print_answer(question_named("overlap"), shared)


def window(
    file: File,
    span: Annotated[
        str | None, typer.Argument(help="2013, FROM..TO or DAY+-DAYS; - for none")
    ] = None,
    undated: Annotated[str, typer.Option("--undated", help="keep, drop or with-ends")] = "keep",
    graph: WholeOrGraph = None,
    as_json: Json = False,
) -> None:
    """Set the window under study, or show what it holds."""
    from clew.cli.output import print_json, say
    from clew.cli.session import open_workbench
    from clew.commands.set_window import set_window
    from clew.questions.in_window import InWindowRequest
    from clew.questions.requests import request_of

    with open_workbench(file) as bench:
        if span is not None:
            fields = {"window": span, "undated": undated}
            bench.do(request_of("set-window", set_window.request, fields))
        if not bench.state.decisions.time_window.window:
            print_json({"window": None}) if as_json else say("No window is set.")
            return
        found = bench.ask(InWindowRequest(graph=graph or ""))
    if as_json:
        counts = {
            one.kind: {"shown": one.shown, "known": one.known, "unknown": one.unknown}
            for one in found.counts
        }
        print_json({"window": found.window, "undated": found.undated, **counts})
    else:
        say(found.sentence)


def prune(
    file: File,
    graph: Graph = "main",
    span: Annotated[str | None, typer.Option("--window", help="Else the window set")] = None,
    undated: Annotated[
        str, typer.Option("--undated", help="keep, drop or with-ends")
    ] = "with-ends",
    score_min: Annotated[
        float, typer.Option("--score-min", min=0, max=1, help="Links of a lower score fall")
    ] = 0.0,
    lineages_min: Annotated[
        int, typer.Option("--lineages-min", min=0, help="Links of fewer lineages fall")
    ] = 0,
    leaf_rounds: Annotated[
        int, typer.Option("--leaf-rounds", "--leaves", min=0, help="Rounds of cutting leaves")
    ] = 0,
    hub_links_min: Annotated[
        int | None, typer.Option("--hub-links-min", min=2, help="Hubs of so many links fall")
    ] = None,
    distance_max: Annotated[
        int | None, typer.Option("--distance-max", min=0, help="What is further away falls")
    ] = None,
    sources: Annotated[
        list[str], typer.Option("--sources", help="Links that only these speak of fall")
    ] = [],  # noqa: B006
    states: Annotated[list[str], typer.Option("--states", help="Entities in them fall")] = [],  # noqa: B006
    keep: Annotated[list[str], typer.Option("--keep", help="A value that stays")] = [],  # noqa: B006
    apply: Annotated[
        bool, typer.Option("--apply", help="Do it; 'clew undo' brings it back")
    ] = False,
    as_json: Json = False,
) -> None:
    """Propose what falls out of a graph, with reasons; --apply takes it out."""
    from clew.cli.output import print_json, say
    from clew.cli.questions import print_answer
    from clew.cli.session import open_workbench
    from clew.commands.prune import PruneRequest
    from clew.questions.prune_proposal import PruneProposalRequest
    from clew.questions.question import LIMIT_MAX
    from clew.questions.registry import question_named
    from clew.questions.requests import request_of

    rules: dict[str, Any] = {
        "graph": graph, "window": span, "undated": undated, "score_min": score_min,
        "lineages_min": lineages_min, "leaf_rounds": leaf_rounds, "hub_links_min": hub_links_min,
        "distance_max": distance_max, "sources": sources, "states": states, "keep": keep,
        "limit": LIMIT_MAX,
    }  # fmt: skip
    with open_workbench(file) as bench:
        found = bench.ask(request_of("prune", PruneProposalRequest, rules))
        if apply:
            bench.do(request_of("prune", PruneRequest, rules))
    if as_json:
        falling = [
            {"id": one.id, "type": one.type, "value": one.value, "reason": one.reason}
            for one in found.falling
        ]
        print_json(
            {"rules": found.rules, "applied": apply, "entities_stay": found.entities_stay,
             "links_stay": found.links_stay, "links_fall": found.links_fall,
             "entities_fall": falling}
        )  # fmt: skip
        return
    print_answer(question_named("prune-proposal"), found)
    say("Taken out; 'clew undo' brings it back." if apply else "Proposed; --apply does it.")


def explain(
    file: File,
    value: Annotated[str, typer.Argument(help="An entity, or an observation's id (o12.l9)")],
    other: Annotated[str | None, typer.Argument(help="Another: why are they connected?")] = None,
    as_json: Json = False,
) -> None:
    """Every claim about an entity, why two are connected, or what an observation says."""
    from clew.cli.questions import ask
    from clew.errors import InvalidValue
    from clew.model.observation_id import ObservationId

    if other is not None:
        ask(file, "why", {"a": value, "b": other}, as_json=as_json)
        return
    try:
        ObservationId.parse(value)
    except InvalidValue:
        ask(file, "about", {"entity": value}, as_json=as_json)
    else:
        ask(file, "observation", {"id": value}, as_json=as_json)
