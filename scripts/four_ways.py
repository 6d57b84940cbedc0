"""Compare four accounts of every proposal: what the story expects, the contracts, the database, the API."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields

from rich import box
from rich.table import Table
from sqlalchemy.orm import Session

from scripts.findings import UNKNOWN, Finding, from_api, in_database, on_chain
from scripts.node import Node
from scripts.record import Record
from scripts.scenario import Expected, Motion
from scripts.stage import FiledMotion


class DisagreementError(Exception):
    """Two sources tell different stories; the message names the proposals."""


@dataclass(frozen=True, slots=True)
class Row:
    """One proposal as all tell it."""

    reference: str
    expected: Finding
    chain: Finding
    database: Finding
    api: Finding

    @property
    def ok(self) -> bool:
        """Whether no two say different things."""
        accounts = (self.expected, self.chain, self.database, self.api)
        return all(_agree(getattr(account, field.name) for account in accounts) for field in fields(Finding))


def _agree(values: Iterable[object]) -> bool:
    return len({value for value in values if value is not None}) <= 1


def expected_finding(expected: Expected) -> Finding:
    """The story's account."""
    if not expected.tally:
        return Finding(expected.outcome, expected.reason)
    tally, associates = expected.tally, expected.by_class.get("associates")
    return Finding(
        expected.outcome,
        expected.reason,
        (tally["for"], tally["against"], tally["abstain"]),
        tally["eligible"],
        None if associates is None else (associates["for"], associates["against"], associates["abstain"]),
        (tally["countries_for"], tally["countries"]) if "countries" in tally else None,
    )


def compare(
    motions: Iterable[Motion],
    filed: dict[str, FiledMotion],
    refused: dict[str, str],
    node: Node,
    record: Record,
    session: Session,
    url: str,
) -> list[Row]:
    """Ask all sources about every proposal of the story that has an expected end."""
    lens = record.contract(node, "Lens")
    rows = []
    for motion in motions:
        if motion.expected is None:
            continue
        body, number = filed[motion.reference].body, filed[motion.reference].proposal_id
        chain = on_chain(record.governor(node, body), lens, number)
        if chain.outcome == UNKNOWN:
            chain = Finding(UNKNOWN, refused.get(motion.reference))
        database = in_database(session, record.body(body).id, number)
        rows.append(Row(motion.reference, expected_finding(motion.expected), chain, database, from_api(url, number)))
    return rows


def check(rows: list[Row]) -> None:
    """Raises `DisagreementError` if any row does not agree."""
    wrong = [row for row in rows if not row.ok]
    if wrong:
        raise DisagreementError("; ".join(f"{row.reference}: {_accounts(row)}" for row in wrong))


def _accounts(row: Row) -> str:
    return f"expected {row.expected}, chain {row.chain}, database {row.database}, API {row.api}"


def agreement_table(rows: list[Row]) -> Table:
    """The comparison as a table."""
    table = Table(box=box.SIMPLE, pad_edge=False, caption="votes: for–against–abstain of entitled")
    for column in ("", "outcome", "why", "votes", "chain", "mirror", "API"):
        table.add_column(column, no_wrap=True)
    for row in rows:
        votes = "" if row.expected.votes is None else "–".join(map(str, row.expected.votes))
        tally = f"{votes} of {row.expected.eligible}" if votes else ""
        marks = [_mark(row.expected, account) for account in (row.chain, row.database, row.api)]
        name = f"{'✓' if row.ok else '✗'} {row.reference}"
        table.add_row(name, row.expected.outcome, row.expected.reason or "", tally, *marks)
    return table


def _mark(expected: Finding, account: Finding) -> str:
    names = [field.name for field in fields(Finding)]
    same = all(_agree((getattr(expected, name), getattr(account, name))) for name in names)
    return "✓" if same else f"✗ {account.outcome} {account.votes}"
