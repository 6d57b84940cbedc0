"""One indexer leads; each revision is announced; texts sort by their code points in every database."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ANNOUNCE = """
CREATE FUNCTION zbor_announce_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('zbor_' || NEW.consortium_id, NEW.revision::text);
    RETURN NEW;
END $$
"""
ON_INSERT = """
CREATE TRIGGER cursors_begun AFTER INSERT ON cursors FOR EACH ROW EXECUTE FUNCTION zbor_announce_revision()
"""
ON_UPDATE = """
CREATE TRIGGER cursors_moved AFTER UPDATE ON cursors FOR EACH ROW
WHEN (OLD.revision IS DISTINCT FROM NEW.revision) EXECUTE FUNCTION zbor_announce_revision()
"""


def upgrade() -> None:
    op.create_table(
        "leaders",
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("term", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("since", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("consortium_id", name="pk_leaders"),
        sa.ForeignKeyConstraint(
            ["consortium_id"], ["consortia.id"], name="fk_leaders_consortia", deferrable=True, initially="DEFERRED"
        ),
    )
    if _on_postgresql():
        for statement in (ANNOUNCE, ON_INSERT, ON_UPDATE):
            op.execute(statement)
        _collate('"C"')


def downgrade() -> None:
    if _on_postgresql():
        _collate('"default"')
        for statement in ("TRIGGER cursors_moved ON cursors", "TRIGGER cursors_begun ON cursors"):
            op.execute(f"DROP {statement}")
        op.execute("DROP FUNCTION zbor_announce_revision()")
    op.drop_table("leaders")


def _on_postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"


def _collate(collation: str) -> None:
    """Let the texts of all tables sort so; SQLite sorts by code points without being told."""
    found = sa.inspect(op.get_bind())
    for table in found.get_table_names():
        if table == "alembic_version":
            continue
        texts = {each["name"]: each["type"] for each in found.get_columns(table)}
        changes = [
            f"ALTER {name} TYPE {_spelt(kind)} COLLATE {collation}"
            for name, kind in texts.items()
            if isinstance(kind, sa.String)
        ]
        if changes:
            op.execute(f"ALTER TABLE {table} {', '.join(changes)}")


def _spelt(kind: sa.String) -> str:
    return "text" if kind.length is None else f"varchar({kind.length})"
