"""Signed ballots on their way to the chain."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def _string(length: int) -> sa.types.TypeEngine[str]:
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


ADDRESS, HASH, PROPOSAL, NUMBER = _string(42), _string(66), _string(58), _string(78)
LONG_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    _ballots()
    _requests()
    _transactions()
    _attempts()
    _relays()


def downgrade() -> None:
    for table in ("relays", "relay_attempts", "relay_transactions", "relay_requests", "relay_ballots"):
        op.drop_table(table)


def _ballots() -> None:
    op.create_table(
        "relay_ballots",
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("id", _string(32), nullable=False),
        sa.Column("body_id", sa.SmallInteger(), nullable=False),
        sa.Column("governor", ADDRESS, nullable=False),
        sa.Column("proposal_id", PROPOSAL, nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("voter", ADDRESS, nullable=False),
        sa.Column("own_ballots", sa.SmallInteger(), nullable=False),
        sa.Column("support", sa.SmallInteger(), nullable=False),
        sa.Column("reason", LONG_TEXT, nullable=False),
        sa.Column("signature", LONG_TEXT, nullable=False),
        sa.Column("digest", HASH, nullable=False),
        sa.Column("accepted_at", sa.BigInteger(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("sender", ADDRESS, nullable=True),
        sa.Column("nonce", sa.BigInteger(), nullable=True),
        sa.Column("failure", _string(64), nullable=True),
        sa.PrimaryKeyConstraint("consortium_id", "id", name="pk_relay_ballots"),
        sa.UniqueConstraint(
            "consortium_id",
            "governor",
            "proposal_id",
            "voter",
            "own_ballots",
            name="uq_relay_ballots_nonce",
        ),
        _of_consortium("relay_ballots"),
    )
    op.create_index(
        "ix_relay_ballots_consortium_id_sender_nonce", "relay_ballots", ["consortium_id", "sender", "nonce"]
    )


def _requests() -> None:
    op.create_table(
        "relay_requests",
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("id", _string(32), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("voter", ADDRESS, nullable=False),
        sa.Column("key", _string(200), nullable=True),
        sa.Column("digest", HASH, nullable=False),
        sa.Column("ballot_id", _string(32), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("consortium_id", "id", name="pk_relay_requests"),
        sa.UniqueConstraint("consortium_id", "voter", "key", name="uq_relay_requests_consortium_id_voter_key"),
        _of_consortium("relay_requests"),
    )
    op.create_index(
        "ix_relay_requests_consortium_id_member_id_at", "relay_requests", ["consortium_id", "member_id", "at"]
    )


def _transactions() -> None:
    op.create_table(
        "relay_transactions",
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("sender", ADDRESS, nullable=False),
        sa.Column("nonce", sa.BigInteger(), nullable=False),
        sa.Column("governor", ADDRESS, nullable=False),
        sa.Column("proposal_id", PROPOSAL, nullable=False),
        sa.Column("gas", sa.BigInteger(), nullable=False),
        sa.Column("data", LONG_TEXT, nullable=False),
        sa.Column("block_number", sa.BigInteger(), nullable=True),
        sa.Column("block_hash", HASH, nullable=True),
        sa.Column("settled", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("consortium_id", "sender", "nonce", name="pk_relay_transactions"),
        _of_consortium("relay_transactions"),
    )


def _attempts() -> None:
    op.create_table(
        "relay_attempts",
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("sender", ADDRESS, nullable=False),
        sa.Column("nonce", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("hash", HASH, nullable=False),
        sa.Column("raw", LONG_TEXT, nullable=False),
        sa.Column("most", sa.BigInteger(), nullable=False),
        sa.Column("tip", sa.BigInteger(), nullable=False),
        sa.Column("signed_at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("consortium_id", "sender", "nonce", "number", name="pk_relay_attempts"),
        _of_consortium("relay_attempts"),
    )


def _relays() -> None:
    op.create_table(
        "relays",
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("sender", ADDRESS, nullable=False),
        sa.Column("balance", NUMBER, nullable=False),
        sa.Column("price", NUMBER, nullable=False),
        sa.Column("reserve", NUMBER, nullable=False),
        sa.Column("problem", _string(64), nullable=True),
        sa.Column("seen_at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("consortium_id", name="pk_relays"),
        _of_consortium("relays"),
    )


def _of_consortium(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["consortium_id"], ["consortia.id"], name=f"fk_{table}_consortia", deferrable=True, initially="DEFERRED"
    )
