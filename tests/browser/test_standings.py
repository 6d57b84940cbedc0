"""Members whose standing keeps them from voting are told why, since when, and who votes instead."""

from __future__ import annotations

import pytest
from ballot_paper import connect, status_of
from injected_wallet import InjectedWallet
from playwright.sync_api import expect

from scripts.roll import sample_key

LOST = "GR-PARADEIGMA"
"""Of the sample: its first wallet was lost and replaced."""


def test_a_wallet_that_was_replaced_names_the_one_that_votes_now(visit, demo, open_motion):
    lost = InjectedWallet(demo.node, "0x" + sample_key(LOST, 1).hex())
    now = InjectedWallet(demo.node, "0x" + sample_key(LOST, 2).hex())
    page = visit(open_motion, lost)
    connect(page, lost)
    expect(status_of(page)).to_contain_text("Your organisation has moved on to another account")
    expect(status_of(page)).to_contain_text(now.address)
    assert page.locator("#vote form:visible").count() == 0


@pytest.fixture
def latecomer(demo, wallet_of):
    """A member that gets its seat in the board while the board is voting; the seat is taken back at the end."""
    registry = demo.record.contract(demo.node, "MemberRegistry")
    assembly, board = demo.record.body("general_assembly").timelock, demo.record.body("executive_board").id
    key = next(key for key in demo.keys if "executive_board" not in key.votes_on)
    number, _ = registry.read("memberOf", key.address)
    demo.node.call("anvil_impersonateAccount", assembly)

    def decide(function, *arguments):
        call = {"from": assembly, "to": registry.address, "data": registry.data(function, *arguments)}
        demo.node.call("eth_sendTransaction", call | {"gas": hex(500_000), "gasPrice": "0x0"})

    decide("grantSeat", board, number, 0)
    yield wallet_of(key.code)
    decide("endSeat", board, number)
    demo.node.call("anvil_stopImpersonatingAccount", assembly)


def test_who_got_its_vote_after_the_opening_is_told_when_that_was(visit, latecomer, first_in):
    motion = first_in("open", body="executive_board")
    page = visit(motion, latecomer)
    connect(page, latecomer)
    expect(status_of(page)).to_contain_text("Your organisation had no vote yet when this vote opened (")
    expect(status_of(page)).to_contain_text(motion["opens_at"][:4])
    assert page.locator("#vote form:visible").count() == 0
