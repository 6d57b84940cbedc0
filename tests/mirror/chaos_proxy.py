"""A proxy between the mirror and a node that does to the answers what networks and bad nodes do.

Faults are drawn by lot from a seeded generator, a share of all requests each.
"""

from __future__ import annotations

import json
import threading
import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random

import httpx

FOREIGN = "0x" + "77" * 20


@dataclass
class Chaos:
    """How often each fault happens, as a share of requests, and how often it did."""

    shares: dict[str, float]
    seed: int = 1
    happened: Counter = field(default_factory=Counter)
    requests: int = 0
    hides_finality: bool = False
    """Whether the node is made one that names no final block."""
    lock: threading.Lock = field(default_factory=threading.Lock)
    released: threading.Event = field(default_factory=threading.Event)
    """Set at the end, so that nothing hangs any more."""

    def __post_init__(self):
        self.random = Random(self.seed)

    def draw(self):
        with self.lock:
            self.requests += 1
            left = self.random.random()
            for fault, share in self.shares.items():
                left -= share
                if left < 0:
                    return fault
        return None


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


def reorder(handler, asked, answer):
    told = json.loads(answer)
    if isinstance(told, list):
        return json.dumps(told[::-1]).encode()
    return _with_logs(asked, answer, lambda logs: handler.chaos.random.sample(logs, len(logs)))


def no_logs(_handler, asked, answer):
    return _with_logs(asked, answer, lambda _: [])


def some_logs(handler, asked, answer):
    """Leaves out a block: only what is near the head is sure to be noticed."""
    return _with_logs(
        asked, answer, lambda logs: [log for log in logs if log["blockNumber"] != logs[-1]["blockNumber"]]
    )


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
    return handler.ask(json.dumps({**asked, "params": [hex(older), False]}).encode())


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


def _with_logs(asked, answer, change):
    if not isinstance(asked, dict) or asked["method"] != "eth_getLogs" or "fromBlock" not in asked["params"][0]:
        return answer
    told = json.loads(answer)
    if told.get("result"):
        told["result"] = change(told["result"])
    return json.dumps(told).encode()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        asked = json.loads(body)
        fault = self.chaos.draw()
        answer = self.ask(body)
        if self.chaos.hides_finality and b'"finalized"' in body:
            answer = b'{"jsonrpc":"2.0","id":0,"result":null}'
        if fault is not None:
            changed = FAULTS[fault](self, asked, answer)
            with self.chaos.lock:
                self.chaos.happened[fault] += changed != answer or fault == "delay"
            if changed is None:
                self.close_connection = True
                return
            answer = changed
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def ask(self, body):
        return self.client.post(self.target, content=body, headers={"content-type": "application/json"}).content

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
