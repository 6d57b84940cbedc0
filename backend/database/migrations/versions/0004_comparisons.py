"""What became of comparing the mirror with the chain."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

HASH = sa.String(66).with_variant(sa.String(66, collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "comparisons",
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("block_number", sa.BigInteger(), nullable=False),
        sa.Column("block_hash", HASH, nullable=False),
        sa.Column("compared_at", sa.Double(), nullable=False),
        sa.Column("answers", sa.BigInteger(), nullable=False),
        sa.Column("differences", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("consortium_id", name="pk_comparisons"),
        sa.ForeignKeyConstraint(
            ["consortium_id"],
            ["consortia.id"],
            name="fk_comparisons_consortia",
            deferrable=True,
            initially="DEFERRED",
        ),
    )


def downgrade() -> None:
    op.drop_table("comparisons")
