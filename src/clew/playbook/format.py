"""The playbook's YAML form: what a step may say, checked with line and column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from clew.errors import ClewError, quote_value
from clew.questions.registry import questions
from clew.schema.declaration import DeclarationFault, check_events, check_keys

TEXT_BYTES_MAX = 1_000_000
"""Largest playbook, in bytes."""
DEPTH_MAX = 24
"""Deepest nesting of a playbook, in levels."""
STEPS_MAX = 500
"""Most steps of a playbook."""

KINDS: dict[str, frozenset[str]] = {
    "add": frozenset({"type", "value", "values"}),
    "transform": frozenset(),
    "select": frozenset({
        "from", "type", "value", "state", "without_state", "seen", "linked",
        "follow", "nearest", "same_property", "minus", "and",
    }),
    "read": frozenset({"of", "property"}),
    "window": frozenset({"around", "days", "span"}),
    "count": frozenset(),
    "pairs": frozenset({"from", "link", "reverse"}),
    "rows": frozenset({"link", "window", "dated", "type"}),
    "merge": frozenset(),
    "overlap": frozenset(),
    "score": frozenset(),
    "prune": frozenset({
        "window", "undated", "keep", "score_min", "lineages_min", "leaf", "hub", "sources",
        "states", "distance",
    }),
    "note": frozenset({"text", "of"}),
    "export": frozenset({"as", "name"}),
    "ask": frozenset({"text", "choices", "default"}),
    "rank": frozenset({"from", "by", "most"}),
    "crowds": frozenset({"window", "zones"}),
    "repeat": frozenset({"times", "while_new", "steps"}),
}  # fmt: skip
"""Kinds of steps beside the questions, and what their mapping may hold.

Those without members take a text or a list."""


def step_kinds() -> Mapping[str, frozenset[str]]:
    """All kinds of steps with what their mapping may hold: KINDS, and each question's fields."""
    asked = {
        name: frozenset(one.request.__struct_fields__)
        for name, one in questions().items()
        if name not in KINDS
    }
    return {**KINDS, **asked}


BESIDE = frozenset({"id", "title", "graph", "inputs", "with", "through", "put", "required"})
"""What may stand beside the kind in any step."""
STOPS = ("calls", "credits", "entities")
"""What a playbook's ``stop`` may bound: requests and paid units of the whole run, and how many
entities the investigation may hold."""
TIMES_MAX = 20
"""Most rounds of a repeat."""


class PlaybookFault(ClewError):
    """A playbook that can't be read or run, with the place in its text."""

    def __init__(
        self, name: str, what: str, *, line: int = 0, column: int = 0, helps: str = ""
    ) -> None:
        place = f"{name}, line {line}" if line else name
        place += f", column {column}" if column else ""
        super().__init__(f"{place}: {what}.", helps=helps)
        self.line = line
        self.column = column


@dataclass(frozen=True, slots=True)
class PlaybookParameter:
    """What a playbook asks for."""

    name: str
    about: str = ""
    default: Any = None
    required: bool = False


@dataclass(frozen=True, slots=True)
class PlaybookStep:
    """One step: its kind with its arguments."""

    id: str
    title: str
    kind: str
    arguments: Any
    """What stands under the kind: a mapping, a text or a list."""
    options: Mapping[str, Any]
    """What stands beside the kind (BESIDE)."""
    line: int
    inner: tuple[PlaybookStep, ...] = ()
    """The steps of a repeat."""


@dataclass(frozen=True, slots=True)
class Playbook:
    """Parameters, steps, and what its report gives at the end."""

    name: str
    title: str
    about: str
    parameters: tuple[PlaybookParameter, ...]
    steps: tuple[PlaybookStep, ...]
    report: Mapping[str, Any] = field(default_factory=dict)
    """Names at the top of the result; each text is a path into the steps' results."""
    stop: Mapping[str, Any] = field(default_factory=dict)
    """Bounds of a whole run (STOPS); a run that would pass one stops before it does."""
    shipped: bool = False
    """Whether it came with Clew; others are asked about before something leaves or is spent."""

    def every_step(self) -> Iterator[PlaybookStep]:
        """All steps, those of repeats among them."""
        yield from _flat(self.steps)


