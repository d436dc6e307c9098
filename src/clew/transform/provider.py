"""The declaration of a provider: where it is, how to sign, page and read its answers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from typing import Any, Literal

from clew.model.marking import TLP, Marking
from clew.transform.request import Reply, Request
from clew.transform.row import Row


class Contact(IntEnum):
    """Whom a request touches."""

    LOCAL = 0
    OWN_SERVER = 1
    THIRD_PARTY = 2
    SHARED_RESOLVER = 3
    TARGET = 4


@dataclass(frozen=True, slots=True)
class Key:
    """One part of a provider's credentials, or a setting kept beside them."""

    name: str
    """Lower-case; the environment variable is CLEW_<PROVIDER>_<NAME>."""
    label: str
    secret: bool = True
    required: bool = True
    helps: str = ""


@dataclass(frozen=True, slots=True)
class Rate:
    """How fast a provider may be asked."""

    concurrency: int = 4
    per_minute: int | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """What a pager reads from one answer."""

    rows: tuple[Row, ...]
    next: Request | None = None
    total: int | None = None
    """How many rows there are in all, where the vendor says it on this page."""
    cut: str = ""
    """Why the vendor gave less than it has; empty where it gave all."""


Keys = Mapping[str, str]
Sign = Callable[[Request, Keys, datetime], Request]
"""A pure recipe: the request as it goes on the wire."""
Pager = Callable[[Request, Row, int], Page]
"""From the request sent, its answer and the rows so far: the rows, and what to ask next."""
Read = Callable[[Reply], Row]
"""From a reply the answer, or the ProviderFault it means; "no data" is an empty Row."""


@dataclass(frozen=True, slots=True)
class TokenExchange:
    """Credentials that are traded for a short-lived token first (OAuth 2.0 client credentials)."""

    request: Callable[[Keys, str], Request]
    """The request for a token, from the keys and the token endpoint's base URL."""
    read: Callable[[Row], tuple[str, int]]
    """Token and its life in seconds, from the answer."""
    base_url: str
    """Where tokens are given; a setting like the provider's own base URL."""


@dataclass(frozen=True, slots=True)
class Account:
    """What a vendor says of the account's allowance."""

    used: int | None
    limit: int | None
    unit: str
    period: str = ""


Check = Callable[[Any], Awaitable[str]]
"""From an Api (transform/contract.py) whose keys they are, for a person; raises ProviderFault."""
AccountReader = Callable[[Any], Awaitable[tuple[Account, ...]]]
"""From an Api the allowances of the account."""


def without_signature(request: Request, keys: Keys, now: datetime) -> Request:  # noqa: ARG001
    """For providers without credentials."""
    return request


def one_page(request: Request, answer: Row, so_far: int) -> Page:  # noqa: ARG001
    """The pager of an answer that is one row."""
    return Page((answer,) if answer else ())


Transport = Literal["http", "program", "maltego-v3"]
"""How a look-up travels: one request, a program of this machine, or a run that is polled."""


def _always(answer: Row) -> bool:  # noqa: ARG001
    return True


def _no_reader(reply: Reply) -> Row:
    raise AssertionError(f"a local provider asks nothing: {reply.status}")


@dataclass(frozen=True, slots=True)
class Provider:
    """A source of data, declared."""

    name: str
    """Kebab-case, unique."""
    label: str
    about: str
    """Catalogue text for analysts: what it gives, its price and terms, renamed or retired."""
    contact: Contact = Contact.THIRD_PARTY
    base_url: str = ""
    """Where it answers; the setting CLEW_<PROVIDER>_URL overrides it."""
    keys: tuple[Key, ...] = ()
    key_sets: tuple[tuple[str, ...], ...] = ()
    """Names of keys that are enough together, where there is a choice; else the required ones."""
    sign: Sign = without_signature
    token: TokenExchange | None = None
    """Where set, *sign* finds the token in the keys under ``token``."""
    read: Read = _no_reader
    pager: Pager = one_page
    rate: Rate = Rate()
    ceiling: Marking = field(default_factory=lambda: Marking(TLP.GREEN))
    """The strictest marking that may be sent there; a setting can change it."""
    lineage: str = ""
    """Whose sensors or records it draws on, where rows don't say; own name where empty."""
    status: str = "active"
    """``active``, ``retired`` (replicas and saved replies only), ``renamed``, or ``disabled``."""
    successor: str = ""
    """Name of the provider to configure instead."""
    fresh_s: int = 86_400
    """How long a kept reply answers instead of a new request, in seconds."""
    reusable: Callable[[Row], bool] = _always
    """Whether a kept answer may answer again; one that is known to lack something may not."""
    transport: Transport = "http"
    relays: bool = False
    """True where it asks others itself, so that it is no own server for being on this machine."""
    user_declared: bool = False
    """True where a user declared it, who may change or remove it while its replies are kept."""
    docs: str = ""
    """Page of the documentation."""
    check: Check | None = None
    """A cheap request that shows whether the keys are good; None where there is none."""
    account: AccountReader | None = None
    """What is left of the account's allowances; None where the vendor doesn't tell."""

    @property
    def sufficient_keys(self) -> tuple[tuple[str, ...], ...]:
        """Names of keys, set by set; any one set is enough to ask it."""
        return self.key_sets or (tuple(key.name for key in self.keys if key.required),)
