from dataclasses import replace
from typing import get_args

import msgspec
import pytest
from eth_utils.abi import abi_to_signature
from faster_eth_abi import encode

from backend.chain.decoder import Decoder
from backend.chain.event_decoders import DECODERS, IGNORED, NEVER
from backend.chain.interfaces import elements, load_abis
from backend.chain.node import RawLog
from backend.domain import events as e
from backend.domain.ballots import Choice
from backend.domain.members import MemberClass, MemberStatus
from backend.domain.rules import Base, PartyEffect, Rule, VetoGround
from backend.domain.values import Address, BodyId, Hash32, KindId, MemberId, ProposalId, Ratio, RuleId, Timepoint
from backend.errors import UndecodableLogError
from tests.backend.indexer.simulated_node import encode_event
from tests.backend.story import GUARDED_RULE, OUTSIDE_RULE

VOTER = Address("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed")
HASH = Hash32("0x" + "5a" * 32)
VOTE_CAST = "0xb8e138887d0aa13bab447e82de9d5c1777041ecd21ca36ba824ff1e6c07ddda4"
"""Topic of OpenZeppelin's VoteCast, as explorers know it."""


@pytest.fixture(scope="module")
def decoder():
    return Decoder()


def raw(topics, data):
    return RawLog(
        address="0x52908400098527886e0f7030069857d2e4169ee7",
        topics=topics,
        data=data,
        block_number="0x10",
        block_hash="0x" + "b1" * 32,
        transaction_hash="0x" + "7a" * 32,
        log_index="0x3",
    )


def vote_log(reason: bytes, **changed):
    data = encode(["uint256", "uint8", "uint256", "bytes"], [(1 << 192) - 1, 2, 1, reason])
    whole = raw((VOTE_CAST, "0x" + VOTER[2:].lower().rjust(64, "0")), "0x" + data.hex())
    return msgspec.structs.replace(whole, **changed)


def test_a_vote_is_decoded_from_the_bytes_that_openzeppelin_logs(decoder):
    event, place = decoder.decode(vote_log(b"0xabc"), 1_700_000_000)

    assert event == e.VoteCast(VOTER, ProposalId((1 << 192) - 1), 2, 1, "0xabc")
    assert place == e.Place(
        16,
        Hash32("0x" + "b1" * 32),
        Timepoint(1_700_000_000),
        Hash32("0x" + "7a" * 32),
        3,
        Address("0x52908400098527886E0F7030069857D2E4169EE7"),
    )


def test_texts_that_are_no_text_are_spelled_out_instead_of_stopping_the_mirror(decoder):
    event, _ = decoder.decode(vote_log(b"a\xff\x00\xed\xa0\x80\xc4\x8d"), 1)

    assert event.reason == "a\\xff\\x00\\xed\\xa0\\x80č"
    event.reason.encode()


EVENTS = [
    e.MemberAdmitted(MemberId(65535), VOTER, MemberClass.ASSOCIATE, "GR", "GR-THESSALONIKI", "Φορέας"),
    e.MemberStatusChanged(MemberId(1), MemberStatus.IN_BREACH, MemberStatus.DEFAULTING),
    e.VotingRightsChanged(MemberId(1), 0xFFFFFFFF),
    e.RuleSet(
        RuleId(7),
        "GA_2_3",
        2,
        Rule(45, 15, 86_400, Ratio(2, 3), Ratio(51, 100), Base.ENTITLED, strict=True, binding=False),
    ),
    e.RuleSet(RuleId(8), "GUARDED", 1, GUARDED_RULE),
    e.RuleSet(RuleId(9), "OUTSIDE", 1, OUTSIDE_RULE),
    e.ProposalCreated(
        ProposalId(5),
        VOTER,
        (VOTER, VOTER),
        (0, 0),
        ("0x12345678", "0x"),
        Timepoint(8),
        Timepoint(9),
        "bafk#proposer=0x",
    ),
    e.ProposalFiled(ProposalId(5), 3, 1, 2, MemberId(4), True, MemberId(6), PartyEffect.RECUSES, MemberId(7)),
    e.ProposalFiled(ProposalId(5), 3, 1, 2, MemberId(4), False),
    e.ProposalReconvened(ProposalId(5), ProposalId(6), 2),
    e.ProposalRevised(ProposalId(5), ProposalId(6)),
    e.ProposalClosedEarly(ProposalId(5), Timepoint(9)),
    e.BallotCounted(ProposalId(5), MemberId(1), None, 0, MemberId(2)),
    e.BallotCounted(ProposalId(5), MemberId(1), Choice.AGAINST, 30, MemberId(1)),
    e.BallotRefused(ProposalId(5), VOTER, "0xdeadbeef"),
    e.MemberRecused(ProposalId(5), MemberId(1), True),
    e.VetoRaised(ProposalId(5), MemberId(1), VetoGround.OTHER_LEGITIMATE_INTEREST, HASH),
    e.VetoWithdrawn(ProposalId(5), MemberId(1)),
    e.MinutesRecorded(ProposalId(5), 3, HASH),
    e.MinutesObjected(ProposalId(5), MemberId(1), HASH),
    e.ApprovalRecorded(ProposalId(5), True, HASH),
    e.SeatGranted(BodyId(1), MemberId(1)),
    e.SeatGranted(BodyId(1), MemberId(1), Timepoint(1 << 40)),
    e.ChairSet(BodyId(1), None),
    e.ChairSet(BodyId(1), MemberId(3)),
    e.MandateGranted(MemberId(1), MemberId(2), BodyId(3), None, Timepoint(9)),
    e.MandateGranted(MemberId(1), MemberId(2), BodyId(3), ProposalId(5), Timepoint(9)),
    e.MandateRevoked(MemberId(1), BodyId(3)),
    e.RotationProposed(MemberId(1), VOTER),
    e.RotationApproved(MemberId(1), VOTER, Timepoint(9)),
    e.RotationStopped(MemberId(1), VOTER),
    e.ApproverChanged(VOTER, VOTER),
    e.FactoryChanged(VOTER, VOTER),
    e.DAOURIUpdate(VOTER, "https://zbor.example/dao.json"),
    e.KindSet(KindId(1), "award", BodyId(0), RuleId(2), True, PartyEffect.RECUSES),
    e.ResolvedFor(VOTER, KindId(1), MemberId(2), HASH),
    e.Anchored(VOTER, "minutes", HASH),
    e.BodyCreated(31, "general_assembly", VOTER, VOTER, 6),
    e.ActionListed(KindId(2), VOTER, "0xdeadbeef", PartyEffect.BARS_VETO, 1),
    e.ProposalQueued(ProposalId(5), Timepoint(1 << 40)),
]


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: type(event).__name__)
def test_what_a_contract_encodes_is_what_the_domain_gets(decoder, event):
    topics, data = encode_event(event)

    assert decoder.decode(raw(topics, data), 1).event == event


