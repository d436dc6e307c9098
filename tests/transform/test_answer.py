"""What replies mean."""

from __future__ import annotations

import pytest

from clew import errors
from clew.transform.answer import asked_wait_s, json_answer
from clew.transform.request import Reply, Request

ASKED = Request("GET", "https://api.example/v1/x")


def reply(status: int, body: bytes = b"{}", **headers: str) -> Reply:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Reply(ASKED, status, named, body)


@pytest.mark.parametrize(
    ("status", "fault"),
    [
        (301, errors.BadReply),
        (400, errors.RequestRejected),
        (401, errors.KeyRefused),
        (402, errors.ProviderLimited),
        (403, errors.NotEntitled),
        (408, errors.ProviderDown),
        (422, errors.RequestRejected),
        (429, errors.ProviderLimited),
        (500, errors.ProviderDown),
        (503, errors.ProviderDown),
    ],
)
def test_each_status_has_its_error(status: int, fault: type[errors.ProviderFault]) -> None:
    """A status outside of 2xx raises the error that says what to do, with the vendor's words."""
    with pytest.raises(fault, match=r"Example .*") as caught:
        json_answer("Example", reply(status, b'{"message": "no luck"}'))
    assert caught.value.status == status
    assert status < 400 or "no luck" in str(caught.value)


def test_nothing_known_is_an_answer() -> None:
    """404 and 204 are empty answers."""
    assert not json_answer("Example", reply(404, b"whatever"))
    assert not json_answer("Example", reply(204, b""))


@pytest.mark.parametrize(
    "body",
    [b"<html>", b'{"a": [1, 2', b"", b"\xff\xfe", b"[" * 5000 + b"]" * 5000, b'"text"', b"NaN"],
)
def test_what_is_no_json_object_is_a_bad_reply(body: bytes) -> None:
    """HTML, a cut body, deep nesting and bare scalars are refused."""
    with pytest.raises(errors.BadReply):
        json_answer("Example", reply(200, body, content_type="text/html; charset=utf-8"))


def test_a_bare_array_comes_as_items() -> None:
    """An array of rows is read."""
    found = json_answer("Example", reply(200, b'[{"a": 1}]')).rows("items")
    assert [row["a"] for row in found] == [1]


@pytest.mark.parametrize(
    ("told", "seconds"), [("7", 7.0), ("", None), ("-1", None), ("soon", None), ("²", None)]
)
def test_retry_after_is_seconds_or_nothing(told: str, seconds: float | None) -> None:
    """Only whole seconds are taken."""
    assert asked_wait_s(reply(429, retry_after=told)) == seconds
