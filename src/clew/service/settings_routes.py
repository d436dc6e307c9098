"""Routes of the settings: all with their sources, and the change of one."""

from __future__ import annotations

import asyncio
from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, Field

from clew.engine.setting import OF_PROVIDER
from clew.engine.setting_list import (
    SettingRow,
    change_setting,
    declared_row,
    file_problems,
    setting_rows,
)
from clew.engine.setting_sources import SettingSources
from clew.engine.settings import home as user_folder
from clew.service.case_home import CaseHome
from clew.service.shapes import Acknowledgement, Name, RequestBody


class SettingsInfo(BaseModel):
    """All settings."""

    file: str
    settings: list[SettingRow]
    """Those of all, and of each provider those that are set."""
    of_provider: list[SettingRow]
    """What can be set for any provider."""
    providers: list[str]
    """Names of those that can be asked."""
    problems: list[str]
    """What of the file is not understood."""


class SettingRequest(RequestBody):
    """A setting and its value; none takes it out of the file."""

    name: Name
    value: Annotated[str, Field(min_length=1, max_length=10_000)] | None


def settings_routes(home: CaseHome) -> APIRouter:
    """The settings routes of a case home."""
    routes = APIRouter()
    library = home.library

    def sources() -> SettingSources:
        environment = library.environment
        return SettingSources.of_environment(environment, user_folder(environment))

    def info() -> SettingsInfo:
        found, providers = sources(), library.registry.providers
        return SettingsInfo(
            file=str(found.file.path),
            settings=setting_rows(found, providers),
            of_provider=[declared_row(one) for one in OF_PROVIDER],
            providers=sorted(name for name, one in providers.items() if one.contact),
            problems=file_problems(found),
        )

    @routes.get("/settings")
    async def settings_listed() -> SettingsInfo:
        """All settings, what holds, and where each value comes from."""
        return await asyncio.to_thread(info)

    @routes.put("/settings")
    async def change_settings(asked: SettingRequest) -> Acknowledgement:
        """Set one in the settings file, or take it out; what is asked from now on goes by it."""
        label = await asyncio.to_thread(
            change_setting, sources(), asked.name, asked.value, library.registry.providers
        )
        home.settings_changed()
        return Acknowledgement(seq=home.seq, label=label)

    return routes
