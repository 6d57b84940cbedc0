"""A program that knows nothing but the description makes up questions, right ones and wrong ones."""

import subprocess
from pathlib import Path

HOOKS = Path(__file__).parent / "fuzzing_rules.py"
LEFT_OUT = (
    "--exclude-operation-id",
    "delete_session",
    "--exclude-operation-id",
    "get_stream",
    "--exclude-checks",
    "positive_data_acceptance,ignored_auth",
)
"""Ending the session would make all later requests come from nobody, and a stream has no end. What is refused has a
rule of ours, which knows that what is not on record is refused, too. The fuzzer cannot take off its session."""


def test_every_answer_is_one_that_the_description_tells_of(url, api_tools, signed_in, tmp_path, request):
    """No status or field that it does not tell of, nothing refused that it allows, nothing taken that it forbids."""
    cases, seed = request.config.getoption("--cases"), request.config.getoption("--seed")
    command = [str(api_tools / "st"), "run", f"{url}/v1/openapi.json", "--url", f"{url}/v1"]
    command += [
        "--seed",
        str(seed),
        "--max-examples",
        str(cases),
        "--no-color",
        "--phases",
        "examples,coverage,fuzzing",
        *LEFT_OUT,
    ]
    command += [word for name, value in signed_in.items() for word in ("--header", f"{name}: {value}")]
    env = {"PATH": str(api_tools), "HOME": str(tmp_path), "SCHEMATHESIS_HOOKS": str(HOOKS), "PYTHONUTF8": "1"}
    ended = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr
