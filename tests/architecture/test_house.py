"""The rules of the house, held over the whole package; and each rule can fail."""

from __future__ import annotations

import subprocess
import sys
import tomllib

import pytest

from architecture.layers import layer_faults, owner_faults
from architecture.licences import Licensed, licence_faults, runtime_closure
from architecture.locks import lock_faults, wanted_by_lock
from architecture.mirrors import stale_entries, stray_tests, untested_sources
from architecture.names import duplicate_faults, glossary_words, participle_faults
from architecture.purity import purity_faults
from architecture.shape import docstring_faults, size_faults, word_faults
from architecture.source import ROOT, clew, source
from architecture.traces import trace_faults, written_texts

HEAVY = ("polars", "numpy", "scipy", "aiohttp", "apsw", "cryptography", "rustworkx", "rich")
UNNAMED_ROOMS = frozenset({"engine", "service"})
"""Rooms whose classes do not have the field's names yet; each leaves this set with its renaming."""
GLOSSARY = ROOT / "docs" / "reference" / "glossary.md"
ELSEWHERE = {
    "errors.py": "transform/test_answer.py",
    "api/*.py": "questions/test_parity.py",
    "cli/*.py": "end_to_end/test_cli.py",
    "workbench/*.py": "end_to_end/test_walkthrough.py",
    "playbook/*.py": "playbook/test_run.py",
    "questions/*": "questions/test_parity.py",
    "commands/*": "commands/test_commands.py",
    "engine/plan_data.py": "end_to_end/test_cli.py",
    "layout/block.py": "layout/test_named.py",
    "layout/circular.py": "layout/test_named.py",
    "layout/layered.py": "layout/test_named.py",
    "service/*.py": "service/test_app.py",
    "engine/api.py": "engine/test_run.py",
    "engine/session.py": "engine/test_run.py",
    "engine/bounds.py": "engine/test_run.py",
    "engine/check.py": "end_to_end/test_cli.py",
    "engine/client.py": "engine/test_run.py",
    "engine/events.py": "engine/test_run.py",
    "engine/analyst_change.py": "end_to_end/test_cli.py",
    "engine/inputs.py": "end_to_end/test_walkthrough.py",
    "engine/reply_cache.py": "engine/test_run.py",
    "engine/observe.py": "engine/test_run.py",
    "engine/perform.py": "engine/test_run.py",
    "engine/price.py": "end_to_end/test_cli.py",
    "engine/rate.py": "engine/test_run.py",
    "engine/replay.py": "end_to_end/test_walkthrough.py",
    "engine/saved_reply.py": "end_to_end/test_cli.py",
    "engine/settings.py": "engine/test_run.py",
    "store/blocks.py": "store/test_investigation.py",
    "store/connection.py": "store/test_investigation.py",
    "store/log.py": "store/test_investigation.py",
    "store/purchases.py": "engine/test_run.py",
    "store/replies.py": "store/test_investigation.py",
    "store/runs.py": "engine/test_run.py",
    "store/snapshot.py": "store/test_investigation.py",
    "store/store.py": "store/test_investigation.py",
    "graph/codes.py": "graph/test_working_set.py",
    "graph/column.py": "graph/test_working_set.py",
    "graph/decide.py": "graph/test_working_set.py",
    "graph/decisions.py": "graph/test_working_set.py",
    "graph/digest.py": "graph/test_working_set.py",
    "graph/entities.py": "graph/test_working_set.py",
    "graph/results.py": "end_to_end/test_walkthrough.py",
    "graph/history.py": "graph/test_working_set.py",
    "graph/links.py": "graph/test_adjacency.py",
    "graph/membership.py": "graph/test_working_set.py",
    "graph/observations.py": "graph/test_working_set.py",
    "graph/view.py": "graph/test_working_set.py",
    "interop/report/tables.py": "interop/report/test_content.py",
    "interop/text/names.py": "interop/text/test_extract.py",
    "interop/fidelity.py": "interop/test_jsonl.py",
    "interop/serialize.py": "interop/test_jsonl.py",
    "interop/exchange_graph.py": "interop/test_jsonl.py",
    "interop/graph_builder.py": "interop/stix/test_read.py",
    "interop/export.py": "interop/test_changes.py",
    "interop/json.py": "interop/test_hostile.py",
    "interop/stix/objects.py": "interop/stix/test_read.py",
    "interop/stix/observables.py": "interop/stix/test_read.py",
    "interop/stix/bundle_reader.py": "interop/stix/test_read.py",
    "interop/stix/own.py": "interop/stix/test_write.py",
    "interop/stix/originals.py": "interop/stix/test_read.py",
    "interop/stix/shape.py": "interop/stix/test_oracle.py",
    "interop/stix/words.py": "interop/stix/test_oracle.py",
    "interop/stix/cybox.py": "interop/stix/test_stix1.py",
    "interop/stix/incident.py": "interop/stix/test_stix1.py",
    "interop/openioc/terms.py": "interop/openioc/test_read.py",
    "interop/cof/names.py": "interop/cof/test_records.py",
    "interop/graphml_gexf/attributes.py": "interop/graphml_gexf/test_graphml.py",
    "interop/graphml_gexf/reader.py": "interop/graphml_gexf/test_graphml.py",
    "interop/table/titles.py": "interop/table/test_cells.py",
    "interop/table/delimited.py": "interop/table/test_cells.py",
    "interop/table/sheet.py": "interop/table/test_workbook.py",
    "interop/table/sheets.py": "interop/table/test_write.py",
    "interop/table/pairs.py": "interop/table/test_guess.py",
    "interop/table/words.py": "interop/table/test_guess.py",
    "interop/table/values.py": "interop/table/test_read.py",
    "interop/table/rows.py": "interop/table/test_read.py",
    "interop/text/graph.py": "interop/text/test_structured.py",
    "interop/format.py": "interop/test_formats.py",
    "interop/whois/*.py": "interop/whois/test_text.py",
    "interop/misp/*.py": "interop/misp/test_read.py",
    "interop/maltego/lz4.py": "interop/maltego/test_lucene.py",
    "interop/maltego/cursor.py": "interop/maltego/test_lucene.py",
    "engine/maltego/child.py": "engine/maltego/test_program.py",
    "engine/maltego/send.py": "engine/maltego/test_discover.py",
    "engine/maltego/status.py": "engine/maltego/test_question.py",
    "engine/transport.py": "engine/test_run.py",
    "interop/maltego/configuration.py": "interop/maltego/test_mtz.py",
    "interop/maltego/definition.py": "interop/maltego/test_mtz.py",
    "interop/maltego/mtz_write.py": "interop/maltego/test_mtz.py",
    "interop/maltego/graph_reader.py": "interop/maltego/test_mtgx.py",
    "interop/maltego/graphml.py": "interop/maltego/test_mtgx.py",
    "interop/maltego/java_properties.py": "interop/maltego/test_mtgx.py",
    "interop/maltego/relationships.py": "interop/maltego/test_mtgx.py",
    "interop/maltego/type_values.py": "interop/maltego/test_mtgx.py",
    "interop/maltego/words.py": "interop/maltego/test_mtgx.py",
    "interop/maltego/record.py": "interop/maltego/test_mtgx.py",
    "interop/maltego/graph_elements.py": "interop/maltego/test_mtgx_write.py",
    "interop/maltego/own.py": "interop/maltego/test_mtgx_write.py",
    "interop/maltego/zip_write.py": "interop/maltego/test_mtgx_write.py",
    "interop/maltego/graphml_write.py": "interop/maltego/test_mtgx_write.py",
    "interop/maltego/message_bytes.py": "interop/maltego/test_message.py",
    "interop/maltego/markup.py": "interop/maltego/test_message.py",
    "interop/maltego/names.py": "interop/maltego/test_message.py",
    "interop/maltego/thing_xml.py": "interop/maltego/test_message.py",
    "interop/maltego/page.py": "interop/maltego/test_v3.py",
    "interop/maltego/thing_json.py": "interop/maltego/test_v3.py",
    "interop/maltego/offers.py": "interop/maltego/test_discovery.py",
    "interop/maltego/discovery_json.py": "interop/maltego/test_discovery.py",
    "interop/maltego/discovery_xml.py": "interop/maltego/test_discovery.py",
    "interop/picture/*.py": "interop/picture/test_svg.py",
    "layout/forces.py": "layout/test_organic.py",
    "model/block.py": "graph/test_working_set.py",
    "model/entity.py": "graph/test_working_set.py",
    "model/provenance.py": "graph/test_working_set.py",
    "transform/finding.py": "transform/test_claim.py",
    "transform/provider.py": "transform/test_contract.py",
    "transform/registry.py": "transform/test_contract.py",
    "analysis/*.py": "analysis/test_window.py",
    "providers/*": "providers/test_wrong_types.py",
    "replicas/*": "end_to_end/test_walkthrough.py",
    "schema/*": "schema/test_detect.py",
}
"""Files that are held by the test of another, by pattern."""


