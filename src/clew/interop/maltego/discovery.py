"""Discovery: what a server offers, read and written in both its forms (XML and JSON)."""

from __future__ import annotations

from collections.abc import Sequence

from clew.errors import InvalidValue
from clew.interop.maltego import discovery_json, discovery_xml
from clew.interop.maltego.offers import Application, Seed, Setting, TransformOffer

__all__ = [
    "DISCOVERY_BYTES_MAX", "Application", "Seed", "Setting", "TransformOffer",
    "read_seed", "read_transforms", "write_seed", "write_transforms",
]  # fmt: skip

DISCOVERY_BYTES_MAX = 16 * 1024 * 1024
"""Largest document that is read."""


def read_seed(data: bytes) -> tuple[Seed, list[str]]:
    """
    The applications of a seed, in XML or JSON, and what of it was left out.

    Raises:
        InvalidValue: It is neither form of a seed.
    """
    _bounded(data)
    problems: list[str] = []
    if _is_json(data):
        return discovery_json.read_seed(data, problems), problems
    return discovery_xml.read_seed(data, problems), problems


def read_transforms(data: bytes) -> tuple[tuple[TransformOffer, ...], list[str]]:
    """
    The transforms of a list, in XML or JSON, and what of it was left out.

    Raises:
        InvalidValue: It is neither form of a list.
    """
    _bounded(data)
    problems: list[str] = []
    if _is_json(data):
        return discovery_json.read_transforms(data, problems), problems
    return discovery_xml.read_transforms(data, problems), problems


def write_seed(seed: Seed, *, protocol: str) -> bytes:
    """The document of a seed: XML where *protocol* is v2, JSON where it is v3."""
    return discovery_json.write_seed(seed) if protocol == "v3" else discovery_xml.write_seed(seed)


def write_transforms(offered: Sequence[TransformOffer], *, protocol: str) -> bytes:
    """
    The list of transforms: XML where *protocol* is v2, JSON where it is v3.

    XML has one input type a transform: one with several is listed by the first.
    """
    if protocol == "v3":
        return discovery_json.write_transforms(offered)
    return discovery_xml.write_transforms(offered)


def _is_json(data: bytes) -> bool:
    return data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[")


def _bounded(data: bytes) -> None:
    if len(data) > DISCOVERY_BYTES_MAX:
        reason = f"it has {len(data)} bytes, and {DISCOVERY_BYTES_MAX} are read"
        raise InvalidValue("transform list", "", reason)
