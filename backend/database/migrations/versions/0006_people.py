"""Who is signed in, tokens of machines, persons who act for members, and the documents that are handed in."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def text(length: int) -> sa.types.TypeEngine[str]:
    """Text in the order of its bytes on both databases."""
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


DIGEST, PERSON, ADDRESS = text(64), text(32), text(42)


def upgrade() -> None:
    _create_sign_ins()
    _create_tokens()
    _create_persons()
    _create_documents()
    for table, column in INDEXES:
        op.create_index(f"ix_{table}_{column}", table, [column])


def _create_sign_ins() -> None:
    op.create_table("seals", sa.Column("key", DIGEST, nullable=False), *of_consortium("seals"))
    op.create_table(
        "used_nonces",
        sa.Column("nonce", text(64), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        *of_consortium("used_nonces", "nonce"),
    )
    op.create_table(
        "sessions",
        sa.Column("token_hash", DIGEST, nullable=False),
        sa.Column("wallet", ADDRESS, nullable=False),
        sa.Column("person", PERSON, nullable=True),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        *of_consortium("sessions", "token_hash"),
    )


def _create_tokens() -> None:
    op.create_table(
        "tokens",
        sa.Column("name", text(12), nullable=False),
        sa.Column("secret_hash", DIGEST, nullable=False),
        sa.Column("label", text(100), nullable=False),
        sa.Column("role", text(16), nullable=False),
        sa.Column("scopes", sa.JSON(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("person", PERSON, nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("revoked_at", sa.BigInteger(), nullable=True),
        *of_consortium("tokens", "name"),
        sa.UniqueConstraint("consortium_id", "secret_hash", name="uq_tokens_consortium_id_secret_hash"),
    )


def _create_persons() -> None:
    op.create_table(
        "persons",
        sa.Column("person", PERSON, nullable=False),
        sa.Column("name", text(200), nullable=False),
        sa.Column("email", text(254), nullable=False),
        sa.Column("language", text(35), nullable=False),
        sa.Column("consented_at", sa.BigInteger(), nullable=False),
        *of_consortium("persons", "person"),
    )
    op.create_table(
        "representations",
        sa.Column("person", PERSON, nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("function", text(16), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=True),
        sa.Column("wallet", ADDRESS, nullable=True),
        sa.Column("erased_at", sa.BigInteger(), nullable=True),
        *of_consortium("representations", "person"),
    )


def _create_documents() -> None:
    op.create_table(
        "documents",
        sa.Column("cid", text(64), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("handed_in_at", sa.BigInteger(), nullable=False),
        sa.Column("pinned_at", sa.BigInteger(), nullable=True),
        *of_consortium("documents", "cid"),
    )
    op.create_table(
        "reasons",
        sa.Column("commitment", text(66), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        *of_consortium("reasons", "commitment"),
    )


def downgrade() -> None:
    for table, column in INDEXES:
        op.drop_index(f"ix_{table}_{column}", table)
    for table in ("reasons", "documents", "representations", "persons", "tokens", "sessions", "used_nonces", "seals"):
        op.drop_table(table)


INDEXES = (
    ("sessions", "wallet"),
    ("sessions", "person"),
    ("tokens", "person"),
    ("representations", "member_id"),
    ("representations", "wallet"),
    ("documents", "member_id"),
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
