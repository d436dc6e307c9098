"""What deep runs found is kept as they found it, and told in sums."""

from __future__ import annotations

from pathlib import Path

import pytest

from deep_runs import FIGURES, lines, note, runs


def test_runs_are_summed_and_the_last_of_a_name_counts(tmp_path: Path) -> None:
    """Two seeds add up; a seed that was run again counts once; a kind without runs says so."""
    file = tmp_path / "runs.toml"
    for seed, kills in ((2, 50), (1, 200), (2, 100)):
        figures = {"kills": kills, "acknowledged": 1_000, "lost": 0, "half_applied": seed - 1}
        note("kills", f"seed {seed}", figures, file=file)
    told = "\n".join(lines(runs(file)))
    assert "seed 1, seed 2 | 300 kills, 2,000 acknowledged changes, 0 lost, 1 half applied" in told
    assert "| none | not tested | |" in told


def test_no_figure_is_left_out(tmp_path: Path) -> None:
    """A run gives all figures of its kind, and no others."""
    for kind in FIGURES:
        with pytest.raises(AssertionError):
            note(kind, "x", {"kills": 1}, file=tmp_path / "runs.toml")
    assert runs(tmp_path / "runs.toml") == {}
