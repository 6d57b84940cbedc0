"""`verify`: for an auditor who trusts nobody."""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace
from contextlib import ExitStack
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from backend.audit.export_file import block_of, deployment_of, read_lines
from backend.audit.verification import Report, Verification, same_contracts, verify
from backend.chain.connection import Connection
from backend.chain.contracts import Deployment, load_deployment
from backend.commands.command import Command
from backend.commands.opening import log_from
from backend.commands.progress_bar import ProgressBar
from backend.errors import SettingsError
from backend.exit_codes import ExitCode
from backend.settings import PREFIX, HttpAddress

MOST_SHOWN = 10


def run(arguments: Namespace) -> ExitCode:
    """Verify and say what was checked; 0 if nothing differs, 1 if anything does."""
    log_from(os.environ.get(f"{PREFIX}LOG_LEVEL") or "warning")
    lines = read_lines(arguments.export)
    stated = deployment_of(arguments.export, lines)
    deployment = _trusted(arguments.deployment, stated)
    with ExitStack() as stack:
        node = stack.enter_context(Connection(_node(arguments.node)))
        found = verify(lines, block_of(arguments.export, lines), deployment, node, _bars(stack))
    print(*_told(found, deployment), sep="\n")  # noqa: T201
    return ExitCode.DONE if found.ok else ExitCode.REFUSED


def _trusted(record: Path | None, stated: Deployment) -> Deployment:
    if record is None:
        return stated
    trusted = load_deployment(record)
    if not same_contracts(trusted, stated):
        problem = f"the export is about the registry {stated.registry} on chain {stated.chain_id}, the record is not"
        raise SettingsError("--deployment", problem)
    return trusted


def _node(given: str | None) -> str:
    address = given or os.environ.get(f"{PREFIX}RPC_URL", "")
    try:
        return TypeAdapter(HttpAddress).validate_python(address)
    except ValidationError as error:
        raise SettingsError("--node", "give the address of a node such as http://127.0.0.1:8545") from error


def _bars(stack: ExitStack) -> Report:
    bars: dict[str, ProgressBar] = {}

    def report(label: str, done: int, total: int) -> None:
        if label not in bars:
            bars[label] = stack.enter_context(ProgressBar(label, total))
        bars[label].total = total
        bars[label].reach(done)

    return report


def _told(found: Verification, deployment: Deployment) -> list[str]:
    comparison = found.comparison
    told = [
        f"chain {deployment.chain_id}, registry {deployment.registry}, blocks {deployment.block} to {found.block}",
        f"{found.events} events read from the chain",
        f"{found.lines} lines of the export: " + ("the same bytes" if found.equal_bytes else "NOT the same bytes"),
        (
            f"{comparison.answers} answers of the contracts at block {found.compared_at}: "
            f"{len(comparison.differences)} differences"
        ),
    ]
    if comparison.unanswered:
        told.append(f"{comparison.unanswered} questions were not answered ({comparison.problem}): use another node")
    differing = [str(each) for each in [*found.line_differences, *comparison.differences]]
    told += [f"  {each}" for each in differing[:MOST_SHOWN]]
    if len(differing) > MOST_SHOWN:
        told.append(f"  … and {len(differing) - MOST_SHOWN} more")
    return [*told, "verified" if found.ok else "NOT VERIFIED"]


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--export", type=Path, required=True, metavar="FILE", help="what `export` wrote")
    parser.add_argument("--node", metavar="URL", help="any node of that chain; ZBOR_RPC_URL if left out")
    parser.add_argument(
        "--deployment",
        type=Path,
        metavar="FILE",
        help="your own record of the contracts; without it the export's own word says which contracts it is about",
    )


VERIFY = Command(
    name="verify",
    summary="check an export against the chain, trusting nobody",
    does="Reads the whole chain afresh, from the first contract's block to the block of the export, into a database"
    " that is thrown away; compares the outcome with the export byte for byte; then puts every member, body, rule, kind"
    " and proposal to the contracts themselves (state, tally, each ballot) and compares their answers. Says how much"
    " was compared and names the first differences. The node is asked for the contracts' state at the export's block;"
    " one that has forgotten it is asked at its newest block instead, after reading on to there.\n\n"
    "Whoever knows the registry's address from elsewhere should look whether it is the one in the first line.",
    needs="the export and a node. No settings, no database, nobody's permission.",
    example="python -m backend verify --export zbor.jsonl --node http://127.0.0.1:8545",
    run=run,
    add_arguments=_add_arguments,
)
