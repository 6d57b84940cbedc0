"""Every change has a number, also those of a journal that was there before; subscribers are called with them."""

from __future__ import annotations

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

LONG_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    _create_feeds()
    _create_spans()
    _create_changes()
    _create_webhooks()
    _create_deliveries()
    _number_what_is_there()


def downgrade() -> None:
    for table in ("deliveries", "webhooks", "changes", "spans", "feeds"):
        op.drop_table(table)


def _text(length: int) -> sa.types.TypeEngine[str]:
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def _of_consortium(table: str, *key: str) -> tuple[sa.Constraint, ...]:
    return (
        sa.PrimaryKeyConstraint("consortium_id", *key, name=f"pk_{table}"),
        sa.ForeignKeyConstraint(
            ["consortium_id"], ["consortia.id"], name=f"fk_{table}_consortia", deferrable=True, initially="DEFERRED"
        ),
    )


def _create_feeds() -> None:
    op.create_table(
        "feeds",
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("name", _text(16), nullable=False),
        sa.Column("newest", sa.BigInteger(), nullable=False),
        sa.Column("open_span", sa.BigInteger()),
        sa.Column("told_until", sa.BigInteger(), nullable=False),
        *_of_consortium("feeds"),
    )


def _create_spans() -> None:
    op.create_table(
        "spans",
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("first", sa.BigInteger(), nullable=False),
        sa.Column("events", sa.Integer(), nullable=False),
        sa.Column("first_block", sa.BigInteger(), nullable=False),
        sa.Column("last_block", sa.BigInteger(), nullable=False),
        *_of_consortium("spans", "first"),
    )


def _create_changes() -> None:
    op.create_table(
        "changes",
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("name", _text(64), nullable=False),
        sa.Column("arguments", LONG_TEXT, nullable=False),
        sa.Column("reverts", sa.BigInteger()),
        sa.Column("time", sa.BigInteger(), nullable=False),
        sa.Column("block_number", sa.BigInteger(), nullable=False),
        sa.Column("block_hash", _text(66), nullable=False),
        sa.Column("log_index", sa.Integer()),
        sa.Column("transaction_hash", _text(66)),
        sa.Column("emitter", _text(42)),
        *_of_consortium("changes", "number"),
    )
    op.create_index("ix_changes_reverts", "changes", ["reverts"])
    op.create_index("ix_changes_consortium_id_time", "changes", ["consortium_id", "time"])


def _create_webhooks() -> None:
    op.create_table(
        "webhooks",
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("webhook_id", _text(24), nullable=False),
        sa.Column("url", LONG_TEXT, nullable=False),
        sa.Column("secret", _text(100), nullable=False),
        sa.Column("previous_secret", _text(100)),
        sa.Column("previous_until", sa.BigInteger()),
        sa.Column("types", sa.JSON(), nullable=False),
        sa.Column("body", _text(128)),
        sa.Column("proposal_id", _text(58)),
        sa.Column("description", _text(200), nullable=False),
        sa.Column("created_by", _text(64), nullable=False),
        sa.Column("person", _text(32)),
        sa.Column("idempotency_key", _text(64)),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("cursor", _text(40), nullable=False),
        sa.Column("attempts", sa.BigInteger(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("next_attempt_at", sa.Double(), nullable=False),
        sa.Column("lease", _text(32)),
        sa.Column("leased_until", sa.Double(), nullable=False),
        sa.Column("disabled_at", sa.BigInteger()),
        sa.Column("disabled_reason", _text(200)),
        *_of_consortium("webhooks", "webhook_id"),
        sa.UniqueConstraint(
            "consortium_id",
            "created_by",
            "idempotency_key",
            name="uq_webhooks_consortium_id_created_by_idempotency_key",
        ),
    )
    op.create_index("ix_webhooks_person", "webhooks", ["person"])


def _create_deliveries() -> None:
    op.create_table(
        "deliveries",
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("webhook_id", _text(24), nullable=False),
        sa.Column("attempt", sa.BigInteger(), nullable=False),
        sa.Column("change", _text(40), nullable=False),
        sa.Column("type", _text(64), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("milliseconds", sa.Integer(), nullable=False),
        sa.Column("status", sa.Integer()),
        sa.Column("problem", _text(200)),
        sa.Column("delivered", sa.Boolean(), nullable=False),
        *_of_consortium("deliveries", "webhook_id", "attempt"),
    )
    op.create_index("ix_deliveries_consortium_id_at", "deliveries", ["consortium_id", "at"])


def _number_what_is_there() -> None:
    connection = op.get_bind()
    read = "SELECT consortium_id, count(*), min(block_number), max(block_number) FROM events GROUP BY consortium_id"
    for consortium_id, events, first, last in connection.execute(sa.text(read)).all():
        feed = "INSERT INTO feeds (consortium_id, name, newest, told_until) VALUES (:id, :name, :newest, 0)"
        connection.execute(sa.text(feed), {"id": consortium_id, "name": secrets.token_hex(4), "newest": events})
        span = "INSERT INTO spans (consortium_id, first, events, first_block, last_block) VALUES (:id, 1, :n, :a, :b)"
        connection.execute(sa.text(span), {"id": consortium_id, "n": events, "a": first, "b": last})
