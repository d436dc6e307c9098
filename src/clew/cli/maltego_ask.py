"""Commands that ask Maltego transforms and servers: discover, plan, run."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from clew.cli.maltego_output import load_declarations, plan_data, show_known, show_plan
from clew.cli.session import File, Graph, Json

if TYPE_CHECKING:
    from clew.engine.plan import Plan
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
Through = Annotated[list[str], typer.Option("--through", help="A state to pivot through anyway")]
Calls = Annotated[int | None, typer.Option("--calls", help="Most calls")]
Refresh = Annotated[bool, typer.Option("--refresh", help="Ask anew, not the cache")]


def declare(app: typer.Typer) -> None:
    """Add the commands."""
    for command in (discover, plan, run):
        app.command(command.__name__)(command)


def discover(name: Name, as_json: Json = False) -> None:
    """Ask an enabled server what it offers, and keep that."""
    import asyncio

    from clew.cli.output import print_json
    from clew.cli.passphrase import passphrase_asker
    from clew.engine.client import Client
    from clew.engine.maltego.declarations import ServerDeclaration, save_declarations
    from clew.engine.maltego.discover import Discovery
    from clew.engine.maltego.discover import discover as discover_it
    from clew.engine.maltego.server_client import ServerClient, key_of, route_of
    from clew.engine.maltego.transforms import provider_of
    from clew.engine.quota import account_meter
    from clew.engine.settings import Settings
    from clew.errors import Refusal, UnknownName

    known, path = load_declarations()
    server = known.named(name)
    if not isinstance(server, ServerDeclaration):
        raise UnknownName("Maltego server", name, known=tuple(it.name for it in known.servers))
    if not server.enabled:
        raise Refusal(f"{name} is not enabled.", helps=f"clew maltego enable {name}")
    settings = Settings.of_environment(os.environ, passphrase=passphrase_asker())

    async def asked() -> Discovery:
        route, bounds = route_of(settings, server), settings.bounds()
        config = settings.config_of(provider_of(server))
        with account_meter(settings, config, time.time) as account:
            async with Client(bounds, contact_limit=settings.contact_limit) as client:
                key = key_of(settings, server)
                return await discover_it(ServerClient(client, server, route, key, account))

    found = asyncio.run(asked())
    save_declarations(path, known.changed(name, replace(server, offers=tuple(found.known))))
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
    through: Through = [],  # noqa: B006
    as_json: Json = False,
) -> None:
    """What asking it would do: calls, what leaves and to whom, what is held back."""
    from clew.cli.output import print_json
    from clew.cli.session import open_workbench

    with open_workbench(file, readonly=True) as bench:
        made = _plan(bench, transform, values, types, source, settings, secrets, limit, through)
        if as_json:
            print_json(plan_data(made, bench.catalogue))
        else:
            show_plan(made, bench.catalogue)


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
    through: Through = [],  # noqa: B006
    calls: Calls = None,
    refresh: Refresh = False,
    as_json: Json = False,
) -> None:
    """Ask it about entities; all that comes is one action, and one undo takes it back."""
    from clew.cli.output import print_json, safe, say
    from clew.cli.session import open_workbench, progress
    from clew.engine.budget import Budget, Meter

    with open_workbench(file, asks=True) as bench:
        made = _plan(
            bench, transform, values, types, source, settings, secrets, limit, through,
            refresh=refresh,
        )  # fmt: skip
        # What is not enabled is refused before its run is queued.
        bench.settings.config_of(made.transform.provider)
        if not as_json:
            show_plan(made, bench.catalogue)
        data, meter = plan_data(made, bench.catalogue), Meter(Budget(calls, 0.0))
        started = bench.start(made, graph=graph, meter=meter)
        with progress(made.transform.title, quiet=as_json) as tell:
            bench.tell = tell
            ended = bench.work(started, refresh=refresh, meter=meter)
    if as_json:
        print_json({**data, "run": ended.run, "done": ended.done,
                    "failed": ended.failed, "requests": ended.calls, "cached": ended.cached,
                    "incomplete": ended.incomplete, "problems": ended.problems})  # fmt: skip
    else:
        say(
            f"{ended.done} done, {ended.failed} failed; {ended.calls} requests, "
            f"{ended.cached} kept replies."
        )
        for line in (*ended.incomplete, *ended.problems)[:20]:
            say(f"  ! {safe(line)}", style="yellow")
    if ended.failed or ended.incomplete or ended.left:
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
    through: list[str],
    *,
    refresh: bool = False,
) -> Plan:
    from clew.cli.session import parameters, rows_of
    from clew.engine.maltego.question import LIMIT, parameter_name
    from clew.engine.maltego.registry import transform_id
    from clew.errors import InvalidValue

    if not values and not types and source is None:
        raise InvalidValue("entities", "", "none is named", helps="Name values, --type or --from.")
    id_ = transform_id(load_declarations()[0], transform)
    rows = rows_of(bench, values or [], types=types, graph=source)
    hidden: dict[str, str] = parameters(secrets)
    for variable in hidden.values():
        if variable not in os.environ:
            raise InvalidValue("variable", variable, "it is not in the environment")
    run_settings: dict[str, Any] = {
        **parameters(settings),
        **{name: os.environ[variable] for name, variable in hidden.items()},
    }
    return bench.plan(
        id_, rows,
        {**{parameter_name(name): value for name, value in run_settings.items()}, LIMIT: limit},
        through=through, refresh=refresh, secrets=[parameter_name(name) for name in hidden],
    )  # fmt: skip
