"""What a run would do: who is asked about what, what it costs, what is skipped. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from clew.model.interval import Interval, IntervalOverlap, Window
from clew.model.marking import DEFAULT_MARKING, PAP, UNMARKED, Marking, strictest
from clew.schema.registry import Catalogue
from clew.schema.value import Value
from clew.transform.contract import Quote, Transform
from clew.transform.provider import Contact

CONTACT_OF_PAP: Mapping[PAP, Contact] = {
    PAP.CLEAR: Contact.TARGET,
    PAP.GREEN: Contact.SHARED_RESOLVER,
    PAP.AMBER: Contact.THIRD_PARTY,
    PAP.RED: Contact.OWN_SERVER,
}
"""The highest contact class that each PAP lets be asked; without one the contact limit alone."""


@dataclass(frozen=True, slots=True)
class Input:
    """An entity that is to be asked about."""

    value: Value
    marking: Marking = UNMARKED
    """The strictest that it carries, before any default."""
    states: tuple[tuple[str, Interval], ...] = ()
    properties: Mapping[str, str] = field(default_factory=dict)
    """What is known of it and may be sent, for transforms that want it."""


@dataclass(frozen=True, slots=True)
class Lookup:
    """One look-up that the run makes."""

    value: Value
    marking: Marking = UNMARKED
    cached: bool = False
    instead_of: tuple[Value, ...] = ()
    """Inputs that it stands for, where the transform asks for something else."""
    properties: Mapping[str, str] = field(default_factory=dict)
    """What is sent along."""


@dataclass(frozen=True, slots=True)
class SkippedInput:
    """An input that is not asked about, and why."""

    value: Value
    reason: str


@dataclass(frozen=True, slots=True)
class Plan:
    """A run before it starts."""

    transform: Transform
    settings: Mapping[str, Any]
    contact: Contact
    lookups: tuple[Lookup, ...]
    skipped: tuple[SkippedInput, ...]
    quotes: Mapping[str, Quote] = field(default_factory=dict)
    """What the vendor told of the price, by value."""
    quote_fault: str = ""
    """Why the vendor did not tell all prices; empty where it did, or need not."""
    allowance: str = ""
    """What is left of the account's allowance, as far as known."""
    secrets: frozenset[str] = frozenset()
    """Names of settings whose values are sent and never written down."""
    route: str = ""
    """The way to the provider, where it is not plain: a proxy, an own server; a sentence's part."""

    @property
    def inputs(self) -> int:
        """How many inputs there were."""
        return len(self.lookups) + len(self.skipped)

    @property
    def cached(self) -> int:
        """Look-ups that kept replies will answer."""
        return sum(lookup.cached for lookup in self.lookups)

    @property
    def calls(self) -> int:
        """Requests that it makes at least, the one for a token among them."""
        fresh = len(self.lookups) - self.cached
        if self._asks_nobody or not fresh:
            return 0
        return fresh * self.transform.cost.calls + (self.transform.provider.token is not None)

    @property
    def credits(self) -> float:
        """Paid units that it costs; quoted prices where there are any."""
        cost, total = self.transform.cost, 0.0
        for lookup in self.lookups:
            if not lookup.cached:
                # Where nothing bounds an answer, a count does not either.
                quote = None if cost.unbounded else self.quotes.get(lookup.value)
                estimate = cost.estimate(self.transform.expects)
                total += quote.credits if quote is not None else estimate
        return total

    @property
    def credits_least(self) -> float:
        """Paid units that it costs whatever its vendor counts or quotes."""
        return self.transform.cost.least(len(self.lookups) - self.cached)

    @property
    def expected(self) -> int | None:
        """Findings to expect, None where nothing is known."""
        expected = [quote.expected for quote in self.quotes.values() if quote.expected is not None]
        if expected:
            return sum(expected)
        usual = self.transform.expects
        return None if usual is None else usual * len(self.lookups)

    @property
    def leaves(self) -> str:
        """What leaves, and to whom."""
        if self._asks_nobody:
            return "nothing leaves this machine"
        fresh = len(self.lookups) - self.cached
        kinds = sorted(
            {lookup.value.type.plural.lower() for lookup in self.lookups if not lookup.cached}
        )
        more = sum(len(lookup.properties) for lookup in self.lookups if not lookup.cached)
        along = f" with {more} {'property' if more == 1 else 'properties'}" if more else ""
        return f"{fresh} {', '.join(kinds) or 'values'}{along} to {self.transform.provider.label}"

    @property
    def _asks_nobody(self) -> bool:
        return self.contact is Contact.LOCAL and not self.transform.provider.base_url


