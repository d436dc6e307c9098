"""What a playbook may spend where nobody said so: nothing, or what replicas are asked for."""

from __future__ import annotations

import math

from clew.playbook.case_access import CaseAccess
from clew.playbook.format import Playbook
from clew.transform.provider import Contact


def granted_credits(playbook: Playbook, case: CaseAccess) -> float:
    """
    The credits that a playbook may spend where the caller named none.

    A shipped one that buys from servers of this machine alone (replicas) is bounded by its own
    ``stop``; any other may spend nothing. Raises UnknownName where a transform does not exist.
    """
    if not playbook.shipped:
        return 0.0
    asked = [
        case.forecast_lookup(str(step.arguments))
        for step in playbook.every_step()
        if step.kind == "transform"
    ]
    own = all(one.contact <= Contact.OWN_SERVER for one in asked if one.credits)
    return math.inf if own else 0.0
