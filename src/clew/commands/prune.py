"""Take out of a graph what rules let fall."""

from __future__ import annotations

from clew.commands.command import Editor, command
from clew.questions.prune_proposal import PruneProposalRequest, proposal_of


class PruneRequest(PruneProposalRequest, frozen=True, kw_only=True):
    """A graph, and what falls out of it, as the question prune-proposal reads it."""


@command("prune")
def prune(bench: Editor, request: PruneRequest) -> str:
    """Take out of a graph what rules let fall, as one change that undo takes back."""
    from clew.analysis.prune import as_change

    made = proposal_of(bench, request)
    if not len(made.entities) and not len(made.links):
        return ""
    label = f"Prune {len(made.entities)} entities and {len(made.links)} links"
    bench.decide(as_change(made), label=label)
    return label
