"""What can be proposed through the portal: for each call that a kind may carry, the fields that people fill in.

The browser writes the call from these fields, by an interface of its own; from here it takes labels and shapes. A call
that is not listed can still be proposed, by script or by another program.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from backend.portal.labels import noop
from backend.queries.views import KindView


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to fill in."""

    name: str
    label: str
    control: str
    """How it is asked for, and how it is written into the call."""
    hint: str = ""
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Act:
    """One call in the words of people."""

    label: str
    fields: tuple[Field, ...]


MEMBER: Final = Field("member", noop("Organisation"), "member")
CLASS: Final = Field("class", noop("Class of membership"), "class")
BODY: Final = Field("body", noop("Body"), "body")
SEATED: Final = Field("body", noop("Body"), "seated_body")
ACCOUNT: Final = noop("An address: 0x and 40 digits. Have it read back by whoever holds it.")
SHARE: Final = noop("A fraction such as 2/3 or 51/100; 0/1 asks for nothing.")
DAYS: Final = noop("In whole days.")

ACTS: Final = {
    "resolve": Act(noop("Record the text as a decision"), ()),
    "resolveFor": Act(noop("Record the text as a decision about one organisation"), (MEMBER,)),
    "admit": Act(
        noop("Admit an organisation"),
        (
            Field("name", noop("Name of the organisation"), "line"),
            Field("code", noop("Short name"), "code", noop("Such as IT-TORINO: capital letters, digits, hyphens.")),
            Field("country", noop("Country"), "country"),
            CLASS,
            Field("wallet", noop("Its account"), "address", ACCOUNT),
        ),
    ),
    "changeClass": Act(noop("Change the class of a member"), (MEMBER, CLASS)),
    "recordExit": Act(noop("Let a member leave"), (MEMBER,)),
    "notifyBreach": Act(
        noop("Give formal notice of a breach"), (MEMBER, Field("days", noop("Time to remedy it"), "days", DAYS))
    ),
    "confirmRemedy": Act(noop("Confirm that a breach was remedied"), (MEMBER,)),
    "declareDefault": Act(noop("Declare a member a defaulting party"), (MEMBER,)),
    "exclude": Act(noop("Exclude a member"), (MEMBER,)),
    "reinstate": Act(noop("Reinstate a member"), (Field("member", noop("Organisation"), "any_member"),)),
    "grantSeat": Act(
        noop("Give a seat"),
        (
            SEATED,
            MEMBER,
            Field("until", noop("Until"), "moment", noop("Empty for a seat without a term."), optional=True),
        ),
    ),
    "endSeat": Act(noop("End a seat"), (SEATED, MEMBER)),
    "setChair": Act(noop("Name a chair"), (BODY, MEMBER)),
    "setRegistrar": Act(noop("Name another registrar"), (Field("account", noop("Its account"), "address", ACCOUNT),)),
    "setApprover": Act(noop("Name another approver"), (Field("account", noop("Its account"), "address", ACCOUNT),)),
    "setFactory": Act(
        noop("Use another factory of bodies"), (Field("account", noop("Its account"), "address", ACCOUNT),)
    ),
    "setDaoURI": Act(noop("Move the consortium's description"), (Field("address", noop("Address on the web"), "uri"),)),
    "createBody": Act(
        noop("Create a body"),
        (
            Field("name", noop("Name of the body"), "line"),
            Field("key", noop("Short name"), "name", noop("Such as jury_2031: small letters, digits, underscores.")),
            Field("hours", noop("Safety period before a decision takes effect"), "hours", noop("In whole hours.")),
            Field("rule", noop("Rule by default"), "rule"),
            Field("classes", noop("Whose members all vote there"), "classes", noop("None for a body of seats.")),
        ),
    ),
    "setRule": Act(
        noop("Set a rule"),
        (
            Field("name", noop("Short name of the rule"), "rule_name", noop("A name in use changes that rule.")),
            Field("notice", noop("Notice of an ordinary meeting"), "days", DAYS),
            Field("shortNotice", noop("Notice of an extraordinary meeting"), "days", DAYS),
            Field("period", noop("How long voting is open"), "days", DAYS),
            Field("standstill", noop("Standstill after the vote"), "days", DAYS),
            Field("vetoWindow", noop("Time for a veto after the vote"), "days", DAYS),
            Field("quorum", noop("Quorum"), "share", SHARE),
            Field("majority", noop("Majority"), "share", SHARE),
            Field("base", noop("The majority is a share of"), "base"),
            Field("strict", noop("More than the majority, not just as much"), "flag"),
            Field("countries", noop("Share of the countries in favour"), "share", SHARE),
            Field("tie", noop("As many votes for as against"), "tie"),
            Field("abstentionsCast", noop("Abstentions count as votes cast"), "flag"),
            Field("silenceConsents", noop("Silence counts as a vote in favour"), "flag"),
            Field("binding", noop("The decision binds"), "flag"),
            Field("earlyClose", noop("May be closed as soon as the outcome is certain"), "flag"),
            Field("revisable", noop("A ballot can be changed until the deadline"), "flag"),
            Field("externalApproval", noop("Waits for an outside authority"), "flag"),
            Field("calls", noop("Call from which no quorum is needed"), "whole", noop("0 for never.")),
            Field("mandates", noop("Mandates that one member may hold"), "whole"),
            Field("vetoGrounds", noop("Grounds for a veto"), "grounds"),
        ),
    ),
    "setKind": Act(
        noop("Set what a kind of proposal follows"),
        (
            Field("name", noop("Short name of the kind"), "kind_name"),
            BODY,
            Field("rule", noop("Rule"), "rule"),
            Field("resolution", noop("May just record a text"), "flag"),
            Field("effect", noop("For the organisation that such a text names"), "effect"),
        ),
    ),
    "listAction": Act(
        noop("Reserve a call to a kind"),
        (
            Field("kind", noop("Kind"), "kind"),
            Field("target", noop("Contract"), "address"),
            Field("selector", noop("Selector of the function"), "selector", noop("0x and 8 digits.")),
            Field("effect", noop("For the organisation that the call names"), "effect"),
            Field("argument", noop("Which argument names it"), "whole", noop("0 for none.")),
        ),
    ),
    "unlistAction": Act(
        noop("Let no proposal make a call any more"),
        (
            Field("target", noop("Contract"), "address"),
            Field("selector", noop("Selector of the function"), "selector", noop("0x and 8 digits.")),
        ),
    ),
}
"""Function → what is filled in."""

