"""Claims about rules, kinds and the calls that belong to them, as questions to the rulebook."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.audit.claims.claim import Claim
from backend.chain.contracts import Deployment
from backend.chain.views import Answer, View
from backend.database.records import KindActionRecord, KindRecord, RuleRecord

RULEBOOK = "Rulebook"
SAME_NAMES = {
    "notice": "notice",
    "shortNotice": "short_notice",
    "period": "period",
    "standstill": "standstill",
    "vetoWindow": "veto_window",
    "quorumNumerator": "quorum_numerator",
    "quorumDenominator": "quorum_denominator",
    "majorityNumerator": "majority_numerator",
    "majorityDenominator": "majority_denominator",
    "countryNumerator": "country_numerator",
    "countryDenominator": "country_denominator",
    "base": "base",
    "strict": "strict",
    "abstentionsCast": "abstentions_cast",
    "silenceConsents": "silence_consents",
    "binding": "binding",
    "earlyClose": "early_close",
    "revisable": "revisable",
    "externalApproval": "external_approval",
    "tie": "tie",
    "calls": "calls",
    "mandates": "mandates",
    "vetoGrounds": "veto_grounds",
}
"""Every field of a rule on chain, and the column that mirrors it."""


def claims_of_law(session: Session, consortium_id: int, deployment: Deployment) -> Iterator[Claim]:
    """Claim the whole law: every version of every rule, every kind, every listed call."""

    def claim(subject: str, function: str, says: Answer, *arguments: object) -> Claim:
        return Claim(subject, View(RULEBOOK, deployment.rulebook, function, arguments), says)

    rules = session.scalars(select(RuleRecord).where(RuleRecord.consortium_id == consortium_id)).all()
    kinds = session.scalars(select(KindRecord).where(KindRecord.consortium_id == consortium_id)).all()
    actions = session.scalars(select(KindActionRecord).where(KindActionRecord.consortium_id == consortium_id)).all()
    yield claim("the law", "records", {"records": deployment.records})
    yield claim("the law", "ruleCount", {"ruleCount": len(rules)})
    yield claim("the law", "kindCount", {"kindCount": len(kinds)})
    for rule in rules:
        yield claim(f"rule {rule.rule_id}", "rule", _rule(rule), rule.rule_id)
    for kind in kinds:
        yield claim(f"kind {kind.kind_id}", "kind", _kind(kind), kind.kind_id)
    for action in actions:
        call = (action.target, bytes.fromhex(action.selector[2:]))
        party = {"partyEffect": int(action.party_effect), "partyArgument": action.party_argument}
        subject = f"call {action.selector} of {action.target}"
        yield claim(subject, "kindOfAction", {"kindOfAction": action.kind_id}, *call)
        yield claim(subject, "partyOfAction", party, *call)


def _rule(rule: RuleRecord) -> Answer:
    settings = {theirs: getattr(rule, ours) for theirs, ours in SAME_NAMES.items()}
    # The rule itself is an output without a name, and so goes by that of its function.
    return {"name": rule.name, "version": rule.version, "rule": settings}


def _kind(kind: KindRecord) -> Answer:
    return {
        "name": kind.name,
        "bodyId": kind.body_id,
        "ruleId": kind.rule_id,
        "resolution": kind.resolution,
        "partyEffect": int(kind.party_effect),
    }
