"""Requests from loose words and from JSON."""

from __future__ import annotations

from contextlib import suppress

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clew.errors import InvalidValue
from clew.questions.registry import question_named, questions
from clew.questions.requests import decode_request, request_of

FILLED = {"entities": ["a.example"], "graphs": ["a", "b"], "id": "o1.l0", "entry": 3}


def filled(name: str) -> dict[str, object]:
    """The fields that a question can't be asked without."""
    needed = (one for one in msgspec.structs.fields(question_named(name).request) if one.required)
    return {one.name: FILLED.get(one.name, "a.example") for one in needed}


@pytest.mark.parametrize("name", questions())
def test_words_and_json_make_the_same_request(name: str) -> None:
    """What is needed is enough, whichever way it comes; numbers may be written as texts."""
    kind, fields = question_named(name).request, filled(name)
    if "limit" in kind.__struct_fields__:
        fields["limit"] = 7
    request = request_of(name, kind, fields)
    assert decode_request(name, kind, msgspec.json.encode(request)) == request
    texts = {name: str(one) if isinstance(one, int) else one for name, one in fields.items()}
    assert request_of(name, kind, texts) == request


@pytest.mark.parametrize("name", questions())
def test_what_does_not_fit_is_refused_by_its_name(name: str) -> None:
    """A field too many, one too few and a wrong one are told, with the question's name."""
    kind, fields = question_named(name).request, filled(name)
    wrong = [({**fields, "colour": "red"}, "colour")]
    wrong += [({other: fields[other] for other in fields if other != one}, one) for one in fields]
    wrong += [({**fields, one: {"a": 1}}, one) for one in fields]
    for refused, part in wrong:
        with pytest.raises(InvalidValue, match=rf"request of {name}.*{part}"):
            request_of(name, kind, refused)
        with pytest.raises(InvalidValue, match=rf"request of {name}.*{part}"):
            decode_request(name, kind, msgspec.json.encode(refused))


def test_nothing_is_a_request_without_fields() -> None:
    """An empty body asks with the defaults."""
    kind = question_named("structure").request
    assert decode_request("structure", kind, b"") == decode_request("structure", kind, b"{}")


@given(st.binary(max_size=40) | st.text(alphabet='{}[]":,0 \x00', max_size=40).map(str.encode))
def test_any_bytes_are_a_request_or_refused(data: bytes) -> None:
    """What is no JSON, or JSON of another shape, is refused as a value."""
    with suppress(InvalidValue):
        assert decode_request("about", question_named("about").request, data)


def test_deep_json_is_refused() -> None:
    """Nesting without an end is a refusal, not the end of the program."""
    with pytest.raises(InvalidValue, match="request of about"):
        decode_request("about", question_named("about").request, b'{"entity":' + b"[" * 100_000)
