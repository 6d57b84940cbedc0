"""Deploy a consortium and hand it over at once, on a local chain that is already running.

Used where a whole consortium is wanted without questions: `python -m scripts.founding --record <file> [--plan …]`. The
chain is the one that Brownie's network `development` points to.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

import brownie

from scripts.deploy import Report, deploy
from scripts.hand_over import hand_over
from scripts.plan import PLANS, Plan, read_plan
from scripts.record import LOCAL, ROOT, Record, write_record
from scripts.roll import read_roll


def found(plan: Plan, record_file: Path, report: Report = print) -> Record:
    """Deploy by the plan as the first account, hand over to the assembly, and keep the record."""
    if plan.roll is None:
        raise ValueError("the plan names no roll of founding members")
    project = brownie.project.load(ROOT, "Zbor")
    brownie.network.connect(LOCAL[0], launch_rpc=False)
    try:
        deployer = brownie.accounts[0]
        record = deploy(plan, project, deployer, LOCAL[0], read_roll(plan.roll), report)
        hand_over(record, project, deployer, report)
    finally:
        brownie.network.disconnect(kill_rpc=False)
        project.close(raises=False)
    write_record(record, record_file)
    return record


def main() -> None:
    """Read the arguments, and found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--plan", type=Path, default=PLANS / "development.toml")
    parser.add_argument("--roll", type=Path, help="founding members, instead of those the plan names")
    parser.add_argument("--record", type=Path, required=True, help="where the deployment record goes")
    arguments = parser.parse_args()
    plan = read_plan(arguments.plan)
    found(replace(plan, roll=arguments.roll) if arguments.roll else plan, arguments.record)


if __name__ == "__main__":
    main()
