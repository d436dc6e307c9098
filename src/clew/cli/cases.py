"""Commands about whole investigations and cases: demo, new, add, play, replicas, case."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from clew.cli.session import File, Graph, Json, Title, read_bytes

Port = Annotated[int, typer.Option("--port", min=0, max=65535, help="0 is any free one")]
Browser = Annotated[bool, typer.Option("--browser/--no-browser", help="Open the page")]

case_app = typer.Typer(no_args_is_help=True, help="Folders of facts that replicas answer from.")


def declare(app: typer.Typer) -> None:
    """Add the commands."""
    for command in (demo, new, add, extract, replicas):
        app.command(command.__name__)(command)
    app.command("open")(open_)
    case_app.command("import-facts")(import_facts)


def demo(
    case: Annotated[
        str, typer.Option("--case", help="A shipped case, or a folder")
    ] = "pitty-tiger",
    headless: Annotated[bool, typer.Option("--headless", help="In the terminal")] = False,
    as_json: Json = False,
    out: Annotated[Path, typer.Option("--out", help="Where the file and the picture go")] = Path(),
    misbehave: Annotated[
        list[str], typer.Option("--misbehave", help="PROVIDER:KIND, a replica that fails so")
    ] = [],  # noqa: B006
    port: Port = 0,
    browser: Browser = True,
    fresh: Annotated[bool, typer.Option("--fresh", help="Begin by hand, with nothing")] = False,
) -> None:
    """Start a case's replicas and open the workbench; --headless plays it in the terminal."""
    from clew.cli.demo import open_demo, run_demo

    if headless or as_json:
        run_demo(case, as_json=as_json, folder=out, misbehave=misbehave)
    else:
        open_demo(case, folder=out, misbehave=misbehave, port=port, browser=browser, fresh=fresh)


def open_(
    file: Annotated[Path | None, typer.Argument(help="NAME.clew; else the start page")] = None,
    port: Port = 0,
    browser: Browser = True,
) -> None:
    """Open an investigation in the workbench; a file that is not there is made."""
    from clew.cli.page import show_page
    from clew.cli.passphrase import environment_with_passphrase
    from clew.cli.session import kinds
    from clew.service.library import Library

    folder = file.parent if file else Path()
    library = Library(folder, environment_with_passphrase(), kinds=kinds())
    bench = None
    if file is not None:
        bench = library.open(file) if file.exists() else library.begin(file)
    show_page(library, bench, port=port, browser=browser)


def new(file: File, title: Title = "") -> None:
    """Make a new, empty investigation."""
    from clew.cli.output import say
    from clew.store.investigation import Investigation

    Investigation.create(file, title=title).close()
    say(f"{file}: a new investigation.")


def add(
    file: File,
    values: Annotated[list[str] | None, typer.Argument(help="Values; else standard input")] = None,
    graph: Graph = "main",
    as_json: Json = False,
) -> None:
    """Add values or pasted text, defanged or not, one a line; 'type: value' says the type."""
    from clew.cli.output import print_json, print_table, safe
    from clew.cli.session import open_workbench, values_of

    texts = values or sys.stdin.read(64 * 1024 * 1024).splitlines()
    with open_workbench(file) as bench:
        found = values_of(bench, texts)
        if found:
            bench.add(found, graph=graph, label=f"Add {len(found)} values")
    rows = [(value.type.name, str(value)) for value in found]
    if as_json:
        print_json({"added": [{"type": type_, "value": value} for type_, value in rows]})
    else:
        print_table(f"Added to {graph}", ("type", "value"), [(a, safe(b)) for a, b in rows])


def extract(
    files: Annotated[list[Path], typer.Argument(help="Text, HTML, mail or PDF; - is stdin")],
    into: Annotated[Path | None, typer.Option("--into", help="Enter them in this file")] = None,
    graph: Graph = "main",
    as_json: Json = False,
) -> None:
    """Find indicators in texts, in any defanged form, each with its place; enters nothing."""
    from clew.cli.output import print_json, print_table, safe, say
    from clew.cli.session import kinds, open_workbench
    from clew.interop.text.extract import extract as extract_it
    from clew.interop.text.file_text import text_of

    catalogue = kinds()
    places: list[dict[str, Any]] = []
    values: dict[Any, None] = {}
    for file in files:
        data = sys.stdin.buffer.read() if str(file) == "-" else read_bytes(file)
        for one in extract_it(text_of(data), catalogue):
            values[catalogue.entity_types[one.type].value.trusted(one.value)] = None
            places.append(
                {"file": str(file), "type": one.type, "value": one.value, "line": one.line,
                 "span": list(one.span), "text": one.text, "defanged": one.defanged,
                 "hints": list(one.hints), "date": one.date}
            )  # fmt: skip
    if into is not None:
        with open_workbench(into) as bench:
            bench.add(list(values), graph=graph, label=f"Extract {len(values)} values")
    if as_json:
        print_json({"entities": places, "unique": len(values)})
        return
    rows = [(it["line"], it["type"], safe(it["value"]), ", ".join(it["hints"])) for it in places]
    print_table("Indicators", ("line", "type", "value", "its line says"), rows)
    end = f"entered in {into}" if into else "nothing was entered"
    say(f"{len(places)} places, {len(values)} values; {end}.")


def replicas(
    case: Annotated[
        str, typer.Option("--case", help="A shipped case, or a folder")
    ] = "pitty-tiger",
    misbehave: Annotated[list[str], typer.Option("--misbehave", help="PROVIDER:KIND")] = [],  # noqa: B006
) -> None:
    """Serve a case as its vendors would, on loopback, until Ctrl-C; prints the settings to use."""
    import threading

    from clew.replicas.scenario import load_scenario
    from clew.replicas.server import parse_misbehaviour, serve_replicas

    with serve_replicas(load_scenario(case)) as server:
        for text in misbehave:
            provider, wrong = parse_misbehaviour(text)
            server.behave(provider, wrong)
        for name, value in server.settings().items():
            sys.stdout.write(f"export {name}={value}\n")
        sys.stdout.flush()
        threading.Event().wait()


def import_facts(
    source: Annotated[Path, typer.Argument(help="A facts folder")],
    folder: Annotated[Path, typer.Argument(help="Where the case goes")],
) -> None:
    """Make a case from a facts folder's own layout (docs/reference/cases.md)."""
    from clew.cli.output import say
    from clew.replicas.import_facts import import_facts as import_it

    made = import_it(source, folder)
    say(f"{folder}: the case {made.name}, {len(made.indicators)} indicators.")
