"""Registry keys."""

import pytest

from clew.errors import InvalidValue
from clew.schema.types import RegistryKey
from clew.schema.value import Value


@pytest.mark.parametrize(
    ("kind", "written", "canonical"),
    [
        (RegistryKey, r"hklm\Software\\A", r"HKEY_LOCAL_MACHINE\Software\A"),
        (RegistryKey, r"HKCU:\Software", r"HKEY_CURRENT_USER\Software"),
        (RegistryKey, r"Computer\HKEY_USERS\X", r"HKEY_USERS\X"),
        (RegistryKey, r"\REGISTRY\MACHINE\SOFTWARE", r"HKEY_LOCAL_MACHINE\SOFTWARE"),
    ],
)
def test_equal_things_have_one_form(kind: type[Value], written: str, canonical: str) -> None:
    """Ways to write one thing are one value with one id."""
    assert kind(written) == canonical
    assert kind(written).id == kind(canonical).id


@pytest.mark.parametrize(
    ("kind", "written", "reason"),
    [
        (RegistryKey, "Software", "neither"),
        (RegistryKey, r"\REGISTRY\NOWHERE\A", "no root"),
    ],
)
def test_invalid_value_is_refused_with_its_reason(
    kind: type[Value], written: str, reason: str
) -> None:
    """The error says which rule is broken."""
    with pytest.raises(InvalidValue) as caught:
        kind(written)
    assert reason in caught.value.reason