AMOUNT: Final = Field("amount", noop("Amount in euro"), "line", optional=True)
PARTICULARS: Final = {
    "budget": (Field("line", noop("Budget line"), "line", optional=True), AMOUNT),
    "budget_change": (
        Field("from", noop("From budget line"), "line", optional=True),
        Field("to", noop("To budget line"), "line", optional=True),
        AMOUNT,
    ),
    "grants_round": (AMOUNT, Field("deadline", noop("Applications until"), "line", optional=True)),
    "grant_award": (AMOUNT,),
    "project_participation": (Field("project", noop("Project"), "line", optional=True), AMOUNT),
}
"""Kind → facts that stand at the head of the text: a resolution is its text, and no contract reads more of it."""


def acts_of(kind: KindView) -> dict[str, Act]:
    """The calls of a kind that can be filled in here."""
    carried = [permission.function.partition("(")[0] for permission in kind.actions]
    if kind.resolution:
        carried.append("resolve")
    if kind.party_effect != "none":
        carried.append("resolveFor")
    return {name: ACTS[name] for name in carried if name in ACTS}


def targets_of(kind: KindView, records: str) -> dict[str, str]:
    """The contract that each of these calls goes to."""
    listed = {permission.function.partition("(")[0]: permission.target for permission in kind.actions}
    return {name: listed.get(name, records) for name in acts_of(kind)}
