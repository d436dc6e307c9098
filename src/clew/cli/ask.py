"""Commands that ask providers: plan, run."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from clew.cli.session import File, Graph, Json

if TYPE_CHECKING:
    from clew.engine.plan import Plan
    from clew.transform.contract import Cost

Transform = Annotated[str, typer.Argument(help="provider.transform, as 'clew transforms' tells")]
Values = Annotated[list[str] | None, typer.Argument(help="Entities; else all of --type")]
Types = Annotated[list[str], typer.Option("--type", "-t", help="All entities of that type")]
With = Annotated[list[str], typer.Option("--with", help="name=value, a parameter")]
Through = Annotated[list[str], typer.Option("--through", help="A state to pivot through anyway")]
From = Annotated[str | None, typer.Option("--from", help="Choose among the entities of a graph")]


def declare(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("plan")(plan)
    app.command("run")(run)


def plan(
    file: File,
    transform: Transform,
    values: Values = None,
    types: Types = [],  # noqa: B006
    source: From = None,
    settings: With = [],  # noqa: B006
    through: Through = [],  # noqa: B006
    as_json: Json = False,
) -> None:
    """What a run would do: calls, credits, what leaves and to whom, what is held back."""
    from clew.cli.output import print_json
    from clew.cli.session import open_workbench, parameters, rows_of
    from clew.engine.plan_data import plan_data

    with open_workbench(file, asks=True) as bench:
        rows = rows_of(
            bench, values or [], types=_types(bench, transform, values, types), graph=source
        )
        made = bench.plan(transform, rows, parameters(settings), through=through, with_quotes=True)
    if as_json:
        print_json(plan_data(made))
    else:
        show_plan(made)


def run(
    file: File,
    transform: Annotated[str | None, typer.Argument(help="provider.transform")] = None,
    values: Values = None,
    types: Types = [],  # noqa: B006
    source: From = None,
    graph: Graph = "main",
    settings: With = [],  # noqa: B006
    through: Through = [],  # noqa: B006
    calls: Annotated[int | None, typer.Option("--calls", help="Most calls")] = None,
    credits_: Annotated[float | None, typer.Option("--credits", help="Most credits")] = None,
    limit: Annotated[int | None, typer.Option("--limit", help="Most rows of one listing")] = None,
    refresh: Annotated[bool, typer.Option("--refresh", help="Ask anew, not the cache")] = False,
    buy_again: Annotated[bool, typer.Option("--buy-again", help="Repeat a purchase")] = False,
    reply: Annotated[Path | None, typer.Option("--reply", help="A saved reply, not asked")] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with unfinished runs")] = False,
    as_json: Json = False,
) -> None:
    """Ask a provider about entities; paid runs need --credits."""
    from clew.cli.output import print_json, safe, say
    from clew.cli.session import open_workbench, parameters, progress, read_bytes, rows_of
    from clew.engine.budget import Budget, Meter
    from clew.errors import InvalidValue

    ended = []
    saved = None if reply is None else read_bytes(reply)
    with open_workbench(file, asks=True) as bench:
        if resume:
            started = bench.case.store.runs(status="queued")
            if credits_ is None:
                credits_ = sum(bench.budget_of(one).credits or 0.0 for one in started)
            meter = Meter(Budget(calls, credits_))
            for queued in started:
                bench.admit_rest(queued, meter)
        else:
            if not transform:
                raise InvalidValue("transform", "", "none is named", helps="Or say --resume.")
            if saved is not None and len(values or []) != 1:
                raise InvalidValue("reply", reply, "a saved reply is about one entity")
            meter = Meter(Budget(calls, credits_ or 0.0))
            rows = rows_of(
                bench, values or [], types=_types(bench, transform, values, types), graph=source
            )
            made = bench.plan(
                transform,
                rows,
                parameters(settings),
                through=through,
                with_quotes=saved is None,
                refresh=refresh,
                meter=meter,
            )
            if saved is None and not as_json:
                show_plan(made)
            started = [bench.start(made, graph=graph, meter=meter if saved is None else None)]
        for run in started:
            with progress(run.label, quiet=as_json) as tell:
                bench.tell = tell
                if saved is not None:
                    ended.append(bench.work_saved(run, saved))
                    continue
                ended.append(
                    bench.work(
                        run, refresh=refresh, buy_again=buy_again, rows_max=limit, meter=meter
                    )
                )
    if as_json:
        print_json([_ended_data(one) for one in ended])
    for one in ended:
        if not as_json:
            say(
                f"{one.done} done, {one.failed} failed, {one.left} left; {one.calls} calls, "
                f"{one.cached} kept replies, {one.credits:g} credits."
            )
            for line in (*one.incomplete, *one.problems)[:20]:
                say(f"  ! {safe(line)}", style="yellow")
    if any(one.failed or one.incomplete or one.left for one in ended):
        raise typer.Exit(3)


def show_plan(made: Plan) -> None:
    """A plan for people."""
    from clew.cli.output import safe, say

    cost = made.transform.cost
    say(f"{made.transform.title}", style="bold")
    say(f"  asks      {len(made.lookups)} of {made.inputs} inputs, {made.cached} from kept replies")
    say(f"  costs     {made.calls} calls, {made.credits:g} credits{_price(cost)}")
    say(f"  leaves    {made.leaves} (contact class {made.contact.value})")
    if made.route:
        say(f"  goes      {made.route}")
    if made.allowance:
        say(f"  account   {made.allowance}")
    if made.expected is not None:
        say(f"  expects   about {made.expected} findings")
    for value, quote in list(made.quotes.items())[:5]:
        say(f"  quote     {safe(value)}: {quote.credits:g} {quote.unit}, {quote.helps}")
    if made.quote_fault:
        say(f"  quote     not told: {safe(made.quote_fault)}", style="yellow")
    for skipped in made.skipped[:10]:
        say(f"  held back {safe(skipped.value)}: {skipped.reason}", style="yellow")


def _price(cost: Cost) -> str:
    """What a unit is paid for, where something is."""
    return f" ({cost})" if cost.credits else ""


def _ended_data(one: Any) -> dict[str, Any]:
    return {
        "run": one.run, "done": one.done, "failed": one.failed, "left": one.left,
        "calls": one.calls, "cached": one.cached, "credits": one.credits,
        "incomplete": list(one.incomplete), "problems": list(one.problems),
    }  # fmt: skip


def _types(bench: Any, transform: str, values: list[str] | None, types: list[str]) -> list[str]:
    """The types asked for; where nothing is named, those that the transform takes."""
    if values or types:
        return types
    return [kind.type.name for kind in bench.registry.transform(transform).accepts]
