# make            build the default station: audio/ and feed/
# make check      what must pass before a change is merged: test, lint, types
# make test       run the tests        make lint / make types
# make lowest     run the tests with the oldest versions that pyproject.toml allows
# make piper      adds the offline neural engine to .venv (a voice is installed by truyenthanh voices install)
# make tools      page checkers for the tests (npm); the browser is the system's
# make bench      speed and memory of whole commands, and where the time goes
# make fuzz       reads random texts for ten minutes (MINUTES=n)
# make torture    the tests that are too slow for every day
# make messages   copy the English messages into the Vietnamese catalogue, for translators
# make docs       write docs/cli.md from the program, after a change of a command or its help
# make golden     rewrite tests/golden after an intended change
# make lock       update requirements/ after a change of dependencies (UPGRADE=1: take the newest versions)
# make clean      remove what was built, the store and .venv

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
CHECKED := scripts tests requirements hatch_build.py
CATALOGUES := $(wildcard scripts/truyenthanh/locale/*/LC_MESSAGES/truyenthanh.po)
COMPILED := $(CATALOGUES:.po=.mo)

# The layers of requirements/, each with those below it: pip requires hashes for everything one call installs.
LOCKED := --require-hashes -r requirements/base.lock -r requirements/build.lock
LOCKED_PIPER := $(LOCKED) -r requirements/piper.lock
LOCKED_DEV := $(LOCKED_PIPER) -r requirements/dev.lock

.PHONY: build check test lint types lowest piper tools bench fuzz torture golden messages docs lock clean
.DEFAULT_GOAL := build

build: $(VENV)/.installed $(COMPILED)
	$(BIN)/truyenthanh build

check: lint types test

# Four processes, whatever the cores: the tests wait for browsers, servers and services half of their time.
test: $(VENV)/.installed-dev $(COMPILED)
	$(BIN)/python -m pytest -n 4 --dist loadfile --no-loadscope-reorder

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check $(CHECKED)
	$(BIN)/ruff format --check $(CHECKED)
	$(BIN)/codespell

types: $(VENV)/.installed-dev
	$(BIN)/mypy

# axe-core and the Nu checker, by their lock file; the tests that use them are skipped without.
tools:
	npm ci --prefix tests/feed

bench: $(VENV)/.installed-dev $(COMPILED)
	$(BIN)/python tests/bench/bench.py
	$(BIN)/python tests/bench/reading.py
	$(BIN)/python tests/bench/voices.py
	$(BIN)/python tests/bench/engines.py
	$(BIN)/python tests/bench/sound.py
	$(BIN)/python tests/bench/pages.py

fuzz: $(VENV)/.installed-dev $(COMPILED)
	$(BIN)/python tests/fuzz/fuzz_reading.py --minutes $(or $(MINUTES),10)

torture: $(VENV)/.installed-dev $(COMPILED)
	$(BIN)/python -m pytest tests/torture

golden: $(VENV)/.installed-dev $(COMPILED)
	UPDATE_GOLDEN=1 $(BIN)/python -m pytest -q tests -m golden

messages: $(VENV)/.installed-dev $(COMPILED)
	$(BIN)/python tests/support/catalogues.py

docs: $(VENV)/.installed-dev $(COMPILED)
	$(BIN)/python tests/support/cli_reference.py

# Names, versions and hashes only; the script says which.
lock: $(VENV)/.installed-resolver
	$(BIN)/python requirements/lock.py $(if $(UPGRADE),--upgrade)

# Wheels are checked against the hashes of the locks; the project itself is built with what is installed.
$(VENV)/.installed: requirements/base.lock requirements/build.lock pyproject.toml hatch_build.py
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11+ needed: make PYTHON=python3.12")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) install $(LOCKED)
	$(PIP) install --no-deps --no-build-isolation --editable .
	touch $@

# The installation compiles the catalogues too; this is for one that was written to since.
%.mo: %.po | $(VENV)/.installed
	$(BIN)/python hatch_build.py

piper: $(VENV)/.installed
	$(PIP) install $(LOCKED_PIPER)

$(VENV)/.installed-dev: $(VENV)/.installed requirements/piper.lock requirements/dev.lock
	$(PIP) install $(LOCKED_DEV)
	touch $@

$(VENV)/.installed-resolver: $(VENV)/.installed requirements/resolver.lock
	$(PIP) install $(LOCKED) -r requirements/resolver.lock
	touch $@

# With Python 3.11, the lowest promised; from wheels, as most users have no compiler (feedgen has none and needs
# none). The tools of the tests are as locked: nobody is promised older ones.
lowest: $(VENV)/.installed-resolver $(COMPILED)
	$(BIN)/uv venv --quiet --allow-existing --no-python-downloads --python 3.11 $(VENV)-lowest
	$(BIN)/uv pip install --quiet --python $(VENV)-lowest --resolution lowest-direct \
		--only-binary :all: --no-binary feedgen --constraints requirements/dev.lock \
		--requirements pyproject.toml --all-extras --group build --group dev
	$(BIN)/uv pip install --quiet --python $(VENV)-lowest --no-deps --no-build-isolation --editable .
	$(VENV)-lowest/bin/python -m pytest -n 4 --dist loadfile --no-loadscope-reorder -m "not golden"

clean:
	rm -rf $(VENV) $(VENV)-lowest .cache .mypy_cache .ruff_cache .pytest_cache
	find audio feed -mindepth 1 ! -name README.md ! -name .gitignore -delete
