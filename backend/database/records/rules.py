"""Rules, one row for each version; a row never changes."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Integer, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from backend.database.base import Base, Logged, OfConsortium
from backend.database.column_types import EnumNumber, NameText
from backend.domain.rules import Base as MajorityBase
from backend.domain.rules import Rule, TieBreak
from backend.domain.values import Ratio


class RuleRecord(Logged, OfConsortium, Base):
    """One version of one rule; the greatest version of a name is the one in force. Durations in seconds."""

    __tablename__ = "rules"

    rule_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(NameText, index=True)
    version: Mapped[int] = mapped_column(Integer)
    notice: Mapped[int] = mapped_column(BigInteger)
    short_notice: Mapped[int] = mapped_column(BigInteger)
    period: Mapped[int] = mapped_column(BigInteger)
    quorum_numerator: Mapped[int] = mapped_column(Integer)
    quorum_denominator: Mapped[int] = mapped_column(Integer)
    majority_numerator: Mapped[int] = mapped_column(Integer)
    majority_denominator: Mapped[int] = mapped_column(Integer)
    base: Mapped[MajorityBase] = mapped_column(EnumNumber(MajorityBase))
    strict: Mapped[bool] = mapped_column(Boolean)
    binding: Mapped[bool] = mapped_column(Boolean)
    standstill: Mapped[int] = mapped_column(BigInteger)
    veto_window: Mapped[int] = mapped_column(BigInteger)
    country_numerator: Mapped[int] = mapped_column(Integer)
    country_denominator: Mapped[int] = mapped_column(Integer)
    abstentions_cast: Mapped[bool] = mapped_column(Boolean)
    silence_consents: Mapped[bool] = mapped_column(Boolean)
    early_close: Mapped[bool] = mapped_column(Boolean)
    revisable: Mapped[bool] = mapped_column(Boolean)
    external_approval: Mapped[bool] = mapped_column(Boolean)
    tie: Mapped[TieBreak] = mapped_column(EnumNumber(TieBreak))
    calls: Mapped[int] = mapped_column(SmallInteger)
    mandates: Mapped[int] = mapped_column(SmallInteger)
    veto_grounds: Mapped[int] = mapped_column(SmallInteger)
    """Bitmap: bit `1 << ground` for each ground on which a member may veto."""
    set_at: Mapped[int] = mapped_column(BigInteger)

    @property
    def rule(self) -> Rule:
        """The row as the domain judges by it."""
        return Rule(
            notice=self.notice,
            short_notice=self.short_notice,
            period=self.period,
            quorum=Ratio(self.quorum_numerator, self.quorum_denominator),
            majority=Ratio(self.majority_numerator, self.majority_denominator),
            base=self.base,
            strict=self.strict,
            binding=self.binding,
            standstill=self.standstill,
            veto_window=self.veto_window,
            countries=Ratio(self.country_numerator, self.country_denominator),
            abstentions_cast=self.abstentions_cast,
            silence_consents=self.silence_consents,
            early_close=self.early_close,
            revisable=self.revisable,
            external_approval=self.external_approval,
            tie=self.tie,
            calls=self.calls,
            mandates=self.mandates,
            veto_grounds=self.veto_grounds,
        )
