"""Valid JSON of the wrong kinds never crashes a transform."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from clew.errors import ClewError
from clew.providers.threatconnect.incident import incident_to_groups, incident_to_indicators
from clew.providers.threatconnect.indicator import indicator_to_indicators
from clew.providers.threatconnect.owners import owner_to_incidents, owners
from clew.providers.threatgrid.files import file_to_activity, file_to_scores
from clew.providers.threatgrid.pivots import name_to_files
from clew.replicas.behaviour import Misbehaviour
from clew.replicas.scenario import load_scenario
from clew.replicas.server import ReplicaServer, serve_replicas
from clew.schema.types import DomainName, File, Incident, Organisation
from clew.schema.value import Value
from clew.transform.contract import Transform
from replica_client import ask

pytestmark = pytest.mark.assurance("vendor-faults")

OWNER, PITTY = Organisation("Common Community"), Incident("20140711A: Pitty Tiger APT")
NAME, FILE = DomainName("acers.com.tw"), File("be18418cafdb9f86303f7e419a389cc9")


@pytest.fixture(scope="module")
def server() -> Iterator[ReplicaServer]:
    case = load_scenario("pitty-tiger")
    with serve_replicas(case, only=("threatconnect", "threatgrid")) as started:
        yield started


@pytest.mark.parametrize(
    ("transform", "value"),
    [(owners, OWNER), (owner_to_incidents, OWNER), (incident_to_indicators, PITTY),
     (incident_to_groups, PITTY), (indicator_to_indicators, NAME), (file_to_activity, FILE),
     (file_to_scores, FILE), (name_to_files, DomainName("mac.avstore.com.tw"))],
    ids=lambda it: it.id if isinstance(it, Transform) else "",
)  # fmt: skip
def test_wrong_types_give_claims_problems_or_a_fault(
    server: ReplicaServer, transform: Transform, value: Value
) -> None:
    """Swapped kinds in every answer end in claims, problems or an error of ours, for any seed."""
    for seed in range(8):
        server.behave(transform.provider.name, Misbehaviour("wrong-types", seed=seed))
        try:
            ask(server, transform, value)
        except ClewError:
            continue
        except AssertionError as error:
            raise AssertionError(f"seed {seed}") from error
