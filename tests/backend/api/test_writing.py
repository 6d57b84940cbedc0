"""Views are written as the models describe them, as pydantic itself would."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, PlainSerializer, computed_field

from backend.api.answers import BigInteger, Model, Time
from backend.api.writing import item_of, writer_of


class Inner(Model):
    at: Time
    choice: Literal["for", "against"]


class Outer(Model):
    id: BigInteger | None
    at: Time | None
    inner: Inner
    more: tuple[Inner, ...]
    named: Mapping[str, Inner | None]
    counts: dict[str, dict[str, int]]
    text: str


@dataclass
class InnerView:
    at: int
    choice: str


@dataclass
class OuterView:
    id: int | None
    at: int | None
    inner: InnerView
    more: tuple[InnerView, ...]
    named: dict[str, InnerView | None]
    counts: dict[str, dict[str, int]]
    text: str


SECONDS = st.integers(0, 4_000_000_000)
INNER = st.builds(InnerView, SECONDS, st.sampled_from(["for", "against"]))
OUTER = st.builds(
    OuterView,
    st.none() | st.integers(0, 1 << 192),
    st.none() | SECONDS,
    INNER,
    st.lists(INNER, max_size=3).map(tuple),
    st.dictionaries(st.text(max_size=5), st.none() | INNER, max_size=3),
    st.dictionaries(st.text(max_size=5), st.dictionaries(st.text(max_size=5), st.integers(), max_size=2), max_size=2),
    st.text(),
)


@given(OUTER)
def test_what_is_written_is_what_the_model_would_say(view):
    assert writer_of(Outer)(view) == Outer.model_validate(view).model_dump(mode="json")


def test_a_list_knows_the_model_of_its_items():
    class Several(Model):
        items: tuple[Inner, ...]

    assert item_of(Several) is Inner
    assert item_of(Inner) is None


class Shouted(BaseModel):
    word: Annotated[str, PlainSerializer(str.upper)]


class Computed(BaseModel):
    number: int

    @computed_field
    @property
    def twice(self) -> int:
        return 2 * self.number


@pytest.mark.parametrize("model", [Shouted, Computed])
def test_a_model_that_does_more_than_describe_is_refused(model):
    with pytest.raises(TypeError, match=model.__name__):
        writer_of(model)
