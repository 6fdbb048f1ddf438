# What a person needs: make app, make test, make eval, make speed, make check. Each sets up what it needs by itself.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help setup app test eval speed check

help: ## what can be made
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1\t\2/p' Makefile | expand -t 14

setup: $(READY) ## the environment in .venv, nothing else

$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Footnote needs Python 3.11 or newer: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)" >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing what Footnote needs (about 2 GB, a few minutes, once) …"
	$(BIN)/python -m pip install --disable-pip-version-check --quiet --upgrade pip
	$(BIN)/python -m pip install --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $(READY)

app: $(READY) ## set up if needed, read the corpus if it changed, open the app
	$(BIN)/python -m ingest
	$(BIN)/python -m streamlit run app.py

test: $(READY) ## run the tests
	$(BIN)/python -m pytest --numprocesses auto --dist loadgroup

eval: $(READY) ## run the grounding benchmark and write its report
	$(BIN)/python -m ingest
	$(BIN)/python -m eval run
	$(BIN)/python -m eval mutate
	$(BIN)/python -m eval report

speed: $(READY) ## measure speed beside the stock stack, some 40 minutes
	$(BIN)/python -m ingest
	$(BIN)/python -m eval speed
	$(BIN)/python -m eval speed --passages 10000 --passages 100000
	$(BIN)/python -m eval speed --sessions 1,50,100,200 --leaves 1000

check: $(READY) ## style, types, layers and house numbers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest --quiet tests/test_layers.py tests/test_house_numbers.py
