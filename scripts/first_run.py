"""The steps of the demo's first run, from sources to a story that four sources tell alike."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rich.console import Console
from rich.progress import Progress
from sqlalchemy.orm import Session

from backend.database.session import engine_from
from backend.documents.store import DocumentStore
from backend.domain.rules import Rule
from scripts.checks import checks_table
from scripts.four_ways import Row, agreement_table, check, compare
from scripts.node import Node
from scripts.plan import PLANS, Plan, read_plan
from scripts.record import ROOT, Record, read_record
from scripts.replay_scenario import replay
from scripts.roll import Organisation, read_roll
from scripts.scenario import Scenario, read_postponed, read_scenario
from scripts.schedule import Schedule, Step, schedule
from scripts.stage import Stage, keep_story, read_story
from scripts.toolchain import compile_contracts
from scripts.verify_deployment import verify

BALANCE = hex(10**18)
"""So that wallets which insist on coins are content; nothing costs any."""

LAST_BALLOTS = 4
"""Steps at the story's end, all of them ballots, that are taken while the chain and the node misbehave."""

Report = Callable[[str], object]
Operations = Callable[[Stage, Sequence[Step]], object]
"""Takes the story's last steps."""


class DemoError(Exception):
    """The demo cannot run here; the message is one line that says what to do."""


@dataclass(frozen=True, slots=True)
class Sample:
    """What the demo is made from."""

    plan: Plan
    roll: dict[str, Organisation]
    scenario: Scenario

    @property
    def rules(self) -> dict[str, Rule]:
        """The rule of each kind."""
        return {kind.name: self.plan.rules[kind.rule] for kind in self.plan.kinds}

    def schedule(self, now: int) -> Schedule:
        """The story, laid so that it ends today."""
        return schedule(self.scenario, self.rules, self.plan.timelock_delay, now)


def read_sample() -> Sample:
    """The sample consortium as it is kept with these scripts."""
    plan = read_plan(PLANS / "development.toml")
    if plan.roll is None:
        raise DemoError("scripts/plans/development.toml names no roll")
    return Sample(plan, read_roll(plan.roll), read_scenario())


def compile_sources(env: dict[str, str], report: Report) -> None:
    """Compile what has changed. Raises `DemoError` if a tool is missing or the contracts do not compile."""
    for tool in ("anvil", "node"):
        if shutil.which(tool, path=env["PATH"]) is None:
            raise DemoError(f"{tool} is missing: run  make setup")
    report("compiling the contracts (only when they have changed)")
    try:
        compile_contracts(env)
    except subprocess.CalledProcessError as failed:
        raise DemoError("the contracts do not compile; the compiler's message is above") from failed


def found_sample(folder: Path, env: dict[str, str], report: Report) -> None:
    """Deploy the sample's contracts and hand them over."""
    report("deploying the contracts, founding the consortium, handing it over to its assembly")
    run_founding(env, folder)


def run_founding(env: dict[str, str], folder: Path, arguments: Sequence[str] = ()) -> None:
    """Deploy and hand over in a process of its own; the record is `deployment.json` in the folder."""
    command = [sys.executable, "-m", "scripts.founding", "--record", str(folder / "deployment.json"), *arguments]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    (folder / "founding.log").write_text(done.stdout + done.stderr)
    if done.returncode:
        raise DemoError(f"the deployment failed: {(done.stderr or done.stdout).strip().splitlines()[-1]}")


def verify_sample(node: Node, folder: Path, sample: Sample, report: Report) -> None:
    """Read the deployment back. Raises `DemoError` on any difference."""
    checks = verify(node, read_record(folder / "deployment.json"), sample.plan, sample.roll)
    if not all(check.ok for check in checks):
        Console().print(checks_table(checks, only_differences=True))
        raise DemoError("the chain differs from the plan")
    report(f"deployment verified: {len(checks)} facts on chain are as planned, the deployer has no power left")


def replay_sample(
    node: Node, folder: Path, sample: Sample, story: Schedule, report: Report, operations: Operations
) -> None:
    """Let the story happen, its last ballots while things go wrong; give every sample wallet coins it does not need."""
    record = read_record(folder / "deployment.json")
    stage = Stage(node, record, sample.plan, sample.roll, DocumentStore(folder / "documents"))
    report(f"replaying {sample.scenario.days} days of the sample consortium")
    calm, last = story.steps[:-LAST_BALLOTS], story.steps[-LAST_BALLOTS:]
    with Progress(transient=True) as progress:
        task = progress.add_task("transactions", total=len(calm))
        replay(stage, replace(story, steps=calm), lambda _step: progress.advance(task))
    operations(stage, last)
    keep_story(stage, folder / "story.json")
    node.batch([("anvil_setBalance", [stage.wallet(code).address, BALANCE]) for code in sample.roll])
    report(f"{len(story.steps)} transactions replayed, each signed with its member's own key")


def story_rows(node: Node, record: Record, folder: Path, sample: Sample, url: str) -> list[Row]:
    """Four accounts of each proposal of the story."""
    filed, refused = read_story(folder / "story.json")
    with Session(engine_from(f"sqlite:///{folder / 'zbor.db'}")) as session:
        return compare(sample.scenario.motions, filed, refused, node, record, session, url)


def compare_sample(node: Node, record: Record, folder: Path, sample: Sample, url: str, report: Report) -> None:
    """Compare the four accounts. Raises `DisagreementError` if any two differ."""
    rows = story_rows(node, record, folder, sample, url)
    Console().print(agreement_table(rows))
    check(rows)
    report(f"{len(rows)} proposals: the story, the contracts, the database and the API agree on every one")
    postponed = read_postponed()
    names = ", ".join(f"{entry.reference} ({entry.needs})" for entry in postponed)
    report(f"{len(postponed)} more need a rule that is not on chain yet: {names}")
