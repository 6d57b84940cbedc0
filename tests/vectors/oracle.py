"""A second opinion on the law, written apart from `backend.domain` and with fractions instead of cross-multiplication.

It reads and writes the shape of `judgment.json`, where a key that is left out asks for nothing or counts nothing, and
knows nothing of the code under test. `judgment_small.json` holds its opinion on every tally of up to three members
under a dozen rules, and of up to two under rules with settings, for tests in other languages; a test sees to it that
the file is what this module says. To write it anew:

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

SILENCE, ABSTENTIONS, CHAIR = {"silence_consents": True}, {"abstentions_cast": True}, {"tie": "chair"}
CHAIRS = [{}, *({"chair_support": word} for word in ("against", "for", "abstain"))]
ATTEMPTS = [{"attempt": attempt} for attempt in (1, 2, 3)]
COUNTRIES = [{"countries": of, "countries_for": count} for count, of in ((0, 0), (0, 1), (1, 2), (1, 1))]
SMALL_SETTINGS = [
    (("2/3", "2/3", "cast", False, True), ABSTENTIONS, [{}]),
    (("1/2", "1/2", "cast", True, True), ABSTENTIONS, [{}]),
    ((NOTHING, "2/3", "participating", False, True), ABSTENTIONS, [{}]),
    *(
        ((NOTHING, majority, base, majority == "1/2", True), SILENCE, [{}])
        for base in BASES
        for majority in ("1/2", "1/1")
    ),
    ((NOTHING, "2/3", "cast", False, True), SILENCE | ABSTENTIONS, [{}]),
    (("1/2", "2/3", "cast", False, True), {"calls": 2}, ATTEMPTS),
    (("1/1", "1/2", "entitled", True, True), {"calls": 3}, ATTEMPTS),
    (("1/2", "1/2", "cast", True, True), CHAIR, CHAIRS),
    ((NOTHING, "2/3", "participating", False, True), CHAIR, CHAIRS),
    (("2/3", "1/2", "entitled", True, True), CHAIR, CHAIRS),
    (("1/2", "1/2", "cast", False, True), {"countries": "2/3"}, COUNTRIES),
    ((NOTHING, "2/3", "cast", False, True), {"countries": "1/2"}, COUNTRIES),
    (
        (NOTHING, "1/2", "cast", True, True),
        CHAIR | {"countries": "1/1"},
        [{**chair, **COUNTRIES[-1]} for chair in CHAIRS],
    ),
    ((NOTHING, NOTHING, "cast", False, True), {"countries": "1/2"}, COUNTRIES),
    (
        ("1/2", "1/2", "cast", True, False),
        CHAIR | {"countries": "1/2"},
        [{**chair, **COUNTRIES[2]} for chair in CHAIRS],
    ),
]
"""A rule, its settings, and what the tallies have beside the ballots."""


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
    quorum, majority, countries = _quorum(rule, tally), _majority(rule, tally), _countries(rule, tally)
    casting = _casting_vote(rule, tally) if majority and not majority["ok"] else None
    if quorum and not quorum["ok"]:
        verdict, reason = "no_quorum", "QUORUM_NOT_REACHED"
    elif majority and not majority["ok"] and not (casting and casting["ok"]):
        verdict, reason = "rejected", "MAJORITY_NOT_REACHED"
    elif countries and not countries["ok"]:
        verdict, reason = "rejected", "COUNTRIES_NOT_REACHED"
    elif not rule["binding"]:
        verdict, reason = "consulted", "CONSULTATION_CLOSED"
    else:
        verdict, reason = "adopted", "CASTING_VOTE" if casting else "MAJORITY_REACHED"
    steps = [step for step in (quorum, majority, casting, countries) if step]
    return {"verdict": verdict, "reason": reason, "steps": steps}


def small_cases() -> list[dict]:
    plain = [(terms, {}, [{}]) for terms in SMALL_RULES]
    cases = []
    for terms, settings, extras in plain + SMALL_SETTINGS:
        rule = rule_of(*terms) | settings
        for counts, extra in product(tallies(2 if settings else 3), extras):
            tally = counts | extra
            told = [*map(str, terms), *(f"{key}={value}" for key, value in (settings | extra).items())]
            name = f"{'/'.join(str(count) for count in counts.values())} under {' '.join(told)}"
            cases.append({"name": name, "rule": rule, "tally": tally} | opinion(rule, tally))
    return cases


def _quorum(rule: dict, tally: dict) -> dict | None:
    calls = rule.get("calls", 0)
    fallen_away = calls != 0 and tally.get("attempt", 1) >= calls
    if Fraction(rule["quorum"]) == 0 or fallen_away or rule.get("silence_consents"):
        return None
    present = tally["for"] + tally["against"] + tally["abstain"]
    ok = tally["entitled"] != 0 and Fraction(present, tally["entitled"]) >= Fraction(rule["quorum"])
    return {"step": "quorum", "left": f"{present}/{tally['entitled']}", "op": ">=", "right": rule["quorum"], "ok": ok}


def _majority(rule: dict, tally: dict) -> dict | None:
    needed = Fraction(rule["majority"])
    if needed == 0:
        return None
    against, abstain, entitled = tally["against"], tally["abstain"], tally["entitled"]
    consenting = entitled - tally["for"] - against - abstain if rule.get("silence_consents") else 0
    in_favour = tally["for"] + consenting
    whole = {
        "cast": in_favour + against + (abstain if rule.get("abstentions_cast") else 0),
        "participating": in_favour + against + abstain,
        "entitled": entitled,
    }[rule["base"]]
    share = Fraction(in_favour, whole) if whole else None
    ok = share is not None and (share > needed if rule["strict"] else share >= needed)
    op = ">" if rule["strict"] else ">="
    return {"step": "majority", "left": f"{in_favour}/{whole}", "op": op, "right": rule["majority"], "ok": ok}


def _casting_vote(rule: dict, tally: dict) -> dict | None:
    if rule.get("tie") != "chair" or tally["for"] == 0 or tally["for"] != tally["against"]:
        return None
    ok = tally.get("chair_support") == "for"
    return {"step": "casting_vote", "left": f"{1 if ok else 0}/1", "op": ">=", "right": "1/1", "ok": ok}


def _countries(rule: dict, tally: dict) -> dict | None:
    asked = rule.get("countries", NOTHING)
    if Fraction(asked) == 0:
        return None
    count, whole = tally.get("countries_for", 0), tally.get("countries", 0)
    ok = whole != 0 and Fraction(count, whole) >= Fraction(asked)
    return {"step": "countries", "left": f"{count}/{whole}", "op": ">=", "right": asked, "ok": ok}


if __name__ == "__main__":
    sys.stdout.write("[\n" + ",\n".join(json.dumps(case) for case in small_cases()) + "\n]\n")
