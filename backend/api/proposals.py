"""Proposals: the list with its filters, and one with its texts, calls, timeline and outcome."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import BeforeValidator

from backend.api.answers import Answer, BigInteger, Model, PageAnswer, Time, answer_from
from backend.api.errors import problems
from backend.api.members import MemberRefResponse
from backend.api.outcomes import OutcomeItem, TallyResponse
from backend.api.parameters import Governor, NamedProposal, Read
from backend.api.proceedings import MinutesItem, ObjectionItem, RecusalItem, VetoItem
from backend.api.proposal_query import ProposalQuery
from backend.api.refs import ProposalRefResponse
from backend.api.replies import respond
from backend.api.words import VerdictName
from backend.domain.proposals import ProposalState
from backend.queries.proposals import find_proposal, list_proposals

router = APIRouter(tags=["proposals"])


class HeadlineResponse(Model):
    """The text in one language, in short."""

    language: str
    title: str
    summary: str


class TextResponse(HeadlineResponse):
    """The text in one language."""

    body: str
    """Markdown."""


class ArgumentResponse(Model):
    """One argument of a call."""

    name: str
    value: str


def _named(arguments: object) -> object:
    if not isinstance(arguments, tuple):
        return arguments
    return tuple({"name": name, "value": value} for name, value in arguments)


class CallResponse(Model):
    """One action, decoded."""

    target: str
    contract: str
    function: str
    arguments: Annotated[tuple[ArgumentResponse, ...], BeforeValidator(_named)]
    calldata: str


class ResolutionResponse(Model):
    """One entry in the consortium's public record."""

    text_hash: str
    """SHA-256 of the canonical text."""
    recorded_at: Time
    transaction_hash: str


class TimelineEntryResponse(Model):
    """What happened, or will."""

    event: str
    """published, opens, closes, closed_early, vetoed, veto_withdrawn, minutes, objection, approved, refused, binds,
    queued, executable, executed or withdrawn."""
    at: Time
    transaction_hash: str | None
    """None for what time alone brings about."""


class AttemptResponse(ProposalRefResponse):
    """One call of a question."""

    attempt: int
    opens_at: Time
    closes_at: Time


class AttachmentResponse(Model):
    """A file that belongs to the text; kept elsewhere, known by its hash."""

    name: str
    sha256: str
    size: int
    """Bytes."""


class ApprovalResponse(Model):
    """The answer of an outside authority; the first counts."""

    approved: bool
    document_hash: str
    recorded_at: Time
    transaction_hash: str


class ProposalItem(Model):
    """A proposal, in short."""

    id: BigInteger
    """Id on chain."""
    body: str
    governor: str
    number: int
    """Running number in its body."""
    reference: str
    """Number for people, such as GA-7."""
    kind: str
    rule: str
    rule_id: int
    """The version it was opened under, and keeps."""
    proposer: MemberRefResponse
    extraordinary: bool
    created_at: Time
    opens_at: Time
    """The snapshot that freezes the electorate; ballots count after this second."""
    closes_at: Time
    """The last second in which a ballot counts."""
    binding_at: Time | None
    """Last second in which an adopted decision does not bind yet; None where nothing says when, or nothing binds."""
    attempt: int
    """1, or 2 and more for a question called again."""
    state: ProposalState
    verdict: VerdictName
    """The tally as it stands, judged by the rule."""
    tally: TallyResponse
    texts: Mapping[str, HeadlineResponse]
    """By language; empty where the document is not at hand or does not match its CID."""
    authoritative: str | None
    """The language that is authentic."""
    finality: Literal["provisional", "final"]
    register_number: str
    """Body in short, year of publication and running number there, such as GA-2027-014. It follows from the chain's
    facts alone and, once they are final, never changes; paths take it in place of the id."""
    languages: tuple[str, ...]
    """Of the texts at hand (BCP 47)."""


class ProposalsResponse(PageAnswer):
    """Proposals: open ones first by deadline, then pending ones by opening, then closed ones, newest first."""

    items: tuple[ProposalItem, ...]


class ProposalResponse(Answer, ProposalItem):
    """One proposal with all that belongs to it."""

    texts: Mapping[str, TextResponse]
    """By language; empty where the document is not at hand or does not match its CID."""
    outcome: OutcomeItem
    description: str
    """As on chain."""
    cid: str
    """CID of the canonical text; empty where the description names none."""
    text_verified: bool
    """Whether the text at hand hashes to the CID."""
    resolution_matches_text: bool | None
    """Whether every text it would enter in the public record is the one its CID names; null where it enters none.
    False is a warning: what would be recorded is not what is shown."""
    resolutions: tuple[ResolutionResponse, ...]
    """What its execution did enter in the public record."""
    calls: tuple[CallResponse, ...]
    timeline: tuple[TimelineEntryResponse, ...]
    eta: Time | None
    """From when it may be executed; None until it is queued."""
    closed_early: bool
    """Voting ended before its time, because no ballot could change the outcome any more."""
    veto_until: Time | None
    """Last second in which a veto may be raised; None where the rule knows no veto."""
    party: MemberRefResponse | None
    """The member that its action names."""
    party_effect: str
    """What follows for that member: none, bars_veto (it may not veto) or recuses (it takes no part)."""
    chair: MemberRefResponse | None
    """Chair of the body when the proposal was filed."""
    previous: ProposalRefResponse | None
    """The attempt before this one."""
    next: ProposalRefResponse | None
    """The attempt after this one."""
    revises: ProposalRefResponse | None
    """The vetoed proposal in whose place this one is put."""
    revised_by: ProposalRefResponse | None
    """The proposal put in the place of this one."""
    recusals: tuple[RecusalItem, ...]
    vetoes: tuple[VetoItem, ...]
    minutes: tuple[MinutesItem, ...]
    objections: tuple[ObjectionItem, ...]
    approval: ApprovalResponse | None
    """The answer of an outside authority, once it is recorded."""
    attempts: tuple[AttemptResponse, ...]
    """Every call of the question, this one among them, first to last."""
    file_number: str
    """The consortium's own, as the document has it; empty where it has none."""
    attachments: tuple[AttachmentResponse, ...]


@router.get("/proposals", response_model=ProposalsResponse, responses=problems(), summary="List the proposals")
def get_proposals(request: Request, read: Read, query: Annotated[ProposalQuery, Query()]) -> Response:
    """Proposals by state, kind, body, member, time and words: open ones first, those that close soonest at the top."""
    page = list_proposals(
        read.session,
        read.consortium,
        read.now,
        query.filter(),
        limit=query.limit,
        cursor=query.cursor,
        sort=query.sort or "",
    )
    return respond(request, answer_from(ProposalsResponse, read.as_of, page))


@router.get(
    "/proposals/{proposal_id}",
    response_model=ProposalResponse,
    responses=problems("PROPOSAL_NOT_FOUND"),
    summary="Read one proposal",
)
def get_proposal(request: Request, read: Read, proposal_id: NamedProposal, governor: Governor = None) -> Response:
    """One proposal with its texts in all languages, decoded calls, timeline and outcome."""
    proposal = find_proposal(read.session, read.consortium, proposal_id, read.now, governor=governor)
    return respond(request, answer_from(ProposalResponse, read.as_of, proposal, proposal.summary))
