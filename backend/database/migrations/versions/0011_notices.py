"""Notices by e-mail: who wants which, what is on its way, and when the coordinator reminded."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def text(length: int) -> sa.types.TypeEngine[str]:
    """Text in the order of its bytes on both databases."""
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "notice_preferences",
        sa.Column("person", text(32), nullable=False),
        sa.Column("unwanted", sa.JSON(), nullable=False),
        sa.Column("unsubscribed_at", sa.BigInteger(), nullable=True),
        *of_consortium("notice_preferences", "person"),
    )
    _create_letters()
    _create_reminders()


def _create_letters() -> None:
    op.create_table(
        "letters",
        sa.Column("person", text(32), nullable=False),
        *of_proposal(),
        sa.Column("occasion", text(16), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.BigInteger(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("next_attempt_at", sa.Double(), nullable=False),
        sa.Column("lease", text(32), nullable=True),
        sa.Column("leased_until", sa.Double(), nullable=False),
        sa.Column("settled_at", sa.BigInteger(), nullable=True),
        sa.Column("problem", text(64), nullable=True),
        *of_consortium("letters", "person", "body_id", "proposal_id", "occasion", "day"),
    )
    op.create_index(
        "ix_letters_consortium_id_settled_at_next_attempt_at",
        "letters",
        ["consortium_id", "settled_at", "next_attempt_at"],
    )


def _create_reminders() -> None:
    op.create_table(
        "reminders",
        *of_proposal(),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("created_by", text(64), nullable=False),
        sa.Column("idempotency_key", text(64), nullable=True),
        sa.Column("members", sa.Integer(), nullable=False),
        sa.Column("letters", sa.Integer(), nullable=False),
        *of_consortium("reminders", "body_id", "proposal_id", "day"),
        sa.UniqueConstraint(
            "consortium_id",
            "created_by",
            "idempotency_key",
            name="uq_reminders_consortium_id_created_by_idempotency_key",
        ),
    )


def downgrade() -> None:
    op.drop_index("ix_letters_consortium_id_settled_at_next_attempt_at", "letters")
    for table in ("reminders", "letters", "notice_preferences"):
        op.drop_table(table)


def of_proposal() -> tuple[sa.Column[int], sa.Column[str]]:
    """The columns that name a proposal."""
    return (
        sa.Column("body_id", sa.SmallInteger(), nullable=False),
        sa.Column("proposal_id", text(58), nullable=False),
    )


def of_consortium(table: str, *key: str) -> tuple[sa.schema.SchemaItem, ...]:
    """The column that every row begins with, its reference, and the key."""
    return (
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("consortium_id", *key, name=f"pk_{table}"),
        sa.ForeignKeyConstraint(
            ["consortium_id"],
            ["consortia.id"],
            name=f"fk_{table}_consortia",
            deferrable=True,
            initially="DEFERRED",
        ),
    )
