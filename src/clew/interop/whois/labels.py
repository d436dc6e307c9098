"""The words of registries: which label stands for which field, role or part of a contact."""

from __future__ import annotations

import re
from enum import StrEnum


class WhoisField(StrEnum):
    """What a labelled value of an answer is; the values name the fields of WhoisFacts."""

    DOMAIN = "domain-name"
    NETBLOCK = "netblock"
    AUTONOMOUS_SYSTEM = "autonomous-system"
    NAME = "name"
    REGISTRAR = "registrar"
    AGENT = "agent"
    """Who sold it; the registrar where no registrar is named."""
    NAME_SERVERS = "name_servers"
    STATUSES = "statuses"
    STATE = "state"
    """A status, or a province: its value tells."""
    CREATED = "created"
    UPDATED = "updated"
    EXPIRES = "expires"


SUBJECTS = (WhoisField.DOMAIN, WhoisField.NETBLOCK, WhoisField.AUTONOMOUS_SYSTEM)
DATES = (WhoisField.CREATED, WhoisField.UPDATED, WhoisField.EXPIRES)

_LABELS: dict[WhoisField, str] = {
    WhoisField.DOMAIN: "domain|domain name|domainname|complete domain name|dominio"
    "|nombre de dominio"
    "|nom de domaine|nome de domínio|domínio|nome a dominio|domäne|доменное имя|домен|alan adı"
    "|ドメイン名|도메인이름|域名|query domain",
    WhoisField.NETBLOCK: "inetnum|inet6num|netrange|network range|ipv4 address block|cidr block",
    WhoisField.AUTONOMOUS_SYSTEM: "aut num|asnumber|as number|autonomous system number",
    WhoisField.NAME: "netname|as name|asname|network name",
    WhoisField.REGISTRAR: "registrar|registrar name|sponsoring registrar|domain registrar"
    "|registrar of record|current registar|current registrar|registered by|registrar company"
    "|registrar organization|registrador|entidad registradora|bureau d'enregistrement|registraire"
    "|регистратор|authorized agency|등록대행자|注册商|注册服务机构|kayıt firması|registrar nombre",
    WhoisField.AGENT: "registration service provider|reg name|agent",
    WhoisField.NAME_SERVERS: "name server|name servers|nameserver|nameservers|nserver|nservers|dns"
    "|dns server|dns servers|dns name|dns name server|domain servers|domain server|servers|ns"
    "|domain nameservers|domain name servers|domain servers in listed order|hostname|host name"
    "|name servers in the listed order|name servers in listed order|name servers information"
    "|name server information|current nameservers|nameserver information|primary server"
    "|secondary server|servidor dns|servidores dns|servidores de nombre|servidor de nombre"
    "|servidores de nomes|serveurs de noms|serveur de noms|serveur dns|nameserver(s)|nom serveur"
    "|ネームサーバ|호스트이름|域名服务器|dns服务器|серверы имён|dns sunucuları|primary name server"
    "|secondary name server|nserv|listado de servidores dns",
    WhoisField.STATUSES: "status|domain status|eppstatus|epp status|statut|estado|estatus|stato"
    "|situação"
    "|registration status|domain state|状態|域名状态|статус|domänenstatus|ren status",
    WhoisField.STATE: "state",
    WhoisField.CREATED: "created|created on|created date|create date|creation date|created at"
    "|registered|registered on|registered date|registration date|registration|record created"
    "|record created on|date registered|date created|domain created|domain create date|activated on"
    "|domain registration date|domain name commencement date|first registration date|entry created"
    "|assigned|creation|connected date|activated|regdate|commencement date|date of registration"
    "|fecha de creación|fecha de creacion|fecha de registro|fecha de alta|date de création|créé le"
    "|data de criação|data de registo|erstellt|registriert|登録年月日|등록일|注册时间|注册日期"
    "|дата регистрации|дата создания|kayıt tarihi|domain registered|oluşturma tarihi",
    WhoisField.UPDATED: "updated|updated on|updated date|update date|changed|modified|last update"
    "|last updated|last updated on|last updated date|last modified|last modified on|last changed"
    "|modification date|domain last updated date|domain last updated|record last updated"
    "|record last updated on|last modified date|entry updated|date modified|date updated"
    "|última modificación|fecha de modificación|ultima modificacion|dernière modification"
    "|modifié le|última atualização|geändert|最終更新|最近更新时间|최근정보변경일|更新时间"
    "|дата изменения|son güncelleme",
    WhoisField.EXPIRES: "expires|expires on|expires at|expire|expire date|expired|expiration date"
    "|expiry date|expiration|expiry|exp date|registry expiry date|registrar expiration date"
    "|registrar registration expiration date|domain expiration date|domain currently expires"
    "|record expires on|record expires|paid till|valid until|validity|renewal date|renewal"
    "|expire on|domain expires|expiration time|fecha de expiración|fecha de vencimiento"
    "|fecha de expiracion|date d'expiration|expire le|data de expiração|data de caducidad"
    "|läuft ab|有効期限|사용종료일|到期时间|过期时间|дата окончания|оплачен до|bitiş tarihi",
}
LABELS = {label: field for field, labels in _LABELS.items() for label in labels.split("|")}
"""Field of each label in lower case, its hyphens and underscores as spaces."""

