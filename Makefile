# Commands of the project. `make demo` and `make test` are all that a newcomer needs; both set everything up first.
PYTHON ?= python3
TOOLS = .venv/bin/python -m scripts.toolchain

.DEFAULT_GOAL := help
.PHONY: help setup demo test check docs lock format prove coverage mutate bench-api fuzz-api client bench-contracts bench-chaos bench-indexer bench-portal screenshots

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "make %-15s %s\n", $$1, $$2}' Makefile

setup: ## Install everything into .venv/ and node_modules/
	@$(PYTHON) scripts/install.py

demo: setup ## Run a sample consortium on a local chain (PORT=8000, RESET=1 starts afresh)
	@.venv/bin/python -m scripts.demo

test: setup ## Pass every test: pure, chain, browser
	@$(PYTHON) scripts/install.py --browser
	@.venv/bin/python -m scripts.check test

check: setup ## Format, lint, types, import arrows, contract sizes, ABIs, lock files
	@.venv/bin/python -m scripts.check check

prove: setup ## Try to break the contracts: fuzz and invariants, symbolic proofs, static analysis
	@.venv/bin/python -m scripts.prove

coverage: setup ## How much of the contracts their tests run through; fails below 98 %
	@.venv/bin/python -m scripts.coverage

mutate: setup ## Break counting and state code on purpose and see whether the tests notice (half an hour; FILES=libraries/Judgment.sol)
	@.venv/bin/python -m scripts.mutate $(FILES)

fuzz-api: setup ## Ask the API what its description allows and what it forbids, at random (CASES=100 SEED=1)
	@$(TOOLS) python -m pytest -q tests/served/test_fuzzing.py --cases=$(or $(CASES),100) --seed=$(or $(SEED),$(shell date +%s))

client: setup ## Make a typed Python client of a running service in var/client/ (URL=http://127.0.0.1:8000)
	@.venv/bin/python -m scripts.make_client $(URL)

bench-contracts: setup ## What acts cost on chain, beside OpenZeppelin's, as JSON lines; renews the gas snapshot
	@.venv/bin/python -m scripts.bench_contracts

bench-chaos: setup ## What the mirror survives: kill -9, forks, faults of every kind, databases lost; figures as JSON lines (half an hour)
	@.venv/bin/python -m scripts.bench_chaos

bench-indexer: setup ## How quickly the mirror reads 2,000 proposals with 100,000 ballots, as JSON lines (BALLOTS=10000)
	@.venv/bin/python -m scripts.bench_indexer $(BALLOTS)

bench-api: setup ## How quickly the API answers, beside prepared bytes, as JSON lines
	@.venv/bin/python -m scripts.bench_api

bench-portal: setup ## How good and how quick the portal's pages are by Lighthouse, as JSON lines (URL=http://127.0.0.1:8000)
	@.venv/bin/python -m scripts.bench_portal $(URL)

screenshots: setup ## Pictures of every page in every language at two widths, in var/screenshots/ (URL=http://127.0.0.1:8000)
	@$(PYTHON) scripts/install.py --browser
	@.venv/bin/python -m scripts.screenshots $(URL)

docs: setup ## Build the pages of docs/ into site/
	@$(TOOLS) mkdocs build --strict

format: setup ## Format Python and Solidity in place
	@$(TOOLS) ruff format
	@$(TOOLS) forge fmt

lock: setup ## Renew the lock files from pyproject.toml and package.json
	@.venv/bin/python -m scripts.check_locks --renew
