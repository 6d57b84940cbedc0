import json

import msgspec
import pytest

from backend.__main__ import COMMANDS, main
from backend.database.session import engine_from
from backend.exit_codes import ExitCode
from tests.backend import story as s


@pytest.fixture
def installed(tmp_path, make_mirror, story, deployment, monkeypatch, fresh_url):
    """An installation whose mirror holds the story."""
    record = tmp_path / "trial.json"
    record.write_bytes(msgspec.json.encode(deployment))
    url = fresh_url()
    make_mirror(story.told, url=url)
    monkeypatch.setenv("ZBOR_DEPLOYMENT", str(record))
    monkeypatch.setenv("ZBOR_DATABASE_URL", url)
    monkeypatch.setenv("ZBOR_DOCUMENTS", str(tmp_path / "documents"))
    monkeypatch.setenv("ZBOR_CONSORTIUM", "Trial consortium")


def output_of(capsys, *arguments):
    assert main(arguments) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("arguments", [["--help"], *([name, "--help"] for name in COMMANDS)])
def test_every_command_explains_itself(capsys, arguments):
    with pytest.raises(SystemExit) as left:
        main(arguments)

    assert left.value.code == 0
    assert "usage: python -m backend" in capsys.readouterr().out


def test_status_tells_what_the_api_tells(installed, capsys):
    status = json.loads(output_of(capsys, "status"))

    assert status["as_of"]["revision"] == 3
    assert status["counts"]["proposals"] == 16
    assert status["registry"] == s.REGISTRY


def test_rebuilding_gives_the_same_bytes_and_moves_the_revision(installed, capsys, story):
    before = output_of(capsys, "export")
    rebuilt = output_of(capsys, "rebuild")
    after = output_of(capsys, "export")

    assert rebuilt == f"Replayed {len(story.told)} events.\n"
    assert before == after
    assert before.count("\n") > 50
    assert json.loads(output_of(capsys, "status"))["as_of"]["revision"] == 4


def test_a_wrong_setting_is_one_line_and_exit_2(monkeypatch, capsys, tmp_path):
    monkeypatch.setenv("ZBOR_DEPLOYMENT", str(tmp_path / "none.json"))

    assert main(["status"]) == 2
    message = capsys.readouterr().err
    assert message.startswith("zbor: ZBOR_DEPLOYMENT: there is no file")
    assert message.count("\n") == 1


@pytest.mark.parametrize("command", ["index", "serve", "rebuild", "export", "status"])
def test_a_database_that_is_away_is_one_line_and_exit_1(installed, monkeypatch, capsys, tmp_path, command):
    monkeypatch.setenv("ZBOR_DATABASE_URL", f"postgresql+psycopg://zbor:s3cret@/mirror?host={tmp_path}")

    assert main([command]) == 1
    message = capsys.readouterr().err
    assert message.startswith("zbor: The database does not answer (OperationalError).")
    assert message.count("\n") == 1
    assert "s3cret" not in message


def test_a_record_of_another_chain_than_asked_for_is_refused(installed, monkeypatch, capsys):
    monkeypatch.setenv("ZBOR_CHAIN_ID", "1")

    assert main(["serve"]) == 2
    assert "is 1, but the contracts of the record are on chain 31337" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["status", "index", "serve", "rebuild", "export"])
def test_a_database_of_a_newer_release_is_one_line_and_exit_4(installed, monkeypatch, capsys, fresh_url, command):
    url = fresh_url()
    monkeypatch.setenv("ZBOR_DATABASE_URL", url)
    engine = engine_from(url)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    engine.dispose()

    assert main([command]) == ExitCode.CONTRADICTED
    message = capsys.readouterr().err
    assert message.startswith("zbor: The database is at revision 9999, which this release does not know")
    assert message.count("\n") == 1


def test_a_mirror_that_has_read_nothing_is_exit_1(installed, monkeypatch, capsys, fresh_url):
    monkeypatch.setenv("ZBOR_DATABASE_URL", fresh_url(migrated=False))

    for command in ("status", "rebuild"):
        assert main([command]) == 1
        assert "has not taken in any block" in capsys.readouterr().err


def test_an_export_stands_under_its_name_only_when_it_is_whole(installed, capsys, tmp_path):
    printed = output_of(capsys, "export")
    assert output_of(capsys, "export", "--output", str(tmp_path / "zbor.jsonl")) == ""

    assert (tmp_path / "zbor.jsonl").read_text() == printed
    assert not list(tmp_path.glob("*.part"))
    first = json.loads(printed.partition("\n")[0])
    assert (first["table"], first["deployment"]["contracts"]["MemberRegistry"]["address"]) == ("deployment", s.REGISTRY)
