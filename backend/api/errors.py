"""The one table from error to status, and the answers made from it (RFC 9457)."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from secrets import token_hex
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from backend import errors
from backend.api.answers import Model
from backend.commons.refusals import TooManyDownloadsError
from backend.documents import refusals as document_refusals
from backend.notices import refusals as notice_refusals
from backend.people import refusals
from backend.queries.refusals import FeedRestartedError
from backend.relay import refusals as relay

log = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What an error means over HTTP."""

    status: int
    title: str
    what_to_do: str


NOT_THERE = "Look it up in the list of its kind; what was just recorded appears once its block is mirrored."
TRY_LATER = "Try again in a minute; if it lasts, tell the operator and give the reference."

MEANINGS: Mapping[str, Meaning] = {
    errors.MemberNotFoundError.code: Meaning(404, "No such member", "Take the number or code from /v1/members."),
    errors.BodyNotFoundError.code: Meaning(404, "No such body", "Take the name from /v1/bodies."),
    errors.RuleNotFoundError.code: Meaning(404, "No such rule", "Take the name or number from /v1/rules."),
    errors.KindNotFoundError.code: Meaning(404, "No such kind", "Take the name from /v1/kinds."),
    errors.ProposalNotFoundError.code: Meaning(404, "No such proposal", NOT_THERE),
    errors.BallotNotFoundError.code: Meaning(404, "No such ballot", NOT_THERE),
    errors.RelayedBallotNotFoundError.code: Meaning(404, "No such ballot", "Use the id that was given out for it."),
    errors.NotFoundError.code: Meaning(404, "Nothing there", "See /v1/openapi.json for what there is."),
    errors.InvalidCursorError.code: Meaning(422, "Cursor not known", "Start again without a cursor."),
    errors.UnknownParameterError.code: Meaning(422, "Parameter not known", "Leave it out, or correct its name."),
    FeedRestartedError.code: Meaning(
        410, "Feed begun anew", "Forget what you read of the feed and begin again with since=0."
    ),
    errors.InvalidFilterError.code: Meaning(422, "Filter not understood", "Use one of the values named in `detail`."),
    errors.InvalidIdentifierError.code: Meaning(422, "Identifier not understood", "Give it the shape in `detail`."),
    errors.InvalidRequestError.code: Meaning(422, "Request not understood", "Correct what `detail` names."),
    relay.TypedDataError.code: Meaning(422, "No ballot of the governors", "Sign what /v1/proposals/…/ballot gives."),
    relay.AnotherChainError.code: Meaning(422, "Signed for another chain", "Sign for the chain of `as_of`."),
    relay.ForeignContractError.code: Meaning(422, "Signed for another contract", "Sign for a governor of /v1/bodies."),
    relay.BadSignatureError.code: Meaning(422, "Signature not the voter's", "Sign again with the member's wallet."),
    relay.ReasonMismatchError.code: Meaning(422, "Reason not the one signed", "Sign the commitment of these words."),
    refusals.KeyReusedError.code: Meaning(422, "Key used for another request", "Draw a new key for each."),
    relay.BallotUnderWayError.code: Meaning(409, "Another ballot is on its way", "Wait until that one is counted."),
    relay.WrongNonceError.code: Meaning(409, "Not the next ballot", "Ask for the document again and sign that."),
    relay.VotingNotOpenError.code: Meaning(409, "Voting not open yet", "Come back when it is."),
    relay.VotingClosedError.code: Meaning(409, "Voting is over", "A ballot can no longer count."),
    relay.NotAMemberError.code: Meaning(409, "Wallet of no member", "Sign with the wallet on the roll."),
    relay.WalletRevokedError.code: Meaning(409, "Wallet was replaced", "Sign with the member's new wallet."),
    relay.MemberDefaultingError.code: Meaning(409, "Defaulting party", "Ask the assembly; until then no vote."),
    relay.NoVotingRightError.code: Meaning(409, "No vote in this body", "See /v1/bodies for who votes where."),
    relay.NotInElectorateError.code: Meaning(409, "Not in the electorate", "Vote on proposals that open later."),
    relay.RecusedError.code: Meaning(409, "Recused", "The member takes no part in this vote."),
    relay.AlreadyVotedError.code: Meaning(409, "Voted already", "Under this rule the first ballot stands."),
    relay.TooManyRevisionsError.code: Meaning(409, "Changed too often", "The last ballot stands."),
    relay.BallotRefusedError.code: Meaning(409, "Refused by the governor", "See `detail` for the governor's word."),
    relay.WordsTooLateError.code: Meaning(409, "Words come too late", "They are taken in while voting is open."),
    relay.RelayQuotaError.code: Meaning(429, "Enough ballots for a day", "Wait, or send it yourself; anybody can."),
    relay.RelayOffError.code: Meaning(503, "No relay here", "Send the ballot yourself; anybody can."),
    relay.RelayAwayError.code: Meaning(503, "Relay gives no sign of life", "Try again shortly, or send it yourself."),
    relay.RelayEmptyError.code: Meaning(503, "Relay out of money", "Tell the operator, or send it yourself."),
    refusals.NotSignedInError.code: Meaning(401, "Nobody is signed in", "Sign in, or send a token as a bearer."),
    refusals.SignatureRefusedError.code: Meaning(401, "Signature refused", "Sign exactly the message given out."),
    refusals.NonceUsedError.code: Meaning(
        401, "Message used up", "Ask for a new message; each is good for one sign-in."
    ),
    refusals.SignInRefusedError.code: Meaning(401, "Sign-in refused", "Ask for a new message and sign exactly that."),
    refusals.UnknownWalletError.code: Meaning(403, "Wallet has no role", "Use the member's current wallet."),
    refusals.NotAllowedError.code: Meaning(403, "Not allowed", "Ask whoever may, or the coordinator for a token."),
    refusals.ForeignOriginError.code: Meaning(403, "Sent by a foreign page", "Send it from a page of this service."),
    refusals.TokenNotFoundError.code: Meaning(404, "No such token", "Take the name from /v1/tokens."),
    refusals.PersonNotFoundError.code: Meaning(404, "No such person", "Take the name from /v1/representatives."),
    refusals.TooManyPersonsError.code: Meaning(409, "Too many people on file", "Erase who does not act any more."),
    refusals.DraftNotFoundError.code: Meaning(404, "No such draft", "Take the id from /v1/drafts."),
    refusals.DraftChangedError.code: Meaning(409, "Draft saved meanwhile", "Read it, then save over that version."),
    refusals.TooManyDraftsError.code: Meaning(409, "Too many drafts", "Remove one first."),
    refusals.DraftTooLargeError.code: Meaning(413, "Draft too large", "Shorten its texts, or attach them as files."),
    document_refusals.DocumentNotFoundError.code: Meaning(404, "No such document", "Ask whoever published it."),
    document_refusals.DocumentTypeError.code: Meaning(415, "Type not kept", "Use a type that `detail` names."),
    document_refusals.QuotaExceededError.code: Meaning(429, "Enough for today", "Try again tomorrow."),
    errors.InvalidDocumentError.code: Meaning(422, "Document not in order", "Correct the part that `detail` names."),
    errors.DocumentMismatchError.code: Meaning(
        502, "Document was changed", "Do not use it; ask another keeper, and tell the operator."
    ),
    errors.MirrorEmptyError.code: Meaning(503, "Nothing mirrored yet", "Try again when /health/ready says so."),
    errors.DatabaseUnavailableError.code: Meaning(503, "Database out of reach", TRY_LATER),
    errors.MirrorError.code: Meaning(503, "Mirror out of order", TRY_LATER),
    errors.NodeUnavailableError.code: Meaning(503, "Node out of reach", TRY_LATER),
    errors.ChainError.code: Meaning(503, "Node out of reach", TRY_LATER),
    "METHOD_NOT_ALLOWED": Meaning(405, "Method not allowed", "Use one that `Allow` names; see /v1/openapi.json."),
    "BODY_TOO_LARGE": Meaning(413, "Request too large", "Send less; see /v1/openapi.json for what each path takes."),
    "ADDRESS_TOO_LONG": Meaning(414, "Address too long", "Ask with fewer or shorter parameters."),
    TooManyDownloadsError.code: Meaning(429, "Too many exports", "Wait until one has ended, and ask again."),
    "TOO_MANY_REQUESTS": Meaning(429, "Too many requests", "Wait as many seconds as `Retry-After` says."),
    notice_refusals.TooManyListenersError.code: Meaning(503, "Too many listeners", "Try again in a minute."),
    notice_refusals.AddressRefusedError.code: Meaning(422, "Address refused", "Give a public https address."),
    notice_refusals.TooManyWebhooksError.code: Meaning(409, "Too many subscriptions", "End one first."),
    notice_refusals.WebhookNotFoundError.code: Meaning(404, "No such subscription", "Take the id from /v1/webhooks."),
    notice_refusals.NoticesOffError.code: Meaning(409, "No e-mail is sent here", "Ask the operator to set a server."),
    notice_refusals.NotOpenError.code: Meaning(409, "Nothing to remind of", "Remind while voting is open."),
    notice_refusals.RemindedTodayError.code: Meaning(409, "Reminded today already", "Remind again tomorrow."),
    "REQUEST_REFUSED": Meaning(400, "Request refused", "See /v1/openapi.json for what can be asked."),
    "INTERNAL_ERROR": Meaning(500, "Something went wrong here", TRY_LATER),
}
"""Stable code → meaning; a code that is not listed means what its nearest listed ancestor means."""


