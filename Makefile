# Two commands: `make demo` shows the sample world, `make test` runs every test.
# Both set up what they need in .venv; nothing has to be installed by hand but Python 3.11+ and make.

PORT ?= 8000
PY := .venv/bin/python
SHELL := /bin/sh

.PHONY: help demo test test-browsers lint format clean

help:
	@echo "make demo     serve the sample world on http://127.0.0.1:$(PORT) (PORT=... for another port)"
	@echo "make test     run the whole test suite"
	@echo "make test-browsers  the pages of a worker in Firefox and WebKit"
	@echo "make lint     look at code and templates: ruff, djlint, missing migrations"
	@echo "make format   put the code into the house's form"
	@echo "make clean    remove .venv and what the tests left in var/ (never var/eitrack.sqlite3)"

demo: .venv/installed
	@PORT="$(PORT)" .ci/demo

test: .venv/installed-tests
	@.ci/test

test-browsers: .venv/installed-tests
	@.ci/test-browsers

lint: .venv/installed-tests
	@.ci/lint

format: .venv/installed-tests
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

clean:
	rm -rf .venv .ruff_cache .hypothesis var/static var/test.sqlite3*

# A stamp is older than its list when the list has changed: then pip looks again.
.venv/installed: requirements.txt | $(PY)
	@echo "Installing what EITrack needs (requirements.txt); the first time takes a minute ..."
	@$(PY) -m pip install -qq --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/installed-tests: requirements.txt tests/requirements.txt | $(PY)
	@echo "Installing what EITrack and its tests need (tests/requirements.txt); the first time takes a minute ..."
	@$(PY) -m pip install -qq --disable-pip-version-check -r tests/requirements.txt
	@touch $@

$(PY):
	@.ci/environment
