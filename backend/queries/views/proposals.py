"""Proposals, in short and in full."""

from __future__ import annotations

from dataclasses import dataclass

from backend.queries.views.answers import Finality, ProposalRef
from backend.queries.views.members import MemberRef
from backend.queries.views.outcomes import OutcomeView, TallyView
from backend.queries.views.proceedings import ApprovalView, MinutesView, ObjectionView, RecusalView, VetoView


@dataclass(frozen=True, slots=True)
class TextView:
    """The text in one language."""

    language: str
    title: str
    summary: str
    body: str


@dataclass(frozen=True, slots=True)
class AttachmentView:
    """A file that belongs to the text; kept elsewhere, known by its hash."""

    name: str
    sha256: str
    size: int
    """Bytes."""


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
    """What happened, or will."""

    event: str
    """published, opens, closes, closed_early, vetoed, veto_withdrawn, minutes, objection, approved, refused,
    binds, queued, executable, executed or withdrawn."""
    at: int
    transaction_hash: str | None
    """None for what time alone brings about."""


@dataclass(frozen=True, slots=True)
class AttemptView:
    """One call of a question."""

    id: int
    reference: str
    attempt: int
    opens_at: int
    closes_at: int


@dataclass(frozen=True, slots=True)
class ProposalSummary:
    """A proposal, in short."""

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
    binding_at: int | None
    """Last second in which an adopted decision does not bind yet; None where nothing says when, or nothing binds."""
    attempt: int
    """1, or 2 and more for a question called again."""
    state: str
    verdict: str
    tally: TallyView
    texts: dict[str, TextView]
    """By language; empty where the document is missing or does not match its CID."""
    authoritative: str | None
    finality: Finality
    register_number: str = ""
    """Body, year and running number there, such as GA-2027-014."""
    languages: tuple[str, ...] = ()
    """Of the texts at hand."""


@dataclass(frozen=True, slots=True)
class ResolutionView:
    """One entry in the consortium's public record."""

    text_hash: str
    recorded_at: int
    transaction_hash: str


@dataclass(frozen=True, slots=True)
class ProposalView:
    """One proposal with all that belongs to it."""

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
    closed_early: bool
    """Voting ended before its time, because no ballot could change the outcome any more."""
    veto_until: int | None
    """Last second in which a veto may be raised; None where the rule knows no veto."""
    party: MemberRef | None
    """The member that its action names."""
    party_effect: str
    """What follows for that member: none, bars_veto or recuses."""
    chair: MemberRef | None
    """Chair of the body when the proposal was filed."""
    previous: ProposalRef | None
    """The attempt before this one."""
    next: ProposalRef | None
    """The attempt after this one."""
    revises: ProposalRef | None
    """The vetoed proposal in whose place this one is put."""
    revised_by: ProposalRef | None
    """The proposal put in the place of this one."""
    recusals: tuple[RecusalView, ...]
    vetoes: tuple[VetoView, ...]
    minutes: tuple[MinutesView, ...]
    objections: tuple[ObjectionView, ...]
    approval: ApprovalView | None
    attempts: tuple[AttemptView, ...] = ()
    """Every call of the question, this one among them, first to last."""
    file_number: str = ""
    """The consortium's own, as the document has it."""
    attachments: tuple[AttachmentView, ...] = ()
