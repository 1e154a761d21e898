# One environment, .venv, holds everything; nothing is installed outside it.

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/pip -qq --no-input --disable-pip-version-check
# What a caller adds to pytest, such as: make test ARGS='-k calendar'
ARGS ?=
SLOW := tests/clients tests/mishaps tests/peers tests/postgres tests/prefect_server \
	tests/programmes tests/simulation tests/storms
# For make simulate: how many years, and the seed of the first.
YEARS ?= 20
SEED ?= 1
# For make test-storm: for how many seconds processes are killed.
STORM ?= 300
# For make test-peers: the folder with the data of mentor-match, which is not ours.
MENTOR_MATCH_DATA ?=
# For make bench: one section alone, such as: make bench ONLY=outbox
ONLY ?=

# Uncompiled, an import of Prefect takes many seconds.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test check static format lint types contracts \
	simulate test-simulation bench test-postgres test-storm test-clients test-prefect \
	test-programmes test-mishaps test-peers clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: .venv/.installed ## Rehearse the example programme, its whole year
	@$(BIN)/stafet rehearse specs/aarhus-leadership/cohorts/2027.yaml \
		--out out/aarhus-leadership/2027 --prefect

test: .venv/.installed-dev ## Run the tests, without the slow suites
	@$(BIN)/pytest -n 2 --dist loadfile $(SLOW:%=--ignore=%) $(ARGS)

# `make check TESTED=1` leaves out tests that have just run.
check: static $(if $(TESTED),,test) ## Run everything that a change must pass

static: format lint types contracts ## Run the checks that execute nothing

format: .venv/.installed-dev ## Check the format
	@$(BIN)/ruff format --check || { echo "To rewrite them: $(BIN)/ruff format"; exit 1; }

lint: .venv/.installed-dev ## Check the style
	@$(BIN)/ruff check

types: .venv/.installed-dev ## Check the types
	@$(BIN)/mypy

contracts: .venv/.installed-dev ## Check which package may import which
	@$(BIN)/lint-imports --no-logo

simulate: .venv/.installed-dev ## Live through YEARS years among faults, from SEED on
	@$(BIN)/python -m tests.simulation.run --years $(YEARS) --seed $(SEED)

test-simulation: .venv/.installed-dev ## Test the simulation: planted bugs are caught
	@$(BIN)/pytest -n 2 tests/simulation $(ARGS)

bench: .venv/.installed-dev $(if $(filter matching,$(or $(ONLY),matching)),peers) ## Measure, and write benchmarks/results.md
	@MENTOR_MATCH_DATA=$(MENTOR_MATCH_DATA) $(BIN)/python -m benchmarks $(ONLY)

test-postgres: .venv/.installed-dev ## Test against a PostgreSQL server
	@$(BIN)/pytest tests/postgres $(ARGS)

test-storm: .venv/.installed-dev ## Kill processes for STORM seconds, stop databases for 60
	@$(BIN)/pytest -n 2 tests/storms --storm-seconds=$(STORM) --outage-seconds=60 $(ARGS)

test-programmes: .venv/.installed-dev ## Rehearse every shipped programme to its end
	@$(BIN)/pytest -n 2 tests/programmes $(ARGS)

test-mishaps: .venv/.installed-dev ## Live through every shipped programme among mishaps
	@$(BIN)/pytest -n 2 tests/mishaps $(ARGS)

# Each has an environment of its own: two of them install packages of one name.
peers: $(patsubst benchmarks/others/%.txt,.venv-peers/%/.installed,$(wildcard benchmarks/others/*.txt)) ## Install other solvers, to compare with

.venv-peers/%/.installed: benchmarks/others/%.txt
	@$(PYTHON) -m venv $(@D)
	@$(@D)/bin/python -m pip install --quiet --disable-pip-version-check -r $<
	@touch $@

test-peers: .venv/.installed-dev .venv-peers/solvers/.installed ## Test against known answers on data of peers
	@$(BIN)/pytest tests/peers --mentor-match-data=$(MENTOR_MATCH_DATA) $(ARGS)

test-clients: .venv/.installed-dev ## Test our calendars against other programs
	@$(BIN)/pytest tests/clients $(ARGS)

test-prefect: .venv/.installed-dev ## Test against a Prefect server
	@$(BIN)/pytest tests/prefect_server $(ARGS)

clean: ## Remove the environment and the caches
	@rm -rf .venv .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache

# A stamp is written last: an install that failed is tried again.
.venv/.installed: pyproject.toml requirements.lock | .venv/bin/pip
	@echo "Installing stafet into .venv, once; takes a minute or two"
	@$(PIP) install -c requirements.lock -e .
	@$(BIN)/python -m compileall -q engine integrations flows
	@touch $@

.venv/.installed-dev: pyproject.toml requirements.lock | .venv/bin/pip
	@echo "Installing stafet and its development tools into .venv, once; takes a minute or two"
	@$(PIP) install -c requirements.lock -e '.[dev]'
	@$(BIN)/python -m compileall -q engine integrations flows
	@touch .venv/.installed $@

.venv/bin/pip:
	@echo "Building .venv with $$($(PYTHON) --version)"
	@$(PYTHON) -m venv .venv || { rm -rf .venv; \
		echo "$(PYTHON) cannot make an environment. On Debian: apt-get install python3-venv"; \
		exit 1; } >&2