def plan(
    transform: Transform,
    inputs: Sequence[Input],
    settings: Mapping[str, Any],
    *,
    catalogue: Catalogue,
    contact: Contact,
    contact_limit: Contact,
    ceiling: Marking,
    cached: Collection[Value] = (),
    window: Window | None = None,
    through: Collection[str] = (),
    quotes: Mapping[str, Quote] | None = None,
    allowance: str = "",
    secrets: Collection[str] = (),
    route: str = "",
    default: Marking = DEFAULT_MARKING,
) -> Plan:
    """
    What a run of *transform* on *inputs* would do.

    An input is skipped when its type does not fit, its marking is stricter than the ceiling, the
    contact class is over the limit or over what its PAP allows, the transform has nothing to ask
    for it, or it is in a state that bounds pivots (a state whose dates lie outside of *window*
    bounds nothing, one without dates does). What several inputs lead to is asked once.

    Args:
        transform: The transform.
        inputs: Entities with markings and states.
        settings: Checked parameters (Transform.settings).
        catalogue: The kinds that exist.
        contact: The provider's contact class as configured.
        contact_limit: The highest class that may be asked.
        ceiling: The strictest marking that may be sent.
        cached: Values that kept replies answer.
        window: The window under study.
        through: Bounding states that are pivoted through all the same.
        quotes: What the vendor told of prices, by value.
        allowance: What is left of the account's allowance, as text.
        secrets: Names of settings that hold keys, beside those that are known to.
        route: The way to the provider, in words.
        default: How what carries no marking counts.
    """
    allowed = frozenset(through) | transform.through_states
    lookups: dict[Value, Lookup] = {}
    skipped: list[SkippedInput] = []
    for candidate in inputs:
        reason, value = _skip_reason(
            transform, candidate, catalogue, contact, contact_limit, ceiling, window, allowed,
            default,
        )  # fmt: skip
        if reason or value is None:
            skipped.append(SkippedInput(candidate.value, reason))
            continue
        stands = (candidate.value,) if value != candidate.value else ()
        known = lookups.get(value)
        if known is None:
            lookups[value] = Lookup(
                value, candidate.marking, value in cached, stands, candidate.properties
            )
        else:
            marking = strictest((known.marking, candidate.marking))
            lookups[value] = replace(
                known, marking=marking, instead_of=(*known.instead_of, *stands)
            )
    return Plan(
        transform, settings, contact, tuple(lookups.values()), tuple(skipped), quotes or {}, "",
        allowance, transform.secret_settings(settings) | frozenset(secrets), route,
    )  # fmt: skip


def marking_reason(label: str, marking: Marking, contact: Contact, ceiling: Marking) -> str:
    """
    Why what is marked so may not go to a provider; empty where it may.

    Args:
        label: Name of the provider, for people.
        marking: What counts, defaults filled in.
        contact: The provider's contact class.
        ceiling: The strictest marking that may go there.
    """
    if contact > CONTACT_OF_PAP.get(marking.pap, Contact.TARGET):
        most = CONTACT_OF_PAP[marking.pap].value
        return (
            f"it is marked PAP:{marking.pap.name}, which allows contact class {most} at most, and "
            f"{label} is of class {contact.value}"
        )
    if contact is not Contact.LOCAL and not marking.allows(ceiling):
        return f"it is marked {marking}, and {label} may get {ceiling} at most"
    return ""


def _skip_reason(
    transform: Transform,
    candidate: Input,
    catalogue: Catalogue,
    contact: Contact,
    contact_limit: Contact,
    ceiling: Marking,
    window: Window | None,
    allowed: frozenset[str],
    default: Marking,
) -> tuple[str, Value | None]:
    value = candidate.value
    if transform.refusal is not None and (refused := transform.refusal(value)):
        return refused, None
    if transform.accepts and type(value) not in transform.accepts:
        return f"{transform.id} takes no {value.type.term}", None
    if contact > contact_limit:
        return f"contact class {contact.value} is over the limit of {contact_limit.value}", None
    if reason := marking_reason(
        transform.provider.label, candidate.marking.filled(default), contact, ceiling
    ):
        return reason, None
    for state, seen in candidate.states:
        kind = catalogue.states.get(state)
        if kind is None or not kind.bounds_pivots or state in allowed:
            continue
        if window is not None and window.overlap(seen) is IntervalOverlap.NO:
            continue
        when = f" ({seen})" if seen.dated else ""
        return f"it is in the state {kind.label.lower()}{when}, where pivots end", None
    if transform.narrow is None:
        return "", value
    narrowed = transform.narrow(value)
    return ("" if narrowed is not None else f"{transform.id} has nothing to ask for it"), narrowed
