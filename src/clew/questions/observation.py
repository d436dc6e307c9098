"""What one observation says."""

from __future__ import annotations

from typing import Annotated

from clew.questions.bench import Bench
from clew.questions.claims import ClaimRow, link_claims, property_claims
from clew.questions.question import Answer, BaseRequest, doc, question


class ObservationRequest(BaseRequest, frozen=True, kw_only=True):
    """An observation's id."""

    id: Annotated[str, doc("Such as o12.l9.", max_length=40)]


class ObservationRow(ClaimRow, frozen=True, kw_only=True):
    """One observation, of a link or of a property."""

    source: Annotated[str, doc("The value at the link's start, or the entity's value.")]
    says: Annotated[str, doc("The link's type, or the property's name.")]
    target: Annotated[str, doc("The value at the link's end, or the property's.")]


class ObservationAnswer(Answer, frozen=True, kw_only=True):
    """A claim, its dates, its provider and its reply."""

    id: Annotated[str, doc("The observation's id.")]
    entry: Annotated[int, doc("The entry of the log that brought it.")]
    counts: Annotated[bool, doc("False where it was undone.")]
    claims: Annotated[tuple[ObservationRow, ...], doc("The one observation.")]


@question(
    "observation",
    table="claims",
    columns=(
        "source",
        "says",
        "target",
        "first",
        "last",
        "provider",
        "transform",
        "learnt",
        "completeness",
        "reply",
    ),
    whole=False,
)
def observation(bench: Bench, request: ObservationRequest) -> ObservationAnswer:
    """What an observation that is cited by its id says: claim, dates, provider, reply."""
    import msgspec

    from clew.graph.observation_ids import observation_row
    from clew.graph.view import property_observation
    from clew.model.entity import Entity
    from clew.model.observation_id import ObservationKind

    state = bench.state
    kind, row = observation_row(state, request.id)
    if kind is ObservationKind.LINK:
        link = msgspec.structs.asdict(link_claims(state, [row])[0])
        claim = ObservationRow(says=link.pop("link"), **link)
        number = int(state.link_observations.provenance.values[row])
    else:
        fields = msgspec.structs.asdict(property_claims(state, [row])[0])
        name, value = fields.pop("property"), fields.pop("value")
        subject = property_observation(state, row).subject
        assert isinstance(subject, Entity), "a property observation is about an entity"
        claim = ObservationRow(source=subject.value, says=name, target=value, **fields)
        number = int(state.properties.provenance.values[row])
    return ObservationAnswer(
        id=claim.observation, entry=int(state.provenances.changes.values[number]),
        counts=bool(state.counting()[number]), claims=(claim,),
    )  # fmt: skip
