"""Programs that misbehave, and recorded runs of maltego-trx, run as local transforms."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from clew.engine.bounds import Bounds
from clew.engine.client import Reach
from clew.engine.maltego.answer import MaltegoAnswer, read_answer
from clew.engine.maltego.declarations import ProgramDeclaration
from clew.engine.maltego.program import Programs
from clew.engine.maltego.question import program_question
from clew.errors import BadReply, ContactRefused, ProviderDown, RequestRejected
from clew.interop.maltego.arguments import read_properties
from clew.interop.maltego.record import EntityField, Thing, TransformResponse
from clew.transform.provider import Contact
from corpus.files import corpus

SAMPLES = corpus("maltego/trx-local")
ANSWER = (
    "<MaltegoMessage><MaltegoTransformResponseMessage><Entities>"
    "<Entity Type='maltego.Phrase'><Value>{}</Value><Weight>100</Weight></Entity>"
    "</Entities></MaltegoTransformResponseMessage></MaltegoMessage>"
)
TIGHT = Bounds(program_s=10, program_grace_s=0.3, reply_bytes=100_000, program_log_bytes=2_000)
HEAD = f"import os, signal, subprocess, sys, time\nANSWER = {ANSWER!r}\nout = sys.stdout.write\n"
THING = Thing("maltego.Phrase", "hello", fields=(EntityField("text", "hello"),))


def program(folder: Path, source: str) -> ProgramDeclaration:
    """A transform that is that Python text."""
    path = folder / "program.py"
    path.write_text(HEAD + source, "utf-8")
    return ProgramDeclaration(
        "made-up", "Made up", sys.executable, f"-I '{path}'", str(folder), enabled=True
    )


@dataclass(frozen=True)
class Ran:
    """What a program answered, and what was noted beside."""

    answer: MaltegoAnswer
    problems: list[str]
    body: bytes
    counted: int

    @property
    def response(self) -> TransformResponse:
        return self.answer.response


async def ran(transform: ProgramDeclaration, thing: Thing, bounds: Bounds, contact: Contact) -> Ran:
    environment = {"PATH": os.environ["PATH"], "CLEW_SECRET_KEY": "s3cr3t", "HOME": "/"}
    programs = Programs(bounds, environment, contact_limit=Contact.THIRD_PARTY)
    counted: list[None] = []
    request = program_question(transform, thing)
    reply = await programs.send(
        request, request, Reach.of(transform.label, contact, relays=True),
        count=lambda: counted.append(None), count_other=lambda: None,
    )  # fmt: skip
    row = read_answer(transform.label, reply)
    return Ran(row["answer"], row.problems, reply.body, len(counted))


def run(
    transform: ProgramDeclaration,
    thing: Thing = THING,
    bounds: Bounds = TIGHT,
    contact: Contact = Contact.LOCAL,
) -> Ran:
    return asyncio.run(ran(transform, thing, bounds, contact))


def values(answered: Ran) -> list[str]:
    return [thing.value for thing in answered.response.things]


def test_an_answer_is_read(tmp_path: Path) -> None:
    """What a program prints is its answer, with its bytes as they came."""
    answered = run(program(tmp_path, "out(ANSWER.format('hi'))"))
    assert values(answered) == ["hi"]
    assert answered.body == ANSWER.format("hi").encode()
    assert answered.problems == []


def test_a_program_that_touches_others_is_a_call(tmp_path: Path) -> None:
    """What touches nobody counts for nothing; over the limit nothing is started."""
    hi = program(tmp_path, "open('ran', 'a').write('.'); out(ANSWER.format('hi'))")
    assert run(hi).counted == 0
    assert run(hi, contact=Contact.OWN_SERVER).counted == 1
    with pytest.raises(ContactRefused):
        run(hi, contact=Contact.TARGET)
    assert (tmp_path / "ran").read_text() == ".."


@pytest.mark.parametrize(
    "source",
    [
        "out('loading...\\n<MaltegoMessage>half\\n' + ANSWER.format('é'))",
        "out(ANSWER.format('first')); out(ANSWER.format('é')); out('bye')",
        "sys.stdout.buffer.write(ANSWER.format('é').encode('cp1252'))",
        "sys.stdout.buffer.write(b'\\xff\\x00' + ANSWER.format('é').encode())",
    ],
)
def test_junk_and_encodings_are_told(tmp_path: Path, source: str) -> None:
    """The last message counts, in whatever encoding, and what was around it is a problem."""
    answered = run(program(tmp_path, source))
    assert values(answered) == ["é"]
    assert answered.response.problems


@pytest.mark.parametrize(
    "text", ["a=b#c=d", "back\\slash\\", "line1\nline2", "'; touch x; '", "$(touch x)", "é 中 😀"]
)
def test_values_reach_the_program_as_they_are(tmp_path: Path, text: str) -> None:
    """No sign in a value or property is read by a shell, split, or lost."""
    source = "import json\nopen('argv', 'w').write(json.dumps(sys.argv[1:]))"
    fields = (EntityField("na=me#1", text), EntityField("other", "x"))
    assert run(program(tmp_path, source), Thing("maltego.Phrase", text, fields=fields)).body == b""
    value, properties = json.loads((tmp_path / "argv").read_text())
    assert value == text
    assert [(one.name, one.value) for one in read_properties(properties)] == [
        ("na=me#1", text), ("other", "x")
    ]  # fmt: skip
    assert not (tmp_path / "x").exists()


def test_exit_codes(tmp_path: Path) -> None:
    """Silence with code 0 is an empty answer; an answer with another code is used, and told."""
    assert run(program(tmp_path, "")).response.things == ()
    answered = run(program(tmp_path, "out(ANSWER.format('hi')); sys.exit(3)"))
    assert values(answered) == ["hi"]
    assert "exit code 3" in answered.problems[0]


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("sys.exit('no key is set')", "exit code 1 without an answer. It wrote: no key is set"),
        ("out('usage: x'); sys.exit(2)", "exit code 2 without an answer"),
        ("out('usage: x')", "exit code 0 without an answer"),
        ("1/0", "ZeroDivisionError"),
        ("os.kill(os.getpid(), signal.SIGKILL)", "ended by signal 9"),
    ],
)
def test_no_answer_is_told_with_the_programs_words(tmp_path: Path, source: str, words: str) -> None:
    """A program that ends without an answer fails with its code and the end of its log."""
    with pytest.raises(BadReply) as caught:
        run(program(tmp_path, source))
    assert words in str(caught.value)


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
    assert "2998003 bytes of its log were let go" in answered.problems


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


RECORDED = {
    "01-value-only": (2, ("Inform", "PartialError", "FatalError", "Debug")),
    "02-simple-props": (2, ("Inform", "PartialError", "FatalError", "Debug")),
    "03-escaped": (2, ("Inform", "PartialError", "FatalError", "Debug")),
    "04-unescaped-equals": None,
    "05-double-equals": None,
    "06-no-equals": None,
    "07-empty-value-prop": (2, ("Inform", "PartialError", "FatalError", "Debug")),
    "08-crash": (0, ("PartialError",)),
    "09-unknown": (0, ("PartialError",)),
    "10-no-value": (0, ()),
    "11-newline-in-prop": (2, ("Inform", "PartialError", "FatalError", "Debug")),
    "12-exception": (0, ("FatalError",)),
}
"""How many entities and which messages each recorded run gives; None where it crashed."""
SENT_AS_RECORDED = ("01", "02", "03", "07", "08", "09", "11", "12")


@pytest.mark.parametrize("name", sorted(RECORDED))
def test_recorded_runs_have_the_right_outcome(tmp_path: Path, name: str) -> None:
    """A program that does what maltego-trx did is sent the same words and read the same way."""
    recorded = {part: SAMPLES / f"{name}.{part}" for part in ("stdout.bin", "stderr.txt")}
    code = (SAMPLES / f"{name}.rc.txt").read_text().strip().rpartition("rc=")[2]
    argv = (SAMPLES / f"{name}.argv.txt").read_text("utf-8").removesuffix("\n").split("\n", 2)
    source = (
        "import json\nopen('argv', 'w').write(json.dumps(sys.argv[1:]))\n"
        f"sys.stdout.buffer.write(open({str(recorded['stdout.bin'])!r}, 'rb').read())\n"
        f"sys.stderr.buffer.write(open({str(recorded['stderr.txt'])!r}, 'rb').read())\n"
        f"sys.exit({code})"
    )
    made = program(tmp_path, source)
    made = ProgramDeclaration(
        name, name, made.command, f"{made.parameters} {argv[0]}", str(tmp_path)
    )
    value = argv[1] if len(argv) > 1 else ""
    fields = read_properties(argv[2]) if len(argv) > 2 else ()
    expected = RECORDED[name]
    if expected is None:
        with pytest.raises(BadReply, match="ValueError"):
            run(made, Thing("maltego.DNSName", value, fields=fields))
    else:
        answered = run(made, Thing("maltego.DNSName", value, fields=fields))
        kinds = tuple(one.kind for one in answered.response.messages)
        assert (len(answered.response.things), kinds) == expected
        assert answered.problems == []
    if name[:2] in SENT_AS_RECORDED:
        assert json.loads((tmp_path / "argv").read_text()) == argv


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
