"""One sheet of a workbook, read as a stream: no tree is built, so its size costs no memory."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from lxml import etree

from clew.errors import InvalidValue
from clew.interop.table.cells import CELL_LENGTH_MAX, COLUMNS_MAX, RowCollector

STRINGS_MAX = 4_000_000
"""Most texts that the sheets of a workbook share."""
ROW_NUMBER_MAX = 1_048_576
"""Highest number of a row (ECMA-376)."""
ELEMENTS_MAX = 50_000_000
"""Most elements of one sheet that are read."""
_PIECE = 64 * 1024
_REFERENCE = re.compile(r"([A-Z]{1,3})[0-9]{1,7}")
_WHOLE = re.compile(r"-?[0-9]{1,15}\.0*|-?[0-9.]{1,20}[eE]\+?[0-9]{1,2}")


@dataclass(frozen=True, slots=True)
class DateStyles:
    """Which styles show a number as a date."""

    formats: tuple[str, ...]
    """``day``, ``time`` or nothing, by the number of the style."""
    epoch: datetime


class SheetEvents:
    """What the parser tells as it reads; there are no entities, so there is nothing to expand."""

    full = False

    def doctype(self, name: str, *_: str | None) -> None:
        """Refuse it: it is what entities, bombs and outside fetches come with."""
        raise InvalidValue("XML", name, "a DOCTYPE is refused")

    def start(self, tag: str, attributes: Mapping[str, str], /) -> None:
        """An element begins."""

    def end(self, tag: str) -> None:
        """An element ends."""

    def data(self, text: str) -> None:
        """A piece of text."""

    def close(self) -> None:
        """The part is at its end."""


def feed(data: bytes, target: SheetEvents) -> None:
    """Read a part piece by piece until it ends, or the target has enough; raises InvalidValue."""
    parser = etree.XMLParser(
        target=target, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    for at in range(0, len(data), _PIECE):
        parser.feed(data[at : at + _PIECE])
        if target.full:
            raise InvalidValue("XML", "", "it is over a bound; the rest is left out")
    parser.close()


class SharedStrings(SheetEvents):
    """The texts that sheets share (section 18.4)."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._pieces = CellText()

    def start(self, tag: str, _: Mapping[str, str]) -> None:
        """Begin a text."""
        self._pieces.start(tag.rpartition("}")[2])

    def end(self, tag: str) -> None:
        """Keep a text."""
        name = tag.rpartition("}")[2]
        self._pieces.end(name)
        if name == "si":
            if len(self.texts) >= STRINGS_MAX:
                self.full = True
                return
            self.texts.append(self._pieces.take())

    def data(self, text: str) -> None:
        """A piece of a text."""
        self._pieces.data(text)


class CellText:
    """The text of one cell as it comes, without the phonetic one beside it."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._open = False
        self._phonetic = False

    def start(self, name: str) -> None:
        """``t`` and ``v`` hold text."""
        if name == "rPh":
            self._phonetic = True
        self._open = name in ("t", "v") and not self._phonetic

    def end(self, name: str) -> None:
        """What follows is no text of the cell."""
        if name == "rPh":
            self._phonetic = False
        self._open = False

    def data(self, text: str) -> None:
        """Keep a piece; what is over the longest cell shows as a cell that is too long."""
        if self._open and self._length <= CELL_LENGTH_MAX:
            self._pieces.append(text)
            self._length += len(text)

    def take(self) -> str:
        """The text, and begin anew."""
        text = "".join(self._pieces)
        self._pieces, self._length = [], 0
        return text


class SheetParser(SheetEvents):
    """The rows of one sheet (section 18.3)."""

    def __init__(self, collector: RowCollector, shared: Sequence[str], styled: DateStyles) -> None:
        self._collector = collector
        self._shared = shared
        self._styled = styled
        self._pieces = CellText()
        self._number = 0
        self._row: dict[int, str] = {}
        self._column = -1
        self._kind = "n"
        self._style = ""
        self._wide = 0
        self._elements = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """A row or cell begins."""
        self._elements += 1
        if self._elements > ELEMENTS_MAX:
            self.full = True
            return
        name = tag.rpartition("}")[2]
        if name == "row":
            number_text = attributes.get("r", "")
            known = number_text.isascii() and number_text.isdigit() and len(number_text) <= 7
            number = int(number_text) if known else self._number + 1
            self._number = min(max(number, self._number), ROW_NUMBER_MAX)
            self._row, self._column, self._wide = {}, -1, 0
        elif name == "c":
            place = _REFERENCE.fullmatch(attributes.get("r", ""))
            self._column = _column(place[1]) if place else self._column + 1
            self._kind, self._style = attributes.get("t", "n"), attributes.get("s", "")
            self._pieces.take()
        self._pieces.start(name)

    def end(self, tag: str) -> None:
        """A cell or row is complete."""
        name = tag.rpartition("}")[2]
        self._pieces.end(name)
        if name == "c":
            text = self._text(self._pieces.take())
            if self._column >= COLUMNS_MAX:
                self._wide += bool(text)
            elif text:
                self._row[self._column] = text
        elif name == "row" and (self._row or self._wide):
            if self._wide:
                reason = f"it has cells beyond column {COLUMNS_MAX}; they are left out"
                self._collector.tell(f"row {self._number}", "", reason)
            last = max(self._row, default=-1)
            self._collector.add(self._number, [self._row.get(at, "") for at in range(last + 1)])
            self._row = {}

    def data(self, text: str) -> None:
        """A piece of a cell's text."""
        self._pieces.data(text)

    def _text(self, text: str) -> str:
        match self._kind:
            case "s":
                at = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1
                if not 0 <= at < len(self._shared):
                    if text:
                        reason = "the shared text of a cell is not in the file"
                        self._collector.tell(f"row {self._number}", text, reason)
                    return ""
                return self._shared[at]
            case "b":
                return {"1": "true", "0": "false"}.get(text, text)
            case "n":
                return self._number_text(text)
            case _:
                return text

    def _number_text(self, text: str) -> str:
        style = self._style
        at = int(style) if style.isascii() and style.isdigit() and len(style) < 7 else -1
        shown_as = self._styled.formats[at] if 0 <= at < len(self._styled.formats) else ""
        try:
            number = float(text)
        except ValueError:
            return text
        if shown_as:
            return date_text(number, shown_as, self._styled.epoch) or text
        if _WHOLE.fullmatch(text) and number.is_integer() and abs(number) < 1e15:
            return str(int(number))
        return text


def date_text(serial: float, shown_as: str, epoch: datetime) -> str:
    """A workbook's number of days as ISO 8601; empty where it is no date."""
    if not 1 <= serial < 2_958_466:
        return ""
    at = epoch + timedelta(seconds=round(serial * 86_400))
    return f"{at:%Y-%m-%d}" if shown_as == "day" else f"{at:%Y-%m-%dT%H:%M:%SZ}"


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
