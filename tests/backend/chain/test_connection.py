import json

import httpx
import pytest

from backend.chain.connection import Connection, Patience
from backend.chain.node import NodeRefusedError
from backend.errors import NodeUnavailableError

URL = "http://node.example/v3/secret-key"
HEADER = {
    "number": "0x10",
    "hash": "0x" + "aa" * 32,
    "parentHash": "0x" + "bb" * 32,
    "timestamp": "0x65",
    "size": "0x1",
}


@pytest.fixture
def pauses():
    return []


@pytest.fixture
def connect(pauses):
    """A connection to a node that gives these answers in turn; each is a result, a response or an error to raise."""

    def make(*answers):
        left = list(answers)

        def respond(request):
            answer = left.pop(0)
            if isinstance(answer, Exception):
                raise answer
            if callable(answer):
                answer = answer(json.loads(request.content))
            return answer if isinstance(answer, httpx.Response) else httpx.Response(200, json=answer)

        client = httpx.Client(transport=httpx.MockTransport(respond))
        return Connection(URL, patience=Patience(attempts=3, sleep=pauses.append), client=client)

    return make


def result(value):
    return {"jsonrpc": "2.0", "id": 0, "result": value}


def refusal(code, message):
    return {"jsonrpc": "2.0", "id": 0, "error": {"code": code, "message": message}}


def test_numbers_are_read_from_hexadecimal(connect):
    assert connect(result("0x7a69")).chain_id() == 31337


def test_the_head_is_read_with_its_parent_and_time(connect):
    head = connect(result(HEADER)).head()

    assert (head.number, head.hash, head.parent_hash, head.time) == (16, "0x" + "aa" * 32, "0x" + "bb" * 32, 101)


def test_an_account_without_code_is_no_contract(connect):
    assert connect(result("0x")).has_code("0x01") is False
    assert connect(result("0x6001")).has_code("0x01") is True


def test_many_headers_come_in_one_request_in_the_order_asked_for(connect):
    def answers_the_other_way_round(calls):
        assert [call["params"] for call in calls] == [["0x10", False], ["0x11", False], ["0x12", False]]
        found = [{"id": call["id"], "result": HEADER | {"number": call["params"][0]}} for call in calls[:2]]
        return [{"id": calls[2]["id"], "result": None}, *reversed(found)]

    headers = connect(answers_the_other_way_round).headers([16, 17, 18])
    assert [header and header.number for header in headers] == [16, 17, None]


@pytest.mark.parametrize(
    "hiccup",
    [
        httpx.ConnectError("refused"),
        httpx.ReadTimeout("slow"),
        httpx.Response(503, text="busy"),
        httpx.Response(429, text="slow down"),
        httpx.Response(200, text="<html>maintenance</html>"),
        httpx.Response(200, text='{"result": {"number": 5}}'),
        httpx.Response(200, text=""),
    ],
    ids=["refused", "timeout", "503", "429", "page", "nonsense", "empty"],
)
def test_a_hiccup_is_tried_again_after_a_pause(connect, pauses, hiccup):
    assert connect(hiccup, result(HEADER)).head().number == 16
    assert len(pauses) == 1


def test_pauses_grow_and_then_the_node_is_given_up_without_showing_its_key(connect, pauses):
    errors = [httpx.ConnectError(f"no route to {URL}")] * 3
    with pytest.raises(NodeUnavailableError) as caught:
        connect(*errors).head()

    assert "secret-key" not in str(caught.value)
    assert caught.value.__cause__ is None
    assert len(pauses) == 2
    assert 0.1 <= pauses[0] <= 0.3
    assert 0.2 <= pauses[1] <= 0.6


def test_a_refusal_is_not_tried_again_and_says_why(connect, pauses):
    with pytest.raises(NodeRefusedError, match="query returned more than 10000 results"):
        connect(refusal(-32005, "query returned more than 10000 results")).logs(1, 2, [])
    assert pauses == []


def test_a_refusal_in_the_body_of_a_bad_request_is_a_refusal(connect):
    with pytest.raises(NodeRefusedError, match="range too wide"):
        connect(httpx.Response(400, json=refusal(-32602, "range too wide"))).logs(1, 2, [])


def test_a_node_that_knows_no_finality_says_nothing_of_it(connect):
    assert connect(refusal(-32602, "unknown block tag")).finalized_number() is None
    assert connect(result(None)).finalized_number() is None
    assert connect(result(HEADER)).finalized_number() == 16


def test_logs_are_asked_for_by_range_and_address(connect):
    log = {
        "address": "0x01",
        "topics": ["0x02"],
        "data": "0x",
        "blockNumber": "0x10",
        "blockHash": "0x03",
        "transactionHash": "0x04",
        "transactionIndex": "0x0",
        "logIndex": "0x5",
        "blockTimestamp": "0x65",
        "removed": False,
    }

    def answer(call):
        assert call["params"] == [{"fromBlock": "0xa", "toBlock": "0x14", "address": ["0x01"]}]
        return result([log])

    found = connect(answer).logs(10, 20, ["0x01"])
    assert [(each.place, each.block_timestamp) for each in found] == [((16, 5), "0x65")]


def test_a_missing_result_is_no_answer(connect):
    with pytest.raises(NodeUnavailableError, match="eth_chainId has no result"):
        connect(result(None)).chain_id()


def test_a_node_that_says_how_long_it_wants_to_rest_gets_it(connect, pauses):
    busy = httpx.Response(429, headers={"retry-after": "7"})
    assert connect(busy, result(HEADER)).head().number == 16
    assert pauses == [7.0]


@pytest.mark.parametrize(
    "problem",
    [
        refusal(429, "Your app has exceeded its compute units per second capacity"),
        refusal(-32005, "daily request count exceeded, request rate limited"),
        refusal(-32007, "50/second request limit reached"),
        refusal(-32603, "internal error"),
    ],
    ids=["429", "rate limited", "request limit", "internal"],
)
def test_a_passing_problem_in_a_good_answer_is_tried_again(connect, pauses, problem):
    assert connect(problem, result(HEADER)).head().number == 16
    assert len(pauses) == 1


def test_a_batch_that_is_turned_down_as_a_whole_says_why(connect, pauses):
    with pytest.raises(NodeRefusedError, match="batches are not supported"):
        connect(refusal(-32600, "batches are not supported")).headers([1, 2])
    assert connect(refusal(429, "slow down"), [result(HEADER)]).headers([16])[0].number == 16
    assert len(pauses) == 1


@pytest.mark.parametrize(
    "wrong",
    [{"number": "soon"}, {"hash": "0x12"}, {"timestamp": "0x" + "f" * 40}, {"parentHash": None}, {"number": 5}],
    ids=["number", "hash", "far future", "no parent", "no text"],
)
def test_a_header_that_is_none_is_no_answer(connect, wrong):
    with pytest.raises(NodeUnavailableError):
        connect(*[result(HEADER | wrong)] * 3).head()


def test_nonsense_without_end_is_no_answer(connect):
    with pytest.raises(NodeUnavailableError):
        connect(*[httpx.Response(200, text="[" * 100_000)] * 3).head()
