"""The module that puts lists together from their parts, run as it stands."""

import json
import subprocess

import pytest

from backend.portal.rendering import STATIC

RUN = """
import { readFileSync } from 'node:fs'
const { module, path, answers } = JSON.parse(readFileSync(0, 'utf8'))
const { allParts } = await import(module)
const asked = []
const get = async (path) => { asked.push(path); return answers[path] ?? null }
console.log(JSON.stringify({ answer: await allParts(path, get), asked }))
"""
SECOND, THIRD = "/v1/mandates?in_force=true&cursor=a%26b", "/v1/mandates?in_force=true&cursor=c"


def run(path, answers):
    done = subprocess.run(
        ["node", "--input-type=module", "--eval", RUN],
        input=json.dumps({"module": str(STATIC / "src" / "parts.js"), "path": path, "answers": answers}),
        capture_output=True,
        text=True,
        check=True,
    )
    told = json.loads(done.stdout)
    return told["answer"], told["asked"]


def part(items, following):
    return {"items": items, "total": 5, "next_cursor": following}


def test_parts_are_asked_for_until_there_is_no_next():
    path = "/v1/mandates?in_force=true"
    answers = {path: part([1, 2], "a&b"), SECOND: part([3, 4], "c"), THIRD: part([5], None)}
    answer, asked = run(path, answers)

    assert (answer["items"], asked) == ([1, 2, 3, 4, 5], [path, SECOND, THIRD])


@pytest.mark.parametrize("answer", [part([1], None), {"wallet": "0x1"}])
def test_what_has_no_next_part_is_asked_for_once(answer):
    assert run("/v1/members", {"/v1/members": answer}) == (answer, ["/v1/members"])


def test_a_list_of_which_a_part_is_missing_is_not_taken_for_the_whole():
    assert run("/v1/members", {"/v1/members": part([1], "c")}) == (None, ["/v1/members", "/v1/members?cursor=c"])
