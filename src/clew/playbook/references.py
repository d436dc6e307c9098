"""Parameters and earlier results in a step's texts: ``${name}``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from clew.errors import InvalidValue, UnknownName
from clew.playbook.format import Playbook, PlaybookFault

_REFERENCE = re.compile(r"\$\{([a-z][a-z0-9_]*)\}")


def settings_of(playbook: Playbook, values: Mapping[str, Any]) -> dict[str, Any]:
    """
    The playbook's parameters with *values* over the defaults.

    Raises:
        UnknownName: The playbook has no such parameter.
        PlaybookFault: A required one is missing.
    """
    known = {parameter.name: parameter for parameter in playbook.parameters}
    for name in values:
        if name not in known:
            raise UnknownName("parameter", name, known=tuple(known))
    settings = {name: values.get(name, parameter.default) for name, parameter in known.items()}
    for name, parameter in known.items():
        if parameter.required and settings[name] in (None, ""):
            raise PlaybookFault(
                playbook.name, f"the parameter {name} is missing", helps=parameter.about
            )
    return settings


def substitute(content: Any, values: Mapping[str, Any]) -> Any:
    """
    *said* with each ``${name}`` replaced, in texts at any depth.

    A text that is one reference takes the value as it is; an unknown name raises UnknownName.
    """
    if isinstance(content, str):
        if whole := _REFERENCE.fullmatch(content):
            return _value(whole[1], values)
        return _REFERENCE.sub(lambda match: str(_value(match[1], values)), content)
    if isinstance(content, list):
        return [substitute(item, values) for item in content]
    if isinstance(content, dict):
        return {key: substitute(item, values) for key, item in content.items()}
    return content


def _value(name: str, values: Mapping[str, Any]) -> Any:
    if name not in values:
        raise UnknownName("value", name, known=tuple(values))
    return values[name]


def text_list(content: Any) -> list[str]:
    """A list as it is; a text that was typed as one, apart at commas, spaces and lines."""
    return (
        name_list(content)
        if isinstance(content, list)
        else re.split(r"[\s,]+", str(content).strip())
    )


def name_list(content: Any) -> list[str]:
    """A list of names as it is; a list of one where one name stands in its place."""
    return [str(one) for one in content] if isinstance(content, list) else [str(content)]


def mapping_of(arguments: Mapping[str, Any], part: str) -> Mapping[str, Any]:
    """The mapping that stands under a part of a step's arguments; raises InvalidValue."""
    content = arguments[part]
    if not isinstance(content, Mapping):
        raise InvalidValue(part, content, "it takes a mapping")
    return content
