"""Ballots are found by the transaction that brought them, however many there are."""

from __future__ import annotations

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

BY_TRANSACTION = ["consortium_id", "transaction_hash"]
INDEXES = {table: f"ix_{table}_consortium_id_transaction_hash" for table in ("votes", "earlier_votes")}


def upgrade() -> None:
    for table, name in INDEXES.items():
        op.create_index(name, table, BY_TRANSACTION)


def downgrade() -> None:
    for table, name in INDEXES.items():
        op.drop_index(name, table)
