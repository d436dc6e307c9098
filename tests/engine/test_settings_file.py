"""The settings file: read with its lines, changed with its remarks."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clew.engine.settings_file import (
    NAME,
    TEXT_BYTES_MAX,
    change_settings_file,
    declared_setting,
    read_settings_file,
)
from clew.errors import InvalidValue, UnknownName

TEXT = """\
# who: the desk
contact_limit = 1  # own servers only

[network]
proxy = "http://proxy.example.org:3128"
prxy = "x"
[lists]
sinkhole = [
  "/a",  # ours
  "/b",
]
[providers.defender-ti]
own_ranges = ["10.0.0.0/8"]
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file with remarks, a list over lines, and a slip."""
    path = tmp_path / NAME
    path.write_text(TEXT, "utf-8")
    return path


def test_each_value_has_its_line(path: Path) -> None:
    """Lists over several lines are where they begin; what is no setting is told with its line."""
    found = read_settings_file(path)
    assert {name: (one.texts, one.line) for name, one in found.values.items()} == {
        "contact_limit": (("1",), 2),
        "network.proxy": (("http://proxy.example.org:3128",), 5),
        "lists.sinkhole": (("/a", "/b"), 8),
        "providers.defender-ti.own_ranges": (("10.0.0.0/8",), 13),
    }
    assert found.problems == (
        "settings.toml, line 6: There is no setting named 'network.prxy'. "
        "Did you mean network.proxy?",
    )
    assert found.fault == ""


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"[network\n", "line 1"),
        (b"a = 1\na = 2\n", "line 2"),
        (b"contact_limit = \n", "line 1, column 17"),
        (b"# \xff\n", "no UTF-8"),
        (b"#" * (TEXT_BYTES_MAX + 1), "longer than"),
        (b"\n" * 3_000, "longer than"),
        (b"a = " + b"[" * 5_000, "not understood"),
    ],
)
def test_what_is_no_file_of_settings_sets_nothing(path: Path, data: bytes, says: str) -> None:
    """It is told where, and nothing of it is guessed or changed."""
    path.write_bytes(data)
    found = read_settings_file(path)
    assert says in found.fault
    assert not found.values
    with pytest.raises(InvalidValue, match="Correct it first"):
        change_settings_file(path, "contact_limit", ("2",))
    assert path.read_bytes() == data


def test_a_file_that_is_not_there_sets_nothing(tmp_path: Path) -> None:
    """A folder in its place can't be read, and that is said."""
    assert read_settings_file(tmp_path / NAME).fault == ""
    assert "can't be read" in read_settings_file(tmp_path).fault


def test_a_change_keeps_what_people_wrote(path: Path) -> None:
    """Remarks, order and other settings stay; the file is its owner's alone."""
    change_settings_file(path, "network.connect_s", ("12",))
    change_settings_file(path, "contact_limit", ("2",))
    change_settings_file(path, "providers.domaintools.credits_per_day", ("2.5",))
    change_settings_file(path, "keyring", ("no",))
    text = path.read_text("utf-8")
    for kept in ("# who: the desk", "# own servers only", "# ours", 'prxy = "x"'):
        assert kept in text
    values = read_settings_file(path).values
    assert values["network.connect_s"].texts == ("12",)
    assert values["contact_limit"].texts == ("2",)
    assert values["providers.domaintools.credits_per_day"].texts == ("2.5",)
    assert values["keyring"].texts == ("no",)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [one.name for one in path.parent.iterdir()] == [NAME]


def test_what_is_taken_out_is_gone(path: Path) -> None:
    """Of what is not there too, and without leaving anything."""
    change_settings_file(path, "network.proxy", None)
    change_settings_file(path, "providers.domaintools.proxy", None)
    text = path.read_text("utf-8")
    assert "network.proxy" not in read_settings_file(path).values
    assert "domaintools" not in text


@given(st.dictionaries(st.sampled_from(["network.proxy", "contact_limit", "lists.parked",
                                        "providers.threatgrid.url", "keyring"]),
                       st.sampled_from(["1", "a b", 'x"y', "no", "# z"]), max_size=5))  # fmt: skip
def test_what_is_set_is_read(
    tmp_path_factory: pytest.TempPathFactory, wanted: dict[str, str]
) -> None:
    """In any order, whatever it holds."""
    path = tmp_path_factory.mktemp("set") / "new" / NAME
    for name, text in wanted.items():
        if name not in ("contact_limit", "keyring"):
            change_settings_file(path, name, (text,))
    values = read_settings_file(path).values
    assert {name: one.texts for name, one in values.items()} == {
        name: (text,) for name, text in wanted.items() if name not in ("contact_limit", "keyring")
    }


def test_a_table_in_the_way_is_told(path: Path) -> None:
    """A value where a table belongs is not written over."""
    path.write_text("network = 3\n", "utf-8")
    with pytest.raises(InvalidValue, match="network is no table"):
        change_settings_file(path, "network.proxy", ("none",))


@pytest.mark.parametrize("name", ["", "proxy", "providers", "providers.x", "providers.x.prxy",
                                  "providers.x.keys.a", "network"])  # fmt: skip
def test_a_name_that_is_none_is_refused(name: str) -> None:
    """With those that are near."""
    with pytest.raises(UnknownName):
        declared_setting(name)
