"""Sign-In with Ethereum (EIP-4361): a message is given out, signed by the wallet, and exchanged for a session."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, StringConstraints

from backend.api.answers import Answer, AsOfResponse, Time
from backend.api.callers import cookie_name, require_own_origin, session_in
from backend.api.errors import problems
from backend.api.parameters import ADDRESS, Read
from backend.api.sessions import CallerResponse, caller_answer, private
from backend.people.sessions import LASTS, end_session
from backend.people.sign_in import invite, sign_in
from backend.queries.mirror import Mirror
from backend.settings import Settings

router = APIRouter(tags=["sign-in"])


class WalletBody(BaseModel):
    """Which wallet is going to sign."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)

    wallet: Annotated[str, StringConstraints(pattern=ADDRESS)]


class InvitationResponse(Answer):
    """The message to sign, exactly as it stands (`personal_sign`)."""

    message: str
    expires_at: Time


class SignedBody(BaseModel):
    """A message and its signature."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)

    message: Annotated[str, StringConstraints(min_length=1, max_length=4096)]
    """As it was signed, to the letter."""
    signature: Annotated[str, StringConstraints(pattern=r"^0x(?:[0-9a-fA-F]{2}){0,4096}$")]
    """By the key of the wallet, or whatever the contract that is the wallet accepts (EIP-1271)."""


@router.post(
    "/sign-in/message",
    response_model=InvitationResponse,
    responses=problems(),
    summary="Ask for a message to sign in with",
)
def post_message(request: Request, read: Read, body: WalletBody) -> Response:
    """A message for any wallet, good for ten minutes and one sign-in. Nothing is said of whose wallet it is."""
    mirror: Mirror = request.app.state.mirror
    invitation = invite(mirror, request.app.state.settings, body.wallet)
    answer = InvitationResponse(
        as_of=AsOfResponse.of(read.as_of), message=invitation.message, expires_at=invitation.expires_at
    )
    return private(answer)


@router.post("/sign-in", response_model=CallerResponse, responses=problems(401, 403), summary="Sign in")
def post_sign_in(request: Request, body: SignedBody) -> Response:
    """Exchange the signed message for a session of eight hours, in a cookie that only pages of this service can use.

    A session that the browser had before is ended. What you may do follows from what your wallet is at each request.
    """
    mirror: Mirror = request.app.state.mirror
    settings: Settings = request.app.state.settings
    require_own_origin(request, settings)
    who, secret = sign_in(mirror, settings, request.app.state.contract_wallets, body.message, body.signature)
    if session_in(request, settings):
        with mirror.writing() as session:
            end_session(session, mirror.consortium.id, request.cookies[cookie_name(settings)])
    with mirror.reading() as read:  # not before: a node may have been asked, and taken its time
        response = caller_answer(read, who)
    response.set_cookie(
        cookie_name(settings),
        secret,
        max_age=LASTS,
        path="/",
        secure=settings.origin.startswith("https://"),
        httponly=True,
        samesite="strict",
    )
    return response
