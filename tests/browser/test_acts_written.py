"""Every act of the form survives the way there and back: filled in, written as a call, read, written again."""

from __future__ import annotations

import json
import subprocess

import pytest

from backend.portal.proposable import ACTS
from scripts.record import ROOT
from scripts.toolchain import VAR, environment

SOURCES = ROOT / "backend" / "portal" / "static" / "src"
ACCOUNT = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8"
SAMPLES = {
    **dict.fromkeys(("line", "code", "name", "rule", "rule_name", "kind_name"), "BUDGET-2031"),
    **dict.fromkeys(("member", "any_member", "body", "seated_body", "class", "kind", "base", "tie", "effect"), "2"),
    **dict.fromkeys(("days", "hours", "whole"), "14"),
    "classes": ["1", "3"],
    "grounds": ["0", "5"],
    "address": ACCOUNT,
    "country": "SI",
    "flag": True,
    "moment": "2099-03-29T02:30",
    "share": "2/3",
    "selector": "0x12345678",
    "uri": "https://consortium.example/dao.json",
}
"""Control → what somebody fills in."""
PROGRAM = """
import { encodeAct, readAct } from "%(sources)s/acts.js";
import { actsIn } from "%(sources)s/acts_written.js";
import { proposalIdOf } from "%(sources)s/filing.js";
import { vetoedMotion } from "%(sources)s/revising.js";

const { acts, filled } = %(facts)s;
const targets = Object.fromEntries(Object.keys(acts).map((act) => [act, "%(account)s"]));
const page = { kind: { id: 7 }, acts, targets };
const hash = `0x${"66".repeat(32)}`;
const written = (act, fields) => encodeAct(page, act, readAct(acts[act], fields).values, hash);
const calls = Object.keys(acts).map((act) => written(act, filled[act]));
const { acts: read, left } = actsIn(page, calls);
const again = read.map(({ act, fields }) => written(act, fields));
const odd = written("notifyBreach", { member: "2", days: "1" });
const inHours = { ...odd, data: odd.data.slice(0, -8) + (90_000).toString(16).padStart(8, "0") };
const foreign = { target: "0x" + "11".repeat(20), data: odd.data };
const unknown = { target: odd.target, data: "0xdeadbeef" };
const revises = { id: proposalIdOf(calls, "of old"), cid: "", calls, description: "of old" };
const begunBy = (change) => vetoedMotion({ ...page, particulars: [], revises: { ...revises, ...change } });
const begunWith = async (change) => (await begunBy(change))?.state.acts.length;
Promise.all([begunWith({}), begunWith({ calls: [odd] }), begunWith({ description: "another" })]).then((begun) =>
  console.log(JSON.stringify({
    read, left, same: JSON.stringify(calls) === JSON.stringify(again), begun: begun.map((number) => number ?? null),
    unrounded: actsIn(page, [inHours]), refused: actsIn(page, [foreign, unknown]),
  })),
);
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    folder = tmp_path_factory.mktemp("acts")
    acts = {name: [[each.name, each.control, each.optional] for each in act.fields] for name, act in ACTS.items()}
    filled = {name: {field: SAMPLES[control] for field, control, _ in act} for name, act in acts.items()}
    facts = json.dumps({"acts": acts, "filled": filled})
    (folder / "program.js").write_text(PROGRAM % {"sources": SOURCES, "facts": facts, "account": ACCOUNT})
    env = environment(VAR / "home" / "acts") | {"NODE_PATH": str(ROOT / "node_modules")}
    bundle = ["esbuild", f"{folder}/program.js", "--bundle", "--format=cjs", "--platform=node"]
    subprocess.run([*bundle, f"--outfile={folder}/bundle.cjs"], cwd=ROOT, env=env, check=True, capture_output=True)
    said = subprocess.run(["node", f"{folder}/bundle.cjs"], env=env, check=True, capture_output=True, text=True)
    return json.loads(said.stdout) | {"filled": filled}


def test_each_act_is_read_as_it_was_filled_in(told):
    assert {each["act"]: each["fields"] for each in told["read"]} == told["filled"]
    assert told["left"] == 0


def test_what_was_read_makes_the_same_calls(told):
    assert told["same"] is True


def test_a_time_that_is_no_whole_number_of_days_stays_open_and_is_not_rounded(told):
    assert told["unrounded"]["acts"] == [{"act": "notifyBreach", "fields": {"member": "2", "days": ""}}]


def test_calls_of_another_contract_and_calls_that_nobody_knows_are_left_out_and_counted(told):
    assert told["refused"] == {"acts": [], "left": 2}


def test_attack_calls_that_were_not_those_of_the_vetoed_proposal_are_not_taken_over(told):
    """The number of a proposal is the hash of its calls: a service that hands out others is not believed."""
    assert told["begun"] == [len(ACTS), None, None]
