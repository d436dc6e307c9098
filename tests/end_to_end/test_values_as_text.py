"""A value is a text wherever it goes: it is not run, no format reads it, no statement holds it."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import apsw
import pytest

from builders import decided, observed
from clew.interop.formats import formats
from clew.interop.importing import read_file
from clew.interop.report.html import html
from clew.interop.report.markdown import markdown
from clew.model.change import AddToGraph, Label, Note, Remove
from clew.model.journal import AskedTask, PurchaseIntended, RunQueued
from clew.model.marking import TLP
from clew.playbook.format import PlaybookFault, read_playbook
from clew.playbook.run import run_playbook
from clew.schema.declaration import DeclarationFault, compose
from clew.schema.registry import catalogue
from clew.store.investigation import Investigation
from clew.store.ledger import Ledger, SpendingCeiling, VendorAllowance
from clew.store.replies import StoredReply
from clew.workbench import Workbench
from guard.packets import Heard, heard

SIGN = "clewcanary"
"""In each hostile text: what runs one, or imports it, names it."""
RUNS = ("compile", "exec", "os.system", "os.exec", "os.posix_spawn", "subprocess", "import",
        "pickle", "ctypes.dlopen", "code.__new__", "socket.")  # fmt: skip
CODE = (
    f"__import__('os').system('{SIGN}')",
    f"{{0.__class__.__mro__}}{SIGN}",
    f"{{{SIGN}}}",
    f"%({SIGN})s %s %d {SIGN}",
    f"${{{SIGN}.x}} $({SIGN}) `{SIGN}`",
    f"{{{{ {SIGN}.__init__.__globals__ }}}}{{% import os %}}",
    f"=cmd|'/C {SIGN}'!A0",
    f"!!python/object/apply:os.system ['{SIGN}']",
    f"c__builtin__\neval\n(S'{SIGN}'\ntR.".replace("\n", " "),
    f"'; DROP TABLE log; -- {SIGN}",
    f"\"); ATTACH '{SIGN}.db' AS x; --",
    f"<xsl:value-of select=\"document('{SIGN}')\"/>",
    f"; {SIGN} | tee /tmp/{SIGN} && {SIGN}\\",
)
"""Texts that something would run: Python, formats, templates, shells, tables, YAML, SQL, XSLT."""


def run_by(events: list[Heard]) -> list[Heard]:
    """Events that come of a text that was run, and not only handled."""
    return [one for one in events if SIGN in repr(one[1])]


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    """A case of which each text is one that something would run."""
    folder = tmp_path_factory.mktemp("code")
    settings = {"CLEW_KEYRING": "no", "CLEW_HOME": str(folder / "home")}
    with Workbench.create(folder / "a.clew", settings) as made:
        made.case.append([observed("a.example -resolves-to-> 192.0.2.1", action=SIGN)])
        for number, text in enumerate(CODE):
            kinds = ("phrase", "mutex", "person", "file-path")
            values = [made.catalogue.value(kind, f"{text}{kind}") for kind in kinds[:3]]
            made.add(values, graph=text, label=text)
            ids = b"".join(one.id for one in values)
            made.decide(Label("tag", ids, text), label=text)
            made.decide(Note(text, values[0].id), label=text, action=f"{number}")
        yield made


@pytest.mark.assurance("code")
def test_a_playbook_s_parameters_stay_texts(bench: Workbench) -> None:
    """What is put in for a name comes out to the letter, whatever another template would see."""
    text = "playbook: x\nparameters: {x: ''}\nsteps: [{id: a, note: {text: 'of ${x}'}}]\n"
    with heard(*RUNS) as events:
        for value in CODE:
            run_playbook(read_playbook(text, name="x"), {"x": value}, bench)
            assert bench.state.decisions.notes[-1].text == f"of {value}"
    assert not run_by(events)


@pytest.mark.assurance("code")
@pytest.mark.parametrize("tag", ["object/apply:os.system", "name:os.system", "module:os", "tuple"])
def test_yaml_makes_no_objects(tag: str) -> None:
    """A tag of Python's is refused in a playbook, and makes nothing in a declaration."""
    written = f"!!python/{tag} ['{SIGN}']"
    with heard(*RUNS) as events:
        with pytest.raises(PlaybookFault):
            read_playbook(f"playbook: {written}\nsteps: [{{id: a, note: {{text: b}}}}]", name="x")
        assert compose(f"types: {written}") is not None
        with pytest.raises(DeclarationFault):
            compose(f"types: &a {written}\nmore: *a")
    assert not run_by(events)


@pytest.mark.assurance("code")
@pytest.mark.parametrize("name", [one.name for one in formats().of_graphs if one.write])
def test_no_format_runs_what_it_writes_and_reads(name: str, bench: Workbench) -> None:
    """Written and read again, a text is a text."""
    form = next(one for one in formats().of_graphs if one.name == name)
    with heard(*RUNS) as events:
        data = formats().writer(name)(bench.export_graph(None, name, ceiling=TLP.RED))
        if form.read:
            read_file(data, catalogue(), run="0" * 32, learnt=1, kind=name)
    assert data
    assert not run_by(events)


