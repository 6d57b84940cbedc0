"""Refusals that no member meets through a page: of malformed calls, of whoever relays ballots, and of the registrar."""

from __future__ import annotations

from typing import Final

from backend.portal.labels import noop

CLERICAL_REFUSALS: Final = {
    "NONEXISTENT_PROPOSAL": noop("There is no such proposal in this body."),
    "UNEXPECTED_PROPOSAL_STATE": noop("The proposal stands elsewhere: it was not adopted, or was carried out already."),
    "INVALID_SIGNATURE": noop(
        "The signature is not this organisation's, or it was made for another ballot or has been used already."
    ),
    "BATCH_TOO_LARGE": noop("Too many signed ballots were handed in at once; hand them in in parts."),
    "NOT_AN_OFFICE": noop("Only the coordinator's office can do this."),
    "MISSING_DOCUMENT": noop("The fingerprint of the document is missing."),
    "OPENS_TOO_LATE": noop("The vote would open too far in the future."),
    "VALUE_NOT_ALLOWED": noop("A proposal moves no coins; the amount has to be 0."),
    "PARAMS_NOT_SUPPORTED": noop("A ballot carries a choice and a reason, and nothing else."),
    "NOT_BINDING": noop("A consultation binds nobody, so there is nothing to carry out."),
    "DISABLED": noop("This way is closed on purpose; the contracts offer another one for the same act."),
}
