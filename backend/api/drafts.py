"""Drafts of proposals, kept for the organisation of whoever is signed in, and shown to nobody else."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Request, Response
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from backend.api.answers import Answer, AsOfResponse, Model, PageAnswer, Time
from backend.api.callers import require
from backend.api.errors import problems
from backend.api.parameters import NAME, Part, Read
from backend.api.sessions import private
from backend.people.callers import Caller, Scope
from backend.people.drafts import (
    MOST_BYTES,
    Draft,
    DraftEntry,
    Sheet,
    begin_draft,
    find_draft,
    list_drafts,
    remove_draft,
    save_draft,
)
from backend.queries.mirror import Mirror
from backend.queries.parts import numbers_of, part_of

router = APIRouter(tags=["drafts"])

Writer = Annotated[Caller, Depends(require(Scope.DOCUMENTS_WRITE))]
DraftId = Annotated[str, Path(pattern=r"^[0-9a-f]{24}$", description="As listed.", examples=["0" * 24])]
MOST_BODY = 4 * MOST_BYTES
"""Bytes of a request: JSON may escape what counts for less here."""


class DraftBody(BaseModel):
    """What stands in the form, in order or not."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True, hide_input_in_errors=True)

    kind: Annotated[str, StringConstraints(pattern=NAME)]
    """What is to be decided."""
    title: Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00]*$")] = ""
    """By which it is found in the list."""
    content: dict[str, Any] = Field(default_factory=dict, max_length=50)
    """The fields of the form, whatever they hold."""


class SavedBody(DraftBody):
    """The same, and over which version it goes."""

    version: int = Field(ge=1, lt=1 << 31)
    """That you had before you; a draft that was saved meanwhile is not overwritten."""


class DraftItem(Model):
    """A draft, without its content."""

    id: str
    member_id: int
    kind: str
    title: str
    version: int
    created_at: Time
    saved_at: Time


class DraftsResponse(PageAnswer):
    """Drafts of your organisation, the last saved first."""

    items: tuple[DraftItem, ...]


class DraftResponse(Answer):
    """One draft."""

    draft: DraftItem
    content: dict[str, Any]
    """The fields of the form, as they were saved."""


@router.get("/drafts", response_model=DraftsResponse, responses=problems(401, 403), summary="List the drafts")
def get_drafts(request: Request, read: Read, who: Writer, part: Part) -> Response:
    """Drafts of your organisation, the last saved first."""
    mirror: Mirror = request.app.state.mirror
    with mirror.asking() as session:
        every = list_drafts(session, mirror.consortium.id, who)
    page = part_of(every, part, 3, lambda draft: (-draft.saved_at, *numbers_of(draft.id)))
    return private(DraftsResponse.of(read.as_of, page, DraftItem))


@router.get(
    "/drafts/{draft_id}",
    response_model=DraftResponse,
    responses=problems(401, 403, "DRAFT_NOT_FOUND"),
    summary="Read a draft",
)
def get_draft(request: Request, read: Read, draft_id: DraftId, who: Writer) -> Response:
    """One draft of your organisation with all that is written in it."""
    mirror: Mirror = request.app.state.mirror
    with mirror.asking() as session:
        found = find_draft(session, mirror.consortium.id, who, draft_id)
    return _one(read, found)


@router.post(
    "/drafts",
    response_model=DraftResponse,
    status_code=201,
    max_body_size=MOST_BODY,
    responses=problems(401, 403, "TOO_MANY_DRAFTS", 413),
    summary="Begin a draft",
)
def post_draft(request: Request, read: Read, who: Writer, body: DraftBody) -> Response:
    """Keep a draft for your organisation. Nobody's name is kept with it."""
    mirror: Mirror = request.app.state.mirror
    sheet = Sheet(body.kind, body.title, body.content)
    with mirror.writing() as session:
        made = begin_draft(session, mirror.consortium.id, who, sheet, mirror.wall_clock())
    return _one(read, made, 201)


@router.put(
    "/drafts/{draft_id}",
    response_model=DraftResponse,
    max_body_size=MOST_BODY,
    responses=problems(401, 403, "DRAFT_NOT_FOUND", "DRAFT_CHANGED", 413),
    summary="Save a draft",
)
def put_draft(request: Request, read: Read, draft_id: DraftId, who: Writer, body: SavedBody) -> Response:
    """Save a draft over the version that you had before you; one that was saved meanwhile is not overwritten."""
    mirror: Mirror = request.app.state.mirror
    sheet = Sheet(body.kind, body.title, body.content)
    with mirror.writing() as session:
        saved = save_draft(session, mirror.consortium.id, who, draft_id, sheet, body.version, mirror.wall_clock())
    return _one(read, saved)


@router.delete(
    "/drafts/{draft_id}",
    status_code=204,
    responses=problems(401, 403, "DRAFT_NOT_FOUND"),
    summary="Erase a draft",
)
def delete_draft(request: Request, draft_id: DraftId, who: Writer) -> Response:
    """Erase a draft of your organisation for good."""
    remove_draft(request.app.state.mirror, who, draft_id)
    return Response(status_code=204)


def _one(read: Read, draft: Draft, status_code: int = 200) -> Response:
    answer = DraftResponse(as_of=AsOfResponse.of(read.as_of), draft=_item(draft.entry), content=dict(draft.content))
    return private(answer, status_code)


def _item(entry: DraftEntry) -> DraftItem:
    return DraftItem.model_validate(asdict(entry))
