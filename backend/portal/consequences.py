"""What happens if a proposal passes, in words: one sentence for each call it would make.

The sentences follow from what the proposal does, never from what its text says. Pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from backend.domain.members import MemberClass
from backend.portal.labels import noop
from backend.portal.proposed_rules import proposed_rule
from backend.portal.sentences import rule_sentences
from backend.portal.wording import Wording
from backend.queries.views import CallView, ProposalView

Names = Mapping[str, str]
"""Number of a member or of a body, as text → its name."""
NO_NAMES: Names = {}
RESOLVE = ("resolve", "resolveFor")


def consequences(words: Wording, proposal: ProposalView, names: Names, bodies: Names = NO_NAMES) -> tuple[str, ...]:
    """Say what adoption brings about, call by call; for a consultation, that nothing follows."""
    if not proposal.outcome.rule.binding:
        return (words.gettext("Nothing follows by itself: the result is recorded and binds nobody."),)
    fits = proposal.resolution_matches_text
    return tuple(said for call in proposal.calls for said in call_sentences(words, call, names, bodies, fits=fits))


def call_sentences(
    words: Wording, call: CallView, names: Names, bodies: Names = NO_NAMES, *, fits: bool | None
) -> Iterator[str]:
    """Say what one call brings about; `fits` says whether a text that it records is the proposal's own."""
    function = call.function.partition("(")[0]
    message = _SENTENCES.get(function)
    if message is None or (function in RESOLVE and fits is None):
        yield words.gettext("Calls %(function)s on %(contract)s.", function=call.function, contract=call.contract)
        return
    if function in RESOLVE and not fits:
        message = _OTHER_TEXT
    given = dict(call.arguments)
    yield words.gettext(message, **_facts(words, given, names, bodies))
    if function == "setRule":
        yield from _new_terms(words, given)


def _facts(words: Wording, given: Mapping[str, str], names: Names, bodies: Names) -> dict[str, str]:
    number, name, body = given.get("memberId", "?"), given.get("name", "?"), given.get("bodyId", "?")
    return {
        "member": names.get(number, f"#{number}"),
        "organisation": given.get("admission.name", "?"),
        "class": _class(words, given.get("admission.class", given.get("class", "?"))),
        "body": words.label("body", bodies[body]) if body in bodies else f"#{body}",
        "period": words.duration(_whole(given.get("remedyPeriod", "0"))),
        "rule": words.label("rule", name),
        "kind": words.label("kind", name),
        "new_body": words.label("body", given.get("plan.name", name)),
    }


def _class(words: Wording, number: str) -> str:
    known = {str(int(each)): each.label for each in MemberClass}
    return words.label("class", known[number]) if number in known else f"#{number}"


def _new_terms(words: Wording, given: Mapping[str, str]) -> tuple[str, ...]:
    """The rule that a call would set, in the words of any other rule; empty where its terms cannot be read."""
    rule = proposed_rule(given)
    return () if rule is None else rule_sentences(words, rule)


def _whole(text: str) -> int:
    return int(text) if text.isdecimal() else 0


_OTHER_TEXT = noop(
    "A text other than the one shown here is entered in the public record as a decision of the consortium."
)
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
    "setChair": noop("%(member)s chairs the body “%(body)s”; its ballot breaks ties where the rule says so."),
    "setApprover": noop("Another account gives the second signature when a lost account is replaced."),
    "setFactory": noop("Another contract creates the bodies that are decided on."),
    "setDaoURI": noop("The consortium describes itself at another address on the web."),
    "admit": noop(
        "%(organisation)s becomes a member (%(class)s). "
        "It may vote once its signed accession document has been recorded."
    ),
    "notifyBreach": noop("%(member)s gets formal notice of a breach and %(period)s to remedy it. It may still vote."),
    "confirmRemedy": noop("The breach by %(member)s counts as remedied."),
    "declareDefault": noop("%(member)s is declared a defaulting party: it stays a member and loses its vote."),
    "exclude": noop("The membership of %(member)s ends. Its past ballots stay."),
    "recordExit": noop("%(member)s leaves the consortium."),
    "changeClass": noop("%(member)s moves to another class of membership: %(class)s."),
    "grantSeat": noop("%(member)s gets a seat and a vote in the body “%(body)s”."),
    "endSeat": noop("%(member)s loses its seat in the body “%(body)s”."),
    "setRule": noop(
        "A new version of the rule “%(rule)s” applies to proposals published from then on. "
        "Earlier ones keep the old version. The new version says:"
    ),
    "setKind": noop("Proposals of the kind “%(kind)s” follow other terms from then on."),
    "listAction": noop("From then on only proposals of one kind may make the call named below."),
    "unlistAction": noop("From then on no proposal may make the call named below."),
    "setRegistrar": noop("The clerical acts of the register pass to another account."),
    "createBody": noop("The consortium gets a new body: “%(new_body)s”."),
}
