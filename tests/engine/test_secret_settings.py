"""Settings that are keys: kept in memory, or found by name where keys are, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from clew.engine.secret_settings import key_name, keys_of_run, values_of
from clew.engine.secrets import Secrets
from clew.errors import KeyMissing
from clew.transform.provider import Provider
from engine.sources import KEY, Source, source_of

VENDOR = Provider("vendor", "Vendor", "For tests.")
WRITTEN = '{"global#x.Key":"…","language":"de"}'


def secrets(folder: Path, **environment: str) -> Secrets:
    return Secrets(environment, folder / "keys", keyring=False)


def test_values_are_those_given_or_those_kept(tmp_path: Path) -> None:
    """The process that began a run knows them; another finds them by their names as keys."""
    given = keys_of_run(WRITTEN, {"global#x.Key": "k"}, VENDOR, secrets(tmp_path))
    assert values_of(given, ()) == {"global#x.Key": "k"}
    kept = keys_of_run(WRITTEN, {}, VENDOR, secrets(tmp_path, CLEW_VENDOR_GLOBAL_X_KEY="e"))
    assert values_of(kept, ()) == {"global#x.Key": "e"}
    with pytest.raises(KeyMissing, match="CLEW_VENDOR_GLOBAL_X_KEY"):
        keys_of_run(WRITTEN, {}, VENDOR, secrets(tmp_path))
    assert keys_of_run("", {}, VENDOR, secrets(tmp_path)) == {}


def test_a_provider_s_own_keys_hold_settings_too() -> None:
    """Of a provider's keys those are settings that are kept under a setting's name."""
    assert key_name("global#x.Key") == "global-x-key"
    keys = {"key": "a", "global-x-key": "b"}
    assert values_of(keys, ["global#x.Key", "other"]) == {"global#x.Key": "b"}


@pytest.fixture
def source(tmp_path: Path):  # type: ignore[no-untyped-def]
    with source_of("trx", tmp_path) as found:
        yield found


def test_a_run_of_another_process_needs_its_keys(source: Source) -> None:
    """Without them it stays queued and nobody is asked; with them it goes on."""
    with source.bench() as bench:
        started = bench.start(source.plan(bench), graph="main")
        assert KEY not in started.settings
    missing = {"CLEW_MALTEGO_PHRASES_TOKEN": ""}
    with source.bench(settings=missing) as bench, pytest.raises(KeyMissing, match="token"):
        bench.work(started)
    assert source.heard() == 0
    with source.bench() as bench:
        assert bench.work(started).done == 3
