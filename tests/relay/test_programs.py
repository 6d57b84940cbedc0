"""The programs as an operator runs them: ballots come in over HTTP while relays are killed and started anew."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time

import httpx
import pytest

from backend.domain.ballots import Choice
from backend.domain.members import MemberClass
from scripts.plan import PLANS, read_plan
from scripts.roll import founders, read_roll
from scripts.toolchain import ROOT, free_port
from tests.relay.consortium import CHANGEABLE, FINAL, KEY, sign

VOTERS = [
    each.code
    for each in founders(read_roll(read_plan(PLANS / "development.toml").roll))
    if each.member_class is not MemberClass.ASSOCIATE
]
KILLS = 6
PATIENCE = 90


@pytest.fixture
def key_file(tmp_path):
    path = tmp_path / "relay.key"
    path.write_text(KEY + "\n")
    path.chmod(0o600)
    return path


@pytest.fixture
def settings(stage, database_url, tmp_path, key_file):
    return {
        "deployment": stage.founded.record,
        "database_url": database_url,
        "documents": tmp_path / "documents",
        "rpc_url": stage.node.url,
        "poll_seconds": 0.1,
        "finality_depth": 2,
        "crosscheck_seconds": 0,
    }


@pytest.fixture
def start(tmp_path, settings):
    """Starts commands as processes; whatever is left of them is killed at the end."""
    started = []

    def run(command, **more):
        log = tmp_path / f"{command}-{len(started)}.log"
        variables = {f"ZBOR_{name.upper()}": str(value) for name, value in {**settings, **more}.items()}
        with log.open("wb") as output:
            process = subprocess.Popen(
                [sys.executable, "-m", "backend", command],
                cwd=ROOT,
                env={**os.environ, "PYTHONPATH": str(ROOT), **variables},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        process.log = log
        started.append(process)
        return process

    yield run
    for process in started:
        process.kill()
        process.wait()


@pytest.fixture
def service():
    with httpx.Client(timeout=30) as client:
        yield lambda port: Service(client, port)


class Service:
    """The API of a running program."""

    def __init__(self, client, port):
        self.url = f"http://127.0.0.1:{port}"
        self.client = client

    def get(self, path, **query):
        return self.client.get(self.url + path, params=query).json()

    def hand_in(self, stage, code, choice, kind, **headers):
        """Ask for the document, sign it, hand it in."""
        path = f"/v1/proposals/{stage.founded.proposals[kind]}/ballot"
        document = self.get(path, member=code, choice=choice.label)["typed_data"]
        body = {"typed_data": document, "signature": sign(stage.key(code), document)}
        return self.client.post(self.url + "/v1/relay/ballots", json=body, headers=headers)

    def status(self):
        try:
            return self.get("/v1/relay")["status"]
        except (httpx.HTTPError, KeyError):
            return None


def wait_until(true, seconds=PATIENCE):
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)


def test_a_ballot_goes_over_http_to_the_tally_of_the_api(stage, start, service, key_file):
    port = free_port()
    program = start("serve", port=port, relay_key_file=key_file)
    api = service(port)
    wait_until(lambda: api.status() == "ready")
    answer = api.hand_in(stage, "IT-POLIMI", Choice.AGAINST, FINAL, **{"Idempotency-Key": "k1"})
    again = api.hand_in(stage, "IT-POLIMI", Choice.AGAINST, CHANGEABLE, **{"Idempotency-Key": "k1"})
    where = answer.headers["location"]
    wait_until(lambda: stage.mine() or api.get(where)["status"] == "final")
    proposal = api.get(f"/v1/proposals/{stage.founded.proposals[FINAL]}")
    health = api.get("/health")

    assert answer.status_code == 202
    assert (again.status_code, again.json()["code"]) == (422, "IDEMPOTENCY_KEY_REUSED")
    assert proposal["tally"]["against_votes"] == 1
    assert health["relay"]["status"] == "ok"
    assert KEY[2:] not in program.log.read_text()


def test_relays_that_are_killed_again_and_again_lose_nothing_and_double_nothing(stage, start, service, key_file):
    chance, port = random.Random(7), free_port()
    start("serve", port=port, relay_key_file="")
    api = service(port)
    relays = [start("relay", relay_key_file=key_file) for _ in range(2)]
    wait_until(lambda: api.status() == "ready")
    stage.node.call("evm_setAutomine", False)
    ballots = [(code, kind) for code in VOTERS for kind in (CHANGEABLE, FINAL)]
    chance.shuffle(ballots)
    ways, size = [], -(-len(ballots) // KILLS)
    for begin in range(0, len(ballots), size):
        for code, kind in ballots[begin : begin + size]:
            answer = api.hand_in(stage, code, Choice.FOR, kind)
            assert answer.status_code == 202, answer.text
            ways.append(answer.headers["location"])
            if chance.random() < 0.4:
                stage.mine()
        time.sleep(chance.uniform(0, 0.6))
        struck = relays.pop(chance.randrange(2))
        struck.kill()
        struck.wait()
        relays.append(start("relay", relay_key_file=key_file))
    wait_until(lambda: stage.mine() or all(api.get(way)["status"] == "final" for way in ways))

    members = len(VOTERS)
    assert tuple(stage.counted(CHANGEABLE)) == (0, members, 0)
    assert tuple(stage.counted(FINAL)) == (0, members, 0)


def test_a_key_that_others_may_read_is_not_taken(start, key_file):
    key_file.chmod(0o644)
    program = start("relay", relay_key_file=key_file)

    assert program.wait(60) == 2
    assert "chmod 600" in program.log.read_text()


def test_a_key_that_is_none_is_refused_without_being_repeated(start):
    program = start("relay", relay_key="s3cret" * 11)

    assert program.wait(60) == 2
    assert "ZBOR_RELAY_KEY" in program.log.read_text()
    assert "s3cret" not in program.log.read_text()
