"""What a question is, and what all requests, answers and rows of answers have in common."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Generic, TypeVar, get_type_hints

import msgspec

from clew.questions.bench import Bench

if TYPE_CHECKING:
    from clew.graph.view import View
    from clew.graph.working_set import WorkingSet
    from clew.model.interval import Window

LIMIT_MAX = 1_000_000
"""Most rows that a request may ask for."""


def doc(text: str, **bounds: Any) -> msgspec.Meta:
    """What a field says, and its bounds; faces show it as help, OpenAPI as description."""
    return msgspec.Meta(description=text, **bounds)


Entry = Annotated[int, msgspec.Meta(ge=0, le=2**53)]
"""Number of an entry of the log; at most what the page's language holds exactly."""
Limit = Annotated[int, doc("Most rows of the answer's table.", ge=1, le=LIMIT_MAX)]
Span = Annotated[str, msgspec.Meta(max_length=100)]
Name = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
GraphName = Annotated[Name, msgspec.Meta(extra={"names": "graph"})]
EntityName = Annotated[
    str,
    doc(
        "An entity: its value, defanged or not, or its id.",
        min_length=1,
        max_length=20_000,
        extra={"names": "entity"},
    ),
]


class AnswerRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A part of an answer."""


class BaseRequest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a question is asked with."""


class GraphRequest(BaseRequest, frozen=True, kw_only=True):
    """A question about one graph, at one moment."""

    graph: Annotated[
        str,
        doc("The graph; the whole investigation where empty.", extra={"names": "graph"}),
    ] = ""
    at: Annotated[
        Entry | None, doc("Look at the state after this entry of the log; at now where none.")
    ] = None

    def working_set(self, bench: Bench) -> WorkingSet:
        """The working set at the moment that is asked about."""
        return bench.state if self.at is None else bench.state_at(self.at)

    def view(self, bench: Bench) -> View:
        """The graph at the moment that is asked about; raises UnknownName."""
        if self.at is None:
            return bench.view(self.graph or None)
        from clew.graph.view import view_of

        return view_of(bench.state_at(self.at), self.graph or None)


class WindowRequest(GraphRequest, frozen=True, kw_only=True):
    """A question whose answer depends on the time under study."""

    window: Annotated[
        Span | None,
        doc("2013, FROM..TO or DAY+-DAYS in place of the window under study; empty for none."),
    ] = None

    def span(self, bench: Bench) -> Window | None:
        """The window that counts; raises InvalidValue."""
        from clew.model.interval import Window

        if self.window is None:
            return bench.window()
        return Window.parse(self.window) if self.window not in ("", "-") else None


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What a question is answered with: numbers, lines, and tables of records."""


RequestType = TypeVar("RequestType", bound=BaseRequest)
AnswerType = TypeVar("AnswerType", bound=Answer)


@dataclass(frozen=True, slots=True)
class Question(Generic[RequestType, AnswerType]):
    """One question, as every face reads it."""

    name: str
    """With hyphens: a verb of the command line, the end of a path, a kind of step."""
    summary: str
    """A sentence."""
    request: type[RequestType]
    answer: type[AnswerType]
    table: str
    """The answer's field that holds the rows which a frame and a table show."""
    respond: Callable[[Bench, RequestType], AnswerType]
    columns: tuple[str, ...] = ()
    """The table's columns that a person sees first; all that mean something where empty."""
    whole: bool = True
    """Whether it looks at a whole graph, so that the work grows with it; not at a few entities."""

    def __call__(self, bench: Bench, request: RequestType) -> AnswerType:
        """The answer; raises what the question's function says."""
        return self.respond(bench, request)

    @property
    def module(self) -> str:
        """The module that defines it."""
        return self.respond.__module__

    @property
    def method(self) -> str:
        """Its name in Python."""
        return self.name.replace("-", "_")

    @property
    def row(self) -> type[AnswerRecord]:
        """What one row of the table is."""
        hints = get_type_hints(self.answer, include_extras=False)
        row: type[AnswerRecord] = hints[self.table].__args__[0]
        return row


def question(
    name: str, *, table: str, columns: tuple[str, ...] = (), whole: bool = True
) -> Callable[[Callable[[Bench, RequestType], AnswerType]], Question[RequestType, AnswerType]]:
    """Make a function ``(bench, request) -> answer`` a question; its docstring is the summary."""

    def wrap(
        respond: Callable[[Bench, RequestType], AnswerType],
    ) -> Question[RequestType, AnswerType]:
        hints = get_type_hints(respond)
        summary = (respond.__doc__ or "").strip().splitlines()[0]
        return Question(
            name, summary, hints["request"], hints["return"], table, respond, columns, whole
        )

    return wrap


AnyQuestion = Question[Any, Any]
"""A question, whichever it is."""
