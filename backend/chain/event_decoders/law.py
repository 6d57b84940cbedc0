"""What the rulebook and the records contract log."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from backend.chain.addresses import checksummed
from backend.chain.event_decoders.spelling import hash32, hexadecimal, name
from backend.domain import events
from backend.domain.rules import Base, PartyEffect, Rule, TieBreak
from backend.domain.values import BodyId, KindId, MemberId, Ratio, RuleId


def _rule_set(rule_id: int, rule_name: bytes, version: int, rule: Sequence[Any]) -> events.RuleSet:
    return events.RuleSet(RuleId(rule_id), name(rule_name), version, _rule(rule))


def _rule(fields: Sequence[Any]) -> Rule:
    notice, short_notice, period, standstill, veto_window = fields[:5]
    base, strict, abstentions_cast, silence_consents, binding, early_close, revisable, approval = fields[11:19]
    tie, calls, mandates, veto_grounds = fields[19:]
    return Rule(
        notice=notice,
        short_notice=short_notice,
        period=period,
        quorum=Ratio(*fields[5:7]),
        majority=Ratio(*fields[7:9]),
        base=Base(base),
        strict=strict,
        binding=binding,
        standstill=standstill,
        veto_window=veto_window,
        countries=Ratio(*fields[9:11]),
        abstentions_cast=abstentions_cast,
        silence_consents=silence_consents,
        early_close=early_close,
        revisable=revisable,
        external_approval=approval,
        tie=TieBreak(tie),
        calls=calls,
        mandates=mandates,
        veto_grounds=veto_grounds,
    )


def _kind_set(
    kind_id: int,
    kind_name: bytes,
    body_id: int,
    rule_id: int,
    resolution: bool,  # noqa: FBT001  # a field of the event
    party_effect: int,
) -> events.KindSet:
    return events.KindSet(
        KindId(kind_id), name(kind_name), BodyId(body_id), RuleId(rule_id), resolution, PartyEffect(party_effect)
    )


def _action_listed(
    kind_id: int, target: str, selector: bytes, party_effect: int, party_argument: int
) -> events.ActionListed:
    return events.ActionListed(
        KindId(kind_id), checksummed(target), hexadecimal(selector), PartyEffect(party_effect), party_argument
    )


def _action_unlisted(kind_id: int, target: str, selector: bytes) -> events.ActionUnlisted:
    return events.ActionUnlisted(KindId(kind_id), checksummed(target), hexadecimal(selector))


def _resolved(timelock: str, kind_id: int, text_hash: bytes) -> events.Resolved:
    return events.Resolved(checksummed(timelock), KindId(kind_id), hash32(text_hash))


def _resolved_for(timelock: str, kind_id: int, member_id: int, text_hash: bytes) -> events.ResolvedFor:
    return events.ResolvedFor(checksummed(timelock), KindId(kind_id), MemberId(member_id), hash32(text_hash))


def _anchored(by: str, topic: bytes, document_hash: bytes) -> events.Anchored:
    return events.Anchored(checksummed(by), name(topic), hash32(document_hash))


_DURATIONS = ",".join(["uint32"] * 5)
_FRACTIONS = ",".join(["uint16"] * 6)
_SETTINGS = "uint8,bool,bool,bool,bool,bool,bool,bool,uint8,uint8,uint8,uint8"

OF_LAW: dict[str, Callable[..., events.Event]] = {
    f"RuleSet(uint16,bytes32,uint16,({_DURATIONS},{_FRACTIONS},{_SETTINGS}))": _rule_set,
    "KindSet(uint16,bytes32,uint8,uint16,bool,uint8)": _kind_set,
    "ActionListed(uint16,address,bytes4,uint8,uint8)": _action_listed,
    "ActionUnlisted(uint16,address,bytes4)": _action_unlisted,
    "Resolved(address,uint16,bytes32)": _resolved,
    "ResolvedFor(address,uint16,uint16,bytes32)": _resolved_for,
    "Anchored(address,bytes32,bytes32)": _anchored,
}
