"""Programs that misbehave, and recorded runs of maltego-trx, run as local transforms."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from clew.engine.maltego.declarations import ProgramDeclaration
from clew.errors import BadReply, ContactRefused
from clew.interop.maltego.arguments import read_properties
from clew.interop.maltego.record import EntityField, Thing
from clew.transform.provider import Contact
from corpus.files import corpus
from engine.maltego.programs import ANSWER, program, run, values

SAMPLES = corpus("maltego/trx-local")


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
