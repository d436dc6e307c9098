"""
The contract of a transform: declarations by annotation, one async generator, nothing repeated.

    @transform(passivetotal, link="resolves-to")
    async def name_to_addresses(name: DomainName, api: Api) -> Findings[IPAddress]:
        \"\"\"Addresses this name has resolved to, as passive DNS sensors saw it.\"\"\"
        async for row in api.pages("dns/passive", query=name):
            seen = Sighting(row["firstSeen"], row["lastSeen"])
            yield LinkFinding(IPAddress, row["resolve"], seen)

Waiting, retry, cache, keys, rate, paging bounds, provenance and problems are the engine's.
"""

from __future__ import annotations

import inspect
import re
import types
import typing
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal, Protocol, get_args, get_origin

from clew.errors import InvalidValue
from clew.model.interval import Window
from clew.schema.lists import ListIndex
from clew.schema.value import Value
from clew.transform.cost import Cost as Cost
from clew.transform.cost import Quote as Quote
from clew.transform.finding import Finding
from clew.transform.provider import Pager, Provider
from clew.transform.request import Path, Request
from clew.transform.row import Row

FREE = Cost()
"""One call, which nothing is paid for."""
HIDDEN = "…"
"""What stands for the value of a setting that is a key, wherever it is written down."""


class Api(Protocol):
    """What the engine hands to a transform: the provider's service, within all bounds."""

    @property
    def properties(self) -> Mapping[str, str]:
        """What is known of the input and may be sent; empty unless it is declared to be wanted."""
        ...

    @property
    def rows_max(self) -> int:
        """Most rows or results that the run takes of one look-up; pages keep to it themselves."""
        ...

    @property
    def lists(self) -> ListIndex | None:
        """The user's own lists of states; None where there are none."""
        ...

    async def get(self, path: Path, /, *, purchase: bool = False, **query: object) -> Row:
        """One answer. A *purchase* is sent once, kept for good, and never repeated blindly."""
        ...

    async def post(
        self, path: Path, /, *, json: object = None, form: dict[str, str] | None = None
    ) -> Row:
        """One answer to a request with a body."""
        ...

    async def ask(self, request: Request, /) -> Row:
        """One answer to a request whose URL is a path at the provider's own address."""
        ...

    def pages(
        self, path: Path, /, *, pager: Pager | None = None, **query: object
    ) -> AsyncIterator[Row]:
        """The rows of all pages, within the run's limit; a cut is recorded by the engine."""
        ...


Body = Callable[..., AsyncIterator[Finding[Any]]]
Narrow = Callable[[Any], Value | None]
Question = Callable[[Value, Mapping[str, str], Mapping[str, Any]], Request]
"""From a value, its properties and the settings: the one request of a look-up."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A setting of a transform, from its keyword-only parameters."""

    name: str
    kind: str
    """One of text, integer, number, boolean, window, choice."""
    default: Any
    helps: str = ""
    choices: tuple[str, ...] = ()
    secret: bool = False
    """Whether its value is a key: it is sent, and never written down."""
    between: tuple[int, int] | None = None
    """Least and most of an integer; any where None."""


@dataclass(slots=True)
class Transform:
    """A declared transform; made by the decorator."""

    provider: Provider
    name: str
    title: str
    """First line of the docstring, read by the analyst."""
    body: Body
    accepts: tuple[type[Value], ...]
    finds: tuple[type[Value], ...]
    """By name of the type."""
    link: str | None
    parameters: tuple[Parameter, ...]
    cost: Cost
    narrow: Narrow | None = None
    """What is asked for instead of the input (its registered domain); None skips the input."""
    through_states: frozenset[str] = frozenset()
    """Bounding states (sinkhole) in which an input may still be asked about; see plan."""
    expects: int | None = None
    """Usual number of findings per input, for the plan."""
    refusal: Callable[[Value], str] | None = None
    """Why a value is not asked about, whatever its type; empty where it is. None refuses none."""
    question: Question | None = None
    """The request, where each look-up is exactly one; then what is kept is found by it."""
    wants_properties: bool = False
    """Whether it is handed what is known of its input (Api.properties)."""
    open_settings: bool = False
    """Whether it takes settings beside its parameters, as text."""
    _quote: Callable[..., Any] | None = field(default=None, repr=False)

    @property
    def id(self) -> str:
        """``provider.name``, unique."""
        return f"{self.provider.name}.{self.name}"

    def quote(self, ask: Callable[..., Any]) -> Callable[..., Any]:
        """Declare the coroutine ``(value, api, **settings) -> Quote`` as the price quoter."""
        self._quote = ask
        return ask

    @property
    def quoter(self) -> Callable[..., Any] | None:
        """The price quoter, or None."""
        return self._quote

    def settings(self, values: dict[str, Any]) -> dict[str, Any]:
        """
        All parameters with *values* over the defaults, checked.

        Raises:
            InvalidValue: A name is unknown or a value has the wrong kind.
        """
        known = {parameter.name: parameter for parameter in self.parameters}
        more = {name: str(value) for name, value in values.items() if name not in known}
        if more and not self.open_settings:
            raise InvalidValue(
                "parameter",
                next(iter(more)),
                f"{self.id} has none of that name",
                helps=f"It knows: {', '.join(known) or 'none'}.",
            )
        return more | {
            name: _checked(parameter, values[name]) if name in values else parameter.default
            for name, parameter in known.items()
        }

    def secret_settings(self, settings: Iterable[str]) -> frozenset[str]:
        """Those of some settings' names that hold keys: declared so, or named so."""
        declared = {parameter.name for parameter in self.parameters if parameter.secret}
        return frozenset(
            name
            for name in settings
            if name in declared or (self.open_settings and is_key_name(name))
        )


