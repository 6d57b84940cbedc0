"""Whatever chain, disk and node do, the mirror ends up as one that reads the chain for the first time."""

from __future__ import annotations

import json
import resource

from backend.chain.endpoints import open_node
from backend.database.schema import upgrade
from backend.exit_codes import ExitCode
from backend.indexer.follower import Follower
from tests.mirror.chaos_proxy import Chaos, proxy
from tests.mirror.conftest import deployment_on, wait_until
from tests.mirror.crowd import Forks
from tests.mirror.reference import assert_the_same
from tests.mirror.sizes import SIZE, figure

DEEPEST = 64


def test_random_reorganisations_with_ballots_that_move_are_followed(crowd, tmp_path, watch, fresh):
    url = f"sqlite:///{tmp_path}/live.db"
    upgrade(url)
    mirror = watch(url)
    forks = Forks(crowd.chain, crowd)
    forks.add(crowd.vote(DEEPEST + 6))
    depths, cut = [], 0
    with proxy(crowd.chain.url, Chaos(hides_finality=True)) as address, open_node([address], 31_337) as node:
        follower = Follower(node, mirror.sessions, deployment_on(), finality_depth=DEEPEST + 6)
        follower.follow_once()
        for _ in range(SIZE.forks):
            depths.append(crowd.random.randint(1, DEEPEST))
            forks.reorganise(depths[-1])
            forks.add(crowd.vote(crowd.random.randint(0, 3)))
            cut += follower.follow_once().cut
            forks.add(crowd.vote(crowd.random.randint(0, 3)))
            follower.follow_once()
            assert_the_same(mirror, fresh(crowd.chain))
    blocks = {"deepest": max(depths), "blocks_cut": cut}
    figure("reorganisations", len(depths), "forks", **blocks, ballots_moved=forks.moved, ballots_gone=forks.gone)

    assert forks.moved > forks.gone > 0
    # The first of the new blocks is the old one where neither has a ballot.
    assert 0.9 * sum(depths) < cut <= sum(depths)


def test_a_full_disk_is_waited_out(crowd, settings, programs, watch, fresh):
    mirror = watch(settings["database_url"])
    index = programs.start("index", **settings)
    mirror.wait_for(crowd.chain.head)
    _, hard = resource.prlimit(index.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(index.pid, resource.RLIMIT_FSIZE, (index.log.stat().st_size + 20_000, hard))
    before = mirror.cursor().next_block
    crowd.vote(10)
    wait_until(lambda: "Next try" in index.log.read_text(), 30)
    assert (index.poll(), mirror.cursor().next_block) == (None, before)
    resource.prlimit(index.pid, resource.RLIMIT_FSIZE, (hard, hard))
    mirror.wait_for(crowd.chain.head)

    assert_the_same(mirror, fresh(crowd.chain))


def test_a_node_on_another_chain_is_left_out_and_the_other_followed(chain, settings, programs, watch):
    mirror = watch(settings["database_url"])
    with proxy(chain.url, Chaos(["wrong_chain"])) as address:
        index = programs.start("index", **{**settings, "rpc_url": f"{address}/key-s3cret,{chain.url}"})
        mirror.wait_for(chain.head)
    assert "Node 1 is left out: it serves chain 1, not 31337" in index.log.read_text()
    assert "s3cret" not in index.log.read_text()


def test_where_every_node_is_on_another_chain_the_process_ends_with_a_code_of_its_own(chain, settings, programs):
    with proxy(chain.url, Chaos(["wrong_chain"])) as address:
        index = programs.start("index", **{**settings, "rpc_url": address})
        assert index.wait(60) == ExitCode.CONTRADICTED


def test_an_indexer_that_hangs_ends_with_a_code_of_its_own(chain, settings, programs, watch):
    mirror = watch(settings["database_url"])
    chaos = Chaos()
    with proxy(chain.url, chaos) as address:
        hung = {"rpc_url": address, "stall_seconds": 2, "log_format": "json"}
        index = programs.start("index", **{**settings, **hung})
        mirror.wait_for(chain.head)
        chaos.faults = ["hang"]
        assert index.wait(60) == ExitCode.STALLED
    last = json.loads(index.log.read_text().splitlines()[-1])
    assert (last["level"], last["logger"]) == ("critical", "backend.indexer.watchdog")
