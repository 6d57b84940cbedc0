"""Canonical JSON: one value, one sequence of bytes, so that a hash of the bytes is a hash of the value.

UTF-8 without a byte order mark; object keys in the order of their code points; no white space; characters as
themselves, never escaped unless JSON demands it; every string in Unicode normalisation form C; whole numbers only, and
none that JavaScript cannot hold exactly.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping, Sequence
from typing import NoReturn, TypeAlias

from backend.errors import InvalidDocumentError

Json: TypeAlias = "str | int | bool | Sequence[Json] | Mapping[str, Json] | None"

MOST_DEPTH = 16
"""Objects and lists within one another."""
GREATEST_INTEGER = 2**53 - 1


def canonical(value: Json) -> bytes:
    """Write a value in canonical form.

    Raises:
        InvalidDocumentError: it holds a fraction, too great a number, half a character (lone surrogate), two keys that
            normalise to the same, anything that is not JSON, or is nested too deeply.
    """
    text = json.dumps(_normal(value, "document", MOST_DEPTH), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def read_canonical(data: bytes) -> Json:
    """Read bytes that must be in canonical form already.

    Raises:
        InvalidDocumentError: they are not JSON, or the same value has another, canonical form.
    """
    try:
        value: Json = json.loads(data.decode(), object_pairs_hook=_object, parse_constant=_constant, parse_float=_float)
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise InvalidDocumentError("document", f"is not JSON in UTF-8 ({type(error).__name__})") from error
    except ValueError as error:
        raise InvalidDocumentError("document", "holds a number with too many digits") from error
    if canonical(value) != data:
        raise InvalidDocumentError(
            "document", "is not in canonical form; write it again with sorted keys and no spaces"
        )
    return value


def _normal(value: object, part: str, depth: int) -> Json:
    if depth == 0:
        raise InvalidDocumentError(part, f"is nested more than {MOST_DEPTH} deep")
    match value:
        case None | bool():
            return value
        case str():
            return _normal_text(value, part)
        case int() if abs(value) <= GREATEST_INTEGER:
            return value
        case Mapping():
            return _normal_object(value, part, depth)
        case list() | tuple():
            return [_normal(item, f"{part}[{index}]", depth - 1) for index, item in enumerate(value)]
    raise InvalidDocumentError(part, f"holds {type(value).__name__} {value!r:.40}, which canonical JSON cannot")


def _normal_text(text: str, part: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise InvalidDocumentError(part, "holds half a character (a lone surrogate)") from error
    return unicodedata.normalize("NFC", text)


def _normal_object(value: Mapping[object, object], part: str, depth: int) -> dict[str, Json]:
    normal: dict[str, Json] = {}
    for key, item in value.items():
        if not isinstance(key, str):
            raise InvalidDocumentError(part, f"has the key {key!r:.40}, which is not a string")
        name = _normal_text(key, part)
        if name in normal:
            raise InvalidDocumentError(part, f"has the key {name!r:.40} twice")
        normal[name] = _normal(item, f"{part}.{name:.40}", depth - 1)
    return normal


def _object(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise InvalidDocumentError("document", "has a key twice")
    return value


def _float(text: str) -> NoReturn:
    raise InvalidDocumentError("document", f"holds the fraction {text:.40}; write numbers whole or as text")


def _constant(text: str) -> NoReturn:
    raise InvalidDocumentError("document", f"holds {text}, which is not JSON")
