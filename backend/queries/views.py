"""What a question to the mirror is answered with: frozen values that the API and the portal both render.

Times are seconds since the epoch (UTC); big integers are integers here and decimal strings in JSON. A view holds no
session and computes nothing when read.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Generic, Literal, TypeVar

T = TypeVar("T")
Finality = Literal["provisional", "final"]


@dataclass(frozen=True, slots=True)
class AsOf:
    """The block an answer speaks of."""

    chain_id: int
    block_number: int
    block_hash: str
    block_time: int
    head_number: int
    """The newest block the node is known to have."""
    finality: Finality
    lag_seconds: int
    """Seconds since the mirror last agreed with the node about its head."""
    revision: int
    """Moves by one with each batch the mirror takes in."""


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    items: tuple[T, ...]
    total: int
    next_cursor: str | None


@dataclass(frozen=True, slots=True)
class MemberRef:
    id: int
    code: str
    name: str
    country: str


@dataclass(frozen=True, slots=True)
class StatusChange:
    status: str
    since: int
    transaction_hash: str


@dataclass(frozen=True, slots=True)
class MemberView:
    id: int
    code: str
    name: str
    country: str
    member_class: str
    status: str
    wallet: str
    revoked_wallets: tuple[str, ...]
    accession_hash: str | None
    admitted_at: int
    remedy_until: int | None
    bodies: tuple[str, ...]
    """Names of the bodies in which it may vote now."""
    history: tuple[StatusChange, ...]


@dataclass(frozen=True, slots=True)
class RuleView:
    id: int
    name: str
    version: int
    in_force: bool
    notice: int
    short_notice: int
    period: int
    quorum: str
    """A ratio as written, "2/3"; "0/1" asks for nothing."""
    majority: str
    base: str
    strict: bool
    binding: bool
    set_at: int


@dataclass(frozen=True, slots=True)
class ActionPermission:
    target: str
    contract: str
    """Name of the contract at the target, or the address again where it is not one of ours."""
    selector: str
    function: str
    """Signature of the function, or the selector again where it is not known."""


@dataclass(frozen=True, slots=True)
class KindView:
    id: int
    name: str
    body: str
    rule: str
    rule_id: int
    resolution: bool
    actions: tuple[ActionPermission, ...]


@dataclass(frozen=True, slots=True)
class BodyView:
    id: int
    name: str
    governor: str
    timelock: str
    classes: tuple[str, ...]
    """Classes whose members all vote here; empty for a body of seats."""
    entitled: int
    members: tuple[MemberRef, ...]
    kinds: tuple[str, ...]
    proposals: int
    open_proposals: int


@dataclass(frozen=True, slots=True)
class TallyView:
    for_votes: int
    against_votes: int
    abstain_votes: int
    entitled: int
    participating: int
    silent: int
    needed: int
    """Least number of ballots of any choice for the quorum; 0 where the rule has none."""
    by_class: dict[str, dict[str, int]] = field(default_factory=dict)
    """Class label → choice (for, against, abstain) → ballots."""


@dataclass(frozen=True, slots=True)
class StepView:
    step: str
    left: str
    op: str
    right: str
    ok: bool
    needed: int
    """Least number before the stroke of `left` with which the step is passed."""


@dataclass(frozen=True, slots=True)
class OutcomeView:
    proposal_id: int
    state: str
    verdict: str
    """no_quorum, rejected, adopted or consulted: the tally as it stands, judged by the rule."""
    reason: str
    """Stable code of the step that decided: QUORUM_NOT_REACHED, MAJORITY_NOT_REACHED, MAJORITY_REACHED or
    CONSULTATION_CLOSED."""
    decided: bool
    """False while voting is not over, or its last ballots may not be read yet: the verdict is what would be if no
    further ballot came."""
    tally: TallyView
    steps: tuple[StepView, ...]
    rule: RuleView


@dataclass(frozen=True, slots=True)
class TextView:
    language: str
    title: str
    summary: str
    body: str


@dataclass(frozen=True, slots=True)
class CallView:
    """One action of a proposal, decoded."""

    target: str
    contract: str
    function: str
    arguments: tuple[tuple[str, str], ...]
    calldata: str


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    event: str
    """published, opens, closes, queued, executable, executed or withdrawn."""
    at: int
    transaction_hash: str | None
    """None for what time alone brings about."""


@dataclass(frozen=True, slots=True)
class ProposalSummary:
    id: int
    body: str
    governor: str
    number: int
    reference: str
    """Human number, such as GA-7: initials of the body and the running number there."""
    kind: str
    rule: str
    rule_id: int
    proposer: MemberRef
    extraordinary: bool
    created_at: int
    opens_at: int
    closes_at: int
    state: str
    verdict: str
    tally: TallyView
    texts: dict[str, TextView]
    """By language; empty where the document is missing or does not match its CID."""
    authoritative: str | None
    finality: Finality


@dataclass(frozen=True, slots=True)
class ResolutionView:
    """One entry in the consortium's public record."""

    text_hash: str
    recorded_at: int
    transaction_hash: str


@dataclass(frozen=True, slots=True)
class ProposalView:
    summary: ProposalSummary
    outcome: OutcomeView
    description: str
    """As on chain."""
    cid: str
    text_verified: bool
    """Whether the text at hand hashes to the CID on chain."""
    resolution_matches_text: bool | None
    """Whether every text it would enter in the public record is the one its CID names; None where it enters none."""
    resolutions: tuple[ResolutionView, ...]
    """What its execution did enter."""
    calls: tuple[CallView, ...]
    timeline: tuple[TimelineEntry, ...]
    eta: int | None


@dataclass(frozen=True, slots=True)
class BallotView:
    member: MemberRef
    choice: str
    wallet: str
    cast_at: int
    block_number: int
    transaction_hash: str
    reason_commitment: str | None
    reason: str | None
    """The text behind the commitment, where it is at hand, was written for this ballot and was not erased."""
    finality: Finality


@dataclass(frozen=True, slots=True)
class StatusView:
    as_of: AsOf
    consortium: str
    notice: str | None
    """What every page must show, such as that the data are samples."""
    registry: str
    rulebook: str
    records: str
    start_block: int
    synced: bool
    counts: dict[str, int]
    """members, bodies, proposals, ballots."""
