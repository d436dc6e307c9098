"""What is offered to Maltego's clients: Clew's transforms, their names and their settings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from clew import __version__
from clew.errors import InvalidValue
from clew.interop.maltego.offers import Setting, TransformOffer
from clew.interop.maltego.words import IPV6, TO_MALTEGO
from clew.schema.value import Value
from clew.transform.contract import Parameter, Transform
from clew.transform.registry import Registry

LIMIT = "clew.limit"
"""The setting of every transform that bounds the rows of one listing."""
MORE_INPUTS: dict[str, tuple[str, ...]] = {
    "domain-name": ("maltego.Domain",),
    "ip-address": (IPV6[0],),
    "netblock": ("maltego.CIDR",),
    "malware-family": ("maltego.Malware",),
    "vulnerability": ("maltego.Vulnerability",),
    "incident": ("maltego.Event",),
}
"""Types of Maltego that are ours too and do not derive from the one that we write."""
_TYPES = {"integer": "int", "number": "double", "boolean": "boolean"}


@dataclass(frozen=True, slots=True)
class TransformSettings:
    """The settings of one run, as its client chose them."""

    parameters: dict[str, Any]
    rows_max: int | None = None


@dataclass(frozen=True, slots=True)
class TransformCatalogue:
    """The transforms by the names that clients use."""

    transforms: tuple[Transform, ...]
    by_id: dict[str, Transform]
    """By id, as version 3 names them."""
    by_path: dict[str, Transform]
    """By the last part of ``/run/<name>``, in lower case with hyphens."""
    by_command: dict[str, Transform]
    """By ``TransformToRun``, in lower case."""
    simple: tuple[TransformOffer, ...]
    """For version 2, which has one input type a transform: one row for each type."""
    full: tuple[TransformOffer, ...]
    """For version 3."""

    def at_path(self, name: str) -> Transform | None:
        """The transform of ``/run/<name>``, however it is spelt."""
        return self.by_path.get(path_name(name))


def transform_catalogue(registry: Registry) -> TransformCatalogue:
    """All transforms of a registry but those that are Maltego's already."""
    transforms = tuple(
        found
        for _, found in sorted(registry.transforms.items())
        if not found.provider.user_declared
    )
    by_command: dict[str, Transform] = {}
    simple: list[TransformOffer] = []
    for transform in transforms:
        one = _offered(transform)
        for type_ in (one.input_type, *one.more_input_types):
            name = one.name
            if type_ != one.input_type:
                name = f"{one.name}.{type_.rpartition('.')[2].lower()}"
            by_command[name.lower()] = transform
            simple.append(
                replace(one, name=name, input_type=type_, more_input_types=(), protocol="v2")
            )
    return TransformCatalogue(
        transforms,
        {found.id: found for found in transforms},
        {path_name(found.id): found for found in transforms},
        by_command,
        tuple(simple),
        tuple(_offered(found) for found in transforms),
    )


def path_name(name: str) -> str:
    """The name of a transform in a path: ``passivetotal-name-to-addresses``."""
    return name.lower().replace(".", "-").replace("_", "-")


def transform_settings(transform: Transform, texts: Sequence[tuple[str, str]]) -> TransformSettings:
    """
    What the settings of a request mean; those of others and empty ones are passed over.

    Raises:
        InvalidValue: A setting of this transform has no such value.
    """
    known = {parameter.name: parameter for parameter in transform.parameters}
    values: dict[str, Any] = {}
    rows_max: int | None = None
    for name, text in texts:
        text = text.strip()
        parameter = known.get(name)
        if not text:
            continue
        if parameter is not None:
            values[name] = _span(text) if parameter.kind == "window" else text
        elif name == LIMIT:
            if not (text.isascii() and text.isdigit() and 0 < int(text[:18]) < 1 << 31):
                raise InvalidValue("setting", text, f"{LIMIT} is a number from 1 on")
            rows_max = int(text)
    return TransformSettings(transform.settings(values), rows_max)


def maltego_types(kinds: Sequence[type[Value]]) -> tuple[str, ...]:
    """What those types are called there, each once."""
    found: dict[str, None] = {}
    for kind in kinds:
        name = kind.type.name
        found[TO_MALTEGO[name][0] if name in TO_MALTEGO else f"clew.{name}"] = None
        found |= dict.fromkeys(MORE_INPUTS.get(name, ()))
    return tuple(found)


def _offered(transform: Transform) -> TransformOffer:
    inputs = maltego_types(transform.accepts)
    label = transform.provider.label
    return TransformOffer(
        transform.id,
        f"{transform.name.replace('_', ' ').capitalize()} [{label}]",
        f"{transform.title}.",
        "Clew",
        inputs[0] if inputs else "",
        maltego_types(transform.finds),
        (*(_setting(one) for one in transform.parameters),
         Setting(LIMIT, "Most rows of one listing", "int", optional=True)),
        "v3",
        more_input_types=inputs[1:],
        sets=(label,),
        version=__version__,
        owner=label,
    )  # fmt: skip


def _setting(parameter: Parameter) -> Setting:
    display = parameter.helps or parameter.name.replace("_", " ").capitalize()
    if parameter.choices:
        display = f"{display}: {', '.join(parameter.choices)}"
    elif parameter.kind == "window":
        # A date range of the client's own could come with a default that silently narrows.
        display = f"{display} (2013-01-01..2013-12-31, 2013 or 2013-05-20+-45)"
    return Setting(
        parameter.name, display, _TYPES.get(parameter.kind, "string"), _text(parameter.default),
        optional=True,
    )  # fmt: skip


def _text(default: object) -> str:
    if default is None:
        return ""
    return str(default).lower() if isinstance(default, bool) else str(default)


def _span(text: str) -> str:
    """A window as Clew writes it; Maltego writes a range with a slash."""
    first, slash, last = text.partition("/")
    return f"{first.strip()}..{last.strip()}" if slash else text
