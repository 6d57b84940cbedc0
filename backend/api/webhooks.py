"""Subscriptions of those who want to be called when something changes."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Path, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from backend.api.answers import Answer, AsOfResponse, BigInteger, Model, PageAnswer, Time
from backend.api.callers import require
from backend.api.changes import SINCE, change_filter
from backend.api.errors import problems
from backend.api.parameters import NAME, IdempotencyKey, Limit, Part, Read
from backend.api.sessions import private
from backend.notices.addresses import check_url
from backend.notices.subscriptions import (
    Subscription,
    end,
    find_webhook,
    list_deliveries,
    list_webhooks,
    replay,
    rotate,
    subscribe,
)
from backend.people.callers import Caller, Role, Scope
from backend.queries.mirror import Mirror
from backend.queries.parts import numbers_of, part_of
from backend.queries.views import Page
from backend.settings import Settings

router = APIRouter(tags=["changes"])

Who = Annotated[Caller, Depends(require(Scope.WEBHOOKS_WRITE))]
WebhookId = Annotated[
    str,
    Path(pattern=r"^wh_[0-9a-f]{16}$", description="Id of the subscription.", examples=["wh_0123456789abcdef"]),
]
ChangeType = Annotated[str, StringConstraints(pattern=r"^[a-z_]{1,32}(\.[a-z_]{1,32})?$")]
Cursor = Annotated[str, StringConstraints(pattern=SINCE)]
DESCRIPTION = r"^[^\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]{0,200}$"
"""One line, without marks that turn the direction of what follows."""


class WebhookOrder(BaseModel):
    """Who wants to be called, and about what."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)

    url: Annotated[str, StringConstraints(min_length=1, max_length=2_000)]
    """Where to: https, at a public address."""
    types: tuple[ChangeType, ...] = Field((), max_length=50)
    """Types or nouns of changes, as in `/v1/changes`; all, if empty."""
    body: Annotated[str, StringConstraints(pattern=NAME)] | None = None
    """Only changes about this body or its proposals."""
    proposal_id: Annotated[str, StringConstraints(pattern=r"^[0-9]{1,58}$")] | None = None
    """Only changes about this proposal."""
    description: Annotated[str, StringConstraints(pattern=DESCRIPTION)] = ""
    """What it is for, in your own words."""
    since: Cursor | None = None
    """Begin after this cursor of the feed, `0` for everything; with what comes from now on, if left out."""


class ReplayOrder(BaseModel):
    """From where to call again."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)

    since: Cursor | None = None
    """Call again after this cursor; go on where it was, if left out."""


class WebhookItem(Model):
    """One subscription."""

    webhook_id: str
    url: str
    types: tuple[str, ...]
    body: str | None
    proposal_id: BigInteger | None
    description: str
    created_by: str
    created_at: Time
    cursor: str
    """Of the last change that was delivered, or that it did not ask for."""
    attempts: int
    """Entries that its log ever had: a call each, or an ending."""
    failures: int
    """Calls that failed since the last that went well."""
    disabled_at: Time | None
    disabled_reason: str | None
    """Why calling was given up; `resume` begins again."""


class WebhookResponse(Answer, WebhookItem):
    """One subscription."""


class SecretResponse(WebhookResponse):
    """One subscription, with the secret that its calls are signed with."""

    secret: str
    """Shown in this answer only. Check calls with it as Standard Webhooks says."""


class WebhooksResponse(PageAnswer):
    """Subscriptions, oldest first."""

    items: tuple[WebhookItem, ...]


class DeliveryItem(Model):
    """One call, or that there will be no more."""

    attempt: int
    change: str
    """Cursor of the change; `webhook-id` of the call."""
    type: str
    """Of the change; `webhook.ended` where calling ended without a call: `problem` says why."""
    at: Time
    milliseconds: int
    status: int | None
    problem: str | None
    delivered: bool


class DeliveriesResponse(PageAnswer):
    """Calls, newest first; they are kept for a month."""

    items: tuple[DeliveryItem, ...]


def _whose(who: Caller) -> str | None:
    return None if who.role is Role.COORDINATOR else who.name


def _answer(read: Read, model: type[Answer], row: object, **more: object) -> Response:
    names = [name for name in model.model_fields if name not in ("as_of", *more)]
    values = {name: getattr(row, name) for name in names} | more
    whole = model.model_validate({**values, "as_of": AsOfResponse.of(read.as_of)})
    return private(whole)


def _place(row: Any) -> tuple[int, ...]:  # noqa: ANN401 - no tables here
    return row.created_at, *numbers_of(row.webhook_id.removeprefix("wh_"))


def _fields(page: Page[Any]) -> dict[str, Any]:
    return {"items": page.items, "total": page.total, "next_cursor": page.next_cursor}


def _writing(request: Request) -> tuple[Mirror, Settings]:
    return request.app.state.mirror, request.app.state.settings


@router.post(
    "/webhooks",
    status_code=201,
    response_model=SecretResponse,
    responses=problems(401, 403, 409, 410),
    summary="Subscribe with an address",
)
def post_webhook(
    request: Request, read: Read, who: Who, order: WebhookOrder, idempotency_key: IdempotencyKey = None
) -> Response:
    """Have an address called with each change, in order and at least once, as CloudEvents 1.0.

    Calls are signed as Standard Webhooks says. Those that fail are repeated over three days; then, or when the address
    answers 410, calling is given up and the subscription says why. It ends, too, with what it hangs on: the
    wallet or token that you subscribe with, your office, your member, your acting for it.
    """
    mirror, settings = _writing(request)
    check_url(order.url, settings.webhook_hosts)
    change_filter(list(order.types))
    wanted = Subscription(
        **order.model_dump(exclude={"proposal_id"}),
        proposal_id=None if order.proposal_id is None else int(order.proposal_id),
        idempotency_key=idempotency_key,
    )
    with mirror.writing() as session:
        made = subscribe(session, mirror.consortium, wanted, who.name, who.person, mirror.wall_clock())
        response = _answer(read, SecretResponse, made)
    response.status_code = 201
    return response


@router.get(
    "/webhooks", response_model=WebhooksResponse, responses=problems(401, 403), summary="List your subscriptions"
)
def get_webhooks(request: Request, read: Read, who: Who, part: Part) -> Response:
    """Your own subscriptions, or everybody's for the coordinator. Secrets are not among them."""
    mirror, _ = _writing(request)
    with mirror.asking() as session:
        rows = list_webhooks(session, mirror.consortium, _whose(who))
        return _answer(read, WebhooksResponse, None, **_fields(part_of(rows, part, 3, _place)))


