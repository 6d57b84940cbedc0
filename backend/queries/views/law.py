"""Rules, kinds, and documents put on record."""

from __future__ import annotations

from dataclasses import dataclass

from backend.queries.views.answers import Finality
from backend.queries.views.bodies import BodyView


@dataclass(frozen=True, slots=True)
class RuleView:
    """One version of one rule. Durations in seconds."""

    id: int
    name: str
    version: int
    in_force: bool
    notice: int
    short_notice: int
    period: int
    quorum: str
    """A ratio as written, "2/3"; "0/1" asks for nothing."""
    majority: str
    base: str
    strict: bool
    binding: bool
    standstill: int
    """After the deadline, before an adopted decision binds."""
    veto_window: int
    """After the deadline, in which a veto may still be raised."""
    countries: str
    """Share of the electorate's countries with more votes for than against."""
    abstentions_cast: bool
    silence_consents: bool
    early_close: bool
    revisable: bool
    external_approval: bool
    tie: str
    """rejected, or chair: the chair's own ballot decides."""
    calls: int
    """From this attempt on there is no quorum; 0 if it never falls away."""
    mandates: int
    """How many other members' ballots one member may cast on a proposal."""
    veto_grounds: tuple[str, ...]
    """Grounds on which a member may veto; empty where there is no veto."""
    set_at: int


@dataclass(frozen=True, slots=True)
class ActionPermission:
    """A call that only proposals of one kind may carry."""

    target: str
    contract: str
    """Name of the contract at the target, or the address again where it is not one of ours."""
    selector: str
    function: str
    """Signature of the function, or the selector again where it is not known."""
    party_effect: str
    """What follows for the member that the call names: none, bars_veto or recuses."""
    party_argument: int
    """Which argument names it, from 1; 0 if none does."""


@dataclass(frozen=True, slots=True)
class KindView:
    """What a proposal can be about."""

    id: int
    name: str
    body: str
    rule: str
    rule_id: int
    resolution: bool
    party_effect: str
    """What follows for the member that a resolution names."""
    actions: tuple[ActionPermission, ...]


@dataclass(frozen=True, slots=True)
class LawView:
    """Who decides on what, and how."""

    name: str
    """Of the consortium."""
    notice: str | None
    """What every page must show, such as that the data are samples."""
    bodies: tuple[BodyView, ...]
    kinds: tuple[KindView, ...]
    rules: tuple[RuleView, ...]
    """Those in force."""


@dataclass(frozen=True, slots=True)
class AnchorView:
    """The hash of a document that the registrar or a body put on record."""

    topic: str
    document_hash: str
    author: str
    """Address of the registrar, or of a body's timelock."""
    anchored_at: int
    block_number: int
    transaction_hash: str
    finality: Finality
