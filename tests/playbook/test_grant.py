"""What a playbook may spend where nobody said so."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from clew.engine.lookup_forecast import LookupForecast
from clew.playbook.format import read_playbook
from clew.playbook.grant import granted_credits
from playbook.cases import StateCase, case_of

PLAYBOOK = read_playbook(
    "playbook: x\nsteps:\n  - {id: a, transform: v.paid, inputs: b, graph: g}\n"
    "  - {id: b, transform: v.free, inputs: b, graph: g}\n",
    name="x",
)


class PricedCase(StateCase):
    """Answers a look-up of v.paid with a price, at that contact class."""

    contact = 1

    def forecast_lookup(self, transform: str) -> LookupForecast:
        price = 2.0 if transform == "v.paid" else 0.0
        contact = self.contact if price else 2
        return LookupForecast("t", "V", contact, "", 1, price, frozenset(), None)


@pytest.mark.parametrize(
    ("shipped", "contact", "granted"), [(True, 1, math.inf), (True, 2, 0), (False, 1, 0)]
)
def test_only_what_is_shipped_buys_from_this_machine(
    shipped: bool, contact: int, granted: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A vendor is paid by a grant only, whoever wrote the playbook; free questions are free."""
    monkeypatch.setattr(PricedCase, "contact", contact)
    case = PricedCase(case_of().state)
    assert granted_credits(replace(PLAYBOOK, shipped=shipped), case) == granted
