# make demo   everything on a simulated community; make test   every check. Both set up .venv first.
.PHONY: demo test lint bench clean
SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin
OUT ?= demo
# The first interpreter that really runs and is 3.11 to 3.13 (a pyenv shim may exist and still refuse).
PYTHON ?= $(shell for p in python3.12 python3.13 python3.11 python3 python; do \
  $$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null && echo $$p && break; done)

demo: $(VENV)/.installed
	$(BIN)/sanshe demo -o $(OUT) --force

test: $(VENV)/.tested
	$(BIN)/python tests/browser/ensure_browser.py
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -n 2 --dist loadfile

bench: $(VENV)/.tested
	for each in benchmarks/bench_*.py; do echo "$$each"; $(BIN)/python $$each || exit 1; done

$(VENV)/.made:
	@test -n "$(PYTHON)" || { echo "Python 3.11, 3.12 or 3.13 is needed / 需要 Python 3.11–3.13"; exit 2; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	@touch $@

$(VENV)/.installed: $(VENV)/.made pyproject.toml
	$(BIN)/python -m pip install --quiet -e .
	@touch $@

$(VENV)/.tested: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet -e ".[test]"
	@touch $@

clean:
	rm -rf $(VENV) $(OUT) dist .pytest_cache .mypy_cache .ruff_cache
