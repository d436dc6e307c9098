"""What each setting can hold."""

from __future__ import annotations

from pathlib import Path

import pytest
import trustme

from clew.engine.setting import COMMON, OF_PROVIDER, SettingDeclaration, SettingKind, check_setting
from clew.errors import InvalidValue
from engine.proxies import bundle

GOOD: dict[SettingKind, tuple[str, ...]] = {
    SettingKind.URL: ("https://tip.example.org/api", "http://127.0.0.1:1"),
    SettingKind.PROXY: ("none", "socks5://p.example.org:1080"),
    SettingKind.RANGES: ("10.0.0.0/8",),
    SettingKind.MARKING: ("TLP:AMBER", "TLP:AMBER+STRICT"),
    SettingKind.CONTACT: ("0", "4"),
    SettingKind.COUNT: ("0", "1000"),
    SettingKind.AMOUNT: ("0", "2.5"),
    SettingKind.SECONDS: ("1", "3600", "2.5"),
    SettingKind.FLAG: ("yes", "no"),
}
BAD: dict[SettingKind, tuple[str, ...]] = {
    SettingKind.URL: ("tip.example.org", "file:///etc", "https://a b"),
    SettingKind.PROXY: ("proxy.example.org", "['none']"),
    SettingKind.RANGES: ("10.0.0.1/8", "tip.example.org", "0.0.0.0/0"),
    SettingKind.MARKING: ("secret", "TLP:PURPLE", "['TLP:RED']"),
    SettingKind.CONTACT: ("", "5", "-1", "two"),
    SettingKind.COUNT: ("-1", "1.5", "x", "9" * 13, "²"),
    SettingKind.AMOUNT: ("-1", "1.5.1", "nan", "inf"),
    SettingKind.SECONDS: ("0", "3601", "1e3"),
    SettingKind.FLAG: ("true", "", "YES"),
}


def of(kind: SettingKind) -> SettingDeclaration:
    return next(one for one in (*COMMON, *OF_PROVIDER) if one.kind is kind)


@pytest.mark.parametrize("kind", SettingKind)
def test_a_kind_takes_what_it_is_for(kind: SettingKind, tmp_path: Path) -> None:
    """Each kind has values that pass and values that do not."""
    good, bad = GOOD.get(kind, ()), BAD.get(kind, ())
    if kind in (SettingKind.FILE, SettingKind.FILES):
        good, bad = (bundle(trustme.CA(), tmp_path),), ("ca.pem", str(tmp_path / "none"))
    assert good
    assert bad
    for text in good:
        check_setting(of(kind), (text,))
    for text in bad:
        with pytest.raises(InvalidValue):
            check_setting(of(kind), (text,))


def test_a_list_is_bounded(tmp_path: Path) -> None:
    """Whatever it lists."""
    file = bundle(trustme.CA(), tmp_path)
    with pytest.raises(InvalidValue, match="more than"):
        check_setting(of(SettingKind.FILES), (file,) * 101)


def test_what_is_declared_can_hold_its_default() -> None:
    """A default in brackets depends on others; names and variables stand once."""
    for one in (*COMMON, *OF_PROVIDER):
        if one.default and not one.default.startswith("("):
            check_setting(one, (one.default,))
        assert one.example
        assert one.helps.endswith(".")
    for declared in (COMMON, OF_PROVIDER):
        assert len({one.name for one in declared}) == len(declared)
        assert len({one.variable for one in declared}) == len(declared)
