"""Commands about Maltego transforms: list, offer, declare, enable."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from clew.cli import maltego_ask
from clew.cli.maltego_output import CONTACTS, contact_of, load_declarations, row_of, show_offer
from clew.cli.session import Json

if TYPE_CHECKING:
    from clew.engine.maltego.declarations import Declaration

maltego_app = typer.Typer(
    no_args_is_help=True,
    help="Maltego transforms, unmodified: programs on this machine and transform servers.",
)
Name = Annotated[str, typer.Argument(help="As 'clew maltego list' tells")]
Touches = Annotated[
    str, typer.Option("--contact", help=f"Whom asking it touches: {', '.join(CONTACTS)}")
]
Ceiling = Annotated[str, typer.Option("--ceiling", help="The strictest marking it may get")]
maltego_ask.declare(maltego_app)


@maltego_app.command("list")
def list_(as_json: Json = False) -> None:
    """What is declared: command lines, servers, and what they offered."""
    from clew.cli.output import print_json, print_table, say

    known, path = load_declarations()
    rows = [row_of(one) for one in known.all().values()]
    if as_json:
        print_json({"file": str(path), "declared": rows})
        return
    columns = ("name", "kind", "enabled", "contact", "ceiling", "asks", "takes", "offers")
    print_table("Maltego transforms and servers", columns, [[r[c] for c in columns] for r in rows])
    if not rows:
        say("Nothing is declared. See 'clew maltego add-local --help' and 'add-server --help'.")


@maltego_app.command("offer")
def offer(
    file: Annotated[Path, typer.Argument(help="Maltego's configuration, NAME.mtz")],
    take: Annotated[
        list[str], typer.Option("--take", help="Declare a local transform or server, disabled")
    ] = [],  # noqa: B006
    contact: Touches = "target",
    as_json: Json = False,
) -> None:
    """Show what a file would have run and asked; enables nothing, runs nothing."""
    from clew.cli.output import print_json, say
    from clew.cli.session import read_bytes
    from clew.engine.maltego.offers import offers_of
    from clew.errors import UnknownName
    from clew.interop.maltego.mtz import read_mtz

    offers = offers_of(read_mtz(read_bytes(file)), contact_of(contact))
    if as_json:
        print_json([{**row_of(one), "note": note} for one, note in offers.values()])
    else:
        show_offer(file.name, offers)
    for name in take:
        if name not in offers:
            raise UnknownName("offer", name, known=tuple(offers))
        _add(offers[name][0])
        if not as_json:
            say(f"{name} is declared and disabled. Look at its command, then: "
                f"clew maltego enable {name}")  # fmt: skip


@maltego_app.command("add-local")
def add_local(
    name: Annotated[str, typer.Argument(help="What it is called")],
    command: Annotated[str, typer.Option("--command", help="The program")],
    parameters: Annotated[str, typer.Option("--parameters", help="Before the value")] = "",
    folder: Annotated[
        str, typer.Option("--folder", help="Where it runs; a fresh, empty one if not told")
    ] = "",
    input_type: Annotated[str, typer.Option("--input", help="maltego.X; any if not told")] = "",
    label: Annotated[str, typer.Option("--label", help="Its name for people; else its name")] = "",
    contact: Touches = "target",
    ceiling: Ceiling = "TLP:GREEN",
    as_json: Json = False,
) -> None:
    """Declare a program of this machine, disabled; it is not run."""
    from clew.engine.maltego.declarations import ProgramDeclaration
    from clew.model.marking import Marking

    _added(
        ProgramDeclaration(
            name, label or name, command, parameters, folder, input_type, (),
            contact_of(contact), Marking.parse(ceiling),
        ),
        as_json=as_json,
    )  # fmt: skip


@maltego_app.command("add-server")
def add_server(
    name: Annotated[str, typer.Argument(help="What it is called")],
    url: Annotated[str, typer.Argument(help="Its address; https, but on this machine")],
    protocol: Annotated[str, typer.Option("--protocol", help="trx, tds or v3")],
    contact: Touches = "target",
    ceiling: Ceiling = "TLP:GREEN",
    as_json: Json = False,
) -> None:
    """Declare a transform server, disabled; it is not asked."""
    from clew.engine.maltego.declarations import ServerDeclaration
    from clew.errors import InvalidValue
    from clew.model.marking import Marking

    marking, touches = Marking.parse(ceiling), contact_of(contact)
    match protocol:
        case "trx" | "tds" | "v3":
            _added(ServerDeclaration(name, url, protocol, touches, marking), as_json=as_json)
        case _:
            raise InvalidValue("protocol", protocol, "it is none of trx, tds, v3")


@maltego_app.command("enable")
def enable(name: Name) -> None:
    """Let it be asked."""
    _switch(name, enabled=True)


@maltego_app.command("disable")
def disable(name: Name) -> None:
    """Keep it, and let it not be asked."""
    _switch(name, enabled=False)


@maltego_app.command("remove")
def remove(name: Name) -> None:
    """Forget it."""
    from clew.cli.output import say
    from clew.engine.maltego.declarations import save_declarations

    known, path = load_declarations()
    save_declarations(path, known.without(name))
    say(f"{name} is no longer declared.")


def _add(new: Declaration) -> None:
    from clew.engine.maltego.declarations import save_declarations

    known, path = load_declarations()
    save_declarations(path, known.with_one(new))


def _added(new: Declaration, *, as_json: bool) -> None:
    from clew.cli.output import print_json, say

    _add(new)
    if as_json:
        print_json(row_of(new))
    else:
        say(f"{new.name} is declared and disabled. To let it be asked: "
            f"clew maltego enable {new.name}")  # fmt: skip


def _switch(name: str, *, enabled: bool) -> None:
    from clew.cli.output import say
    from clew.engine.maltego.declarations import save_declarations

    known, path = load_declarations()
    save_declarations(path, known.switched(name, enabled=enabled))
    say(f"{name} is {'enabled' if enabled else 'disabled'}.")