@pytest.mark.assurance("code")
@pytest.mark.parametrize("write", [html, markdown])
def test_no_report_runs_what_it_tells(write: Callable[..., str], bench: Workbench) -> None:
    """A report says the texts of the case."""
    with heard(*RUNS) as events:
        text = write(bench.report_content(CODE[0], ceiling=TLP.RED))
    assert SIGN in text
    assert "<class " not in text
    assert not run_by(events)


@pytest.mark.assurance("code")
def test_what_is_run_is_heard() -> None:
    """A text that is compiled, or names a module, is no longer only a text."""
    with heard(*RUNS) as events:
        compile(f"'{SIGN}'", "x", "eval")
        with pytest.raises(ModuleNotFoundError):
            __import__(SIGN)
    assert {event for event, _ in run_by(events)} >= {"compile", "import"}


Statement = tuple[str, str]
"""SQL, and what is bound to it."""


@contextmanager
def statements() -> Iterator[list[Statement]]:
    """What SQLite is asked while the context lasts, by each connection that is opened in it."""
    found: list[Statement] = []

    def note(_: apsw.Cursor, sql: str, bound: object) -> bool:
        found.append((sql, repr(bound)))
        return True

    def watch(connection: apsw.Connection) -> None:
        connection.exec_trace = note

    apsw.connection_hooks.append(watch)
    try:
        yield found
    finally:
        apsw.connection_hooks.remove(watch)


GIVEN: dict[str, Callable[[str], Any]] = {
    "str": str,
    "str | None": str,
    "int": lambda _: 1,
    "int | None": lambda _: 1,
    "float": lambda _: 0.0,
    "bytes": lambda text: text.encode(),
    "StoredReply": lambda text: StoredReply.of(text.encode(), text),
    "VendorAllowance": lambda text: VendorAllowance(text, text, 1, 2, 3),
    "SpendingCeiling": lambda _: SpendingCeiling("calls", "day", 9),
    "Sequence[SpendingCeiling]": lambda _: [SpendingCeiling("calls", "month", 9)],
}
"""By type what a call is given, made of the text."""


def call_all(of: object, text: str) -> set[str]:
    """Call every public method that takes a text; gives the names of those that were called."""
    called = set()
    for name, method in inspect.getmembers(of, inspect.ismethod):
        wanted = inspect.signature(method).parameters.values()
        kinds = {one.annotation for one in wanted}
        if name.startswith("_") or not kinds <= set(GIVEN) or not kinds - {"int", "int | None"}:
            continue
        given = [GIVEN[one.annotation](text) for one in wanted if one.kind is not one.KEYWORD_ONLY]
        named = {
            one.name: GIVEN[one.annotation](text) for one in wanted if one.kind is one.KEYWORD_ONLY
        }
        method(*given, **named)
        called.add(name)
    return called


def use(folder: Path, text: str) -> list[Statement]:
    """A file and a ledger of which each text is *text*; gives what SQLite was asked."""
    folder.mkdir()
    id_ = catalogue().value("phrase", text).id
    with statements() as found:
        with Investigation.create(folder / "a.clew", title=text, source=text) as case:
            asked = RunQueued(text, text, json.dumps({text: text}), text, (AskedTask(text, text),))
            case.append([decided(asked, action=text), observed("a.example", graph=text)])
            case.append([
                decided(PurchaseIntended(text, text, 1), action=text),
                decided(Note(text, id_), action=text), decided(Label("tag", id_, text)),
                decided(AddToGraph(text, id_)), decided(Remove(text, id_, reason=text)),
            ], replies=[StoredReply.of(text.encode(), text)])  # fmt: skip
            store_calls = call_all(case.store, text)
        with Ledger(folder / "ledger") as ledger:
            ledger_calls = call_all(ledger, text)
    assert store_calls >= {"lease", "renew", "release", "tasks", "runs", "purchase", "put_reply"}
    assert ledger_calls >= {"spend", "spend_within", "grant", "record_allowance", "allowances"}
    return found


@pytest.mark.assurance("sql")
def test_no_statement_is_made_of_a_value(tmp_path: Path) -> None:
    """Whatever texts a file and its ledger are given, SQLite is asked the same, with them bound."""
    use(tmp_path / "first", "what is asked once only")
    plain = use(tmp_path / "plain", f"x {SIGN}")
    for number, text in enumerate((*CODE, "a'b", 'a"b', "a;b", "%", "_", "\\", "--", "/*")):
        asked = use(tmp_path / str(number), text)
        assert {sql for sql, _ in asked} == {sql for sql, _ in plain}
        assert not [sql for sql, _ in asked if SIGN in sql]
        assert [bound for _, bound in asked if repr(text)[1:-1] in bound]
