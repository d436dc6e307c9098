"""A YAML text that people write, read as nodes that know their line; hostile texts are refused."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from yaml import Mark, Node

TEXT_BYTES_MAX: Final = 262_144
"""Longest text, in bytes."""

DEPTH_MAX: Final = 8
"""Deepest nesting, in levels."""

ITEM_COUNT_MAX: Final = 500
"""Most items of one list."""

SCALAR_LENGTH_MAX: Final = 1_000
"""Longest single value, in code points."""


TEXT_TAG: Final = "tag:yaml.org,2002:str"
"""What YAML says of a text."""


class DeclarationFault(Exception):
    """A place in the text and what is wrong there."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line = line
        self.reason = reason


def compose(text: str) -> Node | None:
    """
    The root node of *text*; None where it is empty. No object is made of it.

    Raises:
        DeclarationFault: It is no YAML, too long, too deep, or has anchors or aliases.
    """
    import yaml

    if len(text.encode(errors="surrogatepass")) > TEXT_BYTES_MAX:
        raise DeclarationFault(1, f"the text is longer than {TEXT_BYTES_MAX} bytes")
    try:
        check_events(yaml.parse(text, Loader=yaml.SafeLoader), depth_max=DEPTH_MAX)
        return yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = _line(error.problem_mark or error.context_mark)
        raise DeclarationFault(line, error.problem or "it is not YAML") from error
    except (yaml.YAMLError, ValueError) as error:
        raise DeclarationFault(1, "it is not YAML") from error


def check_events(events: Iterator[object], *, depth_max: int) -> None:
    """Raises DeclarationFault for anchors, aliases, and what is nested deeper."""
    import yaml

    depth = 0
    for event in events:
        line = _line(getattr(event, "start_mark", None))
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > depth_max:
            raise DeclarationFault(line, f"nested deeper than {depth_max} levels")
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise DeclarationFault(line, "anchors and aliases are not read here")


def check_keys(root: Node | None) -> None:
    """
    Raises DeclarationFault where a mapping says a key twice, or has a word that is no text.

    What is looked at and what is made of it could be two things otherwise.
    """
    from yaml import MappingNode, SequenceNode

    waiting = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, SequenceNode):
            waiting += node.value
        if not isinstance(node, MappingNode):
            continue
        keys: set[str] = set()
        for key_node, value in node.value:
            key = scalar(key_node)
            if key in keys:
                raise DeclarationFault(line_of(key_node), f"{key[:60]!r} is there twice")
            if key_node.tag != TEXT_TAG and not key[:1].isdigit():
                raise DeclarationFault(
                    line_of(key_node), f"the key {key[:60]!r} is no text; write it in quotes"
                )
            keys.add(key)
            waiting.append(value)


def line_of(node: Node) -> int:
    """The line on which *node* begins, counted from 1."""
    return _line(node.start_mark)


def mapping(node: Node, keys: tuple[str, ...]) -> dict[str, Node]:
    """The fields of *node*, all of them in *keys*; raises DeclarationFault."""
    from yaml import MappingNode

    if not isinstance(node, MappingNode):
        raise DeclarationFault(line_of(node), f"a mapping is expected, with {', '.join(keys)}")
    fields: dict[str, Node] = {}
    for key_node, value in node.value:
        key = scalar(key_node)
        if key not in keys:
            raise DeclarationFault(
                line_of(key_node), f"{key[:60]!r} is not one of {', '.join(keys)}"
            )
        if key in fields:
            raise DeclarationFault(line_of(key_node), f"{key} is there twice")
        fields[key] = value
    return fields


def items(node: Node | None) -> list[Node]:
    """The items of a list; none where *node* is absent or null; raises DeclarationFault."""
    from yaml import SequenceNode

    if node is None or (isinstance(node.value, str) and node.value in {"", "~", "null"}):
        return []
    if not isinstance(node, SequenceNode):
        raise DeclarationFault(line_of(node), "a list is expected")
    if len(node.value) > ITEM_COUNT_MAX:
        raise DeclarationFault(line_of(node), f"a list has at most {ITEM_COUNT_MAX} items")
    return list(node.value)


def scalar(node: Node) -> str:
    """The text of a single value, trimmed; raises DeclarationFault."""
    if not isinstance(node.value, str):
        raise DeclarationFault(line_of(node), "a single value is expected")
    if len(node.value) > SCALAR_LENGTH_MAX:
        raise DeclarationFault(line_of(node), f"longer than {SCALAR_LENGTH_MAX} characters")
    return node.value.strip()


def _line(mark: Mark | None) -> int:
    return mark.line + 1 if mark is not None else 1
