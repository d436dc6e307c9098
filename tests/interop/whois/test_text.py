"""Whois text, read to facts."""

import time

import pytest

from clew.interop.whois.facts import PROBLEMS_MAX, WhoisContact, WhoisFacts
from clew.interop.whois.text import read_whois


def one(text: str, asked: str = "") -> WhoisFacts:
    facts, problems = read_whois(text, asked=asked)
    assert not problems
    (only,) = facts
    return only


REGISTRY = """\
% Registry of reserved names
   Domain Name: EXAMPLE.ORG
   Registrar: EXAMPLE REGISTRAR, LLC
   Whois Server: whois.example.net
   Name Server: NS1.EXAMPLE.NET
   Name Server: NS2.EXAMPLE.NET
   Status: clientTransferProhibited
   Status: ok https://icann.org/epp#ok
   Updated Date: 07-nov-2007
   Creation Date: 06-nov-1999
   Expiration Date: 06-nov-2008

>>> Last update of whois database: Thu, 26 Jun 2008 21:40:25 EDT <<<

NOTICE: The expiration date displayed is a date.
"""

REGISTRAR = """\
Registrant:
   Ada Sample
   1 Main Street
   Springfield, 12345

   Domain Name: EXAMPLE.ORG
      Created on..............: 1999-11-06.
      Record last updated on..: Mon, Oct 07, 2013

   Administrative Contact, Technical Contact:
      Sample, Ben   ben@example.net
      +1.5550100

   Domain servers in listed order:

      NS1.EXAMPLE.NET   192.0.2.1
      NS2.EXAMPLE.NET   192.0.2.2
"""


def test_a_registry_answer_is_read() -> None:
    """Labelled lines give registrar, servers, statuses and dates, and the line of each."""
    facts = one(REGISTRY)
    assert (facts.subject, facts.subject_type) == ("example.org", "domain-name")
    assert facts.registrar == "EXAMPLE REGISTRAR, LLC"
    assert facts.name_servers == ("ns1.example.net", "ns2.example.net")
    assert facts.statuses == ("clientTransferProhibited", "ok")
    assert [str(day) for day in (facts.created, facts.updated, facts.expires)] == [
        "1999-11-06",
        "2007-11-07",
        "2008-11-06",
    ]
    assert (facts.line_of("registrar"), facts.line_of("created"), facts.line_of("name")) == (
        3,
        10,
        0,
    )


def test_two_answers_give_two_records() -> None:
    """The answers of registry and registrar in one text stay apart, parted in any known way."""
    for between in ("", "--\n"):
        first, second = read_whois(REGISTRY + between + REGISTRAR)[0]
        assert first.contacts == ()
        assert str(second.created) == "1999-11-06"
        assert str(second.updated) == "2013-10-07"
        assert second.contacts == (
            WhoisContact("registrant", name="Ada Sample"),
            WhoisContact("administrative", email="ben@example.net"),
            WhoisContact("technical", email="ben@example.net"),
        )
        assert second.name_servers == first.name_servers


def test_a_second_name_begins_an_answer() -> None:
    """Names in blocks of their own are answers of their own, without a line between them."""
    text = "domain: example.org\ncreated: 2001-02-03\n\ndomain: example.net\ncreated: 2002-02-03\n"
    facts, _ = read_whois(text)
    assert [(one.subject, str(one.created)) for one in facts] == [
        ("example.org", "2001-02-03"),
        ("example.net", "2002-02-03"),
    ]


