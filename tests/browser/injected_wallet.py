"""A browser wallet for tests: announced to the page by EIP-6963, its requests answered here, its signatures real.

The page's side is a few lines of JavaScript injected before the page loads; every request goes through a function that
Playwright exposes to this class, which signs with eth-account and otherwise asks the node.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from itertools import count

from eth_account import Account
from eth_account.messages import encode_typed_data
from playwright.sync_api import BrowserContext

from scripts.node import Node, NodeError

ICON = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'/%3E"
_NUMBERS = count()
_ANNOUNCE = """
(() => {
  const listeners = {};
  const provider = {
    request: async ({ method, params }) => {
      const answer = await window[%(door)r](method, params ?? []);
      if (answer.error) throw Object.assign(new Error(answer.error.message), answer.error);
      return answer.result;
    },
    on: (event, listener) => (listeners[event] ??= []).push(listener),
  };
  window[%(door)r + "_emit"] = (event, value) => (listeners[event] ?? []).forEach((listener) => listener(value));
  const info = { uuid: %(door)r, name: %(name)r, icon: %(icon)r, rdns: %(rdns)r };
  const detail = Object.freeze({ info, provider });
  const announce = () => window.dispatchEvent(new CustomEvent("eip6963:announceProvider", { detail }));
  window.addEventListener("eip6963:requestProvider", announce);
  announce();
})();
"""


WINDOWS = ("eth_requestAccounts", "eth_sendTransaction", "eth_signTypedData_v4")
"""Methods for which a wallet opens a window."""


class WalletError(Exception):
    """What the wallet answers instead of a result."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass
class InjectedWallet:
    """A wallet with one account; what it refuses, and how it stands, can be set from the test."""

    node: Node
    key: str
    name: str = "Test Wallet"
    icon: str = ICON
    chain_id: int = 31_337
    known_chains: set[int] = field(default_factory=lambda: {31_337})
    connected: bool = False
    locked: bool = False
    window_waiting: bool = False
    refuses: set[str] = field(default_factory=set)
    gas_price: int | None = None
    """Wei that the wallet says the network asks for; what the node says if not set."""
    price: int = 0
    """Wei that its transactions offer for a unit of gas."""
    slips_in: dict | None = None
    """A call that it sends just before the next one that the page asks for."""
    signed: list[dict] = field(default_factory=list)
    """Documents it has signed, in order."""
    sent: list[dict] = field(default_factory=list)
    """Calls it has sent, in order."""
    asked: list[str] = field(default_factory=list)
    """Methods the page has called, in order."""

    def __post_init__(self) -> None:
        self.door = f"testWallet{next(_NUMBERS)}"

    @property
    def address(self) -> str:
        return Account.from_key(self.key).address

    def enter(self, context: BrowserContext) -> None:
        """Be there in every page that the context opens from now on."""
        context.expose_function(self.door, self.answer)
        facts = {"door": self.door, "name": self.name, "icon": self.icon, "rdns": f"test.zbor.{self.door}"}
        context.add_init_script(_ANNOUNCE % facts)

    def answer(self, method, params):
        self.asked.append(method)
        try:
            return {"result": self._result(method, params)}
        except WalletError as error:
            return {"error": {"code": error.code, "message": str(error)}}
        except NodeError as error:
            return {"error": {"code": -32603, "message": str(error), "data": {"originalError": {"data": error.data}}}}

    def _result(self, method, params):
        if self.window_waiting and method in WINDOWS:
            raise WalletError(-32002, "Already processing. Please wait.")
        if method in self.refuses:
            raise WalletError(4001, "User rejected the request.")
        own = {
            "eth_requestAccounts": self._connect,
            "eth_accounts": self._accounts,
            "eth_chainId": lambda: hex(self.chain_id),
            "wallet_switchEthereumChain": self._switch,
            "wallet_addEthereumChain": self._add,
            "eth_sendTransaction": self._send,
            "eth_signTypedData_v4": self._sign,
            "eth_gasPrice": self._gas_price,
        }.get(method)
        return own(*params) if own else self.node.call(method, *params)

    def _connect(self):
        self.connected = not self.locked
        return self._accounts()

    def _accounts(self):
        return [self.address.lower()] if self.connected and not self.locked else []

    def _switch(self, wanted):
        chain_id = int(wanted["chainId"], 16)
        if chain_id not in self.known_chains:
            raise WalletError(4902, "Unrecognized chain ID.")
        self.chain_id = chain_id

    def _add(self, network):
        assert network["rpcUrls"] == [self.node.url]
        self.known_chains.add(int(network["chainId"], 16))

    def _gas_price(self):
        return self.node.call("eth_gasPrice") if self.gas_price is None else hex(self.gas_price)

    @property
    def confirmed(self) -> int:
        """How many windows the user has agreed to, besides the one that connects."""
        return sum(method in WINDOWS[1:] for method in self.asked)

    def _sign(self, account, text):
        """Sign as wallets do: only for the account itself, on the network the wallet is on."""
        document = json.loads(text)
        assert account == self.address
        assert document["domain"]["chainId"] == self.chain_id
        self.signed.append(document)
        signable = encode_typed_data(full_message={**document, "message": typed_values(document)})
        return Account.sign_message(signable, self.key).signature.to_0x_hex()

    def _send(self, call):
        nonce = int(self.node.call("eth_getTransactionCount", self.address, "latest"), 16)
        if self.slips_in is not None:
            before, self.slips_in = self.slips_in, None
            self._hand_in(before, nonce)
            nonce += 1
        self.sent.append(call)
        return self._hand_in(call, nonce)

    def _hand_in(self, call, nonce):
        assert call["value"] == "0x0"
        transaction = {
            "chainId": self.chain_id,
            "nonce": nonce,
            "to": call["to"],
            "value": 0,
            "data": call["data"],
            "gas": 500_000,
            "gasPrice": self.price,
        }
        signed = Account.sign_transaction(transaction, self.key)
        return self.node.call("eth_sendRawTransaction", signed.raw_transaction.to_0x_hex())


def typed_values(document):
    """The message with its numbers as numbers and its bytes as bytes; wallets take both as text."""
    read = {"uint256": int, "uint8": int, "bytes": lambda text: bytes.fromhex(text[2:])}
    fields = document["types"][document["primaryType"]]
    return {each["name"]: read.get(each["type"], str)(document["message"][each["name"]]) for each in fields}
