"""What happens to any mirror sooner or later, done to the sample's: the chain takes blocks back, the node is away.

The story's last ballots are cast meanwhile, so that the comparison at its end shows whether one was lost or doubled.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from html import unescape
from pathlib import Path

import httpx
from fastapi import FastAPI
from sqlalchemy import Select, select

from backend.app import create_app
from backend.audit.export_file import lines_of
from backend.audit.verification import Verification, verify
from backend.chain.connection import Connection
from backend.database.journal import BlockRecord, CursorRecord
from backend.database.records import VoteRecord
from backend.installation import Installation, open_installation
from backend.settings import read_settings
from scripts.line import Line, line_to
from scripts.processes import service
from scripts.replay_scenario import replay
from scripts.schedule import Cast, Schedule, Step
from scripts.stage import Stage, StoryError
from scripts.toolchain import free_port
from scripts.web import get_json

Report = Callable[[str], object]
PATIENCE = 60
"""Seconds for the mirror to notice."""
AWAY = 3.0
"""Seconds of the wall clock for which the node stays away; on the chain's clock it is as long as the story says."""


@dataclass(frozen=True, slots=True)
class Site:
    """The sample's mirror at work."""

    stage: Stage
    line: Line
    installation: Installation
    url: str

    def ballots(self, cast: Cast) -> int:
        """How many ballots the API shows on that motion."""
        return int(get_json(f"{self.url}/v1/proposals/{self.stage.proposal_id(cast.motion)}/ballots")["total"])

    def blocks_of(self, casts: Sequence[Cast]) -> list[int]:
        """In which block the mirror has each of these ballots; -1 where it has none."""
        with self.installation.sessions() as session:
            return [session.scalar(self._place(cast)) or -1 for cast in casts]

    def _place(self, cast: Cast) -> Select[int]:
        member, proposal = self.stage.member_id(cast.ballot.member), self.stage.proposal_id(cast.motion)
        return select(VoteRecord.block_number).where(VoteRecord.member_id == member, VoteRecord.proposal_id == proposal)

    def cursor(self) -> CursorRecord:
        """How far the mirror is."""
        with self.installation.sessions() as session:
            return session.get_one(CursorRecord, self.installation.consortium_id)

    def level(self) -> bool:
        """Whether the API speaks of the chain's newest block."""
        newest = self.stage.node.call("eth_getBlockByNumber", "latest", False)["hash"]
        return bool(get_json(f"{self.url}/v1/status")["as_of"]["hash"] == newest)


def operate(
    stage: Stage,
    steps: Sequence[Step],
    story: Mapping[str, Mapping[str, int]],
    env: Mapping[str, str],
    settings: Mapping[str, str],
    log: Path,
    report: Report,
) -> None:
    """Take the story's last steps, all of them ballots, while things go wrong. Raises `StoryError` if it shows."""
    depth = story["chain.reorg"]["depth"]
    with line_to(stage.node.url) as line:
        told = {**settings, "ZBOR_RPC_URL": line.url}
        with service(free_port(), env, told, log) as url:
            site = Site(stage, line, open_installation(read_settings(told)), url)
            _wait(site.level, "the mirror does not reach the chain's head")
            _reorganise(site, steps[:depth])
            report(
                f"O4: {depth} blocks with ballots were taken back; the mirror dropped the ballots and added them again"
            )
            _cut_off(site, steps[depth:], 60 * story["rpc.outage"]["minutes"])
            report("O5: the mirror went on from where the node had left it, and pages had said how old they were")
            found = _verified(site)
            report(
                f"O4, O5: {found.lines} lines as a fresh mirror, {found.comparison.answers} answers as the contracts'"
            )
            site.installation.engine.dispose()


