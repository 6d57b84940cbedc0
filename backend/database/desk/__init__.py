"""What the service keeps for itself, one module for each noun: none of it follows from the chain.

A reorganisation cuts none of these rows, a rebuild keeps them, and no export holds them.
"""

from backend.database.desk.relay import (
    RelayAttemptRecord,
    RelayBallotRecord,
    RelayRecord,
    RelayRequestRecord,
    RelayTransactionRecord,
)

__all__ = [
    "RelayAttemptRecord",
    "RelayBallotRecord",
    "RelayRecord",
    "RelayRequestRecord",
    "RelayTransactionRecord",
]
