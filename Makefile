# `make demo` shows the sample world, `make test` runs every test, `make serve` is for real.
# Both set up what they need in .venv; nothing has to be installed by hand but Python 3.11+ and make.
# What is chosen stands in requirements.txt, what is installed in requirements.lock; the same in tests/.

PORT ?= 8000
PY := .venv/bin/python
SHELL := /bin/sh

.PHONY: help demo serve test test-browsers help-pictures lint format lock clean

help:
	@echo "make demo     serve the sample world on http://127.0.0.1:$(PORT) (PORT=... for another port)"
	@echo "make serve    serve a real service on the database of the settings, never sample data"
	@echo "make test     run the whole test suite"
	@echo "make test-browsers  the pages of a worker in Firefox and WebKit"
	@echo "make help-pictures  take the pictures of help anew, of the sample world, in Chromium"
	@echo "make lint     look at code, types and templates: ruff, mypy, djlint, missing migrations"
	@echo "make format   put the code into the house's form"
	@echo "make lock     write what is installed, with its hashes, after a change of requirements.txt"
	@echo "make clean    remove .venv and what the tests left in var/ (never var/eitrack.sqlite3)"

demo: .venv/installed
	@PORT="$(PORT)" .ci/demo

serve: .venv/installed
	@PORT="$(PORT)" .ci/serve

test: .venv/installed-tests
	@.ci/test

test-browsers: .venv/installed-tests
	@.ci/test-browsers

help-pictures: .venv/installed-tests
	$(PY) -m tests.browser.help_pictures

lint: .venv/installed-tests
	@.ci/lint

format: .venv/installed-tests
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

lock: | $(PY)
	@.ci/lock

clean:
	rm -rf .venv var/lock .mypy_cache .ruff_cache .hypothesis var/static var/migrated var/test.sqlite3*

# A stamp is older than its lock when the lock has changed: then pip looks again.
.venv/installed: requirements.lock | $(PY)
	@echo "Installing what EITrack needs (requirements.lock); the first time takes a minute ..."
	@$(PY) -m pip install -qq --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

.venv/installed-tests: tests/requirements.lock | $(PY)
	@echo "Installing what EITrack and its tests need (tests/requirements.lock); the first time takes a minute ..."
	@$(PY) -m pip install -qq --disable-pip-version-check --require-hashes -r tests/requirements.lock
	@touch $@

$(PY):
	@.ci/environment
