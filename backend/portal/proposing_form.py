"""What the form for a proposal is made of, and what its module is told: contracts, fields, sentences."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from backend.domain.members import GONE_LABELS, MemberClass
from backend.domain.rules import Base, PartyEffect, TieBreak, VetoGround
from backend.portal import labels
from backend.portal.languages import languages
from backend.portal.proposable import ACTS, PARTICULARS, Act, acts_of, targets_of
from backend.portal.proposing_words import proposing_messages
from backend.portal.signing_box import signing_box
from backend.portal.visit import Visit
from backend.portal.wording import Wording
from backend.queries.bodies import list_bodies
from backend.queries.kinds import list_kinds
from backend.queries.members import list_members
from backend.queries.rules import list_rules
from backend.queries.views import BodyView, KindView, MemberView, RuleView
from backend.settings import Settings

WRITTEN_IN: Final = (
    *("sl", "en", "it", "ro", "el", "hr", "de", "fr", "es", "pt", "hu", "bg", "cs", "sk", "pl", "da", "sv", "fi", "et"),
    *("lv", "lt", "nl", "mt", "ga"),
)
"""Languages in which a text can be written here: the official ones of the Union."""

Choice = tuple[str, str]
"""A value, and what people call it."""


@dataclass(frozen=True, slots=True)
class ProposingForm:
    """One kind, with all that its form shows."""

    kind: KindView
    rule: RuleView
    body: BodyView
    acts: dict[str, Act]
    choices: dict[str, tuple[Choice, ...]]
    """By control: what can be chosen."""
    module: dict[str, object]
    """JSON-ready: what the page's module is told."""


def proposable_kinds(visited: Visit) -> dict[str, tuple[KindView, ...]]:
    """The kinds that can be proposed here, by the body that decides on them, in the order people read them."""
    reading, words = visited.reading, visited.words
    kinds = [kind for kind in list_kinds(reading.session, reading.consortium) if acts_of(kind)]
    kinds.sort(key=lambda kind: words.place(words.label("kind", kind.name)))
    bodies = [body.name for body in list_bodies(reading.session, reading.consortium, reading.now)]
    return {body: tuple(kind for kind in kinds if kind.body == body) for body in bodies}


def proposing_form(visited: Visit, settings: Settings, kind: KindView) -> ProposingForm:
    """Gather what the form of a kind needs."""
    reading, words = visited.reading, visited.words
    session, consortium = reading.session, reading.consortium
    rules = list_rules(session, consortium, in_force=True)
    bodies = list_bodies(session, consortium, reading.now)
    members = list_members(session, consortium, reading.now)
    kinds = list_kinds(session, consortium)
    body = next(each for each in bodies if each.name == kind.body)
    return ProposingForm(
        kind=kind,
        rule=next(each for each in rules if each.name == kind.rule),
        body=body,
        acts=acts_of(kind),
        choices=_choices(words, members, bodies, rules, kinds),
        module=_module(visited, settings, kind, body, rules),
    )


def languages_to_write_in(words: Wording, written: Iterable[str]) -> tuple[Choice, ...]:
    """The reader's own language first, then those of the portal, then the others and those of a text there is."""
    first = (words.language, *languages(), *WRITTEN_IN, *written)
    return tuple((code, words.language_name(code)) for code in dict.fromkeys(first))


def _module(
    visited: Visit,
    settings: Settings,
    kind: KindView,
    body: BodyView,
    rules: Collection[RuleView],
) -> dict[str, object]:
    words, consortium = visited.words, visited.reading.consortium
    return signing_box(visited, settings) | {
        "governor": body.governor,
        "timelock": body.timelock,
        "kind": {"id": kind.id, "name": kind.name},
        "binding": next(rule.binding for rule in rules if rule.name == kind.rule),
        "targets": targets_of(kind, consortium.records),
        "acts": {name: [[f.name, f.control, f.optional] for f in ACTS[name].fields] for name in acts_of(kind)},
        "particulars": _particulars(kind, words),
        "rules": {rule.name: _terms(rule) for rule in rules} if "setRule" in acts_of(kind) else {},
        "messages": proposing_messages(words),
    }


