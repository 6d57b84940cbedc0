"""Signatures against the libraries of Standard Webhooks that others wrote."""

import json
import subprocess
import time
from pathlib import Path

import pytest

from backend.notices.signatures import fresh_secret, headers_of

ROOT = Path(__file__).parents[3]
VERIFY = """
import { readFileSync } from 'node:fs'
import { Webhook } from 'standardwebhooks'
const { secret, body, headers } = JSON.parse(readFileSync(0, 'utf8'))
try { new Webhook(secret).verify(body, headers); console.log('valid') } catch (error) { console.log(error.message) }
"""
BODY = '{"data":"Žegnjeno 🗳"}'


def verified(secret, headers, body=BODY):
    done = subprocess.run(
        ["node", "--input-type=module", "--eval", VERIFY],
        cwd=ROOT,
        input=json.dumps({"secret": secret, "body": body, "headers": headers}),
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def test_the_library_of_another_language_takes_our_signature_and_no_other():
    secret, other = fresh_secret(), fresh_secret()
    headers = headers_of("0123abcd-7", int(time.time()), BODY.encode(), [secret])

    assert verified(secret, headers) == "valid"
    assert verified(other, headers) != "valid"
    assert verified(secret, headers, BODY + " ") != "valid"
    assert verified(secret, headers | {"webhook-id": "0123abcd-8"}) != "valid"


def test_while_a_secret_is_replaced_both_are_taken():
    old, new = fresh_secret(), fresh_secret()
    headers = headers_of("0123abcd-7", int(time.time()), BODY.encode(), [new, old])

    assert [verified(secret, headers) for secret in (old, new)] == ["valid", "valid"]


def test_attack_a_call_that_is_repeated_later_is_refused():
    secret = fresh_secret()
    assert "old" in verified(secret, headers_of("0123abcd-7", int(time.time()) - 600, BODY.encode(), [secret]))


def test_the_vector_of_the_specification():
    headers = headers_of(
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        1_614_265_330,
        b'{"test": 2432232314}',
        ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"],
    )
    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_secrets_are_drawn_anew():
    assert len({fresh_secret() for _ in range(50)}) == 50


@pytest.mark.parametrize("part", ["webhook-id", "webhook-timestamp", "webhook-signature"])
def test_no_header_can_break_a_line(part):
    assert "\n" not in headers_of("0123abcd-7", 1, b"\r\n", [fresh_secret()])[part]
