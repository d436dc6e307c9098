"""Errors say what happened and what helps, and carry what a caller decides by."""

from __future__ import annotations

import inspect
import pickle
from collections.abc import Callable
from typing import Any

import pytest

from clew import errors

MESSAGES: tuple[tuple[Callable[[], errors.ClewError], str], ...] = (
    (
        lambda: errors.InvalidValue("date", "soon", "it has no year", helps="Write 2013."),
        "'soon' is not a valid date: it has no year. Write 2013.",
    ),
    (
        lambda: errors.InvalidValue("file", "", "it is empty"),
        "This is not a valid file: it is empty.",
    ),
    (
        lambda: errors.UnknownName("graph", "mian", known=("main", "other")),
        "There is no graph named 'mian'. Did you mean main?",
    ),
    (
        lambda: errors.UnknownName("graph", "x", known=("main", "a")),
        "There is no graph named 'x'. Known: a, main.",
    ),
    (lambda: errors.UnknownName("graph", "x"), "There is no graph named 'x'."),
    (
        lambda: errors.TooLarge("links", 9),
        "There are too many links for one investigation (at most 9).",
    ),
    (
        lambda: errors.FileBusy("a.clew", "it is open.", helps="Close it."),
        "a.clew: it is open. Close it.",
    ),
    (
        lambda: errors.KeyRefused("Sample", "refused the key", status=403),
        "Sample refused the key (403).",
    ),
    (lambda: errors.ProviderDown("Sample", "gave no answer"), "Sample gave no answer."),
)


@pytest.mark.parametrize(("make", "text"), MESSAGES)
def test_the_message_is_made_of_the_data(make: Callable[[], errors.ClewError], text: str) -> None:
    """What happened, to what, and what helps, in one or two sentences."""
    error = make()
    assert str(error) == text
    assert text == f"{error.what} {error.helps}".strip()


def made(kind: type[errors.ClewError]) -> errors.ClewError:
    """An error of that class, each part of which is told."""
    values: dict[str, Any] = {
        "what": "links",
        "kind": "date",
        "most": 9,
        "missing": ("token",),
        "known": ("a",),
    }
    values |= {"status": 403, "retry_after_s": 3.0, "quota": True, "sent": False, "path": "a.clew"}
    values |= {"readable_seq": 7, "helps": "Help.", "reason": "3 calls", "provider": "Sample"}
    wanted = list(inspect.signature(kind.__init__).parameters.values())[1:]
    given = {one.name: values.get(one.name, "x") for one in wanted}
    plain = [given.pop(one.name) for one in wanted if one.kind is one.POSITIONAL_OR_KEYWORD]
    return kind(*plain, **given)


KINDS = [one for one in vars(errors).values()
         if isinstance(one, type) and issubclass(one, errors.ClewError)]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_an_error_travels_whole(kind: type[errors.ClewError]) -> None:
    """From one process to another it is the same error, with all that its message does not say."""
    error = made(kind)
    there = pickle.loads(pickle.dumps(error))  # our own bytes
    assert (type(there), str(there), vars(there)) == (kind, str(error), vars(error))
    assert there.what


def test_errors_carry_what_a_caller_decides_by() -> None:
    """How long to wait, what is missing, what can be read, whether anything left."""
    limited = errors.ProviderLimited("Sample", "is busy", retry_after_s=3.0, quota=True)
    assert (limited.retry_after_s, limited.quota, limited.provider) == (3.0, True, "Sample")
    assert errors.KeyMissing("Sample", "has no key", missing=("token",)).missing == ("token",)
    assert errors.DamagedFile("a.clew", "it ends.", readable_seq=7).readable_seq == 7
    assert errors.ProviderDown("Sample", "is away", sent=False).sent is False
    assert errors.OverBudget("Too dear.", reason="3 calls").reason == "3 calls"
    assert errors.OverBudget("Too dear.").reason == "Too dear."
    assert errors.TooLarge("links", 9).most == 9


def test_foreign_values_are_quoted_and_bounded() -> None:
    """A control character is escaped, and a long value cut with a mark."""
    assert errors.quote_value("a\x1b[31m\n") == r"'a\x1b[31m\n'"
    long = errors.quote_value("x" * 1_000)
    assert long.endswith("…'")
    assert len(long) == errors.QUOTED_LENGTH_MAX + 2
