"""What the service keeps for itself: nothing here comes from the chain, so nothing of it can be derived again.

Rebuilding the mirror, following a reorganisation and the export leave these tables alone. What is secret is kept as a
hash; what is personal is named in `people/erasure.py`, which removes it.
"""

from backend.database.desk.documents import DocumentRecord, ReasonRecord
from backend.database.desk.drafts import DraftRecord
from backend.database.desk.notices import LetterRecord, NoticePreferenceRecord, ReminderRecord
from backend.database.desk.persons import PersonRecord, RepresentationRecord
from backend.database.desk.relay import (
    RelayAttemptRecord,
    RelayBallotRecord,
    RelayRecord,
    RelayRequestRecord,
    RelayTransactionRecord,
)
from backend.database.desk.sessions import SealRecord, SessionRecord, UsedNonceRecord
from backend.database.desk.tokens import TokenRecord
from backend.database.desk.webhooks import DeliveryRecord, WebhookRecord

__all__ = [
    "DeliveryRecord",
    "DocumentRecord",
    "DraftRecord",
    "LetterRecord",
    "NoticePreferenceRecord",
    "PersonRecord",
    "ReasonRecord",
    "RelayAttemptRecord",
    "RelayBallotRecord",
    "RelayRecord",
    "RelayRequestRecord",
    "RelayTransactionRecord",
    "ReminderRecord",
    "RepresentationRecord",
    "SealRecord",
    "SessionRecord",
    "TokenRecord",
    "UsedNonceRecord",
    "WebhookRecord",
]
