"""The tables that grow by the ten thousand lose their last references: the indexer checks each batch, not each row.

PostgreSQL looks each reference up with a query of its own.
"""

from __future__ import annotations

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

KEPT = {"blocks": {}, "votes": {"sqlite_with_rowid": False}, "earlier_votes": {}}
PROPOSAL = ("consortium_id", "body_id", "proposal_id")
DROPPED = {
    "blocks": ("consortia", ("consortium_id",), ("id",)),
    "votes": ("proposals", PROPOSAL, PROPOSAL),
    "earlier_votes": ("proposals", PROPOSAL, PROPOSAL),
}


def upgrade() -> None:
    for table, (other, _, _) in DROPPED.items():
        with op.batch_alter_table(table, table_kwargs=KEPT[table]) as batch:
            batch.drop_constraint(f"fk_{table}_{other}", type_="foreignkey")


def downgrade() -> None:
    for table, (other, here, there) in DROPPED.items():
        with op.batch_alter_table(table, table_kwargs=KEPT[table]) as batch:
            name = f"fk_{table}_{other}"
            batch.create_foreign_key(name, other, [*here], [*there], deferrable=True, initially="DEFERRED")
