"""No transform of any provider crashes on JSON of the right names and the wrong shapes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clew.errors import ClewError
from clew.schema.registry import catalogue
from clew.transform.contract import Transform
from clew.transform.registry import load_registry
from clew.transform.testing import play

pytestmark = pytest.mark.assurance("vendor-faults")

KEYS = (
    "response", "results", "data", "items", "value", "history", "ip_history", "ip_addresses",
    "whois", "record", "date", "registrant", "email", "name", "domain", "domains", "resolve",
    "recordType", "resolveType", "firstSeen", "lastSeen", "source", "artifact", "id", "parentHost",
    "actiondate", "post_ip", "domain_names", "domain_count", "ip_address", "nameservers", "rows",
    "nameServers", "totalRecords", "tag_meta", "sinkhole", "tags", "item", "sample", "network",
    "decoded", "protocol", "samples", "summary", "type", "attributes", "associatedGroups",
)  # fmt: skip
EXAMPLES = {
    "domain-name": "www.example.org", "ip-address": "192.0.2.1", "url": "http://a.example/x",
    "file": "b17f2d7e00f731650833898ebed14268", "email-address": "a@mail.example",
    "incident": "An incident", "organisation": "An owner", "certificate": "a" * 40,
}  # fmt: skip
scalars = st.sampled_from(
    (None, True, 0, 3.5, -1, 10**18, "", "x", "192.0.2.1", "A", "ip", "a.example", "2013-01-02")
)
json_values = st.recursive(
    scalars,
    lambda below: (
        st.lists(below, max_size=3) | st.dictionaries(st.sampled_from(KEYS), below, max_size=6)
    ),
    max_leaves=25,
)
bodies = st.dictionaries(st.sampled_from(KEYS), json_values, max_size=6)
TRANSFORMS = sorted(load_registry().transforms.values(), key=lambda one: one.id)


@pytest.mark.parametrize("transform", TRANSFORMS, ids=lambda one: one.id)
@given(body=bodies)
@settings(max_examples=25)
def test_odd_shapes_end_in_claims_or_our_errors(transform: Transform, body: object) -> None:
    """Whatever the reply holds, the transform yields what can be used, or an error of ours."""
    kind = transform.accepts[0].type.name
    value = catalogue().value(kind, EXAMPLES[kind])
    try:
        found = play(transform, value, {"": body})
    except (ClewError, AssertionError) as error:
        # A transform that pages without end is stopped by the kit's own bound.
        assert isinstance(error, ClewError) or "pages" in str(error)  # noqa: PT017
        return
    assert isinstance(found, list)