LAYOUTS = {
    "indented": "    Domain name:\n        example.org\n\n    Registrar:\n"
    "        Sample Ltd [Tag = SAMPLE]\n        URL: http://example.net\n\n"
    "    Relevant dates:\n        Registered on: 04-Feb-2008\n        Expiry date:  04-Feb-2015\n\n"
    "    Name servers:\n        ns1.example.net   192.0.2.1  2001:db8::1\n"
    "        ns2.example.net.\n",
    "brackets": "[ A database of reserved names. ]\nDomain Information:\n"
    "[Domain Name]        EXAMPLE.ORG\n[Registrar]          Sample Ltd\n"
    "[Name Server]        ns1.example.net\n[Name Server]        ns2.example.net\n\n"
    "[登録年月日]          2008/02/04\n[有効期限]            2015/02/04\n",
    "dots": "Domain Name.......... example.org\n  Registrar........... Sample Ltd\n"
    "  Creation Date........ 2008-02-04\n  Expiry Date.......... 2015-02-04\n"
    "  Name Server.......... NS1.EXAMPLE.NET\n  Name Server.......... NS2.EXAMPLE.NET\n",
    "words alone": "Domain:       example.org\nStatus: ok\nCreated:      2008-02-04\n"
    "Expire Date:  2015-02-04\n\nRegistrant\n  Organization:  Sample\n  Created: 1999-01-01\n\n"
    "Registrar\n  Organization:     Sample Ltd\n  Name:  SAMPLE-REG\n\n"
    "Nameservers\n  ns1.example.net\n  ns2.example.net\n",
    "hanging": "DOMAIN NAME: example.org\nnameservers:   ns1.example.net. [192.0.2.1]\n"
    "               ns2.example.net. [2001:db8::2]\ncreated: 2008.02.04\n"
    "renewal date: 2015.02.04\n\nREGISTRAR:\nSample Ltd\n1 Main Street\n",
    "stars": "** Domain Name: example.org\n\n** Registrar:\nSample Ltd\n\n** Domain Servers:\n"
    "ns1.example.net\nns2.example.net\n\n** Additional Info:\nCreated on......: 2008-Feb-04.\n"
    "Expires on......: 2015-Feb-04.\n",
    "prose": "Domain example.org (ACTIVE)\n\nRegistrar: Sample Ltd\n\n"
    "   Record created on 04-Feb-2008.\n"
    "   Record expires on 04-Feb-2015.\n\nName servers in the listed order:\n\nNS1.EXAMPLE.NET\n"
    "NS2.EXAMPLE.NET\n",
    "spanish": "Nombre de dominio: example.org\nRegistrador: Sample Ltd\n"
    "Fecha de creación: 2008-02-04\nFecha de expiración: 2015-02-04\n"
    "Servidores DNS: ns1.example.net, ns2.example.net\n",
    "unknown heading": "domain: example.org\nregistrar: Sample Ltd\ncreated: 20080204\n"
    "expires: 20150204 #1234\n\nCarriers of names\n  ns1.example.net\n  ns2.example.net\n",
    "numbered": "Domain: example.org\nDNS1: ns1.example.net\nDNS2: ns2.example.net\n"
    "Date Registered: 2008-2-4\nExpiry Date: 2015-2-4\nRegistrar: Sample Ltd\n",
}


@pytest.mark.parametrize("text", LAYOUTS.values(), ids=LAYOUTS)
def test_layouts_say_the_same(text: str) -> None:
    """The same facts in the layouts of different registries give the same record."""
    facts = one(text)
    assert facts.subject == "example.org"
    assert facts.registrar == "Sample Ltd"
    assert facts.name_servers == ("ns1.example.net", "ns2.example.net")
    assert (str(facts.created), str(facts.expires)) == ("2008-02-04", "2015-02-04")


def test_objects_of_persons_keep_their_dates() -> None:
    """Dates and registrars of persons and name server sets are not the domain's."""
    facts = one(
        "domain: example.org\nregistrar: SAMPLE\nadmin-c: AB1-X\nchanged: 20120121 04:01:40\n\n"
        "personname: Ada Sample\ne-mail: ada@example.net\ncountry: AT\nnic-hdl: AB1-X\n"
        "created: 1999-01-01\nchanged: 20190831 23:08:43\nregistrar: OTHER\nstatus: ok\n"
    )
    assert (facts.registrar, facts.statuses) == ("SAMPLE", ())
    assert (str(facts.created), str(facts.updated)) == ("unknown", "2012-01-21T04:01:40Z")
    assert facts.contacts == (
        WhoisContact("administrative", name="Ada Sample", email="ada@example.net", country="AT"),
    )


