"""The whole consortium agreement: calls, vetoes, recusals, mandates, minutes, approvals, lost wallets.

The events of the first contracts do not say what these columns hold, so the mirror is emptied and the chain read again.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.types import TypeEngine

revision = "0002"
down_revision = "0001"
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
Types = dict[str, ColumnType]

LOGGED: Types = {"block_number": BIG, "log_index": NUMBER, "transaction_hash": HASH}
OF_PROPOSAL: Types = {"body_id": SMALL, "proposal_id": PROPOSAL_ID}
EMPTIED = (
    "resolutions votes proposals kind_actions kinds rules seats entitlements classes statuses wallets members bodies "
    "events blocks cursors"
)
CREATED = "anchors earlier_votes recusals vetoes minutes objections mandates rotations"
NEEDED: dict[str, Types] = {
    "rules": {
        "standstill": BIG,
        "veto_window": BIG,
        "country_numerator": NUMBER,
        "country_denominator": NUMBER,
        "abstentions_cast": YES_OR_NO,
        "silence_consents": YES_OR_NO,
        "early_close": YES_OR_NO,
        "revisable": YES_OR_NO,
        "external_approval": YES_OR_NO,
        "tie": SMALL,
        "calls": SMALL,
        "mandates": SMALL,
        "veto_grounds": SMALL,
    },
    "kinds": {"party_effect": SMALL},
    "kind_actions": {"party_effect": SMALL, "party_argument": SMALL},
    "proposals": {"party_effect": SMALL, "attempt": SMALL},
    "votes": {"revision": SMALL},
}
OPTIONAL: dict[str, Types] = {
    "consortia": {"approver": ADDRESS, "factory": ADDRESS, "dao_uri": TEXT},
    "bodies": {"chair_id": NUMBER},
    "seats": {"until": BIG},
    "resolutions": {"member_id": NUMBER},
    "votes": {"cast_by": NUMBER},
    "proposals": {
        "closed_early_at": BIG,
        "closed_early_transaction": HASH,
        "party_id": NUMBER,
        "chair_id": NUMBER,
        "previous_id": PROPOSAL_ID,
        "vetoed_id": PROPOSAL_ID,
        "approved": YES_OR_NO,
        "approval_hash": HASH,
        "approval_at": BIG,
        "approval_transaction": HASH,
    },
}
LINKS = ("previous_id", "vetoed_id")


def upgrade() -> None:
    _empty()
    _add_columns()
    _create_anchors()
    _create_earlier_votes()
    _create_objections()
    _create_mandates()


def downgrade() -> None:
    _empty()
    for table in CREATED.split():
        op.drop_table(table)
    for column in LINKS:
        op.drop_index(f"ix_proposals_consortium_id_{column}", "proposals")
    for added in (NEEDED, OPTIONAL):
        for table, columns in added.items():
            for column in columns:
                op.drop_column(table, column)


def _empty() -> None:
    for table in EMPTIED.split():
        op.execute(sa.delete(sa.table(table)))
    op.execute(sa.update(sa.table("consortia", sa.column("registrar"))).values(registrar=None))
    if op.get_bind().dialect.name == "postgresql":
        op.execute("SET CONSTRAINTS ALL IMMEDIATE")  # it changes no table whose references are still to be checked


def _add_columns() -> None:
    for table, columns in NEEDED.items():
        for name, column_type in columns.items():
            # The tables are empty; SQLite asks for a default all the same.
            nothing = sa.false() if column_type is YES_OR_NO else sa.text("0")
            op.add_column(table, sa.Column(name, column_type, nullable=False, server_default=nothing))
    for table, columns in OPTIONAL.items():
        for name, column_type in columns.items():
            op.add_column(table, sa.Column(name, column_type))
    for column in LINKS:
        op.create_index(f"ix_proposals_consortium_id_{column}", "proposals", ["consortium_id", column])


def _create_anchors() -> None:
    _create(
        "anchors",
        ("block_number", "log_index"),
        *_columns(author=ADDRESS, topic=NAME, document_hash=HASH, anchored_at=BIG, **LOGGED),
    )
    op.create_index("ix_anchors_topic", "anchors", ["topic"])


def _create_earlier_votes() -> None:
    _create(
        "earlier_votes",
        ("body_id", "proposal_id", "member_id", "block_number", "log_index"),
        *_columns(**OF_PROPOSAL, member_id=NUMBER, choice=SMALL, wallet=ADDRESS, revision=SMALL, cast_at=BIG, **LOGGED),
        *_optional(cast_by=NUMBER, reason=TEXT),
        *_of_proposal_and_member("earlier_votes"),
    )


def _create_objections() -> None:
    _create(
        "recusals",
        ("body_id", "proposal_id", "member_id"),
        *_columns(**OF_PROPOSAL, member_id=NUMBER, declared=YES_OR_NO, recused_at=BIG, **LOGGED),
        *_of_proposal_and_member("recusals"),
    )
    said: Types = {**OF_PROPOSAL, "member_id": NUMBER, "statement_hash": HASH, "raised_at": BIG, **LOGGED}
    each = ("body_id", "proposal_id", "member_id", "block_number", "log_index")
    _create(
        "vetoes",
        each,
        *_columns(**said, ground=SMALL),
        *_optional(withdrawn_at=BIG, withdrawn_transaction=HASH),
        *_of_proposal_and_member("vetoes"),
    )
    _create("objections", each, *_columns(**said), *_of_proposal_and_member("objections"))
    _create(
        "minutes",
        ("body_id", "proposal_id", "version"),
        *_columns(**OF_PROPOSAL, version=NUMBER, document_hash=HASH, recorded_at=BIG, **LOGGED),
        _reference("minutes", "proposals", "body_id", "proposal_id"),
    )


def _create_mandates() -> None:
    _create(
        "mandates",
        ("body_id", "principal_id"),
        *_columns(body_id=SMALL, principal_id=NUMBER, holder_id=NUMBER, granted_at=BIG, until=BIG, **LOGGED),
        *_optional(proposal_id=PROPOSAL_ID, revoked_at=BIG),
        _reference("mandates", "members", "principal_id", to="member_id"),
        _reference("mandates", "bodies", "body_id"),
    )
    _create(
        "rotations",
        ("member_id",),
        *_columns(member_id=NUMBER, new_wallet=ADDRESS, proposed_at=BIG, **LOGGED),
        *_optional(effective_from=BIG),
        _reference("rotations", "members", "member_id"),
    )


def _create(table: str, key: tuple[str, ...], *parts: sa.schema.SchemaItem) -> None:
    op.create_table(
        table,
        sa.Column("consortium_id", NUMBER, nullable=False),
        *parts,
        sa.PrimaryKeyConstraint("consortium_id", *key, name=f"pk_{table}"),
        sa.ForeignKeyConstraint(
            ["consortium_id"], ["consortia.id"], name=f"fk_{table}_consortia", deferrable=True, initially="DEFERRED"
        ),
    )


def _columns(**types: ColumnType) -> tuple[sa.schema.SchemaItem, ...]:
    return tuple(sa.Column(name, column_type, nullable=False) for name, column_type in types.items())


def _optional(**types: ColumnType) -> tuple[sa.schema.SchemaItem, ...]:
    return tuple(sa.Column(name, column_type) for name, column_type in types.items())


def _of_proposal_and_member(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        _reference(table, "proposals", "body_id", "proposal_id"),
        _reference(table, "members", "member_id"),
    )


def _reference(table: str, other: str, *columns: str, to: str | None = None) -> sa.ForeignKeyConstraint:
    there = (to,) if to else columns
    return sa.ForeignKeyConstraint(
        ["consortium_id", *columns],
        [f"{other}.{name}" for name in ("consortium_id", *there)],
        name=f"fk_{table}_{other}",
        deferrable=True,
        initially="DEFERRED",
    )
