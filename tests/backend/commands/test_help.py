import pytest

from backend.__main__ import COMMANDS, main


def helped(capsys, *arguments):
    with pytest.raises(SystemExit) as left:
        main([*arguments, "--help"])
    assert left.value.code == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_each_command_says_what_it_does_needs_and_returns_with_an_example(capsys, name):
    said = helped(capsys, name)

    assert len(said.partition("options:")[0]) > 200
    assert "Needs: " in said
    assert "Exit codes: 0 done; 1 " in said
    assert f"python -m backend {name}" in said.partition("Example:")[2]
    assert max(map(len, said.splitlines())) <= 100


def test_the_list_names_every_command_with_what_it_is_for(capsys):
    said = " ".join(helped(capsys).split())

    assert set(COMMANDS) == {
        "index",
        "serve",
        "relay",
        "rebuild",
        "verify",
        "export",
        "status",
        "people",
        "tokens",
    }
    for command in COMMANDS.values():
        assert f"{command.name} {command.summary}" in said


def test_an_unknown_command_or_argument_is_exit_2(capsys):
    for arguments in (["dance"], ["rebuild", "--fast"], ["verify"]):
        with pytest.raises(SystemExit) as left:
            main(arguments)
        assert left.value.code == 2
        assert "usage: python -m backend" in capsys.readouterr().err
