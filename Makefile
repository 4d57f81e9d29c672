# Everything a newcomer, a developer and the checks need. `make` alone explains itself.
# Each step leaves a stamp in .venv, so a second run does only what has changed.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DONE := $(VENV)/.done
PLAYER := territory/player
PLAYER_SOURCES := territory/_util/palette.json $(shell find $(PLAYER) -name node_modules -prune -o -type f -print 2>/dev/null)
BUILT := $(addprefix territory/render/assets/built/,layer.css layer.js player.css player.js)
PLAYER_PACKAGES := $(PLAYER)/node_modules/.package-lock.json
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet --quiet
# Node of the machine, or else the one that the node step puts into .venv.
WITH_NODE := export PATH="$(CURDIR)/$(BIN):$$PATH"

# Shell words for what only the system's package manager can do.
define SYSTEM
as_root() { if [ "$$(id -u)" = 0 ]; then "$$@"; else sudo -n "$$@"; fi; }
can_install() { command -v apt-get >/dev/null && { [ "$$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }; }
apt_install() {
  echo "Installing Debian's $$*"
  as_root apt-get -qq update </dev/null >/dev/null &&
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends \
    -o DPkg::Lock::Timeout=120 install "$$@" </dev/null >/dev/null
}
endef

# A build that fails leaves the last good page script in place.
.PRECIOUS: $(BUILT)
.PHONY: help venv demo picture rooms reference bench compare test lint format lock build clean browser

help: ## List the targets
	@echo "territory: who controlled which ground, when, and who says so"
	echo
	awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s%s\n", $$1, $$2}' $(MAKEFILE_LIST)

venv: $(DONE)/package ## Set up .venv with territory and what it needs to run

demo: $(DONE)/package ## Write outputs/idlib-2015.html, the animated map of the shipped campaign
	@mkdir -p outputs
	$(BIN)/territory render -o outputs/idlib-2015.html
	echo "The map is in $(CURDIR)/outputs/idlib-2015.html: open it in a browser, no network needed."

test: lint browser ## Run every check and test: lint, Python, notebook, browser, player
	@$(WITH_NODE)
	$(BIN)/python -m pytest
	cd $(PLAYER) && npm test --silent

bench: $(DONE)/dev tests/benchmarks/node_modules/.package-lock.json ## Measure speed against today's tools: ratios in one table, also in outputs/bench.md
	@$(BIN)/python tests/benchmarks/bench.py

compare: $(DONE)/dev browser ## Compare what a user gets with what another checkout gives: make compare WITH=../other
	@[ -n "$(WITH)" ] || { echo "Which other checkout? make compare WITH=../other EXPECT='stats:fronts page:data'"; exit 2; }
	$(BIN)/python tests/compare.py "$(WITH)" $(addprefix --expect ,$(EXPECT))

lint: $(DONE)/dev $(PLAYER_PACKAGES) ## Look for faults without running or changing anything
	@$(WITH_NODE)
	faults=
	$(BIN)/ruff check --quiet . || faults+=" ruff"
	$(BIN)/ruff format --check --quiet . || faults+=" format(make format)"
	$(BIN)/mypy --no-error-summary || faults+=" mypy"
	$(BIN)/lint-imports --no-logo >$(DONE)/imports.txt || { cat $(DONE)/imports.txt; faults+=" import-linter"; }
	$(BIN)/codespell || faults+=" codespell"
	(cd $(PLAYER) && npm run check --silent) || faults+=" tsc"
	[ -z "$$faults" ] || { echo "Faults found by:$$faults"; exit 1; }
	echo "No fault found by ruff, mypy, import-linter, codespell, tsc and biome."

format: $(DONE)/dev $(PLAYER_PACKAGES) ## Format Python and JavaScript, and mend what ruff and biome can mend safely
	@$(WITH_NODE)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	cd $(PLAYER) && npm run format --silent

build: $(DONE)/package ## Build the wheel into dist/
	@$(WITH_NODE)
	$(PIP) wheel --no-deps --wheel-dir dist .
	ls dist/*.whl

lock: $(DONE)/python ## Renew the requirements files from pyproject.toml (make lock UP=1: newest versions)
	@$(PIP) install uv
	compile() {
	  $(BIN)/uv pip compile --quiet --universal --generate-hashes --custom-compile-command "make lock" \
	    $(if $(UP),--upgrade) "$$@"
	}
	compile pyproject.toml -o requirements.lock
	compile --group dev -c requirements.lock pyproject.toml -o requirements-dev.lock
	compile --group node -o requirements-node.lock

clean: ## Remove everything that make made, .venv included
	@rm -rf $(VENV) dist $(PLAYER)/node_modules $(dir $(firstword $(BUILT)))
	rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find outputs -mindepth 1 ! -name .gitkeep -delete
	find territory tests -name __pycache__ -prune -exec rm -rf {} +

# The steps behind the targets -------------------------------------------------------------------

$(DONE)/python:
	@$(SYSTEM)
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
	  echo "territory needs Python 3.11 or later, and $(PYTHON) is not: make PYTHON=/path/to/python3.11"; exit 1; }
	if ! $(PYTHON) -c 'import ensurepip' 2>/dev/null; then
	  { can_install && apt_install python3-venv; } || {
	    echo "$(PYTHON) cannot make virtual environments: as root, apt-get install python3-venv, then make again."
	    exit 1; }
	fi
	echo "Setting up $(VENV)"
	$(PYTHON) -m venv $(VENV)
	mkdir -p $(DONE)
	touch $@

$(DONE)/runtime: requirements.lock | $(DONE)/python
	@echo "Installing what territory needs (requirements.lock)"
	$(PIP) install -r requirements.lock
	touch $@

# Only on a machine without Node and npm: they come from PyPI into .venv.
$(DONE)/node: requirements-node.lock hatch_build.py | $(DONE)/runtime
	@$(WITH_NODE)
	if ! { [ "$$(node -p 'process.versions.node.split(".")[0] >= 20' 2>/dev/null)" = true ] &&
	       npm --version >/dev/null 2>&1; }; then
	  echo "Installing Node and npm into $(VENV) (requirements-node.lock): this machine has none of version 20 or later"
	  $(PIP) install -r requirements-node.lock
	fi
	touch $@

# The build hook makes the page's script and style from the player's sources.
$(DONE)/package $(BUILT) &: pyproject.toml hatch_build.py $(PLAYER_SOURCES) | $(DONE)/runtime $(DONE)/node
	@$(WITH_NODE)
	echo "Installing territory itself, and building the page's script"
	$(PIP) install --no-deps --editable .
	touch $(DONE)/package $(BUILT)

$(PLAYER_PACKAGES): $(PLAYER)/package-lock.json | $(DONE)/package
	@$(WITH_NODE)
	cd $(PLAYER)
	npm ci --ignore-scripts --no-audit --no-fund --silent
	touch node_modules/.package-lock.json

# What folium's plugins would load from a network, so that benches can play them without one.
tests/benchmarks/node_modules/.package-lock.json: tests/benchmarks/package-lock.json | $(PLAYER_PACKAGES)
	@$(WITH_NODE)
	cd tests/benchmarks
	npm ci --ignore-scripts --no-audit --no-fund --silent
	touch node_modules/.package-lock.json

$(DONE)/dev: requirements-dev.lock | $(DONE)/package
	@echo "Installing what the checks and tests need (requirements-dev.lock)"
	$(PIP) install -r requirements-dev.lock
	touch $@

picture: demo browser ## Renew the picture at the head of the README
	@for name in chromium chromium-browser google-chrome; do command -v $$name >/dev/null && break; done
	$$name --headless --disable-gpu --disable-background-networking --hide-scrollbars --no-first-run \
	  $$([ "$$(id -u)" = 0 ] && echo --no-sandbox) --window-size=1280,860 --virtual-time-budget=5000 \
	  --screenshot=outputs/readme-map.png "file://$(CURDIR)/outputs/idlib-2015.html#date=2015-04-25" 2>/dev/null
	ls -l outputs/readme-map.png

rooms: $(DONE)/python ## Renew docs/rooms.svg, the picture of the rooms, from the import contracts
	@$(BIN)/python docs/rooms.py

reference: $(DONE)/package ## Renew docs/campaign-folder.md, the keys and columns of a campaign, from the schema
	@$(BIN)/python -m territory.records.schema.reference_page >docs/campaign-folder.md

browser:
	@$(SYSTEM)
	for name in chromium chromium-browser google-chrome; do
	  if command -v $$name >/dev/null; then exit 0; fi
	done
	{ can_install && apt_install chromium fonts-noto-core; } ||
	  echo "No Chromium here, so the browser tests will skip. To run them, as root: apt-get install chromium"
