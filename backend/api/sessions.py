"""The session of whoever is signed in."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter, Request, Response

from backend.api.answers import Answer, AsOfResponse, Time, rfc3339
from backend.api.callers import SignedIn, cookie_name, session_secret
from backend.api.errors import problems
from backend.api.parameters import Read
from backend.people.callers import Caller
from backend.people.sessions import end_session
from backend.queries.mirror import Mirror

router = APIRouter(tags=["sign-in"])


class CallerResponse(Answer):
    """Who is asking, as this service knows them."""

    role: Literal["representative", "coordinator", "auditor", "machine"]
    scopes: tuple[str, ...]
    """What they may do."""
    member: int | None
    """Number of the member they act for."""
    wallet: str | None
    """The wallet they signed in with; null for a token."""
    token: str | None
    """Public name of the token; null for a session."""
    person: str | None
    """Pseudonym of the representative on file for the wallet."""
    ends_at: Time | None
    """Last second of the session; null for a token."""


def caller_answer(read: Read, who: Caller) -> Response:
    """Write who is asking; nobody between may keep the answer."""
    answer = CallerResponse(
        as_of=AsOfResponse.of(read.as_of),
        role=who.role.value,
        scopes=tuple(sorted(who.scopes)),
        member=who.member_id,
        wallet=who.wallet,
        token=who.token,
        person=who.person,
        ends_at=None if who.ends_at is None else rfc3339(who.ends_at),
    )
    return private(answer)


def private(answer: Answer, status_code: int = 200) -> Response:
    """Write an answer that is meant for one caller alone; nobody between may keep it."""
    headers = {"cache-control": "no-store"}
    return Response(answer.model_dump_json(), status_code, headers, media_type="application/json")


@router.get("/session", response_model=CallerResponse, responses=problems(401, 403), summary="See who is signed in")
def get_session(read: Read, who: SignedIn) -> Response:
    """In which role you ask, for which member, and what you may do: by the cookie of a session or by a token."""
    return caller_answer(read, who)


@router.delete("/session", status_code=204, responses=problems(401, 403), summary="Sign out")
def delete_session(request: Request, _who: SignedIn) -> Response:
    """End the session of the cookie for good. Tokens are revoked under /v1/tokens."""
    mirror: Mirror = request.app.state.mirror
    secret = session_secret(request)
    if secret is not None:
        with mirror.writing() as session:
            end_session(session, mirror.consortium.id, secret)
    response = Response(status_code=204)
    response.delete_cookie(cookie_name(request.app.state.settings), path="/")
    return response
