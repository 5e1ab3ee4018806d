# make install | pages | demo | test | check | bench | lock
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# TORCH=cpu leaves out what only the CUDA build needs; point pip at a CPU build of the same version.
SKIP := $(if $(filter cpu,$(TORCH)),^(nvidia-|cuda-|triton),^$$)

.PHONY: install pages demo test check bench lock
.DELETE_ON_ERROR:

install: $(VENV)/.installed

# The stamp is younger than the lock file and the project file once both are installed.
$(VENV)/.installed: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' || \
		{ echo "Marquee needs Python 3.11, 3.12 or 3.13. Name one, as with: make PYTHON=python3.12 ..." >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	grep -v -E '$(SKIP)' requirements.lock > $(VENV)/requirements.txt
	$(BIN)/pip install --disable-pip-version-check --quiet -r $(VENV)/requirements.txt
	$(BIN)/pip install --disable-pip-version-check --quiet --no-build-isolation --no-deps -e .
	touch $@

# Needs npm with Node 20.19 or newer; where that is missing, a wheel of Node is installed into .venv.
pages: install
	$(BIN)/python api/pages/build.py

demo: install
	$(BIN)/python api/pages/build.py --if-possible
	$(BIN)/marquee demo

# A process to a core, four at most: tests/conftest.py says what keeps together. TESTS gives further words, as in:
# make test TESTS="-n0 tests/schema"
test: install
	$(BIN)/pytest -n logical --maxprocesses 4 $(TESTS)

check: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# Remakes the tables of the real runs in docs/benchmarks.md: an hour or so, on a machine that does nothing else.
# BENCH gives further options, as in: make bench BENCH="--data FOLDER --texts 1000"
bench: install
	$(BIN)/python -m scripts.bench_real --store sqlite --store neo4j --write docs/benchmarks.md $(BENCH)

# Remakes the lock file for Python 3.11 to 3.13; needs uv.
lock:
	uv pip compile --universal --python-version 3.11 --all-extras --group dev pyproject.toml \
		-o requirements.lock --no-emit-index-url --no-header --no-annotate --quiet
