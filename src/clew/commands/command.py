"""What a command is: a typed request, the change that it makes, and the label that undo shows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Protocol, TypeVar, get_type_hints

from clew.questions.bench import Bench
from clew.questions.entities import rows_named
from clew.questions.question import Answer, BaseRequest, EntityName, doc

if TYPE_CHECKING:
    from clew.graph.sharing import Ceiling
    from clew.model.change import Decision, SharingTerms
    from clew.schema.value import Value

ENTITIES_MAX = 100_000
"""Most entities that one command names."""
SomeEntities = Annotated[
    tuple[EntityName, ...], doc("Values or ids.", min_length=1, max_length=ENTITIES_MAX)
]


class Editor(Bench, Protocol):
    """An open investigation that can be changed."""

    def ceiling(self) -> Ceiling:
        """What leaves at most without being named."""
        ...

    def ceiling_by(self, terms: SharingTerms) -> Ceiling:
        """The ceiling that a decision comes to; what it leaves open is as the settings say."""
        ...

    def add(self, values: Sequence[Value], *, graph: str, label: str) -> None:
        """Values that a person gave enter a graph."""
        ...

    def decide(self, what: Decision, *, label: str, action: str = "") -> None:
        """A decision is appended; of an *action* that is there it is undone together with it."""
        ...

    def undo(self) -> tuple[int, ...]:
        """Take the latest action back; gives the entries that no longer count."""
        ...

    def redo(self) -> tuple[int, ...]:
        """Bring back what was undone last; gives the undo that no longer counts."""
        ...


class CommandResult(Answer, frozen=True, kw_only=True):
    """The change is on disk."""

    seq: Annotated[int, doc("The last entry of the log.")]
    label: Annotated[str, doc("What was done, as undo shows it; empty where nothing was.")] = ""


RequestType = TypeVar("RequestType", bound=BaseRequest)


@dataclass(frozen=True, slots=True)
class Command:
    """One command, as every face reads it."""

    name: str
    """With hyphens, as a question's."""
    summary: str
    request: type[BaseRequest]
    apply: Callable[[Any, Any], str]

    def __call__(self, bench: Editor, request: BaseRequest) -> CommandResult:
        """Do it, as one action that one undo takes back; raises what the function says."""
        label = self.apply(bench, request)
        return CommandResult(seq=bench.state.seq, label=label)

    @property
    def answer(self) -> type[CommandResult]:
        """What it is answered with."""
        return CommandResult

    @property
    def module(self) -> str:
        """The module that defines it."""
        return self.apply.__module__

    @property
    def method(self) -> str:
        """Its name in Python."""
        return self.name.replace("-", "_")


def command(name: str) -> Callable[[Callable[[Editor, RequestType], str]], Command]:
    """Make a function ``(bench, request) -> label`` a command; its docstring is the summary."""

    def wrap(apply: Callable[[Editor, RequestType], str]) -> Command:
        summary = (apply.__doc__ or "").strip().splitlines()[0]
        return Command(name, summary, get_type_hints(apply)["request"], apply)

    return wrap


def packed_ids(bench: Bench, names: Sequence[str], *, merged: bool = True) -> bytes:
    """
    The ids of entities that are named by value or id, 16 bytes each, as changes hold them.

    Args:
        bench: The investigation.
        names: Values or ids.
        merged: Whether an entity that was merged into another gives that other's id.
    """
    if not names:
        return b""
    rows = rows_named(bench.state, bench.catalogue, names, merged=merged)
    return bench.state.entities.id_rows(rows).tobytes()


def many(count: int) -> str:
    """``1 entity``, ``5 entities``."""
    return "1 entity" if count == 1 else f"{count} entities"
