"""Rules, kinds, and the calls that belong to kinds."""

from __future__ import annotations

from sqlalchemy import delete

from backend.database.base import table_of
from backend.database.records import KindActionRecord, KindRecord, RuleRecord
from backend.domain.events import ActionListed, ActionUnlisted, KindSet, Place, RuleSet
from backend.indexer.projections.projection import Projection, logged_at


def rule_set(batch: Projection, event: RuleSet, place: Place) -> None:
    """A new version of a rule."""
    rule = event.rule
    batch.insert(
        RuleRecord,
        rule_id=event.rule_id,
        name=event.name,
        version=event.version,
        notice=rule.notice,
        short_notice=rule.short_notice,
        period=rule.period,
        quorum_numerator=rule.quorum.numerator,
        quorum_denominator=rule.quorum.denominator,
        majority_numerator=rule.majority.numerator,
        majority_denominator=rule.majority.denominator,
        base=rule.base,
        strict=rule.strict,
        binding=rule.binding,
        standstill=rule.standstill,
        veto_window=rule.veto_window,
        country_numerator=rule.countries.numerator,
        country_denominator=rule.countries.denominator,
        abstentions_cast=rule.abstentions_cast,
        silence_consents=rule.silence_consents,
        early_close=rule.early_close,
        revisable=rule.revisable,
        external_approval=rule.external_approval,
        tie=rule.tie,
        calls=rule.calls,
        mandates=rule.mandates,
        veto_grounds=rule.veto_grounds,
        set_at=place.block_time,
        **logged_at(place),
    )


def kind_set(batch: Projection, event: KindSet, place: Place) -> None:
    """A kind is new, or changed, or follows its rule to a new version."""
    batch.upsert(
        KindRecord,
        kind_id=event.kind_id,
        name=event.name,
        body_id=event.body_id,
        rule_id=event.rule_id,
        resolution=event.resolution,
        party_effect=event.party_effect,
        set_at=place.block_time,
        **logged_at(place),
    )


def action_listed(batch: Projection, event: ActionListed, place: Place) -> None:
    """From now on the call belongs to this kind."""
    batch.insert(
        KindActionRecord,
        target=event.target,
        selector=event.selector,
        kind_id=event.kind_id,
        party_effect=event.party_effect,
        party_argument=event.party_argument,
        listed_at=place.block_time,
        **logged_at(place),
    )


def action_unlisted(batch: Projection, event: ActionUnlisted, _place: Place) -> None:
    """The call belongs to no kind any more."""
    owned = batch.owns(KindActionRecord, target=event.target, selector=event.selector)
    batch.connection.execute(delete(table_of(KindActionRecord)).where(owned))
