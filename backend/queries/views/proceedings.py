"""What members say on a proposal, and what is recorded of it after the vote."""

from __future__ import annotations

from dataclasses import dataclass

from backend.queries.views.answers import Finality, ProposalRef
from backend.queries.views.members import MemberRef


@dataclass(frozen=True, slots=True)
class EarlierBallotView:
    """A ballot that counted until another took its place."""

    choice: str
    cast_by: MemberRef | None
    cast_at: int
    transaction_hash: str


@dataclass(frozen=True, slots=True)
class BallotView:
    """A ballot, as it counts."""

    member: MemberRef
    choice: str
    wallet: str
    cast_by: MemberRef | None
    """The member that cast it by mandate; None for the member itself."""
    revision: int
    """How many ballots of its own the member has handed in."""
    cast_at: int
    block_number: int
    transaction_hash: str
    reason_commitment: str | None
    reason: str | None
    """The text behind the commitment, where it is at hand, was written for this ballot and was not erased."""
    finality: Finality
    earlier: tuple[EarlierBallotView, ...] = ()
    """What it took the place of, oldest first."""
    log_index: int = 0
    """Of its `VoteCast` in the block."""
    reason_language: str | None = None
    """BCP 47 tag under which the reason was written; None where there is no text."""


@dataclass(frozen=True, slots=True)
class RecusalView:
    """A member that takes no part in the vote."""

    member: MemberRef
    declared: bool
    """By the member itself; otherwise because the proposal is about it."""
    recused_at: int
    transaction_hash: str
    finality: Finality


@dataclass(frozen=True, slots=True)
class VetoView:
    """A member's veto."""

    member: MemberRef
    ground: str
    statement_hash: str
    """Of the member's statement, which is kept off chain."""
    raised_at: int
    transaction_hash: str
    withdrawn_at: int | None
    withdrawn_transaction: str | None
    finality: Finality


@dataclass(frozen=True, slots=True)
class MinutesView:
    """One version of the minutes."""

    version: int
    """1 for the draft."""
    document_hash: str
    recorded_at: int
    transaction_hash: str
    finality: Finality


@dataclass(frozen=True, slots=True)
class ObjectionView:
    """A member's objection to the minutes."""

    member: MemberRef
    statement_hash: str
    raised_at: int
    transaction_hash: str
    finality: Finality


@dataclass(frozen=True, slots=True)
class ApprovalView:
    """The answer of an outside authority."""

    approved: bool
    document_hash: str
    recorded_at: int
    transaction_hash: str


@dataclass(frozen=True, slots=True)
class MinutesBook:
    """All that was recorded of the minutes of one proposal."""

    versions: tuple[MinutesView, ...]
    objections: tuple[ObjectionView, ...]
    objection_stands: bool
    """Whether corrected minutes are still owed."""
    binding_at: int | None
    """Last second in which the decision, if adopted, does not bind yet; None while an objection stands."""


@dataclass(frozen=True, slots=True)
class PlacedRecusal(RecusalView):
    """A recusal, and on what."""

    proposal: ProposalRef
    body: str


@dataclass(frozen=True, slots=True)
class PlacedVeto(VetoView):
    """A veto, and on what."""

    proposal: ProposalRef
    body: str


@dataclass(frozen=True, slots=True)
class PlacedMinutes(MinutesView):
    """A version of minutes, and of what."""

    proposal: ProposalRef
    body: str


@dataclass(frozen=True, slots=True)
class PlacedObjection(ObjectionView):
    """An objection, and to the minutes of what."""

    proposal: ProposalRef
    body: str


@dataclass(frozen=True, slots=True)
class ReceiptView:
    """Where on the chain a ballot is."""

    proposal: ProposalRef
    body: str
    governor: str
    member: MemberRef
    choice: str
    wallet: str
    cast_by: MemberRef | None
    revision: int
    reason_commitment: str | None
    counts: bool
    """False for a ballot that another took the place of."""
    cast_at: int
    chain: str
    block_number: int
    block_hash: str
    transaction_hash: str
    log_index: int
    finality: Finality
    confirmations: int
    """Blocks mirrored since, the ballot's own among them."""