def paths() -> set[str]:
    return {file.path for file in clew()}


def mirrored() -> set[str]:
    folder = ROOT / "tests"
    return {path.relative_to(folder).as_posix() for path in folder.rglob("test_*.py")}


def test_imports_go_down() -> None:
    """No room imports one beside or above it, and each outside library has its owner."""
    assert layer_faults(clew()) == []
    assert owner_faults(clew()) == []


def test_pure_rooms_are_pure() -> None:
    """Schema, model, graph, analysis and layout reach no file, socket or clock."""
    assert purity_faults(clew()) == []


def test_files_are_short_and_documented() -> None:
    """Each file has one subject, and says what it and its public things are."""
    texts = {file.path: (ROOT / "src" / "clew" / file.path).read_text() for file in clew()}
    assert size_faults(texts) == []
    assert docstring_faults(clew()) == []
    assert word_faults(clew()) == []


def test_names_are_nouns_and_stand_once() -> None:
    """No class is named by a bare participle, and no two public classes share a name."""
    files = [file for file in clew() if file.room not in UNNAMED_ROOMS]
    assert duplicate_faults(files) == []
    assert participle_faults(files, glossary_words(GLOSSARY.read_text("utf-8"))) == []


def test_tests_mirror_the_source() -> None:
    """Each file has its test, or stands on the list of those held by another."""
    assert untested_sources(paths(), mirrored(), ELSEWHERE) == []
    assert [
        fault for fault in stale_entries(paths(), mirrored(), ELSEWHERE) if "no such" in fault
    ] == []


