"""Every proposal, and of these the ones that were adopted."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy.orm import Session

from backend.domain.proposals import ProposalState
from backend.domain.tally import Tally
from backend.queries.consortium import Consortium
from backend.queries.proposal_views import summary_view
from backend.queries.standings import BINDING_SOME_DAY, Standing
from backend.queries.status import read_finalized
from backend.queries.tables.columns import Column, Row, Table, Value
from backend.queries.tables.standing_proposals import standing_proposals
from backend.queries.texts import Texts, texts_of
from backend.queries.views import ProposalSummary, TallyView

IN_FORCE = {ProposalState.BINDING, ProposalState.QUEUED, ProposalState.EXECUTED}

WHICH = (
    Column("proposal_id", "Id on chain."),
    Column("register_number", "Number for people, such as GA-2027-014."),
    Column("body", "Name of the body."),
    Column("governor", "Address of the body's governor."),
    Column("kind", "What it is about."),
)
TITLED = (
    Column("title", "Title in the authentic language, where the text is at hand.", optional=True),
    Column("title_language", "Which language that is.", optional=True),
    Column("cid", "CID of the text.", optional=True),
)
TALLIED = (
    Column("votes_for", "Votes in favour.", "integer"),
    Column("votes_against", "Votes against.", "integer"),
    Column("abstentions", "Abstentions.", "integer"),
    Column("entitled", "Members that may vote, less the recused.", "integer"),
)
PROPOSAL_COLUMNS = (
    *WHICH,
    Column("rule", "The rule it was opened under."),
    Column("rule_id", "Number of that version of the rule.", "integer"),
    Column("proposer_id", "Number of the member that proposed.", "integer"),
    Column("proposer_code", "Its short name."),
    Column("proposer_name", "Its name."),
    *TITLED,
    Column("extraordinary", "Whether it was called with the shorter notice.", "boolean"),
    Column("attempt", "1, or 2 and more for a question called again.", "integer"),
    Column("created_at", "When it was published.", "time"),
    Column("opens_at", "The second that fixes the electorate; ballots count after it.", "time"),
    Column("closes_at", "The last second in which a ballot counts.", "time"),
    Column("binding_at", "Last second in which it does not bind yet.", "time", optional=True),
    Column("state", "Where it stands."),
    Column("verdict", "The tally as it stands, judged by the rule."),
    *TALLIED,
    Column("recused", "Members that take no part.", "integer"),
    Column("finality", "provisional while a reorganisation may undo the publication, else final."),
)
DECISION_COLUMNS = (
    *WHICH,
    *TITLED,
    Column("state", "adopted, awaiting_approval, binding, queued or executed."),
    Column("in_force", "Whether it binds now.", "boolean"),
    Column("closes_at", "End of the vote.", "time"),
    Column("binding_at", "Last second in which it does not bind yet.", "time", optional=True),
    Column("queued_at", "When its effect was scheduled.", "time", optional=True),
    Column("executed_at", "When it was carried out.", "time", optional=True),
    Column("executed_transaction", "Hash of the transaction that carried it out.", optional=True),
    *TALLIED,
)


def _proposals(session: Session, consortium: Consortium, now: int) -> Iterator[Row]:
    finalized = read_finalized(session, consortium)
    for standing, number in standing_proposals(session, consortium, now):
        texts = texts_of(consortium, standing.filed.proposal.description)
        yield _proposal(standing, summary_view(standing, now, finalized, number, texts), texts)


def _proposal(standing: Standing, said: ProposalSummary, texts: Texts) -> Row:
    return (
        *which(standing, said.register_number),
        said.rule,
        said.rule_id,
        said.proposer.id,
        said.proposer.code,
        said.proposer.name,
        *_titled(texts),
        said.extraordinary,
        said.attempt,
        said.created_at,
        said.opens_at,
        said.closes_at,
        said.binding_at,
        said.state,
        said.verdict,
        *tallied(said.tally),
        said.tally.recused,
        said.finality,
    )


def _decisions(session: Session, consortium: Consortium, now: int) -> Iterator[Row]:
    for standing, number in standing_proposals(session, consortium, now):
        state = standing.state(now)
        if state in BINDING_SOME_DAY:
            texts = texts_of(consortium, standing.filed.proposal.description)
            yield _decision(standing, number, state, texts)


def _decision(standing: Standing, number: str, state: ProposalState, texts: Texts) -> Row:
    proposal = standing.filed.proposal
    return (
        *which(standing, number),
        *_titled(texts),
        state.value,
        state in IN_FORCE,
        proposal.closes_at,
        standing.binding_in(state),
        proposal.queued_at,
        proposal.executed_at,
        proposal.executed_transaction,
        *tallied(standing.tally),
    )


def which(standing: Standing, number: str) -> Row:
    """Say which proposal it is, under the columns `WHICH`."""
    filed = standing.filed
    return (str(filed.proposal.proposal_id), number, filed.body.name, filed.body.governor, filed.kind.name)


def tallied(tally: Tally | TallyView) -> Row:
    """Say how the ballots divide, under the columns `TALLIED`."""
    return (tally.for_votes, tally.against_votes, tally.abstain_votes, tally.entitled)


def _titled(texts: Texts) -> tuple[Value, Value, Value]:
    """Say what its text is called, under the columns `TITLED`."""
    text = texts.authentic
    return (None, None, texts.cid or None) if text is None else (text.title, text.language, texts.cid)


PROPOSALS = Table("proposals", "Every proposal, by body and number.", PROPOSAL_COLUMNS, _proposals)
DECISIONS = Table("decisions", "Every proposal that was adopted and stands.", DECISION_COLUMNS, _decisions)
