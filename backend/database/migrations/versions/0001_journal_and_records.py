"""The journal and the first records."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.types import TypeEngine

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ADDRESS = sa.String(42)
HASH = sa.String(66)
NAME = sa.String(128)
PROPOSAL_ID = sa.String(58)
NUMBER = sa.Integer()
SMALL = sa.SmallInteger()
BIG = sa.BigInteger()
TEXT = sa.Text()
YES_OR_NO = sa.Boolean()

ColumnType = TypeEngine[Any]
Parts = tuple[sa.schema.SchemaItem, ...]

LOGGED: dict[str, ColumnType] = {"block_number": BIG, "log_index": NUMBER, "transaction_hash": HASH}
CREATED = (
    "consortia blocks events cursors bodies members wallets statuses classes entitlements seats "
    "rules kinds kind_actions proposals votes resolutions"
)


def upgrade() -> None:
    _create_consortia()
    _create_journal()
    _create_roll()
    _create_histories()
    _create_rulebook()
    _create_proposals()
    _create_votes()
    _create_resolutions()


def downgrade() -> None:
    for table in reversed(CREATED.split()):
        op.drop_table(table)


def _create_consortia() -> None:
    op.create_table(
        "consortia",
        sa.Column("id", NUMBER, primary_key=True),
        *_columns(slug=sa.String(64), name=sa.String(200), chain_id=BIG, registry_address=ADDRESS),
        *_optional(registrar=ADDRESS),
        sa.PrimaryKeyConstraint("id", name="pk_consortia"),
        sa.UniqueConstraint("slug", name="uq_consortia_slug"),
        sa.UniqueConstraint("chain_id", "registry_address", name="uq_consortia_chain_id_registry_address"),
    )


def _create_journal() -> None:
    _create("blocks", ("number",), *_columns(number=BIG, hash=HASH), *_optional(parent_hash=HASH), *_columns(time=BIG))
    _create(
        "events",
        ("block_number", "log_index"),
        *_columns(**LOGGED, emitter=ADDRESS, name=sa.String(64), arguments=TEXT),
        _reference("events", "blocks", "block_number", to="number"),
        sqlite_with_rowid=False,
    )
    _create(
        "cursors",
        (),
        *_columns(next_block=BIG, block_hash=HASH, block_time=BIG, head_number=BIG, finalized_number=BIG, revision=BIG),
        *_columns(checked_at=sa.Double()),
    )


def _create_roll() -> None:
    _create(
        "bodies",
        ("body_id",),
        *_columns(body_id=SMALL, name=NAME, governor=ADDRESS, timelock=ADDRESS, classes=SMALL, created_at=BIG),
        *_columns(**LOGGED),
        sa.UniqueConstraint("consortium_id", "governor", name="uq_bodies_consortium_id_governor"),
    )
    _create(
        "members",
        ("member_id",),
        *_columns(member_id=NUMBER, code=NAME, name=TEXT, country=sa.String(2), member_class=SMALL),
        *_columns(status=SMALL, wallet=ADDRESS, rights=BIG, admitted_at=BIG),
        *_optional(accession_hash=HASH, remedy_until=BIG),
        *_columns(**LOGGED),
    )
    op.create_index("ix_members_code", "members", ["code"])


def _create_histories() -> None:
    of_member: dict[str, ColumnType] = {"member_id": NUMBER, "since": BIG}
    _create(
        "wallets",
        ("address",),
        *_columns(address=ADDRESS, **of_member),
        *_optional(revoked_at=BIG),
        *_columns(**LOGGED),
        _reference("wallets", "members", "member_id"),
    )
    _create(
        "statuses",
        ("member_id", "block_number", "log_index"),
        *_columns(status=SMALL, **of_member, **LOGGED),
        _reference("statuses", "members", "member_id"),
    )
    _create(
        "classes",
        ("member_id", "since"),
        *_columns(**of_member),
        *_optional(until=BIG),
        *_columns(member_class=SMALL),
        _reference("classes", "members", "member_id"),
    )
    _create(
        "entitlements",
        ("body_id", "member_id", "since"),
        *_columns(body_id=SMALL, **of_member),
        *_optional(until=BIG),
        _reference("entitlements", "members", "member_id"),
        _reference("entitlements", "bodies", "body_id"),
    )
    _create(
        "seats",
        ("body_id", "member_id"),
        *_columns(body_id=SMALL, member_id=NUMBER, granted_at=BIG),
        *_optional(ended_at=BIG),
        *_columns(**LOGGED),
        _reference("seats", "members", "member_id"),
        _reference("seats", "bodies", "body_id"),
    )


def _create_rulebook() -> None:
    _create(
        "rules",
        ("rule_id",),
        *_columns(rule_id=NUMBER, name=NAME, version=NUMBER, notice=BIG, short_notice=BIG, period=BIG),
        *_columns(quorum_numerator=NUMBER, quorum_denominator=NUMBER),
        *_columns(majority_numerator=NUMBER, majority_denominator=NUMBER),
        *_columns(base=SMALL, strict=YES_OR_NO, binding=YES_OR_NO, set_at=BIG, **LOGGED),
    )
    op.create_index("ix_rules_name", "rules", ["name"])
    _create(
        "kinds",
        ("kind_id",),
        *_columns(kind_id=NUMBER, name=NAME, body_id=SMALL, rule_id=NUMBER, resolution=YES_OR_NO, set_at=BIG),
        *_columns(**LOGGED),
        _reference("kinds", "rules", "rule_id"),
    )
    op.create_index("ix_kinds_name", "kinds", ["name"])
    _create(
        "kind_actions",
        ("target", "selector"),
        *_columns(target=ADDRESS, selector=sa.String(10), kind_id=NUMBER, listed_at=BIG, **LOGGED),
        _reference("kind_actions", "kinds", "kind_id"),
    )


def _create_proposals() -> None:
    _create(
        "proposals",
        ("body_id", "proposal_id"),
        *_columns(body_id=SMALL, proposal_id=PROPOSAL_ID, number=NUMBER, kind_id=NUMBER, rule_id=NUMBER),
        *_columns(extraordinary=YES_OR_NO, proposer=ADDRESS, proposer_id=NUMBER, description=TEXT, actions=sa.JSON()),
        *_columns(created_at=BIG, opens_at=BIG, closes_at=BIG),
        *_optional(eta=BIG, queued_at=BIG, queued_transaction=HASH, executed_at=BIG, executed_transaction=HASH),
        *_optional(canceled_at=BIG, canceled_transaction=HASH),
        *_columns(**LOGGED),
        _reference("proposals", "bodies", "body_id"),
        _reference("proposals", "kinds", "kind_id"),
        _reference("proposals", "rules", "rule_id"),
        _reference("proposals", "members", "proposer_id", to="member_id"),
        sa.UniqueConstraint("consortium_id", "body_id", "number", name="uq_proposals_consortium_id_body_id_number"),
    )
    for column in ("opens_at", "closes_at"):
        op.create_index(f"ix_proposals_consortium_id_{column}", "proposals", ["consortium_id", column])


def _create_votes() -> None:
    _create(
        "votes",
        ("body_id", "proposal_id", "member_id"),
        *_columns(body_id=SMALL, proposal_id=PROPOSAL_ID, member_id=NUMBER, choice=SMALL, wallet=ADDRESS),
        *_optional(reason=TEXT),
        *_columns(cast_at=BIG, **LOGGED),
        _reference("votes", "proposals", "body_id", "proposal_id"),
        _reference("votes", "members", "member_id"),
        sqlite_with_rowid=False,
    )


def _create_resolutions() -> None:
    _create(
        "resolutions",
        ("block_number", "log_index"),
        *_columns(body_id=SMALL, kind_id=NUMBER, text_hash=HASH, recorded_at=BIG, **LOGGED),
        _reference("resolutions", "bodies", "body_id"),
    )


def _create(table: str, key: tuple[str, ...], *parts: sa.schema.SchemaItem, sqlite_with_rowid: bool = True) -> None:
    op.create_table(
        table,
        sa.Column("consortium_id", NUMBER, nullable=False),
        *parts,
        sa.PrimaryKeyConstraint("consortium_id", *key, name=f"pk_{table}"),
        sa.ForeignKeyConstraint(
            ["consortium_id"], ["consortia.id"], name=f"fk_{table}_consortia", deferrable=True, initially="DEFERRED"
        ),
        sqlite_with_rowid=sqlite_with_rowid,
    )


def _columns(**types: ColumnType) -> Parts:
    return tuple(sa.Column(name, column_type, nullable=False) for name, column_type in types.items())


def _optional(**types: ColumnType) -> Parts:
    return tuple(sa.Column(name, column_type) for name, column_type in types.items())


def _reference(table: str, other: str, *columns: str, to: str | None = None) -> sa.ForeignKeyConstraint:
    there = (to,) if to else columns
    return sa.ForeignKeyConstraint(
        ["consortium_id", *columns],
        [f"{other}.{name}" for name in ("consortium_id", *there)],
        name=f"fk_{table}_{other}",
        deferrable=True,
        initially="DEFERRED",
    )
