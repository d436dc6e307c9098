"""Which addresses are everybody's: names of many unrelated domains pointed to them."""

from __future__ import annotations

from typing import Annotated

from clew.questions.bench import Bench
from clew.questions.entities import EntityRow, entity_rows
from clew.questions.question import Answer, Limit, WindowRequest, doc, question


class SharedHostingRequest(WindowRequest, frozen=True, kw_only=True):
    """A graph, and from how many domains on an address counts as shared."""

    domains_min: Annotated[int, doc("Registered domains from which on it is shared.", ge=2)] = 12
    limit: Limit = 1_000


class SharedHostRow(EntityRow, frozen=True, kw_only=True):
    """An address with the number of names that pointed to it."""

    names: Annotated[int, doc("Names that pointed to it.")]
    domains: Annotated[int, doc("Registered domains among them.")]
    undated: Annotated[int, doc("Names among them whose dates don't tell whether they did then.")]


class SharedHostingAnswer(Answer, frozen=True, kw_only=True):
    """Addresses that many unrelated names pointed to."""

    window: Annotated[str, doc("The window that counted; empty for all of time.")]
    addresses: Annotated[tuple[SharedHostRow, ...], doc("The fullest first.")]
    addresses_total: Annotated[int, doc("How many there are.")]


@question("shared-hosting", table="addresses")
def shared_hosting(bench: Bench, request: SharedHostingRequest) -> SharedHostingAnswer:
    """Addresses that names of many registered domains pointed to in the window."""
    from clew.analysis.shared_hosting import shared_hosting as hosts_of

    view, window = request.view(bench), request.span(bench)
    found = hosts_of(view, window=window, domains_min=request.domains_min)
    listed = found[: request.limit]
    rows = entity_rows(view.state, [one.entity for one in listed])
    return SharedHostingAnswer(
        window=str(window or ""),
        addresses=tuple(
            SharedHostRow(id=row.id, type=row.type, value=row.value, names=one.names,
                          domains=one.domains, undated=one.unplaced)
            for row, one in zip(rows, listed, strict=True)
        ),
        addresses_total=len(found),
    )  # fmt: skip
