"""One JSON object of a reply, read without trust: wrong kinds become problems, not crashes."""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import Any

PROBLEMS_MAX = 200
"""Most problems noted per reply; the rest is counted only."""


class Row:
    """
    A JSON object with forgiving access.

    Vendors send a list where a string was, a string where a number was, and nothing at all.
    Each accessor gives the wanted kind or its empty form, and notes a wrong kind with its place.
    """

    __slots__ = ("_path", "_problems", "_values")

    def __init__(
        self, values: Mapping[str, Any], *, path: str = "", problems: list[str] | None = None
    ) -> None:
        self._values = values
        self._path = path
        self._problems = problems if problems is not None else []

    def __getitem__(self, key: str) -> Any:
        """The raw value; None where missing."""
        return self._values.get(key)

    def __contains__(self, key: str) -> bool:
        return self._values.get(key) is not None

    def __bool__(self) -> bool:
        return bool(self._values)

    def __repr__(self) -> str:
        return f"Row({self._path or '/'}: {', '.join(map(str, self._values))})"

    @property
    def raw(self) -> Mapping[str, Any]:
        """The object itself."""
        return self._values

    @property
    def problems(self) -> list[str]:
        """What was found wrong in the whole reply so far."""
        return self._problems

    def keys(self) -> tuple[str, ...]:
        """The member names, in order."""
        return tuple(self._values)

    def text(self, key: str) -> str:
        """A text; a number or a yes or no becomes one, and is noted; empty where missing."""
        value = self._values.get(key)
        if isinstance(value, int | float):
            self._wrong(key, value, "text")
        return self.label(key)

    def label(self, key: str) -> str:
        """A text, or a number as a text, as vendors write ids; empty where missing."""
        value = self._values.get(key)
        if value is None:
            return ""
        if isinstance(value, str):
            return value
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, int | float):
            return str(value)
        if isinstance(value, list) and len(value) == 1 and isinstance(value[0], str):
            return value[0]
        self._wrong(key, value, "text")
        return ""

    def word(self, key: str, known: Container[str]) -> str:
        """A text of a closed set; one that is not *known* is given, and noted."""
        found = self.text(key)
        if found not in known:
            self.note(key, "is none that is known")
        return found

    def texts(self, key: str) -> tuple[str, ...]:
        """Texts; one text is a list of one; numbers among them are noted; empty where missing."""
        value = self._values.get(key)
        if value is None or value == "":
            return ()
        if isinstance(value, str):
            return (value,)
        if isinstance(value, list):
            found = []
            for item in value:
                if item is not None and not isinstance(item, str):
                    self._wrong(key, item, "text in a list")
                if isinstance(item, str | int | float) and not isinstance(item, bool):
                    found.append(str(item))
            return tuple(found)
        self._wrong(key, value, "list of texts")
        return ()

    def listed_texts(self, key: str) -> tuple[str, ...]:
        """Texts of a list that the answer must have; a missing one, or a bare text, is noted."""
        value = self._values.get(key)
        if value is None:
            self.note(key, "is missing")
        elif isinstance(value, str):
            self._wrong(key, value, "list of texts")
        return self.texts(key)

    def row(self, key: str) -> Row:
        """An object; empty where missing."""
        value = self._values.get(key)
        if isinstance(value, dict):
            return self._below(value, key)
        if isinstance(value, list) and len(value) == 1 and isinstance(value[0], dict):
            return self._below(value[0], f"{key}[0]")
        if value not in (None, "", []):
            self._wrong(key, value, "object")
        return self._below({}, key)

    def rows(self, key: str) -> tuple[Row, ...]:
        """Objects of a list; one object is a list of one; empty where missing."""
        value = self._values.get(key)
        if value is None or value == "":
            return ()
        if isinstance(value, dict):
            return (self._below(value, key),)
        if not isinstance(value, list):
            self._wrong(key, value, "list of objects")
            return ()
        found = []
        for place, item in enumerate(value):
            if isinstance(item, dict):
                found.append(self._below(item, f"{key}[{place}]"))
            elif item is not None:
                self._wrong(f"{key}[{place}]", item, "object")
        return tuple(found)

    def listed(self, key: str) -> tuple[Row, ...]:
        """Objects of a list that the answer must have; a missing one, or no list, is noted."""
        value = self._values.get(key)
        if value is None:
            self.note(key, "is missing")
        elif isinstance(value, dict | str):
            self._wrong(key, value, "list of objects")
        return self.rows(key)

    def lists(self, key: str) -> tuple[tuple[Row, ...], ...]:
        """Lists of objects in a list; what is no list among them is noted; empty where missing."""
        value = self._values.get(key)
        if value is None or value == "":
            return ()
        if not isinstance(value, list):
            self._wrong(key, value, "list of lists")
            return ()
        inner = self._below({f"[{place}]": item for place, item in enumerate(value)}, key)
        return tuple(inner.listed(place) for place in inner.keys())  # noqa: SIM118

    def members(self, key: str) -> tuple[tuple[str, Row], ...]:
        """Name and object of each member of an object of objects; empty where missing."""
        below = self.row(key)
        return tuple((name, below.row(name)) for name in below._values)

    def integer(self, key: str) -> int | None:
        """A whole number, also when written as text; None where missing or wrong."""
        number = self.number(key)
        return None if number is None else int(number)

    def number(self, key: str) -> float | None:
        """A finite number, also when written as text; None where missing or wrong."""
        value = self._values.get(key)
        if value is None or value == "":
            return None
        if isinstance(value, str | int | float) and not isinstance(value, bool):
            try:
                number = float(value)
            except (ValueError, OverflowError):
                pass
            else:
                if abs(number) <= 2**53:
                    return number
        self._wrong(key, value, "number")
        return None

    def flag(self, key: str) -> bool | None:
        """Yes or no, also as text or 0 and 1; None where missing or wrong."""
        value = self._values.get(key)
        if value is None or value == "":
            return None
        if isinstance(value, bool):
            return value
        if value in (0, 1):
            return bool(value)
        if isinstance(value, str) and value.lower() in ("true", "false", "yes", "no", "0", "1"):
            return value.lower() in ("true", "yes", "1")
        self._wrong(key, value, "yes or no")
        return None

    def _below(self, values: Mapping[str, Any], key: str) -> Row:
        return Row(values, path=f"{self._path}/{key}", problems=self._problems)

    def note(self, key: str, what: str) -> None:
        """Note what is wrong with a member, with its place."""
        if len(self._problems) < PROBLEMS_MAX:
            self._problems.append(f"{self._path}/{key} {what}")

    def _wrong(self, key: str, value: object, wanted: str) -> None:
        found = {dict: "an object", list: "a list", str: "text", bool: "yes or no"}
        kind = found.get(type(value), type(value).__name__)
        self.note(key, f"is {kind}, not {wanted}")
