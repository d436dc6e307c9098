"""Two graphs or two moments of one: what is new, what is gone, what of the rest has new dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from clew.graph.view import View
from clew.model.entity import Entity, Link
from clew.model.interval import Interval
from clew.model.moment import EPOCH, Moment, Precision


@dataclass(frozen=True, slots=True)
class ExtendedLink:
    """A link whose dates reach further than before."""

    link: Link
    before: Interval
    after: Interval

    def __str__(self) -> str:
        return f"{self.link}: {self.before}, now {self.after}"


@dataclass(frozen=True, slots=True)
class Comparison:
    """What lies between an earlier and a later look. All are sorted."""

    new: tuple[Entity, ...]
    gone: tuple[Entity, ...]
    new_links: tuple[Link, ...]
    gone_links: tuple[Link, ...]
    extended: tuple[ExtendedLink, ...]
    same: int = 0
    """Entities in both."""

    @property
    def changed(self) -> bool:
        """Whether anything differs."""
        return bool(self.new or self.gone or self.new_links or self.gone_links or self.extended)

    def as_data(self) -> dict[str, object]:
        """As JSON, for a ticket."""
        return {
            "new": [{"type": one.type, "value": one.value} for one in self.new],
            "gone": [{"type": one.type, "value": one.value} for one in self.gone],
            "new_links": [str(one) for one in self.new_links],
            "gone_links": [str(one) for one in self.gone_links],
            "extended": [str(one) for one in self.extended],
            "same": self.same,
        }

    def as_text(self) -> str:
        """As lines, for a ticket: + new, - gone, ~ extended."""
        lines = [f"+ {one.type} {one.value}" for one in self.new]
        lines += [f"- {one.type} {one.value}" for one in self.gone]
        lines += [f"+ {one}" for one in self.new_links]
        lines += [f"- {one}" for one in self.gone_links]
        lines += [f"~ {one}" for one in self.extended]
        lines.append(f"= {self.same} entities as before")
        return "\n".join(lines)


def compare(before: View, after: View) -> Comparison:
    """
    What differs between two looks, by identity: they may be of different files.

    Dates of a link are extended where the span of all that is said of it begins earlier or ends
    later than before; an end that was unknown and is known now counts too.
    """
    was, now = set(before.entity_records()), set(after.entity_records())
    spans, later = _spans(before), _spans(after)
    extended = [
        ExtendedLink(link, spans[link], span)
        for link, span in later.items()
        if link in spans and _further(spans[link], span)
    ]
    return Comparison(
        tuple(sorted(now - was)),
        tuple(sorted(was - now)),
        tuple(sorted(later.keys() - spans.keys(), key=str)),
        tuple(sorted(spans.keys() - later.keys(), key=str)),
        tuple(sorted(extended, key=lambda one: str(one.link))),
        len(was & now),
    )


def _spans(view: View) -> dict[Link, Interval]:
    """Each link with the span from its earliest known start to its latest known end."""
    columns = view.state.link_observations
    records = view.link_records()
    found: dict[Link, Interval] = {}
    for row, place in zip(view.observations.tolist(), view.observed_places.tolist(), strict=True):
        link, seen = records[place], columns.interval(row)
        known = found.get(link)
        found[link] = seen if known is None else _united(known, seen)
    return found


def _united(one: Interval, other: Interval) -> Interval:
    """From the earliest known start to the latest end; an open end is the latest."""
    starts = [it.first for it in (one, other) if it.first.earliest is not None]
    return Interval(
        min(starts, key=lambda it: it.earliest or EPOCH) if starts else one.first,
        max(one.last, other.last, key=_end),
    )


def _further(before: Interval, after: Interval) -> bool:
    begins, begun = after.first.earliest, before.first.earliest
    if begins is not None and (begun is None or begins < begun):
        return True
    return _end(after.last) > _end(before.last)


def _end(moment: Moment) -> tuple[int, datetime]:
    """Ends in order: unknown, by date, still open."""
    if moment.precision is Precision.OPEN:
        return 2, EPOCH
    return (0, EPOCH) if moment.latest is None else (1, moment.latest)
