"""What a voter is told: every refusal of the contracts and every turn a wallet can take, marked for translation.

The page hands them, translated, to the voting module, which knows no language itself. In braces stand the facts that
the module fills in.
"""

from __future__ import annotations

from typing import Final

from backend.portal.labels import noop
from backend.portal.voting_turns import VOTING_TURNS
from backend.portal.wording import Wording

REFUSALS: Final = {
    "NOT_A_MEMBER": noop(
        "This account belongs to no member of the consortium. If your organisation is a member, choose its account in "
        "the wallet, or ask the coordinator which one is registered."
    ),
    "WALLET_REVOKED": noop(
        "Your organisation has moved on to another account; this one can no longer vote. "
        "Its vote is now with {wallet}: choose that account in the wallet."
    ),
    "MEMBER_DEFAULTING": noop(
        "Your organisation was declared a defaulting party. It stays a member but cannot vote until the assembly "
        "decides otherwise."
    ),
    "NO_VOTING_RIGHT": noop(
        "Your organisation has no vote in this body. Those who have one are listed on this page, under the ballots."
    ),
    "MEMBERSHIP_ENDED": noop(
        "Your organisation ({member}) is no longer a member of the consortium and cannot vote. Its past ballots stay."
    ),
    "NOT_IN_ELECTORATE": noop(
        "Your organisation had no vote yet when this vote opened ({snapshot}); who may vote was fixed then, and is "
        "listed on this page, under the ballots. It can vote on proposals that open later."
    ),
    "ALREADY_VOTED": noop("Your organisation has already voted here: {choice}, {when}. A ballot cannot be changed."),
    "ALREADY_VOTED_UNSEEN": noop("Your organisation has already voted here. A ballot cannot be changed."),
    "RECUSED": noop("Your organisation takes no part in this vote."),
    "TOO_MANY_REVISIONS": noop("Your organisation has changed its ballot too often; the last one counts."),
    "VOTING_NOT_OPEN": noop("Voting has not opened yet. It opens {opens}."),
    "VOTING_CLOSED": noop("The deadline has passed ({deadline}). A ballot can no longer count."),
    "INVALID_CHOICE": noop("Choose one of for, against and abstain."),
    "UNKNOWN_PROPOSAL": noop("The contract does not know this proposal. Reload the page."),
    "NOTICE_TOO_SHORT": noop("The notice is too short. The vote can open on {earliest} at the earliest."),
    "OTHER": noop("The contract would refuse this ballot: {detail}"),
}
OTHER_REFUSALS: Final = {
    "NO_MANDATE": noop("That organisation gave yours no mandate for this ballot."),
    "PROXY_LIMIT": noop("Your organisation has cast as many ballots of others here as the rule allows."),
    "OWN_BALLOT_STANDS": noop("That organisation has voted itself, and its own ballot stands."),
    "VETO_NOT_ALLOWED": noop("Your organisation cannot veto here: not on this ground, or not in its own case."),
    "VETO_TOO_LATE": noop("The time for a veto has passed."),
    "VETO_STANDS": noop("Your organisation has raised a veto already."),
    "NO_VETO": noop("Your organisation has no veto here that could be withdrawn."),
    "NOT_BINDING_YET": noop("The decision does not bind yet."),
    "OUTCOME_OPEN": noop("A ballot could still change the outcome."),
    "OBJECTION_TOO_LATE": noop("The time to object to the minutes has passed."),
    "ALREADY_OBJECTED": noop("Your organisation has objected to these minutes already; it does so once."),
    "RECONVENED_TOO_LATE": noop("The time to call this question again has passed."),
    "NO_FURTHER_CALL": noop("This question cannot be called again."),
    "MAY_NOT_PROPOSE": noop("Only founding members and partners in good standing put proposals."),
    "TOO_MANY_PROPOSALS": noop("Your organisation has put as many proposals here today as one day allows."),
    "UNEXPECTED_PHASE": noop("This cannot be done where the proposal stands now."),
}
"""Of the contracts to acts that are no ballots."""
WALLET_TURNS: Final = {
    "browser_wallet": noop("The wallet of this browser"),
    "choose_wallet": noop("Choose the wallet that holds your organisation's account."),
    "connecting": noop("Open your wallet: a window is waiting for you to connect."),
    "pending": noop(
        "Your wallet already has a window waiting, perhaps behind this one. Open the wallet and answer it."
    ),
    "locked": noop("The wallet is locked or shares no account. Unlock it, then choose it again."),
    "refused": noop("You refused in the wallet. Nothing was sent. You can try again."),
    "wrong_network": noop("Your wallet is on another network. This consortium votes on {chain} (number {chainId})."),
    "switching": noop("Open your wallet: a window asks to change the network."),
    "network_unknown": noop(
        "Your wallet does not know the network {chain} (number {chainId}), and this page has no public address for it. "
        "Ask the coordinator how to add it."
    ),
    "checking": noop("Asking the contract whether this account may vote…"),
    "eligible": noop("You vote for {member}."),
    "eligible_again": noop("You vote for {member}. Its ballot so far: {choice}, {when}. A new ballot takes its place."),
    "choose": noop("Choose for, against or abstain first."),
    "no_fee_money": noop("This account holds too little to pay the network fee. Ask the coordinator to top it up."),
    "review": noop("Check your ballot below. It cannot be changed once it is sent."),
    "sending": noop("Open your wallet: a window asks you to confirm the transaction."),
    "sent": noop("Sent. Waiting for the network to take it in. You may close this page; the ballot will still count."),
    "confirmed": noop("The network has taken in your ballot. Waiting for it to appear in the count…"),
    "counted": noop("Your ballot is counted: {choice}, for {member}."),
    "slow": noop("This takes longer than usual. The ballot is on its way; reload this page later to see it counted."),
    "reverted": noop("The contract refused the ballot, so it was not counted. {detail}"),
    "failed": noop("Nothing was sent. The wallet says: {detail}"),
    "account_changed": noop("The account in the wallet changed, so it is checked again."),
}


OF_MANDATES: Final = ("NO_MANDATE", "PROXY_LIMIT", "OWN_BALLOT_STANDS")
"""Refusals that can meet a ballot cast for another organisation."""
REVIEW_OF_A_CHANGEABLE_BALLOT: Final = noop(
    "Check your ballot below. You can change it until the deadline; the last one counts."
)


def voter_messages(words: Wording, *, revisable: bool = False) -> dict[str, str]:
    """Every sentence the voting module may need, in the reader's language, by its code.

    Before a ballot is sent it must be said whether it can be changed.
    """
    told = REFUSALS | {code: OTHER_REFUSALS[code] for code in OF_MANDATES} | WALLET_TURNS | VOTING_TURNS
    messages = {code: words.gettext(message) for code, message in told.items()}
    return messages | {"review": words.gettext(REVIEW_OF_A_CHANGEABLE_BALLOT)} if revisable else messages
