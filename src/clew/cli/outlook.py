"""What a playbook of a file would do, shown before it is played, and a person's yes to it."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from clew.playbook.forecast import Forecast
    from clew.playbook.format import Playbook
    from clew.workbench import Workbench


def agreed_credits(
    playbook: Playbook,
    values: Mapping[str, Any],
    bench: Workbench,
    *,
    credits_: float | None,
    yes: bool,
    quiet: bool,
) -> float | None:
    """
    The credits that a playbook may spend, once a person has seen what one of a file would do.

    Nothing is asked where nothing would leave, be spent or be written.

    Args:
        playbook: Of a file; a shipped one is not asked about.
        values: Its parameters.
        bench: What it would be played on.
        credits_: What it may spend; None grants nothing.
        yes: Whether a yes was said beforehand.
        quiet: Whether nobody reads along, as with ``--json``.

    Raises:
        Refusal: Something would leave or be spent, and nobody says yes.
    """
    from clew.cli.output import safe, say
    from clew.errors import Refusal
    from clew.playbook.forecast import forecast

    if playbook.shipped:
        return credits_
    outlook = forecast(playbook, values, bench)
    granted = credits_ or 0.0
    if not quiet:
        show_outlook(outlook)
        if outlook.credits > granted:
            say(f"It may spend {granted:g} credits (--credits), and stops before it spends more.")
    spends = outlook.leaves or outlook.credits > 0
    if yes or not (spends or outlook.files):
        return granted
    if not quiet and sys.stdin.isatty():
        if not typer.confirm("Play it?", default=False):
            raise Refusal(f"{safe(playbook.name)} was not played.", helps="Nothing was asked.")
    elif spends:
        asked = ", ".join(sorted({one.provider for one in outlook.lines if one.contact}))
        raise Refusal(
            f"{safe(playbook.name)} would ask {safe(asked)}, {_sums(outlook)}, "
            "and nobody said yes.",
            helps="Look at it with --plan; then say --yes, and --credits for what it may spend.",
        )
    return granted


def show_outlook(outlook: Forecast) -> None:
    """Who is asked, what leaves, at what contact class, calls, credits, and files written."""
    from clew.cli.output import safe, say

    for line in outlook.lines:
        say(safe(str(line)))
    for file in outlook.files:
        say(f"Writes {safe(file)} beside the investigation.")
    sums = _sums(outlook)
    say(f"{sums[0].upper()}{sums[1:]}.")


def _sums(outlook: Forecast) -> str:
    """All look-ups with their calls and credits; what is no bound says about."""
    many = "at most" if outlook.at_most else "about"
    unknown = f", and {outlook.unknown} steps whose number is not known" if outlook.unknown else ""
    return (
        f"{many} {outlook.inputs:.0f} look-ups with about {outlook.calls:.0f} calls and "
        f"{_number(outlook.credits)} credits{unknown}"
    )


def _number(credits_: float) -> str:
    return f"{credits_:.0f}" if credits_ >= 1_000 else f"{credits_:g}"
