"""The mirror of a consortium's contracts: kept, served, checked. `python -m backend COMMAND --help` tells of each."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Sequence
from textwrap import fill

from backend.chain.contracts import MissingContractError
from backend.commands import COMMANDS
from backend.errors import DatabaseNewerError, SettingsError, UndecodableLogError, WrongChainError, ZborError
from backend.exit_codes import ExitCode, explained
from backend.indexer.reorg import FinalityBrokenError

EPILOG = (
    "Settings come from variables of the environment, ZBOR_DEPLOYMENT first of all; docs/settings.md lists them, and"
    " docs/runbook.md says how to run all this as a service."
)

CONTRADICTIONS = (WrongChainError, MissingContractError, FinalityBrokenError, UndecodableLogError, DatabaseNewerError)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    given = sys.argv[1:] if arguments is None else arguments
    chosen = _parser(given).parse_args(given)
    try:
        return COMMANDS[chosen.command].run(chosen)
    except ZborError as error:
        print(f"zbor: {error}", file=sys.stderr)  # noqa: T201
        return exit_code_of(error)
    except KeyboardInterrupt:
        return ExitCode.INTERRUPTED
    except BrokenPipeError:  # whoever read our output, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.DONE


def exit_code_of(error: ZborError) -> ExitCode:
    """What a refusal means for whoever started the command."""
    if isinstance(error, SettingsError):
        return ExitCode.SETTINGS
    return ExitCode.CONTRADICTED if isinstance(error, CONTRADICTIONS) else ExitCode.REFUSED


def _parser(given: Sequence[str]) -> ArgumentParser:
    """Of the command that is named first, or of all where none is."""
    epilog = f"{fill(EPILOG, 100)}\n\n{fill(explained(), 100)}"
    parser = ArgumentParser(
        "python -m backend", description=__doc__, epilog=epilog, formatter_class=RawDescriptionHelpFormatter
    )
    choices = parser.add_subparsers(dest="command", required=True, metavar="command")
    for command in [COMMANDS[given[0]]] if given and given[0] in COMMANDS else COMMANDS.values():
        described = choices.add_parser(
            command.name,
            help=command.summary,
            description=command.description,
            epilog=command.epilog,
            formatter_class=RawDescriptionHelpFormatter,
        )
        command.add_arguments(described)
    return parser


if __name__ == "__main__":
    sys.exit(main())
