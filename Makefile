# Every target is a line or two; the work is done by `facilitate`, pytest and the tools in pyproject.toml.

PYTHON ?= python3
PORT ?= 8000
JOBS ?= 2
BIN := .venv/bin
PIP := $(BIN)/pip --disable-pip-version-check --quiet
# Python compiles a module when it is first imported; compiling all of them here takes as long as the installation itself.
LOCKED = $(PIP) install --require-hashes --no-deps --no-compile
# A machine without npm gets Node from PyPI.
NODE := $(if $(shell command -v npm 2>/dev/null),,--requirement requirements-node.txt)
CATALOGUES := $(wildcard facilitate/translations/*/LC_MESSAGES/messages.po)

.PHONY: help install run demo test test-postgresql soak bench lint types format audit lock translations screenshots clean

help:  ## This list
	@grep -hE '^[a-z-]+:.*## ' Makefile | awk -F ':.*## ' '{printf "  make %-16s %s\n", $$1, $$2}'

install: .venv/.package  ## Everything needed to serve, in .venv

run: install  ## Serve on 127.0.0.1:8000 (PORT=9000; LAN=1 for phones in the room)
	@$(BIN)/facilitate serve --port $(PORT) $(if $(LAN),--lan)

demo: install  ## Serve a planning day in progress, with a simulated room
	@$(BIN)/facilitate demo

test: lint types  ## Style, types and the whole test suite (JOBS=1 for one process)
	$(BIN)/pytest --numprocesses $(JOBS) --dist loadfile --no-loadscope-reorder

test-postgresql: install .venv/.dev  ## The suite on PostgreSQL instead of SQLite, without browsers and the engine
	FACILITATE_TEST_DATABASE=postgresql $(BIN)/pytest --numprocesses $(JOBS) --dist loadfile --no-loadscope-reorder -m "not browser" --ignore tests/scoring

soak: .venv/.dev  ## The attacks at full size; takes hours
	SOAK=1 $(BIN)/pytest --numprocesses $(JOBS) --dist loadfile --no-loadscope-reorder --durations 0 $$(grep -rl "tests.sizes import" tests --include "test_*.py")

bench: .venv/.dev  ## A hall of phones beside the peers, and the ranking of a large room; on a quiet machine
	$(BIN)/python -m bench.hall
	$(BIN)/python -m bench.ranking

lint: .venv/.dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: .venv/.dev
	$(BIN)/mypy

format: .venv/.dev  ## Put the code into shape
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

audit: .venv/.dev  ## Known vulnerabilities in what we ship
	$(BIN)/pip-audit --strict --disable-pip --requirement requirements.txt
	npm audit

LOCK = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
	--custom-compile-command "make lock" $(UPGRADE)
lock: .venv/bin/pip  ## Write the lock files anew (UPGRADE=--upgrade for newer versions)
	@$(PIP) install uv
	@$(LOCK) pyproject.toml --extra postgresql --output-file requirements.txt > /dev/null
	@$(LOCK) pyproject.toml --extra postgresql --extra test --group build --constraint requirements.txt --output-file requirements-dev.txt > /dev/null
	@$(LOCK) --group build --constraint requirements-dev.txt --output-file requirements-build.txt > /dev/null
	@$(LOCK) --group node --output-file requirements-node.txt > /dev/null
	@npm install --package-lock-only

translations: .venv/.dev  ## Collect new texts into the catalogues, and compile them
	$(BIN)/pybabel extract --keywords N_ --keywords _l --mapping pyproject.toml --no-location --project facilitate --copyright-holder "the facilitate authors" --output facilitate/translations/messages.pot .
	$(BIN)/pybabel update --no-fuzzy-matching --ignore-pot-creation-date --input-file facilitate/translations/messages.pot --output-dir facilitate/translations
	$(BIN)/pybabel compile --statistics --directory facilitate/translations

screenshots: .venv/.dev  ## Every screen, in three languages and five sizes, and contact sheets of them
	$(BIN)/python -m tests.browser.screenshots

clean:  ## Remove what make made, but not instance/
	rm -rf .venv node_modules facilitate/static/vendor build dist .mypy_cache .pytest_cache .ruff_cache

# --- Stamps: what is up to date is not done again. ---

.venv/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "facilitate needs Python 3.11 or newer. Name one: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv .venv || \
		{ rm -rf .venv; echo "This Python cannot make a virtual environment. On Debian or Ubuntu: apt install python3-venv"; exit 1; }

.venv/.runtime: requirements.txt requirements-build.txt requirements-node.txt | .venv/bin/pip
	@echo "Installing facilitate into .venv (once) …"
	@$(LOCKED) --requirement requirements.txt --requirement requirements-build.txt $(NODE)
	@touch $@

.venv/.package: .venv/.runtime pyproject.toml package-lock.json build_hook.py frontend.py $(CATALOGUES)
	@$(PIP) install --no-build-isolation --no-deps --editable .
	@touch $@

.venv/.dev: .venv/.package requirements-dev.txt
	@echo "Installing the test tools (once) …"
	@$(LOCKED) --requirement requirements-dev.txt
	@touch $@
