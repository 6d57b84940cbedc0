"""Reminders: the coordinator asks those who have not voted to do so."""

from __future__ import annotations

from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, Header, Request, Response
from pydantic import BaseModel, ConfigDict, StringConstraints

from backend.api.answers import Answer, AsOfResponse, BigInteger, Time
from backend.api.callers import require
from backend.api.errors import problems
from backend.api.parameters import ADDRESS
from backend.api.sessions import private
from backend.domain.bodies import reference_of
from backend.notices.refusals import NoticesOffError
from backend.notices.reminders import Order, remind
from backend.people.callers import Caller, Scope
from backend.queries.filed import find_filed
from backend.queries.mirror import Mirror
from backend.settings import Settings

router = APIRouter(tags=["people"])

Coordinator = Annotated[Caller, Depends(require(Scope.NOTICES_WRITE))]
IdempotencyKey = Annotated[
    str | None,
    Header(pattern=r"^[!-~]{1,64}$", description="Your own name for this request: repeated, it sends nothing new."),
]


class ReminderBody(BaseModel):
    """Of which proposal to remind."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)

    proposal: Annotated[str, StringConstraints(pattern=r"^[0-9]{1,58}$")]
    """Its id."""
    governor: Annotated[str, StringConstraints(pattern=ADDRESS)] | None = None
    """Of the body, where several have a proposal of this id."""


class ReminderResponse(Answer):
    """A reminder."""

    proposal: BigInteger
    reference: str
    """Number of the proposal for people, such as GA-7."""
    at: Time
    members: int
    """Organisations that could vote and had not."""
    letters: int
    """E-mails that were written to their people; fewer than `members` where nobody is on file or wants any."""


@router.post(
    "/reminders",
    status_code=201,
    response_model=ReminderResponse,
    responses={
        200: {"model": ReminderResponse, "description": "Done before, by this very request"},
        **problems(401, 403, 409, "PROPOSAL_NOT_FOUND"),
    },
    summary="Remind those who have not voted",
)
def post_reminder(
    request: Request, who: Coordinator, body: ReminderBody, idempotency_key: IdempotencyKey = None
) -> Response:
    """Write to the people of every organisation that has not voted; once a day for each proposal."""
    mirror: Mirror = request.app.state.mirror
    settings: Settings = request.app.state.settings
    if not settings.sends_mail:
        raise NoticesOffError
    with mirror.reading() as read:
        now, as_of = read.now, AsOfResponse.of(read.as_of)
    with mirror.writing() as session:
        filed = find_filed(session, mirror.consortium, int(body.proposal), body.governor)
        order = Order(who.name, now, ZoneInfo(settings.time_zone), idempotency_key)
        made, is_new = remind(session, mirror.consortium, filed.proposal, order)
        answer = ReminderResponse(
            as_of=as_of,
            proposal=made.proposal_id,
            reference=reference_of(filed.body.name, filed.proposal.number),
            at=made.created_at,
            members=made.members,
            letters=made.letters,
        )
    return private(answer, 201 if is_new else 200)
