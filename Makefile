# make            build the default station: audio/ and feed/
# make test       run the tests        make lint / make types
# make piper      adds the offline neural engine to .venv (a voice is installed by truyenthanh voices install)
# make tools      checkers of the pages for the tests (npm); a browser comes from the system
# make bench      speed and memory of whole commands, and where the time goes
# make fuzz       reads random texts for ten minutes (MINUTES=n)
# make torture      the tests that take too long for every day
# make messages   compile the catalogues of messages after a change of locale/
# make docs       write docs/cli.md from the program, after a change of a command or its help
# make golden     rewrite tests/golden after a change that is meant
# make clean      remove what was built, the store and .venv

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: build piper test lint types tools bench fuzz torture golden messages docs lock clean
.DEFAULT_GOAL := build

build: $(VENV)/.installed
	$(BIN)/truyenthanh build

test: $(VENV)/.installed-dev
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check scripts tests
	$(BIN)/ruff format --check scripts tests

types: $(VENV)/.installed-dev
	$(BIN)/mypy

# axe-core and the Nu checker, by their lock file; the tests that use them are skipped without.
tools:
	npm ci --prefix tests/feed

bench: $(VENV)/.installed-dev
	$(BIN)/python tests/bench/bench.py
	$(BIN)/python tests/bench/reading.py
	$(BIN)/python tests/bench/voices.py
	$(BIN)/python tests/bench/engines.py
	$(BIN)/python tests/bench/sound.py
	$(BIN)/python tests/bench/pages.py

fuzz: $(VENV)/.installed-dev
	$(BIN)/python tests/fuzz/fuzz_reading.py --minutes $(or $(MINUTES),10)

torture: $(VENV)/.installed-dev
	$(BIN)/python -m pytest tests/torture

golden: $(VENV)/.installed-dev
	UPDATE_GOLDEN=1 $(BIN)/python -m pytest -q tests -k golden

messages: $(VENV)/.installed-dev
	$(BIN)/python tests/support/catalogues.py

docs: $(VENV)/.installed-dev
	$(BIN)/python tests/support/cli_reference.py

# Names, versions and hashes only; run after changing dependencies in pyproject.toml.
lock: $(VENV)/.installed-dev
	$(PIP) install uv
	for set in "--extra m4a --group build:requirements.lock" \
			"--extra m4a --extra piper --group build:requirements-piper.lock" \
			"--extra m4a --extra piper --group build --group dev:requirements-dev.lock"; do \
		$(BIN)/uv pip compile pyproject.toml $${set%:*} --universal --python-version 3.11 \
			--generate-hashes --no-header --no-annotate --no-emit-index-url --quiet -o $${set##*:}; \
	done

# Wheels are checked against the hashes of the lock; the project itself is built with what is installed.
$(VENV)/.installed: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11+ needed: make PYTHON=python3.12")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) install --require-hashes -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	touch $@

piper: $(VENV)/.installed
	$(PIP) install --require-hashes -r requirements-piper.lock

$(VENV)/.installed-dev: $(VENV)/.installed requirements-dev.lock
	$(PIP) install --require-hashes -r requirements-dev.lock
	touch $@

clean:
	rm -rf $(VENV) .cache .mypy_cache .ruff_cache .pytest_cache
	find audio feed -mindepth 1 ! -name README.md ! -name .gitignore -delete
