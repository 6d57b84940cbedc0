"""The demo from nothing: chain, contracts, story, mirror, API; then a visitor; then the next day."""

from __future__ import annotations

import json

import pytest

from backend.domain.ballots import Choice
from scripts.demo import DemoError, beat, read_sample, running_demo, wait_until_synced
from scripts.first_run import story_rows
from scripts.roll import sample_key
from scripts.stage import read_story
from scripts.toolchain import free_port
from scripts.vote import vote
from scripts.wallet import Wallet
from scripts.web import get_json

ENOUGH = 35
STATES = {
    "P03": "executed",
    "P07": "vetoed",
    "P21": "no_quorum",
    "P32": "adopted",
    "P36": "executed",
    "P38": "withdrawn",
}


def silently(line: str) -> None:
    """A report nobody reads."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("demo") / "state"


def ballots(demo, proposal_id):
    return get_json(f"{demo.url}/v1/proposals/{proposal_id}/ballots")["total"]


def states_of(demo, folder):
    filed, _ = read_story(folder / "story.json")
    numbers = {reference: filed[reference].proposal_id for reference in STATES}
    return {ref: get_json(f"{demo.url}/v1/proposals/{number}")["state"] for ref, number in numbers.items()}


def assert_the_lost_wallet_is_replaced(demo):
    registry, lost = demo.record.contract(demo.node, "MemberRegistry"), Wallet(demo.node, sample_key("GR-PARADEIGMA"))
    member_id, revoked = registry.read("memberOf", lost.address)
    assert revoked
    assert registry.read("walletOf", member_id) == Wallet(demo.node, sample_key("GR-PARADEIGMA", 2)).address


def test_the_story_agrees_four_ways_a_visitor_votes_and_the_next_run_goes_on(folder):
    with running_demo(folder, free_port(), free_port(), report=silently) as demo:
        rows = story_rows(demo.node, demo.record, folder, read_sample(), demo.url)
        assert len(rows) == ENOUGH
        assert all(row.ok for row in rows)
        assert states_of(demo, folder) == STATES
        assert_the_lost_wallet_is_replaced(demo)
        key = demo.keys[0]
        proposal_id = int(key.proposals[0])
        before = ballots(demo, proposal_id)
        governor = demo.record.governor(demo.node, key.votes_on[0])
        vote(Wallet(demo.node, key.private_key), governor, proposal_id, Choice.FOR)
        beat(demo.node, 0, 0)
        wait_until_synced(demo.url, demo.node)
        assert ballots(demo, proposal_id) == before + 1
        with pytest.raises(DemoError, match="already running"), running_demo(folder, free_port(), free_port()):
            pass
    with running_demo(folder, free_port(), free_port(), report=silently) as again:
        assert ballots(again, proposal_id) == before + 1
        assert str(proposal_id) not in {p for entry in again.keys if entry.code == key.code for p in entry.proposals}


def test_a_first_run_that_was_cut_short_is_started_afresh(folder):
    (folder / "complete.json").unlink()
    (folder / "zbor.db").write_bytes(b"half written")
    with running_demo(folder, free_port(), free_port(), report=silently) as demo:
        assert get_json(f"{demo.url}/v1/status")["counts"]["proposals"] == ENOUGH
        assert json.loads((folder / "complete.json").read_text()) == {}


def test_a_port_in_use_is_named_with_what_to_do(folder):
    with running_demo(folder, port := free_port(), free_port(), report=silently):
        pass_on = pytest.raises(DemoError, match=f"port {port} is in use.*PORT=")
        with pass_on, running_demo(folder.with_name("other"), port, free_port()):
            pass


def test_a_folder_of_somebody_else_is_not_emptied(tmp_path):
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(DemoError, match="other files"), running_demo(tmp_path, free_port(), free_port()):
        pass
    assert (tmp_path / "thesis.txt").exists()
