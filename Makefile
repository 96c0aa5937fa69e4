# 'make app' opens the app, 'make test' runs every check. Each first sets up what it needs, in .venv.
# Written for GNU make 3.81, the one that macOS has.

PYTHON = .venv/bin/python
PIP = $(PYTHON) -m pip install --quiet --disable-pip-version-check

# A browser opens where there is a screen; elsewhere Streamlit prints the address. For a class: make app ADDRESS=192.168.1.5
OPEN = $(if $(ADDRESS),--browser.serverAddress=$(ADDRESS))

.DEFAULT_GOAL = help
.PHONY: help app test format-check lint types unit browser format lock benchmarks-setup clean python-gone
.NOTPARALLEL: # the checks print in order, and the browser tests have the cores for themselves

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-17s%s\n", $$1, $$2 }' Makefile

app: .venv/app ## Set up and open the app
	$(PYTHON) -m streamlit run streamlit_app.py $(OPEN)

test: format-check lint types unit browser ## Set up and run every check below; 'make -k test' goes on after a failure

format-check: .venv/dev ## Check the layout of the code
	@echo "== ruff format --check"
	@$(PYTHON) -m ruff format --check .

lint: .venv/dev ## Check the code for mistakes
	@echo "== ruff check"
	@$(PYTHON) -m ruff check .

types: .venv/dev ## Check the types
	@echo "== mypy"
	@$(PYTHON) -m mypy

unit: .venv/dev ## Test the network and the pages, without a browser, and print which lines no test runs
	@echo "== pytest: unit and app tests"
	@tools/install_postgresql.sh >/dev/null
	@$(PYTHON) -m pytest tests/charts tests/drawings tests/exports tests/fcnn tests/runs tests/store --numprocesses=auto --dist=loadfile --cov
	@$(PYTHON) -m pytest tests/repository tests/ui --numprocesses=auto --dist=loadfile

browser: .venv/dev ## Test the app in Chromium
	@echo "== pytest: browser tests"
	@chromium=$$(tools/install_chromium.sh) && CHROMIUM="$$chromium" $(PYTHON) -m pytest tests/browser --numprocesses=2 --dist=loadfile

format: .venv/dev ## Lay out the code and mend what can be mended
	$(PYTHON) -m ruff check --fix .
	$(PYTHON) -m ruff format .

lock: ## Choose anew the versions that 'make app' installs, within the bounds of requirements.txt
	@tools/make_venv.sh .venv-lock
	@.venv-lock/bin/python -m pip install --quiet --disable-pip-version-check "uv>=0.9,<1"
	.venv-lock/bin/python -m uv pip compile --quiet --upgrade --universal --python-version 3.11 --no-annotate \
	  --custom-compile-command "make lock" --output-file requirements.lock requirements.txt
	@rm -rf .venv-lock

benchmarks-setup: ## Set up .venv-benchmarks with what the benchmarks compare with
	@tools/make_venv.sh .venv-benchmarks
	.venv-benchmarks/bin/python -m pip install --quiet --disable-pip-version-check -r benchmarks/requirements.txt

clean: ## Remove .venv, .venv-benchmarks and the caches; data and saved runs stay
	rm -rf .venv .venv-benchmarks .venv-lock .mypy_cache .pytest_cache .ruff_cache .coverage build *.egg-info
	find . -name __pycache__ -prune -exec rm -rf {} +

# .venv/app and .venv/dev are stamps: a set-up is repeated when its requirements are newer, or its Python is gone.
# What is installed is what requirements.lock says, so that classes that set up a month apart have the same versions.
.venv/app: requirements.lock $(if $(shell $(PYTHON) --version 2>/dev/null),,python-gone)
	@tools/make_venv.sh .venv
	@echo "Installing what the app needs (a minute or two the first time)"
	@$(PIP) -r requirements.lock
	@touch $@

.venv/dev: requirements-dev.txt .venv/app
	@echo "Installing what the checks need"
	@$(PIP) -r requirements-dev.txt -c requirements.lock
	@touch $@
