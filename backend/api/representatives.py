"""Representatives of the members: personal data, shown to those who may see them and to nobody else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from backend.api.answers import Answer, AsOfResponse, Model, PageAnswer, Time
from backend.api.callers import SignedIn, require
from backend.api.errors import problems
from backend.api.parameters import ADDRESS, IdempotencyKey, Instant, Part, Read
from backend.api.sessions import private
from backend.people import erasure
from backend.people.callers import Caller, Scope
from backend.people.reading import appointed_wallet, changeable, readable, require_erasable, visible
from backend.people.representatives import (
    Appointment,
    Correction,
    Function,
    Representative,
    appoint,
    correct,
    dismiss,
    request_of,
)
from backend.queries.mirror import Mirror
from backend.queries.parts import numbers_of, part_of

router = APIRouter(tags=["people"])

Reader = Annotated[Caller, Depends(require(Scope.PEOPLE_READ))]
Writer = Annotated[Caller, Depends(require(Scope.PEOPLE_WRITE))]
Person = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$", description="Pseudonym, as listed.")]
MemberNumber = Annotated[int | None, Query(ge=0, le=65535, description="Only those of the member of this number.")]
PRINTABLE = r"^[^\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]{1,200}$"
EMAIL = (
    r"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~\-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9\-]{0,61}[A-Za-z0-9])?(?:\.[A-Za-z0-9\-]{1,63})+$"
)
LANGUAGE = r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$"


class AppointmentBody(BaseModel):
    """Who acts for a member from now on."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True, hide_input_in_errors=True)

    member: int = Field(ge=0, le=65535)
    """Number of the member."""
    function: Function
    name: Annotated[str, StringConstraints(pattern=PRINTABLE, strip_whitespace=True)]
    email: Annotated[str, StringConstraints(pattern=EMAIL, max_length=254)]
    language: Annotated[str, StringConstraints(pattern=LANGUAGE)]
    """In which they want to be written to, such as `sl`."""
    consent: Literal[True]
    """They agreed that this be kept."""
    since: Instant | None = None
    """Now, if left out."""
    wallet: Annotated[str, StringConstraints(pattern=ADDRESS)] | None = None
    """The member's wallet that they use."""


Reasons = Annotated[bool, Query(description="Also erase the reasons that they gave with ballots.")]


class CorrectionBody(BaseModel):
    """What is kept on a person from now on."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True, hide_input_in_errors=True)

    name: Annotated[str, StringConstraints(pattern=PRINTABLE, strip_whitespace=True)]
    email: Annotated[str, StringConstraints(pattern=EMAIL, max_length=254)]
    language: Annotated[str, StringConstraints(pattern=LANGUAGE)]
    """In which they want to be written to, such as `sl`."""


class DismissalBody(BaseModel):
    """Until when somebody acted for their member."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)

    until: Instant


class RepresentativeItem(Model):
    """One who acts or acted for a member."""

    person: str
    """Pseudonym; stays for the record when the person is erased."""
    member_id: int
    function: Literal["representative", "deputy", "contact"]
    since: Time
    until: Time | None
    wallet: str | None
    name: str | None
    """Null once erased."""
    email: str | None
    """Null once erased, and for auditors."""
    language: str | None
    consented_at: Time | None
    erased_at: Time | None


class RepresentativesResponse(PageAnswer):
    """Who acts or acted, the newest first."""

    items: tuple[RepresentativeItem, ...]


class RepresentativeResponse(Answer):
    """All that is kept on one person."""

    representative: RepresentativeItem


class ErasureResponse(Answer):
    """What was removed."""

    person: str
    rows: dict[str, int]
    """How many rows went from each table."""
    reasons: int
    """How many reasons of ballots, words and salts, were erased."""


@router.get(
    "/representatives",
    response_model=RepresentativesResponse,
    responses=problems(401, 403),
    summary="List the representatives",
)
def get_representatives(request: Request, read: Read, who: Reader, part: Part, member: MemberNumber = None) -> Response:
    """Those of your own member; all of them for the coordinator; all, without e-mail addresses, for auditors."""
    mirror: Mirror = request.app.state.mirror
    with mirror.asking() as session:
        every = visible(session, mirror.consortium.id, who, member)
    page = part_of(every, part, 4, lambda each: (-each.since, *numbers_of(each.person)))
    return private(RepresentativesResponse.of(read.as_of, page, RepresentativeItem))


