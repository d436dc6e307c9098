"""States that shipped lists give to names, addresses and registrants."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Self

from clew.errors import InvalidValue
from clew.schema.privacy import is_privacy_service
from clew.schema.types import DomainName, EmailAddress, IPAddress
from clew.schema.types.hostname import to_a_label
from clew.schema.value import Value

MISP_LISTS = {
    "dynamic-dns": "dynamic-dns",
    "parking-domain": "parked",
    "sinkholes": "sinkhole",
    "akamai": "cdn",
    "cloudflare": "cdn",
    "fastly": "cdn",
    "stackpath": "cdn",
    "amazon-aws": "cloud-hosting",
    "google-gcp": "cloud-hosting",
    "microsoft-azure": "cloud-hosting",
    "ovh-cluster": "shared-hosting",
    "public-dns-v4": "public-resolver",
    "public-dns-v6": "public-resolver",
}
"""Folders of the MISP warning lists that are used, and the state that each gives."""

_PRIVACY = (("privacy-registrant", "clew privacy services"),)
"""The state and the list of an address that `is_privacy_service` knows."""

_PLAIN_IPV4 = re.compile(IPAddress.type.fixed or "")

Listed = tuple[tuple[str, str], ...]
"""States with the list that says so, in the order of the lists."""


@dataclass(frozen=True, slots=True)
class StateList:
    """One list: whatever it names is in one state."""

    name: str
    state: str
    entries: tuple[str, ...]
    """Zones (``dyn.example`` and all below), addresses or CIDR blocks; bad ones are skipped."""


@dataclass(slots=True)
class _Ranges:
    """Address ranges of one list and IP version, merged and sorted."""

    firsts: list[int] = field(default_factory=list)
    lasts: list[int] = field(default_factory=list)

    @classmethod
    def of(cls, spans: Iterable[tuple[int, int]]) -> Self:
        ranges = cls()
        for first, last in sorted(spans):
            if ranges.lasts and first <= ranges.lasts[-1] + 1:
                ranges.lasts[-1] = max(last, ranges.lasts[-1])
            else:
                ranges.firsts.append(first)
                ranges.lasts.append(last)
        return ranges

    def __contains__(self, number: int) -> bool:
        place = bisect_right(self.firsts, number) - 1
        return place >= 0 and number <= self.lasts[place]


class ListIndex:
    """Several lists, made ready for look-up: O(labels) for a name, O(log n) for an address."""

    def __init__(self, lists: Iterable[StateList]) -> None:
        self._zones: dict[str, tuple[tuple[str, str], ...]] = {}
        self._addresses: dict[str, tuple[tuple[str, str], ...]] = {}
        self._ranges: list[tuple[int, _Ranges, tuple[str, str]]] = []
        for listed in lists:
            self._add(listed)

    def states(self, value: Value) -> Listed:
        """The states that these lists give *value*; empty for a type they don't cover."""
        match value:
            case DomainName():
                return self._of_name(value)
            case IPAddress():
                return self._of_address(value)
            case EmailAddress():
                return self._zones.get(value, ()) or self._of_name(value.domain)
            case _:
                return ()

    def _of_name(self, name: str) -> Listed:
        found: dict[tuple[str, str], None] = {}
        while name:
            found.update(dict.fromkeys(self._zones.get(name, ())))
            name = name.partition(".")[2]
        return tuple(found)

    def _of_address(self, address: str) -> Listed:
        found = dict.fromkeys(self._addresses.get(address, ()))
        parsed = ip_address(address)
        number = int(parsed)
        for version, ranges, mark in self._ranges:
            if version == parsed.version and number in ranges:
                found[mark] = None
        return tuple(found)

    def _add(self, listed: StateList) -> None:
        mark = (listed.state, listed.name)
        spans: dict[int, list[tuple[int, int]]] = {4: [], 6: []}
        for entry in listed.entries:
            if "/" in entry:
                try:
                    network = ip_network(entry, strict=False)
                except ValueError:
                    continue
                span = int(network.network_address), int(network.broadcast_address)
                spans[network.version].append(span)
            elif ":" in entry or entry.replace(".", "").isdigit():
                self._mark(self._addresses, _address(entry), mark)
            else:
                self._mark(self._zones, _zone(entry), mark)
        for version, pairs in spans.items():
            if pairs:
                self._ranges.append((version, _Ranges.of(pairs), mark))

    @staticmethod
    def _mark(
        table: dict[str, tuple[tuple[str, str], ...]], key: str | None, mark: tuple[str, str]
    ) -> None:
        if key is not None:
            table[key] = (*table.get(key, ()), mark)


def listed_states(value: Value, *, extra: ListIndex | None = None) -> Listed:
    """
    The states that shipped lists, and those of *extra*, give *value*, each with its list's name.

    A list holds as of its own date, which is not a date of the value's being so.
    """
    states = shipped_lists(type(value)).states(value) if _covered(value) else ()
    if isinstance(value, EmailAddress) and is_privacy_service(value):
        states = (*states, *_PRIVACY)
    more = extra.states(value) if extra is not None else ()
    return (*states, *(mark for mark in more if mark not in states))


@cache
def shipped_lists(kind: type[Value]) -> ListIndex:
    """The shipped lists that can hold values of *kind*, read once."""
    wanted = "hostname" if issubclass(kind, DomainName) else "cidr"
    return ListIndex(listed for listed in _read_lists(wanted))


def _covered(value: Value) -> bool:
    return isinstance(value, DomainName | IPAddress)


def _read_lists(wanted: str) -> Iterator[StateList]:
    # Found without importing it: the package pulls in 30 ms of modules that the data don't need.
    spec = find_spec("pymispwarninglists")
    if spec is None or spec.origin is None:
        return
    folder = Path(spec.origin).parent / "data" / "misp-warninglists" / "lists"
    for name, state in MISP_LISTS.items():
        data = json.loads((folder / name / "list.json").read_bytes())
        if data["type"] == wanted:
            yield StateList(f"misp {name} {data['version']}", state, tuple(data["list"]))


def _address(entry: str) -> str | None:
    if _PLAIN_IPV4.fullmatch(entry):
        return entry
    try:
        return IPAddress(entry)
    except InvalidValue:
        return None


def _zone(entry: str) -> str | None:
    try:
        return str(EmailAddress(entry)) if "@" in entry else to_a_label(entry.removeprefix("."))
    except InvalidValue:
        return None
