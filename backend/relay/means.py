"""What a relay may spend, and what things cost now."""

from __future__ import annotations

from dataclasses import dataclass

from backend.chain.sending import SendingEndpoints
from backend.domain.values import Address

GAS_OF_A_BALLOT = 70_000
"""Of one that travels alone; in a batch it is a third of that."""


@dataclass(frozen=True, slots=True)
class Policy:
    """What the operator allows."""

    most_wei: int
    """For a unit of gas."""
    reserve_wei: int
    """Kept in the account: below it nothing is sent."""
    resubmit_seconds: float
    """After which a transaction that is in no block is offered at a higher price."""
    finality_depth: int


@dataclass(frozen=True, slots=True)
class Chain:
    """The chain as a turn finds it."""

    count: int
    """Number of the account's next transaction."""
    balance: int
    base_fee: int
    tip: int
    """Usual for a transaction that is in a hurry."""
    finalized: int

    @property
    def first_tip(self) -> int:
        """Nothing where the base fee is nothing: chains without fees ask for none, whatever their nodes suggest."""
        return self.tip if self.base_fee else 0

    @property
    def price_of_a_ballot(self) -> int:
        """Wei that one costs that travels alone."""
        return GAS_OF_A_BALLOT * (2 * self.base_fee + self.first_tip)

    def without_means(self, policy: Policy) -> str | None:
        """Say why not even one ballot could be sent now."""
        if self.base_fee + self.first_tip > policy.most_wei:
            return "FEES_TOO_HIGH"
        price = self.price_of_a_ballot
        return "RELAY_EMPTY" if price and self.balance < policy.reserve_wei + price else None


def look(node: SendingEndpoints, sender: Address, finality_depth: int) -> Chain:
    """Ask the node how the chain and the account stand.

    Raises:
        NodeUnavailableError: no node answers.
    """
    head, named = node.head(), node.finalized_number()
    return Chain(
        count=node.transaction_count(sender),
        balance=node.balance(sender),
        base_fee=node.base_fee(),
        tip=node.tip(),
        finalized=head.number - finality_depth if named is None else named,
    )
