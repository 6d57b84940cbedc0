"""What somebody who puts a proposal is told: by the form, by the law, by the contract, by the wallet.

The page hands the sentences, translated, to its module, which knows no language. It fills in the facts in braces.
"""

from __future__ import annotations

from typing import Final

from backend.portal.labels import noop
from backend.portal.refusals import OTHER_REFUSALS, REFUSALS
from backend.portal.signing_words import SIGNING
from backend.portal.wording import Wording

FIELDS: Final = {
    "FIELD_EMPTY": noop("Fill this in."),
    "FIELD_TOO_LONG": noop("Too long: at most {most} characters."),
    "FIELD_ADDRESS": noop("Not an address. It begins with 0x and has 40 digits after it: copy it, do not type it."),
    "FIELD_CHECKSUM": noop("A letter or digit of this address is wrong. Copy it again."),
    "FIELD_CODE": noop("Use capital letters, digits and hyphens, at most 31."),
    "FIELD_NAME": noop("Use letters, digits, hyphens, dots and underscores, at most 31."),
    "FIELD_WHOLE": noop("Give a whole number from 0 to {most}."),
    "FIELD_SHARE": noop("Give a fraction such as 2/3, at most 1."),
    "FIELD_SELECTOR": noop("Give 0x and 8 digits."),
    "FIELD_URI": noop("Give a whole address, such as https://consortium.example/dao.json."),
    "FIELD_MOMENT": noop("Give a day and a time."),
    "FIELD_CHOICE": noop("Choose one."),
    "FIELD_CHARACTERS": noop("This holds characters that cannot be seen. Type it again, or paste it as plain text."),
    "FIELD_PAST": noop("This lies in the past."),
    "NO_TEXT": noop("Write a title in at least one language."),
    "NO_AUTHORITATIVE": noop("Say which of the texts is authentic."),
    "NO_ACT": noop("Say what is to be done."),
    "NO_TIME": noop("Say when voting is to open."),
    "errors": noop("Something is missing or not right yet. It is marked below; nothing you typed is lost."),
}
LAW: Final = {
    "NOTICE_TOO_SHORT": REFUSALS["NOTICE_TOO_SHORT"],
    "OPENS_TOO_LATE": noop("That is too far away. The vote can open on {latest} at the latest."),
    "NOT_A_MEMBER": REFUSALS["NOT_A_MEMBER"],
    "WALLET_REVOKED": noop(
        "Your organisation has moved on to another account; this one can no longer propose. Choose the new account in "
        "the wallet."
    ),
    "MAY_NOT_PROPOSE": OTHER_REFUSALS["MAY_NOT_PROPOSE"],
    "TOO_MANY_PROPOSALS": OTHER_REFUSALS["TOO_MANY_PROPOSALS"],
    "UNEXPECTED_PHASE": OTHER_REFUSALS["UNEXPECTED_PHASE"],
    "NOT_A_RESOLUTION": noop("This kind does not take a mere text."),
    "ACTION_NOT_LISTED": noop("No kind of proposal may make this call."),
    "MIXED_KINDS": noop("These acts belong to different kinds: propose them one by one."),
    "WRONG_BODY": noop("Another body decides on this."),
    "PARTY_NOT_ALONE": noop("An act that concerns an organisation must stand alone: propose the others apart."),
    "UNEXPECTED_PROPOSAL_STATE": noop("The same proposal, with the same text, has been put already."),
    "RESTRICTED_PROPOSER": noop("The account in the wallet is not the one the proposal was written for. Check again."),
    "UNKNOWN_MEMBER": noop("There is no such organisation on the roll."),
    "WALLET_IN_USE": noop("This account belongs to an organisation already."),
    "INVALID_ADMISSION": noop("The contract does not take this admission: check country, class and account."),
    "INVALID_CLASS": noop("The organisation cannot move to this class."),
    "UNEXPECTED_STATUS": noop("The organisation does not stand so that this could be done to it."),
    "REMEDY_RUNNING": noop("The time to remedy the breach is still running."),
    "INVALID_REMEDY_PERIOD": noop("The time to remedy a breach is too short or too long."),
    "INVALID_SEAT": noop("The organisation cannot have, or does not have, this seat."),
    "INVALID_TERM": noop("The term must end in the future."),
    "APPROVER_IS_REGISTRAR": noop("Registrar and approver must be two accounts."),
    "INVALID_FRACTION": noop("A share must be a fraction of at most 1."),
    "DURATION_OUT_OF_BOUNDS": noop("A time is too short or too long."),
    "SHORT_NOTICE_TOO_LONG": noop("The notice of an extraordinary meeting cannot be longer than the ordinary one."),
    "INCOMPATIBLE_SETTINGS": noop("Some of these settings contradict each other."),
    "UNKNOWN_RULE": noop("There is no such rule."),
    "UNKNOWN_KIND": noop("There is no such kind."),
    "ACTION_TAKEN": noop("Another kind has this call already."),
    "FORBIDDEN_TARGET": noop("This contract cannot be called by decisions."),
    "LOCK_OUT": noop("The consortium would lock itself out: the contract does not take this."),
    "OTHER": noop("The contract would refuse this proposal: {detail}"),
}
TURNS: Final = {
    "restored": noop("What you typed last time is here again."),
    "revision_begun": noop(
        "The form begins with the vetoed proposal: its texts, its acts and its attachments. Change what the veto is "
        "about."
    ),
    "revision_left": noop(
        "The form begins with the vetoed proposal. Some of its acts cannot be filled in here: compare with the first "
        "one before you publish."
    ),
    "revision_empty": noop("What the vetoed proposal said is not to be had just now. Write it anew."),
    "draft_saving": noop("Saving…"),
    "draft_saved": noop("Saved at {when}. Whoever acts for {member} can go on with it."),
    "draft_kept_here": noop("Kept in this browser only. Sign in, and it is kept for your organisation."),
    "draft_changed": noop(
        "Somebody of your organisation has saved this draft meanwhile. Yours is kept in this browser; load theirs, or "
        "save yours as another draft."
    ),
    "draft_failed": noop("It could not be saved just now ({detail}). It is kept in this browser."),
    "draft_gone": noop("This draft is not there any more, or belongs to another organisation."),
    "draft_removed": noop("The draft is erased."),
    "no_drafts": noop("Your organisation has no drafts."),
    "attaching": noop("Handing in {name}…"),
    "attached": noop("{name} is attached."),
    "attach_failed": noop("{name} could not be handed in: {detail}"),
    "attach_sign_in": noop("Sign in first: files are handed in for your organisation."),
    "checking_proposal": noop("Checking with the law and with the contract…"),
    "checked": noop("Nothing speaks against it. Read the preview, then publish."),
    "not_today": noop("If it were carried out today, the contract would refuse: {detail} It may be otherwise by then."),
    "other_member": noop("You are signed in for {member}, and the wallet holds the account of another organisation."),
    "uploading": noop("Handing in the text…"),
    "text_differs": noop(
        "The service keeps another text than the one you wrote. Nothing was signed. Tell the operator."
    ),
    "sign_filing": noop("Open your wallet: a window asks you to confirm the proposal."),
    "filing_sent": noop(
        "Sent. Waiting for the network to take it in. You may close this page; it will still be filed."
    ),
    "filing_confirmed": noop("The network has taken it in. Waiting for it to appear here…"),
    "filed": noop("The proposal is published."),
    "filing_slow": noop("This takes longer than usual. It is on its way: look for it in the list of proposals."),
    "filing_reverted": noop("The contract refused the proposal, so it was not filed. {detail}"),
    "OTHER_CALL": noop("{detail}."),
    "remove_file": noop("Remove {name}"),
    "authentic": noop("Authentic text"),
    "earliest": noop("At the earliest {earliest}."),
    "your_clock": noop("Give it by your own clock ({zone})."),
    "opens_as_soon": noop("If you publish now, voting opens {opens} and closes {closes}."),
    "opens_then": noop("Voting opens {opens} and closes {closes}."),
}


def proposing_messages(words: Wording) -> dict[str, str]:
    """Every sentence the form may need, in the reader's language, by its code."""
    told = SIGNING | FIELDS | LAW | TURNS
    return {code: words.gettext(message) for code, message in told.items()}
