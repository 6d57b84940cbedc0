"""A second copy of documents with a node of IPFS, over HTTP.

No binary of such a node can be had from the registries that is light enough for a test. A node in JavaScript (ipfs-core
0.18 with its HTTP interface) was tried by hand: it pins what is handed to it under our name and gives it back, up to
the 1 MiB that it takes at a time. Here a server of our own speaks the one call that is made: it takes the block out of
the form, names it by its own arithmetic, and keeps it.
"""

from __future__ import annotations

import base64
import hashlib
import json
import threading
from email import message_from_bytes
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from backend.chain.calls import CallBook
from backend.database.desk import DocumentRecord
from backend.database.schema import upgrade
from backend.database.session import engine_from, session_factory
from backend.documents.cid import cid_of
from backend.documents.ipfs import IpfsUnavailableError, pin
from backend.documents.store import DocumentStore
from backend.errors import DocumentMismatchError
from backend.indexer.consortia import register
from backend.people.callers import SCOPES_OF, Caller, Role
from backend.people.handing_in import hand_in
from backend.queries.consortium import Consortium
from backend.queries.document_table import DocumentTable
from backend.queries.mirror import Mirror
from backend.settings import Settings
from scripts.toolchain import free_port
from tests.backend import story as s
from tests.mirror.conftest import deployment_on

PDF = b"%PDF-1.7\r\n\x00\r\n--boundary\r\n\xff" * 40_000
"""More than one megabyte: a node that cut it up would name it otherwise."""


class Node(ThreadingHTTPServer):
    """Keeps blocks, and may be made to lie or to fail."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Block)
        self.blocks = {}
        self.asked = []
        self.answers = None

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}"


class Block(BaseHTTPRequestHandler):
    """`POST /api/v0/block/put`, as the interface describes it."""

    def do_POST(self):
        address = urlsplit(self.path)
        body = self.rfile.read(int(self.headers["content-length"]))
        self.server.asked.append((address.path, {name: one for name, (one,) in parse_qs(address.query).items()}))
        form = message_from_bytes(b"content-type: " + self.headers["content-type"].encode() + b"\r\n\r\n" + body)
        data = form.get_payload()[0].get_payload(decode=True)
        multihash = bytes.fromhex("01551220") + hashlib.sha256(data).digest()
        name = "b" + base64.b32encode(multihash).decode().lower().rstrip("=")
        self.server.blocks[name] = data
        status, answer = self.server.answers or (200, json.dumps({"Key": name, "Size": len(data)}).encode())
        self.send_response(status)
        self.send_header("content-length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_):
        pass


@pytest.fixture
def node():
    with Node() as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def test_a_document_is_pinned_whole_under_its_own_name(node):
    assert pin(node.url, PDF) == cid_of(PDF)

    assert node.blocks == {cid_of(PDF): PDF}
    ((path, asked),) = node.asked
    assert path == "/api/v0/block/put"
    assert (asked["cid-codec"], asked["format"], asked["mhtype"]) == ("raw", "raw", "sha2-256")
    assert (asked["pin"], asked["allow-big-block"]) == ("true", "true")


def test_a_node_that_names_it_otherwise_is_not_believed(node):
    node.answers = 200, json.dumps({"Key": cid_of(b"other")}).encode()
    with pytest.raises(DocumentMismatchError):
        pin(node.url, PDF)


@pytest.mark.parametrize("answers", [(500, b"{}"), (403, b"no"), (200, b"no json"), (200, b"[]"), (200, b"{}")])
def test_a_node_that_does_not_take_it_is_told(node, answers):
    node.answers = answers
    with pytest.raises(IpfsUnavailableError) as refused:
        pin(node.url + "/?key=s3cret", PDF)
    assert "s3cret" not in str(refused.value)


def test_a_node_that_is_away_is_told():
    with pytest.raises(IpfsUnavailableError):
        pin(f"http://127.0.0.1:{free_port()}", PDF)


@pytest.fixture
def handed_in(tmp_path, sqlite_url, told, node):
    """Hands a document in where a node of IPFS is set, and looks what the database says of it."""
    upgrade(sqlite_url)
    engine = engine_from(sqlite_url)
    sessions = session_factory(engine)
    record = tmp_path / "trial.json"
    record.write_text("{}")
    deployment = deployment_on()
    with sessions.begin() as session:
        number = register(session, deployment)
    documents = DocumentStore(tmp_path / "documents", DocumentTable(sessions, number, lambda: s.NOW))
    consortium = Consortium(
        id=number,
        name="Trial",
        notice=None,
        chain_id=deployment.chain_id,
        registry=deployment.registry,
        rulebook=deployment.rulebook,
        records=deployment.records,
        start_block=1,
        documents=documents,
        calls=CallBook(deployment),
    )
    mirror = Mirror(sessions, consortium, lambda: s.NOW)
    who = Caller(Role.COORDINATOR, SCOPES_OF[Role.COORDINATOR], None, s.wallet_of(9))

    def hand(data):
        kept = hand_in(mirror, Settings(deployment=record, ipfs_url=node.url), who, data, None)
        with sessions() as session:
            return kept, session.get_one(DocumentRecord, (number, kept.cid)).pinned_at

    yield hand
    engine.dispose()


def test_what_is_handed_in_is_pinned_and_what_was_not_is_pinned_the_next_time(handed_in, node):
    node.answers = 500, b"full"
    kept, pinned_at = handed_in(PDF)
    assert (kept.is_new, kept.pinned, pinned_at) == (True, False, None)
    node.answers = None
    kept, pinned_at = handed_in(PDF)

    assert (kept.is_new, kept.pinned, pinned_at) == (False, True, s.NOW)
    assert node.blocks[kept.cid] == PDF
