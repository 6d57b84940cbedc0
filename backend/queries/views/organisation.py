"""The consortium as a whole, and what its members did."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from backend.queries.views.answers import Finality, ProposalRef
from backend.queries.views.members import MemberRef


@dataclass(frozen=True, slots=True)
class ContractView:
    """One of the consortium's contracts."""

    name: str
    address: str
    account: str
    """CAIP-10."""


@dataclass(frozen=True, slots=True)
class OfficeView:
    """An account with clerical powers."""

    name: str
    address: str
    account: str


@dataclass(frozen=True, slots=True)
class OrganisationView:
    """The consortium, its contracts and offices, and how many of everything it has."""

    id: str
    """CAIP-10 of the member registry."""
    name: str
    notice: str | None
    chains: tuple[str, ...]
    """CAIP-2."""
    contracts: tuple[ContractView, ...]
    offices: tuple[OfficeView, ...]
    dao_uri: str | None
    countries: tuple[str, ...]
    """Of members that have not left."""
    members_by_status: dict[str, int]
    members_by_class: dict[str, int]
    """Of members that have not left."""
    counts: dict[str, int]
    start_block: int
    is_behind: bool
    """Whether the node is known to have blocks that are not mirrored yet."""


@dataclass(frozen=True, slots=True)
class ParticipationView:
    """How often a member took part in the votes of one body."""

    member: MemberRef
    body: str
    entitled: int
    """Votes in which its ballot would have counted."""
    cast: int
    by_mandate: int
    """Of these, cast by another member."""
    for_others: int
    """Ballots it cast for other members."""
    recused: int
    choices: dict[str, int]


@dataclass(frozen=True, slots=True)
class BodyStatistics:
    """What became of the proposals of one body."""

    body: str
    proposals: int
    by_state: dict[str, int]
    by_kind: dict[str, int]
    closed: int
    """Proposals whose vote is over; the figures below are theirs."""
    ballots: int
    entitled: int
    """Ballots that could have been handed in."""
    vetoes: int
    recalled: int
    """Calls after the first."""


@dataclass(frozen=True, slots=True)
class ActivityView:
    """One event of one contract."""

    event: str
    contract: str
    body: str | None
    member: MemberRef | None
    """Who did it, or whom it is about."""
    proposal: ProposalRef | None
    arguments: dict[str, Any]
    happened_at: int
    block_number: int
    block_hash: str
    log_index: int
    transaction_hash: str
    finality: Finality
    emitter: str
    """Address of the contract that logged it."""
