"""Hand-made views of one small consortium, and a way to render a page of them as a reader would get it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from zoneinfo import ZoneInfo

import httpx
import pytest
from fastapi import Request

from backend.app import create_app
from backend.documents.cid import cid_for
from backend.documents.store import DocumentStore
from backend.portal.visit import Frame
from backend.portal.wording import Wording
from backend.queries.consortium import Consortium
from backend.queries.views import (
    AsOf,
    BallotView,
    CallView,
    EarlierBallotView,
    MemberRef,
    OutcomeView,
    ProposalSummary,
    ProposalView,
    ResolutionView,
    RuleView,
    StepView,
    TallyView,
    TextView,
    TimelineEntry,
)
from backend.settings import Settings

DAY = 86_400
TEXT_HASH = "0x" + "66" * 32
NOW = 1_795_000_000
SONCNA = MemberRef(10, "SI-SONCNA", "Sončna zadruga", "SI")
ANKA = MemberRef(12, "GR-ANKA", "AN.KA. <Karditsa>", "GR")
GA_2_3 = RuleView(
    id=1,
    name="GA_2_3",
    version=1,
    in_force=True,
    notice=45 * DAY,
    short_notice=15 * DAY,
    period=DAY,
    quorum="2/3",
    majority="2/3",
    base="cast",
    strict=False,
    binding=True,
    standstill=0,
    veto_window=0,
    countries="0/1",
    abstentions_cast=False,
    silence_consents=False,
    early_close=False,
    revisable=False,
    external_approval=False,
    tie="rejected",
    calls=0,
    mandates=0,
    veto_grounds=(),
    set_at=NOW - 99 * DAY,
)
TEXTS = {
    "sl": TextView("sl", "Cenik orodij", "Članice ne plačajo.", "Cenik velja od 1. aprila."),
    "en": TextView("en", "Price list of the tools", "Members pay nothing.", "In force from 1 April."),
}


class NoCalls:
    """Names nothing; the views here carry decoded calls already."""

    def contract_name(self, address: str) -> str:
        return address

    def signature(self, selector: str) -> str:
        return selector

    def arguments(self, calldata: str) -> tuple[tuple[str, str], ...]:
        return ()


@pytest.fixture(scope="session")
def visitor(tmp_path_factory):
    """Asks the whole application over a mirror; no socket is opened."""
    record = tmp_path_factory.mktemp("record") / "trial.json"
    record.write_text("{}")

    def over(mirror, **settings):
        app = create_app(mirror, Settings(deployment=record, **settings))

        def get(path, **headers):
            async def once():
                transport = httpx.ASGITransport(app, raise_app_exceptions=False)
                async with httpx.AsyncClient(transport=transport, base_url="http://zbor.test") as client:
                    return await client.get(path, headers={"accept-language": "en", **headers})

            return asyncio.run(once())

        return get

    return over


@pytest.fixture
def consortium(tmp_path) -> Consortium:
    return Consortium(
        id=1,
        name="Vzorčni konzorcij",
        notice="Sample data.",
        chain_id=31337,
        registry="0x" + "11" * 20,
        rulebook="0x" + "22" * 20,
        records="0x" + "33" * 20,
        start_block=1,
        documents=DocumentStore(tmp_path),
        calls=NoCalls(),
    )


@pytest.fixture
def words() -> Callable[[str], Wording]:
    return lambda language: Wording(language, ZoneInfo("Europe/Ljubljana"), NOW)


@pytest.fixture
def frame(consortium) -> Callable[..., Frame]:
    def make(language: str = "en", query: str = "", lag: int = 1, **headers: str) -> Frame:
        scope = {
            "type": "http",
            "method": "GET",
            "path": "/proposals",
            "query_string": query.encode(),
            "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()],
            "server": ("127.0.0.1", 8000),
        }
        as_of = AsOf(31337, 7, "0x" + "ab" * 32, NOW - 5, 7, "provisional", lag, 3)
        return Frame(Request(scope), consortium, Wording(language, ZoneInfo("Europe/Ljubljana"), NOW), as_of)

    return make


@pytest.fixture
def proposal() -> Callable[..., ProposalView]:
    return make_proposal


@pytest.fixture
def ballot() -> BallotView:
    earlier = EarlierBallotView("abstain", ANKA, NOW - 90, "0x" + "56" * 32)
    return BallotView(
        member=SONCNA,
        choice="for",
        wallet="0x" + "44" * 20,
        cast_by=None,
        revision=1,
        cast_at=NOW - 60,
        block_number=7,
        transaction_hash="0x" + "55" * 32,
        reason_commitment=None,
        reason="Prav je.",
        finality="provisional",
        earlier=(earlier,),
        reason_language="sl",
    )


@pytest.fixture
def silent() -> tuple[MemberRef, ...]:
    return (ANKA,)


def make_proposal(
    state: str = "open",
    *,
    tally: TallyView | None = None,
    verdict: str = "no_quorum",
    reason: str = "QUORUM_NOT_REACHED",
    steps: tuple[StepView, ...] = (StepView("quorum", "1/2", ">=", "2/3", False, 2),),
    rule: RuleView = GA_2_3,
    call: str = "resolve(uint16,bytes32)",
    arguments: tuple[tuple[str, str], ...] = (("kindId", "7"), ("textHash", TEXT_HASH)),
    texts: dict[str, TextView] | None = None,
    verified: bool = True,
    unread: bool = False,
) -> ProposalView:
    counted = tally or TallyView(1, 0, 0, 2, 1, 1, 2, {"founding": {"for": 1, "against": 0, "abstain": 0}})
    opens = NOW + DAY if state == "pending" else NOW - DAY // 2
    summary = ProposalSummary(
        id=2**191 + 5,
        body="general_assembly",
        governor="0x" + "77" * 20,
        number=7,
        reference="GA-7",
        kind="service_catalogue",
        rule=rule.name,
        rule_id=rule.id,
        proposer=SONCNA,
        extraordinary=False,
        created_at=NOW - 50 * DAY,
        opens_at=opens,
        closes_at=opens + DAY,
        binding_at=opens + 26 * DAY if state == "adopted" else None,
        attempt=counted.attempt,
        state=state,
        verdict=verdict,
        tally=counted,
        texts=TEXTS if texts is None else texts,
        authoritative="sl",
        finality="final",
    )
    decided = state not in ("pending", "open") and not unread
    return ProposalView(
        summary=summary,
        outcome=OutcomeView(summary.id, state, verdict, reason, decided, counted, steps, rule),
        description=f"{cid_for(TEXT_HASH)}#proposer=0x" + "44" * 20,
        cid=cid_for(TEXT_HASH),
        text_verified=verified,
        resolution_matches_text=dict(arguments)["textHash"] == TEXT_HASH if call.startswith("resolve(") else None,
        resolutions=(ResolutionView(TEXT_HASH, NOW - 60, "0x" + "aa" * 32),) if state == "executed" else (),
        calls=(CallView("0x" + "33" * 20, "Records", call, arguments, "0x" + "88" * 36),),
        timeline=(
            TimelineEntry("published", summary.created_at, "0x" + "99" * 32),
            TimelineEntry("opens", opens, None),
            TimelineEntry("closes", opens + DAY, None),
        ),
        eta=None,
        closed_early=False,
        veto_until=None,
        party=None,
        party_effect="none",
        chair=None,
        previous=None,
        next=None,
        revises=None,
        revised_by=None,
        recusals=(),
        vetoes=(),
        minutes=(),
        objections=(),
        approval=None,
    )
