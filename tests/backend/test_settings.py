import json

import pytest
from pydantic import ValidationError

from backend.errors import SettingsError
from backend.settings import Settings, read_settings


@pytest.fixture
def record(tmp_path):
    path = tmp_path / "development.json"
    path.write_text(json.dumps({"network": "development"}))
    return path


def test_only_the_deployment_record_must_be_named(record):
    settings = read_settings({"ZBOR_DEPLOYMENT": str(record)})

    assert settings.deployment == record
    assert settings.database_url == "sqlite:///var/zbor.db"
    assert (settings.host, settings.port, settings.index) == ("127.0.0.1", 8000, True)


def test_each_variable_is_read_under_its_prefix(record):
    settings = read_settings(
        {
            "ZBOR_DEPLOYMENT": str(record),
            "ZBOR_CHAIN_ID": "31337",
            "ZBOR_PORT": "8010",
            "ZBOR_INDEX": "0",
            "ZBOR_POLL_SECONDS": "0.25",
            "ZBOR_NOTICE": "Sample data.",
            "ZBOR_CORS_ORIGINS": "https://a.example, https://b.example",
            "PORT": "1",
        }
    )

    assert (settings.chain_id, settings.port, settings.index, settings.poll_seconds) == (31337, 8010, False, 0.25)
    assert settings.notice == "Sample data."
    assert settings.cors_origins == ("https://a.example", "https://b.example")


def test_an_empty_variable_counts_as_not_set(record):
    settings = read_settings({"ZBOR_DEPLOYMENT": str(record), "ZBOR_NOTICE": "", "ZBOR_PORT": ""})

    assert settings.notice is None
    assert settings.port == 8000


def test_a_missing_record_is_named_with_what_to_do():
    with pytest.raises(SettingsError, match=r"^ZBOR_DEPLOYMENT: must be set$"):
        read_settings({})


def test_every_wrong_variable_is_named_at_once(record):
    with pytest.raises(SettingsError) as refused:
        read_settings(
            {
                "ZBOR_DEPLOYMENT": str(record.with_name("other.json")),
                "ZBOR_PORT": "70000",
                "ZBOR_RPC_URL": "ftp://node",
                "ZBOR_TIME_ZONE": "Middle/Earth",
            }
        )

    for variable in ("ZBOR_DEPLOYMENT", "ZBOR_PORT", "ZBOR_RPC_URL", "ZBOR_TIME_ZONE"):
        assert variable in refused.value.variable
    assert "the deploy script writes it" in refused.value.message


@pytest.mark.parametrize(
    ("variable", "value"),
    [("ZBOR_RPC_URL", "ftp://user:s3cret@node"), ("ZBOR_DATABASE_URL", "mysql://user:s3cret@host/name")],
)
def test_a_refusal_never_repeats_a_secret(record, variable, value):
    with pytest.raises(SettingsError) as refused:
        read_settings({"ZBOR_DEPLOYMENT": str(record), variable: value})

    assert "s3cret" not in str(refused.value)
    assert refused.value.__cause__ is None
    assert refused.value.__suppress_context__


def test_settings_do_not_show_addresses_that_may_carry_keys(record):
    settings = Settings(
        deployment=record, rpc_url="https://node.example/key-s3cret", database_url="postgresql://u:s3cret@h/n"
    )

    assert "s3cret" not in repr(settings)


def test_settings_cannot_be_changed(record):
    settings = Settings(deployment=record)

    with pytest.raises(ValidationError, match="frozen"):
        settings.port = 1


def test_a_visitors_wallet_is_never_pointed_to_the_operators_own_node(record):
    private = Settings(deployment=record, rpc_url="https://node.example/key-s3cret")
    public = Settings(deployment=record, rpc_url=private.rpc_url, public_rpc_url="https://public.example")

    assert private.wallet_rpc_url is None
    assert public.wallet_rpc_url == "https://public.example"


def test_a_node_on_loopback_is_offered_to_wallets(record):
    assert Settings(deployment=record).wallet_rpc_url == "http://127.0.0.1:8545"


def test_further_consortia_are_named_by_their_records_and_chains_by_their_nodes(record, tmp_path):
    folder = tmp_path / "further"
    folder.mkdir()
    others = [folder / "a.json", folder / "b.json", tmp_path / "c.json"]
    for other in others:
        other.write_text("{}")
    settings = read_settings(
        {
            "ZBOR_DEPLOYMENT": str(record),
            "ZBOR_ALSO_INDEX": f"{folder}, {others[2]}, {record}",
            "ZBOR_FURTHER_RPC_URLS": "10=https://ten.example/key-s3cret, 99=http://127.0.0.1:9",
        }
    )

    assert settings.further_records == tuple(others)
    assert settings.rpc_url_of(10) == "https://ten.example/key-s3cret"
    assert settings.rpc_url_of(1) == settings.rpc_url
    assert "s3cret" not in repr(settings)


@pytest.mark.parametrize(
    ("variable", "value"),
    [("ZBOR_ALSO_INDEX", "nowhere.json"), ("ZBOR_FURTHER_RPC_URLS", "ten=http://s3cret.example")],
)
def test_what_is_said_of_further_consortia_is_checked_too(record, variable, value):
    with pytest.raises(SettingsError, match=variable) as refused:
        read_settings({"ZBOR_DEPLOYMENT": str(record), variable: value})

    assert "s3cret" not in refused.value.message
