"""Whois text of any registry or registrar, read to facts."""

from __future__ import annotations

from collections.abc import Iterator

from clew.interop.exchange_graph import ImportProblem
from clew.interop.whois.answer import WhoisAnswer
from clew.interop.whois.facts import WhoisFacts, limit_problems, problem_of
from clew.interop.whois.labels import SUBJECTS, field_of
from clew.interop.whois.rows import WhoisLine, read_segments
from clew.interop.whois.sections import fold

ANSWERS_MAX = 1_000
"""Most answers that one text gives."""


def read_whois(text: str, *, asked: str = "") -> tuple[list[WhoisFacts], list[ImportProblem]]:
    """
    The facts in whois answers.

    Args:
        text: What one or several servers answered (RFC 3912), one behind the other.
        asked: The domain name that was asked for, for answers that don't repeat it.

    Returns:
        One record per answer that tells of a domain, netblock or autonomous system, in the order
        of the text; and what was not understood.
    """
    facts: list[WhoisFacts] = []
    segments, problems = read_segments(text)
    answers = [answer for segment in segments for answer in _answers(segment)]
    for rows in answers[:ANSWERS_MAX]:
        answer = WhoisAnswer(asked=asked)
        fold(rows, answer)
        found = answer.facts()
        problems += answer.problems
        if found is not None and not _repeats(found, facts):
            facts.append(found)
    if len(answers) > ANSWERS_MAX:
        where = f"line {answers[ANSWERS_MAX][0].line}"
        problems.append(problem_of(where, "", f"{len(answers) - ANSWERS_MAX} answers are not read"))
    return facts, limit_problems(problems)


def _answers(segment: list[WhoisLine]) -> Iterator[list[WhoisLine]]:
    """The answers of one segment: a second subject in another block begins a new one."""
    begin, subject_block = 0, None
    block_begin, block = 0, -1
    for place, row in enumerate(segment):
        if row.block != block:
            block_begin, block = place, row.block
        if row.label and field_of(row.label) in SUBJECTS:
            if subject_block is not None and subject_block != row.block and block_begin > begin:
                yield segment[begin:block_begin]
                begin = block_begin
            subject_block = row.block
    yield segment[begin:]


def _repeats(found: WhoisFacts, before: list[WhoisFacts]) -> bool:
    """Whether it is but the name of an earlier answer, as some registries end with it."""
    fields = {field for field, _ in found.lines} - {found.subject_type}
    return not fields and any(facts.subject == found.subject for facts in before)
