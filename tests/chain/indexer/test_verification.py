"""An auditor with an export and a node, and nothing else."""

from __future__ import annotations

import json

import msgspec
import pytest
from brownie import chain, web3
from consortium import AGAINST, FOR, mine_at, opened, put, resolution

from backend.__main__ import main
from backend.audit.export_file import lines_of
from backend.chain.contracts import DeployedContract


@pytest.fixture
def audited(consortium, deployment):
    lens = DeployedContract(address=consortium.lens.address, block=1)
    return msgspec.structs.replace(deployment, contracts=deployment.contracts | {"Lens": lens})


@pytest.fixture
def export(consortium, follower, sessions, audited, tmp_path):
    """Written when some had voted; the chain has gone on since."""
    question = opened(put(consortium.assembly, consortium.wallet(1), [resolution(consortium, "work_plan")]))
    for member, choice in ((1, FOR), (2, AGAINST), (3, FOR)):
        question.governor.castVote(question.id, choice, {"from": consortium.wallet(member)})
    follower.follow_once()
    path = tmp_path / "zbor.jsonl"
    with sessions() as session:
        path.write_text("".join(lines_of(session, 1, audited)))
    question.governor.castVote(question.id, FOR, {"from": consortium.wallet(4)})
    mine_at(question.closes_at + 1)
    return path


@pytest.fixture
def verified(capsys, export):
    def verify(*arguments):
        code = main(["verify", "--export", str(export), "--node", web3.provider.endpoint_uri, *arguments])
        return code, capsys.readouterr()

    return verify


def rewrite(path, wanted, change):
    """Change the first record of a table in an export."""
    lines = path.read_text().splitlines(keepends=True)
    at = next(at for at, line in enumerate(lines) if json.loads(line)["table"] == wanted)
    record = change(json.loads(lines[at]))
    text = json.dumps(record, sort_keys=True, separators=(",", ":"), ensure_ascii=False) + "\n"
    lines[at : at + 1] = [] if record is None else [text]
    path.write_text("".join(lines))


def test_attack_35_export_is_verified_with_nothing_but_the_chain(verified, export):
    code, said = verified()
    *_, lines, answers, verdict = said.out.splitlines()
    assert (code, verdict, said.err) == (0, "verified", "")
    assert lines == f"{len(export.read_text().splitlines())} lines of the export: the same bytes"
    assert answers.endswith(": 0 differences")
    assert int(answers.split()[0]) > 80


def test_one_changed_ballot_is_found_and_both_versions_are_shown(verified, export):
    rewrite(export, "votes", lambda vote: vote | {"choice": 0})
    code, said = verified()
    assert code == 1
    assert "NOT the same bytes" in said.out
    shown = [line for line in said.out.splitlines() if '"table":"votes"' in line]
    assert len(shown) == 2
    assert ("only in the export" in shown[0], '"choice":0' in shown[0]) == (True, True)
    assert ("only on the chain" in shown[1], '"choice":1' in shown[1]) == (True, True)
    assert said.out.splitlines()[-1] == "NOT VERIFIED"


@pytest.mark.parametrize("table", ["block", "consortium", "members", "entitlements", "rules"])
def test_a_line_that_is_left_out_or_changed_is_found(verified, export, table):
    rewrite(export, table, lambda record: record | {"consortium_note": "by the way"})
    assert verified()[0] == 1


def test_lines_in_another_order_are_not_the_same_export(verified, export):
    *rest, one, other = export.read_text().splitlines(keepends=True)
    export.write_text("".join([*rest, other, one]))
    code, said = verified()
    assert (code, "NOT the same bytes" in said.out) == (1, True)


def test_an_auditors_own_record_overrules_the_exports_word(verified, export, audited, tmp_path):
    own = tmp_path / "own.json"
    own.write_bytes(msgspec.json.encode(audited))
    assert verified("--deployment", str(own))[0] == 0
    other = DeployedContract(address=audited.records, block=1)
    own.write_bytes(
        msgspec.json.encode(msgspec.structs.replace(audited, contracts=audited.contracts | {"MemberRegistry": other}))
    )
    code, said = verified("--deployment", str(own))
    assert code == 2
    assert said.err.startswith("zbor: --deployment: the export is about the registry")


def test_an_export_of_a_block_that_the_node_lacks_is_refused_not_verified(verified, export):
    rewrite(export, "block", lambda block: block | {"number": chain.height + 1000})
    code, said = verified()
    assert code == 1
    assert f"it has no block {chain.height + 1000} yet" in said.err


def test_what_is_no_export_is_refused(verified, export):
    export.write_text('{"table":"members"}\n')
    code, said = verified()
    assert code == 1
    assert "its first line names no deployment" in said.err
