"""The demo: replicas on loopback, a playbook played over HTTP, a file and a picture left."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

from clew.cli.output import print_json, safe, say, say_aside
from clew.cli.step_summary import step_summary
from clew.playbook.library import load_playbook
from clew.playbook.result import StepResult
from clew.playbook.run import run_playbook
from clew.replicas.scenario import load_scenario
from clew.replicas.server import parse_misbehaviour, serve_replicas

SHOWN_MAX = 4


def open_demo(
    name: str, *, folder: Path, misbehave: list[str], port: int, browser: bool, fresh: bool
) -> None:
    """Start a case's replicas and open the workbench on its file, ``NAME.clew`` in *folder*."""
    import os

    from clew.cli.page import show_page
    from clew.replicas.server import ReplicaServer
    from clew.service.library import Library

    def prepare(server: ReplicaServer) -> None:
        for text in misbehave:
            server.behave(*parse_misbehaviour(text))
        say("Replicas answer on loopback; nothing leaves this machine.")

    library = Library(folder, os.environ)
    path = library.case(name, fresh=fresh, prepare=prepare, ends=announce(True))
    show_page(library, library.open(path), port=port, browser=browser)


def run_demo(name: str, *, as_json: bool, folder: Path, misbehave: list[str]) -> None:
    """Play a case's playbook; leaves ``NAME.clew`` and a picture in *folder*."""
    import typer

    from clew.cli.session import environment, progress
    from clew.interop.picture.drawing import drawing_of
    from clew.interop.picture.png import png
    from clew.interop.picture.svg import svg
    from clew.service.library import case_file, make_way
    from clew.store.beside import write_beside
    from clew.workbench import Workbench

    case = load_scenario(name)
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{case_file(case)}.clew"
    if earlier := make_way(file):
        say_aside(f"The earlier {file.name} is now {earlier.name}.")
    playbook = load_playbook(case.playbook, folder=case.folder)
    with serve_replicas(case) as server:
        for text in misbehave:
            provider, wrong = parse_misbehaviour(text)
            server.behave(provider, wrong)
        settings = environment({**server.settings(), "CLEW_KEYRING": "no"})
        if not as_json:
            say(f"{case.title}", style="bold")
            say(f"{playbook.title}. Replicas answer on loopback; nothing leaves this machine.\n")
        with Workbench.create(file, settings) as bench, progress(case.name, quiet=as_json) as tell:
            bench.tell = tell
            played = run_playbook(
                playbook, case.parameters, bench, ends=announce(as_json), credits_max=math.inf
            )
            graphs = list(bench.state.decisions.graphs)
            shown = "merged" if "merged" in graphs else graphs[-1]
            span = bench.state.decisions.time_window.window
            drawing = drawing_of(
                bench.shareable(shown), bench.catalogue, title=case.title,
                subtitle=f"graph {shown}, {span or 'all of time'}",
            )  # fmt: skip
    write_beside(file.with_suffix(".svg"), svg(drawing).encode())
    write_beside(file.with_suffix(".png"), png(drawing))
    if as_json:
        print_json({"case": case.name, "file": str(file), **played.as_data()})
    else:
        say(f"\nLeft here: {file}, {file.with_suffix('.svg')} and {file.with_suffix('.png')}.")
        say(f"Go on: clew show {file} · clew history {file} · clew explain {file} VALUE")
    if any(step.extents for step in played.steps):
        raise typer.Exit(3)


def announce(quiet: bool) -> Callable[[StepResult], None]:
    """Prints each step's result as it comes; nothing where quiet."""
    number = 0

    def print_step(step: StepResult) -> None:
        nonlocal number
        number += 1
        if quiet:
            return
        say(f"{number:>3}  {step.title}: {step_summary(step)}")
        lines = (*step.extents[:SHOWN_MAX], *step.problems[:SHOWN_MAX])
        for line in lines:
            say(f"       ! {safe(line)}", style="yellow")
        more = len(step.extents) + len(step.problems) - len(lines)
        if more > 0:
            say(f"       ! and {more} more", style="yellow")

    return print_step
