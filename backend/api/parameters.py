"""What a request may ask with: shapes of identifiers, pages and times. Anything else is refused before a query runs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Header, Path, Query, Request
from pydantic import AfterValidator, AwareDatetime, BeforeValidator, Field, GetJsonSchemaHandler, StringConstraints
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from backend.api.answers import LATEST
from backend.domain.references import RegisterNumber, parse_number
from backend.errors import InvalidIdentifierError
from backend.queries.mirror import Mirror, Reading
from backend.queries.parts import Asked

NAME = r"^[A-Za-z0-9][A-Za-z0-9_.\-]{0,31}$"
PROPOSAL_ID = r"^[0-9]{1,58}$"
PROPOSAL_NAME = r"^([0-9]{1,58}|[A-Z0-9]{1,16}-[0-9]{4}-[0-9]{3,9})$"
ADDRESS = r"^0x[0-9a-fA-F]{40}$"
WRITTEN_TIME = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})"
)
YEARS = r"^(19[7-9][0-9]|[2-9][0-9]{3})-"
"""Of a time: 1970 to 9999. What an offset shifts out of these is refused as well."""
CURSOR = r"^[A-Za-z0-9_\-]{1,200}$"

Name = Annotated[str, StringConstraints(pattern=NAME)]
"""Name of a body, kind or rule, or code of a member, as on chain."""

MemberKey = Annotated[
    str,
    Path(
        pattern=rf"^({NAME[1:-1]}|(eip155:[0-9]{{1,20}}:)?{ADDRESS[1:-1]})$",
        description="Number or code of the member, or any wallet it has or had: an address, or CAIP-10.",
        examples=["1"],
    ),
]
BodyName = Annotated[str, Path(pattern=NAME, description="Name of the body.", examples=["general_assembly"])]
KindName = Annotated[str, Path(pattern=NAME, description="Name of the kind.", examples=["policy"])]
RuleKey = Annotated[
    str, Path(pattern=NAME, description="Number of a version, or name of a rule in force.", examples=["GA_2_3"])
]
ProposalKey = Annotated[
    int,
    Path(
        ge=0, lt=1 << 192, description="Id on chain, as a decimal string: take an id from the list.", examples=["4711"]
    ),
]


async def proposal_name(
    proposal_id: Annotated[
        str,
        Path(
            pattern=PROPOSAL_NAME,
            description="Id on chain, as a decimal string, or number in the register, such as GA-2027-014.",
            examples=["4711"],
        ),
    ],
) -> int | RegisterNumber:
    """Read how a path names a proposal.

    Raises:
        InvalidIdentifierError: a number greater than any id.
    """
    return read_proposal_name(proposal_id)


def read_proposal_name(name: str) -> int | RegisterNumber:
    """Read a text of the shape `PROPOSAL_NAME`.

    Raises:
        InvalidIdentifierError: a number greater than any id.
    """
    number = parse_number(name)
    if number is None and int(name) >= 1 << 192:
        raise InvalidIdentifierError("proposal_id", "is greater than any id; take an id or a number from /v1/proposals")
    return int(name) if number is None else number


NamedProposal = Annotated[int | RegisterNumber, Depends(proposal_name)]
Governor = Annotated[
    str | None,
    Query(pattern=ADDRESS, description="Only needed if two bodies should ever share an id: the one that is meant."),
]
InBody = Annotated[str | None, Query(pattern=NAME, description="Only of the body of this name.")]
OfMember = Annotated[str | None, Query(pattern=NAME, description="Only of this member: number or code.")]


def _written_out(value: object) -> object:
    """Take a time as RFC 3339 writes it only: no seconds since some epoch, no bare date."""
    if not isinstance(value, str | None) or (value is not None and not WRITTEN_TIME.fullmatch(value)):
        raise ValueError("must be RFC 3339 with seconds and an offset, such as 2027-03-01T09:00:00Z")
    return value


def _within_calendars(moment: datetime) -> datetime:
    if not 0 <= moment.timestamp() <= LATEST:
        raise ValueError("must lie between 1970 and 9999")
    return moment


class _OfYears:
    """Says in the description which years a time may be of."""

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {**handler(schema), "pattern": YEARS}


Instant = Annotated[
    AwareDatetime,
    BeforeValidator(_written_out),
    AfterValidator(_within_calendars),
    _OfYears(),
]
"""A second, as RFC 3339 writes it, and one that can be written again."""
From = Annotated[Instant | None, Field(description="RFC 3339; only from this second on.")]
To = Annotated[Instant | None, Field(description="RFC 3339; only up to this second, which is included.")]
After = Annotated[Instant | None, Field(description="RFC 3339; only after this second.")]
Before = Annotated[Instant | None, Field(description="RFC 3339; only before this second.")]
Moment = Annotated[Instant | None, Query(description="RFC 3339; the bound is included.")]
LIMIT = 100
"""Items in a part of a list where nobody says how many."""
Limit = Annotated[int, Query(ge=1, le=100, description="How many at most in this part.")]
Cursor = Annotated[str | None, Query(pattern=CURSOR, description="`next_cursor` of the part before.")]


IdempotencyKey = Annotated[
    str | None,
    Header(pattern=r"^[!-~]{1,64}$", description="Your own name for this request: repeated, it makes nothing new."),
]


def part(limit: Limit = LIMIT, cursor: Cursor = None) -> Asked:
    """Ask for one part of a list."""
    return Asked(limit, cursor)


Part = Annotated[Asked, Depends(part)]

Fields = Annotated[
    list[Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}(,[a-z][a-z0-9_]{0,39}){0,39}$")]] | None,
    Query(
        max_length=40,
        description="Only these fields of the answer, or of each item of a list, separated by commas. An answer without"
        " all its fields is not what the schema calls one: programs made from this description leave it out.",
    ),
]


def reading(request: Request, fields: Fields = None) -> Iterator[Reading]:  # noqa: ARG001  # read where it is written
    """Open the mirror for one answer; any answer can be narrowed to some of its fields."""
    mirror: Mirror = request.app.state.mirror
    with mirror.reading_later() as opened:
        yield opened


Read = Annotated[Reading, Depends(reading)]


def whole_reading(request: Request) -> Iterator[Reading]:
    """Open the mirror for one answer of a form that is given: nothing of it can be left out."""
    yield from reading(request)


WholeRead = Annotated[Reading, Depends(whole_reading)]
