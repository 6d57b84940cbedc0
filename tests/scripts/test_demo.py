"""What the demo says once it is up."""

from __future__ import annotations

import io
from types import SimpleNamespace

from rich.console import Console

from scripts.demo import welcome
from scripts.sample_keys import SampleKey

KEY = SampleKey("SI-PIP", "PiP", "0x" + "12" * 20, "0x" + "34" * 32, ("general_assembly",), ("7",))


def said(*keys):
    text = io.StringIO()
    node = SimpleNamespace(url="http://127.0.0.1:8545", chain_id=31337)
    welcome(SimpleNamespace(url="http://127.0.0.1:8000", node=node, keys=keys), Console(file=text, width=200))
    return text.getvalue()


def test_the_demo_gives_out_keys_while_something_is_open():
    assert KEY.private_key in said(KEY)
    assert "Nothing is open" not in said(KEY)


def test_a_demo_in_which_nothing_is_open_any_more_says_how_to_start_afresh():
    assert "Nothing is open any more" in said()
    assert "make demo RESET=1" in said()
    assert "To vote" not in said()
