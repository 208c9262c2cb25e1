# Two commands are all: `make edition` builds the letter, `make test` proves the rest.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.stamp
UPKEEP := $(VENV)/.upkeep
LOWEST := $(VENV)/lowest
EXTRAS := cluster deposit docx hunspell ner pdf

.PHONY: edition test check accept conformance fuzz lock lowest audit pictures bench clean help

help:  ## list the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

$(STAMP): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade pip
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@# As pip does for what is not editable: some systems keep Python from writing its bytecode.
	$(BIN)/python -m compileall -q encoder
	@touch $(STAMP)

edition: $(STAMP)  ## set up and build the letter: TEI, HTML, PDF
	$(BIN)/tei build tei

check: $(STAMP)  ## format, lint and types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

test: check  ## set up and pass the tests
	$(BIN)/python -m pytest -n 2

accept: $(STAMP)  ## rewrite what is generated and expected: then read the diff
	$(BIN)/python -m tests.accept

conformance: $(STAMP)  ## what needs ../shared or jing; figures may only rise
	$(BIN)/python -m conformance

$(UPKEEP): $(STAMP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[upkeep]'
	@touch $(UPKEEP)

EACH ?= 60
fuzz: $(UPKEEP)  ## bytes nobody meant, EACH=60 seconds a target; mutants and schemas where ../shared is
	$(BIN)/python -m fuzzing --seconds $(EACH)
	if [ -d ../shared ]; then $(BIN)/python -m conformance.mutants 5000 --seed 13 && \
		$(BIN)/python -m conformance.schemas 200 --seed 13; fi

lock: $(UPKEEP)  ## write requirements-dev.lock anew: each version with its hashes, for any system
	$(BIN)/uv pip compile --quiet --universal --upgrade --no-header --no-annotate --generate-hashes \
		--extra dev --extra upkeep --output-file requirements-dev.lock pyproject.toml

lowest: $(UPKEEP)  ## test with the lowest versions that pyproject.toml allows
	@mkdir -p build
	$(BIN)/uv pip compile --quiet --resolution lowest-direct --no-header --no-annotate \
		$(EXTRAS:%=--extra %) --output-file build/lowest.txt pyproject.toml
	$(BIN)/uv venv --quiet --clear --python $(BIN)/python $(LOWEST)
	$(BIN)/uv pip install --quiet --python $(LOWEST) --constraints build/lowest.txt --editable '.[dev]'
	$(LOWEST)/bin/python -m pytest -n 2 -m 'not browser and not slow'

audit: $(UPKEEP)  ## ask whether what is locked has known holes; needs the network
	$(BIN)/pip-audit --strict --disable-pip --require-hashes --requirement requirements-dev.lock

pictures: edition  ## draw the pictures of the README anew; needs chromium
	$(BIN)/python docs/pictures.py

bench: $(STAMP)  ## one table: each row a ratio to another program, measured side by side
	$(BIN)/python -m benchmarks

clean:  ## remove what make made
	rm -rf $(VENV) build dist tei/build .pytest_cache .mypy_cache .ruff_cache .hypothesis