def test_state_is_status_or_province() -> None:
    """The label state gives statuses where its words are such, and nothing for a province."""
    text = (
        "domain: example.org\nstate: REGISTERED, DELEGATED\n\nRegistrant:\n  State: Springfield\n"
    )
    assert one(text).statuses == ("REGISTERED", "DELEGATED")
    assert one("domain: example.org\nState: Springfield\n").statuses == ()


@pytest.mark.parametrize(
    "withheld",
    ["REDACTED", "REDACTED FOR PRIVACY", "", "-", "Data Protected", "Not Disclosed",
     "Please query the RDDS service of the Registrar of Record", "Privacy Protect, LLC",
     "Domains By Proxy, LLC", "Statutory Masking Enabled", "GDPR Masked", "N/A"],
)  # fmt: skip
def test_withheld_values_give_no_contact(withheld: str) -> None:
    """Texts that stand for a withheld value leave no contact behind."""
    parts = ("Name", "Organization", "Phone", "Email", "Country")
    rows = "".join(f"Registrant {part}: {withheld}\n" for part in parts)
    assert one(f"Domain Name: example.org\n{rows}").contacts == ()


def test_contacts_are_read_by_role() -> None:
    """Labels with role and part give one contact per role."""
    facts = one(
        "Domain Name: example.org\nRegistrant Name: Ada Sample\n"
        "Registrant Organization: Sample Ltd\n"
        "Registrant Country: NL\nRegistrant Email: ada@example.net\nTech Email: REDACTED\n"
        "Technical Contact Phone Number: +1.5550100\n"
        "Registrar Abuse Contact Email: abuse@example.com\n"
    )
    assert facts.contacts == (
        WhoisContact("registrant", "Ada Sample", "Sample Ltd", "ada@example.net", country="NL"),
        WhoisContact("technical", phone="+1.5550100"),
        WhoisContact("abuse", email="abuse@example.com"),
    )


def test_netblocks_and_autonomous_systems() -> None:
    """Answers of address registries give netblocks and autonomous systems."""
    block = one(
        "inetnum: 192.0.2.0 - 192.0.2.255\nnetname: SAMPLE-NET\ncountry: NL\norg: ORG-SL1-TEST\n"
        "admin-c: AB1-TEST\nstatus: ASSIGNED PA\ncreated: 2002-05-21T14:36:00Z\n"
        "last-modified: 2019-01-02T03:04:05Z\nsource: TEST\n\norganisation: ORG-SL1-TEST\n"
        "org-name: Sample Ltd\ncountry: NL\ncreated: 1999-01-01T00:00:00Z\n\nrole: Sample NOC\n"
        "abuse-mailbox: abuse@example.net\nnic-hdl: AB1-TEST\n\nroute: 192.0.2.0/24\n"
        "origin: AS64496\n"
    )
    assert (block.subject, block.subject_type) == ("192.0.2.0/24", "netblock")
    assert (block.name, block.country, block.statuses) == ("SAMPLE-NET", "NL", ("ASSIGNED PA",))
    assert str(block.created) == "2002-05-21T14:36:00Z"
    assert WhoisContact("administrative", "Sample NOC", email="abuse@example.net") in block.contacts
    assert any(contact.organisation == "Sample Ltd" for contact in block.contacts)
    american = one(
        "NetRange: 198.51.100.0 - 198.51.100.127\nCIDR: 198.51.100.0/25\nNetName: SAMPLE\n"
        "RegDate: 1993-02-01\nUpdated: 2013-02-01\n\nOrgName: Sample Ltd\nCountry: US\n"
        "RegDate: 1990-01-01\n\nOrgAbuseHandle: AB1\nOrgAbuseEmail: abuse@example.net\n"
    )
    assert (american.subject, str(american.created)) == ("198.51.100.0/25", "1993-02-01")
    assert american.contacts == (
        WhoisContact("registrant", organisation="Sample Ltd", country="US"),
        WhoisContact("abuse", email="abuse@example.net"),
    )
    assert one("inetnum: 192.0.2/24\ncreated: 20010203\n").subject == "192.0.2.0/24"
    number = one("aut-num: AS64496\nas-name: SAMPLE\ncreated: 2002-05-21T14:36:00Z\n")
    assert (number.subject, number.subject_type) == ("AS64496", "autonomous-system")
    assert number.name == "SAMPLE"


