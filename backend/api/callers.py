"""Who is asking: the one dependency of every operation that is not for everybody.

A token in `Authorization: Bearer …` or the cookie of a session. A cookie is only worth something on requests that pages
of this service send: whatever else a visitor's browser is made to send does nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import Depends, Request, Security
from fastapi.security import APIKeyCookie, HTTPAuthorizationCredentials, HTTPBearer

from backend.people.callers import Caller, Scope
from backend.people.refusals import ForeignOriginError, NotSignedInError
from backend.people.sessions import find_session
from backend.people.tokens import find_token
from backend.queries.mirror import Mirror
from backend.settings import Settings

COOKIE = "zbor"
SECURE_COOKIE = f"__Host-{COOKIE}"
"""Browsers take it only over https, for this host alone, and from no other host of the same domain."""

BEARER = HTTPBearer(auto_error=False, description="A token of a machine: /v1/tokens.")
SESSION = APIKeyCookie(name=SECURE_COOKIE, auto_error=False, description="A session: /v1/sign-in.")


def cookie_name(settings: Settings) -> str:
    """What the cookie is called: with the prefix wherever the service is reached by https."""
    return SECURE_COOKIE if settings.origin.startswith("https://") else COOKIE


def session_secret(request: Request) -> str | None:
    """The secret in the cookie.

    Raises:
        ForeignOriginError: there is one, and a page of another origin sent it, or may have.
    """
    settings: Settings = request.app.state.settings
    secret = request.cookies.get(cookie_name(settings))
    if secret is not None:
        require_own_origin(request, settings)
    return secret


def require_own_origin(request: Request, settings: Settings) -> None:
    """See that no foreign page sent this; browsers say which page did, and say it of everything that writes.

    Raises:
        ForeignOriginError: a foreign page did.
    """
    origin = request.headers.get("origin")
    foreign = origin is not None and origin.lower() != settings.origin
    if foreign or request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise ForeignOriginError
    if origin is None and request.method not in ("GET", "HEAD") and session_in(request, settings):
        raise ForeignOriginError


def session_in(request: Request, settings: Settings) -> bool:
    """Whether the request carries the cookie of a session."""
    return cookie_name(settings) in request.cookies


def caller(
    request: Request,
    bearer: Annotated[HTTPAuthorizationCredentials | None, Security(BEARER)],
    _session: Annotated[str | None, Security(SESSION)],
) -> Caller:
    """Find out who is asking; a token goes before a cookie.

    Raises:
        NotSignedInError: nobody that is known.
        ForeignOriginError: see `session_secret`.
    """
    mirror: Mirror = request.app.state.mirror
    now = mirror.wall_clock()
    with mirror.asking() as session:
        if "authorization" in request.headers:
            found = find_token(session, mirror.consortium, bearer.credentials, now) if bearer else None
        else:
            secret = session_secret(request)
            found = find_session(session, mirror.consortium, secret, now) if secret else None
    if found is None:
        raise NotSignedInError
    return found


SignedIn = Annotated[Caller, Depends(caller)]
"""Whoever is signed in, whatever they may do."""


def require(scope: Scope) -> Callable[[Caller], Caller]:
    """Make the dependency of an operation that needs a scope: `Depends(require(Scope.DOCUMENTS_WRITE))`."""

    def allowed(who: SignedIn) -> Caller:
        who.require(scope)
        return who

    return allowed
