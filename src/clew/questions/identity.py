"""Which entities may be one and the same."""

from __future__ import annotations

from typing import Annotated

from clew.questions.bench import Bench
from clew.questions.entities import ids_of
from clew.questions.question import Answer, AnswerRecord, GraphRequest, Limit, doc, question


class IdentityRequest(GraphRequest, frozen=True, kw_only=True):
    """A graph."""

    limit: Limit = 200


class IdentityRow(AnswerRecord, frozen=True, kw_only=True):
    """Two entities that may be one."""

    ids: Annotated[tuple[str, str], doc("Ids of both.")]
    type: Annotated[str, doc("Their type.")]
    values: Annotated[tuple[str, str], doc("Values of both.")]
    reasons: Annotated[tuple[str, ...], doc("Why they may be one.")]


class IdentityAnswer(Answer, frozen=True, kw_only=True):
    """Pairs of entities that may be one."""

    pairs: Annotated[tuple[IdentityRow, ...], doc("Those with most reasons first.")]
    pairs_total: Annotated[int, doc("How many were found; at most 200 are looked for.")]


@question("identity", table="pairs")
def identity(bench: Bench, request: IdentityRequest) -> IdentityAnswer:
    """Pairs of entities that may be one, each with its reasons; nothing is merged."""
    from clew.analysis.identity import suggestions

    view = request.view(bench)
    found = suggestions(view)
    pairs = []
    for one in found[: request.limit]:
        a, b = ids_of(view.state, [one.a, one.b])
        values = (one.entities[0].value, one.entities[1].value)
        pairs.append(
            IdentityRow(ids=(a, b), type=one.entities[0].type, values=values, reasons=one.reasons)
        )
    return IdentityAnswer(pairs=tuple(pairs), pairs_total=len(found))
