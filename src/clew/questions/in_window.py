"""What of a graph lies in a window."""

from __future__ import annotations

from typing import Annotated, Literal

from clew.errors import InvalidValue
from clew.questions.bench import Bench
from clew.questions.question import Answer, AnswerRecord, WindowRequest, doc, question

UndatedChoice = Literal["keep", "drop", "with-ends"]


class InWindowRequest(WindowRequest, frozen=True, kw_only=True):
    """A graph, and what to do with links that no date places."""

    undated: Annotated[
        UndatedChoice | None, doc("keep, drop or with-ends; as it is set where none.")
    ] = None


class PresenceRow(AnswerRecord, frozen=True, kw_only=True):
    """How many of one kind are in the window."""

    kind: Annotated[Literal["links", "entities"], doc("Links or entities.")]
    shown: Annotated[int, doc("Shown under the policy.")]
    known: Annotated[int, doc("All that there are.")]
    unknown: Annotated[int, doc("Those that no date places in the window or outside of it.")]


class InWindowAnswer(Answer, frozen=True, kw_only=True):
    """What of a graph lies in a window."""

    window: Annotated[str, doc("The window.")]
    undated: Annotated[str, doc("What was done with links that no date places.")]
    counts: Annotated[tuple[PresenceRow, ...], doc("Links, and entities.")]
    sentence: Annotated[str, doc("The same in words.")]


@question("in-window", table="counts")
def in_window(bench: Bench, request: InWindowRequest) -> InWindowAnswer:
    """How many links and entities of a graph lie in the window."""
    from clew.analysis.window import in_window as seen_through
    from clew.model.interval import UndatedPolicy

    window = request.span(bench)
    if window is None:
        raise InvalidValue(
            "window", "", "none is set and none is given", helps="Give one: 2013, FROM..TO."
        )
    policy = request.undated or bench.state.decisions.time_window.undated
    found = seen_through(request.view(bench), window, UndatedPolicy(policy))
    counts = (("links", found.link_counts), ("entities", found.entity_counts))
    return InWindowAnswer(
        window=str(window), undated=policy, sentence=str(found),
        counts=tuple(
            PresenceRow(kind=kind, shown=one.shown, known=one.known, unknown=one.unknown)  # type: ignore[arg-type]
            for kind, one in counts
        ),
    )  # fmt: skip
