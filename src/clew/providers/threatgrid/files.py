"""What files did in the sandbox: all at once, or one kind of it."""

from __future__ import annotations

from typing import Annotated

from clew.providers.threatgrid import PROVIDER
from clew.providers.threatgrid.parts import ARTIFACTS, BEHAVIOURS, NETWORK, PROCESSES
from clew.providers.threatgrid.runs import Runs, run_facts, run_id, submission_date, traces
from clew.schema.types import (
    URL,
    Behaviour,
    DomainName,
    File,
    FilePath,
    IPAddress,
    Mutex,
    Phrase,
    RegistryKey,
    Sample,
    UserAgent,
)
from clew.transform.contract import Api, Cost, transform
from clew.transform.finding import Fact, Findings, LinkFinding

After = Annotated[str, "Runs submitted from this day on; one without a date is not left out"]
Before = Annotated[str, "Runs submitted up to this day"]
Noise = Annotated[bool, "Also what every run shows of the sandbox itself"]
TWO = Cost(calls=2)
PARTS = (NETWORK, PROCESSES, ARTIFACTS, BEHAVIOURS)


@transform(PROVIDER, link="communicates-with", cost=Cost(calls=1 + len(PARTS)), expects=8)
async def file_to_activity(
    file: File, api: Api, *, after: After = "", before: Before = "", noise: Noise = False
) -> Findings[
    DomainName | IPAddress | URL | UserAgent | Mutex | RegistryKey | FilePath | File | Behaviour
    | Phrase
]:  # fmt: skip
    """All that a file's runs did: names, addresses, URLs, user agents, mutexes, files and more."""
    async for finding in traces(file, api, Runs(after, before), PARTS, noise=noise):
        yield finding


@transform(PROVIDER, link="communicates-with", cost=TWO, expects=2)
async def file_to_names(
    file: File, api: Api, *, after: After = "", before: Before = "", noise: Noise = False
) -> Findings[DomainName]:
    """Names that a file's runs looked up or asked."""
    kinds = (DomainName,)
    async for one in traces(file, api, Runs(after, before), (NETWORK,), noise=noise, kinds=kinds):
        yield one


@transform(PROVIDER, link="connects-to", cost=TWO, expects=2)
async def file_to_addresses(
    file: File, api: Api, *, after: After = "", before: Before = "", noise: Noise = False
) -> Findings[IPAddress]:
    """Addresses that a file's runs connected to."""
    kinds = (IPAddress,)
    async for one in traces(file, api, Runs(after, before), (NETWORK,), noise=noise, kinds=kinds):
        yield one


@transform(PROVIDER, link="requests", cost=TWO, expects=2)
async def file_to_urls(
    file: File, api: Api, *, after: After = "", before: Before = "", noise: Noise = False
) -> Findings[URL | Phrase]:
    """URLs that a file's runs requested; a path alone where the host is not told."""
    kinds = (URL, Phrase)
    async for one in traces(file, api, Runs(after, before), (NETWORK,), noise=noise, kinds=kinds):
        yield one


@transform(PROVIDER, link="uses-user-agent", cost=TWO, expects=1)
async def file_to_user_agents(
    file: File, api: Api, *, after: After = "", before: Before = ""
) -> Findings[UserAgent]:
    """User agents that a file's runs gave themselves."""
    kinds = (UserAgent,)
    async for finding in traces(file, api, Runs(after, before), (NETWORK,), kinds=kinds):
        yield finding


@transform(PROVIDER, link="creates-mutex", cost=TWO, expects=3)
async def file_to_mutexes(
    file: File, api: Api, *, after: After = "", before: Before = ""
) -> Findings[Mutex]:
    """Mutexes that a file's runs created."""
    kinds = (Mutex,)
    async for finding in traces(file, api, Runs(after, before), (PROCESSES,), kinds=kinds):
        yield finding


@transform(PROVIDER, link="sets-registry-key", cost=TWO, expects=10)
async def file_to_registry_keys(
    file: File, api: Api, *, after: After = "", before: Before = ""
) -> Findings[RegistryKey]:
    """Registry keys that a file's runs created or changed."""
    kinds = (RegistryKey,)
    async for finding in traces(file, api, Runs(after, before), (PROCESSES,), kinds=kinds):
        yield finding


@transform(PROVIDER, link="drops", cost=Cost(calls=3), expects=5)
async def file_to_dropped_files(
    file: File, api: Api, *, after: After = "", before: Before = ""
) -> Findings[File | FilePath]:
    """Files that a file's runs left on disk, and the paths that they wrote."""
    kinds, parts = (File, FilePath), (ARTIFACTS, PROCESSES)
    async for finding in traces(file, api, Runs(after, before), parts, kinds=kinds):
        yield finding


@transform(PROVIDER, link="exhibits", cost=TWO, expects=10)
async def file_to_behaviours(
    file: File, api: Api, *, after: After = "", before: Before = "", noise: Noise = False
) -> Findings[Behaviour | DomainName | IPAddress | URL]:
    """Behavioural indicators of a file's runs, and what their data name."""
    async for finding in traces(file, api, Runs(after, before), (BEHAVIOURS,), noise=noise):
        yield finding


@transform(PROVIDER, link="ran-as", expects=2)
async def file_to_runs(
    file: File, api: Api, *, after: After = "", before: Before = ""
) -> Findings[Sample]:
    """Sandbox runs of a file, each with its date and score."""
    async for run in Runs(after, before).of(file, api):
        seen = submission_date(run)
        facts = {**run_facts(run), "private": run.flag("private"), "submitted_at": seen.first}
        yield LinkFinding(Sample, run_id(run), seen, facts=facts)


@transform(PROVIDER, link="same-as", expects=3)
async def file_to_scores(
    file: File, api: Api, *, after: After = "", before: Before = ""
) -> Findings[File]:
    """Threat scores and names that a file's runs got, and its other hashes."""
    async for run in Runs(after, before).of(file, api):
        for name, value in run_facts(run).items():
            yield Fact(name, value, submission_date(run))
        for kind in ("sha256", "sha1", "md5"):
            yield LinkFinding(File, run.text(kind), link="same-as")
