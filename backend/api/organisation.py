"""The consortium as a whole, in the names the world uses: CAIP-2 for chains, CAIP-10 for accounts."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from backend.api.answers import Answer, Model, answer_from
from backend.api.errors import problems
from backend.api.parameters import Read
from backend.api.replies import respond
from backend.api.words import ClassName, StatusName
from backend.queries.organisation import read_organisation

router = APIRouter(tags=["organisation"])


class ContractResponse(Model):
    """One of the consortium's contracts."""

    name: str
    address: str
    account: str
    """CAIP-10."""


class OfficeResponse(Model):
    """An account with clerical powers."""

    name: str
    """registrar, approver (of lost wallets), or factory (which makes bodies)."""
    address: str
    account: str
    """CAIP-10."""


class OrganisationResponse(Answer):
    """The consortium."""

    id: str
    """CAIP-10 of its member registry."""
    name: str
    notice: str | None
    """What every page must show, such as that the data are samples."""
    chains: tuple[str, ...]
    """CAIP-2."""
    contracts: tuple[ContractResponse, ...]
    """Those that all bodies share; each body names its own governor and timelock."""
    offices: tuple[OfficeResponse, ...]
    dao_uri: str | None
    """Where the consortium describes itself (ERC-4824)."""
    countries: tuple[str, ...]
    """ISO 3166-1 alpha-2, of members that have not left."""
    members_by_status: dict[StatusName, int]
    members_by_class: dict[ClassName, int]
    """Of members that have not left."""
    counts: dict[str, int]
    """members, bodies, proposals and ballots."""
    start_block: int
    """Where the mirror begins: the block of the first contract."""
    is_behind: bool
    """Whether the node is known to have blocks that are not mirrored yet."""


@router.get(
    "/organisation", response_model=OrganisationResponse, responses=problems(), summary="Read what this consortium is"
)
def get_organisation(request: Request, read: Read) -> Response:
    """The consortium with its chain, contracts, offices and countries, and how many of everything it has."""
    organisation = read_organisation(read.session, read.consortium, read.as_of)
    return respond(request, answer_from(OrganisationResponse, read.as_of, organisation))
