"""Routes that read the open investigation: its kinds, numbers, notes, history and replies."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Literal

from fastapi import APIRouter

from clew.errors import UnknownName
from clew.graph.markings import decided_ceiling, investigation_marking
from clew.questions.entities import ids_of
from clew.schema.catalogue_data import catalogue_data
from clew.schema.refang import defang
from clew.service.case_home import CaseHome
from clew.service.case_views import (
    CatalogueView,
    HistoryStep,
    MergedEntities,
    NoteView,
    ReplyText,
)
from clew.service.shapes import CaseInfo, CeilingTerms, GraphInfo
from clew.store.replies import REPLY_BYTES_MAX
from clew.workbench import Workbench

REPLY_SHOWN_BYTES_MAX = 1_000_000


def case_routes(home: CaseHome) -> APIRouter:
    """The reading routes of a case home."""
    routes = APIRouter()

    @routes.get("/catalogue")
    async def catalogue() -> CatalogueView:
        """All kinds of entities, links and states."""
        return CatalogueView.model_validate(catalogue_data(home.library.kinds))

    @routes.get("/case")
    async def case() -> CaseInfo:
        """The investigation as it stands."""
        return case_info(home)

    @routes.get("/graph/hidden")
    async def hidden(graph: str) -> list[str]:
        """Ids of the entities of a graph that are hidden by hand."""
        home.view(graph)
        state = home.bench.state
        membership = state.decisions.graphs[graph]
        flags = membership.entity_flags(len(state.entities))
        return ids_of(state, [row for row in sorted(membership.hidden) if flags[row]])

    @routes.get("/graph/joined")
    async def merged(graph: str) -> list[MergedEntities]:
        """What was merged: for each entity that stands for others those others."""
        state, view = home.bench.state, home.view(graph)
        groups: dict[int, list[int]] = {}
        for other in state.decisions.merged:
            into = state.decisions.merged_into(other)
            if view.entity_places[into] >= 0:
                groups.setdefault(into, []).append(other)
        return [
            MergedEntities(
                id=ids_of(state, [into])[0], value=defang(view.entity(into).value),
                type=view.entity(into).type, others=ids_of(state, others),
                values=[defang(view.entity(other).value) for other in others],
            )
            for into, others in groups.items()
        ]  # fmt: skip

    @routes.get("/notes")
    async def notes() -> list[NoteView]:
        """All notes, oldest first; an empty value is a note of the investigation."""
        view = home.bench.view()
        found = []
        for note in view.state.decisions.notes:
            about = view.entity(note.entity) if note.entity >= 0 else None
            found.append(
                NoteView(
                    at=note.at, actor=note.actor, text=note.text,
                    entity=ids_of(view.state, [note.entity])[0] if about else "",
                    value=defang(about.value) if about else "",
                    type=about.type if about else "",
                )
            )  # fmt: skip
        return found

    @routes.get("/history")
    async def history() -> list[HistoryStep]:
        """All that was done, oldest first."""
        return [
            HistoryStep(
                seq=step.seq, at=f"{datetime.fromtimestamp(step.at / 1e6, UTC):%F %T}",
                actor=step.actor, label=step.label, kind=step.kind, counts=step.counts,
                reverts=list(step.targets),
            )
            for step in home.bench.state.history.entries()
        ]  # fmt: skip

    @routes.get("/replies/{digest}")
    async def reply(digest: str) -> ReplyText:
        """A raw reply as text; a long one is cut and says so."""
        found = home.bench.case.store.reply(digest)
        if found is None:
            raise UnknownName("reply", digest)
        text = found.body[:REPLY_SHOWN_BYTES_MAX].decode("utf-8", "replace")
        return ReplyText(
            digest=digest, media_type=found.media_type, bytes=len(found.body),
            shown=min(len(found.body), REPLY_SHOWN_BYTES_MAX, REPLY_BYTES_MAX), text=text,
        )  # fmt: skip

    return routes


def case_info(home: CaseHome) -> CaseInfo:
    """The investigation in numbers."""
    bench = home.bench
    state, history = bench.state, bench.state.history
    undo, redo = history.undo(), history.redo()
    window, time_window = bench.window(), state.decisions.time_window
    graphs = []
    for name, membership in state.decisions.graphs.items():
        view = home.view(name)
        flags = membership.entity_flags(len(state.entities))
        hidden = sum(bool(flags[row]) for row in membership.hidden)
        graphs.append(
            GraphInfo(name=name, entities=len(view.entities), links=len(view.links), hidden=hidden)
        )
    return CaseInfo(
        title=bench.title,
        file=str(bench.case.store.path.name),
        seq=state.seq,
        graphs=graphs,
        window=time_window.window,
        window_first=f"{window.start:%F}" if window else "",
        window_last=f"{window.end:%F}" if window else "",
        undated=_undated(time_window.undated),
        tlp=int(investigation_marking(state).tlp),
        default_tlp=int(bench.default_marking.tlp),
        ceiling=int(bench.ceiling().tlp),
        terms=_terms(bench),
        contact_limit=int(bench.settings.contact_limit),
        undo=history.label(undo[-1]) if undo else "",
        redo=history.label(history.targets(redo[0])[-1]) if redo else "",
        providers=home.providers.all(),
        notice=home.notice,
    )


def _terms(bench: Workbench) -> CeilingTerms:
    decided, settings = bench.state.decisions.sharing, bench.settings
    return CeilingTerms(
        ceiling=int(decided_ceiling(decided)), default_tlp=decided.default_tlp,
        default_pap=decided.default_pap, settings_ceiling=int(settings.certain_ceiling_tlp),
        settings_default_tlp=int(settings.default_marking.tlp),
        settings_default_pap=int(settings.default_marking.pap),
    )  # fmt: skip


def _undated(policy: str) -> Literal["keep", "drop", "with-ends"]:
    """What the log says of links that no date places; an unknown word hides nothing."""
    return "drop" if policy == "drop" else "with-ends" if policy == "with-ends" else "keep"
