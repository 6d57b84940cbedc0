"""What a voter is told on the way without coins, from the signature to the count; marked for translation.

In braces stand the facts that the voting module fills in.
"""

from __future__ import annotations

from typing import Final

from backend.portal.labels import noop

VOTING_TURNS: Final = {
    "signing": noop("Open your wallet: a window shows the ballot and asks you to sign it. This costs nothing."),
    "handing_in": noop("Signed. Handing the ballot in…"),
    "way_accepted": noop(
        "Your ballot has been taken in and will be sent for you. You may close this page; it is sent all the same."
    ),
    "way_sent": noop("Your ballot was sent. Waiting for the network to take it in. You may close this page."),
    "way_failed": noop("Your ballot was not counted. {detail}"),
    "dropped": noop(
        "The network no longer knows the transaction, so your ballot may not be counted. Send it again, or wait: "
        "should it come back, this page will show it."
    ),
    "counted_without_words": noop(
        "Your ballot is counted: {choice}, for {member}. The words of its reason could not be handed in; they are kept "
        "in this browser, and handed in when you open this page again while voting is open."
    ),
    "not_taken": noop("The ballot was not taken in, and nothing was counted. {detail}"),
    "RELAY_OFF": noop("No ballots are sent for members here. Send yours yourself; your account pays the network fee."),
    "RELAY_AWAY": noop(
        "Voting free of charge does not work now: the service that sends the ballots does not answer. Try again in a "
        "few minutes."
    ),
    "RELAY_EMPTY": noop(
        "Voting free of charge does not work now: the account that pays the network fee is empty. Tell the coordinator."
    ),
    "RELAY_QUOTA": noop("Your organisation has voted free of charge as often as one day allows. Wait until tomorrow."),
    "FEES_TOO_HIGH": noop(
        "Voting free of charge does not work now: the network fee is above the limit of the consortium. Wait until it "
        "falls."
    ),
    "BALLOT_UNDER_WAY": noop("Another ballot of your organisation is on its way here. Wait until it is counted."),
    "WRONG_NONCE": noop("Another ballot of your organisation was counted meanwhile. Reload the page and look at it."),
    "INVALID_SIGNATURE": noop(
        "The wallet signed with another account than the one it showed to this page, or not what it was asked to. "
        "Nothing was handed in. Check the account in the wallet and try again."
    ),
    "SUPERSEDED": noop("Another ballot of your organisation was counted in its place."),
    "REVERTED": noop("The transaction failed three times. Try again, or pay the network fee yourself."),
}
