"""A local chain that was moved ahead, ended, and started again."""

from __future__ import annotations

import json
import time

from scripts.demo import catch_up_clock
from scripts.processes import local_chain
from scripts.toolchain import environment, free_port

MONTH = 30 * 86_400


def test_a_chain_from_the_future_goes_on_from_there(tmp_path):
    port = free_port()
    env = environment(tmp_path / "home", port)
    now = int(time.time())
    with local_chain(port, env, tmp_path, now - 100) as node:
        node.call("evm_increaseTime", MONTH)
        node.call("evm_mine")
        ahead = node.block_time
    with local_chain(port, env, tmp_path) as node:
        catch_up_clock(node, int(time.time()))
        resumed = node.block_time
        time.sleep(2)
        node.call("evm_mine")
        assert now + MONTH - 100 <= ahead < resumed
        assert resumed + 2 <= node.block_time < resumed + MONTH


def test_a_chain_that_slept_wakes_up_in_the_present(tmp_path):
    port = free_port()
    env = environment(tmp_path / "home", port)
    with local_chain(port, env, tmp_path, int(time.time()) - MONTH) as node:
        node.call("evm_mine")
    with local_chain(port, env, tmp_path) as node:
        now = int(time.time())
        catch_up_clock(node, now)
        assert now <= node.block_time < now + MONTH


def test_a_chain_that_is_resumed_again_and_again_has_one_first_block(tmp_path):
    """A mirror that begins anew asks what came before block 1."""
    port = free_port()
    env = environment(tmp_path / "home", port)
    with local_chain(port, env, tmp_path, int(time.time()) - MONTH) as node:
        node.call("evm_mine")
        first = node.call("eth_getBlockByNumber", "0x0", False)
    for _ in range(4):
        with local_chain(port, env, tmp_path) as node:
            catch_up_clock(node, int(time.time()))
            assert node.call("eth_getBlockByNumber", "0x0", False) == first
            assert node.call("eth_getBlockByNumber", "0x1", False)["parentHash"] == first["hash"]
    assert first_blocks(tmp_path / "state.json") == 1


def test_a_state_kept_with_first_blocks_of_several_starts_is_mended(tmp_path):
    port = free_port()
    env = environment(tmp_path / "home", port)
    genesis = int(time.time()) - MONTH
    with local_chain(port, env, tmp_path, genesis) as node:
        node.call("evm_mine")
        first = node.call("eth_getBlockByNumber", "0x0", False)
    for later in range(1, 5):  # as every start did that named no second
        with local_chain(port, env, tmp_path, genesis + later * 3_600):
            pass
    assert first_blocks(tmp_path / "state.json") > 1
    with local_chain(port, env, tmp_path) as node:
        assert node.call("eth_getBlockByNumber", "0x0", False) == first
    assert first_blocks(tmp_path / "state.json") == 1


def first_blocks(state):
    return sum(int(block["header"]["number"], 16) == 0 for block in json.loads(state.read_bytes())["blocks"])
