"""Running one local transform for one entity: bounded, apart, and ended for certain."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from clew.engine.maltego.answered import Answered
from clew.engine.maltego.child import Child, environment_of, start
from clew.engine.maltego.declared import LocalTransform
from clew.errors import BadReply, InvalidValue, ProviderDown, RequestRejected
from clew.interop.maltego.arguments import arguments, read_stderr_line
from clew.interop.maltego.message import read_response
from clew.interop.maltego.record import Response, Thing

TAIL_LENGTH_MAX = 1_000
"""Most of a program's own words that an error repeats, in code points."""


@dataclass(frozen=True, slots=True)
class Caps:
    """Bounds of one local run; each names its unit."""

    seconds: float = 300.0
    """From its start to its end."""
    grace_s: float = 3.0
    """Between the word to end and the end by force; also how long a pipe may stay open after."""
    stdout_bytes: int = 32 * 1024 * 1024
    """Largest answer; a program that writes more is ended."""
    stderr_bytes: int = 256 * 1024
    """How much of its log is kept; the rest is read and let go."""
    memory_bytes: int = 4 * 1024 * 1024 * 1024
    """Address space of each of its processes, where the system can bound it."""


Progress = Callable[[str, str], None]
"""Takes the kind (progress, debug, log) and the text of each line on standard error."""


async def run_local(
    transform: LocalTransform,
    thing: Thing,
    *,
    environment: Mapping[str, str],
    caps: Caps | None = None,
    progress: Progress = lambda kind, text: None,  # noqa: ARG005
) -> Answered:
    """
    The answer of a local transform about one entity.

    The program gets an argument list and never a shell, a fresh folder unless one is declared,
    and a few variables of *environment*. When this is cancelled or its time is up, its whole
    process group is told to end, and killed after a grace time.

    Raises:
        RequestRejected: It can't be started.
        ProviderDown: Its time was up.
        BadReply: It wrote too much, or no answer though it had something to say.
    """
    caps = caps or Caps()
    tail, warnings = arguments(transform.parameters, thing.value, thing.fields)
    with _folder(transform.working_directory) as folder:
        child = await _started(
            transform, [transform.command, *tail], folder, environment, caps, progress
        )
        try:
            await child.ended_within(caps.seconds)
        finally:
            await child.stop(caps.grace_s)
    return _answer(transform, child, caps, warnings)


async def _started(
    transform: LocalTransform,
    command: list[str],
    folder: str,
    environment: Mapping[str, str],
    caps: Caps,
    progress: Progress,
) -> Child:
    try:
        return await start(
            command, folder, environment_of(environment), stdout_bytes=caps.stdout_bytes,
            stderr_bytes=caps.stderr_bytes, memory_bytes=caps.memory_bytes,
            line=lambda line: progress(*read_stderr_line(line.decode("utf-8", "replace"))),
        )  # fmt: skip
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise RequestRejected(
            transform.label,
            f"can't be started: {transform.command}: {reason}",
            helps="Check its command and working directory: clew maltego list.",
        ) from error


def _answer(transform: LocalTransform, child: Child, caps: Caps, warnings: list[str]) -> Answered:
    label, body = transform.label, bytes(child.answer)
    if child.over:
        raise BadReply(
            label, f"was ended: it wrote over {caps.stdout_bytes} bytes", helps="Ask it for less."
        )
    if child.late:
        raise ProviderDown(
            label, f"was ended: it took over {caps.seconds:g} s{_words(child)}",
            helps="Try again later, or give it more time.",
        )  # fmt: skip
    problems = list(warnings)
    if child.dropped:
        problems.append(f"{child.dropped} bytes of its log were let go")
    code = child.code
    if not body.strip() and code == 0:
        return Answered(Response(), body, problems=tuple(problems))
    try:
        response = read_response(body)
    except InvalidValue as error:
        said = f": {error.reason}" if body.strip() else ""
        raise BadReply(
            label, f"{_end(code)} without an answer{said}{_words(child)}",
            helps="Its own words tell what is missing; run its command by hand to see more.",
        ) from error  # fmt: skip
    if code != 0:
        problems.append(f"it {_end(code)}, and what it wrote is used all the same")
    return Answered(response, body, problems=tuple(problems))


def _end(code: int | None) -> str:
    if code is None or code < 0:
        return "ended by a signal" if code is None else f"ended by signal {-code}"
    return f"ended with exit code {code}"


def _words(child: Child) -> str:
    """The end of what the program wrote beside its answer."""
    text = child.log.decode("utf-8", "replace").strip()
    if not text:
        text = child.answer[:TAIL_LENGTH_MAX].decode("utf-8", "replace").strip()
    return f". It wrote: {text[-TAIL_LENGTH_MAX:]}" if text else ""


@contextlib.contextmanager
def _folder(declared: str) -> Iterator[str]:
    if declared:
        yield str(Path(declared).expanduser())
        return
    with tempfile.TemporaryDirectory(prefix="clew-", ignore_cleanup_errors=True) as folder:
        yield folder
