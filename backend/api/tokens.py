"""Tokens of machines: made, listed and revoked by the coordinator."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Path, Request, Response
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from backend.api.answers import Answer, AsOfResponse, Model, PageAnswer, Time
from backend.api.callers import require
from backend.api.errors import problems
from backend.api.parameters import IdempotencyKey, Part, Read
from backend.api.sessions import private
from backend.people.callers import Caller, Role, Scope
from backend.people.tokens import TokenOrder, list_tokens, make_token, revoke_token
from backend.queries.mirror import Mirror
from backend.queries.parts import numbers_of, part_of

router = APIRouter(tags=["sign-in"])

Coordinator = Annotated[Caller, Depends(require(Scope.TOKENS_WRITE))]
TokenName = Annotated[str, Path(pattern=r"^[0-9a-f]{12}$", description="Name of the token, as listed.")]
LABEL = r"^[^\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]{1,100}$"


class TokenBody(BaseModel):
    """What a token is to be."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)

    label: Annotated[str, StringConstraints(pattern=LABEL)]
    """What it is for. No names of persons: it is kept for the record."""
    scopes: list[Scope] = Field(min_length=1, max_length=len(Scope))
    """What it may do."""
    days: int = Field(90, ge=1, le=366)
    """How long it lasts."""
    role: Literal[Role.MACHINE, Role.AUDITOR] = Role.MACHINE
    member: int | None = Field(None, ge=0, le=65535)
    """Number of the member it acts for."""
    person: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")] | None = None
    """Pseudonym of the representative it is made for; it goes when they are erased."""


class TokenItem(Model):
    """A token, without its secret."""

    name: str
    label: str
    role: Literal["machine", "auditor"]
    scopes: tuple[str, ...]
    member: int | None
    person: str | None
    created_at: Time
    expires_at: Time
    revoked_at: Time | None


class TokensResponse(PageAnswer):
    """Every token, the newest first."""

    items: tuple[TokenItem, ...]


class NewTokenResponse(Answer):
    """A token that was just made."""

    token: TokenItem
    secret: str
    """Shown this once and kept nowhere: send it as `Authorization: Bearer <secret>`."""


@router.get("/tokens", response_model=TokensResponse, responses=problems(401, 403), summary="List the tokens")
def get_tokens(request: Request, read: Read, _who: Coordinator, part: Part) -> Response:
    """Every token ever made, with what it may do and until when; never the secrets."""
    mirror: Mirror = request.app.state.mirror
    with mirror.asking() as session:
        every = list_tokens(session, mirror.consortium.id)
    page = part_of(every, part, 2, lambda token: (-token.created_at, *numbers_of(token.name)))
    return private(TokensResponse.of(read.as_of, page, TokenItem))


@router.post(
    "/tokens",
    response_model=NewTokenResponse,
    status_code=201,
    responses=problems(401, 403),
    summary="Make a token",
)
def post_token(
    request: Request, read: Read, who: Coordinator, body: TokenBody, idempotency_key: IdempotencyKey = None
) -> Response:
    """Make a token for a machine. Only a coordinator who signed in can: no token makes another.

    It ends with the office of whoever makes it. Repeated with the same `Idempotency-Key` the request gives the same
    token with a new secret, in the place of the one that may have been lost on the way.
    """
    mirror: Mirror = request.app.state.mirror
    lasts = body.days * 86_400
    order = TokenOrder(body.label, body.scopes, lasts, body.role, body.member, body.person, who.name, idempotency_key)
    with mirror.writing() as session:
        record, secret = make_token(session, mirror.consortium, order, mirror.wall_clock())
        item = TokenItem.model_validate(record)
    answer = NewTokenResponse(as_of=AsOfResponse.of(read.as_of), token=item, secret=secret)
    return private(answer, 201)


@router.delete(
    "/tokens/{name}", status_code=204, responses=problems(401, 403, "TOKEN_NOT_FOUND"), summary="Revoke a token"
)
def delete_token(request: Request, name: TokenName, _who: Coordinator) -> Response:
    """End a token at once and for good; it stays in the list."""
    mirror: Mirror = request.app.state.mirror
    with mirror.writing() as session:
        revoke_token(session, mirror.consortium.id, name, mirror.wall_clock())
    return Response(status_code=204)
