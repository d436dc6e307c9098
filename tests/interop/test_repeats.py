"""What a file says twice is one observation, but for links with a detail of their own."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from clew.interop.repeats import without_repeats
from clew.model.block import BlockBuilder

SAID = st.lists(
    st.tuples(st.integers(0, 2), st.integers(0, 2), st.sampled_from([None, "{}", '{"a":1}']))
)


@given(SAID)
def test_each_is_there_once_at_its_first_place(said: list[tuple[int, int, str | None]]) -> None:
    """The first of those that are alike stays where it is; a detail is told again on purpose."""
    builder = BlockBuilder()
    rows = [builder.entity("domain-name", f"{at}.example.org", 0) for at in range(3)]
    for source, target, detail in said:
        builder.link(rows[source], "related-to", rows[target], 0, detail=detail)
        builder.property(rows[source], f"name{target}", str(detail), 0)
    block = without_repeats(builder.build())
    plain = [one for at, one in enumerate(said) if one[2] or one not in said[:at]]
    assert block.links.select("source", "target", "detail").rows() == plain
    once = list(
        dict.fromkeys((source, f"name{target}", str(detail)) for source, target, detail in said)
    )
    names = [block.names[code] for code in block.properties["name"]]
    found = zip(block.properties["entity"], names, block.properties["value"], strict=True)
    assert list(found) == once
