"""Which notices somebody is sent by e-mail: their own choice, or that of their organisation for its people."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel, ConfigDict

from backend.api.answers import Answer, AsOfResponse, Model
from backend.api.callers import require
from backend.api.errors import problems
from backend.api.parameters import Read
from backend.api.sessions import private
from backend.errors import InvalidRequestError
from backend.notices.occasions import Occasion
from backend.notices.preferences import Preferences, change_preferences, read_preferences
from backend.people.callers import Caller, Scope
from backend.people.reading import addressed
from backend.queries.mirror import Mirror
from backend.settings import Settings

router = APIRouter(tags=["people"])

Who = Annotated[Caller, Depends(require(Scope.PEOPLE_READ))]
WhoElse = Annotated[
    str | None,
    Query(pattern=r"^[0-9a-f]{32}$", description="Pseudonym of another person of your member; you, if left out."),
]


class NoticeChoices(BaseModel):
    """Which notices are wanted; what is left out stays as it is."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)

    published: bool | None = None
    """A proposal was published."""
    opened: bool | None = None
    """Voting has opened."""
    three_days: bool | None = None
    """Three days before the end, if your organisation has not voted."""
    one_day: bool | None = None
    """One day before the end, if your organisation has not voted."""
    result: bool | None = None
    """The result, once it is final, and when it binds."""
    reminder: bool | None = None
    """The coordinator reminds you, if your organisation has not voted."""


class PreferencesBody(BaseModel):
    """What is to change."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)

    language: str | None = None
    """One of `languages`."""
    notices: NoticeChoices = NoticeChoices()


class WantedNotices(Model):
    """Which notices are wanted."""

    published: bool
    opened: bool
    three_days: bool
    one_day: bool
    result: bool
    reminder: bool


class PreferencesResponse(Answer):
    """What somebody is written to about, and in which language."""

    person: str
    """Pseudonym."""
    language: str
    languages: tuple[str, ...]
    """Languages that letters are written in."""
    sending: bool
    """Whether this service sends e-mail at all."""
    unsubscribed: bool
    """They stopped all notices by the link in a letter; wanting one again undoes it."""
    notices: WantedNotices


@router.get(
    "/notices/preferences",
    response_model=PreferencesResponse,
    responses=problems(401, 403, "PERSON_NOT_FOUND"),
    summary="See which notices you are sent",
)
def get_preferences(request: Request, read: Read, who: Who, person: WhoElse = None) -> Response:
    """Your own, or those of another person of your member. Whoever has not chosen is sent all of them."""
    mirror: Mirror = request.app.state.mirror
    with mirror.asking() as session:
        whose = addressed(session, mirror.consortium.id, who, person)
        found = read_preferences(session, mirror.consortium.id, whose)
    return _answer(request, read, found)


@router.put(
    "/notices/preferences",
    response_model=PreferencesResponse,
    responses=problems(401, 403, "PERSON_NOT_FOUND"),
    summary="Choose which notices you are sent",
)
def put_preferences(request: Request, read: Read, who: Who, body: PreferencesBody, person: WhoElse = None) -> Response:
    """Change the language and which notices are wanted; what is left out stays as it is."""
    mirror: Mirror = request.app.state.mirror
    wanted = {Occasion(name): each for name, each in body.notices.model_dump(exclude_none=True).items()}
    if body.language not in (None, *request.app.state.phrases.languages):
        raise InvalidRequestError("language", f"must be one of {', '.join(request.app.state.phrases.languages)}")
    with mirror.writing() as session:
        whose = addressed(session, mirror.consortium.id, who, person, changing=True)
        found = change_preferences(session, mirror.consortium.id, whose, wanted=wanted, language=body.language)
    return _answer(request, read, found)


def _answer(request: Request, read: Read, found: Preferences) -> Response:
    settings: Settings = request.app.state.settings
    phrases = request.app.state.phrases
    answer = PreferencesResponse(
        as_of=AsOfResponse.of(read.as_of),
        person=found.person,
        language=phrases.choose([found.language.partition("-")[0]]),
        languages=phrases.languages,
        sending=settings.sends_mail,
        unsubscribed=found.unsubscribed,
        notices=WantedNotices(**{occasion.value: wanted for occasion, wanted in found.wanted.items()}),
    )
    return private(answer)
