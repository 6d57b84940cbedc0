"""Kinds of proposals: the list of reserved matters. What a proposal does says which kind it is."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from backend.api.answers import Answer, Model, PageAnswer, answer_from
from backend.api.errors import problems
from backend.api.parameters import InBody, KindName, Part, Read
from backend.api.replies import respond
from backend.queries.kinds import find_kind, list_kinds
from backend.queries.parts import part_of

router = APIRouter(tags=["kinds"])


class ActionPermissionResponse(Model):
    """A call that only proposals of the kind may carry."""

    target: str
    contract: str
    selector: str
    function: str
    party_effect: str
    """What follows for the member that the call names: none, bars_veto or recuses."""
    party_argument: int
    """Which argument names it, from 1; 0 if none does."""


class KindItem(Model):
    """A kind: which body decides, under which rule, by which calls."""

    id: int
    name: str
    body: str
    rule: str
    rule_id: int
    """The version in force; proposals that are open already keep theirs."""
    resolution: bool
    """Whether it may be carried by a mere record of the decision."""
    party_effect: str
    """What follows for the member that such a record names: none (it may name none), bars_veto or recuses."""
    actions: tuple[ActionPermissionResponse, ...]


class KindResponse(Answer, KindItem):
    """One kind."""


class KindsResponse(PageAnswer):
    """Every kind, by number."""

    items: tuple[KindItem, ...]


@router.get("/kinds", response_model=KindsResponse, responses=problems(), summary="List the kinds of proposals")
def get_kinds(request: Request, read: Read, part: Part, body: InBody = None) -> Response:
    """Every kind with its body, its rule in force and the calls that only it may carry."""
    kinds = tuple(kind for kind in list_kinds(read.session, read.consortium) if body in (None, kind.body))
    return respond(request, answer_from(KindsResponse, read.as_of, part_of(kinds, part, 1, lambda kind: (kind.id,))))


@router.get("/kinds/{name}", response_model=KindResponse, responses=problems("KIND_NOT_FOUND"), summary="Find one kind")
def get_kind(request: Request, read: Read, name: KindName) -> Response:
    """One kind by its name."""
    return respond(request, answer_from(KindResponse, read.as_of, find_kind(read.session, read.consortium, name)))
