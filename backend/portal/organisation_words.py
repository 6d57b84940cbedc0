"""What somebody is told who sees to the affairs of their organisation; marked for translation."""

from __future__ import annotations

from typing import Final

from backend.portal.labels import noop
from backend.portal.proposing_words import FIELDS, LAW
from backend.portal.signing_words import SIGNING
from backend.portal.wording import Wording

AFFAIRS: Final = {
    "no_people": noop("Nobody is on file yet."),
    "person_saved": noop("{name} is on file."),
    "person_corrected": noop("Corrected."),
    "person_ended": noop("{name} does not act for your organisation any more."),
    "person_erased": noop("Erased. The record keeps a number drawn by lot, and no name."),
    "person_until": noop("until {when}"),
    "person_since": noop("since {when}"),
    "person_gone": noop("erased"),
    "function_representative": noop("Representative"),
    "function_deputy": noop("Deputy"),
    "function_contact": noop("Contact"),
    "FIELD_EMAIL": noop("Not an e-mail address."),
    "FIELD_CONSENT": noop("They must have agreed; without that nothing may be kept."),
    "PERSON_NOT_FOUND": noop("This person is not on file any more, or belongs to another organisation."),
    "NOT_ALLOWED": noop("Your account may not do this."),
    "notices_saved": noop("Saved."),
    "notices_off": noop("This service sends no e-mail at present."),
    "notices_nobody": noop("Nobody is on file for your account. Put yourself on file above, with that account."),
    "notices_stopped": noop("You stopped all notices by the link in a letter. Wanting one again undoes it."),
    "rotate_same": noop("That is the account you have."),
    "rotate_review": noop(
        "From the next block on only {wallet} speaks for {member}. Read the address aloud once more."
    ),
    "rotate_other": noop("The wallet holds an account that is not the one of {member}."),
    "rotate_sent": noop("Sent. Waiting for the network to take it in."),
    "rotate_done": noop(
        "{member} has moved to its new account. Your session has ended with the old one: sign in with the new one."
    ),
    "rotate_slow": noop("This takes longer than usual. Look at this page again later."),
    "rotate_reverted": noop("The contract refused it, and nothing has changed. {detail}"),
    "INVALID_WALLET": noop("This cannot be the account of an organisation."),
    "UNKNOWN_WALLET": noop("The account in the wallet is of no organisation."),
}
NOTICES: Final = {
    "published": noop("A proposal was published"),
    "opened": noop("Voting has opened"),
    "three_days": noop("Three days before the end, if we have not voted"),
    "one_day": noop("One day before the end, if we have not voted"),
    "result": noop("The result, and when it binds"),
    "reminder": noop("Reminders by the coordinator"),
}
"""As the service calls them."""


def organisation_messages(words: Wording) -> dict[str, str]:
    """Every sentence the page's module may need, in the reader's language, by its code."""
    told = LAW | FIELDS | SIGNING | AFFAIRS
    return {code: words.gettext(message) for code, message in told.items()}
