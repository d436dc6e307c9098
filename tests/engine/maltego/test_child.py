"""Programs within bounds: ended when they hang, with nothing of ours in their reach."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from pathlib import Path

import pytest

from clew.engine.bounds import Bounds
from clew.engine.maltego.declarations import ProgramDeclaration
from clew.errors import BadReply, ProviderDown, RequestRejected
from clew.transform.provider import Contact
from engine.maltego.programs import THING, TIGHT, program, ran, run, values


def test_endless_output_is_ended(tmp_path: Path) -> None:
    """A program that writes on and on is ended at the bound, long before its time is up."""
    begun = time.monotonic()
    with pytest.raises(BadReply, match="over 100000 bytes"):
        run(program(tmp_path, "while True: out('x' * 10_000)"))
    assert time.monotonic() - begun < 5


def test_a_huge_log_is_let_go(tmp_path: Path) -> None:
    """Only the end of a log is kept, its size is told, and the answer is whole."""
    source = "sys.stderr.write('y' * 3_000_000 + 'end'); out(ANSWER.format('hi'))"
    answered = run(program(tmp_path, source))
    assert values(answered) == ["hi"]
    assert answered.answer.remarks == ("2998003 bytes of its log were let go",)


HANGS = {
    "sleeps": "time.sleep(60)",
    "ignores the word to end": (
        "signal.signal(signal.SIGTERM, signal.SIG_IGN)\nwhile True: time.sleep(1)"
    ),
    "waits for a child": "subprocess.run(['sleep', '60'])",
}


@pytest.mark.parametrize("kind", sorted(HANGS))
def test_a_program_that_hangs_is_ended(tmp_path: Path, kind: str) -> None:
    """When its time is up a program ends with all of its group, told first and then by force."""
    note = "open('pid', 'w').write(str(os.getpid()))\n"
    bounds = Bounds(program_s=0.7, program_grace_s=0.3)
    with pytest.raises(ProviderDown, match=r"took over 0\.7 s"):
        run(program(tmp_path, note + HANGS[kind]), bounds=bounds)
    assert group_is_gone(int((tmp_path / "pid").read_text()))


def test_a_child_left_behind_is_ended(tmp_path: Path) -> None:
    """A program's answer counts when it ends; a child that holds its pipe is ended with it."""
    source = (
        "open('pid', 'w').write(str(os.getpid()))\n"
        "out(ANSWER.format('hi')); sys.stdout.flush(); subprocess.Popen(['sleep', '60'])"
    )
    begun = time.monotonic()
    assert values(run(program(tmp_path, source))) == ["hi"]
    assert time.monotonic() - begun < 5
    assert group_is_gone(int((tmp_path / "pid").read_text()))


def test_a_child_that_left_the_group_is_not_waited_for(tmp_path: Path) -> None:
    """A pipe that a stranger holds does not keep the answer back."""
    source = (
        "out(ANSWER.format('hi')); sys.stdout.flush()\n"
        "it = subprocess.Popen(['sleep', '60'], start_new_session=True)\n"
        "open('pid', 'w').write(str(it.pid))"
    )
    begun = time.monotonic()
    assert values(run(program(tmp_path, source))) == ["hi"]
    assert time.monotonic() - begun < 5
    os.kill(int((tmp_path / "pid").read_text()), signal.SIGKILL)


def test_cancelling_ends_the_program(tmp_path: Path) -> None:
    """A run that is cancelled leaves no process behind."""
    source = "open('pid', 'w').write(str(os.getpid())); os.rename('pid', 'done')\ntime.sleep(60)"

    async def cancelled() -> None:
        transform = program(tmp_path, source)
        task = asyncio.create_task(ran(transform, THING, TIGHT, Contact.LOCAL))
        while not (tmp_path / "done").exists():
            await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(cancelled())
    assert group_is_gone(int((tmp_path / "done").read_text()))


def test_keys_of_the_environment_stay_here(tmp_path: Path) -> None:
    """A program sees the allowed variables and no others, and no input."""
    source = "import json\nout(ANSWER.format(' '.join(sorted(os.environ)) + sys.stdin.read()))"
    seen = values(run(program(tmp_path, source)))[0].split()
    assert {"PATH", "HOME", "PYTHONIOENCODING", "PYTHONUTF8"} <= set(seen)
    assert set(seen) <= {"PATH", "HOME", "LANG", "PYTHONIOENCODING", "PYTHONUTF8", "LC_CTYPE"}


def test_an_undeclared_folder_is_fresh_and_goes_away(tmp_path: Path) -> None:
    """Without a declared folder a program runs in an empty one that is removed after it."""
    source = "open('x', 'w'); out(ANSWER.format(os.getcwd() + ' ' + ' '.join(os.listdir())))"
    made = program(tmp_path, source)
    (seen,) = values(run(ProgramDeclaration("a", "a", made.command, made.parameters)))
    folder, *files = seen.split(" ")
    assert files == ["x"]
    assert not Path(folder).exists()


@pytest.mark.skipif(sys.platform != "linux", reason="memory is bounded on Linux only")
def test_memory_is_bounded(tmp_path: Path) -> None:
    """A program that takes more memory than it may fails by itself."""
    source = "time.sleep(0.2); x = bytearray(900_000_000)"
    bounds = Bounds(program_memory_bytes=500_000_000, program_grace_s=0.3)
    with pytest.raises(BadReply, match="MemoryError"):
        run(program(tmp_path, source), bounds=bounds)


@pytest.mark.parametrize("command", ["/nowhere/transform", "", "."])
def test_a_program_that_is_not_there_is_told(tmp_path: Path, command: str) -> None:
    """A command that can't be started says so, and what to look at."""
    with pytest.raises(RequestRejected, match="can't be started"):
        run(ProgramDeclaration("a", "a", command, "", str(tmp_path)))


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    """So does a working directory of another person's machine."""
    with pytest.raises(RequestRejected, match="can't be started"):
        run(ProgramDeclaration("a", "a", sys.executable, "", str(tmp_path / "gone")))


def group_is_gone(group: int) -> bool:
    """Whether no process of that group runs any more."""
    end = time.monotonic() + 3
    while time.monotonic() < end:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.02)
    return False
