"""What of an open investigation may leave: what people decided, else what the settings say."""

from __future__ import annotations

from clew.engine.settings import Settings
from clew.graph.markings import decided_ceiling, decided_default
from clew.graph.sharing import Ceiling
from clew.model.change import SharingTerms
from clew.model.marking import TLP, Marking
from clew.store.investigation import Investigation
from clew.transform.provider import Provider

AnyCeiling = Ceiling | TLP | None
"""What may leave at most; the ceiling of the investigation where None."""


class CaseTerms:
    """The terms on which facts leave, for a workbench that has a case and settings."""

    case: Investigation
    settings: Settings

    @property
    def default_marking(self) -> Marking:
        """How what carries no marking counts."""
        return self._default_by(self.case.state.decisions.sharing)

    def ceiling(self, named: AnyCeiling = None) -> Ceiling:
        """A ceiling; the investigation's where none is named."""
        if isinstance(named, Ceiling):
            return named
        if named is None:
            return self.ceiling_by(self.case.state.decisions.sharing)
        return Ceiling(named, self.default_marking)

    def ceiling_by(self, terms: SharingTerms) -> Ceiling:
        """The ceiling that a decision comes to; what it leaves open is as the settings say."""
        tlp = decided_ceiling(terms) or self.settings.ceiling_tlp
        return Ceiling(tlp, self._default_by(terms))

    def certain_ceiling(self) -> Ceiling:
        """The same where nobody can be told what is wrong with the settings; see there."""
        terms = self.case.state.decisions.sharing
        tlp = decided_ceiling(terms) or self.settings.certain_ceiling_tlp
        return Ceiling(tlp, self._default_by(terms))

    def provider_ceiling(self, provider: Provider) -> Marking:
        """The strictest marking that may go to a provider; raises InvalidValue."""
        decided = decided_ceiling(self.case.state.decisions.sharing)
        return self.settings.ceiling(provider, of_all=decided or None)

    def _default_by(self, terms: SharingTerms) -> Marking:
        return decided_default(terms).filled(self.settings.default_marking)