def test_ambiguous_dates_need_an_order() -> None:
    """01/02/2013 follows the registry's order or other dates of the answer, or is a problem."""
    facts, problems = read_whois("domain: example.org\ncreated: 01/02/2013\n")
    assert not facts[0].created.known
    assert [(problem.where, problem.text) for problem in problems] == [("line 2", "01/02/2013")]
    assert str(one("domain: example.fr\ncreated: 01/02/2013\n").created) == "2013-02-01"
    proven = one("domain: example.org\ncreated: 01/02/2013\nexpires: 01/31/2015\n")
    assert str(proven.created) == "2013-01-02"


def test_a_bound_is_no_date_of_creation() -> None:
    """Registered before a month leaves the creation unknown and tells the problem."""
    facts, problems = read_whois("Domain name: example.org\nRegistered on: before Aug-1996\n")
    assert not facts[0].created.known
    assert [problem.where for problem in problems] == ["line 2"]


def test_answers_without_a_name_take_the_one_asked() -> None:
    """An answer that doesn't repeat its name is told as a problem, unless the name is given."""
    text = "Created on: 2001-02-03\nName Server: ns1.example.net\n"
    facts, problems = read_whois(text)
    assert (facts, len(problems)) == ([], 1)
    assert one(text, asked="Example.ORG").subject == "example.org"


def test_nothing_found_is_no_fact() -> None:
    """Texts that tell of nothing give neither facts nor problems."""
    for text in ("", "\n\n", "No match for domain.", "% comment\n# comment", "Terms of use: x"):
        assert read_whois(text) == ([], [])


@pytest.mark.parametrize(
    "text",
    [
        "Domain Name: example.org\n" + "x" * 1_000_000,
        "Domain Name: " + "example." * 200_000,
        "Name Server: ns1.example.net\n" * 100_000,
        "Domain Name: example.org\n\n" * 100_000,
        "created: never\n" * 100_000 + "domain: example.org",
        "domain: example.org\n" + "registrant:\n" * 100_000,
        ":" * 100_000 + "\n" + "." * 1_900 + "\n" + "[" * 1_900 + "\n" + "a@" * 900,
        "Domain Name: exam\x00ple.org\nRegistrar: \x1b[31mSample\u202e\r\nStatus: \x07ok\r",
        "\ud800: x\ndomain: \ud800.org\nregistrar: \ud800",
        "domain: " + "a." * 130 + "\ncreated: " + "1" * 80 + "\nnserver: " + "-.-" * 90,
        "Registrant:\n" + "  " * 900 + "x\n" + "\t" * 1_900 + "y",
    ],
)
def test_hostile_texts_are_bounded(text: str) -> None:
    """Long lines, many lines and control characters are read in seconds, without a crash."""
    begin = time.perf_counter()
    facts, problems = read_whois(text)
    assert time.perf_counter() - begin < 15
    assert len(facts) <= 1_000
    assert len(problems) <= PROBLEMS_MAX
    for one_facts in facts:
        assert len(one_facts.name_servers) <= 200
        assert len(one_facts.registrar) <= 400
        assert "\x1b" not in one_facts.registrar
