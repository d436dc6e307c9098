"""The ``clew`` command: its verbs, and what its exit codes mean."""

from __future__ import annotations

import errno
import sys
from contextlib import suppress
from functools import cache
from typing import Any, NoReturn

import typer
from typer.main import get_command

from clew.cli import (
    ask,
    cases,
    do,
    evidence,
    files,
    judge,
    keys,
    look,
    maltego,
    old_verbs,
    playbooks,
    questions,
    report_problem,
    settings,
    sources,
    trx,
)
from clew.cli.help import GroupedHelp
from clew.cli.streams import drop_output, finish_output, prepare_streams
from clew.cli.unknown_fault import unknown_fault
from clew.errors import ClewError, FileFault, InvalidValue, Refusal, UnknownName

EXIT_FAULT, EXIT_USAGE, EXIT_PARTIAL, EXIT_REFUSED, EXIT_FILE, EXIT_STOPPED = 1, 2, 3, 4, 5, 130
"""Failed; wrong words; done but cut or partly failed; refused by a rule; file; stopped."""

OUTPUT_FAULTS = (errno.ENOSPC, errno.EBADF, errno.EIO, errno.EDQUOT, errno.EFBIG)
"""What the system says where the output takes no more."""

GOES_ON = {
    "run": "; 'clew run FILE --resume' goes on",
    "play": "; playing it again goes on, and pays for nothing twice",
}
"""How the verbs that are resumed go on after a stop."""

app = typer.Typer(
    cls=GroupedHelp,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Link analysis for threat intelligence: every claim with its source and its dates.\n\n"
    "Exit codes: 0 done, 1 failed, 2 wrong words, 3 done in part, 4 refused by a rule, "
    "5 the file, 130 stopped.",
)
for part in (
    cases, files, playbooks, sources, ask, judge, old_verbs, look, evidence, do,
    report_problem,
):  # fmt: skip
    part.declare(app)
app.add_typer(keys.app, name="keys")
app.add_typer(settings.settings_app, name="settings")
app.add_typer(cases.case_app, name="case")
app.add_typer(maltego.maltego_app, name="maltego")
app.add_typer(trx.trx_app, name="trx")
questions.declare(app)


@cache
def command_line() -> Any:
    """All verbs with their options: reading them from the functions is done once a process."""
    return get_command(app)


def main() -> None:
    """Run the command line; errors become one clear message and an exit code."""
    prepare_streams()
    try:
        code = _run()
    except (typer.Abort, KeyboardInterrupt):
        code = EXIT_STOPPED
    except ClewError as error:
        _end(_code(error), str(error))
    except BrokenPipeError:
        # Whoever read along has seen enough, and is told nothing.
        _end(EXIT_FAULT)
    except Exception as error:
        _end(*_other_end(error))
    if code == EXIT_STOPPED:
        _say(f"Stopped. What was acknowledged is in the file{GOES_ON.get(_verb(), '')}.")
    sys.exit(code if isinstance(code, int) else 0)


def _run() -> object:
    """The exit code that the verb gives, once all that it printed is written."""
    try:
        return command_line()(standalone_mode=False)
    finally:
        if sys.exception() is None:
            finish_output()


def _other_end(error: Exception) -> tuple[int, str]:
    """Exit code and message of what is no error of ours."""
    if (show := getattr(error, "show", None)) is not None:
        show()
        return EXIT_USAGE, ""
    if isinstance(error, OSError) and error.filename is None and error.errno in OUTPUT_FAULTS:
        return EXIT_FAULT, f"the output can't be written: {error.strerror}"
    from clew.store.sqlite_faults import file_error

    if (known := file_error(error)) is not None:
        return EXIT_FILE, str(known)
    return EXIT_FAULT, unknown_fault(error)


def _end(code: int, text: str = "") -> NoReturn:
    drop_output()
    if text:
        _say(text)
    sys.exit(code)


def _code(error: ClewError) -> int:
    if isinstance(error, Refusal):
        return EXIT_REFUSED
    if isinstance(error, FileFault):
        return EXIT_FILE
    if isinstance(error, UnknownName | InvalidValue):
        return EXIT_USAGE
    return EXIT_FAULT


def _verb() -> str:
    return next((word for word in sys.argv[1:] if not word.startswith("-")), "")


def _say(text: str) -> None:
    with suppress(OSError):
        sys.stderr.write(f"clew: {text}\n")
        sys.stderr.flush()


if __name__ == "__main__":
    main()
