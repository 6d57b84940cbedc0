"""Names of governors in their signing domain: those of the deployment are on the roll, later ones are asked for."""

from __future__ import annotations

from dataclasses import dataclass, field

from backend.chain.contracts import Deployment
from backend.chain.sending import SendingEndpoints
from backend.chain.views import NoAnswer, View, ask
from backend.database.records import BodyRecord
from backend.domain.values import Address
from backend.errors import NodeUnavailableError


@dataclass(frozen=True, slots=True)
class SigningNames:
    """Knows or asks; what a governor once said stays true."""

    deployment: Deployment
    node: SendingEndpoints
    _asked: dict[str, str] = field(default_factory=dict)

    def __call__(self, body: BodyRecord) -> str:
        """Name the governor of a body.

        Raises:
            NodeUnavailableError: no node answers.
        """
        known = next((each.name for each in self.deployment.bodies if each.governor == body.governor), None)
        if known is not None:
            return known
        if body.governor not in self._asked:
            self._asked[body.governor] = self._ask(Address(body.governor))
        return self._asked[body.governor]

    def _ask(self, governor: Address) -> str:
        answer = ask(self.node, [View("ConsortiumGovernor", governor, "name")], self.node.head().hash)[0]
        if isinstance(answer, NoAnswer):
            raise NodeUnavailableError("it does not say the governor's name")
        return str(answer["name"])
