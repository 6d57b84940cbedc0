"""Order of texts must not depend on how a PostgreSQL was set up: exports of one chain are equal byte for byte."""

from __future__ import annotations

from backend.database.schema import upgrade


def test_texts_of_every_table_sort_by_their_code_points(postgres_url, watch):
    upgrade(postgres_url)
    with watch(postgres_url).engine.connect() as connection:
        others = connection.exec_driver_sql(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
            " AND data_type IN ('text', 'character varying') AND collation_name IS DISTINCT FROM 'C'"
        ).all()

    assert others == [("alembic_version", "version_num")]
