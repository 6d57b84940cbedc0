"""What else happens on the proposals of the story: vetoes, minutes, mandates, a lost wallet."""

from __future__ import annotations

from collections.abc import Callable

from backend.domain.rules import VetoGround
from scripts.contract import RefusedError
from scripts.mandate import grant_mandate
from scripts.proceedings import (
    close,
    object_to_minutes,
    record_approval,
    record_minutes,
    recuse,
    veto,
    withdraw_veto,
)
from scripts.queue_and_execute import queue
from scripts.rotate_wallet import approve_rotation, complete_rotation, propose_rotation
from scripts.scenario import Act, Motion
from scripts.stage import Stage, StoryError

SECOND_KEY = 2


def ends_as_told(code: str | None, what: str, step: Callable[[], object]) -> None:
    """Take a step that must be refused with that code, or must not where there is none.

    Raises `StoryError` if it goes through although it must not, `RefusedError` for any other refusal.
    """
    try:
        step()
    except RefusedError as refusal:
        if refusal.code != code:
            raise
    else:
        if code is not None:
            raise StoryError(f"{what} went through; expected {code}")


def perform(stage: Stage, motion: Motion, act: Act, gas: int) -> None:
    """Do what the story says. Raises `RefusedError`; `StoryError` for an act of no known name."""
    if act.name.endswith("_rotation"):
        _rotate(stage, act, gas)
    elif act.by is not None:
        _by_member(stage, motion, act, gas)
    else:
        _by_office(stage, motion, act, gas)


def _by_member(stage: Stage, motion: Motion, act: Act, gas: int) -> None:
    member, governor, number = stage.wallet(str(act.by)), stage.governor_of(motion), stage.proposal_id(motion)
    match act.name:
        case "veto":
            veto(member, governor, number, VetoGround[act.details["ground"].upper()], act.document_hash, gas)
        case "withdraw_veto":
            withdraw_veto(member, governor, number, gas)
        case "recuse":
            recuse(member, governor, number, gas)
        case "object":
            object_to_minutes(member, governor, number, act.document_hash, gas)
        case "mandate":
            holder, body = stage.member_id(act.details["holder"]), stage.record.body(stage.body_of(motion)).id
            until = governor.read("proposalDeadline", number)
            grant_mandate(member, stage.registry, holder, body, until, number, gas)
        case other:
            raise StoryError(f"{motion.reference}: no member can {other}")


def _by_office(stage: Stage, motion: Motion, act: Act, gas: int) -> None:
    registrar, governor, number = stage.registrar, stage.governor_of(motion), stage.proposal_id(motion)
    match act.name:
        case "minutes":
            record_minutes(registrar, governor, number, act.document_hash, gas)
        case "approval":
            record_approval(registrar, governor, number, act.details["approved"], act.document_hash, gas)
        case "close":
            close(registrar, governor, number, gas)
        case "queue":
            queue(registrar, governor, stage.filings[motion.reference], gas)
        case other:
            raise StoryError(f"{motion.reference}: no office can {other}")


def _rotate(stage: Stage, act: Act, gas: int) -> None:
    code, registry = act.details["member"], stage.registry
    member_id, fresh = stage.member_id(code), stage.wallet(code, SECOND_KEY)
    match act.name:
        case "propose_rotation":
            propose_rotation(stage.registrar, registry, member_id, fresh.address, gas)
        case "approve_rotation":
            approve_rotation(stage.office("approver"), registry, member_id, fresh.address, gas)
        case "complete_rotation":
            complete_rotation(stage.registrar, registry, member_id, gas)
            stage.turns[code] = SECOND_KEY
        case other:
            raise StoryError(f"{code}: no such step as {other}")
