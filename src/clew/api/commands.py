"""
The commands as methods; docs/reference/commands.md says what their fields are.

Made by ./dev types; do not edit.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import Any, Literal

from clew.commands.command import CommandResult


class CommandMethods:
    """Every bundled command, by its name."""

    @abstractmethod
    def change(self, name: str, **fields: Any) -> CommandResult:
        """Do what a command says."""

    def add_text(
        self,
        text: str,
        *,
        graph: str = "main",
    ) -> CommandResult:
        """Add the entities of a text to a graph, defanged or not."""
        return self.change("add-text", text=text, graph=graph)

    def copy(
        self,
        source: str,
        target: str,
        entities: Sequence[str],
    ) -> CommandResult:
        """Copy entities into another graph, with the links among them and to what is there."""
        return self.change("copy", source=source, target=target, entities=entities)

    def create_graph(
        self,
        graph: str,
    ) -> CommandResult:
        """Make a new, empty graph."""
        return self.change("create-graph", graph=graph)

    def hide(
        self,
        entities: Sequence[str],
        *,
        graph: str = "main",
        hidden: bool = True,
    ) -> CommandResult:
        """Hide entities of a graph, or show them again."""
        return self.change("hide", entities=entities, graph=graph, hidden=hidden)

    def label(
        self,
        kind: Literal["tag", "star", "pin", "seed"],
        entities: Sequence[str],
        *,
        text: str = "",
        on: bool = True,
        reason: str = "",
    ) -> CommandResult:
        """Tag, star, pin or seed entities, or take that off; a tag that marks only for a reason."""
        return self.change("label", kind=kind, entities=entities, text=text, on=on, reason=reason)

    def mark(
        self,
        tlp: int,
        *,
        entities: Sequence[str] = (),
        pap: int = -1,
        reason: str = "",
    ) -> CommandResult:
        """Set the marking of entities, or of the investigation; lowering one needs a reason."""
        return self.change("mark", tlp=tlp, entities=entities, pap=pap, reason=reason)

    def merge_entities(
        self,
        keep: str,
        others: Sequence[str],
        *,
        reason: str = "",
    ) -> CommandResult:
        """Say that entities are one; all that was said of each stays, and a split undoes it."""
        return self.change("merge-entities", keep=keep, others=others, reason=reason)

    def merge_graphs(
        self,
        sources: Sequence[str],
        *,
        target: str = "merged",
    ) -> CommandResult:
        """Merge graphs into one; properties and sources of all sides stay."""
        return self.change("merge-graphs", sources=sources, target=target)

    def move(
        self,
        entities: Sequence[str],
        positions: Sequence[float],
        *,
        graph: str = "main",
    ) -> CommandResult:
        """Put entities of a graph somewhere, by hand."""
        return self.change("move", entities=entities, positions=positions, graph=graph)

    def note(
        self,
        text: str,
        *,
        entity: str = "",
    ) -> CommandResult:
        """Write a note on an entity, or on the investigation."""
        return self.change("note", text=text, entity=entity)

    def prune(
        self,
        *,
        graph: str = "",
        at: int | None = None,
        window: str | None = None,
        undated: Literal["keep", "drop", "with-ends"] = "with-ends",
        score_min: float = 0.0,
        lineages_min: int = 0,
        leaf_rounds: int = 0,
        hub_links_min: int | None = None,
        distance_max: int | None = None,
        sources: Sequence[str] = (),
        states: Sequence[str] = (),
        keep: Sequence[str] = (),
        limit: int = 5000,
    ) -> CommandResult:
        """Take out of a graph what rules let fall, as one change that undo takes back."""
        return self.change(
            "prune",
            graph=graph,
            at=at,
            window=window,
            undated=undated,
            score_min=score_min,
            lineages_min=lineages_min,
            leaf_rounds=leaf_rounds,
            hub_links_min=hub_links_min,
            distance_max=distance_max,
            sources=sources,
            states=states,
            keep=keep,
            limit=limit,
        )

    def redo(
        self,
    ) -> CommandResult:
        """Bring back what was undone last."""
        return self.change("redo")

    def remove(
        self,
        entities: Sequence[str],
        *,
        graph: str = "main",
        reason: str = "by hand",
    ) -> CommandResult:
        """Take entities out of a graph; what was observed stays in the log."""
        return self.change("remove", entities=entities, graph=graph, reason=reason)

    def set_ceiling(
        self,
        *,
        ceiling: int = -1,
        default_tlp: int = -1,
        default_pap: int = -1,
        reason: str = "",
    ) -> CommandResult:
        """Set what leaves the investigation at most, and its default marking."""
        return self.change(
            "set-ceiling",
            ceiling=ceiling,
            default_tlp=default_tlp,
            default_pap=default_pap,
            reason=reason,
        )

    def set_window(
        self,
        window: str,
        *,
        undated: Literal["keep", "drop", "with-ends"] = "keep",
    ) -> CommandResult:
        """Set the window under study, or none."""
        return self.change("set-window", window=window, undated=undated)

    def split_entities(
        self,
        entities: Sequence[str],
    ) -> CommandResult:
        """Take apart what was merged, however long ago; what came since stays."""
        return self.change("split-entities", entities=entities)

    def undo(
        self,
    ) -> CommandResult:
        """Take the latest action back."""
        return self.change("undo")
