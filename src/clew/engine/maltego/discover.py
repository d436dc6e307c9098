"""Asking a server what it offers: seeds are followed at its own address, never in circles."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from clew.engine.maltego.declarations import ListedTransform, v3_base
from clew.engine.maltego.server_client import ServerClient
from clew.errors import BadReply, ContactRefused, InvalidValue, ProviderFault, RequestRejected
from clew.interop.maltego.discovery import Seed, TransformOffer, read_seed, read_transforms

SEEDS_MAX = 20
"""Most seeds that are followed from one server."""
APPLICATIONS_MAX = 100
"""Most applications of one server that are asked."""
KNOWN_MAX = 20_000
"""Most transforms of one server that are kept."""

T = TypeVar("T")


@dataclass(slots=True)
class Discovery:
    """What a server offers, and what of it was left out."""

    known: list[ListedTransform] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    calls: int = 0


async def discover(sender: ServerClient) -> Discovery:
    """
    What a server offers.

    A seed leads to applications and further seeds; those at another address are told and not
    asked. A server of maltego-trx has no list, so it is asked only whether it is there.

    Raises:
        ContactRefused: It may not be asked.
        ProviderFault: It did not answer as needed.
    """
    found = Discovery()
    match sender.server.protocol:
        case "trx":
            await sender.get(f"{sender.server.url.rstrip('/')}/")
            found.problems.append(
                "It answers. Such servers don't tell what they have: ask SERVER/TRANSFORM."
            )
        case "tds":
            await _tds(sender, found)
        case "v3":
            await _v3(sender, found)
    found.calls = sender.calls
    if len(found.known) > KNOWN_MAX:
        found.problems.append(f"{len(found.known) - KNOWN_MAX} transforms were left out")
        del found.known[KNOWN_MAX:]
    return found


async def _tds(sender: ServerClient, found: Discovery) -> None:
    start = sender.server.url
    waiting, seen, applications = [start], {start}, dict[str, None]()
    while waiting and len(seen) <= SEEDS_MAX:
        url = waiting.pop(0)
        try:
            seed = await _read(sender, url, read_seed, found)
        except BadReply:
            if url != start:
                raise
            # It is no seed, so it may be an application itself.
            applications[url] = None
            break
        for one in seed.applications:
            _within(sender, one.url, one.name, applications, found)
        others = dict[str, None]()
        for other in seed.others:
            _within(sender, other, "a further seed", others, found)
        fresh = [other for other in others if other not in seen]
        seen.update(fresh)
        waiting += fresh
    if waiting:
        found.problems.append(f"{len(waiting)} further seeds were not followed")
    await _lists(sender, found, applications, "?Command=_TRANSFORMS")


async def _v3(sender: ServerClient, found: Discovery) -> None:
    base = v3_base(sender.server.url)
    applications = dict[str, None]()
    try:
        seed: Seed = await _read(sender, f"{base}/seed", read_seed, found)
    except (BadReply, RequestRejected):
        applications[base] = None
    else:
        for one in seed.applications:
            _within(sender, (one.v3_url or one.url).rstrip("/"), one.name, applications, found)
    await _lists(sender, found, applications, "/transforms")


async def _lists(
    sender: ServerClient, found: Discovery, applications: dict[str, None], end: str
) -> None:
    """The lists of transforms of applications; one that fails does not keep the others out."""
    last: ProviderFault | None = None
    for url in list(applications)[:APPLICATIONS_MAX]:
        try:
            offered = await _read(sender, f"{url}{end}", read_transforms, found)
        except ProviderFault as fault:
            last = fault
            found.problems.append(f"{url}: {fault}")
            continue
        found.known += [_known(one, url) for one in offered]
    if len(applications) > APPLICATIONS_MAX:
        found.problems.append(f"{len(applications) - APPLICATIONS_MAX} applications were not asked")
    if last is not None and not found.known:
        raise last


async def _read(
    sender: ServerClient, url: str, read: Callable[[bytes], tuple[T, list[str]]], found: Discovery
) -> T:
    headers = {"Accept": "application/json"} if sender.server.protocol == "v3" else {}
    reply = await sender.get(url, **headers)
    try:
        made, problems = read(reply.body)
    except InvalidValue as error:
        raise BadReply(
            sender.server.name, f"does not tell what it offers: {error.reason}",
            status=reply.status, helps="Check its address and its protocol.",
        ) from error  # fmt: skip
    found.problems += problems
    return made


def _within(
    sender: ServerClient, url: str, what: str, into: dict[str, None], found: Discovery
) -> None:
    try:
        into[sender.own(url)] = None
    except (ContactRefused, ValueError) as error:
        found.problems.append(f"{what[:80]}: {error}")


def _known(one: TransformOffer, url: str) -> ListedTransform:
    inputs = tuple(type_ for type_ in (one.input_type, *one.more_input_types) if type_)
    return ListedTransform(
        one.name, one.display_name, url, inputs, one.output_types,
        tuple(setting.name for setting in one.settings),
        tuple(setting.name for setting in one.settings if setting.auth),
    )  # fmt: skip
