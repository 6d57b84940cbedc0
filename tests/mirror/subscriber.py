"""An address that is called, on loopback: keeps what came, and answers as it is told to."""

from __future__ import annotations

import json
import threading
import time
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Subscriber:
    def __init__(self):
        self.calls = []
        self.answers = []
        """Status of the next answers; 204 when there are none left."""
        self.delay = 0.0
        self.moved_to = None
        self.endless = False
        self.dripping = False
        self.lock = threading.Lock()

    @property
    def numbers(self):
        with self.lock:
            return [call["event"]["data"]["number"] for call in self.calls]

    @property
    def host(self):
        return f"127.0.0.1:{self.port}"

    @property
    def url(self):
        return f"http://{self.host}/hook"

    @contextmanager
    def open(self):
        server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        server.daemon_threads = True
        self.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield self
        finally:
            server.shutdown()
            server.server_close()
            thread.join()

    def _handler(self):
        subscriber = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["content-length"]))
                call = {"headers": dict(self.headers), "body": body, "event": json.loads(body), "path": self.path}
                with subscriber.lock:
                    subscriber.calls.append(call)
                    status = subscriber.answers.pop(0) if subscriber.answers else 204
                time.sleep(subscriber.delay)
                with suppress(OSError):  # whoever called has left
                    self._answer(status)

            def _answer(self, status):
                if subscriber.dripping:
                    for letter in b"HTTP/1.1 200 OK\r\nx: " + b"a" * 10_000:
                        self.wfile.write(bytes([letter]))
                        time.sleep(0.02)
                self.send_response(status)
                if subscriber.moved_to:
                    self.send_header("location", subscriber.moved_to)
                self.end_headers()
                while subscriber.endless:
                    self.wfile.write(b"a" * 65_536)

            def log_message(self, *_):
                pass

        return Handler
