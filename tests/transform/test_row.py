"""Rows of hostile replies."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from clew.transform.row import PROBLEMS_MAX, Row

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from("abc"), json_values), st.sampled_from("abcd"))
def test_every_accessor_takes_any_value(values: dict[str, object], key: str) -> None:
    """Whatever a vendor sends, each accessor gives its own kind."""
    row = Row(values)
    assert isinstance(row.text(key), str)
    assert isinstance(row.label(key), str)
    assert isinstance(row.word(key, {"a"}), str)
    assert all(isinstance(text, str) for text in (*row.texts(key), *row.listed_texts(key)))
    assert all(isinstance(below, Row) for one in row.lists(key) for below in one)
    assert isinstance(row.row(key), Row)
    assert all(isinstance(below, Row) for below in row.rows(key))
    assert row.number(key) is None or isinstance(row.number(key), float)
    assert row.integer(key) is None or isinstance(row.integer(key), int)
    assert row.flag(key) in (None, True, False)
    assert len(row.problems) <= PROBLEMS_MAX


def test_a_wrong_kind_is_noted_with_its_place() -> None:
    """The problem says where, what was there and what was wanted."""
    row = Row({"results": [{"firstSeen": {"a": 1}}, "x"]})
    found = row.rows("results")
    assert found[0].text("firstSeen") == ""
    assert row.problems == [
        "/results[1] is text, not object",
        "/results[0]/firstSeen is an object, not text",
    ]


def test_one_is_a_list_of_one() -> None:
    """A vendor that sends the only item bare is understood."""
    row = Row({"source": "riskiq", "hits": {"a": 1}, "names": ["x", None]})
    assert row.texts("source") == ("riskiq",)
    assert [below["a"] for below in row.rows("hits")] == [1]
    assert row.texts("names") == ("x",)
    assert row.problems == []


def test_what_is_read_from_another_kind_is_noted() -> None:
    """A number is a text only where ids are read; elsewhere it is used, and told."""
    row = Row({"id": 17, "names": ["x", 3], "rows": {"a": 1}, "one": "x", "type": "odd"})
    assert row.label("id") == "17"
    assert row.problems == []
    assert row.text("id") == "17"
    assert row.texts("names") == ("x", "3")
    assert [below["a"] for below in row.listed("rows")] == [1]
    assert row.listed_texts("one") == ("x",)
    assert row.listed_texts("none") == ()
    assert row.word("type", {"even"}) == "odd"
    assert row.problems == [
        "/id is int, not text",
        "/names is int, not text in a list",
        "/rows is an object, not list of objects",
        "/one is text, not list of texts",
        "/none is missing",
        "/type is none that is known",
    ]


def test_lists_in_a_list() -> None:
    """What is no list among them is noted with its place, and used where it is an object."""
    row = Row({"calls": [[{"a": 1}, {"a": 2}], {"a": 3}, "x"]})
    assert [[below["a"] for below in one] for one in row.lists("calls")] == [[1, 2], [3], []]
    assert row.problems[0] == "/calls/[1] is an object, not list of objects"
    assert len(row.problems) > 1
    assert row.lists("none") == ()


def test_numbers_and_flags_as_text() -> None:
    """Numbers and yes-no written as text are read; what is none is noted."""
    row = Row({"n": "12", "yes": "true", "no": 0, "bad": "many"})
    assert (row.integer("n"), row.flag("yes"), row.flag("no"), row.number("bad")) == (
        12, True, False, None,
    )  # fmt: skip
    assert row.problems == ["/bad is text, not number"]
