"""The methods of Case that ask and do, as Python source: ``python -m clew.api.source FOLDER``."""

from __future__ import annotations

import sys
from pathlib import Path
from types import NoneType
from typing import Any, get_args, get_origin

from clew.commands.command import Command
from clew.commands.registry import commands
from clew.questions.question import AnyQuestion
from clew.questions.registry import questions
from clew.questions.table import Field, fields_of

HEAD = '''"""
{about}

Made by ./dev types; do not edit.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import Any, Literal

{imports}

class {name}:
    """{summary}"""

    @abstractmethod
    def {door}(self, name: str, **fields: Any) -> {gives}:
        """{door_says}"""
'''


def sources() -> dict[str, str]:
    """The text of each made file by its name."""
    asks = HEAD.format(
        about="The questions as methods; docs/reference/questions.md says what their fields are.",
        imports="import polars as pl\n",
        name="QuestionMethods", summary="Every bundled question, by its name.", door="frame",
        gives="pl.DataFrame", door_says="The table of the answer to a question.",
    )  # fmt: skip
    does = HEAD.format(
        about="The commands as methods; docs/reference/commands.md says what their fields are.",
        imports="from clew.commands.command import CommandResult\n",
        name="CommandMethods", summary="Every bundled command, by its name.", door="change",
        gives="CommandResult", door_says="Do what a command says.",
    )  # fmt: skip
    asks += "".join(_method(one, "frame", "pl.DataFrame") for one in questions().values())
    does += "".join(_method(one, "change", "CommandResult") for one in commands().values())
    return {"questions.py": asks, "commands.py": does}


def _method(one: AnyQuestion | Command, door: str, gives: str) -> str:
    fields = sorted(fields_of(one.request), key=lambda it: not it.required)
    lines = [f"\n    def {one.method}(", "        self,"]
    lines += [f"        {it.name}: {_annotation(it.type)}," for it in fields if it.required]
    optional = [it for it in fields if not it.required]
    lines += ["        *,"] if optional else []
    lines += [f"        {it.name}: {_annotation(it.type)} = {_default(it)}," for it in optional]
    lines += [f"    ) -> {gives}:", f'        """{one.summary}"""']
    keywords = "".join(f", {it.name}={it.name}" for it in fields)
    lines.append(f'        return self.{door}("{one.name}"{keywords})')
    return "\n".join(lines) + "\n"


def _default(field: Field) -> str:
    return repr(field.default).replace("'", '"')


def _annotation(kind: Any) -> str:
    if kind is NoneType:
        return "None"
    if get_origin(kind) is tuple:
        return f"Sequence[{_annotation(get_args(kind)[0])}]"
    some = get_args(kind)
    if some and isinstance(some[0], str):
        return f"Literal[{', '.join(repr(one) for one in some)}]".replace("'", '"')
    return " | ".join(map(_annotation, some)) if some else str(kind.__name__)


def main() -> None:
    """Write the files into the folder named."""
    for name, text in sources().items():
        (Path(sys.argv[1]) / name).write_text(text, "utf-8")


if __name__ == "__main__":
    main()
