"""Mappings: saved, found again, and refused where they do not hold."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clew.errors import InvalidValue
from clew.interop.table.cells import Cells
from clew.interop.table.mapping import (
    ColumnMapping,
    ColumnRole,
    LinkRule,
    Mapping,
    find_mapping,
    mapping_from_json,
    signature,
    to_json,
)

SAMPLE = Mapping(
    ("domain", "ip", "seen"),
    (
        ColumnMapping(ColumnRole.ENTITY, "domain-name"),
        ColumnMapping(ColumnRole.ENTITY, "detect"),
        ColumnMapping(ColumnRole.DATE),
    ),
    (LinkRule(0, "resolves-to", 1),),
    "day first",
)

values = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 5) | st.text(max_size=8)
    | st.sampled_from([*ColumnRole, "domain-name"]),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(
        st.sampled_from(("role", "type", "of", "name", "source", "target", "title", "dated")),
        inner, max_size=5,
    ),
    max_leaves=12,
)  # fmt: skip


def test_a_saved_mapping_is_the_same() -> None:
    """A mapping written and read again is equal."""
    assert mapping_from_json(to_json(SAMPLE)) == SAMPLE


def test_a_mapping_is_found_by_the_header() -> None:
    """Capitals do not count; other columns are another table; the last saved one counts."""
    cells = Cells(("Domain", "IP", "Seen"))
    newer = Mapping(SAMPLE.signature, SAMPLE.columns)
    assert signature(cells) == SAMPLE.signature
    assert find_mapping(cells, [SAMPLE, newer]) is newer
    assert find_mapping(Cells(("Domain", "IP")), [SAMPLE]) is None


@given(values, values, values)
def test_what_is_no_mapping_is_refused(columns: object, links: object, order: object) -> None:
    """Any JSON is a mapping that holds, or refused as a value."""
    fields = {"clew": "table-mapping", "columns": columns, "links": links, "day_order": order}
    try:
        made = mapping_from_json(msgspec.json.encode(fields).decode())
    except InvalidValue:
        return
    assert mapping_from_json(to_json(made)) == made


@pytest.mark.parametrize("text", ["", "[]", "{}", "\ud800", '{"clew": "graph"}', "[" * 10_000])
def test_other_texts_are_refused(text: str) -> None:
    """What is no mapping at all is refused."""
    with pytest.raises(InvalidValue):
        mapping_from_json(text)


@pytest.mark.parametrize(
    "links",
    ['{"source": 0, "type": "x", "target": 0}', '{"source": 0, "type": "x", "target": 2}',
     '{"source": 0, "type": "x", "target": 9}', '{"source": 0, "type": "", "target": 1}',
     '{"source": true, "type": "x", "target": 1}'],
)  # fmt: skip
def test_links_need_two_columns_of_entities(links: str) -> None:
    """A link of one column, of no entities, or of no column is refused with its number."""
    text = to_json(Mapping(SAMPLE.signature, SAMPLE.columns)).replace(
        '"links": []', f'"links": [{links}]'
    )
    with pytest.raises(InvalidValue, match="link 1"):
        mapping_from_json(text)
