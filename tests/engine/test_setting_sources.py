"""Where each setting comes from, and that nothing faulty is guessed."""

from __future__ import annotations

from pathlib import Path

import pytest

from clew.engine.setting import COMMON, OF_PROVIDER, SettingDeclaration, SettingKind
from clew.engine.setting_sources import SettingSources, texts_of
from clew.engine.settings_file import NAME, change_settings_file
from clew.errors import InvalidValue

pytestmark = pytest.mark.assurance("network")


def sources(folder: Path, **environment: str) -> SettingSources:
    return SettingSources.of_environment({"CLEW_HOME": str(folder), **environment}, folder)


def names() -> list[tuple[str, SettingDeclaration, str]]:
    """Whole names with their variables."""
    common = [(one.name, one, one.variable) for one in COMMON]
    variable = "CLEW_DEFENDER_TI_{}".format
    own = [
        (f"providers.defender-ti.{one.name}", one, variable(one.variable.upper()))
        for one in OF_PROVIDER
    ]
    return [*common, *own]


@pytest.mark.parametrize(("name", "declared", "variable"), names())
def test_the_environment_goes_before_the_file_and_that_before_the_default(
    name: str, declared: SettingDeclaration, variable: str, tmp_path: Path
) -> None:
    """Each is told with its place."""
    default = () if declared.default[:1] in ("", "(") else (declared.default,)
    found = sources(tmp_path).find(name)
    assert (found.texts, found.source, found.place) == (default, "default", "")
    change_settings_file(tmp_path / NAME, name, (declared.example,))
    found = sources(tmp_path).find(name)
    assert (found.texts, found.source) == ((declared.example,), "file")
    assert found.place.startswith("settings.toml, line ")
    found = sources(tmp_path, **{variable: "else"}).find(name)
    assert (found.texts, found.source, found.place) == (("else",), "environment", variable)


@pytest.mark.parametrize(("name", "declared", "variable"), names())
def test_what_is_faulty_is_refused_with_its_place(
    name: str, declared: SettingDeclaration, variable: str, tmp_path: Path
) -> None:
    """In the file and in the environment; a value of another type too."""
    table, _, key = name.rpartition(".")
    head = f"[{table}]\n" if table else ""
    for wrong in ("{a = 1}", "1979-05-27") if declared.kind.numeric else ("1979-05-27", "-3"):
        (tmp_path / NAME).write_text(f"{head}{key} = {wrong}\n")
        with pytest.raises(InvalidValue, match=r"settings\.toml, line"):
            sources(tmp_path).value(name)
    with pytest.raises(InvalidValue, match=variable):
        sources(tmp_path, **{variable: "¿"}).value(name)


def test_of_a_file_that_is_not_understood_no_default_is_taken(tmp_path: Path) -> None:
    """What it would have set is not known, so nothing goes on without; a variable does."""
    (tmp_path / NAME).write_text("[network\n")
    with pytest.raises(InvalidValue, match="line 1"):
        sources(tmp_path).value("network.proxy")
    assert sources(tmp_path, CLEW_PROXY="none").value("network.proxy").text == "none"


def test_without_a_folder_of_the_user_there_is_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file below the folder that one happens to be in sets nothing."""
    (tmp_path / NAME).write_text("contact_limit = 4\n")
    found = SettingSources.of_environment({}, tmp_path).find("contact_limit")
    assert found.source == "default"


def test_all_are_told_and_of_providers_what_is_set(tmp_path: Path) -> None:
    """A provider that is only in the file is there too."""
    change_settings_file(tmp_path / NAME, "providers.other.proxy", ("none",))
    made = sources(tmp_path, CLEW_THREATGRID_CEILING="TLP:RED")
    told = [one.name for one in made.all(("threatgrid", "domaintools"))]
    assert told == [*(one.name for one in COMMON), "providers.threatgrid.ceiling",
                    "providers.other.proxy"]  # fmt: skip


def test_a_list_is_written_with_commas() -> None:
    """Other values hold them."""
    ranges = next(one for one in OF_PROVIDER if one.kind is SettingKind.RANGES)
    assert texts_of(ranges, " a, b ,,") == ("a", "b")
    assert texts_of(COMMON[0], " a, b ") == ("a, b",)
