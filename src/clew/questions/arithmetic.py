"""Scores in answers, opened to their arithmetic."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from clew.questions.claims import ObservationName, link_citations
from clew.questions.question import AnswerRecord, doc

if TYPE_CHECKING:
    from clew.graph.view import View
    from clew.model.interval import Window
    from clew.schema.registry import Catalogue


class ScoredLink(AnswerRecord, frozen=True, kw_only=True):
    """A link's corroboration, with how it came about."""

    link: Annotated[str, doc("The link, in words.")]
    score: Annotated[float, doc("Corroboration, 0 to 1.")]
    arithmetic: Annotated[str, doc("The arithmetic in one line.")]
    lines: Annotated[tuple[str, ...], doc("A line for each independent lineage.")]
    cites: Annotated[tuple[ObservationName, ...], doc("The strongest observation of each.")]
    sensitivity: Annotated[str, doc("Which lineage, if it were wrong, would change most.")]


def scored_link(view: View, place: int, catalogue: Catalogue, window: Window | None) -> ScoredLink:
    """The score of the link at a place of the view."""
    from clew.analysis.corroboration import explain_score

    explained = explain_score(view, place, catalogue, window=window)
    rows = [line.observation for line in explained.lines]
    return ScoredLink(
        link=str(view.link(place)), score=round(explained.score, 4), arithmetic=str(explained),
        lines=tuple(str(line) for line in explained.lines),
        cites=link_citations(view.state, rows),
        sensitivity=explained.sensitivity(),
    )  # fmt: skip
