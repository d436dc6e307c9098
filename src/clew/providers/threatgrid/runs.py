"""The runs of a file, and the traces of them all."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

from clew.providers.threatgrid import PAGE_ROWS, PROVIDER
from clew.providers.threatgrid.noise import is_noise
from clew.providers.threatgrid.parts import Part
from clew.schema.types import File
from clew.schema.value import Value
from clew.transform.contract import Api
from clew.transform.finding import Fact, LinkFinding, Problem, Sighting
from clew.transform.provider import Page
from clew.transform.request import Request
from clew.transform.row import Row

STATES = frozenset({"", "wait", "prep", "run", "proc", "succ", "fail"})
"""Of a run; some listings tell none."""


@dataclass(frozen=True, slots=True)
class Runs:
    """Which runs are meant: submitted within two dates, as the vendor filters them."""

    after: str = ""
    before: str = ""

    async def of(self, file: File, api: Api) -> AsyncIterator[Row]:
        """The finished runs of a file."""
        span: dict[str, Any] = {"after": self.after or None, "before": self.before or None}
        paged: dict[str, Any] = {**span, "limit": PAGE_ROWS}
        answers: list[Row] = []

        def pager(request: Request, answer: Row, so_far: int) -> Page:
            answers.append(answer)
            return PROVIDER.pager(request, answer, so_far)

        path = "v2/search/submissions"
        async for row in api.pages(path, pager=pager, q=str(file), **paged, offset=0):
            if _finished(row.row("item"), file):
                yield row.row("item")
        if not any(answers) and file.hash_kind != "sha512":
            # An appliance without the search still lists the samples of a hash.
            by_hash: dict[str, Any] = {file.hash_kind: str(file)}
            async for row in api.pages("v2/samples", **by_hash, **paged, offset=0):
                if _finished(row, file):
                    yield row


def run_id(run: Row) -> str:
    """The sandbox's id of a run; the two listings name it differently."""
    return run.text("sample") or run.text("id")


def submission_date(run: Row) -> Sighting:
    """When a run was submitted, which dates all that it shows; nothing where not told."""
    at = run.text("submitted_at") or None
    return Sighting(at, at)


def run_facts(run: Row) -> dict[str, Any]:
    """What a run says of its file."""
    return {
        "threat_score": run.row("analysis").number("threat_score"),
        "file_name": run.text("filename"),
        "tag": list(run.texts("tags")),
    }


async def traces(
    file: File,
    api: Api,
    runs: Runs,
    parts: tuple[Part, ...],
    *,
    noise: bool = False,
    kinds: tuple[type[Value], ...] = (),
) -> AsyncIterator[LinkFinding[Any] | Fact | Problem]:
    """What the runs of a file showed in these parts; of all kinds where none is named."""
    async for run in runs.of(file, api):
        id_, seen = run_id(run), submission_date(run)
        seen_before: set[tuple[type[Value], str]] = set()
        left_out: set[str] = set()
        for part in parts:
            answer = await api.get(("v2", "samples", id_, "analysis", part.name))
            if not answer:
                yield Problem(
                    f"run {id_} has no {part.name}: it is not analysed yet, or was deleted"
                )
            for trace in part.read(answer):
                key = (trace.kind, trace.text.lower())
                if key in seen_before or (kinds and trace.kind not in kinds):
                    continue
                seen_before.add(key)
                if not noise and is_noise(trace.kind, trace.text):
                    left_out.add(trace.text)
                    continue
                detail = {**trace.detail, "run": id_}
                yield LinkFinding(
                    trace.kind, trace.text, seen, link=trace.link, facts=trace.facts, detail=detail
                )
        if left_out:
            yield Fact("noise_left_out", ", ".join(sorted(left_out)), seen)


def _finished(run: Row, file: File) -> bool:
    """Whether a run is done, and is one of that very file: the search finds mentions too."""
    hashes = {run.text(name).lower() for name in ("md5", "sha1", "sha256")} - {""}
    for text in hashes:
        if len(text) not in (32, 40, 64):
            run.note("md5, sha1 or sha256", "is no hash")
    state = run.word("state", STATES)
    if not run_id(run):
        run.note("sample", "is missing")
    return state in ("", "succ") and bool(run_id(run)) and (
        not hashes or str(file) in hashes
    )  # fmt: skip