def transform(
    provider: Provider,
    *,
    link: str | None = None,
    cost: Cost = FREE,
    narrow: Narrow | None = None,
    through_states: frozenset[str] | set[str] = frozenset(),
    expects: int | None = None,
) -> Callable[[Body], Transform]:
    """Declare the decorated async generator as a transform of *provider* (see Transform)."""

    def declare(body: Body) -> Transform:
        hints = typing.get_type_hints(body, include_extras=True)
        signature = inspect.signature(body)
        first = next(iter(signature.parameters))
        doc = inspect.getdoc(body) or ""
        assert doc, f"{body.__name__} has a docstring that the analyst reads"
        return Transform(
            provider=provider,
            name=body.__name__,
            title=doc.splitlines()[0].rstrip("."),
            body=body,
            accepts=_value_types(hints[first]),
            finds=_found_types(hints.get("return")),
            link=link,
            parameters=tuple(
                _parameter(parameter, hints[parameter.name])
                for parameter in signature.parameters.values()
                if parameter.kind is inspect.Parameter.KEYWORD_ONLY
            ),
            cost=cost,
            narrow=narrow,
            through_states=frozenset(through_states),
            expects=expects,
        )

    return declare


def _value_types(hint: Any) -> tuple[type[Value], ...]:
    if isinstance(hint, type) and issubclass(hint, Value):
        return () if hint is Value else (hint,)
    return tuple(found for part in get_args(hint) for found in _value_types(part))


def _found_types(hint: Any) -> tuple[type[Value], ...]:
    # Typing caches Findings[A | B] and Findings[B | A] as one, so the order told is not kept.
    return tuple(sorted(set(_value_types(hint)), key=lambda kind: kind.type.name))


def is_key_name(name: str) -> bool:
    """Whether a setting that nobody declared is called as keys and tokens are."""
    plain = re.sub(r"[-_.]", "", name.lower())
    return any(word in plain for word in ("apikey", "secret", "token", "password", "credential"))


_KINDS: dict[Any, str] = {int: "integer", float: "number", bool: "boolean", Window: "window"}


def _parameter(parameter: inspect.Parameter, hint: Any) -> Parameter:
    helps = ""
    choices: tuple[str, ...] = ()
    if get_origin(hint) is Annotated:
        hint, helps = get_args(hint)[0], str(get_args(hint)[1])
    options = [part for part in get_args(hint) if part is not types.NoneType]
    if get_origin(hint) is Literal:
        choices, kind = tuple(map(str, get_args(hint))), "choice"
    else:
        bare = options[0] if options else hint
        kind = _KINDS.get(bare, "text")
    assert parameter.default is not inspect.Parameter.empty, f"{parameter.name} has a default"
    return Parameter(parameter.name, kind, parameter.default, helps, choices)


def _within(parameter: Parameter, number: int) -> int:
    if parameter.between is not None:
        least, most = parameter.between
        if not least <= number <= most:
            raise InvalidValue(parameter.name, number, f"it is not between {least} and {most}")
    return number


def _checked(parameter: Parameter, value: Any) -> Any:
    if value is None:
        return None
    try:
        match parameter.kind:
            case "integer":
                return _within(parameter, int(value))
            case "number":
                return float(value)
            case "boolean":
                if isinstance(value, str):
                    return {"true": True, "yes": True, "false": False, "no": False}[value.lower()]
                return bool(value)
            case "window":
                return value if isinstance(value, Window) else Window.parse(str(value))
            case "choice":
                if str(value) not in parameter.choices:
                    raise InvalidValue(
                        parameter.name, value, f"it is none of {', '.join(parameter.choices)}"
                    )
                return str(value)
            case _:
                return str(value)
    except (ValueError, KeyError, OverflowError) as error:
        raise InvalidValue(parameter.name, value, f"it is no {parameter.kind}") from error
