"""The ``clew`` command in this process: its own ``main``, with words, settings and streams."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from clew.cli.app import main


class Terminal(io.TextIOWrapper):
    """A stream with a person at it."""

    def isatty(self) -> bool:
        """Yes."""
        return True


@dataclass(frozen=True)
class Ended:
    """What a command left when it ended."""

    code: int
    stdout: str
    stderr: str

    @property
    def json(self) -> Any:
        """The one JSON value that it printed."""
        return json.loads(self.stdout)


@dataclass(frozen=True)
class Clew:
    """Runs commands in a folder, as a shell would; no command sees the settings of the machine."""

    folder: Path
    settings: Mapping[str, str]

    @property
    def home(self) -> Path:
        """The user's folder."""
        return self.folder / "home"

    def __call__(self, *words: str, text: str = "", code: int = 0, terminal: bool = False) -> Ended:
        """
        The end of ``clew WORDS``.

        Args:
            words: After the program's name.
            text: What is on standard input.
            code: The exit code that it must have.
            terminal: Whether a person types the text, and reads what comes on standard error.
        """
        kind = Terminal if terminal else io.TextIOWrapper
        pipes = (io.BytesIO(), io.BytesIO())
        out, err = (kind(pipe, "utf-8", write_through=True) for pipe in pipes)
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(self.folder)
            for name, value in {"CLEW_HOME": str(self.home), **self.settings}.items():
                patch.setenv(name, value)
            patch.setattr(sys, "argv", ["clew", *words])
            patch.setattr(sys, "stdin", kind(io.BytesIO(text.encode()), "utf-8"))
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            with pytest.raises(SystemExit) as ended:
                main()
        stdout, stderr = (pipe.getvalue().decode() for pipe in pipes)
        assert ended.value.code == code, (words, stdout, stderr)
        return Ended(code, stdout, stderr)
