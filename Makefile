# Saksi. `make demo` opens the whole product, `make test` proves it; both set up what is missing.
PYTHON ?= python3
SHELL := /bin/bash
BIN := .venv/bin

.PHONY: demo setup test test-all canary crash mutants bench check lock clean

demo: .venv/.runtime
	$(BIN)/saksi demo

setup: .venv/.dev

# On all cores; a file's tests stay together, for they share towns.
test: .venv/.dev
	$(BIN)/pytest -n auto --dist loadfile

test-all: .venv/.dev
	bash .ci/parts
	$(MAKE) test

# The proof of anonymity: reports with words that stand nowhere else, then a search of every byte (docs/anonymity-proof.md).
canary: .venv/.dev
	$(BIN)/python -m tests.anonymity.canary

# Kills intake and desk at every point while people report, and looks at what came of it (docs/crash.md).
KILLS ?= 300
SEED ?= 0
DATABASE ?= both
crash: .venv/.dev
	$(BIN)/python -m tests.crash.run --kills $(KILLS) --seed $(SEED) --database $(DATABASE)

# Breaks N small things in handlers/ and storage/, one at a time, and looks whether the tests nearest to them notice.
N ?= 60
mutants: .venv/.dev
	$(BIN)/python -m tests.house.mutants -n $(N) --seed $(SEED)

check: .venv/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tests.house.audit

# The virtual environment, once with what runs and once with what tests.
.venv/.runtime: requirements.lock pyproject.toml
	@PYTHON=$(PYTHON) bash .ci/setup requirements.lock
	@touch $@

.venv/.dev: requirements.lock requirements-dev.lock pyproject.toml
	@PYTHON=$(PYTHON) bash .ci/setup requirements-dev.lock
	@touch .venv/.runtime $@

# Ten minutes on two cores; BENCH="understanding reports" measures these parts alone. What cannot be installed is told.
# BENCH=hour HOUR=50000: so many reporters at the rate of 50,000 an hour; BENCH=growth GROWTH=night: up to a million tips.
export HOUR HOUR_SECONDS HOUR_INTAKES GROWTH
bench: .venv/.dev build/peers
	@bash .ci/parts bench || echo "bench: PostgreSQL or Redis could not be installed"
	$(BIN)/python -m benchmarks $(BENCH)

build/peers: requirements-bench.lock
	@rm -rf $@ && $(BIN)/python -m pip install --quiet --require-hashes --no-deps --target $@ -r $< || echo "bench: the peers could not be installed"

lock:
	uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 pyproject.toml -o requirements.lock
	uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 --group dev pyproject.toml -o requirements-dev.lock
	uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 --group pyproject.toml:bench -o requirements-bench.lock

clean:
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
