"""Votes and deadlines for calendars."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from backend.api.errors import problems
from backend.api.parameters import NAME, Read
from backend.api.replies import respond_bytes
from backend.notices.calendar import calendar_of
from backend.queries.appointments import list_appointments
from backend.settings import Settings

router = APIRouter(tags=["changes"])

MEDIA_TYPE = "text/calendar"
Language = Annotated[
    str,
    Query(
        pattern=r"^[a-z]{2,3}$",
        description="Language of the titles, where there are such: `en`, `sl`, `it`, `ro` or `el`.",
    ),
]
Body = Annotated[str | None, Query(pattern=NAME, description="Only proposals of this body.")]
Member = Annotated[
    str | None, Query(pattern=NAME, description="Only what this member, by number or code, may vote on.")
]


@router.get(
    "/calendar.ics",
    response_class=Response,
    responses={
        200: {"content": {MEDIA_TYPE: {"schema": {"type": "string"}}}},
        **problems("MEMBER_NOT_FOUND", "BODY_NOT_FOUND"),
    },
    summary="Subscribe to votes and deadlines",
)
def get_calendar(
    request: Request, read: Read, body: Body = None, member: Member = None, language: Language = "en"
) -> Response:
    """An iCalendar to subscribe to: votes, deadlines with alarms, times to veto, and when decisions bind, in UTC.

    An entry keeps its UID. What depends on votes that are not counted is tentative; what does not take place any more
    stays as cancelled for half a year.
    """
    settings: Settings = request.app.state.settings
    found = list_appointments(read.session, read.consortium, read.now, body=body, member=member)
    name = " · ".join(part for part in (read.consortium.name, body, member) if part)
    return respond_bytes(request, calendar_of(name, settings.origin, language, found), f"{MEDIA_TYPE}; charset=utf-8")