class Problem(Model):
    """Why a request was not answered."""

    type: str
    """Address of the entry in the list of problems."""
    title: str
    status: int
    detail: str
    code: str
    """Stable; programs may rely on it."""
    what_to_do: str
    reference: str
    """Names this one refusal in the operator's log."""
    errors: tuple[dict[str, str], ...] = ()
    """Which parameters are wrong, and why."""


def meaning_of(error: errors.ZborError) -> Meaning:
    """Find what the error, or the nearest of its ancestors that is listed, means."""
    codes = [ancestor.code for ancestor in type(error).__mro__ if issubclass(ancestor, errors.ZborError)]
    return next((MEANINGS[code] for code in codes if code in MEANINGS), MEANINGS["INTERNAL_ERROR"])


def problem_response(
    meaning: Meaning,
    code: str,
    detail: str,
    *,
    faults: tuple[dict[str, str], ...] = (),
    status: int | None = None,
    cause: Exception | None = None,
) -> Response:
    """Write one problem as JSON, with a fresh reference; the cause is told to the log only, under that reference."""
    problem = Problem(
        type=f"/v1/problems#{code}",
        title=meaning.title,
        status=status or meaning.status,
        detail=detail,
        code=code,
        what_to_do=meaning.what_to_do,
        reference=token_hex(6),
        errors=faults,
    )
    if cause is not None:
        log.error("%s %s %s", problem.status, code, problem.reference, exc_info=cause)
    return Response(problem.model_dump_json(), status_code=problem.status, media_type=MEDIA_TYPE)


