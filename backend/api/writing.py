"""From views to JSON, as the response models describe it, without making a model of each.

A model says in the OpenAPI document what an answer looks like; making and checking one for every answer would cost more
than all else that is computed for it. So each model is read once and becomes a function from a view to plain values. A
test holds every answer against its schema.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from functools import cache
from operator import attrgetter
from typing import Annotated, Any, Union, cast, get_args, get_origin

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    PlainSerializer,
    PlainValidator,
    WrapSerializer,
    WrapValidator,
)

Plain = object
"""What JSON can say: text, numbers, booleans, None, lists and dictionaries of these."""
Write = Callable[[Any], Plain]
Fields = dict[str, Plain]


@cache
def writer_of(model: type[BaseModel]) -> Callable[[Any], Fields]:
    """Make the function that turns a view, or a mapping of the same names, into what the model describes.

    Raises:
        TypeError: the model computes or changes values in a way that is not known here.
    """
    _refuse_what_is_not_known(model)
    names = tuple(model.model_fields)
    writes = {name: write for name, write in ((name, _of_field(model, name)) for name in names) if write is not None}
    take = attrgetter(*names)

    def written(view: object) -> Fields:
        if isinstance(view, Mapping):
            values = {name: view[name] for name in names}
        else:
            values = dict(zip(names, take(view) if len(names) > 1 else (take(view),), strict=True))
        for name, write in writes.items():
            values[name] = write(values[name])
        return values

    return written


@cache
def item_of(model: type[BaseModel]) -> type[BaseModel] | None:
    """The model of each item, where the model is one of a list."""
    if "items" not in model.model_fields:
        return None
    return cast("type[BaseModel]", get_args(model.model_fields["items"].annotation)[0])


def _refuse_what_is_not_known(model: type[BaseModel]) -> None:
    kept = model.__pydantic_decorators__
    for kind in ("validators", "field_validators", "field_serializers", "model_serializers", "computed_fields"):
        if getattr(kept, kind):
            raise TypeError(
                f"{model.__name__} has {kind}; only BeforeValidator is carried out when an answer is written"
            )
    for name, field in model.model_fields.items():
        for mark in field.metadata:
            if isinstance(mark, AfterValidator | PlainValidator | WrapValidator | PlainSerializer | WrapSerializer):
                raise TypeError(f"{model.__name__}.{name} has a {type(mark).__name__}; use BeforeValidator")


def _of_field(model: type[BaseModel], name: str) -> Write | None:
    field = model.model_fields[name]
    write = _of(field.annotation)
    for mark in reversed(field.metadata):
        if isinstance(mark, BeforeValidator):
            write = _after(mark.func, write)
    return write


def _of(annotation: object) -> Write | None:
    """The function for values of a type; None where they are written as they are."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        write = _of(arguments[0])
        for mark in reversed(arguments[1:]):
            if isinstance(mark, BeforeValidator):
                write = _after(mark.func, write)
        return write
    if origin in (Union, types.UnionType):
        inner = next((write for write in map(_of, arguments) if write is not None), None)
        return None if inner is None else _or_none(inner)
    if origin is tuple:
        return _each(_of(arguments[0]))
    if origin in (dict, Mapping):
        return _values(_of(arguments[1]))
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return writer_of(annotation)
    return None


def _after(first: Callable[..., object], write: Write | None) -> Write:
    return first if write is None else lambda value: write(first(value))


def _or_none(write: Write) -> Write:
    return lambda value: None if value is None else write(value)


def _each(write: Write | None) -> Write | None:
    return None if write is None else lambda values: [write(value) for value in values]


def _values(write: Write | None) -> Write | None:
    return None if write is None else lambda values: {key: write(value) for key, value in values.items()}