class _Loader(yaml.SafeLoader):
    """YAML whose dates stay the texts that they are written as, exact to the day or the year."""


_Loader.yaml_implicit_resolvers = {
    first: [one for one in resolvers if one[0] != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read_playbook(text: str, *, name: str) -> Playbook:
    """
    The playbook written in *text*.

    Raises:
        PlaybookFault: It is no YAML, over the bounds, or says what no playbook can; with its place.
    """
    if len(text.encode()) > TEXT_BYTES_MAX:
        raise PlaybookFault(name, f"it is over {TEXT_BYTES_MAX} bytes")
    try:
        check_events(yaml.parse(text, Loader=_Loader), depth_max=DEPTH_MAX)
        root = yaml.compose(text, Loader=_Loader)
        check_keys(root)
        document = yaml.load(text, Loader=_Loader)  # noqa: S506 it is a SafeLoader
    except DeclarationFault as error:
        raise PlaybookFault(name, error.reason, line=error.line) from error
    # A tag such as !!int or !!timestamp over a text that is none fails in its own way.
    except (yaml.YAMLError, RecursionError, ValueError, LookupError, AttributeError) as error:
        mark = getattr(error, "problem_mark", None)
        line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        problem = getattr(error, "problem", None) or "it is no YAML"
        raise PlaybookFault(name, problem, line=line, column=column) from error
    if not isinstance(document, dict) or not isinstance(root, yaml.MappingNode):
        raise PlaybookFault(name, "it is no mapping", helps="Begin with 'playbook: name'.")
    known = {"playbook", "title", "about", "parameters", "stop", "steps", "report"}
    for member, _ in root.value:
        if member.value not in known:
            raise _fault(
                name, member, f"{quote_value(member.value)} is no part of a playbook", known
            )
    steps_node = next((v for k, v in root.value if k.value == "steps"), None)
    if not isinstance(steps_node, yaml.SequenceNode) or not steps_node.value:
        raise PlaybookFault(name, "it has no list of steps")
    steps = _steps(name, steps_node, document["steps"], set())
    if sum(1 for _ in _flat(steps)) > STEPS_MAX:
        raise PlaybookFault(name, f"it has over {STEPS_MAX} steps")
    stop_node = next((v for k, v in root.value if k.value == "stop"), None)
    report = document.get("report") or {}
    if not isinstance(report, dict):
        raise PlaybookFault(name, "report is no mapping", helps="Give each path a name.")
    return Playbook(
        name=str(document.get("playbook", name)),
        title=str(document.get("title", name)),
        about=str(document.get("about", "")).strip(),
        parameters=_parameters(name, document.get("parameters") or {}),
        steps=steps,
        report=report,
        stop=_stop(name, stop_node, document.get("stop") or {}),
    )


def _stop(name: str, node: yaml.Node | None, document: Any) -> Mapping[str, Any]:
    if node is None:
        return {}
    if not isinstance(node, yaml.MappingNode):
        raise _fault(name, node, "stop is a mapping", set(STOPS))
    for key, _ in node.value:
        if key.value not in STOPS:
            raise _fault(name, key, f"stop has no {quote_value(key.value)}", set(STOPS))
    return dict(document)


def _steps(
    name: str, node: yaml.SequenceNode, document: Any, taken: set[str]
) -> tuple[PlaybookStep, ...]:
    found: list[PlaybookStep] = []
    for below, content in zip(node.value, document, strict=True):
        found.append(_step(name, below, content, taken))
        taken.add(found[-1].id)
    return tuple(found)


def _flat(steps: Iterable[PlaybookStep]) -> Iterator[PlaybookStep]:
    for step in steps:
        yield step
        yield from _flat(step.inner)


def _step(name: str, node: yaml.Node, content: Any, taken: set[str]) -> PlaybookStep:
    if not isinstance(node, yaml.MappingNode):
        raise _fault(name, node, "a step is a mapping")
    known = step_kinds()
    kinds = [key for key, _ in node.value if key.value in known]
    for key, _ in node.value:
        if key.value not in known and key.value not in BESIDE:
            raise _fault(
                name, key, f"{quote_value(key.value)} is no part of a step", set(known) | BESIDE
            )
    if len(kinds) != 1:
        raise _fault(name, node, f"a step says one of: {', '.join(known)}")
    kind = str(kinds[0].value)
    arguments = content[kind]
    value = next(v for k, v in node.value if k.value == kind)
    fields = known[kind]
    if not fields and kind in questions() and isinstance(value, yaml.MappingNode):
        # The overlap of 0.1 takes a list of graphs; the question of that name takes its fields.
        fields = frozenset(questions()[kind].request.__struct_fields__)
    if fields:
        if not isinstance(value, yaml.MappingNode):
            raise _fault(name, value, f"{kind} takes a mapping", set(fields))
        for key, _ in value.value:
            if key.value not in fields:
                raise _fault(name, key, f"{kind} has no {quote_value(key.value)}", set(fields))
    elif not isinstance(arguments, str | list):
        raise _fault(name, node, f"{kind} takes a name or a list of names")
    id_ = str(content.get("id", ""))
    if not re.fullmatch(r"[a-z][a-z0-9_]*", id_):
        raise _fault(name, node, "a step needs an id of small letters, digits and _")
    if id_ in taken:
        raise _fault(name, node, f"the id {quote_value(id_)} is taken by a step before")
    options = {key: value for key, value in content.items() if key in BESIDE}
    line = node.start_mark.line + 1
    inner: tuple[PlaybookStep, ...] = ()
    if kind == "repeat":
        assert isinstance(value, yaml.MappingNode), "a repeat takes a mapping"
        inner = _repeated(name, value, arguments, taken | {id_})
        arguments = {key: value for key, value in arguments.items() if key != "steps"}
        taken |= {step.id for step in _flat(inner)}
    return PlaybookStep(id_, str(content.get("title", id_)), kind, arguments, options, line, inner)


def _repeated(
    name: str, node: yaml.MappingNode, arguments: Any, taken: set[str]
) -> tuple[PlaybookStep, ...]:
    below = next((v for k, v in node.value if k.value == "steps"), None)
    if not isinstance(below, yaml.SequenceNode) or not below.value:
        raise _fault(name, node, "a repeat has a list of steps", set(KINDS["repeat"]))
    times = arguments.get("times", TIMES_MAX)
    written = isinstance(times, str) and times.startswith("${")
    if not written and (not isinstance(times, int) or not 1 <= times <= TIMES_MAX):
        raise _fault(name, node, f"times is a number from 1 to {TIMES_MAX}")
    return _steps(name, below, arguments["steps"], set(taken))


def _parameters(name: str, document: Any) -> tuple[PlaybookParameter, ...]:
    if not isinstance(document, dict):
        raise PlaybookFault(name, "parameters is no mapping")
    found = []
    for key, value in document.items():
        about = value if isinstance(value, dict) else {"default": value}
        found.append(
            PlaybookParameter(
                str(key),
                str(about.get("about", "")),
                about.get("default"),
                bool(about.get("required", False)),
            )
        )
    return tuple(found)


def _fault(
    name: str, node: yaml.Node, what: str, known: set[str] | frozenset[str] = frozenset()
) -> PlaybookFault:
    helps = f"It may hold: {', '.join(sorted(known))}." if known else ""
    mark = node.start_mark
    return PlaybookFault(name, what, line=mark.line + 1, column=mark.column + 1, helps=helps)
