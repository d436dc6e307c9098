"""Routes of jobs: what goes on whether a page looks on or not."""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import BaseModel

from clew.service.case_home import CaseHome
from clew.service.jobs import Job
from clew.service.shapes import Acknowledgement


class JobView(BaseModel):
    """A job, and how far it is."""

    id: str
    kind: str
    """run, playbook-run, import, export, report or layout."""
    title: str
    state: str
    """running, done, failed or stopped."""
    begun_us: int
    """Microseconds since 1970."""
    done: int
    total: int | None
    fault: str


def job_routes(home: CaseHome) -> APIRouter:
    """The routes of a case home about its jobs."""
    routes = APIRouter()

    @routes.get("/jobs")
    async def jobs() -> list[JobView]:
        """What goes on, and what went on in this process; the latest first."""
        return [_view(job) for job in home.jobs.all()]

    @routes.post("/jobs/{job}/stop")
    async def stop_job(job: str) -> Acknowledgement:
        """Stop a job; what it brought stays."""
        return Acknowledgement(seq=home.seq, label="stopped" if home.jobs.stop(job) else "")

    return routes


def _view(job: Job) -> JobView:
    return JobView(
        id=job.id, kind=job.kind, title=job.title, state=job.state, begun_us=job.begun_us,
        done=job.done, total=job.total, fault=job.fault,
    )  # fmt: skip
