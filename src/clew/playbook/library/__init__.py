"""The playbooks that come with Clew."""

from dataclasses import replace
from importlib.resources import files
from pathlib import Path

from clew.errors import UnknownName
from clew.playbook.format import Playbook, read_playbook

__all__ = ["load_playbook", "shipped_playbooks"]


def shipped_playbooks() -> tuple[str, ...]:
    """Their names."""
    found = files("clew.playbook.library").iterdir()
    return tuple(
        sorted(one.name.removesuffix(".yaml") for one in found if one.name.endswith(".yaml"))
    )


def load_playbook(name: str, *, folder: Path | None = None) -> Playbook:
    """The playbook of a file, in *folder* or as a path, or the shipped one of that name."""
    for path in (*([folder / name, folder / f"{name}.yaml"] if folder else []), Path(name)):
        if path.suffix in (".yaml", ".yml") and path.is_file():
            return read_playbook(path.read_text("utf-8"), name=path.name)
    if name not in shipped_playbooks():
        raise UnknownName("playbook", name, known=shipped_playbooks())
    text = files("clew.playbook.library").joinpath(f"{name}.yaml").read_text("utf-8")
    return replace(read_playbook(text, name=name), shipped=True)
