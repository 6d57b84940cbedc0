"""What happens if a proposal passes, in words: one sentence for each call it would make.

The sentences follow from what the proposal does, never from what its text says. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping

from backend.portal.labels import noop
from backend.portal.wording import Wording
from backend.queries.views import CallView, ProposalView

Names = Mapping[str, str]
"""Number of a member, as text → its name."""


def consequences(words: Wording, proposal: ProposalView, names: Names) -> tuple[str, ...]:
    """Say what adoption brings about, call by call; for a consultation, that nothing follows."""
    if not proposal.outcome.rule.binding:
        return (words.gettext("Nothing follows by itself: the result is recorded and binds nobody."),)
    return tuple(_sentence(words, call, names) for call in proposal.calls)


def _sentence(words: Wording, call: CallView, names: Names) -> str:
    message = _SENTENCES.get(call.function.partition("(")[0])
    if message is None:
        return words.gettext("Calls %(function)s on %(contract)s.", function=call.function, contract=call.contract)
    given = dict(call.arguments)
    number, name = given.get("memberId", "?"), given.get("name", "?")
    return words.gettext(
        message,
        member=names.get(number, f"#{number}"),
        period=words.duration(_whole(given.get("remedyPeriod", "0"))),
        rule=words.label("rule", name),
        kind=words.label("kind", name),
    )


def _whole(text: str) -> int:
    return int(text) if text.isdecimal() else 0


_SENTENCES = {
    "resolve": noop(
        "The text becomes a decision of the consortium and is entered in its public record. "
        "Nothing else changes by itself."
    ),
    "resolveFor": noop(
        "The text becomes a decision about %(member)s and is entered in the public record of the consortium. "
        "Nothing else changes by itself."
    ),
    "anchor": noop("The fingerprint of a document is entered in the public record of the consortium."),
    "reinstate": noop("%(member)s is a member in good standing again and may vote."),
    "setChair": noop("%(member)s chairs the body; its ballot breaks ties where the rule says so."),
    "setApprover": noop("Another account gives the second signature when a lost account is replaced."),
    "setFactory": noop("Another contract creates the bodies that are decided on."),
    "setDaoURI": noop("The consortium describes itself at another address on the web."),
    "admit": noop(
        "The organisation becomes a member. It may vote once its signed accession document has been recorded."
    ),
    "notifyBreach": noop("%(member)s gets formal notice of a breach and %(period)s to remedy it. It may still vote."),
    "confirmRemedy": noop("The breach by %(member)s counts as remedied."),
    "declareDefault": noop("%(member)s is declared a defaulting party: it stays a member and loses its vote."),
    "exclude": noop("The membership of %(member)s ends. Its past ballots stay."),
    "recordExit": noop("%(member)s leaves the consortium."),
    "changeClass": noop("%(member)s moves to another class of membership."),
    "grantSeat": noop("%(member)s gets a seat and a vote in the body."),
    "endSeat": noop("%(member)s loses its seat in the body."),
    "setRule": noop(
        "A new version of the rule “%(rule)s” applies to proposals published from then on. "
        "Earlier ones keep the old version."
    ),
    "setKind": noop("Proposals of the kind “%(kind)s” follow other terms from then on."),
    "listAction": noop("From then on only proposals of one kind may make the call named below."),
    "unlistAction": noop("From then on no proposal may make the call named below."),
    "setRegistrar": noop("The clerical acts of the register pass to another account."),
    "createBody": noop("The consortium gets a new body."),
}
