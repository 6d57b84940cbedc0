"""The two tables that grow by the ten thousand keep only the references that could find something.

Events and their blocks are written by one function; whose a ballot is was looked up among the members' wallets. What is
left is that of a ballot to its proposal.
"""

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

CLUSTERED = {"sqlite_with_rowid": False}
KEPT = {"events": CLUSTERED, "votes": CLUSTERED, "earlier_votes": {}}
DROPPED = {
    "events": {"consortia": ("consortium_id",), "blocks": ("consortium_id", "block_number")},
    "votes": {"consortia": ("consortium_id",), "members": ("consortium_id", "member_id")},
    "earlier_votes": {"consortia": ("consortium_id",), "members": ("consortium_id", "member_id")},
}
THERE = {
    "consortia": ("id",),
    "blocks": ("consortium_id", "number"),
    "members": ("consortium_id", "member_id"),
}


def upgrade() -> None:
    for table, dropped in DROPPED.items():
        with op.batch_alter_table(table, table_kwargs=KEPT[table]) as batch:
            for other in dropped:
                batch.drop_constraint(f"fk_{table}_{other}", type_="foreignkey")


def downgrade() -> None:
    for table, dropped in DROPPED.items():
        with op.batch_alter_table(table, table_kwargs=KEPT[table]) as batch:
            for other, here in dropped.items():
                name = f"fk_{table}_{other}"
                batch.create_foreign_key(name, other, [*here], [*THERE[other]], deferrable=True, initially="DEFERRED")
