"""The list of verbs in groups, for ``clew --help``: plain text, so that starting stays light."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from typer.core import TyperGroup

from clew.cli.output import clean, say_aside
from clew.commands.registry import command_registry
from clew.questions.registry import question_registry, questions

FIRST = ("demo", "open", "import", "explain")
"""The four that a newcomer needs."""
GROUPS: Mapping[str, tuple[str, ...]] = {
    "Start": (*FIRST, "new", "add", "show", "history", "undo", "redo", "do"),
    "Judge": ("window", "merge", "prune", "report"),
    "Files": (
        "export",
        "convert",
        "extract",
        "columns",
        "formats",
        "check",
        "replay",
        "backup",
        "sign",
        "verify",
    ),
    "Providers": ("providers", "transforms", "plan", "run", "keys", "settings", "maltego", "trx"),
    "Playbooks": ("play", "playbooks", "record"),
}
"""Verbs by group, in order; questions are the group Ask, and all others come last."""
ORDER = ("Start", "Ask", "Judge", "Files", "Providers", "Playbooks", "More")


def verbs_by_group(names: list[str]) -> dict[str, list[str]]:
    """Names of verbs by group, each once."""
    asked = [name for name in names if name in questions()]
    found = {group: [one for one in listed if one in names] for group, listed in GROUPS.items()}
    found["Ask"] = sorted(asked)
    taken = {name for listed in found.values() for name in listed}
    found["More"] = [name for name in names if name not in taken]
    return {group: found[group] for group in ORDER if found[group]}


def left_out(verbs: Mapping[str, Any]) -> list[str]:
    """
    What of the plug-ins for questions and commands is not there, or has no verb.

    Args:
        verbs: The commands of the command line by name.
    """
    faults = [*question_registry().faults, *command_registry().faults]
    for name, one in questions().items():
        callback = getattr(verbs.get(name), "callback", None)
        if getattr(callback, "__module__", "") != "clew.cli.questions":
            faults.append(
                f"{name} ({one.module}): 'clew {name}' is another verb; "
                "Python, HTTP, playbooks and the page ask the question"
            )
    return faults


class GroupedHelp(TyperGroup):
    """A group of commands whose help lists them under headings, and what plug-ins lack."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command of a verb; where there is none, what was left out may be why."""
        if args and self.get_command(ctx, args[0]) is None:
            for fault in left_out(self.commands):
                say_aside(f"Left out: {fault}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the commands, a section a group; the first of Start stand apart."""
        shown = {
            name: command
            for name in self.list_commands(ctx)
            if (command := self.get_command(ctx, name)) is not None and not command.hidden
        }
        width = formatter.width - 6 - max(map(len, shown))
        for group, names in verbs_by_group(list(shown)).items():
            with formatter.section(group):
                formatter.write_dl(
                    [(name.ljust(14), shown[name].get_short_help_str(width)) for name in names]
                )
        if faults := left_out(self.commands):
            with formatter.section("Left out"):
                for fault in faults:
                    formatter.write_text(clean(fault))
