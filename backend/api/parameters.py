"""What a request may ask with: shapes of identifiers, pages and times. Anything else is refused before a query runs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from fastapi import Depends, Path, Query, Request
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from backend.domain.proposals import ProposalState
from backend.queries.mirror import Mirror, Reading

NAME = r"^[A-Za-z0-9][A-Za-z0-9_.\-]{0,31}$"
PROPOSAL_ID = r"^[0-9]{1,58}$"
ADDRESS = r"^0x[0-9a-fA-F]{40}$"
CURSOR = r"^[A-Za-z0-9_\-]{1,200}$"

Name = Annotated[str, StringConstraints(pattern=NAME)]
"""Name of a body, kind or rule, or code of a member, as on chain."""

MemberKey = Annotated[str, Path(pattern=NAME, description="Number or code of the member.", examples=["1"])]
BodyName = Annotated[str, Path(pattern=NAME, description="Name of the body.", examples=["general_assembly"])]
RuleKey = Annotated[
    str, Path(pattern=NAME, description="Number of a version, or name of a rule in force.", examples=["GA_2_3"])
]
ProposalKey = Annotated[
    int,
    Path(
        ge=0, lt=1 << 192, description="Id on chain, as a decimal string: take an id from the list.", examples=["4711"]
    ),
]
Governor = Annotated[
    str | None,
    Query(pattern=ADDRESS, description="Only needed if two bodies should ever share an id: the one that is meant."),
]
Limit = Annotated[int, Query(ge=1, le=100, description="How many at most in this part.")]
Cursor = Annotated[str | None, Query(pattern=CURSOR, description="`next_cursor` of the part before.")]


Fields = Annotated[
    str | None,
    Query(
        pattern=r"^[a-z][a-z_]{0,39}(,[a-z][a-z_]{0,39}){0,39}$",
        description="Only these fields of the answer, or of each item of a list, separated by commas.",
        examples=["id,state"],
    ),
]


class ProposalQuery(BaseModel):
    """Filters of the list of proposals; a parameter given several times means any of its values."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    state: list[ProposalState] = Field([], max_length=len(ProposalState))
    kind: list[Name] = Field([], max_length=50)
    body: list[Name] = Field([], max_length=50)
    proposer: Name | None = None
    """Number or code of the member that proposed."""
    opens_from: AwareDatetime | None = None
    opens_to: AwareDatetime | None = None
    closes_from: AwareDatetime | None = None
    closes_to: AwareDatetime | None = None
    limit: int = Field(50, ge=1, le=100)
    cursor: Annotated[str, StringConstraints(pattern=CURSOR)] | None = None
    """`next_cursor` of the part before; the filters must be the same."""


def reading(request: Request, fields: Fields = None) -> Iterator[Reading]:  # noqa: ARG001  # read where it is written
    """Open the mirror for one answer; any answer can be narrowed to some of its fields."""
    mirror: Mirror = request.app.state.mirror
    with mirror.reading() as opened:
        yield opened


Read = Annotated[Reading, Depends(reading)]