SHARED = frozenset(
    [
        "created",
        "changed",
        "updated",
        "modified",
        "last update",
        "last updated",
        "last modified",
        "registered",
        "status",
        "state",
        "registrar",
        "estado",
        "last changed",
        "regdate",
        "eppstatus",
    ]
)
"""Labels that objects of persons and organisations have as well, for themselves."""

_ROLES: dict[str, str] = {
    "registrant": "registrant|owner|holder|holder of domain name|registered for|domain owner"
    "|domain holder|registrant contact|owner contact|titular|titulaire|inhaber|holder c|owner c"
    "|organization using domain name|registrante|titolare|domaininhaber|registrant handle|登録者名"
    "|등록인|注册人|注册者|администратор домена|domeininhaber|organisation using domain name",
    "administrative": "admin|administrative|administrative contact|admin contact|admin c"
    "|administrator|administrative contact/agent|contacto administrativo|contact administratif"
    "|contato administrativo|responsible|resp|registry admin|org admin",
    "technical": "tech|technical|technical contact|tech contact|tech c|technical contacts"
    "|contacto técnico|contacto tecnico|contact technique|contato técnico|registry tech|org tech",
    "billing": "billing|billing contact|billing c|billing contacts|contacto de cobranza"
    "|contacto financiero|contact facturation|invoice c",
    "zone": "zone|zone c|zone contact",
    "abuse": "abuse|abuse contact|registrar abuse|registrar abuse contact|abuse c|org abuse",
    "contact": "contact|public contact",
}
ROLES = {label: role for role, labels in _ROLES.items() for label in labels.split("|")}
"""Role of each word for people around a domain, written as the labels are."""

_PARTS: dict[str, str] = {
    "name": "name|person|personname|contact name|full name|nom|nombre|nome|role|имя|responsible"
    "|owner name|holder name",
    "organisation": "organization|organisation|org|organization name|organisation name|company"
    "|company name|company english name|organización|organisme|organização|org name|orgname"
    "|custname|organization loc|company name english",
    "email": "email|e mail|mail|email address|contact email|correo|courriel|correo electronico"
    "|correo electrónico|abuse mailbox|contact e mail",
    "phone": "phone|phone number|telephone|tel|telefono|teléfono|téléphone|phone no|voice"
    "|telephone number|contact phone|telefon",
    "country": "country|country code|countrycode|country/economy|país|pais|pays|land",
}
PARTS = {label: part for part, labels in _PARTS.items() for label in labels.split("|")}
"""Part of a contact that each label tells; the values name the fields of Contact."""

_JOINED = {
    f"org{who}{what}": (role, part)
    for who, role in (("abuse", "abuse"), ("tech", "technical"), ("noc", "noc"))
    for what, part in (("name", "name"), ("email", "email"), ("phone", "phone"))
}
_BESIDE = re.compile(r"\s*\((?:s|english|primary)\)|\s+(?:information|details|info)$")

OBJECTS = frozenset(
    [
        "nic hdl",
        "nic hdl br",
        "person",
        "role",
        "personname",
        "contact",
        "contact handle",
        "nsset",
        "keyset",
        "registrar",
        "organisation",
        "organization",
        "org",
        "orgname",
        "orgid",
        "irt",
        "route",
        "route6",
        "mntner",
        "as block",
        "server name",
        "custname",
        "nic handle",
        "name",
        "pid",
        "orgabusehandle",
        "orgtechhandle",
        "orgnochandle",
        "handle",
        "contactid",
        "poc handle",
        "rtechhandle",
        "rabusehandle",
        "registrar handle",
        "holder handle",
    ]
)
"""Labels that open an object of its own beside the one that was asked for."""

HANDLES = ("nic hdl", "nic hdl br", "contact", "contact handle", "handle", "nic handle")
"""Labels under which such an object tells by which name others refer to it."""


def normal(label: str) -> str:
    """A label as the tables write it."""
    return " ".join(re.sub(r"[-_\s]+", " ", label.lower()).strip(" .*#%=").split())


def field_of(label: str) -> WhoisField | None:
    """The field of a normal label; numbered name servers (``dns1``) are known as well."""
    found = LABELS.get(label) or LABELS.get(_BESIDE.sub("", label))
    if found is None and label[-1:].isdigit():
        numbered = LABELS.get(label.rstrip("0123456789 "))
        return numbered if numbered is WhoisField.NAME_SERVERS else None
    return found


def roles_of(label: str) -> tuple[str, ...]:
    """The roles that a heading names (``administrative contact, technical contact``)."""
    found = (ROLES.get(_BESIDE.sub("", part.strip()), "") for part in label.split(",")[:6])
    return tuple(role for role in found if role)


def contact_part_of(label: str) -> tuple[str, str] | None:
    """Role and part of labels that tell both (``registrant contact email``)."""
    words = label.split()
    if len(words) > 6:
        return None
    for at in range(len(words) - 1, 0, -1):
        role, part = ROLES.get(" ".join(words[:at])), PARTS.get(" ".join(words[at:]))
        if role and part:
            return role, part
    return _JOINED.get(label)