def _particulars(kind: KindView, words: Wording) -> list[dict[str, object]]:
    """Facts at the head of each text, with their labels in each language that the portal speaks."""
    tongues = {code: Wording(code, words.zone, words.now) for code in languages()}
    return [
        {"name": field.name, "labels": {code: tongue.gettext(field.label) for code, tongue in tongues.items()}}
        for field in PARTICULARS.get(kind.name, ())
    ]


def _terms(rule: RuleView) -> dict[str, object]:
    """A rule in force as its form shows it; times in days."""
    return {
        "notice": rule.notice // 86_400,
        "shortNotice": rule.short_notice // 86_400,
        "period": rule.period // 86_400,
        "standstill": rule.standstill // 86_400,
        "vetoWindow": rule.veto_window // 86_400,
        "quorum": rule.quorum,
        "majority": rule.majority,
        "countries": rule.countries,
        "base": str(int(Base[rule.base.upper()])),
        "tie": str(int(TieBreak[rule.tie.upper()])),
        "strict": rule.strict,
        "abstentionsCast": rule.abstentions_cast,
        "silenceConsents": rule.silence_consents,
        "binding": rule.binding,
        "earlyClose": rule.early_close,
        "revisable": rule.revisable,
        "externalApproval": rule.external_approval,
        "calls": rule.calls,
        "mandates": rule.mandates,
        "vetoGrounds": [str(int(VetoGround[ground.upper()])) for ground in rule.veto_grounds],
    }


def _choices(
    words: Wording,
    members: Collection[MemberView],
    bodies: Iterable[BodyView],
    rules: Iterable[RuleView],
    kinds: Iterable[KindView],
) -> dict[str, tuple[Choice, ...]]:
    territories = map(str, words.locale.territories)
    countries = [(code, words.country(code)) for code in territories if _is_country(code)]
    named = [(str(kind.id), words.label("kind", kind.name)) for kind in kinds]
    real = [each for each in MemberClass if each.label in labels.CLASSES]
    classes = tuple((str(int(each)), words.label("class", each.label)) for each in real)
    every = tuple(bodies)
    return {
        "member": tuple((str(each.id), each.name) for each in members if each.status not in GONE_LABELS),
        "any_member": tuple((str(each.id), each.name) for each in members),
        "body": tuple((str(each.id), words.label("body", each.name)) for each in every),
        "seated_body": tuple((str(each.id), words.label("body", each.name)) for each in every if not each.classes),
        "class": classes,
        "classes": classes,
        "country": tuple(sorted(countries, key=lambda choice: words.place(choice[1]))),
        "rule": tuple((rule.name, f"{words.label('rule', rule.name)} ({rule.name})") for rule in rules),
        "kind": tuple(sorted(named, key=lambda choice: words.place(choice[1]))),
        "base": tuple((str(int(each)), words.gettext(_BASES[each])) for each in Base),
        "tie": tuple((str(int(each)), words.gettext(_TIES[each])) for each in TieBreak),
        "effect": tuple((str(int(each)), words.gettext(_EFFECTS[each])) for each in PartyEffect),
        "grounds": tuple((str(int(each)), words.label("ground", each.label)) for each in VetoGround),
    }


def _is_country(code: str) -> bool:
    """Codes of two letters that stand for countries, not for unions or for nothing."""
    return len(code) == 2 and code.isalpha() and code not in {"EU", "EZ", "UN", "ZZ", "QO", "XA", "XB"}


_BASES = {
    Base.CAST: labels.noop("the votes for and against"),
    Base.PARTICIPATING: labels.noop("all ballots handed in"),
    Base.ENTITLED: labels.noop("all members entitled to vote"),
}
_TIES = {
    TieBreak.REJECTED: labels.noop("reject the proposal"),
    TieBreak.CHAIR: labels.noop("let the chair's ballot decide"),
}
_EFFECTS = {
    PartyEffect.NONE: labels.noop("nothing follows"),
    PartyEffect.BARS_VETO: labels.noop("it may not veto"),
    PartyEffect.RECUSES: labels.noop("it takes no part in the vote"),
}
