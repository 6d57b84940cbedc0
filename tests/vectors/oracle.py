"""A second opinion on the law, written apart from `backend.domain` and with fractions instead of cross-multiplication.

It reads and writes the shape of `judgment.json` and knows nothing of the code under test. `judgment_small.json` holds
its opinion on every tally of up to three members under a dozen rules, for tests in other languages; a test sees to it
that the file is what this module says. To write it anew:

    python tests/vectors/oracle.py > tests/vectors/judgment_small.json
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from fractions import Fraction
from itertools import product

BASES = ("cast", "participating", "entitled")
NOTHING = "0/1"
REASONS = {
    "no_quorum": "QUORUM_NOT_REACHED",
    "rejected": "MAJORITY_NOT_REACHED",
    "adopted": "MAJORITY_REACHED",
    "consulted": "CONSULTATION_CLOSED",
}
SMALL_RULES = [
    ("2/3", "2/3", "cast", False, True),
    ("2/3", "1/1", "participating", False, True),
    ("2/3", "1/2", "entitled", True, True),
    ("1/2", "1/2", "cast", True, True),
    ("1/2", "2/3", "participating", False, True),
    ("1/1", "1/2", "cast", False, True),
    (NOTHING, "51/100", "entitled", False, True),
    (NOTHING, "1/1", "entitled", False, True),
    (NOTHING, "2/3", "cast", True, True),
    (NOTHING, "1/2", "participating", True, True),
    (NOTHING, NOTHING, "cast", False, False),
    ("1/2", "2/3", "cast", False, False),
]


def rule_of(quorum: str, majority: str, base: str, strict: bool, binding: bool) -> dict:
    durations = {"notice": 0, "short_notice": 0, "period": 86400}
    thresholds = {"quorum": quorum, "majority": majority, "base": base, "strict": strict, "binding": binding}
    return durations | thresholds


def tallies(most: int) -> Iterator[dict]:
    """Every tally of up to so many members."""
    for entitled in range(most + 1):
        for in_favour, against, abstain in product(range(entitled + 1), repeat=3):
            if in_favour + against + abstain <= entitled:
                yield {"for": in_favour, "against": against, "abstain": abstain, "entitled": entitled}


def opinion(rule: dict, tally: dict) -> dict:
    """Verdict, reason and steps of this tally under this rule."""
    quorum, majority = _quorum(rule, tally), _majority(rule, tally)
    if quorum and not quorum["ok"]:
        verdict = "no_quorum"
    elif majority and not majority["ok"]:
        verdict = "rejected"
    else:
        verdict = "adopted" if rule["binding"] else "consulted"
    return {"verdict": verdict, "reason": REASONS[verdict], "steps": [step for step in (quorum, majority) if step]}


def small_cases() -> list[dict]:
    cases = []
    for terms, tally in product(SMALL_RULES, tallies(3)):
        rule = rule_of(*terms)
        name = f"{'/'.join(str(count) for count in tally.values())} under {' '.join(str(term) for term in terms)}"
        cases.append({"name": name, "rule": rule, "tally": tally} | opinion(rule, tally))
    return cases


def _quorum(rule: dict, tally: dict) -> dict | None:
    if Fraction(rule["quorum"]) == 0:
        return None
    present = tally["for"] + tally["against"] + tally["abstain"]
    ok = tally["entitled"] != 0 and Fraction(present, tally["entitled"]) >= Fraction(rule["quorum"])
    return {"step": "quorum", "left": f"{present}/{tally['entitled']}", "op": ">=", "right": rule["quorum"], "ok": ok}


def _majority(rule: dict, tally: dict) -> dict | None:
    needed = Fraction(rule["majority"])
    if needed == 0:
        return None
    whole = {
        "cast": tally["for"] + tally["against"],
        "participating": tally["for"] + tally["against"] + tally["abstain"],
        "entitled": tally["entitled"],
    }[rule["base"]]
    share = Fraction(tally["for"], whole) if whole else None
    ok = share is not None and (share > needed if rule["strict"] else share >= needed)
    op = ">" if rule["strict"] else ">="
    return {"step": "majority", "left": f"{tally['for']}/{whole}", "op": op, "right": rule["majority"], "ok": ok}


if __name__ == "__main__":
    sys.stdout.write("[\n" + ",\n".join(json.dumps(case) for case in small_cases()) + "\n]\n")
