# Everything here needs a POSIX shell, make and Python 3.11 or newer; the rest is installed into .venv.

.DEFAULT_GOAL := help
.PHONY: help run demo try refresh test check coverage lint format audit bench scale lock
.PHONY: environment dev-environment data-folder test-folder

export PYTHONUTF8 := 1
# What a shell says for other Pythons would change which packages are found here, or where they go.
export PIP_USER := 0
unexport PYTHONHOME PYTHONPATH PYTHONSTARTUP PYTHONINSPECT PYTHONOPTIMIZE PYTHONWARNINGS
unexport PIP_TARGET PIP_PREFIX PIP_ROOT PIP_CONSTRAINT PIP_PYTHON PIP_DRY_RUN
VENV := .venv
PY := "$(VENV)/bin/python"
DEMO := data/demo
export TEST_CACHE := $(if $(DATA_DIR),$(DATA_DIR)/tests,.pytest_cache)
KOMMUNER := 0114,0305,1814
PARALLEL := -n auto --dist loadfile --no-loadscope-reorder
# Each process keeps to one core: arithmetic that waits for another's would take the whole machine.
PYTEST = env -u DATA_DIR OPENBLAS_NUM_THREADS=1 $(PY) -m pytest -o "cache_dir=$$TEST_CACHE" $(PARALLEL)
WHOLE := indices catalogue selection wording
QUICK := not slow and not browser and not real

help: ## Say what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: data-folder environment ## Start the site, the first time with the SCB figures that come along (PORT=8050, DATA_DIR=data)
	@$(PY) -m etl refresh --from data/sweden --if-missing
	@exec $(PY) -m barometer serve

demo: environment ## Start the site with a made-up country of 14 years, in a data folder of its own (PORT=8050)
	@$(PY) -m etl refresh --synthetic --if-missing --data-dir $(DEMO)
	@DATA_DIR=$(DEMO) exec $(PY) -m barometer serve

try: environment ## Run the pipeline on three made-up kommuner, to see what a change does (KOMMUNER=0114,0305,1814)
	@$(PY) -m etl refresh --synthetic --kommuner $(KOMMUNER) --data-dir data/try
	@DATA_DIR=data/try exec $(PY) -m barometer serve

refresh: environment ## Replace them by all that SCB has: fetch, build, check and publish (DATA_DIR=data)
	@$(PY) -m etl refresh

test: test-folder dev-environment ## Run every test (TESTS=tests/etl for some)
	@$(PY) -m tests.programs
	@$(PYTEST) $(TESTS)

check: lint audit ## Format, lint, types, import rules, known vulnerabilities and the quick tests
	@$(PYTEST) -m "$(QUICK)"

coverage: dev-environment ## See that the tests reach every line of what must be right
	@$(PYTEST) -m "$(QUICK)" $(addprefix --cov=barometer.,$(WHOLE)) \
	  --cov-report=term-missing:skip-covered --cov-fail-under=100 tests/barometer

lint: dev-environment ## Format, lint, types and import rules only
	@$(PY) -m ruff format --check --output-format concise .
	@$(PY) -m ruff check --output-format concise .
	@$(PY) -m mypy
	@"$(VENV)/bin/lint-imports" --no-cache --no-logo

format: dev-environment ## Rewrite the code in the house format
	@$(PY) -m ruff check --fix-only --quiet .
	@$(PY) -m ruff format .

audit: dev-environment ## Look for known vulnerabilities in what the lock pins (asks PyPI; warns when it cannot)
	@$(PY) -m tests.audit

bench: dev-environment ## Measure speed, memory and bytes beside the alternatives (BENCH="house build page pages etl load fuzz files own_areas indices sentences bias readers")
	@$(PY) -m tests.bench $(BENCH)

scale: dev-environment ## Run the indices on 10 million people, 100 million rows and other engines (SCALE="grid rows postgres spark dask wheel")
	@$(PY) -m tests.scale $(SCALE)

lock: dev-environment ## Renew both lock files after a change in pyproject.toml (UPGRADE=1: newest releases)
	@$(LOCK) --extra site --extra sql --extra etl -o requirements.lock pyproject.toml
	@$(LOCK) --extra site --extra sql --extra etl --extra dev -c requirements.lock -o requirements-dev.lock pyproject.toml

LOCK = $(PY) -m uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --quiet \
	$(if $(UPGRADE),--upgrade)

# What was last installed is kept beside it as a copy of the lock file: no change, nothing to do.
# The development lock holds every pin of the other one, so it stands for both.

data-folder:
	@test -e "$${DATA_DIR:-data}/published/CURRENT" || $(call WRITABLE,$${DATA_DIR:-data})

test-folder:
	@$(call WRITABLE,$$TEST_CACHE)

environment:
	@$(INSTALLED) || { $(CREATE) && $(call INSTALL,requirements.lock) && cp -f requirements.lock "$(VENV)/"; }

dev-environment:
	@$(INSTALLED) && cmp -s requirements-dev.lock "$(VENV)/requirements-dev.lock" || { \
	  $(CREATE) && $(call INSTALL,requirements-dev.lock) && \
	  cp -f requirements.lock requirements-dev.lock "$(VENV)/"; }

# A lock names every package, so pip looks for nothing beside it: old pips refuse what another
# package asks for in words of its own (`coverage[toml]>=7.10`) as soon as there is a newer release.
INSTALLED = cmp -s requirements.lock "$(VENV)/requirements.lock" && $(PY) -c '' 2>/dev/null
PIP = $(PY) -m pip --disable-pip-version-check --no-input
INSTALL = echo "Installing what $(1) names into $(VENV) …" && \
	$(PIP) install --no-deps --require-hashes -r $(1) && $(PIP) check && \
	{ $(PY) -m compileall -qq -j 0 barometer etl || true; }  # where the clone cannot be written
WRITABLE = { mkdir -p "$(1)" && test -w "$(1)"; } 2>/dev/null || { \
  echo "$(1) cannot be written: name folders that can be, one for the packages and one for the data," \
    "as in make $(firstword $(MAKECMDGOALS)) VENV=/srv/venv DATA_DIR=/srv/data." >&2; exit 1; }
PYTHONS = $(if $(PYTHON),"$(PYTHON)",python3 python3.14 python3.13 python3.12 python3.11 python)

define CREATE
{ \
  fits= whole=; \
  for python in $(PYTHONS); do \
    "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
    fits=$$python; \
    "$$python" -c 'import ensurepip, venv' 2>/dev/null && { whole=$$python; break; }; \
  done; \
  if test "$$whole"; then $(call WRITABLE,$(VENV)); $(PY) -c 'import sys, pip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
     "$$whole" -m venv --clear "$(VENV)"; \
  elif test "$$fits"; then \
    echo "$$fits lacks its venv module: install it (Debian, Ubuntu: apt-get install python3-venv)" \
      "and run make again." >&2; exit 1; \
  else \
    echo "The barometer needs Python 3.11 or newer and found none as $(PYTHONS): install it," \
      "or name it: make run PYTHON=/where/it/is/python3." >&2; exit 1; \
  fi; \
}
endef
