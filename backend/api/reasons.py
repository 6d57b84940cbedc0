"""Words of reasons: the chain holds what they hash to, the words themselves are handed in here."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from backend.api.errors import problems
from backend.api.parameters import Governor, MemberKey, NamedProposal
from backend.api.relay import ReasonBody
from backend.relay.handed import Words
from backend.relay.words import take_words

router = APIRouter(tags=["proposals"])


@router.post(
    "/proposals/{proposal_id}/ballots/{key}/reason",
    status_code=204,
    responses=problems("PROPOSAL_NOT_FOUND", "MEMBER_NOT_FOUND", "BALLOT_NOT_FOUND", 409),
    summary="Hand in the words of a reason",
)
def post_reason(
    request: Request, proposal_id: NamedProposal, key: MemberKey, handed: ReasonBody, governor: Governor = None
) -> Response:
    """For ballots that members sent themselves; a ballot that is handed in to the relay brings its words along.

    Taken in while voting is open, and only where a ballot of the member commits to these words with this salt: the
    commitment is the authority, nobody signs in.
    """
    take_words(request.app.state.mirror, proposal_id, key, Words(**handed.model_dump()), governor=governor)
    return Response(status_code=204, headers={"cache-control": "no-store"})
