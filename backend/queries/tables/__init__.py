"""The record as tables: rows of plain values under names that stay, read part by part so that length costs no memory.

Rows are read within one transaction: all of a table speaks of one block.
"""

from backend.queries.tables.ballots import BALLOTS
from backend.queries.tables.columns import Column, Kind, Row, Table, Value
from backend.queries.tables.members import MEMBERS
from backend.queries.tables.outcomes import OUTCOMES
from backend.queries.tables.proposals import DECISIONS, PROPOSALS

__all__ = ["TABLES", "Column", "Kind", "Row", "Table", "Value"]

TABLES = (MEMBERS, PROPOSALS, BALLOTS, DECISIONS, OUTCOMES)
