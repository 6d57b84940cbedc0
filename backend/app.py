"""The web application: the API under /v1, the portal at the root, one mirror behind both."""

from __future__ import annotations

import asyncio
import logging
import re
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import replace
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from fastapi import FastAPI, Response
from fastapi.responses import JSONResponse
from fastapi.staticfiles import StaticFiles
from sqlalchemy.exc import SQLAlchemyError
from starlette.datastructures import MutableHeaders
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Mount
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from backend import metrics
from backend.api.application import create_api
from backend.api.changes import written
from backend.beside import beside
from backend.errands import read_errands
from backend.errors import MirrorError, ZborError
from backend.health import Watch, read_health
from backend.indexer.watchdog import Watchdog
from backend.installation import Installation, follow
from backend.kept_answers import KeptAnswers
from backend.notices.courier import Courier
from backend.portal import STATIC, build_portal, error_handlers
from backend.portal.phrasebook import Phrasebook
from backend.queries.mirror import Mirror
from backend.queries.moves import Moves
from backend.relay.accepting import Desk
from backend.settings import Settings
from backend.well_known import WellKnown

SECURITY_HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}

LONGEST_GOODBYE = 10.0
"""Seconds to wait for the range in hand when the server stops; a range that is cut off leaves nothing behind."""

log = logging.getLogger(__name__)

Lifespan = Callable[[FastAPI], AbstractAsyncContextManager[None]]


def create_app(
    mirror: Mirror,
    settings: Settings,
    lifespan: Lifespan | None = None,
    watch: Watch | None = None,
    moves: Moves | None = None,
    desk: Desk | None = None,
) -> FastAPI:
    """Put the API, the portal and the health checks together over one mirror.

    `watch` knows how the tasks of this process fare. `moves` tells when there is something new to read; the lifespan is
    what listens for it. `desk` takes signed ballots in.
    """
    moves = moves or Moves()
    mirror = replace(mirror, shows=moves.show)

    def keeping(inner: ASGIApp) -> ASGIApp:
        return KeptAnswers(inner, below="/v1/", revision=lambda: moves.newest, clock=mirror.wall_clock)

    app = Service(keeping, openapi_url=None, docs_url=None, redoc_url=None, lifespan=lifespan)
    app.state.moves = moves
    phrasebook = Phrasebook(ZoneInfo(settings.time_zone))
    app.router.routes.append(_whole_mount("/v1", create_api(mirror, settings, moves, phrasebook, desk)))
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    watch = watch or Watch(follows=False)
    _add_health_checks(app, mirror, watch)
    _add_metrics(app, mirror, watch)
    app.include_router(build_portal(mirror, settings))
    for kind, handler in error_handlers(mirror, settings).items():
        app.add_exception_handler(kind, handler)
    app.add_middleware(GZipMiddleware, minimum_size=1000)
    app.add_middleware(WellKnown)
    app.add_middleware(SecurityHeaders)
    if settings.trusted_proxies:
        app.add_middleware(ProxyHeadersMiddleware, trusted_hosts=list(settings.trusted_proxies))
    return app


class Service(FastAPI):
    """FastAPI behind something that comes before all else, even before what catches its errors."""

    def __init__(self, before: Callable[[ASGIApp], ASGIApp], **settings: Any) -> None:  # noqa: ANN401 - FastAPI's own
        super().__init__(**settings)
        self._before = before

    def build_middleware_stack(self) -> ASGIApp:
        """Put what comes before around all."""
        return self._before(super().build_middleware_stack())


def _whole_mount(path: str, app: ASGIApp) -> Mount:
    """Mount an application for all that is below the path: Starlette's own pattern ends at a line break."""
    mount = Mount(path, app)
    mount.path_regex = re.compile(mount.path_regex.pattern, re.DOTALL)
    return mount


class SecurityHeaders:
    """Tells browsers to run nothing but our own files, whatever an answer should ever contain."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Add the headers to every HTTP answer; one that is stricter itself keeps its own."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY_HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_with_headers)


def _add_health_checks(app: FastAPI, mirror: Mirror, watch: Watch) -> None:
    @app.get("/health", include_in_schema=False)
    def health() -> JSONResponse:
        found = read_health(mirror, watch)
        return JSONResponse(found, status_code=200 if found["status"] == "ok" else 503)

    @app.get("/health/live", include_in_schema=False)
    def live() -> JSONResponse:
        return JSONResponse({"status": "live"})

    @app.get("/health/ready", include_in_schema=False)
    def ready() -> JSONResponse:
        try:
            with mirror.reading() as reading:
                as_of = reading.as_of
        except MirrorError as error:
            return JSONResponse({"status": "not ready", "code": error.code}, status_code=503)
        except SQLAlchemyError:
            return JSONResponse({"status": "not ready", "code": "DATABASE_UNAVAILABLE"}, status_code=503)
        return JSONResponse({"status": "ready", "block": as_of.block_number, "lag": as_of.lag_seconds})


def _add_metrics(app: FastAPI, mirror: Mirror, watch: Watch) -> None:
    registry = metrics.registry_of(watch, lambda: app.state.moves.waiting, lambda: read_errands(mirror))

    @app.get("/metrics", include_in_schema=False)
    def read_metrics() -> Response:
        return Response(metrics.written(registry), media_type=metrics.CONTENT_TYPE)


def living(installation: Installation, watch: Watch, moves: Moves) -> Lifespan:
    """Make the lifespan of a web application that hears of new revisions, and follows the chain if it is to."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(moves.heard(installation.engine, installation.consortium_id))
            stack.enter_context(delivering(installation, watch))
            if watch.follows:
                await stack.enter_async_context(following(installation, watch)(app))
            yield

    return lifespan


@contextmanager
def delivering(installation: Installation, watch: Watch) -> Iterator[None]:
    """Call subscribers' addresses, in a thread and an event loop of their own, for the length of the block."""
    courier = Courier(installation.mirror(), written, installation.settings.webhook_hosts)
    watch.further["webhooks"] = courier.health
    with beside("courier", partial(_deliver_or_say_why, courier), LONGEST_GOODBYE):
        yield


def following(installation: Installation, watch: Watch) -> Lifespan:
    """Make the lifespan of a web application that follows the chain while it runs."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        watchdog = Watchdog(watch.pulses, installation.settings.stall_seconds, demanding=False)
        with beside("indexer", partial(_follow_or_say_why, installation, watch), LONGEST_GOODBYE), watchdog:
            yield

    return lifespan


def _deliver_or_say_why(courier: Courier, stop: threading.Event) -> None:
    try:
        asyncio.run(courier.run(stop))
    except Exception:
        courier.failed()
        log.critical("Webhooks have stopped, subscribers wait.", exc_info=True)


def _follow_or_say_why(installation: Installation, watch: Watch, stop: threading.Event) -> None:
    try:
        follow(installation, stop, watch)
    except ZborError as error:
        watch.pulse.failed(error.code, for_good=True)
        log.critical("Indexing has stopped, answers grow old: %s", error)
    except Exception:
        watch.pulse.failed("UNEXPECTED", for_good=True)
        log.critical("Indexing has stopped, answers grow old.", exc_info=True)
