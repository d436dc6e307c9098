"""Commands that list whom one can ask, and what: providers, transforms."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Annotated, Any

import typer

from clew.cli.session import Json, registry

if TYPE_CHECKING:
    from clew.transform.contract import Transform


def declare(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("providers")(providers)
    app.command("transforms")(transforms)


def providers(as_json: Json = False) -> None:
    """Who can be asked, at what contact class, and whether keys are there."""
    from clew.cli.output import print_json, say
    from clew.engine.quota import known_allowance
    from clew.engine.readiness import readiness
    from clew.engine.settings import Settings

    known, settings, now = registry(), Settings.of_environment(os.environ), int(time.time())
    rows: list[dict[str, Any]] = []
    for name, found in sorted(known.providers.items()):
        state = readiness(settings, found)
        rows.append(
            {
                "name": name, "label": found.label, "status": found.status,
                "successor": found.successor, "contact": int(settings.contact(found)),
                "url": settings.shown_url(found), "keys": dict(state.where), "ready": state.ready,
                "missing": list(state.missing), "refused": state.refused, "helps": state.helps,
                "about": found.about, "quota": known_allowance(settings, found, now),
            }
        )  # fmt: skip
    if as_json:
        print_json({"providers": rows, "faults": list(known.faults)})
        return
    say("Providers", style="bold")
    _print_terms([(row["name"], _provider_lines(row)) for row in rows])
    for fault in known.faults:
        say(f"not loaded: {fault}", style="yellow")


def transforms(
    type_: Annotated[str | None, typer.Option("--type", "-t", help="That take this type")] = None,
    as_json: Json = False,
) -> None:
    """What can be asked about which types."""
    from clew.cli.output import print_json, say
    from clew.schema.registry import catalogue

    known = registry()
    kind = catalogue().entity_type(type_).value if type_ else None
    found = known.fitting(kind) if kind else known.transforms.values()
    listed = sorted(found, key=lambda one: one.id)
    if as_json:
        print_json([_transform_data(one) for one in listed])
        return
    for provider, group in groupby(listed, key=lambda one: one.provider):
        say(provider.label, style="bold")
        _print_terms([(one.id, _transform_lines(one)) for one in group])
        say("")


def _provider_lines(row: dict[str, Any]) -> Iterable[str]:
    yield f"{row['label']}: {'ready' if row['ready'] else 'not ready'}"
    status = "" if row["status"] == "active" else f", {row['status']}"
    successor = f", use {row['successor']}" if row["successor"] else ""
    yield f"contact class {row['contact']}{status}{successor}"
    keys = [f"{key} ({where or 'not set'})" for key, where in row["keys"].items()]
    yield f"keys: {', '.join(keys)}" if keys else "needs no key"
    if row["quota"]:
        yield f"used: {row['quota']}"
    if not row["ready"]:
        yield f"{row['refused']} {row['helps']}".strip()


def _transform_lines(one: Transform) -> Iterable[str]:
    yield one.title
    takes = ", ".join(kind.type.name for kind in one.accepts) or "any type"
    price = f"; {one.cost}" if one.cost.credits else ""
    yield f"takes {takes}{price}"


def _transform_data(one: Transform) -> dict[str, Any]:
    return {
        "id": one.id, "title": one.title,
        "takes": [kind.type.name for kind in one.accepts],
        "finds": [kind.type.name for kind in one.finds],
        "parameters": {it.name: {"kind": it.kind, "default": it.default, "help": it.helps}
                       for it in one.parameters},
        "credits": one.cost.credits, "unit": one.cost.unit, "per": one.cost.per,
    }  # fmt: skip


def _print_terms(terms: Sequence[tuple[str, Iterable[str]]]) -> None:
    """Names on the left, whole, so that they can be copied; what is said of each beside them."""
    from rich.table import Table
    from rich.text import Text

    from clew.cli.output import clean, out

    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for name, lines in terms:
        first, *more = (clean(line) for line in lines)
        text = Text(first)
        for line in more:
            text.append(f"\n{line}", style="dim")
        table.add_row(Text(clean(name)), text)
    out().print(table)
