"""A proxy between the mirror and a node that does to the answers what networks and bad nodes do.

How often there is a fault, and which, is drawn by lot from a seeded generator; of those that an answer can suffer, the
one that has happened least comes first.
"""

from __future__ import annotations

import json
import threading
import time
from collections import Counter
from collections.abc import Collection
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random

import httpx

from backend.chain.checked_node import NEAR_THE_HEAD

FOREIGN = "0x" + "77" * 20


@dataclass
class Chaos:
    """What happens to the answers, how often, and how often it did."""

    faults: Collection[str] = ()
    share: float = 1.0
    """Of the requests that one of the faults happens to."""
    seed: int = 1
    happened: Counter = field(default_factory=Counter)
    requests: int = 0
    hides_finality: bool = False
    """Whether the node is made one that names no final block."""
    most_blocks: int | None = None
    """How many blocks the node gives logs of in one answer, as many nodes allow only so many."""
    lock: threading.Lock = field(default_factory=threading.Lock)
    released: threading.Event = field(default_factory=threading.Event)
    """Set at the end, so that nothing hangs any more."""

    def __post_init__(self):
        self.random = Random(self.seed)

    def draw(self):
        """The faults to try on one answer, in order; none, if it is to be left alone."""
        with self.lock:
            self.requests += 1
            if self.random.random() >= self.share:
                return []
            return sorted(self.faults, key=lambda fault: (self.happened[fault], self.random.random()))

    def note(self, fault):
        """Count one that happened."""
        with self.lock:
            self.happened[fault] += 1


def drop(_handler, _asked, _answer):
    return None


def delay(handler, _asked, answer):
    time.sleep(handler.chaos.random.uniform(0.01, 0.2))
    return answer


def truncate(handler, _asked, answer):
    handler.send_response(200)
    handler.send_header("content-length", str(len(answer)))
    handler.end_headers()
    handler.wfile.write(answer[: len(answer) // 2])


def cut_short(_handler, _asked, answer):
    return answer[: len(answer) * 2 // 3]


def garbage(_handler, _asked, _answer):
    return b"<html><body>Bad gateway</body></html>"


def error_in_200(_handler, _asked, _answer):
    return json.dumps({"jsonrpc": "2.0", "id": 0, "error": {"code": -32603, "message": "internal error"}}).encode()


def rate_limit(handler, _asked, _answer):
    handler.send_response(429)
    handler.send_header("retry-after", "0")
    handler.send_header("content-length", "0")
    handler.end_headers()


def unavailable(handler, _asked, _answer):
    handler.send_response(503)
    handler.send_header("content-length", "0")
    handler.end_headers()


def repeat(_handler, asked, answer):
    return _with_logs(asked, answer, lambda logs: logs + logs)


def reorder(_handler, asked, answer):
    told = json.loads(answer)
    if isinstance(told, list) and len(told) > 1:
        return json.dumps(told[::-1]).encode()
    return _with_logs(asked, answer, lambda logs: logs[::-1])


def no_logs(_handler, asked, answer):
    return _with_logs(asked, answer, lambda _: [])


def some_logs(handler, asked, answer):
    """Leaves out a block near the head: further back only an answer without any log is sure to be noticed."""

    def without_last(logs):
        last, head = logs[-1]["blockNumber"], int(handler.tell("eth_blockNumber"), 16)
        near = int(last, 16) > head - NEAR_THE_HEAD
        return [log for log in logs if log["blockNumber"] != last] if near else logs

    return _with_logs(asked, answer, without_last)


def foreign_logs(_handler, asked, answer):
    return _with_logs(asked, answer, lambda logs: [*logs, *({**log, "address": FOREIGN} for log in logs[:1])])


def removed_logs(_handler, asked, answer):
    return _with_logs(asked, answer, lambda logs: [{**log, "removed": True} for log in logs])


def far_logs(_handler, asked, answer):
    return _with_logs(asked, answer, lambda logs: [{**log, "blockNumber": "0xffffff"} for log in logs])


def old_head(handler, asked, answer):
    """Answers with a block of before, as a node that lags does."""
    if not isinstance(asked, dict) or asked["method"] != "eth_getBlockByNumber" or asked["params"][0] != "latest":
        return answer
    newest = int(json.loads(answer)["result"]["number"], 16)
    older = max(0, newest - handler.chaos.random.randint(1, 20))
    return handler.forward(json.dumps({**asked, "params": [hex(older), False]}).encode())


def hang(handler, _asked, answer):
    handler.chaos.released.wait(120)
    return answer


def wrong_chain(_handler, asked, answer):
    if isinstance(asked, dict) and asked["method"] == "eth_chainId":
        return json.dumps({**json.loads(answer), "result": "0x1"}).encode()
    return answer


FAULTS = {
    fault.__name__: fault
    for fault in (
        drop,
        delay,
        truncate,
        cut_short,
        garbage,
        error_in_200,
        rate_limit,
        unavailable,
        repeat,
        reorder,
        no_logs,
        some_logs,
        foreign_logs,
        removed_logs,
        far_logs,
        old_head,
        wrong_chain,
        hang,
    )
}


UNSEEN = {"delay", "hang"}
"""Faults that leave the answer as it is."""


def _blocks_in(asked):
    if not isinstance(asked, dict) or asked["method"] != "eth_getLogs" or "fromBlock" not in asked["params"][0]:
        return 0
    wanted = asked["params"][0]
    return int(wanted["toBlock"], 16) - int(wanted["fromBlock"], 16) + 1


def _with_logs(asked, answer, change):
    if not _blocks_in(asked):
        return answer
    told = json.loads(answer)
    changed = change(told["result"]) if told.get("result") else None
    return answer if changed is None or changed == told["result"] else json.dumps({**told, "result": changed}).encode()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # else each answer waits 40 ms for the client to have received its head

    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        asked = json.loads(body)
        answer = self.forward(body)
        if self.chaos.hides_finality and b'"finalized"' in body:
            answer = b'{"jsonrpc":"2.0","id":0,"result":null}'
        if self.chaos.most_blocks and _blocks_in(asked) > self.chaos.most_blocks:
            answer = b'{"jsonrpc":"2.0","id":0,"error":{"code":-32005,"message":"block range too wide"}}'
        answer = self.suffer(asked, answer)
        if answer is None:
            self.close_connection = True
            return
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def suffer(self, asked, answer):
        """What becomes of an answer; None, if a fault has answered already or nobody is to."""
        for fault in self.chaos.draw():
            changed = FAULTS[fault](self, asked, answer)
            if changed != answer or fault in UNSEEN:
                self.chaos.note(fault)
                return changed
        return answer

    def forward(self, body):
        return self.client.post(self.target, content=body, headers={"content-type": "application/json"}).content

    def tell(self, method):
        """Ask the node something for ourselves."""
        return json.loads(self.forward(json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": []})))[
            "result"
        ]

    def log_message(self, *_):
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, _request, _client):
        """Whoever was killed in the middle of an answer does not read it to the end."""


@contextmanager
def proxy(target, chaos):
    """Stand before the node at `target`; gives the address to ask instead."""
    with httpx.Client(timeout=60) as client:
        bound = type("Bound", (Handler,), {"target": target, "chaos": chaos, "client": client})
        server = Server(("127.0.0.1", 0), bound)
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            chaos.released.set()
            server.shutdown()
            server.server_close()
            thread.join()
