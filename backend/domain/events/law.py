"""What the rulebook and the records report: rules, kinds, actions, resolutions, documents. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from backend.domain.rules import PartyEffect, Rule
from backend.domain.values import Address, BodyId, Hash32, KindId, MemberId, RuleId


@dataclass(frozen=True, slots=True)
class RuleSet:
    """A version of a rule was written; kinds that use its name follow it from now on."""

    rule_id: RuleId
    name: str
    version: int
    rule: Rule


@dataclass(frozen=True, slots=True)
class KindSet:
    """A kind of proposal was created or changed."""

    kind_id: KindId
    name: str
    body_id: BodyId
    rule_id: RuleId
    resolution: bool
    party_effect: PartyEffect = PartyEffect.NONE
    """What follows for the member that `Records.resolveFor` names; `NONE` where the kind may not use it."""


@dataclass(frozen=True, slots=True)
class ActionListed:
    """A call now belongs to one kind, and only proposals of that kind may carry it."""

    kind_id: KindId
    target: Address
    selector: str
    party_effect: PartyEffect = PartyEffect.NONE
    """What follows for the member that the call names."""
    party_argument: int = 0
    """Which argument of the call names it, from 1; 0 where none does."""


@dataclass(frozen=True, slots=True)
class ActionUnlisted:
    """A call belongs to no kind any more; no proposal may carry it."""

    kind_id: KindId
    target: Address
    selector: str


@dataclass(frozen=True, slots=True)
class Resolved:
    """`Records`: a decision with no other action was executed. Only a known timelock's word counts."""

    timelock: Address
    kind_id: KindId
    text_hash: Hash32


@dataclass(frozen=True, slots=True)
class ResolvedFor:
    """`Records`: a decision about one member, with no other action, was executed."""

    timelock: Address
    kind_id: KindId
    member_id: MemberId
    text_hash: Hash32


@dataclass(frozen=True, slots=True)
class Anchored:
    """`Records`: the hash of a document was put on record. Only a known account's word counts."""

    by: Address
    topic: str
    """The name of what the document is about, as it was written into 32 bytes."""
    document_hash: Hash32