@router.get(
    "/representatives/{person}",
    response_model=RepresentativeResponse,
    responses=problems(401, 403, "PERSON_NOT_FOUND"),
    summary="See all that is kept on a person",
)
def get_representative(request: Request, read: Read, person: Person, who: Reader) -> Response:
    """What is kept on one person, for whoever may see it."""
    mirror: Mirror = request.app.state.mirror
    with mirror.asking() as session:
        found = readable(session, mirror.consortium.id, who, person)
    return _one(read, found)


@router.post(
    "/representatives",
    response_model=RepresentativeResponse,
    status_code=201,
    responses=problems(401, 403, "TOO_MANY_PERSONS"),
    summary="Put a representative on file",
)
def post_representative(
    request: Request, read: Read, who: Writer, body: AppointmentBody, idempotency_key: IdempotencyKey = None
) -> Response:
    """Keep who acts for your own member, or as the coordinator for any, with their consent. Nothing goes on chain."""
    who.require_member(body.member)
    mirror: Mirror = request.app.state.mirror
    now = mirror.wall_clock()
    appointment = Appointment(
        body.member,
        body.function,
        body.name,
        body.email,
        body.language,
        now if body.since is None else int(body.since.timestamp()),
        appointed_wallet(who, body.wallet),
        request_of(who.name, idempotency_key),
    )
    with mirror.writing() as session:
        person = appoint(session, mirror.consortium, appointment, now)
        found = readable(session, mirror.consortium.id, who, person)
    return _one(read, found, 201)


@router.put(
    "/representatives/{person}",
    response_model=RepresentativeResponse,
    responses=problems(401, 403, "PERSON_NOT_FOUND"),
    summary="Correct what is kept on a person",
)
def put_representative(request: Request, read: Read, person: Person, who: Writer, body: CorrectionBody) -> Response:
    """Put name, e-mail address and language right, for somebody of your own member, or as the coordinator for any."""
    correction = Correction(body.name, body.email, body.language)
    return _change(request, read, who, person, partial(correct, correction=correction))


@router.post(
    "/representatives/{person}/end",
    response_model=RepresentativeResponse,
    responses=problems(401, 403, "PERSON_NOT_FOUND"),
    summary="Say until when somebody acted",
)
def post_end(request: Request, read: Read, person: Person, who: Writer, body: DismissalBody) -> Response:
    """End somebody's acting for your member, or as the coordinator for any; what they did stays as it was."""
    return _change(request, read, who, person, partial(dismiss, until=int(body.until.timestamp())))


@router.delete(
    "/representatives/{person}",
    response_model=ErasureResponse,
    responses=problems(401, 403, "PERSON_NOT_FOUND"),
    summary="Erase a person",
)
def delete_representative(request: Request, person: Person, who: SignedIn, *, reasons: Reasons = False) -> Response:
    """Remove name, e-mail address, sessions and tokens; with `reasons` also the words and salts of the reasons given.

    For the person themselves, for their member, and for the coordinator. The history keeps a pseudonym, and every proof
    goes on holding.
    """
    mirror: Mirror = request.app.state.mirror
    with mirror.asking() as session:
        require_erasable(session, mirror.consortium.id, who, person)
    erased = erasure.erase(mirror, person, reasons=reasons)
    with mirror.reading() as read:  # not before: SQLite forgets only what nobody reads
        answer = ErasureResponse(as_of=AsOfResponse.of(read.as_of), **asdict(erased))
    return private(answer)


def _change(request: Request, read: Read, who: Caller, person: str, change: Callable[..., None]) -> Response:
    mirror: Mirror = request.app.state.mirror
    with mirror.writing() as session:
        changeable(session, mirror.consortium.id, who, person)
        change(session, mirror.consortium.id, person)
        found = readable(session, mirror.consortium.id, who, person)
    return _one(read, found)


def _one(read: Read, found: Representative, status_code: int = 200) -> Response:
    answer = RepresentativeResponse(as_of=AsOfResponse.of(read.as_of), representative=_item(found))
    return private(answer, status_code)


def _item(found: Representative) -> RepresentativeItem:
    return RepresentativeItem.model_validate(found)
