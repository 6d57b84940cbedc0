import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.documents.canonical import GREATEST_INTEGER, MOST_DEPTH, canonical, read_canonical
from backend.errors import InvalidDocumentError

TEXTS = st.text(st.characters(blacklist_categories=["Cs"]), max_size=20)
NUMBERS = st.integers(-GREATEST_INTEGER, GREATEST_INTEGER)
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abcčž", max_size=4), inner, max_size=4),
    max_leaves=12,
)


def nested(depth):
    value = "leaf"
    for _ in range(depth):
        value = [value]
    return value


def test_keys_are_sorted_and_nothing_is_spaced_or_escaped():
    assert canonical({"b": [1, True, None], "a": "čaj/\u2603"}) == '{"a":"čaj/☃","b":[1,true,null]}'.encode()


def test_composed_and_decomposed_letters_are_the_same_text():
    assert canonical({"\u010d": "\u017e"}) == canonical({"c\u030c": "z\u030c"})


def test_a_known_document_has_known_bytes():
    data = canonical({"type": "zbor/proposal", "version": 1, "title": "Čebela"})
    assert data == b'{"title":"\xc4\x8cebela","type":"zbor/proposal","version":1}'


@given(VALUES)
def test_reading_and_writing_again_gives_the_same_bytes(value):
    data = canonical(value)
    assert canonical(read_canonical(data)) == data


@given(VALUES)
def test_other_json_libraries_read_it_as_the_same_value(value):
    assert canonical(json.loads(canonical(value))) == canonical(value)


@pytest.mark.parametrize(
    "value",
    [
        1.5,
        float("nan"),
        float("inf"),
        {"deep": [{"er": 1.0}]},
        GREATEST_INTEGER + 1,
        -GREATEST_INTEGER - 1,
        "\ud800",
        {"\udfff": 1},
        {1: "a"},
        {"\u010d": 1, "c\u030c": 2},
        b"bytes",
        {"set"},
        object(),
        nested(MOST_DEPTH),
    ],
)
def test_what_has_no_single_form_is_not_written(value):
    with pytest.raises(InvalidDocumentError):
        canonical(value)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"\xff",
        b"\xef\xbb\xbf{}",
        b'{"a":1.0}',
        b'{"a":1e3}',
        b'{"a":NaN}',
        b'{"a":-Infinity}',
        b'{"a":-0}',
        b'{"a":1,"a":1}',
        b'{"b":1,"a":1}',
        b'{ "a":1}',
        b'{"a":1}\n',
        b'{"a":"\\u010d"}',
        b'{"a":"\\ud800"}',
        b'{"a":"\\/"}',
        '{"a":"c\u030c"}'.encode(),
        b"[" * 100_000,
        b"9" * 10_000,
        str(GREATEST_INTEGER + 1).encode(),
    ],
)
def test_what_is_not_in_canonical_form_is_not_read(data):
    with pytest.raises(InvalidDocumentError):
        read_canonical(data)


@given(st.binary(max_size=60))
def test_any_bytes_are_either_canonical_or_refused(data):
    try:
        value = read_canonical(data)
    except InvalidDocumentError:
        return
    assert canonical(value) == data


def test_the_refusal_names_the_part():
    with pytest.raises(InvalidDocumentError, match=r"document\.texts\.sl\[1\]: holds float"):
        canonical({"texts": {"sl": ["a", 0.5]}})