def test_nothing_names_one_machine() -> None:
    """No text names a folder of one machine or a registry's host."""
    assert trace_faults(dict(written_texts(ROOT))) == []


def test_dependencies_are_locked() -> None:
    """Each set of dependencies is locked with hashes, fits the project file, and names no index."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    for name, wanted in wanted_by_lock(project).items():
        lock = (ROOT / "requirements" / f"{name}.txt").read_text("utf-8")
        assert lock_faults(lock, wanted) == [], name


def test_no_copyleft_is_linked() -> None:
    """No runtime dependency is under the GPL or AGPL."""
    assert licence_faults(runtime_closure("clew")) == []


def test_starting_is_light() -> None:
    """``clew --help`` imports no heavy library."""
    code = "import clew.cli.app, sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    assert loaded.isdisjoint(HEAVY)


@pytest.mark.parametrize(
    ("check", "path", "text"),
    [
        (layer_faults, "graph/x.py", "import clew.engine.run"),
        (layer_faults, "providers/a/x.py", "import clew.providers.b"),
        (owner_faults, "cli/x.py", "import aiohttp"),
        (purity_faults, "graph/x.py", "import socket"),
        (purity_faults, "analysis/x.py", "from datetime import datetime\ndatetime.now()"),
        (docstring_faults, "graph/x.py", "def f(): ..."),
        (word_faults, "graph/utils.py", ""),
        (word_faults, "graph/x.py", '"""A node."""'),
    ],
)
def test_each_rule_can_fail(check: object, path: str, text: str) -> None:
    """A file that breaks a rule is found."""
    assert callable(check)
    assert check([source(path, text)])


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("Chosen", True), ("Parted", True), ("Studied", True), ("Kept", True), ("Hearing", True),
        ("Carried", True), ("Marking", False), ("Mappings", False), ("Feed", False),
        ("Thing", False), ("Token", False), ("RunEnded", False), ("PruneRules", False),
    ],
)  # fmt: skip
def test_a_participle_is_known_from_a_noun(name: str, fault: bool) -> None:
    """A word in -ing is a noun where the glossary explains it; other participles never are."""
    file = source("graph/x.py", f"class {name}: ...")
    glossary = glossary_words("- **Marking**: who may see it.\n- **Mapping**, or **columns**: x.")
    assert bool(participle_faults([file], glossary)) is fault


def test_a_name_that_stands_twice_is_found() -> None:
    """Public classes only: a private one is its file's own."""
    files = [source(f"graph/{at}.py", "class Step: ...\nclass _Part: ...") for at in ("a", "b")]
    assert duplicate_faults(files) == ["Step is a class of graph/a.py, graph/b.py"]


def test_the_other_rules_can_fail() -> None:
    """Long files, strange tests, untested files and copyleft are found."""
    assert size_faults({"a.py": "\n" * 400})
    assert untested_sources(["graph/x.py"], [], {})
    assert stray_tests(["graph/test_y.py"], ["graph/x.py"], {})
    assert lock_faults("a==1 \\\n    --hash=sha256:0", ["A>=1"]) == []
    for lock in ("a==1", "a==1 --hash=sha256:0", "-i x\na==2 --hash=sha256:0", ""):
        assert lock_faults(lock, ["a>=2"])
    assert licence_faults([Licensed("x", "GPL-3.0-only", ())])
