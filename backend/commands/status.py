"""`status`: how far the mirror is, without asking a server."""

from __future__ import annotations

import json
from argparse import Namespace

from backend.api.answers import answer_from
from backend.api.status_answer import StatusResponse
from backend.commands.command import Command
from backend.commands.opening import DATABASE, opened
from backend.exit_codes import ExitCode
from backend.queries.status import read_status


def status(_: Namespace) -> ExitCode:
    """Say how far the mirror is, as /v1/status does."""
    with opened() as installation, installation.mirror().reading() as reading:
        view = read_status(reading.session, reading.consortium, reading.now)
        print(json.dumps(answer_from(StatusResponse, reading.as_of, view).whole(), indent=2))  # noqa: T201
    return ExitCode.DONE


STATUS = Command(
    name="status",
    summary="say how far the mirror is and what it holds",
    does="Says which block the mirror has reached, how long ago it last agreed with the node, what it holds, and"
    " whether it differs from the contracts' own views: the same as /v1/status, as JSON.",
    needs=f"{DATABASE}. No node.",
    example="ZBOR_DEPLOYMENT=deployment.json python -m backend status",
    run=status,
)
