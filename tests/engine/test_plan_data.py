"""A plan as plain data: all of it, and no key."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from clew.engine.plan import Lookup, Plan, SkippedInput
from clew.engine.plan_data import plan_data
from clew.schema.types import DomainName
from clew.transform.contract import HIDDEN, Quote
from clew.transform.provider import Contact
from clew.transform.registry import load_registry

TRANSFORM = load_registry().transform("domaintools.domain_to_registrants")
names = st.integers(0, 99).map(lambda number: DomainName(f"n{number}.example"))
numbers = st.integers(0, 9)
keys = st.sampled_from(("language", "token", "since"))
plans = st.builds(
    Plan, st.just(TRANSFORM), st.dictionaries(keys, st.text(min_size=8) | st.just("")),
    st.sampled_from(Contact),
    st.lists(st.builds(Lookup, names, cached=st.booleans()), max_size=4).map(tuple),
    st.lists(st.builds(SkippedInput, names, st.text()), max_size=4).map(tuple),
    quotes=st.dictionaries(names, st.builds(Quote, st.integers(0, 9), st.none() | numbers)),
    secrets=st.frozensets(keys),
)  # fmt: skip


@given(plans)
def test_a_plan_s_data_says_all_that_the_plan_does(plan: Plan) -> None:
    """As JSON it comes back equal, and tells numbers, look-ups and what is held back."""
    data = plan_data(plan)
    assert json.loads(json.dumps(data)) == data
    assert data["transform"] == TRANSFORM.id
    assert data["asks"] == [str(one.value) for one in plan.lookups]
    held_back = [(one["value"], one["reason"]) for one in data["held_back"]]
    assert held_back == [(str(one.value), one.reason) for one in plan.skipped]
    assert data["inputs"] == len(data["asks"]) + len(data["held_back"])
    for name in ("calls", "credits", "cached", "leaves", "expected", "allowance"):
        assert data[name] == getattr(plan, name)
    assert set(data["quotes"]) == {str(value) for value in plan.quotes}


@given(plans)
def test_no_key_is_in_it(plan: Plan) -> None:
    """A setting that is a key is named, and its value is a mark; one that is empty stays so."""
    shown = plan_data(plan)["settings"]
    assert set(shown) == set(plan.settings)
    for name, value in plan.settings.items():
        assert shown[name] == (HIDDEN if value and name in plan.secrets else value)
