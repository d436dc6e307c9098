"""Commands that ask Maltego transforms and servers: discover, plan, run."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from clew.cli.maltego_shown import declared, show_known, show_plan
from clew.cli.session import File, Graph, Json

if TYPE_CHECKING:
    from clew.engine.maltego.planned import MaltegoPlan
    from clew.workbench import Workbench

Name = Annotated[str, typer.Argument(help="A server, as 'clew maltego list' tells")]
Asked = Annotated[str, typer.Argument(help="A local transform, or SERVER/TRANSFORM")]
Values = Annotated[list[str] | None, typer.Argument(help="Entities; else all of --type")]
Types = Annotated[list[str], typer.Option("--type", "-t", help="All entities of that type")]
From = Annotated[str | None, typer.Option("--from", help="Choose among the entities of a graph")]
Set = Annotated[list[str], typer.Option("--set", help="name=value, a setting")]
Secret = Annotated[
    list[str], typer.Option("--secret", help="name=VARIABLE, a setting from the environment")
]
Limit = Annotated[int, typer.Option("--limit", help="Most results about one entity")]


def declare(app: typer.Typer) -> None:
    """Add the commands."""
    for command in (discover, plan, run):
        app.command(command.__name__)(command)


def discover(name: Name, as_json: Json = False) -> None:
    """Ask an enabled server what it offers, and keep that."""
    import asyncio

    from clew.cli.output import print_json
    from clew.engine.bounds import Bounds
    from clew.engine.client import Client
    from clew.engine.maltego.ask import key_of
    from clew.engine.maltego.declared import Server, save_declared
    from clew.engine.maltego.discover import Discovered
    from clew.engine.maltego.discover import discover as discover_it
    from clew.engine.maltego.send import Sender
    from clew.engine.settings import Settings
    from clew.errors import Refusal, UnknownName

    known, path = declared()
    server = known.named(name)
    if not isinstance(server, Server):
        raise UnknownName("Maltego server", name, known=tuple(it.name for it in known.servers))
    if not server.enabled:
        raise Refusal(f"{name} is not enabled.", helps=f"clew maltego enable {name}")
    settings = Settings.of_environment(os.environ)

    async def asked() -> Discovered:
        async with Client(Bounds(), contact_limit=settings.contact_limit) as client:
            return await discover_it(Sender(client, server, key_of(settings, server)))

    found = asyncio.run(asked())
    save_declared(path, known.changed(name, replace(server, offers=tuple(found.known))))
    if as_json:
        print_json({"server": name, "offers": found.known, "problems": found.problems})
    else:
        show_known(name, found.known, found.problems)


def plan(
    file: File,
    transform: Asked,
    values: Values = None,
    types: Types = [],  # noqa: B006
    source: From = None,
    settings: Set = [],  # noqa: B006
    secrets: Secret = [],  # noqa: B006
    limit: Limit = 256,
    as_json: Json = False,
) -> None:
    """What asking it would do: calls, what leaves and to whom, what is held back."""
    from clew.cli.output import print_json
    from clew.cli.session import opened

    with opened(file, readonly=True) as bench:
        made = _plan(bench, transform, values, types, source, settings, secrets, limit)
    if as_json:
        print_json(_plan_data(made))
    else:
        show_plan(made)


def run(
    file: File,
    transform: Asked,
    values: Values = None,
    types: Types = [],  # noqa: B006
    source: From = None,
    graph: Graph = "main",
    settings: Set = [],  # noqa: B006
    secrets: Secret = [],  # noqa: B006
    limit: Limit = 256,
    as_json: Json = False,
) -> None:
    """Ask it about entities; all that comes is one action, and one undo takes it back."""
    import asyncio

    from clew.cli.output import print_json, safe, say
    from clew.cli.session import opened, progress
    from clew.engine.maltego.ask import Means, ask
    from clew.workbench.provider_runs import now_us

    with opened(file) as bench:
        made = _plan(bench, transform, values, types, source, settings, secrets, limit)
        if not as_json:
            show_plan(made)
        with progress(made.target.label, quiet=as_json) as tell:
            ended = asyncio.run(
                ask(
                    bench.case, made, Means(os.environ, bench.settings), graph=graph,
                    catalogue=bench.catalogue, now_us=now_us, actor=bench.actor, tell=tell,
                )
            )  # fmt: skip
    if as_json:
        print_json({**_plan_data(made), "run": ended.run, "done": ended.done,
                    "failed": ended.failed, "requests": ended.calls,
                    "incomplete": ended.incomplete, "problems": ended.problems})  # fmt: skip
    else:
        say(f"{ended.done} done, {ended.failed} failed; {ended.calls} requests.")
        for line in (*ended.incomplete, *ended.problems)[:20]:
            say(f"  ! {safe(line)}", style="yellow")
    if ended.failed or ended.incomplete:
        raise typer.Exit(3)


def _plan(
    bench: Workbench,
    transform: str,
    values: list[str] | None,
    types: list[str],
    source: str | None,
    settings: list[str],
    secrets: list[str],
    limit: int,
) -> MaltegoPlan:
    from clew.cli.session import parameters, rows_of
    from clew.engine.maltego.planned import given_of, plan_maltego, target_of
    from clew.errors import InvalidValue

    if not values and not types and source is None:
        raise InvalidValue("entities", "", "none is named", helps="Name values, --type or --from.")
    target = target_of(declared()[0], transform)
    rows = rows_of(bench, values or [], types=types, graph=source)
    told = parameters(settings)
    hidden: dict[str, str] = parameters(secrets)
    for name, variable in hidden.items():
        if variable not in os.environ:
            raise InvalidValue("variable", variable, "it is not in the environment")
        told[name] = os.environ[variable]
    givens = given_of(bench.view(), rows.tolist(), target.how, bench.catalogue)
    return plan_maltego(
        target, givens, told, limit=limit,
        catalogue=bench.catalogue, contact_limit=bench.settings.contact_limit, secrets=hidden,
    )  # fmt: skip


def _plan_data(made: MaltegoPlan) -> dict[str, Any]:
    return {
        "transform": made.target.name, "provider": made.target.provider,
        "enabled": made.target.how.enabled, "contact": int(made.target.how.contact),
        "asks": [{"type": one.entity.type, "value": one.entity.value, "sent_as": one.thing.type}
                 for one in made.asks],
        "held": [{"type": one.type, "value": one.value, "reason": why} for one, why in made.held],
        "calls": made.calls, "leaves": made.leaves, "limit": made.limit,
    }  # fmt: skip