def test_every_event_of_every_interface_is_decoded_or_passed_over_with_a_reason():
    treated = DECODERS | IGNORED | NEVER
    for name, abi in load_abis().items():
        signatures = [abi_to_signature(event) for event in elements(abi, "event")]
        assert [each for each in signatures if each not in treated] == [], name
    assert all(IGNORED.values())
    assert all(NEVER.values())


def test_no_decoder_is_left_over_from_an_interface_that_changed():
    signatures = {abi_to_signature(event) for abi in load_abis().values() for event in elements(abi, "event")}

    assert set(DECODERS) <= signatures


def test_every_event_of_the_domain_has_a_decoder():
    assert {signature.partition("(")[0] for signature in DECODERS} == {each.__name__ for each in get_args(e.Event)}


def test_an_event_passed_over_on_purpose_gives_nothing(decoder):
    topic = "0x8be0079c531659141344cd1fd0a4f28419497f9722a3daafe3b4186f6b6457e0"
    owner = "0x" + "00" * 32

    assert decoder.decode(raw((topic, owner, owner), "0x"), 1) is None


@pytest.mark.parametrize(
    ("log", "problem"),
    [
        (vote_log(b"", topics=()), "unknown event"),
        (vote_log(b"", topics=("0x" + "ab" * 32,)), "unknown event"),
        (vote_log(b"", topics=(VOTE_CAST,)), "shorter"),
        (vote_log(b"", data="0x"), "block 16, log 3"),
        (vote_log(b"", data="0x12"), "block 16, log 3"),
        (vote_log(b"", data="0xzz"), "non-hexadecimal"),
    ],
    ids=["no topics", "unknown topic", "topic missing", "no data", "data cut off", "no hexadecimal"],
)
def test_a_log_that_does_not_fit_is_an_error_that_names_it(decoder, log, problem):
    with pytest.raises(UndecodableLogError, match=problem) as caught:
        decoder.decode(log, 1)
    assert caught.value.emitter == log.address


def test_a_status_that_no_member_can_have_is_an_error(decoder):
    topics, data = encode_event(e.MemberStatusChanged(MemberId(1), MemberStatus.ACTIVE, MemberStatus.LEFT))
    with pytest.raises(UndecodableLogError, match="99 is not a valid MemberStatus"):
        decoder.decode(raw(topics, data[:-2] + "63"), 1)


def test_a_ballot_with_parameters_stops_the_mirror_rather_than_be_missed(decoder):
    topic = "0xe2babfbac5889a709b63bb7f598b324e08bc5a4fb9ec647fb3cbc9ec07eb8712"
    with pytest.raises(UndecodableLogError, match="unknown event"):
        decoder.decode(vote_log(b"", topics=(topic, "0x" + "00" * 32)), 1)


def test_events_are_values(decoder):
    event, _ = decoder.decode(vote_log(b""), 1)
    assert replace(event, support=0) != event
