"""How ``clew explain`` shows claims with their provenance, and paths with their steps."""

from __future__ import annotations

from typing import Any

from clew.cli.output import print_table, safe, say


def show_facts(data: dict[str, Any]) -> None:
    """An entity's claims for people."""
    say(f"{data['type']}  {safe(data['value'])}", style="bold")
    for one in data["brought"]:
        say(
            f"brought by {one['provider']} {one['transform']}, learnt {one['learnt']}, "
            f"{one['completeness']}, entry {one['entry']}, reply {one['reply'][:12] or 'none'}"
        )
    for line in data["decided"]:
        say(safe(line))
    print_table(
        "Links",
        ("link", "first", "last", "who says so", "transform", "run", "reply"),
        [
            (
                f"{safe(one['source'])} -{one['link']}-> {safe(one['target'])}", one["first"],
                one["last"], " ".join((one["provider"], *one["collectors"])), one["transform"],
                one["run"][:8], one["reply"][:12],
            )
            for one in data["links"]
        ],
    )  # fmt: skip
    print_table(
        "Properties",
        ("name", "value", "first", "last", "who says so", "reply"),
        [
            (
                one["property"], safe(one["value"]), one["first"], one["last"],
                " ".join((one["provider"], *one["collectors"])), one["reply"][:12],
            )
            for one in data["properties"]
        ],
    )  # fmt: skip
    for one in data["originals"]:
        say(f"As the {one['format']} file said it: {len(one['text'])} letters; --json gives them.")
    print_table(
        "Corroboration",
        ("link", "score", "arithmetic"),
        [(safe(one["link"]), one["score"], one["arithmetic"]) for one in data["scores"]],
    )


def show_connection(data: dict[str, Any]) -> None:
    """Paths for people."""
    if not data["paths"]:
        say("No path was found within the bounds.")
    for number, path in enumerate(data["paths"], 1):
        say(
            f"{number}. strength {path['strength']}; weakest step: {safe(path['weakest'])}",
            style="bold",
        )
        for step in path["steps"]:
            say(f"   {safe(step['link'])}  score {step['score']}, observed {step['observed']}x")
            for one in step["observations"][:3]:
                say(f"      {one['first']} to {one['last']}  {one['provider']} {one['transform']} "
                    f"run {one['run'][:8]} reply {one['reply'][:12]}")  # fmt: skip
    for limit in data["limits"]:
        say(limit, style="yellow")
