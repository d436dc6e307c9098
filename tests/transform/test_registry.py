"""The providers of the entry points; a plug-in that does not load is told of."""

from __future__ import annotations

from importlib import metadata

import pytest

from clew.errors import UnknownName
from clew.transform.registry import ENTRY_POINT_GROUP, load_registry


def test_what_is_installed_is_found_and_a_broken_plug_in_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Transforms in the modules of a package are found; a plug-in that raises costs only itself."""
    entries = [
        metadata.EntryPoint("local", "clew.providers.local", ENTRY_POINT_GROUP),
        metadata.EntryPoint("broken", "no_such_module_anywhere", ENTRY_POINT_GROUP),
    ]
    monkeypatch.setattr(metadata, "entry_points", lambda **_: entries)
    found = load_registry()
    assert set(found.providers) == {"local"}
    assert found.transform("local.url_to_host").provider is found.provider("local")
    (fault,) = found.faults
    assert fault.startswith("broken (no_such_module_anywhere): ")
    with pytest.raises(UnknownName, match="local"):
        found.provider("lokal")
    with pytest.raises(UnknownName):
        found.transform("local.nothing")
