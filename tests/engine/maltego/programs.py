"""Programs of a few lines, and how they are asked."""

from __future__ import annotations

import asyncio
import os
import sys
from dataclasses import dataclass
from pathlib import Path

from clew.engine.bounds import Bounds
from clew.engine.client import Reach
from clew.engine.maltego.answer import MaltegoAnswer, read_answer
from clew.engine.maltego.declarations import ProgramDeclaration
from clew.engine.maltego.program import Programs
from clew.engine.maltego.question import program_question
from clew.engine.route import Route
from clew.interop.maltego.record import EntityField, Thing, TransformResponse
from clew.transform.provider import Contact

ANSWER = (
    "<MaltegoMessage><MaltegoTransformResponseMessage><Entities>"
    "<Entity Type='maltego.Phrase'><Value>{}</Value><Weight>100</Weight></Entity>"
    "</Entities></MaltegoTransformResponseMessage></MaltegoMessage>"
)
TIGHT = Bounds(program_s=10, program_grace_s=0.3, reply_bytes=100_000, program_log_bytes=2_000)
HEAD = f"import os, signal, subprocess, sys, time\nANSWER = {ANSWER!r}\nout = sys.stdout.write\n"
THING = Thing("maltego.Phrase", "hello", fields=(EntityField("text", "hello"),))


def program(folder: Path, source: str) -> ProgramDeclaration:
    """A transform that is that Python text."""
    path = folder / "program.py"
    path.write_text(HEAD + source, "utf-8")
    return ProgramDeclaration(
        "made-up", "Made up", sys.executable, f"-I '{path}'", str(folder), enabled=True
    )


@dataclass(frozen=True)
class Ran:
    """What a program answered, and what was noted beside."""

    answer: MaltegoAnswer
    problems: list[str]
    body: bytes
    counted: int

    @property
    def response(self) -> TransformResponse:
        return self.answer.response


async def ran(transform: ProgramDeclaration, thing: Thing, bounds: Bounds, contact: Contact) -> Ran:
    environment = {"PATH": os.environ["PATH"], "CLEW_SECRET_KEY": "s3cr3t", "HOME": "/"}
    programs = Programs(bounds, environment, contact_limit=Contact.THIRD_PARTY)
    counted: list[None] = []
    request = program_question(transform, thing)
    reply = await programs.send(
        request, request, Reach.of(transform.label, contact, route=Route(), relays=True),
        count=lambda: counted.append(None), count_other=lambda: None,
    )  # fmt: skip
    row = read_answer(transform.label, reply)
    return Ran(row["answer"], row.problems, reply.body, len(counted))


def run(
    transform: ProgramDeclaration,
    thing: Thing = THING,
    bounds: Bounds = TIGHT,
    contact: Contact = Contact.LOCAL,
) -> Ran:
    return asyncio.run(ran(transform, thing, bounds, contact))


def values(answered: Ran) -> list[str]:
    return [thing.value for thing in answered.response.things]
