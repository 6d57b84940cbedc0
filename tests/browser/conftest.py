"""The running sample consortium, a browser to look at it with, and members who come with their wallets."""

from __future__ import annotations

import json
import sqlite3
import urllib.request
from collections import deque
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import cycle
from pathlib import Path

import pytest
from acting import SigningWallet
from babel.messages.pofile import read_po
from eth_account import Account
from injected_wallet import InjectedWallet
from later import running_later
from playwright.sync_api import expect

from backend.portal.languages import CATALOGUES, languages
from scripts.demo import running_demo
from scripts.processes import service
from scripts.roll import sample_key
from scripts.screenshots import chromium
from scripts.stage import OFFICE_KEYS
from scripts.toolchain import environment, free_port

PATIENCE = 20_000
"""Milliseconds within which a page must show what is expected."""
expect.set_options(timeout=PATIENCE)
READ = (
    *("/", "/proposals", "/proposals?kind=appeal", "/decisions", "/members", "/members/SI-SONCNA", "/bodies"),
    *("/mandates", "/minutes", "/participation", "/how-it-works", "/verify", "/status", "/nothing/here"),
)
"""Pages that are read."""
ACTED_ON = (
    *("/desk", "/mandates/give", "/receipts", "/organisation", "/sign-in", "/drafts", "/notices/unsubscribe"),
    *("/propose", "/propose/work_plan", "/propose/agreement_amendment", "/propose/nothing"),
)
"""Pages on which somebody acts, as they stand before."""
REGULARS = 5
"""Members that tests share: they come again and again, and change their ballots."""