def _reorganise(site: Site, steps: Sequence[Step]) -> None:
    """Cast ballots, a block each; the chain takes the blocks back; the ballots come again in the other order."""
    node, casts = site.stage.node, [step.deed for step in steps if isinstance(step.deed, Cast)]
    sent = [_cast(site, step) for step in steps]
    _wait(site.level, "the mirror does not see the ballots")
    before, counted = site.blocks_of(casts), [site.ballots(cast) for cast in casts]
    node.call("anvil_reorg", len(steps), [])
    _wait(lambda: site.blocks_of(casts) == [-1] * len(casts), "the mirror keeps ballots that the chain took back")
    dropped = [count - 1 for count in counted]
    _wait(lambda: [site.ballots(cast) for cast in casts] == dropped, "the API shows dropped ballots")
    for raw in reversed(sent):
        node.call("eth_sendRawTransaction", raw)
    _wait(lambda: -1 not in site.blocks_of(casts), "the mirror does not see the ballots again")
    after = site.blocks_of(casts)
    _must(
        after != before and after == sorted(after, reverse=True),
        "the ballots are not where they are",
    )
    _wait(lambda: [site.ballots(cast) for cast in casts] == counted, "ballots were lost or doubled")


def _cast(site: Site, step: Step) -> str:
    """Take the step; returns the transaction as it was sent."""
    replay(site.stage, Schedule(step.at, step.at, (step,)))
    block = site.stage.node.call("eth_getBlockByNumber", "latest", False)
    return str(site.stage.node.call("eth_getRawTransactionByHash", block["transactions"][0]))


def _cut_off(site: Site, steps: Sequence[Step], seconds: int) -> None:
    """The node is away for the service only; ballots are cast; later the service has it back."""
    casts = [step.deed for step in steps if isinstance(step.deed, Cast)]
    left_at = site.stage.node.block_time
    site.line.cut()
    checkpoint = site.cursor()
    for step in steps:
        _cast(site, step)
    time.sleep(AWAY)
    _must(site.stage.node.block_time - left_at >= seconds, "the node was not away for long enough")
    _must(site.cursor().next_block == checkpoint.next_block, "the mirror moved without a node")
    _must(get_json(f"{site.url}/v1/status")["as_of"]["lag"] >= int(AWAY) - 1, "the API does not say how old it is")
    _must_tell_age(site, seconds)
    site.line.mend()
    _wait(site.level, "the mirror does not go on")
    _must(-1 not in site.blocks_of(casts), "ballots cast meanwhile are missing")
    with site.installation.sessions() as session:
        kept = session.scalar(select(BlockRecord.hash).where(BlockRecord.number == checkpoint.next_block - 1))
    _must(kept in (checkpoint.block_hash, None), "the mirror did not go on from its checkpoint")


def _must_tell_age(site: Site, seconds: int) -> None:
    """What a visitor sees who comes after so many seconds."""
    mirror = site.installation.mirror()
    late = replace(mirror, wall_clock=lambda: int(time.time()) + seconds)
    page = unescape(asyncio.run(_page(create_app(late, site.installation.settings))))
    _must("These pages may be out of date." in page, "no page says that it may be out of date")
    told = re.search(r"last confirmed (\d+) minutes ago", page)
    _must(told is not None and int(told[1]) >= seconds // 60, "no page says how old it is")


async def _page(app: FastAPI) -> str:
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://portal") as visitor:
        return (await visitor.get("/", headers={"accept-language": "en"}, follow_redirects=True)).text


def _verified(site: Site) -> Verification:
    deployment = site.installation.deployment
    with site.installation.sessions() as session:
        lines = list(lines_of(session, site.installation.consortium_id, deployment))
    with Connection(site.stage.node.url) as node:
        found = verify(lines, site.cursor().next_block - 1, deployment, node)
    _must(found.ok, f"the mirror differs: {found.line_differences[:3]} {found.comparison.differences[:3]}")
    return found


def _must(true: bool, otherwise: str) -> None:
    if not true:
        raise StoryError(otherwise)


def _wait(until: Callable[[], bool], otherwise: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not until():
        if time.monotonic() > deadline:
            raise StoryError(f"{otherwise} within {PATIENCE} s")
        time.sleep(0.1)
