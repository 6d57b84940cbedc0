"""Which organisation is reading: chosen from the roll by the reader, without signing in, and kept in a cookie.

It only arranges pages. Nothing may be allowed because of it: anybody can choose any organisation.
"""

from __future__ import annotations

from typing import Final

from fastapi import Request
from fastapi.responses import Response

from backend.errors import MemberNotFoundError
from backend.queries.members import find_member_record
from backend.queries.mirror import Reading
from backend.queries.refs import member_ref
from backend.queries.views import MemberRef

COOKIE: Final = "zbor_member"
PARAMETER: Final = "organisation"
"""In the address of any page: the code of the organisation to read for, or nothing to read for none."""
YEAR: Final = 365 * 86_400


def organisation_here(reading: Reading, request: Request) -> MemberRef | None:
    """The organisation that the address names, else the one remembered; None where it names none that is known."""
    wanted = request.query_params.get(PARAMETER, request.cookies.get(COOKIE, ""))
    if not wanted:
        return None
    try:
        return member_ref(find_member_record(reading.session, reading.consortium, wanted))
    except MemberNotFoundError:
        return None


def remember(response: Response, request: Request, here: MemberRef | None) -> None:
    """Keep or forget what the address asked for; where it asked for nothing, nothing changes."""
    if PARAMETER not in request.query_params:
        return
    if here is None:
        response.delete_cookie(COOKIE, samesite="lax", httponly=True)
    else:
        response.set_cookie(COOKIE, here.code, max_age=YEAR, samesite="lax", httponly=True)
