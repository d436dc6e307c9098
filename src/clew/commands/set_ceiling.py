"""Set what may leave an investigation, and how what carries no marking counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from clew.commands.command import Editor, command
from clew.errors import InvalidValue
from clew.questions.question import BaseRequest, doc

if TYPE_CHECKING:
    from clew.graph.sharing import Ceiling

AS_IT_IS = -1


class SetCeilingRequest(BaseRequest, frozen=True, kw_only=True):
    """The ceiling of an investigation and its default marking, and why where more may leave."""

    ceiling: Annotated[
        int,
        doc(
            "The strictest that leaves unnamed: 1 clear, 2 green, 3 amber, 4 amber+strict; "
            "0 as the settings say, -1 as it is.",
            ge=AS_IT_IS,
            le=4,
        ),
    ] = AS_IT_IS
    default_tlp: Annotated[
        int,
        doc(
            "What carries no marking counts as: 1 clear to 5 red; 0 as the settings say, -1 as "
            "it is.",
            ge=AS_IT_IS,
            le=5,
        ),
    ] = AS_IT_IS
    default_pap: Annotated[
        int,
        doc("The same for PAP: 1 clear to 4 red; 0, -1 as before.", ge=AS_IT_IS, le=4),
    ] = AS_IT_IS
    reason: Annotated[str, doc("Why more may leave than before; kept.", max_length=1_000)] = ""


@command("set-ceiling")
def set_ceiling(bench: Editor, request: SetCeilingRequest) -> str:
    """Set what leaves the investigation at most, and its default marking."""
    from clew.graph.lowering import lowers
    from clew.model.change import SharingTerms

    decided, now = bench.state.decisions.sharing, bench.ceiling()
    ceiling = _chosen(request.ceiling, decided.ceiling)
    tlp = _chosen(request.default_tlp, decided.default_tlp)
    pap = _chosen(request.default_pap, decided.default_pap)
    if (ceiling, tlp, pap) == (decided.ceiling, decided.default_tlp, decided.default_pap):
        return ""
    wanted = bench.ceiling_by(SharingTerms(ceiling, tlp, pap))
    loosens = wanted.tlp > now.tlp or lowers(now.default, wanted.default)
    reason = request.reason.strip() if loosens else ""
    if loosens and not reason:
        raise InvalidValue(
            "reason", "",
            f"letting more leave ({_terms_text(wanted)}, before {_terms_text(now)}) needs one",
            helps="Say why it may be shared more widely; the history keeps it.",
        )  # fmt: skip
    label = f"Leaves: {_terms_text(wanted)}{f': {reason}' if reason else ''}"
    bench.decide(SharingTerms(ceiling, tlp, pap, reason), label=label)
    return label


def _chosen(asked: int, decided: int) -> int:
    return decided if asked == AS_IT_IS else asked


def _terms_text(terms: Ceiling) -> str:
    return f"{terms} at most, unmarked counts as {terms.default}"
