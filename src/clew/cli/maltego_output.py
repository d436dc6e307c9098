"""Maltego declarations, offers and plans as people read them."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from clew.engine.maltego.declarations import Declaration, Declarations, ListedTransform
    from clew.engine.plan import Plan
    from clew.schema.registry import Catalogue
    from clew.transform.provider import Contact

CONTACTS = {"local": 0, "own": 1, "third-party": 2, "resolver": 3, "target": 4}
"""Contact classes by the words of the command line."""


def contact_of(text: str) -> Contact:
    """The contact class of a word; raises InvalidValue."""
    from clew.errors import InvalidValue
    from clew.transform.provider import Contact

    if text not in CONTACTS:
        raise InvalidValue("contact class", text, f"it is none of {', '.join(CONTACTS)}")
    return Contact(CONTACTS[text])


def load_declarations() -> tuple[Declarations, Path]:
    """What is declared, and the file that says so."""
    from clew.engine.maltego.declarations import declarations_path, load_declarations

    path = declarations_path(os.environ)
    return load_declarations(path), path


def row_of(one: Declaration) -> dict[str, Any]:
    """A declaration as plain data."""
    from clew.engine.maltego.declarations import ProgramDeclaration

    words = {number: word for word, number in CONTACTS.items()}
    row: dict[str, Any] = {
        "name": one.name, "enabled": one.enabled, "contact": words[int(one.contact)],
        "ceiling": str(one.ceiling),
    }  # fmt: skip
    if isinstance(one, ProgramDeclaration):
        line = f"{one.command} {one.parameters}".strip()
        where = f" (in {one.working_directory})" if one.working_directory else ""
        return {
            **row, "kind": "local", "asks": f"{line}{where}", "label": one.label,
            "command": one.command, "parameters": one.parameters,
            "working_directory": one.working_directory, "takes": one.input_type or "any",
            "offers": "",
        }  # fmt: skip
    return {
        **row, "kind": one.protocol, "asks": one.url, "takes": "",
        "offers": len(one.offers) or "",
        "transforms": [{"name": it.name, "label": it.label, "takes": list(it.input_types)}
                       for it in one.offers],
    }  # fmt: skip


def show_offer(title: str, offers: Mapping[str, tuple[Declaration, str]]) -> None:
    """What a configuration file offers."""
    from clew.cli.output import print_table, say

    rows = []
    for one, note in offers.values():
        row = row_of(one)
        rows.append((row["name"], row["kind"], row["asks"], row["takes"] or row["offers"], note))
    columns = ("name", "kind", "it would run or ask", "takes", "note")
    print_table(f"Offers of {title}; none is enabled", columns, rows, most=500)
    if rows:
        say("Declare one with --take NAME; it stays disabled until you enable it.")


def show_known(server: str, known: Sequence[ListedTransform], problems: Sequence[str]) -> None:
    """What a server offers."""
    from clew.cli.output import print_table, say

    rows = [
        (f"{server}/{one.name}", ", ".join(one.input_types) or "any", one.label,
         ", ".join(one.settings))
        for one in known
    ]  # fmt: skip
    columns = ("transform", "takes", "what it is", "settings")
    print_table(f"Transforms of {server}", columns, rows, most=500)
    for problem in problems[:20]:
        say(f"  ! {problem}", style="yellow")


def plan_data(made: Plan, catalogue: Catalogue) -> dict[str, Any]:
    """A plan as plain data."""
    from clew.engine.maltego.question import LIMIT
    from clew.engine.maltego.targets import handed_over, target_of, things_of

    provider, target = made.transform.provider, target_of(load_declarations()[0], made.transform.id)
    things = things_of(made, target, catalogue)
    return {
        "transform": made.transform.name, "provider": provider.name,
        "enabled": provider.status == "active", "contact": int(made.contact),
        "asks": [{"type": one.value.type.name, "value": str(one.value), "sent_as": thing.type}
                 for one, thing in zip(made.lookups, things, strict=True)],
        "held": [{"type": one.value.type.name, "value": str(one.value), "reason": one.reason}
                 for one in made.skipped],
        "calls": made.calls, "cached": made.cached, "leaves": handed_over(made, target),
        "route": made.route,
        "limit": made.settings[LIMIT],
    }  # fmt: skip


def show_plan(made: Plan, catalogue: Catalogue) -> None:
    """A plan for people."""
    from clew.cli.output import safe, say

    data = plan_data(made, catalogue)
    say(made.transform.title, style="bold")
    asks = f"{len(made.lookups)} of {made.inputs} entities"
    say(f"  asks      {asks}, {made.cached} from kept replies")
    say(f"  costs     {made.calls} requests at least")
    say(f"  leaves    {data['leaves']} (contact class {made.contact.value})")
    if made.route:
        say(f"  goes      {made.route}")
    if not data["enabled"]:
        say(f"  {made.transform.provider.label} is not enabled", style="yellow")
    for skipped in made.skipped[:10]:
        say(f"  held back {safe(skipped.value)}: {skipped.reason}", style="yellow")
