# Everything that a developer or the continuous integration runs. Needs GNU make and Python 3.11 or newer; uses uv if it
# is there. All tools run out of .venv, whatever is on the PATH, and an empty home folder will do.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup run chat test check bench lock

VENV := .venv
BIN := $(VENV)/bin
RUNTIME := $(VENV)/.runtime-installed
DEVELOPMENT := $(VENV)/.development-installed

# Options, as in: make test ARGS="tests/crm_store -k undo"
ARGS ?=
WORKERS ?= 2
COVERAGE_MIN ?= 80

help: ## list what can be done here
	@sed -n 's/^\([a-z]*\):.*## /\1 /p' $(firstword $(MAKEFILE_LIST)) | \
		while read -r target meaning; do printf '  make %-6s %s\n' "$$target" "$$meaning"; done

setup: $(RUNTIME) ## install Guanxi into .venv, exactly as locked

run: $(RUNTIME) ## start Guanxi with a demonstration company
	$(BIN)/guanxi serve --demo $(ARGS)

chat: $(RUNTIME) ## talk to Guanxi in this terminal, with the demonstration company
	$(BIN)/guanxi chat --demo $(ARGS)

test: $(DEVELOPMENT) ## run all tests, or those that ARGS names
	$(BIN)/python -m pytest -n $(WORKERS) $(ARGS)

check: $(DEVELOPMENT) ## run all that must pass before a change is accepted: format, lint, types, imports, tests, coverage
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -n $(WORKERS) --cov --cov-report=term --cov-fail-under=$(COVERAGE_MIN) $(ARGS)

bench: $(DEVELOPMENT) ## run the benchmarks one after the other
	@set -e; for script in $(sort $(wildcard benchmarks/[a-z]*.py)); do \
		echo "== $$script"; $(BIN)/python "$$script" $(ARGS); done

lock: $(DEVELOPMENT) ## write both lock files from pyproject.toml; ARGS=--upgrade takes newer versions
	$(COMPILE) --group build --output-file requirements.lock $(ARGS)
	$(COMPILE) --group build --group dev --constraint requirements.lock --output-file requirements-dev.lock $(ARGS)

# The header would repeat this command, and the notes would make every change of one version a change of many lines.
COMPILE := $(BIN)/uv pip compile pyproject.toml --quiet --universal --generate-hashes \
	--no-emit-index-url --no-header --no-annotate

$(RUNTIME): requirements.lock pyproject.toml $(BIN)/python
	@echo "Installing the locked packages into $(VENV) ..."
	@$(call install,--require-hashes --requirement requirements.lock)
	@$(call install,--no-deps --no-build-isolation --editable .)
	@: > $@

$(DEVELOPMENT): requirements-dev.lock $(RUNTIME)
	@echo "Installing the locked development tools into $(VENV) ..."
	@$(call install,--require-hashes --requirement requirements-dev.lock)
	@: > $@

# A name on the PATH may be a stub that starts nothing, so each candidate must run and tell its version.
$(BIN)/python:
	@rm -rf $(VENV); needs='import sys, venv, ensurepip'; \
	if command -v uv >/dev/null 2>&1; then needs='import sys'; fi; \
	for candidate in $(PYTHON) python3.13 python3.12 python3.11 python3; do \
		found=$$("$$candidate" -c "$$needs; sys.version_info >= (3, 11) or sys.exit(1); print(sys.executable)" \
			2>/dev/null) && break; found=; \
	done; \
	if [ -z "$$found" ]; then \
		echo "Guanxi needs Python 3.11 or newer with its venv module (on Debian: python3-venv);" \
			"none of python3.13, python3.12, python3.11, python3 is that. Name one: make setup PYTHON=/path/to/python3" >&2; \
		exit 1; \
	fi; \
	if command -v uv >/dev/null 2>&1; then uv venv --quiet --no-project --python "$$found" $(VENV); \
	else "$$found" -m venv $(VENV); fi

# An environment that uv made has no pip; it is added should uv be gone since.
install = if command -v uv >/dev/null 2>&1; then uv pip install --quiet --python $(BIN)/python $(1); else \
	$(BIN)/python -m pip --version >/dev/null 2>&1 || $(BIN)/python -m ensurepip >/dev/null; \
	$(BIN)/python -m pip install --quiet --disable-pip-version-check $(1); fi
