"""The user's own kinds beside the built-in ones, and what is wrong with their files."""

from __future__ import annotations

from pathlib import Path

from clew.engine.user_kinds import user_kinds
from clew.schema.registry import catalogue

GOOD = 'entity_types:\n  - name: badge\n    label: Badge\n    pattern: "B-[0-9]{4}"\n'


def test_kinds_come_from_all_files_of_the_folder(tmp_path: Path) -> None:
    """A good file adds its types; a bad one is told with its place and costs nothing else."""
    assert user_kinds({"CLEW_HOME": str(tmp_path)}) == (catalogue(), [])
    (tmp_path / "types").mkdir()
    (tmp_path / "types" / "a.yaml").write_text("entity_types:\n- {name: x}")
    (tmp_path / "types" / "b.yaml").write_text(GOOD)
    (tmp_path / "types" / "c.yml").write_text(GOOD.replace("badge", "pass"))
    kinds, problems = user_kinds({"CLEW_HOME": str(tmp_path)})
    assert kinds.entity_type("badge").value("B-1234") == "B-1234"
    assert kinds.entity_type("pass").value("B-1234") == "B-1234"
    (problem,) = problems
    assert problem.startswith("a.yaml, line 2: ")


def test_a_file_that_can_t_be_read_costs_nothing_else(tmp_path: Path) -> None:
    """Bytes that are no text, and a folder of such a name, are told; the other files count."""
    (tmp_path / "types" / "folder.yaml").mkdir(parents=True)
    (tmp_path / "types" / "a.yaml").write_bytes(b"\xff\xfe entity_types")
    (tmp_path / "types" / "z.yaml").write_text(GOOD)
    kinds, problems = user_kinds({"CLEW_HOME": str(tmp_path)})
    assert "badge" in kinds.entity_types
    assert [one.partition(" can't be read: ")[0] for one in problems] == ["a.yaml", "folder.yaml"]
