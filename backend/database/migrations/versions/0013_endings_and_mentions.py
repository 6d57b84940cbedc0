"""Who made a token, requests that may be repeated, and what each event mentions.

Mentions follow from the journal; those of the events that are in it already are written here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

MADE_BY = "ix_tokens_consortium_id_created_by_idempotency_key"
REQUEST = "ix_representations_consortium_id_request"
AT_ONCE = 5_000
PROPOSALS = ("proposal_id", "previous_id", "vetoed_id")
MEMBERS = ("cast_by", "proposer_id", "principal_id", "member_id", "holder_id", "party_id")
WALLETS = ("voter", "proposer", "wallet")


def text(length: int) -> sa.types.TypeEngine[str]:
    """Text in the order of its bytes on both databases."""
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def upgrade() -> None:
    op.add_column("tokens", sa.Column("created_by", text(64), nullable=True))
    op.add_column("tokens", sa.Column("idempotency_key", text(64), nullable=True))
    op.create_index(MADE_BY, "tokens", ["consortium_id", "created_by", "idempotency_key"], unique=True)
    op.add_column("representations", sa.Column("request", text(64), nullable=True))
    op.create_index(REQUEST, "representations", ["consortium_id", "request"], unique=True)
    mentions = op.create_table(
        "mentions",
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("subject", text(64), nullable=False),
        sa.Column("block_number", sa.BigInteger(), nullable=False),
        sa.Column("log_index", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("consortium_id", "subject", "block_number", "log_index", name="pk_mentions"),
        sqlite_with_rowid=False,
    )
    connection = op.get_bind()
    rows = list(_mentions(connection))
    for start in range(0, len(rows), AT_ONCE):
        connection.execute(sa.insert(mentions), rows[start : start + AT_ONCE])


def downgrade() -> None:
    op.drop_table("mentions")
    op.drop_index(REQUEST, "representations")
    op.drop_column("representations", "request")
    op.drop_index(MADE_BY, "tokens")
    op.drop_column("tokens", "idempotency_key")
    op.drop_column("tokens", "created_by")


def _mentions(connection: sa.Connection) -> Iterator[dict[str, object]]:
    events = sa.table("events", *map(sa.column, ("consortium_id", "block_number", "log_index", "name", "arguments")))
    for row in connection.execute(sa.select(events).where(events.c.name != "VoteCast")).mappings():
        for subject in _subjects(json.loads(row["arguments"])):
            place = {name: row[name] for name in ("consortium_id", "block_number", "log_index")}
            yield {**place, "subject": subject}


def _subjects(said: dict[str, object]) -> set[str]:
    kinds = (("p", PROPOSALS), ("m", MEMBERS), ("w", WALLETS))
    return {f"{mark}{said[name]}" for mark, names in kinds for name in names if said.get(name) is not None}
