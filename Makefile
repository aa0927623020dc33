# Everything runs from .venv/bin; the two commands to know are `make run` and `make test`.
PYTHON ?= python3
BIN := .venv/bin
TORCH := 2.13.0
# One worker a core, up to four; PYTEST_ARGS comes later and wins: `make test PYTEST_ARGS="-n 0 -x tests/core"`.
SHARED_OUT := -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder
# A skipped testbed is a failure under CI (see tests/conftest.py).
PYTEST_ARGS ?=

.PHONY: run test setup lint fmt bench torture screenshots lock clean

run: .venv/.runtime
	@$(BIN)/breakwater

test: .venv/.dev
	@echo "Running the test suite"
	@$(BIN)/python -m pytest $(SHARED_OUT) $(PYTEST_ARGS)

setup: .venv/.dev

lint: .venv/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

fmt: .venv/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: .venv/.bench
	$(BIN)/python benchmarks/run.py

# The long form of tests/torture: about 40 minutes; goes on where it was stopped.
torture: .venv/.dev
	$(BIN)/python tests/torture/run.py

screenshots: .venv/.dev
	QT_QPA_PLATFORM=offscreen $(BIN)/python packaging/screenshots.py docs/screenshots

# The lock names no torch: pip takes the build that fits the machine, at exactly this version.
define install
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Breakwater needs Python 3.11 or newer; set PYTHON=/path/to/python3.11"; exit 1; }
	@test -x $(BIN)/python || { echo "Creating .venv"; $(PYTHON) -m venv .venv; }
	@echo "Installing what packaging/locks/$(1).txt names (first time: a few minutes)"
	@$(BIN)/python -m pip install --disable-pip-version-check --no-deps --require-hashes -r packaging/locks/$(1).txt
	@$(BIN)/python -m pip install --disable-pip-version-check torch==$(TORCH)
	@$(BIN)/python -m pip install --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@
endef

.venv/.runtime: packaging/locks/runtime.txt pyproject.toml
	$(call install,runtime)

.venv/.dev: packaging/locks/dev.txt pyproject.toml
	$(call install,dev)
	@touch .venv/.runtime

.venv/.bench: packaging/locks/bench.txt .venv/.dev
	$(call install,bench)

# Needs uv. Resolves for every platform; torch is left to `make setup`.
lock:
	for extra in "" dev "dev bench" fonts; do \
		name=$${extra##* }; \
		uv pip compile pyproject.toml $$(for one in $$extra; do echo --extra $$one; done) --universal \
			--python-version 3.11 --generate-hashes --no-emit-package torch --no-annotate --no-header -q \
			-o packaging/locks/$${name:-runtime}.txt || exit 1; \
	done

clean:
	rm -rf .venv build dist run-output .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
