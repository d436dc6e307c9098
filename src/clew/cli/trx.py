"""Commands for users of Maltego: serving Clew's transforms to its clients."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated

import typer

from clew.cli.session import File

if TYPE_CHECKING:
    from pathlib import Path

    from clew.workbench import Workbench

trx_app = typer.Typer(no_args_is_help=True, help="Clew's transforms in Maltego's clients.")


@trx_app.callback()
def _group() -> None:
    """A group, however few its commands are."""


@trx_app.command("serve")
def serve(
    file: File,
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="0 is any free one")] = 0,
    host: Annotated[str, typer.Option("--host", help="IP address to listen on")] = "127.0.0.1",
    token: Annotated[
        str | None, typer.Option("--token", envvar="CLEW_TRX_TOKEN", help="Else a new one is made")
    ] = None,
    graph: Annotated[
        str, typer.Option("--graph", "-g", help="Where questions and results go")
    ] = "maltego",
    credits_: Annotated[
        float, typer.Option("--credits", min=0, help="Most credits of one run")
    ] = 0.0,
    url: Annotated[
        str, typer.Option("--url", help="Address of a proxy in front of it, with TLS")
    ] = "",
    origin: Annotated[
        list[str], typer.Option("--origin", help="A web client that may ask, https://...")
    ] = [],  # noqa: B006
) -> None:
    """Serve the transforms to Maltego's clients until Ctrl-C; a file that is not there is made."""
    from clew.cli.output import say
    from clew.service.trx.gate import checked_token
    from clew.service.trx.run import Setup
    from clew.service.trx.serve import serve as serve_it

    secret = checked_token(token)

    def ready(address: str) -> None:
        say(
            "For Maltego's Transform Hub the seed, for a TDS the runs, as a file the configuration,"
        )
        say("for the newer framework the last. Ctrl-C ends it.")
        if not url and host not in ("127.0.0.1", "::1"):
            say("What goes over the network here is not encrypted; see --url.", style="yellow")
        # Plain print: the addresses must stay whole on one line each, and come at once in a pipe.
        print(f"{address}/seed", flush=True)
        print(f"{address}/run/<provider-transform>", flush=True)
        print(f"{address}/runner?Command=_CONFIG", flush=True)
        print(f"{address}/api/v3", flush=True)

    with _bench(file) as bench:
        serve_it(
            Setup(bench, graph=graph, credits_max=credits_), token=secret, ready=ready,
            host=host, port=port, url=url, origins=frozenset(origin),
        )  # fmt: skip


def _bench(file: Path) -> Workbench:
    from clew.cli.session import kinds
    from clew.workbench import Workbench

    make = Workbench.open if file.exists() else Workbench.create
    return make(file, os.environ, kinds=kinds())
