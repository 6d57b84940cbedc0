"""What each act beside the ballot is called, what it does and who may do it, in plain words, marked for translation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from backend.portal.labels import noop


@dataclass(frozen=True, slots=True)
class ActLabel:
    """The words of one act; every text is marked for translation."""

    title: str
    meaning: str
    """What it does, and what not."""
    who: str
    done: str
    """What is said once it is on record."""


FOUNDERS_AND_PARTNERS: Final = noop("Founding members and partners in good standing.")
VOTERS: Final = noop("Members that vote in this body.")
OFFICES: Final = noop("The coordinator's office: the account of the registrar or of the approver.")
REGISTRAR: Final = noop("The coordinator's office: the account of the registrar.")
ANYBODY: Final = noop("Anybody with an account on this network.")
ACT_LABELS: Final = {
    "veto": ActLabel(
        noop("Raise a veto"),
        noop(
            "While a veto stands, the decision does not bind, whatever the votes say. Your statement stays with you: "
            "only its fingerprint is recorded, so keep the text or the file exactly as it is and send it to the "
            "coordinator."
        ),
        noop(
            "Founding members and partners in good standing, also of other bodies; not the member that the proposal is "
            "about."
        ),
        noop("Your veto is on record."),
    ),
    "withdrawVeto": ActLabel(
        noop("Take a veto back"),
        noop("Once no veto stands any more, what the votes adopted goes its way."),
        noop("The member that raised the veto, until a revised proposal has taken the place of this one."),
        noop("Your veto is taken back."),
    ),
    "recuse": ActLabel(
        noop("Declare that your organisation takes no part"),
        noop(
            "Your organisation has an interest in the matter: it leaves the vote and is not counted for the quorum "
            "either. It is public, and it cannot be taken back."
        ),
        noop("Members that vote in this body, as long as they have not voted."),
        noop("It is on record that your organisation takes no part."),
    ),
    "cancel": ActLabel(
        noop("Withdraw the proposal"),
        noop("Nobody can vote on it then. It stays visible, and it never comes back: a new one has to be put."),
        noop("The member that put the question, until voting opens."),
        noop("The proposal is withdrawn."),
    ),
    "close": ActLabel(
        noop("Close voting early"),
        noop("Voting ends now if no ballot could change the outcome any more. The contract counts before it agrees."),
        ANYBODY,
        noop("Voting is closed."),
    ),
    "queue": ActLabel(
        noop("Set the decision in motion"),
        noop("The decision binds. Its safety period starts; afterwards it can take effect."),
        ANYBODY,
        noop("The safety period of the decision has started."),
    ),
    "execute": ActLabel(
        noop("Let the decision take effect"),
        noop("The safety period is over. What was decided is carried out, exactly as it was put."),
        ANYBODY,
        noop("The decision has taken effect."),
    ),
    "objectToMinutes": ActLabel(
        noop("Object to the minutes"),
        noop(
            "The decision then binds only after corrected minutes have been recorded and time to object to those is "
            "over. A member objects once. Your statement stays with you: only its fingerprint is recorded, so keep it "
            "exactly as it is and send it to the coordinator."
        ),
        VOTERS,
        noop("Your objection is on record."),
    ),
    "reconvene": ActLabel(
        noop("Call the question again"),
        noop(
            "The question had no quorum, so nothing was decided. It is put once more, with the same text and the same "
            "rule, at short notice, and the two calls are linked. It can be called again only once from here."
        ),
        FOUNDERS_AND_PARTNERS,
        noop("The question is called again."),
    ),
    "recordMinutes": ActLabel(
        noop("Record minutes"),
        noop(
            "The first minutes are the draft. Minutes recorded after an objection are the corrected ones: members can "
            "object to those for fifteen days more. The file stays in the office: only its fingerprint is recorded, so "
            "keep it exactly as it is and send it to the members."
        ),
        OFFICES,
        noop("The minutes are on record."),
    ),
    "recordApproval": ActLabel(
        noop("Record the answer of the outside authority"),
        noop(
            "The decision waits for this answer. The first answer that is recorded counts, and it cannot be corrected "
            "here. The letter stays in the office: only its fingerprint is recorded."
        ),
        OFFICES,
        noop("The answer of the outside authority is on record."),
    ),
    "recordAccession": ActLabel(
        noop("Record the accession"),
        noop(
            "The signed accession document lies before you. From the second in which its fingerprint is recorded, the "
            "organisation is a full member and has its vote in proposals that open later. It is recorded once and "
            "cannot be corrected here: look twice which file you choose."
        ),
        REGISTRAR,
        noop("The accession is on record; the organisation is a full member."),
    ),
    "proposeRotation": ActLabel(
        noop("Ask for a new account"),
        noop(
            "For a member that has lost its account. Make sure of who is asking, and that they hold the new account, "
            "by another way than the message that asked. Nothing changes before the second office has agreed and "
            "three days have passed; until then the old account can stop it."
        ),
        REGISTRAR,
        noop("The new account is asked for. Now the second office has to agree."),
    ),
    "approveRotation": ActLabel(
        noop("Agree as the second office"),
        noop(
            "You agree to this very account. Check it with the member yourself, not only with the first office. Three "
            "days later anybody completes the change; until then the old account can stop it."
        ),
        noop("The second office: the account of the approver."),
        noop("The second office has agreed. The change can be completed in three days."),
    ),
    "stopRotation": ActLabel(
        noop("Stop the change of account"),
        noop(
            "The old account was not lost after all, or somebody else asked for the change. Everything stays as it is."
        ),
        noop("The old account itself."),
        noop("The change of account is stopped."),
    ),
    "completeRotation": ActLabel(
        noop("Complete the change of account"),
        noop(
            "The time in which the old account could stop it is over. The new account takes over the member's rights."
        ),
        ANYBODY,
        noop("The member has its new account."),
    ),
    "clearLapsedSeat": ActLabel(
        noop("Clear a seat whose term is over"),
        noop("A seat counts until somebody clears it, also after its term. Nobody needs to be asked."),
        ANYBODY,
        noop("The seat is cleared."),
    ),
    "grantMandate": ActLabel(
        noop("Give a mandate"),
        noop(
            "Another member may cast your organisation's ballot. Your own ballot always goes before it, and you can "
            "take the mandate back at any time. In each body there is one mandate: a new one takes the place of the "
            "old."
        ),
        noop("Every member, for the bodies in which it votes."),
        noop("The mandate is on record."),
    ),
    "revokeMandate": ActLabel(
        noop("Take the mandate back"),
        noop("From then on nobody casts your organisation's ballot but itself. Ballots already cast stay."),
        noop("The member that gave it."),
        noop("The mandate is taken back."),
    ),
    "setMandateBySig": ActLabel(
        noop("Hand in a signed mandate"),
        noop("A member has signed a mandate and sent you the text. You send it, and pay the fee if there is one."),
        ANYBODY,
        noop("The mandate is on record."),
    ),
}