@pytest.fixture(scope="session")
def demo(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo") / "state"
    with running_demo(folder, port=free_port(), chain_port=free_port()) as running:
        yield running
        running.node._connection.close()


@pytest.fixture(scope="session")
def browser(demo):
    """Opened after the consortium: its story runs event loops, and none runs beside the browser's own."""
    with chromium() as opened:
        yield opened


@pytest.fixture
def open_context(browser):
    """Open a browser profile of its own; what a page complains of is a failure of the test that opened it."""
    contexts = []
    complaints = []

    def make(**options):
        context = browser.new_context(**{"locale": "en-GB", **options})
        context.set_default_timeout(PATIENCE)
        context.on("page", lambda page: page.on("pageerror", lambda error: complaints.append(str(error))))
        contexts.append(context)
        return context

    yield make
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def wallet_of(demo):
    """The wallet of a member by its code."""
    return lambda code, **more: InjectedWallet(demo.node, "0x" + sample_key(code).hex(), **more)


@pytest.fixture
def visit(demo, open_context):
    """Open a proposal's page in a browser that has these wallets."""

    def go(proposal, *wallets, language="en", url=demo.url, **options):
        context = open_context(**options)
        for wallet in wallets:
            wallet.enter(context)
        page = context.new_page()
        page.goto(f"{url}/proposals/{proposal['id']}?lang={language}")
        return page

    return go


@pytest.fixture(scope="session")
def undecided(demo, open_motion):
    """Members that had not voted on the open motion when the tests began, those that served longest ago first."""
    return deque([key for key in demo.keys if open_motion["id"] in key.proposals][REGULARS:])


@pytest.fixture
def newcomer(undecided, wallet_of, api, open_motion):
    """A member that has not voted yet, with its wallet; whoever still has not votes in another test."""
    silent = {member["code"] for member in api(f"/v1/proposals/{open_motion['id']}/non-voters?limit=100")["items"]}
    wallets = {member["code"]: member["wallet"].lower() for member in api("/v1/members?limit=100")["items"]}
    while (key := undecided.popleft()).code not in silent or wallet_of(key.code).address.lower() != wallets[key.code]:
        pass
    yield key, wallet_of(key.code)
    undecided.append(key)


@pytest.fixture(scope="session")
def api(demo):
    def get(path):
        with urllib.request.urlopen(demo.url + path, timeout=30) as answer:
            return json.load(answer)

    return get


@pytest.fixture(scope="session")
def first_in(api):
    """The first proposal in a state: its id as text, and its governor."""
    return lambda state, **query: api(f"/v1/proposals?state={state}" + "".join(f"&{k}={v}" for k, v in query.items()))[
        "items"
    ][0]


@pytest.fixture(scope="session")
def open_motion(api):
    """The open proposal of the assembly on which most members have still to vote."""
    motions = api("/v1/proposals?state=open&body=general_assembly")["items"]
    return max(motions, key=lambda motion: motion["tally"]["silent"])


@pytest.fixture
def ballot_of(api):
    """The API's ballot of a member on a proposal, or None."""

    def find(proposal, code):
        items = api(f"/v1/proposals/{proposal['id']}/ballots?limit=100")["items"]
        return next((ballot for ballot in items if ballot["member"]["code"] == code), None)

    return find


@pytest.fixture
def choice_on_chain(demo):
    """What the contract holds of a member: 0 nothing, 1 against, 2 for, 3 abstain."""

    def ask(proposal, wallet):
        member, _ = demo.record.contract(demo.node, "MemberRegistry").read("memberOf", wallet.address)
        return demo.record.governor(demo.node, proposal["body"]).read("ballotOf", int(proposal["id"]), member)

    return ask


@pytest.fixture(scope="session")
def every_proposal(api):
    """The path of one proposal in each state of the sample."""
    states = {}
    for proposal in api("/v1/proposals?limit=100")["items"]:
        states.setdefault(proposal["state"], f"/proposals/{proposal['id']}")
    return list(states.values())


@pytest.fixture(scope="session")
def every_page(every_proposal, open_motion, api):
    """The path of every page, one for each state in which it stands before anybody acts."""
    ballot = api(f"/v1/proposals/{open_motion['id']}/ballots")["items"][0]
    receipts = [f"/receipts/{ballot['transaction_hash']}", f"/receipts/{open_motion['id']}/{ballot['member']['code']}"]
    return [*READ, *ACTED_ON, *receipts, *every_proposal]


@pytest.fixture(scope="session")
def longest_language():
    """The language in which the portal's words take the most letters."""

    def letters(language):
        path = CATALOGUES / language / "LC_MESSAGES" / "messages.po"
        with path.open("rb") as source:
            return sum(len("".join(entry.string)) for entry in read_po(source) if entry.id)

    return max((language for language in languages() if language != "en"), key=letters)


@pytest.fixture(scope="session")
def _electors(demo, open_motion):
    return cycle([key for key in demo.keys if open_motion["id"] in key.proposals][:REGULARS])


@pytest.fixture
def voter(_electors, wallet_of):
    """A member that may vote on the open motion, with its wallet; it may have done so before, and change its ballot."""
    key = next(_electors)
    return key, wallet_of(key.code)


@pytest.fixture
def another_voter(_electors, wallet_of):
    """Another one of the same."""
    key = next(_electors)
    return key, wallet_of(key.code)


@pytest.fixture(scope="session")
def portal_of_copy(demo, tmp_path_factory):
    """A portal over a copy of the records, from a process of its own without a relay; one ballot a day is free."""
    folder = tmp_path_factory.mktemp("copy")
    copy = Copy("", folder / "copy.db", demo.folder / "zbor.db")
    with closing(sqlite3.connect(copy.source)) as source, closing(sqlite3.connect(copy.database)) as target:
        source.backup(target)
        target.executescript("CREATE TABLE relays_of_then AS SELECT * FROM relays")
    own = {"ZBOR_DATABASE_URL": f"sqlite:///{copy.database}", "ZBOR_RELAY_DAILY_BALLOTS": "1"}
    settings = {name: value for name, value in demo.settings.items() if name != "ZBOR_RELAY_KEY_FILE"} | own
    env = environment(folder / "home", free_port())
    with service(free_port(), env, settings, folder / "service.log") as url:
        yield replace(copy, url=url)


@dataclass(frozen=True)
class Copy:
    """A portal over a copy of the records."""

    url: str
    database: Path
    source: Path

    def stands(self, change=""):
        """Let the relay's records stand as if all were well, but for this change; gives the portal's address."""
        with closing(sqlite3.connect(self.database, timeout=60)) as records:
            records.executescript(f"ATTACH '{self.source}' AS source; {AS_IF_WELL} {change}")
        return self.url


AS_IF_WELL = """
DELETE FROM main.relays;
INSERT INTO main.relays SELECT * FROM relays_of_then;
UPDATE main.relays SET seen_at = seen_at + 40000, problem = NULL;
DELETE FROM main.relay_requests;
"""


@pytest.fixture(scope="session")
def later(demo, tmp_path_factory):
    """The sample consortium on a chain of its own, where days can pass."""
    with running_later(demo, tmp_path_factory.mktemp("later")) as running:
        yield running


@pytest.fixture
def act_on(later, open_context):
    """Open a page of that consortium in a browser that has these wallets."""

    def go(path, *wallets, **options):
        context = open_context(**options)
        for wallet in wallets:
            wallet.enter(context)
        page = context.new_page()
        page.goto(f"{later.url}{path}?lang=en")
        return page

    return go


@pytest.fixture
def signer_of(later):
    """The browser wallet of a member of that consortium by its code."""
    return lambda code, **more: SigningWallet(later.node, "0x" + later.key(code).hex(), **more)


@pytest.fixture
def office_of(later):
    """The browser wallet of an office of that consortium: registrar or approver."""

    def find(name):
        holder = later.contract("MemberRegistry").read(name)
        key = next(key for key in OFFICE_KEYS.values() if Account.from_key(key).address == holder)
        return SigningWallet(later.node, key)

    return find
