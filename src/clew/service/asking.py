"""How questions are answered: those of a few entities at once, those of a whole graph beside."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from clew.analysis.pivots import PivotTransform
from clew.graph.view import View
from clew.graph.working_set import WorkingSet
from clew.model.interval import Window
from clew.model.marking import Marking
from clew.questions.question import AnyQuestion, BaseRequest
from clew.questions.registry import question_named
from clew.questions.requests import decode_request
from clew.schema.registry import Catalogue
from clew.service.case_home import CaseHome
from clew.service.heavy_work import INLINE_ROWS_MAX
from clew.service.worker_case import opened_at
from clew.workbench import Workbench

QUESTION_S = 300.0
"""Longest time that a question takes, in seconds."""
_encode = msgspec.json.Encoder().encode


async def answer_json(home: CaseHome, question: AnyQuestion, request: BaseRequest) -> bytes:
    """
    The answer to a question about what is open, as JSON.

    What looks at a whole large graph, or at a past moment, is answered by a process beside, which
    reads the file as it stands at this entry: nobody else waits for it.

    Raises:
        ClewError: As the question raises it.
        Refusal: It took over QUESTION_S.
    """
    bench = home.bench
    past = getattr(request, "at", None) is not None
    if is_small_case(bench.state) or not (question.whole or past):
        return _encode(question(bench, request))
    return await home.question_workers.call(
        answer_file, str(bench.case.store.path.absolute()), bench.state.seq, question.name,
        _encode(request), bench.default_marking, tuple(bench.pivot_transforms()),
        seconds=QUESTION_S,
    )  # fmt: skip


def is_small_case(state: WorkingSet) -> bool:
    """Whether a question of all that is known takes so little that the home answers by itself."""
    return len(state.entities) + len(state.links) < INLINE_ROWS_MAX


def answer_file(
    path: str, seq: int, name: str, request: bytes, default: Marking,
    pivots: tuple[PivotTransform, ...],
) -> bytes:  # fmt: skip
    """The answer to a question about a file as it was after the entry *seq*, as JSON."""
    question = question_named(name)
    bench = FileBench(opened_at(path, seq), default, pivots)
    return _encode(question(bench, decode_request(name, question.request, request)))


@dataclass(frozen=True, slots=True)
class FileBench:
    """A file as questions look at it: what its settings and providers say comes from the home."""

    bench: Workbench
    default_marking: Marking
    pivots: tuple[PivotTransform, ...]

    @property
    def state(self) -> WorkingSet:
        """The working set as it stands."""
        return self.bench.state

    @property
    def catalogue(self) -> Catalogue:
        """The kinds that exist."""
        return self.bench.catalogue

    def view(self, graph: str | None = None) -> View:
        """A graph as it stands, or the whole investigation; raises UnknownName."""
        return self.bench.view(graph)

    def state_at(self, entry: int) -> WorkingSet:
        """The working set as it was after an entry of the log; raises UnknownName."""
        return self.bench.state_at(entry)

    def window(self) -> Window | None:
        """The window under study."""
        return self.bench.window()

    def pivot_transforms(self) -> tuple[PivotTransform, ...]:
        """The transforms that can be asked as things are."""
        return self.pivots
