"""What is said while somebody acts with a wallet: refusals with their dates, and each turn of the way.

In braces stand the facts that the module fills in: dates, names and states as the reader calls them.
"""

from __future__ import annotations

from typing import Final

from backend.portal import labels
from backend.portal.labels import noop
from backend.portal.refusals import OTHER_REFUSALS, REFUSALS, WALLET_TURNS
from backend.portal.wording import Wording

ACT_REFUSALS: Final = {
    "WALLET_REVOKED": noop(
        "Your organisation has moved on to another account; this one can do nothing any more. Choose the new account "
        "in the wallet."
    ),
    "MEMBER_DEFAULTING": noop(
        "Your organisation was declared a defaulting party. It stays a member, but this right rests until the assembly "
        "decides otherwise."
    ),
    "NO_VOTING_RIGHT": noop("Only members that vote in this body can do this; your organisation does not."),
    "NOT_IN_ELECTORATE": noop(
        "Your organisation had no vote yet when this vote opened ({snapshot}), so it has no say on this proposal."
    ),
    "ALREADY_VOTED": noop("Your organisation has voted already, so it can no longer declare that it takes no part."),
    "VOTING_NOT_OPEN": noop("This is possible once voting has opened: {opensAfter}."),
    "VETO_NOT_ALLOWED": noop(
        "Your organisation cannot veto here. Founding members and partners in good standing can, on the grounds that "
        "the rule lists."
    ),
    "VETO_BARRED": noop("The proposal is about your organisation, and nobody vetoes in its own case."),
    "VETO_TOO_LATE": noop("The time for a veto has passed. It ended {deadline}."),
    "NOT_BINDING_YET": noop(
        "The decision does not bind yet ({phase}). The last day on which it does not: {bindingAt}."
    ),
    "NOT_BINDING": noop("A consultation binds nobody, so nothing can be set in motion."),
    "OBJECTION_TOO_LATE": noop("The time to object to the minutes has passed. It ended {deadline}."),
    "RECONVENED_TOO_LATE": noop("The time to call this question again has passed. It ended {deadline}."),
    "NOTICE_TOO_SHORT": noop("The notice would be too short. Voting can open {earliest} at the earliest."),
    "OPENS_TOO_LATE": noop("That is too far ahead. Voting must open by {latest}."),
    "UNEXPECTED_PHASE": noop("This cannot be done where the proposal stands now: {phase}."),
    "UNEXPECTED_PROPOSAL_STATE": noop("This cannot be done where the proposal stands now. Reload the page."),
    "NOT_AN_OFFICE": noop(
        "Only the coordinator's office does this: the account of the registrar or of the approver. Choose it in the "
        "wallet."
    ),
    "MISSING_DOCUMENT": noop("The document is missing."),
    "NONEXISTENT_PROPOSAL": noop("The contract does not know this proposal. Reload the page."),
    "UNABLE_TO_CANCEL": noop("Only the member that put the question takes it back, and only before voting opens."),
    "UNEXPECTED_OPERATION_STATE": noop("The safety period is not over yet. Try again once it is."),
    "FAILED_CALL": noop(
        "One of the calls of the decision fails today, so it cannot take effect. Tell the coordinator."
    ),
    "UNAUTHORIZED": noop("This account does not hold the office that does this. Choose the account of the office."),
    "NOT_THE_OLD_ACCOUNT": noop(
        "Only the old account stops the change. Was the new account mistaken? Then the first office asks again, with "
        "the right one: that takes the place of this request."
    ),
    "UNKNOWN_WALLET": noop("This account belongs to no member of the consortium. Choose your organisation's account."),
    "UNKNOWN_MEMBER": noop("There is no member of that number."),
    "UNKNOWN_BODY": noop("There is no such body."),
    "UNEXPECTED_STATUS": noop("This cannot be done where the member stands now: {memberId}, {status}."),
    "INVALID_WALLET": noop("That is no account that could be used."),
    "WALLET_IN_USE": noop("That account belongs to a member already: {memberId}. Choose one that was never used here."),
    "INVALID_MANDATE": noop(
        "Such a mandate cannot be given: it must go to another member and end in the future ({until})."
    ),
    "INVALID_SIGNATURE": noop(
        "The signature does not fit: another account signed, or the mandate was changed or used meanwhile. Have it "
        "signed again."
    ),
    "SIGNATURE_EXPIRED": noop("The signed mandate had to be handed in by {deadline}. Have it signed again."),
    "NO_MANDATE": noop("There is no mandate here that could be taken back."),
    "NO_ROTATION": noop("No such change of account is under way. The registrar asks for it first."),
    "ROTATION_NOT_APPROVED": noop("The second office has not agreed yet."),
    "ROTATION_DELAY": noop(
        "The change takes effect {effectiveFrom} at the earliest; until then the old account stops it."
    ),
    "TERM_RUNNING": noop("The term is not over yet. It ends {until}."),
    "INVALID_SEAT": noop("There is no such seat."),
    "OTHER": noop("The contract would refuse this: {detail}"),
}
"""Where an act needs other words than a ballot, or carries a date that a ballot's refusal has not."""
ACT_TURNS: Final = {
    "checking": noop("Asking the contract whether this account may do this now…"),
    "review": noop("Check what will be sent. It is public, and it cannot be unsaid."),
    "review_signature": noop("Check what will be signed. Nothing is sent by signing."),
    "sending": noop("Open your wallet: a window asks you to confirm the transaction."),
    "signing": noop("Open your wallet: a window asks you to sign."),
    "sent": noop("Sent. Waiting for the network to take it in. You may close this; it is on its way."),
    "confirmed": noop("The network has taken it in. Waiting for it to appear on record here…"),
    "slow": noop("This takes longer than usual. It is on its way; reload the page later to see it on record."),
    "reverted": noop("The contract refused it, so nothing has changed. {detail}"),
    "no_wallet": noop(
        "No wallet was found in this browser. Open the page in the browser that holds your organisation's wallet."
    ),
    "nobody": noop("an account of no member"),
    "about_proposal": noop("Proposal"),
    "about_member": noop("Organisation"),
    "about_account": noop("The new account"),
    "registrar": noop("the coordinator's office (registrar)"),
    "approver": noop("the second office (approver)"),
    "field_missing": noop("Still missing: {field}"),
    "field_address": noop(
        "That is no account: an account starts with 0x and has 40 more digits from 0 to 9 and a to f."
    ),
    "field_two_documents": noop("Give the text or a file, not both: only one of them is recorded."),
    "field_too_early": noop("That is too early. The earliest date that the rule allows: {earliest}."),
    "field_too_late": noop("That is too late. The last possible date: {latest}."),
    "field_unreadable": noop("This is not a signed mandate of this consortium. Paste it whole, as it was handed out."),
    "another_proposal": noop("The page and the chain disagree about this proposal. Nothing was sent. Reload the page."),
}
_TURNS_SHARED_WITH_BALLOTS: Final = (
    "browser_wallet",
    "choose_wallet",
    "connecting",
    "pending",
    "locked",
    "refused",
    "wrong_network",
    "switching",
    "network_unknown",
    "no_fee_money",
    "failed",
    "account_changed",
)
PHASES: Final = (
    "pending",
    "open",
    "no_quorum",
    "rejected",
    "vetoed",
    "not_approved",
    "consulted",
    "adopted",
    "awaiting_approval",
    "binding",
    "queued",
    "executed",
    "withdrawn",
)
"""As the contracts count them."""
STATUSES: Final = ("none", "admitted", "active", "in_breach", "defaulting", "excluded", "left")
"""As the registry counts them."""


def act_messages(words: Wording) -> dict[str, str]:
    """Every sentence that the module for acts may need, in the reader's language, by its code."""
    shared = {code: WALLET_TURNS[code] for code in _TURNS_SHARED_WITH_BALLOTS}
    spoken = {**REFUSALS, **OTHER_REFUSALS, **shared, **ACT_REFUSALS, **ACT_TURNS}
    return {code: words.gettext(message) for code, message in spoken.items()}


def phases_in_words(words: Wording) -> list[str]:
    """What people call each phase, by the contract's number."""
    return [words.label("state", phase) for phase in PHASES]


def statuses_in_words(words: Wording) -> list[str]:
    """What people call each status of a member, by the registry's number."""
    return [words.label("status", status) if status in labels.STATUSES else "" for status in STATUSES]