@router.get(
    "/webhooks/{webhook_id}",
    response_model=WebhookResponse,
    responses=problems(401, 403, "WEBHOOK_NOT_FOUND"),
    summary="Read one subscription",
)
def get_webhook(request: Request, read: Read, who: Who, webhook_id: WebhookId) -> Response:
    """How far it has heard, and whether it is still called."""
    mirror, _ = _writing(request)
    with mirror.asking() as session:
        return _answer(read, WebhookResponse, _find(session, mirror, webhook_id, who))


@router.delete(
    "/webhooks/{webhook_id}",
    status_code=204,
    responses=problems(401, 403, "WEBHOOK_NOT_FOUND"),
    summary="End a subscription",
)
def delete_webhook(request: Request, who: Who, webhook_id: WebhookId) -> Response:
    """Forget it, its secret, and how its calls went."""
    mirror, _ = _writing(request)
    with mirror.writing() as session:
        end(session, _find(session, mirror, webhook_id, who))
    return Response(status_code=204)


@router.post(
    "/webhooks/{webhook_id}/secret",
    response_model=SecretResponse,
    responses=problems(401, 403, "WEBHOOK_NOT_FOUND"),
    summary="Have another secret",
)
def post_secret(request: Request, read: Read, who: Who, webhook_id: WebhookId) -> Response:
    """Make a new secret. For a day each call is signed with both, so that no call is refused meanwhile."""
    mirror, _ = _writing(request)
    with mirror.writing() as session:
        found = _find(session, mirror, webhook_id, who)
        rotate(found, mirror.wall_clock())
        return _answer(read, SecretResponse, found)


@router.post(
    "/webhooks/{webhook_id}/resume",
    response_model=WebhookResponse,
    responses=problems(401, 403, "WEBHOOK_NOT_FOUND", 410),
    summary="Be called again",
)
def post_resume(
    request: Request, read: Read, who: Who, webhook_id: WebhookId, order: Annotated[ReplayOrder, Body()]
) -> Response:
    """Begin to call again after calling was given up, or call again with everything after a cursor."""
    mirror, _ = _writing(request)
    with mirror.writing() as session:
        found = _find(session, mirror, webhook_id, who)
        replay(session, mirror.consortium, found, order.since)
        return _answer(read, WebhookResponse, found)


@router.get(
    "/webhooks/{webhook_id}/deliveries",
    response_model=DeliveriesResponse,
    responses=problems(401, 403, "WEBHOOK_NOT_FOUND"),
    summary="See how the calls went",
)
def get_deliveries(
    request: Request,
    read: Read,
    who: Who,
    webhook_id: WebhookId,
    limit: Limit = 50,
    cursor: Annotated[int | None, Query(ge=1, lt=1 << 62, description="`next_cursor` of the part before.")] = None,
) -> Response:
    """Each call of the last month, newest first: when, how long, what was answered."""
    mirror, _ = _writing(request)
    with mirror.asking() as session:
        rows, total = list_deliveries(session, _find(session, mirror, webhook_id, who), cursor, limit)
    following = str(rows[-1].attempt) if len(rows) == limit and rows[-1].attempt > 1 else None
    return _answer(read, DeliveriesResponse, None, items=tuple(rows), total=total, next_cursor=following)


def _find(session: Any, mirror: Mirror, webhook_id: str, who: Caller) -> Any:  # noqa: ANN401 - no tables here
    return find_webhook(session, mirror.consortium, webhook_id, _whose(who))
