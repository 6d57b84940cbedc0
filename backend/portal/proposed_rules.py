"""The rule that a proposal would set, read from the arguments of its call as if it were in the rulebook. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from backend.domain.rules import Base, TieBreak, grounds_of
from backend.queries.views import RuleView

_TERMS = "rule."
_TERM_NAMES = {
    *("notice", "shortNotice", "period", "standstill", "vetoWindow", "quorumNumerator", "quorumDenominator"),
    *("majorityNumerator", "majorityDenominator", "countryNumerator", "countryDenominator", "base", "strict"),
    *("abstentionsCast", "silenceConsents", "binding", "earlyClose", "revisable", "externalApproval", "tie"),
    *("calls", "mandates", "vetoGrounds"),
}
_BASES = {str(int(base)): base.label for base in Base}
_TIES = {str(int(tie)): tie.label for tie in TieBreak}


def proposed_rule(given: Mapping[str, str]) -> RuleView | None:
    """Read a rule from named arguments such as `rule.notice`; None where they are not exactly the terms known here."""
    terms = {name.removeprefix(_TERMS): value for name, value in given.items() if name.startswith(_TERMS)}
    if terms.keys() != _TERM_NAMES or terms["base"] not in _BASES or terms["tie"] not in _TIES:
        return None
    return RuleView(
        id=0,
        name=given["name"],
        version=0,
        in_force=False,
        notice=int(terms["notice"]),
        short_notice=int(terms["shortNotice"]),
        period=int(terms["period"]),
        quorum=f"{terms['quorumNumerator']}/{terms['quorumDenominator']}",
        majority=f"{terms['majorityNumerator']}/{terms['majorityDenominator']}",
        base=_BASES[terms["base"]],
        strict=terms["strict"] == "true",
        binding=terms["binding"] == "true",
        standstill=int(terms["standstill"]),
        veto_window=int(terms["vetoWindow"]),
        countries=f"{terms['countryNumerator']}/{terms['countryDenominator']}",
        abstentions_cast=terms["abstentionsCast"] == "true",
        silence_consents=terms["silenceConsents"] == "true",
        early_close=terms["earlyClose"] == "true",
        revisable=terms["revisable"] == "true",
        external_approval=terms["externalApproval"] == "true",
        tie=_TIES[terms["tie"]],
        calls=int(terms["calls"]),
        mandates=int(terms["mandates"]),
        veto_grounds=tuple(ground.label for ground in grounds_of(int(terms["vetoGrounds"]))),
        set_at=0,
    )
