"""What a reply of a Maltego transform says: results as findings, and how much of all came."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from clew.engine.maltego.status import SHOWN_LENGTH_MAX, check_status, words_of
from clew.errors import BadReply, InvalidValue, RequestRejected
from clew.interop.maltego.exchange import findings_of, limit_results
from clew.interop.maltego.message import read_response
from clew.interop.maltego.page import merge_polls, read_results
from clew.interop.maltego.record import TransformResponse
from clew.schema.registry import Catalogue
from clew.schema.value import Value
from clew.transform.finding import Count, Cut, Finding, Problem
from clew.transform.request import Reply
from clew.transform.row import Row

PAGES = "application/x-ndjson"
"""Media type of the pages of a run of version 3, one a line."""
LOG_LENGTH_MAX = 1_000
"""Most of a program's log that an error repeats, in code points."""
CUT, FAILED, PROBLEMS = "clew-cut", "clew-failed", "clew-problems"
"""Headers in which our own transports say why a run's pages are not all, and what else happened."""
EXIT_CODE, LOG, LOG_DROPPED = "clew-exit-code", "clew-log", "clew-log-dropped-bytes"
"""Headers in which our own transport says how a program ended, and the end of its log."""
_OF = re.compile(r"\b(\d{1,9}) (?:out )?of (\d{1,9})\b")
_CUT = re.compile(r"\b(truncat\w*|cut off|were cut|limited to|only the first|more results)\b", re.I)


@dataclass(frozen=True, slots=True)
class MaltegoAnswer:
    """An answer as read."""

    response: TransformResponse
    cut: str = ""
    """Why there may be more; empty where the transport brought all."""
    failed: str = ""
    """What ended it before it was whole; what came before that counts."""
    remarks: tuple[str, ...] = ()
    """What else happened that took nothing from it."""

    @property
    def failure(self) -> str:
        """Why the look-up failed, by the transform's words or ours; empty where it did not."""
        messages = self.response.messages
        fatal = [one.text for one in messages if one.kind == "FatalError"]
        partial_ = [one.text for one in messages if one.kind == "PartialError"]
        if self.failed or fatal or (partial_ and not self.response.things):
            reason = next(filter(None, (*fatal, self.failed, *partial_)), "no reason was given")
            return reason[:SHOWN_LENGTH_MAX]
        return ""


def reader(label: str) -> Callable[[Reply], Row]:
    """How replies of a server or program of that label are read (Provider.read)."""
    return partial(read_answer, label)


def read_answer(label: str, reply: Reply) -> Row:
    """
    A reply as a row whose ``answer`` is a MaltegoAnswer.

    Raises:
        ProviderFault: It is no answer of a transform.
    """
    check_status(label, reply)
    if EXIT_CODE in reply.headers:
        return _of_program(label, reply)
    problems = reply.headers.get(PROBLEMS, "").split("\n")
    if reply.media_type == PAGES:
        try:
            pages = [read_results(line) for line in reply.body.splitlines()]
        except InvalidValue as error:
            raise BadReply(
                label, f"gave no page of results{words_of(reply)}", status=reply.status,
                helps="Check that it speaks version 3.",
            ) from error  # fmt: skip
        response = merge_polls(pages)
    else:
        response = _response(label, reply)
    answer = MaltegoAnswer(response, reply.headers.get(CUT, ""), reply.headers.get(FAILED, ""))
    return Row({"answer": answer}, problems=[*filter(None, problems)])


def is_reusable(row: Row) -> bool:
    """Whether an answer may answer again: not one that failed, or that broke off."""
    answer: MaltegoAnswer = row["answer"]
    return not (answer.failure or answer.cut)


def answer_findings(
    label: str, row: Row, asked: Value, catalogue: Catalogue, *, results_max: int
) -> Iterator[Finding[Value]]:
    """
    What an answer says about the entity that was asked about.

    Raises:
        RequestRejected: The transform failed; what it told before counts.
    """
    answer: MaltegoAnswer = row["answer"]
    response = answer.response
    yield Count(min(len(response.things), results_max))
    yield from findings_of(limit_results(response, results_max), asked, catalogue)
    yield from (Problem(one, lossless=True) for one in answer.remarks)
    for one in response.messages:
        if one.kind != "Debug":
            remark = one.kind == "Inform"
            yield Problem(one.text[:SHOWN_LENGTH_MAX], one.kind, lossless=remark)
    if answer.failure:
        raise RequestRejected(label, f"failed: {answer.failure.rstrip('.')}")
    cut = cut_of(answer, results_max)
    if cut is not None:
        yield cut


def cut_of(answer: MaltegoAnswer, results_max: int) -> Cut | None:
    """How much of all an answer brought, by its own words and the limit; None where it is whole."""
    there = len(answer.response.things)
    came = min(there, results_max)
    if there > results_max:
        return Cut(f"{results_max} results are taken up at most", came, there)
    for one in answer.response.messages:
        of = _OF.search(one.text)
        if of is not None and int(of[1]) < int(of[2]):
            return Cut(one.text[:SHOWN_LENGTH_MAX], came, int(of[2]))
        if _CUT.search(one.text):
            return Cut(one.text[:SHOWN_LENGTH_MAX], came)
    if answer.cut:
        return Cut(answer.cut, came)
    if there == results_max:
        return Cut(f"as many came as were asked for, {results_max}", came)
    return None


def _response(label: str, reply: Reply) -> TransformResponse:
    try:
        return read_response(reply.body)
    except InvalidValue as error:
        words = words_of(reply) or f": {error.reason}"
        raise BadReply(
            label, f"gave no answer of a transform{words}", status=reply.status,
            helps="Check its address and the name of the transform.",
        ) from error  # fmt: skip


def _of_program(label: str, reply: Reply) -> Row:
    """What a program wrote; nothing at all, and a good end, is an answer without results."""
    code, body = int(reply.headers[EXIT_CODE]), reply.body
    problems = [*filter(None, reply.headers.get(PROBLEMS, "").split("\n"))]
    dropped = reply.headers.get(LOG_DROPPED)
    remarks = (f"{dropped} bytes of its log were let go",) if dropped else ()
    if not body.strip() and code == 0:
        answer = MaltegoAnswer(TransformResponse(), remarks=remarks)
        return Row({"answer": answer}, problems=problems)
    end = f"ended by signal {-code}" if code < 0 else f"ended with exit code {code}"
    try:
        response = read_response(body)
    except InvalidValue as error:
        reason = f": {error.reason}" if body.strip() else ""
        log = reply.headers.get(LOG, "") or reply.text[:LOG_LENGTH_MAX].strip()
        raise BadReply(
            label, f"{end} without an answer{reason}" + (f". It wrote: {log}" if log else ""),
            helps="Its own words tell what is missing; run its command by hand to see more.",
        ) from error  # fmt: skip
    if code != 0:
        problems.append(f"it {end}, and what it wrote is used all the same")
    return Row({"answer": MaltegoAnswer(response, remarks=remarks)}, problems=problems)
