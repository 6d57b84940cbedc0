"""Takes in the words of reasons whose ballots members sent themselves: only what a counted ballot commits to."""

from __future__ import annotations

from backend.documents.reasons import BallotName, Reason
from backend.domain.values import Address, MemberId, ProposalId
from backend.errors import BallotNotFoundError
from backend.queries.filed import ProposalName, find_filed
from backend.queries.members import find_member_record
from backend.queries.mirror import Mirror, Reading
from backend.queries.reasons import commitments_of
from backend.relay.handed import Words
from backend.relay.refusals import ReasonMismatchError, WordsTooLateError


def take_words(
    mirror: Mirror, proposal: ProposalName, member: str, words: Words, *, governor: str | None = None
) -> None:
    """Keep the words behind a ballot of the member on the proposal. The same words again change nothing.

    Words that were erased could be brought back by whoever has them with their salt, so they are taken while voting is
    open, and not later.

    Raises:
        NotFoundError: no such proposal, member or ballot.
        WordsTooLateError: voting is over.
        ReasonMismatchError: no ballot of the member commits to these words with this salt.
        InvalidDocumentError: the words break the format.
    """
    with mirror.reading() as reading:
        reason = _reason(reading, proposal, member, words, governor)
    # Not within the reading: the store writes to the same database.
    mirror.consortium.documents.put_reason(reason)


def _reason(reading: Reading, proposal: ProposalName, member: str, words: Words, governor: str | None) -> Reason:
    session, consortium = reading.session, reading.consortium
    filed = find_filed(session, consortium, proposal, governor)
    member_id = find_member_record(session, consortium, member).member_id
    name = BallotName(Address(filed.body.governor), ProposalId(filed.proposal.proposal_id), MemberId(member_id))
    if reading.now > filed.proposal.closes_at:
        raise WordsTooLateError
    given = [each for each in commitments_of(session, consortium, member_id, 0, reading.now) if each[0] == name]
    reason = Reason(name, words.language, words.text, words.salt)
    if not given:
        raise BallotNotFoundError(f"with a reason of {member} on {proposal}")
    if reason.commitment not in {commitment for _, commitment in given}:
        raise ReasonMismatchError("no ballot of this member here commits to these words with this salt")
    return reason
