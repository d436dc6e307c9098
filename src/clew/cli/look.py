"""Commands that look and take back: show, history, undo, redo, replay."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from clew.cli.session import Ceiling, File, Json, WholeOrGraph


def declare(app: typer.Typer) -> None:
    """Add the commands."""
    for command in (report, show, history, undo, redo, replay):
        app.command(command.__name__)(command)


def show(
    file: File,
    graph: WholeOrGraph = None,
    type_: Annotated[
        str | None, typer.Option("--type", "-t", help="Only entities of that type")
    ] = None,
    at: Annotated[int | None, typer.Option("--at", help="The state after that entry")] = None,
    as_json: Json = False,
) -> None:
    """The graphs of an investigation and what is in them."""
    from clew.cli.output import print_json, print_table, safe, say
    from clew.cli.session import open_workbench
    from clew.graph.digest import state_digest
    from clew.graph.markings import investigation_marking
    from clew.graph.view import view_of
    from clew.schema.look_alikes import unicode_form

    def shown(value: str) -> str:
        read = unicode_form(value)
        return f"{safe(value)}  (reads {safe(read)})" if read else safe(value)

    with open_workbench(file, readonly=True) as bench:
        state = bench.state if at is None else bench.state_at(at)
        view = view_of(state, graph)
        graphs = {name: view_of(state, name) for name in state.decisions.graphs}
        records = view.entity_records()
        if type_:
            records = [one for one in records if one.type == type_]
        counts = {
            n: {"entities": len(v.entities), "links": len(v.links)} for n, v in graphs.items()
        }
        digest = state_digest(state) if as_json else ""
        highest = bench.ceiling_by(state.decisions.sharing)
        marking, ceiling = str(investigation_marking(state)), str(highest)
        default = str(highest.default)
        rows = [(one.type, one.value) for one in sorted(records)]
        links = [str(link) for link in view.link_records()] if as_json else []
    if as_json:
        print_json(
            {"entry": state.seq, "digest": digest, "graphs": counts, "marking": marking,
             "default_marking": default, "ceiling": ceiling,
             "entities": [{"type": a, "value": b} for a, b in rows], "links": links}
        )  # fmt: skip
        return
    print_table(
        f"{file}, entry {state.seq}",
        ("graph", "entities", "links"),
        [(name, it["entities"], it["links"]) for name, it in counts.items()],
    )
    say(f"Marking: {marking}; what carries none counts as {default}. Leaves: {ceiling} at most.")
    say("")
    print_table(graph or "all graphs", ("type", "value"), [(a, shown(b)) for a, b in rows])


def history(
    file: File,
    records: Annotated[
        bool, typer.Option("--all", help="Also what was asked, answered and bought")
    ] = False,
    as_json: Json = False,
) -> None:
    """All that was done, and what counts."""
    from datetime import UTC, datetime

    from clew.cli.output import print_json, print_table
    from clew.cli.session import open_workbench

    with open_workbench(file, readonly=True) as bench:
        steps = bench.state.history.entries(records=records)
    rows = [
        {"entry": step.seq, "at": f"{datetime.fromtimestamp(step.at / 1e6, UTC):%Y-%m-%d %H:%M:%S}",
         "who": step.actor, "what": step.label, "kind": step.kind, "counts": step.counts,
         "reverts": list(step.targets)}
        for step in steps
    ]  # fmt: skip
    if as_json:
        print_json(rows)
        return
    cells = [
        (
            row["entry"],
            row["at"],
            row["who"],
            row["what"],
            row["kind"],
            "" if row["counts"] else "undone",
        )
        for row in rows
    ]
    print_table("History", ("entry", "when", "who", "what", "kind", ""), cells, most=1000)


def undo(file: File, as_json: Json = False) -> None:
    """Take the latest action back."""
    _step(file, "undo", as_json)


def redo(file: File, as_json: Json = False) -> None:
    """Bring back what was undone last."""
    _step(file, "redo", as_json)


def replay(file: File, as_json: Json = False) -> None:
    """Derive the graph again from the kept replies, and compare."""
    from clew.cli.output import print_json, say
    from clew.cli.session import open_workbench
    from clew.graph.digest import state_digest

    with open_workbench(file, readonly=True) as bench:
        stored_digest, derived_digest = (
            state_digest(bench.state),
            state_digest(bench.replay_state()),
        )
    same = stored_digest == derived_digest
    if as_json:
        print_json({"kept": stored_digest, "derived": derived_digest, "same": same})
    else:
        say("The replies give the same graph." if same else "The replies give ANOTHER graph.")
    if not same:
        raise typer.Exit(1)


def report(
    file: File,
    to: Annotated[Path, typer.Argument(help="NAME.html, .md or .pdf")],
    graph: Annotated[str | None, typer.Option("--graph", "-g", help="Else the largest")] = None,
    beside: Annotated[list[str], typer.Option("--beside", help="A graph to compare with")] = [],  # noqa: B006
    ceiling: Ceiling = "",
) -> None:
    """Write a report of a graph: what stands out, links with sources, indicators, method."""
    from clew.cli.output import say
    from clew.cli.session import named_ceiling, open_workbench, tell_kept_back
    from clew.errors import UnknownName
    from clew.interop.report.html import html
    from clew.interop.report.markdown import markdown
    from clew.interop.report.pdf import pdf
    from clew.store.beside import write_beside

    kind = to.suffix.lower()
    if kind not in (".html", ".md", ".pdf"):
        raise UnknownName("format", kind or to.name, known=(".html", ".md", ".pdf"))
    with open_workbench(file, readonly=True) as bench:
        graphs = bench.state.decisions.graphs
        name = graph or max(graphs, key=lambda one: len(bench.view(one).entities), default="main")
        content = bench.report_content(name, ceiling=named_ceiling(ceiling), beside=beside)
    data = (
        pdf(content)
        if kind == ".pdf"
        else (html if kind == ".html" else markdown)(content).encode()
    )
    write_beside(to, data)
    say(f"{to}: a report of {name}, {len(data)} bytes.")
    tell_kept_back(str(content.kept_back), say)


def _step(file: Path, way: str, as_json: bool) -> None:
    from clew.cli.output import print_json, say
    from clew.cli.session import open_workbench

    with open_workbench(file) as bench:
        targets = bench.undo() if way == "undo" else bench.redo()
        labels = [step.label for step in bench.state.history.entries() if step.seq in targets]
    if as_json:
        print_json({way: list(targets), "labels": labels})
    elif targets:
        say(f"{way}: {labels[-1]} (entries {', '.join(map(str, targets))}).")
    else:
        say(f"There is nothing to {way}.")
