"""Arguments of local transforms: properties travel whole, and what is cut is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clew.interop.maltego.arguments import (
    ARGUMENT_BYTES_MAX,
    arguments,
    read_properties,
    split,
    write_properties,
)
from clew.interop.maltego.record import EntityField
from interop.maltego.spoken import hostile, recorded, sample

travels = hostile.filter(lambda text: "\0" not in text and text.isprintable())
pairs = st.lists(st.tuples(hostile, hostile), max_size=5)


def sendable(text: str) -> str:
    return text.replace("\0", "").encode("utf-8", "replace").decode()


@given(pairs)
def test_properties_come_back(pairs_of_texts: list[tuple[str, str]]) -> None:
    """Names and values survive, whatever is in them but NUL; an empty name says nothing."""
    got = read_properties(
        write_properties([EntityField(name, value) for name, value in pairs_of_texts])
    )
    assert got == tuple(
        EntityField(sendable(name), sendable(value))
        for name, value in pairs_of_texts
        if sendable(name)
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("fqdn=example.org#whois-info=hello world",
         [("fqdn", "example.org"), ("whois-info", "hello world")]),
        (r"url=http://x.test/?a\=1\#frag#path=C:\\tmp\\x",
         [("url", "http://x.test/?a=1#frag"), ("path", r"C:\tmp\x")]),
        ("url=a=b=c", [("url", "a=b=c")]),
        ("justtext", [("justtext", "")]),
        ("fqdn=#b=2", [("fqdn", ""), ("b", "2")]),
        ("a=line1\nline2#b=2", [("a", "line1\nline2"), ("b", "2")]),
        ("##=x#", []),
        ("a=\\", [("a", "\\")]),
        (r"a=\n", [("a", r"\n")]),
    ],
)  # fmt: skip
def test_careless_senders_are_understood(text: str, expected: list[tuple[str, str]]) -> None:
    """A field splits at its first bare equals sign; a backslash before another sign stays."""
    assert read_properties(text) == tuple(EntityField(*one) for one in expected)


@pytest.mark.parametrize("name", recorded("trx-local/*.argv.txt"))
def test_recorded_arguments_are_made_again(name: str) -> None:
    """What maltego-trx understood is what is made of what was read."""
    lines = sample(name).decode().removesuffix("\n").split("\n", 2)
    transform, value, properties = (*lines, "", "")[:3]
    fields = read_properties(properties)
    made, warnings = arguments(transform, value, fields)
    assert warnings == []
    assert made[:2] == [transform, value]
    assert read_properties("".join(made[2:])) == fields
    if name[10:12] in ("02", "03", "07", "11"):
        assert made[2] == properties


def test_properties_are_left_out_where_there_are_none() -> None:
    """Without properties there is no argument for them: maltego-trx fails on an empty one."""
    assert arguments("", "x", ()) == (["x"], [])


@pytest.mark.parametrize(
    ("text", "parts", "warned"),
    [
        ("", [], 0),
        ("  a   b ", ["a", "b"], 0),
        ("\"a b\" 'c d'", ["a b", "c d"], 0),
        ("x\"a b\"y ''", ["xa by", ""], 0),
        (r"C:\dir\file.py \\host\share", [r"C:\dir\file.py", r"\\host\share"], 0),
        (r"my\ file \"q\"", ["my file", '"q"'], 0),
        ("$HOME `id` *.py ; rm", ["$HOME", "`id`", "*.py", ";", "rm"], 0),
        ("'a b", ["a b"], 1),
    ],
)
def test_parameters_split_without_expansion(text: str, parts: list[str], warned: int) -> None:
    """Quotes keep blanks together; nothing is expanded; an open quote is told."""
    got, warnings = split(text)
    assert (got, len(warnings)) == (parts, warned)


@given(st.text())
def test_parameters_never_crash(text: str) -> None:
    """Whatever a file holds is split, and no part holds NUL."""
    assert all("\0" not in part for part in split(text)[0])


def test_long_properties_are_left_out_and_named() -> None:
    """A property that does not fit is named in a warning; the rest goes."""
    long = "x" * ARGUMENT_BYTES_MAX
    made, warnings = arguments(
        "p", "v", [EntityField("a", "1"), EntityField("big", long), EntityField("b", "2")]
    )
    assert made == ["p", "v", "a=1#b=2"]
    assert warnings == ["1 properties are too long to be sent: big."]


def test_long_values_are_cut_and_told() -> None:
    """A value that does not fit is cut between two characters, with a warning."""
    made, warnings = arguments("", "é" * ARGUMENT_BYTES_MAX, ())
    assert len(made[0].encode()) <= ARGUMENT_BYTES_MAX
    assert len(warnings) == 1


@given(travels, pairs)
def test_arguments_fit(value: str, pairs_of_texts: list[tuple[str, str]]) -> None:
    """No argument holds NUL or a piece that is no Unicode text, and none is over the limit."""
    made, _ = arguments("", value, [EntityField(name, text) for name, text in pairs_of_texts])
    assert made[0] == value
    for one in made:
        assert "\0" not in one
        assert len(one.encode()) <= ARGUMENT_BYTES_MAX


def test_a_value_that_looks_like_an_option_is_told() -> None:
    """A value that begins with a dash is sent, with a warning."""
    made, warnings = arguments("", "--output=x", ())
    assert made == ["--output=x"]
    assert len(warnings) == 1
