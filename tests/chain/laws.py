"""Kinds with a rule of their own, made on the spot; only while the deployer is in power."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from consortium import Consortium, Question, bytes32, call_of, opened, put, rule


def make_law(
    consortium: Consortium, name: str = "law_of_the_test", body: int = 0, effect: int = 0, **settings: int
) -> str:
    """A rule and a kind of resolutions of this name; answers the name. `settings` are those of `rule`."""
    consortium.rulebook.setRule(bytes32(name), rule(**settings))
    consortium.rulebook.setKind(bytes32(name), body, bytes32(name), True, effect)
    return name


def resolution_for(consortium: Consortium, kind: str, member: int) -> tuple[Any, str]:
    """The action of a decision that concerns one member and does nothing else."""
    digest = "0x" + sha256(b"award").hexdigest()
    return call_of(consortium.records, "resolveFor", consortium.kind(kind), member, digest)


def ask(consortium: Consortium, kind: str, text: str = "text", proposer: int = 1, body: int = 0) -> Question:
    """A pending proposal of the kind."""
    digest = "0x" + sha256(text.encode()).hexdigest()
    action = call_of(consortium.records, "resolve", consortium.kind(kind), digest)
    return put(consortium.governors[body], consortium.wallet(proposer), [action], text)


def ask_now(consortium: Consortium, kind: str, text: str = "text", proposer: int = 1, body: int = 0) -> Question:
    """An open proposal of the kind."""
    return opened(ask(consortium, kind, text, proposer, body))
