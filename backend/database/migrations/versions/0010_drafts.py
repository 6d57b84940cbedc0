"""Proposals that somebody is still writing."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def _string(length: int) -> sa.types.TypeEngine[str]:
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "drafts",
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("draft_id", _string(24), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("kind", _string(64), nullable=False),
        sa.Column("title", _string(200), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("saved_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("consortium_id", "draft_id", name="pk_drafts"),
        sa.ForeignKeyConstraint(
            ["consortium_id"], ["consortia.id"], name="fk_drafts_consortia", deferrable=True, initially="DEFERRED"
        ),
    )
    op.create_index("ix_drafts_member_id", "drafts", ["member_id"])


def downgrade() -> None:
    op.drop_index("ix_drafts_member_id", table_name="drafts")
    op.drop_table("drafts")
