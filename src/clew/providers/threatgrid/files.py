"""What files did in the sandbox, all at once or one kind of it."""

from __future__ import annotations

from typing import Annotated

from clew.providers.threatgrid import PROVIDER
from clew.providers.threatgrid.runs import activity, runs_of
from clew.schema.types import (
    URL,
    Behaviour,
    DomainName,
    File,
    IPAddress,
    Mutex,
    RegistryKey,
    Sample,
    UserAgent,
)
from clew.transform.contract import Api, Cost, transform
from clew.transform.finding import Findings, Found, Seen

After = Annotated[str, "Runs submitted from this day on; a run without a date is not left out"]
Before = Annotated[str, "Runs submitted up to this day"]
Noise = Annotated[bool, "Also what every run shows of the sandbox itself"]
TWO = Cost(calls=2)


@transform(PROVIDER, link="ran-as", expects=2)
async def file_to_runs(
    file: File, api: Api, *, after: After = "", before: Before = ""
) -> Findings[Sample]:
    """Sandbox runs of a file, with score and date."""
    async for run in runs_of(file, api, after, before):
        seen = Seen(run.text("submitted_at") or None, run.text("submitted_at") or None)
        facts = {
            "threat_score": run.row("analysis").integer("threat_score"),
            "filename": run.text("filename"),
            "tag": run.texts("tags"),
            "private": run.flag("private"),
        }
        yield Found(Sample, run["sample"], seen, facts=facts)


@transform(PROVIDER, link="communicates-with", cost=TWO, expects=8)
async def file_to_activity(
    file: File, api: Api, *, after: After = "", before: Before = "", noise: Noise = False
) -> Findings[DomainName | IPAddress | URL | UserAgent | Mutex | RegistryKey | File | Behaviour]:
    """All that a file's runs did: names, addresses, URLs, user agents, mutexes, files and more."""
    async for finding in activity(file, api, after, before, noise):
        yield finding


@transform(PROVIDER, link="communicates-with", cost=TWO, expects=2)
async def file_to_names(
    file: File, api: Api, *, after: After = "", before: Before = "", noise: Noise = False
) -> Findings[DomainName]:
    """Names that a file's runs looked up."""
    async for finding in activity(file, api, after, before, noise, DomainName):
        yield finding


@transform(PROVIDER, link="connects-to", cost=TWO, expects=2)
async def file_to_addresses(
    file: File, api: Api, *, after: After = "", before: Before = "", noise: Noise = False
) -> Findings[IPAddress]:
    """Addresses that a file's runs connected to."""
    async for finding in activity(file, api, after, before, noise, IPAddress):
        yield finding


@transform(PROVIDER, link="requests", cost=TWO, expects=2)
async def file_to_urls(
    file: File, api: Api, *, after: After = "", before: Before = "", noise: Noise = False
) -> Findings[URL]:
    """URLs that a file's runs requested."""
    async for finding in activity(file, api, after, before, noise, URL):
        yield finding


@transform(PROVIDER, link="creates-mutex", cost=TWO, expects=2)
async def file_to_host_traces(
    file: File, api: Api, *, after: After = "", before: Before = ""
) -> Findings[Mutex | RegistryKey | File | UserAgent]:
    """Traces on the host: mutexes, registry keys, dropped files, and the user agents used."""
    kinds = (Mutex, RegistryKey, File, UserAgent)
    async for finding in activity(file, api, after, before, False, *kinds):
        yield finding


@transform(PROVIDER, link="exhibits", cost=TWO, expects=5)
async def file_to_behaviours(
    file: File, api: Api, *, after: After = "", before: Before = ""
) -> Findings[Behaviour]:
    """Behavioural indicators of a file's runs, with severity."""
    async for finding in activity(file, api, after, before, False, Behaviour):
        yield finding
