"""
The questions as methods; docs/reference/questions.md says what their fields are.

Made by ./dev types; do not edit.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import Any, Literal

import polars as pl


class QuestionMethods:
    """Every bundled question, by its name."""

    @abstractmethod
    def frame(self, name: str, **fields: Any) -> pl.DataFrame:
        """The table of the answer to a question."""

    def about(
        self,
        entity: str,
        *,
        graph: str = "",
        at: int | None = None,
        window: str | None = None,
        limit: int = 100000,
    ) -> pl.DataFrame:
        """All that is claimed of an entity, by whom, when, and by which reply."""
        return self.frame("about", entity=entity, graph=graph, at=at, window=window, limit=limit)

    def between(
        self,
        a: str,
        b: str,
        *,
        graph: str = "",
        at: int | None = None,
        window: str | None = None,
    ) -> pl.DataFrame:
        """The links between two entities, with scores, arithmetic, and who says so."""
        return self.frame("between", a=a, b=b, graph=graph, at=at, window=window)

    def common(
        self,
        graphs: Sequence[str],
        *,
        limit: int = 1000,
    ) -> pl.DataFrame:
        """What several graphs have in common: in how many each entity is, and what nearly is."""
        return self.frame("common", graphs=graphs, limit=limit)

    def compare(
        self,
        entry: int,
        *,
        graph: str = "",
        at: int | None = None,
        limit: int = 10000,
    ) -> pl.DataFrame:
        """What is new, gone, or seen longer since an entry of the log."""
        return self.frame("compare", entry=entry, graph=graph, at=at, limit=limit)

    def identity(
        self,
        *,
        graph: str = "",
        at: int | None = None,
        limit: int = 200,
    ) -> pl.DataFrame:
        """Pairs of entities that may be one, each with its reasons; nothing is merged."""
        return self.frame("identity", graph=graph, at=at, limit=limit)

    def in_window(
        self,
        *,
        graph: str = "",
        at: int | None = None,
        window: str | None = None,
        undated: Literal["keep", "drop", "with-ends"] | None = None,
    ) -> pl.DataFrame:
        """How many links and entities of a graph lie in the window."""
        return self.frame("in-window", graph=graph, at=at, window=window, undated=undated)

    def nearest(
        self,
        entities: Sequence[str],
        *,
        graph: str = "",
        at: int | None = None,
        window: str | None = None,
        day: str = "",
        link: str = "",
        leave_out: Sequence[str] = ("privacy-registrant",),
        limit: int = 100000,
    ) -> pl.DataFrame:
        """Of each link type, what held nearest to a day, such as the registrant at the time."""
        return self.frame(
            "nearest",
            entities=entities,
            graph=graph,
            at=at,
            window=window,
            day=day,
            link=link,
            leave_out=leave_out,
            limit=limit,
        )

    def next_pivots(
        self,
        *,
        graph: str = "",
        at: int | None = None,
        window: str | None = None,
        limit: int = 10,
    ) -> pl.DataFrame:
        """What to ask next: transforms and entities, by rarity, time, expected gain and price."""
        return self.frame("next-pivots", graph=graph, at=at, window=window, limit=limit)

    def observation(
        self,
        id: str,
    ) -> pl.DataFrame:
        """What an observation that is cited by its id says: claim, dates, provider, reply."""
        return self.frame("observation", id=id)

    def overlap(
        self,
        a: str,
        b: str,
        *,
        limit: int = 100,
    ) -> pl.DataFrame:
        """What two graphs share, how much of it at the same time, and what contradicts."""
        return self.frame("overlap", a=a, b=b, limit=limit)

    def prune_proposal(
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
    ) -> pl.DataFrame:
        """What would fall out of a graph by time, source, score or distance, with reasons."""
        return self.frame(
            "prune-proposal",
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

    def scores(
        self,
        *,
        graph: str = "",
        at: int | None = None,
        window: str | None = None,
        limit: int = 1000,
    ) -> pl.DataFrame:
        """How strongly independent sources agree on each link, best first."""
        return self.frame("scores", graph=graph, at=at, window=window, limit=limit)

    def shared_hosting(
        self,
        *,
        graph: str = "",
        at: int | None = None,
        window: str | None = None,
        domains_min: int = 12,
        limit: int = 1000,
    ) -> pl.DataFrame:
        """Addresses that names of many registered domains pointed to in the window."""
        return self.frame(
            "shared-hosting",
            graph=graph,
            at=at,
            window=window,
            domains_min=domains_min,
            limit=limit,
        )

    def states(
        self,
        *,
        graph: str = "",
        at: int | None = None,
        window: str | None = None,
        state: str = "",
        limit: int = 10000,
    ) -> pl.DataFrame:
        """Every period in which an entity was sinkholed, parked, dynamic DNS and the like."""
        return self.frame("states", graph=graph, at=at, window=window, state=state, limit=limit)

    def structure(
        self,
        *,
        graph: str = "",
        at: int | None = None,
        limit: int = 1000,
    ) -> pl.DataFrame:
        """How entities stand: neighbours, core, rank, betweenness, community."""
        return self.frame("structure", graph=graph, at=at, limit=limit)

    def why(
        self,
        a: str,
        b: str,
        *,
        graph: str = "",
        at: int | None = None,
        window: str | None = None,
        paths_max: int = 3,
    ) -> pl.DataFrame:
        """Why two entities are connected: the strongest paths, with sources and dates."""
        return self.frame("why", a=a, b=b, graph=graph, at=at, window=window, paths_max=paths_max)
