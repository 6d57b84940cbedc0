"""What every answer has in common: the block it speaks of, and how values are written as JSON. No HTTP here."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, WithJsonSchema

from backend.queries.views import AsOf

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


def rfc3339(seconds: int) -> str:
    """Write a second since the epoch as RFC 3339 in UTC, such as 2027-03-01T09:00:00Z."""
    return datetime.fromtimestamp(seconds, tz=UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


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


A = TypeVar("A", bound=Answer)


class PageAnswer(Answer):
    """A part of a list; the next part is asked for with `cursor=<next_cursor>` and the same filters."""

    total: int
    """How many there are in all parts together."""
    next_cursor: str | None
    """None on the last part."""


def answer_from(model: type[A], as_of: AsOf, *views: DataclassInstance) -> A:
    """Make the answer out of views: the fields of each beside `as_of`."""
    values: dict[str, object] = {field.name: getattr(view, field.name) for view in views for field in fields(view)}
    return model.model_validate({**values, "as_of": AsOfResponse.of(as_of)})
