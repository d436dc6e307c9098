"""How many entities two graphs would share by chance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clew.graph.view import View

Rows = NDArray[np.int32]
Degrees = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Chance:
    """What two graphs share of one entity type, beside what chance would give."""

    type: str
    in_a: int
    in_b: int
    shared: int
    known: int
    """Entities of the type in the whole investigation."""
    even: float
    """Expected if the second graph drew its entities evenly: in_a x in_b / known."""
    even_spread: float
    """Standard deviation of that (hypergeometric)."""
    expected: float
    """Expected if the second graph's link ends fell on entities in measure of their links."""
    spread: float

    @property
    def z(self) -> float | None:
        """Standard deviations above what the links would give; None where there is no spread."""
        return (self.shared - self.expected) / self.spread if self.spread > 0 else None

    @property
    def has_background(self) -> bool:
        """False where the investigation knows nothing outside of both graphs to compare with."""
        return self.known > self.in_a + self.in_b - self.shared

    def __str__(self) -> str:
        text = f"{self.type}: {self.shared} shared, {self.expected:.1f} ± {self.spread:.1f}"
        text += f" expected by links, {self.even:.1f} ± {self.even_spread:.1f} evenly"
        if self.has_background:
            return text
        return f"{text} (all that is known of the type lies in the two graphs: no background)"


def chance_of(a: View, b: View, shared: Rows, degrees: Degrees) -> tuple[Chance, ...]:
    """
    What chance would give, of each entity type that both graphs have.

    Args:
        a: One graph.
        b: The other.
        shared: Rows of the entities in both.
        degrees: Links of every entity row in the whole investigation.

    Source:
        Evenly: the hypergeometric distribution. By links: each of the second graph's *m* link ends
        at the type falls on an entity with *k* of all *M* with chance k/M (the configuration
        model), so it is hit with p = 1 - (1 - k/M)^m; mean and variance are sums of p and p(1-p).
    """
    state = a.state
    types = state.entities.types.values
    size = len(state.names.names)
    known = np.bincount(types, minlength=size)
    in_a = np.bincount(types[a.entities], minlength=size)
    in_b = np.bincount(types[b.entities], minlength=size)
    both = np.bincount(types[shared], minlength=size)
    all_ends = np.bincount(types, weights=degrees, minlength=size)
    ends_b = np.bincount(types[b.entities], weights=b.degree, minlength=size)
    rate = np.zeros(size)
    np.divide(ends_b, all_ends, out=rate, where=all_ends > 0)
    # (1 - k/M)^m is exp(-k m/M) but for terms of (k/M)^2, which one entity's share never makes big.
    of_a = types[a.entities]
    missed = np.exp(-degrees[a.entities] * rate[of_a])
    expected = np.bincount(of_a, weights=1 - missed, minlength=size)
    variance = np.bincount(of_a, weights=missed * (1 - missed), minlength=size)
    found = []
    for code in np.flatnonzero((in_a > 0) & (in_b > 0)).tolist():
        n, k, m = int(known[code]), int(in_a[code]), int(in_b[code])
        even = k * m / n
        even_variance = even * (1 - k / n) * (n - m) / (n - 1) if n > 1 else 0.0
        found.append(
            Chance(
                state.names.names[code], k, m, int(both[code]), n,
                even, even_variance**0.5, float(expected[code]), float(variance[code]) ** 0.5,
            )
        )  # fmt: skip
    return tuple(sorted(found, key=lambda chance: (-chance.shared, chance.type)))
