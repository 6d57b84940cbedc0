"""What every answer has in common: the block it speaks of, and how values are written as JSON. No HTTP here."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, WithJsonSchema

from backend.api.writing import Plain, item_of, writer_of
from backend.queries.views import AsOf, Page

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

LATEST = 253_402_300_799
"""Last second of 9999, beyond which no time can be written any more."""


@lru_cache(maxsize=4_096)
def rfc3339(seconds: int) -> str:
    """Write a second since the epoch as RFC 3339 in UTC, such as 2027-03-01T09:00:00Z; what lies later as year 9999.

    Anybody's mandate may last, and anybody's question may ask, beyond all calendars: no answer is refused for that.
    """
    return datetime.fromtimestamp(min(seconds, LATEST), tz=UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _time(value: object) -> object:
    return rfc3339(value) if isinstance(value, int) else value


def _decimal(value: object) -> object:
    return str(value) if isinstance(value, int) else value


Time = Annotated[
    str,
    BeforeValidator(_time),
    WithJsonSchema({"type": "string", "format": "date-time", "examples": ["2027-03-01T09:00:00Z"]}),
]
"""RFC 3339, UTC, whole seconds."""

BigInteger = Annotated[
    str,
    BeforeValidator(_decimal),
    WithJsonSchema({"type": "string", "pattern": "^[0-9]{1,78}$", "examples": ["4711"]}),
]
"""An integer that JSON readers would round, as a decimal string."""


class Model(BaseModel):
    """A part of an answer, made from the view of the same fields."""

    model_config = ConfigDict(from_attributes=True, frozen=True, use_attribute_docstrings=True)


class AsOfResponse(Model):
    """The block an answer speaks of."""

    chain: str
    """CAIP-2 name of the chain."""
    block: int
    hash: str
    time: Time
    """Time of the block."""
    finality: Literal["provisional", "final"]
    lag: int
    """Seconds since the mirror last agreed with the node about its head."""
    head: int
    """The newest block the node is known to have."""
    revision: int
    """Moves by one with each batch the mirror takes in."""

    @classmethod
    def of(cls, as_of: AsOf) -> AsOfResponse:
        """Write the view in the words of the API."""
        return cls(
            chain=f"eip155:{as_of.chain_id}",
            block=as_of.block_number,
            hash=as_of.block_hash,
            time=rfc3339(as_of.block_time),
            finality=as_of.finality,
            lag=as_of.lag_seconds,
            head=as_of.head_number,
            revision=as_of.revision,
        )


class Answer(Model):
    """A whole answer."""

    as_of: AsOfResponse


class PageAnswer(Answer):
    """A part of a list; the next part is asked for with `cursor=<next_cursor>` and the same filters."""

    total: int
    """How many there are in all parts together."""
    next_cursor: str | None
    """None on the last part."""

    @classmethod
    def of(cls, as_of: AsOf, page: Page[Any], item: type[Model]) -> Self:
        """Write a part of a list that is for one caller alone, each item by its model."""
        items = tuple(map(item.model_validate, page.items))
        whole = {"as_of": AsOfResponse.of(as_of), "total": page.total, "next_cursor": page.next_cursor, "items": items}
        return cls.model_validate(whole)


@dataclass(frozen=True, slots=True)
class Written:
    """An answer as plain values, ready to be written as JSON."""

    as_of: AsOf
    content: dict[str, Plain]
    """All of it but `as_of`."""
    fields: frozenset[str]
    """What a reader may choose from: fields of each item of a list, or of the answer itself."""

    def whole(self) -> dict[str, Plain]:
        """All of it, the block first."""
        return {"as_of": writer_of(AsOfResponse)(AsOfResponse.of(self.as_of)), **self.content}


def answer_from(model: type[Answer], as_of: AsOf, *views: DataclassInstance) -> Written:
    """Make the answer out of views: the fields of each, as the model describes them."""
    values: dict[str, object] = {field.name: getattr(view, field.name) for view in views for field in fields(view)}
    content = writer_of(model)({**values, "as_of": AsOfResponse.of(as_of)})
    chosen_from = item_of(model) or model
    return Written(
        as_of,
        {name: value for name, value in content.items() if name != "as_of"},
        frozenset(chosen_from.model_fields) - {"as_of"},
    )