async def on_refusal(_request: Request, error: errors.ZborError) -> Response:
    """Answer an error of ours; what went wrong inside is said to the log only."""
    meaning = meaning_of(error)
    if meaning.status >= 500 and not isinstance(error, relay.RelayError):
        return problem_response(meaning, error.code, meaning.title, cause=error)
    response = problem_response(meaning, error.code, error.message)
    if meaning.status == 401:
        response.headers["www-authenticate"] = 'Bearer realm="zbor"'
    return response


async def on_invalid_request(_request: Request, error: RequestValidationError) -> Response:
    """Answer parameters that FastAPI refused, without repeating what was sent."""
    faults = tuple(
        {"parameter": ".".join(str(part) for part in fault["loc"][1:]), "problem": fault["msg"]}
        for fault in error.errors()
    )
    detail = "; ".join(f"{fault['parameter']}: {fault['problem']}" for fault in faults)
    code = errors.InvalidRequestError.code
    return problem_response(MEANINGS[code], code, detail, faults=faults)


async def on_http_error(_request: Request, error: HTTPException) -> Response:
    """Answer what the router refused: no such path, no such method, a body that cannot be read."""
    if error.status_code == 400:
        code = errors.InvalidRequestError.code
        return problem_response(MEANINGS[code], code, "The body cannot be read: send JSON in UTF-8.")
    codes = {404: errors.NotFoundError.code, 405: "METHOD_NOT_ALLOWED", 413: "BODY_TOO_LARGE"}
    code = codes.get(error.status_code, "REQUEST_REFUSED")
    response = problem_response(MEANINGS[code], code, str(error.detail), status=error.status_code)
    response.headers.update(error.headers or {})
    return response


async def on_bug(_request: Request, error: Exception) -> Response:
    """Answer anything else: the story goes to the log, the client gets the reference."""
    meaning = MEANINGS["INTERNAL_ERROR"]
    return problem_response(meaning, "INTERNAL_ERROR", "The request could not be answered.", cause=error)


HANDLERS: Mapping[type[Exception], Callable[[Request, Any], Awaitable[Response]]] = {
    errors.ZborError: on_refusal,
    RequestValidationError: on_invalid_request,
    HTTPException: on_http_error,
    Exception: on_bug,
}


def install(app: FastAPI) -> None:
    """Give the application these answers."""
    for kind, handler in HANDLERS.items():
        app.add_exception_handler(kind, handler)


ALWAYS = (414, 422, 429, 500, 503)
"""Statuses that any request may meet."""


def problems(*refusals: int | str) -> dict[int | str, dict[str, Any]]:
    """Say in the OpenAPI document which refusals an endpoint has; every one may also say those of `ALWAYS`.

    Args:
        refusals: codes, or statuses with all the codes they have.
    """
    told: dict[int, str] = {}
    for each in (*refusals, *ALWAYS):
        status = each if isinstance(each, int) else MEANINGS[each].status
        words = titles(status) if isinstance(each, int) else title(each)
        told[status] = ", ".join(filter(None, (told.get(status), words)))
    return {status: {"model": Problem, "description": words} for status, words in told.items()}


def titles(status: int) -> str:
    """Name what a status may stand for, each with its code, for people who read the OpenAPI document."""
    return ", ".join(sorted(title(code) for code, meaning in MEANINGS.items() if meaning.status == status))


def title(code: str) -> str:
    """Name what a code stands for."""
    return f"{MEANINGS[code].title} (`{code}`)"
