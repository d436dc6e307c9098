"""How some answers are shown in the terminal: what is claimed of an entity, and paths."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from clew.cli.output import print_table, safe, say

if TYPE_CHECKING:
    from clew.questions.about import AboutAnswer
    from clew.questions.question import AnyQuestion
    from clew.questions.why import WhyAnswer


def print_about(question: AnyQuestion, answer: AboutAnswer, limited: bool) -> None:  # noqa: ARG001
    """All that is claimed of an entity."""
    say(f"{answer.type}  {safe(answer.value)}", style="bold")
    if answer.reads:
        say(f"reads {safe(answer.reads)}")
    if answer.scripts:
        say(f"letters of {' and '.join(answer.scripts)}: they look like others")
    for source in answer.brought:
        say(
            f"brought by {source.provider} {source.transform}, learnt {source.learnt}, "
            f"{source.completeness}, entry {source.entry}, reply {source.reply[:12] or 'none'}"
        )
    for line in answer.decided:
        say(safe(line))
    print_table(
        "States",
        ("state", "first", "last", "who says so", "observations"),
        [
            (one.state, one.first, one.last, ", ".join(one.sources), " ".join(one.cites))
            for one in answer.states
        ],
        empty=False,
    )
    print_table(
        "Links",
        ("link", "first", "last", "who says so", "transform", "observation", "reply"),
        [
            (
                f"{safe(one.source)} -{one.link}-> {safe(one.target)}", one.first, one.last,
                " ".join((one.provider, *one.collectors)), one.transform, one.observation,
                one.reply[:12],
            )
            for one in answer.links
        ],
        total=answer.links_total,
        limited=limited,
    )  # fmt: skip
    print_table(
        "Properties",
        ("name", "value", "first", "last", "who says so", "observation", "reply"),
        [
            (
                one.property, safe(one.value), one.first, one.last,
                " ".join((one.provider, *one.collectors)), one.observation, one.reply[:12],
            )
            for one in answer.properties
        ],
    )  # fmt: skip
    for original in answer.originals:
        say(f"As the {original.format} file said it: {original.length} letters; --json gives them.")
    print_table(
        "Corroboration",
        ("link", "score", "arithmetic"),
        [(safe(one.link), one.score, one.arithmetic) for one in answer.scores],
    )


def print_why(question: AnyQuestion, answer: WhyAnswer, limited: bool) -> None:  # noqa: ARG001
    """Paths with their steps."""
    if not answer.paths:
        say("No path was found within the bounds.")
    for number, path in enumerate(answer.paths, 1):
        say(f"{number}. strength {path.strength}; weakest step: {safe(path.weakest)}", style="bold")
        for step in path.steps:
            say(f"   {safe(step.link)}  score {step.score}, observed {step.observed}x")
            for one in step.observations[:3]:
                say(
                    f"      {one.first} to {one.last}  {one.provider} {one.transform} "
                    f"{one.observation} reply {one.reply[:12] or 'none'}"
                )
    for limit in answer.limits:
        say(limit, style="yellow")


PRINTERS: Mapping[str, Callable[[AnyQuestion, Any, bool], None]] = {
    "about": print_about,
    "why": print_why,
}
"""By question; all others are shown as their tables."""
