"""Routes of Maltego transforms: what is declared and offered, enabling, plans and runs."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from fastapi import APIRouter

from clew.engine.budget import Budget, Meter
from clew.engine.client import Client
from clew.engine.maltego.declarations import (
    Declaration,
    Declarations,
    ServerDeclaration,
    check,
    declarations_path,
    load_declarations,
    save_declarations,
)
from clew.engine.maltego.discover import discover
from clew.engine.maltego.offers import offers_of
from clew.engine.maltego.question import LIMIT, parameter_name
from clew.engine.maltego.registry import transform_id
from clew.engine.maltego.server_client import key_of, route_of
from clew.engine.maltego.targets import target_of
from clew.engine.plan import Plan
from clew.errors import InvalidValue, Refusal, UnknownName
from clew.interop.gzip_file import gunzip
from clew.interop.maltego.configuration import Configuration
from clew.interop.maltego.mtz import read_mtz
from clew.model.marking import TLP
from clew.questions.entities import rows_named
from clew.service.case_home import CaseHome
from clew.service.maltego_fits import LOOKED_AT_MAX, fits_view
from clew.service.maltego_forms import ListeningClient, forms_of, load_forms, offered_at, save_forms
from clew.service.maltego_shapes import (
    MaltegoDiscoveryView,
    MaltegoEnableRequest,
    MaltegoFileRequest,
    MaltegoFits,
    MaltegoInfo,
    MaltegoNameRequest,
    MaltegoOffer,
    MaltegoOffers,
    MaltegoPlanView,
    MaltegoRunRequest,
    MaltegoTakeRequest,
)
from clew.service.maltego_views import declaration_view, form_of, plan_view, secrets_of, shown_of
from clew.service.shapes import Acknowledgement, EntitySelection
from clew.transform.provider import Contact

OFFERS_SHOWN_MAX = 1_000
PROBLEMS_SHOWN_MAX = 200


def maltego_routes(home: CaseHome) -> APIRouter:
    """The Maltego routes of a case home."""
    routes = APIRouter()
    environment = home.library.environment

    @routes.get("/maltego")
    async def maltego_listed() -> MaltegoInfo:
        """What is declared: command lines, addresses, and what they offer."""
        forms, settings = load_forms(environment), home.library.settings
        return MaltegoInfo(
            contact_limit=int(settings.contact_limit),
            declared=[
                declaration_view(
                    one,
                    forms,
                    key=isinstance(one, ServerDeclaration) and bool(key_of(settings, one)),
                )
                for one in _declared(home).all().values()
            ],
        )

    @routes.post("/maltego/offer")
    async def maltego_offer(asked: MaltegoFileRequest) -> MaltegoOffers:
        """What a configuration would have run and asked; nothing is declared, enabled or run."""
        upload = home.uploads.get(asked.token)
        configuration = await asyncio.to_thread(_configuration, upload.data)
        known = _declared(home).all()
        offers = [*offers_of(configuration, Contact.TARGET).values()]
        return MaltegoOffers(
            file=upload.name,
            offers=[
                MaltegoOffer(
                    **dict(declaration_view(one, {})), note=note, taken=one.name in known,
                    usable=_usable(one),
                )
                for one, note in offers[:OFFERS_SHOWN_MAX]
            ],
            left=max(0, len(offers) - OFFERS_SHOWN_MAX),
            problems=[
                ": ".join(filter(None, (one.where, one.text, one.reason)))
                for one in configuration.problems[:PROBLEMS_SHOWN_MAX]
            ],
        )  # fmt: skip

    @routes.post("/maltego/take")
    async def maltego_take(asked: MaltegoTakeRequest) -> Acknowledgement:
        """Declare offers of a configuration; each stays disabled."""
        upload = home.uploads.get(asked.token)
        configuration = await asyncio.to_thread(_configuration, upload.data)
        offers = offers_of(configuration, Contact(asked.contact))
        declared, forms = _declared(home), load_forms(environment)
        for name in dict.fromkeys(asked.names):
            if name not in offers:
                raise UnknownName("offer", name, known=tuple(offers))
            one, _ = offers[name]
            declared = declared.with_one(_on_terms(one, asked.contact, asked.tlp))
            if isinstance(one, ServerDeclaration):
                forms[name] = forms_of(one, offered_at(configuration, one.url), secrets_of)
        _save(home, declared)
        save_forms(environment, forms)
        return Acknowledgement(seq=home.seq, label=f"{len(asked.names)} declared, disabled")

    @routes.post("/maltego/enable")
    async def maltego_enable(asked: MaltegoEnableRequest) -> Acknowledgement:
        """Let one be asked, on the terms and with the command or address that a person saw."""
        declared = _declared(home)
        one = declared.named(asked.name)
        if shown_of(one) != asked.shown:
            raise InvalidValue(
                "declaration", asked.name, "it is not what was shown any more",
                helps="Look at its command or address again.",
            )  # fmt: skip
        made = replace(_on_terms(one, asked.contact, asked.tlp), enabled=True)
        _save(home, declared.changed(asked.name, made))
        return Acknowledgement(seq=home.seq, label=f"{asked.name} is enabled")

    @routes.post("/maltego/disable")
    async def maltego_disable(asked: MaltegoNameRequest) -> Acknowledgement:
        """Keep one, and let it not be asked."""
        _save(home, _declared(home).switched(asked.name, enabled=False))
        return Acknowledgement(seq=home.seq, label=f"{asked.name} is disabled")

    @routes.post("/maltego/remove")
    async def maltego_remove(asked: MaltegoNameRequest) -> Acknowledgement:
        """Forget one."""
        _save(home, _declared(home).without(asked.name))
        forms = load_forms(environment)
        if forms.pop(asked.name, None) is not None:
            save_forms(environment, forms)
        return Acknowledgement(seq=home.seq, label=f"{asked.name} is no longer declared")

    @routes.post("/maltego/discover")
    async def maltego_discover(asked: MaltegoNameRequest) -> MaltegoDiscoveryView:
        """Ask an enabled server what it offers, and keep that."""
        settings, server = home.library.settings, _server(home, asked.name)
        if not server.enabled:
            raise Refusal(f"{asked.name} is not enabled.", helps="Enable it first.")
        async with Client(settings.bounds(), contact_limit=settings.contact_limit) as client:
            route = route_of(settings, server)
            hearing = ListeningClient(client, server, route, key_of(settings, server))
            found = await discover(hearing)
        # It may have been changed, or removed, while it was asked.
        now = replace(_server(home, asked.name), offers=tuple(found.known))
        _save(home, _declared(home).changed(asked.name, now))
        forms = load_forms(environment)
        forms[asked.name] = forms_of(now, hearing.offered, secrets_of)
        save_forms(environment, forms)
        return MaltegoDiscoveryView(
            known=len(found.known), problems=found.problems[:PROBLEMS_SHOWN_MAX]
        )

    @routes.post("/maltego/fitting")
    async def maltego_fit(asked: EntitySelection) -> MaltegoFits:
        """The enabled transforms that take some of the chosen entities."""
        view = home.view(asked.graph)
        rows = rows_named(home.bench.state, home.bench.catalogue, asked.entities).tolist()
        entities = [view.entity(row) for row in rows[:LOOKED_AT_MAX]]
        return fits_view(_declared(home), entities, load_forms(environment), home.bench.catalogue)

    @routes.post("/maltego/plan")
    async def maltego_plan(asked: MaltegoRunRequest) -> MaltegoPlanView:
        """What asking would do; nothing has left yet."""
        made = _plan(home, asked)
        target = target_of(_declared(home), made.transform.id)
        return plan_view(
            made, target, load_forms(environment), home.bench.catalogue,
            contact_limit=home.bench.settings.contact_limit,
        )  # fmt: skip

    @routes.post("/maltego/run")
    async def maltego_run(asked: MaltegoRunRequest) -> Acknowledgement:
        """Ask; it goes on when the page is closed, and one undo takes all of it back."""
        bench, made = home.bench, _plan(home, asked)
        bench.settings.config_of(made.transform.provider)
        if not made.lookups:
            raise InvalidValue(
                "entities", "", "none of them is asked about", helps="Its plan tells why."
            )
        target = target_of(_declared(home), made.transform.id)
        for one in form_of(target, load_forms(environment)):
            if one.required and not made.settings.get(parameter_name(one.name)):
                raise InvalidValue("setting", one.name, "it is required and has no value")
        meter = Meter(Budget(None, 0.0))
        begun = bench.start(made, graph=asked.graph, meter=meter)
        home.begin(begun, meter)
        return Acknowledgement(seq=bench.state.seq, label=begun.id)

    return routes


def _declared(home: CaseHome) -> Declarations:
    return load_declarations(declarations_path(home.library.environment))


def _save(home: CaseHome, declared: Declarations) -> None:
    save_declarations(declarations_path(home.library.environment), declared)


def _server(home: CaseHome, name: str) -> ServerDeclaration:
    declared = _declared(home)
    found = declared.named(name)
    if not isinstance(found, ServerDeclaration):
        known = tuple(one.name for one in declared.servers)
        raise UnknownName("Maltego server", name, known=known)
    return found


def _configuration(data: bytes) -> Configuration:
    return read_mtz(gunzip(data))


def _on_terms(one: Declaration, contact: int, tlp: int) -> Declaration:
    """The same, at the contact class and up to the marking that a person chose."""
    return replace(one, contact=Contact(contact), ceiling=replace(one.ceiling, tlp=TLP(tlp)))


def _usable(one: Declaration) -> bool:
    try:
        check(one)
    except InvalidValue:
        return False
    return True


def _plan(home: CaseHome, asked: MaltegoRunRequest) -> Plan:
    bench = home.bench
    home.view(asked.graph)
    rows = rows_named(bench.state, bench.catalogue, asked.entities)
    id_ = transform_id(_declared(home), asked.target)
    filled = {
        parameter_name(name): value.get_secret_value() for name, value in asked.settings.items()
    }
    settings = {name: value for name, value in filled.items() if value}
    return bench.plan(id_, rows, {**settings, LIMIT: asked.limit})
