from hashlib import sha256

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import MetaData, create_mock_engine, inspect, select
from sqlalchemy.exc import IntegrityError

from backend.database.journal import EventRecord, mark_of
from backend.database.schema import METADATA, downgrade, upgrade
from backend.database.session import engine_from
from backend.errors import DatabaseNewerError


@pytest.fixture
def url(fresh_url):
    return fresh_url(migrated=False)


@pytest.fixture
def engine(url):
    made = engine_from(url)
    yield made
    made.dispose()


def test_the_migrations_lead_to_exactly_the_tables_of_the_records(url, engine):
    upgrade(url)
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), METADATA)

    assert differences == []


def test_a_missing_column_would_be_noticed(url, engine):
    upgrade(url)
    with engine.connect() as connection:
        connection.exec_driver_sql("ALTER TABLE votes DROP COLUMN reason")
        differences = compare_metadata(MigrationContext.configure(connection), METADATA)

    assert [(kind, column.name) for kind, _, _, column in differences] == [("add_column", "reason")]


def test_keys_and_references_of_the_migrations_are_those_of_the_records(url, engine):
    upgrade(url)
    found = inspect(engine)
    for table in METADATA.tables.values():
        assert found.get_pk_constraint(table.name)["constrained_columns"] == [c.name for c in table.primary_key.columns]
        references = {each["name"]: each for each in found.get_foreign_keys(table.name)}
        assert set(references) == {each.name for each in table.foreign_key_constraints}
        for each in table.foreign_key_constraints:
            assert references[each.name]["constrained_columns"] == each.column_keys
            assert references[each.name]["options"] == {"deferrable": True, "initially": "DEFERRED"}


def test_upgrading_twice_is_upgrading_once(url):
    upgrade(url)
    upgrade(url)


@pytest.mark.parametrize("change", [upgrade, lambda url: downgrade(url, "base")])
def test_a_database_of_a_newer_release_is_named_and_left_as_it_is(url, engine, change):
    upgrade(url)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(DatabaseNewerError, match=r"at revision 9999, .* Run the newer release") as refused:
        change(url)

    assert (refused.value.code, refused.value.revision) == ("DATABASE_NEWER", "9999")
    assert set(inspect(engine).get_table_names()) == {*METADATA.tables, "alembic_version"}


def test_the_way_back_leaves_no_table(url, engine):
    upgrade(url)
    downgrade(url, "base")

    assert inspect(engine).get_table_names() == ["alembic_version"]
    upgrade(url)


def test_a_mirror_of_the_first_contracts_is_emptied_and_keeps_its_consortium(url, engine):
    upgrade(url, "0001")
    place = {"consortium_id": 1, "block_number": 1, "log_index": 0, "transaction_hash": "0x"}
    with engine.begin() as connection:
        old = MetaData()
        old.reflect(connection)
        named = {"id": 1, "slug": "trial", "name": "Trial", "chain_id": 1, "registry_address": "0x01"}
        connection.execute(old.tables["consortia"].insert().values(**named, registrar="0x02"))
        connection.execute(old.tables["blocks"].insert().values(consortium_id=1, number=1, hash="0x", time=1))
        event = {"emitter": "0x", "name": "KindSet", "arguments": "{}"}
        connection.execute(old.tables["events"].insert().values(**place, **event))
        body = {"body_id": 0, "name": "assembly", "governor": "0x", "timelock": "0x", "classes": 2, "created_at": 1}
        connection.execute(old.tables["bodies"].insert().values(**place, **body))
    upgrade(url)
    with engine.connect() as connection:
        left = {table: len(connection.execute(select(table)).all()) for table in METADATA.tables.values()}
        kept = connection.execute(select(METADATA.tables["consortia"])).mappings().one()

    assert {table.name for table, rows in left.items() if rows} == {"consortia"}
    assert (kept["slug"], kept["registrar"]) == ("trial", None)


def test_each_step_back_and_forth_keeps_what_both_revisions_know(url, engine):
    upgrade(url)
    named = {"id": 1, "slug": "trial", "name": "Ana & Čebela", "chain_id": 1, "registry_address": "0x01"}
    wallets = ("0xAb", "0xaB", "0x9c", "0xZ_")
    member = {"consortium_id": 1, "member_id": 1, "code": "SI-ANA", "name": "Ana", "country": "SI", "member_class": 1}
    member |= {"status": 1, "wallet": "0xAb", "rights": 1, "admitted_at": 0, "block_number": 1, "log_index": 0}
    place = {"block_number": 1, "log_index": 0, "transaction_hash": "0x"}
    tables = METADATA.tables
    with engine.begin() as connection:
        connection.execute(tables["consortia"].insert().values(**named))
        connection.execute(tables["members"].insert().values(**member, transaction_hash="0x"))
        for address in wallets:
            row = {"consortium_id": 1, "address": address, "member_id": 1, "since": 1}
            connection.execute(tables["wallets"].insert().values(**row, **place))
    downgrade(url, "0002")
    upgrade(url)
    with engine.connect() as connection:
        addresses = tables["wallets"].c.address
        kept = connection.scalars(select(addresses).order_by(addresses)).all()
        slug = connection.scalar(select(tables["consortia"].c.name))

    assert (kept, slug) == (sorted(wallets), "Ana & Čebela")


def test_events_of_before_are_found_by_their_transaction(url, engine):
    upgrade(url, "0013")
    hashes = [f"0x{sha256(bytes([number])).hexdigest()}" for number in range(9)]
    event = {"consortium_id": 1, "log_index": 0, "emitter": "0x", "name": "KindSet", "arguments": "{}"}
    rows = [event | {"block_number": number, "transaction_hash": each} for number, each in enumerate(hashes)]
    before = MetaData()
    before.reflect(engine, only=["events"])
    with engine.begin() as connection:
        connection.execute(before.tables["events"].insert(), rows)
    for _ in range(2):
        upgrade(url)
        with engine.connect() as connection:
            marks = connection.scalars(select(EventRecord.transaction_mark).order_by(EventRecord.block_number)).all()
        assert marks == [mark_of(each) for each in hashes]
        downgrade(url, "0013")

    indexes = {index["name"] for table in ("votes", "earlier_votes") for index in inspect(engine).get_indexes(table)}
    assert indexes == {f"ix_{table}_consortium_id_transaction_hash" for table in ("votes", "earlier_votes")}


def test_a_release_that_knows_no_marks_writes_no_events_that_nobody_would_find(url, engine):
    upgrade(url)
    place = {"consortium_id": 1, "block_number": 1, "log_index": 0, "transaction_hash": "0x01"}
    event = {"emitter": "0x", "name": "KindSet", "arguments": "{}"}
    known = MetaData()
    known.reflect(engine, only=["events"])
    with engine.begin() as connection, pytest.raises(IntegrityError, match="transaction_mark"):
        connection.execute(known.tables["events"].insert().values(**place, **event))


def test_every_table_names_the_consortium_first():
    for table in METADATA.tables.values():
        if table.name != "consortia":
            assert next(iter(table.primary_key.columns)).name == "consortium_id"


def test_postgresql_understands_every_table():
    statements = []
    engine = create_mock_engine("postgresql+psycopg://", lambda statement, *_: statements.append(statement))
    METADATA.create_all(engine, checkfirst=False)

    made = [str(each.compile(dialect=engine.dialect)) for each in statements]
    assert sum("CREATE TABLE" in each for each in made) == len(METADATA.tables)
