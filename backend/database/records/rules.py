"""Rules, one row for each version; a row never changes."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Integer
from sqlalchemy.orm import Mapped, mapped_column

from backend.database.base import Base, Logged, OfConsortium
from backend.database.column_types import EnumNumber, NameText
from backend.domain.rules import Base as MajorityBase
from backend.domain.rules import Rule
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
        )
